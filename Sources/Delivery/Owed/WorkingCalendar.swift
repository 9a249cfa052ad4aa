// SPDX-License-Identifier: EUPL-1.2
public import Values

/// Which days are working days in the Netherlands: not Saturdays, Sundays and public holidays. Computed, from 1949 on.
public struct WorkingCalendar: Sendable, Hashable {
    /// The public holidays, by their Dutch names.
    public enum Holiday: String, Sendable, Hashable, CaseIterable {
        case nieuwjaarsdag, goedeVrijdag, eerstePaasdag, tweedePaasdag, koningsdag, bevrijdingsdag
        case hemelvaartsdag, eerstePinksterdag, tweedePinksterdag, eersteKerstdag, tweedeKerstdag
    }

    /// In which years 5 May is a day off: every year by the Algemene termijnenwet art. 3(1), less often by some agreements.
    public enum LiberationDay: String, Sendable, Hashable, CaseIterable {
        case elkJaar
        /// Every fifth year: 2020, 2025, 2030.
        case lustrum
        case nooit
    }

    public let liberationDay: LiberationDay
    /// Goede Vrijdag is a day off for some. (Algemene termijnenwet art. 3(2) puts it on a par with the others for terms of law.)
    public let hasGoodFriday: Bool

    public init(liberationDay: LiberationDay = .elkJaar, hasGoodFriday: Bool = false) {
        self.liberationDay = liberationDay
        self.hasGoodFriday = hasGoodFriday
    }

    // MARK: - Holidays

    /// The holiday on a day, if it is one. Of two on one day (Hemelvaart on 5 May 2016) it is the first of `Holiday`.
    public func holiday(on date: CalendarDate) -> Holiday? {
        fixed(date) ?? movable(date)
    }

    /// The holidays of a year, in order.
    public func holidays(in year: Int) -> [(date: CalendarDate, holiday: Holiday)] {
        guard let first = CalendarDate(year: year, month: 1, day: 1) else { return [] }
        return (0..<366).map { first.adding(days: $0) }.filter { $0.year == year }
            .compactMap { date in holiday(on: date).map { (date, $0) } }
    }

    private func fixed(_ date: CalendarDate) -> Holiday? {
        switch (date.month, date.day) {
        case (1, 1): .nieuwjaarsdag
        case (4, _), (5, 1): isMonarchsDay(date) ? .koningsdag : nil
        case (5, 5): isLiberationDay(date.year) ? .bevrijdingsdag : nil
        case (12, 25): .eersteKerstdag
        case (12, 26): .tweedeKerstdag
        default: nil
        }
    }

    /// From 2014 on 27 April, before that 30 April. On a Sunday it is held the day before; until 1980 it was the day after.
    private func isMonarchsDay(_ date: CalendarDate) -> Bool {
        guard date.year >= 1949,
            let day = CalendarDate(year: date.year, month: 4, day: date.year >= 2014 ? 27 : 30)
        else { return false }
        guard day.weekday == 7 else { return date == day }
        return date == day.adding(days: date.year >= 1980 ? -1 : 1)
    }

    private func isLiberationDay(_ year: Int) -> Bool {
        switch liberationDay {
        case .elkJaar: true
        case .lustrum: year.isMultiple(of: 5)
        case .nooit: false
        }
    }

    private func movable(_ date: CalendarDate) -> Holiday? {
        guard (3...6).contains(date.month), let easter = Self.easter(of: date.year) else { return nil }
        return switch date.daysSince(easter) {
        case -2: hasGoodFriday ? .goedeVrijdag : nil
        case 0: .eerstePaasdag
        case 1: .tweedePaasdag
        case 39: .hemelvaartsdag
        case 49: .eerstePinksterdag
        case 50: .tweedePinksterdag
        default: nil
        }
    }

    /// Easter Sunday of the Gregorian calendar: the Sunday after the full moon of the church on or after 21 March.
    static func easter(of year: Int) -> CalendarDate? {
        let golden = year % 19
        let century = year / 100
        // The age of the church's moon, with its two corrections a century and the shift that keeps it within 29 days.
        let correction = century - century / 4 - (8 * century + 13) / 25
        var moon = (correction + 19 * golden + 15) % 30
        if moon == 29 || (moon == 28 && golden > 10) { moon -= 1 }
        return CalendarDate(year: year, month: 3, day: 21).map { equinox in
            let full = equinox.adding(days: moon)
            return full.adding(days: 7 - full.weekday % 7)
        }
    }
}

// MARK: - Working days

extension WorkingCalendar {
    public func isWorkingDay(_ date: CalendarDate) -> Bool {
        date.weekday < 6 && holiday(on: date) == nil
    }

    /// The day itself when it is a working day, else the next one that is.
    public func workingDay(onOrAfter date: CalendarDate) -> CalendarDate {
        var date = date
        while !isWorkingDay(date), date < .latest { date = date.adding(days: 1) }
        return date
    }

    /// The day itself when it is a working day, else the last one that was.
    public func workingDay(onOrBefore date: CalendarDate) -> CalendarDate {
        var date = date
        while !isWorkingDay(date), date > .earliest { date = date.adding(days: -1) }
        return date
    }

    /// The working day so many working days after a day, or before it if negative. The day itself does not count; 0 gives the first
    /// working day on or after it.
    public func adding(workingDays count: Int, to date: CalendarDate) -> CalendarDate {
        guard count != 0 else { return workingDay(onOrAfter: date) }
        var date = date
        for _ in 0..<abs(count) {
            date =
                count > 0
                ? workingDay(onOrAfter: date.adding(days: 1)) : workingDay(onOrBefore: date.adding(days: -1))
        }
        return date
    }
}
