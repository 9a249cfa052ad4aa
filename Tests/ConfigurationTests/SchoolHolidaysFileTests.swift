// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import Delivery
import Foundation
import Testing
import Values

/// The school holidays that ship with the gateway, and what `check` says of a file with others.
@Suite struct SchoolHolidaysFileTests {
    /// As the ministry publishes them: the first and the last day of the file, and some between.
    @Test(
        arguments: [
            ("2025-10-11", .zuid, "herfstvakantie"), ("2025-10-11", .noord, nil),
            ("2025-10-18", .noord, "herfstvakantie"),
            ("2026-10-10", .noord, "herfstvakantie"), ("2026-10-10", .midden, nil),
            ("2026-11-22", .noord, nil), ("2026-12-19", .zuid, "kerstvakantie"),
            ("2027-01-03", .midden, "kerstvakantie"),
            ("2027-01-04", .midden, nil), ("2027-02-13", .zuid, "voorjaarsvakantie"), ("2027-02-13", .noord, nil),
            ("2027-05-02", .midden, "meivakantie"), ("2027-05-03", .midden, nil),
            ("2028-07-08", .midden, "zomervakantie"), ("2028-07-14", .noord, nil),
            ("2028-07-15", .noord, "zomervakantie"),
            ("2028-09-03", .zuid, "zomervakantie"), ("2029-02-10", .zuid, "voorjaarsvakantie"),
            ("2030-09-01", .noord, "zomervakantie"), ("2030-09-02", .noord, nil),
        ] as [(String, HolidayRegion, String?)])
    func theFileHoldsWhatIsPublished(_ day: String, _ region: HolidayRegion, _ name: String?) throws {
        #expect(try SchoolHolidaysLoader.standard().holiday(on: date(day), region: region) == name)
    }

    /// Five a year in each region, from a Saturday to a Sunday, as long as they always are, and with weeks of school between them.
    @Test(arguments: HolidayRegion.allCases, 2025...2029)
    func everyYearIsWhole(_ region: HolidayRegion, _ year: Int) throws {
        let periods = try SchoolHolidaysLoader.standard().periods
            .filter { $0.regions.contains(region) && SchoolHolidays.schoolYear(of: $0.first) == year }
        #expect(
            periods.map(\.name) == [
                "herfstvakantie", "kerstvakantie", "voorjaarsvakantie", "meivakantie", "zomervakantie",
            ])
        #expect(periods.map { $0.last.daysSince($0.first) + 1 } == [9, 16, 9, 9, 44])
        #expect(periods.allSatisfy { $0.first.weekday == 6 && $0.last.weekday == 7 })
        for (one, next) in zip(periods, periods.dropFirst()) { #expect(next.first.daysSince(one.last) > 30) }
    }

    /// Summer begins in three different weeks, Christmas and May on one day.
    @Test(arguments: 2025...2029)
    func theRegionsAreSpread(_ year: Int) throws {
        let holidays = try SchoolHolidaysLoader.standard()
        for (name, starts) in [("zomervakantie", 3), ("kerstvakantie", 1), ("meivakantie", 1), ("herfstvakantie", 2)] {
            let found = holidays.periods.filter { $0.name == name && SchoolHolidays.schoolYear(of: $0.first) == year }
            #expect(Set(found.map(\.first)).count == starts, "\(name) \(year)")
        }
    }

    // MARK: - Slips

    private static let good = """
        years:
          - school_year: 2026-2027
            holidays:
              - {name: herfstvakantie, regions: [noord], van: 2026-10-10, tot: 2026-10-18}
              - {name: kerstvakantie, van: 2026-12-19, tot: 2027-01-03}

        """

    private func problems(_ text: String) throws -> [String] {
        let path = NSTemporaryDirectory() + "schoolvakanties-\(UUID().uuidString).yaml"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        do {
            _ = try SchoolHolidaysLoader.load(path)
            return []
        } catch {
            return error.problems.map { "\($0.line):\($0.column) \($0.message)" }
        }
    }

    @Test func aGoodFileHasNothingToSay() throws {
        #expect(try problems(Self.good).isEmpty)
        #expect(try problems("years: []\n").isEmpty)
    }

    @Test(
        arguments: [
            ("school_year: 2026-2027", "school_year: 2026-2028", "2:18 “2026-2028” is no school year"),
            ("school_year: 2026-2027", "school_year: 2026", "2:18 “2026” is no school year"),
            (
                "van: 2026-10-10, tot: 2026-10-18", "van: 2026-10-18, tot: 2026-10-10",
                "4:55 van (2026-10-18) lies after tot (2026-10-10)"
            ),
            ("tot: 2027-01-03", "tot: 2027-11-03", "5:53 this holiday lasts 320 days"),
            ("regions: [noord]", "regions: [nord]", "4:42 “nord” is no known region"),
            ("regions: [noord]", "regions: []", "4:41 a holiday without a region is nobody's"),
            ("regions: [noord]", "regio: [noord]", "4:32 unknown key “regio”"),
            (
                "van: 2026-10-10, tot: 2026-10-18", "van: 2025-10-10, tot: 2025-10-18",
                "4:9 this holiday begins on 2025-10-10, outside the school year 2026-2027"
            ),
            (
                "van: 2026-12-19", "van: 2026-10-18",
                "5:9 in region noord this holiday begins within that of line 4"
            ),
            (
                "    holidays:", "    holidays: []\n  - school_year: 2026-2027\n    holidays:",
                "4:18 the school year “2026-…” stands here a second time"
            ),
        ])
    func slipsAreShownWhereTheyStand(_ old: String, _ new: String, _ message: String) throws {
        #expect(Self.good.contains(old))
        let found = try problems(Self.good.replacing(old, with: new))
        #expect(found.contains { $0.hasPrefix(message) }, "\(found)")
    }

    // MARK: - In the whole configuration

    private static let withRegion = Site.text(of: .main)
        .replacing("{brin: 01AB, ", with: "{brin: 01AB, holiday_region: midden, ")
        .replacing("{brin: 02CD, ", with: "{brin: 02CD, holiday_region: midden, ")

    @Test func aSchoolHasItsRegion() throws {
        let loaded = try Site([.main: Self.withRegion]).load().configuration
        #expect(loaded.schools.map(\.holidayRegion) == [.midden, .midden])
        #expect(loaded.schoolHolidays == (try SchoolHolidaysLoader.standard()))
        #expect(try Site().load().configuration.schools.map(\.holidayRegion) == [nil, nil])
        let slip = Self.withRegion.replacing("02CD, holiday_region: midden", with: "02CD, holiday_region: Midden")
        #expect(try Site([.main: slip]).report().contains { $0.contains("“Midden” is no known region") })
    }

    /// Once per region, and only for regions that a school is in.
    @Test func aYearWithoutDataIsTold() throws {
        #expect(try Site([.main: Self.withRegion]).report().isEmpty)
        #expect(try Site().report(today: date("2031-10-01")).allSatisfy { !$0.contains("holidays") })
        let report = try Site([.main: Self.withRegion]).report(today: date("2031-10-01"))
        #expect(
            report.filter { $0.contains("school holidays") } == [
                "meldpoort.yaml:11:12: warning: the school holidays of 2031-2032 in region midden are not known: staff counts as being there. Add that school year to the file that school_holidays_file names."
            ])
    }

    @Test func theFileOfTheBoardIsUsed() throws {
        let site = try Site([.main: Self.withRegion + "\nschool_holidays_file: eigen.yaml\n"])
        try site.write("eigen.yaml", Self.good)
        let holidays = try site.load().configuration.schoolHolidays
        #expect(holidays.holiday(on: date("2026-10-12"), region: .noord) == "herfstvakantie")
        #expect(holidays.holiday(on: date("2026-10-20"), region: .midden) == nil)
        try site.write("eigen.yaml", "jaren: []\n")
        #expect(site.report().contains { $0.contains("eigen.yaml:1:1: error: unknown key “jaren”") })
    }
}
