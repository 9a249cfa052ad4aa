// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Testing
import Values
import Verwijsindex

struct AnswerTests {
    private func outcome(
        _ status: Int, _ answer: String, response: JSONValue = [:], contentType: String = "application/json",
        retryAfter: Int? = nil
    ) async throws -> Outcome {
        let body =
            contentType.contains("json") ? #"{"n": "{{leerling.achternaam}}"}"# : "<n>{{leerling.achternaam}}</n>"
        let adapter = try IndexSettings.adapter(
            registration: IndexSettings.request(body, contentType: contentType, response: response))
        let answered = HTTPResponse(status: status, body: Array(answer.utf8), retryAfterSeconds: retryAfter)
        return await IndexSettings.send(
            IndexSettings.registration(achternaam: "A"), with: adapter, .answered(answered)
        ).outcome
    }

    @Test(arguments: [
        (200, Outcome.accepted(Receipt())), (201, .accepted(Receipt())), (202, .accepted(Receipt())),
        (204, .accepted(Receipt())),
        (400, .rejected(.init(.refusedByCounterpart, status: 400))),
        (422, .rejected(.init(.refusedByCounterpart, status: 422))),
        (401, .retry(afterSeconds: nil, .init(.authenticationFailed, status: 401))),
        (429, .retry(afterSeconds: nil, .init(.busyCounterpart, status: 429))),
        (503, .retry(afterSeconds: nil, .init(.busyCounterpart, status: 503))),
        (409, .unknown(.init(.answerNotUnderstood, status: 409))),
        (500, .unknown(.init(.answerNotUnderstood, status: 500))),
        (206, .unknown(.init(.answerNotUnderstood, status: 206))),
        (302, .unknown(.init(.redirectRefused, status: 302))),
    ])
    func `judges by status when nothing else is said`(status: Int, expected: Outcome) async throws {
        #expect(try await outcome(status, "") == expected)
    }

    @Test func `waits as long as it is asked to`() async throws {
        let outcome = try await outcome(503, "", retryAfter: 90)
        #expect(outcome == .retry(afterSeconds: 90, .init(.busyCounterpart, status: 503)))
    }

    private static let speaking: JSONValue = [
        "accepted_when": ["field": "/status", "one_of": ["ok", "bekend"]],
        "rejected_when": ["field": "/status", "equals": "fout"], "retry_when": ["field": "/status", "equals": "druk"],
        "reference_field": "/id",
    ]

    @Test(arguments: [
        (200, #"{"status":"ok","id":" 7 "}"#, Outcome.accepted(Receipt(reference: "7"))),
        (200, #"{"status":"bekend","id":12}"#, .accepted(Receipt(reference: "12"))),
        (200, #"{"status":"ok"}"#, .accepted(Receipt())),
        (200, #"{"status":"fout"}"#, .rejected(.init(.refusedByCounterpart, status: 200))),
        (200, #"{"status":"druk"}"#, .retry(afterSeconds: nil, .init(.busyCounterpart, status: 200))),
        (400, #"{"status":"druk"}"#, .retry(afterSeconds: nil, .init(.busyCounterpart, status: 400))),
        (500, #"{"status":"fout"}"#, .rejected(.init(.refusedByCounterpart, status: 500))),
        (503, #"{"status":"fout"}"#, .rejected(.init(.refusedByCounterpart, status: 503))),
        (500, #"{"status":"ok"}"#, .unknown(.init(.answerNotUnderstood, status: 500))),
        (200, #"{"status":"anders"}"#, .unknown(.init(.answerNotUnderstood, status: 200))),
        (200, "<html>inloggen</html>", .unknown(.init(.answerNotUnderstood, status: 200))),
        (200, "", .unknown(.init(.answerNotUnderstood, status: 200))),
        (200, #"{"status":"ok","status":"fout"}"#, .unknown(.init(.answerNotUnderstood, status: 200))),
    ])
    func `lets a JSON answer speak`(status: Int, answer: String, expected: Outcome) async throws {
        #expect(try await outcome(status, answer, response: Self.speaking) == expected)
    }

    private static let envelope: JSONValue = [
        "accepted_when": ["field": "/Envelope/Body/antwoord/status", "equals": "ok & goed"],
        "rejected_when": ["field": "/Envelope/Body/Fault/faultcode", "equals": "soap:Client"],
        "reference_field": "/Envelope/Body/antwoord/id",
    ]

    @Test(arguments: [
        ("<s:antwoord><s:status> ok &amp; goed\n</s:status><id><![CDATA[a<b]]></id></s:antwoord>", "a<b"),
        ("<antwoord soort='&lt;'><!-- x --><status>ok &#38; goed</status><id/></antwoord>", nil),
        ("<antwoord><status>ok &#x26; goed</status><id>1</id><id>2</id></antwoord>", nil),
    ])
    func `reads an XML answer`(inner: String, reference: String?) async throws {
        let answer =
            "<?xml version='1.0' encoding='utf-8'?><s:Envelope xmlns:s='urn:s'><s:Body>\(inner)</s:Body></s:Envelope>\n"
        let outcome = try await outcome(200, answer, response: Self.envelope, contentType: "text/xml")
        #expect(outcome == .accepted(Receipt(reference: reference)))
    }

    @Test(arguments: [
        "<!DOCTYPE Envelope [<!ENTITY x 'ok &amp; goed'>]><Envelope><Body><antwoord><status>&x;</status></antwoord></Body></Envelope>",
        "<Envelope><Body><antwoord><status>ok &amp; goed</status></antwoord></Body>",
        "<Envelope><Body><antwoord><status>ok &amp; goed</antwoord></status></Body></Envelope>",
        "<Envelope><Body><antwoord><status>ok &amp; goed</status></antwoord></Body></Envelope><Envelope/>",
        "<?xml version='1.0' encoding='iso-8859-1'?><Envelope><Body><antwoord><status>ok &amp; goed</status></antwoord></Body></Envelope>",
        "<Envelope><Body><antwoord><status>ok & goed</status></antwoord></Body></Envelope>",
        "<Envelope><Body><antwoord><status>ok &amp; goed</status><status>nee</status></antwoord></Body></Envelope>",
        "tekst", "", "{}",
    ])
    func `takes no doubtful XML answer for a success`(answer: String) async throws {
        let outcome = try await outcome(200, answer, response: Self.envelope, contentType: "text/xml")
        #expect(outcome == .unknown(.init(.answerNotUnderstood, status: 200)))
    }

    @Test func `takes a SOAP fault about the message for a refusal`() async throws {
        let fault =
            "<s:Envelope xmlns:s='urn:s'><s:Body><s:Fault><faultcode>soap:Client</faultcode></s:Fault></s:Body></s:Envelope>"
        let outcome = try await outcome(500, fault, response: Self.envelope, contentType: "text/xml")
        #expect(outcome == .rejected(.init(.refusedByCounterpart, status: 500)))
    }

    @Test func `deeply nested and random answers end quietly`() async throws {
        let deep = String(repeating: "<a>", count: 5_000)
        let outcome = try await outcome(200, deep, response: Self.envelope, contentType: "text/xml")
        #expect(outcome == .unknown(.init(.answerNotUnderstood, status: 200)))
        var texts = TextGenerator(seed: 7)
        for _ in 0..<2_000 {
            let answer = "<Envelope><Body>" + texts.next() + texts.next() + "</Body></Envelope>"
            let outcome = try await self.outcome(200, answer, response: Self.envelope, contentType: "text/xml")
            #expect(outcome == .unknown(.init(.answerNotUnderstood, status: 200)))
        }
    }
}
