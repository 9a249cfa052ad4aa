// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Disclosures
import Gateway
import Synchronization
import Testing
import Transport
import Values

/// What arrives is taken over once, whatever breaks in between.
@Suite struct MailboxTests {
    private static let lost = MailboxFailure.unreachable(OutcomeReason(.connectionLostAfterSending))
    private static let closed = MailboxFailure.unreachable(OutcomeReason(.authenticationFailed))

    @Test func messagesAreTakenInOrderAndPutAway() async throws {
        try await MailSite.open { site in
            site.mailbox.deliver(Letter.bytes("een"), Letter.bytes("twee"))
            let gateway = try await site.start()
            await gateway.pollMailboxes()
            site.mailbox.deliver(Letter.bytes("drie"))
            await gateway.pollMailboxes()
            await gateway.pollMailboxes()
            #expect(try await site.subjects() == ["een", "twee", "drie"])
            #expect(site.mailbox.inbox.isEmpty && site.mailbox.processed.count == 3)
            let fetched = site.mailbox.steps.filter { if case .fetch = $0 { true } else { false } }
            #expect(fetched == [.fetch(1), .fetch(2), .fetch(3)], "each is fetched once")
        }
    }

    /// Where the process can be killed between a message and its place.
    enum Crash: String, CaseIterable, CustomTestStringConvertible {
        case beforeFetching, whileStoring, beforeMoving, afterMovingWithoutAnswer, afterMovingBeforeNoting
        var testDescription: String { rawValue }
    }

    @Test(arguments: Crash.allCases) func nothingIsLostOrDoubledOverARestart(_ crash: Crash) async throws {
        try await MailSite.open { site in
            site.mailbox.deliver(Letter.bytes("een"), Letter.bytes("twee"), Letter.bytes("drie"))
            let store = site.store
            site.mailbox.fail { step in
                switch (crash, step) {
                case (.beforeFetching, .fetch(2)): return .fails(Self.closed)
                case (.whileStoring, .fetch(2)):
                    store.turn(on: false)
                    return nil
                case (.beforeMoving, .move(2)): return .fails(Self.closed)
                case (.afterMovingWithoutAnswer, .move(2)): return .answerLost
                case (.afterMovingBeforeNoting, .move(2)):
                    store.turn(on: false)
                    return nil
                default: return nil
                }
            }
            await (try await site.start()).pollMailboxes()
            site.mailbox.recover()
            site.store.turn(on: true)
            let next = try await site.start()
            await next.pollMailboxes()
            await next.pollMailboxes()
            #expect(try await site.subjects() == ["een", "twee", "drie"])
            #expect(site.mailbox.inbox.isEmpty && site.mailbox.processed.count == 3)
            #expect(try await site.store.mailQueue("antwoorden", uidValidity: nil)?.toFile == [])
        }
    }

    /// Many mails, and at every step anything may go wrong: in the end each is there once, and out of the way.
    @Test(arguments: 1...12) func anythingMayGoWrongAnywhere(_ seed: Int) async throws {
        try await MailSite.open { site in
            let chance = Chance(UInt64(seed))
            let store = site.store
            var delivered: [String] = []
            for round in 0..<12 {
                for number in 0..<Int(chance.next() % 4) {
                    let subject = "mail \(round)-\(number)"
                    site.mailbox.deliver(Letter.bytes(subject))
                    delivered.append(subject)
                }
                if chance.next() % 5 == 0 { site.mailbox.numberAnew(returningProcessed: chance.next() % 2 == 0) }
                site.mailbox.fail { step in
                    switch chance.next() % 8 {
                    case 0: return .fails(Self.closed)
                    case 1: return .fails(.uncertain(OutcomeReason(.answerTimeout)))
                    case 2:
                        store.turn(on: chance.next() % 2 == 0)
                        return nil
                    case 3: if case .move = step { return .answerLost } else { return nil }
                    default: return nil
                    }
                }
                await (try await site.start()).pollMailboxes()
                store.turn(on: true)
            }
            site.mailbox.recover()
            let last = try await site.start()
            for _ in 0..<3 { await last.pollMailboxes() }
            #expect(try await site.subjects().sorted() == delivered.sorted())
            #expect(site.mailbox.inbox.isEmpty)
            #expect(Set(site.mailbox.processed).count == delivered.count)
        }
    }

    @Test func aNewNumberingDoublesNothing() async throws {
        try await MailSite.open { site in
            site.mailbox.deliver(Letter.bytes("een"), Letter.bytes("twee"))
            let gateway = try await site.start()
            await gateway.pollMailboxes()
            site.mailbox.numberAnew(returningProcessed: true)
            site.mailbox.deliver(Letter.bytes("drie"))
            await gateway.pollMailboxes()
            #expect(try await site.subjects() == ["een", "twee", "drie"])
            #expect(site.mailbox.inbox.isEmpty && site.mailbox.processed.count == 3)
            // The same after a restart.
            site.mailbox.numberAnew(returningProcessed: true)
            await (try await site.start()).pollMailboxes()
            #expect(try await site.kept().count == 3)
            #expect(site.mailbox.inbox.isEmpty)
        }
    }

    @Test func severalMayLookAtOnce() async throws {
        try await MailSite.open { site in
            for number in 1...5 { site.mailbox.deliver(Letter.bytes("mail \(number)")) }
            let gateway = try await site.start()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<20 { group.addTask { await gateway.pollMailboxes() } }
            }
            #expect(try await site.kept().count == 5)
            let fetched = site.mailbox.steps.filter { if case .fetch = $0 { true } else { false } }
            #expect(fetched.count == 5)
        }
    }

    @Test func theSameMailDeliveredTwiceIsOneMail() async throws {
        try await MailSite.open { site in
            site.mailbox.deliver(
                Letter.bytes("een", ["Received: by mx1"]), Letter.bytes("een", ["Received: by mx2"]),
                Letter.bytes("een", text: "Iets anders."))
            await (try await site.start()).pollMailboxes()
            #expect(try await site.kept().count == 2)
            #expect(site.mailbox.inbox.isEmpty)
        }
    }

    @Test func aMessageThatCannotBeFetchedHoldsUpNone() async throws {
        try await MailSite.open { site in
            site.mailbox.deliver(Letter.bytes("een"), Letter.bytes("twee"), Letter.bytes("drie"))
            site.mailbox.fail { $0 == .fetch(2) ? .fails(Self.lost) : nil }
            let gateway = try await site.start()
            await gateway.pollMailboxes()
            #expect(try await site.subjects() == ["een", "drie"])
            #expect(try await site.store.mailQueue("antwoorden", uidValidity: nil)?.settledThrough == 1)
            for _ in 0..<3 { await gateway.pollMailboxes() }
            #expect(try await site.kept().count == 2, "not yet given up")
            await gateway.pollMailboxes()
            let kept = try await site.kept()
            #expect(kept.map(\.kind) == [.bericht, .bericht, .onleesbaar])
            #expect(site.mailbox.inbox == [2] && site.mailbox.flagged == [2], "it is left for a person")
            // The third, which is put away already, is remembered beyond it.
            let queue = try await site.store.mailQueue("antwoorden", uidValidity: nil)
            #expect(queue == MailQueue(uidValidity: 7, settledThrough: 2, taken: [3]))
            #expect(try await site.store.troubles().isEmpty)
        }
    }

    @Test func tooLargeAndUnreadableStayInTheMailbox() async throws {
        try await MailSite.open { site in
            site.mailbox.deliver(Letter.bytes("een"), [0, 0, 0], Letter.bytes("drie"), Letter.bytes("vier"))
            site.mailbox.fail { $0 == .fetch(3) ? .fails(.messageTooLarge(bytes: 99_000_000)) : nil }
            await (try await site.start()).pollMailboxes()
            let kept = try await site.kept()
            #expect(kept.map(\.kind) == [.bericht, .onleesbaar, .teGroot, .bericht])
            #expect(kept.map(\.size)[1...2] == [3, 99_000_000])
            #expect(kept.allSatisfy { $0.isOpen })
            #expect(site.mailbox.inbox == [2, 3] && site.mailbox.processed.count == 2)
        }
    }

    @Test func aMessageThatAPersonTookOutIsPassed() async throws {
        try await MailSite.open { site in
            site.mailbox.deliver(Letter.bytes("een"), Letter.bytes("twee"))
            let mailbox = site.mailbox
            mailbox.fail { step in
                if step == .fetch(1) { mailbox.take(1) }
                if step == .move(2) { mailbox.take(2) }
                return nil
            }
            await (try await site.start()).pollMailboxes()
            #expect(try await site.subjects() == ["twee"])
            let queue = try await site.store.mailQueue("antwoorden", uidValidity: nil)
            #expect(queue == MailQueue(uidValidity: 7, settledThrough: 2))
        }
    }

    /// ICT hears once that it began and once that it is over, also over restarts.
    @Test func troubleIsToldOnce() async throws {
        try await MailSite.open { site in
            site.mailbox.fail { _ in .fails(Self.closed) }
            let gateway = try await site.start()
            await gateway.pollMailboxes()
            #expect(try await site.store.troubles().isEmpty, "one slip is no trouble")
            for _ in 0..<3 { await gateway.pollMailboxes() }
            let again = try await site.start()
            for _ in 0..<3 { await again.pollMailboxes() }
            let told = try await site.store.notices(NoticeFilter())
            #expect(told.map(\.kind) == [.mailboxTroubleBegan])
            #expect(told.allSatisfy { $0.addressee == .ict && $0.recipientID == "antwoorden" })
            site.mailbox.recover()
            await again.pollMailboxes()
            #expect(
                try await site.store.notices(NoticeFilter()).map(\.kind) == [
                    .mailboxTroubleBegan, .mailboxTroubleEnded,
                ])
            #expect(again.metrics.prometheusText.contains("meldpoort_mailbox_troubled{mailbox=\"antwoorden\"} 0.0"))
        }
    }

    /// A folder that does not exist is trouble too; the mail is taken over all the same.
    @Test func aFolderThatIsMissingLosesNothing() async throws {
        try await MailSite.open { site in
            site.mailbox.deliver(Letter.bytes("een"))
            site.mailbox.fail { if case .move = $0 { .fails(.refused) } else { nil } }
            let gateway = try await site.start()
            for _ in 0..<3 { await gateway.pollMailboxes() }
            #expect(try await site.subjects() == ["een"])
            #expect(try await site.store.notices(NoticeFilter()).map(\.kind).contains(.mailboxTroubleBegan))
            site.mailbox.recover()
            await gateway.pollMailboxes()
            #expect(site.mailbox.processed.count == 1)
            #expect(try await site.kept().count == 1)
        }
    }

    @Test func logsAndMetricsHoldCountsAlone() async throws {
        try await MailSite.open { site in
            site.mailbox.deliver(
                Letter.bytes("GEHEIM-ONDERWERP", ["Auto-Submitted: auto-replied"], from: "geheim@partner.example"))
            let gateway = try await site.start()
            await gateway.pollMailboxes()
            #expect(try await site.kept().map(\.kind) == [.automatisch])
            #expect(try await site.kept().map(\.isOpen) == [false])
            #expect(try await site.store.notices(NoticeFilter()).isEmpty)
            let text = site.log.all.joined(separator: "\n") + gateway.metrics.prometheusText
            #expect(!text.contains("GEHEIM") && !text.contains("geheim@") && !text.contains("partner.example"))
            #expect(text.contains("meldpoort_mail_received_total{mailbox=\"antwoorden\",kind=\"automatisch\"} 1"))
        }
    }
}

/// A row of numbers that is the same for the same seed.
private final class Chance: Sendable {
    private let state: Mutex<UInt64>

    init(_ seed: UInt64) {
        state = Mutex(seed &* 0x9E37_79B9_7F4A_7C15 | 1)
    }

    func next() -> UInt64 {
        state.withLock { state in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state >> 11
        }
    }
}
