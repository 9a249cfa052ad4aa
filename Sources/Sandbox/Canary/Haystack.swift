// SPDX-License-Identifier: EUPL-1.2

/// The readings of some bytes in which a canary could hide.
struct Haystack {
    /// A reading of the text, in lower case, and how it was obtained.
    struct Reading {
        let form: Finding.Form
        let bytes: [UInt8]
    }

    /// The bytes as they are, in lower case.
    let lowered: [UInt8]
    /// Every decoding that changes something, and every decoding of those: two layers, such as JSON in a URL.
    let decoded: [Reading]
    /// Without white space, base64url's letters replaced by base64's.
    let packed: [UInt8]
    /// Without what people put between digits.
    let joinedDigits: [UInt8]

    init(_ bytes: [UInt8]) {
        lowered = bytes.asciiLowered
        let first = Self.decodings(of: bytes)
        let second = first.flatMap { outer in
            // Named after the outer layer: that is what a reader sees first.
            Self.decodings(of: outer.bytes).map { Reading(form: outer.form, bytes: $0.bytes) }
        }
        decoded = (first + second).map { Reading(form: $0.form, bytes: $0.bytes.asciiLowered) }
        packed = Self.pack(bytes)
        joinedDigits = Self.joinDigits(bytes)
    }

    private static func decodings(of bytes: [UInt8]) -> [Reading] {
        var readings: [Reading] = []
        func add(_ form: Finding.Form, _ result: [UInt8]) {
            if result != bytes { readings.append(Reading(form: form, bytes: result)) }
        }
        if bytes.contains(61) {
            add(.quotedPrintable, QuotedPrintable.decode(bytes))
            if bytes.holds([61, 63]) {
                add(.quotedPrintable, Array(EncodedWords.decode(String(decoding: bytes, as: UTF8.self)).utf8))
            }
        }
        if bytes.contains(37) || bytes.contains(43) {
            add(.percentEncoded, PercentEncoding.decode(bytes, plusIsSpace: true))
        }
        if bytes.contains(92) { add(.jsonEscaped, JSONEscapes.decode(bytes)) }
        if bytes.contains(38) { add(.xmlEscaped, CharacterReferences.decode(bytes)) }
        return readings
    }

    private static func pack(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        bytes.withUnsafeBufferPointer { source in
            for byte in source where byte > 32 {
                result.append(byte == 45 ? 43 : byte == 95 ? 47 : byte)
            }
        }
        return result
    }

    private static func joinDigits(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var separator: UInt8?
        bytes.withUnsafeBufferPointer { source in
            for byte in source {
                let isSeparator = byte == 32 || (byte >= 45 && byte <= 47)
                if isSeparator, separator == nil, let last = result.last, last.isDigit {
                    separator = byte
                    continue
                }
                // Only one separator between two digits is dropped.
                if let held = separator, !byte.isDigit { result.append(held) }
                separator = nil
                result.append(byte)
            }
        }
        return result
    }
}

enum JSONEscapes {
    /// Lenient: works on any bytes; an escape that means nothing stays as it is.
    static func decode(_ source: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            guard source[index] == 92, index + 1 < source.count else {
                result.append(source[index])
                index += 1
                continue
            }
            if source[index + 1] == 117, let unit = unit(source, at: index) {
                var units = [unit]
                index += 6
                if UTF16.isLeadSurrogate(unit), let next = self.unit(source, at: index) {
                    units.append(next)
                    index += 6
                }
                result += Array(String(decoding: units, as: UTF16.self).utf8)
            } else {
                result.append(plain[source[index + 1]] ?? source[index + 1])
                index += 2
            }
        }
        return result
    }

    private static let plain: [UInt8: UInt8] = [110: 10, 114: 13, 116: 9, 98: 8, 102: 12]

    private static func unit(_ source: [UInt8], at index: Int) -> UInt16? {
        guard index + 5 < source.count, source[index] == 92, source[index + 1] == 117 else { return nil }
        var unit: UInt16 = 0
        for digit in source[(index + 2)...(index + 5)] {
            guard let value = digit.hexValue else { return nil }
            unit = unit << 4 | UInt16(value)
        }
        return unit
    }
}

enum CharacterReferences {
    private static let named: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "eacute": "é", "euml": "ë",
        "iuml": "ï", "ouml": "ö", "uuml": "ü", "egrave": "è", "ccedil": "ç", "aacute": "á", "oacute": "ó",
    ]

    /// Lenient: a `&` that begins nothing stays as it is.
    static func decode(_ source: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            let window = source[index..<min(index + 12, source.count)]
            if source[index] == 38, let end = window.firstIndex(of: 59),
                let text = meaning(String(decoding: source[(index + 1)..<end], as: UTF8.self))
            {
                result += Array(text.utf8)
                index = end + 1
            } else {
                result.append(source[index])
                index += 1
            }
        }
        return result
    }

    private static func meaning(_ name: String) -> String? {
        guard name.first == "#" else { return named[name] }
        let digits = name.dropFirst()
        let isHex = digits.first == "x" || digits.first == "X"
        let number = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return number.flatMap(Unicode.Scalar.init).map { String($0) }
    }
}
