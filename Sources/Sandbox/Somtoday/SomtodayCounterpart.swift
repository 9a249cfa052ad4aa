// SPDX-License-Identifier: EUPL-1.2
import Synchronization

/// A strict stand-in for Somtoday Connect 14.10.0, written from its OpenAPI 3.0.3 document (as kept in
/// `DwayneSelsig/SomtodayOpenAPI2MicrosoftSchoolDataSync`, `OpenAPIs/openapi.json`): reading schools, locations and pupils.
///
/// What is null or not permitted is absent from the answer, an empty list is `[]`. An address that is secret is given
/// like any other, beside `adres_geheim`: whoever reads it must leave it alone. Not published, so assumed: the status of
/// a wrong parameter (400), the text of errors, and that the flags are given whatever the field permissions say.
public final class SomtodayCounterpart: Sendable {
    struct State {
        var permitted: Set<String>
        var hidden: Set<Int> = []
        var hasAccess = true
    }

    /// Where it listens, what it saw, and its faults.
    public let site: Site
    /// The tokens of `/oauth2/token?organisation=<uuid>`; no scopes are published.
    public let tokens: TokenEndpoint
    /// Whom it knows.
    public let register: MadeUpRegister
    private let desk: SomtodayDesk

    /// The id of the one organisation.
    public static let organisation = "1349fac3-0000-4000-8000-6fe5f8a2f39e"

    /// The id of a location of the school, from 0.
    public static func vestiging(_ location: Int) -> String { "5e570000-0000-4000-8000-00000000000\(location)" }

    /// The fields that the school shares unless told otherwise: no BSN, no ECK iD, no telephone numbers.
    public static let usuallyPermitted: Set<String> = [
        "uuid", "leerlingnummer", "roepnaam", "voornamen", "voorletters", "voorvoegsel", "achternaam", "geslacht",
        "geboortedatum", "adres", "vestiging", "plaatsingen", "isActief",
    ]

    /// A counterpart that does not listen yet; its API is below `/rest/v1`.
    public init(
        security: ServerSecurity, register: MadeUpRegister = MadeUpRegister(),
        client: TokenEndpoint.Client = .standard(), port: Int? = nil
    ) {
        let tokens = TokenEndpoint(
            clients: [client], authentication: .either, demandsScope: false, realm: "somtoday")
        self.tokens = tokens
        self.register = register
        let desk = SomtodayDesk(register: register, permitted: Self.usuallyPermitted)
        self.desk = desk
        site = Site(
            security: security, port: port, routes: Self.routes(tokens, desk),
            refuse: { TokenEndpoint.refusal($0) ?? Self.error($0) })
    }

    /// The API's address.
    public var baseURL: String { site.baseURL + "/rest/v1" }

    /// Where tokens are given out; `?organisation=<uuid>` goes behind it.
    public var tokenURL: String { site.baseURL + "/oauth2/token" }

    /// Veldpermissies: the pupil fields that the school shares.
    public var permitted: Set<String> {
        get { desk.state.withLock { $0.permitted } }
        set { desk.state.withLock { $0.permitted = newValue } }
    }

    /// Breedtepermissies: the numbers of the pupils that the school does not share.
    public var hiddenPupils: Set<Int> {
        get { desk.state.withLock { $0.hidden } }
        set { desk.state.withLock { $0.hidden = newValue } }
    }

    /// Whether the school has given access at all; without it every location answers 401 and the list is empty.
    public var hasAccess: Bool {
        get { desk.state.withLock { $0.hasAccess } }
        set { desk.state.withLock { $0.hasAccess = newValue } }
    }

    private static func routes(_ tokens: TokenEndpoint, _ desk: SomtodayDesk) -> [SiteRoute] {
        func behindToken(_ handler: @escaping SiteRoute.Handler) -> SiteRoute.Handler {
            { (request) throws(Objection) in
                let grant = try tokens.check(request, code: "401")
                guard grant.audience == organisation else {
                    throw Objection(401, "401", "the token is for another organisation")
                }
                return try handler(request)
            }
        }
        let place = "/rest/v1/connect/vestiging/{vestigingUUID}/leerling"
        let listed: Set = ["uuid", "peilschooljaar", "offset", "amount", "veldpermissies", "subject"]
        return [
            tokens.route("/oauth2/token", query: ["organisation"]) { (request) throws(Objection) in
                guard let organisation = request.query("organisation") else {
                    throw Objection(400, "invalid_request", "organisation is missing from the query")
                }
                guard organisation == Self.organisation else {
                    throw Objection(400, "invalid_request", "the organisation is unknown")
                }
                return organisation
            },
            // The document names no security for this one: it comes before the token.
            SiteRoute("GET", "/rest/v1/connect/instelling", query: ["brin", "naam"], desk.instelling),
            SiteRoute(
                "GET", "/rest/v1/connect/vestiging", query: ["uuid", "veldpermissies"], behindToken(desk.vestiging)),
            SiteRoute("GET", place, query: listed, repeatable: ["uuid"], behindToken(desk.leerlingen)),
            SiteRoute(
                "GET", "\(place)/{leerlingUUID}", query: ["peilschooljaar", "veldpermissies"],
                behindToken(desk.leerling)),
        ]
    }

    /// `GeneralResponse` of the document.
    private static func error(_ objection: Objection) -> IndexAnswer {
        let error = SiteJSON.object(["code": .whole(objection.status), "problem": .text(objection.what)])
        return .json(objection.status, .object(["errors": [error]]))
    }
}
