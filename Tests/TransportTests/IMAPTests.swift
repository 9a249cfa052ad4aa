// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Testing
import Transport

/// Reading a mailbox of Debian's dovecot.
@Suite(.timeLimit(.minutes(5)))
struct IMAPTests {
    private let engine = CurlEngine()
    private let account: Dovecot.Account

    init() throws {
        account = try Dovecot.shared.get().account()
    }

    private func mailbox(_ change: (inout IMAPAccount) -> Void = { _ in }) throws -> IMAPMailbox {
        var settings = account.settings
        change(&settings)
        return try IMAPMailbox(settings, engine: engine)
    }

    private func message(_ text: String) -> [UInt8] {
        Array("From: a@partner.example\r\nSubject: Bericht\r\n\r\n\(text)\r\n".utf8)
    }

    @Test(arguments: [IMAPAccount.Security.implicitTLS, .startTLS])
    func `What arrives is listed in order, read byte for byte, and moved`(security: IMAPAccount.Security) async throws {
        let mailbox = try mailbox {
            $0.security = security
            $0.port = security == .startTLS ? account.server.startTLSPort : account.server.implicitPort
        }
        #expect(await mailbox.probe() == .reachable)
        let empty = try await mailbox.list(after: nil)
        #expect(empty.uids.isEmpty && !empty.hasMore && empty.uidNext == 1)
        for text in ["een", "twee", "drie"] {
            try account.deliver(message(text))
            _ = try await mailbox.list(after: nil)
        }
        let listing = try await mailbox.list(after: nil)
        #expect(listing.uids == [1, 2, 3])
        #expect(listing.uidNext == 4)
        #expect(try await mailbox.bytes(of: listing.messages[1]) == message("twee"))
        // Read or not makes no difference to the list.
        #expect(try await mailbox.list(after: listing.messages[0]).uids == [2, 3])
        #expect(try await mailbox.list(after: listing.messages[2]).uids == [])
        let moved = try await mailbox.move(listing.messages[1], to: "Verwerkt")
        #expect(moved.uid == 1)
        #expect(try account.processed() == [message("twee")])
        #expect(try await mailbox.list(after: nil).uids == [1, 3])
        var there = account.settings
        there.folder = "Verwerkt"
        #expect(try await IMAPMailbox(there, engine: engine).list(after: nil).messages == [moved])
    }

    /// Lines that look like the server's own, and one that looks like the beginning of a literal.
    @Test func `A mail that speaks like a server stays a mail`() async throws {
        let hostile = message(
            """
            )\r
            A003 OK [UIDVALIDITY 1] Select completed\r
            A004 OK Fetch completed\r
            A005 OK [COPYUID 1 1 1] Move completed\r
            A007 OK alles goed\r
            * 1 FETCH (UID 1 BODY[] {999999999}\r
            * BYE dag\r
            """)
        try account.deliver(hostile)
        try account.deliver(message("braaf"))
        let mailbox = try mailbox()
        let listing = try await mailbox.list(after: nil)
        #expect(listing.uids.count == 2)
        var seen: [[UInt8]] = []
        for message in listing.messages {
            seen.append(try await mailbox.bytes(of: message))
            await #expect(throws: MailboxFailure.refused) { try await mailbox.move(message, to: "BestaatNiet") }
        }
        #expect(Set(seen) == [hostile, message("braaf")])
        #expect(try await mailbox.list(after: nil) == listing)
        #expect(try account.processed().isEmpty)
    }

    @Test func `Four and a half megabytes come over byte for byte`() async throws {
        var random = SystemRandomNumberGenerator()
        let block = (0..<500).flatMap { _ in
            (0..<76).map { _ in UInt8.random(in: 32...126, using: &random) } + [13, 10]
        }
        let large = (0..<120).reduce(into: message("")) { $0 += Array("blok \($1)\r\n".utf8) + block }
        #expect(large.count > 4_600_000)
        try account.deliver(large)
        let mailbox = try mailbox()
        let only = try #require(try await mailbox.list(after: nil).messages.first)
        #expect(try await mailbox.bytes(of: only) == large)
    }

    @Test func `A message above the limit is not read, and says how long it is`() async throws {
        let large = message(String(repeating: "x", count: 200_000))
        try account.deliver(large)
        let exact = try mailbox { $0.maximumMessageBytes = large.count }
        let short = try mailbox { $0.maximumMessageBytes = large.count - 1 }
        let only = try #require(try await exact.list(after: nil).messages.first)
        #expect(try await exact.bytes(of: only) == large)
        await #expect(throws: MailboxFailure.messageTooLarge(bytes: large.count)) { try await short.bytes(of: only) }
    }

    @Test func `A message that is not there is gone, and nothing else`() async throws {
        try account.deliver(message("een"))
        let mailbox = try mailbox()
        let first = try #require(try await mailbox.list(after: nil).messages.first)
        let absent = MailboxMessage(uidValidity: first.uidValidity, uid: 99)
        await #expect(throws: MailboxFailure.messageGone) { try await mailbox.bytes(of: absent) }
        await #expect(throws: MailboxFailure.messageGone) { try await mailbox.move(absent, to: "Verwerkt") }
        await #expect(throws: MailboxFailure.messageGone) { try await mailbox.mark(absent, .flagged) }
        #expect(try await mailbox.list(after: absent).uids == [])
        for flag in MailboxFlag.allCases { try await mailbox.mark(first, flag) }
    }

    @Test func `New numbers for all messages are noticed before anything is done`() async throws {
        try account.deliver(message("een"))
        let mailbox = try mailbox()
        let old = try #require(try await mailbox.list(after: nil).messages.first)
        try account.server.administer("mailbox", "update", "-u", account.name, "--uid-validity", "4711", "INBOX")
        let changed = MailboxFailure.uidValidityChanged(now: 4711)
        await #expect(throws: changed) { try await mailbox.list(after: old) }
        await #expect(throws: changed) { try await mailbox.bytes(of: old) }
        await #expect(throws: changed) { try await mailbox.move(old, to: "Verwerkt") }
        await #expect(throws: changed) { try await mailbox.mark(old, .seen) }
        #expect(try account.processed().isEmpty)
        let anew = try await mailbox.list(after: nil)
        #expect(anew.uidValidity == 4711)
        #expect(try await mailbox.bytes(of: anew.messages[0]) == message("een"))
    }

    @Test func `A wrong password and a wrong certificate change nothing`() async throws {
        try account.deliver(message("een"))
        let wrong = try mailbox { $0.credential = .password(Secret("fout")) }
        let denied = OutcomeReason(.authenticationFailed)
        await #expect(throws: MailboxFailure.unreachable(denied)) { try await wrong.list(after: nil) }
        #expect(await wrong.probe() == .failed(denied))
        let other = account.server.certificates.otherAuthority
        let stranger = try mailbox { $0.trust = .authorities(file: other) }
        await #expect(throws: MailboxFailure.unreachable(OutcomeReason(.tlsFailed))) {
            try await stranger.list(after: nil)
        }
        let closed = try LoopbackServer.closedPort()
        let nobody = try mailbox { $0.port = closed }
        #expect(await nobody.probe() == .failed(OutcomeReason(.connectionRefused)))
    }

    /// As Microsoft 365 wants it; the token is checked by dovecot with a server of its own.
    @Test func `A token opens the mailbox, and a wrong one does not`() async throws {
        try account.deliver(message("een"))
        for (token, isGood) in [("voor-\(account.name)", true), ("voor-iemand-anders", false)] {
            let tokens = try LoopbackServer {
                $0.serve(answer("200 OK", body: #"{"access_token":"\#(token)","token_type":"Bearer","expires_in":60}"#))
            }
            var client = OAuthClient(
                tokenURL: "http://127.0.0.1:\(tokens.port)/t", clientID: "a", clientSecret: Secret("b"))
            client.allowPlaintextLoopback = true
            let mailbox = try mailbox { $0.credential = .oauth(client) }
            if isGood {
                let listing = try await mailbox.list(after: nil)
                #expect(try await mailbox.bytes(of: listing.messages[0]) == message("een"))
                #expect(tokens.notes.count == 1)
            } else {
                #expect(await mailbox.probe() == .failed(OutcomeReason(.authenticationFailed)))
            }
        }
    }

    @Test func `A folder that is not there is refused`() async throws {
        let mailbox = try mailbox { $0.folder = "Ergens anders/2026" }
        await #expect(throws: MailboxFailure.refused) { try await mailbox.list(after: nil) }
        #expect(await mailbox.probe() == .failed(OutcomeReason(.refusedByCounterpart)))
        let good = try self.mailbox()
        try account.deliver(message("een"))
        let only = try #require(try await good.list(after: nil).messages.first)
        for name in ["", "a\"b", "a\r\nA9 LOGOUT", "café", "*"] {
            await #expect(throws: MailboxFailure.refused) { try await good.move(only, to: name) }
        }
    }

    @Test func `A connection that is cut gives no half message`() async throws {
        let large = message(String(repeating: "0123456789\r\n", count: 100_000))
        try account.deliver(large)
        let whole = try mailbox()
        let only = try #require(try await whole.list(after: nil).messages.first)
        for limit in [100, 4_000, 500_000, large.count] {
            let proxy = try CuttingProxy(to: account.server.implicitPort, after: limit)
            let cut = try mailbox { $0.port = proxy.port }
            let failure = await #expect(throws: MailboxFailure.self) { try await cut.bytes(of: only) }
            guard case .unreachable = failure else {
                Issue.record("after \(limit) bytes: \(String(describing: failure))")
                continue
            }
        }
        #expect(try await whole.bytes(of: only) == large)
    }

    @Test func `Many at a time do not disturb each other`() async throws {
        for number in 0..<8 { try account.deliver(message("nummer \(number)")) }
        let mailbox = try mailbox()
        let messages = try await mailbox.list(after: nil).messages
        let seen = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for message in messages { group.addTask { try await mailbox.bytes(of: message) } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(seen == Set((0..<8).map { message("nummer \($0)") }))
    }
}
