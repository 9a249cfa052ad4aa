// SPDX-License-Identifier: EUPL-1.2

/// A day on the calendar without a time or a time zone, such as a birth date: 1 January 1900 to 31 December 2199.
///
/// Arithmetic that would leave this range stops at its first or last day.
public struct CalendarDate: Sendable, Hashable {
    /// 1900 to 2199.
    public let year: Int
    /// 1 to 12.
    public let month: Int
    /// 1 to 31.
    public let day: Int

    /// The years that a date may lie in: outside them it is a typing error.
    public static let years = 1900...2199
    /// 1 January 1900.
    public static let earliest = CalendarDate(daysSince1970: .min)
    /// 31 December 2199.
    public static let latest = CalendarDate(daysSince1970: .max)

    private static let firstDay = CivilDays.number(year: years.lowerBound, month: 1, day: 1)
    private static let lastDay = CivilDays.number(year: years.upperBound, month: 12, day: 31)

    /// A date of the Gregorian calendar; nil if it does not exist or lies outside `years`.
    public init?(year: Int, month: Int, day: Int) {
        guard CalendarDate.years.contains(year), day >= 1, day <= CivilDays.count(inMonth: month, of: year) else {
            return nil
        }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads `YYYY-MM-DD` and nothing else; nil for other forms and for dates that do not exist, such as 2010-02-30.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = CivilDays.decimal(bytes[0..<4]), let month = CivilDays.decimal(bytes[5..<7]),
            let day = CivilDays.decimal(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The date this many days after 1 January 1970, or the nearest one in range.
    init(daysSince1970 days: Int) {
        (year, month, day) = CivilDays.date(min(max(days, CalendarDate.firstDay), CalendarDate.lastDay))
    }

    /// Days after 1 January 1970; negative before it.
    var daysSince1970: Int {
        CivilDays.number(year: year, month: month, day: day)
    }
}

// MARK: - Arithmetic

extension CalendarDate {
    /// The day of the week: 1 is Monday, 7 is Sunday.
    public var weekday: Int {
        CivilDays.weekday(daysSince1970)
    }

    /// The date this many days later; earlier if negative.
    public func adding(days: Int) -> CalendarDate {
        let (sum, overflow) = daysSince1970.addingReportingOverflow(days)
        return CalendarDate(daysSince1970: overflow ? (days < 0 ? .min : .max) : sum)
    }

    /// The same day this many years later, for terms such as retention: from 29 February it is 28 February in a year
    /// without that day. For ages use `age(on:)` and `birthday(turning:)`, which count otherwise.
    public func adding(years: Int) -> CalendarDate {
        shifted(years: years) { year in CalendarDate(year: year, month: 2, day: 28) }
    }

    /// The same day this many months later, or the last day of that month when it is shorter: terms of the AVG count so
    /// (Verordening 1182/71 art. 3(2)c).
    public func adding(months: Int) -> CalendarDate {
        let count = year * 12 + month - 1 + min(max(months, -3600), 3600)
        let (year, month) = (CivilDays.floorDivide(count, 12), count - CivilDays.floorDivide(count, 12) * 12 + 1)
        guard year >= CalendarDate.years.lowerBound else { return .earliest }
        let day = min(day, CivilDays.count(inMonth: month, of: year))
        return CalendarDate(year: year, month: month, day: day) ?? .latest
    }

    /// How many days lie between another date and this one; negative if the other is later.
    public func daysSince(_ other: CalendarDate) -> Int {
        daysSince1970 - other.daysSince1970
    }

    /// The age in whole years, on a given day, of a person born on this date; negative before birth.
    ///
    /// Who was born on 29 February turns a year older on 1 March in a year without that day: an age in Dutch law is reached
    /// when the years are full, so on 28 February the person is still the younger age.
    public func age(on date: CalendarDate) -> Int {
        let isBeforeBirthday = (date.month, date.day) < (month, day)
        return date.year - year - (isBeforeBirthday ? 1 : 0)
    }

    /// The first day of an age, for a person born on this date; 1 March as `age(on:)` says.
    public func birthday(turning age: Int) -> CalendarDate {
        shifted(years: age) { year in CalendarDate(year: year, month: 3, day: 1) }
    }

    private func shifted(years: Int, insteadOfLeapDay: (Int) -> CalendarDate?) -> CalendarDate {
        // Bounded first, so that the sum cannot overflow.
        let year = year + min(max(years, -300), 300)
        guard year >= CalendarDate.years.lowerBound else { return .earliest }
        return CalendarDate(year: year, month: month, day: day) ?? insteadOfLeapDay(year) ?? .latest
    }
}

// MARK: - Conformances

extension CalendarDate: Comparable {
    /// Earlier dates come first.
    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

extension CalendarDate: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    public var description: String {
        "\(CivilDays.padded(year, to: 4))-\(CivilDays.padded(month, to: 2))-\(CivilDays.padded(day, to: 2))"
    }

    /// `DD-MM-YYYY`, as people in the Netherlands write it.
    public var dutchText: String {
        "\(CivilDays.padded(day, to: 2))-\(CivilDays.padded(month, to: 2))-\(CivilDays.padded(year, to: 4))"
    }
}

extension CalendarDate: Codable {
    /// From a string `YYYY-MM-DD`; throws `DecodingError.dataCorrupted` for anything else, without quoting it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let date = CalendarDate(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "Verwacht werd een bestaande datum, geschreven als JJJJ-MM-DD.")
        }
        self = date
    }

    /// As a string `YYYY-MM-DD`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
