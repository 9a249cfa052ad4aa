// SPDX-License-Identifier: EUPL-1.2
import NIOCore
import NIOPosix
import Synchronization

/// What a counterpart saw, in order; whoever waits for the n-th entry is woken by the entry itself.
final class Record<Entry: Sendable>: Sendable {
    private struct Waiter {
        let wanted: Int
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var entries: [Entry] = []
        var count = 0
        var waiters: [Int: Waiter] = [:]
        var cancelledEarly: Set<Int> = []
        var nextWaiter = 0

        mutating func takeDue() -> [CheckedContinuation<Bool, Never>] {
            guard !waiters.isEmpty else { return [] }
            let due = waiters.filter { $0.value.wanted <= count }
            for id in due.keys { waiters[id] = nil }
            return due.values.map(\.continuation)
        }
    }

    private let state = Mutex(State())

    var entries: [Entry] { state.withLock { $0.entries } }

    var count: Int { state.withLock { $0.count } }

    /// Counts one more, and keeps it unless it is nil (a counterpart that only counts).
    func add(_ entry: Entry?) {
        let due = state.withLock { state in
            state.count += 1
            if let entry { state.entries.append(entry) }
            return state.takeDue()
        }
        for continuation in due { continuation.resume(returning: true) }
    }

    /// Empties the record; the count begins again at 0.
    func forget() {
        state.withLock { state in
            state.entries = []
            state.count = 0
        }
    }

    /// Returns when there are `wanted` entries.
    ///
    /// - Throws: `SandboxError.timedOut` after `timeout`, or as soon as the waiting task is cancelled.
    func wait(for wanted: Int, of what: String, timeout: Duration) async throws {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        let arrived = await withTaskCancellationHandler {
            await withCheckedContinuation { enlist($0, as: id, wanted: wanted, timeout: timeout) }
        } onCancel: {
            giveUp(id, isCancelled: true)
        }
        let saw = state.withLock { state in
            state.cancelledEarly.remove(id)
            return state.count
        }
        guard arrived else { throw SandboxError.timedOut(waitingFor: what, wanted: wanted, saw: saw) }
    }

    private func enlist(_ continuation: CheckedContinuation<Bool, Never>, as id: Int, wanted: Int, timeout: Duration) {
        let known: Bool? = state.withLock { state in
            if state.count >= wanted { return true }
            if state.cancelledEarly.contains(id) { return false }
            state.waiters[id] = Waiter(wanted: wanted, continuation: continuation)
            return nil
        }
        if let known { return continuation.resume(returning: known) }
        MultiThreadedEventLoopGroup.singleton.next().scheduleTask(in: TimeAmount(timeout)) { [weak self] in
            self?.giveUp(id, isCancelled: false)
        }
    }

    private func giveUp(_ id: Int, isCancelled: Bool) {
        let waiter = state.withLock { state in
            let waiter = state.waiters.removeValue(forKey: id)
            // The cancellation can come before the waiter is enlisted: leave word for it.
            if waiter == nil, isCancelled { state.cancelledEarly.insert(id) }
            return waiter?.continuation
        }
        waiter?.resume(returning: false)
    }
}
