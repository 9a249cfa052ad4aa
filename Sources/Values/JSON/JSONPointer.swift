// SPDX-License-Identifier: EUPL-1.2

/// Where a value stands inside a JSON document (RFC 6901), such as `/kind/geboortedatum` or `/risicos/0`.
public struct JSONPointer: Sendable, Hashable {
    /// The keys and list positions from the top down, unescaped; list positions as decimal numbers from 0.
    public let tokens: [String]

    /// The whole document; written as the empty text.
    public static let root = JSONPointer(tokens: [])

    /// A pointer through these keys and list positions.
    public init(tokens: [String]) {
        self.tokens = tokens
    }

    /// Reads the written form; nil unless it is empty or starts with `/`, and every `~` is `~0` or `~1`.
    public init?(_ text: some StringProtocol) {
        guard !text.isEmpty else {
            self = .root
            return
        }
        var pieces = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)[...]
        guard let first = pieces.popFirst(), first.isEmpty else { return nil }
        var tokens: [String] = []
        for piece in pieces {
            guard let token = JSONPointer.unescape(Array(piece)) else { return nil }
            tokens.append(token)
        }
        self.tokens = tokens
    }

    /// The pointer to the member with this key.
    public func appending(_ key: String) -> JSONPointer {
        JSONPointer(tokens: tokens + [key])
    }

    /// The pointer to the element at this place, counted from 0.
    public func appending(_ index: Int) -> JSONPointer {
        appending(String(index))
    }

    /// The pointer that goes on with the tokens of another.
    public func appending(_ other: JSONPointer) -> JSONPointer {
        JSONPointer(tokens: tokens + other.tokens)
    }

    /// The pointer to what holds this value; nil at the root.
    public var parent: JSONPointer? {
        tokens.isEmpty ? nil : JSONPointer(tokens: Array(tokens.dropLast()))
    }

    private static func unescape(_ piece: [UInt8]) -> String? {
        var bytes: [UInt8] = []
        var index = 0
        while index < piece.count {
            guard piece[index] == UInt8(ascii: "~") else {
                bytes.append(piece[index])
                index += 1
                continue
            }
            guard index + 1 < piece.count else { return nil }
            switch piece[index + 1] {
            case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
            default: return nil
            }
            index += 2
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func escape(_ token: String) -> String {
        var bytes: [UInt8] = []
        for byte in token.utf8 {
            switch byte {
            case UInt8(ascii: "~"): bytes += [UInt8(ascii: "~"), UInt8(ascii: "0")]
            case UInt8(ascii: "/"): bytes += [UInt8(ascii: "~"), UInt8(ascii: "1")]
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension JSONPointer: CustomStringConvertible {
    /// The written form of RFC 6901. Keys come from whoever wrote the document: use `quotable` in logs and messages.
    public var description: String {
        tokens.map { "/" + JSONPointer.escape($0) }.joined()
    }

    /// The written form with every key that may say something about a person replaced by `*`.
    public var quotable: String {
        tokens.map { "/" + (JSONPointer.isQuotable($0) ? $0 : "*") }.joined()
    }

    /// Whether a key reads as a field name: at most 64 of `A-Z a-z 0-9 _ -`, and no BSN.
    static func isQuotable(_ key: String) -> Bool {
        let isName = key.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        return isName && !key.isEmpty && key.utf8.count <= 64 && !BSN.isPresent(inContextValue: key)
    }
}

extension JSONValue {
    /// The value a pointer leads to, or nil if there is none.
    public subscript(pointer: JSONPointer) -> JSONValue? {
        pointer.tokens.reduce(Optional(self)) { value, token in
            switch value {
            case .object(let members): members[token]
            case .array(let elements): elements.indices.first { String($0) == token }.map { elements[$0] }
            default: nil
            }
        }
    }
}
