// SPDX-License-Identifier: EUPL-1.2

/// A strict stand-in for the Students API of Edu-V, version 1.1.0, written from edu-v.atlassian.net (Students API) and the
/// field lists of eduvtestlab.bloemendaalconsultancy.nl: `POST /students` for one pupil, `GET /students/school` for all.
///
/// The token's scopes decide which fields come: `eduv.student.basic` the identifiers and names, `.demographics` sex and
/// birth date, `.communication` the mail address. There is no address here and no pupil number (an address belongs to a
/// scope that only shops for learning material get; its fields are not stored here). Not published, so assumed: that a
/// school's pupils come as one list, 404 for a pupil who is not found, `application/problem+json` for errors.
public final class EduVCounterpart: Sendable {
    /// Where it listens, what it saw, and its faults.
    public let site: Site
    /// Its tokens.
    public let tokens: TokenEndpoint
    /// Whom it knows. The pupil without birth date has no ECK iD here, but an id of the register (`ASI`).
    public let register: MadeUpRegister

    /// The scope for identifiers and names; without it nothing is given.
    public static let basic = "eduv.student.basic"
    /// The scope for sex and birth date.
    public static let demographics = "eduv.student.demographics"
    /// The scope for the mail address.
    public static let communication = "eduv.student.communication"
    /// `organisationMasterIdentifier` of the school.
    public static let organisation = "100A99XX"

    /// A counterpart that does not listen yet; its API is below `/v1`.
    public init(
        security: ServerSecurity, register: MadeUpRegister = MadeUpRegister(),
        client: TokenEndpoint.Client = .standard(scopes: [
            EduVCounterpart.basic, EduVCounterpart.demographics, EduVCounterpart.communication,
        ]), port: Int? = nil
    ) {
        let tokens = TokenEndpoint(clients: [client], authentication: .either, demandsScope: true, realm: "edu-v")
        self.tokens = tokens
        self.register = register
        let desk = EduVDesk(register: register)
        site = Site(
            security: security, port: port, routes: Self.routes(tokens, desk),
            refuse: { TokenEndpoint.refusal($0) ?? Self.error($0) })
    }

    /// The API's address.
    public var baseURL: String { site.baseURL + "/v1" }

    /// Where tokens are given out.
    public var tokenURL: String { site.baseURL + "/oauth2/token" }

    private static func routes(_ tokens: TokenEndpoint, _ desk: EduVDesk) -> [SiteRoute] {
        func behindToken(
            _ handler: @escaping @Sendable (SiteRequest, Set<String>) throws(Objection) -> IndexAnswer
        ) -> SiteRoute.Handler {
            { (request) throws(Objection) in
                let grant = try tokens.check(request, code: "unauthorized", scope: basic)
                guard request.accepts("application/json") else {
                    throw Objection(406, "notAcceptable", "Accept leaves no JSON")
                }
                return try handler(request, grant.scopes)
            }
        }
        let listed: Set = [
            "orgMasterId", "orgId", "orgIdType", "filterByOrgId", "schoolPeriodId", "studyOfferingId",
            "subjectOfferingId",
        ]
        return [
            tokens.route("/oauth2/token"),
            SiteRoute("POST", "/v1/students", takesBody: true, behindToken(desk.student)),
            SiteRoute("GET", "/v1/students/school", query: listed, behindToken(desk.school)),
        ]
    }

    private static func error(_ objection: Objection) -> IndexAnswer {
        .json(
            objection.status, .object(["status": .whole(objection.status), "title": .text(objection.what)]),
            type: "application/problem+json")
    }
}
