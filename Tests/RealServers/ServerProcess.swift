// SPDX-License-Identifier: EUPL-1.2
import Foundation
import RunningGateway
import Synchronization

/// A server program of Debian that runs in the foreground, ended by its own process number.
public final class ServerProcess: Sendable {
    private let process: Mutex<Process>
    private let ended: AsyncStream<Int32>

    /// Starts it; what it writes goes to the log.
    /// - Throws: `ServerProblem` when the program is not installed or this user may not start servers.
    init(_ program: String, _ arguments: [String], environment: [String: String] = [:], log: ProcessLog) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try DebianProgram.path(program))
        process.arguments = arguments
        process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"].merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        let (output, errors) = (log.newEnd(), log.newEnd())
        process.standardOutput = output
        process.standardError = errors
        let (ended, end) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = { process in
            end.yield(process.terminationStatus)
            end.finish()
        }
        try Self.withOpenSignals { try process.run() }
        try output.close()
        try errors.close()
        self.process = Mutex(process)
        self.ended = ended
    }

    /// A child inherits which signals are blocked, and threads of Dispatch block nearly all: apache would never hear SIGTERM.
    private static func withOpenSignals(_ body: () throws -> Void) rethrows {
        var (none, before) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try body()
    }

    /// Its process number.
    public var identifier: Int32 { process.withLock { $0.processIdentifier } }

    /// Whether it still runs.
    public var isRunning: Bool { process.withLock { $0.isRunning } }

    /// Ends it with SIGTERM and waits until it is gone.
    func stop() async {
        process.withLock { if $0.isRunning { $0.terminate() } }
        await waitForEnd()
    }

    func waitForEnd() async {
        for await _ in ended { return }
    }
}

/// Something without which no server can be started.
public struct ServerProblem: Error, CustomStringConvertible {
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Programs out of Debian packages.
enum DebianProgram {
    /// - Throws: `ServerProblem` with what to install.
    static func path(_ name: String) throws -> String {
        let places = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"].map { "\($0)/\(name)" }
        guard let found = places.first(where: FileManager.default.isExecutableFile) else {
            throw ServerProblem("\(name) is not installed: install the packages of .ci/run with `make test-packages`")
        }
        return found
    }

    /// Dovecot, postfix, mariadb and apache begin as root and go on as users of their own.
    static func requireRoot() throws {
        guard getuid() == 0 else {
            throw ServerProblem(
                "these tests start postfix, dovecot and mariadb, which must begin as root: `make test` does so")
        }
    }

    /// Runs a command to its end.
    /// - Throws: `ServerProblem` with the end of what it wrote, when it fails.
    @discardableResult
    static func run(_ name: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try path(name))
        process.arguments = arguments
        process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"]
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw ServerProblem("\(name) \(arguments.joined(separator: " ")) fails: \(said.suffix(2000))")
        }
        return said
    }
}

extension ProcessLog {
    /// Waits for a server to say that it is ready.
    /// - Throws: `ServerProblem` with what it said instead.
    func waitUntilReady(_ server: String, says text: String) async throws {
        do {
            try await wait(for: text, within: .seconds(30))
        } catch {
            throw ServerProblem("\(server) did not start: \(self.text.suffix(2000))")
        }
    }
}
