// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Values

/// A value that a caller gives outside an event: a key of the query, or a member of a small JSON body.
///
/// Declared once: the check and the OpenAPI document both derive from it.
struct Parameter: Sendable {
    enum Kind: Sendable {
        /// One line of 1 to `max` characters, without control characters.
        case line(max: Int)
        /// As `line`, with line breaks and tabs.
        case text(max: Int)
        /// 1 to 64 letters, digits, `.`, `_`, `-`.
        case reference
        case choice([String])
        case boolean
        /// RFC 3339, any offset.
        case timestamp
        case brin
        /// `2026-11`.
        case month
        /// `2026-11-22`.
        case date
        /// `2026-2027`.
        case schoolYear
        case number(ClosedRange<Int64>)
    }

    let name: String
    let kind: Kind
    let isRequired: Bool
    /// One Dutch sentence.
    let summary: String

    init(_ name: String, _ kind: Kind, required: Bool = false, _ summary: String) {
        self.name = name
        self.kind = kind
        isRequired = required
        self.summary = summary
    }

    /// The largest number that JSON carries exactly.
    static let largest: Int64 = 9_007_199_254_740_991

    /// What is wrong with a value of the query, if anything.
    func problem(inQuery value: String) -> (code: String, text: String)? {
        switch kind {
        case .boolean: return ["true", "false"].contains(value) ? nil : ("ongeldigeWaarde", "Kies true of false.")
        case .number(let range):
            guard let number = Digits.number(value), range.contains(number) else {
                return (
                    "ongeldigeWaarde", "Hier hoort een geheel getal van \(range.lowerBound) tot \(range.upperBound)."
                )
            }
            return nil
        default: return problem(inText: value)
        }
    }

    /// What is wrong with a value of a body, if anything.
    func problem(in value: JSONValue) -> (code: String, text: String)? {
        switch kind {
        case .boolean: return value.bool == nil ? ("verkeerdType", "Hier hoort true of false te staan.") : nil
        case .number(let range):
            guard let number = value.integer else { return ("verkeerdType", "Hier hoort een geheel getal te staan.") }
            return range.contains(Int64(number)) ? nil : ("ongeldigeWaarde", "Het getal ligt buiten het bereik.")
        default:
            guard let text = value.string else { return ("verkeerdType", "Hier hoort tekst te staan.") }
            return problem(inText: text)
        }
    }

    private func problem(inText text: String) -> (code: String, text: String)? {
        switch kind {
        case .line(let max): Self.problem(inFreeText: text, max: max, breaks: false)
        case .text(let max): Self.problem(inFreeText: text, max: max, breaks: true)
        case .reference:
            (1...64).contains(text.utf8.count) && text.utf8.allSatisfy(Self.isReferenceCharacter)
                ? nil : ("ongeldigeWaarde", "Een kenmerk heeft 1 tot 64 letters, cijfers, punten of streepjes.")
        case .choice(let options):
            options.contains(text) ? nil : ("ongeldigeWaarde", "Kies een van: \(options.joined(separator: ", ")).")
        case .timestamp:
            Timestamp(text) == nil
                ? ("ongeldigTijdstip", "Geen bestaand tijdstip volgens RFC 3339, zoals 2026-03-01T09:30:00+01:00.")
                : nil
        case .brin:
            BRIN(text) == nil
                ? ("ongeldigeWaarde", "Een BRIN is twee cijfers, twee hoofdletters en zo nodig twee cijfers.") : nil
        case .month:
            CalendarMonth(text) == nil ? ("ongeldigeWaarde", "Hier hoort een maand te staan, zoals 2026-11.") : nil
        case .date:
            CalendarDate(text) == nil ? ("ongeldigeDatum", "Hier hoort een dag te staan, zoals 2026-11-22.") : nil
        case .schoolYear:
            SchoolYear(text) == nil
                ? ("ongeldigeWaarde", "Hier hoort een schooljaar te staan, zoals 2026-2027.") : nil
        case .boolean, .number: nil
        }
    }

    private static func problem(inFreeText text: String, max: Int, breaks: Bool) -> (code: String, text: String)? {
        if text.allSatisfy(\.isWhitespace) { return ("leeg", "Dit veld is leeg; laat het weg als er niets is.") }
        if text.utf8.count > max, text.count > max { return ("teLang", "Hoogstens \(max) tekens.") }
        let hasControl = text.unicodeScalars.contains { scalar in
            let isBreak = breaks && (scalar == "\n" || scalar == "\r" || scalar == "\t")
            return (scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)) && !isBreak
        }
        return hasControl ? ("ongeldigeWaarde", "Dit veld bevat stuurtekens; die zijn niet toegestaan.") : nil
    }

    private static func isReferenceCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

/// Numbers in addresses.
enum Digits {
    /// A number from 0 to `Int64.max` in its one written form: digits only, no sign, no zero in front.
    static func number(_ text: some StringProtocol) -> Int64? {
        guard (1...19).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            text.utf8.count == 1 || text.utf8.first != 0x30
        else { return nil }
        return Int64(text)
    }
}
