// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import CCurl
import Disclosures
public import Values

/// HTTPS to the one host of an endpoint.
public struct HTTPTransport: OutboundTransport {
    /// Seconds that a connection may have stood idle and still be used again. Servers close theirs after five or more: a request that
    /// crosses such a close ends as uncertain, and a person has to look at it. A new handshake is cheaper.
    private static let longestIdleSeconds = 3

    private let engine: CurlEngine
    private let base: BaseURL
    private let fixedHeaders: [HTTPEndpoint.FixedHeader]
    private let maximumAnswerBytes: Int
    private let lane: Lane
    private let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - now: The clock, for a `Retry-After` that comes as a date.
    /// - Throws: `EndpointProblems` when the settings are not usable. Files are opened only when a connection is made.
    public init(
        _ endpoint: HTTPEndpoint, engine: CurlEngine, now: @escaping @Sendable () -> Timestamp = SystemTime.now
    ) throws(EndpointProblems) {
        let problems = endpoint.settingProblems
        guard problems.isEmpty, let base = try? BaseURL(endpoint.baseURL) else { throw EndpointProblems(problems) }
        self.engine = engine
        self.base = base
        self.now = now
        fixedHeaders = endpoint.headers
        maximumAnswerBytes = endpoint.maximumAnswerBytes
        lane = Lane(limit: endpoint.maximumConnections) { Self.setUp($0, for: endpoint, isEncrypted: base.isEncrypted) }
    }

    public func send(_ request: HTTPRequest) async -> Exchange<HTTPResponse> {
        guard let plan = plan(for: request) else { return .notSent(OutcomeReason(.notSent)) }
        return HTTPVerdict.exchange(await engine.request(plan, in: lane), now: now())
    }

    /// This counterpart takes no mail.
    public func send(_ mail: MailMessage) async -> Exchange<MailReceipt> {
        .notSent(OutcomeReason(.notSent))
    }

    public func probe() async -> ProbeResult {
        let purpose = TransferPlan.Purpose.probeConnection(awaitsVerdict: base.isEncrypted)
        let end = await engine.request(TransferPlan(purpose: purpose, url: base.url("/")), in: lane)
        guard end.code == CURLE_OK, end.stop == nil else {
            return .failed(OutcomeReason(HTTPVerdict.labelBeforeSending(end)))
        }
        return .reachable
    }

    private func plan(for request: HTTPRequest) -> TransferPlan? {
        guard RequestRules.accepts(path: request.path), let headers = headerLines(request) else { return nil }
        return TransferPlan(
            purpose: .request(method: request.method.rawValue), url: base.url(request.path), headers: headers,
            body: request.body, maximumAnswerBytes: maximumAnswerBytes)
    }

    /// All headers in libcurl's notation, or nothing when one of them is not allowed.
    private func headerLines(_ request: HTTPRequest) -> [String]? {
        // An empty line here takes libcurl's own header away: no waiting for 100-continue, no guessed content type.
        var lines = ["Expect:"]
        var seen: Set<String> = []
        for header in fixedHeaders {
            seen.insert(header.name.lowercased())
            header.value.exposed { lines.append(Self.line(header.name, $0)) }
        }
        for header in request.headers {
            guard RequestRules.accepts(header: header.name, value: header.value),
                seen.insert(header.name.lowercased()).inserted
            else { return nil }
            lines.append(Self.line(header.name, header.value))
        }
        if !seen.contains("content-type") { lines.append("Content-Type:") }
        return lines
    }

    private static func line(_ name: String, _ value: String) -> String {
        value.utf8.allSatisfy { $0 == UInt8(ascii: " ") } ? "\(name);" : "\(name): \(value)"
    }

    private static func setUp(_ handle: EasyHandle, for endpoint: HTTPEndpoint, isEncrypted: Bool) {
        handle.setUpSafely(
            protocols: isEncrypted ? "https" : "http", trust: endpoint.trust, connect: endpoint.connectTimeout,
            total: endpoint.totalTimeout)
        if let identity = endpoint.identity { handle.setUp(identity: identity) }
        handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        handle.set(CURLOPT_HTTP09_ALLOWED, 0)
        handle.set(CURLOPT_USERAGENT, "Meldpoort")
        handle.set(CURLOPT_PATH_AS_IS, 1)
        handle.set(CURLOPT_MAXAGE_CONN, Self.longestIdleSeconds)
    }
}
