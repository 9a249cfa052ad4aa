// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Disclosures
import PrivacyRules
import Synchronization
import Values

/// Generated situations of one event type, kind of recipient and purpose.
struct SituationTable: Sendable {
    let type: EventType
    let kind: RecipientKind
    let purpose: Purpose?

    /// Every pair of type and kind, with each purpose where the event names one, and none.
    static let all: [SituationTable] = EventType.allCases.flatMap { type in
        RecipientKind.allCases.flatMap { kind in
            let purposes: [Purpose?] = type == .verstrekkingBesloten ? [nil] + Purpose.allCases : [nil]
            return purposes.map { SituationTable(type: type, kind: kind, purpose: $0) }
        }
    }

    static let day = CalendarDate.earliest.adding(days: 46_346)

    /// Everything in order: what has a rule goes.
    var inOrder: Situation {
        let all = FieldSet(Self.paths(of: type), of: type)
        return Situation(
            eventType: type, recipientKind: kind, purpose: purpose, today: Self.day, age: .van12tot15, present: all,
            consent: .gegeven, covered: all, informed: .geinformeerd, supervision: .gesteld, review: .geldig,
            marks: [
                .lvsVrijgegeven, .afgewogen, .stappenGezet, .risicoGenoemd, .convenant, .schoolHeeftMeldingsbevoegde,
            ],
            confirmation: .bevestigd(confirmer))
    }

    private var confirmer: Role {
        switch kind {
        case .verwijsindex: .meldingsbevoegde
        case .intranet: .centraleContactpersoon
        default: .aandachtsfunctionaris
        }
    }

    static func paths(of type: EventType) -> [FieldPath] {
        type.schema.leaves.map(\.path) + (Fields.notice + Fields.registrar).map(FieldPath.init)
    }

    private static let submitters: [RoleSet] = [
        [], RoleSet([Role.aandachtsfunctionaris]), RoleSet([Role.leerkracht, .ict]), RoleSet(Role.allCases),
    ]
    private static let confirmations: [ConfirmationState] =
        [.geen, .nietBevoegd] + Role.allCases.map(ConfirmationState.bevestigd)
    /// Those that differ: nobody, somebody without a role, a reporter, another reporter, a registrar, nobody's role.
    private static let someConfirmations: [ConfirmationState] = [
        .geen, .nietBevoegd, .bevestigd(.aandachtsfunctionaris), .bevestigd(.meldingsbevoegde), .bevestigd(.ict),
    ]

    // MARK: - Sweeps

    /// Age × consent × informed × supervision × hidden reporter × special form × confirmation × submitter, with everything else in
    /// order and with nothing else in order. Consent is the innermost, so that it can be seen to change nothing.
    func people(_ each: (Situation, _ isFirstOfConsent: Bool) -> Void) {
        for isSound in [true, false] {
            var situation = inOrder
            if !isSound { situation.marks = [.alleenLeerprobleem, .bevindingInTekst, .opVerzoek] }
            if !isSound { situation.present = FieldSet() }
            let covered = situation.covered
            let marks = situation.marks
            for extra in [Marks(), .herkomstVerborgen, .bijzondereVorm, [.herkomstVerborgen, .bijzondereVorm]] {
                situation.marks = marks.union(extra)
                for age in AgeBand.allCases {
                    situation.age = age
                    for informed in InformedState.allCases {
                        situation.informed = informed
                        for supervision in SupervisionState.allCases {
                            situation.supervision = supervision
                            for confirmation in Self.someConfirmations {
                                situation.confirmation = confirmation
                                for submitter in Self.submitters.prefix(3) {
                                    situation.submitterRoles = submitter
                                    for (position, consent) in ConsentState.allCases.enumerated() {
                                        situation.consent = consent
                                        situation.covered = consent == .gegeven ? covered : FieldSet()
                                        each(situation, position == 0)
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static let switches: [Marks] = [
        .acuutGevaar, .bijzondereVorm, .herkomstVerborgen, .lvsVrijgegeven, .zedenmisdrijfMedewerker, .risicoGenoemd,
        .alleenLeerprobleem, .convenant, .schoolHeeftMeldingsbevoegde, .ontvangerAfgesloten, .bevindingInTekst,
        .tekstNagekeken, .opVerzoek,
    ]

    /// Every combination of the marks that can change what goes, × review × confirmation.
    func marks(_ each: (Situation) -> Void) {
        var situation = inOrder
        let confirmations = [situation.confirmation, .geen]
        for bits in 0..<(1 << Self.switches.count) {
            var marks: Marks = []
            for (index, mark) in Self.switches.enumerated() where bits & (1 << index) != 0 { marks.insert(mark) }
            situation.marks = marks
            for review in ReviewState.allCases {
                situation.review = review
                for confirmation in confirmations {
                    situation.confirmation = confirmation
                    each(situation)
                }
            }
        }
    }

    /// Everything in order, and each pair of single changes to it: enough to tell a rule from the same rule without one part. Without
    /// pairs each change alone: enough to tell that there is no rule.
    func changes(inPairs: Bool, _ each: (Situation) -> Void) {
        let changes = Self.single
        each(inOrder)
        for (index, first) in changes.enumerated() {
            var one = inOrder
            first(&one)
            each(one)
            for second in changes[..<index] where inPairs {
                var both = one
                second(&both)
                each(both)
            }
        }
    }

    private static let single: [@Sendable (inout Situation) -> Void] = {
        var changes: [@Sendable (inout Situation) -> Void] = [
            { $0.today = CalendarDate.earliest }, { $0.today = CalendarDate.latest }, { $0.present = FieldSet() },
            {
                $0.present = $0.present.subtracting(FieldSet([FieldPath("vordering.artikel")], of: $0.eventType))
            },
            { $0.covered = FieldSet() }, { $0.marks.insert(.herkomstVerborgen) }, { $0.marks.remove(.lvsVrijgegeven) },
            { $0.marks.remove(.risicoGenoemd) }, { $0.marks.remove(.convenant) },
            { $0.marks.remove(.schoolHeeftMeldingsbevoegde) }, { $0.review = .geen }, { $0.review = .voorbij },
        ]
        let marks: [Marks] = [
            .bijzondereVorm, .zedenmisdrijfMedewerker, .alleenLeerprobleem, .ontvangerAfgesloten, .bevindingInTekst,
            .opVerzoek, .acuutGevaar,
        ]
        for mark in marks { changes.append { $0.marks.insert(mark) } }
        for age in AgeBand.allCases { changes.append { $0.age = age } }
        for informed in InformedState.allCases { changes.append { $0.informed = informed } }
        for supervision in SupervisionState.allCases { changes.append { $0.supervision = supervision } }
        for confirmation in confirmations { changes.append { $0.confirmation = confirmation } }
        for roles in submitters { changes.append { $0.submitterRoles = roles } }
        for consent in ConsentState.allCases {
            changes.append {
                $0.consent = consent
                if consent != .gegeven { $0.covered = FieldSet() }
            }
        }
        return changes
    }()
}

/// What a sweep found: how many situations, and what was broken, each sentence once.
struct Findings: Sendable {
    var situations = 0
    var permitted = 0
    var breaches: Set<String> = []

    mutating func merge(_ other: Findings) {
        situations += other.situations
        permitted += other.permitted
        breaches.formUnion(other.breaches)
    }
}

extension SituationTable {
    enum Depth { case whole, changes }

    /// Sets a policy against the practice.
    func findings(_ policy: Policy, _ depth: Depth) -> Findings {
        let practice = Practice(policy, type, kind, purpose)
        var found = Findings()
        func look(_ situation: Situation) -> Ruling {
            let ruling = policy.decide(situation)
            found.situations += 1
            if ruling.outcome == .permitted { found.permitted += 1 }
            if let breach = practice.breach(situation, ruling) { found.breaches.insert("\(name): \(breach)") }
            return ruling
        }
        changes(inPairs: practice.row != nil) { _ = look($0) }
        if practice.row != nil, policy.decide(inOrder).outcome != .permitted {
            found.breaches.insert("\(name): does not go though all is in order")
        }
        guard depth == .whole, practice.row != nil else { return found }
        var without: Ruling?
        people { situation, isFirst in
            let ruling = look(situation)
            if isFirst { without = ruling }
            if kind != .hulpverlener, ruling != without {
                found.breaches.insert("\(name): consent changes what needs none")
            }
        }
        marks { _ = look($0) }
        return found
    }

    private var name: String { "\(type.shortName) → \(kind.rawValue) \(purpose?.rawValue ?? "")" }

    /// Every table at once, on all cores.
    static func findings(_ policy: Policy, _ depth: Depth) async -> Findings {
        await withTaskGroup(of: Findings.self) { group in
            for table in all { group.addTask { table.findings(policy, depth) } }
            return await group.reduce(into: Findings()) { $0.merge($1) }
        }
    }
}
