// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Foundation
import FoundationXML
import Testing
import Values
import Verwijsindex

/// Whatever a name is made of: the body parses back to it, or nothing is sent.
struct EscapingPropertyTests {
    private static let rounds = 4_000

    @Test func `JSON gives every value back`() async throws {
        let adapter = try IndexSettings.adapter(
            registration: IndexSettings.request(
                ##"{"n": "{{leerling.achternaam}}", "v": "x{{#leerling.voorvoegsel}}{{leerling.voorvoegsel}}{{/leerling.voorvoegsel}}y"}"##
            ))
        var texts = TextGenerator(seed: 20_261_122)
        for _ in 0..<Self.rounds {
            let (name, prefix) = (texts.next(), texts.next())
            let disclosure = IndexSettings.registration(achternaam: name, voorvoegsel: prefix)
            let (request, outcome) = await IndexSettings.send(disclosure, with: adapter)
            guard Self.isJSON(name), Self.isJSON(prefix) else {
                #expect(request == nil && outcome == .rejected(OutcomeReason(.contentNotRepresentable)))
                continue
            }
            let value = try StrictJSON.read(try #require(request).body).get()
            #expect(Self.same(value["n"]?.string, name))
            #expect(Self.same(value["v"]?.string, "x" + prefix + "y"))
            #expect(value.object?.count == 2)
        }
    }

    @Test func `XML gives every value back`() async throws {
        let adapter = try IndexSettings.adapter(
            registration: IndexSettings.request(
                "<a v=\"{{#leerling.voorvoegsel}}{{leerling.voorvoegsel}}{{/leerling.voorvoegsel}}\"><n>{{leerling.achternaam}}</n></a>",
                contentType: "application/soap+xml; charset=utf-8"))
        var texts = TextGenerator(seed: 20_261_123)
        for _ in 0..<Self.rounds {
            let (name, prefix) = (texts.next(), texts.next())
            let disclosure = IndexSettings.registration(achternaam: name, voorvoegsel: prefix)
            let (request, outcome) = await IndexSettings.send(disclosure, with: adapter)
            guard Self.isXML(name), Self.isXML(prefix) else {
                #expect(request == nil && outcome == .rejected(OutcomeReason(.contentNotRepresentable)))
                continue
            }
            let body = try #require(request).body
            let seen = IndependentXML.read(body)
            #expect(seen.isSound && seen.elements == ["a", "n"])
            #expect(Self.same(seen.text, name))
            #expect(Self.same(seen.attribute, prefix))
        }
    }

    /// What I-JSON can hold.
    private static func isJSON(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.value != 0 && !isNoncharacter($0) }
    }

    private static func isNoncharacter(_ scalar: Unicode.Scalar) -> Bool {
        (0xFDD0...0xFDEF).contains(scalar.value) || scalar.value & 0xFFFE == 0xFFFE
    }

    /// What XML 1.0 can hold.
    private static func isXML(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            [0x9, 0xA, 0xD].contains(scalar.value)
                || (scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF)
        }
    }

    private static func same(_ one: String?, _ other: String) -> Bool {
        one.map { Array($0.utf8) == Array(other.utf8) } ?? false
    }
}

/// Texts that break careless escaping: markup, quotes, template marks, controls, directions, half and whole emoji.
struct TextGenerator {
    private var random: SeededRandom
    private static let snippets = [
        "\"", "\\", "'", "&", "<", ">", "]]>", "</n>", "<!--", "-->", "<![CDATA[", "&amp;", "&#x41;",
        "{{leerling.achternaam}}",
        "{{/leerling.voorvoegsel}}", "\n", "\r\n", "\r", "\t", "\u{0}", "\u{1}", "\u{1F}", "\u{7F}", "\u{85}",
        "\u{2028}", "\u{FFFE}",
        "\u{FFFF}", String(decoding: [0xEF, 0xB7, 0x90], as: UTF8.self), "\u{FEFF}", "\u{202E}txet", "\u{200F}",
        "e\u{301}", "\u{301}", "é", "ß", "İ", "👩‍👩‍👧", "🇳🇱",
        "\u{10FFFD}", "Voorbeeld", " ", "  ", "\\u0041", "\",\"x\":\"", "بشرى", "日本",
    ]

    init(seed: UInt64) {
        random = SeededRandom(state: seed)
    }

    mutating func next() -> String {
        let count = Int.random(in: 1...6, using: &random)
        return (0..<count).map { _ in
            if Int.random(in: 0..<4, using: &random) == 0,
                let scalar = Unicode.Scalar(UInt32.random(in: 1...0x10FFFF, using: &random))
            {
                return String(scalar)
            }
            return Self.snippets.randomElement(using: &random) ?? ""
        }.joined()
    }
}

private struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Reads XML with another parser than the adapter's.
private final class IndependentXML: NSObject, XMLParserDelegate {
    private(set) var elements: [String] = []
    private(set) var text = ""
    private(set) var attribute: String?
    private(set) var isSound = false

    static func read(_ bytes: [UInt8]) -> IndependentXML {
        let reader = IndependentXML()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = reader
        reader.isSound = parser.parse()
        return reader
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        elements.append(elementName)
        if let value = attributes["v"] { attribute = value }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if elements.last == "n" { text += string }
    }
}
