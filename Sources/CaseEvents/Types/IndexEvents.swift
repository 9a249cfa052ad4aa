// SPDX-License-Identifier: EUPL-1.2

/// What comes back from the verwijsindex, and what the school does with it.
extension EventSchema {
    /// A match holds who else is involved and how to reach them, and nothing more (Jeugdwet 7.1.4.3(2)).
    static let verwijsindexmatchOntvangen = EventSchema(
        .verwijsindexmatchOntvangen, title: "Match uit de verwijsindex ontvangen",
        summary:
            "De verwijsindex laat weten dat ook een andere professional betrokken is. Alleen contactgegevens; inhoud delen vraagt toestemming.",
        fields: [
            .zaak, .school, .indiener,
            Field("van", .reference, required: true, "De verwijsindex, als in de configuratie."),
            Field("datum", .date, required: true, "Wanneer de match kwam."),
            Field("kenmerk", .reference, required: true, "Onderscheidt deze match van andere van dezelfde zaak."),
            Field(
                "soort", .choice(["jeugdige", "gezin"]),
                "Dezelfde jeugdige, of een andere jeugdige van hetzelfde gezin."),
            Field(
                "professionals",
                .list(
                    .person(
                        .medewerker,
                        [
                            Field("naam", .line(max: 200), "Naam."),
                            Field("functie", .line(max: 100), "Functie."),
                            Field("organisatie", .line(max: 200), "Organisatie."),
                            Field("telefoon", .line(max: 30), "Telefoonnummer."),
                            Field("email", .line(max: 200), "Mailadres."),
                        ]), max: 20),
                "Wie er nog betrokken is, en hoe die te bereiken is."),
            .post,
        ])

    /// After a match the reporters contact each other (Jeugdwet 7.1.3.2).
    static let matchcontactVastgelegd = EventSchema(
        .matchcontactVastgelegd, title: "Contact na een match vastgelegd",
        summary: "Er is contact geweest met de andere professional, of het is geprobeerd.",
        fields: [
            .zaak, .school, .indiener,
            Field("match", .reference, required: true, "Het kenmerk van de match."),
            Field("datum", .date, required: true, "Wanneer."),
            Field(
                "uitkomst", .choice(["contactGehad", "nietBereikt", "geenAfstemmingNodig"]), required: true,
                "Wat het opleverde; na “nietBereikt” blijft het contact verschuldigd."),
            Field("gesprokenMet", .line(max: 200), "Met wie is gesproken."),
            Field("regie", .line(max: 200), "Wie de regie neemt, als dat is afgesproken."),
            Field("afspraken", .text(max: 4_000), "Wat is afgesproken; blijft binnen de school."),
        ])

    /// Jeugdwet 7.1.4.5: after two years, on the 23rd birthday, or when it was withdrawn.
    static let verwijsindexregistratieBeeindigd = EventSchema(
        .verwijsindexregistratieBeeindigd, title: "Registratie in de verwijsindex beëindigd",
        summary: "De registratie staat niet meer in de verwijsindex.",
        fields: [
            .zaak, .school, .indiener,
            Field("van", .reference, required: true, "De verwijsindex, als in de configuratie."),
            Field("datum", .date, required: true, "Vanaf wanneer."),
            Field(
                "reden",
                .choice(["tweeJaarVoorbij", "drieentwintigsteVerjaardag", "ingetrokken", "verwijderdDoorIndex"]),
                required: true, "Waarom (Jeugdwet art. 7.1.4.5)."),
        ])
}

extension Field {
    /// A mail that a person read and now records the content of.
    static let post = Field(
        "post", .integer(1...9_007_199_254_740_991),
        "Het nummer van het ontvangen bericht waar dit uit blijkt; dat bericht is daarmee beoordeeld.")
}
