// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Mail
import Testing
import Values

/// What a person sees of a mail.
@Suite struct MailReadingTests {
    @Test func aPlainMail() throws {
        let mail = try Letter.read(Letter.plain(text: "Eerste regel\r\nTweede regel"))
        #expect(mail.sender.address == "mw@partner.example" && mail.sender.name == "Medewerker")
        #expect(mail.subject == "Uw bericht")
        #expect(mail.text.hasPrefix("Eerste regel\nTweede regel"))
        #expect(mail.date?.description.hasPrefix("2026-11-23T09:00:00") == true)
        #expect(!mail.isTextFromHTML && !mail.isIncomplete && mail.attachments.isEmpty)
    }

    @Test func encodedHeadersAndCharsets() throws {
        var bytes = Letter.bytes([
            "From: =?iso-8859-1?Q?Ren=E9e?= <r@partner.example>", "Subject: =?utf-8?B?w6nDqW4=?=",
            "Content-Type: text/plain; charset=windows-1252", "Content-Transfer-Encoding: 8bit", "", "",
        ])
        bytes += [0x80, 0x20, 0xE9, 0x0D, 0x0A]
        let mail = try Letter.read(bytes)
        #expect(mail.sender.name == "Renée" && mail.subject == "één")
        #expect(mail.text.hasPrefix("€ é"))
    }

    @Test func thePlainFormIsPreferredAndHTMLIsReadAsWords() throws {
        let html = [
            "Content-Type: text/html; charset=utf-8", "",
            """
            <html><head><title>weg</title><style>p{}</style></head><body onload="x()"><p>Beste<br>mevrouw,</p>
            <script>document.write("script")</script><div>U&nbsp;hoort <b>snel</b> &lt;iets&gt;</div>
            <table><tr><td>a</td><td>b</td></tr></table><!-- commentaar --><a href="https://kwaad.example/x">klik</a></body>
            """,
        ]
        let plain = ["Content-Type: text/plain", "", "Gewone tekst"]
        let both = try Letter.read(Letter.multipart([plain, html], subtype: "alternative"))
        #expect(both.text == "Gewone tekst" && !both.isTextFromHTML)
        let blank = try Letter.read(
            Letter.multipart([["Content-Type: text/plain", "", " "], html], subtype: "alternative"))
        #expect(blank.isTextFromHTML)
        #expect(blank.text == "Beste\nmevrouw,\nU hoort snel <iets>\na b\nklik")
    }

    @Test func attachmentsAreKeptByKindAndContent() throws {
        let parts = [
            ["Content-Type: text/plain", "", "Zie bijlagen."],
            Letter.attachment("application/pdf", name: "map/../brief.pdf", "%PDF-1.7 proef"),
            Letter.attachment("application/octet-stream", name: "Brief.PDF", "%PDF-1.4"),
            Letter.attachment("application/pdf", name: "vermomd.pdf", "MZ programma"),
            Letter.attachment("application/x-msdownload", name: "virus.exe", "MZ"),
            Letter.attachment("text/html", name: "x.html", "<script>"),
            Letter.attachment("text/plain", name: "notitie.txt", "Een notitie."),
        ]
        let mail = try Letter.read(Letter.multipart(parts))
        #expect(mail.text == "Zie bijlagen.")
        #expect(mail.attachments.map(\.number) == Array(1...6))
        #expect(
            mail.attachments.map(\.fileName) == [
                "brief.pdf", "Brief.PDF", "vermomd.pdf", "virus.exe", "x.html", "notitie.txt",
            ])
        #expect(
            mail.attachments.map(\.content) == [
                .kept(.pdf, bytes: Array("%PDF-1.7 proef".utf8)),
                .kept(.pdf, bytes: Array("%PDF-1.4".utf8)),
                .notKept(.inhoudPastNietBijSoort), .notKept(.soortNietToegestaan),
                .notKept(.soortNietToegestaan),
                .kept(.txt, bytes: Array("Een notitie.".utf8)),
            ])
    }

    @Test func limitsOnAttachments() throws {
        var limits = MailLimits()
        limits.maximumAttachmentBytes = 1_000
        limits.maximumAttachments = 2
        limits.allowedKinds = [.pdf]
        let big = "%PDF-" + String(repeating: "x", count: 2_000)
        let mail = try MailReader(limits: limits).read(
            Letter.multipart([
                Letter.attachment("application/pdf", name: "groot.pdf", big),
                Letter.attachment("text/plain", name: String(repeating: "n", count: 300) + ".txt", "tekst"),
                Letter.attachment("application/pdf", name: "derde.pdf", "%PDF-"),
            ]))
        let contents = mail.attachments.map(\.content)
        #expect(contents == [.notKept(.teGroot), .notKept(.soortNietToegestaan)])
        #expect(
            mail.attachments.last?.fileName.count == 100
                && mail.attachments.last?.fileName.hasSuffix(".txt") == true)
        #expect(mail.isIncomplete)
    }

    @Test func aForwardedMailIsReadToo() throws {
        let inner = [
            "Content-Type: message/rfc822", "", "From: x@partner.example", "Subject: Eerder bericht", "",
            "Terugkoppeling over MP-0A1B-2C3D-4E5F",
        ]
        let mail = try Letter.read(
            Letter.multipart([["Content-Type: text/plain", "", "Zie onder."], inner]))
        #expect(
            mail.text.contains("Zie onder.")
                && mail.text.contains("[Meegestuurd bericht: Eerder bericht]"))
        #expect(MailReferences.all(in: mail) == ["MP-0A1B-2C3D-4E5F"])
    }

    @Test func aReportNamesTheMessageItIsAbout() throws {
        let mail = try Letter.read(
            Letter.multipart(Letter.report, subtype: "report; report-type=delivery-status"))
        #expect(mail.signs.isDeliveryReport && mail.signs.reportsFailure)
        #expect(mail.answeredMessages.contains("0d6e8d2f-0000-4000-8000-000000000001"))
        #expect(MailReferences.all(in: mail).contains("MP-0A1B-2C3D-4E5F"))
        #expect(mail.attachments.isEmpty)
    }

    @Test func answeredMessagesAreFound() throws {
        let mail = try Letter.read(
            Letter.plain([
                "In-Reply-To: <0D6E8D2F-0000-4000-8000-000000000001@bestuur.example>",
                "References: <x@y.example>\r\n <0d6e8d2f-0000-4000-8000-000000000001@bestuur.example>",
            ]))
        #expect(mail.answeredMessages == ["0d6e8d2f-0000-4000-8000-000000000001", "x"])
    }

    @Test(
        arguments: [
            ("Kenmerk MP-0A1B-2C3D-4E5F.", ["MP-0A1B-2C3D-4E5F"]),
            ("mp-0a1b-2c3d-4e5f", ["MP-0A1B-2C3D-4E5F"]),
            ("[MP-0A1B-2C3D-\r\n> 4E5F]", ["MP-0A1B-2C3D-4E5F"]),
            ("MP‑0A1B–2C3D-4E5F", ["MP-0A1B-2C3D-4E5F"]),
            ("xMP-0A1B-2C3D-4E5F", []), ("MP-0A1B-2C3D-4E5F0", []), ("MP-0A1B-2C3D-4E5G", []),
            ("MP-0A1B-2C3D", []),
            ("MP-0A1B-2C3D-4E5F en MP-FFFF-FFFF-FFFF", ["MP-0A1B-2C3D-4E5F", "MP-FFFF-FFFF-FFFF"]),
            ("MP-0A1B-2C3D-4E5F MP-0A1B-2C3D-4E5F", ["MP-0A1B-2C3D-4E5F"]), ("", []), ("MP-", []),
        ] as [(String, [String])])
    func references(_ text: String, _ found: [String]) {
        #expect(MailReferences.references(in: text) == found)
    }

    @Test(
        arguments: [
            (
                "Zie https://user:pw@portaal.example/x?sleutel=1 nu",
                "Zie [link naar portaal.example weggelaten] nu"
            ),
            ("(http://a.example)", "([link naar a.example weggelaten]"),
            ("www.a.example/x", "[link naar www.a.example weggelaten]"),
            ("HTTPS://A.EXAMPLE", "[link naar a.example weggelaten]"),
            ("ftp://[::1]/", "[link naar een website weggelaten]"),
            ("a@b.example", "a@b.example"), ("gewone tekst\nregel", "gewone tekst\nregel"),
            ("javascript://%0aalert(1)", "[link naar een website weggelaten]"),
        ])
    func links(_ text: String, _ shown: String) {
        #expect(LinkGuard.withoutLinks(text) == shown)
    }

    @Test func theSameMessageHasTheSameIdentity() {
        let one = Letter.plain(["Received: by a"])
        let other = Letter.plain(["Received: by b; elders", "X-Spam: nee"])
        #expect(one != other && MailIdentity.bytes(of: one) == MailIdentity.bytes(of: other))
        #expect(MailIdentity.bytes(of: one) != MailIdentity.bytes(of: Letter.plain(text: "Anders.")))
        #expect(
            MailIdentity.bytes(of: one) != MailIdentity.bytes(of: Letter.plain(from: "x@partner.example"))
        )
    }
}
