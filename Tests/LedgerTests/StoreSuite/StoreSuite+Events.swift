// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Testing
import Values

extension StoreSuite {
    static let events = [
        StoreCase("an event comes back as it went in") { store in
            let body = Array(#"{"naam":"Testkind"}"#.utf8)
            let (id, deliveries) = try await store.stored(Sample.change(Sample.event(body: body)))
            let event = try #require(try await store.event(id))
            #expect(deliveries.isEmpty)
            #expect(event.type == "nl.meldpoort.proef.v1")
            #expect(event.school == "01AB")
            #expect(event.receivedAt == Sample.now)
            #expect(event.submitter == Sample.submitter)
            #expect(event.traceID == "0af7651916cd43dd8448eb211c80319c")
            #expect(event.casePseudonym.count == 32)
            #expect(try await store.body(of: id) == body)
        },
        StoreCase("what is not there is nil") { store in
            let (event, body, delivery) = try await (store.event(7), store.body(of: 7), store.delivery(7))
            #expect(event == nil)
            #expect(body == nil)
            #expect(delivery == nil)
        },
        StoreCase("the same event again is a duplicate and changes nothing") { store in
            let (id, _) = try await store.stored(Sample.change(Sample.event(), [Sample.delivery()]))
            var again = Sample.change(Sample.event(), [Sample.delivery(), Sample.delivery()])
            again.troubles = ["veilig-thuis-proef": Sample.now]
            #expect(try await store.commit(again) == .duplicate(event: id))
            #expect(try await store.deliveries(DeliveryFilter()).count == 1)
            #expect(try await store.troubles().isEmpty)
        },
        StoreCase("an id that is taken by another body is refused") { store in
            _ = try await store.commit(Sample.change())
            await #expect(throws: StoreError.idTaken) {
                try await store.commit(Sample.change(Sample.event(body: Array("[]".utf8)), [Sample.delivery()]))
            }
            #expect(try await store.deliveries(DeliveryFilter()).isEmpty)
        },
        StoreCase("the same id from another source is another event") { store in
            let first = try await store.stored(Sample.change())
            let event = Sample.event()
            let other = NewEvent(
                source: event.source + "/2", id: event.id, type: event.type, school: event.school,
                caseReference: event.caseReference, body: event.body, receivedAt: event.receivedAt,
                submitter: event.submitter, traceID: event.traceID)
            #expect(try await store.stored(Sample.change(other)).event != first.event)
        },
        StoreCase("events of one case share its pseudonym, other cases and schools do not") { store in
            var pseudonyms: [String] = []
            for (id, reference, school) in [
                ("1", "zaak-1", "01AB"), ("2", "zaak-1", "01AB"), ("3", "zaak-2", "01AB"), ("4", "zaak-1", "02CD"),
            ] {
                let event = Sample.event(id, caseReference: reference, school: school)
                let stored = try await store.stored(Sample.change(event))
                pseudonyms.append(try #require(try await store.event(stored.event)).casePseudonym)
            }
            #expect(pseudonyms[0] == pseudonyms[1])
            #expect(Set(pseudonyms).count == 3)
        },
        StoreCase("first events of one case at the same time all open") { store in
            let ids = try await withThrowingTaskGroup(of: EventID.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        let event = Sample.event("\(number)", body: Array("\(number)".utf8))
                        return try await store.stored(Sample.change(event)).event
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            var bodies: Set<[UInt8]> = []
            for id in ids { bodies.insert(try #require(try await store.body(of: id))) }
            #expect(bodies == Set((0..<40).map { Array("\($0)".utf8) }))
            let deliveries = try await store.deliveries(DeliveryFilter())
            #expect(Set(deliveries.map(\.caseNumber)).count <= 1)
        },
        StoreCase("the same event at the same time is stored once") { store in
            let receipts = try await withThrowingTaskGroup(of: CommitReceipt.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await store.commit(Sample.change(Sample.event(), [Sample.delivery()])) }
                }
                return try await group.reduce(into: [CommitReceipt]()) { $0.append($1) }
            }
            let stored = receipts.filter { if case .stored = $0 { true } else { false } }
            #expect(stored.count == 1)
            #expect(try await store.deliveries(DeliveryFilter()).count == 1)
        },
        StoreCase("a large body comes back whole") { store in
            let body = [UInt8](repeating: 0x61, count: 900_000)
            let (id, _) = try await store.stored(Sample.change(Sample.event(body: body)))
            #expect(try await store.body(of: id) == body)
        },
        StoreCase("an empty change is stored and changes nothing") { store in
            let receipt = try await store.commit(Change())
            #expect(receipt == .stored(event: nil, deliveries: [], caseNumber: nil))
        },
    ]
}
