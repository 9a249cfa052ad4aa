// SPDX-License-Identifier: EUPL-1.2
import CCurl
import Synchronization

/// Runs each mail on a thread of its own, for as long as that mail takes.
///
/// A mail transfer must never be taken away from libcurl halfway: it would then send the end-of-content mark, and the relay would
/// deliver half a message. So it is ended from inside, through the progress callback, which libcurl calls about once a second.
final class MailThreads: Sendable {
    private struct State {
        var nextID: UInt64 = 0
        var isOpen = true
        var running: [UInt64: StopSignal] = [:]
        var waitingForEnd: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func run(_ plan: TransferPlan, in lane: Lane) async -> TransferEnd {
        let signal = StopSignal()
        guard let id = register(signal) else { return .neverBegan(.interrupted) }
        defer { unregister(id) }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let started = OwnThread.start {
                    continuation.resume(returning: Self.transfer(plan, lane, signal))
                }
                if !started { continuation.resume(returning: .neverBegan()) }
            }
        } onCancel: {
            signal.give(.cancelled)
        }
    }

    func shutDown(by deadline: ContinuousClock.Instant) {
        state.withLock { state in
            state.isOpen = false
            state.running.values.forEach { $0.give(.interrupted, from: deadline) }
        }
    }

    /// Returns when the last mail thread has answered.
    func ended() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if !state.running.isEmpty { state.waitingForEnd.append(continuation) }
                return state.running.isEmpty
            }
            if isIdle { continuation.resume() }
        }
    }

    private static func transfer(_ plan: TransferPlan, _ lane: Lane, _ signal: StopSignal) -> TransferEnd {
        if let reason = signal.due { return .neverBegan(reason) }
        guard let handle = EasyHandle() else { return .neverBegan() }
        lane.setUp(handle)
        let transfer = Transfer(plan: plan, handle: handle, stopSignal: signal)
        guard !handle.isMisconfigured else { return .neverBegan() }
        let code = curl_easy_perform(handle.pointer)
        return withExtendedLifetime(transfer) { transfer.end(code) }
    }

    private func register(_ signal: StopSignal) -> UInt64? {
        state.withLock { state in
            guard state.isOpen else { return nil }
            state.nextID += 1
            state.running[state.nextID] = signal
            return state.nextID
        }
    }

    private func unregister(_ id: UInt64) {
        let waiting: [CheckedContinuation<Void, Never>] = state.withLock { state in
            state.running[id] = nil
            guard state.running.isEmpty, !state.isOpen else { return [] }
            defer { state.waitingForEnd = [] }
            return state.waitingForEnd
        }
        waiting.forEach { $0.resume() }
    }
}
