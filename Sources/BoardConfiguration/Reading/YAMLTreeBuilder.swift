// SPDX-License-Identifier: EUPL-1.2
import Yams

/// Turns the parser's nodes into ours, and refuses what plain data does not need.
struct YAMLTreeBuilder {
    let file: String
    /// Letters that were replaced to get past the parser's own duplicate check.
    let originals: [Unicode.Scalar: Unicode.Scalar]
    let log: ProblemLog

    private static let maximumDepth = 32

    func node(_ node: Node, depth: Int) -> YAMLNode {
        let place = place(node.mark)
        let refused = YAMLNode(place: place, content: .refused)
        guard depth <= Self.maximumDepth else {
            log.error(place, "this is nested more than \(Self.maximumDepth) deep")
            return refused
        }
        // An alias is a copy of its anchor's node, so this also keeps copies from being walked again and again.
        guard node.anchor == nil else {
            log.error(place, "anchors and aliases are not read", suggestion: "Write the value out where it is needed.")
            return refused
        }
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain
            refuseTag(isPlain || scalar.tag.rawValue != Tag.Name.str.rawValue ? scalar.tag : .implicit, place)
            return YAMLNode(place: place, content: .scalar(scalar.string, isPlain: isPlain))
        case .sequence(let sequence):
            refuseTag(sequence.tag, place)
            return YAMLNode(place: place, content: .list(sequence.map { self.node($0, depth: depth + 1) }))
        case .mapping(let mapping):
            refuseTag(mapping.tag, place)
            return YAMLNode(place: place, content: .mapping(entries(mapping, depth: depth)))
        case .alias:
            log.error(place, "anchors and aliases are not read", suggestion: "Write the value out where it is needed.")
            return refused
        }
    }

    private func entries(_ mapping: Node.Mapping, depth: Int) -> [YAMLNode.Entry] {
        var entries: [YAMLNode.Entry] = []
        var firsts: [String: SourcePlace] = [:]
        for (key, value) in mapping {
            let place = place(key.mark)
            guard let text = keyText(key, at: place) else { continue }
            if let first = firsts[text] {
                log.error(
                    place,
                    "the key “\(text)” stands here a second time; the first is on line \(first.line), column \(first.column)",
                    suggestion: "Keep one of the two.")
                continue
            }
            firsts[text] = place
            entries.append(YAMLNode.Entry(key: text, place: place, value: node(value, depth: depth + 1)))
        }
        return entries
    }

    private func keyText(_ key: Node, at place: SourcePlace) -> String? {
        guard case .scalar(let scalar) = key, key.anchor == nil else {
            log.error(place, "a key must be a plain word")
            return nil
        }
        if scalar.string == "<<", scalar.style == .plain {
            log.error(place, "merge keys (<<) are not read", suggestion: "Write the values out where they are needed.")
            return nil
        }
        guard let first = scalar.string.unicodeScalars.first, let original = originals[first] else {
            return scalar.string
        }
        var text = String.UnicodeScalarView([original])
        text.append(contentsOf: scalar.string.unicodeScalars.dropFirst())
        return String(text)
    }

    private func refuseTag(_ tag: Tag, _ place: SourcePlace) {
        guard tag.rawValue != Tag.Name.implicit.rawValue else { return }
        log.error(place, "tags (!…) are not read", suggestion: "Leave the tag out; the type follows from the key.")
    }

    private func place(_ mark: Mark?) -> SourcePlace {
        SourcePlace(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1)
    }
}
