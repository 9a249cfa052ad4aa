// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// A file with comma-separated values as RFC 4180 has it, with a heading, read strictly.
///
/// Home-made because the library at hand drops blanks and unfinished quotes without a word, fills up short lines, knows no line numbers,
/// and puts what stands in the file into its errors: a file with pupils needs the opposite of each.
public struct CSVTable: Sendable, Hashable {
    public struct Row: Sendable, Hashable {
        /// Where the record begins, from 1.
        public let line: Int
        /// As many as there are headings; blanks are kept.
        public let fields: [String]
    }

    /// Without blanks around them.
    public let headings: [String]
    public let rows: [Row]

    /// At most this many problems are told: a file in another form has one on every line.
    public static let maximumProblems = 100

    /// Reads the whole file.
    /// - Parameter maximumBytes: A longer one is refused.
    /// - Throws: `CSVProblems` with everything that is wrong.
    public init(_ bytes: [UInt8], _ format: CSVFormat, maximumBytes: Int = 16 << 20) throws(CSVProblems) {
        guard bytes.count <= maximumBytes else { throw CSVProblems(problems: [.init(.tooLong, line: 1)]) }
        let text = try Self.decoded(bytes, format.encoding)
        var reader = CSVReader(Array(text.utf8), separator: format.separator.byte)
        reader.read()
        var problems = reader.problems
        guard let first = reader.rows.first else {
            throw CSVProblems(problems: problems.isEmpty ? [.init(.empty, line: 1)] : problems)
        }
        headings = first.fields.map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
        rows = Array(reader.rows.dropFirst())
        for (index, heading) in headings.enumerated() {
            if heading.isEmpty {
                problems.append(.init(.emptyHeading, line: first.line, field: index + 1))
            } else if headings[..<index].contains(heading) {
                problems.append(.init(.headingTwice, line: first.line, field: index + 1))
            }
        }
        for row in rows where row.fields.count != headings.count {
            problems.append(
                .init(.fieldCount(expected: headings.count, found: row.fields.count), line: row.line))
        }
        guard problems.isEmpty else {
            throw CSVProblems(problems: Array(problems.sorted { $0.line < $1.line }.prefix(Self.maximumProblems)))
        }
    }

    private static func decoded(_ bytes: [UInt8], _ encoding: CSVFormat.Encoding) throws(CSVProblems) -> String {
        switch encoding {
        case .utf8:
            let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
            guard let text = String(validating: bytes.dropFirst(hasMark ? 3 : 0), as: UTF8.self) else {
                throw CSVProblems(problems: [.init(.notUTF8, line: firstLineThatIsNotUTF8(bytes))])
            }
            return text
        case .windows1252:
            let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
            // Five bytes mean nothing there.
            let unknown = bytes.firstIndex { [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains($0) }
            guard !isMarked, unknown == nil, let text = String(bytes: bytes, encoding: .windowsCP1252) else {
                let line = bytes[..<(unknown ?? 0)].count { $0 == 0x0A } + 1
                throw CSVProblems(problems: [.init(.notWindows1252, line: line)])
            }
            return text
        }
    }

    private static func firstLineThatIsNotUTF8(_ bytes: [UInt8]) -> Int {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        return (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0) + 1
    }
}

/// Reads from left to right. Goes on behind a problem, so that all are told at once.
private struct CSVReader {
    private let bytes: [UInt8]
    private let separator: UInt8
    private var at = 0
    private var line = 1
    private(set) var rows: [CSVTable.Row] = []
    private(set) var problems: [CSVProblems.Problem] = []

    init(_ bytes: [UInt8], separator: UInt8) {
        self.bytes = bytes
        self.separator = separator
    }

    mutating func read() {
        while at < bytes.count {
            let start = line
            var fields = [readField(1)]
            while at < bytes.count, bytes[at] == separator {
                at += 1
                fields.append(readField(fields.count + 1))
            }
            endLine()
            rows.append(CSVTable.Row(line: start, fields: fields))
        }
    }

    private mutating func readField(_ number: Int) -> String {
        at < bytes.count && bytes[at] == Self.quote ? readQuoted(number) : readPlain(number)
    }

    private mutating func readPlain(_ number: Int) -> String {
        let start = at
        while at < bytes.count, bytes[at] != separator, bytes[at] != Self.lineFeed, !isLineEnd(at) {
            check(bytes[at], number, isQuoted: false)
            if bytes[at] == Self.quote { add(.quoteInside, number) }
            at += 1
        }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func readQuoted(_ number: Int) -> String {
        let start = (at: at, line: line)
        var value: [UInt8] = []
        at += 1
        while at < bytes.count {
            if bytes[at] == Self.quote {
                guard at + 1 < bytes.count, bytes[at + 1] == Self.quote else { break }
                at += 1
            } else if bytes[at] == Self.lineFeed {
                line += 1
            } else {
                check(bytes[at], number, isQuoted: true)
            }
            value.append(bytes[at])
            at += 1
        }
        guard at < bytes.count else {
            problems.append(.init(.quoteNotClosed, line: start.line, field: number))
            return ""
        }
        at += 1
        if at < bytes.count, bytes[at] != separator, bytes[at] != Self.lineFeed, !isLineEnd(at) {
            add(.textAfterQuote, number)
            _ = readPlain(number)
        }
        return String(decoding: value, as: UTF8.self)
    }

    private mutating func endLine() {
        guard at < bytes.count else { return }
        at += bytes[at] == Self.lineFeed ? 1 : 2
        line += 1
    }

    /// A carriage return with its line feed.
    private func isLineEnd(_ index: Int) -> Bool {
        bytes[index] == Self.carriageReturn && index + 1 < bytes.count && bytes[index + 1] == Self.lineFeed
    }

    private mutating func check(_ byte: UInt8, _ number: Int, isQuoted: Bool) {
        switch byte {
        case Self.carriageReturn where !isQuoted: add(.loneCarriageReturn, number)
        case 0x09, Self.carriageReturn: break
        case 0..<0x20, 0x7F: add(.controlCharacter, number)
        default: break
        }
    }

    private mutating func add(_ kind: CSVProblems.Problem.Kind, _ number: Int) {
        let problem = CSVProblems.Problem(kind, line: line, field: number)
        if problems.last != problem, problems.count < CSVTable.maximumProblems { problems.append(problem) }
    }

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
}
