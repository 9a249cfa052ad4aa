// SPDX-License-Identifier: EUPL-1.2

/// One thing wrong with a JSON document, with its place and a message for people.
public struct JSONProblem: Sendable, Hashable {
    /// What is wrong; the raw value is stable and safe for logs and metrics.
    public enum Code: String, Sendable, Hashable, Codable, CaseIterable {
        /// More bytes than the limit; nothing was read.
        case tooLarge
        /// No bytes, or white space only.
        case emptyInput
        /// UTF-16 or UTF-32.
        case unsupportedEncoding
        /// UTF-8 that starts with EF BB BF.
        case byteOrderMark
        /// Overlong forms, surrogates and broken sequences.
        case invalidUTF8
        /// More lists and objects inside one another than the limit.
        case depthExceeded
        /// The text ends inside a string, list or object.
        case unexpectedEnd
        /// Something follows the one value.
        case trailingContent
        /// Something else stands where a value belongs.
        case expectedValue
        /// A word that is not `true`, `false` or `null`, such as `NaN` or a text in single quotes.
        case invalidLiteral
        /// Something else stands where a key belongs.
        case expectedKey
        /// No colon after a key.
        case expectedColon
        /// Neither a comma nor the right closing bracket after a value.
        case expectedComma
        /// A comma right before a closing bracket.
        case trailingComma
        /// A key that its object has already.
        case duplicateKey
        /// Something that starts as a number and is not one in JSON, such as `01`.
        case invalidNumber
        /// Beyond what a double holds: infinite, or not zero but read as zero.
        case numberOutOfRange
        /// An integer beyond 2^53 that a double would change.
        case numberNotExact
        /// A backslash with something after it that JSON does not know.
        case invalidEscape
        /// Half of a pair of `\u` escapes.
        case loneSurrogate
        /// A raw control character in a string.
        case controlCharacter
        /// U+0000, written as an escape.
        case nulCharacter
        /// A code point that I-JSON refuses, such as U+FFFF.
        case noncharacter
    }

    /// What is wrong.
    public let code: Code
    /// Where the fault stands in the text.
    public let position: TextPosition
    /// The value with the fault, or what holds it. Keys come from the sender: use `pointer.quotable` in messages.
    public let pointer: JSONPointer
    /// One Dutch sentence; it never quotes a value, and a key only if it reads as a field name.
    public let message: String
}

extension JSONProblem: CustomStringConvertible {
    /// `regel 3, kolom 5 (/kind): ...`, without anything personal.
    public var description: String {
        let place = pointer.tokens.isEmpty ? "" : " (\(pointer.quotable))"
        return "regel \(position.line), kolom \(position.column)\(place): \(message)"
    }
}

/// All that the strict reader found wrong with a document, in the order of the text.
public struct JSONProblems: Error, Sendable, Hashable {
    /// No more than this many are kept.
    public static let maximum = 50

    /// At least one, at most `maximum`.
    public let problems: [JSONProblem]
    /// Whether there was more wrong than is listed.
    public let isTruncated: Bool
}

extension JSONProblems: CustomStringConvertible {
    /// One line for each problem, without anything personal.
    public var description: String {
        let lines = problems.map(\.description)
        return (isTruncated ? lines + ["(en meer)"] : lines).joined(separator: "\n")
    }
}

extension JSONProblem.Code {
    /// The Dutch sentence for people; `key` is the duplicate key, if there is one.
    func message(limits: JSONLimits, key: String?) -> String {
        switch self {
        case .tooLarge: "Het bericht is groter dan de toegestane \(limits.maximumBytes) bytes."
        case .emptyInput: "Het bericht is leeg; hier hoort een JSON-waarde te staan."
        case .unsupportedEncoding: "Dit lijkt UTF-16 of UTF-32; stuur de JSON als UTF-8."
        case .byteOrderMark: "Het bericht begint met een byte order mark (BOM); laat die weg."
        case .invalidUTF8: "Hier staan bytes die geen geldige UTF-8 zijn."
        case .depthExceeded: "De JSON is dieper genest dan de toegestane \(limits.maximumDepth) niveaus."
        case .unexpectedEnd: "De JSON houdt op voordat alles is afgesloten."
        case .trailingContent: "Na de JSON-waarde volgt nog iets; er mag maar één waarde staan."
        case .expectedValue: "Hier hoort een waarde te staan."
        case .invalidLiteral: "Dit is geen JSON-waarde; tekst hoort tussen dubbele aanhalingstekens."
        case .expectedKey: "Hier hoort een sleutel tussen dubbele aanhalingstekens te staan."
        case .expectedColon: "Na een sleutel hoort een dubbele punt te staan."
        case .expectedComma: "Hier hoort een komma te staan, of het einde van de lijst of het object."
        case .trailingComma: "Na de laatste komma ontbreekt een waarde; haal de komma weg."
        case .duplicateKey: JSONProblem.Code.duplicateMessage(key)
        case .invalidNumber: "Dit getal is niet geschreven zoals JSON het vraagt."
        case .numberOutOfRange: "Dit getal is te groot of te klein."
        case .numberNotExact: "Dit gehele getal is te groot om precies te bewaren; stuur het als tekst."
        case .invalidEscape: "Dit teken na een backslash kent JSON niet."
        case .loneSurrogate: "Dit is een half teken: een surrogate-escape zonder wederhelft."
        case .controlCharacter: "In een tekst staat een stuurteken; schrijf het als escape, bijvoorbeeld \\n."
        case .nulCharacter: "Het teken U+0000 is niet toegestaan."
        case .noncharacter: "Deze Unicode-code is geen teken en is niet toegestaan."
        }
    }

    private static func duplicateMessage(_ key: String?) -> String {
        guard let key, JSONPointer.isQuotable(key) else { return "Deze sleutel staat al eerder in dit object." }
        return "De sleutel “\(key)” staat al eerder in dit object."
    }
}
