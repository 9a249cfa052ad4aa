// SPDX-License-Identifier: EUPL-1.2

/// Something that was sent and must not have been, or was not sent and must have been.
public struct Finding: Sendable, Hashable, CustomStringConvertible {
    /// How it was written.
    public enum Form: String, Sendable, Hashable, CaseIterable {
        /// As plain text, in UTF-8, whatever the case of its letters.
        case text
        /// As plain text in ISO 8859-1.
        case latin1
        /// As plain text in UTF-16, of either byte order.
        case utf16
        /// In base64 or base64url, whatever stands around it, over line breaks too.
        case base64
        /// In hexadecimal digits.
        case hex
        /// In quoted-printable, or an encoded word of a header.
        case quotedPrintable
        /// Percent-encoded, as in a URL or a form.
        case percentEncoded
        /// With JSON's escapes.
        case jsonEscaped
        /// With XML's or HTML's character references.
        case xmlEscaped
        /// A number with blanks, dots, dashes or slashes between its digits.
        case spacedDigits
        /// The place cannot be looked into (compressed): nothing is known about it.
        case unreadable
        /// Bytes that were not expected, or expected bytes that are missing.
        case unexpected
    }

    /// The canary's label, or what was expected; never the canary's value.
    public let what: String
    /// How it was written.
    public let form: Form
    /// Where: `request 3, header X-Info`, `mail 1, attachment 1, name`.
    public let place: String

    /// One line for a test's failure.
    public var description: String { "\(what) (\(form.rawValue)) in \(place)" }
}
