// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import HTTPTypes
import Values

/// The OpenAPI 3.1 description, written from the same routes that answer the requests.
struct OpenAPIDocument {
    private let routes: [Route]
    private let configuration: WebConfiguration

    /// What stands before every path of the API.
    private static let version = "/v1"

    init(routes: [Route], configuration: WebConfiguration) {
        self.routes = routes
        self.configuration = configuration
    }

    var json: JSONValue {
        [
            "openapi": "3.1.0",
            "info": info,
            "servers": [["url": .string((configuration.publicURL ?? "") + Self.version)]],
            "tags": .array(
                Self.tags.map { ["name": .string($0.name), "description": .string($0.description)] }),
            "paths": .object(paths),
            "components": [
                "schemas": .object(OpenAPISchemas.all),
                "securitySchemes": [
                    "toegangsbewijs": [
                        "type": "http", "scheme": "bearer",
                        "description":
                            "Uitgegeven met `meldpoort token create`: voor een systeem, of voor één persoon.",
                    ]
                ],
                "headers": [
                    "API-Version": [
                        "description": "Volledige versie van deze API.",
                        "schema": ["type": "string", "const": .string(StandardHeaders.apiVersion)],
                    ]
                ],
            ],
        ]
    }

    private var info: JSONValue {
        var contact: [String: JSONValue] = ["name": .string(configuration.contact.name)]
        if let email = configuration.contact.email { contact["email"] = .string(email) }
        if let url = configuration.contact.url { contact["url"] = .string(url) }
        return [
            "title": "Meldpoort", "version": .string(StandardHeaders.apiVersion),
            "description": """
            De poort tussen de scholen van een bestuur en de keten rond de meldcode huiselijk geweld en kindermishandeling. \
            Gebeurtenissen gaan erin; per ontvanger oordelen de privacyregels wat er mag gaan, en elke verstrekking staat in \
            het logboek. Problemen komen als `application/problem+json` (RFC 9457), alle tegelijk, en herhalen nooit een \
            waarde uit het verzoek. Het deel `type` van een probleem verandert niet.
            """,
            "contact": .object(contact),
            "license": ["name": "EUPL-1.2", "identifier": "EUPL-1.2"],
        ]
    }

    private static let tags: [(name: String, prefix: String, description: String)] = [
        ("Gebeurtenissen", "/v1/gebeurtenissen", "Indienen, en zien wat ervan is geworden."),
        ("Beoordelingen", "/v1/beoordelingen", "Vooraf zien wat de regels zeggen."),
        ("Afleveringen", "/v1/afleveringen", "Eén gebeurtenis naar één ontvanger; wat een persoon ermee doet."),
        ("Verplichtingen", "/v1/verplichtingen", "Wat nog moet gebeuren, met termijn."),
        ("Post", "/v1/post", "Wat per mail binnenkwam, en wat een persoon zegt dat het is."),
        ("Verstrekkingen", "/v1/verstrekkingen", "Het logboek."),
        ("Cijfers", "/v1/cijfers", "Aantallen zonder personen."),
        ("Documentatie", "/v1/", "Schema’s en dit document."),
        ("Beheer", "/", "Voor wie de dienst draaiend houdt."),
    ]

    // MARK: - Paths

    private var paths: [String: JSONValue] {
        var paths: [String: [String: JSONValue]] = [:]
        for route in routes {
            let template = route.path.template
            let isVersioned = template.hasPrefix(Self.version + "/")
            let path = isVersioned ? String(template.dropFirst(Self.version.count)) : template
            paths[path, default: [:]][route.method.rawValue.lowercased()] = operation(route)
            if !isVersioned {
                let root = configuration.publicURL ?? ""
                paths[path]?["servers"] = [["url": .string(root.isEmpty ? "/" : root)]]
            }
        }
        return paths.mapValues(JSONValue.object)
    }

    private func operation(_ route: Route) -> JSONValue {
        let tag = Self.tags.first { route.path.template.hasPrefix($0.prefix) }?.name ?? "Beheer"
        var members: [String: JSONValue] = [
            "operationId": .string(route.name), "summary": .string(route.summary), "description": .string(route.detail),
            "tags": [.string(tag)], "responses": .object(responses(route)),
            "security": route.isOpen ? [] : [["toegangsbewijs": []]],
        ]
        let parameters = self.parameters(route)
        if !parameters.isEmpty { members["parameters"] = .array(parameters) }
        switch route.body {
        case .none: break
        case .events: members["requestBody"] = Self.eventBody
        case .form(let form):
            members["requestBody"] = [
                "required": .bool(!form.isOptional),
                "content": ["application/json": ["schema": Self.reference(form.name)]],
            ]
        }
        return .object(members)
    }

    private func parameters(_ route: Route) -> [JSONValue] {
        var list: [JSONValue] = []
        for name in route.path.parameters {
            list.append([
                "name": .string(name), "in": "path", "required": true,
                "description": .string(Self.pathParameters[name]?.text ?? "Het nummer."),
                "schema": Self.pathParameters[name]?.schema ?? ["type": "integer", "format": "int64", "minimum": 0],
            ])
        }
        for parameter in route.query {
            list.append([
                "name": .string(parameter.name), "in": "query", "required": .bool(parameter.isRequired),
                "description": .string(parameter.summary), "schema": .object(parameter.schema),
            ])
        }
        return list
    }

    /// The changing parts of addresses that are no number of the thing itself.
    private static let pathParameters: [String: (text: String, schema: JSONValue)] = [
        "type": (
            "Het type van de gebeurtenis.",
            ["type": "string", "enum": .array(EventType.allCases.map { .string($0.rawValue) })]
        ),
        "zaak": ("Het kenmerk dat de school aan de zaak gaf.", ["type": "string"]),
        "brin": (
            "De school, zoals in de configuratie.",
            ["type": "string", "pattern": "^[0-9]{2}[A-Z]{2}([0-9]{2})?$"]
        ),
        "bijlage": ("Het nummer van de bijlage.", ["type": "integer", "format": "int64", "minimum": 1]),
    ]

    /// One entry per status; several kinds of problem with one status share it.
    private func responses(_ route: Route) -> [String: JSONValue] {
        var responses: [String: JSONValue] = [:]
        for (status, problems) in Dictionary(grouping: route.allProblems, by: \.kind.status.code) {
            let lines = problems.map { "- `\($0.kind.type)`: \($0.when)" }
            responses[String(status)] = Self.problem(lines.joined(separator: "\n"))
        }
        responses["default"] = Self.problem("Elk ander probleem, zoals een verbinding die geen HTTP spreekt.")
        var success: [String: JSONValue] = [
            "description": .string(route.success.summary),
            "content": .object(content(route)),
        ]
        var headers: [String: JSONValue] = ["API-Version": ["$ref": "#/components/headers/API-Version"]]
        if route.success.hasLocation {
            headers["Location"] = [
                "description":
                    "Waar de gebeurtenis te volgen is; bij een bundel staat dat per gebeurtenis in het antwoord.",
                "schema": ["type": "string", "format": "uri-reference"],
            ]
        }
        success["headers"] = .object(headers)
        responses[String(route.success.status.code)] = .object(success)
        return responses
    }

    private func content(_ route: Route) -> [String: JSONValue] {
        var content: [String: JSONValue] = [
            route.success.mediaType: route.success.schema.map { ["schema": Self.reference($0)] } ?? [:]
        ]
        for other in route.success.otherMediaTypes { content[other] = [:] }
        return content
    }

    private static func problem(_ description: String) -> JSONValue {
        [
            "description": .string(description),
            "headers": ["API-Version": ["$ref": "#/components/headers/API-Version"]],
            "content": ["application/problem+json": ["schema": reference("Probleem")]],
        ]
    }

    private static let eventBody: JSONValue = [
        "required": true,
        "content": [
            "application/cloudevents+json": ["schema": reference("CloudEvent")],
            "application/cloudevents-batch+json": [
                "schema": ["type": "array", "minItems": 1, "items": reference("CloudEvent")]
            ],
            "application/json": [
                "schema": ["anyOf": .array(EventType.submittable.map { reference($0.rawValue) })]
            ],
        ],
    ]

    static func reference(_ schema: String) -> JSONValue {
        ["$ref": .string("#/components/schemas/\(schema)")]
    }
}

extension Parameter {
    /// Its JSON Schema.
    var schema: [String: JSONValue] {
        switch kind {
        case .line(let max):
            ["type": "string", "minLength": 1, "maxLength": .number(Double(max)), "pattern": "^[^\\r\\n]*$"]
        case .text(let max): ["type": "string", "minLength": 1, "maxLength": .number(Double(max))]
        case .reference: ["type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"]
        case .choice(let options): ["type": "string", "enum": .array(options.map(JSONValue.string))]
        case .boolean: ["type": "boolean"]
        case .timestamp: ["type": "string", "format": "date-time"]
        case .brin: ["type": "string", "pattern": "^[0-9]{2}[A-Z]{2}([0-9]{2})?$"]
        case .date: ["type": "string", "format": "date"]
        case .schoolYear: ["type": "string", "pattern": "^[0-9]{4}-[0-9]{4}$"]
        case .month: ["type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"]
        case .number(let range):
            [
                "type": "integer", "format": "int64", "minimum": .number(Double(range.lowerBound)),
                "maximum": .number(Double(range.upperBound)),
            ]
        }
    }
}
