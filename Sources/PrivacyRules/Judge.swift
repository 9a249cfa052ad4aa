// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
import Disclosures
import Values

extension Policy {
    /// Says whether, and what of, an event may go to a recipient. The only maker of a `Disclosure`.
    ///
    /// Called at intake, at every attempt, at every retry and by `explain`: one code path. What no rule allows is refused.
    public func judge(_ input: JudgementInput) -> Judgement {
        let source = input.source
        let (situation, findings) = input.situation(source: source) { mayGo(to: input) }
        let ruling = decide(situation)
        let rule = ruling.rule.map { rules[$0] }
        let going = ruling.goes.paths(of: situation.eventType)
        return Judgement(
            verdict: verdict(ruling, rule, situation, input, source: source), situation: situation, ruling: ruling,
            rule: rule, findings: findings.filter { going.contains($0.field) }, policyVersion: version)
    }

    /// Every field that some rule lets go to this kind of recipient.
    private func mayGo(to input: JudgementInput) -> Set<FieldPath> {
        Set(rules(for: input.event.type, to: input.recipient.kind).flatMap(\.fields))
    }

    private func verdict(
        _ ruling: Ruling, _ rule: Rule?, _ situation: Situation, _ input: JudgementInput, source: JSONValue
    ) -> Judgement.Verdict {
        guard let rule, ruling.outcome != .refused else {
            return .refused(ruling.refusals.map { Refusal($0, rule: rule) })
        }
        guard ruling.outcome == .permitted else {
            let reasons = ruling.holds.map { hold in
                Waiting.Reason(hold: hold, article: hold.article(rule, situation), text: hold.text(rule, situation))
            }
            return .waiting(Waiting(reasons: reasons, roles: rule.confirmation.roles))
        }
        return .permitted(permit(rule, ruling, input, source: source))
    }

    private func permit(_ rule: Rule, _ ruling: Ruling, _ input: JudgementInput, source: JSONValue) -> Permit {
        let content = Self.content(source, ruling, of: rule.eventType)
        let disclosure = Disclosure(
            minted: input.deliveryKey, recipient: input.recipient, message: rule.message, reference: input.reference,
            content: content, counterpartReference: rule.message.quotesCounterpart ? input.counterpartReference : nil)
        let fields = ruling.goes.paths(of: rule.eventType)
        let persons = PersonsConcerned.find(in: input.event, fields: fields)
        let personal = Set(persons.flatMap(\.fields))
        return Permit(
            disclosure: disclosure, rule: rule, persons: persons, otherFields: fields.filter { !personal.contains($0) },
            confirmedAs: ruling.confirmedAs,
            activity: ruling.confidential.isEmpty ? rule.activity.name : rule.activity.confidential)
    }

    /// What goes at its own place, and what tells the origin of a hidden report below `alleenVeiligThuis`.
    private static func content(_ source: JSONValue, _ ruling: Ruling, of type: EventType) -> JSONValue {
        let table = FieldTable.of(type)
        let open = table.copy(of: source, only: ruling.goes.subtracting(ruling.confidential))
        guard !ruling.confidential.isEmpty else { return open }
        let confidential = table.copy(of: source, only: ruling.confidential).object ?? [:]
        var members = open.object ?? [:]
        let alone = members["alleenVeiligThuis"]?.object ?? [:]
        members["alleenVeiligThuis"] = .object(alone.merging(confidential) { own, _ in own })
        return .object(members)
    }
}

extension JudgementInput {
    /// The event's data with the gateway's own fields beside them: all that an allow-list can choose from.
    var source: JSONValue {
        var members = event.data.object ?? [:]
        members[ContextFields.root] = ContextFields.values(self)
        return .object(members)
    }
}

extension Judgement {
    /// The fields of the event that stay, in order: for people who want to see what does not go.
    public func stays(of event: CaseEvent) -> [FieldPath] {
        FieldTable.of(event.type).present(in: event.data).subtracting(ruling.goes).paths(of: event.type)
    }
}
