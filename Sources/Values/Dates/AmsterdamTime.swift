// SPDX-License-Identifier: EUPL-1.2

/// Time on the clock in the Netherlands: UTC+1, and UTC+2 from the last Sunday of March to the last Sunday of October, both
/// at 01:00 UTC. That is the European rule since 1996; earlier years are taken as having no summer time.
enum AmsterdamTime {
    private static let firstYear = 1996
    private static let winter = 3600
    private static let summer = 7200

    /// The offset from UTC, in seconds.
    static func offset(at instant: Timestamp) -> Int {
        let year = CivilDays.date(instant.civilParts(offsetSeconds: 0).day).year
        guard year >= firstYear else { return winter }
        let seconds = CivilDays.floorDivide(Int(instant.millisecondsSince1970), 1000)
        let isSummer = seconds >= change(inMonth: 3, of: year) && seconds < change(inMonth: 10, of: year)
        return isSummer ? summer : winter
    }

    /// 01:00 UTC on the last Sunday of a month with 31 days, in seconds after 1970.
    private static func change(inMonth month: Int, of year: Int) -> Int {
        let last = CivilDays.number(year: year, month: month, day: 31)
        let sunday = last - CivilDays.weekday(last) % 7
        return sunday * 86_400 + 3600
    }
}

extension Timestamp {
    /// The calendar date in the Netherlands at this instant.
    public var calendarDateInAmsterdam: CalendarDate {
        CalendarDate(daysSince1970: civilParts(offsetSeconds: AmsterdamTime.offset(at: self)).day)
    }

    /// The time on the clock in the Netherlands at this instant, for people: `22-11-2026 11:15`.
    public var dutchText: String {
        let (day, millisecond) = civilParts(offsetSeconds: AmsterdamTime.offset(at: self))
        let hours = CivilDays.padded(millisecond / 3_600_000, to: 2)
        let minutes = CivilDays.padded(millisecond / 60_000 % 60, to: 2)
        return "\(CalendarDate(daysSince1970: day).dutchText) \(hours):\(minutes)"
    }
}

extension CalendarDate {
    /// The instant at which this day starts in the Netherlands. The clock never changes at midnight, so there is one.
    public var startInAmsterdam: Timestamp {
        let midnight = Timestamp(millisecondsSince1970: Int64(daysSince1970) * Timestamp.millisecondsPerDay)
        // Changes fall at 01:00 UTC, so an hour before midnight UTC the offset is that of the local midnight.
        let offset = AmsterdamTime.offset(at: midnight.adding(seconds: -3600))
        return midnight.adding(seconds: -offset)
    }

    /// The instant at which the clock in the Netherlands shows a whole hour of this day, from 0 to 23. An hour that the clock
    /// skips in March is the one after it; of an hour that comes twice in October it is the first.
    public func inAmsterdam(hour: Int) -> Timestamp {
        let asUTC = Timestamp(millisecondsSince1970: Int64(daysSince1970) * Timestamp.millisecondsPerDay)
            .adding(seconds: hour * 3600)
        // Two hours before, the offset is that of the wanted hour, or of the moment before the clock changed to it.
        return asUTC.adding(seconds: -AmsterdamTime.offset(at: asUTC.adding(seconds: -7200)))
    }
}
