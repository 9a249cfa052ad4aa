// SPDX-License-Identifier: EUPL-1.2
import RunningGateway
import Sandbox
import Testing
import Values

/// Practice 7: somebody who works for the school.
@Suite struct StaffTests {
    private static let director: RunningSite.Asker = .person("dir-wilg")

    @Test func forWhoIsInvolvedThereIsNoSuchCase() async throws {
        var options = BoardOptions()
        options.hasPartners = true
        options.hasNoticesRelay = true
        options.retry = "{first_delay_seconds: 300, factor: 1, longest_delay_seconds: 300, maximum_attempts: 3}"
        try await RunningSite.with(options) { site in
            try await site.admit("dir-wilg")
            await site.board.relay.stop()
            let report = try await site.submit(SchoolEvent.report("zaak-1"), as: Self.director)
            let queued = try await site.delivery(ofEvent: report).number
            try await eventually("a first attempt") {
                let delivery = try await site.delivery(queued)
                return delivery.attempts > 0 && delivery.state == "inWachtrij" ? true : nil
            }
            let share = try await site.submit(SchoolEvent.share("zaak-1", to: ["hulp"]), as: .aandachtsfunctionaris)
            let shared = try await site.delivery(ofEvent: share).number
            let phoned = try await site.submit(
                SchoolEvent.phoned("zaak-1", at: "2026-11-05T09:30:00+01:00"), as: .aandachtsfunctionaris)
            let recorded = try await site.delivery(ofEvent: phoned).number
            let paths = [
                "/v1/gebeurtenissen/\(share)", "/v1/gebeurtenissen/\(report)", "/v1/afleveringen/\(shared)",
                "/v1/casussen/zaak-1?school=01AB",
            ]
            for path in paths { #expect(try await site.send(.get(path), as: Self.director).status == 200, "\(path)") }
            try await site.submit(
                SchoolEvent.involved("zaak-1", "anderGeweldOpHetWerk", "dir-wilg"), as: .aandachtsfunctionaris)
            try await nothingIsThere(paths, [shared, recorded], site)
            // A confirmed report is not taken back (practice 1): it stays on its way.
            #expect(try await site.delivery(queued).state == "inWachtrij")
            #expect(!site.board.noticesRelay.messages.contains { $0.recipients.contains("directie@dewilg.example") })
            try await site.board.relay.start()
            // Others go on.
            #expect(try await site.send(.get(paths[0]), as: .aandachtsfunctionaris).status == 200)
            try await site.submit(SchoolEvent.concern("zaak-2"), as: Self.director)
        }
    }

    private func nothingIsThere(_ paths: [String], _ deliveries: [Int], _ site: RunningSite) async throws {
        for path in paths {
            let reply = try await site.send(.get(path), as: Self.director)
            #expect(reply.status == 404, "\(path): \(reply.status)")
        }
        for act in ["bevestiging", "vrijgave", "herkansing", "annulering", "afsluiting"] {
            let form: JSONValue = act == "afsluiting" ? ["verstrekt": true] : [:]
            let reply = try await site.send(.act(deliveries[0], act, form), as: Self.director)
            #expect(reply.status == 404, "\(act): \(reply.status) \(reply.text)")
        }
        for (path, name) in [("afleveringen", "afleveringen"), ("verstrekkingen", "verstrekkingen")] {
            let reply = try await site.send(.get("/v1/\(path)?aantal=200"), as: Self.director)
            #expect(reply.status == 200 && reply.json[name]?.array == [], "\(reply.text)")
            let others = try await site.send(.get("/v1/\(path)?aantal=200"), as: .aandachtsfunctionaris)
            #expect(others.json[name]?.array?.isEmpty == false)
        }
        // Nor is anything recorded or decided by that person: not alone, and not in a bundle.
        for event in [SchoolEvent.consent("zaak-1"), SchoolEvent.weighing("zaak-1"), SchoolEvent.report("zaak-1")] {
            let reply = try await site.send(.event(event), as: Self.director)
            #expect(reply.status == 403, "\(reply.text)")
        }
    }

    @Test func aSexualOffenceGoesToThePoliceAlone() async throws {
        var options = BoardOptions()
        options.hasPartners = true
        try await RunningSite.with(options) { site in
            let waiting = try await site.submit(SchoolEvent.share("zaak-1", to: ["hulp"]), as: .aandachtsfunctionaris)
            let reply = try await site.send(
                .event(SchoolEvent.involved("zaak-1", "zedenmisdrijfTegenLeerling")), as: .aandachtsfunctionaris)
            #expect(reply.status == 202)
            #expect(reply.json["vervolg"]?.array?.contains { $0.string?.contains("0900-1113111") == true } == true)
            #expect(reply.json["eerst"]?.array?.contains { $0.string?.contains("bevoegd gezag") == true } == true)
            #expect(try await site.delivery(ofEvent: waiting).reason == "zedenmisdrijfMedewerker")
            let report = try await site.submit(SchoolEvent.report("zaak-1"), as: .aandachtsfunctionaris)
            #expect(try await site.delivery(ofEvent: report).reason == "zedenmisdrijfMedewerker")
            for (recipient, purpose) in [("raad", "takenRaad"), ("gi", "uitvoeringOndertoezichtstelling")] {
                let event = try await site.submit(
                    SchoolEvent.share("zaak-1", to: [recipient], purpose: purpose), as: .aandachtsfunctionaris)
                #expect(try await site.delivery(ofEvent: event).state == "geweigerd")
            }
            let police = try await site.submit(
                SchoolEvent.share("zaak-1", to: ["politie"], purpose: "aangifte"), as: .aandachtsfunctionaris)
            let number = try await site.delivery(ofEvent: police).number
            #expect(try await site.send(.act(number, "vrijgave"), as: .aandachtsfunctionaris).status == 200)
            #expect(!site.board.relay.messages.contains { !$0.parsed.attachments.isEmpty }, "a report left")
        }
    }
}
