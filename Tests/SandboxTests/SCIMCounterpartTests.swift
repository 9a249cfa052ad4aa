// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Sandbox
import Testing

@Suite struct SCIMCounterpartTests {
    private static let type = "Content-Type: application/scim+json"
    private static let schema = "\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:SearchRequest\"]"
    private static let number = SCIMCounterpart.pupilExtension + ":stamnummer"

    private func running(_ body: (SCIMCounterpart, Site, [String]) async throws -> Void) async throws {
        let scim = SCIMCounterpart(security: .server(try Tools.certificates().server))
        try await SandboxTests.running(scim.site) { (site) async throws in
            let token = try await site.token("/connect/token", scope: SCIMCounterpart.scope)
            try await body(scim, site, ["Authorization: Bearer \(token)"])
        }
    }

    private func search(_ site: Site, _ token: [String], _ rest: String) async throws -> SiteReply {
        try await site.ask("POST", "/scim/Users/.search", token + [Self.type], "{\(Self.schema)\(rest)}")
    }

    private func users(_ reply: SiteReply) -> [[String: Any]] { reply.json["Resources"] as? [[String: Any]] ?? [] }

    @Test func aUserIsFoundByNumberOrNameWithoutAnythingInTheAddress() async throws {
        try await running { (scim, site, token) async throws in
            let pupil = scim.register.withSecretAddress
            let byNumber = try await search(site, token, ",\"filter\":\"\(Self.number) eq \\\"\(pupil.number)\\\"\"")
            #expect(byNumber.status == 200)
            #expect(byNumber.headers["content-type"] == "application/scim+json")
            #expect(byNumber.json["schemas"] as? [String] == ["urn:ietf:params:scim:api:messages:2.0:ListResponse"])
            let user = try #require(users(byNumber).first)
            #expect(user["id"] as? String == pupil.id)
            let name = user["name"] as? [String: String]
            #expect(name == ["givenName": "Testkind", "middleName": "van", "familyName": "Verborgen-Voorbeeld"])
            let twins = try await search(
                site, token, ",\"filter\":\"name.familyName eq \\\"dubbel-voorbeeld\\\" and active eq true\"")
            #expect(twins.json["totalResults"] as? Int == 2)
            let none = try await search(site, token, ",\"filter\":\"userName eq \\\"x\\\"\"")
            #expect(none.json["totalResults"] as? Int == 0 && none.json["Resources"] == nil)
            let one = try await site.ask("GET", "/scim/Users/\(pupil.id)?attributes=userName,\(Self.number)", token)
            #expect(Set(one.json.keys) == ["id", "schemas", "userName", SCIMCounterpart.pupilExtension])
            #expect(try await site.ask("GET", "/scim/Users/onbekend", token).status == 404)
            #expect(site.violations == [])
            #expect(site.personalDataInURLs(of: scim.register) == [])
        }
    }

    @Test func filtersAreReadAsTheRFCHasThem() async throws {
        try await running { (scim, site, token) async throws in
            let cases: [(String, Int)] = [
                ("name.middleName pr", 3), ("not (name.middleName pr)", 247),
                ("name.familyName sw \\\"Verz\\\" and name.familyName ew \\\"-10\\\"", 1),
                ("userName eq \\\"ll810001\\\" or userName eq \\\"ll810002\\\" and active eq false", 1),
                ("(userName eq \\\"ll810001\\\" or userName eq \\\"ll810002\\\") and active eq true", 2),
                ("USERNAME EQ \\\"LL810003\\\"", 1), ("name.familyName co \\\"ubbel\\\"", 2), ("active ne true", 0),
            ]
            for (filter, count) in cases {
                let reply = try await search(site, token, ",\"filter\":\"\(filter)\",\"count\":0")
                #expect(reply.json["totalResults"] as? Int == count, "\(filter)")
                #expect(reply.json["itemsPerPage"] as? Int == 0)
            }
            #expect(site.violations == [])
        }
    }

    @Test func pagesFollowEachOther() async throws {
        try await running { (scim, site, token) async throws in
            var ids: [String] = []
            for start in [1, 101, 201] {
                let page = try await search(site, token, ",\"startIndex\":\(start),\"count\":500")
                #expect(page.json["totalResults"] as? Int == 250 && page.json["startIndex"] as? Int == start)
                ids += users(page).compactMap { $0["id"] as? String }
            }
            #expect(ids == scim.register.pupils.map(\.id))
            let low = try await site.ask("GET", "/scim/Users?startIndex=-3&count=2", token)
            #expect(low.json["startIndex"] as? Int == 1 && users(low).count == 2)
            let none = try await site.ask("GET", "/scim/Users?count=-1", token)
            #expect(none.json["itemsPerPage"] as? Int == 0)
        }
    }

    private static func searching(_ what: String, _ body: String, status: Int = 400, violation: String) -> Refused {
        Refused(what, "POST", "/scim/Users/.search", headers: [type], body: body, status: status, violation: violation)
    }

    private static let bad: [(Refused, String?)] = [
        (searching("no schemas", "{}", violation: "schemas"), "invalidSyntax"),
        (
            searching(
                "another schema", "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"]}", violation: "schemas"
            ), "invalidSyntax"
        ),
        (
            searching("an unknown attribute", "{\(schema),\"filters\":\"x\"}", violation: "unknown attribute"),
            "invalidSyntax"
        ),
        (searching("count as text", "{\(schema),\"count\":\"5\"}", violation: "count"), "invalidSyntax"),
        (searching("half a filter", "{\(schema),\"filter\":\"userName eq\"}", violation: "filter"), "invalidFilter"),
        (
            searching("an unquoted value", "{\(schema),\"filter\":\"userName eq x\"}", violation: "filter"),
            "invalidFilter"
        ),
        (
            searching(
                "an unknown name", "{\(schema),\"filter\":\"geboortedatum eq \\\"x\\\"\"}", violation: "not offered"),
            "invalidFilter"
        ),
        (searching("an open bracket", "{\(schema),\"filter\":\"(userName pr\"}", violation: "filter"), "invalidFilter"),
        (
            searching("two filters", "{\(schema),\"filter\":\"userName pr active pr\"}", violation: "filter"),
            "invalidFilter"
        ),
        (searching("sorting", "{\(schema),\"sortBy\":\"userName\"}", status: 501, violation: "sorting"), nil),
        (searching("no JSON", "filter", violation: "not JSON"), "invalidSyntax"),
        (
            Refused(
                "plain JSON", "POST", "/scim/Users/.search", headers: ["Content-Type: application/json"],
                body: "{\(schema)}",
                status: 415, violation: "scim+json"), "invalidSyntax"
        ),
        (
            Refused(
                "writing", "PATCH", "/scim/Users/x", headers: [type], body: "{}", status: 405,
                violation: "another method"), nil
        ),
        (Refused("an unknown query", "GET", "/scim/Users?page=2", status: 400, violation: "query"), nil),
        (Refused("HTML", "GET", "/scim/Users", headers: ["Accept: text/html"], status: 406, violation: "Accept"), nil),
    ]

    @Test func wrongRequestsAreRefused() async throws {
        try await running { (_, site, token) async throws in
            for (bad, type) in Self.bad {
                let reply = try await site.refuses(bad, token)
                #expect(reply.json["schemas"] as? [String] == ["urn:ietf:params:scim:api:messages:2.0:Error"])
                #expect(reply.json["status"] as? String == String(bad.status), "\(bad.what)")
                #expect(reply.json["scimType"] as? String == type, "\(bad.what)")
            }
            _ = try await site.refuses(Refused("no token", "GET", "/scim/Users", status: 401, violation: "no token"))
        }
    }
}
