// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Values

/// Data that fitted, with one thing made wrong, and the one problem that this must give.
struct Mutation: Sendable {
    /// What was done, for the failure's text.
    let name: String
    let data: JSONValue
    let code: EventProblem.Code
    let place: String
    /// Whether the published JSON Schema can say it too; existing dates and eleven-tests it cannot.
    let isSaidBySchema: Bool

    /// Every single mutation of data that fits the schema of the type.
    static func all(of data: JSONValue, _ type: EventType) -> [Mutation] {
        var maker = MutationMaker(data: data)
        maker.visit(fields: type.schema.fields, at: .root)
        return maker.mutations
    }
}

private struct MutationMaker {
    let data: JSONValue
    var mutations: [Mutation] = []

    mutating func visit(fields: [Field], at pointer: JSONPointer) {
        for wrong: JSONValue in ["tekst", 1, true, .null, []] {
            add("no object", at: pointer, wrong, .verkeerdType)
        }
        for key in ["onbekendVeld", "Zaak", "BSN"] {
            add("unknown key", at: pointer.appending(key), "x", .onbekendVeld)
        }
        // A key that could be a name is not repeated: the place is that of the object.
        for key in ["Testkind Voorbeeld", "999990019", "é", String(repeating: "k", count: 41)] {
            add("odd key", at: pointer.appending(key), "x", .onbekendVeld, place: pointer)
        }
        for field in fields {
            let place = pointer.appending(field.name)
            if field.isRequired { add("missing", at: place, nil, .veldOntbreekt) }
            guard data[place] != nil else { continue }
            visit(field.shape, at: place)
        }
    }

    private mutating func visit(_ shape: Shape, at pointer: JSONPointer) {
        switch shape {
        case .object(let fields), .person(_, let fields): visit(fields: fields, at: pointer)
        case .list(let element, let max): visit(list: element, max: max, at: pointer)
        case .boolean:
            for wrong: JSONValue in ["true", 1, 0, .null, [true]] {
                add("no boolean", at: pointer, wrong, .verkeerdType)
            }
        case .integer(let range):
            for wrong: JSONValue in ["5", 1.5, .null, true, 1e300] {
                add("no integer", at: pointer, wrong, .verkeerdType)
            }
            for wrong in [range.lowerBound - 1, range.upperBound + 1] {
                add("out of range", at: pointer, .number(Double(wrong)), .ongeldigeWaarde)
            }
        default:
            for wrong: JSONValue in [5, true, .null, ["tekst"], ["tekst": "tekst"]] {
                add("no text", at: pointer, wrong, .verkeerdType)
            }
            visit(text: shape, at: pointer)
        }
    }

    private mutating func visit(list element: Shape, max: Int, at pointer: JSONPointer) {
        for wrong: JSONValue in ["tekst", ["0": "tekst"], .null, 1] {
            add("no list", at: pointer, wrong, .verkeerdType)
        }
        guard let elements = data[pointer]?.array, let first = elements.first else { return }
        add("too many", at: pointer, .array(Array(repeating: first, count: max + 1)), .teVeel)
        for index in elements.indices { visit(element, at: pointer.appending(index)) }
    }

    private mutating func visit(text shape: Shape, at pointer: JSONPointer) {
        switch shape {
        case .line(let max): visit(prose: max, isLine: true, at: pointer)
        case .text(let max): visit(prose: max, isLine: false, at: pointer)
        case .reference: visit(reference: pointer)
        case .caseReference:
            visit(reference: pointer)
            for wrong in ["999990019", "zaak-999990019", "999990019.1"] {
                add("BSN", at: pointer, .string(wrong), .persoonsgegevenInContext, isSaidBySchema: false)
            }
        case .choice(let options):
            for wrong in ["", "onzin", (options.first ?? "") + " ", (options.first ?? "").uppercased() + "Q"] {
                add("no choice", at: pointer, .string(wrong), .ongeldigeWaarde)
            }
        case .date:
            for wrong in Self.badDates {
                add("bad date", at: pointer, .string(wrong), .ongeldigeDatum, isSaidBySchema: false)
            }
        case .timestamp:
            for wrong in Self.badTimes {
                add("bad time", at: pointer, .string(wrong), .ongeldigTijdstip, isSaidBySchema: false)
            }
        case .brin:
            for wrong in ["", "00aa", "0AAA", "00AA1", "00AA001", "00AA 01", "00ÄA", "٠٠AA"] {
                add("bad BRIN", at: pointer, .string(wrong), .ongeldigeWaarde)
            }
        case .bsn:
            for wrong in ["", "999990018", "99999001", "9999900190", "999 990 019", "000000000", "99999001x"] {
                add("bad BSN", at: pointer, .string(wrong), .ongeldigeWaarde, isSaidBySchema: false)
            }
        case .boolean, .integer, .object, .person, .list: break
        }
    }

    private mutating func visit(prose max: Int, isLine: Bool, at pointer: JSONPointer) {
        for wrong in ["", " ", "\u{A0}\u{2003}"] {
            add("empty", at: pointer, .string(wrong), .leeg, isSaidBySchema: true)
        }
        for character in ["x", "é", "🧒", "e\u{301}"] {
            let count = max / character.unicodeScalars.count + 1
            add("too long", at: pointer, .string(String(repeating: character, count: count)), .teLang)
        }
        let controls = ["\0", "\u{1}", "\u{1B}", "\u{7F}", "\u{85}", "\u{9F}", "\u{2028}", "\u{2029}"]
        let overrides = [
            "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{202E}", "\u{2066}", "\u{2067}", "\u{2068}", "\u{2069}",
        ]
        let breaks = isLine ? ["\n", "\r", "\t", "\r\n"] : []
        for character in controls + overrides + breaks {
            add(
                "control", at: pointer, .string("ab\(character)cd"), .ongeldigeWaarde,
                isSaidBySchema: character.contains { $0.isNewline } && breaks.contains(character))
        }
    }

    private mutating func visit(reference pointer: JSONPointer) {
        let wrong = ["", "a b", "a/b", "é", "a\n", "a\u{0}", "a:b", "a@b", String(repeating: "a", count: 65), "٣"]
        for wrong in wrong { add("bad reference", at: pointer, .string(wrong), .ongeldigeWaarde) }
    }

    private static let badDates = [
        "", "2010-02-30", "2023-02-29", "2010-13-01", "2010-00-10", "2010-2-3", "20100203", "2010-02-03T00:00:00Z",
        " 2010-02-03", "2010-02-03 ", "03-02-2010", "2010/02/03", "٢٠١٠-٠٢-٠٣", "1899-12-31", "-010-02-03",
    ]

    private static let badTimes = [
        "", "2010-02-30T10:00:00Z", "2010-02-03", "2010-02-03T10:00:00", "2010-02-03 10:00:00Z", "2010-02-03T24:00:00Z",
        "2010-02-03T10:60:00Z", "2010-02-03T10:00:60Z", "2010-02-03T10:00Z", "2010-02-03T10:00:00+0100",
        "2010-02-03T10:00:00.Z", "1265191200",
    ]

    /// Puts `value` at `pointer` (nil takes it away); the problem is expected there, unless at another `place`.
    private mutating func add(
        _ name: String, at pointer: JSONPointer, _ value: JSONValue?, _ code: EventProblem.Code,
        place: JSONPointer? = nil, isSaidBySchema: Bool = true
    ) {
        mutations.append(
            Mutation(
                name: name, data: data.replacing(pointer, with: value), code: code,
                place: "/data\(place ?? pointer)", isSaidBySchema: isSaidBySchema))
    }
}
