// SPDX-License-Identifier: EUPL-1.2

/// Writes a tree as an XML 1.0 document in UTF-8. Every value is escaped; nothing is put together from texts.
///
/// All namespaces are declared at the root, so a name in no namespace needs no prefix and no `xmlns=""`.
public struct XMLWriter: Sendable {
    private let prefixes: [String: String]
    private var bytes: [UInt8] = []

    /// The document, with its declaration.
    /// - Parameter prefixes: The prefix of each namespace by its URI, where a certain one is wanted; the others get one of their own.
    /// - Throws: `XMLFault` when a text holds a character that XML 1.0 cannot hold.
    public static func bytes(_ root: XMLElement, prefixes wanted: [String: String] = [:]) throws(XMLFault) -> [UInt8] {
        var writer = XMLWriter(prefixes: allPrefixes(of: root, wanted))
        writer.bytes = Array(#"<?xml version="1.0" encoding="UTF-8"?>"#.utf8)
        try writer.write(root, isRoot: true)
        return writer.bytes
    }

    private init(prefixes: [String: String]) {
        self.prefixes = prefixes
    }

    private static func allPrefixes(of root: XMLElement, _ wanted: [String: String]) -> [String: String] {
        var found: [String] = []
        func collect(_ element: XMLElement) {
            for name in [element.name] + element.attributes.keys.sorted(by: precedes) {
                if let namespace = name.namespace, !found.contains(namespace) { found.append(namespace) }
            }
            element.children.forEach(collect)
        }
        collect(root)
        var prefixes: [String: String] = [:]
        for namespace in found {
            if let prefix = wanted[namespace] { prefixes[namespace] = prefix }
        }
        for (index, namespace) in found.enumerated() where prefixes[namespace] == nil {
            prefixes[namespace] = "n\(index + 1)"
        }
        return prefixes
    }

    private mutating func write(_ element: XMLElement, isRoot: Bool = false) throws(XMLFault) {
        let name = qualified(element.name)
        add("<\(name)")
        if isRoot {
            for (namespace, prefix) in prefixes.sorted(by: { $0.value < $1.value }) {
                try add(attribute: "xmlns:\(prefix)", namespace)
            }
        }
        for (attribute, value) in element.attributes.sorted(by: { Self.precedes($0.key, $1.key) }) {
            try add(attribute: qualified(attribute), value)
        }
        if element.children.isEmpty, element.text.isEmpty {
            add("/>")
            return
        }
        add(">")
        try add(escaped: element.text)
        for child in element.children { try write(child) }
        add("</\(name)>")
    }

    private static func precedes(_ left: XMLName, _ right: XMLName) -> Bool {
        (left.namespace ?? "", left.local) < (right.namespace ?? "", right.local)
    }

    private func qualified(_ name: XMLName) -> String {
        name.namespace.flatMap { prefixes[$0] }.map { "\($0):\(name.local)" } ?? name.local
    }

    private mutating func add(attribute name: String, _ value: String) throws(XMLFault) {
        add(" \(name)=\"")
        try add(escaped: value)
        add("\"")
    }

    private mutating func add(_ text: String) {
        bytes += text.utf8
    }

    private mutating func add(escaped text: String) throws(XMLFault) {
        guard let escaped = XMLWriter.escaped(text) else {
            throw XMLFault(message: "it holds a character that XML has not", offset: 0)
        }
        bytes += escaped
    }

    /// A text as it stands in an element or in an attribute alike: line ends and tabs as references, which no reader changes into
    /// blanks. Nil when XML has no way to write one of its characters.
    public static func escaped(_ text: String) -> [UInt8]? {
        var result: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard XMLDocument.allows(scalar) else { return nil }
            switch scalar {
            case "&": result += "&amp;".utf8
            case "<": result += "&lt;".utf8
            case ">": result += "&gt;".utf8
            case "\"": result += "&quot;".utf8
            case "'": result += "&apos;".utf8
            case "\t", "\n", "\r", "\u{85}", "\u{2028}": result += "&#\(scalar.value);".utf8
            default: result += UTF8.encode(scalar).map(Array.init) ?? []
            }
        }
        return result
    }
}
