// SPDX-License-Identifier: EUPL-1.2
import CaseSamples
import Delivery
import Testing
import Values

@Suite struct WorkingCalendarTests {
    private let calendar = WorkingCalendar(liberationDay: .lustrum, hasGoodFriday: true)

    private func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    @Test(
        arguments: [
            ("2026-01-01", .nieuwjaarsdag), ("2026-04-03", .goedeVrijdag), ("2026-04-05", .eerstePaasdag),
            ("2026-04-06", .tweedePaasdag), ("2026-04-27", .koningsdag), ("2025-05-05", .bevrijdingsdag),
            ("2026-05-14", .hemelvaartsdag), ("2026-05-24", .eerstePinksterdag), ("2026-05-25", .tweedePinksterdag),
            ("2026-12-25", .eersteKerstdag), ("2026-12-26", .tweedeKerstdag),
            // On a Sunday the day before: 27 April 2014 and 2025, 30 April 1989 and 2006.
            ("2014-04-26", .koningsdag), ("2014-04-27", nil), ("2025-04-26", .koningsdag), ("2025-04-27", nil),
            ("2006-04-29", .koningsdag), ("2006-04-30", nil), ("2013-04-30", .koningsdag), ("2013-04-27", nil),
            ("2014-04-30", nil), ("1961-05-01", .koningsdag), ("1961-04-30", nil), ("1989-04-29", .koningsdag),
            // The earliest and the latest Easter there are.
            ("1818-03-22", nil), ("2038-04-25", .eerstePaasdag), ("2008-03-23", .eerstePaasdag),
            // The two exceptions of the reckoning.
            ("1981-04-19", .eerstePaasdag), ("1954-04-18", .eerstePaasdag), ("2049-04-18", .eerstePaasdag),
            ("2076-04-19", .eerstePaasdag), ("2106-04-18", .eerstePaasdag),
            ("2026-05-05", nil), ("2026-12-24", nil), ("2026-12-31", nil), ("2026-11-22", nil),
        ] as [(String, WorkingCalendar.Holiday?)])
    func holidays(_ text: String, _ holiday: WorkingCalendar.Holiday?) throws {
        guard let date = CalendarDate(text) else { return #expect(text < "1900") }
        #expect(calendar.holiday(on: date) == holiday)
    }

    @Test func agreementsDiffer() throws {
        let (may, friday) = (try date("2026-05-05"), try date("2026-04-03"))
        #expect(WorkingCalendar().holiday(on: may) == .bevrijdingsdag)
        #expect(WorkingCalendar(liberationDay: .lustrum).isWorkingDay(may))
        #expect(WorkingCalendar(liberationDay: .nooit).isWorkingDay(try date("2025-05-05")))
        #expect(WorkingCalendar().isWorkingDay(friday))
        #expect(!WorkingCalendar(hasGoodFriday: true).isWorkingDay(friday))
    }

    /// Whether 5 May is a working day, by choice; in 2024 and 2030 it is a Sunday, in 2005 Hemelvaartsdag.
    @Test(
        arguments: [
            (2020, false, false, true), (2024, false, false, false), (2025, false, false, true),
            (2026, false, true, true), (2027, false, true, true), (2028, false, true, true),
            (2030, false, false, false),
            (2005, false, false, false), (2016, false, false, false),
        ])
    func liberationDay(_ year: Int, _ always: Bool, _ lustrum: Bool, _ never: Bool) throws {
        let day = try #require(CalendarDate(year: year, month: 5, day: 5))
        for (choice, isWorking) in [
            (.elkJaar, always), (.lustrum, lustrum), (.nooit, never),
        ] as [(WorkingCalendar.LiberationDay, Bool)] {
            let calendar = WorkingCalendar(liberationDay: choice)
            #expect(calendar.isWorkingDay(day) == isWorking, "\(year) \(choice)")
            // A term of one working day from the day before ends on it, or after it.
            #expect((calendar.adding(workingDays: 1, to: day.adding(days: -1)) == day) == isWorking)
        }
    }

    /// Ten holidays a year and one more where 5 May counts, each on the weekday where it belongs.
    @Test func everyYearHasItsHolidays() {
        for year in 1990...2050 {
            let found = calendar.holidays(in: year)
            var expected = Set(WorkingCalendar.Holiday.allCases)
            if !year.isMultiple(of: 5) { expected.remove(.bevrijdingsdag) }
            // Hemelvaart fell on 5 May.
            if year == 2005 { expected.remove(.hemelvaartsdag) }
            #expect(Set(found.map(\.holiday)) == expected, "\(year)")
            #expect(found.map(\.date) == found.map(\.date).sorted())
            for (date, holiday) in found {
                switch holiday {
                case .goedeVrijdag: #expect(date.weekday == 5)
                case .eerstePaasdag, .eerstePinksterdag: #expect(date.weekday == 7)
                case .tweedePaasdag, .tweedePinksterdag: #expect(date.weekday == 1)
                case .hemelvaartsdag: #expect(date.weekday == 4)
                case .koningsdag: #expect(date.weekday != 7)
                default: break
                }
            }
        }
    }

    /// Counting on and back against counting day by day.
    @Test func workingDaysAreCountedOneByOne() {
        var random = SplitMix64(seed: 5)
        for _ in 0..<500 {
            let calendar = WorkingCalendar(
                liberationDay: random.pick(WorkingCalendar.LiberationDay.allCases),
                hasGoodFriday: Bool.random(using: &random))
            let start = SampleInput.day.adding(days: Int.random(in: -9_000...9_000, using: &random))
            let count = Int.random(in: -30...30, using: &random)
            let end = calendar.adding(workingDays: count, to: start)
            #expect(calendar.isWorkingDay(end))
            let step = count < 0 ? -1 : 1
            var passed = 0
            var date = start
            while date != end {
                date = date.adding(days: step)
                if calendar.isWorkingDay(date) { passed += 1 }
            }
            let expected = count == 0 && !calendar.isWorkingDay(start) ? 1 : abs(count)
            #expect(passed == expected)
            #expect(calendar.workingDay(onOrBefore: start) <= start && calendar.workingDay(onOrAfter: start) >= start)
        }
    }
}
