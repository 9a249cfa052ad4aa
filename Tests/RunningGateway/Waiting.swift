// SPDX-License-Identifier: EUPL-1.2
import Dispatch
import Synchronization

/// What was waited for did not come.
public struct Overdue: Error, CustomStringConvertible {
    public let description: String

    public init(_ what: String) {
        description = "waited in vain for \(what)"
    }
}

/// Looks again and again until there is an answer: only for what sends no signal, such as a state in the API.
/// - Throws: `Overdue` with what was waited for, and whatever `look` throws.
@discardableResult
public func eventually<Value>(
    _ what: @autoclosure () -> String, within time: Duration = .seconds(30), _ look: () async throws -> Value?
) async throws -> Value {
    let end = ContinuousClock.now + time
    while true {
        if let value = try await look() { return value }
        guard ContinuousClock.now < end else { throw Overdue(what()) }
        try await Task.sleep(for: .milliseconds(25))
    }
}

/// Runs blocking work off the pool of Swift's tasks.
public func offPool<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
    }
}

/// A count that others wait for.
public final class Tally: Sendable {
    private struct Waiter {
        let wanted: Int
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var count = 0
        var isFinished = false
        var waiters: [Waiter] = []
    }

    private let state = Mutex(State())

    public init() {}

    public var count: Int { state.withLock { $0.count } }

    /// One more.
    public func step() { change { $0.count += 1 } }

    /// No more will come: whoever waits is told so.
    public func finish() { change { $0.isFinished = true } }

    /// True when the count has come to `wanted`, false when it never will.
    public func reaches(_ wanted: Int) async -> Bool {
        await withCheckedContinuation { continuation in
            state.withLock { $0.waiters.append(Waiter(wanted: wanted, continuation: continuation)) }
            change { _ in }
        }
    }

    private func change(_ change: (inout State) -> Void) {
        let (due, count) = state.withLock { state in
            change(&state)
            let due = state.waiters.filter { $0.wanted <= state.count || state.isFinished }
            state.waiters.removeAll { $0.wanted <= state.count || state.isFinished }
            return (due, state.count)
        }
        for waiter in due { waiter.continuation.resume(returning: waiter.wanted <= count) }
    }
}

/// Lets a few in at a time.
final class Turnstile: Sendable {
    private let state: Mutex<(free: Int, waiting: [CheckedContinuation<Void, Never>])>

    init(_ places: Int) {
        state = Mutex((places, []))
    }

    func enter() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.free > 0 else {
                    state.waiting.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.free += 1
            return nil
        }
        next?.resume()
    }
}
