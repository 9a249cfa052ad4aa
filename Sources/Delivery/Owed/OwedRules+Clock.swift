// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Values

/// What is due for one item when its clock is looked at.
public enum OwedDue: Sendable, Hashable {
    /// Looked too early, or for nothing.
    case nothing(next: Timestamp?)
    /// The owners are reminded. Reminders that were missed, because the gateway stood still, are one.
    case remind(next: Timestamp?)
    /// Its term is over and the gateway journals that it ended.
    case ends
    /// It was closed, and somebody hears of that.
    case tell
}

extension OwedRules {
    /// When the clock of an item is looked at first.
    func firstLook(_ rule: OwedRule, dueOn: CalendarDate, openedAt: Timestamp) -> Timestamp? {
        let isLate = rule.ending == nil && dueOn < openedAt.calendarDateInAmsterdam
        guard !rule.reminders.atOnce, !isLate else { return openedAt }
        return nextLook(rule, dueOn: dueOn, after: openedAt)
    }

    /// What is due for an item at a moment: always the same for the same item and moment.
    public func due(_ item: StoredOwedItem, at now: Timestamp) -> OwedDue {
        guard let expected = item.nextAt, let rule = self[item.kind] else { return .nothing(next: nil) }
        guard expected <= now else { return .nothing(next: expected) }
        guard item.state == .open else { return .tell }
        if rule.ending != nil, item.dueOn.startInAmsterdam <= now { return .ends }
        return .remind(next: nextLook(rule, dueOn: item.dueOn, after: now))
    }

    private func nextLook(_ rule: OwedRule, dueOn: CalendarDate, after now: Timestamp) -> Timestamp? {
        let reminder = rule.reminders.next(after: now, dueOn: dueOn, calendar, hour: hour)
        guard rule.ending != nil else { return reminder }
        let end = dueOn.startInAmsterdam
        return reminder.map { min($0, end) } ?? end
    }
}

/// The event that the gateway journals when a term ends by itself.
public enum OwedEnding {
    /// The `source` of the gateway's own events.
    public static let source = "urn:meldpoort:verplichtingen"

    /// The types that a term can end with.
    public static let types: Set<EventType> = [.verwijsindexregistratieBeeindigd]

    /// The end of an item: always the same event for the same item, so that it is journalled once however often it is tried.
    /// - Parameter opening: The event that opened it.
    public static func event(of item: StoredOwedItem, opened opening: CaseEvent) throws(EventProblems) -> CaseEvent {
        try CaseEvent(
            id: "verplichting-\(item.id)-einde", source: source, type: .verwijsindexregistratieBeeindigd,
            time: item.dueOn.startInAmsterdam,
            data: [
                "zaak": .string(opening.zaak), "school": .string(opening.school.description),
                "van": .string(item.recipientID ?? ""), "datum": .string(item.dueOn.description),
                "reden": .string(reason(item, opening)),
            ])
    }

    /// Jeugdwet 7.1.4.5(2).
    private static func reason(_ item: StoredOwedItem, _ opening: CaseEvent) -> String {
        let birth = opening.data["leerling"]?["geboortedatum"]?.string.flatMap { CalendarDate($0) }
        return birth?.birthday(turning: 23) == item.dueOn ? "drieentwintigsteVerjaardag" : "tweeJaarVoorbij"
    }
}
