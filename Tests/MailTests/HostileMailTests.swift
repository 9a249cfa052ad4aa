// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Mail
import Testing

/// Mails made to break whoever reads them. Each must be read within its limits, or be refused as unreadable; nothing may crash.
@Suite struct HostileMailTests {
    @Test func nothingAndNonsense() {
        #expect(throws: UnreadableMail.noMessage) { try Letter.read([]) }
        #expect(throws: UnreadableMail.noMessage) { try Letter.read([0, 0, 0, 0]) }
        let ok = try? Letter.read(Array("\r\n\r\nalleen tekst".utf8))
        #expect(ok == nil)
    }

    @Test func aHundredThousandHeaders() {
        let headers = (0..<100_000).map { "X-\($0): waarde" }
        #expect(throws: UnreadableMail.headersTooLarge) { try Letter.read(Letter.plain(headers)) }
    }

    @Test func manyHeadersWithinAPart() throws {
        let headers = (0..<100_000).map { "X-\($0): w" }
        let mail = try Letter.read(
            Letter.multipart([headers + ["Content-Type: text/plain", "", "tekst"]]))
        #expect(mail.text == "tekst")
    }

    @Test func manySameHeaders() throws {
        let headers = (0..<8_000).map { "References: <\($0)@x.example>" }
        let mail = try Letter.read(Letter.plain(headers))
        #expect(mail.answeredMessages.count <= 20)
    }

    private static func nested(_ depth: Int) -> [UInt8] {
        var lines = ["From: x@kwaad.example", "Subject: diep"]
        for level in 0..<depth { lines += ["Content-Type: multipart/mixed; boundary=b\(level)", "", "--b\(level)"] }
        return Letter.bytes(lines + ["Content-Type: text/plain", "", "bodem"])
    }

    @Test func deepNesting() throws {
        let mail = try Letter.read(Self.nested(20))
        #expect(mail.isIncomplete && !mail.text.contains("bodem"))
        for depth in [2_000, 200_000] {
            #expect(throws: UnreadableMail.tooManyParts) { try Letter.read(Self.nested(depth)) }
        }
    }

    /// As many boundaries as are allowed, and a body in which every line could be one of them.
    @Test func manyBoundariesAndManyLinesTakeNoLongTime() throws {
        let start = ContinuousClock.now
        _ = try Letter.read(Self.nested(190) + Array(String(repeating: "\r\n--", count: 1_500_000).utf8))
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test func nestedMessages() throws {
        var lines = ["From: x@kwaad.example", "Subject: mail in mail"]
        for _ in 0..<5_000 { lines += ["Content-Type: message/rfc822", "", "Subject: nog een"] }
        lines += ["", "bodem"]
        let mail = try Letter.read(Letter.bytes(lines))
        #expect(mail.isIncomplete && !mail.text.contains("bodem"))
    }

    @Test func aHundredThousandParts() throws {
        let mail = try Letter.read(
            Letter.multipart((0..<100_000).map { _ in ["Content-Type: text/plain", "", "x"] }))
        #expect(mail.isIncomplete && mail.text.count < 1_000)
    }

    @Test func badCharsetsAndBytes() throws {
        for charset in [
            "bestaat-niet", "utf-7", "iso-2022-jp", "utf-16", "\u{1}",
            String(repeating: "x", count: 10_000),
        ] {
            var bytes = Letter.bytes([
                "From: a@b.example", "Content-Type: text/plain; charset=\"\(charset)\"", "", "Dag ",
            ])
            bytes += [0xFF, 0xFE, 0x00, 0xC3, 0x28, 0x1B, 0x24, 0x42]
            let mail = try Letter.read(bytes)
            #expect(!mail.text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" })
        }
    }

    @Test func controlCharactersAndTurnedWritingAreTakenOut() throws {
        let mail = try Letter.read(
            Letter.multipart([
                ["Content-Type: text/plain; charset=utf-8", "", "a\u{0}b\u{1B}[31mc\u{202E}d\u{7}"],
                Letter.attachment("application/pdf", name: "fdp.\u{202E}exe.pdf", "%PDF-"),
            ]))
        #expect(mail.text == "ab[31mcd")
        #expect(mail.attachments.first?.fileName == "fdp.exe.pdf")
    }

    @Test func headersCannotBeSmuggled() throws {
        let mail = try Letter.read(
            Letter.plain(["Subject: =?utf-8?Q?een=0D=0ABcc:_x@kwaad.example=0D=0A=0D=0Atekst?="]))
        #expect(!mail.subject.contains { $0.isNewline })
        let named = try Letter.read(Letter.plain(from: "=?utf-8?Q?a=0D=0AB?= <x@kwaad.example>"))
        #expect(named.sender.name?.contains { $0.isNewline } == false)
    }

    @Test func linesThatLookLikeTheServersAreJustText() throws {
        let text = "A007 OK MOVE completed\r\n* BYE\r\n)\r\nA008 OK [COPYUID 1 1 1] Done"
        #expect(try Letter.read(Letter.plain(text: text)).text.contains("A007 OK MOVE completed\n* BYE"))
    }

    @Test func bombsAreNotOpened() throws {
        // A file that says it unpacks to very much stays as it came.
        let bomb = "PK\u{3}\u{4}" + String(repeating: "0", count: 5_000)
        let mail = try Letter.read(
            Letter.multipart([
                Letter.attachment(
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", name: "x.docx",
                    bomb),
                Letter.attachment("application/zip", name: "x.zip", bomb),
                ["Content-Type: text/plain", "Content-Encoding: gzip", "", "geen gzip"],
            ]))
        #expect(mail.attachments.first?.size == bomb.utf8.count)
        #expect(mail.attachments.last?.content == .notKept(.soortNietToegestaan))
    }

    @Test func hugeTextAndHugeHTML() throws {
        let long = String(repeating: "woord ", count: 1_000_000)
        let plain = try Letter.read(Letter.plain(text: long))
        #expect(plain.isIncomplete && plain.text.count <= 100_000)
        let html = String(repeating: "<div>", count: 200_000) + "bodem"
        let mail = try Letter.read(Letter.multipart([["Content-Type: text/html", "", html]]))
        #expect(mail.text.count <= 100_000)
        let tables = String(repeating: "<table><tr><td><b><i><a>", count: 20_000)
        _ = try Letter.read(Letter.multipart([["Content-Type: text/html", "", tables]]))
    }

    @Test func HTMLThatRefersOutsideIsOnlyRead() throws {
        let html = """
            <!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><meta charset=utf-16>
            <img src="https://kwaad.example/volg.png"><p>&x;&#0;&#55296;Dag</p><base href=//kwaad.example>
            """
        let mail = try Letter.read(
            Letter.multipart([["Content-Type: text/html; charset=utf-8", "", html]]))
        #expect(mail.text.contains("Dag") && !mail.text.contains("root:"))
    }

    @Test func brokenEncodings() throws {
        for encoding in ["base64", "quoted-printable", "x-uuencode", "yenc", "onbekend"] {
            let mail = try Letter.read(
                Letter.multipart([
                    [
                        "Content-Type: text/plain", "Content-Transfer-Encoding: \(encoding)", "",
                        "=ZZ=\u{E9}%%%@@@",
                    ],
                    [
                        "Content-Type: application/pdf; name=x.pdf", "Content-Transfer-Encoding: \(encoding)",
                        "", "=====",
                    ],
                ]))
            #expect(mail.attachments.count == 1)
        }
    }

    /// Bytes of a good mail, each time with some of them changed: never a crash, never without limits.
    @Test func changedBytes() {
        let good = Letter.multipart(
            [
                ["Content-Type: text/plain", "", "Zie MP-0A1B-2C3D-4E5F"],
                [
                    "Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: quoted-printable",
                    "", "<p>=C3=A9",
                ],
                Letter.attachment("application/pdf", name: "x.pdf", "%PDF-1.7"),
                ["Content-Type: message/rfc822", "", "From: a@b.example", "", "x"],
            ])
        var state: UInt64 = 42
        func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
        for _ in 0..<3_000 {
            var bytes = good
            for _ in 0..<Int(1 + next() % 8) {
                let place = Int(next() % UInt64(bytes.count))
                switch next() % 3 {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: next())
                case 1: bytes.remove(at: place)
                default: bytes.insert(contentsOf: bytes[..<min(place, 40)], at: place)
                }
            }
            _ = try? Letter.read(bytes)
        }
    }
}
