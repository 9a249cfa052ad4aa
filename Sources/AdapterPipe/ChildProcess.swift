// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import CSpawn
import Dispatch
import Foundation
import Synchronization

/// One process that serves an adapter, from its start until it is gone.
///
/// It has no environment but a switch for Swift's own runtime, no descriptor but its end of the socket, and nobody reads its errors.
final class ChildProcess: Sendable {
    private let stream: FrameStream
    private let state: Mutex<State>
    private let writing = DispatchQueue(label: "adapter process")

    private struct State {
        /// Nil when it was waited for: its number may then be another's.
        var process: pid_t?
    }

    private init(_ stream: FrameStream, _ process: pid_t?) {
        self.stream = stream
        state = Mutex(State(process: process))
    }

    /// Starts it and makes its adapter. Blocks for as long as that takes.
    /// - Throws: `StartFailure`.
    static func start(
        _ program: AdapterProgram, _ configuration: Configuration, patience: Duration
    ) throws(StartFailure) -> ChildProcess {
        var ends: [Int32] = [-1, -1]
        guard meldpoort_stream(&ends) == 0 else { throw .notStarted }
        let process = spawn(program, ends[1])
        close(ends[1])
        let child = ChildProcess(FrameStream(descriptor: ends[0]), process)
        guard process != nil else { throw .notStarted }
        do throws(StartFailure) {
            try child.configure(configuration, patience)
        } catch {
            child.kill()
            child.reap()
            throw error
        }
        return child
    }

    deinit { close(stream.descriptor) }

    enum StartFailure: Error {
        case notStarted
        case refused(SettingProblems)
    }

    private static func spawn(_ program: AdapterProgram, _ socket: Int32) -> pid_t? {
        let arguments = ([program.path] + program.arguments).map { strdup($0) }
        // The runtime's report of a crash would hold the crashed process, and could hold what it worked on.
        let environment = [strdup("SWIFT_BACKTRACE=enable=no")]
        defer { (arguments + environment).forEach { free($0) } }
        var process: pid_t = 0
        let result = meldpoort_spawn(&process, program.path, arguments + [nil], environment + [nil], socket, socket)
        return result == 0 ? process : nil
    }

    private func configure(_ configuration: Configuration, _ patience: Duration) throws(StartFailure) {
        limitReading(to: patience)
        let configured: Configured
        do {
            try stream.write(FrameStream.frame(ToAdapter.configure(configuration)))
            guard case .configured(let answer) = try stream.read(FromAdapter.self) else {
                throw StartFailure.notStarted
            }
            configured = answer
        } catch {
            throw .notStarted
        }
        limitReading(to: .zero)
        switch configured {
        case .ready: return
        case .refused(let problems): throw .refused(problems)
        case .otherVersion: throw .notStarted
        }
    }

    private func limitReading(to time: Duration) {
        var limit = timeval(tv_sec: Int(time.components.seconds), tv_usec: 0)
        setsockopt(stream.descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Reads on a thread of its own until the process is gone or says what is not understood, which ends it.
    func listen(_ heard: @escaping @Sendable (FromAdapter) -> Bool, ended: @escaping @Sendable () -> Void) {
        let thread = Thread { [self] in
            while let message = try? stream.read(FromAdapter.self), heard(message) {}
            kill()
            reap()
            ended()
        }
        thread.name = "adapter process"
        thread.start()
    }

    /// - Throws: `FrameStream.Failure.tooLong`; that the process is gone is told by `ended` only.
    func say(_ message: ToAdapter) throws(FrameStream.Failure) {
        let frame = try FrameStream.frame(message)
        // A process that does not read holds up nobody but itself. The line stays open until all is written: its number would go to
        // somebody else's line otherwise, and the rest with it.
        writing.async { [self] in _ = try? stream.write(frame) }
    }

    /// Tells it to end by closing the line; it has nothing left to say.
    func hangUp() {
        shutdown(stream.descriptor, Int32(SHUT_RDWR))
    }

    func kill() {
        state.withLock { state in
            if let process = state.process { _ = Foundation.kill(process, SIGKILL) }
        }
        hangUp()
    }

    /// Waits until it is gone, once, after it was killed.
    private func reap() {
        guard let process = state.withLock({ $0.process }) else { return }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        state.withLock { $0.process = nil }
    }
}
