// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
import Disclosures
public import PrivacyRules

/// Rules like those a board would use, built here so that the tests of the rules do not depend on the shipped file.
public enum SamplePolicy {
    /// Reports to the four urgent kinds, anonymous advice, both verwijsindex types, two within the board and one on consent.
    public static func make() throws -> Policy {
        try Policy(version: "proef-1", rules: rules)
    }

    public static let rules = urgent + [advice, registration, withdrawal] + internals + [onConsent]

    public static let reporters: [Role] = [.aandachtsfunctionaris, .eindverantwoordelijkeMelding, .directie]

    /// The fields of a report, without the pupil number, the BSN and the weighing.
    public static let reportFields: [FieldPath] =
        EventType.veiligThuisMeldingBesloten.schema.leaves.map(\.path).filter { path in
            let stays = ["zaak", "school", "indiener", "leerling.bsn", "leerling.leerlingnummer"]
            return !stays.contains(path.text) && !path.text.hasPrefix("afweging.")
                && path.text != "betrokkenen[].leerlingnummer"
        } + context

    private static let context = ["meldpoort.kenmerk", "meldpoort.school.brin", "meldpoort.school.naam"].map(
        FieldPath.init)

    private static let pupil = ["voorvoegsel", "achternaam", "geboortedatum", "geslacht"].map {
        FieldPath("leerling.\($0)")
    }

    private static let registrar = ["naam", "functie", "telefoon", "email"].map {
        FieldPath("meldpoort.meldingsbevoegde.\($0)")
    }

    private static let urgent: [Rule] = [
        report(to: .veiligThuis, .wettelijkRecht, "Wmo 2015 art. 5.2.6", .geweldStoppenOfOnderzoeken),
        report(to: .raadVoorDeKinderbescherming, .wettelijkRecht, "BW art. 1:240", .takenRaad),
        report(
            to: .gecertificeerdeInstelling, .wettelijkePlicht, "Jeugdwet art. 7.3.11(4)",
            .uitvoeringOndertoezichtstelling),
        report(to: .politie, .vitaalBelang, "AVG art. 6(1)(d)", .geweldStoppenOfOnderzoeken),
    ]

    private static func report(
        to kind: RecipientKind, _ basis: LegalGround.Basis, _ article: String, _ purpose: Purpose
    ) -> Rule {
        Rule(
            eventType: .veiligThuisMeldingBesloten, recipientKind: kind, message: .veiligThuisMelding,
            ground: LegalGround(basis: basis, article: article, summary: "Proefgrond."), purpose: purpose,
            fields: reportFields,
            confirmation: ConfirmationRule(need: .unlessSubmittedInRole, roles: reporters), conditions: [],
            shortfalls: Shortfall.allCases)
    }

    private static let advice = Rule(
        eventType: .adviesGevraagd, recipientKind: .veiligThuis, message: .veiligThuisAdvies,
        ground: LegalGround(
            basis: .geenPersoonsgegevens, article: "Besluit verplichte meldcode art. 2(2)b", summary: "Proefgrond."),
        purpose: .adviesVragen,
        fields: ["leeftijdsgroep", "soortZorg[]", "gezetteStappen[]", "vraag", "meldpoort.kenmerk"].map(FieldPath.init),
        confirmation: ConfirmationRule(need: .none, roles: []), conditions: [], shortfalls: [])

    public static let registration = Rule(
        eventType: .verwijsindexregistratieGevraagd, recipientKind: .verwijsindex, message: .verwijsindexRegistratie,
        ground: LegalGround(basis: .wettelijkRecht, article: "Jeugdwet art. 7.1.4.1", summary: "Proefgrond."),
        purpose: .betrokkenheidKenbaarMaken,
        fields: pupil + context + registrar
            + ["afsprakenMetBetrokkenen.geinformeerd", "afsprakenMetBetrokkenen.datum"].map(FieldPath.init),
        confirmation: ConfirmationRule(need: .always, roles: [.meldingsbevoegde]),
        conditions: [.convenant, .herzieningsdatum, .meldingsbevoegdeAangewezen, .jongerDan23], shortfalls: [])

    public static let withdrawal = Rule(
        eventType: .verwijsindexintrekkingGevraagd, recipientKind: .verwijsindex, message: .verwijsindexIntrekking,
        ground: LegalGround(basis: .wettelijkRecht, article: "Jeugdwet art. 7.1.4.5", summary: "Proefgrond."),
        purpose: .betrokkenheidKenbaarMaken,
        fields: pupil + context + registrar + ["reden", "kenmerkVerwijsindex"].map(FieldPath.init),
        confirmation: ConfirmationRule(need: .always, roles: [.meldingsbevoegde]),
        conditions: [.meldingsbevoegdeAangewezen], shortfalls: [])

    private static let internals: [Rule] = [
        Rule(
            eventType: .zorgGesignaleerd, recipientKind: .leerlingvolgsysteem, message: .veiligThuisAdvies,
            ground: LegalGround(basis: .publiekeTaak, article: "AVG art. 6(1)(e)", summary: "Proefgrond."),
            purpose: .opvolgingBinnenSchool,
            fields: ["leerling.leerlingnummer", "leerling.bsn", "datum", "signaal"].map(FieldPath.init),
            confirmation: ConfirmationRule(need: .none, roles: []), conditions: [], shortfalls: []),
        Rule(
            eventType: .stapGezet, recipientKind: .bestuur, message: .veiligThuisAdvies,
            ground: LegalGround(basis: .publiekeTaak, article: "AVG art. 6(1)(e)", summary: "Proefgrond."),
            purpose: .opvolgingBinnenSchool, fields: ["element", "datum"].map(FieldPath.init),
            confirmation: ConfirmationRule(need: .always, roles: [.aandachtsfunctionaris]), conditions: [],
            shortfalls: []),
    ]

    private static let onConsent = Rule(
        eventType: .veiligThuisMeldingBesloten, recipientKind: .hulpverlener, message: .veiligThuisMelding,
        ground: LegalGround(basis: .toestemming, article: "AVG art. 6(1)(a)", summary: "Proefgrond."),
        purpose: .hulpVerlenen, fields: ["leerling.achternaam", "inzageBetrokkenen.zorgen"].map(FieldPath.init),
        confirmation: ConfirmationRule(need: .always, roles: [.aandachtsfunctionaris]), conditions: [], shortfalls: [])
}
