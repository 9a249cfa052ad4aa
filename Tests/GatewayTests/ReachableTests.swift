// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import CaseEvents
import Delivery
import Foundation
import PrivacyRules
import Testing
import Values

@testable import Gateway

/// Who hears of what is owed on a day: who is there, their deputies, and else the next higher up.
@Suite struct ReachableTests {
    private static let main = """
        store: {path: meldpoort.db, master_key: {environment: SLEUTEL}}
        board: {name: Voorbeeldbestuur}
        schools:
          - {brin: 01AB, name: De Wilg, holiday_region: noord}
          - {brin: 02CD, name: Voorbeeldcollege, holiday_region: zuid}
          - {brin: 03EF, name: De Eik}
        sources: [{uri: urn:proef}]
        persons_file: personen.yaml

        """

    private static let persons = """
        persons:
          - id: af
            display_name: A
            roles: [{role: aandachtsfunctionaris, van: 2025-08-01, deputy: waarnemer}]
            absent: [{van: 2026-11-23, tot: 2026-11-24}]
          - id: waarnemer
            display_name: B
            roles: []
            absent: [{van: 2026-11-24, tot: 2026-11-24}]
          - id: mb
            display_name: C
            roles: [{role: meldingsbevoegde, van: 2025-08-01, deputy: vakantiedienst}]
          - id: vakantiedienst
            display_name: D
            roles: []
            reachable_in_school_holidays: true
          - id: ccp
            display_name: E
            roles: [{role: centraleContactpersoon, van: 2025-08-01}]
            absent: [{van: 2026-12-01, tot: 2026-12-31}]
          - id: bestuurder
            display_name: F
            roles: [{role: bestuur, van: 2025-08-01}]
          - id: fg
            display_name: G
            roles: [{role: functionarisGegevensbescherming, van: 2025-08-01}]

        """

    private static func model() throws -> GatewayModel {
        let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "bereikbaar-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in [("meldpoort.yaml", main), ("personen.yaml", persons)] {
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
        let configuration = try ConfigurationLoader(
            adapters: [], environment: ["SLEUTEL": "proef"], today: try #require(CalendarDate("2026-11-22"))
        ).load(folder.appending(path: "meldpoort.yaml").path).configuration
        return GatewayModel(
            schools: configuration.schools, reader: CloudEventReader(sources: configuration.sources), recipients: [],
            routes: configuration.routing, policy: configuration.policy, tracks: configuration.tracks,
            tellAfterSeconds: 900, holds: HoldClock(remindAfterSeconds: 1, expireAfterSeconds: 2),
            owed: configuration.owed, schoolHolidays: configuration.schoolHolidays, directory: configuration.directory)
    }

    @Test(
        arguments: [
            // There, and in the order of the roles.
            ([.aandachtsfunctionaris], "01AB", [], "2026-11-20", ["af"]),
            ([.meldingsbevoegde, .aandachtsfunctionaris], "01AB", [], "2026-11-20", ["mb", "af"]),
            // Away; the deputy away too; then the next higher up.
            ([.aandachtsfunctionaris], "01AB", [], "2026-11-23", ["waarnemer"]),
            ([.aandachtsfunctionaris], "01AB", [], "2026-11-24", ["ccp"]),
            ([.meldingsbevoegde, .aandachtsfunctionaris], "01AB", [], "2026-11-24", ["mb"]),
            // A role that nobody has: first the aandachtsfunctionaris.
            ([.directie], "01AB", [], "2026-11-20", ["af"]),
            ([.directie], "01AB", [], "2026-11-24", ["ccp"]),
            ([], "01AB", [], "2026-11-20", ["af"]),
            // Autumn holiday in noord, from 10 to 18 October; in zuid a week later.
            ([.aandachtsfunctionaris], "01AB", [], "2026-10-12", ["ccp"]),
            ([.aandachtsfunctionaris], "02CD", [], "2026-10-12", ["af"]),
            ([.aandachtsfunctionaris], "01AB", [], "2026-10-20", ["af"]),
            ([.aandachtsfunctionaris], "02CD", [], "2026-10-20", ["ccp"]),
            ([.aandachtsfunctionaris], "02CD04", [], "2026-10-20", ["ccp"]),
            // Without a region nobody counts as being on holiday.
            ([.aandachtsfunctionaris], "03EF", [], "2026-10-12", ["af"]),
            ([.meldingsbevoegde], "01AB", [], "2026-10-12", ["vakantiedienst"]),
            ([.functionarisGegevensbescherming, .aandachtsfunctionaris], "01AB", [], "2026-10-12", ["fg"]),
            // Christmas: the centrale contactpersoon is away, so the board.
            ([.aandachtsfunctionaris], "01AB", [], "2026-12-28", ["bestuurder"]),
            // Never down while somebody higher up is there.
            ([.centraleContactpersoon], "01AB", [], "2026-12-02", ["bestuurder"]),
            ([.centraleContactpersoon], "01AB", ["bestuurder"], "2026-12-02", ["af"]),
            ([.bestuur], "01AB", ["bestuurder"], "2026-11-20", ["ccp"]),
            ([.bestuur], "01AB", ["bestuurder"], "2026-12-02", ["af"]),
            ([.bestuur], "01AB", [], "2026-12-28", ["bestuurder"]),
            // Barred: the deputies, unless they are too; then higher up, and never who is barred.
            ([.aandachtsfunctionaris], "01AB", ["af"], "2026-11-20", ["waarnemer"]),
            ([.aandachtsfunctionaris], "01AB", ["af", "waarnemer"], "2026-11-20", ["ccp"]),
            ([.aandachtsfunctionaris], "01AB", ["waarnemer", "ccp"], "2026-11-23", ["bestuurder"]),
            ([.centraleContactpersoon], "01AB", ["ccp", "af", "waarnemer"], "2026-11-20", ["bestuurder"]),
            ([.bestuur], "01AB", ["af", "waarnemer", "ccp", "bestuurder"], "2026-11-20", []),
            // The board as a whole has no school.
            ([.centraleContactpersoon], "", [], "2026-10-12", ["ccp"]),
        ] as [([Role], String, Set<String>, String, [String])])
    func whoHears(
        _ roles: [Role], _ school: String, _ barred: Set<String>, _ day: String, _ expected: [String]
    ) throws {
        let today = try #require(CalendarDate(day))
        #expect(try Self.model().reachable(roles, at: school, barred: barred, today: today) == expected)
    }
}
