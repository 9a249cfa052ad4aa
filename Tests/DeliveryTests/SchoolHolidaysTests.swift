// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Testing
import Values

@Suite struct SchoolHolidaysTests {
    private static func date(_ text: String) -> CalendarDate { CalendarDate(text) ?? .earliest }

    private static func period(
        _ name: String, _ regions: Set<HolidayRegion>, _ first: String, _ last: String
    ) -> SchoolHolidays.Period {
        SchoolHolidays.Period(name: name, regions: regions, first: date(first), last: date(last))
    }

    private let holidays = SchoolHolidays([
        2026: [
            Self.period("zomervakantie", [.midden], "2027-07-17", "2027-08-29"),
            Self.period("herfstvakantie", [.noord], "2026-10-10", "2026-10-18"),
            Self.period("herfstvakantie", [.midden], "2026-10-17", "2026-10-25"),
        ],
        2027: [Self.period("kerstvakantie", [.noord], "2027-12-25", "2028-01-09")],
    ])

    @Test(
        arguments: [
            ("2026-10-09", .noord, nil), ("2026-10-10", .noord, "herfstvakantie"),
            ("2026-10-18", .noord, "herfstvakantie"), ("2026-10-19", .noord, nil),
            ("2026-10-10", .midden, nil), ("2026-10-18", .midden, "herfstvakantie"), ("2026-10-18", .zuid, nil),
            // It ends in the next school year.
            ("2027-08-29", .midden, "zomervakantie"), ("2027-08-30", .midden, nil),
            ("2028-01-01", .noord, "kerstvakantie"), ("2028-01-01", .midden, nil),
        ] as [(String, HolidayRegion, String?)])
    func eachRegionHasItsOwn(_ day: String, _ region: HolidayRegion, _ name: String?) {
        #expect(holidays.holiday(on: Self.date(day), region: region) == name)
    }

    @Test(
        arguments: [
            ("2026-08-01", .noord, true), ("2026-07-31", .noord, false), ("2027-07-31", .noord, true),
            ("2026-10-01", .zuid, false), ("2027-08-01", .noord, true), ("2027-08-01", .midden, false),
            ("2028-07-31", .noord, true), ("2028-08-01", .noord, false),
        ] as [(String, HolidayRegion, Bool)])
    func whatIsKnownIsKnownPerRegionAndSchoolYear(_ day: String, _ region: HolidayRegion, _ isKnown: Bool) {
        #expect(holidays.isKnown(on: Self.date(day), region: region) == isKnown)
    }

    @Test func theyStandInOrder() {
        #expect(holidays.periods.map(\.first) == holidays.periods.map(\.first).sorted())
        #expect(SchoolHolidays.none.holiday(on: Self.date("2026-12-25"), region: .noord) == nil)
        #expect(!SchoolHolidays.none.isKnown(on: Self.date("2026-12-25"), region: .noord))
    }
}
