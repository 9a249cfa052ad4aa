// SPDX-License-Identifier: EUPL-1.2
import Foundation
import RealServers
import RunningGateway
import Sandbox
import Testing
import Values

/// The whole gateway on a real mail server: what arrives is taken over once, over kills and new numbers, whatever a mail says.
@Suite(.serialized) struct MailIntakeTests {
    private static let address = "antwoorden@bestuur.example"

    @Test func `mail is taken over once, over kills and a new numbering`() async throws {
        try await Dovecot.run([MailAccount(Self.address)]) { dovecot in
            try Self.makeFolder("Verwerkt", of: dovecot)
            for number in 1...30 { try dovecot.drop(Self.mail("bericht \(number)"), for: Self.address) }
            try dovecot.drop(Self.mail("vijandig", text: Self.hostile), for: Self.address)
            try await RunningSite.with(isStarted: false) { site in
                try Self.configure(site, dovecot)
                // Killed in the middle, more than once.
                for wanted in [3, 9] {
                    try await site.start()
                    try await eventually("\(wanted) mails put away", within: .seconds(60)) {
                        try dovecot.mails(of: Self.address, mailbox: "Verwerkt").count >= wanted ? true : nil
                    }
                    await site.kill()
                }
                try await site.start()
                try await Self.untilEmpty(dovecot)
                #expect(try await Self.post(site).count == 31)
                #expect(Set(try await Self.subjects(site)).count == 31)
                let texts = try await Self.texts(site)
                #expect(texts.contains { $0.contains("A007 OK MOVE completed\n* BYE") })

                // Everything comes back under new numbers, and one more.
                await site.kill()
                try Self.putBack(dovecot)
                try dovecot.renumber(Self.address)
                try dovecot.drop(Self.mail("later"), for: Self.address)
                try await site.start()
                try await Self.untilEmpty(dovecot)
                #expect(try await Self.post(site).count == 32)
                #expect(Set(try await Self.subjects(site)).count == 32)
                #expect(try dovecot.mails(of: Self.address, mailbox: "Verwerkt").count == 32)
            }
        }
    }

    @Test func `a wrong password is told, and nothing is lost`() async throws {
        try await Dovecot.run([MailAccount(Self.address)]) { dovecot in
            try Self.makeFolder("Verwerkt", of: dovecot)
            try dovecot.drop(Self.mail("een"), for: Self.address)
            try await RunningSite.with(isStarted: false) { site in
                try Self.configure(site, dovecot, password: "verkeerd")
                let probe = try await site.cli(["mail", "probe"], mayFail: true)
                #expect(probe.output.contains("authentication_failed"))
                try await site.start()
                try await site.log.wait(for: "the mailbox could not be read")
                #expect(try await Self.post(site).isEmpty)
                await site.kill()
                try Self.writePassword(site, dovecot.accounts[0].password)
                try await site.start()
                try await Self.untilEmpty(dovecot)
                #expect(try await Self.post(site).count == 1)
            }
        }
    }

    // MARK: -

    private static let hostile =
        "A007 OK MOVE completed\n* BYE\n)\nA008 OK [COPYUID 1 1 1] Done\n+ go ahead\n* 1 EXPUNGE"

    private static func mail(_ subject: String, text: String = "Dag.") -> [UInt8] {
        Array(
            """
            From: mw@partner.example
            Subject: \(subject)
            Message-ID: <\(subject.filter { $0 != " " })@partner.example>
            Content-Type: text/plain; charset=utf-8

            \(text)

            """.utf8)
    }

    private static func makeFolder(_ name: String, of dovecot: Dovecot) throws {
        for part in ["", "/cur", "/new", "/tmp"] {
            try FileManager.default.createDirectory(
                atPath: dovecot.path(of: address, mailbox: name) + part, withIntermediateDirectories: true,
                attributes: [.ownerAccountName: "nobody", .posixPermissions: 0o700])
        }
    }

    /// What was put away lies in the inbox again, as after a restore.
    private static func putBack(_ dovecot: Dovecot) throws {
        let (from, to) = (dovecot.path(of: address, mailbox: "Verwerkt"), dovecot.path(of: address))
        for name in try FileManager.default.contentsOfDirectory(atPath: "\(from)/cur") {
            let plain = name.prefix { $0 != ":" }
            try FileManager.default.moveItem(atPath: "\(from)/cur/\(name)", toPath: "\(to)/new/\(plain)")
        }
    }

    private static func untilEmpty(_ dovecot: Dovecot) async throws {
        try await eventually("an empty inbox", within: .seconds(90)) {
            try dovecot.mails(of: address).isEmpty ? true : nil
        }
    }

    private static func configure(_ site: RunningSite, _ dovecot: Dovecot, password: String? = nil) throws {
        try writePassword(site, password ?? dovecot.accounts[0].password)
        let path = "\(site.board.folder)/gateway/meldpoort.yaml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let section = """

            mailboxes:
              - id: antwoorden
                host: 127.0.0.1
                port: \(dovecot.imapsPort)
                username: \(address)
                password: {file: secrets/postbus.password}
                ca_file: \(dovecot.certificates.ca)
                processed_folder: Verwerkt
                poll_seconds: 10

            """
        try (text + section).write(toFile: path, atomically: true, encoding: .utf8)
    }

    private static func writePassword(_ site: RunningSite, _ password: String) throws {
        let path = "\(site.board.folder)/gateway/secrets/postbus.password"
        try? FileManager.default.removeItem(atPath: path)
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(password.utf8), attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown) }
    }

    private static func post(_ site: RunningSite) async throws -> [JSONValue] {
        try await site.get("/v1/post?aantal=200", as: .aandachtsfunctionaris)["post"]?.array ?? []
    }

    private static func contents(_ site: RunningSite) async throws -> [JSONValue] {
        var contents: [JSONValue] = []
        for mail in try await post(site) {
            let number = mail["nummer"]?.integer ?? 0
            contents.append(try await site.get("/v1/post/\(number)", as: .aandachtsfunctionaris)["inhoud"] ?? .null)
        }
        return contents
    }

    private static func subjects(_ site: RunningSite) async throws -> [String] {
        try await contents(site).compactMap { $0["onderwerp"]?.string }
    }

    private static func texts(_ site: RunningSite) async throws -> [String] {
        try await contents(site).compactMap { $0["tekst"]?.string }
    }
}
