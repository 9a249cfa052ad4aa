// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// Made-up mails as they come into a process mailbox: whole RFC 5322 files, lines ending in CRLF. For the tests of the
/// intake and for the demo.
public struct SampleMail: Sendable, Hashable {
    /// Who writes to whom about what; the same for a whole set of samples.
    public struct Thread: Sendable, Hashable {
        /// Our process mailbox.
        public var ours: String
        /// The counterpart's mailbox.
        public var theirs: String
        /// The reference that we put in our mail.
        public var reference: String
        /// The `Message-ID` of our mail, with its angle brackets.
        public var messageID: String
        /// The `Date` of the sample, such as `Mon, 16 Nov 2026 10:15:00 +0100`.
        public var date: String
        /// Tells samples of the same kind apart: stands in their `Message-ID`.
        public var number: Int

        /// A thread; every part has a made-up value of its own.
        public init(
            ours: String = "meldcode@bestuur.example", theirs: String = "meldingen@veiligthuis.example",
            reference: String = "proef-kenmerk-1", messageID: String = "<proef-1@bestuur.example>",
            date: String = "Mon, 16 Nov 2026 10:15:00 +0100", number: Int = 1
        ) {
            self.ours = ours
            self.theirs = theirs
            self.reference = reference
            self.messageID = messageID
            self.date = date
            self.number = number
        }
    }

    /// What it is, in a word.
    public let name: String
    /// The whole message.
    public let bytes: [UInt8]

    /// The headers in order, an empty line, and the body.
    init(_ name: String, headers: [String], body: [String]) {
        self.init(name, headers: headers, bytes: Array(body.map { $0 + "\r\n" }.joined().utf8))
    }

    init(_ name: String, headers: [String], bytes body: [UInt8]) {
        self.name = name
        bytes = Array(headers.map { $0 + "\r\n" }.joined().utf8) + Array("\r\n".utf8) + body
    }
}

extension SampleMail.Thread {
    /// The headers that every mail has.
    func headers(
        _ kind: String, from: String? = nil, subject: String, isReply: Bool = true,
        type: String = "text/plain; charset=utf-8", encoding: String = "8bit"
    ) -> [String] {
        let sender = from ?? theirs
        let domain = sender.split(separator: "@").last.map { $0.trimmingCharacters(in: [">"]) } ?? "voorbeeld.example"
        var lines = [
            "Date: \(date)", "From: \(sender)", "To: \(ours)", "Message-ID: <\(kind)-\(number)@\(domain)>",
            "Subject: \(subject)",
        ]
        if isReply { lines += ["In-Reply-To: \(messageID)", "References: \(messageID)"] }
        return lines + ["MIME-Version: 1.0", "Content-Type: \(type)", "Content-Transfer-Encoding: \(encoding)"]
    }

    var quotedSubject: String { "Re: Beveiligd bericht, kenmerk \(reference)" }
}
