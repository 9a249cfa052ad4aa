// SPDX-License-Identifier: EUPL-1.2

/// A JSON value as read by the strict reader: I-JSON (RFC 7493), so keys are unique and numbers are IEEE 754 doubles.
///
/// `==` compares texts as Swift does: two spellings of one accented letter count as the same text.
/// To see whether two values are the same to the byte, compare their `canonicalBytes`.
public enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    /// A finite number; an integer above 2^53 cannot be held exactly.
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}

extension JSONValue {
    /// The member of an object with this key, or nil if there is none or the value is no object.
    public subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    /// The element of an array at this place, counted from 0, or nil if there is none or the value is no array.
    public subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The text, or nil if the value is not a string.
    public var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    /// The truth value, or nil if the value is not `true` or `false`.
    public var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The number, or nil if the value is not a number.
    public var number: Double? {
        guard case .number(let value) = self else { return nil }
        return value
    }

    /// The number, if it is a whole one within the range that doubles hold exactly (2^53 either side of zero).
    public var integer: Int? {
        guard case .number(let value) = self else { return nil }
        return JSONValue.whole(value)
    }

    /// A number as an integer, if it is a whole one of at most 2^53.
    static func whole(_ value: Double) -> Int? {
        // Not `Int(exactly:)`, which needs the C mathematics library: this module links with nothing.
        guard value.magnitude <= 9_007_199_254_740_992 else { return nil }
        let whole = Int(value)
        return Double(whole) == value ? whole : nil
    }

    /// The elements, or nil if the value is not an array.
    public var array: [JSONValue]? {
        guard case .array(let value) = self else { return nil }
        return value
    }

    /// The members, or nil if the value is not an object.
    public var object: [String: JSONValue]? {
        guard case .object(let value) = self else { return nil }
        return value
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    /// A JSON string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A JSON number; beyond 2^53 the nearest double.
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
    /// A JSON number.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// A JSON array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// `null`.
    public init(nilLiteral: ()) { self = .null }

    /// Of two equal keys in a literal the last one counts.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { _, last in last }))
    }
}

extension JSONValue: Codable {
    /// Takes whatever JSON value the decoder holds; throws what the decoder throws.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// Writes itself as the JSON value it is.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}
