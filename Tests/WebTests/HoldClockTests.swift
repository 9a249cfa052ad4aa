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

    /// Consent runs out while the recipient is out of reach: it waits anew, and is reminded of and ends as anything that waits. The
    /// clock counts from then, and what was said of an earlier wait is said again.
    @Test(.timeLimit(.minutes(5))) func whatComesToWaitAgainIsRemindedAnew() async throws {
        let site = SampleSite.withHelper.replacing("maximum_attempts: 3", with: "maximum_attempts: 100")
        try await TestDoor.open(site: site) { door in
            let start = door.clock.now()
            door.clock.leap(upTo: start.adding(seconds: 5 * 86_400))
            _ = try await door.submit(Sample.share(), as: .responsible)
            try await door.until { try await door.reminders(of: 1).count == 2 }
            #expect(try await door.reminders(of: 1).map(\.cause) == ["herinnering 1", "herinnering 2"])
            let end = start.adding(seconds: 6 * 86_400).calendarDateInAmsterdam
            let consent = Sample.consent().withData("geldigTot", .string(end.description))
            #expect(try await door.submit(consent, as: .responsible).status == 202)
            // Attempts go on every hour; a hundred of them take longer than the consent lasts. Not sooner: what waits would end first.
            door.clock.leap()
            #expect(try await door.post("/v1/afleveringen/1/bevestiging", as: .responsible).status == 202)
            await door.store.waitUntil(.cancelled)
            let delivery = try #require(try await door.store.delivery(1))
            #expect(delivery.state == .cancelled && delivery.reason == "verlopen" && delivery.attempts > 1)
            let again = try await door.reminders(of: 1).dropFirst(2)
            // Every second day for thirty days, counted from the day after the consent.
            #expect(again.count == 14 && Set(again.map(\.cause)).count == 14)
            #expect(again.allSatisfy { $0.createdAt.calendarDateInAmsterdam.daysSince(end) >= 2 })
            var filter = NoticeFilter()
            filter.delivery = 1
            #expect(try await door.store.notices(filter).last?.kind == .holdExpired)
        }
    }

    /// An event of the case makes what was queued wait: its clock runs at once, not only after a restart.
    @Test(.timeLimit(.minutes(5))) func whatAnEventMakesWaitIsWatchedAtOnce() async throws {
        // Enough attempts that it is not parked before the event comes, however fast time goes by.
        let site = SampleSite.withHelper.replacing("maximum_attempts: 3", with: "maximum_attempts: 100")
        try await TestDoor.open(site: site) { door in
            _ = try await door.submit(Sample.consent(), as: .responsible)
            _ = try await door.submit(Sample.share(), as: .responsible)
            await door.store.waitUntil(.queued)
            let past = door.clock.today.adding(days: -1)
            door.clock.leap()
            let replaced = Sample.consent().withData("geldigTot", .string(past.description))
            #expect(try await door.submit(replaced, as: .responsible).status == 202)
            try await door.until { try await door.store.delivery(1)?.state == .cancelled }
            #expect(try await door.reminders(of: 1).count == 14)
        }
    }
}

extension TestDoor {
    fileprivate func reminders(of delivery: DeliveryID) async throws -> [StoredNotice] {
        var filter = NoticeFilter()
        filter.delivery = delivery
        return try await store.notices(filter).filter { $0.kind == .holdReminder }
    }

    /// Returns when something holds.
    func until(_ condition: () async throws -> Bool) async throws {
        while try await !condition() { await Task.yield() }
    }
}
