// SPDX-License-Identifier: EUPL-1.2
import Foundation
import FoundationXML

/// An XML element with its namespace, read by a real parser and written with every character escaped.
struct XMLTag: Sendable, Hashable {
    /// The namespace; empty for none.
    let namespace: String
    let name: String
    /// Attributes without a namespace; those of a namespace and its declarations are left out.
    var attributes: [String: String] = [:]
    var children: [XMLTag] = []
    /// What stands directly in it, all pieces joined.
    var text = ""

    init(
        _ name: String, in namespace: String = "", _ attributes: [String: String] = [:], _ children: [XMLTag] = []
    ) {
        self.name = name
        self.namespace = namespace
        self.attributes = attributes
        self.children = children
    }

    /// An element with text.
    init(_ name: String, in namespace: String = "", text: String) {
        self.name = name
        self.namespace = namespace
        self.text = text
    }

    func isNamed(_ name: String, in namespace: String) -> Bool { self.name == name && self.namespace == namespace }

    /// The children of that name, in the element's own namespace.
    func all(_ name: String) -> [XMLTag] { children.filter { $0.name == name } }

    /// Whether anything but blanks stands between the children.
    var hasLooseText: Bool { !children.isEmpty && !text.allSatisfy(\.isWhitespace) }

    /// Nil when the bytes are not one well-formed document, or hold a document type (SOAP 1.1, section 3 forbids it).
    static func parse(_ bytes: [UInt8]) -> XMLTag? {
        // The parser does not tell of it. Text that only speaks of one stands escaped, or is not worth a difference.
        guard !bytes.holds(Array("<!DOCTYPE".utf8)) else { return nil }
        let parser = XMLParser(data: Data(bytes))
        let reader = XMLTagReader()
        parser.delegate = reader
        parser.shouldProcessNamespaces = true
        parser.shouldResolveExternalEntities = false
        return parser.parse() ? reader.root : nil
    }

    /// The element as text. `prefixes` says how each namespace is written; one without prefix is declared at the element.
    func rendered(_ prefixes: [String: String], isRoot: Bool = true) -> String {
        let prefix = prefixes[namespace].map { $0 + ":" } ?? ""
        var out = "<\(prefix)\(name)"
        if isRoot {
            for (namespace, prefix) in prefixes.sorted(by: { $0.value < $1.value }) {
                out += " xmlns:\(prefix)=\"\(Self.escaped(namespace))\""
            }
        }
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) { out += " \(name)=\"\(Self.escaped(value))\"" }
        if children.isEmpty, text.isEmpty { return out + "/>" }
        let inside = children.map { $0.rendered(prefixes, isRoot: false) }.joined()
        return out + ">\(Self.escaped(text))\(inside)</\(prefix)\(name)>"
    }

    private static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            default: out.append(character)
            }
        }
        return out
    }
}

private final class XMLTagReader: NSObject, XMLParserDelegate {
    var root: XMLTag?
    private var open: [XMLTag] = []

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
        qualifiedName qName: String?, attributes attributeDict: [String: String] = [:]
    ) {
        let attributes = attributeDict.filter { !$0.key.contains(":") && $0.key != "xmlns" }
        open.append(XMLTag(elementName, in: namespaceURI ?? "", attributes))
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        guard !open.isEmpty else { return }
        open[open.count - 1].text += string
    }

    func parser(_ parser: XMLParser, foundCDATA CDATABlock: Data) {
        guard !open.isEmpty else { return }
        open[open.count - 1].text += String(decoding: CDATABlock, as: UTF8.self)
    }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName qName: String?
    ) {
        guard let done = open.popLast() else { return }
        if open.isEmpty { root = done } else { open[open.count - 1].children.append(done) }
    }
}
