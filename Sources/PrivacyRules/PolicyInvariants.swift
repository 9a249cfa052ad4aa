// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Disclosures
import Values

/// What holds whatever the configuration says. A policy that breaks one does not load.
enum PolicyInvariants {
    static func problems(in rules: [Rule]) -> [PolicyProblems.Problem] {
        var problems = periodProblems(rules)
        for (index, rule) in rules.enumerated() {
            for invariant in perRule { problems += invariant(rule, index) }
        }
        return problems
    }

    private static let perRule: [@Sendable (Rule, Int) -> [PolicyProblems.Problem]] = [
        { fieldProblems($0, at: $1) }, { groundProblems($0, at: $1) }, { confirmationProblems($0, at: $1) },
        { urgencyProblems($0, at: $1) }, { verwijsindexProblems($0, at: $1) }, { holdProblems($0, at: $1) },
        { internalProblems($0, at: $1) }, { originProblems($0, at: $1) }, { messageProblems($0, at: $1) },
        { owedProblems($0, at: $1) },
    ]

    private static let contactFields: Set<FieldPath> = Set(
        ["naam", "functie", "telefoon", "bereikbaar"].map { FieldPath("contactpersoon.\($0)") })

    private static let contentFreeFields: Set<String> = [
        "meldpoort.kenmerk", "meldpoort.gebeurtenis", "meldpoort.datum", "meldpoort.school.brin",
        "meldpoort.school.naam",
    ]

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
        let staff = rule.eventType.schema.staffFields.subtracting(Self.contactFields)
        if rule.recipientKind.scope == .extern, let name = rule.fields.first(where: staff.contains) {
            problems.append(
                .init(
                    rule: index, part: "fields",
                    "names of staff do not leave the school, the contactpersoon excepted: “\(name)”."))
        }
        if RecipientKind.contentFree.contains(rule.recipientKind), !hasFormOfItsOwn(rule),
            let field = rule.fields.first(where: { !Self.contentFreeFields.contains($0.text) })
        {
            problems.append(
                .init(
                    rule: index, part: "fields",
                    "a recipient of this kind never gets content of a case: “\(field)”."))
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
        let isAnonymous = rule.ground.basis == .geenPersoonsgegevens && rule.eventType.isAnonymous
        let isConsentFree = rule.ground.basis != .toestemming && !isAnonymous
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
        if rule.ground.basis == .geenPersoonsgegevens, !rule.eventType.isAnonymous {
            problems.append(
                .init(
                    rule: index, part: "ground",
                    "only a request for advice, an injury consult and a remark about the process are without personal data."
                ))
        }
        if rule.eventType.isFromPartner, rule.recipientKind.scope == .extern {
            problems.append(
                .init(
                    rule: index, part: "event",
                    "what came from a partner stays inside: passing it on is a new decision with a ground of its own."))
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
        guard RecipientKind.urgent.contains(rule.recipientKind) else { return [] }
        var problems: [PolicyProblems.Problem] = []
        let text =
            "nothing missing ever holds a report to Veilig Thuis, Raad, GI or politie: make it a shortfall."
        if rule.conditions.contains(where: { !Condition.groundMaking.contains($0) }) {
            problems.append(.init(rule: index, part: "conditions", text))
        }
        if !rule.holds.isEmpty { problems.append(.init(rule: index, part: "holds", text)) }
        if rule.ground.basis == .toestemming {
            problems.append(
                .init(
                    rule: index, part: "ground",
                    "this recipient has a ground in law: consent may not hold a report."))
        }
        // Jeugdwet 7.3.11(4), and the article on the demand: without them there is no ground.
        let needed: Condition? =
            rule.recipientKind == .gecertificeerdeInstelling
            ? .ondertoezichtstelling : rule.purpose == .vordering ? .vordering : nil
        if let needed, rule.message != .correctie, !rule.conditions.contains(needed) {
            problems.append(
                .init(rule: index, part: "conditions", "the condition “\(needed.rawValue)” belongs here."))
        }
        return problems
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
            : [.convenant, .herzieningsdatum, .meldingsbevoegdeAangewezen, .jongerDan23, .risicoGenoemd]
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

extension EventSchema {
    /// Fields about people who work for the school.
    fileprivate var staffFields: Set<FieldPath> {
        let names = fields.filter { field in
            if case .person(.medewerker, _) = field.shape { true } else { false }
        }
        .map(\.name)
        let below = leaves.map(\.path).filter { path in names.contains { path.text.hasPrefix("\($0).") } }
        return Set(below + ["indiener", "uitgevoerdDoor", "medewerker"].map(FieldPath.init))
    }
}

extension Shape {
    var isFreeText: Bool {
        if case .text = self { true } else { false }
    }
}
