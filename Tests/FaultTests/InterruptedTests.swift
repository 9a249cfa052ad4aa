// SPDX-License-Identifier: EUPL-1.2
import RunningGateway
import Sandbox
import Testing
import Values

/// The process is killed exactly when a counterpart has everything and has not answered: nobody can know, so a person decides.
@Suite struct InterruptedTests {
    @Test func aRequestWithoutAnswerBecomesUnknownAndIsNotResent() async throws {
        try await RunningSite.with { site in
            let index = site.board.index
            index.behaviour = .inTurn([.never], then: .index)
            let number = try await site.confirmedRegistration(SchoolEvent.registration("zaak-1"))
            let first = try await index.waitForRequests(1, timeout: .seconds(20))
            await site.kill()
            try await site.start()
            try await site.delivery(number, becomes: "onbekend")
            #expect(try await site.verify() == "")
            // A later one of the same case goes, and goes alone.
            let later = try await site.confirmedRegistration(SchoolEvent.registration("zaak-1"))
            try await site.delivery(later, becomes: "afgeleverd")
            #expect(index.count == 2)
            let key = first[0].header("Idempotency-Key") ?? ""
            #expect(index.requests.count { $0.header("Idempotency-Key") == key } == 1)
            // Only a person sends it again: with the same key, so that the counterpart can know it.
            let retried = try await site.send(.act(number, "herkansing"), as: .meldingsbevoegde)
            #expect(retried.status == 200, "\(retried.text)")
            let settled = try await site.delivery(number, becomes: "afgeleverd")
            #expect(settled.attempts == 2)
            #expect(index.requests.count { $0.header("Idempotency-Key") == key } == 2)
            let entries = try await site.entries(of: number)
            #expect(entries.map(\.kind) == ["voornemen", "uitkomst", "voornemen", "uitkomst"])
            #expect(entries.map(\.outcome) == [nil, "onbekend", nil, "aangenomen"])
            #expect(try await site.verify() == "")
        }
    }

    @Test func aMailWithoutReplyBecomesUnknownAndTellsAtOnce() async throws {
        var options = BoardOptions()
        options.hasNoticesRelay = true
        try await RunningSite.with(options) { site in
            let relay = site.board.relay
            relay.rules.failAt[.message] = .hang
            let event = try await site.submit(SchoolEvent.report("zaak-1"), as: .aandachtsfunctionaris)
            try await relay.waitForUnacceptedMessages(1, timeout: .seconds(20))
            await site.kill()
            relay.rules.failAt = [:]
            try await site.start()
            let notices = try await site.board.noticesRelay.waitForMessages(1, timeout: .seconds(20))
            #expect(notices[0].parsed.text.contains("bel 0800-2000"))
            #expect(notices[0].recipients == ["aandachtsfunctionaris@dewilg.example"])
            let delivery = try await site.delivery(ofEvent: event)
            #expect(delivery.state == "onbekend")
            #expect(delivery.warning?.contains("0800-2000") == true)
            // A later report of the same case goes.
            let later = try await site.submit(SchoolEvent.report("zaak-1"), as: .aandachtsfunctionaris)
            try await relay.waitForMessages(1, timeout: .seconds(20))
            try await site.delivery(try await site.delivery(ofEvent: later).number, becomes: "afgeleverd")
            #expect(relay.messages.count == 1 && relay.unacceptedMessages.count == 1)
            #expect(try await site.verify() == "")
        }
    }

    /// The person phones the counterpart, hears that it is there (or is not), and says so.
    @Test(arguments: [(true, "afgeleverd", "verstrekt"), (false, "nietVerstrekt", "nietVerstrekt")])
    func aPersonSettlesAnUnknown(arrived: Bool, state: String, outcome: String) async throws {
        try await RunningSite.with { site in
            site.board.index.behaviour = .always(.hangUpAfterRequest)
            let number = try await site.confirmedRegistration(SchoolEvent.registration("zaak-1"))
            try await site.delivery(number, becomes: "onbekend")
            let closed = try await site.send(
                .act(number, "afsluiting", ["verstrekt": .bool(arrived)]), as: .meldingsbevoegde)
            #expect(closed.status == 200, "\(closed.text)")
            #expect(try await site.delivery(number).state == state)
            #expect(try await site.entries(of: number).last?.outcome == outcome)
            #expect(try await site.verify() == "")
        }
    }

    /// Whoever hangs up after sending may have been heard: what was stored goes out without anybody asking again.
    @Test func whoHangsUpEarlyStillDelivers() async throws {
        try await RunningSite.with { site in
            let client = DoorClient()
            let events = (0..<40).map { SchoolEvent.report("zaak-\($0)") }
            let token = site.token(of: .aandachtsfunctionaris)
            for event in events {
                try await client.sendAndHangUp(Request.event(event).authorised(token), to: site.address)
            }
            // Whatever was not taken in then is taken in now; nothing is taken in twice.
            for event in events { try await site.submit(event, as: .aandachtsfunctionaris) }
            try await site.settles(within: .seconds(30))
            let deliveries = try await site.deliveries()
            #expect(deliveries.count == events.count)
            #expect(deliveries.allSatisfy { $0.state == "afgeleverd" })
            #expect(site.board.relay.messages.count == events.count)
        }
    }
}
