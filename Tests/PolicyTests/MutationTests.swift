// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import CaseEvents
import Disclosures
import PrivacyRules
import Testing
import Values

/// Takes each part of the shipped rules away, one at a time: the checks must notice every one.
@Suite struct MutationTests {
    /// What is wrong with a policy, by the hand-written table and by the practice in every situation near a sound one.
    private func violations(of policy: Policy, at tables: [SituationTable]) -> (table: [String], practice: [String]) {
        var found = Findings()
        for table in tables { found.merge(table.findings(policy, .changes)) }
        return (ExpectedRule.differences(policy), found.breaches.sorted())
    }

    @Test func everyMutantIsNoticed() async throws {
        let policy = try PolicyLoader.standard()
        let whole = violations(of: policy, at: SituationTable.all)
        #expect(whole.table + whole.practice == [])
        let mutants = policy.rules.indices.flatMap { Mutant.all(of: policy, at: $0) }
        let verdicts = await withTaskGroup(of: (Mutant, Bool, Bool).self) { group in
            for mutant in mutants {
                group.addTask {
                    let tables = SituationTable.all.filter(mutant.isAbout)
                    let found = violations(of: mutant.policy, at: tables)
                    return (mutant, !found.table.isEmpty, !found.practice.isEmpty)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let survivors = verdicts.filter { !$0.1 && !$0.2 }.map(\.0.name).sorted()
        let byPractice = verdicts.filter { $0.2 }.count
        let byTable = verdicts.filter { $0.1 }.count
        print(
            "Mutants: \(mutants.count), noticed: \(mutants.count - survivors.count) (table \(byTable), practice \(byPractice))"
        )
        let quiet = verdicts.filter { !$0.2 }.map(\.0.part)
        print("By the table alone: \(Dictionary(grouping: quiet) { $0 }.mapValues(\.count))")
        #expect(survivors == [])
        #expect(mutants.count > 1_000)
        // What decides whether something goes is noticed in what happens, too, and not only by being written down twice.
        let decisive: Set<String> = ["rule", "condition", "hold", "field", "basis", "validity", "need", "message"]
        let unseen = verdicts.filter { !$0.2 && decisive.contains($0.0.part) }.map(\.0.name).sorted()
        #expect(unseen == [])
    }
}

/// A policy with one thing changed.
private struct Mutant: Sendable {
    let name: String
    let part: String
    let policy: Policy
    let rule: Rule

    /// Only the situations of its own rule can come out otherwise.
    func isAbout(_ table: SituationTable) -> Bool {
        table.type == rule.eventType && table.kind == rule.recipientKind
            && (table.type != .verstrekkingBesloten || table.purpose == rule.purpose)
    }

    static func all(of policy: Policy, at index: Int) -> [Mutant] {
        let rule = policy.rules[index]
        var mutants: [Mutant] = []
        func add(_ part: String, _ what: String, _ changed: Rule?) {
            var rules = policy.rules
            if let changed { rules[index] = changed } else { rules.remove(at: index) }
            let name =
                "\(rule.eventType.shortName) → \(rule.recipientKind.rawValue) (\(rule.purpose.rawValue)): \(part) \(what)"
            mutants.append(
                Mutant(name: name, part: part, policy: Policy(unchecked: "mutant", rules: rules), rule: rule))
        }
        add("rule", "", nil)
        for value in rule.conditions { add("condition", value.rawValue, rule.with { $0.conditions.drop(value) }) }
        for value in rule.holds { add("hold", value.rawValue, rule.with { $0.holds.drop(value) }) }
        for value in rule.shortfalls { add("shortfall", value.rawValue, rule.with { $0.shortfalls.drop(value) }) }
        for value in rule.fields { add("field", value.text, rule.with { $0.fields.drop(value) }) }
        for value in rule.origin { add("origin", value.text, rule.with { $0.origin.drop(value) }) }
        for value in rule.confirmation.roles {
            add(
                "role", value.rawValue,
                rule.with {
                    $0.confirmation = ConfirmationRule(
                        need: rule.confirmation.need, roles: rule.confirmation.roles.filter { $0 != value })
                })
        }
        for need in ConfirmationRule.Need.allCases where need != rule.confirmation.need {
            let part = need == .none ? "need" : "other need"
            add(
                part, need.rawValue,
                rule.with { $0.confirmation = ConfirmationRule(need: need, roles: rule.confirmation.roles) })
        }
        let basis: LegalGround.Basis = rule.ground.basis == .toestemming ? .wettelijkRecht : .toestemming
        add("basis", basis.rawValue, rule.with { $0.ground = $0.ground.on(basis) })
        let (from, reviewBy) = (rule.validity.from, rule.validity.reviewBy)
        let periods = [
            Validity(from: .earliest, until: nil, reviewBy: reviewBy),
            Validity(from: SituationTable.day.adding(days: 1), until: nil, reviewBy: reviewBy),
            Validity(from: from, until: SituationTable.day.adding(days: -1), reviewBy: reviewBy),
        ]
        for period in periods { add("validity", "\(period.from)", rule.with { $0.validity = period }) }
        add("review", "", rule.with { $0.validity = Validity(from: from, until: rule.validity.until) })
        add("article", "", rule.with { $0.ground = LegalGround(basis: $0.ground.basis, article: "", summary: "") })
        add("activity", "", rule.with { $0.activity = Activity(name: "anders") })
        let added = SituationTable.paths(of: rule.eventType).filter { !rule.fields.contains($0) }
        for path in added { add("field", "with \(path)", rule.with { $0.fields.append(path) }) }
        let hold = Hold.named.first { !rule.holds.contains($0) }
        if let hold { add("other hold", hold.rawValue, rule.with { $0.holds.append(hold) }) }
        for condition in Condition.allCases where !rule.conditions.contains(condition) {
            add("other condition", condition.rawValue, rule.with { $0.conditions.append(condition) })
        }
        return mutants
    }
}

extension Array where Element: Equatable {
    fileprivate mutating func drop(_ element: Element) { removeAll { $0 == element } }
}

extension LegalGround {
    fileprivate func on(_ basis: Basis) -> LegalGround {
        LegalGround(basis: basis, article: article, summary: summary)
    }
}

/// The parts of a rule that a mutant changes.
private struct Parts {
    var conditions: [Condition]
    var holds: [Hold]
    var shortfalls: [Shortfall]
    var fields: [FieldPath]
    var origin: [FieldPath]
    var confirmation: ConfirmationRule
    var ground: LegalGround
    var activity: Activity
    var validity: Validity
}

extension Rule {
    fileprivate func with(_ change: (inout Parts) -> Void) -> Rule {
        var parts = Parts(
            conditions: conditions, holds: holds, shortfalls: shortfalls, fields: fields, origin: origin,
            confirmation: confirmation, ground: ground, activity: activity, validity: validity)
        change(&parts)
        return Rule(
            eventType: eventType, recipientKind: recipientKind, message: message, ground: parts.ground,
            purpose: purpose, fields: parts.fields, confirmation: parts.confirmation, conditions: parts.conditions,
            holds: parts.holds, shortfalls: parts.shortfalls, origin: parts.origin, activity: parts.activity,
            validity: parts.validity)
    }
}
