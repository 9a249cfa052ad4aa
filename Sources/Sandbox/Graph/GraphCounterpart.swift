// SPDX-License-Identifier: EUPL-1.2
import Synchronization

/// A strict stand-in for SharePoint pages in Microsoft Graph v1.0, written from microsoft-graph-docs-contrib
/// (`api-reference/v1.0/api/sitepage-*.md`, `basesitepage-delete.md`, `site-get.md`, `concepts/errors.md`, `throttling.md`).
///
/// Every property that the pages do not name is refused, and read-only ones too. The pages say that `Content-Type` is
/// required even where there is no body, while none of their examples sends it there: that is not demanded.
public final class GraphCounterpart: Sendable {
    /// Where it listens, what it saw, and its faults.
    public let site: Site
    /// The tokens of `/<tenant>/oauth2/v2.0/token`; the scope is `https://graph.microsoft.com/.default`.
    public let tokens: TokenEndpoint
    private let shelf: GraphShelf

    /// The scope to ask for with client credentials.
    public static let scope = "https://graph.microsoft.com/.default"
    /// The id of the one SharePoint site here.
    public static let siteID =
        "bestuur.sharepoint.example,7f50f45e-714a-4264-9c59-3bf43ea4db8f,df69e386-6c58-4df2-afc0-ab6327d5b202"
    /// The tenant in the token address.
    public static let tenant = "00000000-0000-4000-8000-00000000000a"

    /// A counterpart that does not listen yet; its API is below `/v1.0`.
    public init(
        security: ServerSecurity, client: TokenEndpoint.Client = .standard(scopes: [GraphCounterpart.scope]),
        port: Int? = nil
    ) {
        let tokens = TokenEndpoint(
            clients: [client], authentication: .either, demandsScope: true, realm: "graph.microsoft.com")
        let shelf = GraphShelf(siteID: Self.siteID, webURL: "https://bestuur.sharepoint.example/sites/intranet")
        self.tokens = tokens
        self.shelf = shelf
        site = Site(
            security: security, port: port,
            routes: Self.routes(tokens, shelf, scheme: security == .plaintext ? "http://" : "https://"),
            refuse: { TokenEndpoint.refusal($0) ?? Self.error($0) })
    }

    /// The API's address.
    public var baseURL: String { site.baseURL + "/v1.0" }

    /// Where tokens are given out.
    public var tokenURL: String { "\(site.baseURL)/\(Self.tenant)/oauth2/v2.0/token" }

    /// The pages there are, in the order in which they were made.
    public var pages: [GraphPage] { shelf.state.withLock { $0.pages } }

    /// The names of the pages that were deleted.
    public var deleted: [String] { shelf.state.withLock { $0.deleted } }

    /// Whether publishing waits for a person's approval (sitepage-publish.md): 204, and nobody sees it yet.
    public var needsApproval: Bool {
        get { shelf.state.withLock { $0.needsApproval } }
        set { shelf.state.withLock { $0.needsApproval = newValue } }
    }

    /// How many pages a list shows at once; the rest is behind `@odata.nextLink`.
    public var pageSize: Int {
        get { shelf.state.withLock { $0.pageSize } }
        set { shelf.state.withLock { $0.pageSize = max(1, newValue) } }
    }

    /// Removes a page behind the sender's back, as a person would.
    public func removePage(named name: String) {
        shelf.state.withLock { $0.pages.removeAll { $0.name == name } }
    }

    /// Answers the next requests with 429 and `Retry-After` (concepts/throttling.md); nothing of them takes effect.
    public func throttle(_ requests: Int, retryAfter seconds: Int) {
        let body = SiteJSON.object([
            "error": .object(["code": "activityLimitReached", "message": "The app has been throttled."])
        ])
        let answer = IndexAnswer.response(
            status: 429,
            headers: [.init("Content-Type", "application/json"), .init("Retry-After", String(seconds))],
            body: body.bytes)
        site.fail(nil, Array(repeating: .instead(answer), count: requests))
    }

    private static func routes(_ tokens: TokenEndpoint, _ shelf: GraphShelf, scheme: String) -> [SiteRoute] {
        func behindToken(_ handler: @escaping SiteRoute.Handler) -> SiteRoute.Handler {
            { (request) throws(Objection) in
                _ = try tokens.check(request, code: "InvalidAuthenticationToken", scope: scope)
                guard request.accepts("application/json") else {
                    throw Objection(406, "notSupported", "Accept leaves no JSON")
                }
                return try handler(request)
            }
        }
        let pages = "/v1.0/sites/{site-id}/pages"
        let page = "\(pages)/{page-id}/microsoft.graph.sitePage"
        let list: SiteRoute.Handler = { (request) throws(Objection) in
            try shelf.list(request, base: scheme + (request.recorded.header("Host") ?? ""))
        }
        let listed: Set = ["$count", "$expand", "$filter", "$orderBy", "$select", "$top", "$skiptoken"]
        return [
            tokens.route("/\(tenant)/oauth2/v2.0/token"),
            SiteRoute("GET", "/v1.0/sites/{site-id}", query: ["$select"], behindToken(shelf.site)),
            SiteRoute("POST", pages, takesBody: true, behindToken(shelf.create)),
            SiteRoute("GET", "\(pages)/microsoft.graph.sitePage", query: listed, behindToken(list)),
            // basesitepage-list.md and basesitepage-get.md: the same without the type in the path.
            SiteRoute("GET", pages, query: listed, behindToken(list)),
            SiteRoute("GET", "\(pages)/{page-id}", query: ["$select", "$expand"], behindToken(shelf.get)),
            SiteRoute("GET", page, query: ["$select", "$expand"], behindToken(shelf.get)),
            SiteRoute("PATCH", page, takesBody: true, behindToken(shelf.update)),
            SiteRoute("POST", "\(page)/publish", behindToken(shelf.publish)),
            SiteRoute("DELETE", "\(pages)/{page-id}", behindToken(shelf.delete)),
        ]
    }

    /// concepts/errors.md.
    private static func error(_ objection: Objection) -> IndexAnswer {
        let inner: SiteJSON = .object([
            "request-id": "00000000-0000-4000-8000-00000000000b", "date": "2026-11-16T10:15:00",
        ])
        let error = SiteJSON.object([
            "code": .text(objection.code), "message": .text(objection.what), "innerError": inner,
        ])
        return .json(objection.status, .object(["error": error]))
    }
}
