// SPDX-License-Identifier: EUPL-1.2

/// The name of an element or an attribute: what stands before the colon in a document is only a nickname for the namespace.
public struct XMLName: Sendable, Hashable {
    /// The name without its prefix.
    public let local: String
    /// The namespace's URI; nil when the name is in none.
    public let namespace: String?

    public init(_ local: String, in namespace: String? = nil) {
        self.local = local
        self.namespace = namespace
    }
}

/// An element with what is in it: for reading and for writing.
public struct XMLElement: Sendable, Hashable {
    public let name: XMLName
    public var attributes: [XMLName: String]
    /// The elements directly in it, in their order.
    public var children: [XMLElement]
    /// The text that stands directly in it, put together where elements stand between.
    public var text: String

    public init(
        _ name: XMLName, attributes: [XMLName: String] = [:], text: String = "", children: [XMLElement] = []
    ) {
        self.name = name
        self.attributes = attributes
        self.text = text
        self.children = children
    }

    /// The first child of that name.
    public func child(_ name: XMLName) -> XMLElement? {
        children.first { $0.name == name }
    }

    /// All children of that name.
    public func children(_ name: XMLName) -> [XMLElement] {
        children.filter { $0.name == name }
    }

    /// The text without blanks around it; nil when nothing is left.
    public var value: String? {
        let trimmed = text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
        return trimmed.isEmpty ? nil : String(trimmed)
    }
}
