// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Transport

/// An IMAP server that says what a test wants it to say; what no script answers, it answers as a good server does.
final class ScriptedIMAP: Sendable {
    /// The reply to a command (its words without the tag): lines without their ends, `TAG` for the tag. Nil hangs up; an empty list
    /// says nothing more.
    typealias Script = @Sendable (_ command: String) -> [String]??

    let server: LoopbackServer

    init(implicitTLS: Bool = true, tls: ServerTLS, _ script: @escaping Script = { _ in .none }) throws {
        server = try LoopbackServer(tls: implicitTLS ? tls : nil) { peer in
            peer.write("* OK [CAPABILITY \(Self.capability)] welkom\r\n")
            while let line = peer.readLine() {
                let tag = line.prefix { $0 != " " }
                let command = String(line.dropFirst(tag.count + 1))
                peer.note(command)
                guard let reply = script(command) ?? Self.usual(command) else { return }
                guard !reply.isEmpty else { return peer.hang() }
                peer.write(reply.map { $0.replacing("TAG", with: tag) + "\r\n" }.joined())
                if command == "LOGOUT" { return }
            }
        }
    }

    func settings(_ certificates: TestCertificates) -> IMAPAccount {
        var account = IMAPAccount(
            host: "127.0.0.1", port: server.port, username: "post", credential: .password(Secret("geheim")))
        account.trust = .authorities(file: certificates.authority)
        account.totalTimeout = .seconds(20)
        return account
    }

    private static let capability = "IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2 UIDPLUS MOVE"

    private static func usual(_ command: String) -> [String]? {
        switch command.split(separator: " ").first {
        case "CAPABILITY": ["* CAPABILITY \(capability)", "TAG OK goed"]
        case "AUTHENTICATE": ["TAG OK binnen"]
        case "SELECT": ["* 3 EXISTS", "* OK [UIDVALIDITY 7] goed", "* OK [UIDNEXT 4] goed", "TAG OK open"]
        case "LOGOUT": ["* BYE dag", "TAG OK dag"]
        default: ["TAG OK goed"]
        }
    }
}
