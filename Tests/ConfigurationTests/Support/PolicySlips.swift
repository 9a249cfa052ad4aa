// SPDX-License-Identifier: EUPL-1.2

extension Slip {
    private static let consent =
        "Buiten Veilig Thuis, Raad, GI, politie en verwijsindex kan een externe ontvanger alleen met toestemming ontvangen"

    /// Each invariant of the rules broken once, and each way to misread a policy.
    static let policy = [
        Slip(
            "leerling.voornamen", "‸leerling.vornamen",
            "error: Het veld “leerling.vornamen” bestaat niet in nl.meldcode.veiligthuismelding-besloten.v1. Did you mean “leerling.voornamen”?",
            in: .policy),
        Slip(
            "leerling.voornamen", "‸leerling.*",
            "error: “leerling.*”: a rule names every field it lets go. Write the fields out; a new field then stays until somebody decides on it.",
            in: .policy),
        Slip(
            "      - leerling.voornamen\n", "      - ‸leerling.bsn\n",
            "error: Het burgerservicenummer gaat niet naar buiten: de WPO noemt geen van deze ontvangers (WPO art. 182)",
            in: .policy),
        Slip(
            "leerling.voornamen", "leerling.voornamen\n      - ‸leerling.voornamen",
            "error: this stands in the list a second time. Keep one of the two.", in: .policy),
        Slip(
            "article: Wmo 2015 art. 5.2.6", "article: ‸\"\"",
            "error: expected a text, found an empty text. Fill it in, or remove the key.", in: .policy),
        Slip(
            "basis: wettelijkRecht, article: Wmo", "basis: publiekeTaak, article: Wmo",
            "error: AVG 6(1)(e) geldt hier alleen binnen het bevoegd gezag", in: .policy
        ).marking("    ground: ", "{basis: publiekeTaak"),
        Slip(
            "basis: wettelijkRecht, article: Wmo", "basis: geenPersoonsgegevens, article: Wmo",
            "error: Alleen een adviesvraag is zonder persoonsgegevens", in: .policy
        ).marking("    ground: ", "{basis: geenPersoonsgegevens"),
        Slip(
            "recipient: veilig-thuis\n", "recipient: hulpverlener\n", "error: \(consent)",
            also: ["Voor dit doel mag deze soort ontvanger niets krijgen"], in: .policy
        ).marking("    ground: ", "{basis: wettelijkRecht, article: Wmo"),
        Slip(
            "purpose: geweldStoppenOfOnderzoeken", "purpose: ‸opsporing",
            "error: Voor dit doel mag deze soort ontvanger niets krijgen", in: .policy),
        Slip(
            "conditions: []", "conditions: ‸[convenant]",
            "error: Wat ontbreekt houdt een melding bij Veilig Thuis, Raad, GI of politie nooit tegen; maak er een tekort van",
            in: .policy),
        Slip(
            "{need: always, roles: [meldingsbevoegde]}", "‸{need: none}",
            "error: In de verwijsindex registreert altijd een aangewezen meldingsbevoegde; automatisch melden is onrechtmatig",
            in: .policy),
        Slip(
            "{need: always, roles: [meldingsbevoegde]}", "‸{need: always, roles: [directie]}",
            "error: In de verwijsindex registreert altijd een aangewezen meldingsbevoegde; automatisch melden is onrechtmatig",
            in: .policy),
        Slip(
            "[convenant, herzieningsdatum, meldingsbevoegdeAangewezen, jongerDan23]",
            "‸[convenant, herzieningsdatum, meldingsbevoegdeAangewezen]",
            "error: De voorwaarde “jongerDan23” hoort hierbij", in: .policy),
        Slip(
            "fields: [leerling.geboortedatum]", "fields: [‸onderbouwing]",
            "error: De verwijsindex krijgt geen inhoud: “onderbouwing” is vrije tekst", in: .policy),
        Slip(
            "event: nl.meldcode.verwijsindexregistratie-gevraagd.v1\n    recipient: verwijsindex",
            "event: ‸nl.meldcode.veiligthuismelding-besloten.v1\n    recipient: veilig-thuis",
            "error: Er is al een regel voor dit type en deze soort ontvanger",
            also: ["Voor dit doel", "Wat ontbreekt houdt"], in: .policy),
        Slip(
            "basis: wettelijkRecht, article: Wmo", "basis: ‸wettelijkRech, article: Wmo",
            "error: “wettelijkRech” is no known basis. Did you mean “wettelijkRecht”?", in: .policy),
        Slip(
            "need: unless_submitted_in_role, roles: [directie]", "need: ‸sometimes, roles: [directie]",
            "error: “sometimes” is no known need. Known are: none, unless_submitted_in_role, always.",
            in: .policy),
        Slip(
            "{need: unless_submitted_in_role, roles: [directie]}", "‸{need: always}",
            "error: Zonder rol kan niemand bevestigen", in: .policy),
        Slip(
            "version: proef", "version: ‸twee woorden",
            "error: “twee woorden” cannot be an identifier. Use at most 64 letters, digits, “-”, “_” and “.”, such as “veilig-thuis-regio”.",
            in: .policy),
        Slip(
            "{need: unless_submitted_in_role, roles: [directie]}", "‸{need: none}",
            "error: Wat over een kind naar buiten gaat, bevestigt een persoon", in: .policy),
        Slip(
            "message: verwijsindexRegistratie", "message: ‸verwijsindexIntrekking",
            "error: Dit bericht hoort niet bij dit type gebeurtenis", in: .policy),
    ]
}
