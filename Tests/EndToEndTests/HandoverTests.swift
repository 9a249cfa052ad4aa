// SPDX-License-Identifier: EUPL-1.2
import Foundation
import RunningGateway
import Sandbox
import Testing
import Values

/// Practice 4 and 21: what a person passes on, and what a person already told.
@Suite struct HandoverTests {
    private static func options() -> BoardOptions {
        var options = BoardOptions()
        options.reportRecipients = ["veilig-thuis-telefoon"]
        return options
    }

    @Test func aReleasedReportCountsAsDisclosedUntilItIsClosed() async throws {
        try await RunningSite.with(Self.options()) { site in
            let event = try await site.submit(SchoolEvent.report("zaak-1"), as: .aandachtsfunctionaris)
            let number = try await site.delivery(ofEvent: event).number
            #expect(try await site.delivery(number).state == "vrijTeGeven")
            #expect(try await site.entries(of: number).isEmpty)
            let refused = try await site.send(.act(number, "vrijgave"), as: .system)
            #expect(refused.status == 403 && !refused.text.contains("plekken"))
            let released = try await site.send(.act(number, "vrijgave"), as: .aandachtsfunctionaris)
            #expect(released.status == 200 && released.text.contains("blauwe plekken"))
            #expect(!released.text.contains(SchoolEvent.bsn))
            #expect(try await site.entries(of: number).map(\.kind) == ["voornemen"])
            let open = try await site.delivery(number)
            #expect(open.state == "vrijgegeven" && open.warning != nil)
            // Released once: a second person gets no second text.
            #expect(try await site.send(.act(number, "vrijgave"), as: .aandachtsfunctionaris).status == 409)
            let form: JSONValue = [
                "verstrekt": true, "tijdstip": "2026-11-05T09:30:00+01:00", "wijze": "telefoon",
                "gesprokenMet": "Medewerker Voorbeeld", "kenmerk": "VT-VOORBEELD-7",
            ]
            let closed = try await site.send(.act(number, "afsluiting", form), as: .aandachtsfunctionaris)
            #expect(closed.status == 200, "\(closed.text)")
            let settled = try await site.delivery(number)
            #expect(settled.state == "verstrekt" && settled.warning == nil)
            let entry = try await site.entries(of: number).last
            #expect(entry?.outcome == "verstrekt")
            #expect(entry?.json["verstrektOp"]?.string.flatMap { Timestamp($0) } == Timestamp("2026-11-05T08:30:00Z"))
            #expect(try await site.verify() == "")
        }
    }

    @Test func aReleasedReportThatWasNotPassedOnIsClosedSo() async throws {
        try await RunningSite.with(Self.options()) { site in
            let event = try await site.submit(SchoolEvent.report("zaak-1"), as: .aandachtsfunctionaris)
            let number = try await site.delivery(ofEvent: event).number
            #expect(try await site.send(.act(number, "vrijgave"), as: .aandachtsfunctionaris).status == 200)
            let form: JSONValue = ["verstrekt": false]
            #expect(try await site.send(.act(number, "afsluiting", form), as: .system).status == 403)
            #expect(try await site.send(.act(number, "afsluiting", form), as: .aandachtsfunctionaris).status == 200)
            #expect(try await site.delivery(number).state == "nietVerstrekt")
            #expect(try await site.entries(of: number).map(\.outcome) == [nil, "nietVerstrekt"])
            #expect(try await site.verify() == "")
        }
    }

    /// The text and its intent survive a crash as a pair: released stays released.
    @Test func aReleaseSurvivesAKill() async throws {
        try await RunningSite.with(Self.options()) { site in
            let event = try await site.submit(SchoolEvent.report("zaak-1"), as: .aandachtsfunctionaris)
            let number = try await site.delivery(ofEvent: event).number
            #expect(try await site.send(.act(number, "vrijgave"), as: .aandachtsfunctionaris).status == 200)
            await site.kill()
            try await site.start()
            #expect(try await site.delivery(number).state == "vrijgegeven")
            #expect(try await site.entries(of: number).map(\.kind) == ["voornemen"])
        }
    }

    @Test func aPhonedReportIsRecordedAfterwardsWithoutAnEarlierStep() async throws {
        try await RunningSite.with { site in
            let phoned = SchoolEvent.phoned("zaak-nieuw", at: "2026-11-05T09:30:00+01:00")
            #expect(try await site.send(.event(phoned), as: .system).status == 403)
            let event = try await site.submit(phoned, as: .aandachtsfunctionaris)
            let delivery = try await site.delivery(ofEvent: event)
            #expect(delivery.state == "verstrekt" && delivery.warning == nil)
            let entries = try await site.entries(of: delivery.number)
            #expect(entries.map(\.kind) == ["achterafVastgelegd"])
            let both = [entries.first?.time, entries.first?.json["verstrektOp"]?.string.flatMap { Timestamp($0) }]
            #expect(both[1] == Timestamp("2026-11-05T08:30:00Z"))
            #expect(both[0] != nil && both[0] != both[1])
            #expect(site.board.relay.messages.isEmpty && site.board.index.count == 0)
            #expect(try await site.verify() == "")
        }
    }
}
