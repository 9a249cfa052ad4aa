// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

/// Pages of a SharePoint site, through Microsoft Graph v1.0.
///
/// Graph knows no idempotency key either: a page is found by its file name. What Graph answers to a create is a page that nobody sees
/// yet; publishing is a request of its own.
struct SharePoint: Target {
    static let settings = [
        SettingSpecification(
            "site", .text, required: true, summary: "The site's identifier: host name and two GUIDs, with commas."),
        SettingSpecification(
            "status", .choice(["publish", "draft"]), default: "publish",
            summary: "Whether pages are published, or wait for a person in SharePoint."),
        SettingSpecification(
            "promotion", .choice(["page", "newsPost"]), default: "page",
            summary: "What a page is; once it is news it stays news."),
    ]

    /// What Graph says of something that it does not have.
    private static let gone: Set<String> = ["itemNotFound", "ItemNotFound", "notFound", "ResourceNotFound"]

    private let site: String
    private let isDraft: Bool
    private let promotion: String

    init(_ settings: AdapterSettings, problems: inout [SettingProblems.Problem]) {
        let id = settings["sharepoint", "site"]?.string ?? ""
        site = "/sites/\(id)"
        isDraft = settings["sharepoint", "status"]?.string == "draft"
        promotion = settings["sharepoint", "promotion"]?.string ?? "page"
        if settings["sharepoint"] == nil {
            problems.append(
                .init(path: ["sharepoint"], message: "target sharepoint needs the site", suggestion: "sharepoint.site"))
        } else if id.isEmpty || !id.utf8.allSatisfy({ $0.isSlugByte || $0.isCapital || ".,".utf8.contains($0) }) {
            problems.append(
                .init(
                    path: ["sharepoint", "site"], message: "this is no identifier of a site",
                    suggestion: "the id that Graph gives for /sites/{host}:/sites/{name}"))
        }
    }

    func probe(over transport: any OutboundTransport) async -> ProbeResult {
        await Dialogue(transport: transport, headers: []).probe("\(site)?$select=id")
    }

    // MARK: Publishing

    func publish(
        _ publication: Publication, at place: PageName, _ disclosure: Disclosure, over transport: any OutboundTransport
    ) async throws(Ending) -> Receipt {
        let dialogue = dialogue(disclosure, transport)
        let known = try await pages(place, dialogue)
        if known.isEmpty { try await refuseRenamed(disclosure.counterpartReference, dialogue) }
        let files = SharePointImages(site: site, dialogue: dialogue, place: place, gone: Self.gone)
        let image = try await files.put(publication.image)
        let page = SharePointPage(publication, image: image, promotion: promotion)
        let id = try await write(page, over: known.first, at: place, dialogue)
        if !isDraft {
            try await dialogue.carryOut(
                .init(.post, "\(site)/pages/\(id)/microsoft.graph.sitePage/publish"), accepting: [200, 202, 204])
        }
        if !known.isEmpty { await files.clear(keeping: publication.image?.kind) }
        return Receipt(reference: id)
    }

    private func write(
        _ page: SharePointPage, over id: String?, at place: PageName, _ dialogue: Dialogue
    ) async throws(Ending) -> String {
        if let id {
            let path = "\(site)/pages/\(id)/microsoft.graph.sitePage"
            try await dialogue.carryOut(.init(.patch, path, json: page.update), accepting: [200, 204])
            return id
        }
        let creation = Dialogue.Change(.post, "\(site)/pages", json: page.creation(name: Self.file(place)))
        let (id, name) = try await dialogue.tell(creation, accepting: [201]) { answer -> (String, String)? in
            guard let id = Self.id(answer), let name = answer["name"]?.string else { return nil }
            return (id, name)
        }
        guard name.lowercased() == Self.file(place) else {
            try await remove(id, dialogue)
            throw .rejected(.refusedByCounterpart, 201)
        }
        return id
    }

    // MARK: Withdrawing

    func withdraw(
        _ place: PageName, _ disclosure: Disclosure, over transport: any OutboundTransport
    ) async throws(Ending) -> Receipt {
        let dialogue = dialogue(disclosure, transport)
        let known = try await pages(place, dialogue)
        if known.isEmpty { try await refuseRenamed(disclosure.counterpartReference, dialogue) }
        try await SharePointImages(site: site, dialogue: dialogue, place: place, gone: Self.gone).removeAll()
        for id in known { try await remove(id, dialogue) }
        return Receipt(reference: known.first ?? disclosure.counterpartReference)
    }

    private func remove(_ id: String, _ dialogue: Dialogue) async throws(Ending) {
        try await dialogue.carryOut(
            .init(.delete, "\(site)/pages/\(id)"), accepting: [200, 202, 204], orNothingThere: Self.gone)
    }

    // MARK: Looking

    private func pages(_ place: PageName, _ dialogue: Dialogue) async throws(Ending) -> [String] {
        let filter = "$filter=name%20eq%20'\(Self.file(place))'&$select=id,name"
        let pages = try await dialogue.list("\(site)/pages/microsoft.graph.sitePage?\(filter)", member: "value")
        return pages.filter { $0["name"]?.string?.lowercased() == Self.file(place) }.compactMap(Self.id)
    }

    /// No page has the name, yet Graph gave an identifier before: when that page still stands, somebody gave it another name.
    private func refuseRenamed(_ hint: String?, _ dialogue: Dialogue) async throws(Ending) {
        guard let hint, Self.isGUID(hint) else { return }
        let path = "\(site)/pages/\(hint)/microsoft.graph.sitePage?$select=id,name"
        if try await dialogue.ask(path, unless: Self.gone) != nil { throw .rejected(.refusedByCounterpart, 200) }
    }

    private static func file(_ place: PageName) -> String { "\(place.text).aspx" }

    /// An identifier that can stand in a path.
    private static func id(_ page: JSONValue) -> String? {
        page["id"]?.string.flatMap { isGUID($0) ? $0 : nil }
    }

    private static func isGUID(_ text: String) -> Bool {
        text.count == 36 && text.allSatisfy { $0 == "-" || $0.isASCII && $0.isHexDigit }
    }

    private func dialogue(_ disclosure: Disclosure, _ transport: any OutboundTransport) -> Dialogue {
        Dialogue(transport: transport, headers: [.init("client-request-id", disclosure.idempotencyKey)])
    }
}
