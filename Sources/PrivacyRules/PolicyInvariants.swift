// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Disclosures
import Values

/// What holds whatever the configuration says. A policy that breaks one does not load.
enum PolicyInvariants {
    static func problems(in rules: [Rule]) -> [PolicyProblems.Problem] {
        var problems: [PolicyProblems.Problem] = []
        var seen: Set<String> = []
        for (index, rule) in rules.enumerated() {
            if !seen.insert("\(rule.eventType.rawValue) \(rule.recipientKind.rawValue)").inserted {
                problems.append(
                    .init(
                        rule: index, part: "event", "there is already a rule for this type and this kind of recipient.")
                )
            }
            problems += fieldProblems(rule, at: index)
            problems += groundProblems(rule, at: index)
            problems += confirmationProblems(rule, at: index)
            problems += urgencyProblems(rule, at: index)
            problems += verwijsindexProblems(rule, at: index)
        }
        return problems
    }

    private static func fieldProblems(_ rule: Rule, at index: Int) -> [PolicyProblems.Problem] {
        let known = rule.eventType.schema.leaves.map(\.path.text) + ContextFields.schemaPaths.map(\.text)
        var problems = rule.fields.filter { !known.contains($0.text) }.map { path in
            PolicyProblems.Problem(
                rule: index, part: "fields", "there is no field “\(path)” in \(rule.eventType.rawValue).",
                suggestion: Suggestion.nearest(to: path.text, among: known))
        }
        if rule.recipientKind.scope == .extern, rule.fields.contains(where: { $0.text.hasSuffix("bsn") }) {
            problems.append(
                .init(
                    rule: index, part: "fields",
                    "the burgerservicenummer does not leave the school: the WPO names none of these recipients (WPO art. 182)."
                ))
        }
        if Set(rule.fields).count != rule.fields.count {
            problems.append(.init(rule: index, part: "fields", "a field stands in the list twice."))
        }
        return problems
    }

    private static func groundProblems(_ rule: Rule, at index: Int) -> [PolicyProblems.Problem] {
        var problems: [PolicyProblems.Problem] = []
        if rule.ground.article.isEmpty {
            problems.append(.init(rule: index, part: "ground", "a ground without an article is no ground."))
        }
        let isConsentFree = rule.ground.basis != .toestemming
        if rule.recipientKind.scope == .extern, isConsentFree,
            !RecipientKind.consentFreeExternal.contains(rule.recipientKind)
        {
            problems.append(
                .init(
                    rule: index, part: "ground",
                    "besides Veilig Thuis, Raad, GI, politie and verwijsindex, an external recipient needs basis: toestemming."
                ))
        }
        if rule.ground.basis == .publiekeTaak, rule.recipientKind.scope == .extern {
            problems.append(
                .init(rule: index, part: "ground", "AVG 6(1)(e) holds only within the bevoegd gezag here."))
        }
        if rule.ground.basis == .geenPersoonsgegevens, rule.eventType != .adviesGevraagd {
            problems.append(.init(rule: index, part: "ground", "only a request for advice is without personal data."))
        }
        if !Purpose.allowed(for: rule.recipientKind).contains(rule.purpose) {
            problems.append(
                .init(rule: index, part: "purpose", "this kind of recipient may get nothing for this purpose."))
        }
        return problems
    }

    private static func confirmationProblems(_ rule: Rule, at index: Int) -> [PolicyProblems.Problem] {
        // The verwijsindex has a stricter one of its own.
        guard rule.recipientKind != .verwijsindex else { return [] }
        if rule.confirmation.need != .none, rule.confirmation.roles.isEmpty {
            return [
                .init(rule: index, part: "confirmation", "without a role nobody can confirm.")
            ]
        }
        // Only a person decides that anything about a child leaves (practice 18); advice is anonymous.
        let isPersonal = rule.ground.basis != .geenPersoonsgegevens
        if rule.confirmation.need == .none, rule.recipientKind.scope == .extern, isPersonal {
            return [
                .init(
                    rule: index, part: "confirmation",
                    "what leaves the school about a child is confirmed by a person.")
            ]
        }
        return []
    }

    private static func urgencyProblems(_ rule: Rule, at index: Int) -> [PolicyProblems.Problem] {
        guard RecipientKind.urgent.contains(rule.recipientKind), !rule.conditions.isEmpty else { return [] }
        return [
            .init(
                rule: index, part: "conditions",
                "nothing missing ever holds a report to Veilig Thuis, Raad, GI or politie: make it a shortfall."
            )
        ]
    }

    private static func verwijsindexProblems(_ rule: Rule, at index: Int) -> [PolicyProblems.Problem] {
        guard rule.recipientKind == .verwijsindex else { return [] }
        var problems: [PolicyProblems.Problem] = []
        if rule.confirmation.need != .always || rule.confirmation.roles != [.meldingsbevoegde] {
            problems.append(
                .init(
                    rule: index, part: "confirmation",
                    "a designated meldingsbevoegde always confirms for the verwijsindex: doing it automatically is unlawful."
                ))
        }
        // The event decides, so that a registration cannot borrow the lighter conditions of a withdrawal.
        let isWithdrawal = rule.eventType == .verwijsindexintrekkingGevraagd
        if rule.message != (isWithdrawal ? .verwijsindexIntrekking : .verwijsindexRegistratie) {
            problems.append(
                .init(rule: index, part: "message", "this message does not belong to this event type."))
        }
        let needed: [Condition] =
            isWithdrawal
            ? [.meldingsbevoegdeAangewezen]
            : [.convenant, .herzieningsdatum, .meldingsbevoegdeAangewezen, .jongerDan23]
        for condition in needed where !rule.conditions.contains(condition) {
            problems.append(
                .init(rule: index, part: "conditions", "the condition “\(condition.rawValue)” belongs here."))
        }
        let texts = Set(rule.eventType.schema.leaves.filter { $0.field.shape.isFreeText }.map(\.path))
        for path in rule.fields where texts.contains(path) {
            problems.append(
                .init(rule: index, part: "fields", "the verwijsindex gets no content: “\(path)” is free text."))
        }
        return problems
    }
}

extension Shape {
    var isFreeText: Bool {
        if case .text = self { true } else { false }
    }
}
