// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Testing
import Values

/// The events about what is owed: who brings them in, and what of a person they could hold.
@Suite struct OwedEventTests {
    @Test func aPersonRecordsThemAndTheGatewayMakesTheRung() {
        for type in [EventType.partnercontactVastgelegd, .drempelGemeld, .verplichtingBijgewerkt] {
            #expect(type.needsPerson && !type.isOwn, "\(type)")
        }
        #expect(EventType.allCases.filter(\.isOwn) == [.opschalingGedaan])
        #expect(EventType.submittable == EventType.allCases.filter { $0 != .opschalingGedaan })
        // The school's own words: what a partner told is a feedback, which comes from the partner.
        #expect(!EventType.partnercontactVastgelegd.isFromPartner && !EventType.drempelGemeld.isFromPartner)
        #expect(EventType.terugkoppelingOntvangen.isFromPartner)
    }

    /// Who does not see a case does see its clock: only fixed words, numbers and days may stand there.
    @Test func anUpdateHasNoRoomForWordsOfItsOwn() {
        for (path, field) in EventType.verplichtingBijgewerkt.schema.leaves {
            switch field.shape {
            case .choice, .date, .integer, .brin, .caseReference: break
            default: Issue.record("\(path) could say anything")
            }
        }
    }

    @Test func aRungHasNoPersonAndNoCase() throws {
        let schema = EventType.opschalingGedaan.schema
        #expect(!schema.fields.contains { $0.name == "zaak" || $0.name == "leerling" })
        for field in schema.fields {
            if case .person = field.shape { Issue.record("\(field.name) is a person") }
        }
        var generator = EventGenerator(seed: 31, fill: .everything)
        let event = try generator.event(.opschalingGedaan)
        #expect(event.zaak == "opschaling:\(event.data["opschaling"]?.string ?? "")")
        #expect(!schema.problems(in: event.data.with("/leerling", ["achternaam": "Voorbeeld-Achternaam"])).isEmpty)
    }

    /// A yearly task is of no case; its updates keep their order all the same.
    @Test func anUpdateWithoutACaseHasAPlaceOfItsOwn() throws {
        var generator = EventGenerator(seed: 32, fill: .everything)
        let data = generator.data(.verplichtingBijgewerkt).with("/verplichting", 17)
        #expect(try generator.event(.verplichtingBijgewerkt, data: data.without("/zaak")).zaak == "verplichting:17")
        #expect(try generator.event(.verplichtingBijgewerkt, data: data.with("/zaak", "zaak-1")).zaak == "zaak-1")
        let feedback = generator.data(.terugkoppelingOntvangen).with("/verplichting", 17).without("/zaak")
        #expect(!EventType.terugkoppelingOntvangen.schema.problems(in: feedback).isEmpty)
    }
}
