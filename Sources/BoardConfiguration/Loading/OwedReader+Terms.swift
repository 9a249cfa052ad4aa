// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import Values

/// Terms, those of single recipients too, and reminders.
extension OwedReader {
    private static let termKeys = ["field", "days", "working_days", "months", "years", "until_birthday"]

    func term(_ node: YAMLNode, openedBy openings: [OwedOpening]) -> OwedTerm? {
        Section(node, keys: Self.termKeys, log).flatMap { term($0, openedBy: openings) }
    }

    /// `terms:` — terms that hold for some recipients instead, such as one region of Veilig Thuis.
    func recipientTerms(
        _ node: YAMLNode, openedBy openings: [OwedOpening]
    ) -> [String: (term: OwedTerm, source: String)]? {
        var named: [(key: String, place: SourcePlace)] = []
        let terms = node.list(log) { node -> [(id: String, term: OwedTerm, source: String)]? in
            guard let section = Section(node, keys: ["recipients", "source"] + Self.termKeys, log) else { return nil }
            let source = section.text("source")
            let ids = section.required("recipients") { list in
                if list.elements?.isEmpty == true { log.error(list.place, "this term is for nobody") }
                return whole(
                    list.list(log) { node in
                        recipient(node).map { id in
                            named.append((key: id, place: node.place))
                            return id
                        }
                    }, of: list)
            }
            let term = term(section, openedBy: openings)
            guard let source, let ids, let term else { return nil }
            return ids.map { (id: $0, term: term, source: source) }
        }
        log.reportRepeats("a term for the recipient", named)
        return whole(terms, of: node).map {
            Dictionary(
                $0.joined().map { ($0.id, (term: $0.term, source: $0.source)) }, uniquingKeysWith: { first, _ in first }
            )
        }
    }

    private func recipient(_ node: YAMLNode) -> String? {
        guard let id = node.identifier(log) else { return nil }
        guard let recipients, !recipients.contains(id) else { return id }
        log.error(
            node.place, "there is no recipient “\(id)”",
            suggestion: recipients.isEmpty ? "Add it under recipients." : Hint.choice(for: id, among: recipients))
        return nil
    }

    private func term(_ section: Section, openedBy openings: [OwedOpening]) -> OwedTerm? {
        let field = section.optional("field") { dateField($0, openings) }
        let lengths: [OwedTerm.Length?] = [
            number(section, "days", 1...3_650).map { .days($0) },
            number(section, "working_days", 1...250).map { .workingDays($0) },
            number(section, "months", 1...120).map { .months($0) },
            number(section, "years", 1...30).map { .years($0) },
            number(section, "until_birthday", 1...30).map { .birthday($0) },
        ]
        // A field may be left out, and a birth date may be unknown.
        guard Self.termKeys[1...4].contains(where: { section[$0] != nil }) else {
            log.error(
                section.place, "a term needs a length of its own",
                suggestion: "Add days, working_days, months or years.")
            return nil
        }
        return OwedTerm(field: field, lengths.compactMap { $0 })
    }

    /// A field that every event that opens the item has, so that it means the same whatever opened it.
    private func dateField(_ node: YAMLNode, _ openings: [OwedOpening]) -> String? {
        guard let first = openings.first?.trigger.type else {
            log.error(node.place, "no event opens this, so there is no field", suggestion: "Remove it.")
            return nil
        }
        guard let name = fieldName(node, of: first, \.isDate, "a date") else { return nil }
        for type in Set(openings.map(\.trigger.type)).sorted(by: { $0.rawValue < $1.rawValue }) where type != first {
            guard !type.schema.fields.contains(where: { $0.name == name && $0.shape.isDate }) else { continue }
            log.error(
                node.place, "\(type.rawValue) opens this too, and has no date “\(name)”",
                suggestion: "Leave field out, or leave that opening out.")
            return nil
        }
        return name
    }

    /// - Parameter ladder: What stands under `ladder:`, if anything: it reminds after the end of the term.
    func reminders(_ node: YAMLNode, beside ladder: YAMLNode?) -> OwedReminders? {
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
        let every = number(section, "every_working_days", 1...100)
        if ladder != nil {
            for key in ["after_days", "after_working_days", "every_working_days"] {
                guard let node = section[key],
                    key == keys[5] || numbers(section, key, 0...365).contains(where: { $0 > 0 })
                else { continue }
                log.error(
                    node.place, "after the end of the term the ladder reminds, and so would this",
                    suggestion: "Remove it, or remove ladder:. Only 0, the last day itself, can stand beside one.")
            }
        }
        return OwedReminders(atOnce: section.boolean("at_once"), before + after, everyWorkingDays: every)
    }

    func number(_ section: Section, _ key: String, _ range: ClosedRange<Int>) -> Int? {
        section.optional(key) { $0.integer(in: range, log) }
    }

    private func numbers(_ section: Section, _ key: String, _ range: ClosedRange<Int>) -> [Int] {
        section.optional(key) { node in node.set(log) { $0.integer(in: range, log) } } ?? []
    }
}
