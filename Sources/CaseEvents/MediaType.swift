// SPDX-License-Identifier: EUPL-1.2

/// A media type (RFC 9110 section 8.3.1), as far as the gateway needs it: type and subtype in lower case, and the charset.
public struct MediaType: Sendable, Hashable {
    /// `application/json`, in lower case, without parameters.
    public let essence: String
    public let charset: String?

    /// Nil when the text is no media type.
    public init?(_ text: String) {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(Self.trimmed)
        guard let first = parts.first, first.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        let halves = first.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2, halves.allSatisfy({ !$0.isEmpty }) else { return nil }
        essence = first.lowercased()
        charset =
            parts.dropFirst().lazy.compactMap { part -> String? in
                let pair = part.split(separator: "=", maxSplits: 1)
                guard pair.count == 2, Self.trimmed(pair[0]).lowercased() == "charset" else { return nil }
                return Self.trimmed(pair[1]).filter { $0 != "\"" }.lowercased()
            }.first
    }

    /// JSON, and in UTF-8 as RFC 8259 demands.
    public var isJSON: Bool {
        (essence == "application/json" || essence.hasSuffix("+json")) && (charset == nil || charset == "utf-8")
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}

/// W3C Trace Context.
public enum TraceContext {
    /// Whether this is a version-00 `traceparent` with non-zero ids. An invalid one is ignored, as the standard says.
    public static func isValid(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "00", parts[1].utf8.count == 32, parts[2].utf8.count == 16,
            parts[3].utf8.count == 2
        else { return false }
        let isHexadecimal = parts.allSatisfy { part in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        }
        return isHexadecimal && parts[1].contains { $0 != "0" } && parts[2].contains { $0 != "0" }
    }
}
