// SPDX-License-Identifier: EUPL-1.2
public import Values

/// Events of a case in which more partners have a part.
extension SchoolEvent {
    /// Values that stand in one kind of data each.
    public static let worries = "De zorgkanarie zingt."
    public static let facts = "De feitenkanarie is gezien."
    public static let staffName = "Testmedewerker Voorbeeld-Achternaam"
    public static let parent = "Testouder Voorbeeld-Achternaam"
    /// All that is personal in these events.
    public static let personal = [
        "zorgkanarie", "feitenkanarie", "Voorbeeld-Achternaam", "Testkind", "Testouder", "Testmedewerker", bsn,
        "blauwe plekken", "2016-05-04",
    ]

    /// A decision to share with partners.
    /// - Parameter request: the partner's own reference, when this is the answer to a request.
    public static func share(
        _ zaak: String, to recipients: [String], purpose: String = "hulpVerlenen", request: String? = nil
    ) -> JSONValue {
        var more = content(to: recipients)
        more["doel"] = .string(purpose)
        if let request { more["verzoek"] = .string(request) }
        return make("verstrekking-besloten", base(zaak, more))
    }

    public static func meeting(_ zaak: String, with recipients: [String]) -> JSONValue {
        make("overleg-gepland", base(zaak, content(to: recipients).merging(["datum": "2026-11-12"]) { $1 }))
    }

    private static func content(to recipients: [String]) -> [String: JSONValue] {
        [
            "ontvangers": list(recipients), "leerling": pupil(),
            "betrokkenen": [["rol": "ouder", "naam": .string(parent)]],
            "inhoud": ["feiten": .string(facts), "zorgen": .string(worries)],
            "contactpersoon": ["naam": .string(staffName), "functie": "intern begeleider"],
            "afsprakenMetBetrokkenen": told,
        ]
    }

    /// A parent's consent for identity and facts.
    public static func consent(_ zaak: String, for recipients: [String] = ["hulp"]) -> JSONValue {
        make(
            "toestemming-vastgelegd",
            base(
                zaak,
                [
                    "besluit": "gegeven", "door": "ouderMetGezag", "persoon": "ouder1", "ontvangers": list(recipients),
                    "gegevens": ["identiteit", "feiten"], "doel": "hulpVerlenen", "datum": "2026-11-05",
                ]))
    }

    public static func noConsent(_ zaak: String, for recipients: [String] = ["hulp"]) -> JSONValue {
        make(
            "toestemming-vastgelegd",
            base(
                zaak,
                [
                    "besluit": "ingetrokken", "door": "ouderMetGezag", "persoon": "ouder1",
                    "ontvangers": list(recipients), "datum": "2026-11-06",
                ]))
    }

    public static func involved(_ zaak: String, _ variant: String, _ person: String? = nil) -> JSONValue {
        var more: [String: JSONValue] = ["variant": .string(variant), "datum": "2026-11-06"]
        if let person { more["medewerker"] = .string(person) }
        return make("medewerker-betrokken", base(zaak, more))
    }

    public static func releaseToLVS(_ zaak: String, _ isReleased: Bool = true) -> JSONValue {
        make(
            "lvsregistratie-vrijgegeven",
            base(zaak, ["vrijgegeven": .bool(isReleased), "datum": "2026-11-06", "gesprekGevoerd": true]))
    }

    public static func weighing(_ zaak: String, _ decision: String = "hulp") -> JSONValue {
        make(
            "weging-vastgelegd",
            base(
                zaak,
                [
                    "datum": "2026-11-06", "besluit": .string(decision),
                    "antwoorden": ["vermoeden": "ja", "onveiligheid": "ja"], "redenAfwijking": .string(worries),
                ]))
    }

    public static func request(_ zaak: String, from recipient: String, reference: String) -> JSONValue {
        make(
            "informatieverzoek-ontvangen",
            base(
                zaak,
                [
                    "van": .string(recipient), "datum": "2026-11-06", "kenmerk": .string(reference),
                    "contactpersoon": .string(staffName), "vraag": .string(worries),
                ]))
    }

    public static func correction(_ zaak: String, of fields: [String]) -> JSONValue {
        make(
            "correctie-vastgesteld",
            base(
                zaak,
                [
                    "soort": "rectificatie", "velden": list(fields), "datum": "2026-11-07", "leerling": pupil(),
                    "toelichting": .string(facts),
                ]))
    }

    /// A report whose origin must stay hidden from the family.
    public static func hiddenReport(_ zaak: String) -> JSONValue {
        make(
            "veiligthuismelding-besloten",
            base(
                zaak,
                [
                    "leerling": pupil(), "inzageBetrokkenen": ["feiten": .string(facts)],
                    "alleenVeiligThuis": ["grond": "bedreigingMelderOfMedewerkers", "toelichting": .string(worries)],
                    "contactpersoon": ["naam": .string(staffName), "telefoon": "010 000 00 00"],
                    "afsprakenMetBetrokkenen": ["geinformeerd": false, "redenNietGeinformeerd": .string(worries)],
                ]))
    }

    private static func list(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
}
