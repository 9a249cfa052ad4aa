// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Values

/// A calendar month in the Netherlands.
public struct CalendarMonth: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The first day.
    public let first: CalendarDate

    /// Reads `2026-11`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        guard let first = CalendarDate("\(text)-01"), first.description.hasPrefix(String(text)) else { return nil }
        self.first = first
    }

    /// The month of a day.
    public init(of day: CalendarDate) {
        first = day.adding(days: 1 - day.day)
    }

    /// The month after this one.
    public var next: CalendarMonth { CalendarMonth(of: first.adding(months: 1)) }

    /// From its first moment on, and before its last: midnight in Amsterdam.
    public var moments: (from: Timestamp, to: Timestamp) { (first.startInAmsterdam, next.first.startInAmsterdam) }

    /// `2026-11`.
    public var description: String { String(first.description.prefix(7)) }

    public static func < (left: CalendarMonth, right: CalendarMonth) -> Bool { left.first < right.first }
}

/// What is counted for the board's registration of incidents (practice 30): kinds of events, and never whose.
public enum IncidentFigure: String, Sendable, Hashable, CaseIterable {
    case zorgen
    case adviezenVeiligThuis
    case meldingenVeiligThuis
    case registratiesVerwijsindex
    case stappenMeldcode

    /// The event that counts.
    public var event: EventType {
        switch self {
        case .zorgen: .zorgGesignaleerd
        case .adviezenVeiligThuis: .adviesGevraagd
        case .meldingenVeiligThuis: .veiligThuisMeldingBesloten
        case .registratiesVerwijsindex: .verwijsindexregistratieGevraagd
        case .stappenMeldcode: .stapGezet
        }
    }
}

/// A number as somebody may see it.
public enum Figure: Sendable, Hashable, CustomStringConvertible {
    case exact(Int)
    /// From and to, both included.
    case band(Int, Int)

    /// Numbers from 1 to this are shown as a band (practice 29).
    public static let largestSmall = 4

    /// As the central contact person and the board see it: 0 is shown, and small numbers are a band.
    public static func banded(_ count: Int) -> Figure {
        (1...largestSmall).contains(count) ? .band(1, largestSmall) : .exact(count)
    }

    /// The sum of numbers that are shown beside it: exact where nothing about a band can be computed back from it.
    ///
    /// From an exact sum follows what the bands hold together. With one band that is its number; with several it is known when all
    /// of them hold the least or all hold the most. Then the sum is a band as well, which says no more than its parts.
    public static func total(_ parts: [(count: Int, shown: Figure)]) -> Figure {
        let sum = parts.reduce(0) { $0 + $1.count }
        let bands = parts.compactMap { part -> (count: Int, low: Int, high: Int)? in
            if case .band(let low, let high) = part.shown { (part.count, low, high) } else { nil }
        }
        let (held, low, high) = bands.reduce((0, 0, 0)) { ($0.0 + $1.count, $0.1 + $1.low, $0.2 + $1.high) }
        if bands.isEmpty || (bands.count > 1 && low < held && held < high) { return .exact(sum) }
        return .band(sum - held + low, sum - held + high)
    }

    /// `0`, `17`, `1-4`.
    public var description: String {
        switch self {
        case .exact(let count): String(count)
        case .band(let low, let high): "\(low)-\(high)"
        }
    }
}

/// How many events of one type came in about one school.
public struct EventCount: Sendable, Hashable {
    /// A BRIN.
    public let school: String
    /// A CloudEvents type.
    public let type: String
    public let count: Int

    public init(school: String, type: String, count: Int) {
        self.school = school
        self.type = type
        self.count = count
    }
}

/// The figures of one month, school by school, as one person may see them.
public struct IncidentFigures: Sendable, Hashable {
    /// A school that this person may see.
    public struct School: Sendable, Hashable {
        /// A BRIN.
        public let brin: String
        public let name: String
        /// Whether the person sees the numbers themselves: the directie of that school.
        public let isOwn: Bool

        public init(brin: String, name: String, isOwn: Bool) {
            self.brin = brin
            self.name = name
            self.isOwn = isOwn
        }
    }

    /// The figures of one school.
    public struct Row: Sendable, Hashable {
        public let school: School
        public fileprivate(set) var figures: [IncidentFigure: Figure] = [:]
    }

    /// In the order of the schools.
    public let rows: [Row]
    public let totals: [IncidentFigure: Figure]

    /// - Parameter counts: Of any schools and types; what is not asked for is left out.
    public init(_ schools: [School], counts: [EventCount]) {
        let bySchool = Dictionary(grouping: counts, by: \.school)
        var rows = schools.map { Row(school: $0) }
        var totals: [IncidentFigure: Figure] = [:]
        for figure in IncidentFigure.allCases {
            let parts = schools.map { school in
                let own = (bySchool[school.brin] ?? []).filter { $0.type == figure.event.rawValue }
                let count = own.reduce(0) { $0 + $1.count }
                return (count: count, shown: school.isOwn ? Figure.exact(count) : .banded(count))
            }
            for (index, part) in parts.enumerated() { rows[index].figures[figure] = part.shown }
            totals[figure] = Figure.total(parts)
        }
        self.rows = rows
        self.totals = totals
    }
}
