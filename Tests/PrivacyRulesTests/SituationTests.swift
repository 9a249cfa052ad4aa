// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Disclosures
import Testing
import Values

@testable import PrivacyRules

/// Practice 33: what is kept of a judgement can be judged again, and tells of nobody.
@Suite struct SituationTests {
    @Test func everyCaseOfEveryPartComesBack() throws {
        for type in EventType.allCases {
            for kind in RecipientKind.allCases {
                try comesBack(Situation(eventType: type, recipientKind: kind, today: SampleInput.day))
            }
        }
        var whole = Situation(
            eventType: .verstrekkingBesloten, recipientKind: .hulpverlener, today: SampleInput.day)
        let paths = EventType.verstrekkingBesloten.schema.leaves.map(\.path)
        whole.present = FieldSet(paths, of: .verstrekkingBesloten)
        whole.covered = FieldSet(paths.prefix(5), of: .verstrekkingBesloten)
        for purpose in Purpose.allCases { try comesBack(whole, with: { $0.purpose = purpose }) }
        for age in AgeBand.allCases { try comesBack(whole, with: { $0.age = age }) }
        for consent in ConsentState.allCases { try comesBack(whole, with: { $0.consent = consent }) }
        for informed in InformedState.allCases { try comesBack(whole, with: { $0.informed = informed }) }
        for state in SupervisionState.allCases { try comesBack(whole, with: { $0.supervision = state }) }
        for review in ReviewState.allCases { try comesBack(whole, with: { $0.review = review }) }
        for (_, mark) in Marks.names { try comesBack(whole, with: { $0.marks = mark }) }
        try comesBack(whole, with: { $0.marks = Marks(Marks.names.map(\.mark)) })
        for role in Role.allCases {
            try comesBack(whole, with: { $0.submitterRoles = RoleSet([role]) })
            try comesBack(whole, with: { $0.confirmation = .bevestigd(role) })
        }
        try comesBack(whole, with: { $0.confirmation = .nietBevoegd })
        for path in paths { try comesBack(whole, with: { $0.present = FieldSet([path], of: $0.eventType) }) }
    }

    private func comesBack(_ situation: Situation, with change: (inout Situation) -> Void = { _ in }) throws {
        var situation = situation
        change(&situation)
        let bytes = situation.json.canonicalBytes
        let read = Situation(json: try StrictJSON.read(bytes).get(), on: situation.today)
        #expect(read == situation)
        #expect(read?.json.canonicalBytes == bytes)
    }

    @Test func whatThisVersionDoesNotKnowIsNoSituation() {
        let sound = Situation(eventType: .stapGezet, recipientKind: .politie, today: SampleInput.day).json
        #expect(Situation(json: sound, on: SampleInput.day) != nil)
        for name in [
            "type", "ontvanger", "leeftijd", "toestemming", "geinformeerd", "ondertoezichtstelling", "herziening",
        ] {
            #expect(Situation(json: sound.with("/\(name)", "onbekendWoord"), on: SampleInput.day) == nil, "\(name)")
            #expect(Situation(json: sound.without("/\(name)"), on: SampleInput.day) == nil, "\(name)")
        }
        for name in ["kenmerken", "rollenIndiener"] {
            #expect(Situation(json: sound.with("/\(name)", ["onbekendWoord"]), on: SampleInput.day) == nil, "\(name)")
        }
    }

    @Test func itHoldsNothingOfTheCase() throws {
        let policy = try SamplePolicy.make()
        var generator = EventGenerator(seed: 321, fill: .everything, texts: .canaries)
        var looked = 0
        for type in EventType.allCases {
            let event = try generator.event(type)
            let sample = SampleInput.anything(event, to: .veiligThuis, using: &generator.random)
            let bytes = policy.judge(sample.input).situation.json.canonicalBytes
            for leaf in event.data.leaves where leaf.isCanary {
                looked += 1
                #expect(!bytes.holds(leaf.value.string ?? "Kan"), "\(leaf.path)")
            }
            for name in [
                "mw-indiener", "mw-bevestiger", "Medewerker mw", SampleInput.reference, SampleInput.schoolName,
            ] {
                #expect(!bytes.holds(name))
            }
            #expect(!bytes.holds("Kan") && !bytes.holds(event.school.description))
        }
        #expect(looked > 100)
    }

    /// The names of stored inputs are never renamed and never shared.
    @Test func marksHaveOneNameEach() {
        #expect(Set(Marks.names.map(\.name)).count == Marks.names.count)
        #expect(Marks.names.map(\.mark.rawValue) == (0..<Marks.names.count).map { 1 << UInt32($0) })
    }

    // MARK: - Sets of fields

    @Test(arguments: EventType.allCases)
    func everyTypeFitsAFieldSet(_ type: EventType) {
        let table = FieldTable.of(type)
        #expect(table.paths.count <= FieldSet.capacity)
        #expect(table.paths == table.paths.sorted() && Set(table.paths).count == table.paths.count)
        #expect(FieldSet(table.paths, of: type).paths(of: type) == table.paths)
    }

    @Test func aFieldSetIsASet() {
        var random = SplitMix64(seed: 322)
        for _ in 0..<2_000 {
            let positions = Array(0..<FieldSet.capacity)
            let (one, other) = (Set(random.subset(positions)), Set(random.subset(random.subset(positions))))
            let (first, second) = (fieldSet(one), fieldSet(other))
            #expect(members(first) == one)
            #expect(members(first.union(second)) == one.union(other))
            #expect(members(first.intersection(second)) == one.intersection(other))
            #expect(members(first.subtracting(second)) == one.subtracting(other))
            #expect(first.isSuperset(of: second) == one.isSuperset(of: other))
            #expect(first.isSuperset(of: first.intersection(second)) && first.isEmpty == one.isEmpty)
        }
        #expect(FieldSet().isEmpty && members(FieldSet()).isEmpty)
    }

    private func fieldSet(_ positions: Set<Int>) -> FieldSet {
        positions.reduce(into: FieldSet()) { $0.insert($1) }
    }

    private func members(_ set: FieldSet) -> Set<Int> {
        Set((0..<FieldSet.capacity).filter(set.contains))
    }

    /// A value of every kind goes or stays as its name says: a truth value that stays leaves not even its name.
    @Test(arguments: EventType.allCases)
    func aCopyHoldsExactlyItsFields(_ type: EventType) throws {
        var generator = EventGenerator(seed: 323, fill: .everything)
        let table = FieldTable.of(type)
        let data = generator.data(type)
        let present = table.present(in: data)
        for path in type.schema.leaves.map(\.path) {
            let only = FieldSet([path], of: type)
            let isThere = !present.intersection(only).isEmpty
            #expect(Set(table.copy(of: data, only: only).leaves.map(\.path)) == (isThere ? [path] : []))
            let rest = table.copy(of: data, only: present.subtracting(only))
            #expect(Set(rest.leaves.map(\.path)) == Set(present.paths(of: type)).subtracting([path]))
        }
    }
}
