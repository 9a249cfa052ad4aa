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
        var leaves = ContentLeaf.all(of: content)
        let sections = parts.compactMap { part -> HandoverDocument.Section? in
            let lines =
                part.heading == Self.others
                ? Self.persons(&leaves) : ContentLeaf.lines(part.fields, taking: &leaves)
            return lines.isEmpty ? nil : HandoverDocument.Section(heading: part.heading, lines: lines)
        }
        return sections + ContentLeaf.rest(leaves, hidden: isAnonymous ? "(niet getoond: anoniem)" : nil)
    }

    // MARK: Other persons

    static let others = "Andere betrokkenen"

    /// `Ouder: naam`, `Ouder 2: naam`: a person's lines stay together.
    private static func persons(_ leaves: inout [ContentLeaf]) -> [HandoverDocument.Line] {
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
            let found = ContentLeaf.lines(fields, taking: &leaves)
            lines += found.isEmpty ? [HandoverDocument.Line(label: who, value: "(geen gegevens)")] : found
            index += 1
        }
        return lines
    }
}
