// SPDX-License-Identifier: EUPL-1.2
import AdapterTesting
import Disclosures
import Intranet
import Sandbox
import Testing
import Values

/// What every adapter passes, with the samples for WordPress, SharePoint and a folder that ship.
@Suite(.serialized) struct IntranetSuiteTests {
    static let suite = AdapterSuite(
        IntranetAdapter.self, samples: ["samples/sharepoint.yaml", "samples/map.yaml"], badSettings: badSettings,
        counterpart: .init(accepting: accepting, isMessage: isMessage, key: { _ in "meldpoort-pagina-1" }))

    @Test(arguments: suite.checks) func passes(_ check: AdapterCheck) async throws {
        try await Self.suite.run(check)
    }

    /// The same with the adapter as a process of its own.
    @Test(arguments: suite.overPipe.checks) func passesOverAPipe(_ check: AdapterCheck) async throws {
        try await Self.suite.overPipe.run(check)
    }

    private static let guid = "0dd6ddd6-45bd-4acd-b683-de0e6e7231b7"

    /// WordPress and Graph as they would answer about a page that is there.
    @Sendable private static func accepting(_ request: RecordedRequest) -> IndexAnswer {
        let target = request.target
        return target.contains("/sites/") ? graph(request.method, target) : wordpress(request.method, target)
    }

    private static func wordpress(_ method: String, _ target: String) -> IndexAnswer {
        let post = #"{"id":7,"slug":"meldpoort-pagina-1","status":"publish"}"#
        switch (method, target) {
        case ("GET", let target) where target.contains("/categories"):
            return .json(200, #"[{"id":3,"slug":"meldcode"}]"#)
        case ("GET", let target) where target.contains("/media"): return .json(200, "[]")
        case ("POST", let target) where target.contains("/media?"):
            let slug = target.split(separator: "slug=").last?.prefix { $0 != "&" } ?? ""
            return .json(201, #"{"id":9,"slug":"\#(slug)"}"#)
        case (_, let target) where target.contains("/media/"): return .json(200, #"{"id":9}"#)
        case ("GET", let target) where target.contains("/users/me"): return .json(200, #"{"id":1}"#)
        case ("GET", _): return .json(200, "[\(post)]")
        default: return .json(200, post)
        }
    }

    private static func graph(_ method: String, _ target: String) -> IndexAnswer {
        let page = #"{"id":"\#(guid)","name":"meldpoort-pagina-1.aspx"}"#
        switch (method, target) {
        case ("GET", let target) where target.contains("/pages/"): return .json(200, #"{"value":[\#(page)]}"#)
        case ("GET", let target) where target.contains("/drive/items/"):
            return .json(
                200,
                """
                {"id":"01ABC","webUrl":"https://voorbeeldbestuur.sharepoint.com/Gedeelde/a.png","sharepointIds":{\
                "siteId":"\(guid)","webId":"\(guid)","listId":"\(guid)","listItemUniqueId":"\(guid)"}}
                """)
        case ("PUT", _): return .json(201, #"{"id":"01ABC"}"#)
        case ("DELETE", let target) where target.contains("/drive/root:"):
            return .json(404, #"{"error":{"code":"itemNotFound"}}"#)
        case ("DELETE", _): return .response(status: 204, headers: [], body: [])
        case ("POST", let target) where target.hasSuffix("/publish"):
            return .response(status: 204, headers: [], body: [])
        case ("PATCH", _): return .json(200, page)
        default: return .json(200, #"{"id":"\#(guid)"}"#)
        }
    }

    /// The request with which the page is there, or gone.
    @Sendable private static func isMessage(_ request: RecordedRequest) -> Bool {
        guard request.method != "GET" else { return false }
        let path = request.target.prefix { $0 != "?" }
        return path.contains("/posts") || path.contains("/pages/") && !path.hasSuffix("/publish")
    }

    private static let badSettings: [AdapterSuite.BadSettings] = [
        .init("WordPress in a folder", at: ["target"], "wordpress", channel: .folder),
        .init("pages of a folder over an interface", at: ["target"], "html"),
        .init("SharePoint without a site", at: ["target"], "sharepoint", reportedAt: ["sharepoint"]),
        .init("a path without a slash", at: ["wordpress", "rest_path"], "wp-json/wp/v2"),
        .init("a path that ends in one", at: ["wordpress", "rest_path"], "/wp-json/wp/v2/"),
        .init("a path that climbs", at: ["wordpress", "rest_path"], "/wp-json/../x"),
        .init("a path with a blank", at: ["wordpress", "rest_path"], "/wp json"),
        .init("an empty path", at: ["wordpress", "rest_path"], ""),
        .init(
            "a category by its name", at: ["wordpress", "categories"], ["Veilig op school"],
            reportedAt: ["wordpress", "categories", "0"]),
        .init(
            "an empty category", at: ["wordpress", "categories"], ["a", ""],
            reportedAt: ["wordpress", "categories", "1"]),
        .init(
            "categories of pages", at: ["wordpress"],
            ["content_type": "pages", "categories": ["meldcode"], "rest_path": "/wp-json/wp/v2"],
            reportedAt: ["wordpress", "categories"]),
    ]
}
