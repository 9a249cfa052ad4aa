// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

/// The requests of one delivery to an intranet that speaks JSON over HTTPS, with what each answer means.
///
/// Asking changes nothing: what goes wrong there ends as `retry` or `rejected`. Telling may have been heard: when the answer does not
/// come or is not understood, it ends as `unknown`.
struct Dialogue: Sendable {
    let transport: any OutboundTransport
    /// Go with every request.
    let headers: [HTTPRequest.Header]

    /// Statuses that say that nothing was taken and it may be sent again.
    private static let busy: Set<Int> = [408, 409, 423, 425, 429, 503]
    private static let refused: Set<Int> = [400, 404, 405, 406, 410, 411, 412, 413, 414, 415, 422, 431, 501]

    // MARK: Asking

    /// What stands there.
    func ask(_ path: String) async throws(Ending) -> JSONValue {
        try Self.value(in: await answer(path))
    }

    /// What stands there; nil when the counterpart says, in one of these codes of its own, that there is nothing.
    func ask(_ path: String, unless codes: Set<String>) async throws(Ending) -> JSONValue? {
        let response = try await answer(path)
        if Self.isAbsent(response, codes) { return nil }
        return try Self.value(in: response)
    }

    /// The list that stands there, by itself or as a member of an object.
    func list(_ path: String, member: String? = nil) async throws(Ending) -> [JSONValue] {
        let answer = try await ask(path)
        guard let list = (member.map { answer[$0] } ?? answer)?.array else {
            throw Ending(.retry(afterSeconds: nil, OutcomeReason(.answerNotUnderstood, status: 200)))
        }
        return list
    }

    /// Asks, for a probe.
    func probe(_ path: String) async -> ProbeResult {
        do throws(Ending) {
            _ = try await ask(path)
            return .reachable
        } catch {
            switch error.outcome {
            case .rejected(let reason), .retry(_, let reason), .unknown(let reason): return .failed(reason)
            case .accepted: return .reachable
            }
        }
    }

    private func answer(_ path: String) async throws(Ending) -> HTTPResponse {
        switch await transport.send(HTTPRequest(method: .get, path: path, headers: headers, body: [])) {
        case .answered(let response): return response
        case .notSent(let reason), .uncertain(let reason): throw Ending(.retry(afterSeconds: nil, reason))
        }
    }

    private static func value(in response: HTTPResponse) throws(Ending) -> JSONValue {
        guard response.status == 200 else { throw ending(asking: response) }
        guard let value = document(response) else {
            throw Ending(.retry(afterSeconds: nil, OutcomeReason(.answerNotUnderstood, status: 200)))
        }
        return value
    }

    private static func ending(asking response: HTTPResponse) -> Ending {
        switch response.status {
        case 401, 403: .rejected(.authenticationFailed, response.status)
        case 300..<400: .rejected(.redirectRefused, response.status)
        case 400 where isForbidden(response): .rejected(.authenticationFailed, response.status)
        case 400..<500 where !busy.contains(response.status): .rejected(.refusedByCounterpart, response.status)
        default:
            Ending(
                .retry(
                    afterSeconds: response.retryAfterSeconds,
                    OutcomeReason(.busyCounterpart, status: response.status)))
        }
    }

    // MARK: Telling

    /// What changes something.
    struct Change {
        let method: HTTPRequest.Method
        let path: String
        var headers: [HTTPRequest.Header] = []
        var body: [UInt8] = []

        init(
            _ method: HTTPRequest.Method, _ path: String, headers: [HTTPRequest.Header] = [], body: [UInt8] = []
        ) {
            self.method = method
            self.path = path
            self.headers = headers
            self.body = body
        }

        init(_ method: HTTPRequest.Method, _ path: String, json: JSONValue) {
            self.init(
                method, path, headers: [.init("Content-Type", "application/json")], body: json.canonicalBytes)
        }
    }

    /// Carries it out, and takes from the answer what must be in it when it was.
    func tell<Told>(
        _ change: Change, accepting statuses: Set<Int> = [200, 201], reading: (JSONValue) -> Told?
    ) async throws(Ending) -> Told {
        let response = try await answer(change)
        guard statuses.contains(response.status) else { throw Self.ending(telling: response) }
        guard let value = Self.document(response).flatMap(reading) else {
            throw Ending(.unknown(OutcomeReason(.answerNotUnderstood, status: response.status)))
        }
        return value
    }

    /// Carries out what has no answer but its status. One of these codes says that there was nothing to do it to; that is well, too.
    func carryOut(
        _ change: Change, accepting statuses: Set<Int>, orNothingThere codes: Set<String> = []
    ) async throws(Ending) {
        let response = try await answer(change)
        guard statuses.contains(response.status) || Self.isAbsent(response, codes) else {
            throw Self.ending(telling: response)
        }
    }

    private func answer(_ change: Change) async throws(Ending) -> HTTPResponse {
        let request = HTTPRequest(
            method: change.method, path: change.path, headers: headers + change.headers, body: change.body)
        switch await transport.send(request) {
        case .answered(let response): return response
        case .notSent(let reason): throw Ending(.retry(afterSeconds: nil, reason))
        case .uncertain(let reason): throw Ending(.unknown(reason))
        }
    }

    private static func ending(telling response: HTTPResponse) -> Ending {
        let status = response.status
        if status == 401 || status == 403 { return .rejected(.authenticationFailed, status) }
        if busy.contains(status) {
            let reason = OutcomeReason(.busyCounterpart, status: status)
            return Ending(.retry(afterSeconds: response.retryAfterSeconds, reason))
        }
        // WordPress says with 500 that it did not take a file.
        let isRefusedFile = status == 500 && code(of: response)?.hasPrefix("rest_upload_") == true
        if refused.contains(status) || isRefusedFile { return .rejected(.refusedByCounterpart, status) }
        let label: OutcomeLabel = (300..<400).contains(status) ? .redirectRefused : .answerNotUnderstood
        return Ending(.unknown(OutcomeReason(label, status: status)))
    }

    // MARK: Reading

    private static func document(_ response: HTTPResponse) -> JSONValue? {
        try? StrictJSON.read(response.body).get()
    }

    /// The error code that WordPress (`code`) and Graph (`error.code`) put into an answer.
    private static func code(of response: HTTPResponse) -> String? {
        let body = document(response)
        return body?["code"]?.string ?? body?["error"]?["code"]?.string
    }

    /// WordPress lets nobody in without a word, and then refuses to look among drafts.
    private static func isForbidden(_ response: HTTPResponse) -> Bool {
        let details = document(response)?["data"]?["details"]
        return details?["status"]?["code"]?.string == "rest_forbidden_status"
    }

    private static func isAbsent(_ response: HTTPResponse, _ codes: Set<String>) -> Bool {
        (response.status == 404 || response.status == 410) && code(of: response).map(codes.contains) == true
    }
}
