// SPDX-License-Identifier: EUPL-1.2

/// A Swift source text with its comments, and if wished its strings, blanked out: enough of a reading to look for words.
struct SwiftCode {
    private let bytes: [UInt8]
    private let keepsStrings: Bool
    private var result: [UInt8]
    private var at = 0

    private init(_ text: String, keepsStrings: Bool) {
        bytes = Array(text.utf8)
        self.keepsStrings = keepsStrings
        result = bytes
    }

    /// Lines stay where they are. What is interpolated into a string is code and stays.
    static func stripped(_ text: String, keepingStrings: Bool = false) -> String {
        var code = SwiftCode(text, keepsStrings: keepingStrings)
        code.readCode(untilParenthesis: false)
        return String(decoding: code.result, as: UTF8.self)
    }

    /// Every identifier and keyword of a stripped text, each once.
    static func words(_ stripped: String) -> Set<Substring> {
        Set(
            stripped.utf8.split { byte in
                !((48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95)
            }.map { Substring($0) })
    }

    private func isNext(_ text: StaticString, from place: Int? = nil) -> Bool {
        let place = place ?? at
        guard place + text.utf8CodeUnitCount <= bytes.count else { return false }
        return (0..<text.utf8CodeUnitCount).allSatisfy { bytes[place + $0] == text.utf8Start[$0] }
    }

    private mutating func blank(_ count: Int, isString: Bool = false) {
        for _ in 0..<min(count, bytes.count - at) {
            if bytes[at] != UInt8(ascii: "\n"), !(isString && keepsStrings) { result[at] = UInt8(ascii: " ") }
            at += 1
        }
    }

    private mutating func readCode(untilParenthesis: Bool) {
        var depth = 0
        while at < bytes.count {
            if isNext("//") {
                while at < bytes.count, bytes[at] != UInt8(ascii: "\n") { blank(1) }
            } else if isNext("/*") {
                readBlockComment()
            } else if bytes[at] == UInt8(ascii: "\"") || startsRawString {
                readString()
            } else {
                if bytes[at] == UInt8(ascii: "(") { depth += 1 }
                if bytes[at] == UInt8(ascii: ")") {
                    if untilParenthesis, depth == 0 { return }
                    depth -= 1
                }
                at += 1
            }
        }
    }

    private mutating func readBlockComment() {
        var depth = 0
        repeat {
            if isNext("/*") {
                depth += 1
                blank(2)
            } else if isNext("*/") {
                depth -= 1
                blank(2)
            } else {
                blank(1)
            }
        } while depth > 0 && at < bytes.count
    }

    private var startsRawString: Bool {
        var place = at
        while place < bytes.count, bytes[place] == UInt8(ascii: "#") { place += 1 }
        return place > at && isNext("\"", from: place)
    }

    private mutating func readString() {
        var hashes = 0
        while bytes[at + hashes] == UInt8(ascii: "#") { hashes += 1 }
        let quotes = isNext("\"\"\"", from: at + hashes) ? 3 : 1
        blank(hashes + quotes, isString: true)
        while at < bytes.count {
            if isEnd(quotes: quotes, hashes: hashes) { return blank(quotes + hashes, isString: true) }
            if bytes[at] == UInt8(ascii: "\\"), hasHashes(hashes, from: at + 1) {
                blank(1 + hashes, isString: true)
                guard isNext("(") else {
                    blank(1, isString: true)
                    continue
                }
                blank(1, isString: true)
                readCode(untilParenthesis: true)
                blank(1, isString: true)
            } else {
                blank(1, isString: true)
            }
        }
    }

    private func isEnd(quotes: Int, hashes: Int) -> Bool {
        let hasQuotes = quotes == 3 ? isNext("\"\"\"") : isNext("\"")
        return hasQuotes && hasHashes(hashes, from: at + quotes)
    }

    private func hasHashes(_ count: Int, from place: Int) -> Bool {
        place + count <= bytes.count && (place..<place + count).allSatisfy { bytes[$0] == UInt8(ascii: "#") }
    }
}
