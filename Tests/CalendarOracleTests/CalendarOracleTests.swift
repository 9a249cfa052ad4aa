// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Foundation
import Testing
import Values

/// The calendar against Debian's python3-holidays, which reckons on its own, day by day from 1990 up to and including 2050.
@Suite struct CalendarOracleTests {
    /// Every day, whether it is a working day, and whether it is a holiday: there 5 May is one every fifth year, and Goede Vrijdag none.
    private static let script = """
        import datetime, holidays
        off = holidays.Netherlands(years=range(1990, 2051))
        day = datetime.date(1990, 1, 1)
        while day.year < 2051:
            print(day.isoformat(), int(day.weekday() < 5 and day not in off), int(day in off))
            day += datetime.timedelta(days=1)
        """

    private struct Day: Sendable {
        let date: CalendarDate
        let isWorking: Bool
        let isHoliday: Bool
    }

    private static func days() throws -> [Day] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-c", script]
        process.environment = ["PATH": "/usr/bin:/bin"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "install Debian's python3-holidays: make test-packages")
        return try String(decoding: data, as: UTF8.self).split(separator: "\n").map { line in
            let parts = line.split(separator: " ")
            try #require(parts.count == 3)
            return Day(
                date: try #require(CalendarDate(String(parts[0]))), isWorking: parts[1] == "1",
                isHoliday: parts[2] == "1")
        }
    }

    private static let all = Result { try days() }

    @Test func everyDayIsTheSame() throws {
        let days = try Self.all.get()
        #expect(days.count == 22_280)
        let calendar = WorkingCalendar(liberationDay: .lustrum)
        let wrong = days.filter {
            calendar.isWorkingDay($0.date) != $0.isWorking || (calendar.holiday(on: $0.date) != nil) != $0.isHoliday
        }
        #expect(wrong.isEmpty, "\(wrong.map(\.date))")
    }

    /// The choices about 5 May and Goede Vrijdag change those days and no other.
    @Test(arguments: WorkingCalendar.LiberationDay.allCases, [false, true])
    func choicesChangeTheirOwnDaysOnly(_ choice: WorkingCalendar.LiberationDay, _ hasGoodFriday: Bool) throws {
        let days = try Self.all.get()
        let calendar = WorkingCalendar(liberationDay: choice, hasGoodFriday: hasGoodFriday)
        var wrong: [CalendarDate] = []
        for (position, day) in days.enumerated() {
            var expected = day.isHoliday || (hasGoodFriday && Self.isGoodFriday(position, days))
            if (day.date.month, day.date.day) == (5, 5) {
                if choice == .elkJaar { expected = true }
                // In 2005 it was Hemelvaartsdag as well.
                if choice == .nooit, day.date.year.isMultiple(of: 5), day.date.year != 2005 { expected = false }
            }
            if (calendar.holiday(on: day.date) != nil) != expected { wrong.append(day.date) }
        }
        #expect(wrong.isEmpty, "\(wrong)")
    }

    /// The Friday before a Sunday and a Monday that are both holidays in March or April.
    private static func isGoodFriday(_ position: Int, _ days: [Day]) -> Bool {
        guard position + 3 < days.count, days[position].date.weekday == 5 else { return false }
        let (sunday, monday) = (days[position + 2], days[position + 3])
        return sunday.isHoliday && monday.isHoliday && (3...4).contains(sunday.date.month)
    }

    /// Counting on, against counting the oracle's own working days.
    @Test(arguments: [1, 5, 15, 30])
    func countingOnIsTheSame(_ count: Int) throws {
        let days = try Self.all.get()
        let calendar = WorkingCalendar(liberationDay: .lustrum)
        let working = days.filter(\.isWorking).map(\.date)
        var next = 0
        var wrong: [CalendarDate] = []
        for (position, day) in days.dropLast(120).enumerated() {
            while working[next] <= day.date { next += 1 }
            // Every fifth day: each weekday of each year.
            guard position.isMultiple(of: 5) else { continue }
            if calendar.adding(workingDays: count, to: day.date) != working[next + count - 1] { wrong.append(day.date) }
        }
        #expect(wrong.isEmpty, "\(wrong)")
    }
}
