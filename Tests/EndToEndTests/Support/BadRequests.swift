// SPDX-License-Identifier: EUPL-1.2
import RunningGateway
import Values

/// Requests that are refused, each with something personal in the place that is wrong.
enum BadRequests {
    private static let name = "\(CanaryEvent.mark)Kind"
    private static let structured = "application/cloudevents+json"

    static var all: [(String, Request)] {
        [
            // A key that reads as a key is repeated to its sender; one that could be a person's name is not.
            ("unknown field", event(["\(name) Voorbeeld": "x"])),
            ("unknown value", event(["datum": .string("\(name)-02-30"), "signaal": .string(name)])),
            ("wrong type", event(["datum": 5, "signaal": [.string(name)]])),
            ("unknown choice", event(["leerling": ["geslacht": .string(name)]])),
            ("bad bsn", event(["leerling": ["bsn": .string("999993654 \(name)")]])),
            ("line break in a line", event(["leerling": ["achternaam": .string("\(name)\n\(name)")]])),
            ("bsn as case", event(["zaak": .string(SchoolEvent.bsn)])),
            ("unknown school", event(["school": "99ZZ", "signaal": .string(name)])),
            ("personal id", envelope(["id": .string("lvs-\(SchoolEvent.bsn)")])),
            ("mail address as id", envelope(["id": .string("\(name)@school.example")])),
            ("unknown source", envelope(["source": .string("urn:\(name)")])),
            ("unknown type", envelope(["type": .string("nl.meldcode.\(name).v1")])),
            ("subject", envelope(["subject": .string(name)])),
            ("unknown attribute", envelope(["\(name.lowercased()) voorbeeld": .string(name)])),
            ("truncated", raw(#"{"id": "\#(name)", "data": {"leerling": {"achternaam": "\#(name)"#)),
            ("duplicate key", raw(#"{"\#(name) V": 1, "\#(name) V": 2}"#)),
            ("no JSON", raw("\(name) \(SchoolEvent.bsn)")),
            ("bad escape", raw(#"{"id": "\#(name)\x"}"#)),
            ("not UTF-8", Request("POST", path, headers: type, body: Array(name.utf8) + [0xFF, 0xFE])),
            (
                "wrong content type",
                Request("POST", path, headers: [("Content-Type", "text/\(name)")], body: Array(name.utf8))
            ),
            (
                "batch",
                Request(
                    "POST", path, headers: [("Content-Type", "application/cloudevents-batch+json")],
                    body: Array(#"[{"id": "\#(name)"}]"#.utf8))
            ),
            ("unknown path", .get("/v1/\(name)/\(SchoolEvent.bsn)")),
            ("unknown query", .get("/v1/afleveringen?\(name)=\(SchoolEvent.bsn)")),
            ("bad query", .get("/v1/afleveringen?status=\(name)")),
            ("bad number", .get("/v1/gebeurtenissen/\(name)")),
            ("another's event", .get("/v1/gebeurtenissen/\(SchoolEvent.bsn)")),
            ("bad form", .act(1, "afsluiting", ["verstrekt": .string(name), "\(name)": "x"])),
        ]
    }

    private static let path = "/v1/gebeurtenissen"
    private static let type = [(name: "Content-Type", value: structured)]

    private static func raw(_ text: String) -> Request {
        Request("POST", path, headers: type, body: Array(text.utf8))
    }

    private static func event(_ data: [String: JSONValue]) -> Request {
        let base: [String: JSONValue] = [
            "zaak": "zaak-1", "school": "01AB", "datum": "2026-11-02", "signaal": .string(name), "leerling": [:],
        ]
        return .event(SchoolEvent.make("zorg-gesignaleerd", base.merging(data) { $1 }))
    }

    private static func envelope(_ attributes: [String: JSONValue]) -> Request {
        let event = SchoolEvent.concern("zaak-1").object ?? [:]
        return .event(.object(event.merging(attributes) { $1 }))
    }
}
