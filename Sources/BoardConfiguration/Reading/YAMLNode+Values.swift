// SPDX-License-Identifier: EUPL-1.2
import Values

/// Reading typed values: each gives nil after telling the log what is wrong and what is meant.
extension YAMLNode {
    /// One line of text, taken as it stands.
    func text(_ log: ProblemLog) -> String? {
        guard let text = scalar("a text", log) else { return nil }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x85 }) else {
            log.error(place, "expected a single line of text")
            return nil
        }
        guard text.utf8.count <= 1_000 else {
            log.error(place, "this text is longer than 1000 bytes")
            return nil
        }
        return text
    }

    /// Text of any number of lines.
    func longText(_ log: ProblemLog) -> String? {
        scalar("a text", log)
    }

    /// A name by which other places refer to this one.
    func identifier(_ log: ProblemLog) -> String? {
        guard let text = text(log) else { return nil }
        let isFine =
            text.utf8.count <= 64
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
        guard isFine else {
            log.error(
                place, "“\(text)” cannot be an identifier",
                suggestion: "Use at most 64 letters, digits, “-”, “_” and “.”, such as “veilig-thuis-regio”.")
            return nil
        }
        return text
    }

    func integer(in range: ClosedRange<Int>, _ log: ProblemLog) -> Int? {
        guard let text = scalar("a whole number", log) else { return nil }
        guard case .scalar(_, isPlain: true) = content else {
            log.error(
                place, "expected a whole number, found a text between quotes", suggestion: "Leave the quotes out.")
            return nil
        }
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text) else {
            log.error(place, "expected a whole number, found “\(text)”")
            return nil
        }
        guard String(number) == text else {
            log.error(
                place, "a number that begins with 0 can be read in two ways", suggestion: "Write \(number).")
            return nil
        }
        guard range.contains(number) else {
            log.error(place, "\(number) is out of range: from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    /// `true` or `false`, and none of the other words that YAML has for them.
    func boolean(_ log: ProblemLog) -> Bool? {
        guard let text = scalar("true or false", log) else { return nil }
        if case .scalar("true", isPlain: true) = content { return true }
        if case .scalar("false", isPlain: true) = content { return false }
        let meant: String? =
            switch text.lowercased() {
            case "yes", "y", "on", "true", "ja": "true"
            case "no", "n", "off", "false", "nee": "false"
            default: nil
            }
        log.error(
            place, "expected true or false, found “\(text)”", suggestion: meant.map { "Write \($0), without quotes." })
        return nil
    }

    func date(_ log: ProblemLog) -> CalendarDate? {
        guard let text = scalar("a date", log) else { return nil }
        guard let date = CalendarDate(text) else {
            log.error(
                place, "expected an existing date, found “\(text)”",
                suggestion:
                    "Write year, month and day: \(CalendarDate(year: 2026, month: 8, day: 1)?.description ?? "").")
            return nil
        }
        return date
    }

    /// One of a fixed list of words.
    func choice<Value>(_ choices: [(name: String, value: Value)], _ what: String, _ log: ProblemLog) -> Value? {
        guard let text = scalar(what, log) else { return nil }
        if let found = choices.first(where: { $0.name == text }) { return found.value }
        log.error(
            place, "“\(text)” is no known \(what)", suggestion: Hint.choice(for: text, among: choices.map(\.name)))
        return nil
    }

    /// A list; elements that cannot be read are left out after they are reported.
    func list<Value>(_ log: ProblemLog, of read: (YAMLNode) -> Value?) -> [Value]? {
        guard let elements else {
            if case .refused = content { return nil }
            log.error(
                place, "expected a list, found \(kindName)",
                suggestion: isEmpty ? "Write [] for an empty list." : "Begin each element with “- ”.")
            return nil
        }
        return elements.compactMap(read)
    }

    /// A list of which each element may stand only once.
    func set<Value: Hashable>(_ log: ProblemLog, of read: (YAMLNode) -> Value?) -> [Value]? {
        var seen: Set<Value> = []
        return list(log) { node in
            guard let value = read(node) else { return nil }
            guard seen.insert(value).inserted else {
                log.error(node.place, "this stands in the list a second time", suggestion: "Keep one of the two.")
                return nil
            }
            return value
        }
    }

    private func scalar(_ expected: String, _ log: ProblemLog) -> String? {
        guard !isEmpty else {
            log.error(place, "expected \(expected), found nothing", suggestion: "Fill it in, or remove the key.")
            return nil
        }
        guard case .scalar(let text, _) = content else {
            if case .refused = content { return nil }
            log.error(place, "expected \(expected), found \(kindName)")
            return nil
        }
        guard !text.isEmpty else {
            log.error(place, "expected \(expected), found an empty text", suggestion: "Fill it in, or remove the key.")
            return nil
        }
        return text
    }
}
