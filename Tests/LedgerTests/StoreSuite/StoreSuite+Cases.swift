// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Synchronization
import Testing
import Values

extension StoreSuite {
    static let cases = [
        StoreCase("the events of a case come in order, with their bodies, and of the asked types") { store in
            for (id, reference, school) in [
                ("1", "zaak-1", "01AB"), ("2", "zaak-2", "01AB"), ("3", "zaak-1", "02CD"), ("4", "zaak-1", "01AB"),
            ] {
                let event = Sample.event(id, caseReference: reference, school: school, body: Array("\(id)".utf8))
                _ = try await store.commit(Sample.change(event))
            }
            let name = CaseName(school: "01AB", reference: "zaak-1")
            let events = try await store.caseEvents(name, types: nil)
            #expect(events.map(\.event.id) == [1, 4])
            #expect(events.map { String(decoding: $0.body, as: UTF8.self) } == ["1", "4"])
            #expect(events.allSatisfy { $0.event.submitter == Sample.submitter && $0.event.school == "01AB" })
            let typed = try await store.caseEvents(name, types: ["nl.meldpoort.proef.v1", "x"])
            #expect(typed == events)
            #expect(try await store.caseEvents(name, types: ["nl.meldpoort.ander.v1"]).isEmpty)
            #expect(try await store.caseEvents(name, types: []).isEmpty)
            #expect(try await store.caseEvents(CaseName(school: "01AB", reference: "zaak-9"), types: nil).isEmpty)
        },
        StoreCase("deliveries of one case") { store in
            for (id, reference, school) in [("1", "zaak-1", "01AB"), ("2", "zaak-2", "01AB"), ("3", "zaak-1", "02CD")] {
                let event = Sample.event(id, caseReference: reference, school: school)
                _ = try await store.commit(Sample.change(event, [Sample.delivery(), Sample.delivery(.waiting)]))
            }
            var filter = DeliveryFilter()
            filter.ofCase = CaseName(school: "01AB", reference: "zaak-1")
            #expect(try await store.deliveries(filter).map(\.event) == [1, 1])
            filter.states = [.waiting]
            #expect(try await store.deliveries(filter).map(\.id) == [2])
            filter.ofCase = CaseName(school: "01AB", reference: "zaak-9")
            #expect(try await store.deliveries(filter).isEmpty)
        },
        StoreCase("who is barred from a case is barred from all of it and from nothing else") { store in
            _ = try await store.deliverOne(Sample.event("1"))
            var change = Sample.change(Sample.event("2"))
            change.barred = ["ib-de-linde", "directie"]
            _ = try await store.commit(change)
            change = Sample.change(Sample.event("3"))
            change.barred = ["ib-de-linde"]
            _ = try await store.commit(change)
            _ = try await store.deliverOne(Sample.event("4", caseReference: "zaak-2"))
            for event in [1, 2, 3] as [EventID] {
                #expect(try await store.isBarred("ib-de-linde", fromCaseOf: event))
            }
            #expect(try await store.isBarred("directie", fromCaseOf: 1))
            #expect(try await !store.isBarred("leerkracht", fromCaseOf: 1))
            #expect(try await !store.isBarred("ib-de-linde", fromCaseOf: 4))
            #expect(try await !store.isBarred("ib-de-linde", fromCaseOf: 99))
            var deliveries = DeliveryFilter()
            var entries = DisclosureFilter()
            #expect(try await store.deliveries(deliveries).count == 2)
            (deliveries.hiddenFrom, entries.hiddenFrom) = ("directie", "directie")
            #expect(try await store.deliveries(deliveries).map(\.event) == [4])
            #expect(try await store.disclosures(entries).map(\.delivery) == [2, 2])
            (deliveries.hiddenFrom, entries.hiddenFrom) = ("leerkracht", "leerkracht")
            #expect(try await store.deliveries(deliveries).count == 2)
            #expect(try await store.disclosures(entries).count == 4)
        },
        StoreCase("what was judged comes back per delivery, in order and within its time") { store in
            let inputs = [#"{"soort":"a"}"#, #"{"soort":"b"}"#, #"{"soort":"a"}"#].map { Array($0.utf8) }
            for (number, input) in inputs.enumerated() {
                let change = Sample.change(Sample.event("\(number)"), [Sample.judged(input), Sample.delivery()])
                _ = try await store.commit(change)
            }
            let found = Collected()
            try await store.situations(from: Sample.now, to: Sample.later) { found.add($0) }
            #expect(found.all.map(\.delivery) == [1, 3, 5])
            #expect(found.all.map(\.json) == inputs)
            #expect(found.all.allSatisfy { $0.state == .waiting && $0.judgedAt == Sample.now })
            let outside = Collected()
            try await store.situations(from: Sample.now.adding(seconds: 1), to: Sample.later) { outside.add($0) }
            try await store.situations(from: .init(millisecondsSince1970: 0), to: Sample.now) { outside.add($0) }
            #expect(outside.all.isEmpty)
        },
        StoreCase("a confirmation remembers that the text was looked at") { store in
            for (position, isChecked) in [true, false].enumerated() {
                let change = Sample.change(Sample.event("\(position)"), [Sample.delivery(.waiting)])
                let id = try await store.stored(change).deliveries[0]
                var move = Move(id, from: [.waiting], to: .releasable)
                move.confirmedBy = Confirmation(
                    personID: "ib-de-linde", role: "aandachtsfunctionaris", at: Sample.now, textChecked: isChecked)
                var confirmed = Change()
                confirmed.moves = [move]
                _ = try await store.commit(confirmed)
                #expect(try await store.delivery(id)?.confirmedBy == move.confirmedBy)
            }
        },
        StoreCase("reminders and the end of a hold, each once") { store in
            let change = Sample.change(Sample.event(), [Sample.delivery(.waiting, tellBy: Sample.now)])
            let id = try await store.stored(change).deliveries[0]
            func notice(_ kind: NewNotice.Kind, _ cause: String) -> NewNotice {
                NewNotice(
                    kind: kind, addressee: .person("ib-de-linde"), recipientID: "veilig-thuis-proef",
                    subject: .existing(id), cause: cause, createdAt: Sample.now)
            }
            var reminding = Change()
            reminding.notices = [
                notice(.holdReminder, "herinnering 1"), notice(.holdReminder, "herinnering 1"),
                notice(.holdReminder, "herinnering 2"), notice(.holdExpired, "verlopen"),
            ]
            var move = Move(id, from: [.waiting], to: .waiting)
            move.tellBy = .some(Sample.later)
            reminding.moves = [move]
            _ = try await store.commit(reminding)
            let kinds = try await store.notices(NoticeFilter()).map(\.kind)
            #expect(kinds == [.holdReminder, .holdReminder, .holdExpired])
            #expect(try await store.delivery(id)?.tellBy == Sample.later)
        },
        StoreCase("an event and what follows from it stand together or not at all") { store in
            let id = try await store.stored(Sample.change(Sample.event("1"), [Sample.delivery()])).deliveries[0]
            _ = try await store.commit(Sample.sending(id))
            var change = Sample.change(Sample.event("2"))
            change.barred = ["directie"]
            var move = Move(id, from: [.queued], to: .refused)
            move.reason = "toestemmingIngetrokken"
            change.moves = [move]
            let withdrawal = change
            await #expect(throws: StoreError.stateChanged(delivery: id, actual: .sending)) {
                try await store.commit(withdrawal)
            }
            #expect(try await store.event(2) == nil)
            #expect(try await !store.isBarred("directie", fromCaseOf: 1))
        },
    ]
}

/// What a store handed out one by one.
private final class Collected: Sendable {
    private let found = Mutex<[StoredSituation]>([])

    func add(_ one: StoredSituation) { found.withLock { $0.append(one) } }

    var all: [StoredSituation] { found.withLock { $0 } }
}
