// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Leerlingvolgsysteem
import Testing
import Values

/// Registers that refuse, break off or answer nonsense, and pupils of whom little or too much is told.
@Suite struct FaultTests {
    private func failure(_ answer: PupilAnswer) -> OutcomeReason? {
        if case .failed(let reason) = answer { reason } else { nil }
    }

    private func ask(_ settings: JSONValue, _ transport: AnsweringTransport) async throws -> PupilAnswer {
        try await ask(settings, Example.number("810001"), transport)
    }

    private func ask(
        _ settings: JSONValue, _ query: PupilQuery, _ transport: AnsweringTransport
    ) async throws -> PupilAnswer {
        try await Example.adapter(settings).find(query, over: transport)
    }

    // MARK: SOAP

    @Test(arguments: [Example.gkv, Example.uwlr]) func aFaultIsAFailure(_ settings: JSONValue) async throws {
        for (code, label) in [("soap:Client", OutcomeLabel.refusedByCounterpart), ("soap:Server", .busyCounterpart)] {
            for status in [200, 500] {
                let transport = AnsweringTransport(status: status, Answers.fault(code))
                #expect(failure(try await ask(settings, transport)) == OutcomeReason(label, status: status))
            }
        }
    }

    @Test(arguments: [Example.gkv, Example.uwlr]) func whatIsNoAnswerIsAFailure(_ settings: JSONValue) async throws {
        let bodies = [
            "<html><body>Onderhoud</body></html>", "", "<soap:Envelope", Answers.soap(""), Answers.soap("<x/>"),
            Answers.gkv().replacing("www.topicus.nl", with: "www.anders.nl"),
            Answers.uwlr().replacing("leerresultaten/2", with: "leerresultaten/1"),
            Answers.gkv().replacing("leerlingen>", with: "anderen>"),
            "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + Answers.gkv(),
        ]
        for body in bodies {
            let answer = try await ask(settings, AnsweringTransport(body))
            #expect(failure(answer)?.label == .answerNotUnderstood, "\(body.prefix(60))")
        }
        let answer = try await ask(settings, AnsweringTransport(status: 500, "<html/>"))
        #expect(failure(answer) == OutcomeReason(.busyCounterpart, status: 500))
    }

    @Test func aRegisterThatAnswersForAnotherSchoolIsNotRead() async throws {
        #expect(failure(try await ask(Example.uwlr, AnsweringTransport(Answers.uwlr(brin: "88YY")))) != nil)
        let none = Answers.uwlr().replacing(
            #/<le:leerlinggegevens>.*</le:leerlinggegevens>/#, with: "<le:geengegevens/>")
        #expect(try await ask(Example.uwlr, AnsweringTransport(none)) == .found([]))
    }

    @Test func aSchoolWithoutAKeyIsNotAsked() async throws {
        let transport = AnsweringTransport(Answers.uwlr())
        let query = PupilQuery(school: "88YY", pupil: .number("1"), fields: [.achternaam])
        #expect(failure(try await ask(Example.uwlr, query, transport))?.label == .contentNotRepresentable)
        #expect(transport.requests.isEmpty)
    }

    // MARK: JSON

    @Test func refusalsAreTold() async throws {
        let cases: [(Int, OutcomeLabel)] = [
            (401, .authenticationFailed), (403, .authenticationFailed), (400, .refusedByCounterpart),
            (429, .busyCounterpart), (503, .busyCounterpart), (302, .redirectRefused), (204, .answerNotUnderstood),
        ]
        for (status, label) in cases {
            for settings in [["dialect": "somtoday"], ["dialect": "edu-v"], Example.scim, Example.magisterCSV]
                as [JSONValue]
            {
                let answer = try await ask(settings, AnsweringTransport(status: status, "{}"))
                #expect(failure(answer) == OutcomeReason(label, status: status))
            }
        }
    }

    @Test func lostAnswersAreFailures() async throws {
        for exchange in [
            Exchange<HTTPResponse>.notSent(OutcomeReason(.connectTimeout)), .uncertain(OutcomeReason(.answerTooLarge)),
        ] {
            let answer = try await ask(["dialect": "edu-v"], AnsweringTransport { _, _ in exchange })
            #expect(failure(answer) != nil)
        }
    }

    @Test(arguments: [
        "", "[", "<html/>", "null", "[]", #"{"leerlingen":{}}"#, #"{"vestigingen":[{"brins":["99XX00"]}]}"#,
    ])
    func nonsenseFromSomtodayIsAFailure(_ body: String) async throws {
        #expect(failure(try await ask(["dialect": "somtoday"], AnsweringTransport(body))) != nil)
    }

    @Test func aSchoolThatSomtodayDoesNotShareIsNoMissingPupil() async throws {
        let transport = AnsweringTransport(#"{"vestigingen":[{"uuid":"\#(Answers.location)","brins":["88YY00"]}]}"#)
        #expect(failure(try await ask(["dialect": "somtoday"], transport))?.label == .refusedByCounterpart)
        #expect(transport.requests.count == 1)
    }

    @Test(arguments: [#"{"givenName":"Testkind"}"#, #"[{"familyName":["x"]}]"#, "3", "<html/>"])
    func nonsenseFromEduVIsAFailure(_ body: String) async throws {
        #expect(failure(try await ask(["dialect": "edu-v"], AnsweringTransport(body)))?.label == .answerNotUnderstood)
    }

    @Test func onlyASayingThatThereIsNoneCounts() async throws {
        let none = AnsweringTransport(status: 404, #"{"status":404,"title":"not found"}"#)
        #expect(try await ask(["dialect": "edu-v"], none) == .found([]))
        #expect(failure(try await ask(["dialect": "edu-v"], AnsweringTransport(status: 404, "<html/>"))) != nil)
    }

    @Test(
        arguments: [
            #"{"totalResults":1,"Resources":[]}"#,
            #"{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"Resources":[]}"#,
            #"{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":3}"#,
            #"{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"400"}"#,
        ])
    func nonsenseFromSCIMIsAFailure(_ body: String) async throws {
        #expect(failure(try await ask(Example.scim, AnsweringTransport(body)))?.label == .answerNotUnderstood)
    }

    @Test func aPageWithAnErrorIsNoListOfPupils() async throws {
        let answer = try await ask(Example.magisterCSV, AnsweringTransport("Fout: de layout bestaat niet\r\n"))
        #expect(failure(answer)?.label == .answerNotUnderstood)
    }

    // MARK: Pages

    private func somtoday(_ pages: @escaping @Sendable (Int) -> String) -> AnsweringTransport {
        AnsweringTransport { request, count in
            let isPage = request.path.contains("/leerling?")
            return .answered(
                HTTPResponse(status: 200, body: Array((isPage ? pages(count - 1) : Answers.locations).utf8)))
        }
    }

    @Test func pagesAreFollowedToTheirEnd() async throws {
        let transport = somtoday {
            $0 < 4 ? #"{"leerlingen":[{"leerlingnummer":\#($0)},{"achternaam":"x"}]}"# : #"{"leerlingen":[]}"#
        }
        #expect(try await ask(["dialect": "somtoday"], Example.number("99"), transport) == .found([]))
        #expect(transport.requests.dropFirst().map { $0.path.split(separator: "=").last } == ["0", "2", "4", "6"])
    }

    @Test func aRegisterWithoutEndIsLeft() async throws {
        let same = somtoday { _ in #"{"leerlingen":[{"leerlingnummer":1}]}"# }
        #expect(
            failure(try await ask(["dialect": "somtoday"], Example.number("99"), same))?.label == .answerNotUnderstood)
        #expect(same.requests.count == 3)
        let endless = somtoday { #"{"leerlingen":[{"leerlingnummer":\#($0)}]}"# }
        #expect(
            failure(try await ask(["dialect": "somtoday"], Example.number("9999"), endless))?.label == .answerTooLarge)
        #expect(endless.requests.count == 101)
    }

    @Test func shortPagesOfSCIMAreFollowed() async throws {
        let transport = AnsweringTransport { _, count in
            let user = #"{"name":{"familyName":"Dubbel"},"urn:voorbeeld:User":{"stamnummer":"\#(count)"}}"#
            return .answered(
                HTTPResponse(
                    status: 200,
                    body: Array(
                        #"{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":3,"Resources":[\#(user)]}"#
                            .utf8)))
        }
        guard case .found(let records) = try await ask(Example.scim, Example.name("dubbel"), transport) else {
            return #expect(Bool(false), "found")
        }
        #expect(records.map { $0.values[.leerlingnummer] } == ["1", "2", "3"])
    }

    @Test func moreThanTwentyAreTooMany() async throws {
        func users(_ count: Int) -> String {
            let users = (1...count).map {
                #"{"userIds":[{"userId":"\#($0)","userIdType":"ASI"}],"familyName":"Dubbel"}"#
            }
            return "[\(users.joined(separator: ","))]"
        }
        #expect(try await ask(["dialect": "edu-v"], Example.name("Dubbel"), AnsweringTransport(users(21))) == .tooMany)
        guard
            case .found(let records) = try await ask(
                ["dialect": "edu-v"], Example.name("Dubbel"), AnsweringTransport(users(20)))
        else { return #expect(Bool(false), "found") }
        #expect(records.count == 20)
    }

    // MARK: Fields

    @Test(arguments: ["true", "", "onbekend"]) func aSecretAddressOfParnasSysIsNotRead(_ isSecret: String) async throws
    {
        let transport = AnsweringTransport(Answers.gkv(isSecret: isSecret))
        guard case .found(let records) = try await ask(Example.gkv, transport), let pupil = records.first else {
            return #expect(Bool(false), "found")
        }
        #expect(pupil.withheld == PupilField.address)
        #expect(Set(pupil.values.keys).isDisjoint(with: PupilField.address))
    }

    @Test func aSecretAddressOfSomtodayIsNotRead() async throws {
        let transport = somtoday { _ in Answers.somtoday(#","adres_geheim":true"#) }
        let query = Example.number("0810001", [.achternaam, .postcode])
        #expect(
            try await ask(["dialect": "somtoday"], query, transport)
                == .found([PupilRecord(values: [.achternaam: "Voorbeeld-Achternaam"], withheld: [.postcode])]))
        let odd = somtoday { _ in Answers.somtoday(#","adres_geheim":"ja""#) }
        #expect(failure(try await ask(["dialect": "somtoday"], query, odd))?.label == .answerNotUnderstood)
    }

    @Test func missingFieldsAreSimplyAbsent() async throws {
        let transport = somtoday { _ in #"{"leerlingen":[{"leerlingnummer":810001,"geboortedatum":null}]}"# }
        #expect(
            try await ask(["dialect": "somtoday"], transport)
                == .found([PupilRecord(values: [.leerlingnummer: "810001"])]))
    }

    @Test func aBirthDateSortsOutOnlyWhereOneIsTold() async throws {
        let list = """
            [{"userIds":[{"userId":"1","userIdType":"ASI"}],"familyName":"Dubbel","dateOfBirth":"2016-03-04"},\
            {"userIds":[{"userId":"2","userIdType":"ASI"}],"familyName":"Dubbel","dateOfBirth":"2016-03-05"},\
            {"userIds":[{"userId":"3","userIdType":"ASI"}],"familyName":"DUBBEL"},{"familyName":"Anders"}]
            """
        guard
            case .found(let records) = try await ask(
                ["dialect": "edu-v"], Example.name("Dubbel", "2016-03-04", [.leerlingnummer]), AnsweringTransport(list))
        else { return #expect(Bool(false), "found") }
        #expect(records.map { $0.values[.leerlingnummer] } == ["1", "3"])
    }

    @Test func otherChannelsAskNothing() async throws {
        let transport = AnsweringTransport("")
        for channel in ["handover", "folder"] {
            let adapter = try Example.adapter(["dialect": "somtoday"], channel: channel)
            #expect(failure(await adapter.find(Example.number("1"), over: transport)) != nil)
        }
        #expect(transport.requests.isEmpty)
        let probe = try await Example.adapter(["dialect": "somtoday"]).probe(
            over: AnsweringTransport(status: 401, "{}"))
        #expect(probe == .failed(OutcomeReason(.authenticationFailed, status: 401)))
    }
}
