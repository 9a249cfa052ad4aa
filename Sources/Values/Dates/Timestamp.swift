// SPDX-License-Identifier: EUPL-1.2

/// An instant, to the millisecond, from 1900 up to and including 2199 (UTC).
///
/// Arithmetic that would leave this range stops at its first or last instant, so every timestamp can be written and read back.
public struct Timestamp: Sendable, Hashable {
    /// Milliseconds after 1970-01-01T00:00:00Z, without leap seconds; negative before it.
    public let millisecondsSince1970: Int64

    static let millisecondsPerDay: Int64 = 86_400_000

    /// 1900-01-01T00:00:00.000Z.
    public static let earliest = Timestamp(millisecondsSince1970: .min)
    /// 2199-12-31T23:59:59.999Z.
    public static let latest = Timestamp(millisecondsSince1970: .max)

    private static let range = {
        let first = Int64(CalendarDate.earliest.daysSince1970) * millisecondsPerDay
        let last = Int64(CalendarDate.latest.daysSince1970 + 1) * millisecondsPerDay - 1
        return first...last
    }()

    /// The instant this many milliseconds after 1970, or the nearest one in range.
    public init(millisecondsSince1970: Int64) {
        let range = Timestamp.range
        self.millisecondsSince1970 = min(max(millisecondsSince1970, range.lowerBound), range.upperBound)
    }

    /// Reads RFC 3339, such as `2026-11-22T11:15:30.123+01:00`, strictly: seconds are required, the offset too, a fraction
    /// has 1 to 9 digits (what is finer than a millisecond is cut off), `T` and `Z` may be lower case. Throws what is wrong.
    public init(parsing text: some StringProtocol) throws(TimestampError) {
        var parser = RFC3339Parser(Array(text.utf8))
        let milliseconds = try parser.parse()
        guard Timestamp.range.contains(milliseconds) else { throw .yearOutOfRange }
        self.init(millisecondsSince1970: milliseconds)
    }

    /// Reads RFC 3339 as `init(parsing:)` does; nil if it cannot be read.
    public init?(_ text: some StringProtocol) {
        guard let timestamp = try? Timestamp(parsing: text) else { return nil }
        self = timestamp
    }
}

// MARK: - Arithmetic

extension Timestamp {
    /// The instant this many seconds later; earlier if negative.
    public func adding(seconds: Int) -> Timestamp {
        let (milliseconds, overflow) = Int64(seconds).multipliedReportingOverflow(by: 1000)
        return adding(milliseconds: overflow ? (seconds < 0 ? .min : .max) : milliseconds)
    }

    /// The instant this many milliseconds later; earlier if negative.
    public func adding(milliseconds: Int64) -> Timestamp {
        let (sum, overflow) = millisecondsSince1970.addingReportingOverflow(milliseconds)
        return Timestamp(millisecondsSince1970: overflow ? (milliseconds < 0 ? .min : .max) : sum)
    }

    /// How many milliseconds lie between another instant and this one; negative if the other is later.
    public func millisecondsSince(_ other: Timestamp) -> Int64 {
        millisecondsSince1970 - other.millisecondsSince1970
    }

    /// The day number (day 0 is 1 January 1970) and the millisecond of that day, at an offset from UTC.
    func civilParts(offsetSeconds: Int) -> (day: Int, millisecond: Int) {
        let local = Int(millisecondsSince1970) + offsetSeconds * 1000
        let day = CivilDays.floorDivide(local, Int(Timestamp.millisecondsPerDay))
        return (day, local - day * Int(Timestamp.millisecondsPerDay))
    }
}

// MARK: - Conformances

extension Timestamp: Comparable {
    /// Earlier instants come first.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.millisecondsSince1970 < right.millisecondsSince1970
    }
}

extension Timestamp: CustomStringConvertible {
    /// In UTC with milliseconds, always 24 characters: `2026-11-22T10:15:30.123Z`. Sorts as the instants do.
    public var description: String {
        let (day, millisecond) = civilParts(offsetSeconds: 0)
        let hours = CivilDays.padded(millisecond / 3_600_000, to: 2)
        let minutes = CivilDays.padded(millisecond / 60_000 % 60, to: 2)
        let seconds = CivilDays.padded(millisecond / 1000 % 60, to: 2)
        let fraction = CivilDays.padded(millisecond % 1000, to: 3)
        return "\(CalendarDate(daysSince1970: day))T\(hours):\(minutes):\(seconds).\(fraction)Z"
    }
}

extension Timestamp: Codable {
    /// From an RFC 3339 string; throws `DecodingError.dataCorrupted` that says what is wrong, without quoting it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do throws(TimestampError) {
            self = try Timestamp(parsing: text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    /// As `description` writes it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
