// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Testing
import Values

/// What the official SDKs put on the wire, byte for byte in form, made after the HTTP binding of CloudEvents 1.0.2.
@Suite struct SubmissionTests {
    private static let data = Sample.concern()["data"] ?? .null

    /// sdk-go: canonical header names, `Ce-` in front, time with nanoseconds.
    private static let go = [
        ("User-Agent", "Go-http-client/1.1"), ("Ce-Id", "5f0e1a6e-3a0d-4f76-8d0e-0a1b2c3d4e5f"),
        ("Ce-Source", SampleSite.source), ("Ce-Specversion", "1.0"), ("Ce-Time", "2026-11-22T10:15:30.123456789Z"),
        ("Ce-Type", "nl.meldcode.zorg-gesignaleerd.v1"), ("Content-Type", "application/json"),
        ("Accept-Encoding", "gzip"),
    ]

    /// sdk-python over requests: lower case, microseconds with an offset.
    private static let python = [
        ("User-Agent", "python-requests/2.32.3"), ("Accept-Encoding", "gzip, deflate"), ("Accept", "*/*"),
        ("Connection", "keep-alive"), ("ce-specversion", "1.0"), ("ce-id", "0c9ce0f2-6b46-4b02-9e47-6d0f2f0f9a10"),
        ("ce-source", SampleSite.source), ("ce-type", "nl.meldcode.zorg-gesignaleerd.v1"),
        ("ce-time", "2026-11-22T10:15:30.123456+00:00"), ("content-type", "application/json"),
    ]

    /// sdk-javascript over axios.
    private static let javascript = [
        ("Accept", "application/json, text/plain, */*"), ("content-type", "application/json; charset=utf-8"),
        ("ce-id", "d2a3f4b5-1c2d-4e3f-8a9b-0c1d2e3f4a5b"), ("ce-time", "2026-11-22T10:15:30.123Z"),
        ("ce-type", "nl.meldcode.zorg-gesignaleerd.v1"), ("ce-source", SampleSite.source), ("ce-specversion", "1.0"),
        ("User-Agent", "axios/1.7.0"),
    ]

    /// sdk-java over HttpURLConnection.
    private static let java = [
        ("ce-id", "8b3b7d1e-9f64-4a52-a1b3-c2d4e6f80a1c"), ("ce-source", "/mycontext"), ("ce-specversion", "1.0"),
        ("ce-type", "nl.meldcode.zorg-gesignaleerd.v1"), ("ce-time", "2026-11-22T10:15:30Z"),
        ("Content-Type", "application/json"), ("Accept", "text/html, image/gif, image/jpeg, */*; q=0.2"),
    ]

    @Test func binaryMode() async throws {
        try await TestDoor.open { door in
            for (name, headers) in [
                ("go", Self.go), ("python", Self.python), ("javascript", Self.javascript), ("java", Self.java),
            ] {
                let reply = try await door.send(
                    HTTPText(headers: door.bearer(.system) + headers, body: Self.data.canonicalBytes))
                #expect(reply.status == 202, "\(name): \(reply.text)")
                #expect(reply.json?["herhaling"]?.bool == false, "\(name)")
                let again = try await door.send(
                    HTTPText(headers: door.bearer(.system) + headers, body: Self.data.canonicalBytes))
                #expect(again.json?["herhaling"]?.bool == true, "\(name)")
                #expect(again.json?["id"] == reply.json?["id"], "\(name)")
            }
            #expect(door.store.events == 4)
        }
    }

    /// Neither a system nor a person brings in what the gateway alone makes, and none may call itself the gateway.
    @Test func whatTheGatewayMakesNobodyBringsIn() async throws {
        var rung = Sample.event("opschaling-gedaan", [:]).object ?? [:]
        rung["data"] = [
            "opschaling": "opschaling-1", "school": "01AB", "datum": "2026-11-22", "niveau": "bestuur",
            "lezers": ["af-wilg"],
            "verplichtingen": [
                [
                    "nummer": 1, "school": "01AB", "trede": "bestuur", "vraag": "Betaal.", "omschrijving": "x",
                    "sinds": "2026-11-01", "afgesprokenOp": "2026-11-02",
                ]
            ],
        ]
        let event = JSONValue.object(rung)
        rung["source"] = "urn:meldpoort:verplichtingen"
        let disguise = JSONValue.object(rung)
        try await TestDoor.open { door in
            for who in [TestDoor.Who.system, .responsible, .central] {
                let reply = try await door.submit(event, as: who)
                #expect(reply.status == 403, "\(who): \(reply.text)")
                #expect(reply.text.contains("maakt Meldpoort zelf"))
            }
            let disguised = try await door.submit(disguise, as: .responsible)
            #expect(disguised.status == 400)
            #expect(disguised.items == ["bronNietToegestaan /source"])
            #expect(door.store.events == 0)
        }
    }

    @Test func headerValuesAreDecodedOnce() async throws {
        try await TestDoor.open { door in
            // The same id in three spellings: plain, percent-coded without need, and quoted as older senders do.
            for (index, id) in ["zaak~1", "%7Aaak%7e1", "\"zaak\\~1\""].enumerated() {
                var headers = Self.go
                headers[1] = ("Ce-Id", id)
                let reply = try await door.send(
                    HTTPText(headers: door.bearer(.system) + headers, body: Self.data.canonicalBytes))
                #expect(reply.status == 202, "\(id): \(reply.text)")
                #expect(reply.json?["herhaling"]?.bool == (index > 0), "\(id)")
            }
            #expect(door.store.events == 1)
        }
    }

    @Test func structuredMode() async throws {
        try await TestDoor.open { door in
            for (name, type) in [
                ("plain", "application/cloudevents+json"), ("go", "application/cloudevents+json; charset=UTF-8"),
                ("python", "application/cloudevents+json"),
                ("javascript", "application/cloudevents+json; charset=utf-8"),
                ("odd case", "Application/CloudEvents+JSON;charset=\"utf-8\""),
            ] {
                let event = Sample.concern().with("datacontenttype", "application/json").with(
                    "dataschema", "urn:meldpoort:schema:nl.meldcode.zorg-gesignaleerd.v1")
                let reply = try await door.post("/v1/gebeurtenissen", event, type: type)
                #expect(reply.status == 202, "\(name): \(reply.text)")
                let id = try #require(reply.json?["id"]?.integer)
                #expect(reply.header("location") == "/v1/gebeurtenissen/\(id)")
                #expect(reply.json?["url"]?.string == "/v1/gebeurtenissen/\(id)")
                #expect(reply.json?["status"]?.string == "aangenomen")
                expectStandardHeaders(reply, "accepted")
            }
            #expect(door.store.events == 5)
        }
    }

    @Test func anUrgentReportThatWaitsSaysWhatToDo() async throws {
        try await TestDoor.open { door in
            let reply = try await door.submit(Sample.report())
            #expect(reply.status == 202)
            #expect(reply.json?["waarschuwing"]?.string?.contains("0800-2000") == true)
        }
    }

    @Test func theSameIdWithAnotherBodyIsAConflict() async throws {
        try await TestDoor.open { door in
            #expect(try await door.submit(Sample.concern(id: "a-1")).status == 202)
            let other = try await door.submit(Sample.concern(id: "a-1", signaal: "Iets anders."))
            #expect(other.status == 409)
            #expect(other.problem == "kenmerk-in-gebruik")
            #expect(try await door.submit(Sample.concern(id: "a-1")).json?["herhaling"]?.bool == true)
            #expect(door.store.events == 1)
        }
    }

    @Test func theTraceOfTheRequestCountsWhenTheEventHasNone() async throws {
        try await TestDoor.open { door in
            let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            let own = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            let structured = try await door.post(
                "/v1/gebeurtenissen", Sample.concern(), type: "application/cloudevents+json",
                headers: [("traceparent", parent)])
            let owned = try await door.post(
                "/v1/gebeurtenissen", Sample.concern().with("traceparent", .string(own)),
                type: "application/cloudevents+json", headers: [("traceparent", parent)])
            let binary = try await door.send(
                HTTPText(
                    headers: door.bearer(.system) + Self.go + [("traceparent", parent)], body: Self.data.canonicalBytes)
            )
            let invalid = try await door.post(
                "/v1/gebeurtenissen", Sample.concern(), type: "application/cloudevents+json",
                headers: [("traceparent", "00-zz")])
            var traces: [String?] = []
            for reply in [structured, owned, binary, invalid] {
                let id = try #require(reply.json?["id"]?.integer)
                traces.append(try await door.store.event(Int64(id))?.traceID)
            }
            #expect(traces[0] == "4bf92f3577b34da6a3ce929d0e0e4736")
            #expect(traces[1] == "0af7651916cd43dd8448eb211c80319c")
            #expect(traces[2] == "4bf92f3577b34da6a3ce929d0e0e4736")
            #expect(traces[3]?.utf8.count == 32)
        }
    }

    @Test func chunkedBodiesAreRead() async throws {
        try await TestDoor.open { door in
            let body = Sample.concern().canonicalBytes
            var chunked: [UInt8] = []
            for part in [body[..<10], body[10...]] {
                chunked += "\(String(part.count, radix: 16))\r\n".utf8
                chunked += part
                chunked += "\r\n".utf8
            }
            chunked += "0\r\n\r\n".utf8
            let reply = try await door.send(
                HTTPText(
                    headers: door.bearer(.system) + [BadInput.structuredType, ("Transfer-Encoding", "chunked")],
                    body: chunked, hasLength: false))
            #expect(reply.status == 202)
        }
    }

    @Test func aStoreThatIsDownIsAnsweredWith503AndRecovers() async throws {
        try await TestDoor.open { door in
            let event = Sample.concern()
            _ = try await door.get("/v1/afleveringen")
            door.store.turn(on: false)
            let down = try await door.submit(event)
            #expect(down.status == 503)
            #expect(down.problem == "niet-beschikbaar")
            #expect(down.header("retry-after") == "5")
            door.store.turn(on: true)
            #expect(try await door.submit(event).status == 202)
            #expect(door.store.events == 1)
        }
    }
}
