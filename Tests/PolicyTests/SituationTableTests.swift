// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import CaseEvents
import Disclosures
import PrivacyRules
import Testing

/// The shipped rules, in every situation that can differ, against the practice as plain sentences.
@Suite struct SituationTableTests {
    @Test func theShippedRulesKeepThePracticeInEverySituation() async throws {
        let policy = try PolicyLoader.standard()
        let found = await SituationTable.findings(policy, .whole)
        print("Situations judged: \(found.situations), permitted: \(found.permitted)")
        #expect(found.breaches.sorted() == [])
        #expect(found.situations > 1_000_000)
        #expect(found.permitted > 10_000)
    }

    /// The hand-written table, and so which pairs have a rule at all, with its article and its fields.
    @Test func theShippedRulesAreTheExpectedOnes() throws {
        #expect(ExpectedRule.differences(try PolicyLoader.standard()) == [])
    }

    /// What stands in the table itself, whatever the file says.
    @Test func noListNamesWhatMayNeverGo() {
        for row in ExpectedRule.all {
            #expect(Set(row.fields).count == row.fields.count, "\(row.name)")
            #expect(Set(row.origin).isSubset(of: row.fields), "\(row.name)")
            let known = Set(SituationTable.paths(of: row.type))
            #expect(Set(row.paths).isSubset(of: known), "\(row.name)")
            #expect(!row.fields.contains { $0.hasSuffix("bsn") || $0.hasSuffix("leerlingnummer") }, "\(row.name)")
            #expect(!row.fields.contains { $0.hasPrefix("afweging.") || $0 == "zaak" || $0 == "indiener" })
            #expect(!row.fields.contains { $0.hasPrefix("alleenVeiligThuis") } || row.kind == .veiligThuis)
            // A remark about the process is the school's own: it names the school, and nobody.
            if row.type.isAnonymous, row.type != .procesopmerkingGemaakt {
                let naming = ["leerling", "betrokkenen", "contactpersoon", "meldpoort.school", "meldpoort.meldings"]
                #expect(!row.fields.contains { field in naming.contains { field.hasPrefix($0) } }, "\(row.name)")
            }
            if row.kind.scope == .extern, !row.type.isAnonymous, row.message != .correctie, row.kind != .verwijsindex {
                // Practice 12: every external disclosure says what was agreed with those concerned.
                #expect(Set(Fields.agreed).isSubset(of: row.fields), "\(row.name)")
            }
        }
    }
}
