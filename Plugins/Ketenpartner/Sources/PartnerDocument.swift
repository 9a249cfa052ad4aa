// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import Disclosures
import Values

/// What a partner itself reads, where a mail brings it: the same fields as a person would pass on, below words of its own.
enum PartnerDocument {
    static func document(_ disclosure: Disclosure) -> HandoverDocument {
        HandoverDocument(
            title: title(disclosure), instruction: (urgency(disclosure) + opening(disclosure)).joined(separator: "\n"),
            sections: TextForm.sections(of: disclosure), reference: disclosure.reference)
    }

    /// How the mail greets its reader.
    static func reader(_ kind: RecipientKind) -> String {
        switch kind {
        case .raadVoorDeKinderbescherming: "medewerker van de Raad voor de Kinderbescherming"
        case .politie: "medewerker van de politie"
        case .gecertificeerdeInstelling: "jeugdbeschermer"
        case .deskundigeLetselduiding: "deskundige"
        default: "hulpverlener"
        }
    }

    private static func title(_ disclosure: Disclosure) -> String {
        let kind = disclosure.recipient.kind.text
        return switch disclosure.message {
        case .correctie: "Correctie voor \(kind)"
        case .letselduiding: "Vraag over letsel (anoniem)"
        default: "Informatie voor \(kind)"
        }
    }

    private static func opening(_ disclosure: Disclosure) -> [String] {
        switch disclosure.message {
        case .letselduiding:
            [
                "De school vraagt wat het letsel hieronder kan betekenen.",
                "De vraag is anoniem: er staat niets in waaraan het kind of het gezin te herkennen is. Vraag daar ook niet naar.",
            ]
        case .correctie: [correction(disclosure.content["soort"]?.string)]
        default: [purpose(disclosure.recipient.kind)]
        }
    }

    private static func purpose(_ kind: RecipientKind) -> String {
        switch kind {
        case .raadVoorDeKinderbescherming:
            "De school geeft u deze informatie voor de taken van de Raad. Gebruik haar voor niets anders."
        case .politie:
            "De school geeft u deze informatie voor het doel dat hieronder staat. Gebruik haar voor niets anders."
        case .gecertificeerdeInstelling:
            "De school geeft u deze informatie voor de uitvoering van de ondertoezichtstelling, en niet meer dan daarvoor nodig is."
        default:
            """
            De school geeft u deze informatie met toestemming, voor de hulp die u verleent. Geef haar niet door zonder nieuwe \
            toestemming.
            """
        }
    }

    private static func correction(_ kind: String?) -> String {
        let what =
            switch kind {
            case "rectificatie": "te verbeteren (AVG art. 16 en 19)"
            case "wissing": "te wissen (AVG art. 17 en 19)"
            case "beperking": "voorlopig niet te gebruiken (AVG art. 18 en 19)"
            default: "aan te passen (AVG art. 19)"
            }
        return
            "De school gaf u eerder gegevens die niet kunnen blijven zoals ze zijn. Zij vraagt u deze gegevens \(what)."
    }

    /// Not in an anonymous question: there the danger stands among the facts, and the school phones Veilig Thuis itself.
    private static func urgency(_ disclosure: Disclosure) -> [String] {
        guard disclosure.message != .letselduiding else { return [] }
        var lines: [String] = []
        if disclosure.content["acuutGevaar"]?.bool == true { lines.append("LET OP: de school ziet ACUUT GEVAAR.") }
        if disclosure.content["structureleOnveiligheid"]?.bool == true {
            lines.append("LET OP: de school ziet STRUCTURELE ONVEILIGHEID.")
        }
        return lines
    }
}
