// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Sandbox
import Testing

@Suite struct LeakCanaryTests {
    private static let name = "Testkind Voorbeeld-Achternaam é"
    private static let canary = LeakCanary([.init("naam", name), .init("bsn", "999990019")])

    private func forms(_ bytes: [UInt8]) -> [Finding.Form] {
        Self.canary.findings(in: bytes, place: "proef").map(\.form)
    }

    private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    @Test(arguments: [
        ("zie \(name).", Finding.Form.text), ("ZIE \(name.uppercased())", .text),
        (name.decomposedStringWithCanonicalMapping, .text), ("bsn=999990019;", .text),
        ("9999.90.019", .spacedDigits), ("999 990 019", .spacedDigits),
        ("9-9-9-9-9-0-0-1-9 en 999-990019", .spacedDigits),
        ("Testkind=20Voorbeeld=\r\n-Achternaam =C3=A9", .quotedPrintable),
        ("Subject: =?utf-8?B?\(base64(Array(name.utf8)))?=", .base64),
        ("Subject: =?utf-8?Q?Testkind_Voorbeeld-Achternaam_=C3=A9?=", .quotedPrintable),
        ("/q?n=Testkind+Voorbeeld-Achternaam+%C3%A9", .percentEncoded),
        ("/q?n=Testkind%20Voorbeeld%2DAchternaam%20%c3%a9", .percentEncoded),
        ("{\"n\":\"\\u0054estkind Voorbeeld-Achternaam \\u00e9\"}", .jsonEscaped),
        ("<n>Testkind Voorbeeld&#45;Achternaam &#xE9;</n>", .xmlEscaped),
        ("<n>Testkind Voorbeeld-Achternaam &eacute;</n>", .xmlEscaped),
        ("%7B%22n%22%3A%22Testkind%20Voorbeeld-Achternaam%20%5Cu00e9%22%7D", .percentEncoded),
    ])
    func everyWritingIsFound(text: String, form: Finding.Form) {
        #expect(forms(Array(text.utf8)) == [form], "\(text)")
    }

    @Test func otherBytesAreFoundToo() {
        let latin = Self.name.unicodeScalars.map { UInt8($0.value) }
        #expect(forms(latin) == [.latin1])
        let big = Self.name.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        let little = Self.name.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(forms([0] + big) == [.utf16])
        #expect(forms(little) == [.utf16])
        let hex = Self.name.utf8.map { String(format: "%02X", $0) }.joined()
        #expect(forms(Array("0x\(hex)".utf8)) == [.hex])
    }

    @Test(arguments: 0..<6, 0..<3)
    func base64IsFoundInEveryShift(before: Int, after: Int) {
        let bytes =
            Array(String(repeating: "<", count: before).utf8) + Array(Self.name.utf8)
            + Array(String(repeating: ">", count: after).utf8)
        let encoded = Self.base64(bytes)
        #expect(forms(Array(encoded.utf8)) == [.base64])
        let url = encoded.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
        #expect(forms(Array(url.utf8)) == [.base64])
        let folded = encoded.enumerated().map { $0.offset % 7 == 6 ? "\($0.element)\r\n" : "\($0.element)" }.joined()
        #expect(forms(Array(folded.utf8)) == [.base64])
        let wide = Self.base64(
            Array(repeating: 0, count: before) + Self.name.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
        #expect(forms(Array(wide.utf8)) == [.base64])
    }

    @Test(arguments: [
        "", "Testkind", "Voorbeeld-Achternaam", "99999001", "9999900190".replacingOccurrences(of: "0019", with: "0020"),
        "{\"signaalId\":\"IDX-000001\",\"url\":\"https://a.invalid/x%20y?a=b&c=d\"}", "=?utf-8?Q?niets?= =C3",
        "100 % \\u12 &amp",
    ])
    func harmlessTextIsNotFound(text: String) {
        #expect(forms(Array(text.utf8)) == [])
    }

    @Test func aFindingNamesThePlaceAndNotTheValue() async throws {
        let index = IndexCounterpart(security: .plaintext)
        try await index.start()
        let client = try RawClient(port: index.port)
        client.send("POST /signalen?bsn=999990019 HTTP/1.1\r\nUser-Agent: Testkind Voorbeeld-Achternaam é\r\n")
        client.send("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
        client.send("5\r\n99999\r\n4;Testkind=1\r\n0019\r\n0\r\n\r\n")
        _ = client.readToEnd()
        await index.stop()
        let findings = try Self.canary.findings(in: #require(index.requests.first))
        #expect(
            findings.map(\.description) == [
                "bsn (text) in request 1, request line", "naam (text) in request 1, header User-Agent",
                "bsn (text) in request 1, body", "compressed content (unreadable) in request 1, body",
            ])
    }

    @Test func everyPartOfAMailIsSearched() async throws {
        let relay = RelayCounterpart(
            identity: try Tools.certificates().server, rules: RelayRules(offersStartTLS: false))
        try await relay.start()
        let client = try RawClient(port: relay.port)
        _ = client.read(until: "\r\n")
        for line in ["HELO x", "MAIL FROM:<a@b.invalid>", "RCPT TO:<999990019@b.invalid>", "DATA"] {
            _ = client.ask(line)
        }
        let text = """
            Date: x\r
            From: a@b.invalid\r
            Message-ID: <1@b.invalid>\r
            Subject: =?utf-8?Q?Testkind_Voorbeeld-Achternaam_=C3=A9?=\r
            Content-Type: multipart/mixed; boundary=g\r
            \r
            --g\r
            Content-Type: text/plain\r
            X-Nummer: 9999 90 019\r
            \r
            niets\r
            --g\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Disposition: attachment; filename*=utf-8''bsn-999990019.txt\r
            Content-Transfer-Encoding: base64\r
            \r
            \(Self.base64(Array("{\"n\":\"Testkind Voorbeeld-Achternaam \\u00e9\"}".utf8)))\r
            --g--\r
            .
            """
        #expect(client.ask(text).hasPrefix("250"))
        await relay.stop()
        let mail = try #require(relay.messages.first)
        let places = Self.canary.findings(in: mail).map { "\($0.what): \($0.form.rawValue) in \($0.place)" }
        let at = "in mail on connection 1,"
        #expect(
            places == [
                "bsn: text \(at) envelope", "naam: text \(at) header Subject",
                "bsn: spacedDigits \(at) part 1, header X-Nummer",
                "bsn: text \(at) part 2, header Content-Disposition", "bsn: text \(at) part 2, file name",
                "naam: jsonEscaped \(at) part 2, content",
            ])
        let transcript = try #require(relay.transcripts.first)
        #expect(
            Self.canary.findings(in: transcript).map(\.description) == [
                "naam (quotedPrintable) in connection 1, before TLS", "bsn (text) in connection 1, before TLS",
                "bsn (text) in connection 1, commands",
            ])
    }

    @Test func anExpectedRequestHoldsNothingElse() async throws {
        let index = IndexCounterpart(security: .plaintext)
        try await index.start()
        let client = try RawClient(port: index.port)
        client.send(
            "POST /signalen HTTP/1.1\r\nHost: x\r\nX-Een: 1\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
        _ = client.readToEnd()
        await index.stop()
        let request = try #require(index.requests.first)
        func findings(
            _ headers: [String: ExpectedRequest.HeaderRule], _ body: String = "{}", target: String = "/signalen"
        ) -> [String] {
            ExpectedRequest(method: "POST", target: target, headers: headers, body: Array(body.utf8))
                .findings(in: request).map { "\($0.what), \($0.place)" }
        }
        let right: [String: ExpectedRequest.HeaderRule] = [
            "Host": .anything, "Connection": .anything, "X-EEN": .exactly("1"),
        ]
        #expect(findings(right) == [])
        #expect(findings(right, target: "/x") == ["another request line, request 1, request line"])
        #expect(
            findings(["Host": .anything, "connection": .exactly("close")]) == [
                "a header that was not expected, request 1, header x-een"
            ])
        #expect(findings(right.merging(["X-EEN": .exactly("2")]) { $1 }).isEmpty == false)
        #expect(
            findings(right.merging(["X-Twee": .exactly("2")]) { $1 }) == ["a missing header, request 1, header x-twee"])
        #expect(findings(right, "{]") == ["another byte, request 1, body at 1"])
    }

    @Test func anExpectedMailHoldsNothingElse() async throws {
        let relay = RelayCounterpart(
            identity: try Tools.certificates().server, rules: RelayRules(offersStartTLS: false))
        try await relay.start()
        let client = try RawClient(port: relay.port)
        _ = client.read(until: "\r\n")
        for line in ["HELO x", "MAIL FROM:<a@b.invalid>", "RCPT TO:<c@d.invalid>", "DATA"] { _ = client.ask(line) }
        _ = client.ask(
            "Date: x\r\nFrom: a@b.invalid\r\nMessage-ID: <1@b>\r\nSubject: s\r\nX-Mailer: y\r\n\r\ntekst\r\n\r\n.")
        await relay.stop()
        let mail = try #require(relay.messages.first)
        func findings(_ subject: String, _ text: String, _ headers: Set<String>) -> [String] {
            ExpectedMail(
                from: "a@b.invalid", recipients: ["c@d.invalid"], subject: subject, text: text, headers: headers
            )
            .findings(in: mail).map(\.what)
        }
        let usual = ExpectedMail.usualHeaders
        #expect(findings("s", "tekst", usual.union(["x-mailer"])) == [])
        #expect(Set(findings("s", "tekst", usual)) == ["a header that was not expected"])
        #expect(findings("t", "anders", usual.union(["X-Mailer"])) == ["another subject", "another text"])
    }
}
