// SPDX-License-Identifier: EUPL-1.2
import Synchronization

/// What the stand-in verwijsindex needs to know of a request.
struct IndexEnquiry {
    let method: String
    let target: String
    let key: String?
    let isXML: Bool
    /// Tells two bodies apart, within one run.
    let fingerprint: Int
}

/// The memory of a stand-in verwijsindex: which signals stand in it.
///
/// `POST <base>/signalen` registers (201 and a number; the same `Idempotency-Key` again: 200 and the same number, with
/// another body: 422). `DELETE <base>/signalen/<number>` withdraws (204), `POST <base>/signalen/<number>/intrekking`
/// too (200), and `POST <base>/intrekkingen` withdraws whatever its body says (200). Anything else is 404. A request
/// with an XML content type is answered with a SOAP envelope.
public final class IndexBook: Sendable {
    private struct State {
        var count = 0
        var byKey: [String: (id: String, fingerprint: Int)] = [:]
        var withdrawn: Set<String> = []
        var withdrawals = 0
    }

    private let basePath: String
    private let state = Mutex(State())

    /// An empty book; `basePath` is what stands before `/signalen`, such as `/v1`.
    public init(basePath: String = "") {
        self.basePath = basePath
    }

    /// How many different signals were registered.
    public var registered: Int { state.withLock { $0.count } }

    /// How many withdrawals were accepted, repeated ones included.
    public var withdrawals: Int { state.withLock { $0.withdrawals } }

    /// The answer to a recorded request, for a behaviour that wants the index only for some requests.
    public func answer(to request: RecordedRequest) -> IndexAnswer {
        answer(
            to: IndexEnquiry(
                method: request.method, target: request.target, key: request.header("Idempotency-Key"),
                isXML: request.header("Content-Type")?.contains("xml") ?? false, fingerprint: request.body.hashValue))
    }

    func answer(to enquiry: IndexEnquiry) -> IndexAnswer {
        guard enquiry.target.hasPrefix(basePath) else { return Self.notFound }
        let path = enquiry.target.utf8.dropFirst(basePath.utf8.count).prefix { $0 != 63 }
        let parts = path.split(separator: 47).map { String(decoding: $0, as: UTF8.self) }
        switch (enquiry.method, parts.count, parts.first, parts.last) {
        case ("POST", 1, "signalen", _): return register(enquiry)
        case ("POST", 1, "intrekkingen", _): return withdraw(nil, enquiry, status: 200)
        case ("DELETE", 2, "signalen", let id): return withdraw(id, enquiry, status: 204)
        case ("POST", 3, "signalen", "intrekking"): return withdraw(parts[1], enquiry, status: 200)
        default: return Self.notFound
        }
    }

    private func register(_ enquiry: IndexEnquiry) -> IndexAnswer {
        let outcome: (status: Int, id: String) = state.withLock { state in
            if let key = enquiry.key, let known = state.byKey[key] {
                return (known.fingerprint == enquiry.fingerprint ? 200 : 422, known.id)
            }
            state.count += 1
            let id = Self.number(state.count)
            if let key = enquiry.key { state.byKey[key] = (id, enquiry.fingerprint) }
            return (201, id)
        }
        if outcome.status == 422 {
            return Self.problem(422, "Deze Idempotency-Key hoort bij een ander bericht")
        }
        return Self.confirm(outcome.status, outcome.id, "geregistreerd", enquiry)
    }

    private func withdraw(_ id: String?, _ enquiry: IndexEnquiry, status: Int) -> IndexAnswer {
        let isKnown = state.withLock { state in
            if let id {
                guard let number = Int(id.dropFirst(4)), number >= 1, number <= state.count, Self.number(number) == id
                else { return false }
                state.withdrawn.insert(id)
            }
            state.withdrawals += 1
            return true
        }
        guard isKnown else { return Self.problem(404, "Dit signaal staat niet in de index") }
        if status == 204 { return .response(status: 204, headers: [], body: []) }
        return Self.confirm(status, id ?? "", "ingetrokken", enquiry)
    }

    private static func number(_ count: Int) -> String {
        let digits = String(count)
        return "IDX-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    private static func confirm(_ status: Int, _ id: String, _ state: String, _ enquiry: IndexEnquiry) -> IndexAnswer {
        guard enquiry.isXML else {
            let named = id.isEmpty ? "" : "\"signaalId\":\"\(id)\","
            return .json(status, "{\(named)\"status\":\"\(state)\"}")
        }
        let envelope = "http://schemas.xmlsoap.org/soap/envelope/"
        return .xml(
            status,
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <soap:Envelope xmlns:soap="\(envelope)"><soap:Body><signaalAntwoord>\
            <signaalId>\(id)</signaalId><status>\(state)</status></signaalAntwoord></soap:Body></soap:Envelope>
            """)
    }

    private static let notFound = problem(404, "Onbekend adres")

    private static func problem(_ status: Int, _ title: String) -> IndexAnswer {
        .response(
            status: status, headers: [.init("Content-Type", "application/problem+json")],
            body: Array("{\"title\":\"\(title)\",\"status\":\(status)}".utf8))
    }
}
