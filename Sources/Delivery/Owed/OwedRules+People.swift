// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
public import PrivacyRules
public import Values

/// What people do with what is owed: another day, a contact, a decision about one item, a correction.
extension OwedRules {
    func move(
        _ rule: OwedRule, _ move: OwedMoveRule, _ event: CaseEvent, actor: String?, at now: Timestamp
    ) -> OwedMove? {
        guard move.conditions.allSatisfy({ $0.holds(for: event) }),
            let dueOn = event.data[move.to]?.string.flatMap({ CalendarDate($0) })
        else { return nil }
        return OwedMove(
            kind: rule.kind, recipientID: move.recipient.flatMap { event.data[$0]?.string }, dueOn: dueOn,
            nextAt: firstLook(rule, dueOn: dueOn, openedAt: now), at: now, personID: actor)
    }

    /// A feedback that was recorded wrongly: what it closed is open again before the new one counts.
    func corrections(_ event: CaseEvent, actor: String?, at now: Timestamp) -> [OwedStep] {
        guard event.type == .terugkoppelingOntvangen, let number = event.data["corrigeert"]?.integer else { return [] }
        let kinds = OwedKind.feedback.union([.monitoring])
        return [.correct(OwedCorrection(corrects: Int64(number), kinds: kinds, at: now, personID: actor))]
    }

    func decisions(_ event: CaseEvent, actor: String?, at now: Timestamp) -> [OwedStep] {
        switch event.type {
        case .partnercontactVastgelegd, .terugkoppelingOntvangen:
            contact(event, actor: actor, at: now).map { [.contact($0)] } ?? []
        case .postBeoordeeld: Self.endsPause(event).map { [.resumeAfterPost(mail: $0, at: now)] } ?? []
        case .verplichtingBijgewerkt: decision(event, actor: actor, at: now).map { [.decide($0)] } ?? []
        default: []
        }
    }

    private func contact(_ event: CaseEvent, actor: String?, at now: Timestamp) -> OwedContact? {
        guard let recipient = event.data["van"]?.string else { return nil }
        let isFeedback = event.type == .terugkoppelingOntvangen
        if isFeedback, event.data["volledigheid"]?.string != "deels" { return nil }
        return OwedContact(
            kinds: OwedKind.feedback, recipientID: recipient, act: isFeedback ? .partial : .contact,
            outcome: event.data["uitkomst"]?.string, at: now, personID: actor)
    }

    /// The mail after which the ladder goes on. What turned out to be feedback waits for being recorded (practice 24).
    private static func endsPause(_ event: CaseEvent) -> Int64? {
        event.data["soort"]?.string == "terugkoppeling" ? nil : event.data["post"]?.integer.map(Int64.init)
    }

    private func decision(_ event: CaseEvent, actor: String?, at now: Timestamp) -> OwedDecision? {
        guard let item = event.data["verplichting"]?.integer, let act = event.data["actie"]?.string,
            let reason = event.data["reden"]?.string
        else { return nil }
        let until = event.data["tot"]?.string.flatMap { CalendarDate($0) }
        let verdict: OwedDecision.Verdict? =
            switch act {
            case "uitgesteld": until.map { .snooze(until: $0.inAmsterdam(hour: hour)) }
            case "hervat": .resume
            case "gedaan": .close(.done)
            case "vervallen": .close(.cancelled)
            default: nil
            }
        return verdict.map {
            OwedDecision(
                item: Int64(item), isOfCase: event.data["zaak"] != nil, verdict: $0, reason: reason, at: now,
                personID: actor)
        }
    }
}

// MARK: - Yearly tasks

extension OwedRules {
    /// The yearly tasks whose time it is: opened on their day, or later in their term. What is open already stays as it is.
    /// - Parameters:
    ///   - schools: Every school, in the order of the configuration; what is for the board stands with the first.
    ///   - known: The yearly items that are there, closed ones too: another first school makes no second one for the board.
    public func yearlyOpenings(schools: [String], known: [StoredOwedItem] = [], at now: Timestamp) -> [OwedStep] {
        guard let rule = self[.jaartaak] else { return [] }
        let today = now.calendarDateInAmsterdam
        return yearlyTasks.flatMap { task -> [OwedStep] in
            guard let round = Self.round(of: task, on: today), round.dueOn >= today else { return [] }
            let isThere = known.contains { $0.series == task.id && $0.since == round.opensOn.startInAmsterdam }
            let one = isThere ? [] : Array(schools.prefix(1))
            return (task.isPerSchool ? schools : one).map { school in
                var item = NewOwedItem(
                    .jaartaak, .known(caseNumber: nil, school: school), since: round.opensOn.startInAmsterdam,
                    dueOn: round.dueOn, nextAt: firstLook(rule, dueOn: round.dueOn, openedAt: now))
                item.series = task.id
                item.subject = Int64(round.opensOn.year)
                return .open(item)
            }
        }
    }

    /// When the next yearly task opens after a day; nil without any.
    public func nextYearlyOpening(after day: CalendarDate) -> CalendarDate? {
        yearlyTasks.flatMap { task in [day.year, day.year + 1].compactMap { task.opensOn.day(in: $0) } }
            .filter { $0 > day }.min()
    }

    /// The yearly task of an item; nil for another kind, and for one that left the configuration.
    public func yearlyTask(of item: StoredOwedItem) -> YearlyTask? {
        item.series.flatMap { id in yearlyTasks.first { $0.id == id } }
    }

    /// Whether an item is for the board as a whole, and stands with a school only because it must stand somewhere.
    public func isForBoard(_ item: StoredOwedItem) -> Bool {
        yearlyTask(of: item).map { !$0.isPerSchool } ?? false
    }

    /// What an item is, in Dutch: of a yearly task its own title.
    public func title(of item: StoredOwedItem) -> String {
        yearlyTask(of: item)?.title ?? self[item.kind]?.title ?? item.kind.rawValue
    }

    /// What there is to do, in Dutch.
    public func task(of item: StoredOwedItem) -> String? {
        yearlyTask(of: item)?.task ?? self[item.kind]?.task
    }

    /// Where its term comes from.
    public func source(of item: StoredOwedItem) -> String? {
        yearlyTask(of: item)?.source ?? item.recipientID.flatMap { self[item.kind]?.recipientSources[$0] }
            ?? self[item.kind]?.source
    }

    /// Who must act.
    public func owners(of item: StoredOwedItem) -> [Role] {
        yearlyTask(of: item)?.owners ?? self[item.kind]?.owners ?? []
    }

    private static func round(
        of task: YearlyTask, on day: CalendarDate
    ) -> (opensOn: CalendarDate, dueOn: CalendarDate)? {
        for year in [day.year, day.year - 1] {
            guard let opensOn = task.opensOn.day(in: year), opensOn <= day, let same = task.dueOn.day(in: year) else {
                continue
            }
            guard let dueOn = same >= opensOn ? same : task.dueOn.day(in: year + 1) else { continue }
            return (opensOn, dueOn)
        }
        return nil
    }
}
