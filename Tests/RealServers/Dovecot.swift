// SPDX-License-Identifier: EUPL-1.2
import Foundation
public import RunningGateway
public import Sandbox

/// An account of the mail server.
public struct MailAccount: Sendable, Hashable {
    /// Its mail address, which is its user name too.
    public let address: String
    public let password: String
    /// How much fits; nil for no limit.
    public let quotaBytes: Int?

    public init(_ address: String, password: String = "geheim-van-de-post", quotaBytes: Int? = nil) {
        self.address = address
        self.password = password
        self.quotaBytes = quotaBytes
    }
}

/// A real dovecot on 127.0.0.1: IMAP with STARTTLS, IMAP over TLS, and what a postfix beside it needs.
public final class Dovecot: Sendable {
    /// What it says of a full mailbox, while a mail is handed in.
    public enum FullMailbox: String, Sendable {
        case refusedForGood = "552 5.2.2 Mailbox is full"
        case refusedForNow = "452 4.2.2 Mailbox is full"
    }

    /// The authority that `certificate` comes from, and others that are wrong.
    public let certificates: Certificates
    /// IMAP over TLS from the first byte.
    public let imapsPort: Int
    /// IMAP that demands STARTTLS before a password.
    public let imapPort: Int
    public let accounts: [MailAccount]
    /// What it writes.
    public let log = ProcessLog()
    let folder: WorkFolder
    private let process: ServerProcess

    /// Runs with a server that is gone afterwards.
    /// - Parameters:
    ///   - certificate: By default one that holds for 127.0.0.1, of `certificates.ca`.
    /// - Throws: `ServerProblem`, or what the body throws.
    public static func run<Value>(
        _ accounts: [MailAccount], certificate: (Certificates) -> ServerIdentity = { $0.server },
        fullMailbox: FullMailbox = .refusedForGood, _ body: (Dovecot) async throws -> Value
    ) async throws -> Value {
        try DebianProgram.requireRoot()
        let folder = try WorkFolder("dovecot")
        defer { folder.remove() }
        let server = try Dovecot(accounts, in: folder, certificate: certificate, fullMailbox: fullMailbox)
        let result: Result<Value, any Error>
        do {
            try await server.log.waitUntilReady("dovecot", says: "starting up")
            result = .success(try await body(server))
        } catch {
            result = .failure(error)
        }
        await server.process.stop()
        return try result.get()
    }

    private init(
        _ accounts: [MailAccount], in folder: WorkFolder, certificate: (Certificates) -> ServerIdentity,
        fullMailbox: FullMailbox
    ) throws {
        self.accounts = accounts
        self.folder = folder
        certificates = try CertificateWorkshop.prepare(in: folder("tls"))
        let ports = try FreePort.take(2)
        (imapPort, imapsPort) = (ports[0], ports[1])
        try folder.make("run")
        try folder.make("mail", owner: Self.mailUser)
        for account in accounts {
            for part in ["", "/Maildir", "/Maildir/new", "/Maildir/cur", "/Maildir/tmp"] {
                try folder.make("mail/\(account.address)\(part)", owner: Self.mailUser, mode: 0o700)
            }
        }
        try folder.write(accounts.map { Self.line(for: $0, folder) }.joined(separator: "\n") + "\n", to: "users")
        let settings = DovecotSettings(
            folder: folder.path, imapPort: imapPort, imapsPort: imapsPort,
            identity: certificate(certificates), fullMailbox: fullMailbox.rawValue)
        try folder.write(settings.text, to: "dovecot.conf")
        process = try ServerProcess("dovecot", ["-F", "-c", folder("dovecot.conf")], log: log)
    }

    /// The user that mailboxes belong to.
    static let mailUser = "nobody"

    private static func line(for account: MailAccount, _ folder: WorkFolder) -> String {
        let user = getpwnam(mailUser)?.pointee
        let numbers = "\(user?.pw_uid ?? 65534):\(user?.pw_gid ?? 65534)"
        let quota = account.quotaBytes.map { "userdb_quota_rule=*:bytes=\($0)" } ?? ""
        return
            "\(account.address):{PLAIN}\(account.password):\(numbers)::\(folder("mail/\(account.address)"))::\(quota)"
    }

    // MARK: Mailboxes

    /// The folder of an account's mailbox on disk; `nil` is the inbox.
    public func path(of address: String, mailbox: String? = nil) -> String {
        folder("mail/\(address)/Maildir") + (mailbox.map { "/.\($0)" } ?? "")
    }

    /// Puts a mail into a mailbox, as if it had just come in. Lines may end in LF or CRLF.
    public func drop(_ mail: [UInt8], for address: String, mailbox: String? = nil) throws {
        let name = "\(UUID().uuidString).proef"
        let box = path(of: address, mailbox: mailbox)
        let (draft, place) = ("\(box)/tmp/\(name)", "\(box)/new/\(name)")
        guard FileManager.default.createFile(atPath: draft, contents: Data(mail)) else {
            throw ServerProblem("there is no mailbox at \(box)")
        }
        try WorkFolder.give(draft, to: Self.mailUser)
        try FileManager.default.moveItem(atPath: draft, toPath: place)
    }

    /// The mails in a mailbox as they lie on disk (lines end in LF), seen or not.
    public func mails(of address: String, mailbox: String? = nil) throws -> [[UInt8]] {
        let box = path(of: address, mailbox: mailbox)
        while true {
            do {
                return try ["new", "cur"].flatMap { part in
                    try FileManager.default.contentsOfDirectory(atPath: "\(box)/\(part)").sorted().map { name in
                        Array(try Data(contentsOf: URL(fileURLWithPath: "\(box)/\(part)/\(name)")))
                    }
                }
            } catch CocoaError.fileReadNoSuchFile where FileManager.default.fileExists(atPath: "\(box)/new") {
                // The server renamed one between the list and the reading: the whole is looked at again.
                continue
            }
        }
    }

    /// Throws away the numbers it gave to mails: the next who looks finds another UIDVALIDITY.
    public func renumber(_ address: String, mailbox: String? = nil) throws {
        let box = path(of: address, mailbox: mailbox)
        for name in try FileManager.default.contentsOfDirectory(atPath: box) where name.hasPrefix("dovecot") {
            try FileManager.default.removeItem(atPath: "\(box)/\(name)")
        }
    }
}
