// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import Delivery
import Foundation
import Gateway
import Ledger
import Mail
import Transport
import Values

/// A gateway on a mailbox and a store that outlives it: a new one on the same store is what a restart is.
final class MailSite: Sendable {
    let store: SwitchStore
    let mailbox = ScriptedMailbox()
    let clock = TestClock()
    let log = LogLines()
    private let model: GatewayModel
    private let keys: KeyRing

    private init(_ store: SwitchStore, _ model: GatewayModel, _ keys: KeyRing) {
        self.store = store
        self.model = model
        self.keys = keys
    }

    static func open(_ body: (MailSite) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "meldpoort-mail-\(UUID().uuidString)"
        try SampleSite.write(to: folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let loaded = try ConfigurationLoader(
            adapters: [SampleAdapter.self], environment: [:], today: TestClock().today
        ).load("\(folder)/meldpoort.yaml")
        let keys = KeyRing(try MasterKey(file: "\(folder)/master.key"))
        let ledger = try SQLiteStore.open("\(folder)/meldpoort.db", ring: keys)
        let site = MailSite(
            SwitchStore(ledger), try GatewayModel(loaded.configuration, engine: CurlEngine()), keys)
        do {
            try await body(site)
            await ledger.close()
        } catch {
            await ledger.close()
            throw error
        }
    }

    /// A gateway that has just started.
    func start() async throws -> MeldpoortGateway {
        MeldpoortGateway(
            model: model, store: store, keys: keys, mailer: nil, troubles: try await store.troubles(),
            postBoxes: [Self.box(mailbox)], surroundings: clock.surroundings, logger: log.logger)
    }

    static func box(_ mailbox: ScriptedMailbox) -> PostBox {
        PostBox(
            id: "antwoorden", mailbox: mailbox, processedFolder: "Verwerkt", pollSeconds: 60,
            sorting: MailSorting(portalSenders: ["portaal.example"], matchSenders: ["index.example"]))
    }

    /// What the store holds, in order.
    func kept() async throws -> [StoredMail] {
        var filter = MailFilter()
        filter.schools = ["01AB", "02CD"]
        filter.includesUnplaced = true
        return try await store.mails(filter)
    }

    /// The subjects of what the store holds.
    func subjects() async throws -> [String] {
        var subjects: [String] = []
        for mail in try await kept() {
            guard let content = try await store.mailContent(mail.id),
                case .success(let value) = StrictJSON.read(content)
            else { continue }
            subjects.append(value["onderwerp"]?.string ?? "")
        }
        return subjects
    }
}

/// Mails to deliver. All content is made up.
enum Letter {
    static func bytes(
        _ subject: String, _ headers: [String] = [], from: String = "mw@partner.example", text: String = "Dag."
    ) -> [UInt8] {
        let lines =
            headers + [
                "From: \(from)", "Subject: \(subject)", "Message-ID: <\(subject.hashValue)@partner.example>",
                "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "", text, "",
            ]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    static func withAttachments(_ subject: String, text: String) -> [UInt8] {
        let lines = [
            "From: mw@partner.example", "Subject: \(subject)", "MIME-Version: 1.0",
            "Content-Type: multipart/mixed; boundary=deel", "", "--deel", "Content-Type: text/plain", "", text,
            "--deel", "Content-Type: application/pdf", "Content-Disposition: attachment; filename=\"brief é.pdf\"", "",
            "%PDF-1.7 proef", "--deel", "Content-Type: application/zip",
            "Content-Disposition: attachment; filename=x.zip", "", "PK", "--deel--", "",
        ]
        return Array(lines.joined(separator: "\r\n").utf8)
    }
}
