// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
public import Disclosures

/// The mail that carries a document. Its subject, text and file names are the same for every child but for the reference, which says
/// nothing, and for every kind of message: mailboxes show them in lists, notices and logs.
public enum DocumentMail {
    /// The document as a text file, and as a PDF where one can be made.
    /// - Parameter reader: Whom the mail greets, for example `medewerker van Veilig Thuis`.
    public static func message(
        _ document: HandoverDocument, for disclosure: Disclosure, to addresses: [String], reader: String
    ) -> MailMessage {
        let reference = Reference.plain(disclosure.reference)
        let theirs = disclosure.counterpartReference.flatMap(Reference.opaque).map { " Uw eigen kenmerk is \($0)." }
        return MailMessage(
            to: addresses,
            subject: "Beveiligd bericht, kenmerk \(reference)",
            text: """
                Geachte \(reader),

                In de bijlage vindt u een bericht, volgens onze afspraak over beveiligde mail.
                De inhoud staat alleen in de bijlage. Zit er naast de tekst een PDF bij, dan staat daarin hetzelfde.
                Noem bij contact het kenmerk \(reference).\(theirs ?? "")

                Is dit bericht niet voor u bestemd? Open de bijlage dan niet en laat het de afzender weten.
                """,
            attachments: [
                MailMessage.Attachment(
                    fileName: "bericht-\(reference).txt", contentType: "text/plain; charset=utf-8",
                    bytes: Array(DocumentText.text(of: document).utf8)),
                MailMessage.Attachment(fileName: "bericht-\(reference).pdf", pdf: document),
            ],
            messageIDLocalPart: disclosure.idempotencyKey)
    }

    /// A mail that is its own content, for what says nothing about anybody: a notice, a remark about the process.
    /// - Parameter subject: Stands before the reference.
    public static func open(
        _ document: HandoverDocument, subject: String, for disclosure: Disclosure, to addresses: [String]
    ) -> MailMessage {
        MailMessage(
            to: addresses, subject: "\(subject), kenmerk \(Reference.plain(disclosure.reference))",
            text: DocumentText.text(of: document), messageIDLocalPart: disclosure.idempotencyKey)
    }
}

/// References in places that everybody sees.
public enum Reference {
    /// A reference of the gateway that is safe in a header and as a file name.
    public static func plain(_ reference: String) -> String {
        String(
            decoding: reference.utf8.prefix(64).map { isPlain($0) ? $0 : UInt8(ascii: "-") }, as: UTF8.self)
    }

    /// A counterpart's reference, which a person typed: nil unless it is a number with signs, and no word or name.
    public static func opaque(_ reference: String) -> String? {
        let bytes = reference.utf8
        let isNumber =
            bytes.count <= 40 && bytes.allSatisfy { isPlain($0) || "./".utf8.contains($0) }
            && bytes.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return isNumber ? reference : nil
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
