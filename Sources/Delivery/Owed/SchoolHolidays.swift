// SPDX-License-Identifier: EUPL-1.2
public import Values

/// The part of the country to which a school belongs for its holidays (*regio* of the Regeling vaststelling schoolvakanties).
public enum HolidayRegion: String, Codable, Sendable, Hashable, CaseIterable {
    case noord, midden, zuid
}

/// The school holidays (*schoolvakanties*) per region, as data: on those days most of a school's staff is away.
///
/// They change no term: a term of law runs on in a holiday. They only say who can be reached.
public struct SchoolHolidays: Sendable, Hashable {
    /// One holiday, from its first day up to and including its last.
    public struct Period: Sendable, Hashable {
        /// As people call it: “herfstvakantie”.
        public let name: String
        public let regions: Set<HolidayRegion>
        public let first: CalendarDate
        public let last: CalendarDate

        public init(name: String, regions: Set<HolidayRegion>, first: CalendarDate, last: CalendarDate) {
            self.name = name
            self.regions = regions
            self.first = first
            self.last = last
        }

        public func contains(_ date: CalendarDate) -> Bool { first <= date && date <= last }
    }

    /// In order of their first day.
    public let periods: [Period]
    /// The years in which a school year began, of which the holidays are known, per region.
    private let years: [HolidayRegion: Set<Int>]

    /// - Parameter years: The holidays per school year, by the year in which it began.
    public init(_ years: [Int: [Period]]) {
        periods = years.values.joined().sorted { ($0.first, $0.last) < ($1.first, $1.last) }
        self.years = years.reduce(into: [:]) { known, year in
            for region in Set(year.value.flatMap(\.regions)) { known[region, default: []].insert(year.key) }
        }
    }

    /// No holiday is known: everybody counts as being there.
    public static let none = SchoolHolidays([:])

    /// The name of the holiday in a region on a day; nil when there is none, or none is known.
    public func holiday(on date: CalendarDate, region: HolidayRegion) -> String? {
        periods.first { $0.regions.contains(region) && $0.contains(date) }?.name
    }

    /// Whether the holidays of the school year of a day are known for a region.
    public func isKnown(on date: CalendarDate, region: HolidayRegion) -> Bool {
        years[region]?.contains(Self.schoolYear(of: date)) ?? false
    }

    /// The year in which the school year of a day began: it runs from 1 August up to and including 31 July (WPO art. 1).
    public static func schoolYear(of date: CalendarDate) -> Int {
        date.month >= 8 ? date.year : date.year - 1
    }
}
