// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Disclosures
import PrivacyRules
import Testing
import Values

/// Practice 1: nothing missing holds or refuses a report that a person confirmed.
@Suite struct UrgentReportTests {
    private let policy: Policy

    init() throws {
        policy = try SamplePolicy.make()
    }

    /// Everything that may be left out of a report, at any depth.
    private static func optional(_ data: JSONValue) -> [JSONPointer] {
        let schema = EventType.veiligThuisMeldingBesloten.schema
        return schema.fields.flatMap { field -> [JSONPointer] in
            let pointer = JSONPointer.root.appending(field.name)
            guard data[pointer] != nil else { return [] }
            guard case .object(let members) = field.shape.asObject else { return field.isRequired ? [] : [pointer] }
            let inner = members.filter { !$0.isRequired }.map { pointer.appending($0.name) }
            return (field.isRequired ? [] : [pointer]) + inner.filter { data[$0] != nil }
        }
    }

    @Test(arguments: SamplePolicy.reported)
    func whateverIsMissingItGoes(_ kind: RecipientKind) throws {
        var generator = EventGenerator(seed: 71, fill: .everything, texts: .canaries)
        for round in 0..<120 {
            let full = generator.data(.veiligThuisMeldingBesloten)
            var data = full
            for pointer in Self.optional(full) where round == 0 || Bool.random(using: &generator.random) {
                data = data.replacing(pointer, with: nil)
            }
            let event = try generator.event(.veiligThuisMeldingBesloten, data: data)
            // Every way of confirming, with everything else as bad as it can be.
            for way in Confirming.allCases {
                let judgement = policy.judge(way.apply(to: SampleInput(event, to: kind)).input)
                #expect(judgement.permit != nil, "\(way) of \(data.canonicalString)")
                #expect(judgement.shortfalls == Oracle.shortfalls(data))
                #expect(judgement.permit?.confirmedAs == way.role)
            }
        }
    }

    /// All 2048 subsets of the members at the top.
    @Test func everySubsetOfMembersGoes() throws {
        var generator = EventGenerator(seed: 72, fill: .everything, texts: .canaries)
        let full = generator.data(.veiligThuisMeldingBesloten)
        let optional = EventType.veiligThuisMeldingBesloten.schema.fields.filter { !$0.isRequired }.map(\.name)
        #expect(optional.count == 11)
        for bits in 0..<(1 << optional.count) {
            var members = full.object ?? [:]
            for (index, name) in optional.enumerated() where bits & (1 << index) != 0 { members[name] = nil }
            let event = try generator.event(.veiligThuisMeldingBesloten, data: .object(members))
            let judgement = policy.judge(Confirming.separately.apply(to: SampleInput(event, to: .veiligThuis)).input)
            #expect(judgement.permit != nil)
            #expect(judgement.shortfalls == Oracle.shortfalls(.object(members)))
        }
    }

    /// Without a confirmation that counts it waits for the right persons; it is never refused.
    @Test func withoutAConfirmationItWaits() throws {
        var generator = EventGenerator(seed: 73)
        let others = Role.allCases.filter { !SamplePolicy.reporters.contains($0) }
        for kind in SamplePolicy.reported {
            for _ in 0..<50 {
                var sample = SampleInput(try generator.event(.veiligThuisMeldingBesloten), to: kind)
                switch Int.random(in: 0..<4, using: &generator.random) {
                case 0: sample.submitter = SampleInput.person("mw-indiener", Set(others))
                case 1:
                    // Confirmed in a role that no longer is theirs.
                    let person = SampleInput.person("mw-oud", Set(others))
                    sample.confirmation = GivenConfirmation(person: person, role: .directie)
                case 2:
                    // Confirmed in a role that they have and that does not count.
                    let person = SampleInput.person("mw-ander", Set(others))
                    sample.confirmation = GivenConfirmation(person: person, role: .ict)
                default: break
                }
                let judgement = policy.judge(sample.input)
                #expect(judgement.waitsFor == SamplePolicy.reporters)
                #expect(!judgement.goes.isEmpty)
            }
        }
    }

    /// A confirmation that no longer counts does not undo that the submitter's own role confirms.
    @Test func theSubmittersRoleStillConfirms() throws {
        var generator = EventGenerator(seed: 74)
        var sample = SampleInput(try generator.event(.veiligThuisMeldingBesloten), to: .veiligThuis)
        sample.submitter = SampleInput.person("mw-indiener", [.directie])
        sample.confirmation = GivenConfirmation(person: SampleInput.person("mw-oud", []), role: .directie)
        #expect(policy.judge(sample.input).permit?.confirmedAs == .directie)
    }

    /// Practice 5: with a special form or acute danger the family is not to be told yet, so that is no shortfall.
    @Test func notInformingIsNoShortfallWhereItMustWait() throws {
        var generator = EventGenerator(seed: 75, fill: .everything)
        let data = generator.data(.veiligThuisMeldingBesloten).without("/bijzondereVorm").without("/acuutGevaar")
            .with("/afsprakenMetBetrokkenen", ["geinformeerd": false]).with("/leerling/geboortedatum", "2015-05-05")
        let cases: [(JSONValue, Bool)] = [
            (data, true), (data.with("/acuutGevaar", true), false), (data.with("/acuutGevaar", false), true),
            (data.with("/bijzondereVorm", "huwelijksdwang"), false),
            (data.with("/afsprakenMetBetrokkenen/redenNietGeinformeerd", "Veiligheid."), false),
            // Told, but nobody says who; told, but not who must be at eleven.
            (data.with("/afsprakenMetBetrokkenen/geinformeerd", true), true),
            (data.with("/afsprakenMetBetrokkenen", ["geinformeerd": true, "wie": ["leerling"]]), true),
            (data.with("/afsprakenMetBetrokkenen", ["geinformeerd": true, "wie": ["vertegenwoordiger"]]), false),
        ]
        for (data, isMissing) in cases {
            let event = try generator.event(.veiligThuisMeldingBesloten, data: data)
            let judgement = policy.judge(Confirming.bySubmitting.apply(to: SampleInput(event, to: .veiligThuis)).input)
            #expect(judgement.shortfalls.contains(.betrokkenenNietGeinformeerd) == isMissing)
        }
    }
}

/// The ways in which a report is confirmed.
private enum Confirming: CaseIterable {
    case bySubmitting, separately, byTheSubmitter

    var role: Role { self == .bySubmitting ? .aandachtsfunctionaris : .eindverantwoordelijkeMelding }

    func apply(to sample: SampleInput) -> SampleInput {
        var sample = sample
        let person = SampleInput.person("mw-melder", [.leerkracht, role])
        switch self {
        case .bySubmitting: sample.submitter = person
        case .separately: sample.confirmation = GivenConfirmation(person: person, role: role)
        case .byTheSubmitter:
            sample.submitter = person
            sample.confirmation = GivenConfirmation(person: person, role: role)
        }
        return sample
    }
}

/// The shortfalls of a report, read from practice and law and not from the code under test.
private enum Oracle {
    static func shortfalls(_ data: JSONValue) -> [Shortfall] {
        let weighing = data["afweging"]?.object?.keys.count ?? 0
        let agreed = data["afsprakenMetBetrokkenen"]
        let steps = (data["gezetteStappen"]?.array ?? []).compactMap(\.string)
        let mustWait = data["bijzondereVorm"] != nil || data["acuutGevaar"] == true
        var found: Set<Shortfall> = []
        if weighing < 3 { found.insert(.afwegingOntbreekt) }
        if !isTold(data), agreed?["redenNietGeinformeerd"] == nil {
            if agreed?["geinformeerd"] == nil {
                found.insert(.afsprakenOntbreken)
            } else if !mustWait {
                found.insert(.betrokkenenNietGeinformeerd)
            }
        }
        if data["leerling"]?["geboortedatum"] == nil { found.insert(.geboortedatumOntbreekt) }
        for step in ["inKaartBrengen", "collegialeConsultatie", "gesprek", "wegen"] where !steps.contains(step) {
            found.insert(.stappenOntbreken)
        }
        if data["contactpersoon"]?["naam"] == nil, data["contactpersoon"]?["telefoon"] == nil {
            found.insert(.contactpersoonOntbreekt)
        }
        if data["inzageBetrokkenen"]?["feiten"] == nil { found.insert(.feitenOntbreken) }
        return Shortfall.allCases.filter(found.contains)
    }

    /// Practice 11 and Jeugdwet 7.1.5.1; the pupils of these events are grown up, or of an unknown age.
    private static func isTold(_ data: JSONValue) -> Bool {
        let agreed = data["afsprakenMetBetrokkenen"]
        let told = (agreed?["wie"]?.array ?? []).compactMap(\.string)
        let isKnown = data["leerling"]?["geboortedatum"] != nil
        return agreed?["geinformeerd"] == true && told.contains("leerling")
            && (isKnown || told.contains("vertegenwoordiger"))
    }
}

extension Shape {
    /// Persons and objects alike.
    fileprivate var asObject: Shape {
        if case .person(_, let fields) = self { .object(fields) } else { self }
    }
}
