// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import Disclosures
import Values

/// The order in which the fields of a kind of message stand in its text.
///
/// A field that no part knows is shown at the end by its own name, so that what was disclosed is what the person sees. Only an
/// anonymous message names it without its value: a name that strayed in must not be read out.
struct TextForm: Sendable {
    struct Part: Sendable {
        let heading: String
        /// Field paths with their labels; a path of an object stands for its members, each in this order.
        let fields: [(path: String, label: String)]
    }

    let parts: [Part]
    let isAnonymous: Bool

    /// Everything that a disclosure holds, and the partner's own reference where it is known. An anonymous question is tied to nothing.
    static func sections(of disclosure: Disclosure) -> [HandoverDocument.Section] {
        let form = of(disclosure.message)
        let sections = form.sections(disclosure.content)
        guard let theirs = disclosure.counterpartReference, !form.isAnonymous else { return sections }
        let line = HandoverDocument.Line(label: "Kenmerk van de ontvanger", value: theirs)
        return sections + [.init(heading: "Eerder contact", lines: [line])]
    }

    func sections(_ content: JSONValue) -> [HandoverDocument.Section] {
        var leaves = Leaf.all(of: content)
        var sections = parts.compactMap { part -> HandoverDocument.Section? in
            let lines = part.heading == Self.others ? Self.persons(&leaves) : Self.lines(part, &leaves)
            return lines.isEmpty ? nil : HandoverDocument.Section(heading: part.heading, lines: lines)
        }
        if !leaves.isEmpty {
            let lines = leaves.map {
                HandoverDocument.Line(label: $0.path, value: isAnonymous ? "(niet getoond: anoniem)" : $0.text)
            }
            sections.append(HandoverDocument.Section(heading: "Overige gegevens", lines: lines))
        }
        return sections
    }

    private static func lines(_ part: Part, _ leaves: inout [Leaf]) -> [HandoverDocument.Line] {
        part.fields.compactMap { field in
            guard let place = leaves.firstIndex(where: { $0.path == field.path }) else { return nil }
            return HandoverDocument.Line(label: field.label, value: leaves.remove(at: place).text)
        }
    }

    // MARK: Other persons

    static let others = "Andere betrokkenen"

    /// `Ouder: naam`, `Ouder 2: naam`: a person's lines stay together.
    private static func persons(_ leaves: inout [Leaf]) -> [HandoverDocument.Line] {
        var counts: [String: Int] = [:]
        var lines: [HandoverDocument.Line] = []
        var index = 0
        while leaves.contains(where: { $0.path.hasPrefix("betrokkenen[\(index)].") }) {
            let prefix = "betrokkenen[\(index)]."
            let place = leaves.firstIndex { $0.path == prefix + "rol" }
            let role = place.map { leaves.remove(at: $0).text } ?? "Ander"
            counts[role, default: 0] += 1
            let who = counts[role] == 1 ? role : "\(role) \(counts[role] ?? 1)"
            let fields = Fields.person.map { (path: prefix + $0.path, label: "\(who): \($0.label)") }
            let found = Self.lines(Part(heading: others, fields: fields), &leaves)
            lines += found.isEmpty ? [HandoverDocument.Line(label: who, value: "(geen gegevens)")] : found
            index += 1
        }
        return lines
    }
}

/// One value of the content with the path to it.
struct Leaf: Sendable, Hashable {
    let path: String
    let text: String

    /// Every value that says something, sorted by path; a list of plain values is one.
    static func all(of content: JSONValue) -> [Leaf] {
        all(of: content, at: "", name: "").sorted { $0.path < $1.path }
    }

    private static func all(of value: JSONValue, at path: String, name: String) -> [Leaf] {
        switch value {
        case .object(let members):
            members.flatMap { all(of: $0.value, at: path.isEmpty ? $0.key : "\(path).\($0.key)", name: $0.key) }
        case .array(let elements) where elements.contains { $0.object != nil || $0.array != nil }:
            elements.enumerated().flatMap { all(of: $0.element, at: "\(path)[\($0.offset)]", name: name) }
        default:
            ValueWords.shown(value, name).map { [Leaf(path: path, text: $0)] } ?? []
        }
    }
}
