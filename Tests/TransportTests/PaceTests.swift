// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Testing

@testable import Transport

/// How fast a counterpart is asked.
@Suite(.timeLimit(.minutes(5)))
struct PaceTests {
    private let start = ContinuousClock.now

    @Test func `Turns are given out in order, so many a minute`() {
        let pace = Pace(requestsPerMinute: 30)
        #expect(pace.take(now: start) == .now)
        #expect(pace.take(now: start) == .at(start + .seconds(2)))
        #expect(pace.take(now: start + .seconds(1)) == .at(start + .seconds(4)))
        #expect(pace.take(now: start + .seconds(60)) == .now)
        pace.limit(to: 60)
        #expect(pace.take(now: start + .seconds(60)) == .at(start + .seconds(62)), "the strictest limit counts")
        let free = Pace()
        #expect((0..<100).allSatisfy { _ in free.take(now: start) == .now })
    }

    @Test func `A counterpart that asks for rest gets it`() {
        let pace = Pace()
        pace.close(seconds: 60, status: 503, now: start)
        pace.close(seconds: 30, status: 429, now: start)
        #expect(pace.take(now: start) == .closed(seconds: 60, status: 503))
        #expect(pace.take(now: start + .milliseconds(500)) == .closed(seconds: 60, status: 503))
        #expect(pace.take(now: start + .seconds(51)) == .at(start + .seconds(60)), "nearly over: waited out")
        #expect(pace.rest(now: start + .seconds(59)) == .closed(seconds: 1, status: 503))
        #expect(pace.rest(now: start + .seconds(60)) == nil)
        #expect(pace.take(now: start + .seconds(61)) == .now)
        pace.close(seconds: 86_400, status: 429, now: start)
        #expect(pace.take(now: start) == .closed(seconds: 900, status: 429), "a quarter of an hour at most")
    }

    @Test func `After Retry-After nothing goes there, and everything goes elsewhere`() async throws {
        let engine = CurlEngine()
        let busy = try LoopbackServer { $0.serve(answer("429 Druk", ["Retry-After: 120"])) }
        let other = try LoopbackServer { $0.serve(answer("200 OK")) }
        let first = try HTTPTransport(plain(busy), engine: engine)
        let second = try HTTPTransport(plain(busy), engine: engine)
        let told = Exchange.answered(HTTPResponse(status: 429, body: [], retryAfterSeconds: 120))
        #expect(await first.send(post()) == told)
        #expect(await first.send(post()) == told)
        #expect(await second.send(post()) == told, "another recipient at the same address")
        #expect(busy.notes.count == 1)
        #expect(await (try HTTPTransport(plain(other), engine: engine)).send(post()).status == 200)
    }

    @Test func `A short rest is waited out`() async throws {
        let server = try LoopbackServer { peer in
            var isFirst = true
            while peer.readRequest() != nil {
                peer.write(isFirst ? answer("503 Druk", ["Retry-After: 1"]) : answer("200 OK"))
                isFirst = false
            }
        }
        let transport = try HTTPTransport(plain(server), engine: CurlEngine())
        #expect(await transport.send(post()).status == 503)
        let before = ContinuousClock.now
        #expect(await transport.send(post()).status == 200)
        #expect(ContinuousClock.now - before > .milliseconds(900))
    }

    @Test func `Requests wait for their turn, and a cancelled one has sent nothing`() async throws {
        let server = try LoopbackServer { $0.serve(answer("200 OK")) }
        var endpoint = plain(server)
        endpoint.requestsPerMinute = 300
        let transport = try HTTPTransport(endpoint, engine: CurlEngine())
        let before = ContinuousClock.now
        for _ in 0..<4 { #expect(await transport.send(post()).status == 200) }
        #expect(ContinuousClock.now - before >= .milliseconds(600))
        endpoint.requestsPerMinute = 1
        let slow = try HTTPTransport(endpoint, engine: CurlEngine())
        #expect(await slow.send(post()).status == 200)
        let task = Task { await slow.send(post()) }
        task.cancel()
        #expect(await task.value == .notSent(OutcomeReason(.cancelled)))
        #expect(server.notes.count == 5)
    }
}
