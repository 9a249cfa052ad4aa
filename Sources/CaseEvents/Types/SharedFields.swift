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
}
