// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import HTTPTypes

/// The context attributes of an event in binary mode: `ce-` headers (CloudEvents HTTP binding 1.0.2, section 3.1.3).
struct BinaryAttributes {
    private(set) var values: [String: String] = [:]
    private(set) var problems: [EventProblem] = []

    init(_ fields: HTTPFields) {
        for field in fields {
            let name = field.name.canonicalName
            guard name.hasPrefix("ce-") else { continue }
            take(String(name.dropFirst(3)), field.value)
        }
    }

    private mutating func take(_ name: String, _ value: String) {
        let place = "ce-\(Self.quotable(name))"
        if name == "datacontenttype" {
            return report(
                place, "In binaire vorm staat het datacontenttype in Content-Type, niet in een eigen kopregel.")
        }
        guard values[name] == nil else { return report(place, "Deze kopregel staat er meer dan één keer.") }
        guard let decoded = Self.decode(value) else {
            // The name stays taken, so that it is not reported as missing too.
            values[name] = ""
            return report(
                place,
                "Deze kopregel is niet te lezen: %-codering van geldige UTF-8, en verder alleen zichtbare ASCII-tekens."
            )
        }
        values[name] = decoded
    }

    private mutating func report(_ place: String, _ text: String) {
        problems.append(EventProblem(.ongeldigAttribuut, at: place, text))
    }

    /// First the quoted string is opened, as older senders write it, then one round of percent-decoding.
    static func decode(_ value: String) -> String? {
        guard value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        guard value.utf8.first == UInt8(ascii: "\"") else {
            return value.utf8.contains(UInt8(ascii: "\"")) ? nil : PercentCoding.decode(value.utf8)
        }
        return unquoted(value.utf8).flatMap { PercentCoding.decode($0) }
    }

    private static func unquoted(_ bytes: String.UTF8View) -> [UInt8]? {
        var inner: [UInt8] = []
        var rest = bytes.dropFirst()
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return rest.isEmpty ? inner : nil
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst() else { return nil }
                inner.append(escaped)
            default: inner.append(byte)
            }
        }
        return nil
    }

    /// An attribute's name if it is one that CloudEvents allows; anything else is not repeated.
    private static func quotable(_ name: String) -> String {
        let isPlain =
            (1...20).contains(name.utf8.count)
            && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
        return isPlain ? name : "(onbekend)"
    }
}
