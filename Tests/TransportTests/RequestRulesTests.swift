// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Testing
import Transport

/// What an adapter cannot put into a request.
@Suite(.timeLimit(.minutes(5)))
struct RequestRulesTests {
    private let engine = CurlEngine()

    @Test(arguments: [
        "", "melding", "//evil.example/", "/a//b", "/../x", "/a/../../x", "/a/..", "/./a", "/%2e%2e/x", "/.%2E/x",
        "/a%2fb", "/a b",
        "/a\r\nX: y", "/a\0b", "/a\u{7F}", "/a#b", "/é", "/a\\b", "/a%zz", "/a%4", "/a%0d%0aX", "http://evil.example/",
        "@evil.example/",
        ":80/", "/" + String(repeating: "a", count: 5000),
    ])
    func `A path that could leave its place is refused without a connection`(path: String) async throws {
        let server = try LoopbackServer { $0.serve(answer("200 OK")) }
        let transport = try HTTPTransport(plain(server), engine: engine)
        #expect(await transport.send(post(path)) == .notSent(OutcomeReason(.notSent)))
        #expect(server.connections == 0)
    }

    @Test(arguments: ["/", "/a/", "/a/b.c", "/a..b/..c", "/a?b=c//d", "/a%20b", "/a;b=c,d/(e)", "/?x=a/../b"])
    func `An ordinary path goes as it is`(path: String) async throws {
        let server = try LoopbackServer { $0.serve(answer("200 OK")) }
        let transport = try HTTPTransport(plain(server), engine: engine)
        #expect(await transport.send(post(path)).status == 200)
        #expect(server.notes == ["POST /basis\(path) HTTP/1.1"])
    }

    @Test(arguments: [
        ("X-A", "a\r\nX-B: b"), ("X-A", "a\nb"), ("X-A", "a\0b"), ("X-A", "é"), ("X-A\r\nX-B", "a"), ("X A", "a"),
        ("", "a"), ("X:A", "a"),
        ("Host", "evil.example"), ("content-length", "0"), ("Transfer-Encoding", "chunked"), ("Connection", "close"),
        ("Expect", "x"),
        ("Cookie", "a=b"), ("User-Agent", "x"), ("Proxy-Authorization", "x"), ("Accept-Encoding", "gzip"),
        ("authorization", "mine"),
    ])
    func `A header that is not the adapter's to set is refused without a connection`(name: String, value: String)
        async throws
    {
        let server = try LoopbackServer { $0.serve(answer("200 OK")) }
        var endpoint = plain(server)
        endpoint.headers = [.init("Authorization", Secret("Bearer geheim"))]
        let transport = try HTTPTransport(endpoint, engine: engine)
        let request = post(headers: [.init("Content-Type", "text/plain"), .init(name, value)])
        #expect(await transport.send(request) == .notSent(OutcomeReason(.notSent)))
        #expect(server.connections == 0)
    }

    @Test(arguments: [
        "http://127.0.0.2", "http://voorbeeld.nl", "http://localhost.voorbeeld.nl", "http://127.0.0.1.voorbeeld.nl",
        "ftp://127.0.0.1",
        "https://", "https://a@b", "https://a:b@c", "https://a:0", "https://a:70000", "https://a:x", "https://a/b?c",
        "https://a/b#c",
        "https://a/../b", "https://a b", "https://-a", "https://[::1", "voorbeeld.nl", "https://a\r\nb", "https://a:٣",
    ])
    func `A base URL that is not plainly an https address is refused`(text: String) throws {
        var endpoint = HTTPEndpoint(baseURL: text)
        endpoint.allowPlaintextLoopback = true
        #expect(endpoint.problems(now: whenever).map(\.setting) == [.baseURL])
        #expect(throws: EndpointProblems.self) { try HTTPTransport(endpoint, engine: engine) }
    }

    @Test func `Plain http needs the flag and the loopback address`() {
        var endpoint = HTTPEndpoint(baseURL: "http://127.0.0.1:1234")
        #expect(endpoint.problems(now: whenever).map(\.setting) == [.baseURL])
        endpoint.allowPlaintextLoopback = true
        #expect(endpoint.problems(now: whenever).isEmpty)
    }

    @Test(arguments: [
        "https://voorbeeld.nl", "https://voorbeeld.nl:8443/api/v1/", "https://[::1]:8443/x", "https://10.0.0.1",
    ])
    func `Ordinary addresses are accepted`(text: String) {
        #expect(HTTPEndpoint(baseURL: text).problems(now: whenever).isEmpty)
    }

    @Test func `Limits and fixed headers are checked`() {
        var endpoint = HTTPEndpoint(baseURL: "https://voorbeeld.nl")
        endpoint.connectTimeout = .zero
        endpoint.totalTimeout = .seconds(7200)
        endpoint.maximumAnswerBytes = 0
        endpoint.maximumConnections = 0
        endpoint.headers = [.init("Authorization", Secret("Bearer geheim\n"))]
        let problems = endpoint.problems(now: whenever)
        #expect(
            Set(problems.map(\.setting)) == [
                .connectTimeout, .totalTimeout, .maximumAnswerBytes, .maximumConnections, .headers,
            ])
        #expect(!problems.contains { $0.message.contains("geheim") })
    }
}
