// SPDX-License-Identifier: EUPL-1.2

/// Members that several event types have in common.
extension Field {
    static let zaak = Field(
        "zaak", .caseReference, required: true,
        "Kenmerk van de zaak bij de school, zonder betekenis voor een ander; bij voorkeur een UUID. Nooit een naam of nummer van een leerling."
    )

    static let school = Field("school", .brin, required: true, "BRIN van de school, zo nodig met het vestigingsnummer.")

    static let indiener = Field(
        "indiener", .reference,
        "Wie dit indient, met de sleutel uit het personenbestand; nodig als een systeem indient, anders volgt het uit de toegang."
    )

    /// The pupil. Nothing is required: an unknown birth date never stops a report to Veilig Thuis (practice 1).
    static func leerling(required: Set<String> = [], _ summary: String) -> Field {
        Field(
            "leerling",
            .person(
                .leerling,
                [
                    Field("leerlingnummer", .reference, "Nummer in het leerlingvolgsysteem."),
                    Field("voornamen", .line(max: 200), required: required.contains("voornamen"), "Voornamen."),
                    Field("voorvoegsel", .line(max: 20), "Voorvoegsel van de achternaam."),
                    Field(
                        "achternaam", .line(max: 200), required: required.contains("achternaam"),
                        "Achternaam zonder voorvoegsel."),
                    Field("geboortedatum", .date, required: required.contains("geboortedatum"), "Geboortedatum."),
                    Field(
                        "geslacht", .choice(["man", "vrouw", "onbekend"]), required: required.contains("geslacht"),
                        "Geslacht, zoals de verwijsindex het vraagt."),
                    Field("bsn", .bsn, "Burgerservicenummer; gaat nooit naar buiten."),
                    .adres,
                ]),
            required: true, summary)
    }

    static let adres = Field(
        "adres",
        .object([
            Field("straat", .line(max: 100), "Straat."),
            Field("huisnummer", .line(max: 20), "Huisnummer met toevoeging."),
            Field("postcode", .line(max: 10), "Postcode."),
            Field("woonplaats", .line(max: 100), "Woonplaats."),
        ]),
        "Adres.")

    /// Practice 12: every external disclosure says what was agreed with those concerned.
    static let afspraken = Field(
        "afsprakenMetBetrokkenen",
        .object([
            Field("geinformeerd", .boolean, "Of betrokkenen weten van deze verstrekking."),
            Field("datum", .date, "Wanneer zij zijn geïnformeerd."),
            Field("wie", .list(.choice(["leerling", "vertegenwoordiger"]), max: 2), "Wie is geïnformeerd."),
            Field(
                "toestemming", .choice(["gegeven", "geweigerd", "nietGevraagd"]),
                "Of toestemming is gevraagd en gegeven."),
            Field("voorwaarden", .text(max: 2_000), "Voorwaarden die betrokkenen stelden."),
            Field("redenNietGeinformeerd", .text(max: 2_000), "Waarom betrokkenen nog niet zijn geïnformeerd."),
        ]),
        "Wat met betrokkenen is afgesproken over deze verstrekking.")

    /// The five statutory elements, Besluit verplichte meldcode art. 2(2) a-e. Tracks order and name them freely.
    static let elementen = ["inKaartBrengen", "collegialeConsultatie", "gesprek", "wegen", "beslissen"]

    static let bijzondereVorm = Field(
        "bijzondereVorm",
        .choice(["eergerelateerdGeweld", "huwelijksdwang", "vrouwelijkeGenitaleVerminking", "seksueelMisbruik"]),
        "Bijzondere vorm van geweld (Besluit verplichte meldcode art. 2(1)c): het gezin dan nog niet informeren.")

    static let acuutGevaar = Field("acuutGevaar", .boolean, "Of er acuut gevaar is: bel dan 112, en leg daarna vast.")

    /// All that an anonymous question says of the child's age (practice 14).
    static let leeftijdsgroep = Field(
        "leeftijdsgroep", .choice(["0-3", "4-11", "12-15", "16-17", "18+"]),
        "Leeftijdsgroep van het kind; nauwkeuriger hoeft niet.")

    static let structureleOnveiligheid = Field(
        "structureleOnveiligheid", .boolean,
        "Of het kind structureel onveilig is: meld dan altijd bij Veilig Thuis, telefonisch (afwegingskader, vraag 2).")

    /// The school's own facts and worries, apart from each other, for a partner of the chain.
    static let inhoud = Field(
        "inhoud",
        .object([
            Field("feiten", .text(max: 16_000), "Wat is gezien en gehoord: feiten, en van wie."),
            Field("zorgen", .text(max: 16_000), "Waarover de school zich zorgen maakt."),
            Field("inzetSchool", .text(max: 8_000), "Wat de school en anderen al hebben gedaan."),
            Field("krachten", .text(max: 8_000), "Wat goed gaat en wie kan steunen."),
            Field("vraag", .text(max: 4_000), "Wat de school van de ontvanger vraagt, of het antwoord op diens vraag."),
        ]),
        "Wat de school vertelt; niet meer dan voor het doel nodig is.")

    static let contactpersoon = Field(
        "contactpersoon",
        .person(
            .medewerker,
            [
                Field("naam", .line(max: 200), "Naam."),
                Field("functie", .line(max: 100), "Functie."),
                Field("telefoon", .line(max: 30), "Telefoonnummer."),
                Field("bereikbaar", .line(max: 200), "Wanneer bereikbaar."),
            ]),
        "Wie de ontvanger bij de school kan bellen.")

    /// Necessity: asked and recorded, never a condition (practice 1).
    static let afweging = Field(
        "afweging",
        .object([
            Field("doelmatigheid", .text(max: 4_000), "Waarom de verstrekking nodig is voor het doel."),
            Field("subsidiariteit", .text(max: 4_000), "Waarom het niet met minder ingrijpende middelen kan."),
            Field("proportionaliteit", .text(max: 4_000), "Waarom dit in verhouding is."),
        ]),
        "De weging; ontbreekt zij, dan is dat een tekort en geen beletsel.")

    static let ontvangers = Field(
        "ontvangers", .list(.reference, max: 20), required: true,
        "De ontvangers uit de configuratie, elk met een eigen oordeel en een eigen regel in het logboek.")

    /// Without an order of the court there is no ground for the GI (Jeugdwet 7.3.11(4)).
    static let ondertoezichtstelling = Field(
        "ondertoezichtstelling",
        .object([
            Field("instelling", .reference, required: true, "De gecertificeerde instelling, als in de configuratie."),
            Field("sinds", .date, required: true, "De eerste dag van de ondertoezichtstelling."),
            Field("tot", .date, "De laatste dag, als die bekend is."),
        ]),
        "De ondertoezichtstelling; wie bevestigt staat ervoor in dat zij geldt.")
}
