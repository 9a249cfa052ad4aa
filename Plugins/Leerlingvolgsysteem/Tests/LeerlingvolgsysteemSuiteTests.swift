// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import AdapterTesting
import Disclosures
import Leerlingvolgsysteem
import Sandbox
import Testing
import Values

/// What every adapter passes, with every sample that ships.
@Suite(.serialized) struct LeerlingvolgsysteemSuiteTests {
    static let suite = AdapterSuite(
        LeerlingvolgsysteemAdapter.self,
        samples: [
            "samples/folder.yaml", "samples/folder-csv.yaml", "samples/somtoday.yaml", "samples/edu-v.yaml",
            "samples/parnassys.yaml", "samples/esis.yaml", "samples/magister-scim.yaml", "samples/magister-csv.yaml",
        ],
        badSettings: badSettings,
        counterpart: AdapterSuite.Counterpart(accepting: accepting, isMessage: { _ in false }, pupil: pupil))

    @Test(arguments: suite.checks) func passes(_ check: AdapterCheck) async throws {
        try await Self.suite.run(check)
    }

    /// The same with the adapter as a process of its own.
    @Test(arguments: suite.overPipe.checks) func passesOverAPipe(_ check: AdapterCheck) async throws {
        try await Self.suite.overPipe.run(check)
    }

    @Sendable private static func accepting(_ request: RecordedRequest) -> IndexAnswer {
        let target = request.target
        return if target.contains("/leerling?") {
            .json(
                200, target.hasSuffix("offset=0") ? Answers.somtoday(#","adres_geheim":true"#) : #"{"leerlingen":[]}"#)
        } else if target.hasSuffix("/connect/vestiging") {
            .json(200, Answers.locations)
        } else if target.contains("/students/school?") {
            .json(200, "[\(Answers.eduV)]")
        } else if target.hasSuffix("/students") {
            .json(200, Answers.eduV)
        } else if target.hasSuffix("/gkv/GeneriekeService") {
            .xml(200, Answers.gkv(isSecret: "true"))
        } else if target.hasSuffix("/uwlr2.2.svc") {
            .xml(200, Answers.uwlr())
        } else if target.hasSuffix("/Users/.search") {
            .json(200, Answers.scim.replacing("urn:voorbeeld:User", with: "urn:voorbeeld:magister:User"))
        } else if target.contains("/doc?") {
            .response(status: 200, headers: [.init("Content-Type", "text/csv")], body: Array(Answers.magisterCSV.utf8))
        } else {
            .json(404, "{}")
        }
    }

    @Sendable private static func pupil(_ settings: AdapterSettings) -> AdapterSuite.KnownPupil? {
        let number = PupilQuery.Pupil.number("810001")
        let name = PupilQuery.Pupil.name("Voorbeeld-Achternaam", birthDate: "2016-03-04")
        let all = Set(PupilField.allCases)
        let (fields, secret): (Set<PupilField>, Set<PupilField>) =
            switch settings["dialect"]?.string {
            case "somtoday", "parnassys": (all, PupilField.address)
            case "magister-csv": (all, [])
            case "magister-scim": ([.leerlingnummer, .voornamen, .voorvoegsel, .achternaam], [])
            default: (all.subtracting(PupilField.address), [])
            }
        return AdapterSuite.KnownPupil(school: "99XX", queries: [number, name], fields: fields, isSecret: secret)
    }

    private static let badSettings: [AdapterSuite.BadSettings] = [
        .init("a section of two lines", at: ["hidden_section"], "Zorg\r\nmap"),
        .init("nothing to ask", at: ["dialect"], "csv", channel: .api),
        .init("no key of ParnasSys", at: ["dialect"], "parnassys", reportedAt: [], channel: .api),
        .init("no BRIN", at: ["concerns", "school"], "99X"),
        .init("two columns of one name", at: ["concerns", "columns", "signal"], "datum"),
        .init("a column without a name", at: ["concerns", "columns", "date"], ""),
    ]
}
