// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Testing
import Values

/// Practice 2: a withdrawn consent stops what has not left, in the commit that journals it.
@Suite struct WithdrawalTests {
    /// The recipient is out of reach, so it waits in the queue between attempts.
    @Test func whatIsQueuedForADeadRecipientIsRefusedAtOnce() async throws {
        try await TestDoor.open(site: SampleSite.withHelper) { door in
            _ = try await door.submit(Sample.consent(), as: .responsible)
            _ = try await door.submit(Sample.share(), as: .responsible)
            await door.store.waitUntil(.queued)
            let queued = try #require(try await door.store.delivery(1))
            #expect(queued.state == .queued && queued.attempts == 1)
            let changes = door.store.changes
            #expect(try await door.submit(Sample.noConsent(), as: .responsible).status == 202)
            #expect(door.store.changes == changes + 1, "one commit for the event and what follows from it")
            let refused = try #require(try await door.store.delivery(1))
            #expect(refused.state == .refused && refused.reason == "toestemmingIngetrokken")
            // Its turn comes, and nothing happens.
            let attempts = try await door.store.disclosures(DisclosureFilter()).count
            door.clock.leap()
            let next = try await door.submit(Sample.share(), as: .responsible)
            #expect(next.status == 202)
            #expect(try await door.store.delivery(2)?.state == .refused)
            #expect(try await door.store.disclosures(DisclosureFilter()).count == attempts)
        }
    }

    /// Attempts go on while consent is withdrawn: none begins after the withdrawal was acknowledged.
    @Test func noAttemptBeginsAfterTheWithdrawalWasAcknowledged() async throws {
        let site = SampleSite.withHelper.replacing("maximum_attempts: 3", with: "maximum_attempts: 100")
        try await TestDoor.open(site: site) { door in
            door.clock.leap()
            for turn in 0..<20 {
                let zaak = "zaak-\(turn)"
                _ = try await door.submit(Sample.consent(zaak: zaak), as: .responsible)
                // Sent and withdrawn side by side: the withdrawal comes before, during or after the first attempts.
                async let shared = door.submit(Sample.share(zaak: zaak), as: .responsible)
                if turn.isMultiple(of: 2) { await door.store.waitUntil(.queued) }
                let withdrawn = try await door.submit(Sample.noConsent(zaak: zaak), as: .responsible)
                #expect(withdrawn.status == 202)
                let atWithdrawal = try await door.intents(of: Int64(turn + 1))
                #expect(try await shared.status == 202)
                try await door.settled(Int64(turn + 1))
                let state = try await door.store.delivery(Int64(turn + 1))
                #expect(state?.state == .refused && state?.reason == "toestemmingIngetrokken")
                #expect(try await door.intents(of: Int64(turn + 1)) == atWithdrawal)
            }
        }
    }
}

extension TestDoor {
    fileprivate func intents(of delivery: DeliveryID) async throws -> Int {
        var filter = DisclosureFilter()
        filter.delivery = delivery
        return try await store.disclosures(filter).count { $0.kind == .intent }
    }

    /// Returns when the delivery is refused.
    fileprivate func settled(_ delivery: DeliveryID) async throws {
        while try await store.delivery(delivery)?.state != .refused { await Task.yield() }
    }
}
