// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Foundation
import Sandbox
import Transport

/// How a stand-in counterpart treats what arrives.
enum Mood: Sendable {
    case accepts
    /// Refuses for good, in one of the ways that its channel knows.
    case refuses(variant: Int)
    /// Asks to come back; where the channel can say so, after these seconds.
    case isBusy(variant: Int, seconds: Int)
    /// Reads everything, then cuts the connection.
    case hangsUp
    /// Reads everything and never answers.
    case staysSilent
    /// Never answers the first message, and accepts the others.
    case staysSilentOnce
}

/// A message as a counterpart received it, apart: what intermediaries see, and the content.
struct Arrival: Sendable {
    /// Places outside the content, each with what stands there.
    let openPlaces: [(place: String, text: String)]
    let content: [UInt8]
    let raw: [UInt8]
    /// What must be the same over every attempt.
    let identity: [UInt8]
}

/// A counterpart with a transport to it.
protocol Stage: Sendable {
    /// How many ways its counterpart has to refuse, and to be busy.
    var refusals: Int { get }
    var delays: Int { get }
    /// Whether its counterpart can say after how many seconds to come back.
    var tellsDelay: Bool { get }

    func transport(total: Duration) throws -> any OutboundTransport
    func set(_ mood: Mood)
    /// What it read to the end, answered or not.
    var arrivals: [Arrival] { get }
    /// What a client said besides its messages.
    var conversation: [String] { get }
    var connections: Int { get }
    func wait(for count: Int) async throws
    func goDown() async
    func finish() async
}

/// The certificates of all suites of this user; made once.
enum SuiteCertificates {
    static func prepare() throws -> Certificates {
        try CertificateWorkshop.prepare(
            in: FileManager.default.temporaryDirectory.path + "/meldpoort-suite-\(getuid())")
    }
}

/// The longest that a check waits for something to arrive.
let suitePatience = Duration.seconds(20)

/// An HTTPS counterpart that demands a client certificate.
final class IndexStage: Stage {
    let refusals = 4
    let delays = 2
    let tellsDelay = true
    let index: IndexCounterpart
    private let certificates: Certificates
    private let engine = CurlEngine()
    private let accepting: @Sendable (RecordedRequest) -> IndexAnswer

    init(accepting: @escaping @Sendable (RecordedRequest) -> IndexAnswer) async throws {
        certificates = try SuiteCertificates.prepare()
        self.accepting = accepting
        index = IndexCounterpart(security: .mutual(certificates.server, clientCA: certificates.ca))
        try await index.start()
        set(.accepts)
    }

    func transport(total: Duration) throws -> any OutboundTransport {
        var endpoint = HTTPEndpoint(baseURL: index.baseURL + "/kanaal")
        endpoint.trust = .authorities(file: certificates.ca)
        endpoint.identity = .pem(
            certificateFile: certificates.client.certificate, keyFile: certificates.client.key, password: nil)
        endpoint.totalTimeout = total
        endpoint.maximumAnswerBytes = 100_000
        return try HTTPTransport(endpoint, engine: engine)
    }

    func set(_ mood: Mood) {
        let accepting = accepting
        index.behaviour =
            switch mood {
            case .accepts: .byRequest { request, _ in accepting(request) }
            case .refuses(let variant): .always(.json([400, 403, 404, 422][variant], "{}"))
            case .isBusy(let variant, let seconds): .always(.retryAfter([429, 503][variant], seconds: seconds))
            case .hangsUp: .always(.hangUpAfterRequest)
            case .staysSilent: .always(.never)
            case .staysSilentOnce: .byRequest { request, turn in turn == 1 ? .never : accepting(request) }
            }
    }

    var arrivals: [Arrival] {
        index.requests.map { request in
            Arrival(
                openPlaces: [("request line", request.requestLine)]
                    + request.headers.map { ("header \($0.name)", "\($0.name): \($0.value)") },
                content: request.body, raw: request.raw, identity: request.raw)
        }
    }

    var conversation: [String] { [] }
    var connections: Int { index.connections }
    func wait(for count: Int) async throws { try await index.waitForRequests(count, timeout: suitePatience) }
    func goDown() async { await index.stop() }

    func finish() async {
        await engine.shutdown(grace: .zero)
        await index.stop()
    }
}

/// A mail relay with STARTTLS and AUTH.
final class RelayStage: Stage {
    let refusals = 2
    let delays = 2
    let tellsDelay = false
    let relay: RelayCounterpart
    private let certificates: Certificates
    private let engine = CurlEngine()

    init() async throws {
        certificates = try SuiteCertificates.prepare()
        relay = RelayCounterpart(identity: certificates.server)
        try await relay.start()
    }

    func transport(total: Duration) throws -> any OutboundTransport {
        let credentials = relay.rules.credentials
        var configuration = SMTPRelay(
            host: "127.0.0.1", port: relay.port, username: credentials.user, password: Secret(credentials.password),
            sender: "meldpoort@voorbeeldbestuur.example")
        configuration.trust = .authorities(file: certificates.ca)
        configuration.totalTimeout = total
        return try SMTPTransport(configuration, engine: engine)
    }

    func set(_ mood: Mood) {
        var rules = RelayRules()
        switch mood {
        case .accepts: break
        case .refuses(let variant): rules.failAt = [[.message, .recipient][variant]: .reply("550 5.7.1 Refused")]
        case .isBusy(let variant, _): rules.failAt = [[.message, .recipient][variant]: .reply("451 4.3.0 Later")]
        case .hangsUp: rules.failAt = [.message: .drop]
        case .staysSilent: rules.failAt = [.message: .hang]
        case .staysSilentOnce: rules.failAt = [.message: RelayFailure(.hang, times: 1)]
        }
        relay.rules = rules
    }

    var arrivals: [Arrival] {
        (relay.messages + relay.unacceptedMessages).sorted { $0.receivedAt < $1.receivedAt }.map(Self.arrival)
    }

    private static func arrival(_ mail: ReceivedMail) -> Arrival {
        let parsed = mail.parsed
        var open = [("envelope", ([mail.from] + mail.recipients).joined(separator: " ")), ("text", parsed.text)]
        for header in parsed.headers + parsed.parts.flatMap(\.headers) {
            open.append(("header \(header.name)", "\(header.name): \(header.value)"))
        }
        open += parsed.attachments.map { ("file name", $0.fileName ?? "") }
        let content = parsed.attachments.flatMap(\.bytes)
        let identity = [parsed.header("Message-ID") ?? "", parsed.subject, parsed.text].joined(separator: "\n")
        return Arrival(openPlaces: open, content: content, raw: mail.raw, identity: Array(identity.utf8) + content)
    }

    var conversation: [String] {
        relay.transcripts.flatMap { $0.commands + [String(decoding: $0.beforeTLS, as: UTF8.self)] }
    }

    var connections: Int { relay.connections }

    /// A message counts when it was read to the end, whatever the relay then does with it.
    func wait(for count: Int) async throws {
        let accepted = relay.messages.count
        if accepted < count { try await relay.waitForUnacceptedMessages(count - accepted, timeout: suitePatience) }
    }

    func goDown() async { await relay.stop() }

    func finish() async {
        await engine.shutdown(grace: .zero)
        await relay.stop()
    }
}
