// SPDX-License-Identifier: EUPL-1.2

/// What an adapter may put into a request. Everything else is refused before a connection is made.
enum RequestRules {
    /// A path below the base URL, with a query if need be: only characters that stand for themselves in a URL, no empty and no dot
    /// steps, so that it can leave neither the host nor the base path.
    static func accepts(path: String) -> Bool {
        let bytes = Array(path.utf8)
        guard bytes.first == UInt8(ascii: "/"), bytes.count <= 4096, bytes.allSatisfy(isURLByte), escapesAreWhole(bytes)
        else {
            return false
        }
        let steps = bytes.prefix { $0 != UInt8(ascii: "?") }
            .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst()
        return !steps.dropLast().contains { $0.isEmpty } && !steps.contains(where: isDotStep)
    }

    /// A header that stays one line and leaves to libcurl and the configuration what is theirs.
    static func accepts(header name: String, value: String) -> Bool {
        let name = name.lowercased()
        return !name.isEmpty && name.utf8.allSatisfy(isTokenByte) && !managed.contains(name)
            && !name.hasPrefix("proxy-")
            && isHeaderValue(value)
    }

    /// Printable ASCII and spaces.
    static func isHeaderValue(_ value: String) -> Bool {
        value.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }

    static func isTokenByte(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    /// A changed framing would let a body be read differently than it was meant; a changed host would reach another site.
    private static let managed: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "keep-alive", "expect", "te", "trailer", "upgrade",
        "user-agent", "accept-encoding", "cookie",
    ]

    private static func isURLByte(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "-._~!$&'()*+,;=:@/?%".utf8.contains(byte)
    }

    private static func escapesAreWhole(_ bytes: [UInt8]) -> Bool {
        bytes.indices.allSatisfy { index in
            guard bytes[index] == UInt8(ascii: "%") else { return true }
            guard index + 2 < bytes.count else { return false }
            let pair = String(decoding: bytes[index + 1...index + 2], as: UTF8.self)
            // Escaped control characters and escaped slashes mean different things to different servers.
            guard let value = UInt8(pair, radix: 16), pair.first != "+" else { return false }
            return value >= 0x20 && value != 0x7F && value != UInt8(ascii: "/") && value != UInt8(ascii: "\\")
        }
    }

    /// `.` or `..`, with each dot as it is or escaped.
    private static func isDotStep(_ step: ArraySlice<UInt8>) -> Bool {
        var rest = step
        while let first = rest.first {
            if first == UInt8(ascii: ".") {
                rest = rest.dropFirst()
            } else if rest.starts(with: "%2e".utf8) || rest.starts(with: "%2E".utf8) {
                rest = rest.dropFirst(3)
            } else {
                return false
            }
        }
        return !step.isEmpty
    }
}
