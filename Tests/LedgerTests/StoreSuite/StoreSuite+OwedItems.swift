// SPDX-License-Identifier: EUPL-1.2
import Testing
import Values

@testable import Delivery

extension StoreSuite {
    static let owedItems = [
        StoreCase("an owed item comes back as it was opened, once") { store in
            let opened = try await store.open("1", [item(.matchContact, names: ["1", "M-1"], recipient: "index")])
            // The same event again changes nothing, and neither does the same item of another change.
            _ = try await store.commit(opening("1", [item(.matchContact)]))
            let found = try await store.owedItems(OwedFilter())
            #expect(found.map(\.id) == [1])
            #expect(found.first?.kind == .matchContact && found.first?.event == opened.event)
            #expect(found.first?.school == "01AB" && found.first?.recipientID == "index" && found.first?.state == .open)
            #expect(
                found.first?.since == Sample.now && found.first?.dueOn == due && found.first?.nextAt == Sample.later)
            #expect(found.first?.caseNumber == 1 && found.first?.reminders == 0 && found.first?.closedAt == nil)
            #expect(try await store.owedItem(1) == found.first)
            #expect(try await store.owedItem(2) == nil)
        },
        StoreCase("an event closes the item that it names, in its own case") { store in
            for (number, zaak) in [("1", "zaak-1"), ("2", "zaak-1"), ("3", "zaak-2")] {
                _ = try await store.open(number, zaak: zaak, [item(.matchContact, names: [number, "M-\(number)"])])
            }
            // By the reference of the one, in the case of the other: none.
            _ = try await store.close("9", zaak: "zaak-2", closing(.matchContact) { $0.name = "M-1" })
            #expect(try await store.open == [1, 2, 3])
            let event = try await store.close("10", closing(.matchContact) { $0.name = "M-1" })
            #expect(try await store.open == [2, 3])
            let closed = try #require(try await store.owedItem(1))
            #expect(closed.state == .done && closed.closedBy == event && closed.closedAt == Sample.later)
            #expect(closed.nextAt == nil)
            // By the id of the event that opened it; what is closed stays as it is.
            _ = try await store.close("11", closing(.matchContact, .cancelled) { $0.name = "2" })
            _ = try await store.close("12", closing(.matchContact, .lapsed))
            #expect(try await store.open == [3])
            #expect(try await store.owedItem(1)?.state == .done)
            #expect(try await store.owedItem(2)?.state == .cancelled)
        },
        StoreCase("another kind, recipient or number is not meant") { store in
            _ = try await store.open("1", [item(.verwijsindexGeldigheid, subject: 7, recipient: "index")])
            for other in [
                closing(.matchContact), closing(.verwijsindexGeldigheid) { $0.recipientID = "ander" },
                closing(.verwijsindexGeldigheid) { $0.subject = 8 }, closing(.verwijsindexGeldigheid) { $0.name = "x" },
            ] {
                _ = try await store.close("n\(other.hashValue)", other)
                #expect(try await store.open == [1])
            }
            _ = try await store.close(
                "5", closing(.verwijsindexGeldigheid) { ($0.recipientID, $0.subject) = ("index", 7) })
            #expect(try await store.open.isEmpty)
        },
        StoreCase("where another must act, the person of the item and a machine are not enough") { store in
            _ = try await store.open("1", [item(.leerkrachtBericht, person: "leerkracht")])
            for (number, actor) in [("2", "leerkracht"), ("3", nil)] as [(String, String?)] {
                _ = try await store.close(number, closing(.leerkrachtBericht) { $0.actor = .some(actor) })
                #expect(try await store.open == [1])
            }
            _ = try await store.close(
                "4",
                closing(.leerkrachtBericht) {
                    $0.actor = .some("ib")
                    $0.tells = true
                })
            // Who hears of it is found when the clock is looked at, which is at once.
            let closed = try #require(try await store.owedItem(1))
            #expect(closed.state == .done && closed.nextAt == Sample.later)
            #expect(try await store.nextOwedLook() == Sample.later)
        },
        StoreCase("an item without a case is closed from the case that it turns out to belong to") { store in
            var change = Change()
            for (subject, school) in [(7, nil), (8, "01AB"), (9, "02CD")] as [(Int64, String?)] {
                var mail = item(.postBeoordelen, in: .known(caseNumber: nil, school: school))
                mail.subject = subject
                change.owedSteps.append(.open(mail))
            }
            _ = try await store.commit(change)
            _ = try await store.commit(change)
            #expect(try await store.open == [1, 2, 3])
            for subject in 7...9 {
                _ = try await store.close("\(subject)", closing(.postBeoordelen) { $0.subject = Int64(subject) })
            }
            // That of another school stays.
            #expect(try await store.open == [3])
        },
        StoreCase("one for each open item of another kind, unless it is there already") { store in
            _ = try await store.open(
                "1",
                [
                    item(.verwijsindexGeldigheid, subject: 1, recipient: "noord"),
                    item(.verwijsindexGeldigheid, subject: 2, recipient: "zuid"),
                ])
            _ = try await store.open("2", zaak: "zaak-2", [item(.verwijsindexGeldigheid, recipient: "noord")])
            _ = try await store.close("3", closing(.verwijsindexGeldigheid) { $0.recipientID = "zuid" })
            for number in ["4", "5"] {
                _ = try await store.open(number, [item(.verwijsindexIntrekken, forEach: .verwijsindexGeldigheid)])
            }
            var filter = OwedFilter()
            filter.kinds = [.verwijsindexIntrekken]
            let found = try await store.owedItems(filter)
            #expect(found.map(\.recipientID) == ["noord"] && found.map(\.subject) == [1])
            // Nothing is open any more, so there is nothing to ask.
            _ = try await store.open(
                "6", zaak: "zaak-3", [item(.verwijsindexIntrekken, forEach: .verwijsindexGeldigheid)])
            #expect(try await store.owedItems(filter).count == 1)
        },
        StoreCase("what a delivery opens and closes belongs to its case") { store in
            let stored = try await store.stored(Sample.change(Sample.event("1"), [Sample.delivery()]))
            var change = Change()
            var new = item(.verwijsindexGeldigheid, in: .delivery(.existing(stored.deliveries[0])))
            new.recipientID = "index"
            change.owedSteps = [.open(new)]
            _ = try await store.commit(change)
            let found = try #require(try await store.owedItem(1))
            #expect(found.event == stored.event && found.delivery == stored.deliveries[0] && found.caseNumber == 1)
            var close = OwedClosing(
                .verwijsindexGeldigheid, .delivery(.existing(stored.deliveries[0])), state: .done, at: Sample.later)
            close.recipientID = "index"
            change.owedSteps = [.close(close)]
            _ = try await store.commit(change)
            #expect(try await store.open.isEmpty)
            change.owedSteps = [.open(item(.verwijsindexGeldigheid, in: .delivery(.existing(99))))]
            await #expect(throws: StoreError.noSuchDelivery(99)) { try await store.commit(change) }
        },
        StoreCase("what is owed once is owed once to a recipient in a case") { store in
            var once = item(.terugkoppelingUitkomst, recipient: "noord")
            once.isOnce = true
            for number in ["1", "2"] { _ = try await store.open(number, [once]) }
            #expect(try await store.open == [1])
            var other = once
            other.recipientID = "zuid"
            _ = try await store.open("3", [other])
            _ = try await store.open("4", zaak: "zaak-2", [once])
            // Where nothing says once, it opens again.
            _ = try await store.open("5", [item(.terugkoppelingUitkomst, recipient: "noord")])
            #expect(try await store.open == [1, 2, 3, 4])
            // What closes before it makes room.
            var change = Sample.change(Sample.event("6"))
            let close = closing(.terugkoppelingUitkomst) { $0.recipientID = "noord" }
            change.owedSteps = [.close(close), .open(once)]
            _ = try await store.commit(change)
            #expect(try await store.open == [2, 3, 5])
            // What the school itself must do has no recipient.
            var own = item(.stapTermijn)
            own.isOnce = true
            for number in ["7", "8"] { _ = try await store.open(number, [own]) }
            #expect(try await store.open == [2, 3, 5, 6])
        },
        StoreCase("a correction makes room for what is owed once, and what it gives back is enough") { store in
            var once = item(.terugkoppelingUitkomst, recipient: "noord")
            once.isOnce = true
            let opened = try await store.open("1", [once]).event
            try await store.corrects("2", opened, and: once)
            #expect(try await store.open == [2])
            let closed = try await store.close("3", closing(.terugkoppelingUitkomst))
            try await store.corrects("4", closed, and: once)
            #expect(try await store.open == [3])
        },
        StoreCase("what is written down afterwards opens nothing") { store in
            var step = item(.stapTermijn)
            step.unlessAfter = ["nl.meldpoort.proef.v1"]
            // An event does not come before itself.
            _ = try await store.open("1", [step])
            #expect(try await store.open == [1])
            _ = try await store.open("2", [step])
            #expect(try await store.open == [1])
            _ = try await store.open("3", zaak: "zaak-2", [step])
            #expect(try await store.open == [1, 2])
            step.unlessAfter = ["nl.meldpoort.ander.v1"]
            _ = try await store.open("4", [step])
            #expect(try await store.open == [1, 2, 3])
            step.unlessAfter = ["nl.meldpoort.ander.v1", "nl.meldpoort.proef.v1"]
            _ = try await store.open("5", [step])
            #expect(try await store.open == [1, 2, 3])
        },
        StoreCase("what a case had once, closed or not, opens nothing") { store in
            var step = item(.stapTermijn)
            step.unlessHad = [.drempel, .terugkoppelingBesluit]
            _ = try await store.open("1", [step])
            _ = try await store.open("2", [item(.terugkoppelingBesluit, recipient: "noord")])
            #expect(try await store.open == [1, 2])
            _ = try await store.open("3", [step])
            _ = try await store.close("4", closing(.terugkoppelingBesluit))
            _ = try await store.open("5", [step])
            #expect(try await store.open == [1])
            _ = try await store.open("6", zaak: "zaak-2", [step])
            #expect(try await store.open == [1, 3])
        },
    ]

    static let owedClocks = [
        StoreCase("what is due is found in order, and no more of it than asked") { store in
            for (number, seconds) in [("1", 30), ("2", 10), ("3", 20), ("4", 40)] {
                var new = item(.bezwaar)
                new.nextAt = Sample.now.adding(seconds: seconds)
                _ = try await store.open(number, [new])
            }
            var filter = OwedFilter()
            filter.lookBy = Sample.now.adding(seconds: 30)
            #expect(try await store.owedItems(filter).map(\.id) == [2, 3, 1])
            filter.limit = 2
            #expect(try await store.owedItems(filter).map(\.id) == [2, 3])
            #expect(try await store.nextOwedLook() == Sample.now.adding(seconds: 10))
        },
        StoreCase("of two who look at one clock one is first, with its notices") { store in
            _ = try await store.open("1", [item(.bezwaar)])
            func look(_ person: String) -> Change {
                var look = OwedLook(1, expected: Sample.later, next: Sample.later.adding(seconds: 60))
                look.reminds = true
                var change = Change()
                change.owedSteps = [.look(look)]
                change.notices = [notice(of: 1, to: person)]
                return change
            }
            _ = try await store.commit(look("a"))
            await #expect(throws: StoreError.owedChanged(1)) { try await store.commit(look("b")) }
            let notices = try await store.notices(NoticeFilter())
            #expect(notices.map(\.addressee) == [.person("a")] && notices.map(\.owedItem) == [1])
            let found = try #require(try await store.owedItem(1))
            #expect(found.reminders == 1 && found.nextAt == Sample.later.adding(seconds: 60) && found.state == .open)
            // The same notice once, whatever asks for it.
            var again = Change()
            again.notices = [notice(of: 1, to: "a")]
            _ = try await store.commit(again)
            #expect(try await store.notices(NoticeFilter()).count == 1)
        },
        StoreCase("a look can end an item, and what was closed meanwhile is not looked at") { store in
            _ = try await store.open("1", [item(.bezwaar)])
            var look = OwedLook(1, expected: Sample.later, next: nil)
            look.closes = .lapsed
            var change = Change()
            change.owedSteps = [.look(look)]
            _ = try await store.commit(change)
            let found = try #require(try await store.owedItem(1))
            #expect(found.state == .lapsed && found.closedAt != nil && found.nextAt == nil && found.closedBy == nil)
            _ = try await store.open("2", [item(.bezwaar)])
            _ = try await store.close("3", closing(.bezwaar))
            change.owedSteps = [.look(OwedLook(2, expected: Sample.later, next: nil))]
            await #expect(throws: StoreError.owedChanged(2)) { try await store.commit(change) }
        },
        StoreCase("who is barred from a case sees none of it") { store in
            _ = try await store.open("1", [item(.bezwaar)])
            _ = try await store.open("2", zaak: "zaak-2", [item(.bezwaar)])
            var change = Sample.change(Sample.event("3"))
            change.barred = ["ib"]
            _ = try await store.commit(change)
            var filter = OwedFilter()
            filter.hiddenFrom = "ib"
            #expect(try await store.owedItems(filter).map(\.id) == [2])
            #expect(try await store.barred(fromCase: 1) == ["ib"])
            #expect(try await store.barred(fromCase: 2).isEmpty)
        },
        StoreCase("items are found by case, school, kind, state and number") { store in
            _ = try await store.open("1", [item(.bezwaar), item(.informatieverzoek)])
            _ = try await store.open("2", zaak: "zaak-2", school: "02CD", [item(.bezwaar)])
            var mail = Change()
            mail.owedSteps = [.open(item(.postBeoordelen, in: .known(caseNumber: nil, school: nil)))]
            _ = try await store.commit(mail)
            _ = try await store.close("3", closing(.bezwaar))
            func ids(_ change: (inout OwedFilter) -> Void) async throws -> [OwedItemID] {
                var filter = OwedFilter()
                change(&filter)
                return try await store.owedItems(filter).map(\.id)
            }
            #expect(try await ids { $0.ofCase = CaseName(school: "01AB", reference: "zaak-1") } == [1, 2])
            #expect(try await ids { $0.ofCase = CaseName(school: "01AB", reference: "zaak-2") }.isEmpty)
            #expect(try await ids { $0.schools = ["02CD"] } == [3])
            #expect(try await ids { ($0.schools, $0.includesBoard) = (["02CD"], true) } == [3, 4])
            #expect(try await ids { $0.schools = [] }.isEmpty)
            #expect(try await ids { $0.kinds = [.bezwaar] } == [1, 3])
            #expect(try await ids { $0.states = [.open] } == [2, 3, 4])
            #expect(try await ids { $0.states = [.done, .lapsed] } == [1])
            #expect(try await ids { ($0.after, $0.limit) = (1, 2) } == [2, 3])
        },
        StoreCase("a step that belongs to no event fails the change") { store in
            var change = Change()
            change.owedSteps = [.open(item(.bezwaar))]
            #expect(await store.refusesAsInvalid(change))
        },
    ]

    // MARK: - Samples

    private static let due = Sample.now.calendarDateInAmsterdam.adding(days: 3)

    private static func item(
        _ kind: OwedKind, in place: OwedPlace = .event, names: [String] = [], subject: Int64? = nil,
        recipient: String? = nil, person: String? = nil, forEach: OwedKind? = nil
    ) -> NewOwedItem {
        var item = NewOwedItem(kind, place, since: Sample.now, dueOn: due, nextAt: Sample.later)
        item.names = names
        item.subject = subject
        item.recipientID = recipient
        item.personID = person
        item.forEach = forEach
        return item
    }

    private static func closing(
        _ kind: OwedKind, _ state: OwedState = .done, _ change: (inout OwedClosing) -> Void = { _ in }
    ) -> OwedClosing {
        var closing = OwedClosing(kind, .event, state: state, at: Sample.later)
        change(&closing)
        return closing
    }

    private static func opening(
        _ number: String, zaak: String = "zaak-1", school: String = "01AB", _ items: [NewOwedItem]
    ) -> Change {
        var change = Sample.change(Sample.event(number, caseReference: zaak, school: school))
        change.owedSteps = items.map(OwedStep.open)
        return change
    }

    private static func notice(of item: OwedItemID, to person: String) -> NewNotice {
        NewNotice(
            kind: .owedReminder, addressee: .person(person), recipientID: "", subject: nil, cause: "1",
            createdAt: Sample.now, owedItem: item)
    }
}

extension Store {
    /// The numbers of what is open.
    fileprivate var open: [OwedItemID] {
        get async throws {
            var filter = OwedFilter()
            filter.states = [.open]
            return try await owedItems(filter).map(\.id)
        }
    }

    @discardableResult
    fileprivate func open(
        _ number: String, zaak: String = "zaak-1", school: String = "01AB", _ items: [NewOwedItem]
    ) async throws -> (event: EventID, deliveries: [DeliveryID]) {
        var change = Sample.change(Sample.event(number, caseReference: zaak, school: school))
        change.owedSteps = items.map(OwedStep.open)
        return try await stored(change)
    }

    fileprivate func corrects(_ number: String, _ wrong: EventID, and item: NewOwedItem) async throws {
        var change = Sample.change(Sample.event(number))
        let correction = OwedCorrection(corrects: wrong, kinds: [item.kind], at: Sample.later, personID: "ib")
        change.owedSteps = [.correct(correction), .open(item)]
        _ = try await stored(change)
    }

    fileprivate func close(_ number: String, zaak: String = "zaak-1", _ closing: OwedClosing) async throws -> EventID {
        var change = Sample.change(Sample.event(number, caseReference: zaak))
        change.owedSteps = [.close(closing)]
        return try await stored(change).event
    }
}
