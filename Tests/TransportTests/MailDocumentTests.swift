// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Foundation
import Testing
import Values

@testable import Transport

/// The form of a mail, and what cannot stand in it.
struct MailDocumentTests {
    private func text(_ mail: MailMessage, at moment: Timestamp = whenever) throws -> String {
        let document = try #require(MailDocument(mail, sender: "meldpoort@bestuur.example", date: moment))
        return String(decoding: document.bytes, as: UTF8.self)
    }

    private func mail(
        to: [String] = ["a@vt.example"], subject: String = "Bericht", text: String = "tekst",
        file: String? = nil, type: String = "text/plain", id: String = "id-1"
    ) -> MailMessage {
        let attachments = file.map { [MailMessage.Attachment(fileName: $0, contentType: type, bytes: [1])] } ?? []
        return MailMessage(to: to, subject: subject, text: text, attachments: attachments, messageIDLocalPart: id)
    }

    @Test(arguments: [
        "", "a", "a@", "@b.nl", "a@b@c.nl", "a b@c.nl", "a@c.nl\r\nBcc: d@e.nl", "a@c.nl\n", "a@c.nl\0", "<a@c.nl>",
        "Naam <a@c.nl>",
        "a,b@c.nl", "a@c.nl> SIZE=1", "\"a\"@c.nl", "a@-c.nl", "a@c..nl", "é@c.nl", "a@ç.nl", ".a@c.nl", "a..b@c.nl",
        "a@c.nl.",
    ])
    func `An address that is not plain is refused, as recipient and as sender`(address: String) {
        #expect(MailDocument(mail(to: [address]), sender: "m@b.example", date: whenever) == nil)
        #expect(MailDocument(mail(to: ["a@b.nl", address]), sender: "m@b.example", date: whenever) == nil)
        #expect(MailDocument(mail(), sender: address, date: whenever) == nil)
    }

    @Test(arguments: ["a\r\nBcc: x@y.nl", "a\nb", "a\rb", "a\0b", "a\u{2028}b", "a\u{85}b", "a\tb"])
    func `A line break or control character in the head is refused`(text: String) {
        #expect(MailDocument(mail(subject: text), sender: "m@b.example", date: whenever) == nil)
        #expect(MailDocument(mail(file: text), sender: "m@b.example", date: whenever) == nil)
        #expect(MailDocument(mail(file: "a", type: "text/plain;\(text)"), sender: "m@b.example", date: whenever) == nil)
        #expect(MailDocument(mail(id: text), sender: "m@b.example", date: whenever) == nil)
    }

    @Test(arguments: ["", "a/b", "..\\b", String(repeating: "a", count: 256)])
    func `A file name with a path, or none, or too long, is refused`(name: String) {
        #expect(MailDocument(mail(file: name), sender: "m@b.example", date: whenever) == nil)
    }

    @Test(arguments: ["", "text", "text/", "/plain", "te xt/plain", "text/plain/x"])
    func `A content type that is none is refused`(type: String) {
        #expect(MailDocument(mail(file: "a", type: type), sender: "m@b.example", date: whenever) == nil)
    }

    @Test func `Nobody as recipient, or an empty id, is refused`() {
        #expect(MailDocument(mail(to: []), sender: "m@b.example", date: whenever) == nil)
        #expect(MailDocument(mail(id: ""), sender: "m@b.example", date: whenever) == nil)
        #expect(MailDocument(mail(id: "a@b"), sender: "m@b.example", date: whenever) == nil)
    }

    @Test func `A short ASCII subject stays as it is`() throws {
        #expect(try text(mail(subject: "Bericht 12 (nieuw)")).contains("\r\nSubject: Bericht 12 (nieuw)\r\n"))
    }

    @Test(arguments: [
        "Één bericht", "=?utf-8?B?YQ==?=", String(repeating: "lang ", count: 40), String(repeating: "🙂é", count: 60),
    ])
    func `Any other subject comes back from its encoded words`(subject: String) throws {
        let head = try text(mail(subject: subject)).split(separator: "\r\n")
        let start = try #require(head.firstIndex { $0.hasPrefix("Subject: ") })
        let end = try #require(head[(start + 1)...].firstIndex { !$0.hasPrefix(" ") })
        var decoded = ""
        for line in head[start..<end] {
            let word = line.replacing("Subject:", with: "").drop { $0 == " " }
            #expect(word.utf8.count <= 75)
            #expect(word.hasPrefix("=?utf-8?B?") && word.hasSuffix("?="))
            let bytes = try #require(Data(base64Encoded: String(word.dropFirst(10).dropLast(2))))
            // Each word holds whole characters.
            decoded += try #require(String(validating: bytes, as: UTF8.self))
        }
        #expect(decoded == subject)
    }

    @Test func `A file name beyond ASCII goes as RFC 2231`() throws {
        let head = try text(mail(file: "één verslag's \"a\".pdf"))
        #expect(head.contains("attachment;\r\n filename*=UTF-8''%C3%A9%C3%A9n%20verslag%27s%20%22a%22.pdf\r\n"))
    }

    @Test func `No line is longer than allowed, and all are ASCII`() throws {
        let long = mail(
            to: (0..<100).map { "adres\($0)@vt.example" }, subject: String(repeating: "é", count: 400),
            text: String(repeating: "é", count: 9999), file: String(repeating: "é", count: 127))
        let text = try text(long)
        #expect(text.utf8.allSatisfy { $0 < 128 })
        #expect(text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 998 })
        #expect(!text.replacing("\r\n", with: "").contains { $0 == "\r" || $0 == "\n" })
    }

    @Test(arguments: [
        ("2025-11-21T10:00:00Z", "Fri, 21 Nov 2025 10:00:00 +0000"),
        ("2024-02-29T23:59:59Z", "Thu, 29 Feb 2024 23:59:59 +0000"),
        ("1970-01-01T00:00:00Z", "Thu, 1 Jan 1970 00:00:00 +0000"),
        ("2026-03-01T00:00:09+02:00", "Sat, 28 Feb 2026 22:00:09 +0000"),
    ])
    func `The date is in UTC`(moment: String, expected: String) throws {
        #expect(MailDate.text(try #require(Timestamp(moment))) == expected)
    }

    @Test func `Base64 agrees with Foundation's`() {
        for count in 0..<200 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ count) }
            let expected = Data(bytes).base64EncodedString(
                options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed])
            #expect(Base64.lines(bytes) == expected)
        }
    }
}
