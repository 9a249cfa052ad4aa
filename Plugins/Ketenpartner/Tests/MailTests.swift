// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import Disclosures
import Testing
import Values

struct MailTests {
    private static let sharing: JSONValue = [
        "doel": "takenRaad", "structureleOnveiligheid": true, "leerling": ["achternaam": "Voorbeeld-Achternaam"],
        "inhoud": ["feiten": "Drie keer zonder eten.\nEén keer ziek."],
        "afsprakenMetBetrokkenen": ["geinformeerd": true], "meldpoort": Example.context,
    ]

    @Test func `says nothing outside the attachments`() async throws {
        let sent = try await Example.mail(.verstrekking, Self.sharing, to: .raadVoorDeKinderbescherming)
        let mail = try #require(sent.mail)
        #expect(sent.outcome == .accepted(Receipt()))
        #expect(mail.to == ["post@partner.example"])
        #expect(mail.subject == "Beveiligd bericht, kenmerk MP-A1-7K2M")
        #expect(mail.attachments.map(\.fileName) == ["bericht-MP-A1-7K2M.txt", "bericht-MP-A1-7K2M.pdf"])
        for word in ["Voorbeeld-Achternaam", "School", "zonder", "99XX"] { #expect(!mail.text.contains(word)) }
        #expect(mail.text.hasPrefix("Geachte medewerker van de Raad voor de Kinderbescherming,\n"))
    }

    @Test func `tells the Raad`() async throws {
        let sent = try await Example.mail(
            .verstrekking, Self.sharing, to: .raadVoorDeKinderbescherming, counterpartReference: "RvdK-8")
        #expect(
            sent.text == """
                INFORMATIE VOOR DE RAAD VOOR DE KINDERBESCHERMING

                LET OP: de school ziet STRUCTURELE ONVEILIGHEID.
                De school geeft u deze informatie voor de taken van de Raad. Gebruik haar voor niets anders.

                Waarvoor
                --------
                  Doel: taken van de Raad

                Veiligheid
                ----------
                  Structurele onveiligheid: ja

                Kind
                ----
                  Achternaam: Voorbeeld-Achternaam

                Feiten en zorgen
                ----------------
                  Feiten:
                    Drie keer zonder eten.
                    Eén keer ziek.

                Afspraken met betrokkenen
                -------------------------
                  Betrokkenen geïnformeerd: ja

                School
                ------
                  School: School Voorbeeld
                  BRIN: 99XX

                Administratie
                -------------
                  Kenmerk van de school: MP-1

                Eerder contact
                --------------
                  Kenmerk van de ontvanger: RvdK-8


                """)
        guard case .pdf(let paper)? = sent.mail?.attachments.last?.content else {
            Issue.record("no PDF")
            return
        }
        #expect(DocumentText.text(of: paper).replacing("\r\n", with: "\n") == sent.text)
        #expect(sent.mail?.text.contains("Uw eigen kenmerk is RvdK-8.") == true)
    }

    @Test(arguments: [
        (RecipientKind.politie, "INFORMATIE VOOR DE POLITIE", "voor het doel dat hieronder staat"),
        (
            .gecertificeerdeInstelling, "INFORMATIE VOOR DE GECERTIFICEERDE INSTELLING",
            "uitvoering van de ondertoezichtstelling"
        ),
        (.hulpverlener, "INFORMATIE VOOR EEN HULPVERLENER", "met toestemming"),
    ])
    func `has words of its own for each partner`(kind: RecipientKind, title: String, words: String) async throws {
        let text = try await Example.mail(.verstrekking, Self.sharing, to: kind).text
        #expect(text.hasPrefix(title + "\n"))
        #expect(text.contains(words))
    }

    @Test func `asks about an injury without naming anybody`() async throws {
        let sent = try await Example.mail(
            .letselduiding,
            [
                "soortLetsel": ["blauwePlekken"], "acuutGevaar": true, "leerling": ["achternaam": "Kanarie"],
                "meldpoort": ["kenmerk": "MP-1"],
            ], to: .deskundigeLetselduiding, counterpartReference: "D-1")
        #expect(
            sent.text == """
                VRAAG OVER LETSEL (ANONIEM)

                De school vraagt wat het letsel hieronder kan betekenen.
                De vraag is anoniem: er staat niets in waaraan het kind of het gezin te herkennen is. Vraag daar ook niet \
                naar.

                Letsel
                ------
                  Soort letsel: blauwe plekken
                  Acuut gevaar: ja

                Administratie
                -------------
                  Kenmerk van de school: MP-1

                Overige gegevens
                ----------------
                  leerling.achternaam: (niet getoond: anoniem)


                """)
    }

    @Test func `asks to correct`() async throws {
        let sent = try await Example.mail(
            .correctie, ["soort": "rectificatie", "velden": ["leerling.geboortedatum"], "datum": "2026-11-20"],
            to: .politie)
        #expect(sent.text.hasPrefix("CORRECTIE VOOR DE POLITIE\n"))
        #expect(sent.text.contains("Zij vraagt u deze gegevens te verbeteren (AVG art. 16 en 19)."))
        #expect(sent.text.contains("  Om welke gegevens: kind: geboortedatum\n"))
    }

    @Test(arguments: [
        (MessageKind.overleg, RecipientKind.raadVoorDeKinderbescherming), (.correctie, .leerlingvolgsysteem),
        (.lvsRegistratie, .leerlingvolgsysteem), (.veiligThuisMelding, .politie),
    ])
    func `does not mail what is for a person`(message: MessageKind, kind: RecipientKind) async throws {
        let sent = try await Example.mail(message, ["datum": "2026-11-20"], to: kind)
        #expect(sent.mail == nil && sent.outcome == .rejected(.init(.contentNotRepresentable)))
    }
}
