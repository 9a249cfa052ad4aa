// SPDX-License-Identifier: EUPL-1.2

/// Writes comma-separated values as RFC 4180 has it: UTF-8, lines that end with CR LF.
public enum CSVWriter {
    /// The file. With `utf-8` it begins with a byte order mark, without which Dutch spreadsheets read accents wrongly.
    /// - Parameters:
    ///   - rows: The heading first; each value is guarded against being taken for a formula.
    ///   - separator: Between the values.
    public static func bytes(_ rows: [[String]], separator: CSVFormat.Separator = .semicolon) -> [UInt8] {
        var result: [UInt8] = [0xEF, 0xBB, 0xBF]
        for row in rows {
            for (index, value) in row.enumerated() {
                if index > 0 { result.append(separator.byte) }
                result += written(guarded(value), separator)
            }
            result += "\r\n".utf8
        }
        return result
    }

    /// The value as it goes into the file: a spreadsheet carries out what begins with one of these signs, so an apostrophe goes before it.
    public static func guarded(_ value: String) -> String {
        guard let first = value.unicodeScalars.first, formulaSigns.contains(first) else { return value }
        return "'" + value
    }

    /// Signs that begin a formula, their wide forms, and blanks that a spreadsheet drops before it looks.
    private static let formulaSigns: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]

    private static func written(_ value: String, _ separator: CSVFormat.Separator) -> [UInt8] {
        let bytes = Array(value.utf8)
        let isPlain = !bytes.contains { $0 == separator.byte || $0 == UInt8(ascii: "\"") || $0 == 0x0D || $0 == 0x0A }
        guard !isPlain || bytes.first == UInt8(ascii: " ") || bytes.last == UInt8(ascii: " ") else { return bytes }
        let quote = UInt8(ascii: "\"")
        return [quote] + bytes.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
    }
}
