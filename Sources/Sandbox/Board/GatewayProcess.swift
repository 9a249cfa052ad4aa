// SPDX-License-Identifier: EUPL-1.2
public import Foundation
import Synchronization

/// `meldpoort run` as a process of its own.
public final class GatewayProcess: Sendable {
    /// Such as `http://127.0.0.1:8443`.
    public let address: String
    private let process: Mutex<Process>
    private let ended: AsyncStream<Int32>

    private init(address: String, process: Process, ended: AsyncStream<Int32>) {
        self.address = address
        self.process = Mutex(process)
        self.ended = ended
    }

    /// Starts it and waits until it says where it listens.
    public static func start(_ tool: CommandLineTool, logLevel: String = "notice", errors: FileHandle? = nil)
        async throws -> GatewayProcess
    {
        let process = Process()
        tool.prepare(process, ["run", "--config", tool.configuration, "--log-level", logLevel])
        if let errors { process.standardError = errors }
        let path = tool.makesPapers ? [:] : ["PATH": "/nowhere"]
        process.environment = ProcessInfo.processInfo.environment.merging(tool.environment) { $1 }.merging(path) { $1 }
        let output = Pipe()
        process.standardOutput = output
        let (ended, end) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = { process in
            end.yield(process.terminationStatus)
            end.finish()
        }
        try process.run()
        var printed = ""
        while case let data = output.fileHandleForReading.availableData, !data.isEmpty {
            printed += String(decoding: data, as: UTF8.self)
            guard let line = printed.split(separator: "\n").first(where: { $0.contains("listens on") }),
                printed.hasSuffix("\n"),
                let address = line.split(separator: " ").last
            else { continue }
            return GatewayProcess(address: String(address), process: process, ended: ended)
        }
        throw SandboxError.program("the gateway did not start")
    }

    /// Its process number.
    public var identifier: Int32 { process.withLock { $0.processIdentifier } }

    /// Lets it read the persons file again (SIGHUP).
    public func reloadPersons() {
        _ = Foundation.kill(identifier, SIGHUP)
    }

    /// Ends it with SIGTERM. True when it ended with status 0.
    public func stop() async -> Bool {
        process.withLock { if $0.isRunning { $0.terminate() } }
        for await status in ended { return status == 0 }
        return false
    }

    /// Ends it with SIGKILL, as a power cut would, and waits until it is gone.
    public func kill() async {
        let identifier = identifier
        _ = Foundation.kill(identifier, SIGKILL)
        for await _ in ended { return }
    }
}
