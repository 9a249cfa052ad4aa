// SPDX-License-Identifier: EUPL-1.2

/// What the school is owed, and owes: contact with a partner about it, an obstacle, what a person decides about its clock, and the
/// rungs of the ladder that the gateway itself takes.
extension EventSchema {
    /// Contact first, before anybody higher up hears (Handreiking meldcode, practice 26).
    static let partnercontactVastgelegd = EventSchema(
        .partnercontactVastgelegd, title: "Contact met een ketenpartner vastgelegd",
        summary:
            "Een persoon heeft een ketenpartner gesproken, of geprobeerd te spreken, over wat nog is toegezegd. Is er inhoud teruggekoppeld, dan is dat een terugkoppeling.",
        fields: [
            .zaak, .school,
            Field("van", .reference, required: true, "De ontvanger uit de configuratie met wie contact is gezocht."),
            Field("datum", .date, required: true, "Wanneer contact is gezocht."),
            Field(
                "wijze", .choice(["telefoon", "mail", "gesprek", "brief", "portaal"]), required: true,
                "Hoe contact is gezocht; eerst telefonisch."),
            Field(
                "uitkomst", .choice(["bereikt", "toegezegd", "nietBereikt"]), required: true,
                "Of er iemand is gesproken, en of die een dag heeft toegezegd."),
            Field("volgendMoment", .date, "De dag die is toegezegd; de verwachting verschuift daarheen."),
            Field("gesprokenMet", .line(max: 200), "Met wie is gesproken."),
            Field("kenmerk", .line(max: 64), "Het kenmerk van de ketenpartner."),
            Field("toelichting", .text(max: 4_000), "Toelichting; blijft binnen de school."),
        ])

    /// Needs no missed term (practice 23): it climbs the same ladder, and is counted per partner.
    static let drempelGemeld = EventSchema(
        .drempelGemeld, title: "Drempel bij een ketenpartner gemeld",
        summary:
            "De school loopt vast bij een ketenpartner, of voelt zich niet gehoord. Een termijn hoeft niet voorbij te zijn.",
        fields: [
            .zaak, .school,
            Field("van", .reference, required: true, "De ontvanger uit de configuratie om wie het gaat."),
            Field("datum", .date, required: true, "Wanneer het speelde."),
            Field(
                "soort", .choice(["nietGehoord", "bereikbaarheid", "wachttijd", "bejegening", "terugkoppeling"]),
                required: true, "Wat er speelt; wordt per ketenpartner geteld."),
            Field("toelichting", .text(max: 4_000), "Toelichting; blijft binnen de school."),
        ])

    /// Only fixed words: what stands with a clock is seen by people who do not see the case.
    static let verplichtingBijgewerkt = EventSchema(
        .verplichtingBijgewerkt, title: "Verplichting bijgewerkt",
        summary: "Een persoon stelt een verplichting uit, of legt vast dat zij gedaan of vervallen is.",
        fields: [
            Field("zaak", .caseReference, "De zaak van de verplichting; zonder zaak bij een jaarlijkse taak."),
            .school,
            Field(
                "verplichting", .integer(1...9_007_199_254_740_991), required: true,
                "Het nummer van de verplichting."),
            Field(
                "actie", .choice(["uitgesteld", "hervat", "gedaan", "vervallen"]), required: true,
                "Wat er met de verplichting gebeurt."),
            Field("tot", .date, "De dag tot wanneer is uitgesteld; nodig bij “uitgesteld”."),
            Field(
                "reden",
                .choice([
                    "afgesprokenMetPartner", "schoolvakantie", "afwezigheid", "wachtOpAnder", "veiligheid",
                    "nietMeerNodig", "dubbel", "perVergissing", "gedaan",
                ]),
                required: true, "Waarom."),
            Field("datum", .date, required: true, "Wanneer dit is besloten."),
        ])

    /// Rungs of ladders: which items came due for the same readers, at one school or several, and what was tried. Never whose
    /// (practice 26).
    static let opschalingGedaan = EventSchema(
        .opschalingGedaan, title: "Opgeschaald",
        summary:
            "Meldpoort vraagt een mens aandacht voor wat openstaat. Maakt Meldpoort zelf; bevat kenmerken en dagen, nooit iets over een kind.",
        fields: [
            Field("opschaling", .caseReference, required: true, "De sleutel van dit bericht."),
            Field(
                "school", .brin, required: true,
                "De school van de eerste verplichting; elke verplichting van een school noemt de hare."),
            Field("datum", .date, required: true, "De dag."),
            Field(
                "niveau", .choice(["school", "centraleContactpersoon", "bestuur"]), required: true,
                "Hoe hoog het is gekomen: de school zelf, de centrale contactpersoon of het bestuur."),
            Field(
                "lezers", .list(.reference, max: 50), required: true,
                "Wie het bericht krijgt, met de sleutels uit het personenbestand."),
            Field(
                "verplichtingen",
                .list(
                    .object([
                        Field(
                            "nummer", .integer(1...9_007_199_254_740_991), required: true,
                            "Het nummer van de verplichting."),
                        Field("school", .brin, "Op welke school; niet bij wat voor het hele bestuur is."),
                        Field("naamSchool", .line(max: 200), "Hoe die school heet."),
                        Field(
                            "trede", .choice(["herinnering", "contact", "centraleContactpersoon", "bestuur"]),
                            required: true, "De trede van de ladder."),
                        Field("vraag", .text(max: 1_000), required: true, "Wat de lezer wordt gevraagd."),
                        Field("omschrijving", .line(max: 200), required: true, "Wat er openstaat."),
                        Field("kenmerk", .line(max: 64), "Het kenmerk dat de ketenpartner van de school kent."),
                        Field("kenmerkKetenpartner", .line(max: 64), "Het kenmerk dat de ketenpartner zelf gaf."),
                        Field("ketenpartner", .line(max: 200), "Van wie het wordt verwacht."),
                        Field("sinds", .date, required: true, "Sinds wanneer het openstaat."),
                        Field("afgesprokenOp", .date, required: true, "De afgesproken of gebruikelijke dag."),
                        Field("geprobeerd", .list(.line(max: 120), max: 20), "Wat er al is gedaan, met de dag."),
                        Field("bellen", .line(max: 60), "Welk nummer te bellen."),
                    ]), max: 200),
                required: true, "Wat er openstaat."),
        ])
}
