// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// A page as the stand-in for SharePoint keeps it.
public struct GraphPage: Sendable, Hashable {
    /// How far a page is (publicationFacet.md: `published`, `checkout`; sitepage-get.md also shows `draft`).
    public enum Level: String, Sendable, Hashable { case checkout, draft, published }

    /// The id that Graph gave.
    public let id: String
    /// The name of the file, ending in `.aspx`.
    public let name: String
    /// The title on the page.
    public internal(set) var title: String
    /// How far it is.
    public internal(set) var level = Level.checkout
    /// Versions that were published: the number before the point.
    public internal(set) var published = 0
    /// Versions since then: the number after the point.
    public internal(set) var drafts = 1
    /// The `innerHtml` of all text parts of the page's present version, in order.
    public var texts: [String] { CanvasRules.texts(properties["canvasLayout"]) }
    /// The `innerHtml` of all text parts of the version that everyone sees; empty when none was published.
    public internal(set) var publishedTexts: [String] = []
    /// `promotionKind`: `page` or `newsPost`.
    public var promotionKind: String { properties["promotionKind"]?.text ?? "page" }
    /// `description`.
    public var description: String? { properties["description"]?.text }

    /// What was sent, `@odata.type` left out.
    var properties: [String: SiteJSON]

    init(id: String, properties: [String: SiteJSON]) {
        self.id = id
        self.properties = properties
        name = properties["name"]?.text ?? ""
        title = properties["title"]?.text ?? ""
    }

    var eTag: String { "\"{\(id.uppercased())},\(published * 100 + drafts)\"" }

    /// The page in an answer (sitepage-get.md): the canvas only when it is asked for.
    func json(webURL: String, expanded: Bool, selected: Set<String>? = nil) -> SiteJSON {
        let person: SiteJSON = .object(["user": .object(["displayName": "Meldpoort"])])
        var fields = properties
        if !expanded { fields["canvasLayout"] = nil }
        fields["promotionKind"] = .text(promotionKind)
        fields["@odata.type"] = "#microsoft.graph.sitePage"
        fields["id"] = .text(id)
        fields["eTag"] = .text(eTag)
        fields["webUrl"] = .text("\(webURL)/SitePages/\(name)")
        fields["createdBy"] = person
        fields["lastModifiedBy"] = person
        fields["publishingState"] = .object([
            "level": .text(level.rawValue), "versionId": .text("\(published).\(drafts)"),
            "checkedOutBy": level == .checkout ? person : nil,
        ])
        guard let selected else { return .object(fields) }
        return .object(fields.filter { selected.contains($0.key) || $0.key == "@odata.type" })
    }
}

/// The content of a page (canvaslayout.md, horizontalsection.md, horizontalsectioncolumn.md, textwebpart.md,
/// standardwebpart.md, titlearea.md), with every property that is not published refused.
enum CanvasRules {
    /// The web parts that sitepage-create.md supports.
    static let supportedParts: Set<String> = [
        "e377ea37-9047-43b9-8cdb-a761be2f8e09", "0f087d7f-520e-42b7-89c0-496aaf979d58",
        "df8e44e7-edd5-46d5-90da-aca1539313b8", "2161a1c6-db61-4731-b97c-3cdb303f7cbb",
        "b7dd04e1-19ce-4b24-9132-b60a1c2b910d", "d1d91016-032f-456d-98a4-721247c305e8",
        "af8be689-990e-492a-81f7-ba3e4cd3ed9c", "6410b3b6-d440-4663-8744-378976dc041e",
        "e84a8ca2-f63c-4fb9-bc0b-d8eef5ccb22b", "7f718435-ee4d-431c-bdbf-9c4ff326f46e",
        "c70391ea-0b10-4ee9-b2b4-006d3fcad0cd", "8654b779-4886-46d4-8ffb-b5ed960ee986",
        "544dd15b-cf3c-441b-96da-004d5a8cea1d", "cbe7b0a9-3504-44dd-a3a3-0e5cacd07788",
    ]

    /// How many columns each layout has; those for which the page says nothing are left out.
    private static let columns: [String: Int?] = [
        "none": nil, "oneColumn": 1, "twoColumns": 2, "threeColumns": 3, "oneThirdLeftColumn": 2,
        "oneThirdRightColumn": 2, "fullWidth": 1, "flexible": nil,
    ]

    static func texts(_ canvas: SiteJSON?) -> [String] {
        let sections = canvas?["horizontalSections"]?.list ?? []
        let columns = sections.flatMap { $0["columns"]?.list ?? [] } + [canvas?["verticalSection"]].compactMap(\.self)
        return columns.flatMap { $0["webparts"]?.list ?? [] }.compactMap { $0["innerHtml"]?.text }
    }

    static func checkCanvas(_ value: SiteJSON) throws(Objection) {
        let canvas = try object(value, "canvasLayout", knows: ["horizontalSections", "verticalSection"])
        for section in try list(canvas["horizontalSections"], "horizontalSections") {
            try checkSection(section)
        }
        if let vertical = canvas["verticalSection"] {
            let section = try object(vertical, "verticalSection", knows: ["emphasis", "webparts"])
            for part in try list(section["webparts"], "webparts") { try checkPart(part) }
        }
    }

    private static func checkSection(_ value: SiteJSON) throws(Objection) {
        let section = try object(value, "horizontalSection", knows: ["id", "layout", "emphasis", "columns"])
        try oneOf(section["emphasis"] ?? "none", ["none", "neutral", "soft", "strong"], "emphasis")
        let layout = try text(section["layout"], "layout")
        guard let demanded = columns[layout] else { throw wrong("layout is not one of the published values") }
        let found = try list(section["columns"], "columns")
        guard !found.isEmpty else { throw wrong("a section has no columns") }
        if let demanded, demanded != found.count { throw wrong("the columns do not fit the layout") }
        var width = 0
        for value in found {
            let column = try object(value, "column", knows: ["id", "width", "webparts"])
            guard let own = column["width"]?.whole, (1...12).contains(own) else {
                throw wrong("a column's width is not 1 to 12")
            }
            width += own
            for part in try list(column["webparts"], "webparts") { try checkPart(part) }
        }
        guard width <= 12 else { throw wrong("the columns are wider than the section's 12 grids") }
    }

    private static func checkPart(_ value: SiteJSON) throws(Objection) {
        guard let part = value.object else { throw wrong("a web part is not an object") }
        if part["innerHtml"] != nil {
            _ = try object(value, "textWebPart", knows: ["@odata.type", "id", "innerHtml"])
            _ = try text(part["innerHtml"], "innerHtml")
            try oneOf(
                part["@odata.type"] ?? "#microsoft.graph.textWebPart", ["#microsoft.graph.textWebPart"], "@odata.type")
            return
        }
        let known: Set = ["@odata.type", "id", "webPartType", "data", "containerTextWebPartId"]
        _ = try object(value, "standardWebPart", knows: known)
        guard supportedParts.contains(try text(part["webPartType"], "webPartType")) else {
            throw wrong("webPartType is not a supported web part")
        }
        if let data = part["data"] {
            let known: Set = [
                "audiences", "dataVersion", "description", "properties", "serverProcessedContent", "title",
            ]
            _ = try object(data, "data", knows: known)
        }
    }

    static func checkTitleArea(_ value: SiteJSON) throws(Objection) {
        // `title` and `imageSourceType` stand in the published example, not in the table.
        let texts: Set = ["alternativeText", "imageWebUrl", "layout", "textAboveTitle", "textAlignment", "title"]
        let flags: Set = ["enableGradientEffect", "showAuthor", "showPublishedDate", "showTextBlockAboveTitle"]
        let area = try object(
            value, "titleArea", knows: texts.union(flags).union(["serverProcessedContent", "imageSourceType"]))
        for name in texts { if let value = area[name] { _ = try text(value, name) } }
        for name in flags where area[name].map({ !$0.isBool }) ?? false { throw wrong("\(name) is not a Boolean") }
        try oneOf(area["layout"] ?? "plain", ["imageAndTitle", "plain", "colorBlock", "overlap"], "titleArea.layout")
        try oneOf(area["textAlignment"] ?? "left", ["left", "center"], "textAlignment")
    }

    // MARK: Small checks

    static func wrong(_ what: String) -> Objection { Objection(400, "invalidRequest", what) }

    static func object(
        _ value: SiteJSON, _ name: String, knows known: Set<String>
    ) throws(Objection) -> [String: SiteJSON] {
        guard let object = value.object else { throw wrong("\(name) is not an object") }
        guard known.isSuperset(of: object.keys) else { throw wrong("\(name) has an unknown property") }
        return object
    }

    static func text(_ value: SiteJSON?, _ name: String) throws(Objection) -> String {
        guard let text = value?.text else { throw wrong("\(name) is missing or not a String") }
        return text
    }

    static func list(_ value: SiteJSON?, _ name: String) throws(Objection) -> [SiteJSON] {
        guard let value else { return [] }
        guard let list = value.list else { throw wrong("\(name) is not a collection") }
        return list
    }

    static func oneOf(_ value: SiteJSON, _ values: Set<String>, _ name: String) throws(Objection) {
        guard let text = value.text, values.contains(text) else {
            throw wrong("\(name) is not one of the published values")
        }
    }
}
