// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Disclosures
public import PrivacyRules
import Values

/// Rules like those a board would use, built here so that the tests of the rules do not depend on the shipped file.
public enum SamplePolicy {
    /// Reports to the four urgent kinds, anonymous advice, both verwijsindex types, three within the board, two on consent and a rung.
    public static func make() throws -> Policy {
        try Policy(version: "proef-1", rules: rules)
    }

    public static let rules = urgent + [advice, registration, withdrawal] + internals + onConsent + [rung]

    /// Kinds that a report may go to as it stands; the GI needs a decision that names the ondertoezichtstelling.
    public static let reported: [RecipientKind] = [.politie, .raadVoorDeKinderbescherming, .veiligThuis]

    public static let validity = Validity(from: .earliest, reviewBy: .latest)
    public static let activity = Activity(name: "Proefactiviteit", confidential: "Vertrouwelijke proefactiviteit")

    public static let reporters: [Role] = [.aandachtsfunctionaris, .eindverantwoordelijkeMelding, .directie]

    /// The fields of a report, without the pupil number, the BSN and the weighing.
    public static let reportFields: [FieldPath] =
        EventType.veiligThuisMeldingBesloten.schema.leaves.map(\.path).filter { path in
            let stays = ["zaak", "school", "indiener", "leerling.bsn", "leerling.leerlingnummer"]
            return !stays.contains(path.text) && !path.text.hasPrefix("afweging.")
                && path.text != "betrokkenen[].leerlingnummer"
        } + context

    /// What tells where a report comes from.
    public static let origin = ["naam", "functie", "telefoon", "bereikbaar"].map { FieldPath("contactpersoon.\($0)") }

    private static let context = ["meldpoort.kenmerk", "meldpoort.school.brin", "meldpoort.school.naam"].map(
        FieldPath.init)

    /// The fields of a decision to share, as a partner of the chain may get them.
    public static let sharedFields: [FieldPath] =
        EventType.verstrekkingBesloten.schema.leaves.map(\.path).filter { path in
            ["leerling.voornamen", "leerling.achternaam", "leerling.geboortedatum", "betrokkenen[].rol"].contains(
                path.text)
                || ["betrokkenen[].naam", "leerling.adres.woonplaats"].contains(path.text)
                || ["inhoud.", "contactpersoon."].contains(where: path.text.hasPrefix)
        } + context

    private static let pupil = ["voorvoegsel", "achternaam", "geboortedatum", "geslacht"].map {
        FieldPath("leerling.\($0)")
    }

    private static let registrar = ["naam", "functie", "telefoon", "email"].map {
        FieldPath("meldpoort.meldingsbevoegde.\($0)")
    }

    private static let urgent: [Rule] = [
        report(to: .veiligThuis, .wettelijkRecht, "Wmo 2015 art. 5.2.6", .geweldStoppenOfOnderzoeken),
        report(to: .raadVoorDeKinderbescherming, .wettelijkRecht, "BW art. 1:240", .takenRaad),
        report(to: .politie, .vitaalBelang, "AVG art. 6(1)(d)", .acuutGevaarAfwenden),
        Rule(
            eventType: .verstrekkingBesloten, recipientKind: .gecertificeerdeInstelling, message: .verstrekking,
            ground: ground(.wettelijkePlicht, "Jeugdwet art. 7.3.11(4)"), purpose: .uitvoeringOndertoezichtstelling,
            fields: sharedFields,
            confirmation: ConfirmationRule(need: .unlessSubmittedInRole, roles: reporters),
            conditions: [.ondertoezichtstelling], shortfalls: Shortfall.allCases, origin: origin, activity: activity,
            validity: validity),
    ]

    private static func ground(_ basis: LegalGround.Basis, _ article: String) -> LegalGround {
        LegalGround(basis: basis, article: article, summary: "Proefgrond.")
    }

    private static func report(
        to kind: RecipientKind, _ basis: LegalGround.Basis, _ article: String, _ purpose: Purpose
    ) -> Rule {
        Rule(
            eventType: .veiligThuisMeldingBesloten, recipientKind: kind, message: .veiligThuisMelding,
            ground: ground(basis, article), purpose: purpose, fields: reportFields,
            confirmation: ConfirmationRule(need: .unlessSubmittedInRole, roles: reporters), conditions: [],
            shortfalls: Shortfall.allCases, origin: origin, activity: activity, validity: validity)
    }

    private static let advice = Rule(
        eventType: .adviesGevraagd, recipientKind: .veiligThuis, message: .veiligThuisAdvies,
        ground: ground(.geenPersoonsgegevens, "Besluit verplichte meldcode art. 2(2)b"), purpose: .adviesVragen,
        fields: ["leeftijdsgroep", "soortZorg[]", "gezetteStappen[]", "vraag", "meldpoort.kenmerk"].map(FieldPath.init),
        confirmation: ConfirmationRule(need: .none, roles: []), conditions: [], shortfalls: [], activity: activity,
        validity: validity)

    public static let registration = Rule(
        eventType: .verwijsindexregistratieGevraagd, recipientKind: .verwijsindex, message: .verwijsindexRegistratie,
        ground: ground(.wettelijkRecht, "Jeugdwet art. 7.1.4.1"), purpose: .betrokkenheidKenbaarMaken,
        fields: pupil + context + registrar
            + ["afsprakenMetBetrokkenen.geinformeerd", "afsprakenMetBetrokkenen.datum"].map(FieldPath.init),
        confirmation: ConfirmationRule(need: .always, roles: [.meldingsbevoegde]),
        conditions: [.convenant, .herzieningsdatum, .meldingsbevoegdeAangewezen, .jongerDan23, .risicoGenoemd],
        holds: [.informeren], shortfalls: [], activity: activity, validity: validity)

    public static let withdrawal = Rule(
        eventType: .verwijsindexintrekkingGevraagd, recipientKind: .verwijsindex, message: .verwijsindexIntrekking,
        ground: ground(.wettelijkRecht, "Jeugdwet art. 7.1.4.5"), purpose: .betrokkenheidKenbaarMaken,
        fields: pupil + context + registrar + ["reden", "kenmerkVerwijsindex"].map(FieldPath.init),
        confirmation: ConfirmationRule(need: .always, roles: [.meldingsbevoegde]),
        conditions: [.meldingsbevoegdeAangewezen], shortfalls: [], activity: activity, validity: validity)

    private static let internals: [Rule] = [
        Rule(
            eventType: .zorgGesignaleerd, recipientKind: .leerlingvolgsysteem, message: .lvsRegistratie,
            ground: ground(.publiekeTaak, "AVG art. 6(1)(e)"), purpose: .opvolgingBinnenSchool,
            fields: ["leerling.leerlingnummer", "leerling.bsn", "datum", "signaal"].map(FieldPath.init),
            confirmation: ConfirmationRule(need: .none, roles: []), conditions: [.herkomstOpen, .geenBijzondereVorm],
            holds: [.vrijgaveLvs, .vrijeTekst], shortfalls: [], activity: activity, validity: validity),
        Rule(
            eventType: .stapGezet, recipientKind: .bestuur, message: .kennisgeving,
            ground: ground(.publiekeTaak, "AVG art. 6(1)(e)"), purpose: .opvolgingBinnenSchool,
            fields: ["meldpoort.kenmerk", "meldpoort.school.brin"].map(FieldPath.init),
            confirmation: ConfirmationRule(need: .always, roles: [.aandachtsfunctionaris]), conditions: [],
            shortfalls: [], activity: activity, validity: validity),
    ]

    /// What came due, with everything that its event holds but its readers.
    public static let rung = Rule(
        eventType: .opschalingGedaan, recipientKind: .aandachtsfunctionaris, message: .opschaling,
        ground: ground(.publiekeTaak, "AVG art. 6(1)(e)"), purpose: .opvolgingBinnenSchool,
        fields: EventType.opschalingGedaan.schema.leaves.map(\.path).filter { $0.text != "lezers[]" },
        confirmation: ConfirmationRule(need: .none, roles: []), conditions: [], shortfalls: [], activity: activity,
        validity: validity)

    private static let onConsent: [Rule] = [
        Rule(
            eventType: .verstrekkingBesloten, recipientKind: .hulpverlener, message: .verstrekking,
            ground: ground(.toestemming, "AVG art. 6(1)(a)"), purpose: .hulpVerlenen, fields: sharedFields,
            confirmation: ConfirmationRule(need: .always, roles: [.aandachtsfunctionaris]), conditions: [],
            holds: [.informeren, .vrijeTekst], shortfalls: [.afwegingOntbreekt], origin: origin, activity: activity,
            validity: validity),
        Rule(
            eventType: .veiligThuisMeldingBesloten, recipientKind: .hulpverlener, message: .veiligThuisMelding,
            ground: ground(.toestemming, "AVG art. 6(1)(a)"), purpose: .hulpVerlenen,
            fields: ["leerling.achternaam", "inzageBetrokkenen.zorgen"].map(FieldPath.init),
            confirmation: ConfirmationRule(need: .always, roles: [.aandachtsfunctionaris]), conditions: [],
            holds: [.informeren, .vrijeTekst], shortfalls: [], activity: activity, validity: validity),
    ]
}
