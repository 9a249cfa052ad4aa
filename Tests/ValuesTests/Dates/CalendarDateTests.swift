// SPDX-License-Identifier: EUPL-1.2
import Testing
import Values

@Suite struct CalendarDateTests {
    @Test(arguments: ["2010-02-28", "2012-02-29", "2000-02-29", "1900-01-01", "2199-12-31", "2026-11-22"])
    func readsDates(_ text: String) throws {
        #expect(try #require(CalendarDate(text)).description == text)
    }

    @Test(
        arguments: [
            "2010-02-30", "2010-02-29", "1900-02-29", "2100-02-29", "2010-04-31", "2010-13-01", "2010-00-10",
            "2010-01-00",
            "1899-12-31", "2200-01-01", "2010-1-01", "2010-01-1", "20100101", "2010/01/01", "01-01-2010", "",
            " 2010-01-01",
            "2010-01-01 ", "2010-01-01T00:00:00Z", "+010-01-01", "2010-0a-01", "٢٠١٠-٠١-٠١", "2010-01-32",
        ])
    func refusesOthers(_ text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test func arithmeticHoldsForEveryDay() throws {
        var date = CalendarDate.earliest
        var count = 0
        var weekday = 1  // 1 January 1900 was a Monday.
        while date < .latest {
            let next = date.adding(days: 1)
            #expect(next > date && next.daysSince(date) == 1 && next.adding(days: -1) == date)
            #expect(date.weekday == weekday)
            #expect(CalendarDate(year: date.year, month: date.month, day: date.day) == date)
            (date, count, weekday) = (next, count + 1, weekday % 7 + 1)
        }
        #expect(count == 109_572)  // 300 years with 73 leap days, less one.
        #expect(CalendarDate.latest.description == "2199-12-31")
    }

    @Test func arithmeticStopsAtTheEnds() throws {
        let date = try #require(CalendarDate("2026-11-22"))
        #expect(date.adding(days: .max) == .latest)
        #expect(date.adding(days: .min) == .earliest)
        #expect(date.adding(years: .max) == .latest)
        #expect(date.adding(years: .min) == .earliest)
        #expect(date.adding(years: 174) == .latest)
        #expect(date.adding(years: 173).description == "2199-11-22")
    }

    @Test(
        arguments: [
            ("2024-02-29", 1, "2025-02-28"), ("2024-02-29", 4, "2028-02-29"), ("2024-02-29", -1, "2023-02-28"),
            ("2024-02-28", 1, "2025-02-28"), ("2024-03-01", 1, "2025-03-01"), ("2096-02-29", 4, "2100-02-28"),
        ])
    func addsYears(_ start: String, _ years: Int, _ end: String) throws {
        #expect(CalendarDate(start)?.adding(years: years).description == end)
    }

    @Test(
        arguments: [
            ("2010-05-05", "2026-05-04", 15), ("2010-05-05", "2026-05-05", 16), ("2010-05-05", "2010-05-05", 0),
            ("2010-05-05", "2010-05-04", -1), ("2008-02-29", "2024-02-28", 15), ("2008-02-29", "2024-02-29", 16),
            ("2008-02-29", "2026-02-28", 17), ("2008-02-29", "2026-03-01", 18), ("2010-12-31", "2026-12-30", 15),
        ])
    func countsAges(_ birth: String, _ day: String, _ age: Int) throws {
        let (birth, day) = (try #require(CalendarDate(birth)), try #require(CalendarDate(day)))
        #expect(birth.age(on: day) == age)
    }

    @Test func anAgeStartsOnItsBirthday() throws {
        var generator = SplitMix64(seed: 5)
        for _ in 0..<2_000 {
            let birth = CalendarDate.earliest.adding(days: .random(in: 0..<90_000, using: &generator))
            let age = Int.random(in: 1...40, using: &generator)
            let birthday = birth.birthday(turning: age)
            #expect(birth.age(on: birthday) == age)
            #expect(birth.age(on: birthday.adding(days: -1)) == age - 1)
        }
        #expect(CalendarDate("2008-02-29")?.birthday(turning: 18).description == "2026-03-01")
    }

    @Test func isWrittenAsText() throws {
        let date = try #require(CalendarDate("2026-01-02"))
        #expect(date.dutchText == "02-01-2026")
        #expect(try Coded.roundTrip(date) == date)
        #expect(try Coded.text(date) == "2026-01-02")
        #expect(throws: DecodingError.self) { try Coded.decode(CalendarDate.self, from: "2026-02-30") }
    }
}
