// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import Disclosures
import Values

// What the answers of all registers have in common.
extension OutboundTransport {
    /// The answer to a question, when it is one.
    /// - Parameter statuses: Those that count as an answer.
    func answer(
        to request: HTTPRequest, with statuses: Set<Int> = [200]
    ) async throws(ReadingFailure) -> HTTPResponse {
        switch await send(request) {
        case .notSent(let reason), .uncertain(let reason): throw ReadingFailure(reason)
        case .answered(let response):
            guard statuses.contains(response.status) else { throw ReadingFailure(Self.reason(response.status)) }
            return response
        }
    }

    private static func reason(_ status: Int) -> OutcomeReason {
        switch status {
        case 401, 403: OutcomeReason(.authenticationFailed, status: status)
        case 300...399: OutcomeReason(.redirectRefused, status: status)
        case 408, 429, 500...599: OutcomeReason(.busyCounterpart, status: status)
        case 400...499: OutcomeReason(.refusedByCounterpart, status: status)
        default: OutcomeReason(.answerNotUnderstood, status: status)
        }
    }

    /// The JSON in the answer to a question.
    func json(_ request: HTTPRequest) async throws(ReadingFailure) -> JSONValue {
        try await answer(to: request).json()
    }

    /// The one element in the body of a SOAP 1.1 answer.
    /// - Parameter answer: What it must be.
    func soap(
        _ envelope: SOAPEnvelope, path: String, action: String, answer name: XMLName, prefixes: [String: String] = [:]
    ) async throws(ReadingFailure) -> XMLElement {
        guard let body = try? envelope.bytes(prefixes: prefixes) else {
            throw ReadingFailure(.contentNotRepresentable)
        }
        let request = HTTPRequest(
            method: .post, path: path, headers: envelope.version.headers(action: action), body: body)
        // A fault comes with 500, and from some with 200.
        let response = try await answer(to: request, with: [200, 500])
        do throws(SOAPProblem) {
            let message = try SOAPEnvelope(response.body, envelope.version)
            guard response.status == 200, message.body.count == 1, let element = message.body.first,
                element.name == name
            else { throw SOAPProblem.notSOAP }
            return element
        } catch {
            throw Self.failure(error, status: response.status)
        }
    }

    private static func failure(_ problem: SOAPProblem, status: Int) -> ReadingFailure {
        switch problem {
        case .fault(let fault) where fault.side == .sender: ReadingFailure(.refusedByCounterpart, status: status)
        case .fault: ReadingFailure(.busyCounterpart, status: status)
        case .notSOAP where status == 500: ReadingFailure(.busyCounterpart, status: status)
        case .notSOAP: ReadingFailure(.answerNotUnderstood, status: status)
        }
    }
}

extension HTTPResponse {
    /// What the body holds, when it is sound JSON. How long it may be is the connection's matter.
    func json() throws(ReadingFailure) -> JSONValue {
        guard case .success(let value) = StrictJSON.read(body, limits: JSONLimits(maximumBytes: 64 << 20)) else {
            throw .notUnderstood
        }
        return value
    }
}

extension JSONValue {
    /// The text of a member that may be missing or null; whole numbers count as texts.
    func optionalText(_ key: String) throws(ReadingFailure) -> String? {
        switch self[key] {
        case nil, .null: return nil
        case .string(let text): return text
        case .number(let number):
            guard let whole = JSONValue.number(number).integer else { throw .notUnderstood }
            return String(whole)
        default: throw .notUnderstood
        }
    }
}
