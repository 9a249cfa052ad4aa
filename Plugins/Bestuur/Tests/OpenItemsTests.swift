// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import AdapterTesting
import Bestuur
import Disclosures
import Testing
import Values

/// A rung of the ladder as its readers get it: neutral, with everything that calling takes, and nothing of the case.
struct OpenItemsTests {
    private func adapter(
        _ channel: String = "mail", addresses: [JSONValue] = [], contact: JSONValue? = "de centrale contactpersoon"
    ) throws -> BestuurAdapter {
        var values: [String: JSONValue] = ["to_addresses": .array(addresses)]
        values["contact"] = contact
        return try BestuurAdapter(settings: AdapterSettings(values: .object(values), channel: channel))
    }

    private static let feedback: JSONValue = [
        "nummer": 17, "school": "99XX", "naamSchool": "School Voorbeeld", "trede": "contact",
        "vraag": "Neem contact op en leg vast wat u hoort.", "omschrijving": "Terugkoppeling over het eerste besluit",
        "kenmerk": "MP-7F3K-22QX",
        "kenmerkKetenpartner": "VT-2026-0017", "ketenpartner": "Veilig Thuis Voorbeeldregio", "sinds": "2026-11-02",
        "afgesprokenOp": "2026-11-09", "geprobeerd": ["10-11-2026: herinnering", "12-11-2026: gebeld, niet bereikt"],
        "bellen": "0800-2000",
    ]
    private static let yearly: JSONValue = [
        "nummer": 21, "school": "99XX", "naamSchool": "School Voorbeeld", "trede": "herinnering",
        "vraag": "Pak het op.", "omschrijving": "Plan van aanpak voor dit schooljaar", "sinds": "2026-09-01",
        "afgesprokenOp": "2026-11-20",
    ]

    private static func item(_ item: JSONValue, _ changes: [String: JSONValue]) -> JSONValue {
        .object((item.object ?? [:]).merging(changes) { _, new in new })
    }

    private static func message(
        _ level: String = "school", _ items: [JSONValue] = [feedback], channel: Channel = .mail,
        to readers: [String] = ["af@voorbeeld.example"], also other: [String: JSONValue] = [:]
    ) -> Disclosure {
        let recipient = Recipient(
            id: "af", kind: .aandachtsfunctionaris, name: "Aandachtsfunctionarissen", channel: channel)
        let content: [String: JSONValue] = [
            "opschaling": "0c8a7d7e", "datum": "2026-11-16", "niveau": .string(level), "verplichtingen": .array(items),
        ]
        return SampleMessage(.opschaling, to: recipient).disclosure
            .replacing(content: .object(content.merging(other) { _, new in new })).addressed(to: readers)
    }

    private func mail(_ disclosure: Disclosure, addresses: [JSONValue] = []) async throws -> MailMessage {
        let transport = ScriptedTransport(.notSent(.init(.notSent)), mail: .answered(MailReceipt(code: 250)))
        #expect(try await adapter(addresses: addresses).deliver(disclosure, over: transport) == .accepted(Receipt()))
        return try #require(transport.mails.first)
    }

    @Test func `says what is open, what was tried and whom to call`() async throws {
        let mail = try await mail(
            Self.message(
                also: ["leerling": ["achternaam": "Kanarie"], "lezers": ["Kanarie"], "toelichting": "Kanarie"]))
        #expect(mail.to == ["af@voorbeeld.example"])
        #expect(mail.subject == "Bericht van Meldpoort: 1 openstaande verplichting, School Voorbeeld")
        #expect(mail.attachments.isEmpty)
        #expect(
            mail.text.replacing("\r\n", with: "\n") == """
                BERICHT VAN MELDPOORT

                Er staat iets open op uw school.

                Wat wij u vragen
                ----------------
                  Vraag: Neem contact op en leg vast wat u hoort.
                  Waarom u: neem eerst zelf contact op, het liefst per telefoon
                  Over verplichting: 17

                Verplichting 17
                ---------------
                  School: School Voorbeeld (99XX)
                  Wat: Terugkoppeling over het eerste besluit
                  Van wie: Veilig Thuis Voorbeeldregio
                  Open sinds: 02-11-2026
                  Afgesproken of gebruikelijke dag: 09-11-2026
                  Al gedaan:
                    10-11-2026: herinnering
                    12-11-2026: gebeld, niet bereikt
                  Noem hun kenmerk: VT-2026-0017
                  Noem ons kenmerk: MP-7F3K-22QX
                  Bel: 0800-2000
                  Bekijk: meldpoort owed show 17
                  Leg contact vast: meldpoort owed contact 17
                  Leg een antwoord vast: meldpoort feedback record

                Tot slot
                --------
                  Als er een antwoord is: Leg het in Meldpoort vast, ook een antwoord per telefoon of brief. Dan stopt dit bericht.
                  Vragen: de centrale contactpersoon
                  Stand van: 16-11-2026
                  Let op: Dit bericht bevat met opzet niets over de zaak zelf.


                """)
    }

    @Test func `a day's items are one mail, with each question once`() async throws {
        let other = Self.item(Self.feedback, ["nummer": 23, "school": "99YY", "naamSchool": "School Elders"])
        let mail = try await mail(Self.message("bestuur", [Self.feedback, Self.yearly, other]))
        #expect(mail.subject == "Bericht van Meldpoort: 3 openstaande verplichtingen, 2 scholen")
        let sections = mail.text.split(separator: "\r\n\r\n").map(String.init)
        #expect(
            sections.map { String($0.prefix { !$0.isNewline }) } == [
                "BERICHT VAN MELDPOORT", "Op 2 scholen staat iets open.", "Wat wij u vragen", "Verplichting 17",
                "Verplichting 23", "Wat wij u vragen", "Verplichting 21", "Tot slot",
            ])
        guard sections.count == 8 else { return }
        #expect(sections[2].contains("Over verplichting: 17, 23"))
        #expect(sections[3].contains("School: School Voorbeeld (99XX)"))
        #expect(sections[4].contains("School: School Elders (99YY)"))
    }

    @Test func `what is for the whole board stands with no school`() async throws {
        let plan = Self.item(Self.yearly, ["school": .null, "naamSchool": .null])
        let alone = try await mail(Self.message("centraleContactpersoon", [plan]))
        #expect(alone.subject == "Bericht van Meldpoort: 1 openstaande verplichting")
        #expect(alone.text.contains("Er staat iets open.\r\n"))
        #expect(alone.text.contains("School: het hele bestuur\r\n"))
        let beside = try await mail(Self.message("centraleContactpersoon", [plan, Self.feedback]))
        #expect(beside.subject == "Bericht van Meldpoort: 2 openstaande verplichtingen, School Voorbeeld")
        #expect(beside.text.contains("Op een school staat iets open.\r\n"))
    }

    @Test func `what the school owes itself names nobody to call`() async throws {
        let mail = try await mail(Self.message("school", [Self.feedback, Self.yearly]))
        #expect(mail.subject == "Bericht van Meldpoort: 2 openstaande verplichtingen, School Voorbeeld")
        let sections = mail.text.split(separator: "\r\n\r\n").map(String.init)
        #expect(sections.count { $0.hasPrefix("Verplichting ") } == 2)
        let yearly = try #require(sections.first { $0.hasPrefix("Verplichting 21") })
        // What the school owes itself has nobody to call, and no feedback to record.
        for word in ["Van wie", "kenmerk", "Bel:", "Leg contact", "feedback"] {
            #expect(!yearly.contains(word), "\(word)")
        }
        #expect(yearly.contains("Al gedaan: nog niets vastgelegd"))
    }

    /// Each reader is a recipient of the mail; nobody twice, and nothing that is no address.
    @Test func `goes to its readers and not to the recipient's own addresses`() async throws {
        let readers = ["af@voorbeeld.example", "directie@voorbeeld.example", "af@voorbeeld.example", "Naam <a@b.c>"]
        let mail = try await mail(Self.message(to: readers), addresses: ["bestuur@voorbeeld.example"])
        #expect(mail.to == ["af@voorbeeld.example", "directie@voorbeeld.example"])
        let transport = ScriptedTransport(.notSent(.init(.notSent)), mail: .answered(MailReceipt(code: 250)))
        let adapter = try adapter(addresses: ["bestuur@voorbeeld.example"])
        #expect(
            await adapter.deliver(Self.message(to: []), over: transport) == .rejected(OutcomeReason(.noReader)))
        #expect(transport.mails.isEmpty)
    }

    @Test func `is refused when nobody is to read it`() async throws {
        let transport = ScriptedTransport(.notSent(.init(.notSent)), mail: .answered(MailReceipt(code: 250)))
        for readers in [[], ["geen adres"]] {
            let outcome = try await adapter().deliver(Self.message(to: readers), over: transport)
            #expect(outcome == .rejected(OutcomeReason(.noReader)))
        }
        let recipient = Recipient(id: "ccp", kind: .centraleContactpersoon, name: "Ccp", channel: .mail)
        let notice = SampleMessage(.kennisgeving, to: recipient).disclosure.addressed(to: ["af@voorbeeld.example"])
        // A notice has no readers of its own: it goes to the recipient's addresses, or nowhere.
        #expect(try await adapter().deliver(notice, over: transport) == .rejected(OutcomeReason(.noReader)))
        #expect(transport.mails.isEmpty)
    }

    @Test func `only notices by mail need addresses`() {
        func lacks(_ message: MessageKind, _ channel: String, _ addresses: JSONValue? = nil) -> [String]? {
            let values = JSONValue.object(addresses.map { ["to_addresses": $0] } ?? [:])
            return BestuurAdapter.lack(in: AdapterSettings(values: values, channel: channel), for: message)?.path
        }
        #expect(lacks(.kennisgeving, "mail") == ["to_addresses"])
        #expect(lacks(.kennisgeving, "mail", []) == ["to_addresses"])
        #expect(lacks(.kennisgeving, "mail", ["a@b.example"]) == nil)
        #expect(lacks(.kennisgeving, "handover") == nil)
        #expect(lacks(.opschaling, "mail") == nil)
    }

    @Test func `no person passes it on`() throws {
        #expect(throws: HandoverImpossible.self) {
            try adapter("handover").handover(Self.message(channel: .handover))
        }
        #expect(BestuurAdapter.specification.messages(over: .handover) == [.kennisgeving])
    }

    /// The law sets no term for telling the reporter: the words ask, name the agreed or usual day, and claim nothing.
    @Test(arguments: ["herinnering", "contact", "centraleContactpersoon", "bestuur", "onbekend"])
    func `is neutral on every rung`(_ rung: String) async throws {
        let items = [Self.feedback, Self.yearly].map { Self.item($0, ["trede": .string(rung)]) }
        let level = ["centraleContactpersoon", "bestuur"].contains(rung) ? rung : "school"
        let text = try await mail(Self.message(level, items)).text.lowercased()
        let words = Set(text.split { !$0.isLetter }.map(String.init))
        #expect(words.isDisjoint(with: ["verplicht", "overtreding", "verzuim", "laat", "moet", "moeten", "schuld"]))
        #expect(text.contains("afgesproken of gebruikelijke dag"))
        #expect(text.hasSuffix("dit bericht bevat met opzet niets over de zaak zelf.\r\n\r\n"))
    }

    @Test func `a school's name cannot break the subject`() async throws {
        let mail = try await mail(
            Self.message("school", [Self.item(Self.feedback, ["naamSchool": "De Wilg\r\nBcc: a@b.example"])]))
        #expect(mail.subject == "Bericht van Meldpoort: 1 openstaande verplichting, De Wilg Bcc: a@b.example")
    }
}
