// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import PrivacyRules
import Values

extension OwedReader {
    private static let triggerKeys = ["event", "arrived", "when"]

    func opening(_ node: YAMLNode) -> OwedOpening? {
        let keys = Self.triggerKeys + ["for_each_open", "person", "not_for_roles"]
        guard let section = Section(node, keys: keys, log), let trigger = trigger(section) else { return nil }
        var opening = OwedOpening(trigger)
        opening.conditions = conditions(section, trigger.type)
        opening.forEach = section.optional("for_each_open") {
            $0.choice(rawChoices(OwedKind.self), "kind of owed item", log)
        }
        opening.person = field(section, "person", of: trigger.type, \.isReference, "the identifier of a person")
        let roles = section.optional("not_for_roles") { node in
            node.set(log) { $0.choice(rawChoices(Role.self), "role", log) }
        }
        opening.notForRoles = Set(roles ?? [])
        if opening.person == nil, let roles = section["not_for_roles"] {
            log.error(roles.place, "whose roles these are is not said", suggestion: "Add person: with a field.")
        }
        if case .arrived = trigger, section["person"] != nil || section["for_each_open"] != nil {
            log.error(section.place, "what arrives opens one item, and about nobody", suggestion: "Use event:.")
        }
        return opening
    }

    func closing(_ node: YAMLNode) -> OwedClosingRule? {
        let keys = Self.triggerKeys + ["names", "recipient", "by_another", "state"]
        guard let section = Section(node, keys: keys, log), let trigger = trigger(section) else { return nil }
        var closing = OwedClosingRule(trigger)
        closing.conditions = conditions(section, trigger.type)
        closing.names = field(section, "names", of: trigger.type, \.isName, "a reference or a number")
        closing.recipient = field(section, "recipient", of: trigger.type, \.isReference, "a recipient")
        closing.byAnother = section.boolean("by_another")
        let states = rawChoices(OwedState.self).filter { $0.value != .open }
        closing.state = section.optional("state") { $0.choice(states, "state", log) } ?? .done
        if case .arrived = trigger {
            for key in ["names", "recipient", "by_another"] where section[key] != nil {
                log.error(
                    section.place(of: key), "what arrives closes the items of its own recipient, and needs no “\(key)”",
                    suggestion: "Remove it.")
            }
        }
        return closing
    }

    func term(_ node: YAMLNode, openedBy type: EventType?) -> OwedTerm? {
        let keys = ["field", "days", "working_days", "months", "years", "until_birthday"]
        guard let section = Section(node, keys: keys, log) else { return nil }
        let field = type.flatMap { self.field(section, "field", of: $0, \.isDate, "a date") }
        if type == nil, let field = section["field"] {
            log.error(field.place, "no event opens this, so there is no field", suggestion: "Remove it.")
        }
        let lengths: [OwedTerm.Length?] = [
            number(section, "days", 1...3_650).map { .days($0) },
            number(section, "working_days", 1...250).map { .workingDays($0) },
            number(section, "months", 1...120).map { .months($0) },
            number(section, "years", 1...30).map { .years($0) },
            number(section, "until_birthday", 1...30).map { .birthday($0) },
        ]
        let found = lengths.compactMap { $0 }
        // A field may be left out, and a birth date may be unknown.
        guard keys[1...4].contains(where: { section[$0] != nil }) else {
            log.error(
                section.place, "a term needs a length of its own",
                suggestion: "Add days, working_days, months or years.")
            return nil
        }
        return OwedTerm(field: field, found)
    }

    func reminders(_ node: YAMLNode) -> OwedReminders? {
        let keys = [
            "at_once", "before_days", "before_working_days", "after_days", "after_working_days", "every_working_days",
        ]
        guard let section = Section(node, keys: keys, log) else { return nil }
        let before =
            numbers(section, "before_days", 1...365).map { OwedReminders.Offset.days(-$0) }
            + numbers(section, "before_working_days", 1...100).map { .workingDays(-$0) }
        let after =
            numbers(section, "after_days", 0...365).map { OwedReminders.Offset.days($0) }
            + numbers(section, "after_working_days", 0...100).map { .workingDays($0) }
        return OwedReminders(
            atOnce: section.boolean("at_once"), before + after,
            everyWorkingDays: number(section, "every_working_days", 1...100))
    }

    // MARK: - Parts

    private func trigger(_ section: Section) -> OwedTrigger? {
        let type = { (node: YAMLNode) in node.choice(rawChoices(EventType.self), "event type", log) }
        switch (section["event"], section["arrived"]) {
        case (let event?, nil): return type(event).map { .event($0) }
        case (nil, let arrived?): return type(arrived).map { .arrived($0) }
        default:
            log.error(
                section.place, "either an event or something that arrived",
                suggestion: "Write event: with a type, or arrived: with a type.")
            return nil
        }
    }

    /// Fields with a fixed list of words, and words of that list.
    private func conditions(_ section: Section, _ type: EventType) -> [OwedCondition] {
        guard let node = section["when"] else { return [] }
        let choices: [String: [String]] = Dictionary(
            type.schema.fields.compactMap { field in
                if case .choice(let words) = field.shape { (field.name, words) } else { nil }
            }, uniquingKeysWith: { first, _ in first })
        guard let when = Section(node, keys: choices.keys.sorted(), log) else { return [] }
        return choices.sorted { $0.key < $1.key }.compactMap { name, words in
            guard let node = when[name] else { return nil }
            let named = node.set(log) { $0.choice(words.map { (name: $0, value: $0) }, "word for \(name)", log) } ?? []
            return OwedCondition(field: name, words: named)
        }
    }

    private func field(
        _ section: Section, _ key: String, of type: EventType, _ fits: (Shape) -> Bool, _ what: String
    ) -> String? {
        section.optional(key) { node in
            let fields = type.schema.fields
            guard
                let name = node.choice(fields.map { (name: $0.name, value: $0.name) }, "field of \(type.rawValue)", log)
            else { return nil }
            guard fields.contains(where: { $0.name == name && fits($0.shape) }) else {
                log.error(node.place, "“\(name)” does not hold \(what)")
                return nil
            }
            return name
        }
    }

    private func number(_ section: Section, _ key: String, _ range: ClosedRange<Int>) -> Int? {
        section.optional(key) { $0.integer(in: range, log) }
    }

    private func numbers(_ section: Section, _ key: String, _ range: ClosedRange<Int>) -> [Int] {
        section.optional(key) { node in node.set(log) { $0.integer(in: range, log) } } ?? []
    }
}

extension Shape {
    fileprivate var isReference: Bool {
        if case .reference = self { true } else { false }
    }

    fileprivate var isDate: Bool {
        if case .date = self { true } else { false }
    }

    fileprivate var isName: Bool {
        switch self {
        case .reference, .line, .integer: true
        default: false
        }
    }
}
