// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Foundation
import Synchronization

/// The gateway's side of the pipe: one adapter of one recipient in a process of its own, with many calls at once.
///
/// A process that dies takes its calls along: a delivery is then `unknown` when something of it may have left, and may go again when
/// nothing has. The transport is on this side, so that is known. The next call starts a new process.
final class AdapterProcess: Sendable {
    /// How a call ended.
    enum End: Sendable {
        case result(CallResult)
        /// The process is gone, or does not answer.
        case lost(mayHaveLeft: Bool)
        /// It was not given to the process.
        case notBegun
    }

    private let program: AdapterProgram
    private let configuration: Configuration
    private let child: Mutex<ChildProcess?>
    private let calls = OpenCalls()

    /// How long a start may take, and a cancelled call.
    private static let startPatience = Duration.seconds(20)
    private static let grace = Duration.seconds(5)

    /// Starts the process and makes its adapter. Blocks for as long as that takes.
    /// - Throws: What the adapter says of its settings, or that its process does not start.
    init(_ program: AdapterProgram, settings: AdapterSettings) throws(SettingProblems) {
        self.program = program
        configuration = Configuration(settings)
        child = Mutex(nil)
        do throws(ChildProcess.StartFailure) {
            _ = try running()
        } catch {
            switch error {
            case .refused(let problems): throw problems
            case .notStarted:
                throw SettingProblems([.init(path: [], message: "the adapter's own process does not start")])
            }
        }
    }

    deinit { child.withLock { $0?.hangUp() } }

    /// The process, started anew when it is gone. Blocks while it starts; one start at a time.
    private func running() throws(ChildProcess.StartFailure) -> ChildProcess {
        let result = child.withLock { current -> Result<ChildProcess, ChildProcess.StartFailure> in
            if let current, calls.isOpen(to: ObjectIdentifier(current)) { return .success(current) }
            do throws(ChildProcess.StartFailure) {
                let started = try ChildProcess.start(program, configuration, patience: Self.startPatience)
                let name = ObjectIdentifier(started)
                calls.open(to: name)
                started.listen(
                    { [calls, weak started] message in
                        guard let started else { return false }
                        return calls.hear(message, from: started)
                    },
                    ended: { [calls] in calls.close(to: name) })
                current = started
                return .success(started)
            } catch {
                current = nil
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// Gives a call to the process and waits for its end, off the pool of tasks where it must wait for a start.
    func perform(_ call: Call, over transport: (any OutboundTransport)?) async -> End {
        let ticket = Ticket()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                Thread.detachNewThread {
                    self.begin(call, over: transport, ticket) { continuation.resume(returning: $0) }
                }
            }
        } onCancel: {
            guard let number = ticket.cancel() else { return }
            cancel(number)
        }
    }

    /// The same for calls that ask nothing: blocks until its end.
    func performBlocking(_ call: Call) -> End {
        let answer = Mutex(End.notBegun)
        let isThere = DispatchSemaphore(value: 0)
        begin(call, over: nil, Ticket()) { end in
            answer.withLock { $0 = end }
            isThere.signal()
        }
        isThere.wait()
        return answer.withLock { $0 }
    }

    private func begin(
        _ call: Call, over transport: (any OutboundTransport)?, _ ticket: Ticket,
        _ finish: @escaping @Sendable (End) -> Void
    ) {
        guard let child = try? running() else { return finish(.notBegun) }
        guard let number = calls.add(call, over: transport, to: ObjectIdentifier(child), finish) else {
            return finish(.lost(mayHaveLeft: false))
        }
        do throws(FrameStream.Failure) {
            try child.say(.call(number, call))
        } catch {
            calls.drop(number, as: .notBegun)
        }
        if ticket.take(number) { cancel(number) }
    }

    /// The process is told, what it asked is cancelled, and whoever waits does so for the grace time only.
    private func cancel(_ number: Int) {
        _ = try? child.withLock { $0 }?.say(.cancel(number))
        calls.cancelAsks(of: number)
        Task.detached { [calls] in
            try? await Task.sleep(for: Self.grace)
            await calls.give(up: number)
        }
    }
}

/// Knows whether a call was cancelled before it had a number.
private final class Ticket: Sendable {
    private let state = Mutex<(number: Int?, isCancelled: Bool)>((nil, false))

    /// True when it is cancelled already.
    func take(_ number: Int) -> Bool {
        state.withLock { state in
            state.number = number
            return state.isCancelled
        }
    }

    func cancel() -> Int? {
        state.withLock { state in
            state.isCancelled = true
            return state.number
        }
    }
}
