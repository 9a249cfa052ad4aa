// SPDX-License-Identifier: EUPL-1.2

/// The tables that reports are made of, from figures that may be shown.
extension CountedFigures {
    typealias Column = FigureTable.Column
    typealias Row = FigureTable.Row

    /// What stands instead of a table that cannot be protected.
    static let withheld = FigureBlock.text(
        "Deze tabel wordt niet getoond: de aantallen zijn zo klein dat uit elk overzicht een klein getal is terug te rekenen."
    )

    // MARK: By school

    var useTable: FigureBlock {
        bySchool(
            use, "gebruik", "Zaken waarin de meldcode is gebruikt, en in hoeveel daarvan een onderdeel is gezet",
            columns: [Column(id: "gebruikt", title: "meldcode gebruikt")] + Self.elements, charted: [0])
    }

    var actTable: FigureBlock {
        let shown = FigureAct.allCases.filter { acts[$0] != nil }
        guard !shown.isEmpty else { return Self.withheld }
        let cells = schools.indices.map { row in
            shown.map { act in acts[act]?.cells[row].first.map(FigureCell.figure) ?? .empty }
        }
        return table(
            "acties", "Advies, meldingen bij Veilig Thuis, hulp en registraties in de verwijsindex",
            columns: shown.map { Column(id: $0.rawValue, title: $0.text) }, cells: cells,
            totals: shown.map { act in acts[act]?.columnTotals.first.map(FigureCell.figure) ?? .empty },
            charted: shown.indices.filter { [.adviezen, .meldingen].contains(shown[$0]) })
    }

    var schoolFeedbackTable: FigureBlock {
        bySchool(
            feedbackBySchool, "terugkoppeling-school", "Verwachte terugkoppeling per school",
            columns: Self.statuses, charted: [])
    }

    var escalationTable: FigureBlock {
        bySchool(
            escalations, "opschalingen", "Wat openstaat en is opgeschaald, naar de hoogste trede",
            columns: [
                Column(id: "contact", title: "contact met ketenpartner"),
                Column(id: "centraleContactpersoon", title: "centrale contactpersoon"),
                Column(id: "bestuur", title: "bestuur"),
            ], charted: [])
    }

    var recordTable: FigureBlock {
        let columns = [
            Column(id: "registratie", title: "registratie"), Column(id: "weging", title: "weging"),
            Column(id: "onderdelen", title: "onderdelen met aandacht"),
            Column(id: "uren", title: "uren aandachtsfunctionaris per week"),
        ]
        let cells = schools.map { school -> [FigureCell] in
            let state = records[school.brin]
            return [
                state.map { .words($0.record.text) } ?? .empty, state.map { .words($0.weighing.text) } ?? .empty,
                state.flatMap { $0.attention.isEmpty ? nil : $0.attention.map(\.text).joined(separator: ", ") }
                    .map(FigureCell.words) ?? .empty,
                school.hoursPerWeek.map(FigureCell.measure) ?? .empty,
            ]
        }
        return table(
            "vastlegging", "Of de registratie en de weging op orde zijn, en de uren van de aandachtsfunctionaris",
            columns: columns, cells: cells, totals: nil, charted: [])
    }

    // MARK: By partner

    var partnerFeedbackTable: FigureBlock {
        guard let grid = feedbackByPartner else { return Self.withheld }
        guard !partners.isEmpty else {
            return .text("In deze periode werd van geen ketenpartner terugkoppeling verwacht.")
        }
        let columns =
            Self.statuses + [
                Column(id: "totaal", title: "totaal"), Column(id: "mediaanDagen", title: "dagen (mediaan)"),
            ]
        let rows = partners.indices.map { index in
            Row(
                id: partners[index].id, label: partners[index].name,
                cells: (grid.cells[index] + [grid.rowTotals[index]]).map(FigureCell.figure)
                    + [medians[partners[index].id].map(FigureCell.measure) ?? .empty])
        }
        let totals = (grid.columnTotals + [grid.total].compactMap { $0 }).map(FigureCell.figure)
        return .table(
            FigureTable(
                "terugkoppeling-ketenpartner", "Verwachte terugkoppeling per ketenpartner", rowHeading: "ketenpartner",
                columns: columns, rows: rows,
                total: Row(id: "totaal", label: "totaal", cells: totals + [median.map(FigureCell.measure) ?? .empty]),
                charted: [0, 1, 3]))
    }

    var barrierTable: FigureBlock {
        guard let grid = barriers else { return Self.withheld }
        guard !partners.isEmpty else { return .text("In deze periode is geen drempel gemeld.") }
        let columns = BarrierRow.Kind.allCases.map { Column(id: $0.rawValue, title: $0.text) }
        let rows = partners.indices.map { index in
            Row(
                id: partners[index].id, label: partners[index].name,
                cells: (grid.cells[index] + [grid.rowTotals[index]]).map(FigureCell.figure))
        }
        let totals = (grid.columnTotals + [grid.total].compactMap { $0 }).map(FigureCell.figure)
        return .table(
            FigureTable(
                "drempels", "Gemelde drempels per ketenpartner", rowHeading: "ketenpartner",
                columns: columns + [Column(id: "totaal", title: "totaal")], rows: rows,
                total: Row(id: "totaal", label: "totaal", cells: totals)))
    }

    // MARK: Shared

    static let elements = FigureElement.allCases.map { Column(id: $0.rawValue, title: $0.text) }
    static let statuses = FeedbackStatus.allCases.map { Column(id: $0.rawValue, title: $0.text) }

    /// A grid with a row for each school; with a column of totals when its rows have them.
    private func bySchool(
        _ grid: ShownGrid?, _ id: String, _ caption: String, columns: [Column], charted: [Int]
    ) -> FigureBlock {
        guard let grid else { return Self.withheld }
        let cells = schools.indices.map { row in
            (grid.cells[row] + (grid.rowTotals.isEmpty ? [] : [grid.rowTotals[row]])).map(FigureCell.figure)
        }
        let totals = (grid.columnTotals + [grid.total].compactMap { $0 }).map(FigureCell.figure)
        let extra = grid.rowTotals.isEmpty && grid.total == nil ? [] : [Column(id: "totaal", title: "totaal")]
        return table(id, caption, columns: columns + extra, cells: cells, totals: totals, charted: charted)
    }

    private func table(
        _ id: String, _ caption: String, columns: [Column], cells: [[FigureCell]], totals: [FigureCell]?, charted: [Int]
    ) -> FigureBlock {
        let rows = schools.indices.map { index in
            Row(id: schools[index].brin, label: schools[index].name, cells: cells[index])
        }
        // Of one school the row says it all.
        let total = schools.count > 1 ? totals.map { Row(id: "totaal", label: "totaal", cells: $0) } : nil
        return .table(
            FigureTable(
                id, caption, rowHeading: "school", columns: columns, rows: rows, total: total, charted: charted))
    }
}
