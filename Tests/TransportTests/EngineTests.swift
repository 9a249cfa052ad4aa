// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Dispatch
import Testing
import Transport

/// Many at a time, cancelled, and shut down.
@Suite(.timeLimit(.minutes(5)))
struct EngineTests {
    @Test func `Two hundred at a time all arrive once, over no more connections than allowed`() async throws {
        let server = try LoopbackServer { peer in
            while let request = peer.readRequest() {
                peer.note(String(decoding: request.body, as: UTF8.self))
                peer.write(answer("200 OK", body: String(decoding: request.body, as: UTF8.self)))
            }
        }
        let engine = CurlEngine(maximumTransfers: 16)
        let transport = try HTTPTransport(plain(server), engine: engine)
        let answers = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let body = Array("nummer \(number)".utf8)
                    return await transport.send(post("/a", "nummer \(number)"))
                        == .answered(HTTPResponse(status: 200, body: body))
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(answers == 200)
        #expect(Set(server.notes).count == 200)
        #expect(server.notes.count == 200)
        #expect(server.connections <= 8)
        await engine.shutdown(grace: .zero)
    }

    @Test func `A counterpart that does not answer does not hold up another`() async throws {
        let reached = Moment()
        let dead = try LoopbackServer { peer in
            reached.come()
            peer.hang()
        }
        let alive = try LoopbackServer { $0.serve(answer("200 OK")) }
        let engine = CurlEngine()
        let stuck = try HTTPTransport(plain(dead), engine: engine)
        let free = try HTTPTransport(plain(alive), engine: engine)
        let waiting = (0..<20).map { _ in Task { await stuck.send(post()) } }
        await reached.wait()
        for _ in 0..<20 { #expect(await free.send(post()).status == 200) }
        waiting.forEach { $0.cancel() }
        for task in waiting {
            let outcome = await task.value
            let isCancelled =
                outcome == .uncertain(OutcomeReason(.cancelled)) || outcome == .notSent(OutcomeReason(.cancelled))
            #expect(isCancelled)
        }
    }

    @Test func `A request cancelled after it was sent is uncertain, and its connection is gone`() async throws {
        let arrived = Moment()
        let left = Moment()
        let server = try LoopbackServer { peer in
            _ = peer.readRequest()
            arrived.come()
            peer.hang()
            left.come()
        }
        let transport = try HTTPTransport(plain(server), engine: CurlEngine())
        let task = Task { await transport.send(post()) }
        await arrived.wait()
        task.cancel()
        #expect(await task.value == .uncertain(OutcomeReason(.cancelled)))
        await left.wait()
    }

    @Test func `A request cancelled before its connection stands was not sent`() async throws {
        let certificates = try TestCertificates.shared.get()
        let connected = Moment()
        let server = try LoopbackServer { peer in
            connected.come()
            peer.hang()
        }
        let transport = try HTTPTransport(encrypted(server, certificates), engine: CurlEngine())
        let task = Task { await transport.send(post()) }
        await connected.wait()
        task.cancel()
        #expect(await task.value == .notSent(OutcomeReason(.cancelled)))
    }

    @Test func `A request of a cancelled task is not begun`() async throws {
        let server = try LoopbackServer { $0.serve(answer("200 OK")) }
        let transport = try HTTPTransport(plain(server), engine: CurlEngine())
        let gate = Moment()
        let task = Task {
            await gate.wait()
            return await transport.send(post())
        }
        task.cancel()
        gate.come()
        #expect(await task.value == .notSent(OutcomeReason(.cancelled)))
        #expect(server.connections == 0)
    }

    @Test func `Cancelling at any moment never hangs and never lies`() async throws {
        let server = try LoopbackServer { $0.serve(answer("200 OK")) }
        let transport = try HTTPTransport(plain(server), engine: CurlEngine())
        let tasks = (0..<200).map { number in
            Task { (number, await transport.send(post("/a/\(number)"))) }
        }
        for task in tasks.shuffled() { task.cancel() }
        for task in tasks {
            let (number, outcome) = await task.value
            if case .notSent = outcome { #expect(!server.notes.contains("POST /basis/a/\(number) HTTP/1.1")) }
        }
    }

    @Test func `Shutting down lets what runs end, refuses what is new, and ends`() async throws {
        let arrived = Moment()
        let server = try LoopbackServer { peer in
            _ = peer.readRequest()
            arrived.come()
            _ = peer.readLine()
        }
        let engine = CurlEngine()
        let transport = try HTTPTransport(plain(server), engine: engine)
        let task = Task { await transport.send(post()) }
        await arrived.wait()
        await engine.shutdown(grace: .milliseconds(100))
        #expect(await task.value == .uncertain(OutcomeReason(.interrupted)))
        #expect(await transport.send(post()) == .notSent(OutcomeReason(.interrupted)))
        await engine.shutdown(grace: .seconds(60))
    }

    @Test func `Shutting down waits for an answer within the grace time`() async throws {
        let arrived = Moment()
        let goOn = DispatchSemaphore(value: 0)
        let server = try LoopbackServer { peer in
            _ = peer.readRequest()
            arrived.come()
            goOn.wait()
            peer.write(answer("200 OK"))
            peer.hang()
        }
        let engine = CurlEngine()
        let transport = try HTTPTransport(plain(server), engine: engine)
        let nobody = try HTTPTransport(plain(port: try LoopbackServer.closedPort()), engine: engine)
        let task = Task { await transport.send(post()) }
        await arrived.wait()
        async let ended: Void = engine.shutdown(grace: .seconds(30))
        // Refusing new requests is the sign that the engine is closing.
        while await nobody.send(post()) != .notSent(OutcomeReason(.interrupted)) { await Task.yield() }
        goOn.signal()
        #expect(await task.value.status == 200)
        await ended
    }
}
