// SPDX-License-Identifier: EUPL-1.2

/// A token endpoint with one protected place behind it, for tests of a client's token handling alone.
///
/// `POST /oauth2/token` gives out tokens. `GET` and `POST /beschermd` ask for one with the scope `lezen` and answer `{}`.
public final class OAuthCounterpart: Sendable {
    /// Where it listens, what it saw, and its faults.
    public let site: Site
    /// Its tokens.
    public let tokens: TokenEndpoint

    /// A counterpart that does not listen yet.
    public init(
        security: ServerSecurity, authentication: TokenEndpoint.Authentication = .either, demandsScope: Bool = true,
        client: TokenEndpoint.Client = .standard(scopes: ["lezen", "schrijven"]), port: Int? = nil
    ) {
        let tokens = TokenEndpoint(
            clients: [client], authentication: authentication, demandsScope: demandsScope, realm: "proef")
        self.tokens = tokens
        let protected: SiteRoute.Handler = { (request) throws(Objection) in
            _ = try tokens.check(request, code: "unauthorized", scope: "lezen")
            return .json(200, .object([:] as [String: SiteJSON]))
        }
        site = Site(
            security: security, port: port,
            routes: [
                tokens.route("/oauth2/token"), SiteRoute("GET", "/beschermd", protected),
                SiteRoute("POST", "/beschermd", takesBody: true, protected),
            ],
            refuse: { objection in
                TokenEndpoint.refusal(objection)
                    ?? .json(objection.status, .object(["error": .text(objection.code)]))
            })
    }

    /// Where tokens are given out.
    public var tokenURL: String { site.baseURL + "/oauth2/token" }
}
