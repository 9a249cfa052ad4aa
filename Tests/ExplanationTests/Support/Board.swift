// SPDX-License-Identifier: EUPL-1.2
import Bestuur
import BoardConfiguration
import CaseEvents
import Delivery
import Foundation
import Gateway
import Intranet
import Ketenpartner
import Values
import VeiligThuis
import Verwijsindex

/// A made-up board with partners of every kind, read by the real loader and judged by the rules that ship.
enum Board {
    static let today = CalendarDate("2026-11-23") ?? .earliest

    static func model() throws -> GatewayModel {
        let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent("uitleg-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in [("meldpoort.yaml", main), ("personen.yaml", persons)] {
            try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }
        let loader = ConfigurationLoader(
            adapters: [
                VeiligThuisAdapter.self, VerwijsindexAdapter.self, KetenpartnerAdapter.self, BestuurAdapter.self,
                IntranetAdapter.self,
            ],
            environment: ["SLEUTEL": "proef"], today: today)
        let configuration = try loader.load(folder.appendingPathComponent("meldpoort.yaml").path).configuration
        let recipients = configuration.recipients.map { recipient in
            RecipientRuntime(
                recipient: recipient.recipient, agreements: recipient.agreements, adapter: recipient.adapter,
                transport: nil, maxInFlight: recipient.maximumInFlight, retry: recipient.retry)
        }
        return GatewayModel(
            schools: configuration.schools, reader: .init(sources: configuration.sources), recipients: recipients,
            routes: configuration.routing, policy: configuration.policy, tracks: configuration.tracks,
            tellAfterSeconds: 900, holds: .init(remindAfterSeconds: 172_800, expireAfterSeconds: 2_592_000),
            owed: configuration.owed, directory: configuration.directory)
    }

    private static let main = """
        store:
          path: meldpoort.db
          master_key: {environment: SLEUTEL}
        board: {name: Voorbeeldbestuur}
        schools:
          - {brin: 01AB, name: Voorbeeldschool De Wilg, region: noord, track: po}
          - {brin: 02CD, name: Voorbeeldcollege, region: noord, track: vo}
        sources:
          - uri: urn:nld:oin:00000000000000000000:systeem:lvs
        persons_file: personen.yaml
        recipients:
          - {id: veilig-thuis, kind: veilig-thuis, name: Veilig Thuis Voorbeeldregio, adapter: veilig-thuis,
             callback_number: 010 000 00 01}
          - {id: raad, kind: raad-voor-de-kinderbescherming, name: Raad voor de Kinderbescherming,
             adapter: ketenpartner, channel: handover, callback_number: 010 000 00 02}
          - {id: gi-een, kind: gecertificeerde-instelling, name: Jeugdbescherming Een, adapter: ketenpartner, channel: handover}
          - {id: gi-twee, kind: gecertificeerde-instelling, name: Jeugdbescherming Twee, adapter: ketenpartner, channel: handover}
          - {id: politie, kind: politie, name: Politie Voorbeeldstad, adapter: ketenpartner, channel: handover}
          - id: verwijsindex
            kind: verwijsindex
            name: Verwijsindex Voorbeeldregio
            adapter: verwijsindex
            convenant: {datum: 2024-03-01, college: B en W van Voorbeeldstad}
            herzieningsdatum: 2027-06-01
          - {id: verwijsindex-kaal, kind: verwijsindex, name: Verwijsindex zonder convenant, adapter: verwijsindex}
          - id: verwijsindex-oud
            kind: verwijsindex
            name: Verwijsindex met verlopen datum
            adapter: verwijsindex
            convenant: {datum: 2022-03-01, college: B en W van Voorbeeldstad}
            herzieningsdatum: 2026-06-01
          - {id: lvs, kind: leerlingvolgsysteem, name: Leerlingvolgsysteem, adapter: ketenpartner, channel: handover}
          - {id: wijkteam, kind: hulpverlener, name: Wijkteam Voorbeeldstad, adapter: ketenpartner, channel: handover}
          - {id: huisarts, kind: hulpverlener, name: Huisartsenpraktijk Voorbeeldstad, adapter: ketenpartner, channel: handover}
          - {id: letsel, kind: deskundige-letselduiding, name: Letselduiding Voorbeeldstad, adapter: ketenpartner, channel: handover}
          - {id: directie, kind: directie, name: Directie van de school, adapter: bestuur, channel: handover}
          - id: bestuur
            kind: bestuur
            name: Voorbeeldbestuur
            adapter: bestuur
            channel: mail
            connection:
              host: relay.example
              username: meldpoort
              password: {environment: SLEUTEL}
              sender: meldpoort@voorbeeldbestuur.example
            settings: {to_addresses: [bestuur@voorbeeldbestuur.example]}
          - id: centrale-contactpersoon
            kind: centrale-contactpersoon
            name: Centrale contactpersoon
            adapter: bestuur
            channel: mail
            connection:
              host: relay.example
              username: meldpoort
              password: {environment: SLEUTEL}
              sender: meldpoort@voorbeeldbestuur.example
            settings: {to_addresses: [ccp@voorbeeldbestuur.example]}
          - id: aandachtsfunctionarissen
            kind: aandachtsfunctionaris
            name: Aandachtsfunctionarissen
            adapter: bestuur
            channel: mail
            connection:
              host: relay.example
              username: meldpoort
              password: {environment: SLEUTEL}
              sender: meldpoort@voorbeeldbestuur.example
          - {id: vt-proces, kind: veilig-thuis-proces, name: Procespostbus Veilig Thuis, adapter: veilig-thuis, channel: handover}
          - id: intranet
            kind: intranet
            name: Intranet Voorbeeldbestuur
            adapter: intranet
            channel: api
            connection: {base_url: "https://intranet.example"}
            settings: {target: wordpress}
        routes:
          - {event: nl.meldcode.veiligthuismelding-besloten.v1, recipients: [veilig-thuis]}
          - {event: nl.meldcode.advies-gevraagd.v1, recipients: [veilig-thuis]}
          - {event: nl.meldcode.letselduiding-gevraagd.v1, recipients: [letsel]}
          - {event: nl.meldcode.verwijsindexregistratie-gevraagd.v1, recipients: [verwijsindex]}
          - {event: nl.meldcode.verwijsindexintrekking-gevraagd.v1, recipients: [verwijsindex]}
          - {event: nl.meldcode.stap-gezet.v1, recipients: [lvs]}
          - {event: nl.meldcode.medewerker-betrokken.v1, recipients: [bestuur]}
          - {event: nl.meldcode.procesopmerking-gemaakt.v1, recipients: [vt-proces]}
          - {event: nl.meldcode.publicatie-aangeboden.v1, recipients: [intranet]}
          - {event: nl.meldcode.publicatie-ingetrokken.v1, recipients: [intranet]}

        """

    private static let persons = """
        persons:
          - id: af
            display_name: Aandachtsfunctionaris
            roles:
              - {role: aandachtsfunctionaris, van: 2025-08-01, deputy: directie}
          - id: mb
            display_name: Meldingsbevoegde
            roles:
              - {role: meldingsbevoegde, schools: [01AB], van: 2025-08-01, deputy: af}
          - id: directie
            display_name: Directie
            roles:
              - {role: directie, van: 2025-08-01}
          - id: ccp
            display_name: Centrale contactpersoon
            roles:
              - {role: centraleContactpersoon, van: 2025-08-01}
          - id: mentor
            display_name: Mentor
            roles:
              - {role: leerkracht, van: 2025-08-01}

        """
}
