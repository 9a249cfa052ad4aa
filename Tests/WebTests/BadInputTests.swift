// SPDX-License-Identifier: EUPL-1.2
import Testing
import Values

@Suite struct BadInputTests {
    /// Each row of the table: its status, its kind of problem, its place, and nothing stored.
    @Test func everyBadInputIsRefusedAndLeavesNothing() async throws {
        #expect(BadInput.all.count >= 60)
        try await TestDoor.open { door in
            let changes = door.store.changes
            for row in BadInput.all {
                let reply = try await door.send(
                    HTTPText(
                        method: row.method, path: row.path, headers: door.bearer(row.who) + row.headers, body: row.body,
                        hasLength: row.hasLength))
                let name = Comment(rawValue: row.name)
                #expect(reply.status == row.status, name)
                #expect(reply.problem == row.problem, name)
                if let item = row.item { #expect(reply.items.contains(item), "\(row.name): \(reply.items)") }
                #expect(reply.header("content-type") == "application/problem+json", name)
                #expect(reply.json?["status"]?.integer == row.status, name)
                #expect(!reply.text.contains(BadInput.canary), name)
                #expect(!reply.text.contains("999990019"), name)
                #expect(reply.header("set-cookie") == nil, name)
                expectStandardHeaders(reply, name)
                #expect(door.store.changes == changes, name)
            }
            #expect(!door.log.all.contains { $0.contains(BadInput.canary) || $0.contains("999990019") })
        }
    }

    @Test func everyProblemOfARequestAtOnceWithLineAndColumn() async throws {
        try await TestDoor.open { door in
            let text = """
                {"specversion": "1.0", "id": "a-1", "source": "\(SampleSite.source)",
                  "type": "nl.meldcode.zorg-gesignaleerd.v1", "subject": "x",
                  "data": {"zaak": "zaak-1", "school": "01AB", "leerling": {},
                    "datum": "2010-02-30", "kleur": 1}}
                """
            let reply = try await door.send(
                HTTPText(headers: door.bearer(.system) + [BadInput.structuredType], body: Array(text.utf8)))
            #expect(
                Set(reply.items) == [
                    "onbekendAttribuut /subject", "ongeldigeDatum /data/datum", "veldOntbreekt /data/signaal",
                    "onbekendVeld /data/kleur",
                ])
            let places = Dictionary(
                uniqueKeysWithValues: (reply.json?["problemen"]?.array ?? []).map {
                    ($0["plaats"]?.string ?? "", [$0["regel"]?.integer, $0["kolom"]?.integer])
                })
            #expect(places["/data/datum"] == [4, 14])
            #expect(places["/subject"] == [2, 58])
            // What is missing is shown where it should have stood.
            #expect(places["/data/signaal"] == [3, 11])
        }
    }

    @Test func manyProblemsInALargeBodyAreAnsweredQuickly() async throws {
        try await TestDoor.open { door in
            let event = Sample.concern().withData("datum", "2010-02-30").withData(
                "signaal", .string(String(repeating: "a", count: 3_000)))
            let start = ContinuousClock.now
            let reply = try await door.post(
                "/v1/gebeurtenissen", .array(Array(repeating: event, count: 250)),
                type: "application/cloudevents-batch+json")
            #expect(reply.status == 400)
            #expect(reply.json?["problemen"]?.array?.count == 200)
            #expect(reply.json?["afgekapt"]?.bool == true)
            #expect(start.duration(to: .now) < .seconds(10))
        }
    }
}

/// The headers that every answer has, whatever it says.
func expectStandardHeaders(_ reply: Reply, _ name: Comment) {
    #expect(reply.header("api-version") == "1.0.0", name)
    #expect(reply.header("cache-control") == "no-store", name)
    #expect(reply.header("content-security-policy")?.contains("frame-ancestors 'none'") == true, name)
    #expect(reply.header("x-content-type-options") == "nosniff", name)
    #expect(reply.header("x-frame-options") == "DENY", name)
    #expect(reply.header("referrer-policy") == "no-referrer", name)
    #expect(reply.header("server") == nil, name)
    #expect(reply.header("content-type") != nil, name)
}
