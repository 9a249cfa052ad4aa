// SPDX-License-Identifier: EUPL-1.2
import Testing
import Values

@Suite struct AmsterdamHourTests {
    /// Every hour of ten years is read back from the clock, but for the one that the clock skips.
    @Test func theClockShowsTheHour() throws {
        var date = try #require(CalendarDate("2020-01-01"))
        let end = try #require(CalendarDate("2030-01-01"))
        while date < end {
            for hour in 0..<24 {
                let instant = date.inAmsterdam(hour: hour)
                let isSkipped = hour == 2 && date.month == 3 && date.weekday == 7 && date.day > 24
                let shown = isSkipped ? 3 : hour
                #expect(instant.dutchText == "\(date.dutchText) \(shown < 10 ? "0" : "")\(shown):00")
            }
            #expect(date.inAmsterdam(hour: 0) == date.startInAmsterdam)
            date = date.adding(days: 1)
        }
    }

    /// An hour that comes twice is the first: 27 October 2024, 02:00 summer time.
    @Test func ofTwoHoursTheFirst() throws {
        let date = try #require(CalendarDate("2024-10-27"))
        #expect(date.inAmsterdam(hour: 2).description == "2024-10-27T00:00:00.000Z")
        #expect(date.inAmsterdam(hour: 3).description == "2024-10-27T02:00:00.000Z")
    }

    /// On the days on which the clock changes, and around them: 09:00 is 09:00 on the wall.
    @Test(
        arguments: [
            ("2026-03-28", 9, "2026-03-28T08:00:00.000Z"), ("2026-03-29", 0, "2026-03-28T23:00:00.000Z"),
            ("2026-03-29", 1, "2026-03-29T00:00:00.000Z"), ("2026-03-29", 2, "2026-03-29T01:00:00.000Z"),
            ("2026-03-29", 3, "2026-03-29T01:00:00.000Z"), ("2026-03-29", 9, "2026-03-29T07:00:00.000Z"),
            ("2026-03-30", 9, "2026-03-30T07:00:00.000Z"), ("2026-10-24", 9, "2026-10-24T07:00:00.000Z"),
            ("2026-10-25", 0, "2026-10-24T22:00:00.000Z"), ("2026-10-25", 2, "2026-10-25T00:00:00.000Z"),
            ("2026-10-25", 3, "2026-10-25T02:00:00.000Z"), ("2026-10-25", 9, "2026-10-25T08:00:00.000Z"),
            ("2026-10-26", 9, "2026-10-26T08:00:00.000Z"), ("2026-10-25", 23, "2026-10-25T22:00:00.000Z"),
        ])
    func changeDays(_ date: String, _ hour: Int, _ expected: String) throws {
        #expect(try #require(CalendarDate(date)).inAmsterdam(hour: hour).description == expected)
    }

    @Test(
        arguments: [
            ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-12-15", 1, "2027-01-15"),
            ("2026-03-31", -1, "2026-02-28"), ("2026-01-10", -1, "2025-12-10"), ("2026-05-31", 13, "2027-06-30"),
            ("2026-11-22", 0, "2026-11-22"), ("2199-12-01", 1, "2199-12-31"), ("1900-01-01", -1, "1900-01-01"),
        ])
    func months(_ date: String, _ months: Int, _ expected: String) throws {
        #expect(try #require(CalendarDate(date)).adding(months: months).description == expected)
    }
}
