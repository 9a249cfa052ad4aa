// SPDX-License-Identifier: EUPL-1.2
import Foundation
import RunningGateway
import Sandbox
import Testing
import Values

/// Practice 3: the reporter always knows whether it arrived, and no delivery that stands still holds up a later one.
@Suite struct UrgentPathTests {
    private static let warning = "Nog niet aangekomen: bel 0800-2000, bij acuut gevaar 112."
    private static let submitter = "directie@dewilg.example"
    private static let responsible = "aandachtsfunctionaris@dewilg.example"

    private static func options(retry: String) -> BoardOptions {
        var options = BoardOptions()
        options.hasNoticesRelay = true
        options.retry = retry
        return options
    }

    private static let parkingSoon =
        "{first_delay_seconds: 1, factor: 1, longest_delay_seconds: 1, maximum_attempts: 2}"

    @Test func aParkedReportIsToldAtOnceAndHoldsNothingUp() async throws {
        try await RunningSite.with(Self.options(retry: Self.parkingSoon)) { site in
            try await site.admit("dir-wilg")
            let (relay, notices) = (site.board.relay, site.board.noticesRelay)
            await relay.stop()
            let event = try await site.submit(SchoolEvent.report("zaak-1"), as: .person("dir-wilg"))
            let number = try await site.delivery(ofEvent: event).number
            let parked = try await site.delivery(number, becomes: "geparkeerd")
            #expect(parked.warning == Self.warning)
            #expect(try await site.event(event)["waarschuwing"]?.string == Self.warning)
            // Submitter, the aandachtsfunctionaris and the deputy, and ICT about the relay.
            let mails = try await notices.waitForMessages(4, timeout: .seconds(20))
            let told = mails.filter { $0.parsed.text.contains(Self.warning) }.flatMap(\.recipients)
            #expect(told.contains(Self.submitter) && told.contains(Self.responsible))
            #expect(Set(told).count == told.count, "somebody was told twice")
            try checkContentFree(mails)
            // The relay is back: a later report of the same case goes, past the parked one.
            try await relay.start()
            let later = try await site.submit(SchoolEvent.report("zaak-1"), as: .person("dir-wilg"))
            let laterNumber = try await site.delivery(ofEvent: later).number
            try await relay.waitForMessages(1, timeout: .seconds(20))
            try await site.delivery(laterNumber, becomes: "afgeleverd")
            #expect(try await site.event(later)["waarschuwing"] == nil)
            #expect(try await site.delivery(number).state == "geparkeerd")
            try await checkTroubleNotices(site)
            // A person sets the parked one going again.
            #expect(try await site.send(.act(number, "herkansing"), as: .person("dir-wilg")).status == 200)
            try await site.delivery(number, becomes: "afgeleverd")
            #expect(try await site.event(event)["waarschuwing"] == nil)
            #expect(relay.messages.count == 2)
        }
    }

    /// ICT hears once that the trouble began and once that it ended, however many deliveries failed.
    private func checkTroubleNotices(_ site: RunningSite) async throws {
        let ict = try await eventually("ICT to hear that it is over") {
            let mails = site.board.noticesRelay.messages.filter { $0.recipients == ["ict@voorbeeldbestuur.example"] }
            return mails.contains { $0.parsed.subject.hasPrefix("Storing voorbij") } ? mails : nil
        }
        #expect(ict.map { $0.parsed.subject.prefix { $0 != ":" } } == ["Storing", "Storing voorbij"])
    }

    @Test func ictHearsOnceHoweverManyFail() async throws {
        try await RunningSite.with(Self.options(retry: Self.parkingSoon)) { site in
            let (relay, notices) = (site.board.relay, site.board.noticesRelay)
            await relay.stop()
            for zaak in 0..<8 {
                try await site.submit(SchoolEvent.report("zaak-\(zaak)"), as: .aandachtsfunctionaris)
            }
            try await eventually("eight parked reports") {
                try await site.deliveries().count { $0.state == "geparkeerd" } == 8 ? true : nil
            }
            // Trouble outlives the process: the one that starts now must not tell it again.
            #expect(await site.stop())
            try await site.start()
            try await site.submit(SchoolEvent.report("zaak-9"), as: .aandachtsfunctionaris)
            try await eventually("nine parked reports") {
                try await site.deliveries().count { $0.state == "geparkeerd" } == 9 ? true : nil
            }
            try await relay.start()
            for zaak in 10..<13 {
                try await site.submit(SchoolEvent.report("zaak-\(zaak)"), as: .aandachtsfunctionaris)
            }
            try await relay.waitForMessages(3, timeout: .seconds(20))
            try await checkTroubleNotices(site)
            // Every notice is out: two to ICT, and one for each parked report and addressee.
            let mails = try await notices.waitForMessages(2 + 9 * 2, timeout: .seconds(40))
            #expect(mails.count == 2 + 9 * 2)
            try checkContentFree(mails)
        }
    }

    @Test func aReportThatIsStillQueuedAtItsTermIsTold() async throws {
        var options = Self.options(
            retry: "{first_delay_seconds: 300, factor: 1, longest_delay_seconds: 300, maximum_attempts: 18}")
        options.tellAfterMinutes = 1
        try await RunningSite.with(options) { site in
            try await site.admit("dir-wilg")
            await site.board.relay.stop()
            let began = ContinuousClock.now
            let event = try await site.submit(SchoolEvent.report("zaak-1"), as: .person("dir-wilg"))
            let number = try await site.delivery(ofEvent: event).number
            // Before the term nothing is wrong yet; and the term survives a restart.
            #expect(try await site.event(event)["waarschuwing"] == nil)
            try await site.delivery(number, becomes: "inWachtrij")
            await site.kill()
            try await site.start()
            let mails = try await site.board.noticesRelay.waitForMessages(3, timeout: .seconds(90))
            let waited = ContinuousClock.now - began
            #expect(waited > .seconds(59) && waited < .seconds(75), "told after \(waited)")
            let told = mails.filter { $0.parsed.text.contains(Self.warning) }.flatMap(\.recipients)
            #expect(told.contains(Self.submitter) && told.contains(Self.responsible))
            #expect(try await site.event(event)["waarschuwing"]?.string == Self.warning)
            try checkContentFree(mails)
        }
    }

    @Test func aReportThatWaitsForAPersonIsToldAtOnceAndHoldsNothingUp() async throws {
        try await RunningSite.with(Self.options(retry: Self.parkingSoon)) { site in
            let request = Request.event(SchoolEvent.report("zaak-1", indiener: "dir-wilg"))
            let reply = try await site.send(request, as: .system)
            #expect(reply.status == 202)
            #expect(reply.json["waarschuwing"]?.string == Self.warning)
            let waiting = try await site.delivery(ofEvent: reply.event ?? 0)
            #expect(waiting.state == "wachtOpBevestiging")
            let mails = try await site.board.noticesRelay.waitForMessages(3, timeout: .seconds(20))
            let told = mails.flatMap(\.recipients)
            #expect(told.contains(Self.submitter) && told.contains(Self.responsible))
            // A later one of the same case goes.
            try await site.submit(SchoolEvent.report("zaak-1"), as: .aandachtsfunctionaris)
            try await site.board.relay.waitForMessages(1, timeout: .seconds(20))
            #expect(try await site.delivery(waiting.number).state == "wachtOpBevestiging")
            // And the first one after its confirmation.
            let confirmed = try await site.send(.act(waiting.number, "bevestiging"), as: .aandachtsfunctionaris)
            #expect(confirmed.status == 202)
            try await site.delivery(waiting.number, becomes: "afgeleverd")
            #expect(try await site.event(reply.event ?? 0)["waarschuwing"] == nil)
        }
    }

    /// Notices say where to call and nothing about anybody.
    private func checkContentFree(_ mails: [ReceivedMail]) throws {
        let canary = LeakCanary(values: [
            "Voorbeeld-Achternaam", "Testkind", "blauwe", SchoolEvent.bsn, "01AB",
        ])
        let findings = mails.flatMap(canary.findings)
        #expect(findings.isEmpty, "\(findings)")
        #expect(!mails.contains { ($0.parsed.subject + $0.parsed.text).contains("zaak-") })
    }
}
