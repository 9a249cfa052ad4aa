// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import PrivacyRules
import Testing
import Values

/// A special form turns informing round and keeps the case out of the LVS (practice 5 and 6), wherever in the case it was named.
@Suite struct SpecialFormTests {
    private static let naming = EventType.allCases.filter { type in
        type.schema.fields.contains { $0.name == "bijzondereVorm" }
    }

    @Test(arguments: naming)
    func whateverNamesItMakesItKnown(_ type: EventType) throws {
        var generator = EventGenerator(seed: 71, fill: .requiredOnly)
        let data = generator.data(type)
        var facts = CaseFacts()
        facts.apply(try generator.event(type, data: data))
        #expect(!facts.isSpecialForm)
        facts.apply(try generator.event(type, data: data.with("/bijzondereVorm", "huwelijksdwang")))
        #expect(facts.isSpecialForm)
        facts.apply(try generator.event(type, data: data))
        #expect(facts.isSpecialForm, "naming it once is enough")
    }

    @Test func theTypesThatNameItAreReadBack() {
        #expect(Self.naming.count >= 6)
        #expect(CaseFacts.types.isSuperset(of: Self.naming))
        #expect(CaseFacts.types.isSuperset(of: CaseFacts.deciding))
    }

    /// Types beside the deciding ones only ever add: applied again, or in another order, they change nothing.
    @Test func theOthersOnlyAdd() throws {
        var generator = EventGenerator(seed: 72)
        for type in CaseFacts.types.subtracting(CaseFacts.deciding) {
            for _ in 0..<20 {
                let (first, second) = (try generator.event(type), try generator.event(type))
                var oneWay = CaseFacts()
                oneWay.apply(first)
                oneWay.apply(second)
                var otherWay = CaseFacts()
                for event in [second, first, second] { otherWay.apply(event) }
                #expect(oneWay == otherWay, "\(type)")
            }
        }
    }
}
