// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Testing
import Values

extension StoreSuite {
    static let moves = [
        StoreCase("a delivery comes back as it was planned") { store in
            let planned = Sample.delivery(
                .queued, reason: "bevestigd", confirmedBy: Sample.confirmation, tellBy: Sample.later)
            let stored = try await store.stored(Sample.change(Sample.event(), [Sample.delivery(.waiting), planned]))
            let delivery = try #require(try await store.delivery(stored.deliveries[1]))
            #expect(delivery.event == stored.event)
            #expect(delivery.key == planned.key)
            #expect(delivery.eventType == "nl.meldpoort.proef.v1")
            #expect(delivery.school == "01AB")
            #expect(delivery.recipientID == planned.recipientID)
            #expect(delivery.state == .queued)
            #expect(delivery.reason == "bevestigd")
            #expect(delivery.attempts == 0)
            #expect(delivery.dueAt == Sample.now)
            #expect(delivery.tellBy == Sample.later)
            #expect(delivery.confirmedBy == Sample.confirmation)
            #expect(delivery.receipt == nil)
            #expect(delivery.createdAt == Sample.now)
        },
        StoreCase("a delivery comes with its event in one read") { store in
            let body = Array(#"{"naam":"Testkind"}"#.utf8)
            let change = Sample.change(Sample.event(body: body), [Sample.delivery(confirmedBy: Sample.confirmation)])
            let receipt = try await store.commit(change)
            guard case .stored(_?, let deliveries, let caseNumber?) = receipt else { throw NotStored() }
            let whole = try #require(try await store.wholeDelivery(deliveries[0]))
            #expect(whole.delivery == (try await store.delivery(deliveries[0])))
            #expect(whole.delivery.caseNumber == caseNumber)
            #expect(whole.submitter == Sample.submitter)
            #expect(whole.traceID == "0af7651916cd43dd8448eb211c80319c")
            #expect(whole.body == body)
            #expect(try await store.wholeDelivery(77) == nil)
        },
        StoreCase("the way of a delivery: intent, outcome, receipt") { store in
            let receipt = Array(#"{"referentie":"VT-1"}"#.utf8)
            let id = try await store.deliverOne(receipt: receipt)
            let delivery = try #require(try await store.delivery(id))
            #expect(delivery.state == .delivered)
            #expect(delivery.attempts == 1)
            #expect(delivery.dueAt == nil)
            #expect(delivery.receipt == receipt)
        },
        StoreCase("a retry is due later and keeps its attempts") { store in
            let id = try await store.stored(Sample.change(Sample.event(), [Sample.delivery()])).deliveries[0]
            _ = try await store.commit(Sample.sending(id))
            _ = try await store.commit(Sample.outcome(id, .queued))
            let delivery = try #require(try await store.delivery(id))
            #expect(delivery.dueAt == Sample.later)
            #expect(delivery.attempts == 1)
            _ = try await store.commit(Sample.sending(id, attempt: 2))
            #expect(try await store.delivery(id)?.attempts == 2)
        },
        StoreCase("a move from another state is refused with the state it is in, and nothing of its change stays") {
            store in
            let id = try await store.stored(Sample.change(Sample.event(), [Sample.delivery(.waiting)])).deliveries[0]
            var change = Sample.sending(id)
            change.troubles = ["veilig-thuis-proef": Sample.now]
            await #expect(throws: StoreError.stateChanged(delivery: id, actual: .waiting)) {
                try await store.commit(change)
            }
            #expect(try await store.disclosures(DisclosureFilter()).isEmpty)
            #expect(try await store.troubles().isEmpty)
        },
        StoreCase("a move that the table of transitions does not have is refused") { store in
            let id = try await store.stored(Sample.change(Sample.event(), [Sample.delivery()])).deliveries[0]
            var change = Change()
            change.moves = [Move(id, from: [.queued, .waiting], to: .delivered)]
            await #expect(throws: StoreError.stateChanged(delivery: id, actual: .queued)) {
                try await store.commit(change)
            }
        },
        StoreCase("a delivery that is not there cannot move") { store in
            await #expect(throws: StoreError.noSuchDelivery(99)) { try await store.commit(Sample.sending(99)) }
            var change = Change()
            change.entries = [Sample.entry(.intent, of: .existing(99))]
            await #expect(throws: StoreError.noSuchDelivery(99)) { try await store.commit(change) }
        },
        StoreCase("only one of many that take the same delivery gets it") { store in
            let id = try await store.stored(Sample.change(Sample.event(), [Sample.delivery()])).deliveries[0]
            let winners = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 {
                    group.addTask { (try? await store.commit(Sample.sending(id))) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(winners == 1)
            #expect(try await store.disclosures(DisclosureFilter()).count == 1)
        },
        StoreCase("a move to the state it is in only sets terms") { store in
            let planned = Sample.delivery(reason: "bevestigd", tellBy: Sample.now)
            let id = try await store.stored(Sample.change(Sample.event(), [planned])).deliveries[0]
            var move = Move(id, from: [.queued], to: .queued)
            move.tellBy = .some(nil)
            move.dueAt = Sample.later
            var change = Change()
            change.moves = [move]
            _ = try await store.commit(change)
            let delivery = try #require(try await store.delivery(id))
            #expect(delivery.tellBy == nil)
            #expect(delivery.dueAt == Sample.later)
            #expect(delivery.reason == "bevestigd")
        },
        StoreCase("a new round remembers the attempts before it") { store in
            let id = try await store.stored(Sample.change(Sample.event(), [Sample.delivery()])).deliveries[0]
            for attempt in 1...2 {
                _ = try await store.commit(Sample.sending(id, attempt: attempt))
                _ = try await store.commit(Sample.outcome(id, attempt == 2 ? .parked : .queued, attempt: attempt))
            }
            #expect(try await store.delivery(id)?.roundStart == 0)
            var move = Move(id, from: [.parked], to: .queued)
            move.startsRound = true
            var change = Change()
            change.moves = [move]
            _ = try await store.commit(change)
            _ = try await store.commit(Sample.sending(id, attempt: 3))
            let delivery = try #require(try await store.delivery(id))
            #expect(delivery.attempts == 3)
            #expect(delivery.roundStart == 2)
        },
        StoreCase("the limit counts the deliveries of one submitter only") { store in
            for number in 1...6 {
                let other = Submitter(tokenID: "zzz999zzz999", personID: nil)
                let event = Sample.event("\(number)", submitter: number % 3 == 0 ? other : Sample.submitter)
                _ = try await store.commit(Sample.change(event, [Sample.delivery()]))
            }
            var filter = DeliveryFilter()
            filter.submitterToken = "zzz999zzz999"
            filter.limit = 2
            #expect(try await store.deliveries(filter).map(\.id) == [3, 6])
        },
        StoreCase("filters of deliveries") { store in
            let first = try await store.stored(
                Sample.change(
                    Sample.event("1"),
                    [Sample.delivery(.queued, tellBy: Sample.now), Sample.delivery(.refused, recipient: "index")]))
            let second = try await store.stored(
                Sample.change(Sample.event("2", school: "02CD"), [Sample.delivery(.waiting, recipient: "index")]))
            func found(_ set: (inout DeliveryFilter) -> Void) async throws -> [DeliveryID] {
                var filter = DeliveryFilter()
                set(&filter)
                return try await store.deliveries(filter).map(\.id)
            }
            let all = first.deliveries + second.deliveries
            #expect(try await found { _ in } == all)
            #expect(try await found { $0.event = first.event } == first.deliveries)
            #expect(try await found { $0.states = [.queued, .waiting] } == [all[0], all[2]])
            #expect(try await found { $0.states = [.refused] } == [all[1]])
            #expect(try await found { $0.states = [] } == [])
            #expect(try await found { $0.recipientID = "index" } == [all[1], all[2]])
            #expect(try await found { $0.schools = ["02CD"] } == [all[2]])
            #expect(try await found { $0.schools = [] } == [])
            #expect(try await found { $0.watched = true } == [all[0]])
            #expect(try await found { $0.after = all[0] } == [all[1], all[2]])
            #expect(try await found { $0.limit = 1 } == [all[0]])
            #expect(
                try await found {
                    $0.recipientID = "index"
                    $0.states = [.waiting]
                    $0.schools = ["01AB", "02CD"]
                    $0.limit = 5
                } == [all[2]])
        },
    ]
}
