// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Testing
import Values

@Suite struct CloudEventReaderTests {
    private let sample = SampleEvent()

    @Test(arguments: EventType.allCases)
    func structuredAndBinaryReadTheSame(_ type: EventType) throws {
        var generator = EventGenerator(seed: 31)
        let data = generator.data(type)
        let sample = SampleEvent(type: type, data: data)
        let structured = try sample.reader.structured(sample.structured)
        #expect(try sample.reader.binary(attributes: sample.attributes, data: data) == structured)
        #expect(structured.id == sample.attributes["id"])
        #expect(structured.source == sample.attributes["source"])
        #expect(structured.type == type)
        #expect(structured.data == data)
        // What has no case has its own reference, in a form that no case can have.
        let others = ["publicatie", "opschaling", "verplichting"].compactMap { name in
            (data[name]?.string ?? data[name]?.integer.map(String.init)).map { "\(name):\($0)" }
        }
        #expect(structured.zaak == data["zaak"]?.string ?? others.first)
        #expect(structured.school.description == data["school"]?.string)
        #expect(structured.time == Timestamp("2026-11-22T10:00:00+01:00"))
        #expect(structured.traceID == "0af7651916cd43dd8448eb211c80319c")
        // What is journalled reads back as the same event, but for the trace.
        let again = try sample.reader.structured(structured.structured)
        #expect(again.structured.canonicalBytes == structured.structured.canonicalBytes)
        #expect(again.traceparent == nil)
    }

    @Test(arguments: ["specversion", "id", "source", "type"])
    func requiredAttributesAreRequired(_ name: String) {
        #expect(sample.problems(without: name) == ["attribuutOntbreekt /\(name)"])
        #expect(sample.problems(with: [name: ""]) == ["attribuutOntbreekt /\(name)"])
        #expect(sample.problems(with: [name: .null]) == ["attribuutOntbreekt /\(name)"])
        #expect(sample.problems(with: [name: 5]) == ["ongeldigAttribuut /\(name)"])
        #expect(sample.binaryProblems(with: [name: nil]) == ["attribuutOntbreekt ce-\(name)"])
    }

    @Test(arguments: [
        ("specversion", "0.3", "ongeldigAttribuut"), ("specversion", "1.0.2", "ongeldigAttribuut"),
        ("id", "met spatie", "ongeldigAttribuut"), ("id", "a\nb", "ongeldigAttribuut"),
        ("id", "a\u{85}b", "ongeldigAttribuut"), ("id", String(repeating: "i", count: 257), "ongeldigAttribuut"),
        ("id", "iemand@school.invalid", "ongeldigAttribuut"),
        ("source", "urn:een ander", "ongeldigAttribuut"), ("source", "urn:een:ander", "bronNietToegestaan"),
        ("time", "2026-02-30T10:00:00Z", "ongeldigTijdstip"), ("time", "gisteren", "ongeldigTijdstip"),
        ("datacontenttype", "text/xml", "ongeldigAttribuut"),
        ("datacontenttype", "application/json; charset=utf-16", "ongeldigAttribuut"),
        ("dataschema", "urn:met spatie", "ongeldigAttribuut"),
        ("subject", "Testkind", "onbekendAttribuut"), ("data_base64", "e30=", "onbekendAttribuut"),
        ("partitionkey", "x", "onbekendAttribuut"), ("leerling", "x", "onbekendAttribuut"),
        ("type", "nl.meldcode.stap-gezet.v2", "onbekendeVersie"), ("type", "nl.meldcode.onzin.v1", "onbekendType"),
    ])
    func wrongAttributesAreRefused(_ name: String, _ value: String, _ code: String) {
        #expect(sample.problems(with: [name: .string(value)]) == ["\(code) /\(name)"])
        #expect(sample.binaryProblems(with: [name: value]) == ["\(code) ce-\(name)"])
    }

    @Test(arguments: [
        ("datacontenttype", "application/json"), ("datacontenttype", "application/json; charset=\"UTF-8\""),
        ("datacontenttype", "application/cloudevents+json"), ("dataschema", "urn:meldpoort:schema:x"),
        ("sequence", "0000123"), ("time", "2026-11-22T10:00:00.123456789-11:30"),
        ("tracestate", "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"), ("tracestate", "tenant@vendor=1;2"),
        ("tracestate", "a=" + String(repeating: "x", count: 500)),
        // The standard says to go on without an invalid trace.
        ("traceparent", "00-00000000000000000000000000000000-b7ad6b7169203331-01"), ("traceparent", "onzin"),
        ("id", String(repeating: "i", count: 256)),
    ])
    func theseAttributesMayBeThere(_ name: String, _ value: String) {
        #expect(sample.problems(with: [name: .string(value)]) == [])
        #expect(sample.binaryProblems(with: [name: value]) == [])
    }

    @Test func anInvalidTraceIsDropped() throws {
        for value in ["onzin", "00-abc", "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"] {
            let event = try sample.reader.structured(sample.structured.with("/traceparent", .string(value)))
            #expect(event.traceparent == nil)
            #expect(event.traceID == nil)
        }
    }

    @Test func slipsGetASuggestionAndStrangersDoNot() {
        #expect(sample.messages(type: "nl.meldcode.stapgezet.v1").first?.contains("nl.meldcode.stap-gezet.v1") == true)
        #expect(sample.messages(type: "com.example.iets").first?.contains("Bedoelt") == false)
        #expect(sample.messages(type: "nl.meldcode.stap-gezet.v9").first?.contains("/v1/schemas") == true)
        #expect(sample.messages(with: ["subject": "x"]).first?.contains("subject") == true)
        #expect(sample.messages(with: ["data_base64": "x"]).first?.contains("data") == true)
    }

    @Test func dataMustBeThereAndFit() {
        #expect(sample.problems(without: "data") == ["veldOntbreekt /data"])
        #expect(sample.problems(with: ["data": .null]) == ["verkeerdType /data"])
        #expect(sample.problems(with: ["data": "{}"]) == ["verkeerdType /data"])
        #expect(sample.problems(with: ["data": sample.data.without("/zaak")]) == ["veldOntbreekt /data/zaak"])
        for value: JSONValue in [.null, "tekst", [], 5] {
            #expect(sample.problems(of: value) == ["verkeerdType "])
        }
    }

    /// In a batch the places say which event; in binary mode the body itself is the data.
    @Test func placesFollowTheForm() {
        let wrong = sample.structured.with("/data/zaak", 5).with("/id", "a b")
        #expect(sample.problems(of: wrong, root: "/3") == ["ongeldigAttribuut /3/id", "verkeerdType /3/data/zaak"])
        #expect(
            sample.binaryProblems(with: ["id": "a b"], data: sample.data.with("/zaak", 5)) == [
                "ongeldigAttribuut ce-id", "verkeerdType /zaak",
            ])
    }

    @Test func everythingWrongIsToldAtOnce() {
        let found = sample.problems(
            with: ["id": "999990019", "source": "urn:onbekend", "subject": "x", "time": "nu", "extra": 5])
        #expect(
            Set(found) == [
                "persoonsgegevenInContext /id", "bronNietToegestaan /source", "onbekendAttribuut /subject",
                "ongeldigTijdstip /time", "ongeldigAttribuut /extra",
            ])
    }

    /// A name that is no CloudEvents attribute could be anything, a child's name too.
    @Test func oddAttributeNamesAreNotRepeated() {
        for name in ["Testkind Voorbeeld", "testkind-voorbeeld", "", "999990019", String(repeating: "a", count: 21)] {
            let places = sample.problems(with: [name: "x"])
            #expect(places == ["onbekendAttribuut /(onbekend)"], "\(name)")
        }
    }
}
