// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Disclosures
import PrivacyRules
import Values

/// What the shipped rules must say, written out by hand from the law and the decided practice: a second statement, beside the file.
/// Whoever changes a rule changes it here too, and so says it twice.
struct ExpectedRule {
    let type: EventType
    let kind: RecipientKind
    let purpose: Purpose
    let message: MessageKind
    let basis: LegalGround.Basis
    let article: String
    let need: ConfirmationRule.Need
    let roles: [Role]
    var conditions: [Condition] = []
    var holds: [Hold] = []
    var shortfalls: [Shortfall] = []
    var activity: Activity
    let fields: [String]
    var origin: [String] = []

    /// Nothing goes before the law in its present form, and each ground has a day on which it is looked at again.
    static let from = "2019-01-01"
    static let reviewBy = ["2027-06-01", "2027-08-01"]

    var name: String { "\(type.shortName) → \(kind.rawValue) (\(purpose.rawValue))" }
    var paths: [FieldPath] { fields.map(FieldPath.init) }
    var originPaths: [FieldPath] { origin.map(FieldPath.init) }
}

/// Groups of fields, so that the lists can be read.
enum Fields {
    static let identity = [
        "leerling.voornamen", "leerling.voorvoegsel", "leerling.achternaam", "leerling.geboortedatum",
    ]
    static let sex = ["leerling.geslacht"]
    static let address = [
        "leerling.adres.straat", "leerling.adres.huisnummer", "leerling.adres.postcode", "leerling.adres.woonplaats",
    ]
    static let others = ["betrokkenen[].rol", "betrokkenen[].naam"]
    static let othersPhone = ["betrokkenen[].telefoon"]
    static let othersBirth = ["betrokkenen[].geboortedatum"]
    static let othersAddress = [
        "betrokkenen[].adres.straat", "betrokkenen[].adres.huisnummer", "betrokkenen[].adres.postcode",
        "betrokkenen[].adres.woonplaats",
    ]
    static let everyone = identity + sex + address + others + othersPhone + othersBirth + othersAddress
    static let readable = [
        "inzageBetrokkenen.feiten", "inzageBetrokkenen.zorgen", "inzageBetrokkenen.inzetSchool",
        "inzageBetrokkenen.krachten", "inzageBetrokkenen.verwachting",
    ]
    static let confidential = ["alleenVeiligThuis.grond", "alleenVeiligThuis.toelichting"]
    static let facts = ["inhoud.feiten"]
    static let worries = ["inhoud.zorgen"]
    static let efforts = ["inhoud.inzetSchool"]
    static let strengths = ["inhoud.krachten"]
    static let question = ["inhoud.vraag"]
    static let content = facts + worries + efforts + strengths + question
    static let contact = [
        "contactpersoon.naam", "contactpersoon.functie", "contactpersoon.telefoon", "contactpersoon.bereikbaar",
    ]
    static let steps = ["gezetteStappen[]"]
    static let agreed = [
        "afsprakenMetBetrokkenen.geinformeerd", "afsprakenMetBetrokkenen.datum", "afsprakenMetBetrokkenen.wie[]",
        "afsprakenMetBetrokkenen.toestemming", "afsprakenMetBetrokkenen.voorwaarden",
        "afsprakenMetBetrokkenen.redenNietGeinformeerd",
    ]
    static let special = ["bijzondereVorm"]
    static let acute = ["acuutGevaar"]
    static let structural = ["structureleOnveiligheid"]
    static let danger = special + acute + structural
    static let asked = ["verzoek"]
    static let reference = ["meldpoort.kenmerk"]
    static let school = ["meldpoort.school.brin", "meldpoort.school.naam"]
    static let own = reference + school
    static let notice = own + ["meldpoort.gebeurtenis", "meldpoort.datum"]
    static let registrar = [
        "meldpoort.meldingsbevoegde.naam", "meldpoort.meldingsbevoegde.functie", "meldpoort.meldingsbevoegde.telefoon",
        "meldpoort.meldingsbevoegde.email",
    ]
    static let youth = [
        "leerling.voorvoegsel", "leerling.achternaam", "leerling.geboortedatum", "leerling.geslacht",
    ]
    static let rung = [
        "opschaling", "datum", "niveau", "verplichtingen[].nummer", "verplichtingen[].school",
        "verplichtingen[].naamSchool", "verplichtingen[].trede", "verplichtingen[].vraag",
        "verplichtingen[].omschrijving",
        "verplichtingen[].kenmerk", "verplichtingen[].kenmerkKetenpartner", "verplichtingen[].ketenpartner",
        "verplichtingen[].sinds", "verplichtingen[].afgesprokenOp", "verplichtingen[].geprobeerd[]",
        "verplichtingen[].bellen",
    ]
    static let correction = ["soort", "velden[]", "datum", "toelichting"]
}

extension ExpectedRule {
    private static let deciders: [Role] = [.aandachtsfunctionaris, .eindverantwoordelijkeMelding, .directie]
    private static let helpers: [Role] = [.aandachtsfunctionaris, .directie]
    private static let basics: [Shortfall] = [
        .afwegingOntbreekt, .afsprakenOntbreken, .betrokkenenNietGeinformeerd, .geboortedatumOntbreekt,
        .contactpersoonOntbreekt, .feitenOntbreken,
    ]
    private static let origin = Fields.contact + Fields.school

    static let all: [ExpectedRule] =
        single + shared + meetings + corrections + notices + rungs + withoutCase

    private static let single: [ExpectedRule] = [
        ExpectedRule(
            type: .veiligThuisMeldingBesloten, kind: .veiligThuis, purpose: .geweldStoppenOfOnderzoeken,
            message: .veiligThuisMelding, basis: .wettelijkRecht, article: "Wmo 2015 art. 5.2.6",
            need: .unlessSubmittedInRole, roles: deciders, shortfalls: basics + [.stappenOntbreken],
            activity: Activity(name: "vt-melding-open", confidential: "vt-melding-herkomst-verborgen"),
            fields: Fields.everyone + Fields.readable + Fields.confidential + Fields.contact + Fields.steps
                + Fields.agreed + Fields.danger + ["verzoekOmTerugkoppeling"] + Fields.own,
            origin: origin + ["inzageBetrokkenen.inzetSchool"] + Fields.steps),
        ExpectedRule(
            type: .adviesGevraagd, kind: .veiligThuis, purpose: .adviesVragen, message: .veiligThuisAdvies,
            basis: .geenPersoonsgegevens, article: "Besluit verplichte meldcode art. 2(2)b en d", need: .none,
            roles: [],
            activity: Activity(name: "vt-advies"),
            fields: ["leeftijdsgroep", "soortZorg[]", "vraag"] + Fields.steps + Fields.danger + Fields.reference),
        ExpectedRule(
            type: .letselduidingGevraagd, kind: .deskundigeLetselduiding, purpose: .adviesVragen,
            message: .letselduiding,
            basis: .geenPersoonsgegevens, article: "Besluit verplichte meldcode art. 2(2)b", need: .none, roles: [],
            activity: Activity(name: "letselduiding"),
            fields: ["leeftijdsgroep", "soortLetsel[]", "plaatsLetsel[]", "verklaring"] + Fields.acute
                + Fields.reference),
        ExpectedRule(
            type: .verwijsindexregistratieGevraagd, kind: .verwijsindex, purpose: .betrokkenheidKenbaarMaken,
            message: .verwijsindexRegistratie, basis: .wettelijkRecht, article: "Jeugdwet art. 7.1.4.1", need: .always,
            roles: [.meldingsbevoegde],
            conditions: [.convenant, .herzieningsdatum, .meldingsbevoegdeAangewezen, .jongerDan23, .risicoGenoemd],
            holds: [.informeren], activity: Activity(name: "verwijsindex-registratie"),
            fields: Fields.youth + Fields.own + Fields.registrar
                + ["afsprakenMetBetrokkenen.geinformeerd", "afsprakenMetBetrokkenen.datum"]),
        ExpectedRule(
            type: .verwijsindexintrekkingGevraagd, kind: .verwijsindex, purpose: .betrokkenheidKenbaarMaken,
            message: .verwijsindexIntrekking, basis: .wettelijkRecht, article: "Jeugdwet art. 7.1.4.5", need: .always,
            roles: [.meldingsbevoegde], conditions: [.meldingsbevoegdeAangewezen],
            activity: Activity(name: "verwijsindex-intrekking"),
            fields: Fields.youth + Fields.own + Fields.registrar + ["reden", "kenmerkVerwijsindex"]),
        inFile(.stapGezet, ["element", "stap", "datum", "overgeslagen"]),
        inFile(.zaakAfgesloten, ["reden", "datum"]),
    ]

    /// In the LVS: no free text, released, and never of a hidden reporter or a special form (practice 6).
    private static func inFile(_ type: EventType, _ fields: [String]) -> ExpectedRule {
        ExpectedRule(
            type: type, kind: .leerlingvolgsysteem, purpose: .opvolgingBinnenSchool, message: .lvsRegistratie,
            basis: .publiekeTaak, article: "AVG art. 6(1)(e)", need: .none, roles: [],
            conditions: [.herkomstOpen, .geenBijzondereVorm], holds: [.vrijgaveLvs],
            activity: Activity(name: "lvs-registratie"), fields: fields + Fields.reference)
    }

    private static func onConsent(
        _ type: EventType, _ message: MessageKind, _ article: String, _ activity: String, shortfalls: [Shortfall],
        fields: [String], origin: [String]
    ) -> ExpectedRule {
        ExpectedRule(
            type: type, kind: .hulpverlener, purpose: .hulpVerlenen, message: message, basis: .toestemming,
            article: article, need: .unlessSubmittedInRole, roles: helpers, holds: [.informeren, .vrijeTekst],
            shortfalls: shortfalls, activity: Activity(name: activity), fields: fields, origin: origin)
    }

    private static func urgent(
        _ type: EventType, _ kind: RecipientKind, _ purpose: Purpose, _ message: MessageKind,
        _ basis: LegalGround.Basis, _ article: String, _ activity: Activity, conditions: [Condition] = [],
        shortfalls: [Shortfall], fields: [String], origin: [String]
    ) -> ExpectedRule {
        ExpectedRule(
            type: type, kind: kind, purpose: purpose, message: message, basis: basis, article: article,
            need: .unlessSubmittedInRole, roles: deciders, conditions: conditions, shortfalls: shortfalls,
            activity: activity, fields: fields, origin: origin)
    }

    private static func decided(
        _ kind: RecipientKind, _ purpose: Purpose, _ basis: LegalGround.Basis, _ article: String, _ activity: Activity,
        conditions: [Condition] = [], extra: [Shortfall] = [], fields: [String], origin: [String] = origin
    ) -> ExpectedRule {
        urgent(
            .verstrekkingBesloten, kind, purpose, .verstrekking, basis, article, activity, conditions: conditions,
            shortfalls: basics + [.verzoekerNietTeruggebeld] + extra,
            fields: fields + Fields.contact + Fields.agreed + Fields.asked + Fields.own, origin: origin)
    }

    private static let shared: [ExpectedRule] = [
        decided(
            .veiligThuis, .geweldStoppenOfOnderzoeken, .wettelijkRecht, "Wmo 2015 art. 5.2.6",
            Activity(name: "vt-verstrekking-open", confidential: "vt-verstrekking-herkomst-verborgen"),
            extra: [.stappenOntbreken],
            fields: Fields.everyone + Fields.content + Fields.steps + Fields.danger,
            origin: origin + Fields.efforts + Fields.steps),
        decided(
            .raadVoorDeKinderbescherming, .takenRaad, .wettelijkRecht, "BW art. 1:240",
            Activity(name: "raad-verstrekking"), extra: [.stappenOntbreken],
            fields: Fields.everyone + Fields.content + Fields.steps + Fields.danger,
            origin: origin + Fields.efforts + Fields.steps),
        // Only what carrying out the ondertoezichtstelling needs.
        decided(
            .gecertificeerdeInstelling, .uitvoeringOndertoezichtstelling, .wettelijkePlicht, "Jeugdwet art. 7.3.11(4)",
            Activity(name: "gi-verstrekking"), conditions: [.ondertoezichtstelling],
            fields: Fields.identity + Fields.others + Fields.facts + Fields.worries + Fields.efforts + Fields.question
                + Fields.danger, origin: origin + Fields.efforts),
        // Facts and no worries in an aangifte.
        decided(
            .politie, .aangifte, .wettelijkRecht, "Sv art. 161", Activity(name: "politie-aangifte"),
            fields: Fields.everyone + Fields.facts + Fields.question + Fields.special + Fields.acute),
        decided(
            .politie, .acuutGevaarAfwenden, .vitaalBelang, "AVG art. 6(1)(d)", Activity(name: "politie-acuut-gevaar"),
            fields: Fields.identity + Fields.sex + Fields.address + Fields.others + Fields.othersPhone
                + Fields.othersAddress + Fields.facts + Fields.worries + Fields.question + Fields.danger),
        decided(
            .politie, .vordering, .wettelijkePlicht, "Sv, het artikel dat op de vordering staat",
            Activity(name: "politie-vordering"), conditions: [.vordering],
            fields: Fields.identity + Fields.others + Fields.facts + Fields.question
                + ["vordering.artikel", "vordering.datum"]),
        onConsent(
            .verstrekkingBesloten, .verstrekking, "AVG art. 6(1)(a)", "hulp-verstrekking",
            shortfalls: [.afwegingOntbreekt, .contactpersoonOntbreekt],
            fields: Fields.identity + Fields.address + Fields.others + Fields.othersPhone + Fields.content
                + Fields.contact + Fields.agreed + Fields.own, origin: origin + Fields.efforts),
    ]

    private static func meeting(
        _ kind: RecipientKind, _ purpose: Purpose, _ basis: LegalGround.Basis, _ article: String, _ activity: Activity,
        conditions: [Condition] = [], content: [String], origin: [String] = origin + Fields.efforts
    ) -> ExpectedRule {
        urgent(
            .overlegGepland, kind, purpose, .overleg, basis, article, activity, conditions: conditions,
            shortfalls: basics,
            fields: Fields.identity + Fields.others + content + Fields.contact + Fields.agreed + Fields.danger
                + ["datum"] + Fields.own, origin: origin)
    }

    private static let meetings: [ExpectedRule] = [
        meeting(
            .veiligThuis, .geweldStoppenOfOnderzoeken, .wettelijkRecht, "Wmo 2015 art. 5.2.6",
            Activity(name: "vt-overleg-open", confidential: "vt-overleg-herkomst-verborgen"), content: Fields.content),
        meeting(
            .raadVoorDeKinderbescherming, .takenRaad, .wettelijkRecht, "BW art. 1:240", Activity(name: "raad-overleg"),
            content: Fields.content),
        meeting(
            .gecertificeerdeInstelling, .uitvoeringOndertoezichtstelling, .wettelijkePlicht, "Jeugdwet art. 7.3.11(4)",
            Activity(name: "gi-overleg"), conditions: [.ondertoezichtstelling],
            content: Fields.facts + Fields.worries + Fields.efforts + Fields.question),
        meeting(
            .politie, .acuutGevaarAfwenden, .vitaalBelang, "AVG art. 6(1)(d)", Activity(name: "politie-overleg"),
            content: Fields.facts + Fields.worries + Fields.question, origin: origin),
        onConsent(
            .overlegGepland, .overleg, "AVG art. 6(1)(a)", "hulp-overleg",
            shortfalls: [.afwegingOntbreekt, .contactpersoonOntbreekt],
            fields: Fields.identity + Fields.others + Fields.content + Fields.contact + Fields.agreed + ["datum"]
                + Fields.own, origin: origin + Fields.efforts),
    ]

    private static func corrected(
        _ kind: RecipientKind, _ purpose: Purpose, _ activity: Activity,
        fields: [String] = Fields.identity + Fields.sex + Fields.address
    ) -> ExpectedRule {
        urgent(
            .correctieVastgesteld, kind, purpose, .correctie, .wettelijkePlicht, "AVG art. 19", activity,
            shortfalls: [],
            fields: fields + Fields.correction + Fields.own, origin: Fields.school)
    }

    private static let corrections: [ExpectedRule] = [
        corrected(
            .veiligThuis, .geweldStoppenOfOnderzoeken,
            Activity(name: "vt-correctie-open", confidential: "vt-correctie-herkomst-verborgen")),
        corrected(.raadVoorDeKinderbescherming, .takenRaad, Activity(name: "raad-correctie")),
        corrected(
            .gecertificeerdeInstelling, .uitvoeringOndertoezichtstelling, Activity(name: "gi-correctie"),
            fields: Fields.identity),
        corrected(.politie, .aangifte, Activity(name: "politie-correctie")),
        onConsent(
            .correctieVastgesteld, .correctie, "AVG art. 6(1)(a) en 19", "hulp-correctie", shortfalls: [],
            fields: Fields.identity + Fields.address + Fields.correction + Fields.own, origin: Fields.school),
    ]
}

extension ExpectedRule {
    /// Within the board: that something was done, and no more (practice 7 and 30).
    private static func notice(
        _ type: EventType, _ kind: RecipientKind, article: String = "AVG art. 6(1)(e)"
    ) -> ExpectedRule {
        ExpectedRule(
            type: type, kind: kind, purpose: .opvolgingBinnenSchool, message: .kennisgeving, basis: .publiekeTaak,
            article: article, need: .none, roles: [], activity: Activity(name: "kennisgeving-intern"),
            fields: Fields.notice)
    }

    private static let notices: [ExpectedRule] = [
        notice(.veiligThuisMeldingBesloten, .directie), notice(.veiligThuisMeldingBesloten, .centraleContactpersoon),
        notice(.veiligThuisMeldingBesloten, .bestuur),
        notice(.medewerkerBetrokken, .bestuur, article: "WPO art. 4a en AVG art. 6(1)(e)"),
        notice(.procesopmerkingGemaakt, .centraleContactpersoon),
        notice(.drempelGemeld, .centraleContactpersoon),
    ]

    /// What is open and came due, for who must act or must know, without a case and without persons (practice 26).
    private static let rungs: [ExpectedRule] =
        [RecipientKind.aandachtsfunctionaris, .centraleContactpersoon, .bestuur, .directie].map { kind in
            ExpectedRule(
                type: .opschalingGedaan, kind: kind, purpose: .opvolgingBinnenSchool, message: .opschaling,
                basis: .publiekeTaak, article: "AVG art. 6(1)(e)", need: .none, roles: [],
                activity: Activity(name: "opschaling-intern"), fields: Fields.rung)
        }

    private static func published(_ type: EventType, _ message: MessageKind, _ fields: [String]) -> ExpectedRule {
        ExpectedRule(
            type: type, kind: .intranet, purpose: .kennisMeldcodeBevorderen, message: message, basis: .publiekeTaak,
            article: "WPO art. 4b en AVG art. 6(1)(e)", need: .unlessSubmittedInRole, roles: [.centraleContactpersoon],
            activity: Activity(name: "intranet-publicatie"), fields: fields + Fields.school)
    }

    private static let withoutCase: [ExpectedRule] = [
        ExpectedRule(
            type: .procesopmerkingGemaakt, kind: .veiligThuisProces, purpose: .samenwerkingVerbeteren,
            message: .procesopmerking, basis: .geenPersoonsgegevens, article: "AVG art. 4(1)",
            need: .unlessSubmittedInRole, roles: [.aandachtsfunctionaris, .centraleContactpersoon, .directie],
            activity: Activity(name: "vt-procesopmerking"),
            fields: ["onderwerp", "datum", "kenmerkOntvanger"] + Fields.own),
        published(
            .publicatieAangeboden, .publicatie,
            [
                "publicatie", "onderwerp", "titel", "samenvatting", "tekst", "afbeelding.bestandsnaam",
                "afbeelding.soort", "afbeelding.inhoud", "afbeelding.beschrijving",
            ]),
        published(.publicatieIngetrokken, .publicatieIntrekking, ["publicatie"]),
    ]
}

extension ExpectedRule {
    /// Every way in which a policy says something else than this table.
    static func differences(_ policy: Policy) -> [String] {
        var found: [String] = []
        var left = policy.rules
        for row in all {
            guard
                let index = left.firstIndex(where: {
                    $0.eventType == row.type && $0.recipientKind == row.kind && $0.purpose == row.purpose
                })
            else {
                found.append("\(row.name): no rule")
                continue
            }
            found += row.differences(left.remove(at: index)).map { "\(row.name): \($0)" }
        }
        let surplus = left.map {
            "\($0.eventType.shortName) → \($0.recipientKind.rawValue) (\($0.purpose.rawValue)): a rule that nobody expects"
        }
        return found + surplus
    }

    private func differences(_ rule: Rule) -> [String] {
        var found: [String] = []
        func compare<Value: Hashable>(_ part: String, _ given: [Value], _ expected: [Value]) {
            for value in Set(expected).subtracting(given) { found.append("\(part) without \(value)") }
            for value in Set(given).subtracting(expected) { found.append("\(part) with \(value)") }
            if given.count != Set(given).count { found.append("\(part) names something twice") }
        }
        compare("fields", rule.fields, paths)
        compare("origin", rule.origin, originPaths)
        compare("conditions", rule.conditions, conditions)
        compare("holds", rule.holds, holds)
        compare("shortfalls", rule.shortfalls, shortfalls)
        compare("roles", rule.confirmation.roles, roles)
        compare("need", [rule.confirmation.need], [need])
        compare("basis", [rule.ground.basis], [basis])
        compare("article", [rule.ground.article], [article])
        compare("message", [rule.message], [message])
        compare("activity", [rule.activity], [activity])
        compare("from", [rule.validity.from.description], [Self.from])
        compare("until", [rule.validity.until], [nil])
        if !Self.reviewBy.contains(rule.validity.reviewBy?.description ?? "") { found.append("review date") }
        return found
    }
}
