// SPDX-License-Identifier: EUPL-1.2
import Testing
import Values

@Suite struct BatchTests {
    private static let type = "application/cloudevents-batch+json; charset=utf-8"

    @Test func allAreAcceptedAndEachHasItsAddress() async throws {
        try await TestDoor.open { door in
            let events = (0..<40).map { Sample.concern(zaak: "zaak-\($0 % 7)") }
            let reply = try await door.post("/v1/gebeurtenissen", .array(events), type: Self.type)
            #expect(reply.status == 202)
            let entries = try #require(reply.json?["gebeurtenissen"]?.array)
            #expect(entries.map { $0["plaats"]?.string } == (0..<40).map { "/\($0)" })
            #expect(Set(entries.compactMap { $0["id"]?.integer }).count == 40)
            #expect(door.store.events == 40)
            // Events of one case keep their order.
            for remainder in 0..<7 {
                let ids = stride(from: remainder, to: 40, by: 7).compactMap { entries[$0]["id"]?.integer }
                #expect(ids == ids.sorted())
            }
            let again = try await door.post("/v1/gebeurtenissen", .array(events), type: Self.type)
            #expect(again.status == 202)
            #expect(again.json?["gebeurtenissen"]?.array?.allSatisfy { $0["herhaling"]?.bool == true } == true)
            #expect(door.store.events == 40)
        }
    }

    @Test func aTakenIdIsNamedAndTheRestIsTaken() async throws {
        try await TestDoor.open { door in
            _ = try await door.submit(Sample.concern(id: "a-1"))
            let events = [
                Sample.concern(zaak: "zaak-2"), Sample.concern(id: "a-1", signaal: "Anders."), Sample.concern(),
            ]
            let reply = try await door.post("/v1/gebeurtenissen", .array(events), type: Self.type)
            #expect(reply.status == 409)
            #expect(reply.problem == "kenmerk-in-gebruik")
            let entries = try #require(reply.json?["gebeurtenissen"]?.array)
            #expect(entries.map { $0["status"]?.string } == ["aangenomen", "nietAangenomen", "aangenomen"])
            #expect(entries[1]["probleem"]?.string == "urn:meldpoort:probleem:kenmerk-in-gebruik")
            #expect(door.store.events == 3)
        }
    }

    private static let feedback = Sample.event(
        "terugkoppeling-ontvangen", ["van": "vt", "datum": "2026-11-20", "moment": "ontvangst"])
    private static let phoned = Sample.event(
        "verstrekking-vastgelegd",
        [
            "ontvanger": "vt", "tijdstip": "2026-11-05T10:00:00Z", "wijze": "telefoon", "leerling": Sample.pupil,
            "velden": ["leerling.achternaam"],
        ])

    @Test(arguments: [
        (BatchTests.feedback.withData("van", "niemand"), "/data/van"),
        (BatchTests.phoned.withData("ontvanger", "niemand"), "/data/ontvanger"),
        (BatchTests.phoned.withData("velden", ["leerling.achternaam", "leerling.achternam"]), "/data/velden/1"),
        (Sample.confirmation(of: 12), "/data/aflevering"),
    ])
    func aReferenceToNothingKeepsTheWholeBatchOut(_ bad: JSONValue, _ place: String) async throws {
        try await TestDoor.open { door in
            let good: [JSONValue] = [Sample.concern(), Self.feedback, Self.phoned]
            let changes = door.store.changes
            let reply = try await door.post(
                "/v1/gebeurtenissen", .array(good + [bad]), as: .responsible, type: Self.type)
            #expect(reply.status == 400)
            #expect(reply.problem == "ongeldige-gebeurtenis")
            #expect(reply.items == ["ongeldigeWaarde /3\(place)"])
            #expect(door.store.changes == changes)
            let accepted = try await door.post("/v1/gebeurtenissen", .array(good), as: .responsible, type: Self.type)
            #expect(accepted.status == 202, "\(accepted.text)")
        }
    }

    @Test func whatTheCallerMayNotBringInIsNamed() async throws {
        try await TestDoor.open { door in
            let events: JSONValue = [Sample.concern(), Sample.report()]
            let reply = try await door.post("/v1/gebeurtenissen", events, as: .narrowSystem, type: Self.type)
            #expect(reply.status == 403)
            #expect(reply.items == ["typeBuitenBereik /1"])
            #expect(door.store.events == 0)
        }
    }

    @Test func theSameEventTwiceInABatchIsStoredOnce() async throws {
        try await TestDoor.open { door in
            let event = Sample.concern()
            let reply = try await door.post("/v1/gebeurtenissen", [event, event], type: Self.type)
            #expect(reply.status == 202)
            #expect(reply.json?["gebeurtenissen"]?.array?.map { $0["herhaling"]?.bool } == [false, true])
            #expect(door.store.events == 1)
        }
    }

    @Test func aStoreThatIsDownTakesNothing() async throws {
        try await TestDoor.open { door in
            let events: JSONValue = [Sample.concern(), Sample.concern(zaak: "zaak-2")]
            _ = try await door.get("/v1/afleveringen")
            door.store.turn(on: false)
            let reply = try await door.post("/v1/gebeurtenissen", events, type: Self.type)
            #expect(reply.status == 503)
            #expect(reply.header("retry-after") == "5")
            #expect(
                // On a slow machine the tokens have to be read again, and already that fails: then no event is listed.
                reply.json?["gebeurtenissen"]?.array?.allSatisfy { $0["status"]?.string == "nietAangenomen" } != false)
            door.store.turn(on: true)
            #expect(try await door.post("/v1/gebeurtenissen", events, type: Self.type).status == 202)
        }
    }
}
