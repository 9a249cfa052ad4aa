// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import Foundation
import Gateway
import LadderModel
import Ledger
import Transport
import Values

/// A board of three schools in two regions, with the shipped rules, terms and ladders; and the same people by hand, for the model.
struct LadderSite {
    let folder: String
    /// Under which name the counterparts keep what they got.
    let post: String
    let model: GatewayModel
    let keys: KeyRing

    static let schools: [(id: String, partner: String)] = [
        ("01AB", "vt-noord"), ("02CD", "vt-zuid"), ("03EF", "vt-noord"),
    ]
    static let plan = Plan(decision: ["vt-noord": 5, "vt-zuid": 10])

    init(today: CalendarDate) throws {
        post = UUID().uuidString.lowercased()
        folder = NSTemporaryDirectory() + "meldpoort-ladder-\(post)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try MasterKey.create(at: "\(folder)/master.key")
        for (name, text) in [
            ("meldpoort.yaml", Self.configuration(post)), ("personen.yaml", Self.persons),
            ("termijnen.yaml", try Self.terms()),
        ] { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
        let loaded = try ConfigurationLoader(adapters: [LadderAdapter.self], environment: [:], today: today)
            .load("\(folder)/meldpoort.yaml")
        keys = KeyRing(try MasterKey(file: "\(folder)/master.key"))
        model = try GatewayModel(loaded.configuration, engine: CurlEngine())
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    /// Those that ship, with a term of its own for one region.
    private static func terms() throws -> String {
        let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: checkout.appending(path: "Config/termijnen.yaml"), encoding: .utf8)
        guard let kind = text.range(of: "- kind: terugkoppelingBesluit"),
            let term = text.range(of: "    term: {working_days: 5}\n", range: kind.upperBound..<text.endIndex)
        else { throw CocoaError(.fileReadCorruptFile) }
        let own = "    terms:\n      - {recipients: [vt-zuid], source: een afspraak met de regio, working_days: 10}\n"
        return text.replacingCharacters(in: term, with: String(text[term]) + own)
    }

    private static func configuration(_ post: String) -> String {
        func recipient(_ id: String, _ kind: String, _ more: String) -> String {
            "  - {id: \(id), kind: \(kind), name: Proef \(id), adapter: ladder, settings: {post: \(post)}, \(more)}\n"
        }
        let api = "channel: api, connection: {base_url: \"https://127.0.0.1:9\"}"
        return """
            store: {path: meldpoort.db, master_key: {file: master.key}}
            board: {name: Voorbeeldbestuur}
            schools:
              - {brin: 01AB, name: De Wilg, holiday_region: noord}
              - {brin: 02CD, name: De Els, holiday_region: zuid}
              - {brin: 03EF, name: De Linde, holiday_region: midden}
            sources:
              - {uri: "urn:nld:oin:00000000000000000000:systeem:lvs"}
            persons_file: personen.yaml
            owed_file: termijnen.yaml
            recipients:

            """ + recipient("vt-noord", "veilig-thuis", "\(api), afspraak: {datum: 2026-01-01, met: Regio}")
                + recipient("vt-zuid", "veilig-thuis", "channel: handover")
                + recipient("wijkteam", "hulpverlener", "channel: handover")
                + recipient("aandachtsfunctionarissen", "aandachtsfunctionaris", api)
                + recipient("centrale-contactpersoon", "centrale-contactpersoon", api)
                + recipient("bestuur", "bestuur", api) + """
                    routes:
                      - {event: nl.meldcode.veiligthuismelding-besloten.v1, schools: [01AB, 03EF], recipients: [vt-noord]}
                      - {event: nl.meldcode.veiligthuismelding-besloten.v1, schools: [02CD], recipients: [vt-zuid]}
                      - event: nl.meldcode.opschaling-gedaan.v1
                        recipients: [aandachtsfunctionarissen, centrale-contactpersoon, bestuur]
                    """
    }

    // MARK: - People

    /// Brings everything in, and hears of nothing.
    static let actor = "intern-begeleider"

    private static let away: [String: [(String, String)]] = [
        "af-01ab": [("2026-09-21", "2026-10-04"), ("2027-03-01", "2027-03-21")],
        "ib-01ab": [("2027-03-08", "2027-03-14")],
        "af-02cd": [("2026-11-09", "2026-11-22"), ("2027-06-07", "2027-06-13")],
        "centraal": [("2026-10-12", "2026-10-18"), ("2027-05-10", "2027-05-23")],
        "centraal-2": [("2027-05-12", "2027-05-13"), ("2027-05-18", "2027-05-20")],
    ]

    private static var persons: String {
        func person(_ id: String, _ roles: [String], _ more: String = "") -> String {
            let absent = away[id].map { days in
                "    absent: [\(days.map { "{van: \($0.0), tot: \($0.1)}" }.joined(separator: ", "))]\n"
            }
            return "  - id: \(id)\n    display_name: Proef \(id)\n    email: \(id)@school.example\n" + more
                + (absent ?? "")
                + "    roles:\n" + roles.map { "      - {\($0), van: 2020-01-01}\n" }.joined()
        }
        let ofSchools = schools.map(\.id).map { school in
            let end = school.lowercased()
            return person("af-\(end)", ["role: aandachtsfunctionaris, schools: [\(school)], deputy: ib-\(end)"])
                + person(
                    "ib-\(end)", ["role: leerkracht, schools: [\(school)]"],
                    school == "03EF" ? "    reachable_in_school_holidays: true\n" : "")
                + person("dir-\(end)", ["role: directie, schools: [\(school)]"])
        }
        return "persons:\n" + ofSchools.joined()
            + person(actor, ["role: eindverantwoordelijkeMelding", "role: meldingsbevoegde"])
            + person("centraal", ["role: centraleContactpersoon, deputy: centraal-2"])
            + person("centraal-2", ["role: ict"]) + person("bestuurder", ["role: bestuur"])
    }

    /// The same, by hand, with the school holidays of 2026-2027 as the ministry set them.
    static let staff: Staff = {
        var posts: [Staff.Post] = []
        for school in schools.map(\.id) {
            let end = school.lowercased()
            posts.append(
                Staff.Post(
                    "af-\(end)", "aandachtsfunctionaris", at: [school], deputies: ["ib-\(end)"], isOfSchool: true))
            posts.append(Staff.Post("dir-\(end)", "directie", at: [school], isOfSchool: true))
        }
        posts.append(
            Staff.Post("centraal", "centraleContactpersoon", at: nil, deputies: ["centraal-2"], isOfSchool: false))
        posts.append(Staff.Post("bestuurder", "bestuur", at: nil, isOfSchool: false))
        let absences = away.mapValues { days in
            days.compactMap { first, last in
                CalendarDate(first).flatMap { from in CalendarDate(last).map { (Day(from), Day($0)) } }
            }
        }
        let christmas = (Day(2026, 12, 19), Day(2027, 1, 3))
        let may = (Day(2027, 4, 24), Day(2027, 5, 2))
        return Staff(
            posts: posts, absences: absences,
            holidays: [
                "01AB": [
                    (Day(2026, 10, 10), Day(2026, 10, 18)), christmas, (Day(2027, 2, 20), Day(2027, 2, 28)), may,
                    (Day(2027, 7, 10), Day(2027, 8, 22)),
                ],
                "02CD": [
                    (Day(2026, 10, 17), Day(2026, 10, 25)), christmas, (Day(2027, 2, 13), Day(2027, 2, 21)), may,
                    (Day(2027, 7, 24), Day(2027, 9, 5)),
                ],
                "03EF": [
                    (Day(2026, 10, 17), Day(2026, 10, 25)), christmas, (Day(2027, 2, 20), Day(2027, 2, 28)), may,
                    (Day(2027, 7, 17), Day(2027, 8, 29)),
                ],
            ], neverOnHoliday: ["ib-03ef"])
    }()

    static let barrable: [String: [String]] = Dictionary(
        uniqueKeysWithValues: schools.map { ($0.id, ["af-\($0.id.lowercased())", "ib-\($0.id.lowercased())"]) })
}
