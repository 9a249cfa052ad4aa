// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import Disclosures
import PrivacyRules
import Values

/// What opens, closes and moves an item.
extension OwedReader {
    private static let triggerKeys = ["event", "arrived", "when", "unless"]

    /// One opening, or a list of them. Nil when one of them could not be read.
    func openings(_ node: YAMLNode) -> [OwedOpening]? {
        guard let elements = node.elements else { return opening(node).map { [$0] } }
        if elements.isEmpty {
            log.error(node.place, "nothing opens it", suggestion: "Name an event, or something that arrived.")
        }
        return whole(node.list(log, of: opening), of: node)
    }

    private func opening(_ node: YAMLNode) -> OwedOpening? {
        let keys =
            Self.triggerKeys + [
                "needs", "lacks", "unless_after", "unless_had", "once", "recipient", "recipient_kinds", "for_each_open",
                "person", "not_for_roles",
            ]
        guard let section = Section(node, keys: keys, log), let trigger = trigger(section) else { return nil }
        var opening = OwedOpening(trigger)
        opening.conditions = conditions(section, trigger.type)
        opening.needs = field(section, "needs", of: trigger.type, { _ in true }, "anything")
        opening.lacks = field(section, "lacks", of: trigger.type, { _ in true }, "anything")
        readRecipient(of: &opening, section)
        opening.forEach = section.optional("for_each_open") { owedKind($0) }
        readLimits(of: &opening, section)
        opening.person = field(section, "person", of: trigger.type, \.isReference, "the identifier of a person")
        opening.notForRoles = Set(section.optional("not_for_roles") { roles($0, "this list says nothing") } ?? [])
        if opening.person == nil, let roles = section["not_for_roles"] {
            log.error(roles.place, "whose roles these are is not said", suggestion: "Add person: with a field.")
        }
        if case .arrived = trigger, section["person"] != nil || section["for_each_open"] != nil {
            log.error(section.place, "what arrives opens one item, and about nobody", suggestion: "Use event:.")
        }
        return opening
    }

    /// What the case must not hold already.
    private func readLimits(of opening: inout OwedOpening, _ section: Section) {
        let types = section.optional("unless_after") { node in node.set(log) { self.eventType($0) } }
        opening.unlessAfter = Set(types ?? [])
        let kinds = section.optional("unless_had") { node in node.set(log) { self.owedKind($0) } }
        opening.unlessHad = Set(kinds ?? [])
        opening.once = section.boolean("once")
        if section["for_each_open"] != nil {
            refuse(
                ["unless_after", "unless_had", "once"], of: section,
                "one for each open item opens with that item, once")
        }
    }

    private func owedKind(_ node: YAMLNode) -> OwedKind? {
        node.choice(rawChoices(OwedKind.self), "kind of owed item", log)
    }

    private func readRecipient(of opening: inout OwedOpening, _ section: Section) {
        let type = opening.trigger.type
        if case .arrived = opening.trigger {
            refuse(["recipient"], of: section, "what arrives has its own recipient")
        } else if let field = field(section, "recipient", of: type, \.isReference, "a recipient") {
            opening.recipient = field
        }
        guard let node = section["recipient_kinds"] else { return }
        opening.recipientKinds = recipientKinds(node, "opens")
        if case .event = opening.trigger, section["recipient"] == nil,
            !type.schema.fields.contains(where: { $0.name == opening.recipient && $0.shape.isReference })
        {
            log.error(
                node.place, "\(type.rawValue) has no field “\(opening.recipient)” that names a recipient",
                suggestion: "Add recipient: with the field that does.")
        }
    }

    private func recipientKinds(_ node: YAMLNode, _ verb: String) -> Set<RecipientKind>? {
        if node.elements?.isEmpty == true {
            log.error(node.place, "this \(verb) for no recipient at all", suggestion: "Leave it out for all of them.")
        }
        return node.set(log) { $0.choice(RecipientKind.choices, "kind of recipient", log) }.map { Set($0) }
    }

    func closing(_ node: YAMLNode) -> OwedClosingRule? {
        let keys = Self.triggerKeys + ["lacks", "names", "recipient", "recipient_kinds", "by_another", "state"]
        guard let section = Section(node, keys: keys, log), let trigger = trigger(section) else { return nil }
        var closing = OwedClosingRule(trigger)
        closing.conditions = conditions(section, trigger.type)
        closing.lacks = field(section, "lacks", of: trigger.type, { _ in true }, "anything")
        closing.names = field(section, "names", of: trigger.type, \.isName, "a reference or a number")
        closing.recipient = field(section, "recipient", of: trigger.type, \.isReference, "a recipient")
        closing.recipientKinds = section.optional("recipient_kinds") { recipientKinds($0, "closes") }
        if closing.recipient == nil, case .event = trigger, let kinds = section["recipient_kinds"] {
            log.error(kinds.place, "whose kinds these are is not said", suggestion: "Add recipient: with a field.")
        }
        closing.byAnother = section.boolean("by_another")
        let states = rawChoices(OwedState.self).filter { $0.value != .open }
        closing.state = section.optional("state") { $0.choice(states, "state", log) } ?? .done
        if case .arrived = trigger {
            refuse(
                ["names", "recipient", "recipient_kinds", "by_another"], of: section,
                "what arrives closes the items of its own recipient")
        }
        return closing
    }

    func move(_ node: YAMLNode) -> OwedMoveRule? {
        guard let section = Section(node, keys: ["event", "when", "unless", "recipient", "to"], log) else { return nil }
        let type = section.required("event", eventType)
        guard let type else { return nil }
        let to = section.required("to") { fieldName($0, of: type, \.isDate, "a date") }
        let recipient = field(section, "recipient", of: type, \.isReference, "a recipient")
        let conditions = conditions(section, type)
        guard let to else { return nil }
        var move = OwedMoveRule(type, to: to)
        move.conditions = conditions
        move.recipient = recipient
        return move
    }

    // MARK: - Parts

    private func eventType(_ node: YAMLNode) -> EventType? {
        node.choice(rawChoices(EventType.self), "event type", log)
    }

    private func trigger(_ section: Section) -> OwedTrigger? {
        switch (section["event"], section["arrived"]) {
        case (let event?, nil): return eventType(event).map { .event($0) }
        case (nil, let arrived?): return eventType(arrived).map { .arrived($0) }
        default:
            log.error(
                section.place, "either an event or something that arrived",
                suggestion: "Write event: with a type, or arrived: with a type.")
            return nil
        }
    }

    private func refuse(_ keys: [String], of section: Section, _ why: String) {
        for key in keys where section[key] != nil {
            log.error(section.place(of: key), "\(why), and needs no “\(key)”", suggestion: "Remove it.")
        }
    }

    /// Fields with a fixed list of words, and words of that list; `true` or `false` for fields that are one of them.
    private func conditions(_ section: Section, _ type: EventType) -> [OwedCondition] {
        ["when", "unless"].flatMap { key in
            section.optional(key) { conditions($0, type, isExcluding: key == "unless") } ?? []
        }
    }

    private func conditions(_ node: YAMLNode, _ type: EventType, isExcluding: Bool) -> [OwedCondition] {
        let choices: [String: [String]] = Dictionary(
            type.schema.fields.compactMap { field in field.shape.words.map { (field.name, $0) } },
            uniquingKeysWith: { first, _ in first })
        guard let section = Section(node, keys: choices.keys.sorted(), log) else { return [] }
        return choices.sorted { $0.key < $1.key }.compactMap { name, words in
            guard let node = section[name] else { return nil }
            let word = { (node: YAMLNode) in
                node.choice(words.map { (name: $0, value: $0) }, "word for \(name)", self.log)
            }
            let named = node.elements == nil ? word(node).map { [$0] } : node.set(log, of: word)
            return OwedCondition(field: name, words: named ?? [], isExcluding: isExcluding)
        }
    }

    private func field(
        _ section: Section, _ key: String, of type: EventType, _ fits: (Shape) -> Bool, _ what: String
    ) -> String? {
        section.optional(key) { fieldName($0, of: type, fits, what) }
    }

    func fieldName(_ node: YAMLNode, of type: EventType, _ fits: (Shape) -> Bool, _ what: String) -> String? {
        let fields = type.schema.fields
        guard let name = node.choice(fields.map { (name: $0.name, value: $0.name) }, "field of \(type.rawValue)", log)
        else { return nil }
        guard fields.contains(where: { $0.name == name && fits($0.shape) }) else {
            log.error(node.place, "“\(name)” does not hold \(what)")
            return nil
        }
        return name
    }
}

extension Shape {
    fileprivate var isReference: Bool {
        if case .reference = self { true } else { false }
    }

    var isDate: Bool {
        if case .date = self { true } else { false }
    }

    fileprivate var isName: Bool {
        switch self {
        case .reference, .line, .integer: true
        default: false
        }
    }

    /// What a condition can ask for; nil where it cannot.
    fileprivate var words: [String]? {
        switch self {
        case .choice(let words): words
        case .boolean: ["true", "false"]
        default: nil
        }
    }
}
