// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Testing
import Values

/// Every way in which an exchange can go wrong, at every request of a delivery, with the outcome that it must have.
struct FaultTests {
    /// What a look-up that goes wrong must end as: nothing was changed.
    private static let asking: [(Exchange<HTTPResponse>, Outcome)] = [
        (.json(401), .rejected(.init(.authenticationFailed, status: 401))),
        (.json(403), .rejected(.init(.authenticationFailed, status: 403))),
        (.json(404, #"{"code":"rest_no_route"}"#), .rejected(.init(.refusedByCounterpart, status: 404))),
        (.json(404, "<html>"), .rejected(.init(.refusedByCounterpart, status: 404))),
        (.json(400), .rejected(.init(.refusedByCounterpart, status: 400))),
        (
            .json(
                400, #"{"code":"rest_invalid_param","data":{"details":{"status":{"code":"rest_forbidden_status"}}}}"#),
            .rejected(.init(.authenticationFailed, status: 400))
        ),
        (.json(301), .rejected(.init(.redirectRefused, status: 301))),
        (.json(429, "{}", retryAfter: 9), .retry(afterSeconds: 9, .init(.busyCounterpart, status: 429))),
        (.json(503), .retry(afterSeconds: nil, .init(.busyCounterpart, status: 503))),
        (.json(500), .retry(afterSeconds: nil, .init(.busyCounterpart, status: 500))),
        (.json(200, "<html>"), .retry(afterSeconds: nil, .init(.answerNotUnderstood, status: 200))),
        (.json(200, #""tekst""#), .retry(afterSeconds: nil, .init(.answerNotUnderstood, status: 200))),
        (.notSent(.init(.connectionRefused)), .retry(afterSeconds: nil, .init(.connectionRefused))),
        (.uncertain(.init(.answerTimeout)), .retry(afterSeconds: nil, .init(.answerTimeout))),
        (.uncertain(.init(.cancelled)), .retry(afterSeconds: nil, .init(.cancelled))),
    ]

    /// What a change that goes wrong must end as: in doubt, it may have been carried out.
    private static let telling: [(Exchange<HTTPResponse>, Outcome)] = [
        (.json(401), .rejected(.init(.authenticationFailed, status: 401))),
        (.json(403), .rejected(.init(.authenticationFailed, status: 403))),
        (.json(400), .rejected(.init(.refusedByCounterpart, status: 400))),
        (.json(404, "<html>"), .rejected(.init(.refusedByCounterpart, status: 404))),
        (.json(413), .rejected(.init(.refusedByCounterpart, status: 413))),
        (.json(501), .rejected(.init(.refusedByCounterpart, status: 501))),
        (.json(409), .retry(afterSeconds: nil, .init(.busyCounterpart, status: 409))),
        (.json(429, "{}", retryAfter: 9), .retry(afterSeconds: 9, .init(.busyCounterpart, status: 429))),
        (.json(503, "", retryAfter: 60), .retry(afterSeconds: 60, .init(.busyCounterpart, status: 503))),
        (.json(500, "<p>Er heeft zich een fout voorgedaan</p>"), .unknown(.init(.answerNotUnderstood, status: 500))),
        (.json(500, #"{"code":"internal_server_error"}"#), .unknown(.init(.answerNotUnderstood, status: 500))),
        (.json(502), .unknown(.init(.answerNotUnderstood, status: 502))),
        (.json(302), .unknown(.init(.redirectRefused, status: 302))),
        (.notSent(.init(.connectTimeout)), .retry(afterSeconds: nil, .init(.connectTimeout))),
        (.uncertain(.init(.connectionLostAfterSending)), .unknown(.init(.connectionLostAfterSending))),
        (.uncertain(.init(.answerTooLarge)), .unknown(.init(.answerTooLarge))),
    ]

    private static func adapter(_ target: String) throws -> any Adapter {
        let more: JSONValue =
            target == "wordpress"
            ? ["categories": ["meldcode"]] : ["site": "voorbeeld,1,2", "status": "publish", "promotion": "page"]
        return try Example.adapter(target, more)
    }

    /// A sound counterpart, but for the request with this line. It has the page when that is to be withdrawn.
    private static func site(
        _ target: String, _ order: Disclosure, except faulty: String, _ answer: Exchange<HTTPResponse>
    ) -> Site {
        let isThere = order.message == .publicatieIntrekking
        return target == "wordpress"
            ? WordPressTests.site(
                posts: isThere ? WordPressTests.post : "", media: isThere ? [WordPressTests.media] : []
            ) { $0 == faulty ? answer : nil }
            : SharePointTests.site(pages: isThere ? SharePointTests.page : "") { $0 == faulty ? answer : nil }
    }

    @Test(arguments: ["wordpress", "sharepoint"])
    func `has the right outcome at each request`(_ target: String) async throws {
        var tried = 0
        for order in [Example.page(), Example.withdrawal()] {
            let sound = Self.site(target, order, except: "", .json(200))
            _ = try await Self.adapter(target).deliver(order, over: sound)
            // The last look-up of a publication is for tidying only.
            let lines = sound.lines.filter { order.message != .publicatie || !$0.contains("media?search=") }
            for line in lines {
                for (answer, expected) in line.hasPrefix("GET") ? Self.asking : Self.telling {
                    let site = Self.site(target, order, except: line, answer)
                    let outcome = try await Self.adapter(target).deliver(order, over: site)
                    #expect(outcome == expected, "\(line): \(answer)")
                    tried += 1
                }
            }
        }
        #expect(tried > 120)
    }

    @Test func `does not call published what it cannot read`() async throws {
        for body in [
            "", "<html>", "[]", #"{"id":"zeven"}"#, #"{"code":"plugin_error"}"#, #"{"id":7}"#,
            "<br />Warning{\"id\":7}",
        ] {
            for status in [200, 201] {
                let site = WordPressTests.site { line in
                    line.contains("POST /wp-json/wp/v2/posts") ? .json(status, body) : nil
                }
                let outcome = try await Example.adapter("wordpress").deliver(Example.page(), over: site)
                guard case .unknown(let reason) = outcome else {
                    Issue.record("\(status) \(body) gives \(outcome)")
                    continue
                }
                #expect(reason.label == .answerNotUnderstood)
            }
        }
    }

    @Test func `knows a file that WordPress did not take`() async throws {
        let site = WordPressTests.site { line in
            line.hasPrefix("POST /wp-json/wp/v2/media?") ? .json(500, #"{"code":"rest_upload_sideload_error"}"#) : nil
        }
        let outcome = try await Example.adapter("wordpress").deliver(Example.page(), over: site)
        #expect(outcome == .rejected(.init(.refusedByCounterpart, status: 500)))
    }

    @Test func `has published when only the tidying fails`() async throws {
        for answer in [Exchange<HTTPResponse>.json(500), .notSent(.init(.connectionRefused)), .json(403)] {
            let site = WordPressTests.site { $0.contains("media?search=") ? answer : nil }
            let outcome = try await Example.adapter("wordpress").deliver(Example.page(), over: site)
            #expect(outcome == .accepted(Receipt(reference: "7")))
        }
    }

    @Test(arguments: [
        (401, ProbeResult.failed(.init(.authenticationFailed, status: 401))), (200, .reachable),
        (404, .failed(.init(.refusedByCounterpart, status: 404))),
    ]) func `probes with its credentials`(_ status: Int, _ result: ProbeResult) async throws {
        for (target, line) in [
            ("wordpress", "GET /wp-json/wp/v2/users/me?context=edit&_fields=id"),
            ("sharepoint", "GET /sites/voorbeeld,1,2?$select=id"),
        ] {
            let site = Site { _, _ in .json(status) }
            #expect(await (try Self.adapter(target)).probe(over: site) == result)
            #expect(site.lines == [line])
        }
    }
}
