// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import BoardConfiguration
import CaseEvents
import Delivery
import Disclosures
import Foundation
import PrivacyRules
import Testing
import Values

@Suite struct LoadedValuesTests {
    @Test func everyOptionArrives() throws {
        let site = try Site()
        let loaded = try site.load().configuration
        #expect(loaded.store.path == "\(site.folder)/data/meldpoort.db")
        #expect(loaded.store.masterKey == .file(path: "\(site.folder)/secrets/master.key"))
        #expect(loaded.server.port == 8443)
        #expect(loaded.server.publicURL == "https://meldpoort.voorbeeldbestuur.example")
        #expect(loaded.server.maximumBodyBytes == 2048)
        #expect(loaded.server.maximumBatchEvents == 100)
        #expect(loaded.board.oin == "00000000000000000000")
        #expect(loaded.schools.map(\.brin.description) == ["01AB", "02CD"])
        #expect(loaded.sources.map(\.idsAreRunningNumbers) == [false])
        #expect(loaded.terms.tellAfterMinutes == 20)
        #expect(loaded.notices.ict == ["ict@voorbeeld.example"])
        #expect(loaded.notices.relay?.port == 587)
        #expect(loaded.shutdownGraceSeconds == 30)
        #expect(loaded.personsFile == "\(site.folder)/personen.yaml")
        #expect(loaded.policy.version.hasPrefix("proef+"))
    }

    @Test func mailRecipient() throws {
        let site = try Site()
        let recipient = try #require(try site.load().configuration.recipient("vt-noord"))
        #expect(
            recipient.recipient
                == Recipient(id: "vt-noord", kind: .veiligThuis, name: "Veilig Thuis Noord", channel: .mail))
        #expect(recipient.arrangement?.date == date("2026-09-01"))
        #expect(recipient.arrangement?.with == "Veilig Thuis Noord")
        #expect(recipient.maximumInFlight == 16)
        #expect(recipient.retry == .standard)
        #expect(recipient.settings["to"] == ["meldingen@vt.example"])
        #expect(recipient.settings["layout"] == ["font": "serif", "pages": 3])
        guard case .mail(let mail) = recipient.connection else { return #expect(Bool(false), "no mail connection") }
        #expect(mail.port == 465)
        #expect(mail.security == .implicitTLS)
        #expect(mail.password.exposed { $0 } == Site.secret)
        #expect(mail.totalTimeoutSeconds == 120)
        #expect(mail.places["host"] == SourcePlace(file: "\(site.folder)/meldpoort.yaml", line: 26, column: 13))
        #expect(mail.places["ca_file"] == SourcePlace(file: "\(site.folder)/meldpoort.yaml", line: 26, column: 7))
    }

    @Test func apiRecipient() throws {
        let site = try Site()
        let recipient = try #require(try site.load(environment: ["RELAY": "Bearer x"]).configuration.recipient("index"))
        #expect(recipient.agreements.convenant?.college == "B en W van Voorbeeldstad")
        #expect(recipient.agreements.reviewDate == date("2027-01-01"))
        #expect(recipient.agreements.validUntil == date("2028-12-31"))
        #expect(recipient.agreements.callbackNumber == "+31 (0)10 000 00-00")
        #expect(recipient.maximumInFlight == 4)
        #expect(
            recipient.retry
                == RetryPolicy(firstDelaySeconds: 2, factor: 3, longestDelaySeconds: 3_600, maximumAttempts: 5))
        #expect(recipient.settings["request", "headers", "X-Versie"] == "1.10")
        #expect(recipient.settings["accepted_statuses"] == [200])
        guard case .api(let api) = recipient.connection else { return #expect(Bool(false), "no api connection") }
        #expect(api.baseURL == "https://index.example:8443/api")
        #expect(api.headers.map(\.name) == ["Authorization"])
        #expect(api.headers.first?.value == Secret("Bearer x"))
        #expect(
            api.clientCertificate
                == .pem(
                    certificateFile: "\(site.folder)/tls/client.pem", keyFile: "\(site.folder)/secrets/client.key",
                    password: nil))
        #expect(api.places["client_certificate.key"].line == 45)
    }

    @Test func routesAndSchools() throws {
        let loaded = try Site().load().configuration
        #expect(loaded.routing.recipients(for: .veiligThuisMeldingBesloten, school: "01AB") == ["vt-noord"])
        #expect(loaded.routing.recipients(for: .veiligThuisMeldingBesloten, school: "02CD").isEmpty)
        #expect(loaded.routing.recipients(for: .verwijsindexregistratieGevraagd, school: "02CD") == ["index"])
        let location = try #require(BRIN("01AB03"))
        #expect(loaded.school(for: location)?.name == "De Wilg")
        #expect(BRIN("09ZZ").flatMap(loaded.school(for:)) == nil)
    }

    @Test func leavingOptionsOutGivesTheDefaults() throws {
        let main = """
            store: {path: /tmp/x.db, master_key: {environment: RELAY}}
            board: {name: Voorbeeldbestuur}
            schools: [{brin: 01AB, name: De Wilg}, {brin: 02CD, name: Het Voorbeeld}]
            sources: [{uri: urn:lvs}]
            persons_file: personen.yaml
            recipients:
              - {id: vt, kind: veilig-thuis, name: Veilig Thuis, adapter: veilig-thuis}
            """
        let loaded = try Site([.main: main]).load()
        // Nobody is mailed, and what is open reaches nobody by mail.
        #expect(loaded.warnings.map(\.line) == [1, 1])
        let configuration = loaded.configuration
        #expect(configuration.server.host == "127.0.0.1")
        #expect(configuration.server.port == 8443)
        #expect(configuration.store.masterKey == .environment(variable: "RELAY"))
        #expect(configuration.terms.tellAfterMinutes == 15)
        #expect(configuration.shutdownGraceSeconds == 20)
        #expect(configuration.recipient("vt")?.recipient.channel == .handover)
        #expect(configuration.recipient("vt")?.connection == .handover)
        #expect(configuration.routing.routes.isEmpty)
        #expect(try configuration.policy == PolicyLoader.standard())
    }

    @Test func symbolicLinksCountAsWhatTheyLeadTo() throws {
        let site = try Site()
        try FileManager.default.createSymbolicLink(
            atPath: "\(site.folder)/secrets/link", withDestinationPath: "relay.password")
        try site.write(
            "meldpoort.yaml",
            Site.text(of: .main, replacing: "{file: secrets/relay.password}", with: "{file: secrets/link}"))
        #expect(site.report().isEmpty)
    }

    @Test func secretsNeverShow() throws {
        let site = try Site()
        let configuration = try site.load().configuration
        var text = ""
        dump(configuration, to: &text)
        text += String(describing: configuration) + String(reflecting: configuration.recipients)
        #expect(text.contains("relay.example"))
        #expect(!text.contains(Site.secret))
    }

    @Test func pkcs12AndServerTLS() throws {
        let main = Site.text(
            of: .main, replacing: "{file: tls/client.pem, key: secrets/client.key}",
            with: "{file: secrets/client.p12, format: pkcs12, password: {file: secrets/relay.password}}"
        )
        .replacing(
            "host: 127.0.0.1",
            with: "host: 0.0.0.0\n  tls: {certificate_file: tls/client.pem, key_file: secrets/client.key}")
        let site = try Site([.main: main])
        let configuration = try site.load().configuration
        #expect(configuration.server.tls?.keyFile == "\(site.folder)/secrets/client.key")
        guard case .api(let api) = configuration.recipient("index")?.connection else { return #expect(Bool(false)) }
        #expect(
            api.clientCertificate == .pkcs12(file: "\(site.folder)/secrets/client.p12", password: Secret(Site.secret)))
    }
}
