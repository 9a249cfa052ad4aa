// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Sandbox
import Testing

@Suite struct OAuthCounterpartTests {
    private static let form = ["Content-Type: application/x-www-form-urlencoded"]
    private static let right =
        "grant_type=client_credentials&client_id=meldpoort-proef"
        + "&client_secret=geheim%2Bvan%3Ade%2Fproef%26%3D%25&scope=lezen"
    /// RFC 6749, 2.3.1: id and secret form-encoded, then base64.
    private static let basic =
        "Authorization: Basic "
        + Data("meldpoort-proef:geheim%2Bvan%3Ade%2Fproef%26%3D%25".utf8).base64EncodedString()

    private func counterpart(
        _ authentication: TokenEndpoint.Authentication = .either
    ) throws -> OAuthCounterpart {
        OAuthCounterpart(security: .server(try Tools.certificates().server), authentication: authentication)
    }

    @Test func bothWaysOfAuthenticatingGiveAToken() async throws {
        let server = try counterpart()
        try await running(server.site) { (site) async throws in
            let byBody = try await site.ask("POST", "/oauth2/token", Self.form, Self.right)
            let byBasic = try await site.ask(
                "POST", "/oauth2/token", Self.form + [Self.basic], "grant_type=client_credentials&scope=lezen")
            for reply in [byBody, byBasic] {
                #expect(reply.status == 200)
                #expect(reply.headers["cache-control"] == "no-store")
                #expect(reply.json["token_type"] as? String == "Bearer")
                #expect(reply.json["expires_in"] as? Int == 3600)
                let token = try #require(reply.json["access_token"] as? String)
                let inside = try await site.ask("GET", "/beschermd", ["Authorization: Bearer \(token)"])
                #expect(inside.status == 200)
            }
            #expect(server.tokens.fetches == 2)
            #expect(site.violations == [])
            #expect(site.counts == ["POST /oauth2/token": 2, "GET /beschermd": 2])
        }
    }

    private static let badTokenRequests: [(bad: Refused, error: String)] = [
        (
            Refused(
                "JSON", "POST", "/oauth2/token", headers: ["Content-Type: application/json"], body: "{}", status: 400,
                violation: "content type"), "invalid_request"
        ),
        (
            Refused(
                "another grant", "POST", "/oauth2/token", headers: form,
                body: right.replacing("client_credentials", with: "password"), status: 400, violation: "grant type"),
            "unsupported_grant_type"
        ),
        (
            Refused(
                "no grant", "POST", "/oauth2/token", headers: form,
                body: right.replacing("grant_type=client_credentials&", with: ""), status: 400, violation: "grant_type"),
            "invalid_request"
        ),
        (
            Refused(
                "wrong secret", "POST", "/oauth2/token", headers: form, body: right.replacing("%25", with: "%24"),
                status: 401, violation: "secret is wrong"), "invalid_client"
        ),
        (
            Refused(
                "no scope", "POST", "/oauth2/token", headers: form, body: right.replacing("&scope=lezen", with: ""),
                status: 400, violation: "scope is missing"), "invalid_scope"
        ),
        (
            Refused(
                "another's scope", "POST", "/oauth2/token", headers: form, body: right + "+beheren", status: 400,
                violation: "may not have a scope"), "invalid_scope"
        ),
        (
            Refused(
                "twice the same", "POST", "/oauth2/token", headers: form, body: right + "&scope=lezen", status: 400,
                violation: "twice"), "invalid_request"
        ),
        (
            Refused(
                "unknown parameter", "POST", "/oauth2/token", headers: form, body: right + "&tenant=x", status: 400,
                violation: "unknown parameter"), "invalid_request"
        ),
        (
            Refused(
                "two ways at once", "POST", "/oauth2/token", headers: form + [basic], body: right, status: 400,
                violation: "two ways"), "invalid_request"
        ),
        (
            Refused(
                "a secret that is not form-encoded", "POST", "/oauth2/token",
                headers: form + [
                    "Authorization: Basic " + Data("meldpoort-proef:geheim+van:de/proef&=%".utf8).base64EncodedString()
                ], body: "grant_type=client_credentials&scope=lezen", status: 401, violation: "form-encoded"),
            "invalid_client"
        ),
    ]

    @Test func wrongTokenRequestsAreRefused() async throws {
        let server = try counterpart()
        try await running(server.site) { (site) async throws in
            for (bad, error) in Self.badTokenRequests {
                let reply = try await site.refuses(bad)
                #expect(reply.json["error"] as? String == error, "\(bad.what)")
            }
            #expect(server.tokens.fetches == 0)
        }
    }

    @Test(arguments: [
        Refused("GET", "GET", "/oauth2/token", status: 405, violation: "another method"),
        Refused(
            "the secret in the URL", "POST", "/oauth2/token?client_secret=x", headers: form, body: right, status: 400,
            violation: "unknown name"),
        Refused(
            "an unknown path", "POST", "/token", headers: form, body: right, status: 404, violation: "no such path"),
        Refused(
            "a slash too many", "POST", "/oauth2/token/", headers: form, body: right, status: 404, violation: "path"),
    ]) func wrongPlacesAreRefused(_ bad: Refused) async throws {
        try await running(counterpart().site) { site in _ = try await site.refuses(bad) }
    }

    @Test func theWayOfAuthenticatingCanBePrescribed() async throws {
        try await running(counterpart(.basic).site) { (site) async throws in
            #expect(try await site.ask("POST", "/oauth2/token", Self.form, Self.right).status == 400)
        }
        try await running(counterpart(.body).site) { (site) async throws in
            let reply = try await site.ask(
                "POST", "/oauth2/token", Self.form + [Self.basic], "grant_type=client_credentials&scope=lezen")
            #expect(reply.status == 400)
        }
    }

    @Test func onlyAGoodTokenOpensTheDoor() async throws {
        let server = try counterpart()
        let other = try counterpart()
        try await running(other.site) { elsewhere in
            try await running(server.site) { (site) async throws in
                let foreign = try await elsewhere.token("/oauth2/token", scope: "lezen")
                let narrow = try await site.token("/oauth2/token", scope: "schrijven")
                server.tokens.lifetime = .zero
                let old = try await site.token("/oauth2/token", scope: "lezen")
                let cases: [(String, [String], Int, String)] = [
                    ("none", [], 401, "no token"), ("basic", [Self.basic], 401, "no bearer token"),
                    ("foreign", ["Authorization: Bearer \(foreign)"], 401, "not given out here"),
                    ("expired", ["Authorization: Bearer \(old)"], 401, "run out"),
                    ("narrow", ["Authorization: Bearer \(narrow)"], 403, "scope"),
                ]
                for (what, headers, status, violation) in cases {
                    let reply = try await site.refuses(
                        Refused(what, "GET", "/beschermd", headers: headers, status: status, violation: violation))
                    #expect(reply.headers["www-authenticate"]?.hasPrefix("Bearer realm=") ?? false)
                }
            }
        }
    }

    @Test func aRevokedTokenIsNobodysFault() async throws {
        let server = try counterpart()
        try await running(server.site) { (site) async throws in
            let token = try await site.token("/oauth2/token", scope: "lezen")
            server.tokens.revokeAll()
            let reply = try await site.ask("GET", "/beschermd", ["Authorization: Bearer \(token)"])
            #expect(reply.status == 401)
            #expect(reply.headers["www-authenticate"]?.contains("error=\"invalid_token\"") ?? false)
            #expect(site.violations == [])
        }
    }

    @Test func faultsComeOnDemandAndEnd() async throws {
        let server = try counterpart()
        try await running(server.site) { (site) async throws in
            site.fail(
                "GET /beschermd", [.instead(.json(500, "{}")), .instead(.redirect(to: "https://elders.example/"))])
            site.fail(nil, [.afterEffect(.hangUpAfterRequest)])
            let lost = try await site.ask("POST", "/oauth2/token", Self.form, Self.right)
            #expect(lost.status == 0)
            #expect(server.tokens.fetches == 1)
            let token = try await site.token("/oauth2/token", scope: "lezen")
            var statuses: [Int] = []
            for _ in 0..<3 {
                statuses.append(try await site.ask("GET", "/beschermd", ["Authorization: Bearer \(token)"]).status)
            }
            #expect(statuses == [500, 307, 200])
            let before = ContinuousClock.now
            site.fail(nil, [.late(.milliseconds(300))])
            #expect(try await site.ask("GET", "/beschermd", ["Authorization: Bearer \(token)"]).status == 200)
            #expect(before.duration(to: .now) >= .milliseconds(300))
            site.fail(always: .garbage)
            #expect(try await site.ask("GET", "/beschermd").status == 0)
            site.recover()
            #expect(try await site.ask("GET", "/beschermd", ["Authorization: Bearer \(token)"]).status == 200)
            #expect(site.violations == [])
        }
    }
}
