// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Sandbox

/// How long the gateway takes to listen, and what it weighs when it has nothing to do.
struct StartUp: Codable, Sendable {
    /// Milliseconds from starting the program to its line that it listens: the middle one.
    let ready: Double
    /// The same after SIGKILL in the middle of its work: each time.
    let readyAfterKill: [Double]
    /// Megabytes in the log of SQLite that had to be read back each time.
    let logToReadBack: [Double]
    let idle: ProcessMemory

    static func measure(kills: Int, in folder: String) async throws -> StartUp {
        var options = BoardOptions()
        options.isIndexCountingOnly = true
        let site = try await BoardSite.build(in: folder, options: options)
        do {
            let (ready, idle) = try await atRest(site)
            var (after, logs): ([Double], [Double]) = ([], [])
            for round in 0..<kills {
                let (milliseconds, log) = try await killed(site, round: round)
                after.append(milliseconds)
                logs.append(log)
            }
            await site.tearDown()
            return StartUp(ready: ready, readyAfterKill: after, logToReadBack: logs, idle: idle)
        } catch {
            await site.tearDown()
            throw error
        }
    }

    private static func started(_ site: BoardSite) async throws -> (GatewayProcess, Double) {
        let start = Moment.now
        let gateway = try await site.startGateway()
        return (gateway, Moment.now.since(start) * 1000)
    }

    private static func atRest(_ site: BoardSite) async throws -> (Double, ProcessMemory) {
        var times: [Double] = []
        var idle: ProcessMemory?
        for _ in 0..<5 {
            let (gateway, milliseconds) = try await started(site)
            times.append(milliseconds)
            if idle == nil {
                try await Task.sleep(for: .seconds(1))
                idle = ProcessMemory(gateway.identifier)
            }
            guard await gateway.stop() else { throw BenchFailure(description: "the gateway did not stop by itself") }
        }
        guard let idle else { throw BenchFailure(description: "nothing was measured") }
        return (times.sorted()[times.count / 2], idle)
    }

    /// Kills it with registrations coming in, and starts it again.
    private static func killed(_ site: BoardSite, round: Int) async throws -> (Double, Double) {
        let (gateway, _) = try await started(site)
        let generator = LoadGenerator(port: try gateway.port, senders: 8)
        let numbers = (1...20_000).map { 100_000 * (round + 1) + $0 }
        let requests = try Requests(tokenFile: site.systemToken)
            .requests(numbers.map(BenchEvent.registration), perRequest: 1)
        // It ends in an error: the gateway dies under it.
        async let load = try? generator.post(requests)
        try await Task.sleep(for: .milliseconds(700))
        await gateway.kill()
        guard await load == nil else { throw BenchFailure(description: "the load ended before the gateway was killed") }
        let log = try FileManager.default.attributesOfItem(atPath: site.storePath + "-wal")[.size] as? Int ?? 0
        let (again, milliseconds) = try await started(site)
        guard await again.stop() else { throw BenchFailure(description: "the gateway did not stop by itself") }
        return (milliseconds, Double(log) / 1_048_576)
    }
}
