// SPDX-License-Identifier: EUPL-1.2

/// What may stand in a request's path.
enum PathRules {
    /// What is wrong with a filled-in path; nil when nothing is.
    static func fault(in path: String) -> String? {
        guard path.utf8.first == UInt8(ascii: "/") else { return "the path does not begin with /" }
        guard path.utf8.allSatisfy({ isUnreserved($0) || "!$&'()*+,;=:@/?%".utf8.contains($0) }) else {
            return "the path holds a character that must be percent-encoded"
        }
        let steps = path.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard !steps.dropLast().contains(""), !steps.contains("."), !steps.contains("..") else {
            return "the path holds an empty step or a dot step"
        }
        return nil
    }

    /// Percent-encodes everything but the characters that always stand for themselves (RFC 3986 unreserved).
    static func encoded(_ text: String) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return text.utf8.flatMap { byte in
            isUnreserved(byte) ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }

    /// Printable ASCII and blanks.
    static func isPrintable(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "-._~".utf8.contains(byte)
    }
}

/// Which headers a template may set.
enum HeaderRules {
    /// Why a header cannot be set here, and what to do; nil when it can.
    static func fault(in name: String) -> (message: String, suggestion: String?)? {
        guard !name.isEmpty,
            name.utf8.allSatisfy({ PathRules.isAlphanumeric($0) || "!#$%&'*+-.^_`|~".utf8.contains($0) })
        else { return ("'\(name)' is no header name", nil) }
        let lowered = name.lowercased()
        if lowered == "content-type" { return ("the content type has a setting of its own", "content_type") }
        if secrets.contains(lowered) {
            return ("credentials do not stand in settings", "configure them under connection:")
        }
        if managed.contains(lowered) || lowered.hasPrefix("proxy-") {
            return ("the transport sets this header itself", "leave it out")
        }
        return nil
    }

    private static let secrets: Set<String> = ["authorization", "cookie", "proxy-authorization"]
    private static let managed: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "keep-alive", "expect", "te", "trailer", "upgrade",
        "user-agent", "accept-encoding",
    ]
}
