// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import BoardConfiguration
import Foundation
import Values

/// A folder with a configuration that has neither errors nor warnings, to be changed by a test. Removed at the end.
final class Site: Sendable {
    enum File: String, CaseIterable { case main = "meldpoort.yaml", persons = "personen.yaml", policy = "regels.yaml" }

    /// What stands in front of a place in changed text where a problem is expected.
    static let caret = "‸"
    static let today = date("2026-11-22")
    static let secret = "geheim-kanarie-7731"

    let folder: String

    init(_ texts: [File: String] = [:]) throws {
        folder = "\(NSTemporaryDirectory())/meldpoort-\(UUID().uuidString)"
        for name in ["secrets", "tls"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        }
        for file in File.allCases {
            try write(file.rawValue, texts[file] ?? Self.text(of: file))
        }
        for name in ["secrets/master.key", "secrets/relay.password", "secrets/client.key", "secrets/client.p12"] {
            try write(name, Self.secret + "\n", mode: 0o600)
        }
        try write("secrets/open", Self.secret, mode: 0o644)
        try write("secrets/group", Self.secret, mode: 0o640)
        try write("secrets/empty", "\n", mode: 0o600)
        for name in ["tls/ca.pem", "tls/client.pem"] { try write(name, "PEM") }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    func write(_ name: String, _ text: String, mode: Int = 0o644) throws {
        try write(name, bytes: Array(text.utf8), mode: mode)
    }

    func write(_ name: String, bytes: [UInt8], mode: Int = 0o644) throws {
        let path = "\(folder)/\(name)"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    func load(today: CalendarDate = Site.today, environment: [String: String] = ["RELAY": "x"])
        throws(ConfigurationProblems) -> LoadedConfiguration
    {
        try ConfigurationLoader(
            adapters: [SampleVeiligThuis.self, SampleVerwijsindex.self], environment: environment, today: today
        ).load("\(folder)/meldpoort.yaml")
    }

    /// All problems, with warnings, as text without the folder.
    func report(today: CalendarDate = Site.today) -> [String] {
        let problems: [ConfigurationProblem]
        do throws(ConfigurationProblems) {
            problems = try load(today: today).warnings
        } catch {
            problems = error.problems
        }
        return problems.map { $0.description.replacing("\(folder)/", with: "") }
    }

    /// The text with one part changed, which stands in it once.
    static func text(of file: File, replacing old: String, with new: String) -> String {
        let text = text(of: file)
        precondition(text.ranges(of: old).count == 1, "“\(old)” does not stand once in \(file.rawValue)")
        return text.replacing(old, with: new)
    }

    static func text(of file: File) -> String {
        switch file {
        case .main: main
        case .persons: persons
        case .policy: policy
        }
    }

    static let main = """
        store:
          path: data/meldpoort.db
          master_key: {file: secrets/master.key}
        server:
          host: 127.0.0.1
          port: 8443
          public_url: https://meldpoort.voorbeeldbestuur.example/
          max_body_bytes: 2048
        board: {name: Voorbeeldbestuur, oin: "00000000000000000000"}
        schools:
          - {brin: 01AB, name: De Wilg, region: noord, track: po}
          - {brin: 02CD, name: Voorbeeldcollege}
        sources:
          - uri: urn:nld:oin:00000000000000000000:systeem:lvs
            ids_zijn_volgnummers: false
        persons_file: personen.yaml
        policy_file: regels.yaml
        recipients:
          - id: vt-noord
            kind: veilig-thuis
            name: Veilig Thuis Noord
            adapter: veilig-thuis
            channel: mail
            afspraak: {datum: 2026-09-01, met: Veilig Thuis Noord}
            connection:
              host: relay.example
              security: implicit_tls
              username: meldpoort
              password: {file: secrets/relay.password}
              sender: meldpoort@voorbeeld.example
            settings:
              to: [meldingen@vt.example]
          - id: index
            kind: verwijsindex
            name: Verwijsindex
            adapter: verwijsindex
            channel: api
            afspraak: {datum: 2026-09-02, met: Gemeente Voorbeeldstad}
            convenant: {datum: 2024-03-01, college: B en W van Voorbeeldstad}
            herzieningsdatum: 2027-01-01
            geldig_tot: 2028-12-31
            callback_number: +31 (0)10 000 00-00
            connection:
              base_url: https://index.example:8443/api
              client_certificate: {file: tls/client.pem, key: secrets/client.key}
              headers: {Authorization: {environment: RELAY}}
            settings:
              request: {path: /signalen, headers: {X-Versie: 1.10}}
            max_in_flight: 4
            retry: {first_delay_seconds: 2, maximum_attempts: 5}
        routes:
          - {event: nl.meldcode.veiligthuismelding-besloten.v1, schools: [01AB], recipients: [vt-noord]}
          - {event: nl.meldcode.verwijsindexregistratie-gevraagd.v1, recipients: [index]}
        terms: {tell_after_minutes: 20}
        notices:
          ict: [ict@voorbeeld.example]
          relay: {host: relay.example, username: u, password: {environment: RELAY}, sender: m@voorbeeld.example}
        shutdown_grace_seconds: 30

        """

    static let persons = """
        persons:
          - id: af
            display_name: Aandachtsfunctionaris
            email: af@school.example
            phone: 010 000 00 00
            function: intern begeleider
            roles:
              - {role: aandachtsfunctionaris, schools: [01AB, 02CD], van: 2025-08-01, tot: 2027-07-31, deputy: mb}
              - {role: ict, van: 2025-08-01}
          - id: mb
            display_name: Meldingsbevoegde
            roles:
              - {role: meldingsbevoegde, van: 2025-08-01, deputy: [af, dir]}
          - id: dir
            display_name: Directie
            roles: []

        """

    static let policy = """
        version: proef
        rules:
          - event: nl.meldcode.veiligthuismelding-besloten.v1
            recipient: veilig-thuis
            message: veiligThuisMelding
            ground: {basis: wettelijkRecht, article: Wmo 2015 art. 5.2.6, summary: Een recht.}
            geldig_van: 2019-01-01
            herzien_voor: 2027-08-01
            purpose: geweldStoppenOfOnderzoeken
            verwerkingsactiviteit: {naam: melding, herkomst_verborgen: melding-verborgen}
            confirmation: {need: unless_submitted_in_role, roles: [directie]}
            conditions: []
            shortfalls: [feitenOntbreken]
            fields:
              - leerling.voornamen
              - leerling.achternaam
              - contactpersoon.naam
            herkomst: [contactpersoon.naam]
          - event: nl.meldcode.verwijsindexregistratie-gevraagd.v1
            recipient: verwijsindex
            message: verwijsindexRegistratie
            ground: {basis: wettelijkRecht, article: Jeugdwet art. 7.1.4.1, summary: Een ander recht.}
            geldig_van: 2020-01-01
            herzien_voor: 2027-06-01
            purpose: betrokkenheidKenbaarMaken
            verwerkingsactiviteit: {naam: registratie}
            confirmation: {need: always, roles: [meldingsbevoegde]}
            conditions: [convenant, herzieningsdatum, meldingsbevoegdeAangewezen, jongerDan23, risicoGenoemd]
            holds: [informeren]
            shortfalls: []
            fields: [leerling.geboortedatum]

        """
}

/// A date that exists, or the first one there is.
func date(_ text: String) -> CalendarDate {
    CalendarDate(text) ?? .earliest
}
