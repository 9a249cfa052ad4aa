// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Values

/// A mail as it goes over the line (RFC 5322 and MIME): the same message at the same second gives the same bytes.
struct MailDocument {
    let bytes: [UInt8]

    /// Every part is base64, in which `=_` cannot occur: no part can hold this mark.
    private static let boundary = "=_Meldpoort_deel"

    /// - Parameter mail: Its attachments are bytes by now.
    /// - Returns: Nothing when an address, the subject, a file name or a type could break the message's form.
    init?(_ mail: MailMessage, sender: String, date: Timestamp) {
        guard Self.isWellFormed(mail), MailRules.isAddress(sender) else { return nil }
        var lines = [
            "Date: \(MailDate.text(date))",
            "From: \(sender)",
            "To: \(mail.to.joined(separator: ",\r\n "))",
            "Message-ID: <\(mail.messageIDLocalPart)@\(MailRules.domain(of: sender))>",
            "Subject: \(Self.encodedWords(mail.subject))",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
        ]
        if mail.attachments.isEmpty {
            lines += Self.textPart(mail.text)
        } else {
            lines += ["Content-Type: multipart/mixed; boundary=\"\(Self.boundary)\"", "", "--\(Self.boundary)"]
            lines += Self.textPart(mail.text)
            for attachment in mail.attachments {
                guard case .bytes(let content) = attachment.content else { return nil }
                lines += ["--\(Self.boundary)"] + Self.part(attachment, content)
            }
            lines.append("--\(Self.boundary)--")
        }
        bytes = Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
    }

    private static func isWellFormed(_ mail: MailMessage) -> Bool {
        !mail.to.isEmpty && mail.to.count <= 100 && mail.to.allSatisfy(MailRules.isAddress)
            && MailRules.isOneLine(mail.subject) && mail.subject.utf8.count <= 1000
            && MailRules.isLocalPart(mail.messageIDLocalPart)
            && mail.attachments.allSatisfy { attachment in
                MailRules.isFileName(attachment.fileName) && MailRules.isContentType(attachment.contentType)
            }
    }

    private static func textPart(_ text: String) -> [String] {
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
        return [
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "",
            Base64.lines(Array(lines.joined(separator: "\r\n").utf8)),
        ]
    }

    private static func part(_ attachment: MailMessage.Attachment, _ content: [UInt8]) -> [String] {
        [
            "Content-Type: \(attachment.contentType)",
            "Content-Transfer-Encoding: base64",
            "Content-Disposition: attachment;\r\n \(fileNameParameter(attachment.fileName))", "",
            Base64.lines(content),
        ]
    }

    /// RFC 2231 when the name holds anything that does not stand for itself.
    private static func fileNameParameter(_ name: String) -> String {
        if name.utf8.allSatisfy({ RequestRules.isAlphanumeric($0) || "-_. ()".utf8.contains($0) }) {
            return "filename=\"\(name)\""
        }
        let escaped = name.utf8.map { byte in
            if RequestRules.isAlphanumeric(byte) || "-_.".utf8.contains(byte) { return String(UnicodeScalar(byte)) }
            return (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }
        return "filename*=UTF-8''\(escaped.joined())"
    }

    /// RFC 2047: pieces of at most 75 characters, none of which ends inside a character.
    private static func encodedWords(_ subject: String) -> String {
        let isPlain = subject.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        if isPlain, subject.utf8.count <= 70, !subject.contains("=?") { return subject }
        var pieces: [[UInt8]] = [[]]
        for scalar in subject.unicodeScalars {
            let bytes = Array(String(Character(scalar)).utf8)
            if pieces[pieces.count - 1].count + bytes.count > 45 { pieces.append([]) }
            pieces[pieces.count - 1] += bytes
        }
        return pieces.map { "=?utf-8?B?\(Base64.text($0[...]))?=" }.joined(separator: "\r\n ")
    }
}

/// RFC 5322 dates, in UTC.
enum MailDate {
    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func text(_ moment: Timestamp) -> String {
        // 2026-11-22T11:15:30.123Z
        let parts = moment.description.split(separator: "T")
        guard parts.count == 2, let date = CalendarDate(parts[0]) else { return moment.description }
        let day = "\(weekdays[date.weekday - 1]), \(date.day) \(months[date.month - 1]) \(date.year)"
        return "\(day) \(parts[1].prefix(8)) +0000"
    }
}
