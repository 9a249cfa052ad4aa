// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Testing
import Values

/// Problems go into answers and logs: nothing of a value, and no key that could be a name, is ever repeated.
@Suite struct SilentProblemsTests {
    @Test(arguments: EventType.allCases)
    func mutationsTellNoValue(_ type: EventType) {
        var generator = EventGenerator(seed: 51, fill: .everything, texts: .canaries)
        let data = generator.data(type)
        let canaries = data.leaves.filter(\.isCanary).compactMap(\.value.string)
        #expect(canaries.count >= (type == .publicatieIngetrokken ? 1 : 2))
        for mutation in Mutation.all(of: data, type) {
            for problem in type.schema.problems(in: mutation.data) {
                let told = problem.message + problem.place
                #expect(!canaries.contains { told.contains($0) })
                #expect(!told.contains("Testkind") && !told.contains("99999001"))
            }
        }
    }

    /// Whole events of the wrong shape, with canaries for every value and every odd key.
    @Test(arguments: EventType.allCases)
    func nonsenseTellsNoValue(_ type: EventType) {
        var random = SplitMix64(seed: 52)
        var generator = EventGenerator(seed: 53, fill: .everything, texts: .canaries)
        let leaves = generator.data(type).leaves
        for _ in 0..<150 {
            var data = generator.data(type)
            for _ in 0..<3 {
                let wrong: [JSONValue] = [
                    "Kanarie é", ["Kanarie é"], ["Kanarie é": "Kanarie é"], "Kanarie\u{202E}é", "", 987_654_321,
                    .string(String(repeating: "Kanarie é", count: 2_000)),
                ]
                data = data.replacing(random.pick(leaves).pointer, with: random.pick(wrong))
            }
            for problem in type.schema.problems(in: data) {
                #expect(!(problem.message + problem.place).contains("Kanarie"))
                #expect(!(problem.message + problem.place).contains("987654321"))
            }
        }
    }

    @Test func attributesTellNoValue() throws {
        let sample = SampleEvent()
        for name in [
            "specversion", "id", "source", "type", "time", "datacontenttype", "dataschema", "subject", "extra",
        ] {
            for value: JSONValue in [
                "kanarie\n", "kanarie 1", "kanarie@school.invalid", "kanarie:999990019", ["kanarie"],
            ] {
                do {
                    _ = try sample.reader.structured(sample.structured.with("/\(name)", value))
                } catch {
                    for problem in error.problems {
                        #expect(!(problem.message + problem.place).contains("kanarie"))
                        #expect(!(problem.message + problem.place).contains("999990019"))
                    }
                }
            }
        }
    }
}
