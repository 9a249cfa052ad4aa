// SPDX-License-Identifier: EUPL-1.2

extension Slip {
    private static let consent =
        "besides Veilig Thuis, Raad, GI, politie and verwijsindex, an external recipient needs basis: toestemming"

    /// Each invariant of the rules broken once, and each way to misread a policy.
    static let policy = [
        Slip(
            "leerling.voornamen", "‸leerling.vornamen",
            "error: there is no field “leerling.vornamen” in nl.meldcode.veiligthuismelding-besloten.v1. Did you mean “leerling.voornamen”?",
            in: .policy),
        Slip(
            "leerling.voornamen", "‸leerling.*",
            "error: “leerling.*”: a rule names every field it lets go. Write the fields out; a new field then stays until somebody decides on it.",
            in: .policy),
        Slip(
            "      - leerling.voornamen\n", "      - ‸leerling.bsn\n",
            "error: the burgerservicenummer does not leave the school: the WPO names none of these recipients (WPO art. 182)",
            in: .policy),
        Slip(
            "leerling.voornamen", "leerling.voornamen\n      - ‸leerling.voornamen",
            "error: this stands in the list a second time. Keep one of the two.", in: .policy),
        Slip(
            "article: Wmo 2015 art. 5.2.6", "article: ‸\"\"",
            "error: expected a text, found an empty text. Fill it in, or remove the key.", in: .policy),
        Slip(
            "basis: wettelijkRecht, article: Wmo", "basis: publiekeTaak, article: Wmo",
            "error: AVG 6(1)(e) holds only within the bevoegd gezag here", in: .policy
        ).marking("    ground: ", "{basis: publiekeTaak"),
        Slip(
            "basis: wettelijkRecht, article: Wmo", "basis: geenPersoonsgegevens, article: Wmo",
            "error: only a request for advice, an injury consult and a remark about the process are without personal data",
            in: .policy
        ).marking("    ground: ", "{basis: geenPersoonsgegevens"),
        Slip(
            "recipient: veilig-thuis\n", "recipient: hulpverlener\n", "error: \(consent)",
            also: ["this kind of recipient may get nothing for this purpose"], in: .policy
        ).marking("    ground: ", "{basis: wettelijkRecht, article: Wmo"),
        Slip(
            "purpose: geweldStoppenOfOnderzoeken", "purpose: ‸aangifte",
            "error: this kind of recipient may get nothing for this purpose", in: .policy),
        Slip(
            "conditions: []", "conditions: ‸[convenant]",
            "error: nothing missing ever holds a report to Veilig Thuis, Raad, GI or politie: make it a shortfall",
            in: .policy),
        Slip(
            "{need: always, roles: [meldingsbevoegde]}", "‸{need: none}",
            "error: a designated meldingsbevoegde always confirms for the verwijsindex: doing it automatically is unlawful",
            in: .policy),
        Slip(
            "{need: always, roles: [meldingsbevoegde]}", "‸{need: always, roles: [directie]}",
            "error: a designated meldingsbevoegde always confirms for the verwijsindex: doing it automatically is unlawful",
            in: .policy),
        Slip(
            "[convenant, herzieningsdatum, meldingsbevoegdeAangewezen, jongerDan23, risicoGenoemd]",
            "‸[convenant, herzieningsdatum, meldingsbevoegdeAangewezen, risicoGenoemd]",
            "error: the condition “jongerDan23” belongs here", in: .policy),
        Slip(
            "fields: [leerling.geboortedatum]", "fields: [‸onderbouwing]",
            "error: the verwijsindex gets no content: “onderbouwing” is free text", in: .policy),
        Slip(
            "event: nl.meldcode.verwijsindexregistratie-gevraagd.v1\n    recipient: verwijsindex",
            "event: ‸nl.meldcode.veiligthuismelding-besloten.v1\n    recipient: veilig-thuis",
            "error: there is already a rule for this type, kind of recipient and purpose in (part of) this period",
            also: ["may get nothing for this purpose", "nothing missing ever holds", "nothing missing ever holds"],
            in: .policy),
        Slip(
            "basis: wettelijkRecht, article: Wmo", "basis: ‸wettelijkRech, article: Wmo",
            "error: “wettelijkRech” is no known basis. Did you mean “wettelijkRecht”?", in: .policy),
        Slip(
            "need: unless_submitted_in_role, roles: [directie]", "need: ‸sometimes, roles: [directie]",
            "error: “sometimes” is no known need. Known are: none, unless_submitted_in_role, always.",
            in: .policy),
        Slip(
            "{need: unless_submitted_in_role, roles: [directie]}", "‸{need: always}",
            "error: without a role nobody can confirm", in: .policy),
        Slip(
            "version: proef", "version: ‸twee woorden",
            "error: “twee woorden” cannot be an identifier. Use at most 64 letters, digits, “-”, “_” and “.”, such as “veilig-thuis-regio”.",
            in: .policy),
        Slip(
            "{need: unless_submitted_in_role, roles: [directie]}", "‸{need: none}",
            "error: what leaves the school about a child is confirmed by a person", in: .policy),
        Slip(
            "message: verwijsindexRegistratie", "message: ‸verwijsindexIntrekking",
            "error: this message does not belong to this event type", in: .policy),
    ]
}
