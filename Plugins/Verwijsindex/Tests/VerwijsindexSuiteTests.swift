// SPDX-License-Identifier: EUPL-1.2
import AdapterTesting
import Sandbox
import Testing
import Values
import Verwijsindex

/// What every adapter passes, with the JSON and the SOAP sample that ship.
@Suite(.serialized) struct VerwijsindexSuiteTests {
    static let suite = AdapterSuite(
        VerwijsindexAdapter.self, samples: ["samples/soap.yaml"], badSettings: badSettings, accepting: accepting)

    @Test(arguments: suite.checks) func passes(_ check: AdapterCheck) async throws {
        try await Self.suite.run(check)
    }

    /// The same with the adapter as a process of its own.
    @Test(arguments: suite.overPipe.checks) func passesOverAPipe(_ check: AdapterCheck) async throws {
        try await Self.suite.overPipe.run(check)
    }

    @Sendable private static func accepting(_ request: RecordedRequest) -> IndexAnswer {
        let isWithdrawal = request.target.contains("intrekking")
        let state = isWithdrawal ? "ingetrokken" : "geregistreerd"
        guard request.header("Content-Type")?.contains("xml") == true else {
            return .json(isWithdrawal ? 200 : 201, #"{"status":"\#(state)","signaalId":"IDX-000001"}"#)
        }
        return .xml(
            200,
            """
            <?xml version="1.0"?><s:Envelope xmlns:s="urn:x"><s:Body><signaalAntwoord><status>\(state)</status>\
            <signaalId>IDX-000001</signaalId></signaalAntwoord></s:Body></s:Envelope>
            """)
    }

    private static let badSettings: [AdapterSuite.BadSettings] = [
        .init("no registration for api", at: ["registration"], nil),
        .init("no withdrawal for api", at: ["withdrawal"], nil),
        .init("an unknown field", at: ["registration", "body"], #"{"a": "{{leerling.achternam}}"}"#),
        .init("a field of the other kind of message", at: ["registration", "body"], #"{"a": "{{reden}}"}"#),
        .init("an open placeholder", at: ["registration", "body"], #"{"a": "{{leerling.achternaam"}"#),
        .init(
            "an open section", at: ["registration", "body"],
            ##"{"a": "{{#leerling.voorvoegsel}}{{leerling.voorvoegsel}}"}"##),
        .init("a section closed twice", at: ["registration", "body"], #"{"a": "{{/leerling.voorvoegsel}}"}"#),
        .init(
            "crossed sections", at: ["registration", "body"],
            ##"{"a":"{{#leerling.voorvoegsel}}{{#afsprakenMetBetrokkenen.datum}}{{/leerling.voorvoegsel}}{{/afsprakenMetBetrokkenen.datum}}"}"##
        ),
        .init("a field that may be missing", at: ["registration", "body"], #"{"a": "{{leerling.voorvoegsel}}"}"#),
        .init("a text without quotes", at: ["registration", "body"], #"{"a": {{leerling.achternaam}}}"#),
        .init("a value behind a backslash", at: ["registration", "body"], #"{"a": "\{{leerling.achternaam}}"}"#),
        .init("no JSON", at: ["registration", "body"], #"{"a": "{{leerling.achternaam}}",}"#),
        .init(
            "no JSON without the optional field", at: ["registration", "body"],
            ##"{"a": "x"{{#leerling.voorvoegsel}},"b": "{{leerling.voorvoegsel}}",{{/leerling.voorvoegsel}} "c": 1}"##),
        .init("a personal field in the path", at: ["registration", "path"], "/s/{{leerling.achternaam}}"),
        .init(
            "a section in the path", at: ["registration", "path"], "/s/{{#meldpoort.kenmerk}}a{{/meldpoort.kenmerk}}"),
        .init("a path that climbs", at: ["registration", "path"], "/s/../andere"),
        .init("a path without a slash", at: ["registration", "path"], "signalen"),
        .init("a path with a blank", at: ["registration", "path"], "/sig nalen"),
        .init("a personal field in a header", at: ["registration", "headers", "X-Wie"], "{{meldpoort.school.naam}}"),
        .init("two lines in a header", at: ["registration", "headers", "X-Twee"], "a\r\nX-Drie: b"),
        .init("a password in the settings", at: ["registration", "headers", "Authorization"], "Bearer geheim"),
        .init("a header of the transport", at: ["registration", "headers", "Content-Length"], "5"),
        .init("no header name", at: ["registration", "headers", "X Wie"], "a"),
        .init("a body of another kind", at: ["registration", "content_type"], "text/plain"),
        .init("another character set", at: ["registration", "content_type"], "text/xml; charset=iso-8859-1"),
        .init(
            "no idempotency key", at: ["registration", "headers"], ["Accept": "application/json"],
            reportedAt: ["registration"]),
        .init(
            "a status in two lists", at: ["registration", "response", "rejected_statuses"], [201, 400],
            reportedAt: ["registration", "response", "rejected_statuses"]),
        .init("a rule without a text", at: ["registration", "response", "accepted_when"], ["field": "/status"]),
        .init(
            "a rule that leads nowhere", at: ["registration", "response", "accepted_when", "field"], "status"),
        .init("a reference that leads nowhere", at: ["registration", "response", "reference_field"], "id"),
        .init("codes that forget a value", at: ["codes", "geslacht"], ["man": "M", "vrouw": "V"]),
        .init(
            "codes for a value that does not exist", at: ["codes", "geslacht", "vruow"], "V",
            reportedAt: ["codes", "geslacht", "vruow"]),
    ]
}
