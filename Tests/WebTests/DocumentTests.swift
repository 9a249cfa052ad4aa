// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Testing
import Values
import Web

@Suite struct DocumentTests {
    private static let document: JSONValue = {
        if case .success(let value) = StrictJSON.read(
            MeldpoortServer.openAPI(for: WebConfiguration()),
            limits: JSONLimits(maximumBytes: 4 << 20, maximumDepth: 64))
        {
            value
        } else {
            .null
        }
    }()

    /// Every operation of the document as `METHOD /whole/path`.
    private static let operations: [String: JSONValue] = {
        var operations: [String: JSONValue] = [:]
        for (path, item) in document["paths"]?.object ?? [:] {
            let servers = item["servers"] ?? document["servers"]
            let base = servers?.array?.first?["url"]?.string ?? ""
            for (method, operation) in item.object ?? [:] where method != "servers" {
                operations["\(method.uppercased()) \(base == "/" ? "" : base)\(path)"] = operation
            }
        }
        return operations
    }()

    @Test func everyRouteIsDocumentedAndNothingElse() {
        #expect(Set(Self.operations.keys) == Set(MeldpoortServer.routes.map { "\($0.method) \($0.path)" }))
        for route in MeldpoortServer.routes {
            let operation = Self.operations["\(route.method) \(route.path)"]
            let statuses = (operation?["responses"]?.object ?? [:]).keys.compactMap { Int($0) }
            #expect(Set(statuses) == route.statuses, "\(route.path)")
            #expect((operation?["security"]?.array?.isEmpty == false) == route.needsToken, "\(route.path)")
        }
    }

    @Test func everyEventTypeHasItsPublishedSchema() {
        for type in EventType.allCases {
            #expect(Self.document["components"]?["schemas"]?[type.rawValue] == type.schema.jsonSchema)
        }
    }

    /// What the gateway alone makes can be read and not brought in.
    @Test func onlyWhatCanBeBroughtInIsOffered() {
        let offered = Self.document["components"]?["schemas"]?["CloudEvent"]?["properties"]?["type"]?["enum"]?.array
        #expect(Set((offered ?? []).compactMap(\.string)) == Set(EventType.submittable.map(\.rawValue)))
        #expect(!EventType.submittable.contains(.opschalingGedaan))
        #expect(EventType.submittable.count == EventType.allCases.count - 1)
    }

    @Test func everyReferencePointsAtSomething() {
        var names: Set<String> = []
        func collect(_ value: JSONValue) {
            for element in value.array ?? [] { collect(element) }
            for (key, member) in value.object ?? [:] {
                if key == "$ref", let text = member.string { names.insert(text) }
                collect(member)
            }
        }
        collect(Self.document)
        #expect(names.count > 10)
        for name in names {
            let found = name.split(separator: "/").dropFirst().reduce(Optional(Self.document)) { $0?[String($1)] }
            #expect(found != nil, "\(name)")
        }
    }

    @Test func operationsHaveNamesOfTheirOwnAndDutchText() {
        let names = Self.operations.values.compactMap { $0["operationId"]?.string }
        #expect(Set(names).count == MeldpoortServer.routes.count)
        #expect(Self.document["info"]?["contact"]?["name"]?.string?.isEmpty == false)
        #expect(Self.document["info"]?["version"]?.string == "1.0.0")
    }

    @Test func documentsAreReadWithoutAToken() async throws {
        try await TestDoor.open { door in
            let openAPI = try await door.get("/v1/openapi.json", as: nil)
            #expect(openAPI.status == 200)
            #expect(openAPI.header("access-control-allow-origin") == "*")
            #expect(openAPI.json == Self.document)
            expectStandardHeaders(openAPI, "openapi")
            let list = try await door.get("/v1/schemas", as: nil)
            let urls = (list.json?["schemas"]?.array ?? []).compactMap { $0["url"]?.string }
            #expect(urls.count == EventType.allCases.count)
            for url in urls {
                let schema = try await door.get(url, as: nil)
                #expect(schema.status == 200)
                #expect(schema.header("content-type") == "application/schema+json")
                #expect(schema.header("access-control-allow-origin") == nil)
            }
        }
    }

    @Test func addressesCarryThePublicAddress() async throws {
        try await TestDoor.open({ configuration, _ in configuration.publicURL = "https://meldpoort.voorbeeld.example" })
        {
            door in
            let reply = try await door.submit(Sample.concern())
            #expect(reply.header("location") == "https://meldpoort.voorbeeld.example/v1/gebeurtenissen/1")
            let openAPI = try await door.get("/v1/openapi.json", as: nil)
            #expect(openAPI.json?["servers"]?.array?.first?["url"]?.string == "https://meldpoort.voorbeeld.example/v1")
        }
    }
}
