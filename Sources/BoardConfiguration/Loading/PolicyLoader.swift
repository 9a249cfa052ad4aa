// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Crypto
import Disclosures
public import PrivacyRules
import Values

/// Reads privacy rules from YAML.
public enum PolicyLoader {
    /// The rules that ship with the gateway.
    /// - Throws: Never in a gateway that passed its tests.
    public static func standard() throws(ConfigurationProblems) -> Policy {
        let log = ProblemLog()
        return try finish(standard(log), log)
    }

    /// The rules in a file.
    /// - Throws: Everything that is wrong with them, the invariants of the rules included.
    public static func load(_ path: String) throws(ConfigurationProblems) -> Policy {
        let log = ProblemLog()
        let root = Surroundings(environment: [:], log: log).document(path, mentionedAt: nil)
        return try finish(root.flatMap { PolicyReader(log: log).policy($0) }, log)
    }

    static func standard(_ log: ProblemLog) -> Policy? {
        YAMLReader.read(PackageResources.regels_yaml, file: "regels.yaml (built in)", log)
            .flatMap { PolicyReader(log: log).policy($0) }
    }

    private static func finish(_ policy: Policy?, _ log: ProblemLog) throws(ConfigurationProblems) -> Policy {
        try log.throwErrors()
        guard let policy else { throw ConfigurationProblems(problems: log.ordered) }
        return policy
    }
}

extension ConfigurationReader {
    func policy(_ node: YAMLNode?) -> Policy? {
        guard let node else { return PolicyLoader.standard(log) }
        return surroundings.path(node)
            .flatMap { surroundings.document($0, mentionedAt: node.place) }
            .flatMap { PolicyReader(log: log).policy($0) }
    }
}

/// Reads `version:` and `rules:`.
struct PolicyReader {
    let log: ProblemLog

    private struct PlacedRule {
        let rule: Rule
        let node: YAMLNode
    }

    func policy(_ root: YAMLNode) -> Policy? {
        guard let section = Section(root, keys: ["version", "rules"], log) else { return nil }
        let label = section.required("version") { $0.identifier(log) }
        guard let placed = section.required("rules", { $0.list(log, of: rule) }) else { return nil }
        let rules = placed.map(\.rule)
        do throws(PolicyProblems) {
            let policy = try Policy(version: "\(label ?? "")+\(Self.digest(of: rules))", rules: rules)
            // Without one of its rules it would be blamed for routes that are fine.
            return placed.count == section["rules"]?.elements?.count ? policy : nil
        } catch {
            for problem in error.problems { report(problem, in: placed[problem.rule].node) }
            return nil
        }
    }

    private func rule(_ node: YAMLNode) -> PlacedRule? {
        let keys = [
            "event", "recipient", "message", "ground", "purpose", "fields", "confirmation", "conditions", "shortfalls",
        ]
        guard let section = Section(node, keys: keys, log) else { return nil }
        let type = section.required("event") { $0.choice(rawChoices(EventType.self), "event type", log) }
        let kind = section.required("recipient") { $0.choice(RecipientKind.choices, "kind of recipient", log) }
        let message = section.required("message") { $0.choice(rawChoices(MessageKind.self), "message", log) }
        let ground = section.required("ground", self.ground)
        let purpose = section.required("purpose") { $0.choice(rawChoices(Purpose.self), "purpose", log) }
        let fields = section.required("fields") { $0.set(log, of: field) }
        let confirmation = section.required("confirmation", self.confirmation)
        let conditions = section.required("conditions") { node in
            node.set(log) { $0.choice(rawChoices(Condition.self), "condition", log) }
        }
        let shortfalls = section.required("shortfalls") { node in
            node.set(log) { $0.choice(rawChoices(Shortfall.self), "shortfall", log) }
        }
        guard let type, let kind, let message, let ground, let purpose, let fields, let confirmation, let conditions,
            let shortfalls
        else { return nil }
        return PlacedRule(
            rule: Rule(
                eventType: type, recipientKind: kind, message: message, ground: ground, purpose: purpose,
                fields: fields,
                confirmation: confirmation, conditions: conditions, shortfalls: shortfalls),
            node: node)
    }

    private func ground(_ node: YAMLNode) -> LegalGround? {
        guard let section = Section(node, keys: ["basis", "article", "summary"], log) else { return nil }
        let basis = section.required("basis") { $0.choice(rawChoices(LegalGround.Basis.self), "basis", log) }
        let article = section.text("article")
        let summary = section.text("summary")
        guard let basis, let article, let summary else { return nil }
        return LegalGround(basis: basis, article: article, summary: summary)
    }

    private func confirmation(_ node: YAMLNode) -> ConfirmationRule? {
        guard let section = Section(node, keys: ["need", "roles"], log) else { return nil }
        let need = section.required("need") { $0.choice(ConfirmationRule.Need.choices, "need", log) }
        let roles = section.optional("roles") { node in
            node.set(log) { $0.choice(rawChoices(Role.self), "role", log) }
        }
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

    /// Where the part stands that the rules complain about.
    private func report(_ problem: PolicyProblems.Problem, in rule: YAMLNode) {
        let part = rule[problem.part] ?? rule
        // A problem with one field quotes it, so that it can be found in the list; or it is about the one that never goes.
        let exact = part.elements?.first { element in
            guard case .scalar(let text, _) = element.content else { return false }
            return problem.message.contains("“\(text)”")
                || (text.hasSuffix("bsn") && problem.message.contains("burgerservicenummer"))
        }
        let message = problem.message.hasSuffix(".") ? String(problem.message.dropLast()) : problem.message
        log.error((exact ?? part).place, message, suggestion: problem.suggestion.map { "Did you mean “\($0)”?" })
    }

    /// The first twelve hexadecimal digits of the SHA-256 of what the rules say, whatever the file looks like.
    private static func digest(of rules: [Rule]) -> String {
        let digits = SHA256.hash(data: JSONValue.array(rules.map(json)).canonicalBytes)
            .flatMap { byte in [byte >> 4, byte & 15] }
        return String(digits.prefix(12).map { Character(String($0, radix: 16)) })
    }

    private static func json(_ rule: Rule) -> JSONValue {
        [
            "event": .string(rule.eventType.rawValue), "recipient": .string(rule.recipientKind.rawValue),
            "message": .string(rule.message.rawValue), "purpose": .string(rule.purpose.rawValue),
            "ground": [
                "basis": .string(rule.ground.basis.rawValue), "article": .string(rule.ground.article),
                "summary": .string(rule.ground.summary),
            ],
            "fields": .array(rule.fields.map { .string($0.text) }),
            "confirmation": [
                "need": .string(rule.confirmation.need.rawValue),
                "roles": .array(rule.confirmation.roles.map { .string($0.rawValue) }),
            ],
            "conditions": .array(rule.conditions.map { .string($0.rawValue) }),
            "shortfalls": .array(rule.shortfalls.map { .string($0.rawValue) }),
        ]
    }
}
