// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import AdapterTesting
import Bestuur
import Disclosures
import Testing
import Values

struct NoticeTests {
    private func adapter(_ channel: String = "mail") throws -> BestuurAdapter {
        try BestuurAdapter(
            settings: AdapterSettings(
                values: [
                    "to_addresses": ["bestuur@voorbeeld.example", "ccp@voorbeeld.example"], "contact": "de school",
                ],
                channel: channel))
    }

    private func disclosure(
        _ kind: RecipientKind, _ channel: Channel, also other: [String: JSONValue] = [:]
    ) -> Disclosure {
        let recipient = Recipient(id: "bestuur", kind: kind, name: "Bestuur Voorbeeld", channel: channel)
        let content: [String: JSONValue] = [
            "meldpoort": [
                "kenmerk": "MP-1", "gebeurtenis": "Tot melding bij Veilig Thuis besloten", "datum": "2026-11-20",
                "school": ["brin": "99XX", "naam": "School Voorbeeld"],
            ]
        ]
        return SampleMessage(.kennisgeving, to: recipient).disclosure
            .replacing(content: .object(content.merging(other) { _, new in new }))
    }

    @Test func `says what was done and where, and no more`() async throws {
        let transport = ScriptedTransport(.notSent(.init(.notSent)), mail: .answered(MailReceipt(code: 250)))
        let message = disclosure(.bestuur, .mail, also: ["leerling": ["achternaam": "Kanarie"], "inhoud": "Kanarie"])
        #expect(try await adapter().deliver(message, over: transport) == .accepted(Receipt()))
        let mail = try #require(transport.mails.first)
        #expect(mail.to == ["bestuur@voorbeeld.example", "ccp@voorbeeld.example"])
        #expect(mail.subject == "Bericht van Meldpoort, kenmerk MP-A1-7K2M")
        #expect(mail.attachments.isEmpty)
        #expect(
            mail.text.replacing("\r\n", with: "\n") == """
                BERICHT VAN MELDPOORT

                Op een school is iets gedaan dat u hoort te weten.
                Dit bericht zegt niets over een kind, een gezin of de inhoud van een zaak.

                Wat er is gedaan
                ----------------
                  Wat: Tot melding bij Veilig Thuis besloten
                  Datum: 20-11-2026
                  School: School Voorbeeld
                  BRIN: 99XX
                  Kenmerk: MP-1
                  Vragen: de school


                """)
    }

    @Test func `tells a teacher whom to ask`() async throws {
        let transport = ScriptedTransport(.notSent(.init(.notSent)), mail: .answered(MailReceipt(code: 250)))
        _ = try await adapter().deliver(disclosure(.leerkracht, .mail), over: transport)
        let text = try #require(transport.mails.first?.text)
        #expect(text.contains("een zorg die u of een collega heeft gedeeld"))
        #expect(text.contains("aandachtsfunctionaris"))
    }

    @Test func `is passed on by a person`() throws {
        let document = try adapter("handover").handover(disclosure(.directie, .handover))
        #expect(document.instruction.hasPrefix("Geef dit bericht aan Bestuur Voorbeeld"))
        #expect(document.sections.map(\.heading) == ["Wat er is gedaan"])
        #expect(document.sections[0].lines.map(\.label) == ["Wat", "Datum", "School", "BRIN", "Kenmerk", "Vragen"])
    }

    @Test(arguments: MessageKind.allCases.filter { $0 != .kennisgeving && $0 != .opschaling })
    func `brings nothing else`(_ kind: MessageKind) async throws {
        let recipient = Recipient(id: "bestuur", kind: .bestuur, name: "Bestuur", channel: .mail)
        let transport = ScriptedTransport(.notSent(.init(.notSent)), mail: .answered(MailReceipt(code: 250)))
        let message = SampleMessage(kind, to: recipient).disclosure
        #expect(try await adapter().deliver(message, over: transport) == .rejected(.init(.contentNotRepresentable)))
        #expect(transport.mails.isEmpty)
        #expect(throws: HandoverImpossible.self) { try adapter("handover").handover(message) }
    }
}
