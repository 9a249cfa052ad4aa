// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Values

/// The fields of one event type in alphabetical order, those that the gateway adds (`meldpoort.`) included, and the tree by which
/// they are read. A copy is built up from nothing: only what the set names is ever read.
struct FieldTable: Sendable {
    private indirect enum Node: Sendable {
        case leaf(position: Int, isFreeText: Bool)
        case members([String: Node])
        case elements(Node)
    }

    let paths: [FieldPath]
    let positions: [FieldPath: Int]
    private let root: Node

    private static let tables = Dictionary(uniqueKeysWithValues: EventType.allCases.map { ($0, FieldTable($0)) })

    static func of(_ type: EventType) -> FieldTable {
        tables[type] ?? FieldTable(type)
    }

    private init(_ type: EventType) {
        let leaves = type.schema.leaves
        let texts = Set(leaves.filter { $0.field.shape.isFreeText }.map(\.path))
        paths = (leaves.map(\.path) + ContextFields.schemaPaths).sorted()
        positions = Dictionary(zip(paths, 0...), uniquingKeysWith: { first, _ in first })
        root = paths.enumerated().reduce(into: Node.members([:])) { root, path in
            Self.insert(
                Self.steps(path.element)[...],
                leaf: .leaf(position: path.offset, isFreeText: texts.contains(path.element)), into: &root)
        }
    }

    // MARK: - Reading

    /// Which fields have a value.
    func present(in source: JSONValue) -> FieldSet {
        var found = FieldSet()
        Self.find(source, along: root, &found)
        return found
    }

    /// Copies the fields of the set. A burgerservicenummer within free text is masked (practice 15).
    func copy(of source: JSONValue, only fields: FieldSet) -> JSONValue {
        Self.copy(source, along: root, fields) ?? .object([:])
    }

    private static func find(_ value: JSONValue, along node: Node, _ found: inout FieldSet) {
        switch (node, value) {
        case (.leaf(let position, _), .string), (.leaf(let position, _), .bool), (.leaf(let position, _), .number):
            found.insert(position)
        case (.members(let nodes), .object(let members)):
            for (name, member) in members {
                if let node = nodes[name] { find(member, along: node, &found) }
            }
        case (.elements(let node), .array(let elements)):
            for element in elements { find(element, along: node, &found) }
        default: break
        }
    }

    private static func copy(_ value: JSONValue, along node: Node, _ fields: FieldSet) -> JSONValue? {
        switch (node, value) {
        case (.leaf(let position, let isFreeText), .string(let text)):
            guard fields.contains(position) else { return nil }
            return .string(isFreeText ? BSN.masked(in: text).text : text)
        case (.leaf(let position, _), .bool), (.leaf(let position, _), .number):
            // Not `? value : nil`: there, nil would be a JSON null, and its name would go.
            guard fields.contains(position) else { return nil }
            return value
        case (.members(let nodes), .object(let members)):
            var copied: [String: JSONValue] = [:]
            for (name, member) in members {
                if let node = nodes[name], let copy = copy(member, along: node, fields) { copied[name] = copy }
            }
            return copied.isEmpty ? nil : .object(copied)
        case (.elements(let node), .array(let elements)):
            let copied = elements.compactMap { copy($0, along: node, fields) }
            return copied.isEmpty ? nil : .array(copied)
        default:
            // A value of another shape than the schema says never goes: validation refused it, and this fails closed.
            return nil
        }
    }

    // MARK: - Building

    private enum Step { case member(String), element }

    /// `betrokkenen[].adres.straat` → member, element, member, member.
    private static func steps(_ path: FieldPath) -> [Step] {
        path.text.split(separator: ".").flatMap { part -> [Step] in
            part.hasSuffix("[]") ? [.member(String(part.dropLast(2))), .element] : [.member(String(part))]
        }
    }

    private static func insert(_ steps: ArraySlice<Step>, leaf: Node, into node: inout Node) {
        switch steps.first {
        case nil:
            node = leaf
        case .member(let name):
            var nodes: [String: Node] = if case .members(let nodes) = node { nodes } else { [:] }
            var child = nodes[name] ?? .members([:])
            insert(steps.dropFirst(), leaf: leaf, into: &child)
            nodes[name] = child
            node = .members(nodes)
        case .element:
            var child: Node = if case .elements(let child) = node { child } else { .members([:]) }
            insert(steps.dropFirst(), leaf: leaf, into: &child)
            node = .elements(child)
        }
    }
}
