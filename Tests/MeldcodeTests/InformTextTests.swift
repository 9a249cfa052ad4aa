// SPDX-License-Identifier: EUPL-1.2
import Meldcode
import Testing
import Values

@Suite struct InformTextTests {
    static let occasions: [InformText.Occasion] = [
        .meldingVeiligThuis, .registratieVerwijsindex(indexName: "SISA"), .registratieVerwijsindex(indexName: nil),
        .matchVerwijsindex(indexName: "SISA"), .matchVerwijsindex(indexName: nil),
        .delenMetHulpverlener(name: "Wijkteam Voorbeeld", data: ["zorgen", "inzet van de school"]),
        .delenMetHulpverlener(name: "Wijkteam Voorbeeld", data: []),
    ]

    @Test(arguments: occasions, InformText.Audience.allCases)
    func everyTextAnswersEverything(_ occasion: InformText.Occasion, _ audience: InformText.Audience) {
        let text = InformText(occasion, for: audience, retention: "tot twee jaar na vertrek")
        #expect(text.sections.map(\.topic) == InformText.Topic.allCases)
        #expect(text.sections.allSatisfy { !$0.text.isEmpty && !$0.heading.isEmpty })
        #expect(!hasBareMelding(text.text))
        #expect(text.text.contains("bezwaar") || text.text.contains("intrekken"))
        #expect(text.text.contains("Autoriteit Persoonsgegevens"))
        #expect(text.text.contains("burgerservicenummer") || text.occasion.code == "matchVerwijsindex")
        #expect(text.json["onderdelen"]?.array?.count == 7)
        #expect(text.json["voorGebruik"]?.string == InformText.beforeUse)
    }

    /// “u” for parents, “je” for the pupil, never both.
    @Test(arguments: occasions)
    func oneFormOfAddress(_ occasion: InformText.Occasion) {
        let parents = InformText(occasion, for: .ouders).text
        let pupil = InformText(occasion, for: .leerling).text
        #expect(!words(in: parents).contains { ["je", "jij", "jou", "jouw"].contains($0.lowercased()) }, "\(parents)")
        #expect(!words(in: pupil).contains { ["u", "uw"].contains($0.lowercased()) }, "\(pupil)")
    }

    @Test func theRegionsOwnNameIsUsed() {
        for audience in InformText.Audience.allCases {
            for occasion in [
                InformText.Occasion.registratieVerwijsindex(indexName: "SISA"), .matchVerwijsindex(indexName: "SISA"),
            ] {
                let text = InformText(occasion, for: audience)
                #expect(text.title.contains("de verwijsindex (SISA)"))
                #expect(text.text.contains("2 jaar"))
                #expect(text.text.contains("23e verjaardag"))
            }
        }
    }

    @Test func whatIsSharedIsNamed() {
        let text = InformText(
            .delenMetHulpverlener(name: "Wijkteam Voorbeeld", data: ["feiten", "zorgen", "vraag"]), for: .ouders)
        #expect(text.text.contains("Alleen dit: feiten, zorgen en vraag."))
        #expect(text.title == "Over het delen van gegevens met Wijkteam Voorbeeld")
    }

    @Test func theSchoolsOwnTermIsTold() {
        let told = InformText(.meldingVeiligThuis, for: .ouders, retention: "tot twee jaar na vertrek").text
        #expect(told.contains("De school bewaart haar eigen dossier tot twee jaar na vertrek."))
        #expect(InformText(.meldingVeiligThuis, for: .ouders).text.contains("Vraag de school hoe lang"))
    }

    /// Sentences that people can read: 25 words at most (B1).
    @Test(arguments: occasions, InformText.Audience.allCases)
    func sentencesAreShort(_ occasion: InformText.Occasion, _ audience: InformText.Audience) {
        for section in InformText(occasion, for: audience).sections {
            for sentence in section.text.split(whereSeparator: { ".?!:".contains($0) }) {
                #expect(sentence.split(separator: " ").count <= 25, "\(sentence)")
            }
        }
    }

    @Test func staffAreWarnedFirst() {
        #expect(InformText.beforeUse.contains("informeer het gezin dan nog niet"))
        #expect(InformText.beforeUse.contains("0800-2000"))
    }
}
