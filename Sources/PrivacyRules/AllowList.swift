// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Values

/// The allow-list of one rule as a tree, so that a copy is built up from nothing: only what a node names is ever read.
struct AllowList: Sendable, Hashable {
    private indirect enum Node: Sendable, Hashable {
        case leaf(isFreeText: Bool)
        case members([String: Node])
        case elements(Node)
    }

    /// What a copy holds.
    struct Copy: Sendable {
        var content: JSONValue
        /// The leaves that were present and went along, in order and each once.
        var fields: [FieldPath]
    }

    private let root: Node

    init(_ paths: [FieldPath], in schema: EventSchema) {
        let texts = Set(schema.leaves.filter { $0.field.shape.isFreeText }.map(\.path))
        var root = Node.members([:])
        for path in paths {
            Self.insert(Self.steps(path), leaf: .leaf(isFreeText: texts.contains(path)), into: &root)
        }
        self.root = root
    }

    /// Copies the allowed leaves of `source`. A burgerservicenummer within free text is masked (practice 15).
    func copy(of source: JSONValue) -> Copy {
        var fields: Set<String> = []
        let content = Self.copy(source, along: root, at: "", fields: &fields)
        return Copy(content: content ?? .object([:]), fields: fields.sorted().map(FieldPath.init))
    }

    private static func copy(_ value: JSONValue, along node: Node, at path: String, fields: inout Set<String>)
        -> JSONValue?
    {
        switch (node, value) {
        case (.leaf(let isFreeText), .string(let text)):
            fields.insert(path)
            return .string(isFreeText ? BSN.masked(in: text).text : text)
        case (.leaf, .bool), (.leaf, .number):
            fields.insert(path)
            return value
        case (.members(let nodes), .object(let members)):
            var copied: [String: JSONValue] = [:]
            for (name, node) in nodes {
                guard let member = members[name] else { continue }
                copied[name] = copy(member, along: node, at: path.isEmpty ? name : "\(path).\(name)", fields: &fields)
            }
            return copied.isEmpty ? nil : .object(copied)
        case (.elements(let node), .array(let elements)):
            let copied = elements.compactMap { copy($0, along: node, at: "\(path)[]", fields: &fields) }
            return copied.isEmpty ? nil : .array(copied)
        default:
            // A value of another shape than the schema says never goes: validation refused it, and this fails closed.
            return nil
        }
    }

    private enum Step { case member(String), element }

    /// `betrokkenen[].adres.straat` → member, element, member, member.
    private static func steps(_ path: FieldPath) -> [Step] {
        path.text.split(separator: ".").flatMap { part -> [Step] in
            part.hasSuffix("[]") ? [.member(String(part.dropLast(2))), .element] : [.member(String(part))]
        }
    }

    private static func insert(_ steps: [Step], leaf: Node, into node: inout Node) {
        guard let first = steps.first else {
            node = leaf
            return
        }
        let rest = Array(steps.dropFirst())
        switch first {
        case .member(let name):
            var nodes: [String: Node] = if case .members(let nodes) = node { nodes } else { [:] }
            var child = nodes[name] ?? .members([:])
            insert(rest, leaf: leaf, into: &child)
            nodes[name] = child
            node = .members(nodes)
        case .element:
            var child: Node = if case .elements(let child) = node { child } else { .members([:]) }
            insert(rest, leaf: leaf, into: &child)
            node = .elements(child)
        }
    }
}
