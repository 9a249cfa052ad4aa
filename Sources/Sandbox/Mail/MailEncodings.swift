// SPDX-License-Identifier: EUPL-1.2
import Foundation

enum Base64 {
    /// Strict: nil when anything but the alphabet and right padding is there.
    static func decode(_ bytes: [UInt8]) -> [UInt8]? {
        Data(base64Encoded: Data(bytes)).map { Array($0) }
    }

    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        Array(Data(bytes).base64EncodedData())
    }
}

enum QuotedPrintable {
    /// Lenient: a `=` that begins nothing stays as it is. `inHeader`: `_` is a space (RFC 2047).
    static func decode(_ bytes: some Collection<UInt8>, inHeader: Bool = false) -> [UInt8] {
        let source = Array(bytes)
        var result: [UInt8] = []
        result.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            let byte = source[index]
            if byte == 61, let skipped = softBreak(source, index) {
                index += skipped
            } else if byte == 61, index + 2 < source.count, let high = source[index + 1].hexValue,
                let low = source[index + 2].hexValue
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(inHeader && byte == 95 ? 32 : byte)
                index += 1
            }
        }
        return result
    }

    /// The length of a soft line break that begins here, blanks before its end included.
    private static func softBreak(_ source: [UInt8], _ start: Int) -> Int? {
        var index = start + 1
        while index < source.count, source[index].isBlank { index += 1 }
        if index < source.count, source[index] == 10 { return index + 1 - start }
        if index + 1 < source.count, source[index] == 13, source[index + 1] == 10 { return index + 2 - start }
        return nil
    }
}

enum Charset {
    /// The text, or nil when the character set is not one that we read.
    static func decode(_ bytes: some Collection<UInt8>, _ name: String) -> String? {
        switch name.lowercased() {
        case "utf-8", "utf8", "us-ascii", "ascii", "":
            String(decoding: Array(bytes), as: UTF8.self)
        case "iso-8859-1", "latin1", "iso-8859-15", "windows-1252":
            String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        default:
            nil
        }
    }
}

enum EncodedWords {
    /// Decodes RFC 2047 encoded words; blanks between two of them vanish, and their bytes are joined before they are
    /// read as text.
    static func decode(_ value: String) -> String {
        let bytes = Array(value.utf8)
        var result = ""
        var pending: (charset: String, bytes: [UInt8])?
        var plainStart = 0
        var index = 0
        while index < bytes.count {
            guard let word = word(bytes, at: index) else {
                index += 1
                continue
            }
            let between = bytes[plainStart..<index]
            if pending == nil || !between.allSatisfy({ $0.isBlank }) {
                result += flush(&pending) + String(decoding: between, as: UTF8.self)
            }
            if let known = pending, known.charset != word.charset { result += flush(&pending) }
            pending = (word.charset, (pending?.bytes ?? []) + word.bytes)
            index = word.end
            plainStart = index
        }
        return result + flush(&pending) + String(decoding: bytes[plainStart...], as: UTF8.self)
    }

    private static func flush(_ pending: inout (charset: String, bytes: [UInt8])?) -> String {
        defer { pending = nil }
        guard let known = pending else { return "" }
        return Charset.decode(known.bytes, known.charset) ?? String(decoding: known.bytes, as: UTF8.self)
    }

    private static func word(_ bytes: [UInt8], at start: Int) -> (charset: String, bytes: [UInt8], end: Int)? {
        guard bytes[start...].starts(with: [61, 63]) else { return nil }
        // An encoded word holds no further question marks: charset?encoding?text?=
        var marks: [Int] = []
        for index in bytes.indices[(start + 2)...] where bytes[index] == 63 && marks.count < 3 { marks.append(index) }
        guard marks.count == 3, marks[2] + 1 < bytes.count, bytes[marks[2] + 1] == 61 else { return nil }
        let close = marks[2]
        let charset = String(decoding: bytes[(start + 2)..<marks[0]], as: UTF8.self)
        let text = Array(bytes[(marks[1] + 1)..<close])
        switch bytes[(marks[0] + 1)..<marks[1]] {
        case [81], [113]: return (charset, QuotedPrintable.decode(text, inHeader: true), close + 2)
        case [66], [98]: return Base64.decode(text).map { (charset, $0, close + 2) }
        default: return nil
        }
    }
}
