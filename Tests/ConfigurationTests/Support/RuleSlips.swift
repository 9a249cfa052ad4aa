// SPDX-License-Identifier: EUPL-1.2

extension Slip {
    private static let reportRule = "event: nl.meldcode.veiligthuismelding-besloten.v1"
    private static let urgent =
        "error: nothing missing ever holds a report to Veilig Thuis, Raad, GI or politie: make it a shortfall"

    /// The dates of a rule, its holds, its activity and what tells the origin.
    static let ruleKeys = [
        Slip("    geldig_van: 2019-01-01\n", "", "error: the key “geldig_van” is missing here", in: .policy)
            .marking("  - ", reportRule),
        Slip(
            "geldig_van: 2019-01-01", "geldig_van: ‸gisteren",
            "error: expected an existing date, found “gisteren”. Write year, month and day: 2026-08-01.", in: .policy),
        Slip(
            "geldig_van: 2019-01-01", "geldig_van: 2019-01-01\n    geldig_tot: ‸2018-12-31",
            "error: the rule ends before it begins", in: .policy),
        Slip(
            "    herzien_voor: 2027-08-01\n", "",
            "error: without a review date nobody looks whether the ground still holds", in: .policy
        ).marking("  - ", reportRule),
        Slip(
            "herzien_voor: 2027-08-01", "herzien_voor: ‸2027-13-01",
            "error: expected an existing date, found “2027-13-01”. Write year, month and day: 2026-08-01.", in: .policy),
        Slip(
            "herzien_voor: 2027-08-01", "‸herzien_vor: 2027-08-01",
            "error: unknown key “herzien_vor”. Did you mean “herzien_voor”?",
            also: ["without a review date"], in: .policy),
        Slip(
            "herzien_voor: 2027-08-01", "herzien_voor: ‸2026-11-21",
            "warning: this ground was to be looked at again before 2026-11-21. See whether Wmo 2015 art. 5.2.6 still gives it, then set a new date.",
            in: .policy),
        Slip(
            "geldig_van: 2019-01-01", "geldig_van: 2019-01-01\n    geldig_tot: ‸2026-11-21",
            "warning: this rule ended on 2026-11-21: nl.meldcode.veiligthuismelding-besloten.v1 is refused for veilig-thuis. Add the rule that takes its place, if the law gives one.",
            in: .policy),
        Slip("    holds: [informeren]\n", "", "error: the hold “informeren” belongs here", in: .policy)
            .marking("  - ", "event: nl.meldcode.verwijsindexregistratie-gevraagd.v1"),
        Slip("holds: [informeren]", "holds: ‸[]", "error: the hold “informeren” belongs here", in: .policy),
        Slip(
            "holds: [informeren]", "holds: [informeren, ‸bevestiging]",
            "error: “bevestiging” is no known hold that a rule names. Known are: informeren, vrijgaveLvs, vrijeTekst.",
            also: [], in: .policy),
        Slip("conditions: []", "conditions: []\n    holds: ‸[informeren]", urgent, in: .policy),
        Slip(
            "    verwerkingsactiviteit: {naam: melding, herkomst_verborgen: melding-verborgen}\n", "",
            "error: the key “verwerkingsactiviteit” is missing here", in: .policy
        ).marking("  - ", reportRule),
        Slip(
            "{naam: melding, herkomst_verborgen: melding-verborgen}", "‸{herkomst_verborgen: melding-verborgen}",
            "error: the key “naam” is missing here", in: .policy),
        Slip(
            "herkomst_verborgen: melding-verborgen", "‸herkomst: melding-verborgen",
            "error: unknown key “herkomst”. Known here are: naam, herkomst_verborgen.", in: .policy),
        Slip(
            "{naam: melding, herkomst_verborgen", "{naam: ‸melding bij VT, herkomst_verborgen",
            "error: “melding bij VT” cannot be an identifier. Use at most 64 letters, digits, “-”, “_” and “.”, such as “veilig-thuis-regio”.",
            in: .policy),
        Slip(
            "    herkomst: [contactpersoon.naam]\n", "",
            "error: “contactpersoon.naam” tells who reported and belongs to herkomst (Uitvoeringsbesluit Wmo 2015 art. 4.1.8(3))",
            in: .policy
        ).marking("      - ", "contactpersoon.naam\n"),
        Slip(
            "herkomst: [contactpersoon.naam]", "herkomst: [contactpersoon.naam, ‸contactpersoon.naem]",
            "error: “contactpersoon.naem” is not among the fields of this rule. Did you mean “contactpersoon.naam”?",
            in: .policy),
        Slip(
            "herkomst: [contactpersoon.naam]", "herkomst: [‸contactpersoon.*]",
            "error: “contactpersoon.*”: a rule names every field it lets go. Write the fields out; a new field then stays until somebody decides on it.",
            also: ["tells who reported"], in: .policy),
        Slip(
            "leerling.voornamen", "‸indiener",
            "error: names of staff do not leave the school, the contactpersoon excepted: “indiener”", in: .policy),
    ]
}

extension Slip {
    private static let secondRule = "  - event: nl.meldcode.verwijsindexregistratie-gevraagd.v1\n"

    /// A slip that is a rule more: what is given, and the rest as it should be.
    private static func rule(
        _ event: String, to recipient: String, message: String = "verstrekking", basis: String = "wettelijkRecht",
        dates: String = "geldig_van: 2019-01-01", purpose: String, conditions: String = "[]", holds: String = "[]",
        fields: String = "[meldpoort.kenmerk]", _ expected: String, also: [String] = []
    ) -> Slip {
        let ground = basis.contains("{") ? basis : "{basis: \(basis), article: X art. 1, summary: Een regel.}"
        let text = """
              - event: \(event)
                recipient: \(recipient)
                message: \(message)
                ground: \(ground)
                \(dates)
                herzien_voor: 2028-01-01
                purpose: \(purpose)
                verwerkingsactiviteit: {naam: proef}
                confirmation: {need: always, roles: [directie]}
                conditions: \(conditions)
                holds: \(holds)
                shortfalls: []
                fields: \(fields)

            """
        return Slip(secondRule, text + secondRule, expected, also: also, in: .policy)
    }

    private static let shared = "nl.meldcode.verstrekking-besloten.v1"
    private static let report = "nl.meldcode.veiligthuismelding-besloten.v1"

    /// What a rule more could let out that must not go, or when it could be in force beside another.
    static let rules = [
        rule(
            "‸\(report)", to: "veilig-thuis", dates: "geldig_van: 2010-01-01\n    geldig_tot: 2019-01-01",
            purpose: "geweldStoppenOfOnderzoeken",
            "error: there is already a rule for this type, kind of recipient and purpose in (part of) this period"),
        rule(
            report, to: "veilig-thuis", dates: "geldig_van: 2010-01-01\n    geldig_tot: 2018-12-30",
            purpose: "geweldStoppenOfOnderzoeken",
            "error: between 2018-12-30 and 2019-01-01 no rule is in force for this type and kind of recipient"
        ).marking("geldig_van: ", "2019-01-01"),
        rule(
            shared, to: "gecertificeerde-instelling", purpose: "uitvoeringOndertoezichtstelling", conditions: "‸[]",
            "error: the condition “ondertoezichtstelling” belongs here"),
        rule(
            shared, to: "politie", purpose: "vordering", conditions: "‸[]",
            "error: the condition “vordering” belongs here"),
        rule(
            shared, to: "raad-voor-de-kinderbescherming", purpose: "takenRaad", conditions: "‸[herkomstOpen]",
            "error: nothing missing ever holds a report to Veilig Thuis, Raad, GI or politie: make it a shortfall"
        ),
        rule(
            shared, to: "veilig-thuis",
            basis: "‸{basis: toestemming, article: AVG art. 6(1)(a), summary: Toestemming.}",
            purpose: "geweldStoppenOfOnderzoeken", holds: "[informeren]",
            "error: this recipient has a ground in law: consent may not hold a report",
            also: ["nothing missing ever holds"]),
        rule(
            shared, to: "hulpverlener", basis: "toestemming", purpose: "hulpVerlenen", holds: "‸[informeren]",
            fields: "[inhoud.feiten]", "error: the hold “vrijeTekst” belongs here"),
        rule(
            shared, to: "hulpverlener", basis: "toestemming", purpose: "hulpVerlenen", holds: "[informeren]",
            fields: "[‸leerling.bsn]",
            "error: the burgerservicenummer does not leave the school: the WPO names none of these recipients (WPO art. 182)"
        ),
        rule(
            "nl.meldcode.zaak-afgesloten.v1", to: "bestuur", message: "kennisgeving", basis: "publiekeTaak",
            purpose: "opvolgingBinnenSchool", fields: "[meldpoort.kenmerk, ‸reden]",
            "error: a recipient of this kind never gets content of a case: “reden”"),
        rule(
            "nl.meldcode.zaak-afgesloten.v1", to: "bestuur", message: "‸lvsRegistratie", basis: "publiekeTaak",
            purpose: "opvolgingBinnenSchool", "error: this message does not belong to this kind of recipient"),
        rule(
            "‸nl.meldcode.publicatie-aangeboden.v1", to: "bestuur", message: "kennisgeving", basis: "publiekeTaak",
            purpose: "opvolgingBinnenSchool",
            "error: the intranet gets publications and the process mailbox remarks: nothing else, and both nowhere else",
            also: ["error: the centraleContactpersoon releases what is published"]),
        rule(
            "‸nl.meldcode.terugkoppeling-ontvangen.v1", to: "veilig-thuis", purpose: "geweldStoppenOfOnderzoeken",
            "error: what came from a partner stays inside: passing it on is a new decision with a ground of its own"),
        rule(
            "nl.meldcode.stap-gezet.v1", to: "leerlingvolgsysteem", message: "lvsRegistratie", basis: "publiekeTaak",
            purpose: "opvolgingBinnenSchool", conditions: "[herkomstOpen, geenBijzondereVorm]", holds: "‸[]",
            "error: the hold “vrijgaveLvs” belongs here"),
        rule(
            "nl.meldcode.stap-gezet.v1", to: "leerlingvolgsysteem", message: "lvsRegistratie", basis: "publiekeTaak",
            purpose: "opvolgingBinnenSchool", conditions: "‸[herkomstOpen]", holds: "[vrijgaveLvs]",
            "error: the condition “geenBijzondereVorm” belongs here"),
        rule(
            "‸nl.meldcode.verwijsindexintrekking-gevraagd.v1", to: "leerlingvolgsysteem", message: "lvsRegistratie",
            basis: "publiekeTaak", purpose: "opvolgingBinnenSchool", conditions: "[herkomstOpen, geenBijzondereVorm]",
            holds: "[vrijgaveLvs]",
            "error: data about the verwijsindex go neither to the leerlingvolgsysteem nor to another recipient within the school"
        ),
        rule(
            shared, to: "hulpverlener", basis: "{basis: ‸wettelijkPlicht, article: X, summary: Y.}",
            purpose: "hulpVerlenen", "error: “wettelijkPlicht” is no known basis. Did you mean “wettelijkePlicht”?"),
    ]
}
