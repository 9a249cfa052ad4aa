// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Testing
import Values

/// What waits has an owner and a clock, and never turns into a send by itself.
@Suite struct HoldClockTests {
    @Test func whatWaitsIsRemindedThenExpiresAndIsNeverSent() async throws {
        try await TestDoor.open(site: SampleSite.withHelper) { door in
            door.clock.leap()
            // The verwijsindex waits for a confirmation, the helper for consent.
            _ = try await door.submit(Sample.registration(), as: .responsible)
            await door.store.waitUntil(.cancelled)
            _ = try await door.submit(Sample.share(), as: .responsible)
            await door.store.waitUntil(.cancelled)
            for delivery in try await door.store.deliveries(DeliveryFilter()) {
                #expect(delivery.state == .cancelled && delivery.reason == "verlopen")
                #expect(delivery.attempts == 0 && delivery.tellBy == nil)
                var filter = NoticeFilter()
                filter.delivery = delivery.id
                let notices = try await door.store.notices(filter)
                // Every second day for thirty days.
                #expect(notices.dropLast().map(\.kind) == Array(repeating: .holdReminder, count: 14))
                #expect(notices.dropLast().map(\.cause) == (1...14).map { "herinnering \($0)" })
                #expect(notices.last?.kind == .holdExpired)
                #expect(notices.allSatisfy { $0.addressee == .person("af-wilg") })
            }
            #expect(try await door.store.disclosures(DisclosureFilter()).isEmpty)
            // Too late: who still wants it decides again.
            let reply = try await door.post("/v1/afleveringen/1/bevestiging", as: .responsible)
            #expect(reply.problem == "verkeerde-status")
        }
    }

    @Test func whatIsConfirmedInTimeIsNotReminded() async throws {
        try await TestDoor.open { door in
            _ = try await door.submit(Sample.registration(), as: .responsible)
            #expect(try await door.store.delivery(1)?.tellBy != nil)
            _ = try await door.post("/v1/afleveringen/1/bevestiging", as: .responsible)
            await door.store.waitUntil(.rejected)
            #expect(try await door.store.delivery(1)?.tellBy == nil)
            let kinds = try await door.store.notices(NoticeFilter()).map(\.kind)
            #expect(!kinds.contains(.holdReminder) && !kinds.contains(.holdExpired))
        }
    }
}
