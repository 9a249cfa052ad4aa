// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// The samples that are about form: nesting, character sets, names of files, forwarding.
extension SampleMail {
    /// Text two multiparts deep beside its HTML, a signature image, and a PDF whose name is in RFC 2231 form.
    public static func nested(_ thread: Thread = Thread()) -> SampleMail {
        let type = "multipart/mixed; boundary=\"=_buiten\""
        return SampleMail(
            "genest", headers: thread.headers("genest", subject: thread.quotedSubject, type: type, encoding: "7bit"),
            body: [
                "Dit is een bericht in MIME-vorm.", "--=_buiten",
                "Content-Type: multipart/related; boundary=\"=_midden\"",
                "", "--=_midden", "Content-Type: multipart/alternative; boundary=\"=_binnen\"", "", "--=_binnen",
                "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "",
                "Be=C3=AFndiging: wij sluiten kenmerk \(thread.reference) af, zie de b=", "ijlage.", "--=_binnen",
                "Content-Type: text/html; charset=utf-8", "", "<p>Be&iuml;ndiging, zie de bijlage.</p>", "--=_binnen--",
                "--=_midden", "Content-Type: image/png", "Content-Transfer-Encoding: base64",
                "Content-ID: <logo@proef>",
                "Content-Disposition: inline; filename=\"logo.png\"", "", onePixel, "--=_midden--", "--=_buiten",
                "Content-Type: application/pdf", "Content-Transfer-Encoding: base64",
                "Content-Disposition: attachment; filename*=UTF-8''be%C3%ABindiging%20%281%29.pdf", "",
                smallPDF.base64EncodedString(), "--=_buiten--",
            ])
    }

    /// ISO-8859-1, quoted-printable, with an encoded subject in the same character set.
    public static func latin1(_ thread: Thread = Thread()) -> SampleMail {
        SampleMail(
            "iso-8859-1",
            headers: thread.headers(
                "latin1", subject: "=?ISO-8859-1?Q?Re=3A_co=F6rdinatie=2C_kenmerk_\(encodedWordQ(thread.reference))?=",
                type: "text/plain; charset=ISO-8859-1", encoding: "quoted-printable"),
            body: ["Over kenmerk \(thread.reference): de co=F6rdinator is ge=EFnformeerd."])
    }

    /// A subject in two encoded words (RFC 2047) whose parting runs through the reference.
    public static func encodedSubject(_ thread: Thread = Thread()) -> SampleMail {
        let text = Array("Re: Beveiligd bericht – kenmerk \(thread.reference)".utf8)
        let half = text.count - 5
        let words = [text[..<half], text[half...]].map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }
        return SampleMail(
            "gecodeerd onderwerp",
            headers: thread.headers(
                "gecodeerd", from: "=?UTF-8?Q?Veilig_Thuis_Voorb=C3=A9=C3=A9ld?= <\(thread.theirs)>",
                subject: words.joined(separator: "\r\n ")),
            body: ["Wij nemen deze week contact met u op."])
    }

    /// A colleague forwards what Veilig Thuis wrote: our reference stands in the enclosed message only.
    public static func forwarded(_ thread: Thread = Thread()) -> SampleMail {
        let type = "multipart/mixed; boundary=\"=_door\""
        return SampleMail(
            "doorgestuurd",
            headers: thread.headers(
                "door", from: "directie@school.example", subject: "FW: bericht", isReply: false, type: type,
                encoding: "7bit"),
            body: [
                "--=_door", "Content-Type: text/plain; charset=utf-8", "", "Zie hieronder.", "--=_door",
                "Content-Type: message/rfc822", "", "Date: \(thread.date)", "From: \(thread.theirs)",
                "To: directie@school.example", "Subject: \(thread.quotedSubject)",
                "Message-ID: <binnen@veiligthuis.example>",
                "Content-Type: text/plain; charset=utf-8", "",
                "Uw melding met kenmerk \(thread.reference) is beoordeeld.",
                "--=_door--",
            ])
    }

    /// It names no reference and answers no mail of ours: a person must place it.
    public static func withoutReference(_ thread: Thread = Thread()) -> SampleMail {
        SampleMail(
            "zonder kenmerk",
            headers: thread.headers("zonder", subject: "Terugbelverzoek", isReply: false),
            body: ["Wilt u ons terugbellen over de leerling die vorige week is besproken?"])
    }

    /// Attachments that must not be kept: a program, a document with macros, one that lies about what it is. The fourth is a PDF
    /// whose name is a path.
    public static func withForbiddenAttachments(_ thread: Thread = Thread()) -> SampleMail {
        let type = "multipart/mixed; boundary=\"=_bijlagen\""
        func part(_ type: String, _ name: String, _ content: String) -> [String] {
            [
                "--=_bijlagen", "Content-Type: \(type)", "Content-Transfer-Encoding: base64",
                "Content-Disposition: attachment; filename=\"\(name)\"", "", Data(content.utf8).base64EncodedString(),
            ]
        }
        return SampleMail(
            "verboden bijlagen",
            headers: thread.headers("bijlagen", subject: thread.quotedSubject, type: type, encoding: "7bit"),
            body: ["--=_bijlagen", "Content-Type: text/plain", "", "Zie de bijlagen bij \(thread.reference)."]
                + part("application/x-msdownload", "formulier.exe", "MZ geen programma")
                + part("application/vnd.ms-word.document.macroEnabled.12", "brief.docm", "PK geen document")
                + part("application/pdf", "brief.pdf", "<html><script>geen PDF</script></html>")
                + part("application/pdf", "..\\\\..\\\\brief.pdf", String(decoding: smallPDF, as: UTF8.self))
                + ["--=_bijlagen--"])
    }

    /// Veilig Thuis asks for information of its own accord (Wmo 2015, 5.2.6). Who asks must be called back.
    public static func informationRequest(_ thread: Thread = Thread()) -> SampleMail {
        SampleMail(
            "informatieverzoek",
            headers: thread.headers("verzoek", subject: "Informatieverzoek VT-VOORBEELD-0043", isReply: false),
            body: [
                "Wij doen onderzoek en vragen u om informatie (Wmo 2015, artikel 5.2.6). Ons kenmerk: VT-VOORBEELD-0043.",
                "Wij ontvangen uw antwoord graag uiterlijk 30 november 2026.",
            ])
    }

    // MARK: Contents

    /// The smallest picture: one transparent point.
    private static let onePixel =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="

    /// A PDF with one empty page.
    private static let smallPDF = Data(
        """
        %PDF-1.4
        1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
        trailer<</Root 1 0 R>>
        %%EOF

        """.utf8)

    /// A PDF of about that size; what fills it is a comment.
    static func largePDF(bytes: Int) -> Data {
        let lines = max(0, bytes - smallPDF.count) / 80
        var content = Data("%PDF-1.4\n".utf8)
        let line = Data(("%" + String(repeating: "vulling ", count: 9) + "123456\n").utf8)
        for _ in 0..<lines { content.append(line) }
        content.append(smallPDF.dropFirst(9))
        return content
    }

    /// Base64 in lines of 76 characters (RFC 2045, 6.8).
    static func foldedBase64(_ content: Data) -> [UInt8] {
        let flat = content.base64EncodedData()
        var folded: [UInt8] = []
        folded.reserveCapacity(flat.count + flat.count / 38 + 2)
        var start = flat.startIndex
        while start < flat.endIndex {
            let end = min(start + 76, flat.endIndex)
            folded += flat[start..<end]
            folded += [13, 10]
            start = end
        }
        return folded
    }

    /// For the Q encoding: what is no letter, digit or hyphen in hexadecimal.
    private static func encodedWordQ(_ text: String) -> String {
        text.utf8.map { byte in
            let scalar = UnicodeScalar(byte)
            if scalar.properties.isAlphabetic || byte.isDigit || byte == 45 { return String(scalar) }
            return (byte < 16 ? "=0" : "=") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
