// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Testing
import Values

/// What is published says the same as what is checked.
@Suite struct JSONSchemaExportTests {
    private let validator = JSONSchemaValidator()

    @Test(arguments: EventType.allCases)
    func whatFitsOneFitsTheOther(_ type: EventType) throws {
        let schema = type.schema.jsonSchema
        var generator = EventGenerator(seed: 21)
        for _ in 0..<60 {
            let data = generator.data(type)
            #expect(try validator.fits(data, schema), "\(data.canonicalString)")
        }
    }

    @Test(arguments: EventType.allCases)
    func whatFailsOneFailsTheOther(_ type: EventType) throws {
        let schema = type.schema.jsonSchema
        var generator = EventGenerator(seed: 22, fill: .everything)
        var told = 0
        for mutation in Mutation.all(of: generator.data(type), type) where mutation.isSaidBySchema {
            told += 1
            #expect(
                try !validator.fits(mutation.data, schema),
                "\(mutation.name) at \(mutation.place): \(mutation.data.canonicalString.suffix(200))")
        }
        #expect(told > 30)
    }

    @Test func eachSchemaNamesItselfAndSpeaksDutch() {
        let schemas = EventType.allCases.map(\.schema.jsonSchema)
        #expect(Set(schemas.map { $0["$id"] }).count == schemas.count)
        for schema in schemas {
            #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
            #expect(schema["title"]?.string?.isEmpty == false)
            #expect(everyProperty(of: schema).allSatisfy { $0["description"]?.string?.isEmpty == false })
            #expect((try? StrictJSON.read(schema.canonicalBytes).get()) == schema)
        }
    }

    private func everyProperty(of schema: JSONValue) -> [JSONValue] {
        let own = (schema["properties"]?.object ?? [:]).map(\.value)
        return own + own.flatMap(everyProperty) + (schema["items"].map(everyProperty) ?? [])
    }
}
