// SPDX-License-Identifier: EUPL-1.2

extension EventSchema {
    static let zorgGesignaleerd = EventSchema(
        .zorgGesignaleerd, title: "Zorg gesignaleerd",
        summary: "Een medewerker maakt zich zorgen over een leerling. Blijft binnen de school.",
        fields: [
            .zaak, .school, .indiener,
            .leerling("De leerling om wie het gaat."),
            Field("datum", .date, required: true, "Wanneer de zorg is gesignaleerd."),
            Field("signaal", .text(max: 8_000), required: true, "Wat is gezien of gehoord, feitelijk."),
            .acuutGevaar,
        ])

    static let stapGezet = EventSchema(
        .stapGezet, title: "Stap van de meldcode gezet",
        summary: "Een stap van de meldcode is gezet. De volgorde en de namen zijn die van het spoor van de school.",
        fields: [
            .zaak, .school, .indiener,
            Field(
                "element", .choice(Field.elementen), required: true,
                "Het onderdeel uit het Besluit verplichte meldcode art. 2(2) waar deze stap bij hoort."),
            Field("stap", .reference, "De stap zoals het spoor van de school die noemt."),
            Field("datum", .date, required: true, "Wanneer de stap is gezet."),
            Field("uitgevoerdDoor", .reference, "Wie de stap zette, met de sleutel uit het personenbestand."),
            Field("overgeslagen", .boolean, "Of de stap is overgeslagen; dan hoort er een toelichting bij."),
            Field("toelichting", .text(max: 8_000), "Toelichting; blijft binnen de school."),
        ])

    static let terugkoppelingOntvangen = EventSchema(
        .terugkoppelingOntvangen, title: "Terugkoppeling ontvangen",
        summary: "Een ketenpartner heeft iets teruggekoppeld aan de school.",
        fields: [
            .zaak, .school, .indiener,
            Field("van", .reference, required: true, "De ontvanger uit de configuratie die terugkoppelde."),
            Field("datum", .date, required: true, "Wanneer de terugkoppeling kwam."),
            Field(
                "moment",
                .choice(["ontvangst", "besluit", "uitkomstOnderzoek", "eindeBetrokkenheid", "afgesprokenMoment"]),
                required: true, "Het sleutelmoment waar de terugkoppeling over gaat."),
            Field(
                "besluit",
                .choice([
                    "eigenOnderzoek", "verzoekTotOnderzoekRaad", "voorwaardenEnVervolg", "overdrachtLokaalTeam",
                    "overdrachtLopendeHulp", "overdrachtMdt", "overdrachtBetrokkenen", "eindeBemoeienis",
                    "omgezetInAdvies",
                ]),
                "Wat Veilig Thuis besloot na de veiligheidsbeoordeling."),
            Field("kenmerk", .line(max: 64), "Het kenmerk van de ketenpartner."),
            Field("contactpersoon", .line(max: 200), "Met wie bij de ketenpartner is gesproken."),
            Field(
                "wijze", .choice(["telefoon", "gesprek", "brief", "portaal", "mail"]),
                "Hoe de terugkoppeling kwam."),
            Field(
                "volledigheid", .choice(["volledig", "deels"]),
                "Of het sleutelmoment hiermee is afgedaan; standaard volledig."),
            Field("volgendMoment", .date, "Wanneer de volgende terugkoppeling is afgesproken."),
            Field(
                "monitoringTot", .date,
                "Tot wanneer de ketenpartner de school vraagt de leerling te blijven volgen."),
            Field(
                "corrigeert", .integer(1...9_007_199_254_740_991),
                "Het nummer van een eerdere terugkoppeling die onjuist was vastgelegd; die blijft staan."),
            Field("toelichting", .text(max: 8_000), "Wat is teruggekoppeld; blijft binnen de school."),
            .post,
        ])

    static let bevestigingGegeven = EventSchema(
        .bevestigingGegeven, title: "Bevestiging gegeven",
        summary:
            "Een bevoegd persoon bevestigt een aflevering die op een persoon wacht. Alleen met toegang van een persoon.",
        fields: [
            Field(
                "zaak", .caseReference,
                "De zaak van de aflevering; bij een publicatie staat `publicatie` ervoor in de plaats."),
            Field("publicatie", .caseReference, "De publicatie van de aflevering."),
            .school,
            Field("aflevering", .integer(1...9_007_199_254_740_991), required: true, "Het nummer van de aflevering."),
            Field("rol", .reference, "De rol waarin wordt bevestigd, als de persoon er meer heeft."),
            Field("tekstNagekeken", .boolean, "Of is nagekeken wat de controle in de vrije tekst vond."),
        ])

    static let verstrekkingVastgelegd = EventSchema(
        .verstrekkingVastgelegd, title: "Verstrekking achteraf vastgelegd",
        summary:
            "Een verstrekking per telefoon of in een gesprek is al gebeurd en wordt vastgelegd. Vraagt geen eerdere stap.",
        fields: [
            .zaak, .school,
            Field("ontvanger", .reference, required: true, "De ontvanger uit de configuratie."),
            Field("tijdstip", .timestamp, required: true, "Wanneer de gegevens werkelijk zijn verstrekt."),
            Field("wijze", .choice(["telefoon", "gesprek", "brief", "anders"]), required: true, "Hoe is verstrekt."),
            .leerling("De leerling om wie het ging."),
            .betrokkenen,
            Field(
                "velden", .list(.line(max: 80), max: 100),
                "Welke gegevens zijn genoemd: veldnamen van de melding, zoals `leerling.achternaam`."),
            Field("gesprokenMet", .line(max: 200), "Met wie bij de ontvanger is gesproken."),
            Field("kenmerk", .line(max: 64), "Het kenmerk dat de ontvanger gaf."),
            Field("verzoek", .line(max: 64), "Het kenmerk van het verzoek waarop dit het antwoord is."),
            Field("samenvatting", .text(max: 8_000), "Wat is verteld; blijft binnen de school."),
            .afspraken,
        ])
}
