// SPDX-License-Identifier: EUPL-1.2

/// What others ask of the school about a case, what a person made of it, and what the school has to say about the process.
extension EventSchema {
    /// AVG art. 21; the answer is due within a month (art. 12(3)).
    static let bezwaarOntvangen = EventSchema(
        .bezwaarOntvangen, title: "Bezwaar ontvangen",
        summary: "Iemand maakt bezwaar tegen het gebruik van gegevens (AVG art. 21).",
        fields: [
            .zaak, .school, .indiener,
            Field("datum", .date, required: true, "Wanneer het bezwaar kwam."),
            Field("door", .choice(["leerling", "ouder", "voogd", "ander"]), required: true, "Wie bezwaar maakt."),
            Field(
                "tegen", .list(.reference, max: 20),
                "Tegen verstrekking aan welke ontvangers uit de configuratie; leeg voor allemaal."),
            Field("toelichting", .text(max: 8_000), "Het bezwaar; blijft binnen de school."),
            .post,
        ])

    /// Jeugdwet 7.1.5.2: on an objection to a registration the college asks the reporter's advice.
    static let adviesverzoekOntvangen = EventSchema(
        .adviesverzoekOntvangen, title: "Adviesverzoek van het college ontvangen",
        summary: "Het college vraagt advies over een bezwaar tegen de registratie in de verwijsindex.",
        fields: [
            .zaak, .school, .indiener,
            Field("datum", .date, required: true, "Wanneer het verzoek kwam."),
            Field("college", .line(max: 200), "Welk college vraagt."),
            Field("kenmerk", .line(max: 64), "Het kenmerk van het college."),
            Field("uiterlijk", .date, "Wanneer het college het advies nodig heeft."),
            Field("toelichting", .text(max: 8_000), "Wat wordt gevraagd; blijft binnen de school."),
            .post,
        ])

    static let verzoekAfgehandeld = EventSchema(
        .verzoekAfgehandeld, title: "Verzoek afgehandeld",
        summary: "Een bezwaar, adviesverzoek of informatieverzoek is beantwoord.",
        fields: [
            .zaak, .school,
            Field(
                "verzoek", .line(max: 200), required: true,
                "De `id` van de gebeurtenis waarmee het verzoek binnenkwam."),
            Field(
                "soort", .choice(["bezwaar", "adviesverzoek", "informatieverzoek"]), required: true,
                "Wat voor verzoek het was."),
            Field("datum", .date, required: true, "Wanneer is geantwoord."),
            Field(
                "besluit", .choice(["toegewezen", "deelsToegewezen", "afgewezen", "beantwoord", "nietBeantwoord"]),
                required: true, "Wat de school besloot."),
            Field("toelichting", .text(max: 4_000), "Waarom; blijft binnen de school."),
        ])

    /// A mail fulfils nothing by itself: a person says what it is (practice 24).
    static let postBeoordeeld = EventSchema(
        .postBeoordeeld, title: "Ontvangen bericht beoordeeld",
        summary: "Een persoon las een ontvangen bericht en zegt wat het is.",
        fields: [
            .zaak, .school,
            Field("post", .integer(1...9_007_199_254_740_991), required: true, "Het nummer van het bericht."),
            Field(
                "soort",
                .choice([
                    "ontvangstbevestiging", "vraag", "terugkoppeling", "match", "informatieverzoek", "automatisch",
                    "nietTerZake",
                ]),
                required: true, "Wat het bericht is."),
            Field("datum", .date, required: true, "Wanneer het is gelezen."),
            Field("toelichting", .text(max: 4_000), "Toelichting; blijft binnen de school."),
        ])

    /// For the mailbox that Veilig Thuis keeps for remarks about the process: there is no field that could hold a case.
    static let procesopmerkingGemaakt = EventSchema(
        .procesopmerkingGemaakt, title: "Opmerking over het proces gemaakt",
        summary:
            "De school heeft een opmerking over het proces bij Veilig Thuis. Nooit inhoud van een zaak: dit type kent geen vrije tekst.",
        fields: [
            .zaak, .school,
            Field(
                "onderwerp", .choice(["bereikbaarheid", "wachttijd", "bejegening", "terugkoppeling"]), required: true,
                "Waar de opmerking over gaat."),
            Field("datum", .date, required: true, "Wanneer het speelde."),
            Field("kenmerkOntvanger", .reference, "Het kenmerk dat Veilig Thuis zelf aan de melding gaf."),
        ])
}
