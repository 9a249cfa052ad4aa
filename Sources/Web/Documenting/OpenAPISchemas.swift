// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import Gateway
import Values

/// The schemas of the OpenAPI document: those of the event types as they are published, and what answers look like.
enum OpenAPISchemas {
    static var all: [String: JSONValue] {
        var schemas = answers
        for type in EventType.allCases { schemas[type.rawValue] = type.schema.jsonSchema }
        for form in [
            Routes.confirmation, Routes.closing, Routes.nothing, Routes.postVerdict, Routes.pupilQuery, Routes.owedAct,
        ] {
            schemas[form.name] = schema(of: form)
        }
        schemas["CloudEvent"] = cloudEvent
        return schemas
    }

    private static func schema(of form: Form) -> JSONValue {
        var properties: [String: JSONValue] = [:]
        for member in form.members {
            var schema = member.schema
            schema["description"] = .string(member.summary)
            properties[member.name] = .object(schema)
        }
        var schema: [String: JSONValue] = [
            "type": "object", "properties": .object(properties), "additionalProperties": false,
        ]
        let required = form.members.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { schema["required"] = .array(required) }
        return .object(schema)
    }

    private static let cloudEvent: JSONValue = [
        "type": "object",
        "description": "Een CloudEvent 1.0 volgens het NL GOV-profiel. “subject” wordt niet aangenomen.",
        "required": ["specversion", "id", "source", "type", "data"],
        "properties": [
            "specversion": ["const": "1.0"],
            "id": ["type": "string", "minLength": 1, "maxLength": 256, "description": "Bij voorkeur een UUID."],
            "source": [
                "type": "string", "format": "uri-reference", "maxLength": 256,
                "description": "Een bron uit de configuratie, zoals `urn:nld:oin:…:systeem:…`.",
            ],
            "type": ["type": "string", "enum": .array(EventType.submittable.map { .string($0.rawValue) })],
            "time": ["type": "string", "format": "date-time", "description": "Wanneer het is vastgelegd."],
            "datacontenttype": ["type": "string"], "dataschema": ["type": "string", "format": "uri"],
            "traceparent": ["type": "string"], "tracestate": ["type": "string"],
            "sequence": ["type": "string"], "sequencetype": ["type": "string"],
            "data": ["type": "object"],
        ],
        "additionalProperties": false,
        "oneOf": .array(
            EventType.submittable.map { type in
                [
                    "title": .string(type.schema.title),
                    "properties": [
                        "type": ["const": .string(type.rawValue)], "data": OpenAPIDocument.reference(type.rawValue),
                    ],
                ]
            }),
    ]

    // MARK: - Answers

    private static let text: JSONValue = ["type": "string"]
    /// A number, or a band such as `1-4`.
    private static let figures: [String: JSONValue] = Dictionary(
        IncidentFigure.allCases.map { ($0.rawValue, ["type": "string", "pattern": "^[0-9]+(-[0-9]+)?$"]) },
        uniquingKeysWith: { own, _ in own })
    private static let number: JSONValue = ["type": "integer", "format": "int64"]
    private static let time: JSONValue = ["type": "string", "format": "date-time"]
    private static let texts: JSONValue = ["type": "array", "items": ["type": "string"]]

    private static func object(_ properties: [String: JSONValue], required: [String] = []) -> JSONValue {
        var schema: [String: JSONValue] = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { schema["required"] = .array(required.map(JSONValue.string)) }
        return .object(schema)
    }

    private static func list(of name: String) -> JSONValue {
        ["type": "array", "items": OpenAPIDocument.reference(name)]
    }

    private static let answers: [String: JSONValue] = [
        "Probleem": object(
            [
                "type": [
                    "type": "string", "format": "uri", "enum": .array(ProblemKind.allCases.map { .string($0.type) }),
                ],
                "title": text, "status": ["type": "integer"], "detail": text,
                "problemen": [
                    "type": "array",
                    "items": object(
                        [
                            "code": text,
                            "plaats": [
                                "type": "string",
                                "description":
                                    "JSON Pointer (RFC 6901) in de body, `ce-…` voor een kopregel, `?…` voor een parameter.",
                            ],
                            "regel": ["type": "integer"], "kolom": ["type": "integer"], "tekst": text,
                        ], required: ["code", "plaats", "tekst"]),
                ],
                "afgekapt": ["type": "boolean"], "reden": text, "artikel": text, "redenen": texts,
                "huidigeStatus": text, "nodigeStatus": texts,
                "gebeurtenissen": [
                    "type": "array", "description": "Bij een bundel: wat er van elke gebeurtenis is geworden.",
                    "items": ["type": "object"],
                ],
            ], required: ["type", "title", "status", "detail"]),
        "Leerlingopvraging": object(
            [
                "uitkomst": ["enum": ["gevonden", "teVeel", "nietGelezen"]], "gevraagd": texts, "reden": text,
                "leerlingen": [
                    "type": "array",
                    "items": object(
                        ["leerling": ["type": "object"], "afgeschermd": texts], required: ["leerling", "afgeschermd"]),
                ],
            ], required: ["uitkomst", "gevraagd", "leerlingen"]),
        "AangenomenGebeurtenis": object(
            [
                "plaats": text, "id": number, "url": ["type": "string", "format": "uri-reference"],
                "status": ["const": "aangenomen"],
                "herhaling": ["type": "boolean", "description": "Deze gebeurtenis was al eerder aangenomen."],
                "waarschuwing": ["type": "string", "description": "Wat u nu moet doen, bijvoorbeeld bellen."],
                "eerst": texts, "vervolg": texts,
            ], required: ["id", "url", "status", "herhaling"]),
        "Aangenomen": [
            "anyOf": [
                OpenAPIDocument.reference("AangenomenGebeurtenis"),
                object(["gebeurtenissen": list(of: "AangenomenGebeurtenis")], required: ["gebeurtenissen"]),
            ]
        ],
        "Gebeurtenis": object(
            [
                "id": number, "type": text, "school": text, "ontvangenOp": time, "waarschuwing": text,
                "afleveringen": list(of: "Aflevering"),
            ], required: ["id", "type", "school", "ontvangenOp", "afleveringen"]),
        "Aflevering": object(
            [
                "nummer": number, "gebeurtenis": number, "type": text, "school": text, "ontvanger": text,
                "naamOntvanger": text, "kanaal": ["type": "string", "enum": ["api", "mail", "handover"]],
                "status": ["type": "string", "enum": .array(DeliveryState.allCases.map { .string($0.word) })],
                "reden": text, "pogingen": ["type": "integer"], "volgendePoging": time, "gemaaktOp": time,
                "gewijzigdOp": time, "bevestigd": object(["rol": text, "op": time]), "ontvangst": ["type": "object"],
                "velden": texts, "grondslag": text, "doel": text, "wachtOp": texts, "wachtgronden": texts,
                "eerst": texts, "uitleg": text,
                "tekorten": ["type": "array", "items": object(["code": text, "tekst": text])],
                "openTekorten": ["type": "array", "items": object(["code": text, "sinds": time])],
                "waarschuwing": text,
            ], required: ["nummer", "gebeurtenis", "type", "school", "ontvanger", "status", "pogingen"]),
        "Afleveringen": object(
            ["afleveringen": list(of: "Aflevering"), "volgendeVanaf": number], required: ["afleveringen"]),
        "Casus": object(
            [
                "zaak": text, "alarmen": texts, "stappen": ["type": "array", "items": ["type": "object"]],
                "verloop": ["type": "array", "items": ["type": "object"]],
                "nogTeDoen": ["type": "array", "items": object(["onderwerp": text, "tekst": text])],
                "spoor": object(["naam": text, "titel": text]), "weging": ["type": "object"], "tekst": texts,
                "verplichtingen": list(of: "Verplichting"),
            ], required: ["zaak", "stappen", "verloop", "nogTeDoen", "verplichtingen", "tekst"]),
        "Post": object(["post": list(of: "Poststuk"), "volgendeVanaf": number], required: ["post"]),
        "Poststuk": object(
            [
                "nummer": number, "postbus": text, "ontvangenOp": time,
                "soort": ["type": "string", "enum": .array(MailKind.allCases.map { .string($0.rawValue) })],
                "status": ["type": "string", "enum": ["teBeoordelen", "beoordeeld", "geenActie"]],
                "geplaatst": ["type": "boolean"], "school": text, "ontvanger": text, "grootte": number, "taak": text,
                "oordelen": [
                    "type": "array", "items": object(["soort": text, "op": time, "door": text, "gebeurtenis": number]),
                ],
                "inhoud": object(
                    [
                        "afzender": object([
                            "adres": text, "naam": text, "waarschuwing": text,
                            "gecontroleerd": ["type": "string", "enum": ["geslaagd", "gezakt", "onbekend"]],
                        ]),
                        "onderwerp": text, "geschrevenOp": time, "tekst": text, "uitHTML": ["type": "boolean"],
                        "onvolledig": ["type": "boolean"],
                        "bijlagen": [
                            "type": "array",
                            "items": object([
                                "nummer": number, "bestandsnaam": text, "grootte": number, "soort": text,
                                "nietBewaard": text,
                            ]),
                        ],
                    ], required: ["afzender", "onderwerp", "tekst", "bijlagen"]),
            ], required: ["nummer", "postbus", "ontvangenOp", "soort", "status", "geplaatst"]),
        "Verplichtingen": object(
            ["verplichtingen": list(of: "Verplichting"), "volgendeVanaf": number], required: ["verplichtingen"]),
        "Verplichting": object(
            [
                "nummer": number,
                "soort": ["type": "string", "enum": .array(OwedKind.allCases.map { .string($0.rawValue) })],
                "omschrijving": text, "taak": text, "bron": text, "wie": texts,
                "status": ["type": "string", "enum": .array(OwedState.allCases.map { .string($0.word) })],
                "school": text, "voorHetBestuur": ["type": "boolean"], "ontvanger": text, "naamOntvanger": text,
                "gebeurtenis": number, "aflevering": number, "post": number, "sinds": time,
                "uiterlijk": ["type": "string", "format": "date"],
                "teLaat": ["type": "boolean"], "herinneringen": number, "volgendeHerinnering": time,
                "geslotenOp": time, "geslotenDoor": number, "trede": text, "tredeOp": time, "volgendeTrede": text,
                "volgendeTredeOp": time, "volgendeTredeAan": texts, "stilTot": time,
                "stilDoor": ["type": "string", "enum": ["post", "persoon"]], "zaak": text, "kenmerk": text,
                "kenmerkKetenpartner": text, "bellen": text,
                "geschiedenis": [
                    "type": "array",
                    "items": object(
                        [
                            "op": time,
                            "wat": ["type": "string", "enum": .array(OwedAct.Kind.allCases.map { .string($0.word) })],
                            "nader": text, "tot": ["type": "string", "format": "date"], "door": text,
                        ], required: ["op", "wat"]),
                ],
            ],
            required: ["nummer", "soort", "omschrijving", "status", "sinds", "uiterlijk", "herinneringen", "wie"]),
        "Beoordelingen": object(
            [
                "gebeurtenissen": [
                    "type": "array",
                    "items": object(
                        ["plaats": text, "type": text, "oordelen": list(of: "Oordeel")],
                        required: ["plaats", "type", "oordelen"]),
                ]
            ], required: ["gebeurtenissen"]),
        "Oordeel": object(
            [
                "ontvanger": text, "naam": text, "kanaal": text,
                "oordeel": ["type": "string", "enum": ["toegestaan", "wacht", "geweigerd"]], "velden": texts,
                "blijft": texts, "tekorten": ["type": "array", "items": ["type": "object"]], "beleidsversie": text,
                "grondslag": object(["artikel": text, "soort": text, "tekst": text]), "doel": text, "wachtOp": texts,
                "uitleg": text, "redenen": ["type": "array", "items": ["type": "object"]],
                "wachtgronden": ["type": "array", "items": ["type": "object"]], "eerst": texts, "informeren": text,
                "teksten": ["type": "object"],
                "alleenVeiligThuis": texts, "bevindingen": ["type": "array", "items": ["type": "object"]],
            ], required: ["ontvanger", "oordeel", "velden"]),
        "Overdrachtstekst": object(
            [
                "titel": text, "aanwijzing": text,
                "delen": [
                    "type": "array",
                    "items": object([
                        "deel": text, "kop": text,
                        "regels": ["type": "array", "items": object(["label": text, "waarde": text])],
                    ]),
                ],
            ], required: ["titel", "aanwijzing", "delen"]),
        "Incidentcijfers": object(
            [
                "maand": ["type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"], "volledig": ["type": "boolean"],
                "scholen": [
                    "type": "array",
                    "items": object(
                        ["brin": text, "naam": text].merging(figures) { own, _ in own },
                        required: ["brin", "naam"] + figures.keys.sorted()),
                ],
                "totaal": object(figures, required: figures.keys.sorted()),
            ], required: ["maand", "volledig", "scholen", "totaal"]),
        "Cijferverslag": object(
            [
                "rapport": ["type": "string", "enum": ["bestuur", "school", "jaarverslag"]], "titel": text,
                "onderwerp": text,
                "periode": object(
                    [
                        "van": ["type": "string", "format": "date"], "tot": ["type": "string", "format": "date"],
                        "naam": text, "volledig": ["type": "boolean"],
                    ], required: ["van", "tot", "naam", "volledig"]),
                "gemaaktOp": ["type": "string", "format": "date"],
                "vorm": ["type": "string", "enum": ["binnen", "eigen", "openbaar"]],
                "opmerkingen": ["type": "array", "items": text],
                "onderdelen": [
                    "type": "array",
                    "items": object(
                        [
                            "id": text, "titel": text,
                            "inhoud": [
                                "type": "array", "items": ["type": "object"],
                                "description":
                                    "Een getal is `{\"aantal\": 7}`, een band `{\"van\": 1, \"tot\": 4}`, wat niet wordt getoond `{\"nietGetoond\": true}`.",
                            ],
                        ], required: ["id", "titel", "inhoud"]),
                ],
            ],
            required: ["rapport", "titel", "onderwerp", "periode", "gemaaktOp", "vorm", "opmerkingen", "onderdelen"]),
        "Verstrekkingen": object(
            [
                "verstrekkingen": [
                    "type": "array",
                    "items": object(["volgnummer": number, "afleveringsnummer": number, "bladhash": text]),
                ],
                "volgendeVanaf": number,
            ], required: ["verstrekkingen"]),
        "Schemas": object(
            [
                "schemas": [
                    "type": "array",
                    "items": object([
                        "type": text, "titel": text, "omschrijving": text, "alleenPersoon": ["type": "boolean"],
                        "url": text,
                    ]),
                ]
            ], required: ["schemas"]),
        "Gezondheid": object(["status": ["const": "ok"]], required: ["status"]),
    ]
}
