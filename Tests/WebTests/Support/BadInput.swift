// SPDX-License-Identifier: EUPL-1.2
import Values

/// One request that must be refused, and how.
struct BadInput: Sendable {
    let name: String
    var who: TestDoor.Who? = .system
    var method = "POST"
    var path = "/v1/gebeurtenissen"
    var headers: [(String, String)] = []
    var body: [UInt8] = []
    var hasLength = true
    let status: Int
    /// The end of the problem's `type`.
    let problem: String
    /// Must be among the listed problems: `code plaats`.
    var item: String?

    /// Stands in values of the requests, and must never come back.
    static let canary = "Kanariewaarde"

    static let structuredType = ("Content-Type", "application/cloudevents+json; charset=UTF-8")
    static let batchType = ("Content-Type", "application/cloudevents-batch+json")

    /// A body in structured mode.
    static func structured(
        _ name: String, _ body: [UInt8], _ status: Int = 400, _ problem: String = "ongeldige-gebeurtenis",
        _ item: String? = nil, as who: TestDoor.Who? = .system
    ) -> BadInput {
        BadInput(
            name: name, who: who, headers: [structuredType], body: body, status: status, problem: problem, item: item)
    }

    static func event(
        _ name: String, _ event: JSONValue, _ item: String?, status: Int = 400,
        problem: String = "ongeldige-gebeurtenis",
        as who: TestDoor.Who? = .system
    ) -> BadInput {
        structured(name, event.canonicalBytes, status, problem, item, as: who)
    }

    /// Text that is no strict JSON.
    static func text(_ name: String, _ text: String, _ item: String?) -> BadInput {
        structured(name, Array(text.utf8), 400, "ongeldige-json", item)
    }

    static func batch(
        _ name: String, _ body: JSONValue, _ status: Int, _ problem: String, _ item: String? = nil
    ) -> BadInput {
        BadInput(
            name: name, headers: [batchType], body: body.canonicalBytes, status: status, problem: problem, item: item)
    }

    /// A concern in binary mode with headers of choice; nil takes one away.
    static func binary(
        _ name: String, _ changes: [String: String?] = [:], adding: [(String, String)] = [],
        data: JSONValue = Sample.concern()["data"] ?? .null, _ item: String?, status: Int = 400,
        problem: String = "ongeldige-gebeurtenis"
    ) -> BadInput {
        var fields: [String: String] = [
            "ce-specversion": "1.0", "ce-id": "7f1c0a52-6a53-4e0a-9b07-3f5d0d6f2a11", "ce-source": SampleSite.source,
            "ce-type": "nl.meldcode.zorg-gesignaleerd.v1", "Content-Type": "application/json",
        ]
        for (key, value) in changes { fields[key] = value }
        return BadInput(
            name: name, headers: fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } + adding,
            body: data.canonicalBytes, status: status, problem: problem, item: item)
    }

    static func get(_ name: String, _ path: String, _ status: Int, _ problem: String, _ item: String? = nil) -> BadInput
    {
        BadInput(name: name, method: "GET", path: path, status: status, problem: problem, item: item)
    }

    /// The table. Every row is sent to a gateway in which nothing was stored before.
    static let all = json + encodings + envelopes + contents + binaries + batches + access + addresses + forms
}

// MARK: - The rows

extension BadInput {
    private static let good = Sample.concern()
    private static let goodText = Sample.concern().canonicalString

    private static let json: [BadInput] = [
        text("empty body", "", "emptyInput "),
        text("white space only", " \r\n\t ", "emptyInput "),
        text("truncated in an object", String(goodText.dropLast(20)), nil),
        text("truncated after a key", "{\"specversion\"", nil),
        text("truncated in a string", "{\"specversion\": \"1.", nil),
        text("nested 33 deep", String(repeating: "[", count: 33) + String(repeating: "]", count: 33), nil),
        text("nested 100,000 deep and never closed", String(repeating: "[", count: 100_000), nil),
        text("objects nested 50,000 deep", String(repeating: "{\"a\":", count: 50_000), nil),
        text("duplicate key at the top", "{\"id\": \"a\", \"id\": \"b\"}", "duplicateKey /id"),
        text(
            "duplicate key in the data", goodText.replacing("\"zaak\"", with: "\"zaak\":\"a\",\"zaak\""),
            "duplicateKey /data/zaak"),
        text("duplicate key by an escape", "{\"id\": \"a\", \"i\\u0064\": \"b\"}", "duplicateKey /id"),
        text("trailing comma", "{\"id\": \"a\",}", nil),
        text("something after the value", goodText + " {}", "trailingContent "),
        text("two documents on two lines", goodText + "\n" + goodText, "trailingContent "),
        text("single quotes", "{'id': 'a'}", nil),
        text("comment", "{\"id\": \"a\" /* b */}", nil),
        text("NaN", "{\"data\": NaN}", "invalidLiteral /data"),
        text("infinite number", "{\"data\": 1e999}", "numberOutOfRange /data"),
        text("number with a leading zero", "{\"data\": 012}", "invalidNumber /data"),
        text("whole number that a double changes", "{\"data\": 9007199254740993}", "numberNotExact /data"),
        text("raw line break in a string", "{\"id\": \"a\nb\"}", "controlCharacter /id"),
        text("half a surrogate pair", "{\"id\": \"\\ud83d\"}", "loneSurrogate /id"),
        text("U+0000", "{\"id\": \"a\\u0000b\"}", "nulCharacter /id"),
        text("unknown escape", "{\"id\": \"\\x41\"}", "invalidEscape /id"),
    ]

    private static let encodings: [BadInput] = [
        structured(
            "UTF-16, little endian", Array(goodText.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }), 400,
            "ongeldige-json", "unsupportedEncoding "),
        structured(
            "UTF-16 with a mark", [0xFF, 0xFE] + Array(goodText.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }),
            400, "ongeldige-json", "unsupportedEncoding "),
        structured(
            "UTF-32", Array(goodText.unicodeScalars.flatMap { [0, 0, 0, UInt8(truncatingIfNeeded: $0.value)] }), 400,
            "ongeldige-json", "unsupportedEncoding "),
        structured(
            "byte order mark", [0xEF, 0xBB, 0xBF] + Array(goodText.utf8), 400, "ongeldige-json", "byteOrderMark "),
        structured(
            "broken UTF-8 in a string", Array("{\"id\": \"a".utf8) + [0xC3, 0x28] + Array("\"}".utf8), 400,
            "ongeldige-json", "invalidUTF8 /id"),
        structured(
            "overlong UTF-8", Array("{\"id\": \"".utf8) + [0xC0, 0xAF] + Array("\"}".utf8), 400, "ongeldige-json",
            "invalidUTF8 /id"),
        structured(
            "Latin-1", Array("{\"id\": \"caf".utf8) + [0xE9] + Array("\"}".utf8), 400, "ongeldige-json",
            "invalidUTF8 /id"),
        BadInput(
            name: "charset=utf-16", headers: [("Content-Type", "application/cloudevents+json; charset=utf-16")],
            body: good.canonicalBytes, status: 415, problem: "verkeerde-inhoudssoort"),
        BadInput(
            name: "gzip", headers: [structuredType, ("Content-Encoding", "gzip")], body: [0x1F, 0x8B, 8, 0],
            status: 415,
            problem: "verkeerde-inhoudssoort"),
        structured(
            "10 MB", Array(repeating: UInt8(ascii: " "), count: 10 << 20), 413, "te-groot"),
        BadInput(
            name: "10 MB in chunks", headers: [structuredType, ("Transfer-Encoding", "chunked")],
            body: chunks(of: 65_536, count: 160), hasLength: false, status: 413, problem: "te-groot"),
        BadInput(
            name: "one byte over the limit", headers: [structuredType],
            body: Array(repeating: UInt8(ascii: " "), count: (1 << 20) + 1), status: 413, problem: "te-groot"),
    ]

    private static func chunks(of size: Int, count: Int) -> [UInt8] {
        let chunk = Array("\(String(size, radix: 16))\r\n".utf8) + Array(repeating: 0x20, count: size) + [0x0D, 0x0A]
        return Array(repeatElement(chunk, count: count).joined()) + Array("0\r\n\r\n".utf8)
    }

    private static let envelopes: [BadInput] = [
        event("a list", [good], "verkeerdType "),
        event("a text", "gebeurtenis", "verkeerdType "),
        event("null", .null, "verkeerdType "),
        event("an empty object", [:], "attribuutOntbreekt /id"),
        event("no id", good.removing("id"), "attribuutOntbreekt /id"),
        event("an empty id", good.with("id", ""), "attribuutOntbreekt /id"),
        event("a number as id", good.with("id", 17), "ongeldigAttribuut /id"),
        event("an id with a space", good.with("id", "a b"), "ongeldigAttribuut /id"),
        event("an id with a line break", good.with("id", "a\r\nSet-Cookie: b"), "ongeldigAttribuut /id"),
        event(
            "an id of 257 characters", good.with("id", .string(String(repeating: "a", count: 257))),
            "ongeldigAttribuut /id"),
        event("a BSN as id", good.with("id", "999990019"), "persoonsgegevenInContext /id"),
        event("a BSN inside an id", good.with("id", "leerling-999990019-1"), "persoonsgegevenInContext /id"),
        event("an e-mail address as id", good.with("id", "kind@voorbeeld.example"), "ongeldigAttribuut /id"),
        event("a subject", good.with("subject", .string(canary)), "onbekendAttribuut /subject"),
        event("specversion 0.3", good.with("specversion", "0.3"), "ongeldigAttribuut /specversion"),
        event("an unknown attribute", good.with("leerlingnaam", .string(canary)), "onbekendAttribuut /leerlingnaam"),
        event(
            "an attribute with an odd name", good.with("Naam van kind", .string(canary)),
            "onbekendAttribuut /(onbekend)"),
        event("data as base64", good.removing("data").with("data_base64", "e30="), "onbekendAttribuut /data_base64"),
        event(
            "an unknown source", good.with("source", "urn:nld:oin:1:systeem:\(canary)".stringValue),
            "bronNietToegestaan /source"),
        event("an unknown type", good.with("type", "nl.meldcode.zorg-gesignalerd.v1"), "onbekendType /type"),
        event("an unknown version", good.with("type", "nl.meldcode.zorg-gesignaleerd.v2"), "onbekendeVersie /type"),
        event("30 February as time", good.with("time", "2010-02-30T10:00:00Z"), "ongeldigTijdstip /time"),
        event("a time without a zone", good.with("time", "2026-11-22T10:00:00"), "ongeldigTijdstip /time"),
        event("a time as a number", good.with("time", 1_763_806_530), "ongeldigAttribuut /time"),
        event(
            "XML as data type", good.with("datacontenttype", "application/xml"), "ongeldigAttribuut /datacontenttype"),
        event("no data", good.removing("data"), "veldOntbreekt /data"),
    ]

    private static let contents: [BadInput] = [
        event("data that is a text", good.with("data", .string(canary)), "verkeerdType /data"),
        event("data that is null", good.with("data", .null), "verkeerdType /data"),
        event("30 February", good.withData("datum", "2010-02-30"), "ongeldigeDatum /data/datum"),
        event("29 February of a common year", good.withData("datum", "2026-02-29"), "ongeldigeDatum /data/datum"),
        event("an American date", good.withData("datum", "02/28/2026"), "ongeldigeDatum /data/datum"),
        event("a date with a time", good.withData("datum", "2026-02-28T00:00:00Z"), "ongeldigeDatum /data/datum"),
        event("a date as a number", good.withData("datum", 20_260_228), "verkeerdType /data/datum"),
        event("an unknown field", good.withData("kleur", .string(canary)), "onbekendVeld /data/kleur"),
        event(
            "an unknown field with an odd name", good.withData("Kanariewaarde van Voorbeeld", 1), "onbekendVeld /data"),
        event("a field left empty", good.withData("signaal", "  "), "leeg /data/signaal"),
        event(
            "a text that is too long", good.withData("signaal", .string(String(repeating: "a", count: 8_001))),
            "teLang /data/signaal"),
        event("a control character", good.withData("signaal", "a\u{7}b"), "ongeldigeWaarde /data/signaal"),
        event("a text that turns direction", good.withData("signaal", "a\u{202E}b"), "ongeldigeWaarde /data/signaal"),
        event("a number for a text", good.withData("signaal", 7), "verkeerdType /data/signaal"),
        event("a list for an object", good.withData("leerling", []), "verkeerdType /data/leerling"),
        event("a missing pupil", good.removingData("leerling"), "veldOntbreekt /data/leerling"),
        event(
            "an unknown sex", good.withData("leerling", ["geslacht": .string(canary)]),
            "ongeldigeWaarde /data/leerling/geslacht"),
        event(
            "a BSN that fails the test", good.withData("leerling", ["bsn": "999990018"]),
            "ongeldigeWaarde /data/leerling/bsn"),
        event("a BSN as case reference", good.withData("zaak", "999990019"), "persoonsgegevenInContext /data/zaak"),
        event("a case reference with a path in it", good.withData("zaak", "../../etc"), "ongeldigeWaarde /data/zaak"),
        event("a school number in lower case", good.withData("school", "01ab"), "ongeldigeWaarde /data/school"),
        event("a school that is not configured", good.withData("school", "99ZZ"), "ongeldigeWaarde /data/school"),
        event(
            "a negative delivery number", Sample.confirmation(of: -1), "ongeldigeWaarde /data/aflevering",
            as: .responsible),
        event(
            "a delivery that does not exist", Sample.confirmation(of: 12), "ongeldigeWaarde /data/aflevering",
            as: .responsible),
        event(
            "an unknown recipient of a disclosure by phone",
            Sample.event(
                "verstrekking-vastgelegd",
                [
                    "ontvanger": "niemand", "tijdstip": "2026-11-22T10:00:00Z", "wijze": "telefoon",
                    "leerling": Sample.pupil,
                ]),
            "ongeldigeWaarde /data/ontvanger", as: .responsible),
    ]

    private static let binaries: [BadInput] = [
        binary(
            "no ce- headers at all", ["ce-specversion": nil, "ce-id": nil, "ce-source": nil, "ce-type": nil],
            "attribuutOntbreekt ce-specversion"),
        binary("no ce-id", ["ce-id": nil], "attribuutOntbreekt ce-id"),
        binary(
            "ce-datacontenttype", adding: [("ce-datacontenttype", "application/json")],
            "ongeldigAttribuut ce-datacontenttype"),
        binary("ce-id twice", adding: [("CE-ID", "anders")], "ongeldigAttribuut ce-id"),
        binary("half a percent code", ["ce-id": "a%2"], "ongeldigAttribuut ce-id"),
        binary("no percent code", ["ce-id": "100%zeker"], "ongeldigAttribuut ce-id"),
        binary("overlong percent code", ["ce-id": "a%C0%A0b"], "ongeldigAttribuut ce-id"),
        binary("line break by percent code", ["ce-id": "a%0D%0ASet-Cookie:%20b"], "ongeldigAttribuut ce-id"),
        binary("NUL by percent code", ["ce-id": "a%00b"], "ongeldigAttribuut ce-id"),
        binary("raw UTF-8 in a header", ["ce-id": "caf\u{E9}"], "ongeldigAttribuut ce-id"),
        binary("an unclosed quoted string", ["ce-id": "\"a"], "ongeldigAttribuut ce-id"),
        binary("a BSN by percent code", ["ce-id": "%39%39%39%39%39%30%30%31%39"], "persoonsgegevenInContext ce-id"),
        binary("a subject", adding: [("ce-subject", canary)], "onbekendAttribuut ce-subject"),
        binary("30 February", ["ce-time": "2010-02-30T00:00:00Z"], "ongeldigTijdstip ce-time"),
        binary("an unknown version", ["ce-type": "nl.meldcode.zorg-gesignaleerd.v9"], "onbekendeVersie ce-type"),
        binary(
            "data with a wrong date", data: (good["data"] ?? .null).with("datum", "2010-02-30"), "ongeldigeDatum /datum"
        ),
        binary(
            "a school that is not configured", data: (good["data"] ?? .null).with("school", "99ZZ"),
            "ongeldigeWaarde /school"),
        binary("XML", ["Content-Type": "application/xml"], nil, status: 415, problem: "verkeerde-inhoudssoort"),
        binary("text", ["Content-Type": "text/plain"], nil, status: 415, problem: "verkeerde-inhoudssoort"),
        binary("no content type", ["Content-Type": nil], nil, status: 415, problem: "verkeerde-inhoudssoort"),
        binary(
            "a form", ["Content-Type": "application/x-www-form-urlencoded"], nil, status: 415,
            problem: "verkeerde-inhoudssoort"),
        binary(
            "Avro", ["Content-Type": "application/cloudevents+avro"], nil, status: 415,
            problem: "verkeerde-inhoudssoort"),
        binary(
            "two content types", adding: [("Content-Type", "text/plain")], nil, status: 415,
            problem: "verkeerde-inhoudssoort"),
    ]

    private static let batches: [BadInput] = [
        batch("an empty batch", [], 400, "ongeldige-bundel"),
        batch("a batch that is an object", good, 400, "ongeldige-bundel"),
        batch("a batch of 257", .array(Array(repeating: good, count: 257)), 400, "ongeldige-bundel"),
        batch(
            "a batch with one wrong date", [Sample.concern(), good.withData("datum", "2010-02-30")], 400,
            "ongeldige-gebeurtenis", "ongeldigeDatum /1/data/datum"),
        batch("a batch with a number in it", [Sample.concern(), 3], 400, "ongeldige-gebeurtenis", "verkeerdType /1"),
        batch(
            "a batch with an unconfigured school", [Sample.concern(), Sample.concern(school: "99ZZ")], 400,
            "ongeldige-gebeurtenis", "ongeldigeWaarde /1/data/school"),
        batch(
            "a batch with a school out of reach", [Sample.concern(), Sample.concern(school: "02CD")], 403,
            "geen-toegang"),
        batch(
            "a batch with one id twice", [Sample.concern(id: "a-1"), Sample.concern(id: "a-1", signaal: "Anders.")],
            409, "kenmerk-in-gebruik", "kenmerkInGebruik /1/id"),
    ]

    private static let access: [BadInput] = [
        event("no token", good, nil, status: 401, problem: "niet-aangemeld", as: nil),
        event("a revoked token", good, nil, status: 401, problem: "niet-aangemeld", as: .revoked),
        token("an unknown token", "Bearer mp_aaaaaaaaaaaa_" + String(repeating: "a", count: 43)),
        token("a malformed token", "Bearer 12345"),
        token("an empty token", "Bearer "),
        token("basic authentication", "Basic bWVsZHBvb3J0OmE="),
        token("two tokens", "Bearer a, Bearer b"),
        event("a school out of reach", Sample.concern(school: "02CD"), nil, status: 403, problem: "geen-toegang"),
        event("a type out of reach", Sample.advice(), nil, status: 403, problem: "geen-toegang", as: .narrowSystem),
        event("a system that confirms", Sample.confirmation(of: 1), nil, status: 403, problem: "geen-toegang"),
        BadInput(
            name: "a system that releases", path: "/v1/afleveringen/1/vrijgave", status: 403, problem: "geen-toegang"),
        get("a system that reads the log", "/v1/verstrekkingen", 403, "geen-toegang"),
    ]

    private static func token(_ name: String, _ value: String) -> BadInput {
        BadInput(
            name: name, who: nil, headers: [structuredType, ("Authorization", value)], body: good.canonicalBytes,
            status: 401, problem: "niet-aangemeld")
    }

    private static let addresses: [BadInput] = [
        get("an unknown path", "/v1/leerlingen", 404, "niet-gevonden"),
        get("a slash at the end", "/v1/afleveringen/", 404, "niet-gevonden"),
        get("an id that is no number", "/v1/gebeurtenissen/abc", 404, "niet-gevonden"),
        get("a negative id", "/v1/gebeurtenissen/-1", 404, "niet-gevonden"),
        get("a huge id", "/v1/gebeurtenissen/99999999999999999999999", 404, "niet-gevonden"),
        get("an id with a zero in front", "/v1/gebeurtenissen/01", 404, "niet-gevonden"),
        get("an id in percent code", "/v1/gebeurtenissen/%31", 404, "niet-gevonden"),
        get("an id that does not exist", "/v1/afleveringen/7", 404, "niet-gevonden"),
        get("a path upwards", "/v1/gebeurtenissen/../afleveringen", 404, "niet-gevonden"),
        get("an unknown schema", "/v1/schemas/nl.meldcode.onbekend.v1", 404, "niet-gevonden"),
        get("an unknown query key", "/v1/afleveringen?naam=\(canary)", 400, "ongeldig-verzoek", "onbekendeParameter ?"),
        get(
            "a query where none belongs", "/v1/gebeurtenissen/1?veld=a", 400, "ongeldig-verzoek", "onbekendeParameter ?"
        ),
        get(
            "an unknown status", "/v1/afleveringen?status=\(canary)", 400, "ongeldig-verzoek", "ongeldigeWaarde ?status"
        ),
        get("an amount of zero", "/v1/afleveringen?aantal=0", 400, "ongeldig-verzoek", "ongeldigeWaarde ?aantal"),
        get("an amount of 201", "/v1/afleveringen?aantal=201", 400, "ongeldig-verzoek", "ongeldigeWaarde ?aantal"),
        get("a key twice", "/v1/afleveringen?aantal=1&aantal=2", 400, "ongeldig-verzoek", "dubbeleParameter ?aantal"),
        get(
            "a value that is no number", "/v1/afleveringen?vanaf=1e3", 400, "ongeldig-verzoek", "ongeldigeWaarde ?vanaf"
        ),
        get("a broken percent code", "/v1/afleveringen?school=%zz", 400, "ongeldig-verzoek", "ongeldigeWaarde ?school"),
        get(
            "a school that is none", "/v1/afleveringen?school=De%20Wilg", 400, "ongeldig-verzoek",
            "ongeldigeWaarde ?school"),
        get(
            "an address of 3,000 characters", "/v1/afleveringen?school=" + String(repeating: "a", count: 3_000), 414,
            "adres-te-lang"),
        BadInput(
            name: "a method of another route", method: "DELETE", path: "/v1/gebeurtenissen/1", status: 405,
            problem: "methode-niet-toegestaan"),
        BadInput(
            name: "a method that does not exist here", method: "PUT", status: 405, problem: "methode-niet-toegestaan"),
        BadInput(
            name: "an answer in XML only", method: "GET", path: "/v1/afleveringen",
            headers: [("Accept", "application/xml")],
            status: 406, problem: "antwoordvorm-niet-mogelijk"),
        BadInput(
            name: "headers of 40 kB", method: "GET", path: "/health/live",
            headers: (0..<8).map { ("X-Veel-\($0)", String(repeating: "a", count: 5_000)) }, status: 431,
            problem: "te-veel-kopregels"),
        BadInput(
            name: "one header of 9 kB", method: "GET", path: "/health/live",
            headers: [("X-Lang", String(repeating: "a", count: 9_000))], status: 431, problem: "te-veel-kopregels"),
        BadInput(
            name: "200 headers", method: "GET", path: "/health/live", headers: (0..<200).map { ("X-Veel-\($0)", "a") },
            status: 431, problem: "te-veel-kopregels"),
        BadInput(
            name: "a header name with a space", method: "GET", path: "/health/live", headers: [("ce id", "a")],
            status: 400,
            problem: "ongeldig-verzoek"),
    ]

    private static let forms: [BadInput] = [
        form("a closing without its field", "afsluiting", "{}", "veldOntbreekt /verstrekt"),
        form("a closing with a text for true", "afsluiting", "{\"verstrekt\": \"ja\"}", "verkeerdType /verstrekt"),
        form(
            "a closing with an unknown field", "afsluiting", "{\"verstrekt\": true, \"naam\": \"\(canary)\"}",
            "onbekendVeld "),
        form(
            "a closing at no time", "afsluiting", "{\"verstrekt\": true, \"tijdstip\": \"2010-02-30T10:00:00Z\"}",
            "ongeldigTijdstip /tijdstip"),
        form(
            "a closing in two ways", "afsluiting", "{\"verstrekt\": false, \"wijze\": \"telefoon\"}",
            "ongeldigeWaarde /wijze"),
        form(
            "a closing twice", "afsluiting", "{\"verstrekt\": true, \"verstrekt\": false}", "duplicateKey /verstrekt",
            problem: "ongeldige-json"),
        form("a closing without a body", "afsluiting", "", "emptyInput ", problem: "ongeldige-json"),
        form("a role that is no word", "bevestiging", "{\"rol\": \"\(canary) van Voorbeeld\"}", "ongeldigeWaarde /rol"),
        form("a list for a confirmation", "bevestiging", "[]", "verkeerdType "),
        form("a release with a field", "vrijgave", "{\"ook\": 1}", "onbekendVeld "),
        BadInput(
            name: "a confirmation as text", who: .responsible, path: "/v1/afleveringen/1/bevestiging",
            headers: [("Content-Type", "text/plain")], body: Array("{}".utf8), status: 415,
            problem: "verkeerde-inhoudssoort"),
    ]

    private static func form(
        _ name: String, _ act: String, _ body: String, _ item: String, problem: String = "ongeldig-verzoek"
    ) -> BadInput {
        BadInput(
            name: name, who: .responsible, path: "/v1/afleveringen/1/\(act)",
            headers: [("Content-Type", "application/json")], body: Array(body.utf8), status: 400, problem: problem,
            item: item)
    }
}

extension JSONValue {
    fileprivate func removingData(_ key: String) -> JSONValue {
        with("data", self["data"]?.removing(key))
    }
}

extension String {
    fileprivate var stringValue: JSONValue { .string(self) }
}
