// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Disclosures
import PrivacyRules
import Values

/// Reads `version:` and `rules:`.
struct PolicyReader {
    let log: ProblemLog
    /// For warnings about dates that have passed; nil for none.
    let today: CalendarDate?

    private struct PlacedRule {
        let rule: Rule
        let node: YAMLNode
    }

    private static let ruleKeys = [
        "event", "recipient", "message", "ground", "geldig_van", "geldig_tot", "herzien_voor", "purpose",
        "verwerkingsactiviteit", "confirmation", "conditions", "holds", "shortfalls", "fields", "herkomst",
    ]

    func policy(_ root: YAMLNode) -> Policy? {
        guard let section = Section(root, keys: ["version", "rules"], log) else { return nil }
        let label = section.required("version") { $0.identifier(log) }
        guard let placed = section.required("rules", { $0.list(log, of: rule) }) else { return nil }
        let rules = placed.map(\.rule)
        do throws(PolicyProblems) {
            let policy = try Policy(version: "\(label ?? "")+\(PolicyDigest.digits(of: rules))", rules: rules)
            // Without one of its rules it would be blamed for routes that are fine.
            guard placed.count == section["rules"]?.elements?.count else { return nil }
            for rule in placed { checkDates(of: rule, in: policy) }
            return policy
        } catch {
            for problem in error.problems { report(problem, in: placed[problem.rule].node) }
            return nil
        }
    }

    // MARK: - Rules

    private func rule(_ node: YAMLNode) -> PlacedRule? {
        guard let section = Section(node, keys: Self.ruleKeys, log) else { return nil }
        let type = section.required("event") { $0.choice(rawChoices(EventType.self), "event type", log) }
        let kind = section.required("recipient") { $0.choice(RecipientKind.choices, "kind of recipient", log) }
        let message = section.required("message") { $0.choice(rawChoices(MessageKind.self), "message", log) }
        let ground = section.required("ground", self.ground)
        let validity = self.validity(section)
        let purpose = section.required("purpose") { $0.choice(rawChoices(Purpose.self), "purpose", log) }
        let activity = section.required("verwerkingsactiviteit", self.activity)
        let confirmation = section.required("confirmation", self.confirmation)
        let conditions = section.required("conditions") { choices($0, rawChoices(Condition.self), "condition") }
        let holds = section.optional("holds") { choices($0, Self.holdChoices, "hold that a rule names") } ?? []
        let shortfalls = section.required("shortfalls") { choices($0, rawChoices(Shortfall.self), "shortfall") }
        let fields = section.required("fields") { $0.set(log, of: field) }
        let origin = section.optional("herkomst") { $0.set(log, of: field) } ?? []
        guard let type, let kind, let message, let ground, let validity, let purpose, let activity, let confirmation,
            let conditions, let shortfalls, let fields
        else { return nil }
        return PlacedRule(
            rule: Rule(
                eventType: type, recipientKind: kind, message: message, ground: ground, purpose: purpose,
                fields: fields, confirmation: confirmation, conditions: conditions, holds: holds,
                shortfalls: shortfalls, origin: origin, activity: activity, validity: validity),
            node: node)
    }

    private static let holdChoices = Hold.named.map { (name: $0.rawValue, value: $0) }

    private func choices<Value: Hashable>(
        _ node: YAMLNode, _ known: [(name: String, value: Value)], _ what: String
    ) -> [Value]? {
        node.set(log) { $0.choice(known, what, log) }
    }

    private func ground(_ node: YAMLNode) -> LegalGround? {
        guard let section = Section(node, keys: ["basis", "article", "summary"], log) else { return nil }
        let basis = section.required("basis") { $0.choice(rawChoices(LegalGround.Basis.self), "basis", log) }
        let article = section.text("article")
        let summary = section.text("summary")
        guard let basis, let article, let summary else { return nil }
        return LegalGround(basis: basis, article: article, summary: summary)
    }

    /// Nil when a date cannot be read, so that the invariants do not blame the period as well.
    private func validity(_ section: Section) -> Validity? {
        let from = section.required("geldig_van") { $0.date(log) }
        let until = section.date("geldig_tot")
        let review = section.date("herzien_voor")
        guard let from, (until == nil) == (section["geldig_tot"] == nil),
            (review == nil) == (section["herzien_voor"] == nil)
        else { return nil }
        return Validity(from: from, until: until, reviewBy: review)
    }

    private func activity(_ node: YAMLNode) -> Activity? {
        guard let section = Section(node, keys: ["naam", "herkomst_verborgen"], log) else { return nil }
        let name = section.required("naam") { $0.identifier(log) }
        let confidential = section.optional("herkomst_verborgen") { $0.identifier(log) }
        return name.map { Activity(name: $0, confidential: confidential) }
    }

    private func confirmation(_ node: YAMLNode) -> ConfirmationRule? {
        guard let section = Section(node, keys: ["need", "roles"], log) else { return nil }
        let need = section.required("need") { $0.choice(ConfirmationRule.Need.choices, "need", log) }
        let roles = section.optional("roles") { choices($0, rawChoices(Role.self), "role") }
        guard let need else { return nil }
        return ConfirmationRule(need: need, roles: roles ?? [])
    }

    private func field(_ node: YAMLNode) -> FieldPath? {
        guard let text = node.text(log) else { return nil }
        guard !text.contains("*") else {
            log.error(
                node.place, "“\(text)”: a rule names every field it lets go",
                suggestion: "Write the fields out; a new field then stays until somebody decides on it.")
            return nil
        }
        return FieldPath(text)
    }

    // MARK: - What is wrong

    /// A problem of the rules, at the line that is the matter.
    private func report(_ problem: PolicyProblems.Problem, in rule: YAMLNode) {
        let part = rule[problem.part]
        // A field that should tell the origin, and is not among those that do, stands in the list of fields.
        let lists = problem.part == "herkomst" ? [part, rule["fields"]] : [part]
        // A problem with one field quotes it, so that it can be found in the list; or it is about the one that never goes.
        let exact = lists.compactMap { $0?.elements }.joined().first { element in
            guard case .scalar(let text, _) = element.content else { return false }
            return problem.message.contains("“\(text)”")
                || (text.hasSuffix("bsn") && problem.message.contains("burgerservicenummer"))
        }
        let message = problem.message.hasSuffix(".") ? String(problem.message.dropLast()) : problem.message
        log.error(
            (exact ?? part ?? rule).place, message, suggestion: problem.suggestion.map { "Did you mean “\($0)”?" })
    }

    /// The gateway runs all the same: a rule that ended refuses, and one that nobody looked at again still counts.
    private func checkDates(of placed: PlacedRule, in policy: Policy) {
        guard let today else { return }
        let (rule, node) = (placed.rule, placed.node)
        if let until = rule.validity.until, until < today {
            let type = rule.eventType
            let kind = rule.recipientKind
            guard policy.rule(for: type, to: kind, purpose: rule.purpose, on: today) == nil else { return }
            log.warning(
                (node["geldig_tot"] ?? node).place,
                "this rule ended on \(until): \(type.rawValue) is refused for \(kind.configurationName)",
                suggestion: "Add the rule that takes its place, if the law gives one.")
        } else if let review = rule.validity.reviewBy, review < today {
            log.warning(
                (node["herzien_voor"] ?? node).place, "this ground was to be looked at again before \(review)",
                suggestion: "See whether \(rule.ground.article) still gives it, then set a new date.")
        }
    }
}
