// SPDX-License-Identifier: EUPL-1.2

/// Pages for the intranet. A type of their own, and not a filtered case: they have no case and no person concerned.
extension EventSchema {
    static let publicatieAangeboden = EventSchema(
        .publicatieAangeboden, title: "Publicatie aangeboden",
        summary:
            "Een pagina voor het intranet, nieuw of bijgewerkt. Wacht op de centrale contactpersoon. Bevat nooit gegevens van een zaak.",
        fields: [
            .publicatie, .school, .voorScholen,
            Field(
                "onderwerp",
                .choice([
                    "signaleren", "inGesprek", "stappenMeldcode", "contactpersonen", "privacy", "socialeKaart",
                    "scholing", "cijfers",
                ]),
                required: true, "Waar de pagina over gaat."),
            Field("titel", .line(max: 200), required: true, "De titel."),
            Field("samenvatting", .line(max: 400), "Eén zin voor overzichten."),
            Field("tekst", .text(max: 100_000), required: true, "De tekst in Markdown; HTML daarin vervalt."),
            Field(
                "afbeelding",
                .object([
                    Field("bestandsnaam", .reference, required: true, "De bestandsnaam."),
                    Field("soort", .choice(["image/png", "image/jpeg"]), required: true, "Het soort bestand."),
                    Field("inhoud", .line(max: 800_000), required: true, "De inhoud in base64, zonder regeleinden."),
                    Field(
                        "beschrijving", .line(max: 300), required: true,
                        "Wat er te zien is, voor wie het niet kan zien."),
                ]),
                "Een afbeelding boven de tekst. Nooit van een leerling."),
        ])

    static let publicatieIngetrokken = EventSchema(
        .publicatieIngetrokken, title: "Publicatie ingetrokken",
        summary: "De pagina moet van het intranet af.",
        fields: [.publicatie, .school, .voorScholen])
}

extension Field {
    static let publicatie = Field(
        "publicatie", .caseReference, required: true,
        "Kenmerk van de publicatie. Dezelfde bij elke nieuwe versie: een herhaling werkt de pagina bij.")

    static let voorScholen = Field(
        "voorScholen", .list(.brin, max: 200),
        "Voor welke scholen; zonder dit veld voor alle scholen van de configuratie. `school` is wie hem aanbiedt.")
}
