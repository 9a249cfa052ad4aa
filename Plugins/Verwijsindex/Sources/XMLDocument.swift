// SPDX-License-Identifier: EUPL-1.2

/// What keeps bytes from being a sound XML document.
struct XMLFault: Error, Sendable, Hashable {
    let message: String
    /// The place in bytes, from 0.
    let offset: Int
}

/// An XML 1.0 document in UTF-8, read for its elements' texts alone.
///
/// Small on purpose: no DTD (it is refused), so no entities but the five, nothing external, nothing that grows. Namespaces are
/// not resolved: names are compared without their prefix.
struct XMLDocument: Sendable, Hashable {
    /// An element with the text that stands directly in it.
    struct Element: Sendable, Hashable {
        /// Names without prefix, from the root down.
        let path: [String]
        fileprivate(set) var text: [UInt8] = []
    }

    /// In the order in which they begin.
    let elements: [Element]

    init(_ bytes: [UInt8]) throws(XMLFault) {
        var reader = XMLReader(bytes)
        elements = try reader.read()
    }

    /// The text of the one element there; nil when there is none or more than one.
    func text(at path: [String]) -> String? {
        let found = elements.filter { $0.path == path }
        return found.count == 1 ? found.first.map { String(decoding: $0.text, as: UTF8.self) } : nil
    }

    /// Whether XML 1.0 can hold a character at all, even as a reference.
    static func allows(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}

/// Reads from left to right, with the open elements on a stack.
private struct XMLReader {
    private let bytes: [UInt8]
    private var at = 0
    private var elements: [XMLDocument.Element] = []
    /// Places in `elements`, and the names as written.
    private var open: [(index: Int, name: [UInt8])] = []

    private static let deepest = 64

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func read() throws(XMLFault) -> [XMLDocument.Element] {
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
        guard !elements.isEmpty else { throw fault("there is no element") }
        return elements
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
        let name = try readName()
        guard !open.isEmpty || elements.isEmpty else { throw fault("there is more than one root element") }
        guard open.count < Self.deepest else { throw fault("there are too many elements inside one another") }
        let parent = open.last.map { elements[$0.index].path } ?? []
        open.append((elements.count, name))
        elements.append(XMLDocument.Element(path: parent + [Self.localName(name)]))
        var attributes: Set<[UInt8]> = []
        while true {
            let hadBlank = skipBlanks()
            if skip([UInt8(ascii: ">")]) { return }
            if skip(Array("/>".utf8)) {
                open.removeLast()
                return
            }
            guard hadBlank else { throw fault("a tag is not written rightly") }
            guard attributes.insert(try readName()).inserted else {
                throw fault("an attribute stands twice in its tag")
            }
            try readAttributeValue()
        }
    }

    private mutating func readEnd() throws(XMLFault) {
        let name = try readName()
        _ = skipBlanks()
        guard skip([UInt8(ascii: ">")]) else { throw fault("a tag is not written rightly") }
        guard open.popLast()?.name == name else { throw fault("an end tag closes another element than the open one") }
    }

    private mutating func readAttributeValue() throws(XMLFault) {
        _ = skipBlanks()
        guard skip([UInt8(ascii: "=")]) else { throw fault("an attribute has no value") }
        _ = skipBlanks()
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") else {
            throw fault("an attribute's value is not in quotes")
        }
        let quote = bytes[at]
        at += 1
        while at < bytes.count, bytes[at] != quote {
            guard bytes[at] != UInt8(ascii: "<") else { throw fault("an attribute's value holds a '<'") }
            if bytes[at] == UInt8(ascii: "&") { _ = try readReference() } else { at += 1 }
        }
        guard skip([quote]) else { throw fault("an attribute's value does not end") }
    }

    private mutating func readName() throws(XMLFault) -> [UInt8] {
        let start = at
        while at < bytes.count, !Self.isBlank(bytes[at]), !"<>/=\"'&?!".utf8.contains(bytes[at]) { at += 1 }
        guard at > start, !"-.0123456789:".utf8.contains(bytes[start]) else { throw fault("a name is missing") }
        return Array(bytes[start..<at])
    }

    // MARK: Text

    private mutating func readText() throws(XMLFault) {
        while at < bytes.count, bytes[at] != UInt8(ascii: "<") {
            guard !open.isEmpty || Self.isBlank(bytes[at]) else { throw fault("text stands outside the elements") }
            guard !peek("]]>") else { throw fault("a text holds ']]>'") }
            if bytes[at] == UInt8(ascii: "&") {
                append(try readReference()[...])
            } else {
                append(bytes[at...at])
                at += 1
            }
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
        guard let last = open.last else { return }
        elements[last.index].text += text
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

    private static func localName(_ name: [UInt8]) -> String {
        String(decoding: name.split(separator: UInt8(ascii: ":"), maxSplits: 1).last ?? [], as: UTF8.self)
    }

    private func fault(_ message: String) -> XMLFault { XMLFault(message: message, offset: at) }
}
