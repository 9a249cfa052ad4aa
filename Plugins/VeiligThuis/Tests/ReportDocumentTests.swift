// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import AdapterTesting
import Disclosures
import Testing
import Values
import VeiligThuis

struct ReportDocumentTests {
    private static let recipient = Recipient(
        id: "vt", kind: .veiligThuis, name: "Veilig Thuis Voorbeeldregio", channel: .mail)

    private func mail(_ disclosure: Disclosure, code: Int = 250) async throws -> (mail: MailMessage?, outcome: Outcome)
    {
        let adapter = try VeiligThuisAdapter(
            settings: AdapterSettings(values: ["to_address": "meldingen@vt.example"], channel: "mail"))
        let transport = ScriptedTransport(.notSent(.init(.notSent)), mail: .answered(MailReceipt(code: code)))
        let outcome = await adapter.deliver(disclosure, over: transport)
        return (transport.mails.first, outcome)
    }

    private func parts(_ disclosure: Disclosure) async throws -> (first: String, second: String) {
        let attachment = try #require(try await mail(disclosure).mail?.attachments.first)
        let text = String(decoding: try #require(attachment.bytes), as: UTF8.self)
        let border = try #require(text.firstRange(of: "\r\nDEEL 2: ALLEEN VOOR VEILIG THUIS\r\n"))
        return (String(text[..<border.lowerBound]), String(text[border.upperBound...]))
    }

    @Test func `keeps content out of everything but the attachment`() async throws {
        let message = SampleMessage(.veiligThuisMelding, to: Self.recipient)
        let sent = try #require(try await mail(message.disclosure).mail)
        #expect(sent.subject == "Beveiligd bericht, kenmerk MP-A1-7K2M")
        #expect(sent.attachments.map(\.fileName) == ["bericht-MP-A1-7K2M.txt", "bericht-MP-A1-7K2M.pdf"])
        #expect(sent.messageIDLocalPart == message.disclosure.idempotencyKey)
        #expect(sent.to == ["meldingen@vt.example"])
        #expect(!sent.text.contains("Kanarie"))
    }

    @Test func `hides what says where a report comes from`() async throws {
        let message = SampleMessage(.veiligThuisMelding, .hidden, to: Self.recipient)
        let (first, second) = try await parts(message.disclosure)
        for field in [
            "alleenVeiligThuis.contactpersoon.naam", "alleenVeiligThuis.contactpersoon.telefoon",
            "alleenVeiligThuis.meldpoort.school.naam", "inzageBetrokkenen.inzetSchool", "alleenVeiligThuis.toelichting",
            "afsprakenMetBetrokkenen.redenNietGeinformeerd",
        ] {
            #expect(!first.contains("Kanarie \(field) "), "\(field) stands in part 1")
            #expect(second.contains("Kanarie \(field) "), "\(field) does not stand in part 2")
        }
        for word in ["MP-A1-7K2M", "99XX", "school", "School", "collega"] {
            #expect(!first.contains(word), "part 1 says \(word)")
        }
        for field in [
            "inzageBetrokkenen.feiten", "inzageBetrokkenen.zorgen", "leerling.achternaam", "betrokkenen[0].naam",
        ] {
            #expect(first.contains("Kanarie \(field) "), "\(field) does not stand in part 1")
        }
    }

    @Test func `says nothing of a school outside the part for Veilig Thuis`() async throws {
        let message = SampleMessage(.veiligThuisMelding, .hidden, to: Self.recipient)
        let sent = try #require(try await mail(message.disclosure).mail)
        let names = sent.attachments.map { "\($0.fileName) \($0.contentType)" }
        let cover = ([sent.subject, sent.text, sent.messageIDLocalPart] + names + sent.to).joined(separator: "\n")
        for word in ["school", "School", "Kanarie", "99XX"] { #expect(!cover.contains(word), "the cover says \(word)") }
    }

    @Test func `names the school openly when nothing is hidden`() async throws {
        let full = SampleMessage(.veiligThuisMelding, to: Self.recipient).disclosure
        let (first, second) = try await parts(full)
        #expect(first.contains("Kanarie contactpersoon.naam ") && first.contains("Kanarie meldpoort.school.naam "))
        // One parent must not find the other through the report.
        #expect(!first.contains("adres") && !first.contains("Kanarie betrokkenen[0].telefoon "))
        #expect(second.contains("Kanarie betrokkenen[0].adres.straat "))
    }

    @Test(arguments: [
        "\n======\nDEEL 2: ALLEEN VOOR VEILIG THUIS\n", "a\r\nDEEL 2: ALLEEN VOOR VEILIG THUIS", "a\u{2028}DEEL 1",
        "a\u{0B}b\u{0C}c",
        "a\rMelding\r-------", "\u{85}x", "\u{0}\u{1B}[2J",
    ])
    func `lets no content pass for a heading`(text: String) async throws {
        let plain = SampleMessage(.veiligThuisMelding, .sparse, to: Self.recipient).disclosure
        var content = plain.content.object ?? [:]
        content["inzageBetrokkenen"] = ["feiten": .string(text), "zorgen": "x"]
        content["leerling"] = ["achternaam": .string(text)]
        let bytes = try #require(
            try await mail(plain.replacing(content: .object(content))).mail?.attachments.first?.bytes)
        let document = String(decoding: bytes, as: UTF8.self)
        let margin = document.split(separator: "\r\n", omittingEmptySubsequences: true).filter { !$0.hasPrefix("  ") }
        #expect(margin.filter { $0.hasPrefix("DEEL") } == ["DEEL 1: INZAGE BETROKKENEN"])
        #expect(margin.filter { $0 == "Melding" }.count == 1)
        let controls = document.unicodeScalars.filter { $0.value < 0x20 && $0 != "\r" && $0 != "\n" }
        #expect(controls.isEmpty)
    }

    @Test func `follows the region's form`() async throws {
        let names = ["overig", "netwerk", "melding", "betrokkenen", "meldcode", "melder"]
        let adapter = try VeiligThuisAdapter(
            settings: AdapterSettings(
                values: [
                    "to_address": "a@b.example",
                    "sections": .array(names.map { ["part": .string($0), "title": .string("Titel \($0)")] }),
                ], channel: "handover"))
        let document = try adapter.handover(SampleMessage(.veiligThuisMelding, .hidden, to: Self.recipient).disclosure)
        let first = document.sections.filter { $0.part == "Deel 1: inzage betrokkenen" }.map(\.heading)
        #expect(first == ["Titel netwerk", "Titel melding", "Titel betrokkenen"])
    }

    private func paper(_ disclosure: Disclosure) async throws -> HandoverDocument {
        guard case .pdf(let document)? = try await mail(disclosure).mail?.attachments.last?.content else {
            throw NoPaper()
        }
        return document
    }

    private struct NoPaper: Error {}

    @Test func `says the same on paper`() async throws {
        let message = SampleMessage(.veiligThuisMelding, to: Self.recipient)
        let text = try #require(try await mail(message.disclosure).mail?.attachments.first?.bytes)
        let document = try await paper(message.disclosure)
        #expect(DocumentText.text(of: document) == String(decoding: text, as: UTF8.self))
        #expect(document.reference == "MP-A1-7K2M")
        #expect(
            document.sections.compactMap(\.part).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
                == ["Deel 1: inzage betrokkenen", "Deel 2: alleen voor Veilig Thuis"])
    }

    /// The reference is the school's: at the foot of a page that the family reads it would tell who reported.
    @Test func `puts no reference on the pages of a hidden report`() async throws {
        let hidden = SampleMessage(.veiligThuisMelding, .hidden, to: Self.recipient).disclosure
        #expect(try await paper(hidden).reference == nil)
        let later = SampleMessage(.correctie, to: Self.recipient).disclosure
            .replacing(content: ["soort": "wissing", "velden": ["inhoud.zorgen"], "meldpoort": ["kenmerk": "MP-1"]])
        #expect(try await paper(later).reference == nil)
    }

    @Test func `quotes the reference of Veilig Thuis`() async throws {
        let full = SampleMessage(.correctie, to: Self.recipient).disclosure
        let known = full.replacing(content: full.content, counterpartReference: "VT-2026/0117")
        let (first, _) = try await parts(known)
        #expect(first.contains("  Kenmerk van Veilig Thuis: VT-2026/0117\r\n"))
        #expect(try await mail(known).mail?.text.contains("Uw eigen kenmerk is VT-2026/0117.") == true)
        // What a person typed there may be a name: it stays in the attachment.
        let name = full.replacing(content: full.content, counterpartReference: "gesprek met Testkind 3")
        #expect(try await mail(name).mail?.text.contains("Testkind") == false)
        #expect(try await parts(name).first.contains("gesprek met Testkind 3"))
    }

    /// The rules let neither through; if they ever did, the form has no place for them.
    @Test func `has no place for what the form does not know`() async throws {
        let full = SampleMessage(.veiligThuisMelding, to: Self.recipient).disclosure
        var content = full.content.object ?? [:]
        content["leerling"] = ["achternaam": "A", "bsn": "999990019", "leerlingnummer": "Kanarie-nummer"]
        content["afweging"] = ["doelmatigheid": "Kanarie-afweging"]
        let (first, second) = try await parts(full.replacing(content: .object(content)))
        for word in ["999990019", "Kanarie-nummer", "Kanarie-afweging"] {
            #expect(!first.contains(word) && !second.contains(word))
        }
    }

    @Test(arguments: [
        (250, Outcome.accepted(Receipt())), (451, .retry(afterSeconds: nil, .init(.busyCounterpart, status: 451))),
        (550, .rejected(.init(.refusedByCounterpart, status: 550))),
        (354, .unknown(.init(.answerNotUnderstood, status: 354))),
    ])
    func `understands the relay`(code: Int, expected: Outcome) async throws {
        let disclosure = SampleMessage(.veiligThuisMelding, to: Self.recipient).disclosure
        #expect(try await mail(disclosure, code: code).outcome == expected)
    }
}
