// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
import Disclosures
import Values

extension Policy {
    /// Says whether, and what of, an event may go to a recipient. The only maker of a `Disclosure`.
    ///
    /// Called at intake, at every attempt, at every retry and by `explain`: one code path. What no rule allows is refused.
    public func judge(_ input: JudgementInput) -> Judgement {
        guard let rule = rule(for: input.event.type, to: input.recipient.kind) else {
            return refused([Self.noRule], rule: nil)
        }
        let refusals = refusals(of: rule, input)
        guard refusals.isEmpty else { return refused(refusals, rule: rule) }
        let source = input.source
        let copy = rule.allowList.copy(of: source)
        let role = confirmedRole(rule, input)
        let verdict: Judgement.Verdict
        if rule.confirmation.need != .none, role == nil {
            verdict = .waiting(Waiting(roles: rule.confirmation.roles, text: Self.waitingText(rule)))
        } else {
            verdict = .permitted(permit(rule, copy: copy, role: role, input))
        }
        return Judgement(
            verdict: verdict, rule: rule, goes: copy.fields,
            shortfalls: rule.shortfalls.filter { $0.isPresent(in: input.event) }, policyVersion: version)
    }

    private func refusals(of rule: Rule, _ input: JudgementInput) -> [Refusal] {
        var refusals = rule.conditions.compactMap { $0.refusal(input) }
        if let end = input.agreements.validUntil, input.today > end {
            refusals.append(
                Refusal(
                    .grondslagVervallen, article: rule.ground.article,
                    "Deze ontvanger is in de configuratie afgesloten (geldigTot is voorbij)."))
        }
        if rule.ground.basis == .toestemming {
            // Consent is not recorded yet, so nothing can go on it: fail closed.
            refusals.append(
                Refusal(
                    .toestemmingOntbreekt, article: "AVG art. 6(1)(a)",
                    "Er is geen toestemming vastgelegd voor deze ontvanger."))
        }
        if let given = input.confirmation, !isAuthorised(given, by: rule) {
            refusals.append(
                Refusal(
                    .bevestigerNietBevoegd, article: rule.ground.article,
                    "Wie bevestigde heeft daarvoor op deze school geen rol (meer): \(Self.names(rule.confirmation.roles))."
                ))
        }
        // An urgent report is never refused for what is missing; a confirmation that no longer counts makes it wait instead.
        guard RecipientKind.urgent.contains(rule.recipientKind) else { return refusals }
        return refusals.filter { $0.code != .bevestigerNietBevoegd }
    }

    private func isAuthorised(_ given: GivenConfirmation, by rule: Rule) -> Bool {
        rule.confirmation.roles.contains(given.role) && given.person.roles.contains(given.role)
    }

    /// The role in which this was confirmed, if it was.
    private func confirmedRole(_ rule: Rule, _ input: JudgementInput) -> Role? {
        if let given = input.confirmation, isAuthorised(given, by: rule) { return given.role }
        guard rule.confirmation.need == .unlessSubmittedInRole, let submitter = input.submitter else { return nil }
        return rule.confirmation.roles.first { submitter.roles.contains($0) }
    }

    private func permit(_ rule: Rule, copy: AllowList.Copy, role: Role?, _ input: JudgementInput) -> Permit {
        let disclosure = Disclosure(
            minted: input.deliveryKey, recipient: input.recipient, message: rule.message, reference: input.reference,
            content: copy.content)
        let persons = PersonsConcerned.find(in: input.event, fields: copy.fields)
        let personal = Set(persons.flatMap(\.fields))
        return Permit(
            disclosure: disclosure, rule: rule, persons: persons,
            otherFields: copy.fields.filter { !personal.contains($0) },
            confirmedAs: role)
    }

    private func refused(_ refusals: [Refusal], rule: Rule?) -> Judgement {
        Judgement(
            verdict: .refused(refusals), rule: rule, goes: [], shortfalls: [],
            policyVersion: version)
    }

    private static let noRule = Refusal(
        .geenRegel, article: "AVG art. 5(1)(b) en 6",
        "Geen regel staat toe dat dit type gebeurtenis naar deze soort ontvanger gaat.")

    private static func waitingText(_ rule: Rule) -> String {
        "Wacht op bevestiging door: \(names(rule.confirmation.roles))."
    }

    private static func names(_ roles: [Role]) -> String {
        roles.map(\.text).joined(separator: ", ")
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
        let going = Set(goes)
        let schema = event.type.schema
        return AllowList(schema.leaves.map(\.path), in: schema).copy(of: event.data).fields.filter {
            !going.contains($0)
        }
    }
}

extension Role {
    /// For people, in Dutch.
    public var text: String {
        switch self {
        case .leerkracht: "leerkracht of mentor"
        case .aandachtsfunctionaris: "aandachtsfunctionaris"
        case .meldingsbevoegde: "meldingsbevoegde"
        case .eindverantwoordelijkeMelding: "eindverantwoordelijke voor de melding"
        case .directie: "directie"
        case .centraleContactpersoon: "centrale contactpersoon"
        case .bestuur: "bestuur"
        case .functionarisGegevensbescherming: "functionaris gegevensbescherming"
        case .ict: "ICT"
        }
    }
}
