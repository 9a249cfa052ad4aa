// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Disclosures
public import PrivacyRules
public import Values

/// The clocks of what is owed, as configured: what an event opens and closes, and what is due when. Pure.
public struct OwedRules: Sendable, Hashable {
    public let calendar: WorkingCalendar
    /// On the clock in the Netherlands: when people hear of what is due that day.
    public let hour: Int
    private let rules: [OwedKind: OwedRule]
    /// By name.
    public let ladders: [String: OwedLadder]
    /// The tasks of every year, in the order of the configuration.
    public let yearlyTasks: [YearlyTask]

    /// - Parameters:
    ///   - rules: At most one of each kind.
    ///   - ladders: Of different names.
    public init(
        calendar: WorkingCalendar, hour: Int, _ rules: [OwedRule], ladders: [OwedLadder] = [],
        yearlyTasks: [YearlyTask] = []
    ) {
        self.calendar = calendar
        self.hour = hour
        self.ladders = Dictionary(ladders.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.yearlyTasks = yearlyTasks
        self.rules = Dictionary(rules.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Nothing is owed.
    public static let none = OwedRules(calendar: WorkingCalendar(), hour: 9, [])

    public subscript(kind: OwedKind) -> OwedRule? { rules[kind] }

    /// In the order of `OwedKind`.
    public var all: [OwedRule] { OwedKind.allCases.compactMap { rules[$0] } }

    // MARK: - Events

    /// What an event does when it is journalled. Closes before it opens, so that it never closes its own.
    /// - Parameters:
    ///   - submitter: The person who brings it in, if one does.
    ///   - roles: Those of a person at the school of the event on that day; nil for somebody whom the persons file does not know.
    ///   - kinds: What kind of recipient an identifier of the configuration stands for.
    public func steps(
        for event: CaseEvent, submitter: String?, at now: Timestamp, roles: (String) -> Set<Role>?,
        kinds: (String) -> RecipientKind? = { _ in nil }
    ) -> [OwedStep] {
        let actor = submitter ?? event.data["indiener"]?.string ?? event.data["uitgevoerdDoor"]?.string
        let closes = all.flatMap { rule in
            rule.closings.filter { $0.trigger == .event(event.type) }.compactMap { closing in
                close(rule, closing, event, actor: actor, at: now, kinds: kinds)
            }
        }
        let moves = all.flatMap { rule in
            rule.moves.filter { $0.type == event.type }.compactMap { move(rule, $0, event, actor: actor, at: now) }
        }
        let opens = all.flatMap { rule in
            rule.openings.compactMap { opening in
                open(rule, opening, event, submitter: submitter, at: now, roles: roles, kinds: kinds)
            }
        }
        return corrections(event, actor: actor, at: now) + closes.map(OwedStep.close) + moves.map(OwedStep.move)
            + decisions(event, actor: actor, at: now) + opens.map(OwedStep.open)
    }

    /// What it does that a delivery reached its recipient.
    /// - Parameters:
    ///   - delivery: Of this event.
    ///   - arrivedAt: When it really did: the term runs from there.
    ///   - kind: Of the recipient.
    public func steps(
        arrived event: CaseEvent, recipientID: String, kind: RecipientKind?, delivery: DeliveryID,
        arrivedAt: Timestamp, at now: Timestamp
    ) -> [OwedStep] {
        let place = OwedPlace.delivery(.existing(delivery))
        let trigger = OwedTrigger.arrived(event.type)
        var steps: [OwedStep] = []
        for rule in all {
            for closing in rule.closings where closing.trigger == trigger && closes(closing, event) {
                var close = OwedClosing(rule.kind, place, state: closing.state, at: now)
                close.recipientID = recipientID
                close.tells = tells(rule, closing.state)
                steps.append(.close(close))
            }
        }
        for rule in all {
            for opening in rule.openings where opening.trigger == trigger {
                guard opens(opening, event), fits(opening.recipientKinds, kind) else { continue }
                let from = min(arrivedAt, now)
                var item = newItem(
                    rule, place, from: from.calendarDateInAmsterdam, event, recipientID, since: from, at: now)
                item.subject = delivery
                limit(&item, opening)
                steps.append(.open(item))
            }
        }
        return steps
    }

    /// Opens an item that no event opens by itself; nil when the configuration has no such kind.
    /// - Parameter subject: The number of what it is about.
    public func opening(
        _ kind: OwedKind, _ place: OwedPlace, subject: Int64?, recipientID: String? = nil, at now: Timestamp
    ) -> OwedStep? {
        guard let rule = rules[kind] else { return nil }
        var item = newItem(rule, place, from: now.calendarDateInAmsterdam, nil, recipientID, since: now, at: now)
        item.subject = subject
        return .open(item)
    }

    private func close(
        _ rule: OwedRule, _ closing: OwedClosingRule, _ event: CaseEvent, actor: String?, at now: Timestamp,
        kinds: (String) -> RecipientKind?
    ) -> OwedClosing? {
        guard closes(closing, event),
            fits(closing.recipientKinds, closing.recipient.flatMap { event.data[$0]?.string }.flatMap(kinds))
        else { return nil }
        var close = OwedClosing(rule.kind, .event, state: closing.state, at: now)
        if let field = closing.names {
            // An event that does not say which one it means closes none.
            close.name = event.data[field]?.string
            close.subject = event.data[field]?.integer.map(Int64.init)
            guard close.name != nil || close.subject != nil else { return nil }
        }
        if let field = closing.recipient { close.recipientID = event.data[field]?.string }
        if closing.byAnother { close.actor = .some(actor) }
        close.tells = tells(rule, closing.state)
        return close
    }

    private func open(
        _ rule: OwedRule, _ opening: OwedOpening, _ event: CaseEvent, submitter: String?, at now: Timestamp,
        roles: (String) -> Set<Role>?, kinds: (String) -> RecipientKind?
    ) -> NewOwedItem? {
        guard opening.trigger == .event(event.type), opens(opening, event) else { return nil }
        let recipientID = event.data[opening.recipient]?.string
        guard fits(opening.recipientKinds, recipientID.flatMap(kinds)) else { return nil }
        let received = now.calendarDateInAmsterdam
        let from = min(Self.day(of: event) ?? received, received)
        var item = newItem(
            rule, .event, from: from, event, recipientID, since: from == received ? now : from.startInAmsterdam,
            at: now)
        item.names = [event.id] + (event.data["kenmerk"]?.string.map { [$0] } ?? [])
        item.forEach = opening.forEach
        limit(&item, opening)
        guard let field = opening.person else { return item }
        guard let person = event.data[field]?.string ?? submitter else { return nil }
        // What an unknown system calls somebody may be anything, a name too: it is not kept, and nobody could be reached by it.
        guard let held = roles(person) else { return item }
        guard held.isDisjoint(with: opening.notForRoles) else { return nil }
        item.personID = person
        return item
    }

    /// The day on which it happened, as the event says: a term runs from there.
    private static func day(of event: CaseEvent) -> CalendarDate? {
        event.data["datum"]?.string.flatMap { CalendarDate($0) }
            ?? event.data["tijdstip"]?.string.flatMap { Timestamp($0) }?.calendarDateInAmsterdam
    }

    private func opens(_ opening: OwedOpening, _ event: CaseEvent) -> Bool {
        holds(opening.conditions, event) && (opening.needs.map { event.data[$0] != nil } ?? true)
            && (opening.lacks.map { event.data[$0] == nil } ?? true)
    }

    private func closes(_ closing: OwedClosingRule, _ event: CaseEvent) -> Bool {
        holds(closing.conditions, event) && (closing.lacks.map { event.data[$0] == nil } ?? true)
    }

    private func fits(_ kinds: Set<RecipientKind>?, _ kind: RecipientKind?) -> Bool {
        kinds.map { kinds in kind.map { kinds.contains($0) } ?? false } ?? true
    }

    /// What only the store can see, within the commit: what the case holds by then.
    private func limit(_ item: inout NewOwedItem, _ opening: OwedOpening) {
        item.unlessAfter = Set(opening.unlessAfter.map(\.rawValue))
        item.unlessHad = opening.unlessHad
        item.isOnce = opening.once
    }

    private func newItem(
        _ rule: OwedRule, _ place: OwedPlace, from: CalendarDate, _ event: CaseEvent?, _ recipientID: String?,
        since: Timestamp, at now: Timestamp
    ) -> NewOwedItem {
        let term = recipientID.flatMap { rule.recipientTerms[$0] } ?? rule.term
        let dueOn = term.end(from: from, of: event, in: calendar)
        var item = NewOwedItem(
            rule.kind, place, since: since, dueOn: dueOn, nextAt: firstLook(rule, dueOn: dueOn, openedAt: now))
        item.recipientID = recipientID
        return item
    }

    private func holds(_ conditions: [OwedCondition], _ event: CaseEvent) -> Bool {
        conditions.allSatisfy { $0.holds(for: event) }
    }

    /// Owners hear that something lapsed; the person of an item that it is done, where the kind says so.
    private func tells(_ rule: OwedRule, _ state: OwedState) -> Bool {
        state == .lapsed || (rule.tellsPerson && state == .done)
    }
}
