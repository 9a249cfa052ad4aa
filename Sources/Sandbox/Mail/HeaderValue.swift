// SPDX-License-Identifier: EUPL-1.2

/// A structured header value: `text/plain; charset=utf-8; name="x"`, with RFC 2231 parameters put together.
struct HeaderValue {
    /// The part before the first semicolon, in lower case.
    let value: String
    private let parameters: [String: String]

    init(_ text: String) {
        let pieces = Self.split(text)
        value = (pieces.first ?? "").lowercased()
        var raw: [String: String] = [:]
        for piece in pieces.dropFirst() {
            guard let equals = piece.firstIndex(of: "=") else { continue }
            raw[Self.trim(piece[..<equals]).lowercased()] = Self.trim(piece[piece.index(after: equals)...])
        }
        parameters = raw
    }

    /// A parameter, decoded: plain, RFC 2231 (`name*`, `name*0*`), or with RFC 2047 words as many programs write.
    subscript(_ name: String) -> String? {
        if let extended = parameters["\(name)*"] { return Self.decodeExtended([(extended, true)]) }
        var sections: [(text: String, isEncoded: Bool)] = []
        while true {
            let key = "\(name)*\(sections.count)"
            if let encoded = parameters["\(key)*"] {
                sections.append((encoded, true))
            } else if let plain = parameters[key] {
                sections.append((plain, false))
            } else {
                break
            }
        }
        if !sections.isEmpty { return Self.decodeExtended(sections) }
        return parameters[name].map(EncodedWords.decode)
    }

    /// Splits at semicolons outside quotes, and takes the quotes off.
    private static func split(_ text: String) -> [String] {
        var pieces: [String] = []
        var piece = ""
        var isQuoted = false
        var isEscaped = false
        for character in text {
            if isEscaped {
                piece.append(character)
                isEscaped = false
            } else if isQuoted, character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                isQuoted.toggle()
            } else if character == ";", !isQuoted {
                pieces.append(trim(piece[...]))
                piece = ""
            } else {
                piece.append(character)
            }
        }
        return pieces + [trim(piece[...])]
    }

    private static func decodeExtended(_ sections: [(text: String, isEncoded: Bool)]) -> String {
        var charset = "utf-8"
        var bytes: [UInt8] = []
        for (index, section) in sections.enumerated() {
            var text = section.text[...]
            if index == 0, section.isEncoded {
                let parts = section.text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
                if parts.count == 3 {
                    charset = String(parts[0])
                    text = parts[2]
                }
            }
            bytes += section.isEncoded ? PercentEncoding.decode(Array(text.utf8), plusIsSpace: false) : Array(text.utf8)
        }
        return Charset.decode(bytes, charset) ?? String(decoding: bytes, as: UTF8.self)
    }

    private static func trim(_ text: Substring) -> String {
        var text = text
        while let first = text.first, first == " " || first == "\t" { text = text.dropFirst() }
        while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
        return String(text)
    }
}

enum PercentEncoding {
    /// Lenient: a `%` that begins nothing stays as it is.
    static func decode(_ source: [UInt8], plusIsSpace: Bool) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            if source[index] == 37, index + 2 < source.count, let high = source[index + 1].hexValue,
                let low = source[index + 2].hexValue
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(plusIsSpace && source[index] == 43 ? 32 : source[index])
                index += 1
            }
        }
        return result
    }
}
