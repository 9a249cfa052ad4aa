// SPDX-License-Identifier: EUPL-1.2

/// The figures that say in one list how it stands, over all schools or of one.
struct KeyFigures {
    /// A line of the list.
    struct Line {
        let id: String
        let label: String
        let cell: FigureCell
    }

    /// Under which it is a chart.
    let lines: [Line]
    /// The elements, to draw.
    let elements: [Line]

    /// Over everything that is counted.
    init(_ counted: CountedFigures) {
        let use = counted.use?.columnTotals
        let act = { (act: FigureAct) in counted.acts[act]?.columnTotals.first }
        self.init(
            use: use, acts: act, feedback: counted.feedbackBySchool.map { ($0.columnTotals, $0.total) },
            escalations: counted.audience == .published ? nil : counted.escalations?.total,
            barriers: counted.barriers?.total)
    }

    /// Of one school: its rows in the tables over all schools.
    init(_ counted: CountedFigures, school row: Int) {
        let act = { (act: FigureAct) in counted.acts[act]?.cells[row].first }
        let isAlone = counted.schools.count == 1
        self.init(
            use: counted.use?.cells[row], acts: act,
            feedback: counted.feedbackBySchool.map { ($0.cells[row], $0.rowTotals[row]) },
            escalations: counted.escalations?.rowTotals[row], barriers: isAlone ? counted.barriers?.total : nil)
    }

    private init(
        use: [ShownFigure]?, acts: (FigureAct) -> ShownFigure?,
        feedback: (cells: [ShownFigure], total: ShownFigure?)?, escalations: ShownFigure?, barriers: ShownFigure?
    ) {
        let line = { (id: String, label: String, figure: ShownFigure?) in
            figure.map { Line(id: id, label: label, cell: .figure($0)) }
        }
        elements = zip(FigureElement.allCases, (use ?? []).dropFirst()).compactMap { line($0.rawValue, $0.text, $1) }
        let first = [line("gebruikt", "meldcode gebruikt (zaken)", use?.first)]
        let acts = FigureAct.allCases.map { line($0.rawValue, $0.text, acts($0)) }
        let expected = [line("terugkoppelingVerwacht", "terugkoppeling verwacht", feedback?.total)]
        let statuses = zip(FeedbackStatus.allCases, feedback?.cells ?? []).map {
            line($0.rawValue, "terugkoppeling: \($0.text)", $1)
        }
        let last = [
            line("opschalingen", "open opschalingen", escalations), line("drempels", "drempels gemeld", barriers),
        ]
        lines = (first + acts + expected + statuses + last).compactMap { $0 }
    }

    /// As a table with one column per period, the newest first. A line that stands in the first period alone is empty in the others.
    static func table(
        _ id: String, _ caption: String, rowHeading: String, _ periods: [(id: String, title: String, lines: [Line])],
        isCharted: Bool
    ) -> FigureBlock {
        let rows = (periods.first?.lines ?? []).map { line in
            FigureTable.Row(
                id: line.id, label: line.label,
                cells: periods.map { period in period.lines.first { $0.id == line.id }?.cell ?? .empty })
        }
        guard !rows.isEmpty else { return CountedFigures.withheld }
        return .table(
            FigureTable(
                id, caption, rowHeading: rowHeading,
                columns: periods.map { FigureTable.Column(id: $0.id, title: $0.title) }, rows: rows,
                charted: isCharted ? Array(periods.indices) : []))
    }
}
