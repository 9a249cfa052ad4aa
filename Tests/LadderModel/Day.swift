// SPDX-License-Identifier: EUPL-1.2

/// A day by hand: its number since 1 January 1970, counted year by year and month by month. Nothing here is taken from the gateway.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let number: Int

    public init(number: Int) {
        self.number = number
    }

    /// A day of 1970 or later.
    public init(_ year: Int, _ month: Int, _ day: Int) {
        var number = day - 1
        for earlier in 1970..<year { number += Self.isLeap(earlier) ? 366 : 365 }
        for earlier in 1..<month { number += Self.length(earlier, of: year) }
        self.number = number
    }

    public static func < (one: Day, other: Day) -> Bool { one.number < other.number }

    public static func + (day: Day, days: Int) -> Day { Day(number: day.number + days) }

    /// 0 is Monday. The first of January 1970 was a Thursday.
    public var weekday: Int { (number + 3) % 7 }

    /// Year, month and day.
    private var parts: (year: Int, month: Int, day: Int) {
        var (left, year, month) = (number, 1970, 1)
        while left >= (Self.isLeap(year) ? 366 : 365) {
            left -= Self.isLeap(year) ? 366 : 365
            year += 1
        }
        while left >= Self.length(month, of: year) {
            left -= Self.length(month, of: year)
            month += 1
        }
        return (year, month, left + 1)
    }

    /// As in ISO 8601: 2027-03-09.
    public var description: String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let parts = parts
        return "\(parts.year)-\(two(parts.month))-\(two(parts.day))"
    }

    /// The same day of a later month, or the last one of a month that is too short for it.
    func later(months: Int) -> Day {
        let parts = parts
        let month = parts.month - 1 + months
        let (year, later) = (parts.year + month / 12, month % 12 + 1)
        return Day(year, later, min(parts.day, Self.length(later, of: year)))
    }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static func length(_ month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Day {
    /// The public holidays as the package python3-holidays of Debian lists them for the Netherlands, and 5 May of every year, as
    /// `bevrijdingsdag: elkJaar` asks.
    static let holidays: Set<Day> = [
        Day(2026, 1, 1), Day(2026, 4, 5), Day(2026, 4, 6), Day(2026, 4, 27), Day(2026, 5, 5), Day(2026, 5, 14),
        Day(2026, 5, 24), Day(2026, 5, 25), Day(2026, 12, 25), Day(2026, 12, 26),
        Day(2027, 1, 1), Day(2027, 3, 28), Day(2027, 3, 29), Day(2027, 4, 27), Day(2027, 5, 5), Day(2027, 5, 6),
        Day(2027, 5, 16), Day(2027, 5, 17), Day(2027, 12, 25), Day(2027, 12, 26),
        Day(2028, 1, 1), Day(2028, 4, 16), Day(2028, 4, 17), Day(2028, 4, 27), Day(2028, 5, 5), Day(2028, 5, 25),
        Day(2028, 6, 4), Day(2028, 6, 5), Day(2028, 12, 25), Day(2028, 12, 26),
    ]

    public var isWorkingDay: Bool { weekday < 5 && !Self.holidays.contains(self) }

    /// So many working days later, the day itself not counted.
    public func later(workingDays count: Int) -> Day {
        var (day, left) = (self, count)
        while left > 0 {
            day = day + 1
            if day.isWorkingDay { left -= 1 }
        }
        return day
    }
}

/// A minute of a day, on the clock in the Netherlands.
public struct Moment: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let day: Day
    /// Since the day began, by the clock on the wall.
    public let minute: Int

    public init(_ day: Day, minute: Int) {
        self.day = day
        self.minute = minute
    }

    public static func < (one: Moment, other: Moment) -> Bool { (one.day, one.minute) < (other.day, other.minute) }

    public var description: String { "\(day) \(minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60)" }
}
