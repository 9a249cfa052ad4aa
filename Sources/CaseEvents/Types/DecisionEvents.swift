// SPDX-License-Identifier: EUPL-1.2

/// Decisions to share content with a partner of the chain. Which fields go to whom is for the rules.
extension EventSchema {
    /// The purposes among which the person who decides chooses: those for which content may go to a partner.
    static let doelen = [
        "geweldStoppenOfOnderzoeken", "takenRaad", "uitvoeringOndertoezichtstelling", "aangifte", "acuutGevaarAfwenden",
        "vordering", "hulpVerlenen",
    ]

    static let verstrekkingBesloten = EventSchema(
        .verstrekkingBesloten, title: "Tot verstrekking besloten",
        summary:
            "De school heeft besloten gegevens te delen met een ketenpartner, uit eigen beweging of op verzoek. Per ontvanger volgt een oordeel.",
        fields: [
            .zaak, .school, .ontvangers,
            Field("doel", .choice(doelen), required: true, "Het doel van de verstrekking."),
            .leerling("Het kind over wie het gaat."),
            .betrokkenen, .inhoud, .contactpersoon,
            Field(
                "gezetteStappen", .list(.choice(Field.elementen), max: 5), "Welke stappen van de meldcode zijn gezet."),
            .afweging, .afspraken, .ondertoezichtstelling,
            Field(
                "vordering",
                .object([
                    Field("artikel", .line(max: 100), required: true, "Het artikel dat op de vordering staat."),
                    Field("datum", .date, required: true, "De datum van de vordering."),
                ]),
                "De vordering van politie of justitie, bij het doel “vordering”."),
            Field("verzoek", .line(max: 64), "Het kenmerk van het verzoek waarop dit het antwoord is."),
            .bijzondereVorm, .acuutGevaar, .structureleOnveiligheid,
        ])

    /// One meeting, one judgement and one entry of the log per partner at the table (practice 14).
    static let overlegGepland = EventSchema(
        .overlegGepland, title: "Multidisciplinair overleg gepland",
        summary:
            "De school bespreekt een kind met ketenpartners. Per deelnemer een oordeel over wat besproken mag worden, en een eigen regel in het logboek.",
        fields: [
            .zaak, .school, .ontvangers,
            Field("datum", .date, required: true, "De dag van het overleg."),
            .leerling("Het kind over wie het gaat."),
            .betrokkenen, .inhoud, .contactpersoon, .afweging, .afspraken, .ondertoezichtstelling,
            .bijzondereVorm, .acuutGevaar, .structureleOnveiligheid,
        ])

    /// The consult of an expert on injuries (Besluit verplichte meldcode art. 2(2)b): anonymous by type (practice 14).
    static let letselduidingGevraagd = EventSchema(
        .letselduidingGevraagd, title: "Letselduiding gevraagd",
        summary: "De school vraagt een deskundige letsel te duiden. Anoniem: geen veld kan iemand noemen.",
        fields: [
            .zaak, .school, .indiener,
            .leeftijdsgroep,
            Field(
                "soortLetsel",
                .list(
                    .choice(["blauwePlekken", "brandwonden", "snijwonden", "bijtwonden", "botbreuk", "anders"]), max: 6),
                required: true, "Wat voor letsel is gezien."),
            Field(
                "plaatsLetsel",
                .list(.choice(["hoofdHals", "romp", "armenHanden", "benenVoeten", "billenGeslachtsdelen"]), max: 5),
                "Waar op het lichaam."),
            Field(
                "verklaring", .choice(["geen", "pastBijLetsel", "pastNietBijLetsel", "wisselend"]),
                "Welke verklaring er is gegeven."),
            .acuutGevaar,
        ])
}
