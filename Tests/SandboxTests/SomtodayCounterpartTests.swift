// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Sandbox
import Testing

@Suite struct SomtodayCounterpartTests {
    private static let tokenPath = "/oauth2/token?organisation=\(SomtodayCounterpart.organisation)"
    private static let api = "/rest/v1/connect"
    private static let pupils = "\(api)/vestiging/\(SomtodayCounterpart.vestiging(0))/leerling"

    private func running(_ body: (SomtodayCounterpart, Site, [String]) async throws -> Void) async throws {
        let somtoday = SomtodayCounterpart(security: .server(try Tools.certificates().server))
        try await SandboxTests.running(somtoday.site) { (site) async throws in
            let token = try await site.token(Self.tokenPath)
            try await body(somtoday, site, ["Authorization: Bearer \(token)"])
        }
    }

    private func list(_ reply: SiteReply) -> [[String: Any]] { reply.json["leerlingen"] as? [[String: Any]] ?? [] }

    @Test func theFourStepsOfTheDocument() async throws {
        try await running { (somtoday, site, token) async throws in
            let school = try await site.ask("GET", "\(Self.api)/instelling?brin=99XX00")
            let organisations = school.json["instellingen"] as? [[String: Any]]
            #expect(organisations?.first?["uuid"] as? String == SomtodayCounterpart.organisation)
            #expect(
                (try await site.ask("GET", "\(Self.api)/instelling?brin=00AA").json["instellingen"] as? [Any])?.isEmpty
                    ?? false)
            let places = try await site.ask("GET", "\(Self.api)/vestiging", token)
            let uuids = (places.json["vestigingen"] as? [[String: Any]])?.compactMap { $0["uuid"] as? String }
            #expect(uuids == [SomtodayCounterpart.vestiging(0), SomtodayCounterpart.vestiging(1)])
            var numbers: [Int] = []
            for offset in [0, 200] {
                let page = try await site.ask("GET", "\(Self.pupils)?amount=200&offset=\(offset)", token)
                #expect(page.status == 200)
                numbers += list(page).compactMap { $0["leerlingnummer"] as? Int }
            }
            #expect(numbers == somtoday.register.pupils(at: 0).map(\.number))
            #expect(numbers.count == 245)
            let beyond = try await site.ask("GET", "\(Self.pupils)?amount=200&offset=400", token)
            #expect(list(beyond).isEmpty && beyond.status == 200)
            #expect(site.violations == [])
            #expect(site.personalDataInURLs(of: somtoday.register) == [])
        }
    }

    @Test func whatIsNullOrNotPermittedIsAbsent() async throws {
        try await running { (somtoday, site, token) async throws in
            func pupil(_ pupil: MadeUpRegister.Pupil) async throws -> [String: Any] {
                try #require(list(try await site.ask("GET", "\(Self.pupils)/\(pupil.id)", token)).first)
            }
            let register = somtoday.register
            let ordinary = try await pupil(register.ordinary)
            #expect(ordinary["BSN"] == nil && ordinary["eckid"] == nil && ordinary["voorvoegsel"] == nil)
            #expect(ordinary["adres_geheim"] as? Bool == false)
            #expect((ordinary["adres"] as? [String: Any])?["straat"] as? String == register.ordinary.address.straat)
            let secret = try await pupil(register.withSecretAddress)
            #expect(secret["adres_geheim"] as? Bool == true && secret["telefoonnummer_geheim"] as? Bool == true)
            #expect(secret["voorvoegsel"] as? String == "van")
            #expect(try await pupil(register.withoutBirthDate)["geboortedatum"] == nil)
            #expect(register.sameName[0].achternaam == register.sameName[1].achternaam)
            somtoday.permitted = ["uuid", "achternaam"]
            let little = try await pupil(register.ordinary)
            #expect(Set(little.keys) == ["uuid", "achternaam", "adres_geheim", "telefoonnummer_geheim"])
            let permissions = try await site.ask("GET", "\(Self.pupils)?amount=1&veldpermissies=true", token)
            let flags = permissions.json["veldpermissies"] as? [String: Bool]
            #expect(flags?["achternaam"] == true && flags?["geboortedatum"] == false)
            somtoday.hiddenPupils = [register.ordinary.number]
            #expect(try await site.ask("GET", "\(Self.pupils)/\(register.ordinary.id)", token).status == 404)
            #expect(site.violations == [])
        }
    }

    @Test func severalPupilsByTheirIds() async throws {
        try await running { (somtoday, site, token) async throws in
            let two = somtoday.register.sameName
            let reply = try await site.ask("GET", "\(Self.pupils)?amount=2&uuid=\(two[0].id)&uuid=\(two[1].id)", token)
            #expect(list(reply).compactMap { $0["leerlingnummer"] as? Int } == two.map(\.number))
        }
    }

    @Test func aSchoolThatGaveNoAccess() async throws {
        try await running { (somtoday, site, token) async throws in
            somtoday.hasAccess = false
            #expect(try await site.ask("GET", "\(Self.pupils)?amount=1", token).status == 401)
            let places = try await site.ask("GET", "\(Self.api)/vestiging", token)
            #expect((places.json["vestigingen"] as? [Any])?.isEmpty ?? false)
            #expect(site.violations == [])
        }
    }

    private static let bad = [
        Refused("no amount", "GET", pupils, status: 400, violation: "amount is missing"),
        Refused("too many", "GET", "\(pupils)?amount=201", status: 400, violation: "1 to 200"),
        Refused("none", "GET", "\(pupils)?amount=0", status: 400, violation: "1 to 200"),
        Refused("no number", "GET", "\(pupils)?amount=veel", status: 400, violation: "not a number"),
        Refused("below zero", "GET", "\(pupils)?amount=5&offset=-1", status: 400, violation: "offset"),
        Refused(
            "an unknown year", "GET", "\(pupils)?amount=5&peilschooljaar=VORIG", status: 400,
            violation: "peilschooljaar"),
        Refused("an unknown name", "GET", "\(pupils)?amount=5&achternaam=x", status: 400, violation: "unknown name"),
        Refused("amount twice", "GET", "\(pupils)?amount=5&amount=6", status: 400, violation: "twice"),
        Refused("no UUID", "GET", "\(pupils)/810001", status: 400, violation: "UUID"),
        Refused(
            "another location", "GET", "\(api)/vestiging/5e570000-0000-4000-8000-000000000009/leerling?amount=5",
            status: 401,
            violation: "location is unknown"),
        Refused(
            "XML", "GET", "\(pupils)?amount=5", headers: ["Accept: application/xml"], status: 406, violation: "Accept"),
        Refused("a note", "POST", "\(api)/vestiging/x/notitie", body: "{}", status: 404, violation: "no such path"),
        Refused("writing", "POST", pupils, body: "{}", status: 405, violation: "another method"),
        Refused("a flag", "GET", "\(pupils)?amount=5&veldpermissies=ja", status: 400, violation: "true or false"),
    ]

    @Test func wrongRequestsAreRefused() async throws {
        try await running { (_, site, token) async throws in
            for bad in Self.bad {
                let reply = try await site.refuses(bad, token)
                #expect((reply.json["errors"] as? [[String: Any]])?.first?["problem"] is String, "\(bad.what)")
            }
            _ = try await site.refuses(
                Refused("no token", "GET", "\(Self.pupils)?amount=5", status: 401, violation: "no token"))
            _ = try await site.refuses(
                Refused(
                    "no organisation", "POST", "/oauth2/token",
                    headers: ["Content-Type: application/x-www-form-urlencoded"], body: "grant_type=client_credentials",
                    status: 400, violation: "organisation is missing"))
        }
    }

    @Test func namesInURLsAreFound() async throws {
        try await running { (somtoday, site, token) async throws in
            _ = try await site.ask("GET", "\(Self.api)/instelling?naam=Dubbel-Voorbeeld", token)
            _ = try await site.ask("GET", "\(Self.pupils)/810001", token)
            #expect(
                site.personalDataInURLs(of: somtoday.register) == [
                    "request 2: achternaam", "request 3: leerlingnummer",
                ])
        }
    }
}
