// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import Testing
import Values

@Suite struct AllAtOnceTests {
    @Test func oneRunShowsEverythingInOrder() throws {
        let main = Site.text(of: .main)
            .replacing("  port: 8443", with: "  port: no\n  prot: 1\n  port: 2\n  port: 3")
            .replacing("track: po", with: "track: po, track: vo")
            .replacing("recipients: [vt-noord]", with: "recipients: [vt-nord]")
            .replacing("{file: secrets/relay.password}", with: Site.secret)
            .replacing("herzieningsdatum: 2027-01-01", with: "herzieningsdatum: 2026-01-01")
            .replacing("terms:", with: "term: 1\nterms:")
        let persons = Site.text(of: .persons).replacing("role: ict", with: "rol: ict")
        let policy = Site.text(of: .policy).replacing("leerling.achternaam", with: "leerling.bsn")
        let report = try Site([.main: main, .persons: persons, .policy: policy]).report()
        let expected = [
            "meldpoort.yaml:6:9: error: expected a whole number, found “no”",
            "meldpoort.yaml:7:3: error: unknown key “prot”. Did you mean “port”?",
            "meldpoort.yaml:8:3: error: the key “port” stands here a second time; the first is on line 6, column 3. Keep one of the two.",
            "meldpoort.yaml:9:3: error: the key “port” stands here a second time; the first is on line 6, column 3. Keep one of the two.",
            "meldpoort.yaml:14:59: error: the key “track” stands here a second time; the first is on line 14, column 48. Keep one of the two.",
            "meldpoort.yaml:32:17: error: a secret does not stand in the configuration itself. Write {file: secrets/name} or {environment: NAME}.",
            "meldpoort.yaml:43:23: warning: “index” is refused: its herzieningsdatum 2026-01-01 is past. See whether the law still gives the ground (Jeugdwet par. 7.1), then set a new date.",
            "meldpoort.yaml:55:87: error: there is no recipient “vt-nord”. Did you mean “vt-noord”?",
            "meldpoort.yaml:57:1: error: unknown key “term”. Did you mean “terms”?",
            "personen.yaml:9:9: error: the key “role” is missing here",
            "personen.yaml:9:10: error: unknown key “rol”. Did you mean “role”?",
            "regels.yaml:16:9: error: the burgerservicenummer does not leave the school: the WPO names none of these recipients (WPO art. 182)",
        ]
        for line in expected {
            #expect(report.contains(line), "missing \(line)\n got \(report.joined(separator: "\n"))")
        }
        #expect(report.count == expected.count, "got \(report.joined(separator: "\n"))")
    }

    @Test func duplicatesAreFoundInQuotedAndInnerMappingsToo() throws {
        let main = Site.text(of: .main)
            .replacing("track: po}", with: "\"track\": po, 'track': vo}")
            .replacing("  path: data/meldpoort.db", with: "  path: a\n  path: b\n  path: c")
        let report = try Site([.main: main]).report()
        #expect(
            report == [
                "meldpoort.yaml:3:3: error: the key “path” stands here a second time; the first is on line 2, column 3. Keep one of the two.",
                "meldpoort.yaml:4:3: error: the key “path” stands here a second time; the first is on line 2, column 3. Keep one of the two.",
                "meldpoort.yaml:13:61: error: the key “track” stands here a second time; the first is on line 13, column 48. Keep one of the two.",
            ])
    }

    @Test func aMissingMainFileIsAProblemLikeAnyOther() throws {
        let loader = ConfigurationLoader(adapters: [], environment: [:], today: Site.today)
        let error = #expect(throws: ConfigurationProblems.self) { try loader.load("/nowhere/meldpoort.yaml") }
        #expect(error?.description == "/nowhere/meldpoort.yaml:1:1: error: there is no file /nowhere/meldpoort.yaml")
    }

    @Test func problemsHaveAJSONForm() {
        let place = SourcePlace(file: "meldpoort.yaml", line: 3, column: 5)
        let problem = ConfigurationProblem(at: place, "unknown key “a”", suggestion: "Did you mean “b”?")
        #expect(
            problem.json.canonicalString
                == #"{"column":5,"file":"meldpoort.yaml","line":3,"message":"unknown key “a”","severity":"error","suggestion":"Did you mean “b”?"}"#
        )
        #expect(ConfigurationProblem(.warning, at: place, "x").json["suggestion"] == nil)
    }
}
