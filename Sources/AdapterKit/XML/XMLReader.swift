// SPDX-License-Identifier: EUPL-1.2

/// Reads from left to right, with the open elements on a stack.
struct XMLReader {
    /// An element whose end was not read yet.
    private struct Open {
        /// As written, for its end tag.
        let tag: [UInt8]
        let name: XMLName
        let attributes: [XMLName: String]
        /// By prefix; the empty prefix is that of the default namespace.
        let namespaces: [String: String]
        var children: [XMLElement] = []
        var text: [UInt8] = []

        var element: XMLElement {
            XMLElement(name, attributes: attributes, text: String(decoding: text, as: UTF8.self), children: children)
        }
    }

    private let bytes: [UInt8]
    private var at = 0
    private var open: [Open] = []
    private var root: XMLElement?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func read() throws(XMLFault) -> XMLElement {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw fault("it is not UTF-8") }
        guard text.unicodeScalars.allSatisfy(XMLDocument.allows) else {
            throw fault("it holds a character that XML has not")
        }
        _ = skip([0xEF, 0xBB, 0xBF])
        try readDeclaration()
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "<") { try readMarkup() } else { try readText() }
        }
        guard open.isEmpty else { throw fault("an element is not closed") }
        guard let root else { throw fault("there is no element") }
        return root
    }

    // MARK: Markup

    private mutating func readDeclaration() throws(XMLFault) {
        guard peek("<?xml"), at + 5 < bytes.count, Self.isBlank(bytes[at + 5]) else { return }
        let start = at
        try skip(past: "?>")
        let declaration = String(decoding: bytes[start..<at], as: UTF8.self).lowercased().replacing("'", with: "\"")
        let marker = "encoding=\""
        if let range = declaration.firstRange(of: marker) {
            let encoding = declaration[range.upperBound...].prefix { $0 != "\"" }
            guard encoding == "utf-8" || encoding == "us-ascii" else {
                throw fault("its declared encoding is not UTF-8")
            }
        }
    }

    private mutating func readMarkup() throws(XMLFault) {
        if skip(Array("<!--".utf8)) {
            try skip(past: "-->")
        } else if peek("<![CDATA[") {
            guard !open.isEmpty else { throw fault("text stands outside the elements") }
            at += 9
            let start = at
            try skip(past: "]]>")
            append(bytes[start..<at - 3])
        } else if peek("<!") {
            throw fault("a document type is not allowed")
        } else if peek("<?") {
            guard !peek("<?xml ") else { throw fault("an XML declaration stands in the middle") }
            try skip(past: "?>")
        } else if skip(Array("</".utf8)) {
            try readEnd()
        } else {
            at += 1
            try readStart()
        }
    }

    private mutating func readStart() throws(XMLFault) {
        let tag = try readName()
        guard !open.isEmpty || root == nil else { throw fault("there is more than one root element") }
        guard open.count < XMLDocument.maximumDepth else {
            throw fault("there are too many elements inside one another")
        }
        var written: [[UInt8]: String] = [:]
        while true {
            let hadBlank = skipBlanks()
            if skip([UInt8(ascii: ">")]) {
                open.append(try begun(tag, written))
                return
            }
            if skip(Array("/>".utf8)) {
                close(try begun(tag, written).element)
                return
            }
            guard hadBlank else { throw fault("a tag is not written rightly") }
            let name = try readName()
            guard written.updateValue(try readAttributeValue(), forKey: name) == nil else {
                throw fault("an attribute stands twice in its tag")
            }
        }
    }

    private mutating func readEnd() throws(XMLFault) {
        let tag = try readName()
        _ = skipBlanks()
        guard skip([UInt8(ascii: ">")]) else { throw fault("a tag is not written rightly") }
        guard let last = open.popLast(), last.tag == tag else {
            throw fault("an end tag closes another element than the open one")
        }
        close(last.element)
    }

    private mutating func close(_ element: XMLElement) {
        if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
    }

    private mutating func readAttributeValue() throws(XMLFault) -> String {
        _ = skipBlanks()
        guard skip([UInt8(ascii: "=")]) else { throw fault("an attribute has no value") }
        _ = skipBlanks()
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") else {
            throw fault("an attribute's value is not in quotes")
        }
        let quote = bytes[at]
        at += 1
        var value: [UInt8] = []
        while at < bytes.count, bytes[at] != quote {
            guard bytes[at] != UInt8(ascii: "<") else { throw fault("an attribute's value holds a '<'") }
            if bytes[at] == UInt8(ascii: "&") {
                value += try readReference()
            } else {
                value.append(Self.isBlank(bytes[at]) ? UInt8(ascii: " ") : bytes[at])
                at += 1
            }
        }
        guard skip([quote]) else { throw fault("an attribute's value does not end") }
        return String(decoding: value, as: UTF8.self)
    }

    private mutating func readName() throws(XMLFault) -> [UInt8] {
        let start = at
        while at < bytes.count, !Self.isBlank(bytes[at]), !"<>/=\"'&?!".utf8.contains(bytes[at]) { at += 1 }
        guard at > start, !"-.0123456789:".utf8.contains(bytes[start]) else { throw fault("a name is missing") }
        return Array(bytes[start..<at])
    }

    // MARK: Namespaces

    private static let xmlNamespace = "http://www.w3.org/XML/1998/namespace"

    /// The element that a tag begins, its names resolved.
    private func begun(_ tag: [UInt8], _ written: [[UInt8]: String]) throws(XMLFault) -> Open {
        var namespaces = open.last?.namespaces ?? ["xml": Self.xmlNamespace]
        var named: [(prefix: String, local: String, value: String)] = []
        for (name, value) in written {
            let (prefix, local) = try split(name)
            if prefix == "xmlns" || (prefix.isEmpty && local == "xmlns") {
                guard prefix.isEmpty || !value.isEmpty else { throw fault("a prefix is bound to no namespace") }
                namespaces[prefix.isEmpty ? "" : local] = value
            } else {
                named.append((prefix, local, value))
            }
        }
        var attributes: [XMLName: String] = [:]
        for (prefix, local, value) in named {
            // An attribute without prefix is in no namespace, whatever the default one is.
            let name = prefix.isEmpty ? XMLName(local) : try resolved(prefix, local, namespaces)
            guard attributes.updateValue(value, forKey: name) == nil else {
                throw fault("an attribute stands twice in its tag")
            }
        }
        let (prefix, local) = try split(tag)
        return Open(
            tag: tag, name: try resolved(prefix, local, namespaces), attributes: attributes, namespaces: namespaces)
    }

    private func resolved(
        _ prefix: String, _ local: String, _ namespaces: [String: String]
    ) throws(XMLFault) -> XMLName {
        guard let namespace = namespaces[prefix] else {
            guard prefix.isEmpty else { throw fault("a prefix is bound to no namespace") }
            return XMLName(local)
        }
        return XMLName(local, in: namespace.isEmpty ? nil : namespace)
    }

    private func split(_ name: [UInt8]) throws(XMLFault) -> (prefix: String, local: String) {
        let parts = name.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count <= 2, let local = parts.last, !local.isEmpty else { throw fault("a name is missing") }
        return (parts.count == 2 ? parts[0] : "", local)
    }

    // MARK: Text

    private mutating func readText() throws(XMLFault) {
        while at < bytes.count, bytes[at] != UInt8(ascii: "<") {
            guard !open.isEmpty || Self.isBlank(bytes[at]) else { throw fault("text stands outside the elements") }
            if bytes[at] == UInt8(ascii: "&") {
                append(try readReference()[...])
                continue
            }
            let start = at
            while at < bytes.count, bytes[at] != UInt8(ascii: "<"), bytes[at] != UInt8(ascii: "&") {
                guard bytes[at] != UInt8(ascii: "]") || !peek("]]>") else { throw fault("a text holds ']]>'") }
                guard !open.isEmpty || Self.isBlank(bytes[at]) else { throw fault("text stands outside the elements") }
                at += 1
            }
            append(Self.withPlainLineEnds(bytes[start..<at])[...])
        }
    }

    private static let entities: [String: UInt8] = [
        "amp": UInt8(ascii: "&"), "lt": UInt8(ascii: "<"), "gt": UInt8(ascii: ">"), "quot": UInt8(ascii: "\""),
        "apos": UInt8(ascii: "'"),
    ]

    private mutating func readReference() throws(XMLFault) -> [UInt8] {
        let window = bytes[at..<min(at + 12, bytes.count)]
        guard let end = window.firstIndex(of: UInt8(ascii: ";")) else { throw fault("a '&' begins no reference") }
        let name = String(decoding: bytes[at + 1..<end], as: UTF8.self)
        if let byte = Self.entities[name] {
            at = end + 1
            return [byte]
        }
        let digits = name.dropFirst(name.hasPrefix("#x") ? 2 : 1)
        guard name.hasPrefix("#"), digits.allSatisfy({ $0.isASCII && $0.isHexDigit }),
            let number = UInt32(digits, radix: name.hasPrefix("#x") ? 16 : 10), let scalar = Unicode.Scalar(number),
            XMLDocument.allows(scalar)
        else { throw fault("there is no such entity") }
        at = end + 1
        return UTF8.encode(scalar).map(Array.init) ?? []
    }

    private mutating func append(_ text: ArraySlice<UInt8>) {
        guard !open.isEmpty else { return }
        open[open.count - 1].text += text
    }

    /// Every line end as a line feed, as XML 1.0 section 2.11 says.
    private static func withPlainLineEnds(_ text: ArraySlice<UInt8>) -> [UInt8] {
        guard text.contains(0x0D) else { return Array(text) }
        var result: [UInt8] = []
        for (index, byte) in zip(text.indices, text) {
            let isFirstOfTwo = byte == 0x0D && index + 1 < text.endIndex && text[index + 1] == 0x0A
            if !isFirstOfTwo { result.append(byte == 0x0D ? 0x0A : byte) }
        }
        return result
    }

    // MARK: Small steps

    private func peek(_ text: String) -> Bool { bytes[at...].starts(with: text.utf8) }

    private mutating func skip(_ wanted: [UInt8]) -> Bool {
        guard bytes[at...].starts(with: wanted) else { return false }
        at += wanted.count
        return true
    }

    private mutating func skip(past end: String) throws(XMLFault) {
        while at < bytes.count, !peek(end) { at += 1 }
        guard skip(Array(end.utf8)) else { throw fault("'\(end)' is missing") }
    }

    private mutating func skipBlanks() -> Bool {
        let start = at
        while at < bytes.count, Self.isBlank(bytes[at]) { at += 1 }
        return at > start
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }

    private func fault(_ message: String) -> XMLFault { XMLFault(message: message, offset: at) }
}
