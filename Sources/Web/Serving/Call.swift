// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import CaseEvents
import Gateway
import HTTPTypes
import HummingbirdCore
import NIOCore
import Values

/// What every route works with.
struct WebServices: Sendable {
    let gateway: MeldpoortGateway
    let configuration: WebConfiguration
    /// Why the gateway cannot do its work now; empty when it can.
    let readiness: @Sendable () async -> [String]
    let documents: Documents
    /// Makes PDFs of released texts; nil when nothing can.
    let renderer: (any DocumentRenderer)?
}

/// One request on its way through a route.
struct Call: Sendable {
    let request: Request
    /// What stands in the address where the route has `{…}`.
    let parameters: [String]
    let query: Query
    let services: WebServices

    /// What stands at the first of them.
    var parameter: String { parameters.first ?? "" }

    var headers: HTTPFields { request.headers }

    var limits: JSONLimits { JSONLimits(maximumBytes: services.configuration.maximumBodyBytes) }

    /// The number in the address. What is no number is the number of nothing.
    func number() throws(Problem) -> Int64 {
        guard let number = Digits.number(parameter) else { throw .notFound }
        return number
    }

    /// The number at the second changing part.
    func secondNumber() throws(Problem) -> Int64 {
        guard parameters.count > 1, let number = Digits.number(parameters[1]) else { throw .notFound }
        return number
    }

    /// The address of a thing of the API, as answers give it.
    func url(_ path: String) -> String {
        (services.configuration.publicURL ?? "") + path
    }

    /// The whole body. Too large is found before anything is parsed, and as soon as it can be known.
    func body() async throws(Problem) -> [UInt8] {
        let limit = services.configuration.maximumBodyBytes
        let coding = headers[.contentEncoding] ?? "identity"
        guard coding.lowercased() == "identity" else {
            throw Problem(.verkeerdeInhoudssoort, "Een samengeperst bericht (Content-Encoding) wordt niet gelezen.")
        }
        let announced = headers[.contentLength].flatMap { Int($0) }
        guard announced ?? 0 <= limit else { throw .tooLarge(limit) }
        let bytes = try await collect(upTo: limit)
        // A connection that breaks ends the body as well: what is shorter than announced is never taken for whole.
        guard announced.map({ $0 == bytes.count }) ?? true else { throw Self.brokenOff }
        return bytes
    }

    private func collect(upTo limit: Int) async throws(Problem) -> [UInt8] {
        var bytes: [UInt8] = []
        var isTooLarge = false
        do {
            for try await part in request.body {
                isTooLarge = bytes.count + part.readableBytes > limit
                if isTooLarge { break }
                if bytes.isEmpty { bytes = Array(part.readableBytesView) } else { bytes += part.readableBytesView }
            }
        } catch {
            throw Self.brokenOff
        }
        if isTooLarge { throw .tooLarge(limit) }
        return bytes
    }

    /// A small JSON body that fits the form.
    func read(_ form: Form) async throws(Problem) -> [String: JSONValue] {
        let type = headers[.contentType]
        if let type {
            guard let media = MediaType(type), media.essence == "application/json", media.isJSON else {
                throw Self.wantsJSON
            }
        }
        let bytes = try await body()
        guard type != nil || bytes.isEmpty else { throw Self.wantsJSON }
        return try form.read(bytes, limits: limits)
    }

    private static let wantsJSON = Problem(
        .verkeerdeInhoudssoort, "Stuur JSON in UTF-8, met “Content-Type: application/json”.")
    private static let brokenOff = Problem(
        .ongeldigVerzoek, "De verbinding brak af voordat het bericht er helemaal was.")
}
