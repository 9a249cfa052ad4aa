// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Testing
import Transport

/// Requests that only read.
@Suite(.timeLimit(.minutes(5)))
struct HTTPReadingTests {
    private let engine = CurlEngine()

    private func get(_ path: String) -> HTTPRequest { HTTPRequest(method: .get, path: path, headers: [], body: []) }

    @Test func `A GET has its query and no body`() async throws {
        let server = try LoopbackServer { peer in
            while let request = peer.readRequest() {
                request.head.forEach(peer.note)
                peer.write(answer("200 OK", body: "{}"))
            }
        }
        let transport = try HTTPTransport(plain(server), engine: engine)
        #expect(await transport.send(get("/leerlingen?per_page=100&page=2")).status == 200)
        #expect(server.notes.first == "GET /basis/leerlingen?per_page=100&page=2 HTTP/1.1")
        #expect(Set(server.notes.dropFirst().map { $0.prefix { $0 != ":" } }) == ["Host", "User-Agent", "Accept"])
        // After one with a body, on the same handle.
        #expect(await transport.send(post()).status == 200)
        #expect(await transport.send(get("/a")).status == 200)
        #expect(!server.notes.suffix(4).contains { $0.hasPrefix("Content-") })
        #expect(server.connections == 1)
    }

    /// The counterpart reads the second request of every connection and hangs up without a word.
    @Test func `A GET on a connection that dies is asked again`() async throws {
        let server = try LoopbackServer { peer in
            for number in 1... {
                guard let request = peer.readRequest() else { return }
                peer.note(request.head[0])
                if number == 2 { return }
                peer.write(answer("200 OK"))
            }
        }
        let transport = try HTTPTransport(plain(server), engine: engine)
        #expect(await transport.send(get("/een")).status == 200)
        #expect(await transport.send(get("/twee")).status == 200)
        #expect(server.notes.filter { $0.contains("/twee") }.count == 2)
    }

    @Test func `A counterpart that never answers a GET is not asked for ever`() async throws {
        let server = try LoopbackServer { _ = $0.readRequest() }
        let transport = try HTTPTransport(plain(server), engine: engine)
        #expect(await transport.send(get("/a")) == .uncertain(OutcomeReason(.connectionLostAfterSending)))
        #expect(server.connections == 1)
    }

    @Test func `Of the answer's headers an adapter sees those that it may need`() async throws {
        let server = try LoopbackServer {
            $0.serve(
                answer(
                    "201 Gemaakt",
                    [
                        "Content-Type: application/json", "LOCATION: https://elders.example/1",
                        #"Link: <https://a.example/?page=2>; rel="next""#, "X-WP-TotalPages: 3", "Set-Cookie: a=b",
                        "X-Geheim: c",
                    ]))
        }
        let transport = try HTTPTransport(plain(server), engine: engine)
        guard case .answered(let response) = await transport.send(get("/a")) else { return #expect(Bool(false)) }
        #expect(
            response.headers == [
                "content-type": "application/json", "location": "https://elders.example/1",
                "link": #"<https://a.example/?page=2>; rel="next""#, "x-wp-totalpages": "3",
            ])
    }
}
