// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

/// Posts or pages of WordPress (5.6 or later), through its REST interface.
///
/// WordPress knows no idempotency key, so a page is found by its slug, in every state but the trash, and what stands there is brought
/// up to date. It gives a slug that is taken a number behind it: then the new page is taken away again, for a person to look.
struct WordPress: Target {
    static let settings = [
        SettingSpecification(
            "content_type", .choice(["posts", "pages"]), default: "posts", summary: "What a publication becomes."),
        SettingSpecification(
            "status", .choice(["publish", "draft"]), default: "publish",
            summary: "What a new page is; a draft waits for a person in WordPress, and what is online stays so."),
        SettingSpecification(
            "categories", .list(.text), default: [],
            summary: "The slugs or numbers of the categories of each post; they must exist."),
        SettingSpecification(
            "withdrawal", .choice(["trash", "draft"]), default: "trash", summary: "What becomes of a withdrawn page."),
        SettingSpecification(
            "rest_path", .text, default: "/wp-json/wp/v2",
            summary: "Where the REST interface is; /index.php?rest_route=/wp/v2 without pretty permalinks."),
    ]

    private let type: String
    private let isDraft: Bool
    private let keepsWithdrawn: Bool
    private let categories: [String]
    private let rest: RESTPath

    init(_ settings: AdapterSettings, problems: inout [SettingProblems.Problem]) {
        func text(_ name: String) -> String { settings["wordpress", name]?.string ?? "" }
        type = text("content_type") == "pages" ? "pages" : "posts"
        isDraft = text("status") == "draft"
        keepsWithdrawn = text("withdrawal") == "draft"
        categories = settings["wordpress", "categories"]?.array?.compactMap(\.string) ?? []
        rest = RESTPath(text("rest_path"))
        if !rest.isSound {
            problems.append(
                .init(
                    path: ["wordpress", "rest_path"], message: "this is no path below connection.base_url",
                    suggestion: "/wp-json/wp/v2"))
        }
        for (index, category) in categories.enumerated() where !Self.isSlug(category) {
            problems.append(
                .init(
                    path: ["wordpress", "categories", String(index)], message: "this is no slug and no number",
                    suggestion: "take the slug from Berichten, Categorieën in WordPress"))
        }
        if type == "pages", !categories.isEmpty {
            problems.append(
                .init(
                    path: ["wordpress", "categories"], message: "pages have no categories",
                    suggestion: "content_type: posts"))
        }
    }

    private static func isSlug(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0.isSlugByte || $0 == UInt8(ascii: "_") }
    }

    func probe(over transport: any OutboundTransport) async -> ProbeResult {
        await Dialogue(transport: transport, headers: []).probe(rest("/users/me", "context=edit&_fields=id"))
    }

    // MARK: Publishing

    func publish(
        _ publication: Publication, at place: PageName, _ disclosure: Disclosure, over transport: any OutboundTransport
    ) async throws(Ending) -> Receipt {
        let dialogue = dialogue(disclosure, transport)
        let terms = try await categoryNumbers(dialogue)
        let known = try await posts(place, dialogue)
        let hint = number(disclosure.counterpartReference)
        if known.isEmpty { try await refuseRenamed(hint, dialogue) }
        let media = WordPressMedia(rest: rest, dialogue: dialogue, place: place)
        let image = try await media.put(publication.image)
        let body = page(publication, at: place, image: image, terms: terms, isNew: known.isEmpty)
        let post = known.first { $0.number == hint } ?? known.first
        let number = try await write(body, over: post, at: place, dialogue)
        await media.clear(keeping: image)
        return Receipt(reference: String(number))
    }

    private func page(
        _ publication: Publication, at place: PageName, image: Int?, terms: [Int], isNew: Bool
    ) -> JSONValue {
        var body: [String: JSONValue] = [
            "slug": .string(place.text), "title": .string(WordPressText.plain(publication.title)),
            "content": .string(WordPressText.content(publication)),
            "excerpt": .string(publication.summary.map(WordPressText.plain) ?? ""),
            "featured_media": .number(Double(image ?? 0)), "comment_status": "closed", "ping_status": "closed",
        ]
        // A draft is how a page begins; whether it is online afterwards is what the person in WordPress made of it.
        if isNew || !isDraft { body["status"] = isDraft ? "draft" : "publish" }
        if !terms.isEmpty { body["categories"] = .array(terms.map { .number(Double($0)) }) }
        return .object(body)
    }

    private func write(
        _ body: JSONValue, over post: Post?, at place: PageName, _ dialogue: Dialogue
    ) async throws(Ending) -> Int {
        let path = post.map { "/\(type)/\($0.number)" } ?? "/\(type)"
        let written = try await dialogue.tell(.init(.post, rest(path, Post.fields), json: body)) { answer in
            Post(answer).flatMap { post == nil || $0.number == post?.number ? $0 : nil }
        }
        if post == nil, written.slug != place.text {
            // The name is taken by something that the look-up does not show. A page under another name would be doubled by a repeat.
            try await dialogue.carryOut(
                .init(.delete, rest("/\(type)/\(written.number)", "force=true")), accepting: [200],
                orNothingThere: Post.gone)
            throw .rejected(.refusedByCounterpart, 201)
        }
        return written.number
    }

    /// Settings may name categories by slug; WordPress wants numbers.
    private func categoryNumbers(_ dialogue: Dialogue) async throws(Ending) -> [Int] {
        let slugs = categories.filter { Int($0) == nil }
        var numbers = categories.compactMap { Int($0) }
        guard !slugs.isEmpty else { return numbers }
        let query = "slug=\(slugs.joined(separator: ","))&per_page=100&_fields=id,slug"
        let found = try await dialogue.list(rest("/categories", query))
        for slug in slugs {
            guard let number = found.first(where: { $0["slug"]?.string == slug })?["id"]?.integer else {
                throw .rejected(.refusedByCounterpart, 200)
            }
            numbers.append(number)
        }
        return numbers
    }

    // MARK: Withdrawing

    func withdraw(
        _ place: PageName, _ disclosure: Disclosure, over transport: any OutboundTransport
    ) async throws(Ending) -> Receipt {
        let dialogue = dialogue(disclosure, transport)
        let known = try await posts(place, dialogue)
        let hint = number(disclosure.counterpartReference)
        if known.isEmpty { try await refuseRenamed(hint, dialogue) }
        // The images first: once the page is away, nothing leads to them any more.
        try await WordPressMedia(rest: rest, dialogue: dialogue, place: place).removeAll()
        for post in known { try await remove(post, dialogue) }
        return Receipt(reference: (known.first?.number ?? hint).map { String($0) })
    }

    private func remove(_ post: Post, _ dialogue: Dialogue) async throws(Ending) {
        if keepsWithdrawn {
            let change: JSONValue = ["status": "draft", "featured_media": 0]
            try await dialogue.carryOut(
                .init(.post, rest("/\(type)/\(post.number)", Post.fields), json: change), accepting: [200],
                orNothingThere: Post.gone)
        } else {
            try await dialogue.carryOut(
                .init(.delete, rest("/\(type)/\(post.number)", Post.fields)), accepting: [200],
                orNothingThere: Post.gone)
        }
    }

    // MARK: Looking

    private func posts(_ place: PageName, _ dialogue: Dialogue) async throws(Ending) -> [Post] {
        let query = "slug=\(place.text)&status=any&context=edit&orderby=id&order=asc&per_page=100&\(Post.fields)"
        return try await dialogue.list(rest("/\(type)", query)).compactMap(Post.init).filter { $0.slug == place.text }
    }

    /// No page has the name, yet WordPress gave a number before: when that page still stands, somebody gave it another name. A second
    /// page beside it would be wrong, and so would be to say that it is withdrawn.
    private func refuseRenamed(_ hint: Int?, _ dialogue: Dialogue) async throws(Ending) {
        guard let hint else { return }
        let path = rest("/\(type)/\(hint)", "context=edit&\(Post.fields)")
        guard let answer = try await dialogue.ask(path, unless: Post.gone) else { return }
        guard Post(answer)?.status == "trash" else { throw .rejected(.refusedByCounterpart, 200) }
    }

    private func number(_ reference: String?) -> Int? {
        reference.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    }

    private func dialogue(_ disclosure: Disclosure, _ transport: any OutboundTransport) -> Dialogue {
        Dialogue(transport: transport, headers: [.init("Idempotency-Key", disclosure.idempotencyKey)])
    }
}

/// A post or a page as WordPress answers it.
struct Post: Sendable {
    static let fields = "_fields=id,slug,status"
    /// What WordPress says of a number that it does not have, or has thrown away already.
    static let gone: Set<String> = ["rest_post_invalid_id", "rest_already_trashed"]

    let number: Int
    let slug: String
    let status: String

    init?(_ value: JSONValue) {
        guard let number = value["id"]?.integer, number > 0, let slug = value["slug"]?.string else { return nil }
        self.number = number
        self.slug = slug
        status = value["status"]?.string ?? ""
    }
}

/// Where the REST interface is, with or without pretty permalinks.
struct RESTPath: Sendable {
    private let base: String

    init(_ base: String) {
        self.base = base
    }

    /// `/wp-json/wp/v2`, or a path with the route in its query.
    var isSound: Bool {
        base.hasPrefix("/") && !base.hasSuffix("/") && !base.contains("//") && !base.contains("..")
            && base.utf8.allSatisfy { $0.isSlugByte || $0.isCapital || "/.?=_".utf8.contains($0) }
    }

    func callAsFunction(_ path: String, _ query: String) -> String {
        "\(base)\(path)\(base.contains("?") ? "&" : "?")\(query)"
    }
}

extension UInt8 {
    /// Small letters, digits and dashes.
    var isSlugByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }

    var isCapital: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
}
