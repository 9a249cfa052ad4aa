// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Synchronization

/// The calls that are under way in the processes of one adapter, and what each of them asked of its transport.
final class OpenCalls: Sendable {
    private struct Open {
        let call: Call
        let child: ObjectIdentifier
        let transport: (any OutboundTransport)?
        let finish: @Sendable (AdapterProcess.End) -> Void
        var asks: [Int: Task<Void, Never>] = [:]
        /// Something was asked that brought something to the counterpart, or may have.
        var mayHaveLeft = false
        var isCancelled = false
    }

    private struct State {
        var children: Set<ObjectIdentifier> = []
        var calls: [Int: Open] = [:]
        var nextCall = 0
    }

    private let state = Mutex(State())

    func open(to child: ObjectIdentifier) { state.withLock { _ = $0.children.insert(child) } }
    func isOpen(to child: ObjectIdentifier) -> Bool { state.withLock { $0.children.contains(child) } }

    /// The call's number; nil when its process is gone.
    func add(
        _ call: Call, over transport: (any OutboundTransport)?, to child: ObjectIdentifier,
        _ finish: @escaping @Sendable (AdapterProcess.End) -> Void
    ) -> Int? {
        state.withLock { state in
            guard state.children.contains(child) else { return nil }
            state.nextCall += 1
            state.calls[state.nextCall] = Open(call: call, child: child, transport: transport, finish: finish)
            return state.nextCall
        }
    }

    /// Ends a call.
    func drop(_ number: Int, as end: AdapterProcess.End) {
        guard let open = state.withLock({ $0.calls.removeValue(forKey: number) }) else { return }
        for ask in open.asks.values { ask.cancel() }
        open.finish(end)
    }

    /// What a process says. False when it may not say so: it is then ended.
    func hear(_ message: FromAdapter, from child: ChildProcess) -> Bool {
        switch message {
        case .configured: return false
        case .result(let number, let result):
            let known = state.withLock { state -> Bool? in state.calls[number].map { result.fits($0.call) } }
            // Who was given up on may still answer.
            guard let fits = known else { return state.withLock { number > 0 && number <= $0.nextCall } }
            if fits { drop(number, as: .result(result)) }
            return fits
        case .ask(let number, let ask, let what):
            return state.withLock { state in
                begin(what, ask, of: number, for: child, &state)
            }
        }
    }

    private func begin(_ ask: Ask, _ askNumber: Int, of number: Int, for child: ChildProcess, _ state: inout State)
        -> Bool
    {
        guard number > 0, number <= state.nextCall else { return false }
        guard let open = state.calls[number], !open.isCancelled, let transport = open.transport else {
            // Nobody waits for it any more: nothing is sent in its name.
            _ = try? child.say(.answer(call: number, ask: askNumber, ask.refusal))
            return true
        }
        guard open.asks[askNumber] == nil, open.child == ObjectIdentifier(child) else { return false }
        state.calls[number]?.asks[askNumber] = Task { [self] in
            let answer = await transport.answer(ask)
            self.state.withLock { state in
                state.calls[number]?.asks[askNumber] = nil
                if ask.carries, !answer.isNotSent { state.calls[number]?.mayHaveLeft = true }
            }
            do throws(FrameStream.Failure) {
                try child.say(.answer(call: number, ask: askNumber, answer))
            } catch {
                // An answer that is too long for a frame: without it the adapter cannot go on.
                child.kill()
            }
        }
        return true
    }

    /// A process is gone, and its calls with it.
    func close(to child: ObjectIdentifier) {
        let lost = state.withLock { state in
            state.children.remove(child)
            return state.calls.filter { $0.value.child == child }.map(\.key)
        }
        for number in lost { loseSoon(number) }
    }

    func cancelAsks(of number: Int) {
        let asks = state.withLock { state in
            state.calls[number]?.isCancelled = true
            return state.calls[number]?.asks.values.map { $0 } ?? []
        }
        for ask in asks { ask.cancel() }
    }

    /// A cancelled call that has not ended in time ends without its process.
    func give(up number: Int) async { await lose(number) }

    /// What nothing was asked for ends at once; otherwise the end of what was asked tells whether something has left.
    private func loseSoon(_ number: Int) {
        let asks = state.withLock { $0.calls[number]?.asks ?? [:] }
        if asks.isEmpty { return finishLost(number) }
        Task { await lose(number) }
    }

    private func lose(_ number: Int) async {
        cancelAsks(of: number)
        while let ask = state.withLock({ $0.calls[number]?.asks.values.first }) { await ask.value }
        finishLost(number)
    }

    private func finishLost(_ number: Int) {
        let mayHaveLeft = state.withLock { $0.calls[number]?.mayHaveLeft ?? false }
        drop(number, as: .lost(mayHaveLeft: mayHaveLeft))
    }
}

extension Ask {
    /// The answer to what is not done any more.
    fileprivate var refusal: Answer {
        let reason = OutcomeReason(.cancelled)
        return switch self {
        case .http: .http(.notSent(reason))
        case .mail: .mail(.notSent(reason))
        case .probe: .probe(.failed(reason))
        case .write, .remove: .file(.notSent(reason))
        }
    }
}
