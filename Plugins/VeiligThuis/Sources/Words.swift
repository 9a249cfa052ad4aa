// SPDX-License-Identifier: EUPL-1.2
import Values

/// Fixed values of the message as people read them.
enum Words {
    /// A value as a person reads it; nil when there is none.
    static func shown(_ value: JSONValue?, _ field: String) -> String? {
        switch value {
        case .string(let text): dates.contains(field) ? CalendarDate(text)?.dutchText ?? text : self.text(text, field)
        case .bool(let truth): truth ? "ja" : "nee"
        case .number: value?.canonicalString
        case .array(let elements):
            elements.isEmpty ? nil : elements.compactMap { shown($0, field) }.joined(separator: ", ")
        default: nil
        }
    }

    /// The words of a fixed value; what has none stays as it is.
    static func text(_ value: String, _ field: String) -> String {
        words[field]?[value] ?? value
    }

    private static let dates: Set<String> = ["geboortedatum", "datum", "sinds", "tot"]

    private static let words: [String: [String: String]] = [
        "rol": ["ouder": "Ouder", "verzorger": "Verzorger", "broerZus": "Broer of zus", "ander": "Ander"],
        "gezetteStappen": [
            "inKaartBrengen": "signalen in kaart gebracht", "collegialeConsultatie": "met collega's overlegd",
            "gesprek": "gesprek met betrokkenen", "wegen": "gewogen", "beslissen": "besloten",
        ],
        "wie": ["leerling": "leerling", "vertegenwoordiger": "ouder of verzorger"],
        "toestemming": ["gegeven": "gegeven", "geweigerd": "geweigerd", "nietGevraagd": "niet gevraagd"],
        "bijzondereVorm": [
            "eergerelateerdGeweld": "eergerelateerd geweld", "huwelijksdwang": "huwelijksdwang",
            "vrouwelijkeGenitaleVerminking": "vrouwelijke genitale verminking", "seksueelMisbruik": "seksueel misbruik",
        ],
        "grond": [
            "bedreigingSlachtofferOfGezin":
                "bekendheid is of kan een bedreiging zijn voor het slachtoffer of het gezin",
            "bedreigingMelderOfMedewerkers": "bekendheid is of kan een bedreiging zijn voor de melder of medewerkers",
            "ernstigeVerstoringVertrouwen": "bekendheid kan het vertrouwen van het gezin ernstig verstoren",
        ],
        "leeftijdsgroep": [
            "0-3": "0 tot en met 3 jaar", "4-11": "4 tot en met 11 jaar", "12-15": "12 tot en met 15 jaar",
            "16-17": "16 of 17 jaar", "18+": "18 jaar of ouder",
        ],
        "soortZorg": [
            "lichamelijkGeweld": "lichamelijk geweld", "psychischGeweld": "psychisch geweld",
            "lichamelijkeVerwaarlozing": "lichamelijke verwaarlozing",
            "psychischeVerwaarlozing": "psychische verwaarlozing", "seksueelMisbruik": "seksueel misbruik",
            "getuigeVanGeweld": "getuige van geweld", "anders": "anders",
        ],
        "doel": [
            "geweldStoppenOfOnderzoeken": "geweld stoppen of laten onderzoeken", "takenRaad": "taken van de Raad",
            "uitvoeringOndertoezichtstelling": "uitvoering van de ondertoezichtstelling", "aangifte": "aangifte",
            "acuutGevaarAfwenden": "acuut gevaar afwenden", "vordering": "vordering", "hulpVerlenen": "hulp verlenen",
        ],
        "soort": [
            "rectificatie": "rectificatie: de gegevens waren onjuist (AVG art. 16)",
            "wissing": "wissing: de gegevens moeten weg (AVG art. 17)",
            "beperking": "beperking: de gegevens mogen voorlopig niet worden gebruikt (AVG art. 18)",
        ],
        "vraag": [
            "wegen": "Hoe wegen wij deze zorg?", "gesprekVoeren": "Hoe voeren wij het gesprek met het gezin?",
            "veiligheid": "Is het veilig, en wat is er nodig voor veiligheid?",
            "hulpOrganiseren": "Welke hulp kunnen wij organiseren?",
            "meldenOfNiet": "Moeten wij melden bij Veilig Thuis?",
        ],
    ]
}
