// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// The configuration of the made-up board.
enum BoardFiles {
    static func write(
        to folder: String, certificates: Certificates, indexURL: String, relayPort: Int, noticesPort: Int,
        chain: ChainSite?, options: BoardOptions
    ) throws {
        try chain?.writeSecrets(in: folder)
        let password = "\(folder)/secrets/relay-password"
        try Data("\(BoardSite.relayPassword)\n".utf8).write(to: URL(fileURLWithPath: password))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: password)
        let configuration = Self.configuration(
            certificates: certificates, indexURL: indexURL, relayPort: relayPort, noticesPort: noticesPort,
            chain: chain, options: options)
        try configuration.write(toFile: "\(folder)/meldpoort.yaml", atomically: true, encoding: .utf8)
        let persons = persons + (options.hasSecondSchool ? personsOfSecondSchool : "")
        try persons.write(toFile: "\(folder)/personen.yaml", atomically: true, encoding: .utf8)
    }

    private static func configuration(
        certificates: Certificates, indexURL: String, relayPort: Int, noticesPort: Int, chain: ChainSite?,
        options: BoardOptions
    ) -> String {
        let ca = absolute(certificates.ca)
        let server = certificates.server
        let doorTLS =
            options.isDoorSecure
            ? ", tls: {certificate_file: \(absolute(server.certificate)), key_file: \(absolute(server.key))}" : ""
        let secondSchool =
            options.hasSecondSchool
            ? "- {brin: 02CD, name: Voorbeeldschool De Linde, region: voorbeeldregio, track: po}" : ""
        let tls =
            indexURL.hasPrefix("http:")
            ? "plaintext_loopback: true"
            : """
            ca_file: \(ca)
                  client_certificate: {file: \(absolute(certificates.client.certificate)), key: \(absolute(certificates.client.key)), format: pem}
            """
        return """
            # The demo's board: everything in here is made up.
            store:
              path: \(options.storePath ?? "data/meldpoort.db")
              master_key: {file: secrets/master.key}
            server: {host: 127.0.0.1, port: 0\(doorTLS)}
            board: {name: Voorbeeldbestuur}
            schools:
              - {brin: 01AB, name: Voorbeeldschool De Wilg, region: voorbeeldregio, track: po\(chain == nil ? "" : ", pupil_source: lvs-lezen")}
              \(secondSchool)
            sources:
              - {uri: "urn:nld:oin:00000000000000000000:systeem:voorbeeld-lvs"}
            persons_file: personen.yaml
            recipients:
              - id: veilig-thuis
                kind: veilig-thuis
                name: Veilig Thuis Voorbeeldregio
                adapter: veilig-thuis
                channel: mail
                afspraak: {datum: 2026-01-15, met: Veilig Thuis Voorbeeldregio}
                connection:
                  \(relay(relayPort, ca))
                settings: {to_address: meldingen@veiligthuis.example}
                retry: \(options.retry)
              - id: veilig-thuis-telefoon
                kind: veilig-thuis
                name: Veilig Thuis Voorbeeldregio (telefoon)
                adapter: veilig-thuis
              - id: verwijsindex
                kind: verwijsindex
                name: Voorbeeldindex
                adapter: verwijsindex
                channel: api
                afspraak: {datum: 2026-01-15, met: Voorbeeldregio}
                convenant: {datum: 2025-06-01, college: Voorbeeldgemeente}
                herzieningsdatum: \(reviewDate)
                retry: \(options.retry)
                max_in_flight: \(options.maxInFlight)
                connection:
                  base_url: \(indexURL)
                  \(tls)
                settings:
                  brand_name: Voorbeeldindex
                  registration:
                    method: POST
                    path: /signalen
                    headers: {Idempotency-Key: "{{idempotentie}}"}
                    content_type: application/json
                    body: |
                      {
                        "jeugdige": {
                          {{#leerling.voorvoegsel}}"voorvoegsel": "{{leerling.voorvoegsel}}",{{/leerling.voorvoegsel}}
                          "achternaam": "{{leerling.achternaam}}",
                          "geboortedatum": "{{leerling.geboortedatum}}",
                          "geslacht": "{{leerling.geslacht}}"
                        },
                        "melder": {
                          "organisatie": "{{meldpoort.school.naam}}",
                          "naam": "{{meldpoort.meldingsbevoegde.naam}}"
                        },
                        "kenmerk": "{{meldpoort.kenmerk}}"
                      }
                    response: {accepted_statuses: [200, 201], reference_field: /signaalId}
                  withdrawal:
                    method: POST
                    path: /intrekkingen
                    headers: {Idempotency-Key: "{{idempotentie}}"}
                    content_type: application/json
                    body: |
                      {"reden": "{{reden}}", "achternaam": "{{leerling.achternaam}}", "geboortedatum": "{{leerling.geboortedatum}}"}
                    response: {accepted_statuses: [200]}
            \(options.hasPartners ? partners : "")
            \(chain?.recipients(relay: relay(relayPort, ca), ca: ca) ?? "")
            \(chain?.sections(ca: ca) ?? "")
            routes:
              \(options.hasPartners ? partnerRoutes : "")
              \(chain == nil ? "" : ChainSite.routes)
              - {event: nl.meldcode.veiligthuismelding-besloten.v1, recipients: [\((options.reportRecipients + (chain == nil ? [] : ["directie"])).joined(separator: ", "))]}
              - {event: nl.meldcode.advies-gevraagd.v1, recipients: [veilig-thuis-telefoon]}
              - {event: nl.meldcode.verwijsindexregistratie-gevraagd.v1, recipients: [verwijsindex]}
              - {event: nl.meldcode.verwijsindexintrekking-gevraagd.v1, recipients: [verwijsindex]}
            terms: {tell_after_minutes: \(options.tellAfterMinutes)}
            notices:
              ict: [ict@voorbeeldbestuur.example]
              relay:
                  \(relay(noticesPort, ca))

            """
    }

    private static let partners = [
        ("raad", "raad-voor-de-kinderbescherming"), ("politie", "politie"), ("gi", "gecertificeerde-instelling"),
        ("hulp", "hulpverlener"), ("hulp-twee", "hulpverlener"), ("lvs", "leerlingvolgsysteem"),
    ].map { id, kind in
        "  - {id: \(id), kind: \(kind), name: Voorbeeld \(id), adapter: ketenpartner, channel: handover}"
    }.joined(separator: "\n")

    private static let partnerRoutes = """
        - {event: nl.meldcode.stap-gezet.v1, recipients: [lvs]}
          - {event: nl.meldcode.zaak-afgesloten.v1, recipients: [lvs]}
        """

    private static func relay(_ port: Int, _ ca: String) -> String {
        """
        host: localhost
              port: \(port)
              security: starttls
              username: meldpoort
              password: {file: secrets/relay-password}
              ca_file: \(ca)
              sender: meldpoort@voorbeeldbestuur.example
        """
    }

    private static let persons = """
        persons:
          - id: af-wilg
            display_name: Aandachtsfunctionaris De Wilg
            function: intern begeleider
            email: aandachtsfunctionaris@dewilg.example
            roles:
              - {role: aandachtsfunctionaris, schools: [01AB], van: 2025-08-01, deputy: mb-wilg}
          - id: mb-wilg
            display_name: Meldingsbevoegde De Wilg
            function: zorgcoördinator
            email: meldingsbevoegde@dewilg.example
            phone: 010 000 00 00
            roles:
              - {role: meldingsbevoegde, schools: [01AB], van: 2025-08-01, deputy: af-wilg}
          - id: dir-wilg
            display_name: Directie De Wilg
            function: directeur
            email: directie@dewilg.example
            roles:
              - {role: directie, schools: [01AB], van: 2025-08-01}
          - id: lk-wilg
            display_name: Leerkracht De Wilg
            email: leerkracht@dewilg.example
            roles:
              - {role: leerkracht, schools: [01AB], van: 2025-08-01}
          - id: ccp
            display_name: Centrale contactpersoon
            email: contactpersoon@voorbeeldbestuur.example
            roles:
              - {role: centraleContactpersoon, van: 2025-08-01}

        """

    private static let personsOfSecondSchool = """
          - id: af-linde
            display_name: Aandachtsfunctionaris De Linde
            email: aandachtsfunctionaris@delinde.example
            roles:
              - {role: aandachtsfunctionaris, schools: [02CD], van: 2025-08-01, deputy: mb-linde}
          - id: mb-linde
            display_name: Meldingsbevoegde De Linde
            email: meldingsbevoegde@delinde.example
            roles:
              - {role: meldingsbevoegde, schools: [02CD], van: 2025-08-01, deputy: af-linde}

        """

    /// A year from now: the demo must not grow old.
    private static var reviewDate: String {
        let year = Calendar(identifier: .gregorian).component(.year, from: Date()) + 1
        return "\(year)-12-31"
    }

    private static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).path
    }
}
