// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Synchronization
import Testing
import Transport

/// Plain behaviours of a counterpart, over TCP on 127.0.0.1.
@Suite(.timeLimit(.minutes(5)))
struct HTTPExchangeTests {
    private let engine = CurlEngine()

    @Test func `A request arrives whole, with our headers and nothing else, and its answer comes back`() async throws {
        let seen = Mutex<RawRequest?>(nil)
        let box = Box(seen)
        let server = try LoopbackServer { peer in
            box.value.withLock { $0 = peer.readRequest() }
            peer.write(answer("201 Created", body: "{\"ok\":true}"))
            peer.hang()
        }
        var endpoint = plain(server)
        endpoint.headers = [.init("Authorization", Secret("Bearer geheim"))]
        let transport = try HTTPTransport(endpoint, engine: engine)
        let request = post(
            "/melding?versie=1", "inhoud", headers: [.init("Content-Type", "application/json"), .init("X-Leeg", "")])
        #expect(
            await transport.send(request) == .answered(HTTPResponse(status: 201, body: Array("{\"ok\":true}".utf8))))
        let head = try #require(box.value.withLock { $0 })
        #expect(head.head.first == "POST /basis/melding?versie=1 HTTP/1.1")
        #expect(
            Set(head.head.dropFirst()) == [
                "Host: 127.0.0.1:\(server.port)", "User-Agent: Meldpoort", "Accept: */*",
                "Authorization: Bearer geheim",
                "Content-Type: application/json", "X-Leeg:", "Content-Length: 6",
            ])
        #expect(head.body == Array("inhoud".utf8))
    }

    @Test(arguments: HTTPRequest.Method.allCases, [0, 5, 300_000])
    func `Every method carries its body, whatever its size`(method: HTTPRequest.Method, size: Int) async throws {
        let server = try LoopbackServer { peer in
            while let request = peer.readRequest() {
                peer.note(request.head[0])
                peer.write(answer("200 OK", body: "\(request.body.count)"))
            }
        }
        let transport = try HTTPTransport(plain(server), engine: engine)
        let body = [UInt8](repeating: 7, count: size)
        for _ in 0..<2 {
            let exchange = await transport.send(HTTPRequest(method: method, path: "/x", headers: [], body: body))
            #expect(exchange == .answered(HTTPResponse(status: 200, body: Array("\(size)".utf8))))
        }
        #expect(server.notes == Array(repeating: "\(method.rawValue) /basis/x HTTP/1.1", count: 2))
        // Without a body libcurl would send again by itself: what changes something never gets a used connection then.
        #expect(server.connections == (size == 0 && method != .get ? 2 : 1))
    }

    @Test func `Twenty requests one after the other share one connection`() async throws {
        let server = try LoopbackServer { $0.serve(answer("200 OK")) }
        let transport = try HTTPTransport(plain(server), engine: engine)
        for _ in 0..<20 { #expect(await transport.send(post()).status == 200) }
        #expect(server.connections == 1)
        #expect(server.notes.count == 20)
    }

    @Test(arguments: [false, true])
    func `A counterpart that reads a whole request on a reused connection and hangs up sees it once`(resets: Bool)
        async throws
    {
        let server = try LoopbackServer { peer in
            for number in 1... {
                guard let request = peer.readRequest() else { return }
                peer.note(String(decoding: request.body, as: UTF8.self))
                if number == 2 {
                    if resets { peer.reset() }
                    return
                }
                peer.write(answer("200 OK"))
            }
        }
        let transport = try HTTPTransport(plain(server), engine: engine)
        #expect(await transport.send(post("/a", "eerste")).status == 200)
        #expect(await transport.send(post("/a", "tweede")) == .uncertain(OutcomeReason(.connectionLostAfterSending)))
        // The next one arrives, so nothing of the second can still be on its way.
        #expect(await transport.send(post("/a", "derde")).status == 200)
        #expect(server.notes == ["eerste", "tweede", "derde"])
    }

    @Test(arguments: [HTTPRequest.Method.delete, .post])
    func `A body-less request to a counterpart that hangs up is sent once`(method: HTTPRequest.Method) async throws {
        let server = try LoopbackServer { peer in
            while let request = peer.readRequest() {
                peer.note(request.head[0])
                if request.body.isEmpty { return }
                peer.write(answer("200 OK"))
            }
        }
        let transport = try HTTPTransport(plain(server), engine: engine)
        #expect(await transport.send(post()).status == 200)
        let bare = HTTPRequest(method: method, path: "/b", headers: [], body: [])
        #expect(await transport.send(bare) == .uncertain(OutcomeReason(.connectionLostAfterSending)))
        #expect(await transport.send(post()).status == 200)
        #expect(server.notes.filter { $0.contains("/basis/b") }.count == 1)
    }

    @Test func `A connection that the counterpart closed while it stood idle is not used again`() async throws {
        let server = try LoopbackServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.write(answer("200 OK"))
        }
        let transport = try HTTPTransport(plain(server), engine: engine)
        var outcomes: [Exchange<HTTPResponse>] = []
        for _ in 0..<5 { outcomes.append(await transport.send(post())) }
        // The close can cross the next request; then that one is uncertain, and never sent twice.
        let isFine = outcomes.allSatisfy {
            $0.status == 200 || $0 == .uncertain(OutcomeReason(.connectionLostAfterSending))
        }
        #expect(isFine)
        #expect(server.connections <= 5)
    }

    @Test func `A redirect is answered and not followed`() async throws {
        let elsewhere = try LoopbackServer { $0.serve(answer("200 OK")) }
        let server = try LoopbackServer {
            $0.serve(answer("307 Elders", ["Location: http://127.0.0.1:\(elsewhere.port)/"]))
        }
        let transport = try HTTPTransport(plain(server), engine: engine)
        #expect(await transport.send(post()).status == 307)
        #expect(elsewhere.connections == 0)
    }

    @Test(
        arguments: [
            ("120", 120), ("0", 0), ("999999999", 86_400), ("99999999999999999999", 86_400),
            ("Fri, 21 Nov 2025 10:01:30 GMT", 90), ("Friday, 21-Nov-25 10:01:30 GMT", 90),
            ("Fri Nov 21 10:01:30 2025", 90),
            ("Fri, 21 Nov 2025 09:00:00 GMT", 0), ("Sat, 21 Nov 2026 10:00:00 GMT", 86_400), ("straks", nil),
            ("-5", nil), ("1.5", nil),
        ] as [(String, Int?)])
    func `Retry-After is read as seconds from now`(value: String, seconds: Int?) async throws {
        let server = try LoopbackServer { $0.serve(answer("429 Druk", ["Retry-After: \(value)"])) }
        let transport = try HTTPTransport(plain(server), engine: engine, now: { whenever })
        #expect(
            await transport.send(post()) == .answered(HTTPResponse(status: 429, body: [], retryAfterSeconds: seconds)))
    }

    @Test func `An answer may be as long as the limit and no longer`() async throws {
        let server = try LoopbackServer { peer in
            while let request = peer.readRequest() {
                let size = Int(String(decoding: request.body, as: UTF8.self)) ?? 0
                peer.write(answer("200 OK", body: String(repeating: "x", count: size)))
            }
        }
        var endpoint = plain(server)
        endpoint.maximumAnswerBytes = 100_000
        let transport = try HTTPTransport(endpoint, engine: engine)
        #expect(await transport.send(post("/a", "100000")).status == 200)
        #expect(await transport.send(post("/a", "100001")) == .uncertain(OutcomeReason(.answerTooLarge)))
        #expect(await transport.send(post("/a", "10")).status == 200)
    }

    @Test func `A counterpart that reads and never answers ends as uncertain`() async throws {
        let server = try LoopbackServer { $0.hang() }
        var endpoint = plain(server)
        endpoint.totalTimeout = .milliseconds(200)
        let transport = try HTTPTransport(endpoint, engine: engine)
        #expect(await transport.send(post()) == .uncertain(OutcomeReason(.answerTimeout)))
    }

    @Test func `A counterpart that answers half and stops ends as uncertain`() async throws {
        let server = try LoopbackServer { peer in
            _ = peer.readRequest()
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf")
        }
        let transport = try HTTPTransport(plain(server), engine: engine)
        #expect(await transport.send(post()) == .uncertain(OutcomeReason(.connectionLostAfterSending)))
    }

    @Test func `An answer that is no HTTP ends as uncertain`() async throws {
        let server = try LoopbackServer { peer in
            _ = peer.readRequest()
            peer.write("220 hier spreekt een mailserver\r\n")
        }
        let transport = try HTTPTransport(plain(server), engine: engine)
        #expect(await transport.send(post()) == .uncertain(OutcomeReason(.answerNotUnderstood)))
    }

    @Test func `A refused connection and an unknown name sent nothing`() async throws {
        let nobody = try HTTPTransport(plain(port: try LoopbackServer.closedPort()), engine: engine)
        #expect(await nobody.send(post()) == .notSent(OutcomeReason(.connectionRefused)))
        #expect(await nobody.probe() == .failed(OutcomeReason(.connectionRefused)))
        let nowhere = try HTTPTransport(HTTPEndpoint(baseURL: "https://bestaat-niet.invalid"), engine: engine)
        #expect(await nowhere.send(post()) == .notSent(OutcomeReason(.nameNotResolved)))
    }

    @Test func `Mail does not go over HTTPS`() async throws {
        let transport = try HTTPTransport(HTTPEndpoint(baseURL: "https://127.0.0.1"), engine: engine)
        let mail = MailMessage(to: ["a@voorbeeld.nl"], subject: "", text: "", messageIDLocalPart: "a")
        #expect(await transport.send(mail) == .notSent(OutcomeReason(.notSent)))
    }
}

extension Exchange<HTTPResponse> {
    var status: Int? {
        guard case .answered(let response) = self else { return nil }
        return response.status
    }
}

/// Carries a value that cannot be copied into closures.
final class Box<Value: Sendable>: Sendable {
    let value: Mutex<Value>

    init(_ value: consuming sending Mutex<Value>) {
        self.value = value
    }
}
