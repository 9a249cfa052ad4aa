// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Foundation
import Leerlingvolgsysteem
import Sandbox
import Testing
import Transport
import Values

/// The registers as their published descriptions have them, over real connections.
@Suite(.serialized) struct CounterpartTests {
    private let certificates: Certificates
    private let register = MadeUpRegister()

    init() throws {
        certificates = try CertificateWorkshop.prepare(
            in: FileManager.default.temporaryDirectory.path + "/meldpoort-lvs-\(getuid())")
    }

    private static let client = TokenEndpoint.Client.standard()

    private func endpoint(_ baseURL: String, tokenURL: String? = nil, scope: String? = nil) -> HTTPEndpoint {
        var endpoint = HTTPEndpoint(baseURL: baseURL)
        endpoint.trust = .authorities(file: certificates.ca)
        endpoint.maximumAnswerBytes = 8 << 20
        endpoint.oauth = tokenURL.map { url in
            var oauth = OAuthClient(tokenURL: url, clientID: Self.client.id, clientSecret: Secret(Self.client.secret))
            oauth.trust = .authorities(file: certificates.ca)
            oauth.scope = scope
            return oauth
        }
        return endpoint
    }

    /// Asks, and demands that nothing went against the description or stood in a URL.
    private func run(
        _ site: Site, _ endpoint: @autoclosure () -> HTTPEndpoint, _ settings: JSONValue,
        secrets: [[String]: Secret] = [:], _ work: (LeerlingvolgsysteemAdapter, HTTPTransport) async throws -> Void
    ) async throws {
        try await site.start()
        let engine = CurlEngine()
        do {
            let adapter = try LeerlingvolgsysteemAdapter(
                settings: AdapterSettings(values: settings, channel: "api", secrets: secrets))
            try await work(adapter, HTTPTransport(endpoint(), engine: engine))
        } catch {
            Issue.record(error)
        }
        #expect(site.violations == [])
        #expect(site.personalDataInURLs(of: register) == [])
        await engine.shutdown(grace: .zero)
        await site.stop()
    }

    private func query(
        _ pupil: PupilQuery.Pupil, school: String = "99XX00", _ fields: Set<PupilField> = Set(PupilField.allCases)
    ) -> PupilQuery {
        PupilQuery(school: school, pupil: pupil, fields: fields)
    }

    private func expected(_ pupil: MadeUpRegister.Pupil, _ fields: Set<PupilField>) -> [PupilField: String] {
        let sex = [MadeUpRegister.Pupil.Sex.female: "vrouw", .male: "man", .unknown: "onbekend"][pupil.geslacht]
        let all: [PupilField: String?] = [
            .leerlingnummer: String(pupil.number), .voornamen: pupil.voornamen, .voorvoegsel: pupil.voorvoegsel,
            .achternaam: pupil.achternaam, .geboortedatum: pupil.geboortedatum, .geslacht: sex,
            .straat: pupil.address.straat, .huisnummer: pupil.address.huisnummer, .postcode: pupil.address.postcode,
            .woonplaats: pupil.address.woonplaats,
        ]
        return all.compactMapValues(\.self).filter { fields.contains($0.key) }
    }

    private static let all = Set(PupilField.allCases)
    private static let withoutAddress = all.subtracting(PupilField.address)

    /// What every register that knows number, names and birth date shows of the special pupils.
    private func checkPupils(
        _ adapter: LeerlingvolgsysteemAdapter, _ transport: HTTPTransport, _ fields: Set<PupilField>
    ) async {
        let ordinary = register.ordinary
        let secret = register.withSecretAddress
        let undated = register.withoutBirthDate
        let withheld = fields.intersection(PupilField.address)
        #expect(
            await adapter.find(query(.number(String(ordinary.number))), over: transport)
                == .found([PupilRecord(values: expected(ordinary, fields))]))
        #expect(
            await adapter.find(query(.number(String(secret.number))), over: transport)
                == .found([
                    PupilRecord(values: expected(secret, fields.subtracting(PupilField.address)), withheld: withheld)
                ]))
        #expect(
            await adapter.find(
                query(.name(undated.achternaam, birthDate: "2012-01-01"), [.leerlingnummer]), over: transport)
                == .found([PupilRecord(values: [.leerlingnummer: String(undated.number)])]))
        let twin = register.sameName[1]
        #expect(
            await adapter.find(
                query(.name(twin.achternaam, birthDate: twin.geboortedatum), [.leerlingnummer]), over: transport)
                == .found([PupilRecord(values: [.leerlingnummer: String(twin.number)])]))
        #expect(await adapter.find(query(.name("Niemand", birthDate: nil)), over: transport) == .found([]))
    }

    @Test func somtoday() async throws {
        let counterpart = SomtodayCounterpart(security: .server(certificates.server), register: register)
        try await run(
            counterpart.site,
            endpoint(
                counterpart.baseURL,
                tokenURL: counterpart.tokenURL + "?organisation=\(SomtodayCounterpart.organisation)"),
            ["dialect": "somtoday"]
        ) { adapter, transport in
            await checkPupils(adapter, transport, Self.all)
            // On the last page of the second location, and not at the first one.
            let last = register.pupils(at: 1).last ?? register.ordinary
            let number = PupilQuery.Pupil.number(String(last.number))
            #expect(
                await adapter.find(query(number, school: "99XX", [.achternaam]), over: transport)
                    == .found([PupilRecord(values: [.achternaam: last.achternaam])]))
            #expect(await adapter.find(query(number), over: transport) == .found([]))
            #expect(await adapter.probe(over: transport) == .reachable)
            counterpart.permitted = ["leerlingnummer", "achternaam"]
            #expect(
                await adapter.find(query(.number(String(register.ordinary.number))), over: transport)
                    == .found([PupilRecord(values: expected(register.ordinary, [.leerlingnummer, .achternaam]))]))
            counterpart.hasAccess = false
            guard case .failed = await adapter.find(query(number), over: transport) else {
                return #expect(Bool(false), "without access the pupil is not missing")
            }
        }
    }

    @Test func eduV() async throws {
        let scopes: Set = [EduVCounterpart.basic, EduVCounterpart.demographics]
        let counterpart = EduVCounterpart(
            security: .server(certificates.server), register: register, client: .standard(scopes: scopes))
        try await run(
            counterpart.site,
            endpoint(
                counterpart.baseURL, tokenURL: counterpart.tokenURL, scope: scopes.sorted().joined(separator: " ")),
            ["dialect": "edu-v"]
        ) { adapter, transport in
            let pupil = register.ordinary
            var known = expected(pupil, Self.withoutAddress)
            // Edu-V knows the system's own identifier, not the number that the school uses.
            known[.leerlingnummer] = pupil.id
            #expect(
                await adapter.find(query(.number(pupil.id)), over: transport) == .found([PupilRecord(values: known)]))
            #expect(
                await adapter.find(query(.name(pupil.achternaam, birthDate: pupil.geboortedatum)), over: transport)
                    == .found([PupilRecord(values: known)]))
            #expect(await adapter.find(query(.number("onbekend")), over: transport) == .found([]))
            guard case .failed = await adapter.find(query(.number(pupil.id), school: "88YY"), over: transport) else {
                return #expect(Bool(false), "another school's pupils are refused")
            }
        }
    }

    @Test func parnassys() async throws {
        let credentials = GKVCounterpart.Credentials()
        let counterpart = GKVCounterpart(security: .server(certificates.server), register: register)
        let settings: JSONValue = [
            "dialect": "parnassys", "school_year": .string("\(register.schoolYear)-\(register.schoolYear + 1)"),
            "gkv": ["path": "/bao/services/cxf/v3/generic", "supplier_name": .string(credentials.supplierName)],
        ]
        try await run(
            counterpart.site, endpoint(counterpart.site.baseURL), settings,
            secrets: [["gkv", "supplier_key"]: Secret(credentials.supplierKey)]
        ) { adapter, transport in
            await checkPupils(adapter, transport, Self.all)
            for status in [200, 500] {
                counterpart.site.fail(nil, [.instead(SOAPFault.answer("Testkind is onbekend", status: status))])
                #expect(
                    await adapter.find(query(.number("1")), over: transport)
                        == .failed(OutcomeReason(.busyCounterpart, status: status)))
            }
            guard case .failed = await adapter.find(query(.number("1"), school: "88YY"), over: transport) else {
                return #expect(Bool(false), "another school's pupils are refused")
            }
        }
    }

    @Test func esis() async throws {
        let credentials = UWLRCounterpart.Credentials()
        let counterpart = UWLRCounterpart(
            security: .mutual(certificates.server, clientCA: certificates.ca), register: register)
        var endpoint = endpoint("https://127.0.0.1")
        endpoint.identity = .pkcs12(
            file: certificates.clientPKCS12, password: Secret(Certificates.clientPKCS12Password))
        let settings: JSONValue = [
            "dialect": "esis", "school_year": .string("\(register.schoolYear)-\(register.schoolYear + 1)"),
            "uwlr": [
                "path": "/uwlr2.2.svc", "customer_code": .string(credentials.customerCode),
                "customer_name": .string(credentials.customerName), "schools": [["school": "99XX"]],
            ],
        ]
        func here() -> HTTPEndpoint {
            var here = endpoint
            here.baseURL = counterpart.site.baseURL
            return here
        }
        try await run(
            counterpart.site, here(), settings,
            secrets: [["uwlr", "schools", "0", "authorisation_key"]: Secret(credentials.key)]
        ) { adapter, transport in
            await checkPupils(adapter, transport, Self.withoutAddress)
            #expect(await adapter.probe(over: transport) == .reachable)
        }
    }

    @Test func magisterSCIM() async throws {
        let counterpart = SCIMCounterpart(security: .server(certificates.server), register: register, pageSize: 2)
        let settings: JSONValue = [
            "dialect": "magister-scim",
            "scim": [
                "number_attribute": .string(SCIMCounterpart.pupilExtension + ":stamnummer"),
                "prefix_attribute": "name.middleName",
            ],
        ]
        try await run(
            counterpart.site,
            endpoint(counterpart.baseURL, tokenURL: counterpart.tokenURL, scope: SCIMCounterpart.scope), settings
        ) { adapter, transport in
            let pupil = register.ordinary
            var known = expected(pupil, [.leerlingnummer, .voorvoegsel, .achternaam])
            known[.voornamen] = pupil.roepnaam
            #expect(
                await adapter.find(query(.number(String(pupil.number))), over: transport)
                    == .found([PupilRecord(values: known)]))
            let twins = register.sameName
            #expect(
                await adapter.find(
                    query(.name(twins[0].achternaam, birthDate: nil), [.leerlingnummer]), over: transport)
                    == .found(twins.map { PupilRecord(values: [.leerlingnummer: String($0.number)]) }))
            #expect(await adapter.find(query(.name("O\"Niemand\\", birthDate: nil)), over: transport) == .found([]))
            #expect(await adapter.probe(over: transport) == .reachable)
            counterpart.tokens.revokeAll()
            _ = await adapter.probe(over: transport)
        }
    }
}
