// SPDX-License-Identifier: EUPL-1.2
public import Values

/// A report in words, tables and charts, of which every form (text, CSV, JSON, HTML, Markdown) is made. It holds nothing that its
/// audience may not see.
public struct FigureReport: Sendable, Hashable {
    /// Which of the three it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// All schools over a period.
        case bestuur
        /// One school on one page, for the *resultaatgesprek*.
        case school
        /// A year beside the year before, for the *kwaliteitscyclus*.
        case jaarverslag
    }

    public let kind: Kind
    public let title: String
    /// The board or the school.
    public let subject: String
    public let period: FigurePeriod
    /// The day on which it was made.
    public let asOf: CalendarDate
    public let audience: FigureAudience
    public let sections: [FigureSection]

    /// Whether the period is over.
    public var isComplete: Bool { period.to < asOf }

    /// Who may read it and how far it reaches, in Dutch, one sentence each.
    public var remarks: [String] {
        var remarks = isComplete ? [] : ["De periode is nog niet voorbij: stand van \(asOf.dutchText)."]
        switch audience {
        case .inside: remarks.append("Voor de centrale contactpersoon en het bestuur; niet om te verspreiden.")
        case .own: remarks.append("Voor de directie van de school; niet om te verspreiden.")
        case .published: remarks.append("Openbaar: geen aantal onder 5 is te zien of uit te rekenen.")
        }
        return remarks
    }
}

/// A part of a report with a heading.
public struct FigureSection: Sendable, Hashable {
    /// A word for addresses and programs.
    public let id: String
    public let heading: String
    public let blocks: [FigureBlock]

    init(_ id: String, _ heading: String, _ blocks: [FigureBlock]) {
        self.id = id
        self.heading = heading
        self.blocks = blocks
    }
}

/// What stands in a section.
public enum FigureBlock: Sendable, Hashable {
    case text(String)
    /// At least one sentence.
    case list([String])
    case table(FigureTable)
    /// Empty lines to write on, on paper.
    case writing(label: String, lines: Int)
}

/// A table of figures.
public struct FigureTable: Sendable, Hashable {
    /// A column after the first.
    public struct Column: Sendable, Hashable {
        public let id: String
        public let title: String
    }

    /// A row, or the totals.
    public struct Row: Sendable, Hashable {
        public let id: String
        public let label: String
        /// One for each column.
        public let cells: [FigureCell]
    }

    /// A word for addresses and programs.
    public let id: String
    public let caption: String
    /// What the first column holds.
    public let rowHeading: String
    public let columns: [Column]
    public let rows: [Row]
    public let total: Row?
    /// The columns that are drawn as bars as well; none for no chart.
    public let charted: [Int]

    init(
        _ id: String, _ caption: String, rowHeading: String, columns: [Column], rows: [Row], total: Row? = nil,
        charted: [Int] = []
    ) {
        self.id = id
        self.caption = caption
        self.rowHeading = rowHeading
        self.columns = columns
        self.rows = rows
        self.total = total
        self.charted = charted
    }

    var cells: [FigureCell] { (rows + [total].compactMap { $0 }).flatMap(\.cells) }
}

/// One value in a table.
public enum FigureCell: Sendable, Hashable {
    case figure(ShownFigure)
    /// A measure with a decimal: days, hours.
    case measure(Double)
    case words(String)
    /// Nothing is known or nothing is to be said.
    case empty

    /// For people, in Dutch.
    public var text: String {
        switch self {
        case .figure(let figure): figure.description
        case .measure(let value): Self.decimal(value)
        case .words(let words): words
        case .empty: "–"
        }
    }

    /// One decimal, none for a whole number, with a comma.
    static func decimal(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1_000_000 else { return "–" }
        let tenths = Int((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let (whole, rest) = abs(tenths).quotientAndRemainder(dividingBy: 10)
        return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole),\(rest)"
    }

    var isHidden: Bool { self == .figure(.hidden) }

    var isBand: Bool {
        if case .figure(.band) = self { return true }
        return false
    }
}
