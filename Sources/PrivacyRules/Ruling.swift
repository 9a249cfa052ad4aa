// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Disclosures

/// What the rules decide about a situation: codes and sets, no texts and no content.
public struct Ruling: Sendable, Hashable {
    public enum Outcome: String, Sendable, Hashable, CaseIterable, Codable {
        case permitted = "toegestaan"
        case waiting = "wacht"
        case refused = "geweigerd"
    }

    public var outcome: Outcome
    /// The position of the rule in the policy; nil when none applied.
    public var rule: Int?
    public var refusals: [Refusal.Code] = []
    public var holds: [Hold] = []
    public var shortfalls: [Shortfall] = []
    /// What goes, or would go once nothing holds it; empty when refused.
    public var goes = FieldSet()
    /// Of `goes`: what only Veilig Thuis may see, because it tells where the report came from.
    public var confidential = FieldSet()
    /// The role in which it was confirmed, if it was.
    public var confirmedAs: Role?
}

extension Policy {
    /// Decides. Pure and small: no text is made, and the cost does not depend on how many schools or recipients there are.
    public func decide(_ situation: Situation) -> Ruling {
        let candidates = table[RuleKey(situation.eventType, situation.recipientKind)] ?? []
        guard !candidates.isEmpty else { return Ruling(outcome: .refused, refusals: [.geenRegel]) }
        var code = Refusal.Code.doelPastNiet
        for position in candidates {
            let compiled = compiled[position]
            guard compiled.asksPurpose == false || compiled.rule.purpose == situation.purpose else { continue }
            guard compiled.rule.isInForce(on: situation.today) else {
                code = .grondslagVervallen
                continue
            }
            return compiled.decide(situation, position: position)
        }
        return Ruling(outcome: .refused, refusals: [code])
    }
}

/// Where to look for the rules of an event type and a kind of recipient.
struct RuleKey: Hashable, Sendable {
    let type: EventType
    let kind: RecipientKind

    init(_ type: EventType, _ kind: RecipientKind) {
        self.type = type
        self.kind = kind
    }
}

/// A rule with its fields as sets, so that deciding is a matter of a few comparisons.
struct CompiledRule: Sendable, Hashable {
    let rule: Rule
    /// The event names its purpose, so the rule must be for that one.
    let asksPurpose: Bool
    private let fields: FieldSet
    private let origin: FieldSet
    private let others: FieldSet
    private let known: KnownFields

    init(_ rule: Rule) {
        self.rule = rule
        let type = rule.eventType
        asksPurpose = type.schema.fields.contains { $0.name == "doel" && $0.isRequired }
        fields = FieldSet(rule.fields, of: type)
        origin = FieldSet(rule.origin, of: type)
        others = FieldSet(rule.fields.filter { $0.text.hasPrefix("betrokkenen[]") }, of: type)
        known = KnownFields(type)
    }

    static func == (one: CompiledRule, other: CompiledRule) -> Bool { one.rule == other.rule }
    func hash(into hasher: inout Hasher) { hasher.combine(rule) }

    func decide(_ situation: Situation, position: Int) -> Ruling {
        var ruling = Ruling(outcome: .permitted, rule: position)
        ruling.refusals = refusals(situation)
        guard ruling.refusals.isEmpty else {
            ruling.outcome = .refused
            return ruling
        }
        ruling.confirmedAs = confirmedRole(situation)
        ruling.holds = holds(situation, confirmedAs: ruling.confirmedAs)
        for shortfall in rule.shortfalls where shortfall.isPresent(situation, known) {
            ruling.shortfalls.append(shortfall)
        }
        setFields(&ruling, situation)
        if !ruling.holds.isEmpty { ruling.outcome = .waiting }
        return ruling
    }

    private var isUrgent: Bool { RecipientKind.urgent.contains(rule.recipientKind) }

    private func refusals(_ situation: Situation) -> [Refusal.Code] {
        var refusals: [Refusal.Code] = []
        // Outside the meldcode (WPO art. 4a); what the police is told of a crime stays possible, and that it concerns the staff is
        // what the bevoegd gezag must hear at once (practice 7).
        if situation.marks.contains(.zedenmisdrijfMedewerker), rule.recipientKind != .politie,
            rule.eventType != .medewerkerBetrokken
        {
            refusals.append(.zedenmisdrijfMedewerker)
        }
        for condition in rule.conditions {
            if let code = condition.refusal(situation, known) { refusals.append(code) }
        }
        if situation.marks.contains(.ontvangerAfgesloten) { refusals.append(.ontvangerAfgesloten) }
        if rule.ground.basis == .toestemming {
            switch situation.consent {
            case .geweigerd: refusals.append(.toestemmingGeweigerd)
            case .ingetrokken: refusals.append(.toestemmingIngetrokken)
            case .geen, .gegeven, .verlopen, .nietBevoegd, .leeftijdOnbekend: break
            }
        }
        // An urgent report is never refused for this: a confirmation that does not count makes it wait for one that does.
        // Where nobody need confirm, one confirmation too many refuses nothing.
        if !isUrgent, rule.confirmation.need != .none, isUnauthorised(situation.confirmation) {
            refusals.append(.bevestigerNietBevoegd)
        }
        return refusals
    }

    private func isUnauthorised(_ confirmation: ConfirmationState) -> Bool {
        switch confirmation {
        case .geen: false
        case .bevestigd(let role): !rule.confirmation.roles.contains(role)
        case .nietBevoegd: true
        }
    }

    /// The role in which this was confirmed, if it was.
    private func confirmedRole(_ situation: Situation) -> Role? {
        if case .bevestigd(let role) = situation.confirmation, rule.confirmation.roles.contains(role) { return role }
        // An answer to a request is a draft that somebody reads before it goes (practice 13).
        guard rule.confirmation.need == .unlessSubmittedInRole, !situation.marks.contains(.opVerzoek) else {
            return nil
        }
        return rule.confirmation.roles.first { situation.submitterRoles.contains($0) }
    }

    private func holds(_ situation: Situation, confirmedAs role: Role?) -> [Hold] {
        var holds: [Hold] = []
        if rule.ground.basis == .toestemming, situation.consent != .gegeven { holds.append(.toestemming) }
        for hold in rule.holds where hold.isOn(situation) { holds.append(hold) }
        if rule.confirmation.need != .none, role == nil { holds.append(.bevestiging) }
        return holds
    }

    private func setFields(_ ruling: inout Ruling, _ situation: Situation) {
        ruling.goes = fields.intersection(situation.present)
        if rule.ground.basis == .toestemming {
            if situation.consent == .gegeven { ruling.goes = ruling.goes.intersection(situation.covered) }
            // The pupil decides about the pupil; what is about others is not the pupil's to give.
            if situation.age.decidesSelf { ruling.goes = ruling.goes.subtracting(others) }
        }
        guard situation.marks.contains(.herkomstVerborgen) else { return }
        if rule.recipientKind == .veiligThuis {
            ruling.confidential = ruling.goes.intersection(origin)
        } else {
            ruling.goes = ruling.goes.subtracting(origin)
        }
    }
}
