// SPDX-License-Identifier: EUPL-1.2
import Values

/// The query of an address: only the keys that the route knows, each once, each with a value that fits.
struct Query: Sendable {
    private let values: [String: String]

    /// The value of a key, already checked against its `Parameter`.
    subscript(name: String) -> String? { values[name] }

    /// A checked number.
    func number(_ name: String) -> Int64? { values[name].flatMap { Int64($0) } }

    init(_ text: Substring?, parameters: [Parameter]) throws(Problem) {
        var values: [String: String] = [:]
        var items: [Problem.Item] = []
        for pair in (text ?? "").split(separator: "&", omittingEmptySubsequences: false) where text?.isEmpty == false {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let parameter = parameters.first(where: { $0.name == halves.first ?? "" }) else {
                items.append(Self.unknown(halves.first ?? "", parameters: parameters))
                continue
            }
            if values[parameter.name] != nil {
                items.append(
                    Problem.Item("dubbeleParameter", at: "?\(parameter.name)", "Deze parameter staat er al."))
            }
            let value = halves.count == 2 ? PercentCoding.decode(halves[1].utf8) : ""
            let problem = value.map { parameter.problem(inQuery: $0) } ?? ("ongeldigeWaarde", "Ongeldige %-codering.")
            if let problem { items.append(Problem.Item(problem.code, at: "?\(parameter.name)", problem.text)) }
            values[parameter.name] = value ?? ""
        }
        guard items.isEmpty else {
            throw Problem(.ongeldigVerzoek, "De parameters achter het vraagteken kloppen niet.", items: items)
        }
        self.values = values
    }

    private static func unknown(_ name: Substring, parameters: [Parameter]) -> Problem.Item {
        // A key can hold anything, a name too: only what looks like a key of ours is compared.
        let isPlain = (1...20).contains(name.utf8.count) && name.allSatisfy { $0.isASCII && $0.isLetter }
        var text = "Deze parameter bestaat hier niet."
        if isPlain, let nearest = Suggestion.nearest(to: String(name), among: parameters.map(\.name)) {
            text += " Bedoelt u “\(nearest)”?"
        } else if !parameters.isEmpty {
            text += " Bekend zijn: \(parameters.map(\.name).joined(separator: ", "))."
        }
        return Problem.Item("onbekendeParameter", at: "?", text)
    }
}

/// Percent-coding (RFC 3986 section 2.1), read strictly.
enum PercentCoding {
    /// The decoded text; nil for a `%` without two hexadecimal digits, or when the bytes are no UTF-8.
    static func decode(_ bytes: some Collection<UInt8>) -> String? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var rest = bytes.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            guard let high = rest.next().flatMap(nibble), let low = rest.next().flatMap(nibble) else { return nil }
            decoded.append(high << 4 | low)
        }
        return String(validating: decoded, as: UTF8.self)
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
