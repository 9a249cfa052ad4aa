// SPDX-License-Identifier: EUPL-1.2
import Sandbox
import Testing

@Suite struct ParsedMailTests {
    private static let head =
        "Date: Mon, 1 Sep 2025 10:00:00 +0200\r\nFrom: a@b.invalid\r\nMessage-ID: <1@b.invalid>\r\n"

    private func parse(_ text: String, head: String = head) -> ParsedMail { ParsedMail(Array((head + text).utf8)) }

    @Test func aReportWithAttachments() {
        let mail = parse(
            """
            Subject: =?UTF-8?B?TWVsZGluZyB1aXQg?=\r
             =?utf-8?Q?Voorbeeld_=C3=A9=C3=A9n?= (2)\r
            MIME-Version: 1.0\r
            Content-Type: multipart/mixed;\r
             boundary="een=grens"\r
            \r
            Voor wie geen MIME leest.\r
            --een=grens\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Transfer-Encoding: quoted-printable\r
            \r
            Er is een bericht =\r
            voor u: =C3=A9=C3=A9n.\r
            --een=grens\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Disposition: attachment; filename*=UTF-8''melding%20%C3%A9%C3%A9n.txt\r
            Content-Transfer-Encoding: base64\r
            \r
            SW5ob3\r
            VkIMOpCg==\r
            --een=grens\r
            Content-Type: application/octet-stream; name="=?utf-8?Q?oud=2Ebin?="\r
            \r
            ruw\r
            --een=grens--\r
            slot\r

            """)
        #expect(mail.problems == [])
        #expect(mail.subject == "Melding uit Voorbeeld één (2)")
        #expect(mail.header("from") == "a@b.invalid")
        #expect(mail.text == "Er is een bericht voor u: één.")
        #expect(mail.attachments.map(\.fileName) == ["melding één.txt", "oud.bin"])
        #expect(mail.attachments.map(\.text) == ["Inhoud é\n", nil])
        #expect(mail.attachments[0].bytes == Array("Inhoud é\n".utf8))
        #expect(mail.attachments[1].bytes == Array("ruw".utf8))
        #expect(mail.parts.count == 3)
    }

    @Test func partsWithinParts() {
        let mail = parse(
            "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/alternative; boundary=ab\r\n\r\n"
                + "--ab\r\n\r\neen\r\n--ab\r\nContent-Type: text/html\r\n\r\n<p>een</p>\r\n--ab--\r\n\r\n--a\r\n\r\n\r\n--a--\r\n"
        )
        #expect(mail.problems == [])
        #expect(mail.parts.map(\.contentType) == ["text/plain", "text/html", "text/plain"])
        #expect(mail.parts.map(\.text) == ["een", "<p>een</p>", ""])
    }

    @Test(arguments: [
        ("filename=a.txt", "a.txt"), ("filename=\"a b;c.txt\"", "a b;c.txt"), ("filename=\"a\\\"b\"", "a\"b"),
        ("filename*=iso-8859-1'nl'%E9.txt", "é.txt"), ("FILENAME*0=lang; filename*1=e.txt", "lange.txt"),
        ("filename*0*=utf-8''%C3; filename*1*=%A9; filename*2=%20", "é%20"),
    ])
    func fileNames(parameter: String, name: String) {
        let mail = parse("Content-Disposition: attachment; \(parameter)\r\n\r\n")
        #expect(mail.attachments.map(\.fileName) == [name])
    }

    @Test(arguments: [
        ("gewoon", "gewoon"), ("=?utf-8?Q?=C3?= =?utf-8?Q?=A9?=", "é"), ("=?iso-8859-1?q?=E9=5F_?=x", "é_ x"),
        ("a =?utf-8?B?w6k=?= b", "a é b"), ("=?utf-8?B?!?=", "=?utf-8?B?!?="), ("=?niets", "=?niets"),
        ("1 =? 2 ?= 3", "1 =? 2 ?= 3"), ("=?utf-8?Q?=3D?=", "="),
    ])
    func subjects(written: String, read: String) {
        #expect(parse("Subject: \(written)\r\n\r\n").subject == read)
    }

    @Test(arguments: [
        ("\r\nregel\nkaal\r\n", "1 bare line feeds"),
        ("\r\n\(String(repeating: "x", count: 999))\r\n", "1 lines over 998 bytes"),
        ("Subject: é\r\n\r\n", "8-bit header"), ("Date: nog een\r\n\r\n", "2 headers Date"),
        ("zomaar\r\n\r\n", "header line without a name"), ("\r\né\r\n", "8-bit content that says 7bit"),
        ("Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n", "broken base64"),
        ("Content-Transfer-Encoding: uuencode\r\n\r\nx\r\n", "unknown transfer encoding"),
        ("Content-Type: text/plain; charset=koi8-r\r\n\r\nx\r\n", "unknown character set koi8-r"),
        ("Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\nx\r\n", "multipart without end"),
    ])
    func problemsAreNamed(text: String, problem: String) {
        #expect(parse(text).problems == [problem])
    }

    @Test func headersThatMustBeThere() {
        #expect(parse("\r\nx", head: "").problems == ["0 headers Date", "0 headers From", "0 headers Message-ID"])
    }
}
