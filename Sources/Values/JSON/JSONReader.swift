// SPDX-License-Identifier: EUPL-1.2

/// One pass over one document: a recursive reader that is bounded in depth and notes what is wrong as it goes.
///
/// Where a fault leaves no doubt about what follows (a bad number, a key that comes twice) it notes it and goes on;
/// where it does (a missing quote or comma) it stops.
struct JSONReader {
    /// Thrown when reading cannot go on; the reason is in `faults`.
    struct Stop: Error {}

    /// A problem before its line and column are worked out.
    struct Fault {
        let code: JSONProblem.Code
        let offset: Int
        let pointer: JSONPointer
        let key: String?
    }

    private enum Step {
        case key(String)
        case index(Int)

        var token: String {
            switch self {
            case .key(let key): key
            case .index(let index): String(index)
            }
        }
    }

    let bytes: [UInt8]
    let limits: JSONLimits
    /// The next byte to read.
    var at = 0
    /// When set, reading stops at the value that stands here, and `foundAt` tells where it starts.
    var sought: JSONPointer?
    private(set) var foundAt: Int?
    private(set) var faults: [Fault] = []
    private var hasMoreFaults = false
    private var path: [Step] = []

    init(_ bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    /// The value, or nil if reading had to stop; only a value without `faults` may be used.
    mutating func readDocument() -> JSONValue? {
        do throws(Stop) {
            try checkEncoding()
            skipWhitespace()
            guard at < bytes.count else { throw stop(.emptyInput) }
            let value = try readValue(depth: 0)
            skipWhitespace()
            if at < bytes.count { note(.trailingContent, at: at) }
            return value
        } catch {
            return nil
        }
    }

    /// The faults in the order of the text, with their lines and columns.
    var problems: JSONProblems {
        let sorted = faults.sorted { $0.offset < $1.offset }
        let positions = TextPosition.positions(of: sorted.map(\.offset), in: bytes)
        let problems = zip(sorted, positions).map { fault, position in
            JSONProblem(
                code: fault.code, position: position, pointer: fault.pointer,
                message: fault.code.message(limits: limits, key: fault.key))
        }
        return JSONProblems(problems: problems, isTruncated: hasMoreFaults)
    }

    mutating func note(_ code: JSONProblem.Code, at offset: Int, key: String? = nil) {
        guard faults.count < JSONProblems.maximum else {
            hasMoreFaults = true
            return
        }
        let pointer = JSONPointer(tokens: path.map(\.token))
        faults.append(Fault(code: code, offset: offset, pointer: pointer, key: key))
    }

    /// Notes why reading stops here; throw what it returns.
    mutating func stop(_ code: JSONProblem.Code) -> Stop {
        note(code, at: at)
        return Stop()
    }

    /// Notes that something else was expected here, or that the text has ended.
    private mutating func stop(expecting code: JSONProblem.Code) -> Stop {
        guard at < bytes.count else { return stop(.unexpectedEnd) }
        return stop(UTF8Scalar(bytes, at: at) == nil ? .invalidUTF8 : code)
    }
}

// MARK: - Values

extension JSONReader {
    private mutating func checkEncoding() throws(Stop) {
        guard bytes.count <= limits.maximumBytes else { throw stop(.tooLarge) }
        guard bytes.count >= 2, bytes[0] == 0 || bytes[1] == 0 || bytes[0] >= 0xEF else { return }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            note(.byteOrderMark, at: 0)
            at = 3
        } else if bytes[0] == 0 || bytes[1] == 0 || bytes[0] >= 0xFE {
            // JSON starts with an ASCII character, so a zero byte beside it means two or four bytes a character;
            // FE and FF are how a byte order mark of those encodings starts.
            throw stop(.unsupportedEncoding)
        }
    }

    private mutating func readValue(depth: Int) throws(Stop) -> JSONValue {
        if sought != nil { try stopIfSought() }
        guard at < bytes.count else { throw stop(.unexpectedEnd) }
        switch bytes[at] {
        case UInt8(ascii: "{"): return try readObject(depth: depth + 1)
        case UInt8(ascii: "["): return try readArray(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(readNumber())
        default: return try readWord(depth: depth)
        }
    }

    private mutating func stopIfSought() throws(Stop) {
        guard let sought, sought.tokens.count == path.count else { return }
        guard zip(sought.tokens, path).allSatisfy({ $0 == $1.token }) else { return }
        foundAt = at
        throw Stop()
    }

    private mutating func readArray(depth: Int) throws(Stop) -> JSONValue {
        guard depth <= limits.maximumDepth else { throw stop(.depthExceeded) }
        at += 1
        skipWhitespace()
        var elements: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat {
            path.append(.index(elements.count))
            elements.append(try readValue(depth: depth))
            path.removeLast()
        } while try readSeparator(before: UInt8(ascii: "]"))
        return .array(elements)
    }

    private mutating func readObject(depth: Int) throws(Stop) -> JSONValue {
        guard depth <= limits.maximumDepth else { throw stop(.depthExceeded) }
        at += 1
        skipWhitespace()
        var members: [String: JSONValue] = [:]
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            let keyStart = at
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw stop(expecting: .expectedKey) }
            let key = try readString()
            path.append(.key(key))
            skipWhitespace()
            guard take(UInt8(ascii: ":")) else { throw stop(expecting: .expectedColon) }
            skipWhitespace()
            let value = try readValue(depth: depth)
            if members.updateValue(value, forKey: key) != nil { note(.duplicateKey, at: keyStart, key: key) }
            path.removeLast()
        } while try readSeparator(before: UInt8(ascii: "}"))
        return .object(members)
    }

    /// Reads a comma (true: another one follows) or the closing bracket (false), with the white space around it.
    private mutating func readSeparator(before closing: UInt8) throws(Stop) -> Bool {
        skipWhitespace()
        if take(closing) { return false }
        let comma = at
        guard take(UInt8(ascii: ",")) else { throw stop(expecting: .expectedComma) }
        skipWhitespace()
        guard take(closing) else { return true }
        note(.trailingComma, at: comma)
        return false
    }

    /// Reads `true`, `false` or `null`; any other word is noted and passed over.
    private mutating func readWord(depth: Int) throws(Stop) -> JSONValue {
        let start = at
        skipToDelimiter()
        let word = bytes[start..<at]
        if word.elementsEqual("true".utf8) { return .bool(true) }
        if word.elementsEqual("false".utf8) { return .bool(false) }
        if word.elementsEqual("null".utf8) { return .null }
        return try passOver(word, depth: depth)
    }

    private mutating func passOver(_ word: ArraySlice<UInt8>, depth: Int) throws(Stop) -> JSONValue {
        let start = word.startIndex
        guard let first = word.first else {
            // `[1,,2]` or `{"a":}`: the place of the value is clear, it is just empty.
            guard depth > 0, bytes[at] != UInt8(ascii: ":") else { throw stop(.expectedValue) }
            note(.expectedValue, at: start)
            return .null
        }
        switch first {
        case UInt8(ascii: "+"), UInt8(ascii: "."):
            note(.invalidNumber, at: start)
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "'"):
            note(.invalidLiteral, at: start)
        default:
            at = start
            throw stop(expecting: .expectedValue)
        }
        return .null
    }
}

// MARK: - Bytes

extension JSONReader {
    mutating func skipWhitespace() {
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): at += 1
            default: return
            }
        }
    }

    /// Takes this byte if it is the next one.
    private mutating func take(_ byte: UInt8) -> Bool {
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    /// Goes to where a number or word ends.
    mutating func skipToDelimiter() {
        while at < bytes.count, !JSONReader.isDelimiter(bytes[at]) { at += 1 }
    }

    static func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"), UInt8(ascii: ","),
            UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
            UInt8(ascii: "\""):
            true
        default: false
        }
    }
}
