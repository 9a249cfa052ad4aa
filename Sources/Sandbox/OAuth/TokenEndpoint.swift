// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Synchronization

/// A token endpoint for client credentials (RFC 6749, 4.4), and the check of its tokens (RFC 6750).
///
/// Strict: one way of authenticating per request (2.3), nothing of it in the URL (2.3.1), a form body (appendix B), no
/// parameter twice (3.2), no parameter that we do not know. The RFC lets a server ignore unknown parameters; this one
/// objects, since nothing that is published asks for them.
public final class TokenEndpoint: Sendable {
    /// How a client may show its secret.
    public enum Authentication: Sendable, Hashable {
        /// HTTP Basic: id and secret form-encoded (RFC 6749, 2.3.1).
        case basic
        /// `client_id` and `client_secret` in the body.
        case body
        /// One of the two.
        case either
    }

    /// A client that is known here.
    public struct Client: Sendable, Hashable {
        /// `client_id`.
        public let id: String
        /// `client_secret`.
        public let secret: String
        /// What it may ask for.
        public let scopes: Set<String>

        /// A client with these credentials.
        public init(id: String, secret: String, scopes: Set<String> = []) {
            self.id = id
            self.secret = secret
            self.scopes = scopes
        }

        /// The client that all counterparts know unless told otherwise. Its secret holds signs that must be encoded.
        public static func standard(scopes: Set<String> = []) -> Client {
            Client(id: "meldpoort-proef", secret: "geheim+van:de/proef&=%", scopes: scopes)
        }
    }

    /// A token as it was given out.
    struct Grant {
        let client: String
        let scopes: Set<String>
        /// What the token is for, beyond its scopes: the organisation at Somtoday.
        let audience: String
        let expires: ContinuousClock.Instant
        var isRevoked = false
    }

    private struct State {
        var lifetime: Duration
        var clients: [Client]
        var grants: [String: Grant] = [:]
        var fetches = 0
    }

    private let authentication: Authentication
    private let demandsScope: Bool
    private let realm: String
    private let state: Mutex<State>

    /// - Parameters:
    ///   - demandsScope: Whether a request without `scope` is refused; otherwise it gets all that the client may have.
    ///   - lifetime: How long a token holds; `expires_in` says it in whole seconds.
    init(
        clients: [Client], authentication: Authentication, demandsScope: Bool, realm: String,
        lifetime: Duration = .seconds(3600)
    ) {
        self.authentication = authentication
        self.demandsScope = demandsScope
        self.realm = realm
        state = Mutex(State(lifetime: lifetime, clients: clients))
    }

    /// How long the tokens given out from now on hold. Zero gives tokens that have run out when they arrive.
    public var lifetime: Duration {
        get { state.withLock { $0.lifetime } }
        set { state.withLock { $0.lifetime = newValue } }
    }

    /// The clients that are known.
    public var clients: [Client] {
        get { state.withLock { $0.clients } }
        set { state.withLock { $0.clients = newValue } }
    }

    /// How many tokens were given out.
    public var fetches: Int { state.withLock { $0.fetches } }

    /// Makes every token given out so far worthless. A request with one gets 401, which is no violation: its sender
    /// cannot know.
    public func revokeAll() {
        state.withLock { state in
            for token in state.grants.keys { state.grants[token]?.isRevoked = true }
        }
    }

    // MARK: Giving out

    /// The route that gives out tokens.
    ///
    /// - Parameter audience: Reads from the request what the token is for, beyond its scopes.
    func route(
        _ path: String, query: Set<String> = [],
        audience: @escaping @Sendable (SiteRequest) throws(Objection) -> String = { _ in "" }
    ) -> SiteRoute {
        SiteRoute("POST", path, query: query, takesBody: true) { [self] request throws(Objection) in
            do throws(Objection) {
                return try give(request, audience: try audience(request))
            } catch {
                // RFC 6749, 5.2: this form whatever form the rest of the counterpart has.
                throw Objection(
                    error.status, Self.formCode + error.code, error.what, headers: error.headers,
                    isViolation: error.isViolation)
            }
        }
    }

    /// The answer to an objection of this endpoint (RFC 6749, 5.2), or nil when it comes from elsewhere.
    static func refusal(_ objection: Objection) -> IndexAnswer? {
        guard objection.code.hasPrefix(formCode) else { return nil }
        let code = String(objection.code.dropFirst(formCode.count))
        let body = SiteJSON.object(["error": .text(code), "error_description": .text(objection.what)])
        return .response(
            status: objection.status, headers: [.init("Content-Type", "application/json")] + noStore, body: body.bytes)
    }

    private static let formCode = "oauth:"

    private static let noStore: [RecordedRequest.Header] = [
        .init("Cache-Control", "no-store"), .init("Pragma", "no-cache"),
    ]

    private func give(_ request: SiteRequest, audience: String) throws(Objection) -> IndexAnswer {
        let form = try Self.form(request)
        let known: Set = ["grant_type", "scope", "client_id", "client_secret"]
        guard known.isSuperset(of: form.keys) else {
            throw Objection(400, "invalid_request", "the form has an unknown parameter")
        }
        guard let grantType = form["grant_type"] else {
            throw Objection(400, "invalid_request", "grant_type is missing")
        }
        let client = try authenticate(request, form)
        guard grantType == "client_credentials" else {
            throw Objection(400, "unsupported_grant_type", "the grant type is not client_credentials")
        }
        let scopes = try scopes(form["scope"], of: client)
        return answer(client, scopes, audience)
    }

    private static func form(_ request: SiteRequest) throws(Objection) -> [String: String] {
        guard request.mediaType == "application/x-www-form-urlencoded" else {
            throw Objection(400, "invalid_request", "the content type is not application/x-www-form-urlencoded")
        }
        guard let pairs = FormData.parse(request.recorded.text) else {
            throw Objection(400, "invalid_request", "the form cannot be read")
        }
        var form: [String: String] = [:]
        for (name, value) in pairs {
            guard form.updateValue(value, forKey: name) == nil else {
                throw Objection(400, "invalid_request", "a parameter stands twice in the form")
            }
        }
        return form
    }

    private func authenticate(_ request: SiteRequest, _ form: [String: String]) throws(Objection) -> Client {
        let basic = try basicCredentials(request)
        let inBody = form["client_secret"] != nil
        guard basic == nil || !inBody else {
            throw Objection(400, "invalid_request", "the client authenticates in two ways")
        }
        switch authentication {
        case .basic where inBody: throw Objection(400, "invalid_request", "the secret must come by HTTP Basic")
        case .body where basic != nil: throw Objection(400, "invalid_request", "the secret must come in the body")
        default: break
        }
        let shown = basic ?? (form["client_id"] ?? "", form["client_secret"] ?? "")
        guard let client = clients.first(where: { $0.id == shown.id && $0.secret == shown.secret }) else {
            let challenge = RecordedRequest.Header("WWW-Authenticate", "Basic realm=\"\(realm)\"")
            throw Objection(
                401, "invalid_client", "the client is unknown or its secret is wrong",
                headers: basic == nil ? [] : [challenge])
        }
        return client
    }

    private func basicCredentials(_ request: SiteRequest) throws(Objection) -> (id: String, secret: String)? {
        guard let header = request.recorded.header("Authorization") else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic", let bytes = Base64.decode(Array(parts[1].utf8)) else {
            throw Objection(401, "invalid_client", "the Authorization header is not HTTP Basic")
        }
        let pair = String(decoding: bytes, as: UTF8.self).split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2, let id = FormData.decode(pair[0]), let secret = FormData.decode(pair[1]) else {
            throw Objection(401, "invalid_client", "HTTP Basic holds no form-encoded id and secret")
        }
        return (id, secret)
    }

    private func scopes(_ asked: String?, of client: Client) throws(Objection) -> Set<String> {
        guard let asked, !asked.isEmpty else {
            guard !demandsScope else { throw Objection(400, "invalid_scope", "scope is missing") }
            return client.scopes
        }
        let scopes = Set(asked.split(separator: " ").map(String.init))
        guard scopes.isSubset(of: client.scopes) else {
            throw Objection(400, "invalid_scope", "the client may not have a scope that it asks for")
        }
        return scopes
    }

    private func answer(_ client: Client, _ scopes: Set<String>, _ audience: String) -> IndexAnswer {
        let token = "proef." + UUID().uuidString + "~/+=="
        let lifetime = state.withLock { state in
            state.fetches += 1
            state.grants[token] = Grant(
                client: client.id, scopes: scopes, audience: audience, expires: .now + state.lifetime)
            return state.lifetime
        }
        let body = SiteJSON.object([
            "access_token": .text(token), "token_type": "Bearer",
            "expires_in": .whole(Int(lifetime.components.seconds)),
            "scope": scopes.isEmpty ? nil : .text(scopes.sorted().joined(separator: " ")),
        ])
        return .response(
            status: 200, headers: [.init("Content-Type", "application/json;charset=UTF-8")] + Self.noStore,
            body: body.bytes)
    }

    // MARK: Checking

    /// The grant behind a request's token (RFC 6750, 2.1: in the Authorization header and nowhere else).
    ///
    /// - Parameters:
    ///   - code: The counterpart's name for a request without a right token.
    ///   - scope: What the token must hold.
    func check(_ request: SiteRequest, code: String, scope: String? = nil) throws(Objection) -> Grant {
        guard let header = request.recorded.header("Authorization") else {
            throw refusal(401, code, "no token came along", error: nil)
        }
        guard header.hasPrefix("Bearer ") else {
            throw refusal(401, code, "the Authorization header holds no bearer token", error: nil)
        }
        let token = String(header.dropFirst(7))
        guard let grant = state.withLock({ $0.grants[token] }) else {
            throw refusal(401, code, "the token was not given out here", error: "invalid_token")
        }
        guard !grant.isRevoked else {
            throw refusal(401, code, "the token was revoked", error: "invalid_token", isViolation: false)
        }
        guard grant.expires > .now else { throw refusal(401, code, "the token has run out", error: "invalid_token") }
        if let scope, !grant.scopes.contains(scope) {
            throw refusal(403, code, "the token's scope does not reach this far", error: "insufficient_scope")
        }
        return grant
    }

    private func refusal(
        _ status: Int, _ code: String, _ what: String, error: String?, isViolation: Bool = true
    ) -> Objection {
        let challenge = "Bearer realm=\"\(realm)\"" + (error.map { ", error=\"\($0)\"" } ?? "")
        return Objection(
            status, code, what, headers: [.init("WWW-Authenticate", challenge)], isViolation: isViolation)
    }
}
