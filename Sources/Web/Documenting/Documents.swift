// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Values

/// The documents that anybody may read, made once.
struct Documents: Sendable {
    let openAPI: [UInt8]
    let schemaList: [UInt8]
    /// By type of event.
    let schemas: [String: [UInt8]]

    init(configuration: WebConfiguration) {
        openAPI = OpenAPIDocument(routes: Routes.all, configuration: configuration).json.canonicalBytes
        let types = EventType.allCases
        schemas = Dictionary(
            types.map { ($0.rawValue, $0.schema.jsonSchema.canonicalBytes) }, uniquingKeysWith: { first, _ in first })
        let base = configuration.publicURL ?? ""
        let list = types.map { type -> JSONValue in
            [
                "type": .string(type.rawValue), "titel": .string(type.schema.title),
                "omschrijving": .string(type.schema.summary), "alleenPersoon": .bool(type.needsPerson),
                "url": .string("\(base)/v1/schemas/\(type.rawValue)"),
            ]
        }
        schemaList = JSONValue.object(["schemas": .array(list)]).canonicalBytes
    }
}
