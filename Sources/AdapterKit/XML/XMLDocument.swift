// SPDX-License-Identifier: EUPL-1.2

/// What keeps bytes from being a sound XML document, or values from standing in one.
public struct XMLFault: Error, Sendable, Hashable {
    /// Fixed English words: nothing of the document.
    public let message: String
    /// The place in bytes, from 0; 0 while writing.
    public let offset: Int
}

/// An XML 1.0 document in UTF-8 with namespaces, read into a tree.
///
/// Home-made and small on purpose. Foundation's parser takes a document with junk behind its end, an empty one and undeclared prefixes
/// for sound, expands or drops what a document type declares, and gives no place in bytes, which templates need. Here is no document
/// type (it is refused), so no entities but the five, nothing external, and nothing that grows.
public struct XMLDocument: Sendable, Hashable {
    public let root: XMLElement

    /// Deeper documents are refused, so that none can exhaust the stack.
    public static let maximumDepth = 64

    /// Reads the whole document.
    /// - Parameter maximumBytes: A longer one is refused.
    /// - Throws: `XMLFault` at the first thing that is wrong.
    public init(_ bytes: [UInt8], maximumBytes: Int = 64 << 20) throws(XMLFault) {
        guard bytes.count <= maximumBytes else { throw XMLFault(message: "it is too long", offset: maximumBytes) }
        var reader = XMLReader(bytes)
        root = try reader.read()
    }

    /// The text of the one element there; nil when there is none or more than one.
    /// - Parameter path: Names without prefix, from the root down, whatever their namespace.
    public func text(at path: [String]) -> String? {
        guard path.first == root.name.local else { return nil }
        var found = [root]
        for step in path.dropFirst() { found = found.flatMap { $0.children.filter { $0.name.local == step } } }
        return found.count == 1 ? found.first?.text : nil
    }

    /// Whether XML 1.0 can hold a character at all, even as a reference.
    public static func allows(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
