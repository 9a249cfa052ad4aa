// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Testing
import Values

extension StoreSuite {
    static let log = [
        StoreCase("entries get consecutive places and leaf hashes") { store in
            try await store.deliverOne(Sample.event("1"))
            try await store.deliverOne(Sample.event("2"))
            let entries = try await store.disclosures(DisclosureFilter())
            #expect(entries.map(\.index) == [0, 1, 2, 3])
            #expect(entries.map(\.kind) == [.intent, .outcome, .intent, .outcome])
            #expect(entries.allSatisfy { $0.leafHash.count == 32 && $0.attempt == 1 })
            #expect(entries[0].canonicalBytes == Sample.entry(.intent, of: .existing(1)).canonicalBytes)
        },
        StoreCase("an entry of a delivery that comes in the same change") { store in
            var change = Sample.change(Sample.event(), [Sample.delivery(.waiting), Sample.delivery(.handedOver)])
            change.entries = [Sample.entry(.afterwards, of: .planned(1))]
            let deliveries = try await store.stored(change).deliveries
            #expect(try await store.disclosures(DisclosureFilter()).map(\.delivery) == [deliveries[1]])
        },
        StoreCase("a position that the change does not have is refused") { store in
            var change = Sample.change(Sample.event(), [Sample.delivery()])
            change.entries = [Sample.entry(.intent, of: .planned(1))]
            #expect(await store.refusesAsInvalid(change))
            let deliveries = try await store.deliveries(DeliveryFilter())
            #expect(deliveries.isEmpty)
            #expect(try await store.commit(Sample.change()) == .stored(event: 1, deliveries: [], caseNumber: 1))
        },
        StoreCase("an attempt has one intent and one outcome") { store in
            let id = try await store.deliverOne()
            for kind in [EntryKind.intent, .outcome] {
                var change = Change()
                change.entries = [Sample.entry(kind, of: .existing(id))]
                #expect(await store.refusesAsInvalid(change))
            }
            #expect(try await store.disclosures(DisclosureFilter()).count == 2)
        },
        StoreCase("a refused change leaves no gap in the log") { store in
            let id = try await store.deliverOne(Sample.event("1"))
            var refused = Change()
            refused.entries = [
                Sample.entry(.afterwards, of: .existing(id)), Sample.entry(.intent, of: .existing(id)),
            ]
            await #expect(throws: StoreError.self) { try await store.commit(refused) }
            try await store.deliverOne(Sample.event("2"))
            #expect(try await store.disclosures(DisclosureFilter()).map(\.index) == [0, 1, 2, 3])
        },
        StoreCase("filters of the log") { store in
            let first = try await store.deliverOne(Sample.event("1"))
            try await store.deliverOne(Sample.event("2", school: "02CD"))
            func found(_ set: (inout DisclosureFilter) -> Void) async throws -> [Int64] {
                var filter = DisclosureFilter()
                set(&filter)
                return try await store.disclosures(filter).map(\.index)
            }
            #expect(try await found { $0.delivery = first } == [0, 1])
            #expect(try await found { $0.schools = ["02CD"] } == [2, 3])
            #expect(try await found { $0.from = 1 } == [1, 2, 3])
            #expect(try await found { $0.limit = 3 } == [0, 1, 2])
            #expect(
                try await found {
                    $0.from = 3
                    $0.schools = ["01AB"]
                } == [])
        },
    ]
}
