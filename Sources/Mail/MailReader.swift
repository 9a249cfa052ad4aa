// SPDX-License-Identifier: EUPL-1.2
import CGMime
import Values

/// Reads mails with GMime. What a mail says is data: nothing in it is followed, opened or run.
public struct MailReader: Sendable {
    private let limits: MailLimits
    private let server: String?

    private static let start: Void = meldpoort_mime_start()

    /// - Parameter server: The name (authserv-id, RFC 8601) under which the board's own mail server writes what it found out about
    ///   senders; without it no sender ever counts as checked.
    public init(limits: MailLimits = MailLimits(), trusting server: String? = nil) {
        self.limits = limits
        self.server = server
    }

    /// - Parameter bytes: The whole message as the mailbox holds it.
    public func read(_ bytes: [UInt8]) throws(UnreadableMail) -> ReceivedMail {
        _ = Self.start
        guard !bytes.isEmpty else { throw .noMessage }
        guard MailIdentity.headerEnd(of: bytes) <= limits.maximumHeaderBytes else {
            throw .headersTooLarge
        }
        guard Self.nestings(in: bytes) <= limits.maximumNestings else { throw .tooManyParts }
        let parsed = bytes.withUnsafeBytes { buffer in
            buffer.baseAddress.flatMap { meldpoort_mime_parse($0, buffer.count) }
        }
        guard let message = parsed else { throw .noMessage }
        defer { meldpoort_mime_free(message) }
        let headers = MailHeaders(of: message)
        var walk = PartWalk(limits: limits)
        if let root = meldpoort_mime_root(message) { walk.visit(root, depth: 0) }
        // Neither an author nor a subject nor a word: whatever this is, it is no mail.
        guard headers.count > 0 else { throw .noMessage }
        var signs = headers.signs
        signs.isDeliveryReport = walk.isDeliveryReport
        signs.reportsFailure = walk.reportsFailure
        return ReceivedMail(
            sender: sender(of: message, headers),
            subject: PlainText.line(headers.first("subject") ?? "", longest: 300),
            date: date(of: message), text: walk.text, isTextFromHTML: walk.isTextFromHTML,
            isIncomplete: walk.isIncomplete, attachments: walk.attachments, signs: signs,
            answeredMessages: headers.answeredMessages + walk.reportedMessages)
    }

    /// How often a boundary is declared: what a parser does for each line grows with it.
    private static func nestings(in bytes: [UInt8]) -> Int {
        let word = Array("oundary".utf8)
        return bytes.withUnsafeBytes { buffer in
            var count = 0
            var rest = buffer[...]
            while let place = rest.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "b") }) {
                rest = rest[(place + 1)...]
                let isFound = rest.count >= word.count && zip(rest, word).allSatisfy { $0 | 0x20 == $1 }
                if isFound { count += 1 }
            }
            return count
        }
    }

    private func date(of message: UnsafeMutableRawPointer) -> Timestamp? {
        let milliseconds = meldpoort_mime_date(message)
        // From 1980 to 2200: anything else is a slip or a trick.
        return (315_532_800_000..<7_258_118_400_000).contains(milliseconds)
            ? Timestamp(millisecondsSince1970: milliseconds) : nil
    }

    private func sender(of message: UnsafeMutableRawPointer, _ headers: MailHeaders)
        -> ReceivedMail.Sender
    {
        var name: UnsafePointer<CChar>?
        var address: UnsafePointer<CChar>?
        guard meldpoort_mime_author(message, &name, &address) == 1 else {
            return ReceivedMail.Sender(address: nil, name: nil, check: .onbekend)
        }
        let check = headers.senderCheck(trusting: server)
        // With several authors, or several such headers, the one that is shown need not be the one that was checked.
        let isAmbiguous = meldpoort_mime_author_count(message) != 1 || headers.all("from").count != 1
        return ReceivedMail.Sender(
            address: address.map { PlainText.line(String(cString: $0), longest: 254).lowercased() },
            name: name.map { PlainText.line(String(cString: $0), longest: 200) }.flatMap {
                $0.isEmpty ? nil : $0
            },
            check: isAmbiguous ? .gezakt : check)
    }
}

/// What makes a message the same message, wherever it lies and whatever number it has there.
public enum MailIdentity {
    /// For an unkeyed or keyed digest: the message without the headers that relays and mailboxes add in front.
    ///
    /// Message-ID, author, date and subject as they were written, and the whole body: two of them alike are one message delivered twice.
    public static func bytes(of message: [UInt8]) -> [UInt8] {
        let end = headerEnd(of: message)
        var kept: [UInt8] = []
        var isKept = false
        for line in message[..<end].split(separator: 0x0A, omittingEmptySubsequences: true) {
            if line.first != 0x20, line.first != 0x09 {
                let name = line.prefix { $0 != UInt8(ascii: ":") }.map {
                    $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0
                }
                isKept = names.contains(String(decoding: name, as: UTF8.self))
            }
            if isKept { kept += line + [0x0A] }
        }
        return kept + [0x0A] + message[end...]
    }

    private static let names: Set<String> = ["message-id", "from", "date", "subject"]

    /// Where the body begins, or the end of the message when it is all headers.
    static func headerEnd(of message: [UInt8]) -> Int {
        message.withUnsafeBufferPointer { bytes in
            var index = 0
            while index < bytes.count {
                if bytes[index] == 0x0A {
                    if index + 1 < bytes.count, bytes[index + 1] == 0x0A { return index + 2 }
                    if index + 2 < bytes.count, bytes[index + 1] == 0x0D, bytes[index + 2] == 0x0A {
                        return index + 3
                    }
                }
                index += 1
            }
            return bytes.count
        }
    }
}
