// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import PrivacyRules
import Values

/// Reads `calendar:`, `reminder_hour:`, `ladders:`, `kinds:` and `yearly:`. Its parts are in extensions, one a file.
struct OwedReader {
    let log: ProblemLog
    /// Those of the configuration; nil when it is not known who there are.
    var recipients: [String]?

    private static let keys = [
        "kind", "title", "task", "source", "owners", "opens", "term", "terms", "reminders", "ladder", "closes", "moves",
        "at_end", "tell_person",
    ]

    func rules(_ root: YAMLNode) -> OwedRules? {
        let keys = ["calendar", "reminder_hour", "ladders", "kinds", "yearly"]
        guard let section = Section(root, keys: keys, log) else { return nil }
        let calendar = section.optional("calendar", self.calendar) ?? WorkingCalendar()
        let hour = section.integer("reminder_hour", in: 6...20, default: 9)
        let ladders = section.optional("ladders", self.ladders) ?? []
        let yearly = section.optional("yearly", yearlyTasks) ?? []
        guard let placed = section.required("kinds", { $0.list(log, of: rule) }) else { return nil }
        log.reportRepeats("the kind", placed.map { (key: $0.value.kind.rawValue, place: $0.place) })
        checkLadders(of: section["kinds"], ladders, isWhole: ladders.count == section["ladders"]?.elements?.count ?? 0)
        // Without one of its kinds the list would be blamed for lacking it.
        guard placed.count == section["kinds"]?.elements?.count else { return nil }
        let missing = OwedKind.allCases.filter { kind in !placed.contains { $0.value.kind == kind } }
        if !missing.isEmpty {
            log.error(
                section.place(of: "kinds"),
                "there is no clock for \(missing.map(\.rawValue).joined(separator: ", "))",
                suggestion: "Every kind stands here once; copy it from the file that `meldpoort init` writes.")
        }
        return OwedRules(
            calendar: calendar, hour: hour, placed.map(\.value), ladders: ladders, yearlyTasks: yearly)
    }

    private func calendar(_ node: YAMLNode) -> WorkingCalendar? {
        guard let section = Section(node, keys: ["bevrijdingsdag", "goede_vrijdag"], log) else { return nil }
        let day = section.optional("bevrijdingsdag") {
            $0.choice(rawChoices(WorkingCalendar.LiberationDay.self), "choice for 5 May", log)
        }
        return WorkingCalendar(liberationDay: day ?? .elkJaar, hasGoodFriday: section.boolean("goede_vrijdag"))
    }

    private func rule(_ node: YAMLNode) -> Placed<OwedRule>? {
        guard let section = Section(node, keys: Self.keys, log) else { return nil }
        let kind = section.required("kind") { $0.choice(rawChoices(OwedKind.self), "kind of owed item", log) }
        let title = section.required("title", self.title)
        let task = section.text("task")
        let source = section.text("source")
        let owners = section.required("owners") { roles($0, "somebody must hear of it") }
        let openings = section.optional("opens", self.openings)
        let term = section.required("term") { self.term($0, openedBy: openings ?? []) }
        let terms = section.optional("terms") { recipientTerms($0, openedBy: openings ?? []) }
        let reminders = section.required("reminders") { self.reminders($0, beside: section["ladder"]) }
        let ladder = section.optional("ladder") { $0.identifier(log) }
        let closings = section.required("closes") { whole($0.list(log, of: closing), of: $0) }
        let moves = section.optional("moves") { whole($0.list(log, of: move), of: $0) }
        let ending = section.optional("at_end") { node in
            node.choice(OwedEnding.types.map { (name: $0.rawValue, value: $0) }, "event that a term ends with", log)
        }
        let tellsPerson = section.boolean("tell_person")
        // What could not be read is told already.
        let isRead = ["opens": openings != nil, "terms": terms != nil, "moves": moves != nil]
            .allSatisfy { $0.value || section[$0.key] == nil }
        guard let kind, let title, let task, let source, let owners, let term, let reminders, let closings, isRead
        else { return nil }
        let rule = OwedRule(
            kind: kind, title: title, task: task, source: source, owners: owners, openings: openings ?? [], term: term,
            recipientTerms: terms?.mapValues(\.term) ?? [:], recipientSources: terms?.mapValues(\.source) ?? [:],
            reminders: reminders, ladder: ladder, closings: closings, moves: moves ?? [],
            ending: ending, tellsPerson: tellsPerson)
        check(rule, section)
        return Placed(value: rule, place: section.place(of: "kind"))
    }

    // MARK: - What does not fit together

    private func check(_ rule: OwedRule, _ section: Section) {
        checkOpening(of: rule, section)
        if let ending = rule.ending {
            if !rule.closings.contains(where: { $0.trigger == .event(ending) }) {
                log.error(
                    section.place(of: "at_end"), "the event of the end does not close it",
                    suggestion: "Add {event: \(ending.rawValue), …} under closes.")
            }
            if let ladder = section["ladder"] {
                log.error(ladder.place, "what ends by itself climbs no ladder", suggestion: "Remove it.")
            }
        }
        if rule.tellsPerson, !rule.openings.contains(where: { $0.person != nil }) {
            log.error(
                section.place(of: "tell_person"), "there is no person to tell", suggestion: "Add person: under opens.")
        }
    }

    private func checkOpening(of rule: OwedRule, _ section: Section) {
        let name = rule.kind.rawValue
        if OwedKind.openedByCode.contains(rule.kind) {
            guard let opens = section["opens"] else { return }
            let who = rule.kind == .jaartaak ? "the calendar" : "mail that comes in"
            log.error(opens.place, "\(who) opens “\(name)”, and no event does", suggestion: "Remove opens.")
        } else if section["opens"] == nil {
            log.error(section.place, "the key “opens” is missing here")
        }
    }

    // MARK: - Small values

    /// One line that fits in a message about several items.
    func title(_ node: YAMLNode) -> String? {
        guard let text = node.text(log) else { return nil }
        if text.unicodeScalars.count > 120 {
            log.error(node.place, "this title is longer than 120 characters", suggestion: "Say the rest in task:.")
        }
        return text
    }

    func roles(_ node: YAMLNode, _ why: String) -> [Role]? {
        let roles = node.set(log) { $0.choice(rawChoices(Role.self), "role", log) }
        if node.elements?.isEmpty == true {
            log.error(node.place, why, suggestion: "Name at least one role.")
        }
        return whole(roles, of: node)
    }

    /// Nil when one of the elements could not be read.
    func whole<Value>(_ values: [Value]?, of node: YAMLNode) -> [Value]? {
        values?.count == node.elements?.count ? values : nil
    }
}
