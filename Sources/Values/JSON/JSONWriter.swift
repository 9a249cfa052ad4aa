// SPDX-License-Identifier: EUPL-1.2

extension JSONValue {
    /// The value as the JSON Canonicalization Scheme writes it (RFC 8785): UTF-8, keys sorted, no white space.
    ///
    /// Equal values give equal bytes, so this is what is hashed, signed and compared; it also serves as the ordinary writer.
    /// JSON has no infinite numbers: where a program made one, `null` is written. The strict reader never gives one.
    public var canonicalBytes: [UInt8] {
        var writer = JSONWriter(indented: false)
        writer.write(self, level: 0)
        return writer.bytes
    }

    /// The canonical form as text.
    public var canonicalString: String {
        String(decoding: canonicalBytes, as: UTF8.self)
    }

    /// The value for people: two spaces a level, keys sorted, without a line end after it.
    public var prettyString: String {
        var writer = JSONWriter(indented: true)
        writer.write(self, level: 0)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

/// Writes values as RFC 8785 says, on one line or indented.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private let indented: Bool

    init(indented: Bool) {
        self.indented = indented
        bytes.reserveCapacity(1024)
    }

    mutating func write(_ value: JSONValue, level: Int) {
        switch value {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += value ? "true".utf8 : "false".utf8
        case .number(let value): write(value)
        case .string(let value): write(value)
        case .array(let elements): write(elements, level: level)
        case .object(let members): write(members, level: level)
        }
    }

    private mutating func write(_ elements: [JSONValue], level: Int) {
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for element in elements {
            separate(isFirst, level: level + 1)
            write(element, level: level + 1)
            isFirst = false
        }
        if !isFirst { breakLine(level) }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ members: [String: JSONValue], level: Int) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for (key, value) in members.sorted(by: { JSONWriter.precedes($0.key, $1.key) }) {
            separate(isFirst, level: level + 1)
            write(key)
            bytes.append(UInt8(ascii: ":"))
            if indented { bytes.append(UInt8(ascii: " ")) }
            write(value, level: level + 1)
            isFirst = false
        }
        if !isFirst { breakLine(level) }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func separate(_ isFirst: Bool, level: Int) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        breakLine(level)
    }

    private mutating func breakLine(_ level: Int) {
        guard indented else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
    }

    private mutating func write(_ number: Double) {
        if let whole = JSONValue.whole(number) {
            bytes += String(whole).utf8
        } else {
            bytes += JSONWriter.text(of: number).utf8
        }
    }

    private mutating func write(_ text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { utf8 in
            var copied = 0
            for (index, byte) in utf8.enumerated() where JSONWriter.needsEscape(byte) {
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[copied..<index]))
                writeEscaped(byte)
                copied = index + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[copied...]))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func writeEscaped(_ byte: UInt8) {
        switch byte {
        case 0x08: bytes += "\\b".utf8
        case 0x09: bytes += "\\t".utf8
        case 0x0A: bytes += "\\n".utf8
        case 0x0C: bytes += "\\f".utf8
        case 0x0D: bytes += "\\r".utf8
        case 0..<0x10: bytes += "\\u000\(String(byte, radix: 16))".utf8
        case 0x10..<0x20: bytes += "\\u00\(String(byte, radix: 16))".utf8
        default: bytes += [UInt8(ascii: "\\"), byte]
        }
    }

    /// The order of UTF-16 code units, found in UTF-8: the same as that of the bytes, except that the surrogates of
    /// U+10000 and above come before U+E000...U+FFFF.
    static func precedes(_ left: String, _ right: String) -> Bool {
        var rest = right.utf8.makeIterator()
        for byte in left.utf8 {
            guard let other = rest.next() else { return false }
            guard byte != other else { continue }
            let isMixed = byte >= 0xEE && other >= 0xEE && (byte >= 0xF0) != (other >= 0xF0)
            return isMixed ? byte >= 0xF0 : byte < other
        }
        return rest.next() != nil
    }
}
