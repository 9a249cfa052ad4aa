// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Sandbox
import Testing

/// What a site answered to curl.
struct SiteReply {
    let status: Int
    let headers: [String: String]
    let body: String

    /// The body as JSON; an empty object when it is none.
    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any] ?? [:]
    }
}

/// One request, and how a strict counterpart must refuse it.
struct Refused: Sendable, CustomTestStringConvertible {
    let what: String
    let method: String
    let path: String
    let headers: [String]
    let body: String?
    let status: Int
    /// A part of the violation that is written down.
    let violation: String

    init(
        _ what: String, _ method: String, _ path: String, headers: [String] = [], body: String? = nil, status: Int,
        violation: String
    ) {
        self.what = what
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
        self.status = status
        self.violation = violation
    }

    var testDescription: String { what }
}

extension Site {
    /// Sends a request with curl and takes the answer apart.
    func ask(
        _ method: String, _ path: String, _ headers: [String] = [], _ body: String? = nil, certificate: Bool = false
    ) async throws -> SiteReply {
        let identity =
            certificate ? try Tools.clientArguments() : ["--cacert", try Tools.certificates().ca]
        var arguments = identity + ["-i", "-X", method, "-H", "Expect:"]
        for header in headers { arguments += ["-H", header] }
        if body != nil { arguments += ["--data-binary", "@-"] }
        if body != nil, !headers.contains(where: { $0.lowercased().hasPrefix("content-type") }) {
            arguments += ["-H", "Content-Type:"]
        }
        let result = try await Tools.curl(arguments + [baseURL + path], input: Array((body ?? "").utf8))
        let parts = result.text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        var lines = (parts.first ?? "").split(separator: "\r\n").map(String.init)
        guard !lines.isEmpty, let status = Int(lines.removeFirst().split(separator: " ").dropFirst().first ?? "") else {
            return SiteReply(status: 0, headers: [:], body: result.text)
        }
        var found: [String: String] = [:]
        for line in lines {
            let pair = line.split(separator: ":", maxSplits: 1)
            if pair.count == 2 { found[pair[0].lowercased()] = pair[1].trimmingCharacters(in: .whitespaces) }
        }
        return SiteReply(status: status, headers: found, body: parts.count > 1 ? String(parts[1]) : "")
    }

    /// A token by the standard client, in the body.
    func token(_ path: String, scope: String? = nil) async throws -> String {
        let client = TokenEndpoint.Client.standard()
        let form =
            "grant_type=client_credentials&client_id=\(client.id)&client_secret=\(formEncoded(client.secret))"
            + (scope.map { "&scope=\(formEncoded($0))" } ?? "")
        let reply = try await ask("POST", path, ["Content-Type: application/x-www-form-urlencoded"], form)
        return try #require(reply.json["access_token"] as? String, "\(reply.status) \(reply.body)")
    }

    /// Sends what must be refused, and demands the status and the violation.
    func refuses(_ bad: Refused, _ extra: [String] = [], certificate: Bool = false) async throws -> SiteReply {
        forget()
        let reply = try await ask(bad.method, bad.path, bad.headers + extra, bad.body, certificate: certificate)
        #expect(reply.status == bad.status, "\(bad.what): \(reply.body)")
        #expect(violations.count == 1, "\(bad.what): \(violations)")
        #expect(violations.first?.contains(bad.violation) ?? false, "\(bad.what): \(violations)")
        return reply
    }
}

func formEncoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
}

/// Starts a site, runs the test, stops the site.
func running(_ site: Site, _ body: (Site) async throws -> Void) async throws {
    try await site.start()
    do {
        try await body(site)
    } catch {
        await site.stop()
        throw error
    }
    await site.stop()
}
