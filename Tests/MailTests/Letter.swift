// SPDX-License-Identifier: EUPL-1.2
import Mail

/// Mails for the tests. All content is made up.
enum Letter {
    /// Lines as they go over the wire.
    static func bytes(_ lines: [String]) -> [UInt8] { Array(lines.joined(separator: "\r\n").utf8) }

    /// A plain mail with these headers in front of the usual ones.
    static func plain(
        _ headers: [String] = [], from: String = "Medewerker <mw@partner.example>", text: String = "Dag."
    ) -> [UInt8] {
        bytes(
            headers + [
                "From: \(from)", "To: postbus@bestuur.example", "Subject: Uw bericht",
                "Date: Mon, 23 Nov 2026 10:00:00 +0100", "Message-ID: <a1@partner.example>",
                "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8", "", text, "",
            ])
    }

    /// A multipart mail of parts that each begin with their own headers.
    static func multipart(
        _ parts: [[String]], subtype: String = "mixed", headers: [String] = []
    ) -> [UInt8] {
        var lines =
            headers + [
                "From: Medewerker <mw@partner.example>", "Subject: Uw bericht",
                "Message-ID: <a2@partner.example>",
                "MIME-Version: 1.0", "Content-Type: multipart/\(subtype); boundary=deel", "",
            ]
        for part in parts { lines += ["--deel"] + part }
        return bytes(lines + ["--deel--", ""])
    }

    static func attachment(_ type: String, name: String, _ content: String) -> [String] {
        ["Content-Type: \(type)", "Content-Disposition: attachment; filename=\"\(name)\"", "", content]
    }

    static func read(_ bytes: [UInt8], trusting server: String? = nil) throws -> ReceivedMail {
        try MailReader(trusting: server).read(bytes)
    }

    static let report = [
        ["Content-Type: text/plain", "", "De mail kwam niet aan."],
        [
            "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.example", "",
            "Action: failed",
        ],
        [
            "Content-Type: text/rfc822-headers", "",
            "Message-ID: <0d6e8d2f-0000-4000-8000-000000000001@bestuur.example>",
            "Subject: Melding MP-0A1B-2C3D-4E5F",
        ],
    ]
}
