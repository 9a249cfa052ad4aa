// SPDX-License-Identifier: EUPL-1.2
import Testing
import Values

/// Documents that must be refused, with all that is wrong with them.
struct BadJSON: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    let codes: [JSONProblem.Code]
    var limits = JSONLimits.standard

    init(_ text: String, _ codes: JSONProblem.Code...) {
        (bytes, self.codes) = (Array(text.utf8), codes)
    }

    init(_ bytes: [UInt8], _ codes: JSONProblem.Code..., limits: JSONLimits = .standard) {
        (self.bytes, self.codes, self.limits) = (bytes, codes, limits)
    }

    /// These bytes as a string in JSON.
    static func string(_ bytes: UInt8..., code: JSONProblem.Code) -> BadJSON {
        BadJSON([0x22] + bytes + [0x22], code)
    }

    var testDescription: String { String(decoding: bytes.prefix(40), as: UTF8.self) }

    static let table = structure + words + numbers + escapes + encodings

    static let structure = [
        BadJSON("", .emptyInput), BadJSON(" \n\t", .emptyInput),
        BadJSON("[", .unexpectedEnd), BadJSON("[1", .unexpectedEnd), BadJSON("[1,", .unexpectedEnd),
        BadJSON("{", .unexpectedEnd), BadJSON("{\"a\"", .unexpectedEnd), BadJSON("{\"a\":", .unexpectedEnd),
        BadJSON("{\"a\":1", .unexpectedEnd), BadJSON("{\"a\":1,", .unexpectedEnd), BadJSON("\"a", .unexpectedEnd),
        BadJSON("\"a\\", .unexpectedEnd), BadJSON("\"\\n", .unexpectedEnd), BadJSON("[[1]", .unexpectedEnd),
        BadJSON("1 2", .trailingContent), BadJSON("{} {}", .trailingContent), BadJSON("[]]", .trailingContent),
        BadJSON("null,", .trailingContent), BadJSON("{}//x", .trailingContent), BadJSON("[]\0", .trailingContent),
        BadJSON("]", .expectedValue), BadJSON(",", .expectedValue), BadJSON(":", .expectedValue),
        BadJSON("[,1]", .expectedValue), BadJSON("[1,,2]", .expectedValue), BadJSON("{\"a\":}", .expectedValue),
        BadJSON("[/* x */ 1]", .expectedValue), BadJSON("# x\n1", .expectedValue), BadJSON("[:]", .expectedValue),
        BadJSON("\u{A0}1", .expectedValue), BadJSON("[\u{2028}1]", .expectedValue),
        BadJSON("{a:1}", .expectedKey), BadJSON("{'a':1}", .expectedKey), BadJSON("{1:1}", .expectedKey),
        BadJSON("{,}", .expectedKey), BadJSON("{\"a\":1,,}", .expectedKey), BadJSON("{null:1}", .expectedKey),
        BadJSON("{\"a\" 1}", .expectedColon), BadJSON("{\"a\",1}", .expectedColon), BadJSON("{\"a\"}", .expectedColon),
        BadJSON("{\"a\"=1}", .expectedColon),
        BadJSON("[1 2]", .expectedComma), BadJSON("[1}", .expectedComma), BadJSON("{\"a\":1]", .expectedComma),
        BadJSON("{\"a\":1 \"b\":2}", .expectedComma), BadJSON("[\"a\"\"b\"]", .expectedComma),
        BadJSON("[1:2]", .expectedComma),
        BadJSON("[1,]", .trailingComma), BadJSON("{\"a\":1,}", .trailingComma), BadJSON("[1, ]", .trailingComma),
        BadJSON(#"{"a":1,"a":1}"#, .duplicateKey), BadJSON(#"{"a":1,"\u0061":2}"#, .duplicateKey),
        BadJSON(#"{"a":null,"b":1,"a":null}"#, .duplicateKey), BadJSON(#"[{"":1,"":2}]"#, .duplicateKey),
        BadJSON(#"{"\u00e9":1,"e\u0301":2}"#, .duplicateKey),
        BadJSON(#"{"a":1,"a":2,"a":3}"#, .duplicateKey, .duplicateKey),
        BadJSON(#"{"a":{"b":1,"b":2},"a":1}"#, .duplicateKey, .duplicateKey),
        BadJSON(Array(String(repeating: "[", count: 33).utf8), .depthExceeded),
        BadJSON(Array("[1]".utf8), .tooLarge, limits: JSONLimits(maximumBytes: 2)),
    ]

    static let words = [
        BadJSON("True", .invalidLiteral), BadJSON("nul", .invalidLiteral), BadJSON("nulll", .invalidLiteral),
        BadJSON("NaN", .invalidLiteral), BadJSON("Infinity", .invalidLiteral), BadJSON("undefined", .invalidLiteral),
        BadJSON("'a'", .invalidLiteral), BadJSON("[TRUE,None]", .invalidLiteral, .invalidLiteral),
        BadJSON("{\"a\":nan,\"b\":01}", .invalidLiteral, .invalidNumber), BadJSON("truefalse", .invalidLiteral),
    ]

    static let numbers = [
        BadJSON("01", .invalidNumber), BadJSON("-01", .invalidNumber), BadJSON("00", .invalidNumber),
        BadJSON("+1", .invalidNumber), BadJSON("-", .invalidNumber), BadJSON("1.", .invalidNumber),
        BadJSON(".5", .invalidNumber), BadJSON("-.5", .invalidNumber), BadJSON("1e", .invalidNumber),
        BadJSON("1e+", .invalidNumber), BadJSON("1.e1", .invalidNumber), BadJSON("0x10", .invalidNumber),
        BadJSON("1_000", .invalidNumber), BadJSON("1a", .invalidNumber), BadJSON("-Infinity", .invalidNumber),
        BadJSON("--1", .invalidNumber), BadJSON("1.2.3", .invalidNumber), BadJSON("1e1.5", .invalidNumber),
        BadJSON("[1-2]", .invalidNumber), BadJSON("1\0", .unsupportedEncoding),
        BadJSON("- 1", .invalidNumber, .trailingContent),
        BadJSON("1e400", .numberOutOfRange), BadJSON("-1e400", .numberOutOfRange), BadJSON("1e-400", .numberOutOfRange),
        BadJSON("1e999999999999999999999", .numberOutOfRange), BadJSON("1e-999999999999999999999", .numberOutOfRange),
        BadJSON(String(repeating: "9", count: 400), .numberOutOfRange),
        BadJSON("9007199254740993", .numberNotExact), BadJSON("-9007199254740993", .numberNotExact),
        BadJSON("18446744073709551615", .numberNotExact), BadJSON("123456789012345678901234567890", .numberNotExact),
        BadJSON("295147905179352825857", .numberNotExact),
        BadJSON("1" + String(repeating: "0", count: 60), .numberNotExact),
    ]

    static let escapes = [
        BadJSON(#""\x41""#, .invalidEscape), BadJSON(#""\'""#, .invalidEscape), BadJSON(#""\u12""#, .invalidEscape),
        BadJSON(#""\u12G4""#, .invalidEscape), BadJSON(#""\U0041""#, .invalidEscape),
        BadJSON(#""\u+123""#, .invalidEscape),
        BadJSON("\"\\é\"", .invalidEscape), BadJSON("\"\\\n\"", .invalidEscape, .controlCharacter),
        BadJSON(#""\ud800""#, .loneSurrogate), BadJSON(#""\udc00""#, .loneSurrogate),
        BadJSON(#""\ud800a""#, .loneSurrogate),
        BadJSON(#""\ud800\n""#, .loneSurrogate), BadJSON(#""\udc00\ud800""#, .loneSurrogate, .loneSurrogate),
        BadJSON(#""\ud800\ud800\udc00""#, .loneSurrogate), BadJSON(#"{"\ud800":1}"#, .loneSurrogate),
        BadJSON(#""\u0000""#, .nulCharacter), BadJSON(#"{"a\u0000b":1}"#, .nulCharacter),
        BadJSON("\"a\nb\"", .controlCharacter), BadJSON("\"a\tb\"", .controlCharacter),
        BadJSON("\"a\0b\"", .controlCharacter),
        BadJSON("\"\u{1F}\"", .controlCharacter), BadJSON("{\"a\nb\":1}", .controlCharacter),
        BadJSON(#""\uffff""#, .noncharacter), BadJSON(#""\ufdd0""#, .noncharacter),
        BadJSON("\"\u{FFFE}\"", .noncharacter),
        .string(0xEF, 0xB7, 0xAF, code: .noncharacter), BadJSON(#""\ud83f\udffe""#, .noncharacter),
        .string(0xF4, 0x8F, 0xBF, 0xBF, code: .noncharacter),
    ]

    static let encodings = [
        BadJSON([0xEF, 0xBB, 0xBF] + Array("1".utf8), .byteOrderMark),
        BadJSON([0xEF, 0xBB, 0xBF] + Array("01".utf8), .byteOrderMark, .invalidNumber),
        BadJSON([0xFF, 0xFE, 0x31, 0], .unsupportedEncoding), BadJSON([0xFE, 0xFF, 0, 0x31], .unsupportedEncoding),
        BadJSON([0x31, 0, 0x32, 0], .unsupportedEncoding), BadJSON([0, 0x31], .unsupportedEncoding),
        BadJSON([0, 0, 0xFE, 0xFF, 0, 0, 0, 0x31], .unsupportedEncoding),
        BadJSON([0x31, 0, 0, 0], .unsupportedEncoding),
        .string(0xC0, 0xAF, code: .invalidUTF8), .string(0xC1, 0x81, code: .invalidUTF8),
        .string(0xE0, 0x80, 0xAF, code: .invalidUTF8), .string(0xF0, 0x80, 0x80, 0xAF, code: .invalidUTF8),
        .string(0xED, 0xA0, 0x80, code: .invalidUTF8), .string(0xF4, 0x90, 0x80, 0x80, code: .invalidUTF8),
        .string(0x80, code: .invalidUTF8), .string(0xFF, code: .invalidUTF8), .string(0xC3, code: .invalidUTF8),
        .string(0xE2, 0x82, code: .invalidUTF8), .string(0xF5, 0x80, 0x80, 0x80, code: .invalidUTF8),
        .string(0xE9, 0x65, code: .invalidUTF8), .string(0x5C, 0x6E, 0xC3, code: .invalidUTF8),
        BadJSON([0x5B, 0xC3, 0x28, 0x5D], .invalidUTF8), BadJSON([0x7B, 0x80], .invalidUTF8),
    ]
}

@Suite struct BadJSONTests {
    @Test(arguments: BadJSON.table) func refuses(_ bad: BadJSON) throws {
        let problems = try #require(StrictJSON.read(bad.bytes, limits: bad.limits).failure)
        #expect(problems.codes == bad.codes)
        #expect(problems.problems.allSatisfy { $0.position.offset <= bad.bytes.count && $0.position.column >= 1 })
    }

    @Test func tableIsLong() {
        #expect(BadJSON.table.count >= 60)
    }
}
