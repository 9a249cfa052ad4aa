// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import PrivacyRules
import Testing

@Suite struct DirectoryTests {
    private let today = Site.today

    private func directory() throws -> Directory { try Site().load().configuration.directory }

    @Test func rolesHoldAtTheirSchoolsInTheirTime() throws {
        let directory = try directory()
        #expect(directory.roles(of: "af", at: "01AB", on: today) == [.aandachtsfunctionaris, .ict, .meldingsbevoegde])
        #expect(
            directory.roles(of: "af", at: "01AB03", on: today) == [.aandachtsfunctionaris, .ict, .meldingsbevoegde])
        #expect(directory.roles(of: "af", at: "09ZZ", on: today) == [.ict, .meldingsbevoegde])
        #expect(directory.roles(of: "af", at: "01AB", on: date("2025-07-31")).isEmpty)
        #expect(directory.roles(of: "af", at: "01AB", on: date("2027-07-31")).contains(.aandachtsfunctionaris))
        #expect(!directory.roles(of: "af", at: "01AB", on: date("2027-08-01")).contains(.aandachtsfunctionaris))
        #expect(directory.roles(of: "nobody", at: "01AB", on: today).isEmpty)
    }

    @Test func deputiesActInTheRoleAsLongAsItIsHeld() throws {
        let directory = try directory()
        #expect(directory.roles(of: "mb", at: "02CD", on: today) == [.meldingsbevoegde, .aandachtsfunctionaris])
        #expect(directory.roles(of: "mb", at: "02CD", on: date("2027-08-01")) == [.meldingsbevoegde])
        #expect(directory.persons(with: .meldingsbevoegde, at: "01AB", on: today).map(\.id) == ["mb", "af", "dir"])
        #expect(directory.persons(with: .bestuur, at: "01AB", on: today).isEmpty)
    }

    @Test func actingPersonHasTheRolesOfThatDay() throws {
        let person = try #require(try directory().actingPerson("af", at: "01AB", on: today))
        #expect(person.name == "Aandachtsfunctionaris")
        #expect(person.function == "intern begeleider")
        #expect(person.phone == "010 000 00 00")
        #expect(person.email == "af@school.example")
        #expect(person.roles == [.aandachtsfunctionaris, .ict, .meldingsbevoegde])
        #expect(try directory().actingPerson("nobody", at: "01AB", on: today) == nil)
    }

    @Test func designationIsOfThatDay() throws {
        #expect(try directory().schoolHasMeldingsbevoegde("01AB", on: today))
        #expect(try !directory().schoolHasMeldingsbevoegde("01AB", on: date("2025-07-31")))
    }

    @Test func missingStaffIsNamedPerSchool() throws {
        let persons = Site.text(of: .persons)
            .replacing("role: meldingsbevoegde, van: 2025-08-01", with: "role: meldingsbevoegde, van: 2026-12-01")
            .replacing(
                "schools: [01AB, 02CD], van: 2025-08-01, tot: 2027-07-31, deputy: mb",
                with: "schools: [01AB], van: 2025-08-01")
        let report = try Site([.persons: persons]).report()
        #expect(
            report == [
                "meldpoort.yaml:11:12: warning: school 01AB has nobody to stand in for its aandachtsfunctionaris. Add a deputy in the persons file.",
                "meldpoort.yaml:11:12: warning: school 01AB has no meldingsbevoegde today. Add one in the persons file.",
                "meldpoort.yaml:12:12: warning: school 02CD has no aandachtsfunctionaris today. Add one in the persons file.",
                "meldpoort.yaml:12:12: warning: school 02CD has no meldingsbevoegde today. Add one in the persons file.",
                "meldpoort.yaml:53:75: warning: “index” is refused for 01AB, 02CD: no meldingsbevoegde is designated there. Add the role meldingsbevoegde in the persons file (Jeugdwet art. 7.1.1.2).",
            ])
    }

    @Test func personsReloadAlone() throws {
        let site = try Site()
        let configuration = try site.load().configuration
        let loader = PersonsLoader(schools: configuration.schools)
        #expect(try loader.load(configuration.personsFile, today: today).directory == configuration.directory)

        try site.write("personen.yaml", Site.text(of: .persons).replacing("van: 2025-08-01", with: "van: 2026-12-01"))
        #expect(try loader.load(configuration.personsFile, today: today).warnings.count == 4)

        try site.write("personen.yaml", "persons:\n  - {id: a, display_name: A, rolls: []}\n")
        let error = #expect(throws: ConfigurationProblems.self) {
            try loader.load(configuration.personsFile, today: today)
        }
        #expect(
            error?.problems.filter { $0.severity == .error }.map(\.message) == [
                "the key “roles” is missing here", "unknown key “rolls”",
            ])
    }
}
