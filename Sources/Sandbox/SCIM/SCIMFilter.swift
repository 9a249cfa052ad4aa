// SPDX-License-Identifier: EUPL-1.2

/// A filter (RFC 7644, 3.4.2.2) as far as users are looked up with it: comparisons and `pr`, joined by `and` and `or`,
/// with `not` and brackets. Value filters in square brackets are not offered.
struct SCIMFilter {
    private indirect enum Node {
        case compare(path: String, operation: String, value: SiteJSON)
        case present(String)
        case not(Node)
        case both(Node, Node)
        case either(Node, Node)
    }

    private let root: Node

    /// - Parameter known: The attributes that can be filtered on, in lower case; anything else is refused.
    init(_ text: String, knows known: Set<String>) throws(Objection) {
        var reader = Reader(tokens: try Self.tokens(text), known: known)
        root = try reader.either()
        guard reader.isAtEnd else { throw Self.wrong }
    }

    func holds(_ user: SiteJSON) -> Bool { Self.holds(root, user) }

    static let wrong = Objection(400, "invalidFilter", "the filter cannot be read")

    /// The value at a path such as `name.familyName`, or after an extension's URN and a colon. Names are compared without
    /// regard to case (RFC 7643, 2.1).
    static func value(_ path: String, in user: SiteJSON) -> SiteJSON? {
        if let colon = path.lastIndex(of: ":") {
            let urn = path[..<colon].lowercased()
            let part = user.object?.first { $0.key.lowercased() == urn }?.value
            return part.flatMap { value(String(path[path.index(after: colon)...]), in: $0) }
        }
        var found: SiteJSON? = user
        for name in path.split(separator: ".") {
            found = found?.object?.first { $0.key.lowercased() == name.lowercased() }?.value
        }
        return found
    }

    private static func holds(_ node: Node, _ user: SiteJSON) -> Bool {
        switch node {
        case .not(let inner): !holds(inner, user)
        case .both(let left, let right): holds(left, user) && holds(right, user)
        case .either(let left, let right): holds(left, user) || holds(right, user)
        case .present(let path): value(path, in: user) != nil
        case .compare(let path, let operation, let wanted): compare(value(path, in: user), operation, wanted)
        }
    }

    private static func compare(_ found: SiteJSON?, _ operation: String, _ wanted: SiteJSON) -> Bool {
        guard let left = found?.text?.lowercased(), let right = wanted.text?.lowercased() else {
            switch operation {
            case "eq": return found == wanted
            case "ne": return found != wanted
            default: return false
            }
        }
        switch operation {
        case "eq": return left == right
        case "ne": return left != right
        case "co": return left.contains(right)
        case "sw": return left.hasPrefix(right)
        case "ew": return left.hasSuffix(right)
        case "gt": return left > right
        case "ge": return left >= right
        case "lt": return left < right
        default: return left <= right
        }
    }

    /// Words, brackets and quoted values with their quotes.
    private static func tokens(_ text: String) throws(Objection) -> [String] {
        var tokens: [String] = []
        var rest = text[...]
        while let first = rest.first {
            if first == " " {
                rest = rest.dropFirst()
            } else if first == "(" || first == ")" {
                tokens.append(String(first))
                rest = rest.dropFirst()
            } else if first == "\"" {
                guard let match = rest.prefixMatch(of: /"(?:[^"\\]|\\.)*"/) else { throw wrong }
                tokens.append(String(match.output))
                rest = rest[match.range.upperBound...]
            } else {
                let word = rest.prefix { !" ()\"".contains($0) }
                tokens.append(String(word))
                rest = rest.dropFirst(word.count)
            }
        }
        return tokens
    }

    /// Reads by the order of RFC 7644, table 5: `not` binds closest, then `and`, then `or`.
    private struct Reader {
        let tokens: [String]
        let known: Set<String>
        var place = 0

        init(tokens: [String], known: Set<String>) {
            self.tokens = tokens
            self.known = known
        }

        var isAtEnd: Bool { place == tokens.count }

        mutating func either() throws(Objection) -> Node {
            var node = try both()
            while take("or") { node = .either(node, try both()) }
            return node
        }

        private mutating func both() throws(Objection) -> Node {
            var node = try one()
            while take("and") { node = .both(node, try one()) }
            return node
        }

        private mutating func one() throws(Objection) -> Node {
            if take("not") {
                guard take("(") else { throw SCIMFilter.wrong }
                return .not(try closed())
            }
            if take("(") { return try closed() }
            let path = try next()
            guard known.contains(path.lowercased()) else {
                throw Objection(400, "invalidFilter", "the filter names an attribute that is not offered")
            }
            let operation = try next().lowercased()
            if operation == "pr" { return .present(path) }
            guard ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"].contains(operation),
                let value = SiteJSON.parse(Array(try next().utf8))
            else { throw SCIMFilter.wrong }
            return .compare(path: path, operation: operation, value: value)
        }

        private mutating func closed() throws(Objection) -> Node {
            let node = try either()
            guard take(")") else { throw SCIMFilter.wrong }
            return node
        }

        private mutating func take(_ word: String) -> Bool {
            guard place < tokens.count, tokens[place].lowercased() == word else { return false }
            place += 1
            return true
        }

        private mutating func next() throws(Objection) -> String {
            guard place < tokens.count else { throw SCIMFilter.wrong }
            place += 1
            return tokens[place - 1]
        }
    }
}
