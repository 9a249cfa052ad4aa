// SPDX-License-Identifier: EUPL-1.2
import CCurl
import Synchronization

/// The side of the request loop that other threads see: hands over commands and wakes the loop.
final class RequestLoopClient: Sendable {
    enum Command {
        case start(id: UInt64, TransferPlan, Lane, CheckedContinuation<TransferEnd, Never>)
        case cancel(id: UInt64)
        case shutDown(by: ContinuousClock.Instant)
    }

    private struct State {
        var commands: [Command] = []
        var nextID: UInt64 = 0
        var isOpen = true
        /// The loop has left; its multi handle may be gone.
        var hasEnded = false
        var waitingForEnd: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let multi: MultiHandle?

    init() {
        multi = MultiHandle()
        guard let multi, OwnThread.start({ [self] in RequestLoop(multi: multi, client: self).run() }) else {
            finish()
            return
        }
    }

    func run(_ plan: TransferPlan, in lane: Lane) async -> TransferEnd {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard post(.start(id: id, plan, lane, continuation)) else {
                    continuation.resume(returning: .neverBegan(.interrupted))
                    return
                }
                // The handler may have run before the loop knew this transfer.
                if Task.isCancelled { post(.cancel(id: id)) }
            }
        } onCancel: {
            post(.cancel(id: id))
        }
    }

    func shutDown(by deadline: ContinuousClock.Instant) {
        post(.shutDown(by: deadline))
        state.withLock { $0.isOpen = false }
    }

    /// Returns when the loop has left.
    func ended() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if !state.hasEnded { state.waitingForEnd.append(continuation) }
                return state.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
    }

    /// For the loop: what came in since the last time.
    func takeCommands() -> [Command] {
        state.withLock { state in
            let commands = state.commands
            state.commands.removeAll(keepingCapacity: true)
            return commands
        }
    }

    /// For the loop: nobody can wake it any more. What was handed over too late is answered here.
    func finish() {
        let (late, waiting) = state.withLock { state in
            state.isOpen = false
            state.hasEnded = true
            defer { state.commands = [] }
            defer { state.waitingForEnd = [] }
            return (state.commands, state.waitingForEnd)
        }
        for case .start(_, _, _, let continuation) in late { continuation.resume(returning: .neverBegan(.interrupted)) }
        waiting.forEach { $0.resume() }
    }

    @discardableResult
    private func post(_ command: Command) -> Bool {
        state.withLock { state in
            if case .start = command, !state.isOpen { return false }
            guard !state.hasEnded, let multi else { return false }
            state.commands.append(command)
            // One wake-up is enough for all that the loop has not taken yet. Under the lock, so that the handle still exists.
            if state.commands.count == 1 { curl_multi_wakeup(multi.pointer) }
            return true
        }
    }
}

/// libcurl's multi handle. Only its loop uses it, except for `curl_multi_wakeup`, which libcurl allows from any thread.
struct MultiHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    init?() {
        guard CurlLibrary.isReady, let pointer = curl_multi_init() else { return nil }
        self.pointer = pointer
    }
}
