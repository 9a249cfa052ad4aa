// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Sandbox

/// One load on one gateway with a fresh store, and the bare loop over the same rows right after it.
struct GatewayRun {
    let load: Load
    let site: BoardSite
    private let store: StoreFile
    private let arrivals: Arrivals

    /// Runs it all in a folder, which is removed first.
    static func measure(_ load: Load, in folder: String) async throws -> Measurement {
        let site = try await BoardSite.build(in: folder, options: load.options)
        let gateway = try await site.startGateway()
        let run = GatewayRun(load, site)
        do {
            let measured = try await run.measure(gateway)
            guard await gateway.stop() else { throw BenchFailure(description: "the gateway did not stop by itself") }
            await site.tearDown()
            let bare = try BareLoop.run(
                store: site.storePath, from: measured.first, group: load.group, bringsDelivery: load.isMail)
            return run.measurement(measured, bare)
        } catch {
            await gateway.kill()
            await site.tearDown()
            throw error
        }
    }

    private init(_ load: Load, _ site: BoardSite) {
        self.load = load
        self.site = site
        store = StoreFile(path: site.storePath)
        arrivals = Arrivals(expecting: load.events + load.warmUp)
        site.index.behaviour = arrivals.behaviour
    }

    private struct Timed {
        let first: Int64
        let replies: [Reply]
        let start, acknowledged, delivered: Moment
        let cpu, benchCPU, written, kept: Double
        let steal, idle: Double
        let syncs: SyncCounter?
        let memory: ProcessMemory
        let endToEnd: Percentiles
        let intake: Measurement.Intake?
    }

    // MARK: - The gateway

    private func measure(_ gateway: GatewayProcess) async throws -> Timed {
        let total = load.warmUp + load.events
        let generator = LoadGenerator(port: try gateway.port, senders: load.senders)
        let (requests, intake) =
            load.isMail ? (try reports(total), nil) : try await confirmations(total, generator, gateway)
        let syncs = SyncCounter(gateway.identifier, output: "\(site.folder)/syncs")
        let warmUp = load.warmUp / load.perRequest
        _ = try await generator.post(Array(requests[..<warmUp])).map { try $0.eventNumbers() }
        try await untilDelivered(load.warmUp)

        let (first, keptBefore) = (try store.lastEvent() + 1, try store.bytes())
        let (process, bench, machine) = (ProcessCounts(gateway.identifier), ProcessCounts(nil), MachineCounts())
        let start = Moment.now
        let replies = try await generator.post(Array(requests[warmUp...]))
        let acknowledged = Moment.now
        try await untilDelivered(total)
        let delivered = Moment.now
        let (processAfter, benchAfter) = (ProcessCounts(gateway.identifier), ProcessCounts(nil))
        let machineAfter = MachineCounts()
        _ = try replies.map { try $0.eventNumbers() }
        let events = Double(load.events)
        return Timed(
            first: first, replies: replies, start: start, acknowledged: acknowledged,
            delivered: delivered, cpu: (processAfter.cpu - process.cpu) / events,
            benchCPU: (benchAfter.cpu - bench.cpu) / events,
            written: (processAfter.written - process.written) / events / 1024,
            kept: Double(try store.bytes() - keptBefore) / events / 1024,
            steal: machineAfter.steal(since: machine), idle: machineAfter.idle(since: machine),
            syncs: syncs, memory: ProcessMemory(gateway.identifier),
            endToEnd: try endToEnd(replies, first: first), intake: intake)
    }

    private func reports(_ count: Int) throws -> [[UInt8]] {
        try Requests(tokenFile: site.aandachtsfunctionaris)
            .requests((1...count).map { BenchEvent.report($0) }, perRequest: load.perRequest)
    }

    /// Brings in the registrations, and makes the confirmations that set them going.
    private func confirmations(
        _ count: Int, _ generator: LoadGenerator, _ gateway: GatewayProcess
    ) async throws -> ([[UInt8]], Measurement.Intake) {
        let registrations = try Requests(tokenFile: site.systemToken)
            .requests((1...count).map { BenchEvent.registration($0) }, perRequest: load.perRequest)
        let (kept, cpu) = (try store.bytes(), ProcessCounts(gateway.identifier).cpu)
        let start = Moment.now
        let replies = try await generator.post(registrations)
        let seconds = Moment.now.since(start)
        let intake = Measurement.Intake(
            acknowledgedPerSecond: Double(count) / seconds,
            acknowledgement: Percentiles(milliseconds: replies.map(\.milliseconds)),
            cpuMilliseconds: (ProcessCounts(gateway.identifier).cpu - cpu) / Double(count),
            keptKilobytes: Double(try store.bytes() - kept) / Double(count) / 1024)
        // In a store that holds nothing else, a delivery has the number of its event.
        let deliveries = try replies.flatMap { try $0.eventNumbers() }
        guard deliveries.count == count, try store.oddDeliveries() == 0 else {
            throw BenchFailure(description: "not every registration waits for a confirmation")
        }
        let confirmations = zip(1..., deliveries).map { BenchEvent.confirmation($0, of: $1) }
        let requests = try Requests(tokenFile: site.meldingsbevoegde)
            .requests(confirmations, perRequest: load.perRequest)
        return (requests, intake)
    }

    /// The counterpart has them all, and the store says so.
    private func untilDelivered(_ count: Int) async throws {
        if load.isMail {
            try await site.relay.waitForMessages(count, timeout: .seconds(120))
        } else {
            try await site.index.waitForRequests(count, timeout: .seconds(120))
        }
        let giveUp = Moment.now.nanoseconds + 20_000_000_000
        while try store.delivered() < count {
            guard Moment.now.nanoseconds < giveUp else {
                throw BenchFailure(description: "the store says \(try store.delivered()) of \(count) were delivered")
            }
            usleep(1_000)
        }
    }

    private func endToEnd(_ replies: [Reply], first: Int64) throws -> Percentiles {
        if load.isMail { return Percentiles(milliseconds: try store.milliseconds(from: first)) }
        let arrived = arrivals.byNumber
        let times = (0..<load.events).compactMap { index in
            arrived[load.warmUp + index + 1].map { $0.since(replies[index / load.perRequest].sentAt) * 1000 }
        }
        guard times.count == load.events else { throw BenchFailure(description: "an event never arrived") }
        return Percentiles(milliseconds: times)
    }

    private func measurement(_ timed: Timed, _ bare: BareLoop) -> Measurement {
        Measurement(
            name: load.name, way: load.way, senders: load.senders, perRequest: load.perRequest, events: load.events,
            acknowledgedPerSecond: Double(load.events) / timed.acknowledged.since(timed.start),
            deliveredPerSecond: Double(load.events) / timed.delivered.since(timed.start),
            acknowledgement: Percentiles(milliseconds: timed.replies.map(\.milliseconds)), endToEnd: timed.endToEnd,
            cpuMilliseconds: timed.cpu, benchCPUMilliseconds: timed.benchCPU, idle: timed.idle, steal: timed.steal,
            writtenKilobytes: timed.written, keptKilobytes: timed.kept,
            syncs: timed.syncs?.result().map { $0 / Double(load.warmUp + load.events) }, memory: timed.memory,
            repeatedAtCounterpart: arrivals.repeated, intake: timed.intake, bare: bare)
    }
}

extension BoardSite {
    /// Starts the gateway, its log in a file.
    func startGateway() async throws -> GatewayProcess {
        let log = "\(folder)/gateway.log"
        if !FileManager.default.fileExists(atPath: log) { try Data().write(to: URL(fileURLWithPath: log)) }
        let handle = FileHandle(forWritingAtPath: log)
        try handle?.seekToEnd()
        return try await GatewayProcess.start(cli, errors: handle)
    }
}

extension GatewayProcess {
    /// The port at which it listens.
    var port: Int {
        get throws {
            guard let port = address.split(separator: ":").last.flatMap({ Int($0) }) else {
                throw BenchFailure(description: "no port in \(address)")
            }
            return port
        }
    }
}
