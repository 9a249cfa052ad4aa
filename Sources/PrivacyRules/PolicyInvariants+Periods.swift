// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Disclosures
import Values

/// Invariants of periods, holds and origin.
extension PolicyInvariants {
    /// Rules for the same event, kind of recipient and purpose follow one another without overlap and without a day in between.
    static func periodProblems(_ rules: [Rule]) -> [PolicyProblems.Problem] {
        var problems: [PolicyProblems.Problem] = []
        for (index, rule) in rules.enumerated() {
            let validity = rule.validity
            if let until = validity.until, until < validity.from {
                problems.append(.init(rule: index, part: "geldig_tot", "the rule ends before it begins."))
            }
            if validity.reviewBy == nil {
                problems.append(
                    .init(
                        rule: index, part: "herzien_voor",
                        "without a review date nobody looks whether the ground still holds."))
            }
            let earlier = rules[..<index].filter { sharesRow($0, rule) }
            if earlier.contains(where: { overlap($0.validity, validity) }) {
                problems.append(
                    .init(
                        rule: index, part: "event",
                        "there is already a rule for this type, kind of recipient and purpose in (part of) this period."
                    ))
            } else if let gap = gap(before: validity, among: rules.filter { sharesRow($0, rule) }.map(\.validity)) {
                problems.append(
                    .init(
                        rule: index, part: "geldig_van",
                        "between \(gap) and \(validity.from) no rule is in force for this type and kind of recipient."))
            }
        }
        return problems
    }

    /// Only a decision names its purpose; of other types there is one rule at a time for a kind of recipient.
    private static func sharesRow(_ one: Rule, _ other: Rule) -> Bool {
        one.eventType == other.eventType && one.recipientKind == other.recipientKind
            && (one.purpose == other.purpose || !CompiledRule(one).asksPurpose)
    }

    private static func overlap(_ one: Validity, _ other: Validity) -> Bool {
        one.from <= other.until ?? .latest && other.from <= one.until ?? .latest
    }

    /// The last day of the period before this one, when the day after it is not the first day of this one.
    private static func gap(before validity: Validity, among all: [Validity]) -> CalendarDate? {
        guard let last = all.compactMap(\.until).filter({ $0 < validity.from }).max() else { return nil }
        return last.adding(days: 1) == validity.from ? nil : last
    }

    // MARK: - Holds

    /// What must wait for a person: consent-based recipients and the LVS, where free text goes and where it shows.
    static func holdProblems(_ rule: Rule, at index: Int) -> [PolicyProblems.Problem] {
        var needed: [Hold] = []
        var conditions: [Condition] = []
        let texts = Set(rule.eventType.schema.leaves.filter { $0.field.shape.isFreeText }.map(\.path))
        let hasText = rule.fields.contains(where: texts.contains)
        let isByConsent = rule.ground.basis == .toestemming
        if hasText, isByConsent || rule.recipientKind == .leerlingvolgsysteem { needed.append(.vrijeTekst) }
        if isByConsent || rule.message == .verwijsindexRegistratie { needed.append(.informeren) }
        if rule.recipientKind == .leerlingvolgsysteem {
            needed.append(.vrijgaveLvs)
            conditions = [.herkomstOpen, .geenBijzondereVorm]
        }
        var problems: [PolicyProblems.Problem] = []
        for hold in needed where !rule.holds.contains(hold) {
            problems.append(
                .init(rule: index, part: "holds", "the hold “\(hold.rawValue)” belongs here."))
        }
        for condition in conditions where !rule.conditions.contains(condition) {
            problems.append(
                .init(rule: index, part: "conditions", "the condition “\(condition.rawValue)” belongs here."))
        }
        return problems
    }

    /// The law does not allow data of the verwijsindex in a pupil's file (OSO-gegevensset: `vir` was struck).
    static func internalProblems(_ rule: Rule, at index: Int) -> [PolicyProblems.Problem] {
        let ofIndex: Set<EventType> = [
            .verwijsindexregistratieGevraagd, .verwijsindexintrekkingGevraagd, .verwijsindexmatchOntvangen,
            .matchcontactVastgelegd, .verwijsindexregistratieBeeindigd, .adviesverzoekOntvangen,
        ]
        guard rule.recipientKind.scope == .intern, ofIndex.contains(rule.eventType) else { return [] }
        return [
            .init(
                rule: index, part: "event",
                "data about the verwijsindex go neither to the leerlingvolgsysteem nor to another recipient within the school."
            )
        ]
    }

    // MARK: - Messages without a case

    /// A page goes to the intranet, a remark to the mailbox for those and a rung of the ladder to who must act, with the fields of
    /// their own types, which know no case.
    static func hasFormOfItsOwn(_ rule: Rule) -> Bool {
        switch rule.recipientKind {
        case .intranet: rule.eventType.isPublication
        case .veiligThuisProces: rule.eventType == .procesopmerkingGemaakt
        case .aandachtsfunctionaris, .centraleContactpersoon, .bestuur, .directie: rule.eventType == .opschalingGedaan
        default: false
        }
    }

    /// Who gets nothing of a case gets the messages that hold none, and those go to nobody else.
    static func messageProblems(_ rule: Rule, at index: Int) -> [PolicyProblems.Problem] {
        let expected: Set<MessageKind>
        switch rule.recipientKind {
        case .intranet:
            expected = rule.eventType == .publicatieIngetrokken ? [.publicatieIntrekking] : [.publicatie]
        case .veiligThuisProces: expected = [.procesopmerking]
        case .bestuur, .directie, .centraleContactpersoon, .aandachtsfunctionaris, .leerkracht:
            expected = rule.eventType == .opschalingGedaan ? [.opschaling] : [.kennisgeving]
        default:
            expected = Set(MessageKind.allCases).subtracting([
                .kennisgeving, .opschaling, .procesopmerking, .publicatie, .publicatieIntrekking,
            ])
        }
        var problems: [PolicyProblems.Problem] = []
        if !expected.contains(rule.message) {
            problems.append(
                .init(rule: index, part: "message", "this message does not belong to this kind of recipient."))
        }
        if (rule.recipientKind == .intranet) != rule.eventType.isPublication
            || rule.recipientKind == .veiligThuisProces && rule.eventType != .procesopmerkingGemaakt
        {
            problems.append(
                .init(
                    rule: index, part: "event",
                    "the intranet gets publications and the process mailbox remarks: nothing else, and both nowhere else."
                ))
        }
        // Practice 30: publications are released by the centrale contactpersoon.
        if rule.eventType.isPublication,
            rule.confirmation.need == .none || rule.confirmation.roles != [.centraleContactpersoon]
        {
            problems.append(
                .init(rule: index, part: "confirmation", "the centraleContactpersoon releases what is published."))
        }
        return problems
    }

    // MARK: - What is owed

    /// The school's own bookkeeping of what it is owed: nothing of it goes to a partner or into a pupil's file.
    private static let ofWhatIsOwed: Set<EventType> = [
        .partnercontactVastgelegd, .drempelGemeld, .verplichtingBijgewerkt, .opschalingGedaan,
    ]

    /// A rung of the ladder goes to who must act or must know within the board, holds no case, and names no person (practice 26);
    /// of what else is recorded about what is owed goes at most that it happened.
    static func owedProblems(_ rule: Rule, at index: Int) -> [PolicyProblems.Problem] {
        guard ofWhatIsOwed.contains(rule.eventType) else { return [] }
        var problems: [PolicyProblems.Problem] = []
        if !RecipientKind.contentFree.contains(rule.recipientKind) || rule.recipientKind.scope == .extern
            || rule.eventType == .opschalingGedaan && !hasFormOfItsOwn(rule)
        {
            problems.append(
                .init(
                    rule: index, part: "event",
                    "what the school is owed is told to its own people alone: aandachtsfunctionaris, directie, centrale contactpersoon, bestuur."
                ))
        }
        if rule.eventType == .opschalingGedaan, let field = rule.fields.first(where: namesSomebody) {
            problems.append(
                .init(
                    rule: index, part: "fields", "a rung of the ladder names nobody: “\(field)”."))
        }
        return problems
    }

    private static func namesSomebody(_ field: FieldPath) -> Bool {
        field.text == "lezers[]" || field.text.hasPrefix("meldpoort.meldingsbevoegde.")
    }

    static func originProblems(_ rule: Rule, at index: Int) -> [PolicyProblems.Problem] {
        var problems = rule.origin.filter { !rule.fields.contains($0) }.map { path in
            PolicyProblems.Problem(
                rule: index, part: "herkomst", "“\(path)” is not among the fields of this rule.",
                suggestion: Suggestion.nearest(to: path.text, among: rule.fields.map(\.text)))
        }
        let telling = rule.fields.filter { $0.text.hasPrefix("contactpersoon.") && !rule.origin.contains($0) }
        if rule.recipientKind.scope == .extern, let first = telling.first {
            problems.append(
                .init(
                    rule: index, part: "herkomst",
                    "“\(first)” tells who reported and belongs to herkomst (Uitvoeringsbesluit Wmo 2015 art. 4.1.8(3))."
                ))
        }
        return problems
    }
}
