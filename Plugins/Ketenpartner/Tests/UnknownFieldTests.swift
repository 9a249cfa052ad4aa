// SPDX-License-Identifier: EUPL-1.2
import Disclosures
import Testing
import Values

struct UnknownFieldTests {
    @Test(arguments: [MessageKind.verstrekking, .overleg, .lvsRegistratie, .correctie])
    func `shows what it has no label for`(_ kind: MessageKind) throws {
        let text = try Example.text(
            kind,
            [
                "nieuw": ["veld": "Kanarie 1"], "betrokkenen": [["rol": "ouder", "bijnaam": "Kanarie 2"]],
                "lijst": ["Kanarie 3", 4], "leerling": ["groep": "Kanarie 5"],
            ])
        #expect(text.contains("\n\nOverige gegevens\n"))
        for line in ["  nieuw.veld: Kanarie 1", "  lijst: Kanarie 3, 4", "  leerling.groep: Kanarie 5"] {
            #expect(text.contains(line))
        }
        #expect(text.contains("bijnaam: Kanarie 2"))
    }

    @Test func `names a stray field in an anonymous question, and does not show it`() throws {
        let text = try Example.text(
            .letselduiding, ["soortLetsel": ["anders"], "leerling": ["achternaam": "Kanarie"]],
            to: .deskundigeLetselduiding)
        #expect(text.hasSuffix("Overige gegevens\n  leerling.achternaam: (niet getoond: anoniem)"))
        #expect(!text.contains("Kanarie"))
    }

    @Test func `leaves out headings without fields`() throws {
        let text = try Example.text(.verstrekking, ["inhoud": ["feiten": "Iets."], "betrokkenen": [], "leerling": [:]])
        #expect(text.hasSuffix("\n\nFeiten en zorgen\n  Feiten: Iets."))
        #expect(!text.contains("Kind\n") && !text.contains("Andere betrokkenen"))
    }

    @Test func `phones first when there is no time`() throws {
        let acute = try Example.text(.verstrekking, ["acuutGevaar": true], to: .hulpverlener, name: "Wijkteam")
        #expect(acute.contains("\n\nAcuut gevaar: bel eerst 112."))
        #expect(acute.contains("Informeer het gezin nog niet"))
        let structural = try Example.text(.overleg, ["structureleOnveiligheid": true], to: .hulpverlener)
        #expect(structural.contains("\n\nStructurele onveiligheid: bel nu meteen Veilig Thuis"))
        #expect(!structural.contains("Informeer het gezin nog niet"))
        let calm = try Example.text(.overleg, ["acuutGevaar": false], to: .hulpverlener)
        #expect(!calm.contains("112"))
    }
}
