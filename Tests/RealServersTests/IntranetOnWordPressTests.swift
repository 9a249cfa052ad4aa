// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import AdapterTesting
import Disclosures
import Foundation
import Intranet
import RealServers
import Sandbox
import Testing
import Transport
import Values

/// Publications on a real WordPress, through our own transport: what stands there afterwards is looked up in WordPress itself.
@Suite(.serialized) struct IntranetOnWordPressTests {
    @Test func `a page comes, comes again, changes and goes`() async throws {
        try await Site.run { site in
            let adapter = try Site.adapter(["categories": ["meldcode"]])
            _ = try site.php("wp_insert_term('Meldcode', 'category', ['slug' => 'meldcode']);")
            #expect(await adapter.probe(over: site.transport) == .reachable)

            let first = await adapter.deliver(Site.page(image: Site.blue), over: site.transport)
            guard case .accepted(let receipt) = first, let number = receipt.reference else {
                Issue.record("the first publication gives \(first)")
                return
            }
            let once = try site.state()
            #expect(once.posts.map(\.slug) == ["meldpoort-stappen"] && once.posts.map(\.status) == ["publish"])
            #expect(once.posts.first?.title == "De stappen &amp; &lt;wie&gt;")
            #expect(once.posts.first?.excerpt == "Kort &lt;gezegd&gt;.")
            #expect(once.posts.first?.categories == ["meldcode"])
            #expect(once.media.map(\.alt) == ["Een &quot;blauw&quot; vlak"])
            #expect(once.posts.first?.image == once.media.first?.number)

            // The same again, as after an unknown outcome: nothing is doubled, not the image either.
            #expect(await adapter.deliver(Site.page(image: Site.blue), over: site.transport) == first)
            #expect(try site.state() == once)

            let changed = Site.page(
                ["titel": "Nieuwe titel", "tekst": "Nieuwe tekst."], image: Site.red, after: number)
            #expect(await adapter.deliver(changed, over: site.transport) == first)
            let later = try site.state()
            #expect(
                later.posts.map(\.title) == ["Nieuwe titel"]
                    && later.posts.first?.text.contains("Nieuwe tekst.") == true)
            #expect(later.media.count == 1 && later.media != once.media)
            #expect(later.posts.first?.image == later.media.first?.number)
            #expect(later.files.count { $0.hasSuffix(".png") } == once.files.count { $0.hasSuffix(".png") })

            #expect(await adapter.deliver(Site.withdrawal(after: number), over: site.transport) == first)
            let gone = try site.state()
            #expect(gone.posts.map(\.status) == ["trash"] && gone.media.isEmpty && gone.files.isEmpty)
            #expect(await adapter.deliver(Site.withdrawal(after: number), over: site.transport) == first)

            let again = await adapter.deliver(Site.page(after: number), over: site.transport)
            #expect(again != first && again.reference != nil)
            #expect(try site.state().posts.map(\.slug).sorted() == ["meldpoort-stappen", "meldpoort-stappen__trashed"])
        }
    }

    @Test func `what goes wrong has the outcome that it must have`() async throws {
        try await Site.run { site in
            let adapter = try Site.adapter(["content_type": "pages"])
            let wrong = try site.transport(password: "ander wachtwoord")
            // It lets nobody in without a word, and then refuses to look among drafts.
            let refused = Outcome.rejected(OutcomeReason(.authenticationFailed, status: 400))
            let outcome = await adapter.deliver(Site.page(), over: wrong)
            #expect(outcome == refused)
            #expect(await adapter.probe(over: wrong) == .failed(OutcomeReason(.authenticationFailed, status: 401)))
            let elsewhere = try Site.adapter(["rest_path": "/wp-json/wp/v9"])
            let absent = Outcome.rejected(OutcomeReason(.refusedByCounterpart, status: 404))
            #expect(await elsewhere.deliver(Site.page(), over: site.transport) == absent)

            let doubt = Outcome.unknown(OutcomeReason(.answerNotUnderstood, status: 500))
            try site.press.breakPlugin(.failsBefore)
            #expect(await adapter.deliver(Site.page(), over: site.transport) == doubt)
            #expect(try site.state().posts.isEmpty)
            try site.press.breakPlugin(.errorInside)
            let inside = await adapter.deliver(Site.page(), over: site.transport)
            #expect(inside == .unknown(OutcomeReason(.answerNotUnderstood, status: 200)))
            #expect(try site.state().posts.isEmpty)
            try site.press.breakPlugin(.talksBetween)
            let noisy = await adapter.deliver(Site.page(), over: site.transport)
            #expect(noisy == .retry(afterSeconds: nil, OutcomeReason(.answerNotUnderstood, status: 200)))
            // Kept, and then broken: a person sends it again, and there is still one page.
            try site.press.breakPlugin(.failsAfter)
            #expect(await adapter.deliver(Site.page(), over: site.transport) == doubt)
            #expect(try site.state().posts.count == 1)
            try site.press.breakPlugin(.none)
            let number = await adapter.deliver(Site.page(), over: site.transport).reference
            #expect(try site.state().posts.count == 1 && number != nil)

            // Renamed by an editor: neither doubled nor called withdrawn.
            _ = try site.php("wp_update_post(['ID' => \(number ?? "0"), 'post_name' => 'eigen-naam']);")
            let renamed = Outcome.rejected(OutcomeReason(.refusedByCounterpart, status: 200))
            #expect(await adapter.deliver(Site.page(after: number), over: site.transport) == renamed)
            #expect(await adapter.deliver(Site.withdrawal(after: number), over: site.transport) == renamed)
            #expect(try site.state().posts.map(\.status) == ["publish"])
        }
    }

    @Test func `names that are taken, drafts, and files that WordPress does not take`() async throws {
        try await Site.run { site in
            let adapter = try Site.adapter(["content_type": "pages"])
            // A file in the media library has the name: WordPress would call the page meldpoort-stappen-2.
            _ = try site.php(
                "wp_insert_attachment(['post_name' => 'meldpoort-stappen', 'post_title' => 'Iets anders']);")
            let taken = Outcome.rejected(OutcomeReason(.refusedByCounterpart, status: 201))
            let second = await adapter.deliver(Site.page(), over: site.transport)
            #expect(second == taken)
            #expect(try site.state().posts.isEmpty)

            let other: [String: JSONValue] = ["publicatie": "Concept.1"]
            let drafts = try Site.adapter(["status": "draft", "withdrawal": "draft"])
            let made = await drafts.deliver(Site.page(other), over: site.transport)
            let number = made.reference ?? "0"
            let concept = try site.state().posts
            #expect(concept.map(\.status) == ["draft"])
            #expect(await drafts.deliver(Site.page(other), over: site.transport) == made)
            _ = try site.php("wp_update_post(['ID' => \(number), 'post_status' => 'publish']);")
            let illustrated = await drafts.deliver(Site.page(other, image: Site.red), over: site.transport)
            #expect(illustrated == made)
            #expect(try site.state().posts.map(\.status) == ["publish"])
            let withdrawal = Site.withdrawal("Concept.1", after: number)
            #expect(await drafts.deliver(withdrawal, over: site.transport) == made)
            let state = try site.state()
            #expect(state.posts.map(\.status) == ["draft"] && state.posts.map(\.image) == [0] && state.files.isEmpty)

            // WordPress cannot keep the image: then there is no page without it.
            _ = try site.php("chmod(wp_get_upload_dir()['path'], 0555);")
            let third = Site.page(["publicatie": "derde"], image: Site.blue)
            let full = await adapter.deliver(third, over: site.transport)
            #expect(full == .rejected(OutcomeReason(.refusedByCounterpart, status: 500)))
            #expect(try !site.state().posts.contains { $0.slug.contains("derde") })
        }
    }

    @Test func `what stands on the page is what was written`() async throws {
        try await Site.run { site in
            _ = try site.php("add_shortcode('geheim', fn() => 'UITGEVOERD');")
            let text = """
                # Kop met [geheim] en <script>alert(1)</script>

                https://www.youtube.com/watch?v=aaaaaaaaaaa

                    https://www.youtube.com/watch?v=bbbbbbbbbbb

                [open](https://voorbeeld.example/a)

                [gallery ids="1"] [caption]x[/caption] [klik](javascript:alert(1))

                - een
                - twee

                | a | b |
                |---|--:|
                | 1 | 2 |
                """
            let order = Site.page(["tekst": .string(text), "titel": "Titel [gallery] <b>"])
            #expect(try await Site.adapter().deliver(order, over: site.transport).reference != nil)
            let html = try await site.read("/meldpoort-stappen/")
            #expect(
                html.contains("Kop met &#091;geheim&#093; en") || html.contains("Kop met [geheim] en")
                    || html.contains("&#91;geheim&#93;"))
            for absent in ["<script>alert", "UITGEVOERD", "<iframe", "javascript:alert", "class=\"gallery", "<b> "] {
                #expect(!html.contains(absent), "\(absent)")
            }
            #expect(html.contains("<a href=\"https://voorbeeld.example/a\">open</a>"))
            #expect(html.contains("<li>een</li>") && html.contains(" align=\"right\">2</td>"))
        }
    }
}

extension Outcome {
    fileprivate var reference: String? {
        if case .accepted(let receipt) = self { receipt.reference } else { nil }
    }
}

/// A WordPress with a way into it.
private struct Site: Sendable {
    let press: WordPress
    let engine: CurlEngine
    let transport: any OutboundTransport

    static func run(_ body: (Site) async throws -> Void) async throws {
        let engine = CurlEngine()
        try await WordPress.run { press in
            let transport = try transport(press, engine, password: press.applicationPassword)
            try await body(Site(press: press, engine: engine, transport: transport))
        }
        await engine.shutdown(grace: .zero)
    }

    func transport(password: String) throws -> any OutboundTransport {
        try Self.transport(press, engine, password: password)
    }

    private static func transport(
        _ press: WordPress, _ engine: CurlEngine, password: String
    ) throws -> any OutboundTransport {
        var endpoint = HTTPEndpoint(baseURL: press.baseURL)
        endpoint.trust = .authorities(file: press.certificates.ca)
        let pair = Data("\(WordPress.userName):\(password)".utf8).base64EncodedString()
        endpoint.headers = [.init("Authorization", Secret("Basic \(pair)"))]
        return try HTTPTransport(endpoint, engine: engine)
    }

    static func adapter(_ settings: [String: JSONValue] = [:]) throws -> any Adapter {
        let standard: [String: JSONValue] = [
            "content_type": "posts", "status": "publish", "categories": [], "withdrawal": "trash",
            "rest_path": "/wp-json/wp/v2",
        ]
        let values: JSONValue = [
            "target": "wordpress", "wordpress": .object(standard.merging(settings) { $1 }),
        ]
        return try IntranetAdapter(settings: AdapterSettings(values: values, channel: "api"))
    }

    // MARK: Messages

    static func page(
        _ changes: [String: JSONValue] = [:], image: [UInt8]? = nil, after earlier: String? = nil
    ) -> Disclosure {
        var content: [String: JSONValue] = [
            "publicatie": "stappen", "onderwerp": "stappenMeldcode", "titel": "De stappen & <wie>",
            "samenvatting": "Kort <gezegd>.", "tekst": "Eerste **alinea**.\nZelfde alinea.\n\nTweede alinea.",
        ]
        if let image {
            content["afbeelding"] = [
                "bestandsnaam": "foto.png", "soort": "image/png", "beschrijving": "Een \"blauw\" vlak",
                "inhoud": .string(Data(image).base64EncodedString()),
            ]
        }
        return disclosure(.publicatie, content.merging(changes) { $1 }, earlier)
    }

    static func withdrawal(_ reference: String = "stappen", after earlier: String? = nil) -> Disclosure {
        disclosure(.publicatieIntrekking, ["publicatie": .string(reference)], earlier)
    }

    private static func disclosure(
        _ kind: MessageKind, _ content: [String: JSONValue], _ earlier: String?
    ) -> Disclosure {
        let intranet = Recipient(id: "intranet", kind: .intranet, name: "Intranet", channel: .api)
        return SampleMessage(kind, to: intranet).disclosure
            .replacing(content: .object(content), counterpartReference: earlier)
    }

    /// Two pixels by two.
    static let blue = pixels(
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGMQsTkBRAwQCgAb3gRhsgNjogAAAABJRU5ErkJggg==")
    static let red = pixels(
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGM4oSECRAwQCgAfTgQRihDW0AAAAABJRU5ErkJggg==")

    private static func pixels(_ base64: String) -> [UInt8] { Data(base64Encoded: base64).map { Array($0) } ?? [] }

    // MARK: What stands there

    struct State: Decodable, Hashable {
        struct Post: Decodable, Hashable {
            let number: Int
            let slug, status, title, text, excerpt: String
            let image: Int
            let categories: [String]
        }

        struct Media: Decodable, Hashable {
            let number: Int
            let slug, alt: String
        }

        let posts: [Post]
        let media: [Media]
        let files: [String]
    }

    func php(_ code: String) throws -> String { try press.php(code) }

    /// All posts and pages but those that a new site comes with, the images that a page of ours had, and the files of all.
    func state() throws -> State {
        let json = try press.php(
            """
            $posts = array_filter(get_posts(['post_type' => ['post', 'page'], 'post_status' => 'any,trash', 'numberposts' => -1,
              'orderby' => 'ID']), fn($p) => str_starts_with($p->post_name, 'meldpoort') || str_starts_with($p->post_name, 'eigen'));
            $media = get_posts(['post_type' => 'attachment', 'post_status' => 'any', 'numberposts' => -1,
              'post_mime_type' => 'image']);
            $folder = wp_get_upload_dir()['basedir'];
            $files = is_dir($folder) ? array_filter(iterator_to_array(new RecursiveIteratorIterator(
              new RecursiveDirectoryIterator($folder, FilesystemIterator::SKIP_DOTS))), fn($f) => $f->isFile()) : [];
            echo json_encode(['posts' => array_values(array_map(fn($p) => ['number' => $p->ID, 'slug' => $p->post_name,
              'status' => $p->post_status, 'title' => $p->post_title, 'text' => $p->post_content, 'excerpt' => $p->post_excerpt,
              'image' => (int) get_post_thumbnail_id($p),
              'categories' => wp_get_post_categories($p->ID, ['fields' => 'slugs'])], $posts)),
              'media' => array_map(fn($p) => ['number' => $p->ID, 'slug' => $p->post_name,
              'alt' => get_post_meta($p->ID, '_wp_attachment_image_alt', true)], $media),
              'files' => array_values(array_map(fn($f) => $f->getFilename(), $files))]);
            """)
        return try JSONDecoder().decode(State.self, from: Data(json.utf8))
    }

    /// A page as a visitor gets it.
    func read(_ path: String) async throws -> String {
        let request = HTTPRequest(method: .get, path: path, headers: [], body: [])
        guard case .answered(let response) = await transport.send(request) else { return "" }
        return String(decoding: response.body, as: UTF8.self)
    }
}
