// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Leerlingvolgsysteem
import Testing
import Values

/// What each register is asked, byte for byte, and what is made of its answer.
@Suite struct GoldenRequestTests {
    private func lines(_ transport: AnsweringTransport) -> [String] {
        transport.requests.map { request in
            let headers = request.headers.map { "\($0.name): \($0.value)" }
            return
                (["\(request.method.rawValue) \(request.path)"] + headers + [
                    String(decoding: request.body, as: UTF8.self)
                ])
                .joined(separator: "\n")
        }
    }

    private func record(_ answer: PupilAnswer) throws -> PupilRecord {
        guard case .found(let records) = answer, let record = records.first, records.count == 1 else {
            throw Unexpected(answer: answer)
        }
        return record
    }

    private struct Unexpected: Error { let answer: PupilAnswer }

    private static let whole: [PupilField: String] = [
        .leerlingnummer: "810001", .voornamen: "Testkind Tweede", .voorvoegsel: "van",
        .achternaam: "Voorbeeld-Achternaam", .geboortedatum: "2016-03-04", .geslacht: "vrouw",
    ]
    private static let address: [PupilField: String] = [
        .straat: "Verzonnenstraat", .huisnummer: "1a", .postcode: "9999ZX", .woonplaats: "Voorbeeldstad",
    ]

    @Test func somtoday() async throws {
        let transport = AnsweringTransport { request, _ in
            let isPage = request.path.contains("/leerling?")
            return .answered(
                HTTPResponse(status: 200, body: Array((isPage ? Answers.somtoday() : Answers.locations).utf8)))
        }
        let found = try record(
            await Example.adapter(["dialect": "somtoday"]).find(Example.number("810001"), over: transport))
        #expect(found == PupilRecord(values: Self.whole.merging(Self.address) { own, _ in own }))
        #expect(
            lines(transport) == [
                "GET /connect/vestiging\nAccept: application/json\n",
                "GET /connect/vestiging/\(Answers.location)/leerling?amount=100&offset=0\nAccept: application/json\n",
            ])
    }

    @Test func eduV() async throws {
        let adapter = try Example.adapter(["dialect": "edu-v"])
        let one = AnsweringTransport(Answers.eduV)
        #expect(try record(await adapter.find(Example.number("810001"), over: one)).values == Self.whole)
        #expect(
            lines(one) == [
                """
                POST /students
                Accept: application/json
                Content-Type: application/json
                {"school":{"organisationIds":[{"organisationId":"99XX","organisationIdType":"OIE_CODE"}]},\
                "student":{"userIds":[{"userId":"810001","userIdType":"ASI"}]}}
                """
            ])
        let all = AnsweringTransport("[\(Answers.eduV)]")
        let query = PupilQuery(
            school: "99XX01", pupil: .name("voorbeeld-achternaam", birthDate: "2016-03-04"), fields: [.achternaam])
        #expect(try record(await adapter.find(query, over: all)).values == [.achternaam: "Voorbeeld-Achternaam"])
        #expect(
            lines(all) == [
                "GET /students/school?orgId=99XX01&orgIdType=V_ID&filterByOrgId=true\nAccept: application/json\n"
            ])
    }

    @Test func parnassys() async throws {
        let transport = AnsweringTransport(Answers.gkv())
        let found = try record(await Example.adapter(Example.gkv).find(Example.number("810001"), over: transport))
        #expect(found == PupilRecord(values: Self.whole.merging(Self.address) { own, _ in own }))
        #expect(
            lines(transport) == [
                """
                POST /gkv/GeneriekeService
                Content-Type: text/xml; charset=utf-8
                SOAPAction: "getLeerlingen"
                <?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:p="http://www.topicus.nl/parnassys" \
                xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><p:getLeerlingen>\
                <leveranciernaam>Voorbeeld &amp; Zonen</leveranciernaam><leveranciersleutel>sleutel&lt;&amp;</leveranciersleutel>\
                <brinnummer>99XX</brinnummer><schooljaar>2026 / 2027</schooljaar></p:getLeerlingen></soap:Body></soap:Envelope>
                """
            ])
    }

    @Test func esis() async throws {
        let transport = AnsweringTransport(Answers.uwlr())
        #expect(
            try record(await Example.adapter(Example.uwlr).find(Example.number("810001"), over: transport)).values
                == Self.whole)
        #expect(
            lines(transport) == [
                """
                POST /uwlr2.2.svc
                Content-Type: text/xml; charset=utf-8
                SOAPAction: "HaalLeerlinggegevens"
                <?xml version="1.0" encoding="UTF-8"?><soap:Envelope \
                xmlns:au="http://www.edustandaard.nl/leerresultaten/2/autorisatie" \
                xmlns:le="http://www.edustandaard.nl/leerresultaten/2/leerlinggegevens" \
                xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header><au:autorisatie>\
                <au:autorisatiesleutel>sleutel</au:autorisatiesleutel><au:klantcode>code</au:klantcode>\
                <au:klantnaam>naam</au:klantnaam></au:autorisatie></soap:Header><soap:Body><le:leerlinggegevens_verzoek>\
                <le:schooljaar>2026-2027</le:schooljaar><le:brincode>99XX</le:brincode>\
                <le:dependancecode>00</le:dependancecode><le:xsdversie>2.2</le:xsdversie></le:leerlinggegevens_verzoek>\
                </soap:Body></soap:Envelope>
                """
            ])
    }

    @Test func magisterSCIM() async throws {
        let transport = AnsweringTransport(Answers.scim)
        let adapter = try Example.adapter(Example.scim)
        let found = try record(
            await adapter.find(Example.number("810001", [.achternaam, .geboortedatum]), over: transport))
        #expect(found.values == [.achternaam: "Voorbeeld-Achternaam"])
        _ = await adapter.find(Example.name("O\"Voorbeeld"), over: transport)
        _ = await adapter.probe(over: transport)
        func request(_ body: String) -> String {
            """
            POST /Users/.search
            Accept: application/scim+json
            Content-Type: application/scim+json
            \(body)
            """
        }
        let schemas = #""schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"startIndex":1}"#
        #expect(
            lines(transport) == [
                request(
                    #"{"attributes":["name.familyName","urn:voorbeeld:User:stamnummer"],"count":21,"#
                        + #""filter":"urn:voorbeeld:User:stamnummer eq \"810001\"",\#(schemas)"#),
                request(
                    #"{"attributes":["name.familyName","name.givenName","name.middleName","urn:voorbeeld:User:stamnummer"],"#
                        + #""count":21,"filter":"name.familyName eq \"O\\\"Voorbeeld\"",\#(schemas)"#),
                request(#"{"attributes":["id"],"count":0,\#(schemas)"#),
            ])
    }

    @Test func magisterCSV() async throws {
        let transport = AnsweringTransport(Answers.magisterCSV)
        let found = try record(
            await Example.adapter(Example.magisterCSV).find(
                Example.name("Voorbeeld-Achternaam", "2016-03-04"), over: transport))
        #expect(found.values == Self.whole.merging(Self.address) { own, _ in own })
        #expect(
            lines(transport) == [
                "GET /doc?Function=GetData&Library=Data&SessionToken=mel%20poort%3Bw%3Bx%26%C3%A9&Layout=lijst"
                    + "&Parameters=&Type=CSV&Encoding=ANSI\nAccept: text/csv\n"
            ])
    }
}
