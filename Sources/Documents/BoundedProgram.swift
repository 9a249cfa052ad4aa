// SPDX-License-Identifier: EUPL-1.2
import CSpawn
import Foundation
import Synchronization

/// Runs a program that reads standard input and writes standard output, within limits. No file that it writes can hold a
/// document, and it leaves no core.
struct BoundedProgram: Sendable {
    struct Limits: Sendable {
        /// After this it is killed.
        let time: Duration
        /// With more than this it is killed.
        let outputBytes: Int
    }

    let path: String
    let arguments: [String]
    /// `NAME=value`; the program sees nothing else.
    let environment: [String]

    /// What the program wrote; nil when it could not be started, did not end well, took too long or wrote too much, or when the
    /// task was cancelled.
    func run(input: [UInt8], _ limits: Limits) async -> [UInt8]? {
        let child = Child()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // A thread of its own: it waits in the kernel.
                Thread.detachNewThread { continuation.resume(returning: start(child, input, limits)) }
            }
        } onCancel: {
            child.kill()
        }
    }

    /// Debian's own program to set limits; it becomes the other program. As much as Python writes to find out where it could.
    private static let limiter = "/usr/bin/prlimit"
    private static let fileLimits = ["--fsize=16", "--core=0", "--"]

    private func start(_ child: Child, _ input: [UInt8], _ limits: Limits) -> [UInt8]? {
        guard let pipes = Pipes() else { return nil }
        defer { pipes.closeAll() }
        guard let process = spawn(pipes), child.runs(process) else { return nil }
        pipes.closeTheirs()
        let deadline = ContinuousClock.now + limits.time
        let output = pipes.exchange(input, atMost: limits.outputBytes, until: deadline)
        if output == nil { child.kill() }
        return child.end(by: deadline) ? output : nil
    }

    private func spawn(_ pipes: Pipes) -> pid_t? {
        var process: pid_t = 0
        let result = Self.withStrings([Self.limiter] + Self.fileLimits + [path] + arguments) { arguments in
            Self.withStrings(environment) {
                meldpoort_spawn(&process, Self.limiter, arguments, $0, pipes.theirInput, pipes.theirOutput)
            }
        }
        return result == 0 ? process : nil
    }

    private static func withStrings<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        return body(copies + [nil])
    }
}

/// The process, from its start until it is gone: never signalled after that, when its number may be another's.
private final class Child: Sendable {
    private enum State {
        case notStarted, cancelled
        case running(pid_t)
        case gone
    }

    private let state = Mutex(State.notStarted)

    /// False when it is to end at once; it is taken care of then.
    func runs(_ process: pid_t) -> Bool {
        let isWanted = state.withLock { state in
            if case .cancelled = state {
                state = .running(process)
                return false
            }
            state = .running(process)
            return true
        }
        if !isWanted {
            kill()
            _ = end(by: .now + .seconds(5))
        }
        return isWanted
    }

    /// Ends the process and all that it started.
    func kill() {
        state.withLock { state in
            switch state {
            case .notStarted: state = .cancelled
            case .running(let process): _ = Foundation.kill(-process, SIGKILL)
            case .cancelled, .gone: break
            }
        }
    }

    /// Whether it ended by itself and well. After the deadline it is killed.
    func end(by deadline: ContinuousClock.Instant) -> Bool {
        while true {
            let status: Int32? = state.withLock { state in
                guard case .running(let process) = state else { return -1 }
                var status: Int32 = 0
                let found = waitpid(process, &status, WNOHANG)
                guard found != 0 else { return nil }
                state = .gone
                return found == process ? status : -1
            }
            if let status { return status == 0 }
            if ContinuousClock.now > deadline { kill() }
            usleep(2_000)
        }
    }
}

/// The two ends of standard input and of standard output.
private final class Pipes {
    private(set) var theirInput: Int32 = -1
    private(set) var theirOutput: Int32 = -1
    private var input: Int32 = -1
    private var output: Int32 = -1

    init?() {
        var toThem: [Int32] = [-1, -1]
        var fromThem: [Int32] = [-1, -1]
        guard meldpoort_stream(&toThem) == 0 else { return nil }
        guard meldpoort_stream(&fromThem) == 0 else {
            toThem.forEach { _ = close($0) }
            return nil
        }
        (input, theirInput) = (toThem[0], toThem[1])
        (output, theirOutput) = (fromThem[0], fromThem[1])
    }

    func closeTheirs() {
        Self.shut(&theirInput)
        Self.shut(&theirOutput)
    }

    func closeAll() {
        closeTheirs()
        Self.shut(&input)
        Self.shut(&output)
    }

    private static func shut(_ descriptor: inout Int32) {
        if descriptor >= 0 { _ = Foundation.close(descriptor) }
        descriptor = -1
    }

    /// Writes everything and reads to the end. Nil when there is too much of it, or too late.
    func exchange(_ bytes: [UInt8], atMost limit: Int, until deadline: ContinuousClock.Instant)
        -> [UInt8]?
    {
        var rest = bytes[...]
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            if rest.isEmpty { Self.shut(&input) }
            let left = (deadline - .now).components
            guard left.seconds >= 0, left.attoseconds >= 0 else { return nil }
            var waits = [
                pollfd(fd: output, events: Int16(POLLIN), revents: 0),
                pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
            ]
            let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000
            let ready = poll(&waits, 2, Int32(clamping: milliseconds + 1))
            guard ready >= 0 || errno == EINTR else { return nil }
            if ready > 0, waits[1].revents != 0 { write(&rest) }
            guard ready > 0, waits[0].revents != 0 else { continue }
            let count = read(output, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count == 0 ? result : nil }
            result += buffer[..<count]
            guard result.count <= limit else { return nil }
        }
    }

    private func write(_ rest: inout ArraySlice<UInt8>) {
        let sent = rest.withUnsafeBytes { meldpoort_send(input, $0.baseAddress, $0.count) }
        if sent >= 0 {
            rest = rest.dropFirst(sent)
        } else if errno != EAGAIN && errno != EINTR {
            // It does not read on: what it wrote decides.
            rest = []
        }
    }
}
