// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import CaseEvents
import Disclosures
import Foundation
import PrivacyRules
import Testing

@Suite struct PolicyTests {
    /// All that the rules that ship with the gateway let out; everything else stays.
    private static let permitted: [EventType: (message: MessageKind?, to: Set<RecipientKind>)] = [
        .veiligThuisMeldingBesloten: (.veiligThuisMelding, [.veiligThuis]),
        .adviesGevraagd: (.veiligThuisAdvies, [.veiligThuis]),
        .letselduidingGevraagd: (.letselduiding, [.deskundigeLetselduiding]),
        .verwijsindexregistratieGevraagd: (.verwijsindexRegistratie, [.verwijsindex]),
        .verwijsindexintrekkingGevraagd: (.verwijsindexIntrekking, [.verwijsindex]),
        .verstrekkingBesloten: (.verstrekking, RecipientKind.urgent.union([.hulpverlener])),
        .overlegGepland: (.overleg, RecipientKind.urgent.union([.hulpverlener])),
        .correctieVastgesteld: (.correctie, RecipientKind.urgent.union([.hulpverlener])),
        .stapGezet: (.lvsRegistratie, [.leerlingvolgsysteem]),
        .zaakAfgesloten: (.lvsRegistratie, [.leerlingvolgsysteem]),
        .procesopmerkingGemaakt: (.procesopmerking, [.veiligThuisProces]),
        .publicatieAangeboden: (.publicatie, [.intranet]),
        .publicatieIngetrokken: (.publicatieIntrekking, [.intranet]),
        .opschalingGedaan: (.opschaling, [.aandachtsfunctionaris, .centraleContactpersoon, .bestuur, .directie]),
    ]

    /// Who hears that something was done, and nothing more (practice 7 and 30).
    private static let noticed: [EventType: Set<RecipientKind>] = [
        .veiligThuisMeldingBesloten: [.directie, .centraleContactpersoon, .bestuur],
        .medewerkerBetrokken: [.bestuur], .procesopmerkingGemaakt: [.centraleContactpersoon],
        .drempelGemeld: [.centraleContactpersoon],
    ]

    @Test(arguments: EventType.allCases, RecipientKind.allCases)
    func exactlyThesePairsHaveARule(_ type: EventType, _ kind: RecipientKind) throws {
        let isNoticed = Self.noticed[type]?.contains(kind) ?? false
        let expected =
            isNoticed ? .kennisgeving : Self.permitted[type].flatMap { $0.to.contains(kind) ? $0.message : nil }
        let rules = try PolicyLoader.standard().rules(for: type, to: kind)
        #expect(Set(rules.map(\.message)) == Set([expected].compactMap { $0 }))
        let isForPolice = type == .verstrekkingBesloten && kind == .politie
        #expect(
            rules.map(\.purpose)
                == (isForPolice ? [.aangifte, .acuutGevaarAfwenden, .vordering] : rules.map(\.purpose)))
        #expect(rules.count == (expected == nil ? 0 : isForPolice ? 3 : 1))
    }

    private func rule(_ type: EventType, _ kind: RecipientKind) throws -> Rule {
        try #require(try PolicyLoader.standard().rule(for: type, to: kind))
    }

    private func leaves(_ type: EventType, except: Set<String>) -> Set<String> {
        Set(type.schema.leaves.map(\.path.text)).subtracting(except).subtracting(["zaak", "school", "indiener"])
    }

    @Test func reportToVeiligThuis() throws {
        let rule = try rule(.veiligThuisMeldingBesloten, .veiligThuis)
        let stays: Set = [
            "leerling.bsn", "leerling.leerlingnummer", "betrokkenen[].leerlingnummer", "afweging.doelmatigheid",
            "afweging.subsidiariteit",
            "afweging.proportionaliteit",
        ]
        #expect(
            Set(rule.fields.map(\.text))
                == leaves(.veiligThuisMeldingBesloten, except: stays).union([
                    "meldpoort.kenmerk", "meldpoort.school.brin", "meldpoort.school.naam",
                ]))
        #expect(rule.ground.basis == .wettelijkRecht)
        #expect(rule.ground.article == "Wmo 2015 art. 5.2.6")
        #expect(rule.purpose == .geweldStoppenOfOnderzoeken)
        #expect(rule.confirmation.need == .unlessSubmittedInRole)
        #expect(rule.confirmation.roles == [.aandachtsfunctionaris, .eindverantwoordelijkeMelding, .directie])
        #expect(rule.conditions.isEmpty)
        #expect(Set(rule.shortfalls) == Set(Shortfall.allCases).subtracting([.verzoekerNietTeruggebeld]))
        #expect(rule.activity == Activity(name: "vt-melding-open", confidential: "vt-melding-herkomst-verborgen"))
        #expect(
            Set(rule.origin.map(\.text)) == [
                "contactpersoon.naam", "contactpersoon.functie", "contactpersoon.telefoon", "contactpersoon.bereikbaar",
                "meldpoort.school.brin", "meldpoort.school.naam", "inzageBetrokkenen.inzetSchool", "gezetteStappen[]",
            ])
    }

    @Test func adviceOfVeiligThuis() throws {
        let rule = try rule(.adviesGevraagd, .veiligThuis)
        #expect(Set(rule.fields.map(\.text)) == leaves(.adviesGevraagd, except: []).union(["meldpoort.kenmerk"]))
        #expect(rule.ground.basis == .geenPersoonsgegevens)
        #expect(rule.purpose == .adviesVragen)
        #expect(rule.confirmation == ConfirmationRule(need: .none, roles: []))
        #expect(rule.conditions.isEmpty)
    }

    private static let identity = [
        "leerling.voorvoegsel", "leerling.achternaam", "leerling.geboortedatum", "leerling.geslacht",
        "meldpoort.kenmerk",
        "meldpoort.school.brin", "meldpoort.school.naam", "meldpoort.meldingsbevoegde.naam",
        "meldpoort.meldingsbevoegde.functie", "meldpoort.meldingsbevoegde.telefoon", "meldpoort.meldingsbevoegde.email",
    ]

    @Test func registrationInTheVerwijsindex() throws {
        let rule = try rule(.verwijsindexregistratieGevraagd, .verwijsindex)
        #expect(
            rule.fields.map(\.text) == Self.identity + [
                "afsprakenMetBetrokkenen.geinformeerd", "afsprakenMetBetrokkenen.datum",
            ])
        #expect(rule.ground.article == "Jeugdwet art. 7.1.4.1")
        #expect(rule.purpose == .betrokkenheidKenbaarMaken)
        #expect(rule.confirmation == ConfirmationRule(need: .always, roles: [.meldingsbevoegde]))
        #expect(
            Set(rule.conditions) == [
                .convenant, .herzieningsdatum, .meldingsbevoegdeAangewezen, .jongerDan23, .risicoGenoemd,
            ])
        #expect(rule.holds == [.informeren])
    }

    @Test func withdrawalFromTheVerwijsindex() throws {
        let rule = try rule(.verwijsindexintrekkingGevraagd, .verwijsindex)
        #expect(rule.fields.map(\.text) == Self.identity + ["reden", "kenmerkVerwijsindex"])
        #expect(rule.ground.article == "Jeugdwet art. 7.1.4.5")
        #expect(rule.confirmation == ConfirmationRule(need: .always, roles: [.meldingsbevoegde]))
        #expect(rule.conditions == [.meldingsbevoegdeAangewezen])
    }

    /// What the day-to-day text of the rules shows: each partner gets what it needs and no more.
    @Test(arguments: RecipientKind.allCases)
    func onlyWhatEachNeeds(_ kind: RecipientKind) throws {
        for rule in try PolicyLoader.standard().rules where rule.recipientKind == kind {
            let names = Set(rule.fields.map(\.text))
            let label = Comment(rawValue: "\(rule.eventType.shortName) → \(kind.configurationName)")
            #expect(!names.contains { $0.hasSuffix("bsn") || $0.hasSuffix("leerlingnummer") }, label)
            #expect(!names.contains { $0.hasPrefix("afweging.") }, label)
            if kind == .politie || kind == .gecertificeerdeInstelling {
                #expect(!names.contains("inhoud.krachten"), label)
            }
            if kind == .politie { #expect(!names.contains("inhoud.inzetSchool"), label) }
            if kind == .gecertificeerdeInstelling { #expect(!names.contains { $0.contains(".adres.") }, label) }
            if rule.eventType == .overlegGepland { #expect(!names.contains { $0.contains(".adres.") }, label) }
            if kind.scope == .intern { #expect(!names.contains { $0.hasPrefix("leerling.") }, label) }
        }
    }

    /// Practice 12. The verwijsindex gets no text, and what is anonymous names nobody who could be informed.
    @Test func everyExternalDisclosureSaysWhatWasAgreed() throws {
        for rule in try PolicyLoader.standard().rules where rule.recipientKind.scope == .extern {
            let agreed = rule.eventType.schema.leaves.map(\.path)
                .filter { $0.text.hasPrefix("afsprakenMetBetrokkenen.") }
            let expected =
                rule.recipientKind == .verwijsindex
                ? agreed.filter { $0.text.hasSuffix(".geinformeerd") || $0.text.hasSuffix(".datum") } : agreed
            let going = rule.fields.filter { $0.text.hasPrefix("afsprakenMetBetrokkenen.") }
            #expect(Set(going) == Set(expected), Comment(rawValue: rule.eventType.shortName))
        }
    }

    @Test func whatTellsTheOriginIsMarked() throws {
        let telling = [
            "contactpersoon.", "meldpoort.school.", "inhoud.inzetSchool", "inzageBetrokkenen.inzetSchool",
            "gezetteStappen",
        ]
        for rule in try PolicyLoader.standard().rules
        where rule.recipientKind.scope == .extern && rule.recipientKind != .verwijsindex && !rule.eventType.isAnonymous
        {
            let expected = rule.fields.filter { field in telling.contains { field.text.hasPrefix($0) } }
            #expect(Set(rule.origin) == Set(expected), Comment(rawValue: rule.eventType.shortName))
            if rule.recipientKind == .veiligThuis, !rule.origin.isEmpty {
                #expect(rule.activity.confidential != rule.activity.name)
            }
        }
    }

    @Test func everyGroundIsInForceAndIsLookedAtAgain() throws {
        for rule in try PolicyLoader.standard().rules {
            #expect(rule.isInForce(on: Site.today))
            #expect(rule.validity.reviewBy.map { $0 > Site.today } == true)
            #expect(rule.validity.until == nil)
        }
    }

    /// A struck ground is switched off by its last day, and its successor begins the day after, without a word of `check`.
    @Test func aRuleIsFollowedByAnother() throws {
        let text = Site.text(of: .policy)
        let start = try #require(text.firstRange(of: "  - event"))
        let second = try #require(text.ranges(of: "  - event").last)
        let earlier = text[start.lowerBound..<second.lowerBound]
            .replacing("geldig_van: 2019-01-01", with: "geldig_van: 2010-01-01\n    geldig_tot: 2018-12-31")
            .replacing("art. 5.2.6", with: "art. 0")
        let site = try Site([.policy: text.replacing("rules:\n", with: "rules:\n" + earlier)])
        #expect(site.report().isEmpty)
        let policy = try site.load().configuration.policy
        func article(_ day: String) -> String? {
            policy.rule(for: .veiligThuisMeldingBesloten, to: .veiligThuis, on: date(day))?.ground.article
        }
        #expect(article("2018-12-31") == "Wmo 2015 art. 0")
        #expect(article("2019-01-01") == "Wmo 2015 art. 5.2.6")
        #expect(article("2009-12-31") == nil)
    }

    @Test(arguments: [
        ("geldig_van: 2019-01-01", "geldig_van: 2019-01-02"), ("herzien_voor: 2027-08-01", "herzien_voor: 2027-08-02"),
        ("geldig_van: 2020-01-01", "geldig_van: 2020-01-01\n    geldig_tot: 2030-01-01"),
        ("naam: registratie", "naam: registraties"), ("herkomst_verborgen: melding-verborgen", "herkomst_verborgen: x"),
        ("holds: [informeren]", "holds: [informeren, vrijeTekst]"),
        ("herkomst: [contactpersoon.naam]", "herkomst: [contactpersoon.naam, leerling.achternaam]"),
    ])
    func everyKeyCountsForTheVersion(_ old: String, _ new: String) throws {
        let site = try Site()
        let version = try PolicyLoader.load("\(site.folder)/regels.yaml").version
        try site.write("regels.yaml", Site.text(of: .policy, replacing: old, with: new))
        #expect(try PolicyLoader.load("\(site.folder)/regels.yaml").version != version)
    }

    @Test func passedDatesAreOnlyToldWhereThereIsAToday() throws {
        let site = try Site([
            .policy: Site.text(of: .policy, replacing: "herzien_voor: 2027-08-01", with: "herzien_voor: 2020-08-01")
        ])
        #expect(site.report().count == 1)
        #expect(try PolicyLoader.load("\(site.folder)/regels.yaml").rules.count == 2)
    }

    @Test func versionFollowsWhatTheRulesSay() throws {
        let site = try Site()
        let path = "\(site.folder)/regels.yaml"
        let version = try PolicyLoader.load(path).version
        #expect(version.wholeMatch(of: /proef\+[0-9a-f]{12}/) != nil)
        try site.write("regels.yaml", "# remark\n" + Site.text(of: .policy))
        #expect(try PolicyLoader.load(path).version == version)
        try site.write("regels.yaml", Site.text(of: .policy).replacing("      - leerling.voornamen\n", with: ""))
        #expect(try PolicyLoader.load(path).version != version)
    }

    @Test func builtInRulesAreTheOnesInTheConfigurationFolder() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        #expect(
            try PolicyLoader.load(root.appendingPathComponent("Config/privacy/regels.yaml").path)
                == PolicyLoader.standard())
    }
}
