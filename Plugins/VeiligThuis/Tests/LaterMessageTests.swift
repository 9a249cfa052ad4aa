// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import AdapterTesting
import Disclosures
import Testing
import Values
import VeiligThuis

/// What comes after a report, as it stands in the attachment.
struct LaterMessageTests {
    private func text(_ kind: MessageKind, _ content: JSONValue) async throws -> String {
        let recipient = Recipient(id: "vt", kind: .veiligThuis, name: "Veilig Thuis Voorbeeldregio", channel: .mail)
        let adapter = try VeiligThuisAdapter(
            settings: AdapterSettings(values: ["to_address": "meldingen@vt.example"], channel: "mail"))
        let transport = ScriptedTransport(.notSent(.init(.notSent)), mail: .answered(MailReceipt(code: 250)))
        let disclosure = SampleMessage(kind, to: recipient).disclosure.replacing(content: content)
        #expect(await adapter.deliver(disclosure, over: transport) == .accepted(Receipt()))
        let bytes = try #require(transport.mails.first?.attachments.first?.bytes)
        return String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
    }

    private static let openContext: JSONValue = [
        "kenmerk": "MP-1", "school": ["brin": "99XX", "naam": "School Voorbeeld"],
    ]

    @Test func `answers a request`() async throws {
        let text = try await text(
            .verstrekking,
            [
                "doel": "geweldStoppenOfOnderzoeken", "verzoek": "R-7", "structureleOnveiligheid": true,
                "leerling": ["achternaam": "Voorbeeld-Achternaam", "adres": ["woonplaats": "Voorbeeldstad"]],
                "betrokkenen": [["rol": "ouder", "naam": "Ouder Voorbeeld", "telefoon": "000-1111111"]],
                "inhoud": [
                    "feiten": "Drie keer zonder eten gekomen.", "inzetSchool": "Twee gesprekken.",
                    "vraag": "Zie boven.",
                ],
                "afsprakenMetBetrokkenen": ["geinformeerd": true], "meldpoort": Self.openContext,
            ])
        #expect(
            text == """
                INFORMATIE VOOR VEILIG THUIS

                LET OP: de afzender ziet STRUCTURELE ONVEILIGHEID.
                Dit bericht komt naast het telefoongesprek, niet in plaats ervan.

                Dit document heeft twee delen. Deel 1 kunnen betrokkenen bij u inzien.
                Deel 2 is alleen voor Veilig Thuis: geef het niet ter inzage.

                ======================================================================
                DEEL 1: INZAGE BETROKKENEN
                ======================================================================

                Betrokkenen
                -----------
                  Kind: achternaam: Voorbeeld-Achternaam
                  Ouder: naam: Ouder Voorbeeld

                Informatie
                ----------
                  Structurele onveiligheid: ja
                  Feiten: Drie keer zonder eten gekomen.
                  Vraag, of antwoord op een vraag: Zie boven.

                Ondersteunend netwerk
                ---------------------
                  Inzet van de school en anderen: Twee gesprekken.

                Meldcode en afspraken met betrokkenen
                -------------------------------------
                  Betrokkenen geïnformeerd: ja

                Afzender
                --------
                  School: School Voorbeeld
                  BRIN: 99XX
                  Kenmerk van de school: MP-1

                Overige informatie
                ------------------
                  Kenmerk van het verzoek: R-7
                  Doel: geweld stoppen of laten onderzoeken

                ======================================================================
                DEEL 2: ALLEEN VOOR VEILIG THUIS
                ======================================================================

                Betrokkenen
                -----------
                  Kind: woonplaats: Voorbeeldstad
                  Ouder: telefoon: 000-1111111


                """)
    }

    @Test func `answers a request with the least`() async throws {
        let text = try await text(.verstrekking, ["inhoud": ["feiten": "Iets."]])
        #expect(
            text == """
                INFORMATIE VOOR VEILIG THUIS

                Dit document heeft twee delen. Deel 1 kunnen betrokkenen bij u inzien.
                Deel 2 is alleen voor Veilig Thuis: geef het niet ter inzage.

                ======================================================================
                DEEL 1: INZAGE BETROKKENEN
                ======================================================================

                Informatie
                ----------
                  Feiten: Iets.


                """)
    }

    /// A case whose reporter is hidden names neither school nor staff: what is left of the origin stays with Veilig Thuis.
    @Test func `does not name the school of a hidden case`() async throws {
        let text = try await text(
            .correctie,
            [
                "soort": "rectificatie", "datum": "2026-11-20", "toelichting": "Het adres was dat van de school.",
                "velden": ["leerling.geboortedatum", "inzageBetrokkenen.inzetSchool", "meldpoort.school.naam"],
                "leerling": ["achternaam": "Voorbeeld-Achternaam", "geboortedatum": "2016-03-04"],
                "meldpoort": ["kenmerk": "MP-1"],
            ])
        #expect(
            text == """
                CORRECTIE VOOR VEILIG THUIS

                Dit document heeft twee delen. Deel 1 kunnen betrokkenen bij u inzien.
                Deel 2 is alleen voor Veilig Thuis: geef het niet ter inzage.

                ======================================================================
                DEEL 1: INZAGE BETROKKENEN
                ======================================================================

                Betrokkenen
                -----------
                  Kind: achternaam: Voorbeeld-Achternaam
                  Kind: geboortedatum: 04-03-2016

                Informatie
                ----------
                  Soort correctie: rectificatie: de gegevens waren onjuist
                  Vastgesteld op: 20-11-2026
                  Om welke gegevens: kind: geboortedatum

                ======================================================================
                DEEL 2: ALLEEN VOOR VEILIG THUIS
                ======================================================================

                Informatie
                ----------
                  Om welke gegevens: inhoud: inzet van de school, meldpoort: school: naam

                Afzender
                --------
                  Kenmerk van de school: MP-1

                Overige informatie
                ------------------
                  Toelichting, alleen voor Veilig Thuis: Het adres was dat van de school.


                """)
    }

    @Test func `corrects with the least`() async throws {
        let text = try await text(
            .correctie, ["soort": "wissing", "velden": ["inhoud.zorgen"], "meldpoort": Self.openContext])
        #expect(
            text == """
                CORRECTIE VOOR VEILIG THUIS

                Dit document heeft twee delen. Deel 1 kunnen betrokkenen bij u inzien.
                Deel 2 is alleen voor Veilig Thuis: geef het niet ter inzage.

                ======================================================================
                DEEL 1: INZAGE BETROKKENEN
                ======================================================================

                Informatie
                ----------
                  Soort correctie: wissing: de gegevens moeten weg
                  Om welke gegevens: inhoud: zorgen

                Afzender
                --------
                  School: School Voorbeeld
                  BRIN: 99XX
                  Kenmerk van de school: MP-1


                """)
    }
}
