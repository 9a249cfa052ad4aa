// SPDX-License-Identifier: EUPL-1.2
import Disclosures

/// The parts of the texts, with the Dutch label of every field.
enum Fields {
    typealias Field = (path: String, label: String)

    /// The members of a person.
    static let person: [Field] = [
        ("naam", "naam"), ("voornamen", "voornamen"), ("voorvoegsel", "voorvoegsel"), ("achternaam", "achternaam"),
        ("geboortedatum", "geboortedatum"), ("geslacht", "geslacht"), ("leerlingnummer", "leerlingnummer"),
        ("telefoon", "telefoon"), ("adres.straat", "straat"), ("adres.huisnummer", "huisnummer"),
        ("adres.postcode", "postcode"), ("adres.woonplaats", "woonplaats"),
    ]

    static let child = part(
        "Kind", person.map { ("leerling.\($0.path)", $0.label.prefix(1).uppercased() + $0.label.dropFirst()) })

    static let others = TextForm.Part(heading: TextForm.others, fields: [])

    static let occasion = part(
        "Waarvoor",
        [
            ("doel", "Doel"), ("verzoek", "Kenmerk van het verzoek"), ("vordering.artikel", "Vordering: artikel"),
            ("vordering.datum", "Vordering: datum"),
            ("ondertoezichtstelling.instelling", "Ondertoezichtstelling: instelling"),
            ("ondertoezichtstelling.sinds", "Ondertoezichtstelling: sinds"),
            ("ondertoezichtstelling.tot", "Ondertoezichtstelling: tot"),
        ])

    static let meeting = part("Overleg", [("datum", "Datum van het overleg")] + occasion.fields)

    static let safety = part(
        "Veiligheid",
        [
            ("acuutGevaar", "Acuut gevaar"), ("structureleOnveiligheid", "Structurele onveiligheid"),
            ("bijzondereVorm", "Bijzondere vorm"),
        ])

    static let substance = part(
        "Feiten en zorgen",
        [
            ("inhoud.feiten", "Feiten"), ("inhoud.zorgen", "Zorgen"),
            ("inhoud.krachten", "Wat goed gaat en wie kan steunen"),
            ("inhoud.inzetSchool", "Inzet van de school en anderen"), ("gezetteStappen", "Gezette stappen"),
            ("inhoud.vraag", "Vraag, of antwoord op een vraag"),
        ])

    static let agreements = part(
        "Afspraken met betrokkenen",
        [
            ("afsprakenMetBetrokkenen.geinformeerd", "Betrokkenen geïnformeerd"),
            ("afsprakenMetBetrokkenen.datum", "Geïnformeerd op"),
            ("afsprakenMetBetrokkenen.wie", "Wie is geïnformeerd"),
            ("afsprakenMetBetrokkenen.toestemming", "Toestemming"),
            ("afsprakenMetBetrokkenen.voorwaarden", "Voorwaarden van betrokkenen"),
            ("afsprakenMetBetrokkenen.redenNietGeinformeerd", "Waarom nog niet geïnformeerd"),
        ])

    static let school = part(
        "School",
        [
            ("meldpoort.school.naam", "School"), ("meldpoort.school.brin", "BRIN"),
            ("contactpersoon.naam", "Contactpersoon"), ("contactpersoon.functie", "Functie"),
            ("contactpersoon.telefoon", "Telefoon"), ("contactpersoon.bereikbaar", "Bereikbaar"),
        ])

    static let administration = part("Administratie", [("meldpoort.kenmerk", "Kenmerk van de school")])

    static let injury = part(
        "Letsel",
        [
            ("leeftijdsgroep", "Leeftijd van het kind"), ("soortLetsel", "Soort letsel"),
            ("plaatsLetsel", "Plaats op het lichaam"), ("verklaring", "Verklaring die is gegeven"),
            ("acuutGevaar", "Acuut gevaar"),
        ])

    static let step = part(
        "Stap van de meldcode",
        [
            ("element", "Onderdeel"), ("stap", "Stap"), ("datum", "Datum"), ("overgeslagen", "Overgeslagen"),
            ("uitgevoerdDoor", "Uitgevoerd door"), ("signaal", "Signaal"), ("gezetteStappen", "Gezette stappen"),
            ("besluit", "Besluit"), ("reden", "Reden van sluiten"), ("toelichting", "Toelichting"),
        ])

    static let correction = part(
        "Correctie",
        [
            ("soort", "Soort correctie"), ("velden", "Om welke gegevens"), ("datum", "Vastgesteld op"),
            ("toelichting", "Toelichting"),
        ])

    private static func part(_ heading: String, _ fields: [Field]) -> TextForm.Part {
        TextForm.Part(heading: heading, fields: fields)
    }
}

extension TextForm {
    /// The form of a kind of message.
    static func of(_ message: MessageKind) -> TextForm {
        switch message {
        case .letselduiding: TextForm(parts: [Fields.injury, Fields.administration], isAnonymous: true)
        case .lvsRegistratie:
            TextForm(parts: [Fields.child, Fields.step, Fields.safety, Fields.administration], isAnonymous: false)
        case .correctie:
            TextForm(
                parts: [
                    Fields.correction, Fields.child, Fields.others, Fields.substance, Fields.agreements, Fields.school,
                    Fields.administration,
                ], isAnonymous: false)
        default:
            TextForm(
                parts: [
                    message == .overleg ? Fields.meeting : Fields.occasion, Fields.safety, Fields.child, Fields.others,
                    Fields.substance, Fields.agreements, Fields.school, Fields.administration,
                ], isAnonymous: false)
        }
    }
}
