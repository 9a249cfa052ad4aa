// SPDX-License-Identifier: EUPL-1.2
import Foundation
import RealServers
import RunningGateway
import Sandbox
import Values

/// A board whose mail really goes: reports and rungs over a real postfix into mailboxes of a real dovecot, answers read from one of
/// them. The gateway is started again at later and later times, which is how a year passes in a minute.
struct LadderSite {
    static let veiligThuis = "meldingen@veiligthuis.example"
    static let answers = "antwoorden@voorbeeldbestuur.example"
    static let aandachtsfunctionaris = "aandachtsfunctionaris@dewilg.example"
    static let contactPerson = "contactpersoon@voorbeeldbestuur.example"
    static let board = "bestuur@voorbeeldbestuur.example"
    private static let sender = "meldpoort@voorbeeldbestuur.example"
    static let accounts = [
        veiligThuis, answers, aandachtsfunctionaris, contactPerson, board, sender,
        "meldingsbevoegde@dewilg.example", "directie@dewilg.example", "leerkracht@dewilg.example",
        "ict@voorbeeldbestuur.example",
    ].map { MailAccount($0) }

    let site: RunningSite
    let dovecot: Dovecot

    init(_ site: RunningSite, _ dovecot: Dovecot, _ postfix: Postfix) throws {
        self.site = site
        self.dovecot = dovecot
        try makeFolder("Verwerkt")
        try configure(postfix)
        try Self.writeSecret(dovecot.accounts[0].password, "\(folder)/secrets/relay-password")
        try Self.writeSecret(dovecot.accounts[0].password, "\(folder)/secrets/postbus.password")
    }

    // MARK: - Time

    /// Monday morning, in the week after next.
    static var beginning: Timestamp {
        let now = Timestamp(millisecondsSince1970: Int64(Date().timeIntervalSince1970 * 1_000))
        var day = now.calendarDateInAmsterdam.adding(days: 8)
        while day.weekday != 1 { day = day.adding(days: 1) }
        return day.inAmsterdam(hour: 10)
    }

    /// Ends the gateway that runs and starts one that lives at that time.
    func live(at time: Timestamp) async throws {
        // Not killed: what was under way would rightly be unknown.
        _ = await site.stop()
        let stamp = time.description.replacing("T", with: " ").prefix(19)
        // By way of `env`: the library changes the environment of the first program that it is loaded into, and Swift would lose
        // its arguments there. The program `faketime` would stay between us and the gateway.
        site.use(
            ["/usr/bin/env"],
            [
                "LD_PRELOAD": "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "FAKETIME": "@\(stamp)",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1", "TZ": "UTC",
            ])
        do {
            try await site.start()
        } catch {
            let check = try await site.cli(["check"], mayFail: true)
            throw Overdue("a gateway; check says \(check.output) \(check.errors)")
        }
    }

    // MARK: - What is owed

    func items(open isOpen: Bool = true) async throws -> [JSONValue] {
        let status = isOpen ? "open" : "gedaan"
        return try await site.get("/v1/verplichtingen?status=\(status)&aantal=200", as: .aandachtsfunctionaris)[
            "verplichtingen"]?.array ?? []
    }

    func item(_ kind: String) async throws -> JSONValue {
        let found = try await items().filter { $0["soort"]?.string == kind }
        guard found.count == 1, let item = found.first else { throw Overdue("one item of \(kind); \(found.count)") }
        return item
    }

    func item(_ kind: String, where holds: @escaping (JSONValue) -> Bool) async throws -> JSONValue {
        try await eventually("the item \(kind) to change", within: .seconds(60)) {
            let item = try await item(kind)
            return holds(item) ? item : nil
        }
    }

    static func nextRung(_ item: JSONValue) throws -> Timestamp {
        guard let time = item["volgendeTredeOp"]?.string.flatMap({ Timestamp($0) }) else {
            throw Overdue("a next rung")
        }
        return time
    }

    // MARK: - Mail

    func mails(of address: String) throws -> [ParsedMail] {
        try dovecot.mails(of: address).map { ParsedMail($0) }
    }

    /// Mails lie in a mailbox, and at least so many of them are of a kind.
    func mail(
        _ count: Int, of address: String, where holds: @escaping (ParsedMail) -> Bool = { _ in true }
    ) async throws -> [ParsedMail] {
        try await eventually("\(count) mails of \(address)", within: .seconds(60)) {
            let mails = try mails(of: address).filter(holds)
            return mails.count >= count ? mails : nil
        }
    }

    /// Of a rung, and not a reminder of a task of the year.
    static func isRung(_ mail: ParsedMail) -> Bool { mail.subject.contains("openstaande verplichting") }

    /// An answer to a mail of ours, with other headers as they are wanted.
    func answer(_ subject: String, to original: ParsedMail, from sender: String, headers: String = "") throws {
        let mail = """
            From: \(sender)
            To: \(Self.answers)
            Subject: \(subject)
            Message-ID: <\(UUID().uuidString)@veiligthuis.example>
            In-Reply-To: \(original.header("Message-ID") ?? "")
            \(headers.isEmpty ? "X-Nothing: niets" : headers)
            Content-Type: text/plain; charset=utf-8

            Wij hebben besloten tot een eigen onderzoek.

            """
        try dovecot.drop(Array(mail.utf8), for: Self.answers)
    }

    /// Every mail that was dropped has been taken over, by a gateway that lives at that time: it looks when it starts.
    func takesOverMail(at time: Timestamp) async throws {
        try await live(at: time)
        try await eventually("an empty inbox", within: .seconds(60)) {
            try dovecot.mails(of: Self.answers).isEmpty ? true : nil
        }
    }

    // MARK: - Configuration

    private var folder: String { "\(site.board.folder)/gateway" }

    private func configure(_ postfix: Postfix) throws {
        let path = "\(folder)/meldpoort.yaml"
        var text = try String(contentsOfFile: path, encoding: .utf8)
        let ca = dovecot.certificates.ca
        text = text.replacing("username: meldpoort\n", with: "username: \(Self.sender)\n")
            .replacing("host: localhost\n", with: "host: 127.0.0.1\n")
            .replacing(#/port: [0-9]{3,5}\n/#, with: "port: \(postfix.port)\n")
            .replacing("ca_file: \(site.board.folder)/certificates/ca.pem", with: "ca_file: \(ca)")
            .replacing(
                "recipients:\n", with: "recipients:\n" + Self.internalRecipients(postfix.port, ca), maxReplacements: 1
            )
            .replacing("routes:\n", with: "routes:\n" + Self.rungRoute, maxReplacements: 1)
        try (text + mailbox(ca)).write(toFile: path, atomically: true, encoding: .utf8)
        let persons = "\(folder)/personen.yaml"
        let known = try String(contentsOfFile: persons, encoding: .utf8)
        try (known + Self.boardMember).write(toFile: persons, atomically: true, encoding: .utf8)
    }

    private static func internalRecipients(_ port: Int, _ ca: String) -> String {
        ["aandachtsfunctionaris", "centrale-contactpersoon", "bestuur"].map { kind in
            """
              - id: rung-\(kind)
                kind: \(kind)
                name: Voorbeeld \(kind)
                adapter: bestuur
                channel: mail
                connection: {host: 127.0.0.1, port: \(port), security: starttls, username: \(sender), password: {file: secrets/relay-password}, ca_file: \(ca), sender: \(sender)}

            """
        }.joined()
    }

    private static let rungRoute = """
          - event: nl.meldcode.opschaling-gedaan.v1
            recipients: [rung-aandachtsfunctionaris, rung-centrale-contactpersoon, rung-bestuur]

        """

    private static let boardMember = """
          - id: bestuurder
            display_name: Bestuur
            email: \(board)
            roles:
              - {role: bestuur, van: 2025-08-01}

        """

    private func mailbox(_ ca: String) -> String {
        """

        mailboxes:
          - id: antwoorden
            host: 127.0.0.1
            port: \(dovecot.imapsPort)
            username: \(Self.answers)
            password: {file: secrets/postbus.password}
            ca_file: \(ca)
            processed_folder: Verwerkt
            poll_seconds: 10
            recipients: [veilig-thuis]
            portal_senders: [portaal.example]

        """
    }

    private func makeFolder(_ name: String) throws {
        for part in ["", "/cur", "/new", "/tmp"] {
            try FileManager.default.createDirectory(
                atPath: dovecot.path(of: Self.answers, mailbox: name) + part, withIntermediateDirectories: true,
                attributes: [.ownerAccountName: "nobody", .posixPermissions: 0o700])
        }
    }

    private static func writeSecret(_ text: String, _ path: String) throws {
        try? FileManager.default.removeItem(atPath: path)
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown) }
    }
}
