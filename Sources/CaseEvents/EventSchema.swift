// SPDX-License-Identifier: EUPL-1.2

/// What the data of one event type may hold, declared once: validation, the published JSON Schema, the field names of the
/// allow-lists and the persons in the disclosure log all derive from it.
public struct EventSchema: Sendable {
    public let type: EventType
    /// In Dutch, for people.
    public let title: String
    public let summary: String
    public let fields: [Field]

    init(_ type: EventType, title: String, summary: String, fields: [Field]) {
        self.type = type
        self.title = title
        self.summary = summary
        self.fields = fields
    }

    /// Every leaf, as a path such as `leerling.geboortedatum` or `betrokkenen[].naam`, with its field.
    public var leaves: [(path: FieldPath, field: Field)] {
        Self.leaves(of: fields, below: nil)
    }

    private static func leaves(of fields: [Field], below parent: FieldPath?) -> [(path: FieldPath, field: Field)] {
        fields.flatMap { field in
            let path = parent.map { $0.appending(field.name) } ?? FieldPath(field.name)
            return leaves(of: field, shape: field.shape, at: path)
        }
    }

    private static func leaves(of field: Field, shape: Shape, at path: FieldPath) -> [(path: FieldPath, field: Field)] {
        switch shape {
        case .object(let members): leaves(of: members, below: path)
        case .person(_, let members): leaves(of: members, below: path)
        case .list(let element, _): leaves(of: field, shape: element, at: path.element)
        default: [(path, field)]
        }
    }
}

/// One member of an object in the data of an event.
public struct Field: Sendable {
    /// Dutch, camelCase.
    public let name: String
    public let shape: Shape
    public let isRequired: Bool
    /// One Dutch sentence.
    public let summary: String

    init(_ name: String, _ shape: Shape, required: Bool = false, _ summary: String) {
        self.name = name
        self.shape = shape
        self.isRequired = required
        self.summary = summary
    }
}

/// What a value must look like.
public indirect enum Shape: Sendable {
    /// One line of 1 to `max` characters (code points), not all blank, without control characters.
    case line(max: Int)
    /// Free text of 1 to `max` characters (code points); line breaks and tabs are the only control characters.
    case text(max: Int)
    /// An opaque reference: 1 to 64 of letters, digits, `.`, `_`, `-`.
    case reference
    /// A reference that must not be a burgerservicenummer either.
    case caseReference
    case choice([String])
    case boolean
    case integer(ClosedRange<Int>)
    /// `JJJJ-MM-DD`.
    case date
    /// RFC 3339, any offset.
    case timestamp
    /// Two digits, two letters, optionally two digits of the location.
    case brin
    /// Nine digits that pass the eleven-test.
    case bsn
    case object([Field])
    /// A person concerned: listed in the disclosure log by pseudonym and role. The role is fixed, or read from the member `rol`.
    case person(PersonRole, [Field])
    case list(Shape, max: Int)
}

/// In which role a person stands in an event (practice 20).
public enum PersonRole: String, Codable, Sendable, Hashable, CaseIterable {
    case leerling
    case medewerker
    /// Read from the member `rol`: `ouder`, `verzorger`, `broerZus`, `ander`.
    case volgensRol
}

/// The name of a field within an event type: `leerling.geboortedatum`, `betrokkenen[].naam`.
public struct FieldPath: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    public let text: String

    /// Takes the text as it stands; whether such a field exists is for the schema to say.
    public init(_ text: String) {
        self.text = text
    }

    func appending(_ name: String) -> FieldPath { FieldPath("\(text).\(name)") }
    var element: FieldPath { FieldPath("\(text)[]") }

    public var description: String { text }

    public static func < (left: FieldPath, right: FieldPath) -> Bool { left.text < right.text }

    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
