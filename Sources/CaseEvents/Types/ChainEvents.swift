// SPDX-License-Identifier: EUPL-1.2

extension Field {
    /// The twelve grounds a-l of Jeugdwet art. 7.1.4.1: a test before registering, never a field that leaves (zij staan niet in het signaal, Jeugdwet 7.1.4.3).
    static let risicos = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"]

    static let betrokkenen = Field(
        "betrokkenen",
        .list(
            .person(
                .volgensRol,
                [
                    Field(
                        "rol", .choice(["ouder", "verzorger", "broerZus", "ander"]), required: true,
                        "De rol van deze persoon."),
                    Field("naam", .line(max: 200), "Naam."),
                    Field("geboortedatum", .date, "Geboortedatum."),
                    Field(
                        "leerlingnummer", .reference,
                        "Nummer in het leerlingvolgsysteem, als broer of zus op dezelfde school zit."),
                    Field("telefoon", .line(max: 30), "Telefoonnummer."),
                    .adres,
                ]), max: 30),
        "De andere mensen om wie het gaat.")
}

extension EventSchema {
    static let verwijsindexregistratieGevraagd = EventSchema(
        .verwijsindexregistratieGevraagd, title: "Registratie in de verwijsindex gevraagd",
        summary:
            "De school wil haar betrokkenheid bij een jeugdige kenbaar maken. Wacht altijd op een meldingsbevoegde.",
        fields: [
            .zaak, .school, .indiener,
            // Besluit Jeugdwet 7.3.1: family name, birth date and sex stand in for the BSN.
            .leerling(required: ["achternaam", "geboortedatum", "geslacht"], "De jeugdige."),
            Field(
                "risicos", .list(.choice(Field.risicos), max: 12), required: true,
                "De risico's a tot en met l van Jeugdwet art. 7.1.4.1 waarop het redelijk vermoeden berust. Een toets; gaat niet mee."
            ),
            Field("onderbouwing", .text(max: 4_000), "Waarop het redelijk vermoeden berust; blijft binnen de school."),
            Field(
                "alleenLeerprobleem", .boolean,
                "Of er niets anders is dan een leerprobleem: dat is geen reden voor de verwijsindex."),
            .afspraken, .bijzondereVorm, .acuutGevaar,
        ])

    static let verwijsindexintrekkingGevraagd = EventSchema(
        .verwijsindexintrekkingGevraagd, title: "Intrekking uit de verwijsindex gevraagd",
        summary: "De registratie was onterecht, of het risico is er niet meer (Jeugdwet 7.1.4.5 en 7.1.4.6).",
        fields: [
            .zaak, .school, .indiener,
            .leerling(required: ["achternaam", "geboortedatum", "geslacht"], "De jeugdige."),
            Field(
                "reden", .choice(["nietTerechtGedaan", "risicoNietMeerAanwezig"]), required: true,
                "Waarom de registratie weg moet: een onterechte gaat niet naar het archief."),
            Field("kenmerkVerwijsindex", .line(max: 64), "Het kenmerk dat de index bij de registratie gaf."),
        ])

    /// Advice is anonymous by type (practice 14): there is no field that could name anybody.
    static let adviesGevraagd = EventSchema(
        .adviesGevraagd, title: "Advies gevraagd aan Veilig Thuis",
        summary: "De school vraagt advies. Anoniem: dit type kent geen velden waarin iemand genoemd kan worden.",
        fields: [
            .zaak, .school, .indiener,
            .leeftijdsgroep,
            Field(
                "soortZorg",
                .list(
                    .choice([
                        "lichamelijkGeweld", "psychischGeweld", "lichamelijkeVerwaarlozing", "psychischeVerwaarlozing",
                        "seksueelMisbruik", "getuigeVanGeweld", "anders",
                    ]), max: 7),
                "Om wat voor zorg het gaat."),
            Field("gezetteStappen", .list(.choice(Field.elementen), max: 5), "Welke stappen al zijn gezet."),
            .bijzondereVorm, .acuutGevaar, .structureleOnveiligheid,
            Field(
                "vraag", .choice(["wegen", "gesprekVoeren", "veiligheid", "hulpOrganiseren", "meldenOfNiet"]),
                required: true, "Waar de school advies over wil."),
        ])

    static let veiligThuisMeldingBesloten = EventSchema(
        .veiligThuisMeldingBesloten, title: "Tot melding bij Veilig Thuis besloten",
        summary: "De school heeft besloten te melden. Wat ontbreekt houdt een bevestigde melding nooit tegen.",
        fields: [
            .zaak, .school, .indiener,
            .leerling("Het kind over wie de melding gaat."),
            .betrokkenen,
            Field(
                "inzageBetrokkenen",
                .object([
                    Field("feiten", .text(max: 16_000), "Wat is gezien en gehoord: feiten, en van wie."),
                    Field("zorgen", .text(max: 16_000), "Waarover de school zich zorgen maakt."),
                    Field("inzetSchool", .text(max: 8_000), "Wat de school en anderen al hebben gedaan."),
                    Field("krachten", .text(max: 8_000), "Wat goed gaat en wie kan steunen."),
                    Field("verwachting", .text(max: 4_000), "Wat de school van Veilig Thuis vraagt."),
                ]),
                required: true, "Het deel van de melding dat ouders en kinderen vanaf 12 jaar kunnen inzien."),
            Field(
                "alleenVeiligThuis",
                .object([
                    Field(
                        "grond",
                        .choice([
                            "bedreigingSlachtofferOfGezin", "bedreigingMelderOfMedewerkers",
                            "ernstigeVerstoringVertrouwen",
                        ]),
                        "Grond om de herkomst te verbergen, Uitvoeringsbesluit Wmo 2015 art. 4.1.8(3)."),
                    Field(
                        "toelichting", .text(max: 8_000),
                        "Wat alleen Veilig Thuis mag weten, ook wat de herkomst verraadt."),
                ]),
                "Het deel dat Veilig Thuis niet aan betrokkenen laat zien."),
            .contactpersoon,
            Field(
                "gezetteStappen", .list(.choice(Field.elementen), max: 5), "Welke stappen van de meldcode zijn gezet."),
            .afweging,
            .afspraken, .bijzondereVorm, .acuutGevaar, .structureleOnveiligheid,
            Field("verzoekOmTerugkoppeling", .boolean, "Of de school om terugkoppeling vraagt; standaard ja."),
        ])
}
