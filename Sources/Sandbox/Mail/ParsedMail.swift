// SPDX-License-Identifier: EUPL-1.2

/// A mail taken apart, well enough to show it and to check it: headers, parts, attachments. Never fails; what is wrong
/// with the message stands in `problems`.
public struct ParsedMail: Sendable, Hashable {
    /// One header, unfolded.
    public struct Header: Sendable, Hashable {
        /// The name as written.
        public let name: String
        /// The value as written, without its folding.
        public let raw: String
        /// The value with encoded words (RFC 2047) decoded.
        public let value: String
    }

    /// A part that holds no further parts, decoded.
    public struct Part: Sendable, Hashable {
        /// The part's own headers.
        public let headers: [Header]
        /// The media type in lower case, without parameters; `text/plain` when none is given.
        public let contentType: String
        /// The file name, decoded (RFC 2231 or RFC 2047).
        public let fileName: String?
        /// Whether it is an attachment: it says so, or it has a file name.
        public let isAttachment: Bool
        /// The content, freed from its transfer encoding.
        public let bytes: [UInt8]
        /// The content as text, for a text part in a character set that we read.
        public let text: String?
    }

    /// The message's headers in order.
    public let headers: [Header]
    /// All leaf parts in order, attachments included.
    public let parts: [Part]
    /// What breaks a rule of mail: bare line feeds, lines over 998 bytes, 8-bit headers, missing Date, From or
    /// Message-ID, an unknown or broken encoding, a multipart without end.
    public let problems: [String]

    /// Takes a message apart; `raw` is without dot-stuffing.
    public init(_ raw: [UInt8]) {
        var reader = MIMEReader()
        reader.checkLines(raw)
        headers = reader.read(raw, depth: 0)
        for name in ["Date", "From", "Message-ID"] {
            let count = headers.filter { $0.name.lowercased() == name.lowercased() }.count
            if count != 1 { reader.problems.append("\(count) headers \(name)") }
        }
        parts = reader.parts
        problems = reader.problems
    }

    /// The decoded value of the first header of that name, whatever its case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The decoded subject, or an empty string.
    public var subject: String { header("Subject") ?? "" }

    /// The text of all text parts that are no attachments, one after another, with `\n` as line end.
    public var text: String {
        parts.filter { !$0.isAttachment }.compactMap(\.text).joined(separator: "\n")
    }

    /// The parts that are attachments.
    public var attachments: [Part] { parts.filter(\.isAttachment) }
}
