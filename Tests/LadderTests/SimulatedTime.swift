// SPDX-License-Identifier: EUPL-1.2
import Gateway
import Synchronization
import Values

/// Time that passes when the test says so. Who waits for a time waits until the test has come there.
final class SimulatedTime: Sendable {
    private struct State {
        var now: Timestamp
        var nextNumber = 0
        var waiting: [Int: (until: Timestamp, continuation: CheckedContinuation<Void, Never>)] = [:]
        var cancelled: Set<Int> = []
        var isOver = false
    }

    private let state: Mutex<State>

    init(_ now: Timestamp) {
        state = Mutex(State(now: now))
    }

    var now: Timestamp { state.withLock { $0.now } }

    /// The earliest time for which somebody waits.
    var nextWaiter: Timestamp? { state.withLock { $0.waiting.values.map(\.until).min() } }

    /// Whether somebody waits for exactly this time.
    func isAwaited(_ time: Timestamp) -> Bool { state.withLock { $0.waiting.values.contains { $0.until == time } } }

    /// Time only goes forward. Who waited for a time up to this one goes on.
    func advance(to time: Timestamp) {
        let ready = state.withLock { state in
            state.now = max(state.now, time)
            let ready = state.waiting.filter { $0.value.until <= state.now }
            for number in ready.keys { state.waiting[number] = nil }
            return ready.values.map(\.continuation)
        }
        for continuation in ready { continuation.resume() }
    }

    /// Nobody waits any longer: what ran by this time has ended.
    func end() {
        let all = state.withLock { state in
            state.isOver = true
            defer { state.waiting = [:] }
            return state.waiting.values.map(\.continuation)
        }
        for continuation in all { continuation.resume() }
    }

    private func sleep(until time: Timestamp) async {
        let number = state.withLock { state in
            state.nextNumber += 1
            return state.nextNumber
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDone = state.withLock { state in
                    guard time > state.now, !state.isOver, !state.cancelled.contains(number) else { return true }
                    state.waiting[number] = (time, continuation)
                    return false
                }
                if isDone { continuation.resume() }
            }
        } onCancel: {
            let continuation = state.withLock { state in
                state.cancelled.insert(number)
                return state.waiting.removeValue(forKey: number)?.continuation
            }
            continuation?.resume()
        }
    }

    var surroundings: Surroundings {
        Surroundings(now: { self.now }, sleepUntil: { await self.sleep(until: $0) }, jitter: { 0.5 })
    }
}
