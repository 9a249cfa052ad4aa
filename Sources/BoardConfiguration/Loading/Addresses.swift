// SPDX-License-Identifier: EUPL-1.2

/// The forms of addresses that a configuration may hold.
enum Addresses {
    /// A host name or an IPv4 address.
    static func isHost(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.count <= 253 && !text.contains("..")
            && !".-".contains(text.first ?? ".") && !".-".contains(text.last ?? ".")
            && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }

    static func isLoopback(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isNumeric127 = parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
        return host == "localhost" || host == "::1" || host == "[::1]" || isNumeric127
    }

    /// A plain mail address: no display name, no quotes.
    static func isMail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, isHost(parts[1]) else { return false }
        let local = parts[0]
        return !local.isEmpty && !local.hasPrefix(".") && !local.hasSuffix(".") && !local.contains("..")
            && local.utf8.allSatisfy { isAlphanumeric($0) || "!#$%&'*+-/=?^_`{|}~.".utf8.contains($0) }
    }

    /// What is wrong with a web address; the address itself is not repeated, since it may hold a password.
    static func webProblem(_ text: String, allowsPlaintextLoopback: Bool) -> (message: String, suggestion: String?)? {
        let isEncrypted = text.hasPrefix("https://")
        guard isEncrypted || text.hasPrefix("http://") else {
            return ("the address does not begin with https://", "Write https://host.example/path.")
        }
        let rest = text.dropFirst(isEncrypted ? 8 : 7)
        let authority = rest.prefix { $0 != "/" }
        guard !authority.contains("@") else {
            return ("a user name or password does not belong in an address", "Use a client certificate or a header.")
        }
        guard !rest.contains("?"), !rest.contains("#"), !rest.contains(where: \.isWhitespace) else {
            return ("the address ends with its path: no query, fragment or spaces", nil)
        }
        guard let host = host(of: authority) else {
            return (
                "the address has no usable host and port", "Write https://host.example or https://host.example:8443."
            )
        }
        guard isEncrypted || isLoopback(host) else {
            return ("plain http is not allowed", "Use https://.")
        }
        guard isEncrypted || allowsPlaintextLoopback else {
            return ("plain http needs plaintext_loopback: true", "Use https://, or set it for a test on this machine.")
        }
        return nil
    }

    private static func host(of authority: Substring) -> String? {
        let host: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[...end]
        } else {
            host = authority.prefix { $0 != ":" }
            guard isHost(host) else { return nil }
        }
        let port = authority.dropFirst(host.count)
        guard port.isEmpty || (port.hasPrefix(":") && (UInt16(port.dropFirst()) ?? 0) > 0) else { return nil }
        return String(host)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }
}
