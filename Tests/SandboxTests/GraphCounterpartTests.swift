// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Sandbox
import Testing

@Suite struct GraphCounterpartTests {
    private static let pages = "/v1.0/sites/\(GraphCounterpart.siteID)/pages"
    private static let json = "Content-Type: application/json"

    /// The published example of sitepage-create.md in our words: a text part, an image part and a title area.
    private static let example = """
        {"@odata.type":"#microsoft.graph.sitePage","name":"proef.aspx","title":"Proef","pageLayout":"article",
        "showComments":true,"showRecommendedPages":false,
        "titleArea":{"enableGradientEffect":true,"imageWebUrl":"https://voorbeeld.example/a.jpg","layout":"colorBlock",
        "showAuthor":true,"showPublishedDate":false,"showTextBlockAboveTitle":false,"textAboveTitle":"BOVEN",
        "textAlignment":"left","imageSourceType":2,"title":"proef"},
        "canvasLayout":{"horizontalSections":[{"layout":"oneThirdRightColumn","id":"1","emphasis":"none","columns":[
        {"id":"1","width":8,"webparts":[{"id":"6f9230af-2a98-4952-b205-9ede4f9ef548","innerHtml":"<p>Dag</p>"}]},
        {"id":"2","width":4,"webparts":[{"id":"73d07dde-3474-4545-badb-f28ba239e0e1",
        "webPartType":"d1d91016-032f-456d-98a4-721247c305e8","data":{"dataVersion":"1.9","title":"Image",
        "properties":{"imageSourceType":2}}}]}]}]}}
        """

    private func running(_ body: (GraphCounterpart, Site, [String]) async throws -> Void) async throws {
        let graph = GraphCounterpart(security: .server(try Tools.certificates().server))
        try await SandboxTests.running(graph.site) { (site) async throws in
            let token = try await site.token(
                "/\(GraphCounterpart.tenant)/oauth2/v2.0/token", scope: GraphCounterpart.scope)
            try await body(graph, site, ["Authorization: Bearer \(token)"])
        }
    }

    @Test func aPageIsMadePublishedChangedAndDeleted() async throws {
        try await running { (graph, site, token) async throws in
            let made = try await site.ask("POST", Self.pages, token + [Self.json], Self.example)
            #expect(made.status == 201)
            let id = try #require(made.json["id"] as? String)
            #expect((made.json["publishingState"] as? [String: Any])?["level"] as? String == "checkout")
            #expect(graph.pages.first?.texts == ["<p>Dag</p>"])
            #expect(graph.pages.first?.publishedTexts == [])
            let page = "\(Self.pages)/\(id)/microsoft.graph.sitePage"
            #expect(try await site.ask("POST", "\(page)/publish", token).status == 204)
            #expect(graph.pages.first?.level == .published)
            let changed = try await site.ask(
                "PATCH", page, token + [Self.json],
                """
                {"@odata.type":"#microsoft.graph.sitePage","title":"Nieuw","canvasLayout":{"horizontalSections":[
                {"layout":"oneColumn","columns":[{"width":12,"webparts":[{"innerHtml":"<p>Nieuw</p>"}]}]}]}}
                """)
            #expect(changed.status == 200)
            #expect(changed.json["title"] as? String == "Nieuw")
            #expect(graph.pages.first?.texts == ["<p>Nieuw</p>"])
            #expect(graph.pages.first?.publishedTexts == ["<p>Dag</p>"], "a change is not published by itself")
            let read = try await site.ask("GET", "\(page)?$expand=canvasLayout", token)
            #expect(read.body.contains("<p>Nieuw</p>"))
            let stale = try await site.ask("DELETE", "\(Self.pages)/\(id)", token + ["If-Match: \"oud\""])
            #expect(stale.status == 412)
            #expect(try await site.ask("DELETE", "\(Self.pages)/\(id)", token).status == 204)
            #expect(try await site.ask("GET", page, token).status == 404)
            #expect(graph.deleted == ["proef.aspx"])
            #expect(site.violations == [])
        }
    }

    @Test func listsAreSortedPagedAndFiltered() async throws {
        try await running { (graph, site, token) async throws in
            for name in ["c", "a", "b"] {
                let body = Self.example.replacing("proef.aspx", with: "\(name).aspx").replacing(
                    "\"title\":\"Proef\"", with: "\"title\":\"D'\(name)\"")
                #expect(try await site.ask("POST", Self.pages, token + [Self.json], body).status == 201)
            }
            let twice = try await site.ask(
                "POST", Self.pages, token + [Self.json], Self.example.replacing("proef.aspx", with: "A.aspx"))
            #expect(twice.status == 409)
            graph.pageSize = 2
            let list = "\(Self.pages)/microsoft.graph.sitePage"
            let first = try await site.ask("GET", list, token)
            let next = try #require(first.json["@odata.nextLink"] as? String)
            let second = try await site.ask("GET", String(next.dropFirst(site.baseURL.count)), token)
            let names = [first, second].flatMap { reply in
                (reply.json["value"] as? [[String: Any]] ?? []).map { $0["name"] as? String ?? "" }
            }
            #expect(names == ["a.aspx", "b.aspx", "c.aspx"])
            #expect(second.json["@odata.nextLink"] == nil)
            let found = try await site.ask("GET", "\(list)?$filter=name%20eq%20%27b.aspx%27", token)
            #expect((found.json["value"] as? [[String: Any]])?.count == 1)
            let base = try await site.ask("GET", "\(Self.pages)?$top=1&$select=id,name", token)
            let values = base.json["value"] as? [[String: Any]]
            #expect((base.json["@odata.nextLink"] as? String)?.contains("$top=1") ?? false)
            #expect(values?.count == 1 && values?.first.map { Set($0.keys) } == ["@odata.type", "id", "name"])
            let id = try #require(values?.first?["id"] as? String)
            #expect(try await site.ask("GET", "\(Self.pages)/\(id)", token).json["name"] as? String == "a.aspx")
            let quoted = try await site.ask("GET", "\(list)?$filter=title+eq+'D''c'", token)
            #expect((quoted.json["value"] as? [[String: Any]])?.first?["name"] as? String == "c.aspx")
            #expect(site.violations == [])
        }
    }

    private static func made(_ what: String, _ from: String, _ to: String, violation: String) -> Refused {
        Refused(
            what, "POST", pages, headers: [json], body: example.replacing(from, with: to), status: 400,
            violation: violation)
    }

    private static let badCreations = [
        made("no type", "\"@odata.type\":\"#microsoft.graph.sitePage\",", "", violation: "@odata.type"),
        made("another type", "#microsoft.graph.sitePage", "microsoft.graph.sitePage", violation: "@odata.type"),
        made("no .aspx", "proef.aspx", "proef.html", violation: ".aspx"),
        made("no name", "\"name\":\"proef.aspx\",", "", violation: "name is missing"),
        made("a path as name", "proef.aspx", "../proef.aspx", violation: ".aspx"),
        made("no title", "\"title\":\"Proef\",", "", violation: "title is missing"),
        made("no layout", ",\"pageLayout\":\"article\"", "", violation: "pageLayout is missing"),
        made("a reserved layout", "\"article\"", "\"microsoftReserved\"", violation: "pageLayout"),
        made("an unknown property", "\"showComments\"", "\"showRemarks\"", violation: "unknown property"),
        made(
            "a read-only property", "\"showComments\":true", "\"webUrl\":\"https://x\"", violation: "unknown property"),
        made("a wrong type", "\"showComments\":true", "\"showComments\":\"true\"", violation: "Boolean"),
        made("an unknown title property", "\"showAuthor\"", "\"author\"", violation: "titleArea"),
        made("too many columns", "oneThirdRightColumn", "oneColumn", violation: "do not fit"),
        made("an unknown layout", "oneThirdRightColumn", "fourColumns", violation: "layout"),
        made("too wide", "\"width\":8", "\"width\":9", violation: "wider"),
        made("no width", "\"width\":8,", "", violation: "width"),
        made("an unknown part", "d1d91016-032f", "d1d91016-0000", violation: "webPartType"),
        made(
            "a part with two faces", "\"innerHtml\":\"<p>Dag</p>\"", "\"innerHtml\":\"x\",\"data\":{}",
            violation: "textWebPart"),
        made("a property too many in a column", "\"width\":8", "\"width\":8,\"breed\":1", violation: "column"),
        Refused(
            "plain text", "POST", pages, headers: ["Content-Type: text/plain"], body: example, status: 415,
            violation: "application/json"),
        Refused("no content type", "POST", pages, body: example, status: 415, violation: "application/json"),
        Refused("no JSON", "POST", pages, headers: [json], body: "{", status: 400, violation: "not JSON"),
        Refused("a list", "POST", pages, headers: [json], body: "[]", status: 400, violation: "object"),
        Refused(
            "another site", "POST", "/v1.0/sites/x/pages", headers: [json], body: example, status: 404,
            violation: "site is unknown"),
        Refused("beta", "GET", "/beta/sites/\(GraphCounterpart.siteID)", status: 404, violation: "no such path"),
        Refused("PUT", "PUT", pages, headers: [json], body: example, status: 405, violation: "another method"),
        Refused(
            "an unknown query", "GET", "\(pages)/microsoft.graph.sitePage?filter=x", status: 400, violation: "query"),
        Refused(
            "an unreadable filter", "GET", "\(pages)/microsoft.graph.sitePage?$filter=name+=+'x'", status: 400,
            violation: "$filter"),
        Refused(
            "no JSON wanted", "GET", "\(pages)/microsoft.graph.sitePage", headers: ["Accept: text/html"], status: 406,
            violation: "Accept"),
    ]

    @Test func wrongRequestsAreRefused() async throws {
        try await running { (graph, site, token) async throws in
            for bad in Self.badCreations {
                let reply = try await site.refuses(bad, token)
                let error = reply.json["error"] as? [String: Any]
                #expect(error?["code"] is String && error?["message"] is String, "\(bad.what)")
            }
            #expect(graph.pages.isEmpty)
        }
    }

    @Test func wrongChangesAreRefused() async throws {
        try await running { (graph, site, token) async throws in
            let body = Self.example.replacing("\"showComments\":true", with: "\"promotionKind\":\"newsPost\"")
            #expect(try await site.ask("POST", Self.pages, token + [Self.json], body).status == 201)
            let id = try #require(graph.pages.first?.id)
            let page = "\(Self.pages)/\(id)/microsoft.graph.sitePage"
            let type = "\"@odata.type\":\"#microsoft.graph.sitePage\""
            let bad = [
                Refused(
                    "no type", "PATCH", page, headers: [Self.json], body: "{\"title\":\"x\"}", status: 400,
                    violation: "@odata.type"),
                Refused(
                    "another name", "PATCH", page, headers: [Self.json], body: "{\(type),\"name\":\"y.aspx\"}",
                    status: 400, violation: "unknown property"),
                Refused(
                    "demoted", "PATCH", page, headers: [Self.json], body: "{\(type),\"promotionKind\":\"page\"}",
                    status: 400, violation: "news post"),
                Refused(
                    "a body with publish", "POST", "\(page)/publish", headers: [Self.json], body: "{}", status: 400,
                    violation: "a body"),
                Refused(
                    "a body with delete", "DELETE", "\(Self.pages)/\(id)", headers: [Self.json], body: "{}",
                    status: 400, violation: "a body"),
                Refused(
                    "PATCH without type cast", "PATCH", "\(Self.pages)/\(id)", headers: [Self.json], body: "{\(type)}",
                    status: 405, violation: "another method"),
            ]
            for request in bad { _ = try await site.refuses(request, token) }
            #expect(graph.pages.first?.title == "Proef")
        }
    }

    @Test func aTokenIsDemandedOfEveryone() async throws {
        try await running { (_, site, _) async throws in
            let reply = try await site.refuses(
                Refused(
                    "none", "POST", Self.pages, headers: [Self.json], body: Self.example, status: 401,
                    violation: "no token"))
            #expect((reply.json["error"] as? [String: Any])?["code"] as? String == "InvalidAuthenticationToken")
            #expect(reply.headers["www-authenticate"] != nil)
        }
    }

    @Test func throttlingSaysHowLong() async throws {
        try await running { (graph, site, token) async throws in
            graph.throttle(1, retryAfter: 7)
            let first = try await site.ask("POST", Self.pages, token + [Self.json], Self.example)
            #expect(first.status == 429)
            #expect(first.headers["retry-after"] == "7")
            #expect(graph.pages.isEmpty)
            #expect(try await site.ask("POST", Self.pages, token + [Self.json], Self.example).status == 201)
        }
    }

    @Test func withApprovalAPublishedPageStaysUnseen() async throws {
        try await running { (graph, site, token) async throws in
            graph.needsApproval = true
            #expect(try await site.ask("POST", Self.pages, token + [Self.json], Self.example).status == 201)
            let id = try #require(graph.pages.first?.id)
            let published = try await site.ask("POST", "\(Self.pages)/\(id)/microsoft.graph.sitePage/publish", token)
            #expect(published.status == 204)
            #expect(graph.pages.first?.level == .draft)
            #expect(graph.pages.first?.publishedTexts == [])
        }
    }
}
