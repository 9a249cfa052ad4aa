// SPDX-License-Identifier: EUPL-1.2

/// A part of a YAML document: only scalars, lists and mappings with text keys; everything else YAML offers is refused.
struct YAMLNode {
    struct Entry {
        let key: String
        let place: SourcePlace
        let value: YAMLNode
    }

    indirect enum Content {
        /// The text as it stands, whatever YAML takes it for: `01AB`, `12E4` and `2026-01-01` stay what they are.
        case scalar(String, isPlain: Bool)
        case list([YAMLNode])
        /// In the order of the file, each key once.
        case mapping([Entry])
        /// Something that is not read; the log tells what. Reading it as a value gives nil without another word.
        case refused
    }

    let place: SourcePlace
    let content: Content

    var elements: [YAMLNode]? {
        if case .list(let elements) = content { elements } else { nil }
    }

    var entries: [Entry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    subscript(key: String) -> YAMLNode? {
        entries?.first { $0.key == key }?.value
    }

    /// Nothing stands behind the key, or a plain `null` or `~`.
    var isEmpty: Bool {
        if case .scalar(let text, isPlain: true) = content {
            ["", "~", "null", "Null", "NULL"].contains(text)
        } else {
            false
        }
    }

    /// What it is, for messages.
    var kindName: String {
        switch content {
        case .scalar: isEmpty ? "nothing" : "a single value"
        case .list: "a list"
        case .mapping: "a mapping"
        case .refused: "what cannot be read"
        }
    }

    /// The deepest part that lies on a path of keys and list positions.
    func deepest(along path: some Collection<String>) -> YAMLNode {
        guard let first = path.first else { return self }
        let next: YAMLNode? =
            if let elements, let index = Int(first), elements.indices.contains(index) {
                elements[index]
            } else {
                self[first]
            }
        return next?.deepest(along: path.dropFirst()) ?? self
    }
}
