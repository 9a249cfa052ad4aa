// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Synchronization
import Testing

@testable import Transport

/// Access tokens for an API, from a server that hands them out strictly.
@Suite(.timeLimit(.minutes(5)))
struct OAuthTests {
    private let engine = CurlEngine()

    /// Numbers its tokens, and refuses what is no proper request for one.
    private func tokenServer(
        lifetime: Int = 3600, secret: String = "Basic c2Nob29sOmdlaGVpbQ==", then: (@Sendable () -> Void)? = nil
    ) throws -> LoopbackServer {
        let count = Box(Mutex(0))
        return try LoopbackServer { peer in
            while let request = peer.readRequest() {
                then?()
                let form = String(decoding: request.body, as: UTF8.self)
                peer.note("\(request.head[0].split(separator: " ").prefix(2).joined(separator: " ")) \(form)")
                guard request.head.contains("Authorization: \(secret)"),
                    request.head.contains("Content-Type: application/x-www-form-urlencoded"),
                    form.hasPrefix("grant_type=client_credentials")
                else {
                    peer.write(answer("401 Nee", body: #"{"error":"invalid_client"}"#))
                    continue
                }
                let number = count.value.withLock { count in
                    count += 1
                    return count
                }
                let body = #"{"access_token":"munt-\#(number)","token_type":"bearer","expires_in":\#(lifetime)}"#
                peer.write(answer("200 OK", ["Content-Type: application/json"], body: body))
            }
        }
    }

    /// Takes only the tokens that it is told to.
    private func api(accepting accepts: @escaping @Sendable (String) -> Bool = { _ in true }) throws -> LoopbackServer {
        try LoopbackServer { peer in
            while let request = peer.readRequest() {
                let header = request.head.first { $0.hasPrefix("Authorization: ") }
                let token = header.map { String($0.dropFirst("Authorization: Bearer ".count)) } ?? "none"
                peer.note("\(token) \(String(decoding: request.body, as: UTF8.self))")
                peer.write(answer(accepts(token) ? "200 OK" : "401 Nee"))
            }
        }
    }

    private func client(_ port: Int, _ change: (inout OAuthClient) -> Void = { _ in }) -> OAuthClient {
        var client = OAuthClient(
            tokenURL: "http://127.0.0.1:\(port)/oauth2/token?organisation=0000-01",
            clientID: "school", clientSecret: Secret("geheim"))
        client.allowPlaintextLoopback = true
        change(&client)
        return client
    }

    private func transport(_ api: LoopbackServer, _ client: OAuthClient) throws -> HTTPTransport {
        var endpoint = plain(api)
        endpoint.oauth = client
        return try HTTPTransport(endpoint, engine: engine)
    }

    @Test func `Twenty at a time wait for one token and carry it`() async throws {
        let tokens = try tokenServer()
        let api = try api()
        let transport = try transport(api, client(tokens.port) { $0.scope = "lezen schrijven" })
        await withTaskGroup(of: Int?.self) { group in
            for number in 0..<20 { group.addTask { await transport.send(post("/a", "\(number)")).status } }
            for await status in group { #expect(status == 200) }
        }
        #expect(
            tokens.notes == [
                "POST /oauth2/token?organisation=0000-01 grant_type=client_credentials&scope=lezen+schrijven"
            ])
        #expect(Set(api.notes) == Set((0..<20).map { "munt-1 \($0)" }))
    }

    @Test func `Credentials and further fields go into the form where that is asked`() async throws {
        let tokens = try LoopbackServer { peer in
            while let request = peer.readRequest() {
                peer.note(String(decoding: request.body, as: UTF8.self))
                #expect(!request.head.contains { $0.hasPrefix("Authorization") })
                peer.write(answer("200 OK", body: #"{"access_token":"m","token_type":"Bearer"}"#))
            }
        }
        let api = try api()
        let transport = try transport(
            api,
            client(tokens.port) {
                $0.clientSecret = Secret("a&b=c d+é%")
                $0.credentialsInBody = true
                $0.audience = "https://api.example/"
                $0.extraParameters = ["resource": "x y"]
            })
        #expect(await transport.send(post()).status == 200)
        #expect(
            tokens.notes == [
                "grant_type=client_credentials&audience=https%3A%2F%2Fapi.example%2F&resource=x+y&client_id=school"
                    + "&client_secret=a%26b%3Dc+d%2B%C3%A9%25"
            ])
        #expect(api.notes.first?.hasPrefix("m ") == true)
    }

    @Test func `A token that runs out is not used again`() async throws {
        let tokens = try tokenServer(lifetime: 0)
        let api = try api()
        let transport = try transport(api, client(tokens.port))
        for body in ["een", "twee"] { #expect(await transport.send(post("/a", body)).status == 200) }
        #expect(api.notes == ["munt-1 een", "munt-2 twee"])
    }

    @Test(arguments: [(3600, 3540), (240, 180), (100, 75), (0, 0)])
    func `A token is renewed before it runs out`(lifetime: Int, useful: Int) {
        let token = AccessToken(value: Secret("m"), lifetime: .seconds(lifetime))
        #expect(token.usefulTime == .seconds(useful))
    }

    @Test func `A kept token that is refused is replaced, and the request goes once more`() async throws {
        let withdrawn = Box(Mutex(false))
        let tokens = try tokenServer()
        let api = try api { token in token != "munt-1" || !withdrawn.value.withLock { $0 } }
        let transport = try transport(api, client(tokens.port))
        #expect(await transport.send(post("/a", "een")).status == 200)
        withdrawn.value.withLock { $0 = true }
        #expect(await transport.send(post("/a", "twee")).status == 200)
        #expect(await transport.send(post("/a", "drie")).status == 200)
        #expect(api.notes == ["munt-1 een", "munt-1 twee", "munt-2 twee", "munt-2 drie"])
        #expect(tokens.notes.count == 2)
    }

    @Test func `A new token that is refused is not replaced again and again`() async throws {
        let tokens = try tokenServer()
        let api = try api { _ in false }
        let transport = try transport(api, client(tokens.port))
        #expect(await transport.send(post("/a", "een")).status == 401)
        #expect(await transport.send(post("/a", "twee")).status == 401)
        #expect(api.notes == ["munt-1 een", "munt-2 twee"])
    }

    /// A 401 says that nothing was taken; a broken connection does not.
    @Test func `A request with a kept token that gets no answer is not sent again`() async throws {
        let tokens = try tokenServer()
        let api = try LoopbackServer { peer in
            for number in 1... {
                guard let request = peer.readRequest() else { return }
                peer.note(String(decoding: request.body, as: UTF8.self))
                if number == 2 { return }
                peer.write(answer("200 OK"))
            }
        }
        let transport = try transport(api, client(tokens.port))
        #expect(await transport.send(post("/a", "een")).status == 200)
        #expect(await transport.send(post("/a", "twee")) == .uncertain(OutcomeReason(.connectionLostAfterSending)))
        #expect(api.notes == ["een", "twee"])
    }

    @Test func `A wrong secret sends nothing`() async throws {
        let tokens = try tokenServer()
        let api = try api()
        let transport = try transport(api, client(tokens.port) { $0.clientSecret = Secret("fout") })
        let reason = OutcomeReason(.authenticationFailed, status: 401)
        #expect(await transport.send(post()) == .notSent(reason))
        #expect(await transport.probe() == .failed(reason))
        #expect(api.notes.isEmpty)
    }

    @Test func `The probe fetches a token and sends nothing else`() async throws {
        let tokens = try tokenServer()
        let api = try api()
        #expect(await (try transport(api, client(tokens.port))).probe() == .reachable)
        #expect(tokens.notes.count == 1)
        #expect(api.notes.isEmpty)
    }

    @Test func `A token server that is down, or silent, sends nothing`() async throws {
        let api = try api()
        let down = try transport(api, client(try LoopbackServer.closedPort()))
        #expect(await down.send(post()) == .notSent(OutcomeReason(.connectionRefused)))
        let silent = try LoopbackServer { $0.hang() }
        let waiting = try transport(api, client(silent.port) { $0.totalTimeout = .milliseconds(200) })
        #expect(await waiting.send(post()) == .notSent(OutcomeReason(.answerTimeout)))
        #expect(api.connections == 0)
    }

    @Test(
        arguments: [
            ("200 OK", "", OutcomeReason(.answerNotUnderstood, status: 200)),
            ("200 OK", #"{"access_token":"m"}"#, OutcomeReason(.answerNotUnderstood, status: 200)),
            ("200 OK", #"{"access_token":"m","token_type":"mac"}"#, OutcomeReason(.answerNotUnderstood, status: 200)),
            ("200 OK", #"{"access_token":"","token_type":"bearer"}"#, OutcomeReason(.answerNotUnderstood, status: 200)),
            (
                "200 OK", #"{"access_token":"=","token_type":"bearer"}"#,
                OutcomeReason(.answerNotUnderstood, status: 200)
            ),
            (
                "200 OK", #"{"access_token":"m\r\nX-A: b","token_type":"bearer"}"#,
                OutcomeReason(.answerNotUnderstood, status: 200)
            ),
            (
                "200 OK", #"{"access_token":"m","token_type":"bearer","expires_in":"3600"}"#,
                OutcomeReason(.answerNotUnderstood, status: 200)
            ),
            (
                "200 OK", #"{"access_token":"m","token_type":"bearer","expires_in":-1}"#,
                OutcomeReason(.answerNotUnderstood, status: 200)
            ),
            (
                "200 OK", #"{"access_token":"m","access_token":"n","token_type":"bearer"}"#,
                OutcomeReason(.answerNotUnderstood, status: 200)
            ),
            (
                "200 OK", #"{"access_token":"m","token_type":"bearer","x":""# + String(repeating: "x", count: 70_000),
                OutcomeReason(.answerTooLarge)
            ),
            ("400 Nee", #"{"error":"invalid_scope"}"#, OutcomeReason(.authenticationFailed, status: 400)),
            ("302 Elders", "", OutcomeReason(.redirectRefused, status: 302)),
            ("404 Weg", "", OutcomeReason(.refusedByCounterpart, status: 404)),
            ("429 Druk", "", OutcomeReason(.busyCounterpart, status: 429)),
            ("500 Stuk", "", OutcomeReason(.busyCounterpart, status: 500)),
        ])
    func `What is not clearly a token sends nothing`(status: String, body: String, reason: OutcomeReason) async throws {
        let tokens = try LoopbackServer { $0.serve(answer(status, body: body)) }
        let api = try api()
        #expect(await (try transport(api, client(tokens.port))).send(post()) == .notSent(reason))
        #expect(api.connections == 0)
    }

    @Test func `An adapter cannot set another authorization`() async throws {
        let api = try api()
        let transport = try transport(api, client(try tokenServer().port))
        let own = post("/a", "x", headers: [.init("authorization", "Bearer eigen")])
        #expect(await transport.send(own) == .notSent(OutcomeReason(.notSent)))
        #expect(api.connections == 0)
    }

    @Test func `Settings that cannot work are named`() throws {
        func settings(_ change: (inout OAuthClient) -> Void) -> [EndpointProblem.Setting] {
            var endpoint = HTTPEndpoint(baseURL: "https://api.example")
            var client = OAuthClient(tokenURL: "https://login.example/t", clientID: "a", clientSecret: Secret("b"))
            change(&client)
            endpoint.oauth = client
            return endpoint.problems(now: whenever).map(\.setting)
        }
        #expect(settings { _ in }.isEmpty)
        #expect(settings { $0.tokenURL = "https://login.microsoftonline.com/abc/oauth2/v2.0/token" }.isEmpty)
        #expect(settings { $0.tokenURL = "https://login.example?a=b" }.isEmpty)
        for address in [
            "http://login.example/t", "login.example", "https://", "https://a@login.example/", "https://a/../b",
        ] {
            #expect(settings { $0.tokenURL = address } == [.tokenURL], "\(address)")
        }
        #expect(settings { $0.clientID = "" } == [.oauth])
        #expect(settings { $0.trust = .authorities(file: "/bestaat/niet") } == [.oauthCAFile])
        var both = HTTPEndpoint(baseURL: "https://api.example")
        both.oauth = OAuthClient(tokenURL: "https://login.example/t", clientID: "a", clientSecret: Secret("b"))
        both.headers = [.init("authorization", Secret("x"))]
        #expect(both.problems(now: whenever).map(\.setting) == [.headers])
    }

    @Test func `Neither the secret nor a token ever shows`() async throws {
        let tokens = try tokenServer()
        let transport = try transport(try api(), client(tokens.port))
        #expect(await transport.send(post()).status == 200)
        var text = ""
        dump(transport, to: &text)
        #expect(!text.contains("geheim"))
        #expect(!text.contains("munt-1"))
    }
}
