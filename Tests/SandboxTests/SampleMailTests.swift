// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Sandbox
import Testing

@Suite struct SampleMailTests {
    /// A sample that our own reader finds fault with would test the reader of the intake with rubbish.
    @Test func everySampleIsAMail() {
        for sample in SampleMail.all() {
            let mail = ParsedMail(sample.bytes)
            let text = String(decoding: sample.bytes.prefix(20_000), as: UTF8.self)
            let isSound = mail.problems.isEmpty && mail.header("MIME-Version") == "1.0" && !mail.text.isEmpty
            #expect(isSound, "\(sample.name): \(mail.problems)")
            let hasBareLineFeed = text.replacing("\r\n", with: "").contains("\n")
            #expect(!hasBareLineFeed, "\(sample.name)")
            let addresses = text.matches(of: /@[A-Za-z0-9.-]+/).map { String($0.output) }
            #expect(addresses.allSatisfy { $0.hasSuffix(".example") || $0 == "@proef" }, "\(sample.name)")
        }
    }

    @Test func samplesDifferAndAreTheSameEveryTime() {
        let all = SampleMail.all()
        #expect(Set(all.map(\.name)).count == all.count)
        #expect(Set(all.map { ParsedMail($0.bytes).header("Message-ID") ?? "" }).count == all.count)
        let isStable = SampleMail.all() == all
        #expect(isStable)
        var other = SampleMail.Thread()
        other.number = 2
        let isOther = SampleMail.reply(other).bytes != SampleMail.reply().bytes
        #expect(isOther)
    }

    @Test func aReplyQuotesTheReferenceAndAnswersOurMail() {
        var thread = SampleMail.Thread()
        thread.reference = "zaak-2026-0001"
        let mail = ParsedMail(SampleMail.reply(thread).bytes)
        #expect(mail.subject.contains("zaak-2026-0001"))
        #expect(mail.text.contains("VT-VOORBEELD-0042"))
        #expect(mail.header("In-Reply-To") == thread.messageID)
        #expect(mail.header("Auto-Submitted") == nil)
    }

    @Test func automaticMailsSaySo() {
        #expect(ParsedMail(SampleMail.automaticReply().bytes).header("auto-submitted") == "auto-replied")
        #expect(ParsedMail(SampleMail.portalNotice().bytes).header("auto-submitted") == "auto-generated")
        #expect(ParsedMail(SampleMail.portalNotice().bytes).text.contains("https://portaal.beveiligdemail.example/"))
        #expect(ParsedMail(SampleMail.matchNotice().bytes).text.contains("MATCH-VOORBEELD-0007"))
    }

    @Test func theSpoofedReplyComesFromElsewhere() {
        let mail = ParsedMail(SampleMail.spoofedReply().bytes)
        #expect(mail.header("From")?.contains("<hulp@veiligthuis-meldingen.example>") ?? false)
        #expect(mail.header("Authentication-Results")?.contains("dmarc=fail") ?? false)
        #expect(mail.subject == ParsedMail(SampleMail.reply().bytes).subject)
    }

    @Test func theLargeOneIsLargeAndItsPDFIsWhole() throws {
        let mail = ParsedMail(SampleMail.withLargePDF().bytes)
        let pdf = try #require(mail.attachments.first)
        #expect(pdf.contentType == "application/pdf" && pdf.fileName == "brief.pdf")
        #expect((2_900_000...3_000_000).contains(pdf.bytes.count))
        let isWhole =
            pdf.bytes.starts(with: Array("%PDF-1.4\n".utf8)) && pdf.bytes.suffix(6) == Array("%%EOF\n".utf8)[...]
        #expect(isWhole)
    }

    @Test func formsAreReadAsTheyWereMeant() {
        let nested = ParsedMail(SampleMail.nested().bytes)
        #expect(nested.text.contains("Beïndiging: wij sluiten kenmerk proef-kenmerk-1 af, zie de bijlage."))
        #expect(nested.attachments.compactMap(\.fileName) == ["logo.png", "beëindiging (1).pdf"])
        let latin = ParsedMail(SampleMail.latin1().bytes)
        #expect(latin.subject == "Re: coördinatie, kenmerk proef-kenmerk-1")
        #expect(latin.text.contains("coördinator is geïnformeerd"))
        let words = ParsedMail(SampleMail.encodedSubject().bytes)
        #expect(words.subject == "Re: Beveiligd bericht – kenmerk proef-kenmerk-1")
        #expect(words.header("From")?.contains("Veilig Thuis Voorbééld") ?? false)
        let forbidden = ParsedMail(SampleMail.withForbiddenAttachments().bytes)
        #expect(forbidden.attachments.count == 4)
    }
}
