// SPDX-License-Identifier: EUPL-1.2

extension JSONReader {
    /// Reads the string that starts at the quote here; most have no escapes and are taken over as they stand.
    mutating func readString() throws(Stop) -> String {
        let start = at + 1
        var end = start
        var seen: UInt8 = 0
        while end < bytes.count {
            let byte = bytes[end]
            if byte == UInt8(ascii: "\"") {
                at = end + 1
                if seen >= 0x80 { checkScalars(in: start..<end) }
                return String(decoding: bytes[start..<end], as: UTF8.self)
            }
            if byte == UInt8(ascii: "\\") || byte < 0x20 { return try readStringWithEscapes(from: start) }
            seen |= byte
            end += 1
        }
        at = end
        throw stop(.unexpectedEnd)
    }

    private mutating func checkScalars(in range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            index += bytes[index] < 0x80 ? 1 : checkScalar(at: index)
        }
    }

    /// Checks one code point beyond ASCII; returns its length, or that of the bytes to pass over.
    private mutating func checkScalar(at index: Int) -> Int {
        guard let scalar = UTF8Scalar(bytes, at: index) else {
            note(.invalidUTF8, at: index)
            // One note for one broken sequence, not one for each of its bytes.
            return 1 + bytes[(index + 1)...].prefix(while: UTF8Scalar.isContinuation).count
        }
        if UTF8Scalar.isNoncharacter(scalar.value) { note(.noncharacter, at: index) }
        return scalar.length
    }

    private mutating func readStringWithEscapes(from start: Int) throws(Stop) -> String {
        var text: [UInt8] = []
        at = start
        while at < bytes.count {
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: "\""):
                at += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                try readEscape(into: &text)
            case 0..<0x20:
                note(.controlCharacter, at: at)
                at += 1
            case 0x80...:
                let length = checkScalar(at: at)
                text += bytes[at..<at + length]
                at += length
            default:
                let plain = at
                while at < bytes.count, JSONReader.isPlain(bytes[at]) { at += 1 }
                text += bytes[plain..<at]
            }
        }
        throw stop(.unexpectedEnd)
    }

    /// A byte of a string that stands for itself and needs no check.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    /// Reads one escape, or two that make up one character.
    private mutating func readEscape(into text: inout [UInt8]) throws(Stop) {
        let start = at
        guard start + 1 < bytes.count else {
            at = bytes.count
            throw stop(.unexpectedEnd)
        }
        let letter = bytes[start + 1]
        at += 2
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "u"): readUnicodeEscape(from: start, into: &text)
        default:
            note(.invalidEscape, at: start)
            // A byte that means something in itself (a control character, half a code point) is judged on its own.
            if letter < 0x20 || letter >= 0x80 { at -= 1 }
        }
    }

    private mutating func readUnicodeEscape(from start: Int, into text: inout [UInt8]) {
        guard let unit = hexadecimal(at: start + 2) else { return note(.invalidEscape, at: start) }
        at = start + 6
        var value = unit
        if (0xD800...0xDBFF).contains(unit), let low = lowSurrogate(at: at) {
            value = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            at += 6
        }
        guard let scalar = Unicode.Scalar(value) else { return note(.loneSurrogate, at: start) }
        if value == 0 { note(.nulCharacter, at: start) }
        if UTF8Scalar.isNoncharacter(value) { note(.noncharacter, at: start) }
        text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    private func lowSurrogate(at index: Int) -> UInt32? {
        guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u"),
            let unit = hexadecimal(at: index + 2), (0xDC00...0xDFFF).contains(unit)
        else { return nil }
        return unit
    }

    private func hexadecimal(at start: Int) -> UInt32? {
        guard start + 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for byte in bytes[start..<start + 4] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
            default: return nil
            }
        }
        return value
    }
}
