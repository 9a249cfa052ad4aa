// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import ArgumentParser
import BoardConfiguration
import Disclosures
import Foundation
import Transport
import Values

/// Where the running gateway is, and with whose token to speak to it.
struct GatewayOption: ParsableArguments {
    @OptionGroup var configuration: ConfigurationOption

    @Option(help: "The gateway's address (default: as configured), for example https://127.0.0.1:8443.")
    var url: String?

    @Option(
        help: "File with the bearer token (default: $MELDPOORT_TOKEN_FILE). A token never stands on the command line.",
        completion: .file())
    var tokenFile: String?

    @Option(help: "PEM file with the authority of the gateway's certificate.", completion: .file())
    var caFile: String?

    func client() throws -> APIClient {
        let environment = ProcessInfo.processInfo.environment
        guard let file = tokenFile ?? environment["MELDPOORT_TOKEN_FILE"] else {
            throw Output.fail(
                "no token: give --token-file, or set MELDPOORT_TOKEN_FILE (see `meldpoort token create`).")
        }
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw Output.fail("the token file \(file) cannot be read.")
        }
        let token = Secret(text.trimmingCharacters(in: .whitespacesAndNewlines))
        return try APIClient(baseURL: try url ?? configuredURL(), caFile: caFile, token: token)
    }

    private func configuredURL() throws -> String {
        let server = try configuration.load().server
        return "\(server.tls == nil ? "http" : "https")://\(server.host):\(server.port)"
    }
}

/// Speaks to a running gateway as any other client does.
struct APIClient {
    private let transport: HTTPTransport
    private let engine = CurlEngine(maximumTransfers: 4)

    init(baseURL: String, caFile: String?, token: Secret) throws {
        var endpoint = HTTPEndpoint(baseURL: baseURL)
        endpoint.allowPlaintextLoopback = true
        if let caFile { endpoint.trust = .authorities(file: caFile) }
        endpoint.headers = [.init("Authorization", Secret(token.exposed { "Bearer \($0)" }))]
        do {
            transport = try HTTPTransport(endpoint, engine: engine)
        } catch {
            throw Output.fail("\(baseURL): \(error.problems.map(\.message).joined(separator: "; ")).")
        }
    }

    /// The answer's JSON. A problem is printed as the gateway told it, and ends the command with status 1.
    func call(
        _ method: HTTPRequest.Method, _ path: String, contentType: String = "application/json", body: [UInt8] = []
    ) async throws -> JSONValue {
        let bytes = try await fetch(method, path, contentType: contentType, body: body)
        guard case .success(let value) = StrictJSON.read(bytes.isEmpty ? Array("null".utf8) : bytes) else {
            throw Output.fail("the gateway answered, and no JSON.")
        }
        return value
    }

    /// The answer's bytes, for what need not be JSON. A problem is printed as the gateway told it, and ends the command with status 1.
    func fetch(
        _ method: HTTPRequest.Method, _ path: String, accepting mediaType: String? = nil,
        contentType: String = "application/json", body: [UInt8] = []
    ) async throws -> [UInt8] {
        var headers = body.isEmpty ? [] : [HTTPRequest.Header("Content-Type", contentType)]
        if let mediaType { headers.append(HTTPRequest.Header("Accept", mediaType)) }
        let exchange = await transport.send(HTTPRequest(method: method, path: path, headers: headers, body: body))
        await engine.shutdown(grace: .seconds(1))
        switch exchange {
        case .answered(let answer):
            if (200..<300).contains(answer.status) { return answer.body }
            guard case .success(let value) = StrictJSON.read(answer.body) else {
                throw Output.fail("the gateway answered \(answer.status) and no JSON.")
            }
            throw Self.problem(value, status: answer.status)
        case .notSent(let reason), .uncertain(let reason):
            throw Output.fail(
                "no answer from the gateway (\(reason.label.rawValue)). Is it running? See `meldpoort run`.")
        }
    }

    /// One request of several: the connection stays open for the next. End with `close`.
    /// - Returns: Nil when no answer came: what was sent may have arrived, or not.
    func ask(
        _ method: HTTPRequest.Method, _ path: String, contentType: String = "application/json", body: [UInt8] = []
    ) async -> (status: Int, json: JSONValue)? {
        let headers = body.isEmpty ? [] : [HTTPRequest.Header("Content-Type", contentType)]
        let exchange = await transport.send(HTTPRequest(method: method, path: path, headers: headers, body: body))
        guard case .answered(let answer) = exchange else { return nil }
        guard case .success(let value) = StrictJSON.read(answer.body) else { return (answer.status, .null) }
        return (answer.status, value)
    }

    /// Ends the connection.
    func close() async { await engine.shutdown(grace: .seconds(1)) }

    /// The bytes of an answer that is no JSON.
    func bytes(_ path: String) async throws -> [UInt8] {
        let exchange = await transport.send(HTTPRequest(method: .get, path: path, headers: [], body: []))
        await engine.shutdown(grace: .seconds(1))
        guard case .answered(let answer) = exchange else {
            throw Output.fail("no answer from the gateway. Is it running? See `meldpoort run`.")
        }
        guard (200..<300).contains(answer.status) else {
            guard case .success(let value) = StrictJSON.read(answer.body) else {
                throw Output.fail("the gateway answered \(answer.status).")
            }
            throw Self.problem(value, status: answer.status)
        }
        return answer.body
    }

    static func problem(_ value: JSONValue, status: Int) -> ExitCode {
        Output.error("\(status) \(value["title"]?.string ?? ""): \(value["detail"]?.string ?? "")")
        for problem in value["problemen"]?.array ?? [] {
            Output.error("  \(problem["plaats"]?.string ?? ""): \(problem["tekst"]?.string ?? "")")
        }
        return .failure
    }
}
