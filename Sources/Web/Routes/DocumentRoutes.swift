// SPDX-License-Identifier: EUPL-1.2
import HTTPTypes

/// What anybody may read: how the API works.
extension Routes {
    static let documents = [
        Route(
            method: .get, path: Path("/v1/schemas"), name: "toonSchemas", summary: "De typen gebeurtenis",
            detail: "Een schema verandert niet na uitgave; een wijziging is een nieuwe versie ernaast.",
            success: Route.Success(status: .ok, schema: "Schemas", summary: "De typen met hun schema."),
            action: .open { call throws(Problem) in
                Answer(.ok, body: call.services.documents.schemaList, mediaType: "application/json")
            }),
        Route(
            method: .get, path: Path("/v1/schemas/{type}"), name: "toonSchema",
            summary: "Het JSON Schema van de gegevens van één type",
            detail:
                "JSON Schema 2020-12. Meldpoort is op enkele punten strenger dan een schema kan zeggen (kalender, elfproef).",
            success: Route.Success(
                status: .ok, mediaType: "application/schema+json", schema: nil, summary: "Het schema."),
            action: .open { call throws(Problem) in
                guard let schema = call.services.documents.schemas[call.parameter] else { throw .notFound }
                return Answer(.ok, body: schema, mediaType: "application/schema+json")
            }),
        Route(
            method: .get, path: Path("/v1/openapi.json"), name: "toonOpenAPI", summary: "Dit document",
            detail: "Ook leesbaar vanaf andere websites (CORS).",
            success: Route.Success(status: .ok, schema: nil, summary: "OpenAPI 3.1."),
            action: .open { call throws(Problem) in
                var answer = Answer(.ok, body: call.services.documents.openAPI, mediaType: "application/json")
                answer.headers[.accessControlAllowOrigin] = "*"
                return answer
            }),
    ]
}
