// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Ledger
import Testing

@Suite struct GroupCommitTests {
    @Test func sendersThatWaitShareTransactions() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<400 {
                    group.addTask { _ = try await store.commit(Sample.change(Sample.event("\(number)"))) }
                }
                try await group.waitForAll()
            }
            let statistics = store.statistics
            #expect(statistics.changes == 400)
            #expect(statistics.groups <= 200)
            #expect(statistics.largestGroup > 1)
            #expect(statistics.largestGroup <= 256)
        }
    }

    @Test func aRefusedChangeDoesNotTouchTheOthersOfItsGroup() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            let id = try await store.deliverOne()
            let refused = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 100..<300 {
                    group.addTask {
                        _ = try await store.commit(Sample.change(Sample.event("\(number)"), [Sample.delivery()]))
                        return 0
                    }
                    group.addTask {
                        // Fails after it wrote an event, by a constraint of the schema.
                        var change = Sample.change(Sample.event("refused-\(number)"), [Sample.delivery()])
                        change.entries = [Sample.entry(.intent, of: .existing(id))]
                        return (try? await store.commit(change)) == nil ? 1 : 0
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(refused == 200)
            #expect(store.statistics.refusals == 200)
            #expect(try await store.deliveries(DeliveryFilter()).count == 201)
            #expect(try await store.verify(deep: true).isClean)
        }
    }

    @Test func aCancelledCallerStillGetsTheTruth() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await store.commit(Sample.change())
            }
            let receipt = try await task.value
            #expect(receipt == .stored(event: 1, deliveries: [], caseNumber: 1))
            #expect(try await store.event(1) != nil)
        }
    }

    @Test func drainAndCloseCarryOutWhatWaits() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            let stored = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<300 {
                    group.addTask { (try? await store.commit(Sample.change(Sample.event("\(number)")))) != nil }
                }
                group.addTask {
                    await store.drain()
                    await store.close()
                    return false
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            let again = try SQLiteStore.open(temporary.path, ring: temporary.ring)
            let report = try await again.verify(deep: true)
            #expect(report.bodies == Int64(stored))
            #expect(report.isClean)
            await again.close()
        }
    }
}
