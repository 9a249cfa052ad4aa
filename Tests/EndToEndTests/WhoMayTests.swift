// SPDX-License-Identifier: EUPL-1.2
import Foundation
import RunningGateway
import Sandbox
import Testing
import Values

/// Practice 18 and the verwijsindex: who may do what, judged again at every attempt.
@Suite struct WhoMayTests {
    @Test func onlyAMeldingsbevoegdeOfThatSchoolConfirmsTheIndex() async throws {
        var options = BoardOptions()
        options.hasSecondSchool = true
        try await RunningSite.with(options) { site in
            for person in ["dir-wilg", "mb-linde", "af-linde"] { try await site.admit(person) }
            let event = try await site.submit(SchoolEvent.registration("zaak-1"), as: .system)
            let number = try await site.delivery(ofEvent: event).number
            let others: [RunningSite.Asker] = [
                .system, .person("dir-wilg"), .person("mb-linde"), .person("af-linde"),
            ]
            for asker in others {
                for request in [
                    Request.act(number, "bevestiging"), .act(number, "bevestiging", ["rol": "meldingsbevoegde"]),
                    .event(
                        SchoolEvent.make(
                            "bevestiging-gegeven",
                            ["zaak": "zaak-1", "school": "01AB", "aflevering": .number(Double(number))])),
                ] {
                    let reply = try await site.send(request, as: asker)
                    #expect(reply.status == 403 && reply.problem == "geen-toegang", "\(asker): \(reply.text)")
                }
            }
            // A confirmation that names another case or school confirms nothing.
            for data: [String: JSONValue] in [
                ["zaak": "zaak-2", "school": "01AB"], ["zaak": "zaak-1", "school": "02CD"],
            ] {
                let event = SchoolEvent.make(
                    "bevestiging-gegeven", data.merging(["aflevering": .number(Double(number))]) { first, _ in first })
                let reply = try await site.send(.event(event), as: .meldingsbevoegde)
                #expect(reply.status == 400 && reply.problem == "ongeldige-gebeurtenis", "\(reply.text)")
            }
            #expect(try await site.delivery(number).state == "wachtOpBevestiging")
            #expect(site.board.index.count == 0)
            let confirmed = try await site.send(.act(number, "bevestiging"), as: .meldingsbevoegde)
            #expect(confirmed.status == 202)
            try await site.delivery(number, becomes: "afgeleverd")
            #expect(site.board.index.count == 1)
            // Once is enough: a second confirmation sends nothing.
            #expect(try await site.send(.act(number, "bevestiging"), as: .meldingsbevoegde).status == 409)
            #expect(site.board.index.count == 1)
        }
    }

    @Test func aSystemDecidesNothing() async throws {
        try await RunningSite.with { site in
            let event = try await site.submit(SchoolEvent.advice("zaak-1"), as: .system)
            let number = try await site.delivery(ofEvent: event).number
            for act in ["bevestiging", "vrijgave", "herkansing", "annulering"] {
                let reply = try await site.send(.act(number, act), as: .system)
                #expect(reply.status == 403 && reply.problem == "geen-toegang", "\(act): \(reply.text)")
            }
            let form: JSONValue = ["verstrekt": true]
            #expect(try await site.send(.act(number, "afsluiting", form), as: .system).status == 403)
            #expect(try await site.send(.get("/v1/verstrekkingen"), as: .system).status == 403)
            #expect(try await site.delivery(number).state == "vrijTeGeven")
        }
    }

    private static let patient = "{first_delay_seconds: 2, factor: 1, longest_delay_seconds: 2, maximum_attempts: 18}"

    /// Confirmed and queued, and then the school has nobody designated any more: nothing leaves.
    @Test func theIndexIsJudgedAgainAtTheAttempt() async throws {
        var options = BoardOptions()
        options.retry = Self.patient
        try await RunningSite.with(options) { site in
            let index = site.board.index
            await index.stop()
            let number = try await site.confirmedRegistration(SchoolEvent.registration("zaak-1"))
            try await eventually("a first attempt") {
                let delivery = try await site.delivery(number)
                return delivery.attempts > 0 && delivery.state == "inWachtrij" ? true : nil
            }
            try await site.replacePersons { $0.replacing("role: meldingsbevoegde", with: "role: leerkracht") }
            try await index.start()
            let refused = try await site.delivery(number, becomes: "geweigerd")
            #expect(refused.reason == "geenMeldingsbevoegde")
            #expect(index.count == 0)
            #expect(try await site.entries(of: number).allSatisfy { $0.outcome != "aangenomen" })
            #expect(try await site.verify() == "")
        }
    }

    /// Practice 1: a report that a person confirmed goes, also when that person has left since.
    @Test func aReportGoesAlsoWhenItsSubmitterHasLeft() async throws {
        var options = BoardOptions()
        options.retry = Self.patient
        try await RunningSite.with(options) { site in
            let relay = site.board.relay
            try await site.admit("dir-wilg")
            await relay.stop()
            let event = try await site.submit(SchoolEvent.report("zaak-1"), as: .person("dir-wilg"))
            let number = try await site.delivery(ofEvent: event).number
            try await eventually("a first attempt") {
                let delivery = try await site.delivery(number)
                return delivery.attempts > 0 && delivery.state == "inWachtrij" ? true : nil
            }
            try await site.replacePersons { $0.replacing("id: dir-wilg", with: "id: dir-nieuw") }
            try await relay.start()
            try await relay.waitForMessages(1, timeout: .seconds(20))
            try await site.delivery(number, becomes: "afgeleverd")
        }
    }

    /// A persons file with a mistake changes nothing.
    @Test func aBrokenPersonsFileLeavesThePersonsAsTheyWere() async throws {
        try await RunningSite.with { site in
            let persons = try String(contentsOfFile: site.board.personsFile, encoding: .utf8)
            try persons.replacing("role: meldingsbevoegde", with: "role: meldingsbevoegd").write(
                toFile: site.board.personsFile, atomically: true, encoding: .utf8)
            let position = site.log.position
            site.reloadPersons()
            try await site.log.wait(for: "the persons stay as they were", from: position)
            let number = try await site.confirmedRegistration(SchoolEvent.registration("zaak-1"))
            try await site.delivery(number, becomes: "afgeleverd")
        }
    }
}
