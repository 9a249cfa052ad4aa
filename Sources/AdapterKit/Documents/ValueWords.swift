// SPDX-License-Identifier: EUPL-1.2
public import Values

/// Fixed values of a message as people read them, in Dutch.
public enum ValueWords {
    /// A value as a person reads it; nil when there is none. What has no words stays as it is.
    /// - Parameter field: The name of the field that holds it.
    public static func shown(_ value: JSONValue?, _ field: String) -> String? {
        switch value {
        case .string(let text) where dates.contains(field): CalendarDate(text)?.dutchText ?? text
        case .string(let text) where field == "velden": FieldNames.text(text)
        case .string(let text): self.text(text, field)
        case .bool(let truth): truth ? "ja" : "nee"
        case .number: value?.canonicalString
        case .array(let elements):
            elements.isEmpty ? nil : elements.compactMap { shown($0, field) }.joined(separator: ", ")
        default: nil
        }
    }

    /// The words of a fixed value.
    public static func text(_ value: String, _ field: String) -> String {
        words[field]?[value] ?? value
    }

    private static let dates: Set<String> = ["geboortedatum", "datum", "sinds", "tot", "afgesprokenOp"]

    private static let elements = [
        "inKaartBrengen": "signalen in kaart gebracht", "collegialeConsultatie": "met collega's overlegd",
        "gesprek": "gesprek met betrokkenen", "wegen": "gewogen", "beslissen": "besloten",
    ]

    private static let words: [String: [String: String]] = [
        "rol": ["ouder": "Ouder", "verzorger": "Verzorger", "broerZus": "Broer of zus", "ander": "Ander"],
        "gezetteStappen": elements, "element": elements,
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
        "soortLetsel": ["blauwePlekken": "blauwe plekken"],
        "plaatsLetsel": [
            "hoofdHals": "hoofd of hals", "armenHanden": "armen of handen", "benenVoeten": "benen of voeten",
            "billenGeslachtsdelen": "billen of geslachtsdelen",
        ],
        "verklaring": [
            "pastBijLetsel": "past bij het letsel", "pastNietBijLetsel": "past niet bij het letsel",
        ],
        "reden": [
            "vermoedenNietBevestigd": "het vermoeden is niet bevestigd", "hulpAfgerond": "de hulp is afgerond",
            "overgedragen": "de zaak is overgedragen", "leerlingVertrokken": "de leerling is van school",
        ],
        "soort": [
            "rectificatie": "rectificatie: de gegevens waren onjuist",
            "wissing": "wissing: de gegevens moeten weg",
            "beperking": "beperking: de gegevens mogen voorlopig niet worden gebruikt",
        ],
        "vraag": [
            "wegen": "Hoe wegen wij deze zorg?", "gesprekVoeren": "Hoe voeren wij het gesprek met het gezin?",
            "veiligheid": "Is het veilig, en wat is er nodig voor veiligheid?",
            "hulpOrganiseren": "Welke hulp kunnen wij organiseren?",
            "meldenOfNiet": "Moeten wij melden bij Veilig Thuis?",
        ],
    ]
}

/// Names of fields as people read them, where a correction lists them: `leerling.adres.straat` is "kind: adres: straat".
public enum FieldNames {
    /// The name, part by part; a part that has no words stays as it is.
    public static func text(_ path: String) -> String {
        parts(path).map { names[$0] ?? $0 }.joined(separator: ": ")
    }

    /// The parts of a path, without the marks of lists: `betrokkenen[].naam` is `betrokkenen`, `naam`.
    public static func parts(_ path: String) -> [String] {
        path.split(separator: ".").map { $0.filter { $0 != "[" && $0 != "]" } }
    }

    private static let names = [
        "leerling": "kind", "betrokkenen": "andere betrokkenen", "afsprakenMetBetrokkenen": "afspraken met betrokkenen",
        "inzageBetrokkenen": "inhoud", "bijzondereVorm": "bijzondere vorm", "acuutGevaar": "acuut gevaar",
        "gezetteStappen": "gezette stappen", "structureleOnveiligheid": "structurele onveiligheid",
        "inzetSchool": "inzet van de school", "geinformeerd": "geïnformeerd",
        "redenNietGeinformeerd": "waarom niet geïnformeerd",
    ]
}
