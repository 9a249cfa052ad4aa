// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import PrivacyRules
import Values

/// Reads `calendar:`, `reminder_hour:` and `kinds:`.
struct OwedReader {
    let log: ProblemLog

    private static let keys = [
        "kind", "title", "task", "source", "owners", "opens", "term", "reminders", "closes", "at_end", "tell_person",
    ]

    func rules(_ root: YAMLNode) -> OwedRules? {
        guard let section = Section(root, keys: ["calendar", "reminder_hour", "kinds"], log) else { return nil }
        let calendar = section.optional("calendar", self.calendar) ?? WorkingCalendar()
        let hour = section.integer("reminder_hour", in: 6...20, default: 9)
        guard let placed = section.required("kinds", { $0.list(log, of: rule) }) else { return nil }
        log.reportRepeats("the kind", placed.map { (key: $0.value.kind.rawValue, place: $0.place) })
        // Without one of its kinds the list would be blamed for lacking it.
        guard placed.count == section["kinds"]?.elements?.count else { return nil }
        let missing = OwedKind.allCases.filter { kind in !placed.contains { $0.value.kind == kind } }
        if !missing.isEmpty {
            log.error(
                section.place(of: "kinds"),
                "there is no clock for \(missing.map(\.rawValue).joined(separator: ", "))",
                suggestion: "Every kind stands here once; copy it from the file that `meldpoort init` writes.")
        }
        return OwedRules(calendar: calendar, hour: hour, placed.map(\.value))
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
        let title = section.text("title")
        let task = section.text("task")
        let source = section.text("source")
        let owners = section.required("owners") { node in
            node.set(log) { $0.choice(rawChoices(Role.self), "role", log) }
        }
        if owners?.isEmpty == true, node["owners"]?.elements?.isEmpty == true {
            log.error(section.place(of: "owners"), "somebody must hear of it", suggestion: "Name at least one role.")
        }
        let opening = section.optional("opens", self.opening)
        let term = section.required("term") { self.term($0, openedBy: opening?.trigger.type) }
        let reminders = section.required("reminders", self.reminders)
        let closings = section.required("closes") { $0.list(log, of: closing) }
        let ending = section.optional("at_end") { node in
            node.choice(OwedEnding.types.map { (name: $0.rawValue, value: $0) }, "event that a term ends with", log)
        }
        let tellsPerson = section.boolean("tell_person")
        guard let kind, let title, let task, let source, let owners, let term, let reminders, let closings,
            // What could not be read is told already.
            closings.count == node["closes"]?.elements?.count, section["opens"] == nil || opening != nil
        else { return nil }
        checkOpening(of: kind, opening, section)
        checkEnding(ending, closings, section)
        if tellsPerson, opening?.person == nil {
            log.error(
                section.place(of: "tell_person"), "there is no person to tell", suggestion: "Add person: under opens.")
        }
        return Placed(
            value: OwedRule(
                kind: kind, title: title, task: task, source: source, owners: owners, opening: opening, term: term,
                reminders: reminders, closings: closings, ending: ending, tellsPerson: tellsPerson),
            place: section.place(of: "kind"))
    }

    private func checkOpening(of kind: OwedKind, _ opening: OwedOpening?, _ section: Section) {
        if kind == .postBeoordelen, opening != nil {
            log.error(
                section.place(of: "opens"), "mail that comes in opens “\(kind.rawValue)”, and no event does",
                suggestion: "Remove opens.")
        } else if kind != .postBeoordelen, opening == nil, section["opens"] == nil {
            log.error(section.place, "the key “opens” is missing here")
        }
    }

    private func checkEnding(_ ending: EventType?, _ closings: [OwedClosingRule], _ section: Section) {
        guard let ending, !closings.contains(where: { $0.trigger == .event(ending) }) else { return }
        log.error(
            section.place(of: "at_end"), "the event of the end does not close it",
            suggestion: "Add {event: \(ending.rawValue), …} under closes.")
    }
}
