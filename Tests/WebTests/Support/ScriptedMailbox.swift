// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Synchronization
import Transport

/// A mailbox in memory that behaves as an IMAP server does, and fails where the test says.
final class ScriptedMailbox: Mailbox {
    /// What is asked of it.
    enum Step: Sendable, Hashable {
        case list
        case fetch(UInt32)
        case move(UInt32)
        case mark(UInt32)
    }

    /// What happens at a step.
    enum Fault: Sendable, Hashable {
        /// It is not done, and says so.
        case fails(MailboxFailure)
        /// It is done, and no answer comes.
        case answerLost
    }

    private struct State {
        var validity: UInt32 = 7
        var next: UInt32 = 1
        var inbox: [UInt32: [UInt8]] = [:]
        var processed: [[UInt8]] = []
        var steps: [Step] = []
        var flagged: Set<UInt32> = []
    }

    private let state = Mutex(State())
    private let script = Mutex<@Sendable (Step) -> Fault?>({ _ in nil })

    func deliver(_ messages: [UInt8]...) {
        state.withLock { state in
            for message in messages {
                state.inbox[state.next] = message
                state.next += 1
            }
        }
    }

    /// From now on this decides what goes wrong.
    func fail(_ decide: @escaping @Sendable (Step) -> Fault?) { script.withLock { $0 = decide } }

    func recover() { fail { _ in nil } }

    /// As after a restore on another server: everything is numbered anew, also what was put away.
    func numberAnew(returningProcessed: Bool = false) {
        state.withLock { state in
            let messages =
                (returningProcessed ? state.processed : []) + state.inbox.sorted { $0.key < $1.key }.map(\.value)
            state.validity += 1
            state.inbox = [:]
            state.next = 1
            if returningProcessed { state.processed = [] }
            for message in messages {
                state.inbox[state.next] = message
                state.next += 1
            }
        }
    }

    /// A person takes a message out.
    func take(_ uid: UInt32) { state.withLock { $0.inbox[uid] = nil } }

    var inbox: [UInt32] { state.withLock { $0.inbox.keys.sorted() } }
    var processed: [[UInt8]] { state.withLock { $0.processed } }
    var steps: [Step] { state.withLock { $0.steps } }
    var flagged: Set<UInt32> { state.withLock { $0.flagged } }

    // MARK: - Mailbox

    func list(after position: MailboxMessage?) async throws(MailboxFailure) -> MailboxListing {
        try begin(.list)
        let (validity, next, uids) = state.withLock { state in
            (state.validity, state.next, state.inbox.keys.filter { $0 > position?.uid ?? 0 }.sorted())
        }
        if let position, position.uidValidity != validity { throw .uidValidityChanged(now: validity) }
        return MailboxListing(uidValidity: validity, uidNext: next, uids: uids)
    }

    func bytes(of message: MailboxMessage) async throws(MailboxFailure) -> [UInt8] {
        try begin(.fetch(message.uid))
        try check(message)
        let found = state.withLock { $0.inbox[message.uid] }
        guard let found else { throw .messageGone }
        return found
    }

    func move(_ message: MailboxMessage, to folder: String) async throws(MailboxFailure) -> MailboxMessage {
        let isLost = try begin(.move(message.uid))
        try check(message)
        let isMoved = state.withLock { state in
            guard let moved = state.inbox.removeValue(forKey: message.uid) else { return false }
            state.processed.append(moved)
            return true
        }
        guard isMoved else { throw .messageGone }
        if isLost { throw .uncertain(OutcomeReason(.answerTimeout)) }
        return MailboxMessage(uidValidity: 1, uid: 1)
    }

    func mark(_ message: MailboxMessage, _ flag: MailboxFlag) async throws(MailboxFailure) {
        try begin(.mark(message.uid))
        state.withLock { _ = $0.flagged.insert(message.uid) }
    }

    func probe() async -> ProbeResult { .reachable }

    /// True when it is to be done without an answer.
    @discardableResult
    private func begin(_ step: Step) throws(MailboxFailure) -> Bool {
        state.withLock { $0.steps.append(step) }
        switch script.withLock({ $0 })(step) {
        case nil: return false
        case .answerLost?: return true
        case .fails(let failure)?: throw failure
        }
    }

    private func check(_ message: MailboxMessage) throws(MailboxFailure) {
        let now = state.withLock { $0.validity }
        guard message.uidValidity == now else { throw .uidValidityChanged(now: now) }
    }
}
