// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Disclosures
public import PrivacyRules
public import Values

/// The surroundings of one judgement, each part to be changed on its own.
public struct SampleInput: Sendable {
    public var event: CaseEvent
    public var recipient: Recipient
    public var agreements = Agreements()
    public var schoolHasMeldingsbevoegde = false
    public var submitter: ActingPerson?
    public var confirmation: GivenConfirmation?
    public var today = SampleInput.day
    public var facts = CaseFacts()

    public static let day = CalendarDate.earliest.adding(years: 126).adding(days: 325)
    public static let schoolName = "Voorbeeldschool"
    public static let key = "0c8a7d7e-2f0f-4d43-9c3a-5f0a8f6b1e11"
    public static let reference = "MP-7F3K-22QX"

    public init(_ event: CaseEvent, to kind: RecipientKind) {
        self.event = event
        recipient = Recipient(id: "ontvanger-\(kind.rawValue)", kind: kind, name: "Ontvanger", channel: .api)
    }

    public var input: JudgementInput {
        JudgementInput(
            event: event, recipient: recipient, agreements: agreements, schoolName: Self.schoolName,
            schoolHasMeldingsbevoegde: schoolHasMeldingsbevoegde, submitter: submitter, confirmation: confirmation,
            today: today, deliveryKey: Self.key, reference: Self.reference, facts: facts)
    }

    /// A person with roles of today at the school.
    public static func person(_ id: String = "mw-proef", _ roles: Set<Role>) -> ActingPerson {
        ActingPerson(
            id: id, name: "Medewerker \(id)", function: "functie \(id)", phone: "010-0000000",
            email: "\(id)@school.invalid", roles: roles)
    }

    /// A confirmation in a role that the person has.
    public static func confirmation(_ role: Role) -> GivenConfirmation {
        GivenConfirmation(person: person("mw-bevestiger", [role]), role: role)
    }

    /// Everything in order for the verwijsindex but the confirmation.
    public static func inOrder(_ event: CaseEvent, to kind: RecipientKind = .verwijsindex) -> SampleInput {
        var sample = SampleInput(event, to: kind)
        sample.agreements = Agreements(
            convenant: .init(date: day.adding(days: -400), college: "Voorbeeldgemeente"),
            reviewDate: day.adding(days: 100))
        sample.schoolHasMeldingsbevoegde = true
        return sample
    }

    /// What a case may have made known: none to six events of the types that matter, half of them about this recipient.
    private static func anyFacts(about recipient: Recipient, using random: inout SplitMix64) -> CaseFacts {
        var facts = CaseFacts()
        var generator = EventGenerator(seed: random.next(), texts: .canaries)
        let types = EventType.allCases.filter(CaseFacts.types.contains)
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            let type = random.pick(types)
            var data = generator.data(type)
            if type == .toestemmingVastgelegd, random.oneIn(2) {
                data = data.with("/ontvangers", [.string(recipient.id)])
            }
            if let event = try? generator.event(type, data: data) { facts.apply(event) }
        }
        return facts
    }

    /// Anything: who submitted, who confirmed in which role, what was agreed, which day it is.
    public static func anything(
        _ event: CaseEvent, to kind: RecipientKind, using random: inout SplitMix64
    ) -> SampleInput {
        var sample = SampleInput(event, to: kind)
        sample.today = day.adding(days: Int.random(in: -3_000...3_000, using: &random))
        let soon = sample.today.adding(days: Int.random(in: -2...2, using: &random))
        sample.agreements = Agreements(
            convenant: Bool.random(using: &random) ? .init(date: day, college: "Voorbeeldgemeente") : nil,
            reviewDate: Bool.random(using: &random) ? soon : nil,
            validUntil: random.oneIn(4) ? soon : nil, callbackNumber: random.oneIn(2) ? "010-0000000" : nil)
        sample.facts = anyFacts(about: sample.recipient, using: &random)
        sample.schoolHasMeldingsbevoegde = Bool.random(using: &random)
        if Bool.random(using: &random) {
            sample.submitter = person("mw-indiener", Set(random.subset(Role.allCases)))
        }
        if Bool.random(using: &random) {
            sample.confirmation = GivenConfirmation(
                person: person("mw-bevestiger", Set(random.subset(Role.allCases))), role: random.pick(Role.allCases),
                textChecked: random.oneIn(2))
        }
        return sample
    }
}

extension Judgement {
    /// The permit, if that is the verdict.
    public var permit: Permit? {
        if case .permitted(let permit) = verdict { permit } else { nil }
    }

    /// The refusals; empty for another verdict.
    public var refusals: [Refusal] {
        if case .refused(let refusals) = verdict { refusals } else { [] }
    }

    /// The roles that may confirm, if it waits.
    public var waitsFor: [Role]? {
        if case .waiting(let waiting) = verdict { waiting.roles } else { nil }
    }
}
