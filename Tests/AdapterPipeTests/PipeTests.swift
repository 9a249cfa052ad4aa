// SPDX-License-Identifier: EUPL-1.2
import AdapterPipe
import AdapterSDK
import AdapterTesting
import Disclosures
import Foundation
import Synchronization
import Testing
import Values

/// An adapter in a process of its own: what crosses, what does not, and what remains of a delivery when the process is gone.
@Suite(.serialized) struct PipeTests {
    private static let recipient = Recipient(id: "proef", kind: .hulpverlener, name: "Proef", channel: .api)

    /// - Parameter behaviour: What the whole program does instead of serving.
    private static func adapter(
        _ behaviour: String = "serve", _ settings: AdapterSettings = AdapterSettings(values: [:], channel: "api")
    ) throws -> PipedAdapter<Served> {
        let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let program = folder.appendingPathComponent("careless-child").path
        try #require(FileManager.default.isExecutableFile(atPath: program), "build the product careless-child")
        return try PipedAdapter<Served>(
            settings: settings, program: AdapterProgram(path: program, arguments: [behaviour]))
    }

    private static func disclosure(_ what: String, _ kind: MessageKind = .verstrekking) -> Disclosure {
        SampleMessage(kind, to: recipient).disclosure.replacing(content: [
            "doe": .string(what), "inhoud": "é\u{1F600}\\",
        ])
    }

    // MARK: What crosses

    @Test func `requests and answers cross with every byte`() async throws {
        let transport = ScriptedTransport(.answered(HTTPResponse(status: 201, body: (0...255).map { UInt8($0) })))
        let disclosure = Self.disclosure("send")
        let outcome = await (try Self.adapter()).deliver(disclosure, over: transport)
        #expect(outcome == .accepted(Receipt(reference: "201 256")))
        #expect(transport.requests.map(\.body) == [disclosure.content.canonicalBytes])
    }

    @Test func `texts, probes, pupils and concerns cross, and so do their problems`() async throws {
        let adapter = try Self.adapter()
        let shown = try adapter.handover(Self.disclosure("x"))
        #expect(shown.sections.first?.lines.first?.value.contains("é\u{1F600}") == true)
        #expect(throws: HandoverImpossible(message: .kennisgeving)) {
            try adapter.handover(Self.disclosure("x", .kennisgeving))
        }
        let transport = ScriptedTransport(.notSent(OutcomeReason(.connectionRefused)))
        #expect(await adapter.probe(over: transport) == .reachable)
        let query = PupilQuery(school: "99XX", pupil: .number("40009999"), fields: [.postcode])
        let record = PupilRecord(values: [.achternaam: "Testkind"], withheld: [.postcode])
        #expect(await adapter.find(query, over: transport) == .found([record]))
        #expect(try adapter.concerns(in: [1, 2, 3]).map(\.rowID) == ["3"])
        #expect(throws: ConcernFileProblems([.init(line: 1, column: "datum", message: "leeg")])) {
            try adapter.concerns(in: [])
        }
    }

    @Test func `problems of settings keep their paths`() throws {
        let settings = AdapterSettings(values: ["bad": true], channel: "api")
        let problem = SettingProblems.Problem(path: ["lijst", "1", "naam"], message: "te lang", suggestion: "kort")
        #expect(throws: SettingProblems([problem])) { try Self.adapter("serve", settings) }
    }

    @Test func `a secret crosses and never prints`() async throws {
        let settings = AdapterSettings(values: [:], channel: "api", secrets: [["sleutel"]: Secret("heel-geheim")])
        let outcome = await (try Self.adapter("serve", settings)).deliver(
            Self.disclosure("secret"), over: ScriptedTransport(.notSent(OutcomeReason(.notSent))))
        guard case .accepted(let receipt) = outcome, let seen = receipt.reference else {
            Issue.record("\(outcome)")
            return
        }
        #expect(seen.hasPrefix("heel-geheim [") && seen.contains("(secret)"))
        #expect(!seen.dropFirst("heel-geheim".count).contains("heel-geheim"))
    }

    @Test func `many calls are under way at once`() async throws {
        let adapter = try Self.adapter()
        let transport = MeetingTransport(guests: 40)
        await withTaskGroup(of: Outcome.self) { group in
            for _ in 0..<40 { group.addTask { await adapter.deliver(Self.disclosure("send"), over: transport) } }
            for await outcome in group { #expect(outcome == .accepted(Receipt(reference: "200 0"))) }
        }
    }

    // MARK: What does not cross

    @Test func `the process has no environment, no files and no folder of ours`() async throws {
        let secretFile = open("/etc/hostname", O_RDONLY)
        defer { close(secretFile) }
        let outcome = await (try Self.adapter()).deliver(
            Self.disclosure("surroundings"), over: ScriptedTransport(.notSent(OutcomeReason(.notSent))))
        // Nothing but its end of the pipe.
        #expect(outcome == .accepted(Receipt(reference: #"["SWIFT_BACKTRACE"] ["socket"] /"#)))
    }

    @Test func `what an adapter prints goes nowhere`() async throws {
        let transport = ScriptedTransport(.answered(HTTPResponse(status: 200, body: [])))
        #expect(
            await (try Self.adapter()).deliver(Self.disclosure("print"), over: transport)
                == .accepted(Receipt(reference: "200 0")))
    }

    // MARK: When it goes wrong

    private static let crashes: [(what: String, exchange: Exchange<HTTPResponse>, mayHaveLeft: Bool)] = [
        ("crash", .answered(HTTPResponse(status: 200, body: [])), false),
        ("crash after look-up", .answered(HTTPResponse(status: 200, body: [])), false),
        ("crash after sending", .answered(HTTPResponse(status: 200, body: [])), true),
        ("crash after sending", .uncertain(OutcomeReason(.answerTimeout)), true),
        ("crash after sending", .notSent(OutcomeReason(.connectionRefused)), false),
        ("garbage", .answered(HTTPResponse(status: 200, body: [])), false),
        ("garbage after sending", .answered(HTTPResponse(status: 200, body: [])), true),
    ]

    @Test(arguments: crashes.indices)
    func `a crash is unknown only when something may have left`(_ index: Int) async throws {
        let (what, exchange, mayHaveLeft) = Self.crashes[index]
        let adapter = try Self.adapter()
        let crashed = OutcomeReason(.adapterCrashed)
        let outcome = await adapter.deliver(Self.disclosure(what), over: ScriptedTransport(exchange))
        #expect(outcome == (mayHaveLeft ? .unknown(crashed) : .retry(afterSeconds: nil, crashed)), "\(what)")
        // The next call has a new process.
        let sound = ScriptedTransport(.answered(HTTPResponse(status: 200, body: [])))
        #expect(await adapter.deliver(Self.disclosure("send"), over: sound) == .accepted(Receipt(reference: "200 0")))
    }

    @Test(arguments: [true, false])
    func `what is on its way when the process dies decides`(_ mayHaveLeft: Bool) async throws {
        let (cancelled, crashed) = (OutcomeReason(.cancelled), OutcomeReason(.adapterCrashed))
        let transport = HeldTransport(mayHaveLeft ? .uncertain(cancelled) : .notSent(cancelled))
        let outcome = await (try Self.adapter()).deliver(Self.disclosure("crash while sending"), over: transport)
        #expect(outcome == (mayHaveLeft ? .unknown(crashed) : .retry(afterSeconds: nil, crashed)))
    }

    @Test func `a crash takes only its own process's calls along`() async throws {
        let (one, other) = (try Self.adapter(), try Self.adapter())
        let transport = MeetingTransport(guests: 2)
        async let waiting = other.deliver(Self.disclosure("send"), over: transport)
        let crash = await one.deliver(
            Self.disclosure("crash"), over: ScriptedTransport(.notSent(OutcomeReason(.notSent))))
        #expect(crash == .retry(afterSeconds: nil, OutcomeReason(.adapterCrashed)))
        _ = await transport.send(HTTPRequest(method: .get, path: "/", headers: [], body: []))
        #expect(await waiting == .accepted(Receipt(reference: "200 0")))
    }

    @Test(arguments: ["garbage", "huge", "end"])
    func `a program that is no adapter is refused`(_ behaviour: String) throws {
        let failure = #expect(throws: SettingProblems.self) { try Self.adapter(behaviour) }
        #expect(failure?.problems.first?.path == [])
    }

    @Test func `a cancelled delivery ends, also when the adapter does not listen`() async throws {
        let adapter = try Self.adapter()
        for what in ["never", "deaf"] {
            let transport = ScriptedTransport(.answered(HTTPResponse(status: 200, body: [])))
            let delivery = Task { await adapter.deliver(Self.disclosure(what), over: transport) }
            // The process has the call: it answers calls in the order in which they come.
            _ = await adapter.probe(over: transport)
            delivery.cancel()
            let outcome = await delivery.value
            // Cancelled before it asked anything: nothing is sent in its name any more.
            guard case .retry = outcome else {
                Issue.record("\(what): \(outcome)")
                continue
            }
            #expect(transport.requests.isEmpty)
        }
    }
}

/// The type behind the served adapter: only its name and kind of source count on this side of the pipe.
struct Served: PupilSource, ConcernSource {
    static let specification = AdapterSpecification(
        name: "careless-child", summary: "", recipientKinds: [], channels: [], messages: [], settings: [], sample: "")

    init(settings: AdapterSettings) throws(SettingProblems) {}

    func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        .rejected(OutcomeReason(.contentNotRepresentable))
    }

    func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        throw HandoverImpossible(message: disclosure.message)
    }

    func find(_ query: PupilQuery, over transport: any OutboundTransport) async -> PupilAnswer { .tooMany }
    func concerns(in file: [UInt8]) throws(ConcernFileProblems) -> [ExportedConcern] { [] }
}

/// Answers nobody until all have come.
private final class MeetingTransport: OutboundTransport {
    private let guests: Int
    private let waiting = Mutex<[CheckedContinuation<Void, Never>]>([])

    init(guests: Int) {
        self.guests = guests
    }

    func send(_ request: HTTPRequest) async -> Exchange<HTTPResponse> {
        await withCheckedContinuation { continuation in
            let all = waiting.withLock { waiting in
                waiting.append(continuation)
                return waiting.count == guests ? waiting : []
            }
            for one in all { one.resume() }
        }
        return .answered(HTTPResponse(status: 200, body: []))
    }

    func send(_ mail: MailMessage) async -> Exchange<MailReceipt> { .notSent(OutcomeReason(.notSent)) }
    func probe() async -> ProbeResult { .reachable }
}

/// Holds a request until it is cancelled, and a probe until there is a request.
private final class HeldTransport: OutboundTransport {
    private let end: Exchange<HTTPResponse>
    private let hasRequest = AsyncStream<Void>.makeStream()

    init(_ end: Exchange<HTTPResponse>) {
        self.end = end
    }

    func send(_ request: HTTPRequest) async -> Exchange<HTTPResponse> {
        hasRequest.continuation.finish()
        try? await Task.sleep(for: .seconds(3600))
        return end
    }

    func send(_ mail: MailMessage) async -> Exchange<MailReceipt> { .notSent(OutcomeReason(.notSent)) }

    func probe() async -> ProbeResult {
        for await _ in hasRequest.stream {}
        return .reachable
    }
}
