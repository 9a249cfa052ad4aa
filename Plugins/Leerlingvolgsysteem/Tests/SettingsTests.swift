// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Leerlingvolgsysteem
import Testing
import Values

/// What the dialects refuse to work with.
@Suite struct SettingsTests {
    private func problems(_ settings: JSONValue, secrets: [[String]: Secret] = Example.secrets) -> [String] {
        do throws(SettingProblems) {
            _ = try LeerlingvolgsysteemAdapter(
                settings: AdapterSettings(values: settings, channel: "api", secrets: secrets))
            return []
        } catch {
            return error.problems.map { $0.path.joined(separator: ".") }
        }
    }

    @Test func soundSettingsAreTaken() {
        for settings in [Example.gkv, Example.uwlr, Example.scim, Example.magisterCSV, ["dialect": "somtoday"]] {
            #expect(problems(settings) == [])
        }
    }

    @Test func whatADialectNeedsIsNamed() {
        #expect(problems(Example.gkv, secrets: [:]) == ["gkv.supplier_key"])
        #expect(problems(Example.uwlr, secrets: [:]).first == "uwlr.schools.0.authorisation_key")
        #expect(
            problems(["dialect": "magister-scim", "scim": ["number_attribute": "een twee"]]) == [
                "scim.number_attribute"
            ])
        #expect(
            problems([
                "dialect": "magister-csv",
                "magister_csv": ["user": "u", "layout": "l", "accept_password_in_url": false],
            ])
                == ["magister_csv.accept_password_in_url"])
        #expect(
            problems(Example.magisterCSV, secrets: [["magister_csv", "password"]: Secret("a/b")])
                == ["magister_csv.password"])
        #expect(
            problems(Example.gkv, secrets: [["gkv", "supplier_key"]: Secret("a\u{1}")]) == ["gkv.supplier_key"])
    }

    @Test(arguments: ["2026", "2026-2028", "26-27", "2026/2027"]) func aSchoolYearIsTwoYears(_ year: String) {
        #expect(
            problems(["dialect": "esis", "school_year": .string(year), "uwlr": Example.uwlr["uwlr"] ?? .null])
                == ["school_year"])
    }

    @Test(arguments: ["gkv", "/gkv?x=1", "/g kv", "/%2e%2e"]) func aPathStaysBelowTheBaseURL(_ path: String) {
        #expect(
            problems(["dialect": "parnassys", "gkv": ["path": .string(path), "supplier_name": "n"]]) == ["gkv.path"])
    }

    @Test func aSecretShowsNowhere() throws {
        let settings = AdapterSettings(values: Example.gkv, channel: "api", secrets: Example.secrets)
        #expect(!String(reflecting: settings).contains("sleutel<"))
        #expect(!String(reflecting: try Example.adapter(Example.gkv)).contains("sleutel<"))
    }
}
