// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import BoardConfiguration
import CaseEvents
import Delivery
import Foundation
import Gateway
import Ledger
import Logging
import ServiceLifecycle
import Synchronization
import Transport
import Values
import Web

/// A whole gateway with its HTTP door on a port of this machine, on a store in a folder of its own.
final class TestDoor: Sendable {
    let port: Int
    let store: SwitchStore
    let clock: TestClock
    let tokens: [Who: String]
    let log: LogLines
    let gateway: MeldpoortGateway
    let reasons = Mutex<[String]>([])

    /// Who calls.
    enum Who: Sendable, CaseIterable {
        /// Submits everything for school 01AB.
        case system
        /// May do the same, and submitted nothing.
        case otherSystem
        /// May only raise concerns.
        case narrowSystem
        /// Aandachtsfunctionaris and meldingsbevoegde of school 01AB.
        case responsible
        /// A teacher: no role that decides.
        case teacher
        case revoked
        /// Centrale contactpersoon, where the persons file has one.
        case central
        /// Aandachtsfunctionaris of school 02CD, where the persons file has one.
        case elsewhere

        var schools: [String] {
            switch self {
            case .central: ["01AB", "02CD"]
            case .elsewhere: ["02CD"]
            default: ["01AB"]
            }
        }
    }

    private init(
        port: Int, store: SwitchStore, clock: TestClock, tokens: [Who: String], log: LogLines, gateway: MeldpoortGateway
    ) {
        self.gateway = gateway
        self.port = port
        self.store = store
        self.clock = clock
        self.tokens = tokens
        self.log = log
    }

    /// Starts a door, runs `body` with it, and stops it again.
    static func open<Value: Sendable>(
        site: String = SampleSite.configuration, morePersons: String = "", postBoxes: [PostBox] = [],
        renderer: (any DocumentRenderer)? = nil,
        _ change: @Sendable (inout WebConfiguration, String) throws -> Void = { _, _ in },
        _ body: @Sendable (TestDoor) async throws -> Value
    ) async throws -> Value {
        let folder = NSTemporaryDirectory() + "meldpoort-web-\(UUID().uuidString)"
        try SampleSite.write(to: folder, site, morePersons: morePersons)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let clock = TestClock()
        let loaded = try ConfigurationLoader(adapters: [SampleAdapter.self], environment: [:], today: clock.today)
            .load("\(folder)/meldpoort.yaml")
        let keys = KeyRing(try MasterKey(file: "\(folder)/master.key"))
        let ledger = try SQLiteStore.open("\(folder)/meldpoort.db", ring: keys, clock: clock.now)
        let store = SwitchStore(ledger)
        let tokens = try await issueTokens(store, at: clock.now())
        let model = try GatewayModel(loaded.configuration, engine: CurlEngine())
        let log = LogLines()
        let gateway = MeldpoortGateway(
            model: model, store: store, keys: keys, mailer: nil, postBoxes: postBoxes,
            surroundings: clock.surroundings, logger: log.logger)

        var configuration = WebConfiguration()
        try change(&configuration, folder)
        let (ports, portFound) = AsyncStream<Int>.makeStream()
        let holder = Mutex<TestDoor?>(nil)
        let server = try MeldpoortServer(
            configuration: configuration, gateway: gateway,
            authenticator: Authenticator(store: store, now: clock.now), renderer: renderer,
            readiness: { holder.withLock { $0 }?.reasons.withLock { $0 } ?? [] }, logger: log.logger,
            onListening: { portFound.yield($0) })
        let group = ServiceGroup(services: [gateway, server], logger: log.logger)
        let running = Task { try await group.run() }
        var found = ports.makeAsyncIterator()
        guard let port = await found.next() else { throw WireError(reason: "no port") }
        let door = TestDoor(
            port: port, store: store, clock: clock, tokens: tokens, log: log, gateway: gateway)
        holder.withLock { $0 = door }
        let result: Result<Value, any Error>
        do { result = .success(try await body(door)) } catch { result = .failure(error) }
        await group.triggerGracefulShutdown()
        try await running.value
        holder.withLock { $0 = nil }
        await ledger.close()
        return try result.get()
    }

    private static func issueTokens(_ store: SwitchStore, at now: Timestamp) async throws -> [Who: String] {
        var change = Change()
        var tokens: [Who: String] = [:]
        for who in Who.allCases {
            let person: String? =
                switch who {
                case .responsible: "af-wilg"
                case .teacher: "leerkracht-wilg"
                case .central: "centraal"
                case .elsewhere: "af-els"
                default: nil
                }
            let types = who == .narrowSystem ? [EventType.zorgGesignaleerd] : EventType.allCases
            let (text, record) = Authenticator.issue(
                kind: person == nil ? .systeem : .persoon, personID: person, schools: who.schools,
                eventTypes: types.map(\.rawValue), label: "proef", at: now)
            change.newTokens.append(record)
            tokens[who] = text
            if who == .revoked { change.revokedTokens = [TokenRevocation(id: record.id, at: now)] }
        }
        _ = try await store.commit(change)
        return tokens
    }

    // MARK: - Asking

    func send(_ request: HTTPText) async throws -> Reply {
        let bytes = request.bytes
        let hasBody = request.method != "HEAD"
        return try await Wire.offPool { [port] in
            let wire = try Wire(port: port)
            wire.send(bytes)
            return try wire.reply(hasBody: hasBody)
        }
    }

    func bearer(_ who: Who?) -> [(String, String)] {
        who.flatMap { tokens[$0] }.map { [("Authorization", "Bearer \($0)")] } ?? []
    }

    func get(_ path: String, as who: Who? = .system, headers: [(String, String)] = []) async throws -> Reply {
        try await send(HTTPText(method: "GET", path: path, headers: bearer(who) + headers))
    }

    func post(
        _ path: String, _ body: JSONValue? = nil, as who: Who? = .system, type: String? = nil,
        headers: [(String, String)] = []
    ) async throws -> Reply {
        let kind = type ?? (body == nil ? nil : "application/json")
        return try await send(
            HTTPText(
                path: path, headers: bearer(who) + (kind.map { [("Content-Type", $0)] } ?? []) + headers,
                body: body?.canonicalBytes ?? []))
    }

    /// Submits one event in structured mode.
    func submit(_ event: JSONValue, as who: Who? = .system) async throws -> Reply {
        try await post("/v1/gebeurtenissen", event, as: who, type: "application/cloudevents+json")
    }
}

/// The machine's time, moved by the test.
final class TestClock: Sendable {
    private let offset = Mutex<Int>(0)

    /// How far somebody who waits makes the time leap.
    private let leapEnd = Mutex<Timestamp?>(nil)

    func advance(seconds: Int) { offset.withLock { $0 += seconds } }

    /// From now on the time for which somebody waits comes at once, up to a time.
    func leap(upTo end: Timestamp = .latest) { leapEnd.withLock { $0 = end } }

    private func sleep(until time: Timestamp) async {
        guard leapEnd.withLock({ end in end.map { time <= $0 } ?? false }) else {
            try? await Task.sleep(for: .seconds(3_600))
            return
        }
        offset.withLock { offset in
            let missing = time.millisecondsSince(Surroundings.system.now().adding(seconds: offset))
            if missing > 0 { offset += Int(missing / 1_000) + 1 }
        }
    }

    var now: @Sendable () -> Timestamp {
        { Surroundings.system.now().adding(seconds: self.offset.withLock { $0 }) }
    }

    var today: CalendarDate { now().calendarDateInAmsterdam }

    var surroundings: Surroundings {
        Surroundings(
            now: now, sleepUntil: { await self.sleep(until: $0) }, jitter: { 0.5 })
    }
}

/// Everything that was logged.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    /// The line of each request.
    var requests: [String] { all.filter { $0.contains("verzoek") } }

    var logger: Logger {
        Logger(label: "proef") { _ in Handler(lines: self) }
    }

    private struct Handler: LogHandler {
        let lines: LogLines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let own = metadata.merging(event.metadata ?? [:]) { $1 }
            let text = own.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
            lines.lines.withLock { $0.append("\(event.level) \(event.message) \(text)") }
        }
    }
}
