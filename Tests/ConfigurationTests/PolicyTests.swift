// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import CaseEvents
import Disclosures
import Foundation
import PrivacyRules
import Testing

@Suite struct PolicyTests {
    /// All that the rules that ship with the gateway let out; everything else stays.
    private static let permitted: [String: MessageKind] = [
        "nl.meldcode.veiligthuismelding-besloten.v1 veilig-thuis": .veiligThuisMelding,
        "nl.meldcode.advies-gevraagd.v1 veilig-thuis": .veiligThuisAdvies,
        "nl.meldcode.verwijsindexregistratie-gevraagd.v1 verwijsindex": .verwijsindexRegistratie,
        "nl.meldcode.verwijsindexintrekking-gevraagd.v1 verwijsindex": .verwijsindexIntrekking,
    ]

    @Test(arguments: EventType.allCases, RecipientKind.allCases)
    func exactlyThesePairsHaveARule(_ type: EventType, _ kind: RecipientKind) throws {
        let expected = Self.permitted["\(type.rawValue) \(kind.configurationName)"]
        #expect(try PolicyLoader.standard().rule(for: type, to: kind)?.message == expected)
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
        #expect(Set(rule.shortfalls) == Set(Shortfall.allCases))
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
        #expect(Set(rule.conditions) == Set(Condition.allCases))
    }

    @Test func withdrawalFromTheVerwijsindex() throws {
        let rule = try rule(.verwijsindexintrekkingGevraagd, .verwijsindex)
        #expect(rule.fields.map(\.text) == Self.identity + ["reden", "kenmerkVerwijsindex"])
        #expect(rule.ground.article == "Jeugdwet art. 7.1.4.5")
        #expect(rule.confirmation == ConfirmationRule(need: .always, roles: [.meldingsbevoegde]))
        #expect(rule.conditions == [.meldingsbevoegdeAangewezen])
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
