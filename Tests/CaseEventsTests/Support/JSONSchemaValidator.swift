// SPDX-License-Identifier: EUPL-1.2
import Values

/// A second reading of JSON Schema (draft 2020-12), as far as the published schemas use it. A keyword it does not know is an
/// error, so that the export cannot say something that nobody checks.
struct JSONSchemaValidator {
    enum Failure: Error { case unknownKeyword(String), badKeyword(String) }

    private static let annotations: Set<String> = ["$schema", "$id", "title", "description", "format"]

    /// Whether the value fits.
    func fits(_ value: JSONValue, _ schema: JSONValue) throws -> Bool {
        for (keyword, argument) in schema.object ?? [:] where !Self.annotations.contains(keyword) {
            guard try holds(keyword, argument, value, schema) else { return false }
        }
        return true
    }

    private func holds(_ keyword: String, _ argument: JSONValue, _ value: JSONValue, _ schema: JSONValue) throws -> Bool
    {
        switch keyword {
        case "type": try isOfType(value, argument)
        case "enum": argument.array?.contains(value) ?? false
        case "properties": try propertiesFit(value, argument)
        case "required": (argument.array ?? []).allSatisfy { value.object == nil || value[$0.string ?? ""] != nil }
        case "additionalProperties":
            argument == false ? (value.object ?? [:]).keys.allSatisfy { schema["properties"]?[$0] != nil } : true
        case "items": try (value.array ?? []).allSatisfy { try fits($0, argument) }
        case "maxItems": (value.array?.count ?? 0) <= argument.integer ?? 0
        case "minLength": (value.string?.unicodeScalars.count ?? .max) >= argument.integer ?? 0
        case "maxLength": (value.string?.unicodeScalars.count ?? 0) <= argument.integer ?? 0
        case "minimum": (value.number ?? .infinity) >= argument.number ?? 0
        case "maximum": (value.number ?? -.infinity) <= argument.number ?? 0
        case "pattern": try matches(value, argument)
        default: throw Failure.unknownKeyword(keyword)
        }
    }

    private func isOfType(_ value: JSONValue, _ argument: JSONValue) throws -> Bool {
        switch argument.string {
        case "object": value.object != nil
        case "array": value.array != nil
        case "string": value.string != nil
        case "boolean": value.bool != nil
        case "integer": value.number.map { $0 == $0.rounded() } ?? false
        default: throw Failure.badKeyword("type")
        }
    }

    private func propertiesFit(_ value: JSONValue, _ properties: JSONValue) throws -> Bool {
        try (value.object ?? [:]).allSatisfy { name, member in
            guard let schema = properties[name] else { return true }
            return try fits(member, schema)
        }
    }

    private func matches(_ value: JSONValue, _ pattern: JSONValue) throws -> Bool {
        guard let text = value.string else { return true }
        guard let pattern = pattern.string else { throw Failure.badKeyword("pattern") }
        // The few patterns in use, by hand: the standard's are of ECMA-262, which Swift's are not.
        switch pattern {
        case #"^[^\r\n]*\S[^\r\n]*$"#:
            return hasContent(text) && !text.unicodeScalars.contains { "\r\n".unicodeScalars.contains($0) }
        case #"\S"#: return hasContent(text)
        case "^[A-Za-z0-9._-]{1,64}$":
            return (1...64).contains(text.utf8.count)
                && text.utf8.allSatisfy { isDigit($0) || isLetter($0) || "._-".utf8.contains($0) }
        case "^[0-9]{4}-[0-9]{2}-[0-9]{2}$":
            return text.utf8.count == 10
                && text.utf8.enumerated().allSatisfy { [4, 7].contains($0) ? $1 == UInt8(ascii: "-") : isDigit($1) }
        case "^[0-9]{2}[A-Z]{2}([0-9]{2})?$":
            return [4, 6].contains(text.utf8.count)
                && text.utf8.enumerated().allSatisfy { [2, 3].contains($0) ? (65...90).contains($1) : isDigit($1) }
        case "^[0-9]{9}$": return text.utf8.count == 9 && text.utf8.allSatisfy(isDigit)
        default: throw Failure.unknownKeyword("pattern \(pattern)")
        }
    }

    private func hasContent(_ text: String) -> Bool {
        text.unicodeScalars.contains { !$0.properties.isWhitespace }
    }

    private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    private func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
}
