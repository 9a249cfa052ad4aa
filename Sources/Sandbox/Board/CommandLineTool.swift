// SPDX-License-Identifier: EUPL-1.2
public import Foundation

/// The `meldpoort` program beside this one, run as a user would.
public struct CommandLineTool: Sendable {
    /// What a command printed, and its exit status.
    public struct Answer: Sendable {
        public let status: Int32
        public let output: String
        public let errors: String

        /// The output as a JSON object; empty when it is none.
        public var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any] ?? [:]
        }
    }

    public let program: URL
    public let configuration: String
    /// Whether a gateway started with it finds the program that makes PDFs.
    public var makesPapers = true
    /// Variables that its commands and gateways get beside those of this program.
    public var environment: [String: String] = [:]
    /// A program with its arguments that runs this one, such as one that gives it another clock; empty for none.
    public var launcher: [String] = []
    private var address: String?

    /// - Parameter program: by default the `meldpoort` in the folder of the running program.
    public init(configuration: String, program: URL? = nil) throws {
        let here = URL(fileURLWithPath: CommandLine.arguments.first ?? "").deletingLastPathComponent()
        self.program = program ?? here.appendingPathComponent("meldpoort")
        self.configuration = configuration
        guard FileManager.default.isExecutableFile(atPath: self.program.path) else {
            throw SandboxError.program("\(self.program.path) is not there: build the product meldpoort first")
        }
    }

    /// The same tool, speaking to the gateway at this address.
    public func at(_ address: String) -> CommandLineTool {
        var tool = self
        tool.address = address
        return tool
    }

    /// Makes it a process of this program with these arguments, by way of the launcher.
    func prepare(_ process: Process, _ arguments: [String]) {
        let line = launcher + [program.path] + arguments
        process.executableURL = URL(fileURLWithPath: line[0])
        process.arguments = Array(line.dropFirst())
    }

    /// Runs a command; throws when it fails and `mayFail` is not set.
    public func run(_ arguments: [String], token: String? = nil, input: String? = nil, mayFail: Bool = false) throws
        -> Answer
    {
        let process = Process()
        var environment = ProcessInfo.processInfo.environment.merging(self.environment) { $1 }
        environment["MELDPOORT_CONFIG"] = configuration
        environment["MELDPOORT_TOKEN_FILE"] = token
        process.environment = environment
        prepare(process, address != nil && token != nil ? arguments + ["--url", address ?? ""] : arguments)
        let (output, errors, entry) = (Pipe(), Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = entry
        try process.run()
        if let input { try entry.fileHandleForWriting.write(contentsOf: Data(input.utf8)) }
        try entry.fileHandleForWriting.close()
        let printed = try output.fileHandleForReading.readToEnd() ?? Data()
        let complained = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let answer = Answer(
            status: process.terminationStatus, output: String(decoding: printed, as: UTF8.self),
            errors: String(decoding: complained, as: UTF8.self))
        guard mayFail || answer.status == 0 else {
            throw SandboxError.program(
                "meldpoort \(arguments.joined(separator: " ")): status \(answer.status)\n\(answer.errors)")
        }
        return answer
    }
}
