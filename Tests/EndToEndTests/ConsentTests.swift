// SPDX-License-Identifier: EUPL-1.2
import Foundation
import RunningGateway
import Sandbox
import Testing
import Values

/// Practice 2 and 11: where consent is the ground, nothing goes without it, and a withdrawal stops what has not left.
@Suite struct ConsentTests {
    private static func options() -> BoardOptions {
        var options = BoardOptions()
        options.hasPartners = true
        options.reportRecipients = ["veilig-thuis-telefoon"]
        return options
    }

    @Test func aHelperGetsWhatConsentCoversAndNoMore() async throws {
        try await RunningSite.with(Self.options()) { site in
            let event = try await site.submit(SchoolEvent.share("zaak-1", to: ["hulp"]), as: .aandachtsfunctionaris)
            let waiting = try await site.delivery(ofEvent: event)
            let number = waiting.number
            #expect(waiting.state == "wachtOpBevestiging" && waiting.reason == "toestemming")
            // Confirming lifts no other hold, and no system records consent.
            #expect(try await site.send(.act(number, "bevestiging"), as: .aandachtsfunctionaris).status == 409)
            #expect(try await site.send(.event(SchoolEvent.consent("zaak-1")), as: .system).status == 403)
            // Of another case, for another helper: not for this one.
            try await site.submit(SchoolEvent.consent("zaak-2"), as: .aandachtsfunctionaris)
            try await site.submit(SchoolEvent.consent("zaak-1", for: ["hulp-twee"]), as: .aandachtsfunctionaris)
            #expect(try await site.delivery(number).reason == "toestemming")
            try await site.submit(SchoolEvent.consent("zaak-1"), as: .aandachtsfunctionaris)
            // A hold never turns into a send by itself.
            let covered = try await site.delivery(number)
            #expect(covered.state == "wachtOpBevestiging" && covered.reason == "bevestiging")
            #expect(try await site.send(.act(number, "vrijgave"), as: .aandachtsfunctionaris).status == 409)
            #expect(try await site.send(.act(number, "bevestiging"), as: .aandachtsfunctionaris).status == 202)
            #expect(try await site.delivery(number).state == "vrijTeGeven")
            let released = try await site.send(.act(number, "vrijgave"), as: .aandachtsfunctionaris)
            #expect(released.status == 200, "\(released.text)")
            #expect(released.text.contains(SchoolEvent.facts) && released.text.contains("Testkind"))
            for stays in [SchoolEvent.worries, SchoolEvent.parent, SchoolEvent.bsn] {
                #expect(!released.text.contains(stays))
            }
            let entry = try await site.entries(of: number).first
            #expect(entry?.json["grondslag"]?["soort"]?.string == "toestemming")
            #expect(try await site.verify() == "")
        }
    }

    @Test func aWithdrawalRefusesAtOnceWhatHasNotLeftAndChangesNothingElsewhere() async throws {
        try await RunningSite.with(Self.options()) { site in
            let report = try await site.submit(SchoolEvent.report("zaak-1"), as: .aandachtsfunctionaris)
            try await site.submit(SchoolEvent.consent("zaak-1"), as: .aandachtsfunctionaris)
            let event = try await site.submit(
                SchoolEvent.share("zaak-1", to: ["hulp", "hulp-twee"]), as: .aandachtsfunctionaris)
            let deliveries = try await site.deliveries().filter { $0.event == event }
            #expect(deliveries.map(\.state) == ["vrijTeGeven", "wachtOpBevestiging"])
            try await site.submit(
                SchoolEvent.noConsent("zaak-1", for: ["hulp", "veilig-thuis-telefoon"]), as: .aandachtsfunctionaris)
            // In the same commit: the first look after the answer sees it.
            let refused = try await site.delivery(deliveries[0].number)
            #expect(refused.state == "geweigerd" && refused.reason == "toestemmingIngetrokken")
            #expect(try await site.delivery(deliveries[1].number).state == "wachtOpBevestiging")
            let late = try await site.send(.act(refused.number, "vrijgave"), as: .aandachtsfunctionaris)
            #expect(late.status == 409 && !late.text.contains("kanarie"))
            #expect(try await site.entries(of: refused.number).isEmpty)
            let toVeiligThuis = try await site.delivery(ofEvent: report)
            #expect(toVeiligThuis.state == "vrijTeGeven")
            #expect(
                try await site.send(.act(toVeiligThuis.number, "vrijgave"), as: .aandachtsfunctionaris).status == 200)
            // And so it is after a restart.
            await site.kill()
            try await site.start()
            #expect(try await site.delivery(refused.number).state == "geweigerd")
        }
    }

    /// Released while consent is withdrawn: whoever was first won, and what was not out at the withdrawal's answer never is.
    @Test func nothingIsReleasedAfterTheWithdrawalWasAcknowledged() async throws {
        try await RunningSite.with(Self.options()) { site in
            var outcomes: [Bool] = []
            for turn in 0..<30 {
                let zaak = "zaak-\(turn)"
                try await site.submit(SchoolEvent.consent(zaak), as: .aandachtsfunctionaris)
                let event = try await site.submit(SchoolEvent.share(zaak, to: ["hulp"]), as: .aandachtsfunctionaris)
                let number = try await site.delivery(ofEvent: event).number
                async let released = site.send(.act(number, "vrijgave"), as: .aandachtsfunctionaris)
                let logged = try await withdraw(zaak, number, site, isLater: turn.isMultiple(of: 2))
                let isReleased = try await released.status == 200
                #expect(logged == (isReleased ? 1 : 0), "the text came after the withdrawal")
                #expect(try await site.delivery(number).state == (isReleased ? "vrijgegeven" : "geweigerd"))
                outcomes.append(isReleased)
            }
            print("released before the withdrawal: \(outcomes.count { $0 }) of \(outcomes.count)")
            #expect(try await site.verify() == "")
        }
    }

    /// Answers how many entries the delivery had when the withdrawal was acknowledged.
    private func withdraw(_ zaak: String, _ number: Int, _ site: RunningSite, isLater: Bool) async throws -> Int {
        // A request before it, in every second turn: sometimes one comes first, sometimes the other.
        if isLater { _ = try await site.delivery(number) }
        try await site.submit(SchoolEvent.noConsent(zaak), as: .aandachtsfunctionaris)
        return try await site.entries(of: number).count
    }
}
