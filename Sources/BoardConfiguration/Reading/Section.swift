// SPDX-License-Identifier: EUPL-1.2
import Values

/// A mapping with a fixed set of keys. Making one reports every key that does not belong.
struct Section {
    let node: YAMLNode
    let log: ProblemLog

    var place: SourcePlace { node.place }

    /// Nil when the node is no mapping; the log says so.
    /// - Parameter quotesKeys: False where a key that does not belong could be a secret that lost its place.
    init?(_ node: YAMLNode, keys: [String], quotesKeys: Bool = true, _ log: ProblemLog) {
        guard let entries = node.entries else {
            if case .refused = node.content { return nil }
            log.error(
                node.place, "expected a mapping, found \(node.kindName)",
                suggestion: "Known keys are: \(keys.joined(separator: ", ")).")
            return nil
        }
        for entry in entries where !keys.contains(entry.key) {
            let hint = Hint.nearest(to: entry.key, among: keys) ?? "Known here are: \(keys.joined(separator: ", "))."
            log.error(entry.place, quotesKeys ? "unknown key “\(entry.key)”" : "unknown key", suggestion: hint)
        }
        self.node = node
        self.log = log
    }

    /// What stands behind a key, if the key is there.
    subscript(key: String) -> YAMLNode? { node[key] }

    /// Where a key's value stands, or the section itself.
    func place(of key: String) -> SourcePlace { node[key]?.place ?? node.place }

    /// Where each value stands.
    var places: [String: SourcePlace] {
        Dictionary((node.entries ?? []).map { ($0.key, $0.value.place) }, uniquingKeysWith: { first, _ in first })
    }

    /// A value that may be missing.
    func optional<Value>(_ key: String, _ read: (YAMLNode) -> Value?) -> Value? {
        node[key].flatMap(read)
    }

    /// A value that must be there.
    func required<Value>(_ key: String, _ read: (YAMLNode) -> Value?) -> Value? {
        guard let value = node[key] else {
            log.error(place, "the key “\(key)” is missing here")
            return nil
        }
        return read(value)
    }

    func text(_ key: String) -> String? {
        required(key) { $0.text(log) }
    }

    func optionalText(_ key: String) -> String? {
        optional(key) { $0.text(log) }
    }

    func integer(_ key: String, in range: ClosedRange<Int>, default standard: Int) -> Int {
        optional(key) { $0.integer(in: range, log) } ?? standard
    }

    func boolean(_ key: String, default standard: Bool = false) -> Bool {
        optional(key) { $0.boolean(log) } ?? standard
    }

    func date(_ key: String) -> CalendarDate? {
        optional(key) { $0.date(log) }
    }
}
