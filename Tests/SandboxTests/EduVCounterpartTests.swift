// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Sandbox
import Testing

@Suite struct EduVCounterpartTests {
    private static let json = "Content-Type: application/json"
    private static let all = [EduVCounterpart.basic, EduVCounterpart.demographics, EduVCounterpart.communication]

    private func running(
        _ scopes: [String] = all, _ body: (EduVCounterpart, Site, [String]) async throws -> Void
    ) async throws {
        let eduV = EduVCounterpart(security: .server(try Tools.certificates().server))
        try await SandboxTests.running(eduV.site) { (site) async throws in
            let token = try await site.token("/oauth2/token", scope: scopes.joined(separator: " "))
            try await body(eduV, site, ["Authorization: Bearer \(token)"])
        }
    }

    private static func body(_ student: String) -> String {
        "{\"school\":{\"organisationIds\":[{\"organisationId\":\"99XX00\",\"organisationIdType\":\"V_ID\"}]},"
            + "\"student\":{\(student)}}"
    }

    private static func own(_ pupil: MadeUpRegister.Pupil) -> String {
        body("\"userIds\":[{\"userId\":\"\(pupil.id)\",\"userIdType\":\"ASI\"}]")
    }

    @Test func oneStudentByItsIdentifiers() async throws {
        try await running { (eduV, site, token) async throws in
            let pupil = eduV.register.withSecretAddress
            let byECK = try await site.ask(
                "POST", "/v1/students", token + [Self.json], Self.body("\"userMasterIdentifier\":\"\(pupil.eckid)\""))
            let byOwn = try await site.ask("POST", "/v1/students", token + [Self.json], Self.own(pupil))
            for reply in [byECK, byOwn] {
                #expect(reply.status == 200)
                #expect(reply.json["familyName"] as? String == pupil.achternaam)
                #expect(reply.json["familyNamePrefix"] as? String == "van")
                #expect(reply.json["dateOfBirth"] as? String == pupil.geboortedatum)
                #expect(reply.json["gender"] as? String == "male")
            }
            let dateless = eduV.register.withoutBirthDate
            let without = try await site.ask("POST", "/v1/students", token + [Self.json], Self.own(dateless))
            #expect(without.json["dateOfBirth"] == nil && without.json["userMasterIdentifier"] == nil)
            let elsewhere = try #require(eduV.register.pupils(at: 1).first)
            let missing = try await site.ask("POST", "/v1/students", token + [Self.json], Self.own(elsewhere))
            #expect(missing.status == 404)
            #expect(missing.headers["content-type"] == "application/problem+json")
            #expect(site.violations == [])
            #expect(site.personalDataInURLs(of: eduV.register) == [])
        }
    }

    @Test func scopesDecideWhichFieldsCome() async throws {
        try await running([EduVCounterpart.basic]) { (eduV, site, token) async throws in
            let reply = try await site.ask(
                "POST", "/v1/students", token + [Self.json], Self.own(eduV.register.ordinary))
            #expect(
                Set(reply.json.keys) == [
                    "userMasterIdentifier", "userIds", "givenName", "preferredFirstName", "familyName",
                ])
        }
        try await running([EduVCounterpart.demographics]) { (_, site, token) async throws in
            _ = try await site.refuses(
                Refused("no basic", "GET", "/v1/students/school?orgMasterId=100A99XX", status: 403, violation: "scope"),
                token)
        }
    }

    @Test func aSchoolsStudents() async throws {
        try await running { (_, site, token) async throws in
            func count(_ query: String) async throws -> Int? {
                let reply = try await site.ask("GET", "/v1/students/school?\(query)", token)
                return (try JSONSerialization.jsonObject(with: Data(reply.body.utf8)) as? [Any])?.count
            }
            #expect(try await count("orgMasterId=\(EduVCounterpart.organisation)") == 250)
            #expect(try await count("orgId=99XX00&orgIdType=V_ID") == 245)
            #expect(try await count("orgId=99XX00&orgIdType=V_ID&filterByOrgId=false") == 250)
            #expect(site.violations == [])
        }
    }

    private static func post(_ what: String, _ body: String, status: Int = 400, violation: String) -> Refused {
        Refused(what, "POST", "/v1/students", headers: [json], body: body, status: status, violation: violation)
    }

    private static let bad = [
        post("nothing", "{}", violation: "school and student"),
        post("no identifier", body(""), violation: "neither"),
        post("a name", body("\"familyName\":\"x\""), violation: "unknown field"),
        post("two ways", body("\"userMasterIdentifier\":\"x\",\"naam\":\"y\""), violation: "unknown field"),
        post("an unknown type", body("\"userIds\":[{\"userId\":\"1\",\"userIdType\":\"BSN\"}]"), violation: "type"),
        post("half an identifier", body("\"userIds\":[{\"userId\":\"1\"}]"), violation: "identifier"),
        post(
            "an unknown school type", body("\"userMasterIdentifier\":\"x\"").replacing("V_ID", with: "BRIN"),
            violation: "type"),
        post(
            "something more",
            body("\"userMasterIdentifier\":\"x\"").replacing("{\"school\"", with: "{\"x\":1,\"school\""),
            violation: "school and student"),
        Refused(
            "plain text", "POST", "/v1/students", headers: ["Content-Type: text/plain"], body: "{}", status: 415,
            violation: "application/json"),
        Refused("no school", "GET", "/v1/students/school", status: 400, violation: "neither"),
        Refused("an id without type", "GET", "/v1/students/school?orgId=99XX00", status: 400, violation: "neither"),
        Refused(
            "both", "GET", "/v1/students/school?orgMasterId=100A99XX&orgId=1&orgIdType=V_ID", status: 400,
            violation: "both"),
        Refused(
            "a filter on the whole", "GET", "/v1/students/school?orgMasterId=100A99XX&filterByOrgId=true", status: 400,
            violation: "filterByOrgId"),
        Refused("GET on one", "GET", "/v1/students", status: 405, violation: "another method"),
        Refused("no version", "POST", "/students", headers: [json], body: "{}", status: 404, violation: "no such path"),
    ]

    @Test func wrongRequestsAreRefused() async throws {
        try await running { (_, site, token) async throws in
            for bad in Self.bad {
                let reply = try await site.refuses(bad, token)
                #expect(reply.json["title"] is String, "\(bad.what)")
            }
            _ = try await site.refuses(
                Refused(
                    "no token", "POST", "/v1/students", headers: [Self.json], body: "{}", status: 401,
                    violation: "no token"))
        }
    }
}
