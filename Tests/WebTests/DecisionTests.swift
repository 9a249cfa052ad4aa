// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Testing
import Values

@Suite struct DecisionTests {
    @Test func aHandoverFromWaitingToClosed() async throws {
        try await TestDoor.open { door in
            _ = try await door.submit(Sample.report())
            let waiting = try await door.get("/v1/afleveringen?status=wachtOpBevestiging", as: .responsible)
            let delivery = try #require(waiting.json?["afleveringen"]?.array?.first?["nummer"]?.integer)
            let confirmed = try await door.post("/v1/afleveringen/\(delivery)/bevestiging", as: .responsible)
            #expect(confirmed.status == 202)
            #expect(confirmed.header("location") == "/v1/gebeurtenissen/2")

            let released = try await door.post("/v1/afleveringen/\(delivery)/vrijgave", [:], as: .responsible)
            #expect(released.json?["titel"]?.string == "Melding")
            #expect(released.json?["delen"]?.array?.first?["regels"]?.array?.first?["waarde"]?.string == "Testkind")

            let closed = try await door.post(
                "/v1/afleveringen/\(delivery)/afsluiting",
                [
                    "verstrekt": true, "wijze": "telefoon", "gesprokenMet": "Medewerker", "kenmerk": "VT-1",
                    "tijdstip": "2026-11-05T10:00:00+01:00", "toelichting": "Eerste regel.\nTweede regel.",
                ], as: .responsible)
            #expect(closed.json?["status"]?.string == "verstrekt")
            #expect(closed.json?["ontvangst"]?["kenmerk"]?.string == "VT-1")

            let log = try await door.get("/v1/verstrekkingen?aflevering=\(delivery)", as: .responsible)
            #expect(log.json?["verstrekkingen"]?.array?.count == 2)
            #expect(!log.text.contains("Testkind") && !log.text.contains("Voorbeeld-Achternaam"))
        }
    }

    /// Two clocks may differ by some minutes; a time that lies further ahead is a slip.
    @Test func whatWasGivenWasNotGivenInTheFuture() async throws {
        try await TestDoor.open { door in
            _ = try await door.submit(Sample.report(), as: .responsible)
            _ = try await door.post("/v1/afleveringen/1/vrijgave", as: .responsible)
            func close(afterMinutes minutes: Int) async throws -> Reply {
                let time = door.clock.now().adding(seconds: minutes * 60).description
                return try await door.post(
                    "/v1/afleveringen/1/afsluiting", ["verstrekt": true, "tijdstip": .string(time)], as: .responsible)
            }
            let refused = try await close(afterMinutes: 10)
            #expect(refused.status == 400)
            #expect(refused.problem == "ongeldig-verzoek")
            #expect(refused.items == ["ongeldigeWaarde /tijdstip"])
            #expect(try await door.store.delivery(1)?.state == .released)
            #expect(try await close(afterMinutes: 3).status == 200)
        }
    }

    /// Parked again after a person tried again, the reporter hears again, and every round has all its attempts.
    @Test func aPersonsRetryStartsANewRound() async throws {
        try await TestDoor.open(site: SampleSite.outOfReach) { door in
            door.clock.leap()
            _ = try await door.submit(Sample.report(), as: .responsible)
            for round in 1...3 {
                await door.store.waitUntil(.parked)
                let delivery = try #require(try await door.store.delivery(1))
                #expect(delivery.attempts == 2 * round)
                let told = try await door.store.notices(NoticeFilter()).filter { $0.cause.hasPrefix("parked") }
                #expect(told.map(\.addressee) == Array(repeating: .person("af-wilg"), count: round))
                if round < 3 {
                    #expect(try await door.post("/v1/afleveringen/1/herkansing", as: .responsible).status == 200)
                }
            }
        }
    }

    @Test func aWrongStateNamesBothStates() async throws {
        try await TestDoor.open { door in
            _ = try await door.submit(Sample.report())
            let reply = try await door.post("/v1/afleveringen/1/vrijgave", as: .responsible)
            #expect(reply.problem == "verkeerde-status")
            #expect(reply.json?["huidigeStatus"]?.string == "wachtOpBevestiging")
            #expect(reply.json?["nodigeStatus"]?.array == ["vrijTeGeven"])
        }
    }

    @Test func theRulesRefuseWithTheirArticle() async throws {
        try await TestDoor.open { door in
            _ = try await door.submit(Sample.registration())
            // Past the review date of the verwijsindex.
            door.clock.advance(seconds: 70 * 366 * 86_400)
            let reply = try await door.post("/v1/afleveringen/1/bevestiging", as: .responsible)
            #expect(reply.status == 409)
            #expect(reply.problem == "geweigerd-door-regels")
            #expect(reply.json?["artikel"]?.string?.isEmpty == false)
            #expect(reply.json?["reden"]?.string?.isEmpty == false)
        }
    }

    @Test func aMessageWithoutATextIsRefused() async throws {
        try await TestDoor.open { door in
            _ = try await door.submit(Sample.advice())
            let reply = try await door.post("/v1/afleveringen/1/vrijgave", as: .responsible)
            #expect(reply.status == 409)
            #expect(reply.problem == "geweigerd-door-regels")
        }
    }

    @Test func aSystemReadsOnlyItsOwn() async throws {
        try await TestDoor.open { door in
            _ = try await door.submit(Sample.report())
            #expect(try await door.get("/v1/gebeurtenissen/1").status == 200)
            for path in ["/v1/gebeurtenissen/1", "/v1/afleveringen/1"] {
                let reply = try await door.get(path, as: .otherSystem)
                #expect(reply.status == 404)
                #expect(reply.body == (try await door.get(path.dropLast() + "99", as: .otherSystem)).body)
            }
            #expect(try await door.get("/v1/afleveringen", as: .otherSystem).json?["afleveringen"]?.array == [])
            #expect(try await door.get("/v1/afleveringen", as: .responsible).json?["afleveringen"]?.array?.count == 1)
        }
    }

    @Test func listsComeInPages() async throws {
        try await TestDoor.open { door in
            for _ in 0..<5 { _ = try await door.submit(Sample.report()) }
            var path: String? = "/v1/afleveringen?aantal=2"
            var numbers: [Int] = []
            while let next = path {
                let reply = try await door.get(next)
                numbers += (reply.json?["afleveringen"]?.array ?? []).compactMap { $0["nummer"]?.integer }
                path = reply.json?["volgendeVanaf"]?.integer.map { "/v1/afleveringen?aantal=2&vanaf=\($0)" }
            }
            #expect(numbers == [1, 2, 3, 4, 5])
            #expect(try await door.get("/v1/afleveringen?school=02CD").json?["afleveringen"]?.array == [])
            #expect(try await door.get("/v1/afleveringen?school=01AB&vanaf=0").json?["afleveringen"]?.array?.count == 5)
        }
    }

    /// What others submitted in between does not make a page short.
    @Test func aSystemsPagesAreFull() async throws {
        try await TestDoor.open { door in
            for who in [TestDoor.Who.system, .otherSystem, .otherSystem, .system, .otherSystem, .system] {
                _ = try await door.submit(Sample.report(), as: who)
            }
            let first = try await door.get("/v1/afleveringen?aantal=2")
            #expect(first.json?["afleveringen"]?.array?.compactMap { $0["nummer"]?.integer } == [1, 4])
            #expect(first.json?["volgendeVanaf"]?.integer == 5)
            let second = try await door.get("/v1/afleveringen?aantal=2&vanaf=5")
            #expect(second.json?["afleveringen"]?.array?.compactMap { $0["nummer"]?.integer } == [6])
            #expect(second.json?["volgendeVanaf"] == nil)
        }
    }

    @Test func explainingSaysWhatWouldHappenAndStoresNothing() async throws {
        try await TestDoor.open { door in
            let changes = door.store.changes
            let reply = try await door.post(
                "/v1/beoordelingen", [Sample.report(), Sample.concern()], type: "application/cloudevents-batch+json")
            let events = try #require(reply.json?["gebeurtenissen"]?.array)
            #expect(events.map { $0["plaats"]?.string } == ["/0", "/1"])
            #expect(events[0]["oordelen"]?.array?.first?["oordeel"]?.string == "wacht")
            #expect(events[1]["oordelen"]?.array == [])
            let single = try await door.post(
                "/v1/beoordelingen?ontvanger=vi", Sample.registration(), type: "application/cloudevents+json")
            #expect(single.json?["gebeurtenissen"]?.array?.first?["oordelen"]?.array?.count == 1)
            let unknown = try await door.post(
                "/v1/beoordelingen?ontvanger=niemand", Sample.report(), type: "application/cloudevents+json")
            #expect(unknown.items == ["ongeldigeWaarde ?ontvanger"])
            #expect(door.store.changes == changes)
            #expect(!reply.text.contains("Voorbeeld-Achternaam"))
        }
    }
}
