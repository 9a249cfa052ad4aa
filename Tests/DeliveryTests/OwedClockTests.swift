// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Delivery
import PrivacyRules
import Testing
import Values

/// The clock of what is owed, over generated lives of items, beside a model that looks at every hour.
@Suite struct OwedClockTests {
    private static func rule(_ reminders: OwedReminders, ends: Bool = false) -> OwedRules {
        OwedRules(
            calendar: WorkingCalendar(), hour: 9,
            [
                OwedRule(
                    kind: .postBeoordelen, title: "proef", task: "Doe het.", source: "proef",
                    owners: [.aandachtsfunctionaris], openings: [], term: OwedTerm([.workingDays(5)]),
                    reminders: reminders, closings: [], ending: ends ? .verwijsindexregistratieBeeindigd : nil)
            ])
    }

    private static func anyReminders(_ random: inout SplitMix64) -> OwedReminders {
        let offsets = (0..<Int.random(in: 0...4, using: &random)).map { _ in
            Bool.random(using: &random)
                ? OwedReminders.Offset.days(Int.random(in: -30...20, using: &random))
                : .workingDays(Int.random(in: -8...8, using: &random))
        }
        return OwedReminders(
            atOnce: random.oneIn(3), offsets,
            everyWorkingDays: random.oneIn(2) ? Int.random(in: 1...15, using: &random) : nil)
    }

    private static func item(_ rules: OwedRules, at now: Timestamp) throws -> StoredOwedItem {
        let step = rules.opening(.postBeoordelen, .known(caseNumber: 1, school: "01AB"), subject: 1, at: now)
        guard case .open(let new)? = step else { throw Missing() }
        return StoredOwedItem(
            id: 1, kind: new.kind, school: "01AB", caseNumber: 1, event: nil, delivery: nil, recipientID: nil,
            personID: nil, subject: 1, since: new.since, dueOn: new.dueOn, nextAt: new.nextAt, reminders: 0,
            state: .open,
            closedBy: nil, closedAt: nil)
    }

    private struct Missing: Error {}

    private static func moment(_ random: inout SplitMix64) -> Timestamp {
        Timestamp(millisecondsSince1970: 1_700_000_000_000 + Int64.random(in: 0...100_000_000_000, using: &random))
    }

    /// Looked at whenever its time comes: every reminder that the rules name, each once, in order, and no other.
    @Test func nothingIsMissedAndNothingTwice() throws {
        var random = SplitMix64(seed: 11)
        for _ in 0..<300 {
            let reminders = Self.anyReminders(&random)
            let rules = Self.rule(reminders)
            let opened = Self.moment(&random)
            var item = try Self.item(rules, at: opened)
            let expected = Self.model(reminders, rules.calendar, item.dueOn, opened: opened, days: 120)
            var found: [Timestamp] = []
            while let now = item.nextAt, now < opened.adding(seconds: 120 * 86_400) {
                guard case .remind(let next) = rules.due(item, at: now) else {
                    Issue.record("not due at its own time")
                    break
                }
                found.append(now)
                if let next { #expect(next > now) }
                item = item.looked(next)
            }
            #expect(found == expected, "\(reminders) \(opened) \(item.dueOn)")
        }
    }

    /// After a stand-still what was missed is one reminder, and the next comes when it would have come anyway.
    @Test func standingStillMakesNoStorm() throws {
        var random = SplitMix64(seed: 12)
        for _ in 0..<300 {
            let reminders = Self.anyReminders(&random)
            let rules = Self.rule(reminders)
            let opened = Self.moment(&random)
            let item = try Self.item(rules, at: opened)
            guard let first = item.nextAt else { continue }
            let back = first.adding(seconds: Int.random(in: 0...60 * 86_400, using: &random))
            guard case .remind(let next) = rules.due(item, at: back) else {
                Issue.record("nothing due after a stand-still")
                continue
            }
            #expect(rules.due(item, at: back) == .remind(next: next), "the same again")
            let undisturbed = Self.model(reminders, rules.calendar, item.dueOn, opened: opened, days: 400).first {
                $0 > back
            }
            #expect(next == undisturbed)
            if let next { #expect(rules.due(item.looked(next), at: back) == .nothing(next: next)) }
        }
    }

    @Test func whatEndsEndsOnceAndOnItsDay() throws {
        var random = SplitMix64(seed: 13)
        for _ in 0..<200 {
            let rules = Self.rule(Self.anyReminders(&random), ends: true)
            let opened = Self.moment(&random)
            var item = try Self.item(rules, at: opened)
            let end = item.dueOn.startInAmsterdam
            var looks = 0
            while let now = item.nextAt, looks < 100 {
                looks += 1
                #expect(now <= max(end, opened))
                guard case .remind(let next) = rules.due(item, at: now) else { break }
                #expect(now < end && next != nil && next.map { $0 <= end } ?? false)
                item = item.looked(next)
            }
            #expect(item.nextAt.map { $0 >= end || $0 == opened } ?? false)
            #expect(rules.due(item, at: end) == .ends)
            #expect(rules.due(item, at: end.adding(seconds: 99_999_999)) == .ends)
        }
    }

    @Test func whatIsClosedOnlyTells() throws {
        let rules = Self.rule(OwedReminders(atOnce: true, [.days(0)], everyWorkingDays: 1))
        let opened = Timestamp(millisecondsSince1970: 1_795_000_000_000)
        let item = try Self.item(rules, at: opened)
        for state in OwedState.allCases where state != .open {
            #expect(rules.due(item.closed(state, next: opened), at: opened) == .tell)
            #expect(
                rules.due(item.closed(state, next: nil), at: opened.adding(seconds: 9_999_999)) == .nothing(next: nil))
        }
        #expect(OwedRules.none.due(item, at: opened) == .nothing(next: nil))
    }

    /// Every hour of every day: is one of the reminders on it? Written from the words of the configuration, not from the code.
    private static func model(
        _ reminders: OwedReminders, _ calendar: WorkingCalendar, _ dueOn: CalendarDate, opened: Timestamp, days: Int
    ) -> [Timestamp] {
        var set: Set<CalendarDate> = []
        for offset in reminders.offsets {
            var day: CalendarDate
            switch offset {
            case .days(let count):
                day = dueOn.adding(days: count)
                while !calendar.isWorkingDay(day) { day = day.adding(days: count < 0 ? -1 : 1) }
            case .workingDays(let count):
                day = dueOn
                var left = abs(count)
                if left == 0 { while !calendar.isWorkingDay(day) { day = day.adding(days: 1) } }
                while left > 0 {
                    day = day.adding(days: count < 0 ? -1 : 1)
                    if calendar.isWorkingDay(day) { left -= 1 }
                }
            }
            set.insert(day)
        }
        let last = opened.adding(seconds: days * 86_400)
        if let every = reminders.everyWorkingDays {
            var start = dueOn
            while !calendar.isWorkingDay(start) { start = start.adding(days: 1) }
            var day = max(set.max() ?? start, start)
            while day.startInAmsterdam < last {
                var left = every
                while left > 0 {
                    day = day.adding(days: 1)
                    if calendar.isWorkingDay(day) { left -= 1 }
                }
                set.insert(day)
            }
        }
        let regular = set.map { $0.inAmsterdam(hour: 9) }.filter { $0 > opened && $0 < last }.sorted()
        #expect(regular.allSatisfy { calendar.isWorkingDay($0.calendarDateInAmsterdam) })
        return (reminders.atOnce ? [opened] : []) + regular
    }
}

extension StoredOwedItem {
    fileprivate func looked(_ next: Timestamp?) -> StoredOwedItem {
        with(state: state, nextAt: next, reminders: reminders + 1)
    }

    fileprivate func closed(_ state: OwedState, next: Timestamp?) -> StoredOwedItem {
        with(state: state, nextAt: next, reminders: reminders)
    }

    private func with(state: OwedState, nextAt: Timestamp?, reminders: Int) -> StoredOwedItem {
        StoredOwedItem(
            id: id, kind: kind, school: school, caseNumber: caseNumber, event: event, delivery: delivery,
            recipientID: recipientID, personID: personID, subject: subject, since: since, dueOn: dueOn, nextAt: nextAt,
            reminders: reminders, state: state, closedBy: nil, closedAt: state == .open ? nil : since)
    }
}
