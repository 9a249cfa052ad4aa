// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Testing
import Values

struct SharePointTests {
    private static let guid = "0dd6ddd6-45bd-4acd-b683-de0e6e7231b7"
    static let page = #"{"id":"\#(guid)","name":"meldpoort-stappen-2026.aspx"}"#
    private static let root = "/sites/voorbeeld.sharepoint.com,1,2"
    private static let settings: JSONValue = [
        "site": "voorbeeld.sharepoint.com,1,2", "status": "publish", "promotion": "page",
    ]

    static func site(
        pages: String = "", _ other: @escaping @Sendable (String) -> Exchange<HTTPResponse>? = { _ in nil }
    ) -> Site {
        Site { line, _ in
            if let answer = other(line) { return answer }
            switch line {
            case let line where line.contains("$filter="): return .json(200, #"{"value":[\#(pages)]}"#)
            case let line where line.hasPrefix("PUT"): return .json(201, #"{"id":"01ABC"}"#)
            case let line where line.contains("/drive/items/"):
                return .json(
                    200,
                    """
                    {"id":"01ABC","webUrl":"https://voorbeeld.sharepoint.com/Gedeelde%20documenten/a.png","sharepointIds":\
                    {"siteId":"S","webId":"W","listId":"L","listItemUniqueId":"U"}}
                    """)
            case let line where line.hasPrefix("POST \(Self.root)/pages"):
                return line.hasSuffix("/publish") ? .json(204, "") : .json(201, Self.page)
            case let line where line.hasPrefix("DELETE") && line.contains("/drive/"):
                return .json(404, #"{"error":{"code":"itemNotFound"}}"#)
            case let line where line.hasPrefix("DELETE"): return .json(204, "")
            case let line where line.hasPrefix("GET"): return .json(404, #"{"error":{"code":"itemNotFound"}}"#)
            default: return .json(200, Self.page)
            }
        }
    }

    @Test func `makes a page in full and publishes it`() async throws {
        let site = Self.site()
        let outcome = try await Example.adapter("sharepoint", Self.settings).deliver(Example.page(), over: site)
        #expect(outcome == .accepted(Receipt(reference: Self.guid)))
        #expect(
            site.lines == [
                "GET \(Self.root)/pages/microsoft.graph.sitePage?$filter=name%20eq%20'meldpoort-stappen-2026.aspx'&$select=id,name",
                "PUT \(Self.root)/drive/root:/meldpoort-stappen-2026.png:/content",
                "GET \(Self.root)/drive/items/01ABC?$select=id,webUrl,sharepointIds",
                "POST \(Self.root)/pages",
                "POST \(Self.root)/pages/\(Self.guid)/microsoft.graph.sitePage/publish",
            ])
        #expect(site.requests.last?.body.isEmpty == true)
        let key = HTTPRequest.Header("client-request-id", Example.page().idempotencyKey)
        #expect(site.requests.allSatisfy { $0.headers.first == key })
        let body = String(decoding: site.requests[3].body, as: UTF8.self)
        // Graph reads the type first; it stands first.
        #expect(body.hasPrefix(##"{"@odata.type":"#microsoft.graph.sitePage","canvasLayout":"##))
        #expect(try Example.json(site.requests[3]) == Self.golden)
    }

    private static let golden: JSONValue = [
        "@odata.type": "#microsoft.graph.sitePage", "name": "meldpoort-stappen-2026.aspx",
        "title": "De stappen & wie ze zet", "description": "Zo werkt de meldcode bij ons.", "pageLayout": "article",
        "promotionKind": "page", "showComments": false, "showRecommendedPages": false,
        "titleArea": [
            "enableGradientEffect": false, "layout": "plain", "showAuthor": false, "showPublishedDate": true,
            "showTextBlockAboveTitle": true, "textAboveTitle": "Stappen van de meldcode", "textAlignment": "left",
        ],
        "canvasLayout": [
            "horizontalSections": [
                [
                    "layout": "oneColumn", "id": "1", "emphasis": "none",
                    "columns": [["id": "1", "width": 12, "webparts": [image, text]]],
                ]
            ]
        ],
    ]

    private static let image: JSONValue = [
        "@odata.type": "#microsoft.graph.standardWebPart", "id": "6c0f2f0e-5d0a-4f55-9a7e-3b1d4c2e8f02",
        "webPartType": "d1d91016-032f-456d-98a4-721247c305e8",
        "data": [
            "dataVersion": "1.9", "title": "Image", "description": "Show an image on your page",
            "properties": [
                "imageSourceType": 2, "altText": "Vijf stappen op een rij", "overlayText": "", "captionText": "",
                "fixAspectRatio": false, "alignment": "Center", "siteid": "S", "webid": "W", "listid": "L",
                "uniqueid": "U",
            ],
            "serverProcessedContent": [
                "imageSources": [["key": "imageSource", "value": "/Gedeelde%20documenten/a.png"]],
                "customMetadata": [
                    ["key": "imageSource", "value": ["siteid": "S", "webid": "W", "listid": "L", "uniqueid": "U"]]
                ],
            ],
        ],
    ]

    private static let text: JSONValue = [
        "@odata.type": "#microsoft.graph.textWebPart", "id": "6c0f2f0e-5d0a-4f55-9a7e-3b1d4c2e8f01",
        "innerHtml": .string(
            """
            <h2>Stap 1</h2>
            <p>Zie je [iets]? <strong>Overleg</strong>.</p>
            <p>Onderwerp: Stappen van de meldcode. Van: School Voorbeeld.</p>
            """),
    ]

    @Test func `replaces the page of that name, whole, and makes no page of news`() async throws {
        let site = Self.site(pages: Self.page)
        let outcome = try await Example.adapter("sharepoint", Self.settings)
            .deliver(Example.page(without: ["afbeelding"], after: "x"), over: site)
        #expect(outcome == .accepted(Receipt(reference: Self.guid)))
        #expect(
            site.changes == [
                "PATCH \(Self.root)/pages/\(Self.guid)/microsoft.graph.sitePage",
                "POST \(Self.root)/pages/\(Self.guid)/microsoft.graph.sitePage/publish",
                "DELETE \(Self.root)/drive/root:/meldpoort-stappen-2026.png",
                "DELETE \(Self.root)/drive/root:/meldpoort-stappen-2026.jpg",
            ])
        let body = try Example.json(site.requests.first { $0.method == .patch })
        #expect(body["@odata.type"] == "#microsoft.graph.sitePage" && body["canvasLayout"] != nil)
        #expect(body["promotionKind"] == nil && body["name"] == nil && body["pageLayout"] == nil)
    }

    @Test func `promotes to news, and leaves a draft unpublished`() async throws {
        let site = Self.site(pages: Self.page)
        _ = try await Example.adapter(
            "sharepoint", ["site": "voorbeeld.sharepoint.com,1,2", "status": "draft", "promotion": "newsPost"]
        ).deliver(Example.page(without: ["afbeelding"]), over: site)
        #expect(try Example.json(site.requests.first { $0.method == .patch })["promotionKind"] == "newsPost")
        #expect(!site.lines.contains { $0.hasSuffix("/publish") })
    }

    @Test func `publishes at the next attempt what was made and not published`() async throws {
        let busy = Self.site { $0.hasSuffix("/publish") ? .json(429, "{}", retryAfter: 12) : nil }
        let adapter = try Example.adapter("sharepoint", Self.settings)
        let reason = OutcomeReason(.busyCounterpart, status: 429)
        #expect(await adapter.deliver(Example.page(), over: busy) == .retry(afterSeconds: 12, reason))
        let next = Self.site(pages: Self.page)
        #expect(await adapter.deliver(Example.page(), over: next) == .accepted(Receipt(reference: Self.guid)))
        #expect(next.changes.last?.hasPrefix("DELETE") == true && next.changes.contains { $0.hasPrefix("PATCH") })
        let lost = Self.site { $0.hasSuffix("/publish") ? .uncertain(OutcomeReason(.answerTimeout)) : nil }
        #expect(await adapter.deliver(Example.page(), over: lost) == .unknown(OutcomeReason(.answerTimeout)))
    }

    @Test func `takes a page away again that got another name`() async throws {
        let site = Self.site { line in
            line == "POST \(Self.root)/pages" ? .json(201, Self.page.replacing("2026", with: "2026(1)")) : nil
        }
        let outcome = try await Example.adapter("sharepoint", Self.settings)
            .deliver(Example.page(without: ["afbeelding"]), over: site)
        #expect(outcome == .rejected(OutcomeReason(.refusedByCounterpart, status: 201)))
        #expect(site.changes.last == "DELETE \(Self.root)/pages/\(Self.guid)")
    }

    @Test func `looks again when the name is taken meanwhile, and waits for who has the page open`() async throws {
        let adapter = try Example.adapter("sharepoint", Self.settings)
        for status in [409, 423] {
            let site = Self.site { $0 == "POST \(Self.root)/pages" ? .json(status) : nil }
            let outcome = await adapter.deliver(Example.page(without: ["afbeelding"]), over: site)
            #expect(outcome == .retry(afterSeconds: nil, OutcomeReason(.busyCounterpart, status: status)))
        }
    }

    @Test func `withdraws a page with its image, or what is not there`() async throws {
        let adapter = try Example.adapter("sharepoint", Self.settings)
        let site = Self.site(pages: Self.page)
        #expect(await adapter.deliver(Example.withdrawal(), over: site) == .accepted(Receipt(reference: Self.guid)))
        #expect(
            site.changes == [
                "DELETE \(Self.root)/drive/root:/meldpoort-stappen-2026.png",
                "DELETE \(Self.root)/drive/root:/meldpoort-stappen-2026.jpg",
                "DELETE \(Self.root)/pages/\(Self.guid)",
            ])
        let empty = Self.site()
        let outcome = await adapter.deliver(Example.withdrawal(after: Self.guid), over: empty)
        #expect(outcome == .accepted(Receipt(reference: Self.guid)))
        #expect(!empty.changes.contains { $0.contains("/pages") })
    }

    @Test func `makes no second page beside one that a person renamed`() async throws {
        let site = Self.site { $0.contains("/pages/\(Self.guid)/") ? .json(200, Self.page) : nil }
        let outcome = try await Example.adapter("sharepoint", Self.settings)
            .deliver(Example.page(after: Self.guid), over: site)
        #expect(outcome == .rejected(OutcomeReason(.refusedByCounterpart, status: 200)))
        #expect(site.changes.isEmpty)
    }

    @Test(arguments: ["", "../x", "a b", "host/sites/x", "a:b"]) func `refuses what is no site`(_ id: String) {
        let error = #expect(throws: SettingProblems.self) {
            try Example.adapter("sharepoint", ["site": .string(id)])
        }
        #expect(error?.problems.map(\.path) == [["sharepoint", "site"]])
    }
}
