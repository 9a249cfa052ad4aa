// SPDX-License-Identifier: EUPL-1.2

/// Why a text is no RFC 3339 timestamp; the raw value is stable and safe for logs.
public enum TimestampError: String, Error, Sendable, Hashable, CaseIterable {
    /// Not `YYYY-MM-DDThh:mm:ss`, with a fraction if any, and an offset.
    case malformed
    /// The offset is missing, so it is not known which instant is meant.
    case offsetMissing
    /// A date the calendar does not have, such as 30 February.
    case noSuchDate
    /// An hour over 23, or a minute or second over 59.
    case noSuchTime
    /// Second 60.
    case leapSecond
    /// A fraction without digits or with more than 9.
    case invalidFraction
    /// An offset that is not `Z` or `±hh:mm` with at most 23:59.
    case invalidOffset
    /// Before 1900 or after 2199.
    case yearOutOfRange
}

extension TimestampError: CustomStringConvertible {
    /// What is wrong and what to send, in Dutch; never the value.
    public var description: String {
        switch self {
        case .malformed: "Geen tijdstip volgens RFC 3339; schrijf bijvoorbeeld 2026-11-22T10:15:30Z."
        case .offsetMissing: "Bij dit tijdstip ontbreekt de tijdzone; voeg Z of bijvoorbeeld +01:00 toe."
        case .noSuchDate: "De datum in dit tijdstip bestaat niet."
        case .noSuchTime: "De tijd in dit tijdstip bestaat niet; uren lopen tot 23, minuten en seconden tot 59."
        case .leapSecond: "Seconde 60 (schrikkelseconde) wordt niet aangenomen; stuur seconde 59."
        case .invalidFraction: "Achter de punt horen 1 tot 9 cijfers te staan."
        case .invalidOffset: "De tijdzone hoort Z te zijn, of +uu:mm of -uu:mm."
        case .yearOutOfRange: "Het jaar van dit tijdstip ligt niet tussen 1900 en 2199."
        }
    }
}

/// Reads one RFC 3339 timestamp to milliseconds since 1970.
struct RFC3339Parser {
    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func parse() throws(TimestampError) -> Int64 {
        let day = try parseDate()
        guard take("T") || take("t") else { throw .malformed }
        let seconds = try parseTime()
        let fraction = try parseFraction()
        let offset = try parseOffset()
        guard at == bytes.count else { throw .malformed }
        return Int64(day * 86_400 + seconds - offset) * 1000 + Int64(fraction)
    }

    private mutating func parseDate() throws(TimestampError) -> Int {
        let year = try digits(4)
        try expect("-")
        let month = try digits(2)
        try expect("-")
        let day = try digits(2)
        guard CalendarDate.years.contains(year) else { throw .yearOutOfRange }
        guard day >= 1, day <= CivilDays.count(inMonth: month, of: year) else { throw .noSuchDate }
        return CivilDays.number(year: year, month: month, day: day)
    }

    private mutating func parseTime() throws(TimestampError) -> Int {
        let hour = try digits(2)
        try expect(":")
        let minute = try digits(2)
        try expect(":")
        let second = try digits(2)
        guard hour <= 23, minute <= 59, second <= 60 else { throw .noSuchTime }
        guard second < 60 else { throw .leapSecond }
        return hour * 3600 + minute * 60 + second
    }

    /// The milliseconds; finer digits are read and cut off.
    private mutating func parseFraction() throws(TimestampError) -> Int {
        guard take(".") else { return 0 }
        let start = at
        while at < bytes.count, CivilDays.decimal(bytes[at...at]) != nil { at += 1 }
        guard (1...9).contains(at - start) else { throw .invalidFraction }
        let kept = bytes[start..<at].prefix(3)
        let value = CivilDays.decimal(kept) ?? 0
        return kept.count == 3 ? value : kept.count == 2 ? value * 10 : value * 100
    }

    /// The seconds that local time is ahead of UTC.
    private mutating func parseOffset() throws(TimestampError) -> Int {
        guard at < bytes.count else { throw .offsetMissing }
        if take("Z") || take("z") { return 0 }
        let isBehind = take("-")
        guard isBehind || take("+"), at + 5 == bytes.count, bytes[at + 2] == UInt8(ascii: ":"),
            let hours = CivilDays.decimal(bytes[at..<at + 2]), let minutes = CivilDays.decimal(bytes[at + 3..<at + 5]),
            hours <= 23, minutes <= 59
        else { throw .invalidOffset }
        at += 5
        return (hours * 3600 + minutes * 60) * (isBehind ? -1 : 1)
    }

    private mutating func digits(_ count: Int) throws(TimestampError) -> Int {
        guard at + count <= bytes.count, let value = CivilDays.decimal(bytes[at..<at + count]) else { throw .malformed }
        at += count
        return value
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(TimestampError) {
        guard take(character) else { throw .malformed }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }
}
