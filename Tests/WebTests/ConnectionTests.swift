// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Synchronization
import Testing
import Values
import Web

@Suite struct ConnectionTests {
    @Test func oneConnectionServesManyRequests() async throws {
        try await TestDoor.open { door in
            let requests = (0..<20).map { _ in
                HTTPText(
                    headers: door.bearer(.system) + [BadInput.structuredType], body: Sample.concern().canonicalBytes
                ).bytes
            }
            let statuses = try await Wire.offPool { [port = door.port] in
                let wire = try Wire(port: port)
                // All at once: answers come in the same order.
                wire.send(requests.flatMap { $0 })
                return try requests.map { _ in try wire.reply().status }
            }
            #expect(statuses == Array(repeating: 202, count: 20))
            #expect(door.store.events == 20)
        }
    }

    @Test func garbageAfterARequestIsAnsweredAfterIt() async throws {
        try await TestDoor.open { door in
            let good = HTTPText(method: "GET", path: "/health/live").bytes
            let (first, second, isClosed) = try await Wire.offPool { [port = door.port] in
                let wire = try Wire(port: port)
                wire.send(good + Array("dit is geen HTTP\r\n\r\n".utf8))
                return (try wire.reply(), try wire.reply(), wire.isClosedByServer())
            }
            #expect(first.status == 200)
            #expect(second.status == 400)
            #expect(second.problem == "ongeldig-verzoek")
            #expect(second.header("connection") == "close")
            #expect(isClosed)
            expectStandardHeaders(second, "no request")
        }
    }

    @Test func aBodyThatBreaksOffIsNeverTaken() async throws {
        try await TestDoor.open { door in
            let changes = door.store.changes
            let event = Sample.concern().canonicalBytes
            let head =
                "POST /v1/gebeurtenissen HTTP/1.1\r\nHost: a\r\nAuthorization: \(door.bearer(.system)[0].1)\r\nContent-Type: application/cloudevents+json\r\n"
            // The JSON is complete, the message is not: one byte less than announced, or no last chunk.
            let announced = Array((head + "Content-Length: \(event.count + 1)\r\n\r\n").utf8) + event
            let chunked =
                Array((head + "Transfer-Encoding: chunked\r\n\r\n\(String(event.count, radix: 16))\r\n").utf8) + event
                + [0x0D, 0x0A]
            for bytes in [announced, chunked] {
                let reply = try await Wire.offPool { [port = door.port] in
                    let wire = try Wire(port: port)
                    wire.send(bytes)
                    wire.finishSending()
                    return try wire.reply()
                }
                #expect(reply.status == 400)
                // Gone altogether, without waiting for an answer.
                _ = try await Wire.offPool { [port = door.port] in try Wire(port: port).send(bytes) }
            }
            #expect(try await door.get("/health/live").status == 200)
            #expect(door.store.changes == changes)
        }
    }

    @Test func aSlowRequestIsEnded() async throws {
        try await TestDoor.open({ configuration, _ in configuration.requestTimeoutSeconds = 1 }) { door in
            let (reply, isClosed) = try await Wire.offPool { [port = door.port] in
                let wire = try Wire(port: port)
                wire.send(
                    "POST /v1/gebeurtenissen HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
                )
                // Without a token the answer is there at once; the connection still ends.
                return (try wire.reply(), wire.isClosedByServer())
            }
            #expect(reply.status == 401)
            #expect(isClosed)
            let token = door.bearer(.system)[0].1
            let slow = try await Wire.offPool { [port = door.port] in
                let wire = try Wire(port: port)
                wire.send(
                    "POST /v1/gebeurtenissen HTTP/1.1\r\nHost: a\r\nAuthorization: \(token)\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
                )
                return try wire.reply()
            }
            #expect(slow.status == 408)
            #expect(slow.problem == "verzoek-duurde-te-lang")
        }
    }

    @Test func anIdleConnectionIsClosed() async throws {
        try await TestDoor.open({ configuration, _ in configuration.idleTimeoutSeconds = 1 }) { door in
            let isClosed = try await Wire.offPool { [port = door.port] in
                let wire = try Wire(port: port)
                wire.send("GET /health/live HT")
                return wire.isClosedByServer()
            }
            #expect(isClosed)
        }
    }

    @Test func continueIsSentUnlessTheBodyIsTooLarge() async throws {
        try await TestDoor.open { door in
            let head =
                "POST /v1/gebeurtenissen HTTP/1.1\r\nHost: a\r\nAuthorization: \(door.bearer(.system)[0].1)\r\nContent-Type: application/cloudevents+json\r\nExpect: 100-continue\r\n"
            let event = Sample.concern().canonicalBytes
            let (first, second) = try await Wire.offPool { [port = door.port] in
                let wire = try Wire(port: port)
                wire.send(head + "Content-Length: \(event.count)\r\n\r\n")
                let first = try wire.reply(skippingInformational: false)
                wire.send(event)
                return (first, try wire.reply())
            }
            #expect(first.status == 100)
            #expect(second.status == 202)
            let refused = try await Wire.offPool { [port = door.port] in
                let wire = try Wire(port: port)
                wire.send(head + "Content-Length: 20000000\r\n\r\n")
                return try wire.reply(skippingInformational: false)
            }
            #expect(refused.status == 413)
        }
    }

    @Test func anEndlessBodyIsEnded() async throws {
        try await TestDoor.open { door in
            let head = Array(
                "POST /v1/gebeurtenissen HTTP/1.1\r\nHost: a\r\nAuthorization: \(door.bearer(.system)[0].1)\r\nContent-Type: application/cloudevents+json\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .utf8)
            let chunk = Array("10000\r\n".utf8) + Array(repeating: 0x20, count: 65_536) + [0x0D, 0x0A]
            let megabytes = try await Wire.offPool { [port = door.port] in
                let wire = try Wire(port: port)
                wire.send(head)
                let start = ContinuousClock.now
                var sent = 0
                while start.duration(to: .now) < .seconds(15), wire.send(chunk) { sent += 1 }
                return start.duration(to: .now) < .seconds(15) ? sent / 16 : -1
            }
            #expect(megabytes >= 0, "the server went on reading")
        }
    }

    @Test func headIsGetWithoutABody() async throws {
        try await TestDoor.open { door in
            let get = try await door.get("/v1/openapi.json", as: nil)
            let head = try await door.send(HTTPText(method: "HEAD", path: "/v1/openapi.json"))
            #expect(head.status == 200)
            #expect(head.header("content-length") == "\(get.body.count)")
            #expect(head.body.isEmpty)
        }
    }

    @Test func wrongMethodsNameTheRightOnes() async throws {
        try await TestDoor.open { door in
            let reply = try await door.send(HTTPText(method: "PATCH", path: "/v1/gebeurtenissen"))
            #expect(reply.header("allow") == "POST")
            let other = try await door.send(HTTPText(method: "DELETE", path: "/v1/afleveringen/1"))
            #expect(other.header("allow") == "GET, HEAD")
        }
    }

    @Test func everyRefusalOfATokenIsTheSame() async throws {
        try await TestDoor.open { door in
            var answers: Set<[UInt8]> = []
            for value in [
                "Bearer \(door.tokens[.revoked] ?? "")", "Bearer mp_aaaaaaaaaaaa_" + String(repeating: "a", count: 43),
                "Bearer x", "Basic YTph", "",
            ] {
                let reply = try await door.send(
                    HTTPText(
                        method: "GET", path: "/v1/afleveringen",
                        headers: value.isEmpty ? [] : [("Authorization", value)]))
                #expect(reply.status == 401)
                #expect(reply.header("www-authenticate") == "Bearer")
                answers.insert(reply.body)
            }
            #expect(answers.count == 1)
        }
    }

    @Test func oneLinePerRequestWithoutAnythingPersonal() async throws {
        try await TestDoor.open { door in
            _ = try await door.submit(Sample.report())
            _ = try await door.get("/v1/gebeurtenissen/1?naam=Kanariewaarde")
            _ = try await door.get("/leerlingen/Kanariewaarde")
            let lines = door.log.requests
            #expect(lines.count == 3)
            #expect(lines[0].contains("methode=POST") && lines[0].contains("route=/v1/gebeurtenissen "))
            #expect(
                lines[0].contains("status=202")
                    && lines[0].contains("token=\(door.tokens[.system]?.split(separator: "_")[1] ?? "-")"))
            #expect(lines[1].contains("route=/v1/gebeurtenissen/{id}") && lines[1].contains("status=400"))
            #expect(lines[2].contains("route=(onbekend)") && lines[2].contains("status=404"))
            let secrets = ["Kanariewaarde", "Voorbeeld-Achternaam", "Wat is gezien", door.tokens[.system] ?? "-"]
            #expect(!door.log.all.contains { line in secrets.contains { line.contains($0) } })
        }
    }

    @Test func refusedEventsAreCounted() async throws {
        try await TestDoor.open { door in
            _ = try await door.submit(Sample.concern().with("type", "x"))
            let metrics = try await door.get("/metrics")
            #expect(metrics.header("content-type")?.hasPrefix("text/plain") == true)
            #expect(metrics.text.contains("meldpoort_events_refused_total{probleem=\"ongeldige-gebeurtenis\"} 1"))
        }
    }

    @Test func readinessTellsWhyNot() async throws {
        try await TestDoor.open { door in
            #expect(try await door.get("/health/ready", as: nil).status == 200)
            door.reasons.withLock { $0 = ["De opslag is vol."] }
            let reply = try await door.get("/health/ready", as: nil)
            #expect(reply.status == 503)
            #expect(reply.json?["redenen"]?.array == ["De opslag is vol."])
            #expect(try await door.get("/health/live", as: nil).status == 200)
        }
    }
}
