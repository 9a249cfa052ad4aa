// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Testing
import Values

struct WordPressTests {
    static let post = #"{"id":7,"slug":"meldpoort-stappen-2026","status":"publish"}"#
    static let media = "meldpoort-stappen-2026-\(Example.digest)"

    /// Answers as WordPress does when these posts and images are there.
    static func site(
        posts: String = "", media: [String] = [],
        _ other: @escaping @Sendable (String) -> Exchange<HTTPResponse>? = { _ in nil }
    ) -> Site {
        Site { line, _ in
            if let answer = other(line) { return answer }
            let all = media.enumerated().map { #"{"id":\#(90 + $0.offset),"slug":"\#($0.element)"}"# }
            switch line {
            case let line where line.contains("/categories?"): return .json(200, #"[{"id":3,"slug":"meldcode"}]"#)
            case let line where line.contains("GET /wp-json/wp/v2/media?slug="):
                return .json(200, "[\(all.filter { $0.contains(Self.media) }.joined(separator: ","))]")
            case let line where line.contains("/media?search="): return .json(200, "[\(all.joined(separator: ","))]")
            case let line where line.contains("POST /wp-json/wp/v2/media?"):
                return .json(201, #"{"id":99,"slug":"\#(Self.media)"}"#)
            case let line where line.contains("/media/"): return .json(200)
            case let line where line.hasPrefix("GET /wp-json/wp/v2/posts?"): return .json(200, "[\(posts)]")
            case let line where line.hasPrefix("GET"): return .json(404, #"{"code":"rest_post_invalid_id"}"#)
            case let line where line.hasPrefix("POST /wp-json/wp/v2/posts?"): return .json(201, Self.post)
            default: return .json(200, Self.post)
            }
        }
    }

    @Test func `makes a post in full`() async throws {
        let site = Self.site()
        let outcome = try await Example.adapter("wordpress", ["categories": ["meldcode", "12"]])
            .deliver(Example.page(), over: site)
        #expect(outcome == .accepted(Receipt(reference: "7")))
        #expect(
            site.lines == [
                "GET /wp-json/wp/v2/categories?slug=meldcode&per_page=100&_fields=id,slug",
                "GET /wp-json/wp/v2/posts?slug=meldpoort-stappen-2026&status=any&context=edit&orderby=id&order=asc&per_page=100&_fields=id,slug,status",
                "GET /wp-json/wp/v2/media?slug=\(Self.media)&context=edit&per_page=100&_fields=id,slug",
                "POST /wp-json/wp/v2/media?slug=\(Self.media)&title=\(Self.media)&_fields=id,slug",
                "POST /wp-json/wp/v2/media/99?_fields=id,slug",
                "POST /wp-json/wp/v2/posts?_fields=id,slug,status",
                "GET /wp-json/wp/v2/media?search=meldpoort-stappen-2026&context=edit&per_page=100&_fields=id,slug",
            ])
        let upload = site.requests[3]
        #expect(upload.body == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        #expect(
            upload.headers.dropFirst() == [
                .init("Content-Type", "image/png"),
                .init("Content-Disposition", "attachment; filename=\"\(Self.media).png\""),
            ])
        #expect(
            try Example.json(site.requests[4]) == [
                "alt_text": "Vijf stappen op een rij", "caption": "", "description": "",
            ])
        #expect(
            try Example.json(site.requests[5]) == [
                "slug": "meldpoort-stappen-2026", "title": "De stappen &amp; wie ze zet", "status": "publish",
                "content": .string(
                    """
                    <!-- wp:html -->
                    <h2>Stap 1</h2>
                    <p>Zie je &#91;iets&#93;? <strong>Overleg</strong>.</p>
                    <p>Onderwerp: Stappen van de meldcode. Van: School Voorbeeld.</p>
                    <!-- /wp:html -->
                    """),
                "excerpt": "Zo werkt de meldcode bij ons.", "featured_media": 99, "categories": [12, 3],
                "comment_status": "closed", "ping_status": "closed",
            ])
        let key = HTTPRequest.Header("Idempotency-Key", Example.page().idempotencyKey)
        #expect(site.requests.allSatisfy { $0.headers.first == key })
    }

    @Test func `brings the post of that name up to date`() async throws {
        let old = "meldpoort-stappen-2026-0011223344556677"
        let others = ["meldpoort-stappen-2026-los", "meldpoort-stappen-2026-extra-0011223344556677", "foto"]
        let site = Self.site(posts: Self.post, media: [old, Self.media] + others)
        let outcome = try await Example.adapter("wordpress").deliver(Example.page(after: "5"), over: site)
        #expect(outcome == .accepted(Receipt(reference: "7")))
        #expect(
            site.changes == [
                "POST /wp-json/wp/v2/media/91?_fields=id,slug", "POST /wp-json/wp/v2/posts/7?_fields=id,slug,status",
                "DELETE /wp-json/wp/v2/media/90?force=true",
            ])
        #expect(try Example.json(site.requests.first { $0.path.contains("/posts/7") })["featured_media"] == 91)
    }

    @Test func `takes the image away with which the new version comes no more`() async throws {
        let site = Self.site(posts: Self.post, media: [Self.media])
        _ = try await Example.adapter("wordpress").deliver(Example.page(without: ["afbeelding"]), over: site)
        #expect(site.changes.last == "DELETE /wp-json/wp/v2/media/90?force=true")
        #expect(try Example.json(site.requests.first { $0.path.contains("/posts/7") })["featured_media"] == 0)
    }

    @Test(arguments: [
        ("publish", "", "publish"), ("publish", "draft", "publish"), ("draft", "", "draft"), ("draft", "publish", nil),
    ]) func `leaves online what a person put there`(_ setting: String, _ known: String, _ sent: String?) async throws {
        let posts = known.isEmpty ? "" : Self.post.replacing("publish", with: known)
        let site = Self.site(posts: posts)
        _ = try await Example.adapter("wordpress", ["status": .string(setting)]).deliver(
            Example.page(without: ["afbeelding"]), over: site)
        let body = try Example.json(site.requests.first { $0.method == .post })
        #expect(body["status"]?.string == sent)
    }

    @Test func `takes a page away again that got another name`() async throws {
        let other = Self.post.replacing("2026", with: "2026-2")
        let site = Self.site { line in line.hasPrefix("POST /wp-json/wp/v2/posts?") ? .json(201, other) : nil }
        let outcome = try await Example.adapter("wordpress").deliver(Example.page(without: ["afbeelding"]), over: site)
        #expect(outcome == .rejected(OutcomeReason(.refusedByCounterpart, status: 201)))
        #expect(site.changes.last == "DELETE /wp-json/wp/v2/posts/7?force=true")
    }

    @Test func `takes an image away again that got another name, and makes no page`() async throws {
        let site = Self.site { line in
            line.hasPrefix("POST /wp-json/wp/v2/media?") ? .json(201, #"{"id":99,"slug":"iets-2"}"#) : nil
        }
        let outcome = try await Example.adapter("wordpress").deliver(Example.page(), over: site)
        #expect(outcome == .rejected(OutcomeReason(.refusedByCounterpart, status: 201)))
        #expect(site.changes.last == "DELETE /wp-json/wp/v2/media/99?force=true")
        #expect(!site.changes.contains { $0.contains("/posts") })
    }

    @Test func `makes no second page beside one that a person renamed`() async throws {
        for order in [Example.page(after: "5"), Example.withdrawal(after: "5")] {
            let site = Self.site { line in
                line.hasPrefix("GET /wp-json/wp/v2/posts/5?")
                    ? .json(200, #"{"id":5,"slug":"anders","status":"publish"}"#) : nil
            }
            let outcome = try await Example.adapter("wordpress").deliver(order, over: site)
            #expect(outcome == .rejected(OutcomeReason(.refusedByCounterpart, status: 200)))
            #expect(site.changes.isEmpty)
        }
    }

    @Test(arguments: ["5", "abc", "-1", "0"]) func `goes on when the earlier number says nothing`(_ earlier: String)
        async throws
    {
        let trashed = #"{"id":5,"slug":"meldpoort-stappen-2026__trashed","status":"trash"}"#
        let site = Self.site { $0.hasPrefix("GET /wp-json/wp/v2/posts/5?") ? .json(200, trashed) : nil }
        let outcome = try await Example.adapter("wordpress").deliver(
            Example.page(without: ["afbeelding"], after: earlier), over: site)
        #expect(outcome == .accepted(Receipt(reference: "7")))
        #expect(site.lines.contains { $0.contains("/posts/") } == (earlier == "5"))
    }

    @Test func `withdraws a page with its image`() async throws {
        let site = Self.site(posts: Self.post, media: [Self.media, "foto"])
        let outcome = try await Example.adapter("wordpress").deliver(Example.withdrawal(), over: site)
        #expect(outcome == .accepted(Receipt(reference: "7")))
        #expect(
            site.changes == [
                "DELETE /wp-json/wp/v2/media/90?force=true", "DELETE /wp-json/wp/v2/posts/7?_fields=id,slug,status",
            ])
    }

    @Test func `withdraws into a draft`() async throws {
        let site = Self.site(posts: Self.post)
        _ = try await Example.adapter("wordpress", ["withdrawal": "draft"]).deliver(Example.withdrawal(), over: site)
        #expect(site.changes == ["POST /wp-json/wp/v2/posts/7?_fields=id,slug,status"])
        #expect(try Example.json(site.requests.last) == ["status": "draft", "featured_media": 0])
    }

    @Test func `has withdrawn what is not there`() async throws {
        let site = Self.site()
        let outcome = try await Example.adapter("wordpress").deliver(Example.withdrawal(after: "7"), over: site)
        #expect(outcome == .accepted(Receipt(reference: "7")))
        #expect(site.changes.isEmpty)
        let late = Self.site(posts: Self.post) { line in
            line.hasPrefix("DELETE") ? .json(410, #"{"code":"rest_already_trashed"}"#) : nil
        }
        #expect(
            try await Example.adapter("wordpress").deliver(Example.withdrawal(), over: late)
                == .accepted(Receipt(reference: "7")))
    }

    @Test func `does not publish without a category that is configured`() async throws {
        let site = Self.site()
        let outcome = try await Example.adapter("wordpress", ["categories": ["nieuws"]]).deliver(
            Example.page(), over: site)
        #expect(outcome == .rejected(OutcomeReason(.refusedByCounterpart, status: 200)))
        #expect(site.changes.isEmpty)
    }

    @Test func `works without pretty permalinks`() async throws {
        let site = Site { _, _ in .json(200, "[]") }
        _ = try await Example.adapter(
            "wordpress", ["rest_path": "/index.php?rest_route=/wp/v2", "content_type": "pages"]
        )
        .deliver(Example.withdrawal(), over: site)
        #expect(
            site.lines.first?.hasPrefix("GET /index.php?rest_route=/wp/v2/pages&slug=meldpoort-stappen-2026&") == true)
    }
}
