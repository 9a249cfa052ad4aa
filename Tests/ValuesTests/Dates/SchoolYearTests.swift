// SPDX-License-Identifier: EUPL-1.2
import Testing
import Values

@Suite struct SchoolYearTests {
    @Test func runsFromAugustToJuly() throws {
        let year = try #require(SchoolYear("2026-2027"))
        #expect(year.first == CalendarDate("2026-08-01") && year.last == CalendarDate("2027-07-31"))
        #expect(year.description == "2026-2027")
        #expect(try #require(SchoolYear("2025-2026")) < year)
    }

    @Test(arguments: [
        "", "2026", "2026-2028", "2027-2026", "2026/2027", "26-27", "2026-2027-2028", " 2026-2027", "1800-1801",
    ])
    func nothingElseIsOne(text: String) {
        #expect(SchoolYear(text) == nil)
    }
}
