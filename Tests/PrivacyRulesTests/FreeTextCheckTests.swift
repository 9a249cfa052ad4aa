// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Disclosures
import Testing
import Values

@testable import PrivacyRules

/// Practice 15: what a free text should not hold, told while it is written.
@Suite struct FreeTextCheckTests {
    private func kinds(_ text: String, others: [JSONValue] = []) throws -> Set<TextFinding.Kind> {
        let data: JSONValue = [
            "zaak": "z-1", "school": "00AA", "leerling": [:], "betrokkenen": .array(others),
            "inzageBetrokkenen": ["zorgen": .string(text)],
        ]
        let event = try CaseEvent(id: "e", source: "urn:test", type: .veiligThuisMeldingBesloten, data: data)
        let findings = FreeTextCheck.findings(in: event)
        #expect(findings.allSatisfy { $0.field.text == "inzageBetrokkenen.zorgen" && $0.text.count > 20 })
        return Set(findings.map(\.kind))
    }

    @Test(arguments: [
        "06-12345678", "06 12 34 56 78", "0612345678", "06.12.34.56.78", "06/12345678", "(010) 123 45 67",
        "010-1234567", "0123-456789", "+31612345678", "+31 6 12345678", "+31 (0)6 1234 5678", "0031 6 12345678",
        "06\u{2013}12345678", "06\u{A0}12345678", "groep 7 06-12345678", "06-12345678 010-1234567",
        "0800-2000 06-12345678", "bel 06-12345678, of mail", "tel:0612345678",
    ])
    func aPhoneNumberInAnyNotation(_ text: String) throws {
        #expect(try kinds("Zie \(text) voor contact").contains(.telefoonnummer), "\(text)")
        #expect(try kinds(text).contains(.telefoonnummer), "\(text)")
    }

    @Test(arguments: [
        "0800-2000", "bel 0800-2000 bij zorgen", "112", "0900-1113111", "op 12 maart 2026", "12-03-2026", "groep 7",
        "1234 AB", "0800-2000 10 keer", "om 08.30 uur", "06-1234567", "200 kinderen in 2026",
    ])
    func noPhoneNumber(_ text: String) throws {
        #expect(try kinds(text) == [], "\(text)")
    }

    @Test func aBurgerservicenummer() throws {
        #expect(try kinds("nummer 999990019.").contains(.burgerservicenummer))
        #expect(try kinds("nummer 9999 90 019.").contains(.burgerservicenummer))
        #expect(try kinds("nummer 999990018.") == [])
    }

    @Test func aMailAddress() throws {
        for text in ["a@b.nl", "mail <naam@school.example>", "a@b.nl;c@d.nl", "naam@school.example,"] {
            #expect(try kinds(text) == [.emailadres], "\(text)")
        }
        for text in ["om 10 @ school", "@klas", "a@b"] { #expect(try kinds(text) == [], "\(text)") }
    }

    @Test func theNameOfAnotherChild() throws {
        let brother: JSONValue = ["rol": "broerZus", "naam": "Testbroer Voorbeeld-Achternaam"]
        let parent: JSONValue = ["rol": "ouder", "naam": "Testouder Voorbeeld-Achternaam"]
        #expect(try kinds("Ook TESTBROER is bang.", others: [brother]) == [.andereLeerling])
        #expect(try kinds("Testbroer Voorbeeld-Achternaam is bang.", others: [brother]) == [.andereLeerling])
        #expect(try kinds("De testbroers zijn bang.", others: [brother]) == [])
        #expect(try kinds("Testouder schreeuwt.", others: [brother, parent]) == [])
        #expect(try kinds("Ook Testbroer is bang.") == [])
    }

    /// Advice to Veilig Thuis; a hold where consent is the ground, until somebody has looked.
    @Test func itHoldsOnlyWherePracticeLetsIt() throws {
        let policy = try SamplePolicy.make()
        let data: JSONValue = [
            "zaak": "z-1", "school": "00AA", "leerling": [:], "inzageBetrokkenen": ["zorgen": "bel 06-12345678"],
        ]
        let event = try CaseEvent(id: "e", source: "urn:test", type: .veiligThuisMeldingBesloten, data: data)
        var sample = SampleInput(event, to: .veiligThuis)
        sample.submitter = SampleInput.person("mw", [.directie])
        let urgent = policy.judge(sample.input)
        #expect(urgent.permit != nil && urgent.findings.map(\.kind) == [.telefoonnummer])
        var helper = SampleInput(event, to: .hulpverlener)
        for isChecked in [false, true] {
            helper.confirmation = GivenConfirmation(
                person: SampleInput.person("mw", [.aandachtsfunctionaris]), role: .aandachtsfunctionaris,
                textChecked: isChecked)
            #expect(policy.judge(helper.input).ruling.holds.contains(.vrijeTekst) == !isChecked)
        }
    }
}
