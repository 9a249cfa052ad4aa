// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Disclosures
import Foundation
import PrivacyRules
import Testing
import Values

/// Whose mailbox a rung reaches is filled in after the judgement, and never part of what was judged.
@Suite struct ReaderTests {
    private func disclosure() throws -> Disclosure {
        var generator = EventGenerator(seed: 17, fill: .everything, texts: .canaries)
        let event = try generator.event(.opschalingGedaan)
        let permit = try SamplePolicy.make().judge(SampleInput(event, to: .aandachtsfunctionaris).input).permit
        return try #require(permit).disclosure
    }

    @Test func aRungGoesByItselfAndNamesNobody() throws {
        var generator = EventGenerator(seed: 18, fill: .everything, texts: .canaries)
        let event = try generator.event(.opschalingGedaan)
        let permit = try SamplePolicy.make().judge(SampleInput(event, to: .aandachtsfunctionaris).input).permit
        let (content, persons) = (try #require(permit).disclosure.content, permit?.persons)
        #expect(persons == [])
        #expect(content["verplichtingen"]?.array?.count == 3)
        #expect(content["verplichtingen"]?[0]?["geprobeerd"]?.array?.count == 3)
        #expect(content["lezers"] == nil)
        for reader in event.data["lezers"]?.array ?? [] {
            #expect(!content.canonicalBytes.holds(reader.string ?? "Kan"))
        }
    }

    @Test func addressingChangesNothingElse() throws {
        let plain = try disclosure()
        let addressed = plain.addressed(to: ["af@school.invalid"])
        #expect(plain.readers.isEmpty && addressed.readers == ["af@school.invalid"])
        #expect(addressed != plain && addressed.addressed(to: []) == plain)
        #expect(addressed.content == plain.content && addressed.idempotencyKey == plain.idempotencyKey)
    }

    @Test func readersCrossAPipeAndTheOlderFormHasNone() throws {
        let addressed = try disclosure().addressed(to: ["af@school.invalid", "ib@school.invalid"])
        let bytes = try JSONEncoder().encode(addressed)
        #expect(try JSONDecoder().decode(Disclosure.self, from: bytes) == addressed)
        let written = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        let older = written.filter { $0.key != "readers" }
        #expect(older.count == written.count - 1)
        let read = try JSONDecoder().decode(
            Disclosure.self, from: try JSONSerialization.data(withJSONObject: older))
        #expect(read == addressed.addressed(to: []))
    }
}
