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
    private let pace: Pace
    private let tokens: TokenSource?
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
        pace = engine.paces.pace(for: base, requestsPerMinute: endpoint.requestsPerMinute)
        tokens = if let client = endpoint.oauth { try TokenSource(client, engine: engine) } else { nil }
        lane = Lane(limit: endpoint.maximumConnections) { Self.setUp($0, for: endpoint, isEncrypted: base.isEncrypted) }
    }

    public func send(_ request: HTTPRequest) async -> Exchange<HTTPResponse> {
        guard let plan = plan(for: request) else { return .notSent(OutcomeReason(.notSent)) }
        guard let tokens else { return await exchange(plan) }
        do throws(TokenFailure) {
            return try await exchange(plan, with: tokens)
        } catch {
            return .notSent(error.reason)
        }
    }

    /// With a token that was kept. A counterpart that answers 401 to it has taken nothing: the token may have been withdrawn, so
    /// the request goes once more with a new one.
    private func exchange(_ plan: TransferPlan, with tokens: TokenSource) async throws(TokenFailure)
        -> Exchange<HTTPResponse>
    {
        let first = try await tokens.grant()
        let answer = await exchange(plan.carrying(first.token))
        guard case .answered(let response) = answer, response.status == 401 else { return answer }
        await tokens.forget(first.token)
        guard !first.isFresh else { return answer }
        let second = try await tokens.grant()
        let last = await exchange(plan.carrying(second.token))
        if case .answered(let response) = last, response.status == 401 { await tokens.forget(second.token) }
        return last
    }

    /// When it is its turn. Waiting for that ends when the task is cancelled.
    private func exchange(_ plan: TransferPlan) async -> Exchange<HTTPResponse> {
        var turn = pace.take()
        if case .at(let moment) = turn {
            guard (try? await Task.sleep(until: moment, clock: .continuous)) != nil else {
                return .notSent(OutcomeReason(.cancelled))
            }
            turn = pace.rest() ?? .now
        }
        if case .closed(let seconds, let status) = turn {
            return .answered(HTTPResponse(status: status, body: [], retryAfterSeconds: seconds))
        }
        let answer = HTTPVerdict.exchange(await engine.request(plan, in: lane), now: now())
        if case .answered(let response) = answer, [429, 503].contains(response.status),
            let seconds = response.retryAfterSeconds
        {
            pace.close(seconds: seconds, status: response.status)
        }
        return answer
    }

    /// This counterpart takes no mail.
    public func send(_ mail: MailMessage) async -> Exchange<MailReceipt> {
        .notSent(OutcomeReason(.notSent))
    }

    /// With OAuth, it fetches a token too.
    public func probe() async -> ProbeResult {
        let purpose = TransferPlan.Purpose.probeConnection(awaitsVerdict: base.isEncrypted)
        let end = await engine.request(TransferPlan(purpose: purpose, url: base.url("/")), in: lane)
        guard end.code == CURLE_OK, end.stop == nil else {
            return .failed(OutcomeReason(HTTPVerdict.labelBeforeSending(end)))
        }
        do throws(TokenFailure) {
            _ = try await tokens?.grant()
        } catch {
            return .failed(error.reason)
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
        var seen: Set<String> = tokens == nil ? [] : ["authorization"]
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
