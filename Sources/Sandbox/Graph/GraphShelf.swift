// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Synchronization

/// The pages of one site, and the rules for making, changing, publishing and deleting them.
final class GraphShelf: Sendable {
    struct State {
        var pages: [GraphPage] = []
        var made = 0
        var needsApproval = false
        var pageSize = 100
        /// Names of files that were deleted stay free.
        var deleted: [String] = []
    }

    let state = Mutex(State())
    private let siteID: String
    private let webURL: String

    init(siteID: String, webURL: String) {
        self.siteID = siteID
        self.webURL = webURL
    }

    /// sitepage-create.md.
    func create(_ request: SiteRequest) throws(Objection) -> IndexAnswer {
        try checkSite(request)
        let body = try request.object("application/json", code: "invalidRequest")
        let known = Self.updatable.union(["@odata.type", "name", "pageLayout"])
        try Self.check(body, knows: known)
        let name = try CanvasRules.text(body["name"], "name")
        // The characters that SharePoint refuses in a file name (invalidPath in errors.md).
        guard name.hasSuffix(".aspx"), name.count > 5, name.count <= 128,
            !name.contains(where: { "\"*:<>?/\\|#%".contains($0) || $0.isNewline })
        else { throw CanvasRules.wrong("name is not a file name ending in .aspx") }
        guard try !CanvasRules.text(body["title"], "title").isEmpty else { throw CanvasRules.wrong("title is empty") }
        guard let layout = body["pageLayout"] else { throw CanvasRules.wrong("pageLayout is missing") }
        try CanvasRules.oneOf(layout, ["article", "home"], "pageLayout")
        let page: GraphPage? = state.withLock { state in
            guard !state.pages.contains(where: { $0.name.lowercased() == name.lowercased() }) else { return nil }
            state.made += 1
            var properties = body
            properties["@odata.type"] = nil
            let page = GraphPage(id: Self.id(state.made), properties: properties)
            state.pages.append(page)
            return page
        }
        // What happens with a name that is taken is not published: assumed, from the list of codes in errors.md.
        guard let page else {
            throw Objection(409, "nameAlreadyExists", "a page with this name exists", isViolation: false)
        }
        return .json(201, page.json(webURL: webURL, expanded: false))
    }

    /// sitepage-update.md.
    func update(_ request: SiteRequest) throws(Objection) -> IndexAnswer {
        let page = try find(request)
        let body = try request.object("application/json", code: "invalidRequest")
        try Self.check(body, knows: Self.updatable.union(["@odata.type"]))
        if let title = body["title"]?.text, title.isEmpty { throw CanvasRules.wrong("title is empty") }
        if page.promotionKind == "newsPost", let kind = body["promotionKind"], kind != "newsPost" {
            throw CanvasRules.wrong("a news post cannot become a page again")
        }
        let changed = try change(page.id) { page in
            for (key, value) in body where key != "@odata.type" { page.properties[key] = value }
            page.title = body["title"]?.text ?? page.title
            page.drafts += 1
            page.level = .checkout
        }
        return .json(200, changed.json(webURL: webURL, expanded: false))
    }

    /// sitepage-publish.md.
    func publish(_ request: SiteRequest) throws(Objection) -> IndexAnswer {
        let page = try find(request)
        let needsApproval = state.withLock { $0.needsApproval }
        _ = try change(page.id) { page in
            guard !needsApproval else {
                page.level = .draft
                return
            }
            page.published += 1
            page.drafts = 0
            page.level = .published
            page.publishedTexts = page.texts
        }
        return .noContent
    }

    /// basesitepage-delete.md.
    func delete(_ request: SiteRequest) throws(Objection) -> IndexAnswer {
        let page = try find(request)
        if let tag = request.recorded.header("If-Match"), tag != "*", tag != page.eTag {
            throw Objection(412, "resourceModified", "If-Match names another version", isViolation: false)
        }
        state.withLock { state in
            state.pages.removeAll { $0.id == page.id }
            state.deleted.append(page.name)
        }
        return .noContent
    }

    /// sitepage-get.md.
    func get(_ request: SiteRequest) throws(Objection) -> IndexAnswer {
        let page = try find(request)
        return .json(
            200, page.json(webURL: webURL, expanded: try expands(request), selected: try selected(request)))
    }

    /// sitepage-list.md: sorted by name, in pages; `$top` is the size of a page (concepts/query-parameters.md).
    func list(_ request: SiteRequest, base: String) throws(Objection) -> IndexAnswer {
        try checkSite(request)
        let filter = try request.query("$filter").map { text throws(Objection) in try GraphFilter(text) }
        let (all, size) = state.withLock { ($0.pages.sorted { $0.name < $1.name }, $0.pageSize) }
        let fitting = all.filter { filter?.holds($0) ?? true }
        let start = try number(request.query("$skiptoken"), "$skiptoken") ?? 0
        let asked = try number(request.query("$top"), "$top")
        let shown = fitting.dropFirst(start).prefix(min(size, asked ?? size))
        let expanded = try expands(request)
        let selected = try selected(request)
        let next = start + shown.count
        let hasMore = next < fitting.count
        let kept = request.recorded.target.split(separator: "?").dropFirst().first.map { "&" + $0 } ?? ""
        let rest = kept.replacing(/&?\$skiptoken=\d+/, with: "")
        return .json(
            200,
            .object([
                "@odata.context": .text("\(base)/v1.0/$metadata#sites('\(siteID)')/pages/microsoft.graph.sitePage"),
                "@odata.count": request.query("$count") == "true" ? .whole(fitting.count) : nil,
                "value": .list(shown.map { $0.json(webURL: webURL, expanded: expanded, selected: selected) }),
                "@odata.nextLink": hasMore
                    ? .text("\(base)/v1.0/sites/\(siteID)/pages/microsoft.graph.sitePage?$skiptoken=\(next)\(rest)")
                    : nil,
            ]))
    }

    /// site-get.md.
    func site(_ request: SiteRequest) throws(Objection) -> IndexAnswer {
        try checkSite(request)
        return .json(
            200,
            .object([
                "id": .text(siteID), "name": "intranet", "displayName": "Intranet", "webUrl": .text(webURL),
            ]))
    }

    // MARK: Parts

    private static let updatable: Set<String> = [
        "description", "thumbnailWebUrl", "title", "showComments", "showRecommendedPages", "promotionKind", "titleArea",
        "canvasLayout",
    ]

    private static func check(_ body: [String: SiteJSON], knows known: Set<String>) throws(Objection) {
        guard body["@odata.type"]?.text == "#microsoft.graph.sitePage" else {
            throw CanvasRules.wrong("@odata.type is not #microsoft.graph.sitePage")
        }
        _ = try CanvasRules.object(.object(body), "sitePage", knows: known)
        for name in ["description", "thumbnailWebUrl", "title"] {
            if let value = body[name] { _ = try CanvasRules.text(value, name) }
        }
        for name in ["showComments", "showRecommendedPages"] where body[name].map({ !$0.isBool }) ?? false {
            throw CanvasRules.wrong("\(name) is not a Boolean")
        }
        if let kind = body["promotionKind"] { try CanvasRules.oneOf(kind, ["page", "newsPost"], "promotionKind") }
        if let area = body["titleArea"] { try CanvasRules.checkTitleArea(area) }
        if let canvas = body["canvasLayout"] { try CanvasRules.checkCanvas(canvas) }
    }

    private static func id(_ number: Int) -> String {
        let digits = String(number)
        return "0dd6ddd6-45bd-4acd-b683-" + String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    }

    private func checkSite(_ request: SiteRequest) throws(Objection) {
        guard request.places["site-id"] == siteID else { throw Objection(404, "itemNotFound", "the site is unknown") }
    }

    private func find(_ request: SiteRequest) throws(Objection) -> GraphPage {
        try checkSite(request)
        let id = request.places["page-id"]
        guard let page = state.withLock({ state in state.pages.first { $0.id == id } }) else {
            // A page that a person deleted: the sender cannot know.
            throw Objection(404, "itemNotFound", "the page is unknown", isViolation: false)
        }
        return page
    }

    private func change(_ id: String, _ body: @Sendable (inout GraphPage) -> Void) throws(Objection) -> GraphPage {
        let changed: GraphPage? = state.withLock { state in
            guard let index = state.pages.firstIndex(where: { $0.id == id }) else { return nil }
            body(&state.pages[index])
            return state.pages[index]
        }
        guard let changed else { throw Objection(404, "itemNotFound", "the page is unknown", isViolation: false) }
        return changed
    }

    private func expands(_ request: SiteRequest) throws(Objection) -> Bool {
        guard let value = request.query("$expand") else { return false }
        guard value == "canvasLayout" else { throw CanvasRules.wrong("only canvasLayout can be expanded") }
        return true
    }

    private func selected(_ request: SiteRequest) throws(Objection) -> Set<String>? {
        guard let value = request.query("$select") else { return nil }
        let names = Set(value.split(separator: ",").map(String.init))
        let readable: Set = [
            "id", "name", "title", "webUrl", "eTag", "description", "pageLayout", "promotionKind", "publishingState",
            "showComments", "showRecommendedPages", "thumbnailWebUrl", "titleArea", "createdBy", "lastModifiedBy",
        ]
        guard readable.isSuperset(of: names) else { throw CanvasRules.wrong("$select names an unknown property") }
        return names
    }

    private func number(_ text: String?, _ name: String) throws(Objection) -> Int? {
        guard let text else { return nil }
        guard let number = Int(text), number >= 0 else { throw CanvasRules.wrong("\(name) is not a number") }
        return number
    }
}

/// `$filter` as far as a page can be looked up with it: `name eq '...'` or `title eq '...'`, a quote doubled inside.
struct GraphFilter {
    private let property: String
    private let value: String

    init(_ text: String) throws(Objection) {
        guard let match = text.wholeMatch(of: /(name|title) eq '((?:[^']|'')*)'/) else {
            throw CanvasRules.wrong("$filter cannot be read")
        }
        property = String(match.1)
        value = String(match.2).replacing("''", with: "'")
    }

    func holds(_ page: GraphPage) -> Bool {
        (property == "name" ? page.name : page.title).lowercased() == value.lowercased()
    }
}
