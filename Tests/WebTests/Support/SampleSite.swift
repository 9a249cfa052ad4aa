// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import Foundation
import Ledger
import Values

/// A configuration in a folder: two schools, one recipient by handover and one whose counterpart refuses everything.
enum SampleSite {
    static let source = "urn:nld:oin:00000000000000000000:systeem:lvs"

    static func write(
        to folder: String, _ configuration: String = SampleSite.configuration, morePersons: String = ""
    ) throws {
        let files = FileManager.default
        try files.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try MasterKey.create(at: "\(folder)/master.key")
        let whole = configuration + "\nowed_file: termijnen.yaml\n"
        try Data(whole.utf8).write(to: URL(fileURLWithPath: "\(folder)/meldpoort.yaml"))
        try Data(try terms(in: folder).utf8).write(to: URL(fileURLWithPath: "\(folder)/termijnen.yaml"))
        try Data((persons + "\n" + morePersons).utf8).write(to: URL(fileURLWithPath: "\(folder)/personen.yaml"))
    }

    /// Those that ship, without the tasks of every year: which of them are open depends on the day.
    private static func terms(in folder: String) throws -> String {
        _ = try InitialConfiguration.write(to: "\(folder)/standaard")
        let text = try String(contentsOfFile: "\(folder)/standaard/termijnen.yaml", encoding: .utf8)
        return text.split(separator: "\nyearly:").first.map { "\($0)\n" } ?? text
    }

    /// Veilig Thuis is out of reach by machine: two attempts, and the delivery is parked.
    static let outOfReach = configuration.replacing(
        "adapter: proef, channel: handover}",
        with: """
            adapter: proef, channel: api, afspraak: {datum: 2026-01-01, met: Regio}, \
            connection: {base_url: "https://127.0.0.1:9"}, settings: {out_of_reach: true}, \
            retry: {first_delay_seconds: 1, maximum_attempts: 2}}
            """)

    /// With a helper, for whom consent is the ground, out of reach by machine.
    static let withHelper = configuration.replacing(
        "routes:",
        with: """
              - id: hulp
                kind: hulpverlener
                name: Hulp
                adapter: proef
                channel: api
                connection: {base_url: "https://127.0.0.1:9"}
                settings: {out_of_reach: true}
                retry: {first_delay_seconds: 1, maximum_attempts: 3}
            routes:
            """)

    static let configuration = """
        store: {path: meldpoort.db, master_key: {file: master.key}}
        board: {name: Voorbeeldbestuur}
        schools:
          - {brin: 01AB, name: De Wilg}
          - {brin: 02CD, name: De Els}
        sources:
          - {uri: "\(source)"}
          - {uri: "/mycontext"}
        persons_file: personen.yaml
        recipients:
          - {id: vt, kind: veilig-thuis, name: Veilig Thuis, adapter: proef, channel: handover}
          - id: vi
            kind: verwijsindex
            name: Verwijsindex
            adapter: proef
            channel: api
            afspraak: {datum: 2026-01-01, met: Regio}
            convenant: {datum: 2024-03-01, college: B en W}
            herzieningsdatum: 2090-01-01
            connection: {base_url: "https://127.0.0.1:9"}
        routes:
          - {event: nl.meldcode.veiligthuismelding-besloten.v1, recipients: [vt]}
          - {event: nl.meldcode.advies-gevraagd.v1, recipients: [vt]}
          - {event: nl.meldcode.verwijsindexregistratie-gevraagd.v1, recipients: [vi]}
        """

    /// The verwijsindex is a person's task, and sees to concerns and matches as well.
    static let byHand = configuration.replacing(
        """
            adapter: proef
            channel: api
            afspraak: {datum: 2026-01-01, met: Regio}
            convenant
        """,
        with: """
                adapter: proef
                channel: handover
                convenant
            """
    ).replacing("    connection: {base_url: \"https://127.0.0.1:9\"}\n", with: "").replacing(
        "routes:",
        with: "routes:\n  - {event: nl.meldcode.verwijsindexintrekking-gevraagd.v1, recipients: [vi]}")

    private static let persons = """
        persons:
          - id: af-wilg
            display_name: Aandachtsfunctionaris De Wilg
            function: intern begeleider
            phone: 010 000 00 00
            email: af@wilg.example
            roles:
              - {role: aandachtsfunctionaris, schools: [01AB], van: 2020-01-01}
              - {role: meldingsbevoegde, schools: [01AB], van: 2020-01-01}
          - id: leerkracht-wilg
            display_name: Leerkracht De Wilg
            roles:
              - {role: leerkracht, schools: [01AB], van: 2020-01-01}
        """
}

/// Events to send. All content is made up.
enum Sample {
    static func event(
        _ type: String, id: String = UUID().uuidString.lowercased(), zaak: String = "zaak-1", school: String = "01AB",
        _ data: [String: JSONValue]
    ) -> JSONValue {
        var data = data
        data["zaak"] = .string(zaak)
        data["school"] = .string(school)
        return [
            "specversion": "1.0", "id": .string(id), "source": .string(SampleSite.source),
            "type": .string("nl.meldcode.\(type).v1"), "time": "2026-11-22T10:15:30.123456789+01:00",
            "data": .object(data),
        ]
    }

    static let pupil: JSONValue = [
        "voornamen": "Testkind", "achternaam": "Voorbeeld-Achternaam", "geboortedatum": "2015-03-01",
        "geslacht": "onbekend",
    ]

    /// The representative of a child under 12 was told.
    static let told: JSONValue = ["geinformeerd": true, "datum": "2026-11-05", "wie": ["vertegenwoordiger"]]

    static func concern(
        id: String = UUID().uuidString.lowercased(), zaak: String = "zaak-1", school: String = "01AB",
        signaal: String = "Wat is gezien."
    ) -> JSONValue {
        event(
            "zorg-gesignaleerd", id: id, zaak: zaak, school: school,
            ["leerling": pupil, "datum": "2026-11-20", "signaal": .string(signaal)])
    }

    static func report(zaak: String = "zaak-1") -> JSONValue {
        event(
            "veiligthuismelding-besloten", zaak: zaak,
            ["leerling": pupil, "inzageBetrokkenen": ["feiten": "Wat is gezien."]])
    }

    static func registration(zaak: String = "zaak-1") -> JSONValue {
        event(
            "verwijsindexregistratie-gevraagd", zaak: zaak,
            ["leerling": pupil, "risicos": ["a"], "afsprakenMetBetrokkenen": told])
    }

    /// A decision to share with a helper.
    static func share(zaak: String = "zaak-1") -> JSONValue {
        event(
            "verstrekking-besloten", zaak: zaak,
            [
                "ontvangers": ["hulp"], "doel": "hulpVerlenen", "leerling": pupil,
                "inhoud": ["feiten": "Wat is gezien."], "afsprakenMetBetrokkenen": told,
            ])
    }

    static func consent(zaak: String = "zaak-1") -> JSONValue {
        event(
            "toestemming-vastgelegd", zaak: zaak,
            [
                "besluit": "gegeven", "door": "ouderMetGezag", "ontvangers": ["hulp"], "datum": "2026-11-05",
                "gegevens": ["identiteit", "feiten"], "doel": "hulpVerlenen",
            ])
    }

    static func noConsent(zaak: String = "zaak-1") -> JSONValue {
        event(
            "toestemming-vastgelegd", zaak: zaak,
            ["besluit": "ingetrokken", "door": "ouderMetGezag", "ontvangers": ["hulp"], "datum": "2026-11-06"])
    }

    static func advice() -> JSONValue {
        event("advies-gevraagd", ["vraag": "wegen"])
    }

    static func confirmation(of delivery: Int) -> JSONValue {
        event("bevestiging-gegeven", ["aflevering": .number(Double(delivery))])
    }
}

extension JSONValue {
    /// The object with a member of it changed, or removed with nil.
    func with(_ key: String, _ value: JSONValue?) -> JSONValue {
        guard var members = object else { return self }
        members[key] = value
        return .object(members)
    }

    /// The event with a member of its data changed, or removed with nil.
    func withData(_ key: String, _ value: JSONValue?) -> JSONValue {
        with("data", self["data"]?.with(key, value))
    }

    func removing(_ key: String) -> JSONValue {
        guard var members = object else { return self }
        members.removeValue(forKey: key)
        return .object(members)
    }
}
