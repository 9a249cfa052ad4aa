// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import AdapterTesting
import Disclosures
import Values
import Verwijsindex

/// Settings and disclosures for tests of single habits.
enum IndexSettings {
    static let recipient = Recipient(id: "vi", kind: .verwijsindex, name: "Verwijsindex Proef", channel: .api)

    static func request(
        _ body: String, contentType: String = "application/json", path: String = "/signalen", response: JSONValue = [:]
    ) -> JSONValue {
        [
            "path": .string(path), "content_type": .string(contentType), "body": .string(body), "response": response,
            "headers": ["Idempotency-Key": "{{idempotentie}}"],
        ]
    }

    static func adapter(registration: JSONValue, withdrawal: JSONValue? = nil, more: [String: JSONValue] = [:]) throws
        -> VerwijsindexAdapter
    {
        let other = request(#"{"reden": "{{reden}}"}"#, path: "/signalen/{{kenmerkVerwijsindex}}/intrekking")
        var values = more
        values["registration"] = registration
        values["withdrawal"] = withdrawal ?? other
        return try VerwijsindexAdapter(settings: AdapterSettings(values: .object(values), channel: "api"))
    }

    static func disclosure(_ kind: MessageKind, _ content: JSONValue) -> Disclosure {
        let sample = SampleMessage(kind, to: recipient).disclosure
        return sample.replacing(content: content)
    }

    /// A registration whose youth bears this name.
    static func registration(achternaam: String, voorvoegsel: String? = nil) -> Disclosure {
        var youth: [String: JSONValue] = [
            "achternaam": .string(achternaam), "geboortedatum": "2015-04-12", "geslacht": "vrouw",
        ]
        youth["voorvoegsel"] = voorvoegsel.map { .string($0) }
        return disclosure(
            .verwijsindexRegistratie, ["leerling": .object(youth), "meldpoort": ["kenmerk": "MP-1"]])
    }

    /// What an adapter sends, and what it makes of the answer.
    static func send(
        _ disclosure: Disclosure, with adapter: VerwijsindexAdapter,
        _ end: Exchange<HTTPResponse> = .answered(HTTPResponse(status: 200, body: []))
    ) async -> (request: HTTPRequest?, outcome: Outcome) {
        let transport = ScriptedTransport(end)
        let outcome = await adapter.deliver(disclosure, over: transport)
        return (transport.requests.first, outcome)
    }
}
