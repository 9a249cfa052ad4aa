// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Disclosures
public import Values

/// What a changed policy would do otherwise with situations that were judged before (practice 33): no content and no names.
public struct PolicyDiff: Sendable {
    /// Situations with the same difference.
    public struct Row: Sendable, Hashable {
        public let eventType: EventType
        public let recipientKind: RecipientKind
        public let purpose: Purpose?
        public let before: Answer
        public let after: Answer
        /// Fields that would go and do not go now, and the other way round.
        public let added: [FieldPath]
        public let removed: [FieldPath]
    }

    /// The outcome, with the codes of what refuses or holds it.
    public struct Answer: Sendable, Hashable {
        public let outcome: Ruling.Outcome
        public let codes: [String]
        /// The article of the ground; nil without a rule.
        public let article: String?
    }

    /// How often, and a few of the deliveries.
    public struct Count: Sendable, Hashable {
        public var count = 0
        public var examples: [Int64] = []
    }

    private let old: Policy
    private let new: Policy
    private let today: CalendarDate
    /// How many situations were judged.
    public private(set) var judged = 0
    public private(set) var rows: [Row: Count] = [:]

    private static let mostExamples = 5

    /// - Parameter today: The day on which both policies are asked.
    public init(from old: Policy, to new: Policy, today: CalendarDate) {
        self.old = old
        self.new = new
        self.today = today
    }

    /// Judges one situation under both.
    public mutating func add(_ situation: Situation, delivery: Int64) {
        judged += 1
        var situation = situation
        situation.today = today
        confirm(&situation)
        let (before, after) = (old.decide(situation), new.decide(situation))
        let type = situation.eventType
        let row = Row(
            eventType: type, recipientKind: situation.recipientKind, purpose: situation.purpose,
            before: old.answer(before), after: new.answer(after),
            added: after.goes.subtracting(before.goes).paths(of: type),
            removed: before.goes.subtracting(after.goes).paths(of: type))
        guard row.before != row.after || !row.added.isEmpty || !row.removed.isEmpty else { return }
        rows[row, default: Count()].count += 1
        if rows[row]?.examples.count ?? 0 < Self.mostExamples { rows[row]?.examples.append(delivery) }
    }

    /// What waits for nothing but a person is asked as if the first role of the old rule had confirmed it: otherwise everything
    /// would wait, and no difference would show.
    private func confirm(_ situation: inout Situation) {
        let ruling = old.decide(situation)
        guard ruling.holds == [.bevestiging], let rule = ruling.rule.map({ old.rules[$0] }),
            let role = rule.confirmation.roles.first
        else { return }
        situation.confirmation = .bevestigd(role)
    }
}

extension Policy {
    fileprivate func answer(_ ruling: Ruling) -> PolicyDiff.Answer {
        PolicyDiff.Answer(
            outcome: ruling.outcome, codes: ruling.refusals.map(\.rawValue) + ruling.holds.map(\.rawValue),
            article: ruling.rule.map { rules[$0].ground.article })
    }
}
