// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import AdapterTesting
import Disclosures
import Testing
import Values
import VeiligThuis

struct ProcessRemarkTests {
    private static let mailbox = Recipient(
        id: "vt-proces", kind: .veiligThuisProces, name: "Procespostbus Voorbeeldregio", channel: .mail)

    private static let content: JSONValue = [
        "onderwerp": "terugkoppeling", "datum": "2026-11-20", "kenmerkOntvanger": "VT-117",
        "meldpoort": ["kenmerk": "MP-1", "school": ["brin": "99XX", "naam": "School Voorbeeld"]],
    ]

    private func sent(_ disclosure: Disclosure) async throws -> (mail: MailMessage?, outcome: Outcome) {
        let adapter = try VeiligThuisAdapter(
            settings: AdapterSettings(values: ["to_address": "proces@vt.example"], channel: "mail"))
        let transport = ScriptedTransport(.notSent(.init(.notSent)), mail: .answered(MailReceipt(code: 250)))
        let outcome = await adapter.deliver(disclosure, over: transport)
        return (transport.mails.first, outcome)
    }

    @Test func `is a mail of fixed words`() async throws {
        let disclosure = SampleMessage(.procesopmerking, to: Self.mailbox).disclosure.replacing(content: Self.content)
        let mail = try #require(try await sent(disclosure).mail)
        #expect(mail.subject == "Opmerking over het proces, kenmerk MP-A1-7K2M")
        #expect(mail.attachments.isEmpty)
        #expect(
            mail.text.replacing("\r\n", with: "\n") == """
                OPMERKING OVER HET PROCES

                Dit bericht gaat over het proces. Er staat niets in over een kind, een gezin of een zaak.
                De school hoort graag bij wie zij hierover terechtkan.

                Opmerking
                ---------
                  Onderwerp: Terugkoppeling
                  Wat de school opmerkt: De school heeft op het afgesproken moment nog niets gehoord, en vraagt wanneer \
                zij dat wel kan verwachten.
                  Datum waarom het gaat: 20-11-2026

                Kenmerken
                ---------
                  Uw kenmerk: VT-117
                  Ons kenmerk: MP-1
                  School: School Voorbeeld
                  BRIN: 99XX


                """)
    }

    @Test func `has no place for anything of a case`() async throws {
        var content = Self.content.object ?? [:]
        content["toelichting"] = "Kanarie"
        content["leerling"] = ["achternaam": "Kanarie"]
        content["inhoud"] = ["feiten": "Kanarie"]
        let disclosure = SampleMessage(.procesopmerking, to: Self.mailbox).disclosure
            .replacing(content: .object(content))
        #expect(try await sent(disclosure).mail?.text.contains("Kanarie") == false)
        let adapter = try VeiligThuisAdapter(settings: AdapterSettings(values: [:], channel: "handover"))
        #expect(try !String(describing: adapter.handover(disclosure)).contains("Kanarie"))
    }

    @Test(arguments: MessageKind.allCases.filter { $0 != .procesopmerking })
    func `sends the process mailbox nothing else`(_ kind: MessageKind) async throws {
        let disclosure = SampleMessage(kind, to: Self.mailbox).disclosure
        let (mail, outcome) = try await sent(disclosure)
        #expect(mail == nil && outcome == .rejected(.init(.contentNotRepresentable)))
        let adapter = try VeiligThuisAdapter(settings: AdapterSettings(values: [:], channel: "handover"))
        #expect(throws: HandoverImpossible.self) { try adapter.handover(disclosure) }
    }

    @Test(arguments: ["bereikbaarheid", "wachttijd", "bejegening", "terugkoppeling"])
    func `claims no breach`(_ subject: String) async throws {
        var content = Self.content.object ?? [:]
        content["onderwerp"] = .string(subject)
        let disclosure = SampleMessage(.procesopmerking, to: Self.mailbox).disclosure
            .replacing(content: .object(content))
        let text = try #require(try await sent(disclosure).mail?.text).lowercased()
        for word in ["termijn", "overschreden", "te laat", "wettelijk"] { #expect(!text.contains(word)) }
    }
}
