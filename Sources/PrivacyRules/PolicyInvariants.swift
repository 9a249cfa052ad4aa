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
                    .init(rule: index, part: "event", "Er is al een regel voor dit type en deze soort ontvanger."))
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
                rule: index, part: "fields", "Het veld “\(path)” bestaat niet in \(rule.eventType.rawValue).",
                suggestion: Suggestion.nearest(to: path.text, among: known))
        }
        if rule.recipientKind.scope == .extern, rule.fields.contains(where: { $0.text.hasSuffix("bsn") }) {
            problems.append(
                .init(
                    rule: index, part: "fields",
                    "Het burgerservicenummer gaat niet naar buiten: de WPO noemt geen van deze ontvangers (WPO art. 182)."
                ))
        }
        if Set(rule.fields).count != rule.fields.count {
            problems.append(.init(rule: index, part: "fields", "Een veld staat twee keer in de lijst."))
        }
        return problems
    }

    private static func groundProblems(_ rule: Rule, at index: Int) -> [PolicyProblems.Problem] {
        var problems: [PolicyProblems.Problem] = []
        if rule.ground.article.isEmpty {
            problems.append(.init(rule: index, part: "ground", "Een grondslag zonder artikel is geen grondslag."))
        }
        let isConsentFree = rule.ground.basis != .toestemming
        if rule.recipientKind.scope == .extern, isConsentFree,
            !RecipientKind.consentFreeExternal.contains(rule.recipientKind)
        {
            problems.append(
                .init(
                    rule: index, part: "ground",
                    "Buiten Veilig Thuis, Raad, GI, politie en verwijsindex kan een externe ontvanger alleen met toestemming ontvangen."
                ))
        }
        if rule.ground.basis == .publiekeTaak, rule.recipientKind.scope == .extern {
            problems.append(
                .init(rule: index, part: "ground", "AVG 6(1)(e) geldt hier alleen binnen het bevoegd gezag."))
        }
        if rule.ground.basis == .geenPersoonsgegevens, rule.eventType != .adviesGevraagd {
            problems.append(.init(rule: index, part: "ground", "Alleen een adviesvraag is zonder persoonsgegevens."))
        }
        if !Purpose.allowed(for: rule.recipientKind).contains(rule.purpose) {
            problems.append(
                .init(rule: index, part: "purpose", "Voor dit doel mag deze soort ontvanger niets krijgen."))
        }
        return problems
    }

    private static func confirmationProblems(_ rule: Rule, at index: Int) -> [PolicyProblems.Problem] {
        // The verwijsindex has a stricter one of its own.
        guard rule.recipientKind != .verwijsindex else { return [] }
        if rule.confirmation.need != .none, rule.confirmation.roles.isEmpty {
            return [
                .init(rule: index, part: "confirmation", "Zonder rol kan niemand bevestigen.")
            ]
        }
        // Only a person decides that anything about a child leaves (practice 18); advice is anonymous.
        let isPersonal = rule.ground.basis != .geenPersoonsgegevens
        if rule.confirmation.need == .none, rule.recipientKind.scope == .extern, isPersonal {
            return [
                .init(
                    rule: index, part: "confirmation",
                    "Wat over een kind naar buiten gaat, bevestigt een persoon.")
            ]
        }
        return []
    }

    private static func urgencyProblems(_ rule: Rule, at index: Int) -> [PolicyProblems.Problem] {
        guard RecipientKind.urgent.contains(rule.recipientKind), !rule.conditions.isEmpty else { return [] }
        return [
            .init(
                rule: index, part: "conditions",
                "Wat ontbreekt houdt een melding bij Veilig Thuis, Raad, GI of politie nooit tegen; maak er een tekort van."
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
                    "In de verwijsindex registreert altijd een aangewezen meldingsbevoegde; automatisch melden is onrechtmatig."
                ))
        }
        // The event decides, so that a registration cannot borrow the lighter conditions of a withdrawal.
        let isWithdrawal = rule.eventType == .verwijsindexintrekkingGevraagd
        if rule.message != (isWithdrawal ? .verwijsindexIntrekking : .verwijsindexRegistratie) {
            problems.append(
                .init(rule: index, part: "message", "Dit bericht hoort niet bij dit type gebeurtenis."))
        }
        let needed: [Condition] =
            isWithdrawal
            ? [.meldingsbevoegdeAangewezen]
            : [.convenant, .herzieningsdatum, .meldingsbevoegdeAangewezen, .jongerDan23]
        for condition in needed where !rule.conditions.contains(condition) {
            problems.append(
                .init(rule: index, part: "conditions", "De voorwaarde “\(condition.rawValue)” hoort hierbij."))
        }
        let texts = Set(rule.eventType.schema.leaves.filter { $0.field.shape.isFreeText }.map(\.path))
        for path in rule.fields where texts.contains(path) {
            problems.append(
                .init(rule: index, part: "fields", "De verwijsindex krijgt geen inhoud: “\(path)” is vrije tekst."))
        }
        return problems
    }
}

extension Shape {
    var isFreeText: Bool {
        if case .text = self { true } else { false }
    }
}
