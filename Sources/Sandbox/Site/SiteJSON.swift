// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// A JSON value that keeps whole numbers, numbers and truth values apart, so that a counterpart can demand the right one.
enum SiteJSON: Sendable, Hashable, Codable {
    case null
    case bool(Bool)
    case whole(Int)
    case number(Double)
    case text(String)
    case list([SiteJSON])
    case object([String: SiteJSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = .whole(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([SiteJSON].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: SiteJSON].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .whole(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    /// Nil when the bytes are not one JSON value.
    static func parse(_ bytes: [UInt8]) -> SiteJSON? {
        try? JSONDecoder().decode(SiteJSON.self, from: Data(bytes))
    }

    /// With its keys in alphabetical order, so that the same value gives the same bytes.
    var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { Array($0) } ?? Array("null".utf8)
    }

    var text: String? {
        if case .text(let value) = self { value } else { nil }
    }

    var whole: Int? {
        if case .whole(let value) = self { value } else { nil }
    }

    var list: [SiteJSON]? {
        if case .list(let value) = self { value } else { nil }
    }

    var object: [String: SiteJSON]? {
        if case .object(let value) = self { value } else { nil }
    }

    var isBool: Bool {
        if case .bool = self { true } else { false }
    }

    subscript(key: String) -> SiteJSON? { object?[key] }

    /// An object of the fields that have a value.
    static func object(_ fields: KeyValuePairs<String, SiteJSON?>) -> SiteJSON {
        var result: [String: SiteJSON] = [:]
        for (key, value) in fields { result[key] = value }
        return .object(result)
    }
}

extension SiteJSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral
{
    init(stringLiteral value: String) { self = .text(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(integerLiteral value: Int) { self = .whole(value) }
    init(arrayLiteral elements: SiteJSON...) { self = .list(elements) }
}
