// SPDX-License-Identifier: EUPL-1.2

/// What becomes known or is decided within a case: it goes to nobody by itself, and changes what may go.
extension EventSchema {
    /// Kinds of data that consent can name (AVG art. 4(11): specific). Which fields belong to each is for the rules.
    public static let gegevenssoorten = [
        "identiteit", "contactgegevens", "gezin", "feiten", "zorgen", "inzetSchool", "krachten", "vraag",
    ]

    static let toestemmingVastgelegd = EventSchema(
        .toestemmingVastgelegd, title: "Toestemming vastgelegd",
        summary:
            "Iemand heeft toestemming gegeven, geweigerd of ingetrokken, voor bepaalde gegevens, aan bepaalde ontvangers, voor een doel.",
        fields: [
            .zaak, .school,
            Field(
                "besluit", .choice(["gegeven", "geweigerd", "ingetrokken"]), required: true,
                "Wat is besloten. Intrekken houdt alles tegen wat nog niet weg is en op toestemming berust."),
            Field(
                "door",
                .choice([
                    "ouderMetGezag", "ouderZonderGezag", "voogd", "gecertificeerdeInstellingMetVoogdij", "leerling",
                ]),
                required: true,
                "Wie besliste. Vanaf 16 jaar de leerling zelf; daaronder wie het gezag heeft (BW 1:245, 1:303)."),
            Field(
                "persoon", .reference,
                "Onderscheidt twee ouders, zonder hen te noemen: bijvoorbeeld `ouder1` en `ouder2`."),
            Field(
                "onenigheid", .boolean,
                "Of bekend is dat de gezaghebbenden het oneens zijn; dan geldt zij als geweigerd."),
            Field(
                "ontvangers", .list(.reference, max: 20), required: true,
                "Voor welke ontvangers uit de configuratie dit besluit geldt."),
            Field(
                "gegevens", .list(.choice(gegevenssoorten), max: 8),
                "Om welke soorten gegevens het gaat; nodig bij “gegeven”."),
            Field("doel", .choice(EventSchema.doelen), "Voor welk doel; nodig bij “gegeven”."),
            Field("datum", .date, required: true, "Wanneer is besloten."),
            Field("geldigTot", .date, "De laatste dag waarop de toestemming geldt."),
            Field("vorm", .choice(["mondeling", "schriftelijk"]), "Hoe de toestemming is gegeven."),
            Field("toelichting", .text(max: 4_000), "Toelichting; blijft binnen de school."),
        ])

    /// Who was told, or why not yet (AVG art. 13, 14; Jeugdwet 7.1.5.1).
    static let betrokkenenGeinformeerd = EventSchema(
        .betrokkenenGeinformeerd, title: "Betrokkenen geïnformeerd",
        summary: "Wie is geïnformeerd over een verstrekking of registratie, of waarom nog niet.",
        fields: [
            .zaak, .school, .indiener,
            Field(
                "over", .list(.reference, max: 20),
                "Over welke ontvangers uit de configuratie is geïnformeerd; leeg voor allemaal."),
            Field("wie", .list(.choice(["leerling", "vertegenwoordiger"]), max: 2), "Wie is geïnformeerd."),
            Field("datum", .date, required: true, "Wanneer, of wanneer is besloten nog niet te informeren."),
            Field(
                "redenNiet",
                .choice([
                    "veiligheidKind", "veiligheidMedewerkers", "bijzondereVorm", "acuutGevaar", "opAdviesVeiligThuis",
                    "onbereikbaar",
                ]),
                "De grond om (nog) niet te informeren."),
            Field("match", .reference, "Het kenmerk van de match, als het daarover ging."),
            Field("toelichting", .text(max: 4_000), "Toelichting; blijft binnen de school."),
        ])

    /// The five questions of the afwegingskader for education (Stb. 2017, 291).
    static let wegingVastgelegd = EventSchema(
        .wegingVastgelegd, title: "Weging vastgelegd",
        summary: "De vijf vragen van het afwegingskader zijn beantwoord en er is een besluit genomen.",
        fields: [
            .zaak, .school,
            Field("datum", .date, required: true, "Wanneer is gewogen."),
            Field(
                "antwoorden",
                .object([
                    Field(
                        "vermoeden", .choice(["ja", "nee"]),
                        "1. Is er na stap 1 tot en met 4 een vermoeden van (dreiging van) geweld of mishandeling?"),
                    Field(
                        "onveiligheid", .choice(["ja", "nee", "twijfel"]),
                        "2. Is er acute of structurele onveiligheid?"),
                    Field(
                        "hulpMogelijk", .choice(["ja", "nee"]),
                        "3. Kan de school of een ketenpartner effectieve hulp bieden of organiseren?"),
                    Field(
                        "hulpAanvaard", .choice(["ja", "nee"]),
                        "4. Aanvaarden betrokkenen de hulp en zetten zij zich in?"),
                    Field(
                        "resultaat", .choice(["ja", "nee"]),
                        "5. Leidt de hulp binnen de afgesproken termijn tot het resultaat?"),
                ]),
                required: true, "De antwoorden; wat nog niet aan de orde is, blijft leeg."),
            Field(
                "besluit", .choice(["melden", "hulp", "hulpEnMelden", "afsluiten"]), required: true,
                "Wat de school besluit."),
            Field("hulpTot", .date, "Bij hulp: de afgesproken termijn, aan het eind waarvan vraag 5 wordt beantwoord."),
            Field("casemanager", .reference, "Bij hulp: wie de afspraken bewaakt, uit het personenbestand."),
            Field(
                "redenAfwijking", .text(max: 4_000),
                "Waarom het besluit afwijkt van de uitkomst van het afwegingskader; blijft binnen de school."),
            .bijzondereVorm, .acuutGevaar, .structureleOnveiligheid,
        ])

    /// Registration in the LVS is off until somebody releases it, per case (practice 6).
    static let lvsregistratieVrijgegeven = EventSchema(
        .lvsregistratieVrijgegeven, title: "Registratie in het leerlingvolgsysteem vrijgegeven",
        summary:
            "Een persoon geeft vrij dat stappen van deze zaak in het leerlingvolgsysteem komen, in een deel dat ouders niet zien, of trekt dat in.",
        fields: [
            .zaak, .school,
            Field("vrijgegeven", .boolean, required: true, "Vrijgegeven (ja) of ingetrokken (nee)."),
            Field("datum", .date, required: true, "Wanneer."),
            Field(
                "gesprekGevoerd", .boolean,
                "Of het gesprek met de ouders is gevoerd en vastgelegd; standaard wacht de vrijgave daarop."),
        ])

    /// Someone working for the school (practice 7).
    static let medewerkerBetrokken = EventSchema(
        .medewerkerBetrokken, title: "Medewerker betrokken",
        summary:
            "Een vermoeden betreft iemand die voor de school werkt. Diegene ziet en hoort van deze zaak niets meer.",
        fields: [
            .zaak, .school,
            Field(
                "variant", .choice(["zedenmisdrijfTegenLeerling", "anderGeweldOpHetWerk", "alsOuderOfPartnerThuis"]),
                required: true, "Een zedenmisdrijf gaat buiten de meldcode om naar het bevoegd gezag (WPO art. 4a)."),
            Field("medewerker", .reference, "De persoon, met de sleutel uit het personenbestand als die er is."),
            Field("datum", .date, required: true, "Wanneer dit bekend werd."),
            Field("toelichting", .text(max: 8_000), "Toelichting; blijft bij wie hierover beslist."),
        ])

    /// A request for information (passief recht, practice 13).
    static let informatieverzoekOntvangen = EventSchema(
        .informatieverzoekOntvangen, title: "Informatieverzoek ontvangen",
        summary:
            "Veilig Thuis, de Raad, een gecertificeerde instelling of de politie vraagt de school om informatie. Het antwoord is een besluit van de school.",
        fields: [
            .zaak, .school, .indiener,
            Field("van", .reference, required: true, "De ontvanger uit de configuratie die vraagt."),
            Field("datum", .date, required: true, "Wanneer het verzoek kwam."),
            Field("grondslag", .line(max: 200), "Waarop de vrager zich beroept."),
            Field("kenmerk", .line(max: 64), "Het kenmerk van de vrager."),
            Field("contactpersoon", .line(max: 200), "Wie het vroeg."),
            Field(
                "teruggebeldOp", .line(max: 30),
                "Het nummer waarop is teruggebeld: alleen het nummer uit de configuratie telt."),
            Field("uiterlijk", .date, "Wanneer de vrager antwoord nodig heeft."),
            Field("vraag", .text(max: 8_000), "Wat wordt gevraagd; blijft binnen de school."),
            .post,
        ])

    /// Correction and erasure reach who got the old data (AVG art. 16, 17 and 19).
    static let correctieVastgesteld = EventSchema(
        .correctieVastgesteld, title: "Correctie vastgesteld",
        summary:
            "Gegevens bleken onjuist of moeten worden gewist. Wie ze uit deze zaak heeft gekregen, krijgt daarvan bericht.",
        fields: [
            .zaak, .school,
            .leerling("De leerling om wie het ging, met de gegevens zoals zij nu moeten zijn."),
            Field(
                "soort", .choice(["rectificatie", "wissing", "beperking"]), required: true,
                "Rectificatie (AVG art. 16), wissing (art. 17) of beperking (art. 18)."),
            Field(
                "velden", .list(.line(max: 80), max: 100), required: true,
                "Welke gegevens: veldnamen zoals `leerling.geboortedatum`."),
            Field("datum", .date, required: true, "Wanneer dit is vastgesteld."),
            Field("toelichting", .text(max: 4_000), "Wat er onjuist was en wat juist is, voor de ontvangers."),
        ])

    static let zaakAfgesloten = EventSchema(
        .zaakAfgesloten, title: "Zaak afgesloten",
        summary: "De zaak is gesloten. Het antwoord noemt wat nog te doen is.",
        fields: [
            .zaak, .school,
            Field(
                "reden", .choice(["vermoedenNietBevestigd", "hulpAfgerond", "overgedragen", "leerlingVertrokken"]),
                required: true, "Waarom de zaak is gesloten."),
            Field("datum", .date, required: true, "Wanneer."),
            Field("toelichting", .text(max: 4_000), "Toelichting; blijft binnen de school."),
        ])
}
