// SPDX-License-Identifier: EUPL-1.2
import Testing
import Values

@testable import Delivery

/// The ladder of what is owed: rungs, pauses, other days, decisions and corrections, each with what is noted of it.
extension StoreSuite {
    static let owedLadder = [
        StoreCase("a rung is noted once, with the event that tells of it, and what stood still goes on") { store in
            _ = try await store.owe("1", [owed(.terugkoppelingBesluit, from: "vt")])
            try await store.pause("vt", placed: "vt")
            let pausedAt = try #require(try await store.owedItem(1)?.nextAt)
            for (number, isFirst) in [("2", true), ("3", false)] {
                var change = Sample.change(Sample.event(number, caseReference: "opschaling:\(number)"))
                var look = OwedLook(1, expected: pausedAt, next: far)
                look.takes = .contact
                change.owedSteps = [.look(look)]
                if isFirst {
                    _ = try await store.commit(change)
                } else {
                    // Whoever comes second changes nothing, and its event is not there either.
                    await #expect(throws: StoreError.owedChanged(1)) { try await store.commit(change) }
                }
            }
            let item = try #require(try await store.owedItem(1))
            #expect(item.rungs == 1 && item.rungAt == Sample.now && item.nextAt == far && item.state == .open)
            #expect(item.pausedUntil == nil && item.pausedBy == nil && item.reminders == 0)
            let acts = try await store.owedActs(of: [1])
            #expect(acts.map(\.kind) == [.paused, .rung] && acts.map(\.word) == [nil, "contact"])
            #expect(try await store.event(3) == nil)
        },
        StoreCase("what was closed meanwhile takes no rung") { store in
            _ = try await store.owe("1", [owed(.drempel, from: "vt")])
            try await store.decide("2", .close(.cancelled))
            var look = OwedLook(1, expected: Sample.later, next: nil)
            look.takes = .bestuur
            var change = Sample.change(Sample.event("3"))
            change.owedSteps = [.look(look)]
            await #expect(throws: StoreError.owedChanged(1)) { try await store.commit(change) }
            #expect(try await store.owedActs(of: [1]).map(\.kind) == [.closed])
        },
        StoreCase("another day begins the ladder anew, for the partner who promised it, in the case") { store in
            _ = try await store.owe(
                "1", [owed(.terugkoppelingBesluit, from: "vt"), owed(.terugkoppelingBesluit, from: "raad")])
            _ = try await store.owe("2", zaak: "zaak-2", [owed(.terugkoppelingBesluit, from: "vt")])
            try await store.take(.herinnering, of: 1, expected: Sample.later)
            let move = OwedMove(
                kind: .terugkoppelingBesluit, recipientID: "vt", dueOn: promised, nextAt: far, at: Sample.later,
                personID: "ib")
            try await store.does("4", .move(move))
            let items = try await store.owedItems(OwedFilter())
            #expect(items.map(\.dueOn) == [promised, day, day])
            #expect(items.map(\.rungs) == [0, 0, 0] && items[0].rungAt == nil && items[0].nextAt == far)
            let acts = try await store.owedActs(of: [1, 2, 3])
            #expect(acts.map(\.item) == [1, 1] && acts.map(\.kind) == [.rung, .moved])
            #expect(acts.last?.until == promised && acts.last?.personID == "ib")
        },
        StoreCase("a contact is noted with what it is about, and changes no clock") { store in
            _ = try await store.owe("1", [owed(.terugkoppelingBesluit, from: "vt"), owed(.bezwaar, from: nil)])
            let before = try await store.owedItems(OwedFilter())
            let contact = OwedContact(
                kinds: OwedKind.feedback, recipientID: "vt", act: .contact, outcome: "nietBereikt", at: Sample.later,
                personID: "ib")
            try await store.does("2", .contact(contact))
            #expect(try await store.owedItems(OwedFilter()) == before)
            let acts = try await store.owedActs(of: [1, 2])
            #expect(acts.map(\.item) == [1] && acts.map(\.word) == ["nietBereikt"])
        },
    ]

    static let owedPauses = [
        StoreCase("a mail makes the partner's items stand still, once between two rungs") { store in
            _ = try await store.owe(
                "1", [owed(.terugkoppelingBesluit, from: "vt"), owed(.terugkoppelingPartner, from: "wijkteam")])
            try await store.pause("een", placed: "vt")
            let paused = try await store.owedItems(OwedFilter())
            #expect(paused.map(\.pausedBy) == [.post, nil] && paused.map(\.pausedUntil) == [still, nil])
            #expect(paused.map(\.nextAt) == [still, Sample.later])
            // Judged: it goes on. Another mail has no turn any more.
            try await store.does("2", .resumeAfterPost(mail: 1, at: Sample.later))
            #expect(try await store.owedItem(1)?.nextAt == Sample.later)
            #expect(try await store.owedItem(1)?.pausedUntil == nil)
            try await store.pause("twee", uid: 2, placed: "vt")
            #expect(try await store.owedItem(1)?.pausedUntil == nil)
            try await store.take(.herinnering, of: 1, expected: Sample.later)
            try await store.pause("drie", uid: 3, placed: "vt")
            #expect(try await store.owedItem(1)?.pausedUntil == still)
            #expect(try await store.owedActs(of: [1]).map(\.kind) == [.paused, .rung, .paused])
        },
        StoreCase("what one mail paused does not go on because another was judged") { store in
            _ = try await store.owe(
                "1", [owed(.terugkoppelingBesluit, from: "vt"), owed(.terugkoppelingPartner, from: "wijkteam")])
            try await store.pause("een", placed: "vt")
            try await store.pause("twee", uid: 2, placed: "wijkteam")
            try await store.does("2", .resumeAfterPost(mail: 2, at: Sample.later))
            #expect(try await store.owedItems(OwedFilter()).map(\.pausedBy) == [.post, nil])
            // Nor because of one without a case.
            _ = try await store.commit(Post.arrival(3, "drie"))
            try await store.does("3", .resumeAfterPost(mail: 3, at: Sample.later))
            #expect(try await store.owedItem(1)?.pausedBy == .post)
        },
        StoreCase("the same mail once more pauses nothing once more") { store in
            _ = try await store.owe("1", [owed(.terugkoppelingBesluit, from: "vt")])
            for _ in 0..<2 { try await store.pause("een", placed: "vt") }
            #expect(try await store.owedActs(of: [1]).map(\.kind) == [.paused])
        },
        StoreCase("what a person put off stands still until its day, whatever comes in") { store in
            _ = try await store.owe("1", [owed(.terugkoppelingBesluit, from: "vt")])
            try await store.decide("2", .snooze(until: far))
            try await store.pause("een", placed: "vt")
            try await store.does("3", .resumeAfterPost(mail: 1, at: Sample.later))
            let item = try #require(try await store.owedItem(1))
            #expect(item.pausedUntil == far && item.pausedBy == .person && item.nextAt == far)
            try await store.decide("4", .resume)
            let resumed = try #require(try await store.owedItem(1))
            #expect(resumed.pausedUntil == nil && resumed.nextAt == Sample.later)
            // No mail had its turn yet.
            try await store.pause("twee", uid: 2, placed: "vt")
            #expect(try await store.owedItem(1)?.pausedBy == .post)
            #expect(try await store.owedActs(of: [1]).map(\.kind) == [.snoozed, .resumed, .paused])
        },
        StoreCase("nobody decides about an item of another case or school, or one that is closed") { store in
            _ = try await store.owe("1", [owed(.drempel, from: "vt")])
            for (number, zaak, school) in [("2", "zaak-2", "01AB"), ("3", "zaak-1", "02CD")] {
                var change = Sample.change(Sample.event(number, caseReference: zaak, school: school))
                change.owedSteps = [.decide(decision(.close(.done)))]
                await #expect(throws: StoreError.owedChanged(1)) { try await store.commit(change) }
            }
            // Without a case it means an item without one.
            var change = Sample.change(Sample.event("4"))
            change.owedSteps = [.decide(decision(.close(.done), isOfCase: false))]
            await #expect(throws: StoreError.owedChanged(1)) { try await store.commit(change) }
            try await store.decide("5", .close(.done))
            await #expect(throws: StoreError.owedChanged(1)) { try await store.decide("6", .snooze(until: far)) }
            let item = try #require(try await store.owedItem(1))
            #expect(item.state == .done && item.closedAt == Sample.later && item.nextAt == nil)
            #expect(try await store.owedActs(of: [1]).map(\.kind) == [.closed])
        },
    ]

    static let owedCorrections = [
        StoreCase("what a wrong feedback closed is owed again, and what it opened is gone") { store in
            _ = try await store.owe(
                "1",
                [
                    owed(.terugkoppelingMoment, from: "vt"), owed(.bezwaar, from: nil),
                ])
            // One more of the same, that nothing but its number tells apart.
            _ = try await store.owe("2", [owed(.terugkoppelingMoment, from: "vt")])
            var wrong = Sample.change(Sample.event("3"))
            wrong.owedSteps = [
                .close(OwedClosing(.terugkoppelingMoment, .event, state: .done, at: Sample.later)),
                .close(OwedClosing(.bezwaar, .event, state: .done, at: Sample.later)),
                .open(owed(.terugkoppelingUitkomst, from: "vt")),
            ]
            let event = try await store.stored(wrong).event
            let correction = OwedCorrection(
                corrects: event, kinds: OwedKind.feedback, at: Sample.later, personID: "ib")
            // In another case it means nothing.
            try await store.does("4", zaak: "zaak-2", .correct(correction))
            #expect(try await store.owedItems(open).map(\.id) == [4])
            try await store.does("5", .correct(correction))
            let items = try await store.owedItems(OwedFilter())
            #expect(items.filter { $0.state == .open }.map(\.kind) == [.terugkoppelingMoment, .terugkoppelingMoment])
            #expect(items.filter { $0.state == .open }.allSatisfy { $0.dueOn == day && $0.nextAt == Sample.later })
            #expect(items.prefix(4).map(\.state) == [.done, .done, .done, .cancelled])
            #expect(try await store.owedActs(of: [1, 2, 3]).map(\.kind) == [.reopened, .reopened])
        },
        StoreCase("a corrected correction leaves owed what it gave back, and gives back what it closed") { store in
            _ = try await store.owe("1", [owed(.terugkoppelingBesluit, from: "vt")])
            let wrong = try await store.takes("2", decided)
            let first = try await store.takes("3", [.correct(correction(of: wrong))])
            #expect(try await store.states() == [.done, .cancelled, .open])
            // The second gives back nothing that the first cancelled, and cancels nothing that it gave back.
            let second = try await store.takes("4", [OwedStep.correct(correction(of: first))] + decided)
            #expect(try await store.states() == [.done, .cancelled, .done, .open])
            #expect(try await store.owedItem(4)?.kind == .terugkoppelingUitkomst)
            // The third has to do with what the second closed and opened.
            _ = try await store.takes("5", [.correct(correction(of: second))])
            #expect(try await store.states() == [.done, .cancelled, .done, .cancelled, .open])
            let last = try #require(try await store.owedItem(5))
            #expect(last.kind == .terugkoppelingBesluit && last.dueOn == day && last.since == Sample.now)
            #expect(try await store.owedActs(of: [1, 2, 3, 4, 5]).map(\.item) == [1, 3])
        },
        StoreCase("a feedback that is corrected twice gives back once") { store in
            _ = try await store.owe("1", [owed(.terugkoppelingBesluit, from: "vt")])
            let wrong = try await store.takes("2", decided)
            _ = try await store.takes("3", [.correct(correction(of: wrong))])
            _ = try await store.takes("4", [.correct(correction(of: wrong))])
            #expect(try await store.states() == [.done, .cancelled, .open])
            // Nor when it was answered meanwhile.
            _ = try await store.takes("5", decided)
            _ = try await store.takes("6", [.correct(correction(of: wrong))])
            #expect(try await store.states() == [.done, .cancelled, .done, .open])
            #expect(try await store.owedActs(of: [1, 2, 3, 4]).map(\.kind) == [.reopened])
        },
        StoreCase("a yearly task is there once for its school and year") { store in
            for year in [2026, 2026, 2027] as [Int64] {
                var change = Change()
                for (series, school) in [("plan", "01AB"), ("plan", "02CD"), ("verslag", "01AB")] {
                    var item = owed(.jaartaak, from: nil, in: .known(caseNumber: nil, school: school))
                    (item.series, item.subject) = (series, year)
                    change.owedSteps.append(.open(item))
                }
                _ = try await store.commit(change)
            }
            let items = try await store.owedItems(OwedFilter())
            #expect(items.count == 6)
            #expect(items.prefix(3).map(\.series) == ["plan", "plan", "verslag"])
            // It has no case, and is closed by its number.
            var change = Sample.change(Sample.event("1", caseReference: "verplichting:1"))
            change.owedSteps = [.decide(decision(.close(.done), isOfCase: false))]
            _ = try await store.commit(change)
            #expect(try await store.owedItem(1)?.state == .done)
            #expect(try await store.owedItem(2)?.state == .open)
        },
    ]

    // MARK: - Samples

    private static let day = Sample.now.calendarDateInAmsterdam.adding(days: 3)
    private static let promised = day.adding(days: 30)
    private static let far = Sample.later.adding(seconds: 86_400)
    fileprivate static let still = Sample.later.adding(seconds: 600)

    private static var open: OwedFilter {
        var filter = OwedFilter()
        filter.states = [.open]
        return filter
    }

    private static func owed(_ kind: OwedKind, from recipient: String?, in place: OwedPlace = .event) -> NewOwedItem {
        var item = NewOwedItem(kind, place, since: Sample.now, dueOn: day, nextAt: Sample.later)
        item.recipientID = recipient
        return item
    }

    /// What a feedback does that tells of a decision to investigate.
    private static let decided: [OwedStep] = [
        .close(OwedClosing(.terugkoppelingBesluit, .event, state: .done, at: Sample.later)),
        .open(owed(.terugkoppelingUitkomst, from: "vt")),
    ]

    private static func correction(of event: EventID) -> OwedCorrection {
        OwedCorrection(corrects: event, kinds: OwedKind.feedback, at: Sample.later, personID: "ib")
    }

    fileprivate static func decision(_ verdict: OwedDecision.Verdict, isOfCase: Bool = true) -> OwedDecision {
        OwedDecision(
            item: 1, isOfCase: isOfCase, verdict: verdict, reason: "afwezigheid", at: Sample.later, personID: "ib")
    }
}

extension Store {
    fileprivate func owe(_ number: String, zaak: String = "zaak-1", _ items: [NewOwedItem]) async throws -> EventID {
        var change = Sample.change(Sample.event(number, caseReference: zaak))
        change.owedSteps = items.map(OwedStep.open)
        return try await stored(change).event
    }

    fileprivate func does(_ number: String, zaak: String = "zaak-1", _ step: OwedStep) async throws {
        var change = Sample.change(Sample.event(number, caseReference: zaak))
        change.owedSteps = [step]
        _ = try await commit(change)
    }

    fileprivate func takes(_ number: String, _ steps: [OwedStep]) async throws -> EventID {
        var change = Sample.change(Sample.event(number))
        change.owedSteps = steps
        return try await stored(change).event
    }

    /// Of all items, by number.
    fileprivate func states() async throws -> [OwedState] {
        try await owedItems(OwedFilter()).map(\.state)
    }

    fileprivate func decide(_ number: String, _ verdict: OwedDecision.Verdict) async throws {
        try await does(number, .decide(StoreSuite.decision(verdict)))
    }

    fileprivate func take(_ rung: OwedRung.Kind, of item: OwedItemID, expected: Timestamp) async throws {
        var look = OwedLook(item, expected: expected, next: Sample.later)
        look.takes = rung
        try await does("rung-\(rung.rawValue)", zaak: "opschaling:\(rung.rawValue)", .look(look))
    }

    /// A mail of a partner that is placed with the first case.
    fileprivate func pause(_ text: String, uid: UInt32 = 1, placed recipient: String) async throws {
        var change = Post.arrival(
            uid, text, placed: MailPlacement(caseNumber: 1, school: "01AB", recipientID: recipient))
        change.mail.arrived?.pause = OwedPause(
            kinds: OwedKind.feedback, recipientID: recipient, until: StoreSuite.still, at: Sample.later)
        _ = try await commit(change)
    }
}
