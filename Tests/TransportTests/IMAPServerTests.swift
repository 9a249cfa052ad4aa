// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Synchronization
import Testing
import Transport

/// Servers that misbehave, or are very full.
@Suite(.timeLimit(.minutes(5)))
struct IMAPServerTests {
    private let engine = CurlEngine()
    private let certificates: TestCertificates
    private let tls: ServerTLS
    private let third = MailboxMessage(uidValidity: 7, uid: 3)

    init() throws {
        certificates = try TestCertificates.shared.get()
        tls = try ServerTLS(certificates)
    }

    private func mailbox(_ server: ScriptedIMAP, _ change: (inout IMAPAccount) -> Void = { _ in }) throws -> IMAPMailbox
    {
        var settings = server.settings(certificates)
        change(&settings)
        return try IMAPMailbox(settings, engine: engine)
    }

    @Test func `Commands are what they should be, one connection each`() async throws {
        let server = try ScriptedIMAP(tls: tls) { command in
            switch command.split(separator: " ").prefix(2).joined(separator: " ") {
            case "UID SEARCH": ["* SEARCH 2 3", "TAG OK goed"]
            case "UID MOVE": ["* OK [COPYUID 9 3 12] verplaatst", "* 2 EXPUNGE", "TAG OK goed"]
            case "UID STORE": [#"* 2 FETCH (FLAGS (\Seen) UID 3)"#, "TAG OK goed"]
            default: .none
            }
        }
        let mailbox = try mailbox(server)
        #expect(try await mailbox.list(after: MailboxMessage(uidValidity: 7, uid: 2)).uids == [3])
        #expect(try await mailbox.move(third, to: "Verwerkt/2026") == MailboxMessage(uidValidity: 9, uid: 12))
        try await mailbox.mark(third, .seen)
        let commands = server.server.notes.filter { $0.hasPrefix("UID") || $0.hasPrefix("SELECT") }
        #expect(
            commands == [
                "SELECT INBOX", "UID SEARCH UID 3:20002", "SELECT INBOX", #"UID MOVE 3 "Verwerkt/2026""#,
                "SELECT INBOX",
                #"UID STORE 3 +FLAGS (\Seen)"#,
            ])
        #expect(server.server.connections == 3)
    }

    /// Some servers give COPYUID in the reply itself.
    @Test func `COPYUID counts wherever it stands, and only for this message`() async throws {
        for (reply, isDone) in [
            (["TAG OK [COPYUID 9 3 12] verplaatst"], true), (["TAG OK verplaatst"], false),
            (["* OK [COPYUID 9 4 12] verplaatst", "TAG OK goed"], false),
            (["* OK [COPYUID 9 3:4 12:13] verplaatst", "TAG OK goed"], false),
        ] {
            let mailbox = try mailbox(try ScriptedIMAP(tls: tls) { $0.hasPrefix("UID MOVE") ? reply : .none })
            let moved = try? await mailbox.move(third, to: "Verwerkt")
            #expect((moved != nil) == isDone)
        }
    }

    @Test func `A move without an answer may have happened; before the folder is open it has not`() async throws {
        for (step, expected) in [
            ("SELECT", MailboxFailure.unreachable(OutcomeReason(.connectionLostAfterSending))),
            ("UID MOVE", .uncertain(OutcomeReason(.connectionLostAfterSending))),
        ] {
            let mailbox = try mailbox(try ScriptedIMAP(tls: tls) { $0.hasPrefix(step) ? .some(nil) : .none })
            await #expect(throws: expected) { try await mailbox.move(third, to: "Verwerkt") }
        }
        for (step, expected) in [
            ("SELECT", MailboxFailure.unreachable(OutcomeReason(.answerTimeout))),
            ("UID STORE", .uncertain(OutcomeReason(.answerTimeout))),
        ] {
            let mailbox = try mailbox(try ScriptedIMAP(tls: tls) { $0.hasPrefix(step) ? [] : .none }) {
                $0.totalTimeout = .milliseconds(300)
            }
            await #expect(throws: expected) { try await mailbox.mark(third, .flagged) }
        }
    }

    @Test func `A kept token that is refused is replaced before anything else happens`() async throws {
        let withdrawn = Box(Mutex(false))
        let counter = Box(Mutex(0))
        let tokens = try LoopbackServer { peer in
            while peer.readRequest() != nil {
                let number = counter.value.withLock { count in
                    count += 1
                    return count
                }
                peer.write(answer("200 OK", body: #"{"access_token":"munt-\#(number)","token_type":"Bearer"}"#))
            }
        }
        // user=post, auth=Bearer munt-1, with Control-A after each.
        let first = "AUTHENTICATE XOAUTH2 dXNlcj1wb3N0AWF1dGg9QmVhcmVyIG11bnQtMQEB"
        let server = try ScriptedIMAP(tls: tls) {
            $0 == first && withdrawn.value.withLock { $0 } ? ["TAG NO verlopen"] : .none
        }
        var client = OAuthClient(
            tokenURL: "http://127.0.0.1:\(tokens.port)/t", clientID: "a", clientSecret: Secret("b"))
        client.allowPlaintextLoopback = true
        let mailbox = try mailbox(server) { $0.credential = .oauth(client) }
        #expect(await mailbox.probe() == .reachable)
        #expect(server.server.notes.contains(first))
        withdrawn.value.withLock { $0 = true }
        #expect(await mailbox.probe() == .reachable)
        #expect(counter.value.withLock { $0 } == 2)
        #expect(server.server.notes.count { $0.hasPrefix("AUTHENTICATE") } == 3)
    }

    @Test func `A server without STARTTLS gets no password`() async throws {
        let server = try ScriptedIMAP(implicitTLS: false, tls: tls)
        let mailbox = try mailbox(server) { $0.security = .startTLS }
        await #expect(throws: MailboxFailure.unreachable(OutcomeReason(.startTLSMissing))) {
            try await mailbox.list(after: nil)
        }
        #expect(!server.server.notes.contains { $0.hasPrefix("AUTHENTICATE") || $0.hasPrefix("LOGIN") })
    }

    @Test func `An announced length above the limit ends it before the first byte`() async throws {
        let server = try ScriptedIMAP(tls: tls) {
            $0.hasPrefix("UID FETCH") ? ["* 3 FETCH (UID 3 BODY[] {4000000000}"] : .none
        }
        await #expect(throws: MailboxFailure.messageTooLarge(bytes: 4_000_000_000)) {
            try await mailbox(server).bytes(of: third)
        }
    }

    @Test func `A server that does not say goodbye does not hold us up`() async throws {
        let server = try ScriptedIMAP(tls: tls) { $0 == "LOGOUT" ? [] : .none }
        let start = ContinuousClock.now
        #expect(try await mailbox(server).list(after: nil).uids == [])
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    /// The largest answer that one search can get, and a folder with more than that.
    @Test func `A very full folder is listed whole, in parts`() async throws {
        let highest: UInt32 = 4_294_900_000
        let first = highest - 50_000
        let server = try ScriptedIMAP(tls: tls) { command in
            if command.hasPrefix("SELECT") {
                return [
                    "* 50001 EXISTS", "* OK [UIDVALIDITY 7] goed", "* OK [UIDNEXT \(highest + 1)] goed", "TAG OK open",
                ]
            }
            guard command.hasPrefix("UID SEARCH"), let range = command.split(separator: " ").last else { return .none }
            let ends = range.split(separator: ":").compactMap { UInt32($0) }
            let found = (max(ends[0], first)...min(ends.count > 1 ? ends[1] : highest, highest)).map(String.init)
            return ["* SEARCH " + found.joined(separator: " "), "TAG OK goed"]
        }
        let mailbox = try mailbox(server)
        var position = MailboxMessage(uidValidity: 7, uid: first - 1)
        var all: [UInt32] = []
        while true {
            let listing = try await mailbox.list(after: position)
            all += listing.uids
            guard listing.hasMore, let last = listing.messages.last else { break }
            position = last
        }
        #expect(all == Array(first...highest))
        #expect(server.server.connections == 3)
    }

    /// Numbers were given out long ago, and what they named is gone.
    @Test func `A wide gap of numbers costs one more search`() async throws {
        let server = try ScriptedIMAP(tls: tls) { command in
            if command.hasPrefix("SELECT") {
                return ["* 1 EXISTS", "* OK [UIDVALIDITY 7] goed", "* OK [UIDNEXT 4000001] goed", "TAG OK open"]
            }
            guard command.hasPrefix("UID SEARCH") else { return .none }
            return command.hasSuffix("*") ? ["* SEARCH 4000000", "TAG OK goed"] : ["* SEARCH", "TAG OK goed"]
        }
        let listing = try await mailbox(server).list(after: nil)
        #expect(listing.uids == [4_000_000])
        #expect(server.server.connections == 2)
    }

    @Test(arguments: [
        ["* SEARCH 2 drie", "TAG OK goed"],
        ["* SEARCH " + String(repeating: "12345678 ", count: 60_000), "TAG OK goed"],
    ])
    func `A search that does not come whole finds nothing at all`(reply: [String]) async throws {
        let server = try ScriptedIMAP(tls: tls) { $0.hasPrefix("UID SEARCH") ? reply : .none }
        let failure = await #expect(throws: MailboxFailure.self) { try await mailbox(server).list(after: nil) }
        guard case .unreachable = failure else { return #expect(Bool(false), "\(String(describing: failure))") }
    }

    @Test func `A folder without UIDVALIDITY is not read`() async throws {
        let server = try ScriptedIMAP(tls: tls) { $0.hasPrefix("SELECT") ? ["* 3 EXISTS", "TAG OK open"] : .none }
        for _ in 0..<2 {
            let failure = await #expect(throws: MailboxFailure.self) { try await mailbox(server).list(after: nil) }
            guard case .unreachable = failure else { return #expect(Bool(false), "\(String(describing: failure))") }
        }
    }

    @Test func `Cancelling ends a server that hangs`() async throws {
        let reached = Moment()
        let server = try ScriptedIMAP(tls: tls) {
            guard $0.hasPrefix("UID SEARCH") else { return .none }
            reached.come()
            return []
        }
        let mailbox = try mailbox(server)
        let task = Task { try await mailbox.list(after: nil) }
        await reached.wait()
        task.cancel()
        await #expect(throws: MailboxFailure.unreachable(OutcomeReason(.cancelled))) { try await task.value }
    }
}
