// SPDX-License-Identifier: EUPL-1.2
import Synchronization

/// Lets a limited number in at a time; the others wait their turn, first come first served.
final class Gate: Sendable {
    private struct State {
        var free: Int
        var nextTicket = 0
        var waiting: [(ticket: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    }

    private let state: Mutex<State>

    init(limit: Int) {
        state = Mutex(State(free: max(1, limit)))
    }

    /// - Returns: Whether the caller is in, and then owes a `leave()`. `false` when its task was cancelled while it waited.
    func enter() async -> Bool {
        let ticket: Int? = state.withLock { state in
            if state.free > 0 {
                state.free -= 1
                return nil
            }
            state.nextTicket += 1
            return state.nextTicket
        }
        guard let ticket else { return true }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                wait(ticket, continuation)
                // The handler may have run before this ticket stood in the queue.
                if Task.isCancelled { giveUp(ticket) }
            }
        } onCancel: {
            giveUp(ticket)
        }
    }

    func leave() {
        let next: CheckedContinuation<Bool, Never>? = state.withLock { state in
            if state.waiting.isEmpty {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: true)
    }

    private func wait(_ ticket: Int, _ continuation: CheckedContinuation<Bool, Never>) {
        let admitted = state.withLock { state in
            // A place may have come free since the ticket was drawn.
            if state.free > 0 {
                state.free -= 1
                return true
            }
            state.waiting.append((ticket, continuation))
            return false
        }
        if admitted { continuation.resume(returning: true) }
    }

    private func giveUp(_ ticket: Int) {
        let continuation: CheckedContinuation<Bool, Never>? = state.withLock { state in
            guard let index = state.waiting.firstIndex(where: { $0.ticket == ticket }) else { return nil }
            return state.waiting.remove(at: index).continuation
        }
        continuation?.resume(returning: false)
    }
}
