// SPDX-License-Identifier: EUPL-1.2
import ArgumentParser
import Foundation

/// Measures the gateway as its users meet it, beside a bare SQLite loop that writes the same rows.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure the gateway beside a bare SQLite loop that writes the same rows.",
        discussion: "Build meldpoort and bench in the release configuration. Figures never make it fail.")

    @Flag(help: "A few seconds: shows that it works, the figures are rough.")
    var quick = false

    @Flag(help: "Print the figures as JSON.")
    var json = false

    @Option(help: "Only runs with this in their name, such as “8 senders, https”.")
    var only: String?

    @Option(help: "Where the bench keeps its files; anything there is removed, before and after.")
    var folder = "bench-data"

    func run() async throws {
        let loads = (quick ? Load.quick : Load.full).filter { load in only.map { load.name.contains($0) } ?? true }
        var (runs, pageSize): ([Measurement], Int) = ([], 0)
        for load in loads {
            say("\(load.name): \(load.events) events")
            runs.append(try await GatewayRun.measure(load, in: folder))
            pageSize = try StoreFile(path: "\(folder)/gateway/data/meldpoort.db").pageSize()
        }
        say("decisions")
        let decisions = try Decisions.measure(quick: quick, in: folder)
        say("start-up")
        let startUp = try await StartUp.measure(kills: quick ? 1 : 3, in: folder)
        say("what is owed")
        let owed = try await OwedScale.measure(quick: quick, in: folder)
        try FileManager.default.removeItem(atPath: folder)
        let report = Report(
            machine: Self.machine, pageSize: pageSize, runs: runs, decisions: decisions, startUp: startUp, owed: owed)
        if json { print(String(decoding: try report.encoded, as: UTF8.self)) } else { report.printText() }
    }

    private func say(_ text: String) {
        FileHandle.standardError.write(Data("… \(text)\n".utf8))
    }

    private static var machine: String {
        let cpu = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?
            .split(separator: "\n").first { $0.hasPrefix("model name") }?
            .split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
        return "\(ProcessInfo.processInfo.activeProcessorCount) × \(cpu ?? "unknown processor")"
    }
}
