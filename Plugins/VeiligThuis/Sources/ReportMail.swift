// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures

/// The mail that carries a message. Its subject, text and file name are the same for every child but for the reference, which says
/// nothing, and for every kind of message: mailboxes show them in lists, notices and logs.
enum ReportMail {
    static func message(
        _ report: Report, _ order: [OrderedSection], for disclosure: Disclosure, to address: String
    ) -> MailMessage {
        let reference = plain(disclosure.reference)
        return MailMessage(
            to: [address],
            subject: "Beveiligd bericht, kenmerk \(reference)",
            text: """
                Geachte medewerker van Veilig Thuis,

                In de bijlage vindt u een bericht, volgens onze afspraak over beveiligde mail.
                De inhoud staat alleen in de bijlage. Noem bij contact het kenmerk \(reference).

                Is dit bericht niet voor u bestemd? Open de bijlage dan niet en laat het de afzender weten.
                """,
            attachments: [
                MailMessage.Attachment(
                    fileName: "bericht-\(reference).txt", contentType: "text/plain; charset=utf-8",
                    bytes: Array(ReportText.document(report, order).utf8))
            ],
            messageIDLocalPart: disclosure.idempotencyKey)
    }

    /// A reference that is safe in a header and as a file name.
    private static func plain(_ reference: String) -> String {
        String(
            decoding: reference.utf8.prefix(64).map { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    byte
                default: UInt8(ascii: "-")
                }
            }, as: UTF8.self)
    }
}
