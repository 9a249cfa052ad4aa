// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Values

/// Makes data that fits any event schema, from the schema itself: a new field is generated as soon as it is declared.
///
/// All values are made up; burgerservicenummers are of the test range 9999xxxxx.
public struct EventGenerator: Sendable {
    /// Which of the fields that need not be there are there.
    public enum Fill: Sendable {
        case requiredOnly, everything, random
    }

    /// What stands in texts, references and dates.
    public enum Texts: Sendable {
        /// Anything the schema allows.
        case anything
        /// A value that occurs nowhere else in the event, to look for afterwards. Choices, numbers and truth values cannot be.
        case canaries
    }

    public var random: SplitMix64
    public var fill: Fill
    public var texts: Texts
    private var serial = 0

    public init(seed: UInt64, fill: Fill = .random, texts: Texts = .anything) {
        random = SplitMix64(seed: seed)
        self.fill = fill
        self.texts = texts
    }

    /// Data that fits the schema of the type.
    public mutating func data(_ type: EventType) -> JSONValue {
        serial = 0
        let data = object(type.schema.fields)
        // A confirmation names a case or a publication: there is none without either.
        guard type == .bevestigingGegeven, data["zaak"] == nil else { return data }
        return .object((data.object ?? [:]).merging(["zaak": value(.caseReference)]) { own, _ in own })
    }

    /// A whole event with data that fits.
    public mutating func event(_ type: EventType) throws -> CaseEvent {
        try event(type, data: data(type))
    }

    /// A whole event with data of one's own.
    public mutating func event(_ type: EventType, data: JSONValue) throws -> CaseEvent {
        try CaseEvent(id: uuid(), source: "urn:meldpoort:test", type: type, data: data)
    }

    public mutating func uuid() -> String {
        func hexadecimal(_ number: UInt64) -> String {
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        let digits = Array(hexadecimal(random.next()) + hexadecimal(random.next()))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }

    /// A number of the test range 9999xxxxx that passes the eleven-test.
    public mutating func bsn() -> String {
        while true {
            let number = String(999_900_000 + Int.random(in: 0...99_999, using: &random))
            if BSN.passesElevenTest(number) { return number }
        }
    }

    /// A value of one shape.
    public mutating func value(_ shape: Shape) -> JSONValue {
        switch shape {
        case .object(let fields), .person(_, let fields): object(fields)
        case .list(let element, let max): list(element, max: max)
        case .boolean: .bool(.random(using: &random))
        case .integer(let range): .number(Double(Int.random(in: range, using: &random)))
        case .line(let max): .string(text(max: max, isLine: true))
        case .text(let max): .string(text(max: max, isLine: false))
        case .reference: .string(reference())
        case .caseReference: .string(texts == .canaries ? canary() : uuid())
        case .choice(let options): .string(random.pick(options))
        case .date: .string(date())
        case .timestamp: .string(timestamp())
        case .brin: .string(brin())
        case .bsn: .string(bsn())
        }
    }

    private mutating func object(_ fields: [Field]) -> JSONValue {
        var members: [String: JSONValue] = [:]
        for field in fields where field.isRequired || isFilled() { members[field.name] = value(field.shape) }
        return .object(members)
    }

    private mutating func isFilled() -> Bool {
        switch fill {
        case .requiredOnly: false
        case .everything: true
        case .random: Bool.random(using: &random)
        }
    }

    private mutating func list(_ element: Shape, max: Int) -> JSONValue {
        let count = fill == .everything ? min(max, 3) : Int.random(in: 0...min(max, 4), using: &random)
        return .array((0..<count).map { _ in value(element) })
    }

    // MARK: - Texts

    /// Nine letters that stand nowhere else in the event.
    private mutating func canary() -> String {
        serial += 1
        var left = serial
        var letters = ""
        for _ in 0..<3 {
            letters.append(Character(Unicode.Scalar(UInt8(97 + left % 26))))
            left /= 26
        }
        let salt = (0..<3).map { _ in Character(Unicode.Scalar(UInt8.random(in: 97...122, using: &random))) }
        return "Kan" + letters + String(salt)
    }

    private static let words = [
        "Testkind", "Voorbeeld-Achternaam", "é", "ß", "'s-Gravenhage", "van der", "7a", "日本", "🧒🏽", "“zo”", "a\u{308}",
        "<b>", "&amp;", "]]>", "\\", "\"", "{", "%0D", "null", "\u{A0}", "\u{200B}",
    ]

    private mutating func text(max: Int, isLine: Bool) -> String {
        guard texts == .anything else { return canary() }
        if !isLine, random.oneIn(8) { return fill(with: "x", to: max) }
        var text = ""
        let separators = isLine ? [" "] : [" ", "\n", "\t", "\r\n"]
        repeat {
            let longer = text + (text.isEmpty ? "" : random.pick(separators)) + random.pick(Self.words)
            if longer.unicodeScalars.count > max { break }
            text = longer
        } while !random.oneIn(4)
        let hasContent = text.unicodeScalars.contains { !$0.properties.isWhitespace }
        return hasContent ? text : "x"
    }

    private func fill(with character: Character, to count: Int) -> String {
        String(repeating: character, count: count)
    }

    private mutating func reference() -> String {
        guard texts == .anything else { return canary() }
        let letters = Array("abcXYZ019._-")
        return String((0..<Int.random(in: 1...64, using: &random)).map { _ in random.pick(letters) })
    }

    private mutating func brin() -> String {
        let digits = Array("0123456789")
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        let school = [random.pick(digits), random.pick(digits), random.pick(letters), random.pick(letters)]
        return String(school + (Bool.random(using: &random) ? [random.pick(digits), random.pick(digits)] : []))
    }

    // MARK: - Times

    /// With canaries a date of its own in the twentieth century, so that no date of the present can be taken for it.
    private mutating func date() -> String {
        guard texts == .canaries else {
            return CalendarDate.earliest.adding(days: Int.random(in: 0...100_000, using: &random)).description
        }
        serial += 1
        return CalendarDate.earliest.adding(days: serial * 97).description
    }

    private mutating func timestamp() -> String {
        let offset = random.pick(["Z", "+01:00", "+02:00", "-11:30", "+00:00"])
        let fraction = random.pick(["", ".5", ".123", ".123456789"])
        let clock = [23, 59, 59].map { limit -> String in
            let number = Int.random(in: 0...limit, using: &random)
            return number < 10 ? "0\(number)" : "\(number)"
        }.joined(separator: ":")
        // Years that no offset can push out of what the gateway reads.
        let day = CalendarDate.earliest.adding(days: Int.random(in: 366...100_000, using: &random))
        return "\(day)T\(clock)\(fraction)\(offset)"
    }
}
