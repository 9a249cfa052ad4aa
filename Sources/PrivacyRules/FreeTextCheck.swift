// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
import Values

/// Something in a free text that may not belong there (practice 15): where and what kind, never the text itself.
public struct TextFinding: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case burgerservicenummer
        case telefoonnummer
        case emailadres
        /// The name of somebody who is not one of this case's grown-ups: a brother, a sister, another pupil.
        case andereLeerling
    }

    public let field: FieldPath
    public let kind: Kind

    /// In Dutch, for who writes.
    public var text: String {
        switch kind {
        case .burgerservicenummer:
            "Hier staat een getal dat een burgerservicenummer kan zijn; het wordt onleesbaar gemaakt."
        case .telefoonnummer: "Hier staat een telefoonnummer. Hoort het in dit bericht?"
        case .emailadres: "Hier staat een e-mailadres. Hoort het in dit bericht?"
        case .andereLeerling: "Hier staat de naam van een ander kind uit deze zaak. Moet die hier genoemd worden?"
        }
    }
}

/// Looks through the free texts of an event. Advice while writing; a hold only for consent-based recipients, LVS and process mail.
enum FreeTextCheck {
    static func findings(in event: CaseEvent) -> [TextFinding] {
        let others = otherChildren(in: event)
        return FreeTexts.of(event.type).flatMap { field -> [TextFinding] in
            texts(field.text.split(separator: ".")[...], in: event.data).flatMap { kinds(in: $0, others: others) }
                .map { TextFinding(field: field, kind: $0) }
        }
    }

    private static func texts(_ path: ArraySlice<Substring>, in value: JSONValue) -> [String] {
        guard let first = path.first else { return value.string.map { [$0] } ?? [] }
        guard first.hasSuffix("[]") else { return value[String(first)].map { texts(path.dropFirst(), in: $0) } ?? [] }
        return (value[String(first.dropLast(2))]?.array ?? []).flatMap { texts(path.dropFirst(), in: $0) }
    }

    private static func kinds(in text: String, others: Set<Substring>) -> [TextFinding.Kind] {
        var kinds: [TextFinding.Kind] = []
        if BSN.masked(in: text).found > 0 { kinds.append(.burgerservicenummer) }
        if hasPhoneNumber(text) { kinds.append(.telefoonnummer) }
        if hasMailAddress(text) { kinds.append(.emailadres) }
        if !others.isEmpty, !others.isDisjoint(with: words(text)) { kinds.append(.andereLeerling) }
        return kinds
    }

    /// What other children are called: in a text they mostly stand by their first name alone.
    private static func otherChildren(in event: CaseEvent) -> Set<Substring> {
        let others = (event.data["betrokkenen"]?.array ?? [])
            .filter { $0["rol"]?.string == "broerZus" || $0["rol"]?.string == "ander" }
        return Set(others.compactMap { $0["naam"]?.string.flatMap { words($0).first } }.filter { $0.count > 1 })
    }

    private static func words(_ text: String) -> [Substring] {
        text.lowercased().split { !$0.isLetter }
    }

    /// A Dutch number: ten digits from 0, with spaces, dots, dashes, slashes or brackets between, or with +31 or 0031 before. Groups of
    /// digits may stand before and after it, so each is looked at as the first.
    private static func hasPhoneNumber(_ text: String) -> Bool {
        var groups: [String] = []
        var isJoined = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9":
                if isJoined {
                    groups[groups.count - 1].unicodeScalars.append(scalar)
                } else {
                    groups.append(String(scalar))
                }
                isJoined = true
            case "+":
                groups.append("+")
                isJoined = true
            case " ", "-", ".", "/", "(", ")", "\u{A0}", "\u{202F}", "\u{2010}"..."\u{2013}": isJoined = false
            default:
                if startsPhoneNumber(groups) { return true }
                groups = []
                isJoined = false
            }
        }
        return startsPhoneNumber(groups)
    }

    private static func startsPhoneNumber(_ groups: [String]) -> Bool {
        groups.indices.contains { first in
            var run = ""
            for group in groups[first...] where run.utf8.count < 14 {
                run += group
                if isPhoneNumber(run) { return true }
            }
            return false
        }
    }

    /// Numbers of services, such as 0800-2000 of Veilig Thuis, belong to nobody.
    private static func isPhoneNumber(_ run: String) -> Bool {
        let plain = digits(run)
        return plain.utf8.count == 10 && plain.hasPrefix("0") && !plain.hasPrefix("00") && !plain.hasPrefix("0800")
            && !plain.hasPrefix("0900")
    }

    private static func hasMailAddress(_ text: String) -> Bool {
        text.split(whereSeparator: \.isWhitespace).contains { word in
            let parts = word.split(separator: "@", omittingEmptySubsequences: false)
            return zip(parts, parts.dropFirst()).contains { !$0.isEmpty && $1.contains(".") }
        }
    }
}

private enum FreeTexts {
    private static let tables = Dictionary(
        uniqueKeysWithValues: EventType.allCases.map { type in
            (type, type.schema.leaves.filter { $0.field.shape.isFreeText }.map(\.path))
        })

    static func of(_ type: EventType) -> [FieldPath] { tables[type] ?? [] }
}
