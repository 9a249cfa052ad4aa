// SPDX-License-Identifier: EUPL-1.2
public import Delivery
import Values

/// Reads the school holidays from YAML.
public enum SchoolHolidaysLoader {
    /// Those that ship with the gateway.
    /// - Throws: Never in a gateway that passed its tests.
    public static func standard() throws(ConfigurationProblems) -> SchoolHolidays {
        let log = ProblemLog()
        return try finish(standard(log), log)
    }

    /// Those in a file.
    /// - Throws: Everything that is wrong with them.
    public static func load(_ path: String) throws(ConfigurationProblems) -> SchoolHolidays {
        let log = ProblemLog()
        let root = Surroundings(environment: [:], log: log).document(path, mentionedAt: nil)
        return try finish(root.flatMap { SchoolHolidaysReader(log: log).holidays($0) }, log)
    }

    /// Read once: it never changes.
    private static let shipped: SchoolHolidays? = {
        let log = ProblemLog()
        let holidays = read(log)
        return log.problems.isEmpty ? holidays : nil
    }()

    static func standard(_ log: ProblemLog) -> SchoolHolidays? {
        shipped ?? read(log)
    }

    private static func read(_ log: ProblemLog) -> SchoolHolidays? {
        YAMLReader.read(PackageResources.schoolvakanties_yaml, file: "schoolvakanties.yaml (built in)", log)
            .flatMap { SchoolHolidaysReader(log: log).holidays($0) }
    }

    private static func finish(
        _ holidays: SchoolHolidays?, _ log: ProblemLog
    ) throws(ConfigurationProblems) -> SchoolHolidays {
        try log.throwErrors()
        guard let holidays else { throw ConfigurationProblems(problems: log.ordered) }
        return holidays
    }
}

extension ConfigurationReader {
    func schoolHolidays(_ node: YAMLNode?) -> SchoolHolidays? {
        guard let node else { return SchoolHolidaysLoader.standard(log) }
        return surroundings.path(node)
            .flatMap { surroundings.document($0, mentionedAt: node.place) }
            .flatMap { SchoolHolidaysReader(log: log).holidays($0) }
    }

    /// Once per region: who is away on holiday counts as being there while nothing is known.
    func checkHolidays(_ holidays: SchoolHolidays?, of schools: [Placed<School>]?) {
        guard let holidays else { return }
        var told: Set<HolidayRegion> = []
        for school in schools ?? [] {
            guard let region = school.value.holidayRegion, !holidays.isKnown(on: today, region: region),
                told.insert(region).inserted
            else { continue }
            let year = SchoolHolidays.schoolYear(of: today)
            log.warning(
                school.place,
                "the school holidays of \(year)-\(year + 1) in region \(region.rawValue) are not known: staff counts as being there",
                suggestion: "Add that school year to the file that school_holidays_file names.")
        }
    }
}

/// Reads `years:`.
struct SchoolHolidaysReader {
    let log: ProblemLog

    private static let longest = 60

    func holidays(_ root: YAMLNode) -> SchoolHolidays? {
        guard let section = Section(root, keys: ["years"], log),
            let years = section.required("years", { $0.list(log, of: year) })
        else { return nil }
        log.reportRepeats("the school year", years.map { (key: "\($0.value.start)-…", place: $0.place) })
        reportOverlaps(years.flatMap(\.value.periods))
        return SchoolHolidays(
            Dictionary(
                years.map { ($0.value.start, $0.value.periods.map(\.value)) }, uniquingKeysWith: { first, _ in first }))
    }

    private struct Year {
        let start: Int
        let periods: [Placed<SchoolHolidays.Period>]
    }

    private func year(_ node: YAMLNode) -> Placed<Year>? {
        guard let section = Section(node, keys: ["school_year", "holidays"], log) else { return nil }
        let start = section.required("school_year", schoolYear)
        let periods = section.required("holidays") { $0.list(log, of: period) }
        guard let start, let periods else { return nil }
        for period in periods where SchoolHolidays.schoolYear(of: period.value.first) != start {
            log.error(
                period.place,
                "this holiday begins on \(period.value.first), outside the school year \(start)-\(start + 1)",
                suggestion: "A school year runs from 1 August up to and including 31 July.")
        }
        return Placed(value: Year(start: start, periods: periods), place: section.place(of: "school_year"))
    }

    private func schoolYear(_ node: YAMLNode) -> Int? {
        guard let text = node.text(log) else { return nil }
        guard let year = SchoolYear(text) else {
            log.error(
                node.place, "“\(text)” is no school year", suggestion: "Write the two years, such as 2026-2027.")
            return nil
        }
        return year.first.year
    }

    private func period(_ node: YAMLNode) -> Placed<SchoolHolidays.Period>? {
        guard let section = Section(node, keys: ["name", "regions", "van", "tot"], log) else { return nil }
        let name = section.text("name")
        let regions = section.optional("regions") { node in
            node.set(log) { $0.choice(rawChoices(HolidayRegion.self), "region", log) }
        }
        let first = section.required("van") { $0.date(log) }
        let last = section.required("tot") { $0.date(log) }
        if regions?.isEmpty == true, section["regions"]?.elements?.isEmpty == true {
            log.error(
                section.place(of: "regions"), "a holiday without a region is nobody's",
                suggestion: "Leave regions out for all three.")
        }
        guard let name, let first, let last, section["regions"] == nil || regions != nil else { return nil }
        guard first <= last else {
            log.error(section.place(of: "van"), "van (\(first)) lies after tot (\(last))")
            return nil
        }
        if last.daysSince(first) >= Self.longest {
            log.error(
                section.place(of: "tot"), "this holiday lasts \(last.daysSince(first) + 1) days",
                suggestion: "Is one of the two dates a slip?")
        }
        return Placed(
            value: SchoolHolidays.Period(
                name: name, regions: Set(regions ?? HolidayRegion.allCases), first: first, last: last),
            place: section.place)
    }

    private func reportOverlaps(_ periods: [Placed<SchoolHolidays.Period>]) {
        for region in HolidayRegion.allCases {
            let here = periods.filter { $0.value.regions.contains(region) }.sorted { $0.value.first < $1.value.first }
            for (earlier, later) in zip(here, here.dropFirst()) where later.value.first <= earlier.value.last {
                log.error(
                    later.place,
                    "in region \(region.rawValue) this holiday begins within that of line \(earlier.place.line)")
            }
        }
    }
}
