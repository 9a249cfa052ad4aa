// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import Testing

/// Comma-separated values: read strictly, written so that no spreadsheet carries anything out.
@Suite struct CSVTests {
    private func read(_ text: String, _ format: CSVFormat = CSVFormat()) throws(CSVProblems) -> CSVTable {
        try CSVTable(Array(text.utf8), format)
    }

    @Test func recordsKeepTheirFieldsAndLines() throws {
        let table = try read(
            "\u{FEFF}naam; tekst ;leeg\r\n\"a;\"\"b\"\"\"; x ;\n\"eerste\r\ntweede\";y;\"\"\nlaatste;z;")
        #expect(table.headings == ["naam", "tekst", "leeg"])
        #expect(
            table.rows.map(\.fields) == [
                ["a;\"b\"", " x ", ""], ["eerste\r\ntweede", "y", ""], ["laatste", "z", ""],
            ])
        #expect(table.rows.map(\.line) == [2, 3, 5])
    }

    @Test func separatorsAreAsTheFormatSays() throws {
        #expect(try read("a,b\n1;2,3", CSVFormat(separator: .comma)).rows.map(\.fields) == [["1;2", "3"]])
        #expect(try read("a\tb\n1\t2", CSVFormat(separator: .tab)).rows.map(\.fields) == [["1", "2"]])
    }

    @Test func whatWindowsWritesIsRead() throws {
        let windows = CSVFormat(encoding: .windows1252)
        let table = try CSVTable(Array("naam\n".utf8) + [0xE9, 0x80, 0x96], windows)
        #expect(table.rows.map(\.fields) == [["é€–"]])
        #expect(throws: CSVProblems.self) { try CSVTable(Array("naam\n".utf8) + [0x81], windows) }
        #expect(throws: CSVProblems.self) { try CSVTable([0xEF, 0xBB, 0xBF] + Array("naam\na".utf8), windows) }
    }

    @Test(
        arguments: [
            ("", [.init(1, nil, .empty)]), ("a;b\n1\n", [.init(2, nil, .fieldCount(expected: 2, found: 1))]),
            ("a;b\n1;2;3\n4;5", [.init(2, nil, .fieldCount(expected: 2, found: 3))]),
            ("a;b\n1;2\n\n", [.init(3, nil, .fieldCount(expected: 2, found: 1))]),
            ("a;b\n1;x\"y", [.init(2, 2, .quoteInside)]), ("a;b\n\"1\"x;2", [.init(2, 1, .textAfterQuote)]),
            ("a;b\n1;\"2\n3;4", [.init(2, 2, .quoteNotClosed)]),
            (
                "a;b\n1;2\r3;4",
                [
                    .init(2, 2, .loneCarriageReturn), .init(2, nil, .fieldCount(expected: 2, found: 3)),
                ]
            ),
            ("a;b\n1;\u{1}", [.init(2, 2, .controlCharacter)]),
            ("a;;a\n1;2;3", [.init(1, 2, .emptyHeading), .init(1, 3, .headingTwice)]),
        ] as [(String, [Expected])])
    func everythingWrongIsToldByItsPlace(_ text: String, _ expected: [Expected]) {
        #expect { try read(text) } throws: { error in
            let found = (error as? CSVProblems)?.problems.map { Expected($0.line, $0.field, $0.kind) }
            return found == expected
        }
    }

    @Test func aWrongEncodingIsToldByItsLine() {
        #expect { try CSVTable(Array("a\nb\n".utf8) + [0xE9], CSVFormat()) } throws: {
            ($0 as? CSVProblems)?.problems.first.map { Expected($0.line, $0.field, $0.kind) } == .init(3, nil, .notUTF8)
        }
    }

    struct Expected: Sendable, Hashable {
        let line: Int
        let field: Int?
        let kind: CSVProblems.Problem.Kind

        init(_ line: Int, _ field: Int?, _ kind: CSVProblems.Problem.Kind) {
            self.line = line
            self.field = field
            self.kind = kind
        }
    }

    @Test(arguments: ["=1+1", "+31", "-1", "@SUM", "\tx", "\r=1", "\n=1", "＝1"])
    func whatASpreadsheetWouldCarryOutIsGuarded(_ value: String) throws {
        #expect(CSVWriter.guarded(value) == "'" + value)
        let table = try CSVTable(CSVWriter.bytes([["a", "b"], [value, "x"]]), CSVFormat())
        #expect(table.rows.first?.fields.first?.hasPrefix("'") == true)
    }

    @Test func ordinaryValuesStayAsTheyAre() {
        #expect(CSVWriter.guarded("1-2") == "1-2")
        #expect(
            CSVWriter.bytes([["a", " b", "c;\"d"]]) == [0xEF, 0xBB, 0xBF] + Array("a;\" b\";\"c;\"\"d\"\r\n".utf8))
    }

    /// What is written is what is read, whatever the values, but for the guard before a formula.
    @Test(arguments: CSVFormat.Separator.allCases) func randomTablesComeBack(_ separator: CSVFormat.Separator) throws {
        let letters = ["a", "é", ";", ",", "\t", "\"", "\"\"", " ", "\n", "\r\n", "=", "-", "😀", "'", "b"]
        var random = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let rows = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                (0..<3).map { _ in
                    (0..<Int.random(in: 0...5, using: &random)).compactMap { _ in letters.randomElement(using: &random)
                    }
                    .joined()
                }
            }
            let bytes = CSVWriter.bytes([["een", "twee", "drie"]] + rows, separator: separator)
            let table = try CSVTable(bytes, CSVFormat(separator: separator))
            #expect(table.rows.map(\.fields) == rows.map { $0.map(CSVWriter.guarded) })
        }
    }

    @Test func rowsHaveNamesOfTheirOwn() {
        let one = RowDigest.hexadecimal(of: ["a", "b"])
        #expect(one == RowDigest.hexadecimal(of: ["a", "b"]) && one.count == 64)
        #expect(Set([["a", "b"], ["ab", ""], ["", "ab"], ["b", "a"]].map(RowDigest.hexadecimal)).count == 4)
    }
}
