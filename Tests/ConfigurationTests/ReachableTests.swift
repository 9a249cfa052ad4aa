// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import PrivacyRules
import Testing

/// Who is there on a day: absences, school holidays and deputies.
@Suite struct ReachableTests {
    private static let persons = """
        persons:
          - id: af
            display_name: A
            roles:
              - {role: aandachtsfunctionaris, schools: [01AB], van: 2025-08-01, deputy: [dep, late]}
            absent:
              - {van: 2026-11-20, tot: 2026-11-27}
              - {van: 2027-01-04, tot: 2027-01-04}
          - id: af2
            display_name: B
            roles:
              - {role: aandachtsfunctionaris, schools: [01AB], van: 2027-01-01, deputy: dep}
          - id: dep
            display_name: C
            roles: []
            reachable_in_school_holidays: true
            absent:
              - {van: 2026-11-25, tot: 2026-11-26}
          - id: late
            display_name: D
            roles: []
            absent:
              - {van: 2026-11-26, tot: 2026-11-26}
          - id: mb
            display_name: E
            roles:
              - {role: meldingsbevoegde, van: 2025-08-01, deputy: [af, late]}
              - {role: aandachtsfunctionaris, schools: [02CD], van: 2025-08-01, deputy: late}
          - id: ccp
            display_name: F
            roles:
              - {role: centraleContactpersoon, van: 2025-08-01}
              - {role: directie, schools: [02CD], van: 2025-08-01}

        """

    private static func directory() throws -> Directory {
        try Site([.persons: persons]).load().configuration.directory
    }

    @Test(
        arguments: [
            // There.
            (.aandachtsfunctionaris, "01AB", "2026-11-19", false, ["af"]),
            // Away: the deputies, one of whom is away too, then both.
            (.aandachtsfunctionaris, "01AB", "2026-11-20", false, ["dep", "late"]),
            (.aandachtsfunctionaris, "01AB", "2026-11-25", false, ["late"]),
            (.aandachtsfunctionaris, "01AB", "2026-11-26", false, []),
            (.aandachtsfunctionaris, "01AB", "2026-11-27", false, ["dep", "late"]),
            (.aandachtsfunctionaris, "01AB", "2026-11-28", false, ["af"]),
            // A location of the school.
            (.aandachtsfunctionaris, "01AB03", "2026-11-25", false, ["late"]),
            // Two hold the role: the deputies stand in for the one who is away.
            (.aandachtsfunctionaris, "01AB", "2027-01-04", false, ["dep", "late", "af2"]),
            (.aandachtsfunctionaris, "01AB", "2027-01-05", false, ["af", "af2"]),
            // The school is on holiday: only the deputy who said so.
            (.aandachtsfunctionaris, "01AB", "2026-11-19", true, ["dep"]),
            (.aandachtsfunctionaris, "01AB", "2026-11-25", true, []),
            (.meldingsbevoegde, "01AB", "2026-11-19", true, []),
            (.directie, "02CD", "2026-11-19", true, []),
            // The board's own people are there.
            (.centraleContactpersoon, "02CD", "2026-11-19", true, ["ccp"]),
            (.directie, "02CD", "2026-11-19", false, ["ccp"]),
            (.bestuur, "01AB", "2026-11-19", false, []),
        ] as [(Role, String, String, Bool, [String])])
    func whoIsThere(_ role: Role, _ school: String, _ day: String, _ isHoliday: Bool, _ expected: [String]) throws {
        let found = try Self.directory().reachable(role, at: school, on: date(day), isHoliday: isHoliday)
        #expect(found.map(\.id) == expected)
    }

    /// Who is barred counts as away; a deputy who is barred does not stand in.
    @Test func whoIsBarredIsNotThere() throws {
        let directory = try Self.directory()
        let find = { (barred: Set<String>) in
            directory.reachable(
                .aandachtsfunctionaris, at: "01AB", on: date("2026-11-19"), isHoliday: false, without: barred
            ).map(\.id)
        }
        #expect(find([]) == ["af"])
        #expect(find(["af"]) == ["dep", "late"])
        #expect(find(["af", "dep"]) == ["late"])
        #expect(find(["af", "dep", "late"]).isEmpty)
    }

    /// An absence changes nothing about who has a role, and with it who may do what.
    @Test func rolesStayAsTheyAre() throws {
        let directory = try Self.directory()
        let day = date("2026-11-20")
        #expect(directory.roles(of: "af", at: "01AB", on: day).contains(.aandachtsfunctionaris))
        #expect(
            directory.persons(with: .aandachtsfunctionaris, at: "01AB", on: day).map(\.id) == ["af", "dep", "late"])
    }

    // MARK: - What check says

    private func report(_ persons: String, today: String = "2026-11-22") throws -> [String] {
        try Site([.persons: persons]).report(today: date(today)).filter { $0.contains("personen.yaml") }
    }

    /// Both deputies are away on 26 November: the one day of the first absence on which nobody is.
    @Test func anAbsenceWithoutADeputyIsTold() throws {
        let line = "personen.yaml:7:9: warning: “af” is away and nobody stands in as aandachtsfunctionaris at 01AB. "
        let told = [line + "Name a deputy who is there: until then it goes to the next higher up."]
        #expect(try report(Self.persons) == told)
        #expect(try report(Self.persons, today: "2026-11-26") == told)
        // What is past is past.
        #expect(try report(Self.persons, today: "2026-11-27").isEmpty)
        #expect(try report(Self.persons.replacing("van: 2026-11-26, tot", with: "van: 2026-11-25, tot")) == told)
        let covered = Self.persons.replacing(
            "{van: 2026-11-26, tot: 2026-11-26}", with: "{van: 2026-11-28, tot: 2026-11-29}")
        #expect(try report(covered).isEmpty)
        // A role at every school, and one that nobody stands in for: each school is named.
        let away =
            Self.persons.replacing(
                "      - {role: centraleContactpersoon",
                with: "      - {role: bestuur, van: 2025-08-01, deputy: mb}\n      - {role: centraleContactpersoon")
            + "    absent: [{van: 2026-12-01, tot: 2026-12-31}]\n"
        let found = try report(away)
        #expect(found.contains { $0.contains("nobody stands in as centraleContactpersoon at 01AB, 02CD") })
        #expect(found.contains { $0.contains("nobody stands in as directie at 02CD") })
        #expect(!found.contains { $0.contains("as bestuur") })
    }

    @Test(
        arguments: [
            (
                "{van: 2026-11-20, tot: 2026-11-27}", "{van: 2026-11-28, tot: 2026-11-27}",
                "7:15: error: van (2026-11-28) lies after tot"
            ),
            ("{van: 2026-11-20, tot: 2026-11-27}", "{van: 2026-11-20}", "7:9: error: the key “tot” is missing here"),
            (
                "{van: 2026-11-20, tot: 2026-11-27}", "{from: 2026-11-20, tot: 2026-11-27}",
                "7:10: error: unknown key “from”"
            ),
            (
                "reachable_in_school_holidays: true", "reachable_in_school_holidays: ja",
                "16:35: error: expected true or false"
            ),
        ])
    func slipsAreShownWhereTheyStand(_ old: String, _ new: String, _ message: String) throws {
        #expect(Self.persons.ranges(of: old).count == 1)
        let found = try report(Self.persons.replacing(old, with: new))
        #expect(found.contains { $0.hasPrefix("personen.yaml:\(message)") }, "\(found)")
    }
}
