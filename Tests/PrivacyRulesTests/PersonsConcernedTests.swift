// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Disclosures
import PrivacyRules
import Testing
import Values

/// Practice 20: everybody concerned, each with exactly the fields that go about them.
@Suite struct PersonsConcernedTests {
    private func report(_ data: JSONValue) throws -> Permit {
        let event = try CaseEvent(id: "e1", source: "urn:test", type: .veiligThuisMeldingBesloten, data: data)
        var sample = SampleInput(event, to: .veiligThuis)
        sample.submitter = SampleInput.person("mw-melder", [.directie])
        return try #require(try SamplePolicy.make().judge(sample.input).permit)
    }

    private let family: JSONValue = [
        "zaak": "z-1", "school": "00AA", "indiener": "mw-melder", "acuutGevaar": true, "inzageBetrokkenen": [:],
        "leerling": [
            "leerlingnummer": "L1", "bsn": "999990019", "voornamen": "Testkind", "achternaam": "Voorbeeld-Achternaam",
            "adres": ["postcode": "0000 XX"],
        ],
        "betrokkenen": [
            ["rol": "ouder", "naam": "Testouder Voorbeeld", "telefoon": "06-00000000"],
            ["rol": "broerZus", "leerlingnummer": "L2"],
            [
                "rol": "broerZus", "naam": "TESTBROER Voorbeeld", "geboortedatum": "2014-05-06",
                "adres": ["straat": "Testweg"],
            ],
            ["rol": "verzorger"],
        ],
        "contactpersoon": ["telefoon": "010-0000000"],
    ]

    @Test func eachPersonWithTheirOwnFields() throws {
        let permit = try report(family)
        let found = permit.persons.map { "\($0.role): \($0.fields.map(\.text).joined(separator: " "))" }
        #expect(
            found == [
                "leerling: leerling.achternaam leerling.adres.postcode leerling.voornamen",
                "ouder: betrokkenen[].naam betrokkenen[].rol betrokkenen[].telefoon",
                "broerZus: betrokkenen[].rol",
                "broerZus: betrokkenen[].adres.straat betrokkenen[].geboortedatum betrokkenen[].naam betrokkenen[].rol",
                "verzorger: betrokkenen[].rol",
                "medewerker: contactpersoon.telefoon",
            ])
        #expect(
            permit.otherFields.map(\.text) == [
                "acuutGevaar", "meldpoort.kenmerk", "meldpoort.school.brin", "meldpoort.school.naam",
            ])
    }

    /// The number is the best key, and serves even where it does not itself go along.
    @Test func thePupilNumberIsTheKeyWhereItIsKnown() throws {
        let identities = try report(family).persons.map(\.identity)
        #expect(
            identities == [
                .pupil(school: "00AA", number: "L1"),
                .described(school: "00AA", name: "testouder voorbeeld", birthDate: ""),
                .pupil(school: "00AA", number: "L2"),
                .described(school: "00AA", name: "testbroer voorbeeld", birthDate: "2014-05-06"),
                .unnamed(place: "betrokkenen/3"), .unnamed(place: "contactpersoon"),
            ])
    }

    @Test func withoutANumberNameAndBirthDateSayWhoItIs() throws {
        let data = family.without("/leerling/leerlingnummer").with("/leerling/voorvoegsel", "van der")
            .with("/leerling/geboortedatum", "2012-06-15")
        #expect(
            try report(data).persons.first?.identity
                == .described(
                    school: "00AA", name: "testkind van der voorbeeld-achternaam", birthDate: "2012-06-15"))
    }

    /// Nobody is listed of whom nothing goes.
    @Test func whoIsNotToldAboutIsNotListed() throws {
        let permit = try report(family.with("/leerling", ["bsn": "999990019", "leerlingnummer": "L1"]))
        #expect(!permit.persons.map(\.role).contains("leerling"))
    }

    @Test func everybodyListsAllTheirFields() throws {
        let event = try CaseEvent(id: "e1", source: "urn:test", type: .veiligThuisMeldingBesloten, data: family)
        let everybody = PersonsConcerned.everybody(in: event)
        #expect(everybody.count == 6)
        #expect(everybody.first?.fields.map(\.text).contains("leerling.bsn") == true)
    }

    /// Over generated events: the fields of the persons and the other fields are together what goes, and apart.
    @Test func personsAndTheRestAreAllThatGoes() throws {
        let policy = try SamplePolicy.make()
        var generator = EventGenerator(seed: 91)
        for _ in 0..<150 {
            for type in [EventType.veiligThuisMeldingBesloten, .zorgGesignaleerd] {
                let kind: RecipientKind = type == .zorgGesignaleerd ? .leerlingvolgsysteem : .veiligThuis
                var sample = SampleInput(try generator.event(type), to: kind)
                sample.submitter = SampleInput.person("mw-melder", [.directie])
                let released: JSONValue = ["zaak": "z", "school": "00AA", "vrijgegeven": true, "datum": "2026-01-01"]
                sample.facts.apply(try generator.event(.lvsregistratieVrijgegeven, data: released))
                let judgement = policy.judge(sample.input)
                let permit = try #require(judgement.permit)
                let personal = permit.persons.flatMap(\.fields)
                #expect(Set(personal).union(permit.otherFields) == Set(judgement.goes))
                #expect(Set(personal).isDisjoint(with: permit.otherFields))
                check(permit, sample.event)
            }
        }
    }

    /// Each person's fields are present in that person's own part of the content.
    private func check(_ permit: Permit, _ event: CaseEvent) {
        let siblings = permit.disclosure.content["betrokkenen"]?.array ?? []
        let listed = permit.persons.filter { person in person.fields.contains { $0.text.hasPrefix("betrokkenen") } }
        #expect(listed.count == siblings.count)
        for (person, part) in zip(listed, siblings) {
            let paths = part.leaves.map { "betrokkenen[].\($0.path.text)" }
            #expect(Set(person.fields.map(\.text)) == Set(paths))
            #expect(part["rol"]?.string == person.role)
        }
        for person in permit.persons where person.role == "leerling" {
            let paths = (permit.disclosure.content["leerling"]?.leaves ?? []).map { "leerling.\($0.path.text)" }
            #expect(Set(person.fields.map(\.text)) == Set(paths))
        }
    }
}
