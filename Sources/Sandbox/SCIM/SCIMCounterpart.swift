// SPDX-License-Identifier: EUPL-1.2

/// A strict stand-in for reading users over SCIM 2.0 (RFC 7643, RFC 7644), in the shape in which Magister offers it to
/// identity management (service.magister.nl, article 101000509051: search and get on User; id, userName, name,
/// active; the stamnummer as a custom attribute).
///
/// Not published outside a contract, so assumed: how a token is got (client credentials, scope `scim`), the URN and the
/// name of the custom attribute, where the prefix of a name stands (`middleName`), the page size. There is no birth date,
/// no sex and no address in it. Only `application/scim+json` is taken as a body (RFC 7644, 3.1).
public final class SCIMCounterpart: Sendable {
    /// Where it listens, what it saw, and its faults.
    public let site: Site
    /// Its tokens.
    public let tokens: TokenEndpoint
    /// Whom it knows; every pupil is a user.
    public let register: MadeUpRegister

    /// The scope to ask for.
    public static let scope = "scim"
    /// The URN of the extension that holds the pupil's number, unless told otherwise.
    public static let pupilExtension = "urn:ietf:params:scim:schemas:extension:magister:2.0:User"

    /// A counterpart that does not listen yet; its API is below `/scim`.
    ///
    /// - Parameters:
    ///   - pupilExtension: The URN under which `numberAttribute` stands.
    ///   - pageSize: How many users come at most, whatever `count` asks (RFC 7644, 3.4.2.4).
    public init(
        security: ServerSecurity, register: MadeUpRegister = MadeUpRegister(),
        client: TokenEndpoint.Client = .standard(scopes: [SCIMCounterpart.scope]),
        pupilExtension: String = SCIMCounterpart.pupilExtension, numberAttribute: String = "stamnummer",
        pageSize: Int = 100, port: Int? = nil
    ) {
        let tokens = TokenEndpoint(clients: [client], authentication: .either, demandsScope: true, realm: "scim")
        self.tokens = tokens
        self.register = register
        let desk = SCIMDesk(
            register: register, pupilExtension: pupilExtension, numberAttribute: numberAttribute, pageSize: pageSize)
        site = Site(
            security: security, port: port, routes: Self.routes(tokens, desk),
            refuse: { TokenEndpoint.refusal($0) ?? Self.error($0) })
    }

    /// The API's address.
    public var baseURL: String { site.baseURL + "/scim" }

    /// Where tokens are given out.
    public var tokenURL: String { site.baseURL + "/connect/token" }

    private static func routes(_ tokens: TokenEndpoint, _ desk: SCIMDesk) -> [SiteRoute] {
        func behindToken(_ handler: @escaping SiteRoute.Handler) -> SiteRoute.Handler {
            { (request) throws(Objection) in
                _ = try tokens.check(request, code: "", scope: scope)
                guard request.accepts("application/scim+json") || request.accepts("application/json") else {
                    throw Objection(406, "", "Accept leaves neither application/scim+json nor application/json")
                }
                return try handler(request)
            }
        }
        let listed: Set = [
            "filter", "startIndex", "count", "attributes", "excludedAttributes", "sortBy", "sortOrder",
        ]
        return [
            tokens.route("/connect/token"),
            SiteRoute("GET", "/scim/Users", query: listed, behindToken(desk.list)),
            SiteRoute("POST", "/scim/Users/.search", takesBody: true, behindToken(desk.search)),
            SiteRoute(
                "GET", "/scim/Users/{id}", query: ["attributes", "excludedAttributes"], behindToken(desk.user)),
            SiteRoute("GET", "/scim/ServiceProviderConfig", behindToken(desk.configuration)),
        ]
    }

    /// RFC 7644, 3.12: the status as a string, a `scimType` only where the RFC names one.
    private static func error(_ objection: Objection) -> IndexAnswer {
        let types: Set = ["invalidFilter", "invalidSyntax", "invalidPath", "invalidValue", "tooMany"]
        return .json(
            objection.status,
            .object([
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": .text(String(objection.status)),
                "scimType": types.contains(objection.code) ? .text(objection.code) : nil,
                "detail": .text(objection.what),
            ]), type: SCIMDesk.mediaType)
    }
}
