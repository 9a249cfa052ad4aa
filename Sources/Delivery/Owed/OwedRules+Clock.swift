// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Values

/// What is due for one item when its clock is looked at.
public enum OwedDue: Sendable, Hashable {
    /// Looked too early, or for nothing.
    case nothing(next: Timestamp?)
    /// The owners are reminded. Reminders that were missed, because the gateway stood still, are one.
    case remind(next: Timestamp?)
    /// The next rung of its ladder is taken.
    case climb(OwedRung, next: Timestamp?)
    /// Its term is over and the gateway journals that it ended.
    case ends
    /// It was closed, and somebody hears of that.
    case tell
}

/// As much of an item as its clock needs.
struct OwedClockState {
    let dueOn: CalendarDate
    var rungs = 0
    var rungAt: Timestamp?
}

extension OwedRules {
    /// When the clock of an item is looked at first.
    func firstLook(_ rule: OwedRule, dueOn: CalendarDate, openedAt: Timestamp) -> Timestamp? {
        let isLate = rule.ending == nil && dueOn < openedAt.calendarDateInAmsterdam
        guard !rule.reminders.atOnce, !isLate else { return openedAt }
        return nextLook(rule, OwedClockState(dueOn: dueOn), after: openedAt)
    }

    /// What is due for an item at a moment: always the same for the same item and moment.
    public func due(_ item: StoredOwedItem, at now: Timestamp) -> OwedDue {
        guard let expected = item.nextAt, let rule = self[item.kind] else { return .nothing(next: nil) }
        guard expected <= now else { return .nothing(next: expected) }
        guard item.state == .open else { return .tell }
        if rule.ending != nil, item.dueOn.startInAmsterdam <= now { return .ends }
        if let until = item.pausedUntil, until > now { return .nothing(next: until) }
        guard let ladder = ladder(of: rule) else {
            return .remind(next: nextLook(rule, OwedClockState(dueOn: item.dueOn), after: now))
        }
        return due(item, rule, ladder, expected: expected, at: now)
    }

    private func due(
        _ item: StoredOwedItem, _ rule: OwedRule, _ ladder: OwedLadder, expected: Timestamp, at now: Timestamp
    ) -> OwedDue {
        var state = OwedClockState(dueOn: item.dueOn, rungs: item.rungs, rungAt: item.rungAt)
        if let time = rungTime(ladder, state), time <= now, let rung = ladder.rung(after: item.rungs) {
            let today = now.calendarDateInAmsterdam
            // What came due while the gateway stood still waits for a day on which people work.
            guard calendar.isWorkingDay(today) else {
                return .nothing(next: calendar.workingDay(onOrAfter: today).inAmsterdam(hour: hour))
            }
            state.rungs += 1
            state.rungAt = now
            return .climb(rung, next: nextLook(rule, state, after: now))
        }
        let next = nextLook(rule, state, after: now)
        let isFirst = rule.reminders.atOnce && item.reminders == 0 && item.rungs == 0
        let missed = rule.reminders.next(
            after: expected.adding(milliseconds: -1), dueOn: item.dueOn, calendar, hour: hour)
        return isFirst || (missed.map { $0 <= now } ?? false) ? .remind(next: next) : .nothing(next: next)
    }

    /// The next of reminder, rung and end after a moment. A rung that came due already is looked at anew at once.
    private func nextLook(_ rule: OwedRule, _ state: OwedClockState, after now: Timestamp) -> Timestamp? {
        var next = rule.reminders.next(after: now, dueOn: state.dueOn, calendar, hour: hour)
        if let ladder = ladder(of: rule), let rung = rungTime(ladder, state) {
            next = min(next ?? .latest, max(rung, now.adding(milliseconds: 1)))
        }
        guard rule.ending != nil else { return next }
        let end = state.dueOn.startInAmsterdam
        return next.map { min($0, end) } ?? end
    }

    /// When the next rung is due: counted from the last day of the term, or from when the rung before it was really taken.
    private func rungTime(_ ladder: OwedLadder, _ state: OwedClockState) -> Timestamp? {
        let from = state.rungs == 0 ? state.dueOn : state.rungAt?.calendarDateInAmsterdam ?? state.dueOn
        return ladder.day(after: state.rungs, from: from, calendar)?.inAmsterdam(hour: hour)
    }

    /// What ends by itself climbs nothing.
    func ladder(of rule: OwedRule) -> OwedLadder? {
        rule.ending == nil ? rule.ladder.flatMap { ladders[$0] } : nil
    }

    /// The rung that comes next for an open item, and when: for who looks at the list.
    public func nextRung(of item: StoredOwedItem) -> (rung: OwedRung, at: Timestamp)? {
        guard item.state == .open, let rule = self[item.kind], let ladder = ladder(of: rule),
            let rung = ladder.rung(after: item.rungs),
            let time = rungTime(
                ladder, OwedClockState(dueOn: item.dueOn, rungs: item.rungs, rungAt: item.rungAt))
        else { return nil }
        return (rung, max(time, item.pausedUntil ?? time))
    }

    /// Until when a mail that comes in now makes a ladder stand still: three working days (practice 24).
    public func pauseForPost(from now: Timestamp) -> Timestamp {
        calendar.adding(workingDays: 3, to: now.calendarDateInAmsterdam).inAmsterdam(hour: hour)
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
