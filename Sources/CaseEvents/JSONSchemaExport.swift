// SPDX-License-Identifier: EUPL-1.2
public import Values

extension EventSchema {
    /// The published JSON Schema (draft 2020-12) of the data of this type.
    public var jsonSchema: JSONValue {
        var schema = Self.object(fields)
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        schema["$id"] = .string("urn:meldpoort:schema:\(type.rawValue)")
        schema["title"] = .string(title)
        schema["description"] = .string(summary)
        return .object(schema)
    }

    private static func object(_ fields: [Field]) -> [String: JSONValue] {
        var properties: [String: JSONValue] = [:]
        for field in fields {
            var property = schema(of: field.shape)
            property["description"] = .string(field.summary)
            properties[field.name] = .object(property)
        }
        var schema: [String: JSONValue] = [
            "type": "object", "properties": .object(properties), "additionalProperties": false,
        ]
        let required = fields.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { schema["required"] = .array(required) }
        return schema
    }

    private static func schema(of shape: Shape) -> [String: JSONValue] {
        switch shape {
        case .line(let max):
            [
                "type": "string", "minLength": 1, "maxLength": .number(Double(max)),
                "pattern": "^[^\\r\\n]*\\S[^\\r\\n]*$",
            ]
        case .text(let max): ["type": "string", "minLength": 1, "maxLength": .number(Double(max)), "pattern": "\\S"]
        case .reference, .caseReference: ["type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"]
        case .choice(let options): ["type": "string", "enum": .array(options.map(JSONValue.string))]
        case .boolean: ["type": "boolean"]
        case .integer(let range):
            [
                "type": "integer", "minimum": .number(Double(range.lowerBound)),
                "maximum": .number(Double(range.upperBound)),
            ]
        case .date: ["type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"]
        case .timestamp: ["type": "string", "format": "date-time"]
        case .brin: ["type": "string", "pattern": "^[0-9]{2}[A-Z]{2}([0-9]{2})?$"]
        case .bsn: ["type": "string", "pattern": "^[0-9]{9}$"]
        case .object(let fields): object(fields)
        case .person(_, let fields): object(fields)
        case .list(let element, let max):
            ["type": "array", "maxItems": .number(Double(max)), "items": .object(schema(of: element))]
        }
    }
}
