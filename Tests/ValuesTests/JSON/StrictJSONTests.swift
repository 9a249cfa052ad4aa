// SPDX-License-Identifier: EUPL-1.2
import Testing
import Values

@Suite struct StrictJSONTests {
    struct Good: Sendable, CustomTestStringConvertible {
        let text: String
        let value: JSONValue
        init(_ text: String, _ value: JSONValue) { (self.text, self.value) = (text, value) }
        var testDescription: String { text }
    }

    static let good: [Good] = [
        Good("null", nil), Good("true", true), Good("false", false), Good(" \t\r\n1 \n", 1),
        Good("0", 0), Good("-0", 0), Good("-12", -12), Good("1.5", 1.5), Good("1E3", 1000), Good("1e-2", 0.01),
        Good("2.5e+1", 25), Good("0.1", 0.1), Good("123456789012.25", 123_456_789_012.25), Good("0e999999999", 0),
        Good("9007199254740992", 9_007_199_254_740_992), Good("9007199254740994", .number(9_007_199_254_740_994)),
        Good("-9007199254740994", .number(-9_007_199_254_740_994)), Good("1e22", 1e22), Good("1e23", 1e23),
        Good("100000000000000000000", 1e20), Good("295147905179352830000", .number(0x1p68)),
        Good("1.7976931348623157e308", .number(.greatestFiniteMagnitude)),
        Good("5e-324", .number(.leastNonzeroMagnitude)),
        Good("3.141592653589793238462643383279", .number(.pi)), Good("0.000000000000000000000000001", 1e-27),
        Good("\"\"", ""), Good("\"caf\u{E9} \u{1F600}\"", "caf\u{E9} \u{1F600}"), Good("\"\u{7F}\"", "\u{7F}"),
        Good(#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), Good(#""\u20aC""#, "€"),
        Good(#""\ud83d\ude00""#, "\u{1F600}"),
        Good(#""\udbff\udffd""#, "\u{10FFFD}"), Good(#""a\u0001é""#, "a\u{1}é"),
        Good("[]", []), Good("[ ]", []), Good("[1,[2,[3]]]", [1, [2, [3]]]), Good("{}", [:]), Good("{ }", [:]),
        Good(#"{"a":1,"b":{"a":2}}"#, ["a": 1, "b": ["a": 2]]), Good(#" { "a" : [ 1 , 2 ] } "#, ["a": [1, 2]]),
        Good(#"{"":0}"#, ["": 0]), Good(#"{"a\u0062":0}"#, ["ab": 0]),
    ]

    @Test(arguments: good) func reads(_ good: Good) throws {
        #expect(try StrictJSON.read(good.text).get() == good.value)
    }

    @Test func readsSlicesAndBorrowedMemory() throws {
        let bytes = Array("xx[1]xx".utf8)
        #expect(try StrictJSON.read(bytes[2..<5]).get() == [1])
        let borrowed = bytes[2..<5].withUnsafeBytes { StrictJSON.read($0) }
        #expect(try borrowed.get() == [1])
    }

    @Test func tellsAllProblemsInOrder() throws {
        let text = """
            {
              "a": 01,
              "b": ["\\x", NaN, 1,],
              "é": {"k": 1, "k": 2},
              "c": "\\ud800"
            }
            """
        let problems = try #require(failure(text))
        let found = problems.problems.map { "\($0.position.line):\($0.position.column) \($0.code) \($0.pointer)" }
        #expect(
            found == [
                "2:8 invalidNumber /a", "3:10 invalidEscape /b/0", "3:15 invalidLiteral /b/1", "3:21 trailingComma /b",
                "4:17 duplicateKey /é/k", "5:9 loneSurrogate /c",
            ])
        #expect(!problems.isTruncated)
        #expect(problems.problems.allSatisfy { Array(text.utf8)[$0.position.offset] != UInt8(ascii: " ") })
    }

    @Test func keepsFiftyProblems() throws {
        let problems = try #require(failure("[" + Array(repeating: "01", count: 60).joined(separator: ",") + "]"))
        #expect(problems.problems.count == JSONProblems.maximum)
        #expect(problems.isTruncated)
        #expect(problems.description.hasSuffix("(en meer)"))
    }

    @Test func quotesNamesButNothingElse() throws {
        let texts = [
            #"{"Testkind Voorbeeld":1,"Testkind Voorbeeld":2}"#, #"{"999990019":1,"999990019":2}"#,
            #"{"a":{"Testkind Voorbeeld":01}}"#,
        ]
        for text in texts {
            let description = try #require(failure(text)).description
            #expect(!description.contains("Testkind") && !description.contains("999990019"))
        }
        #expect(try #require(failure(#"{"kind":1,"kind":2}"#)).description.contains("“kind”"))
        let long = String(repeating: "a", count: 65)
        #expect(try #require(failure("{\"\(long)\":1,\"\(long)\":2}")).description.contains("aaa") == false)
    }

    @Test func everyCodeHasItsOwnMessage() throws {
        let problems: [JSONProblem] = BadJSON.table.flatMap {
            StrictJSON.read($0.bytes, limits: $0.limits).failure?.problems ?? []
        }
        #expect(Set(problems.map(\.code)) == Set(JSONProblem.Code.allCases))
        let byMessage = Dictionary(grouping: problems, by: \.message)
        #expect(byMessage.values.allSatisfy { Set($0.map(\.code)).count == 1 })
    }

    @Test func limitsAreExact() throws {
        let limits = JSONLimits(maximumBytes: 5, maximumDepth: 2)
        #expect(try StrictJSON.read("[[1]]", limits: limits).get() == [[1]])
        #expect(StrictJSON.read("[[12]]", limits: limits).failure?.codes == [.tooLarge])
        #expect(StrictJSON.read("[[[]]", limits: limits).failure?.codes == [.depthExceeded])
        #expect(try StrictJSON.read("1", limits: JSONLimits(maximumDepth: 0)).get() == 1)
        #expect(JSONLimits(maximumDepth: 1_000_000).maximumDepth == JSONLimits.deepest)
    }

    @Test(arguments: ["[", "{\"a\":", "[{\"a\":"]) func hostileNestingIsRefusedAtOnce(_ opening: String) throws {
        let text = String(repeating: opening, count: 100_000)
        let deepest = JSONLimits(maximumDepth: JSONLimits.deepest)
        let started = ContinuousClock.now
        #expect(StrictJSON.read(text).failure?.codes == [.depthExceeded])
        #expect(StrictJSON.read(text, limits: deepest).failure?.codes == [.depthExceeded])
        #expect(ContinuousClock.now - started < .seconds(1))
    }

    @Test func readsAndWritesAtTheDeepest() throws {
        let text = String(repeating: "[", count: 256) + String(repeating: "]", count: 256)
        let value = try StrictJSON.read(text, limits: JSONLimits(maximumDepth: 256)).get()
        #expect(value.canonicalString == text)
    }

    private func failure(_ text: String) -> JSONProblems? {
        StrictJSON.read(text).failure
    }
}

extension Result where Success == JSONValue, Failure == JSONProblems {
    var failure: JSONProblems? {
        guard case .failure(let problems) = self else { return nil }
        return problems
    }
}

extension JSONProblems {
    var codes: [JSONProblem.Code] { problems.map(\.code) }
}
