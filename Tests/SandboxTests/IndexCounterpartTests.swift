// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Sandbox
import Testing

@Suite struct IndexCounterpartTests {
    /// Runs `body` with a started counterpart and stops it afterwards.
    private func with(
        _ security: ServerSecurity, _ behaviour: IndexBehaviour = .index,
        recording: IndexCounterpart.Recording = .everything,
        _ body: (IndexCounterpart) async throws -> Void
    ) async throws {
        let counterpart = IndexCounterpart(security: security, recording: recording, behaviour: behaviour)
        try await counterpart.start()
        do {
            try await body(counterpart)
        } catch {
            await counterpart.stop()
            throw error
        }
        await counterpart.stop()
    }

    private func post(_ url: String, _ body: String = "{}", _ extra: [String] = []) async throws -> CommandResult {
        try await Tools.curl(
            Tools.clientArguments() + ["--write-out", "|%{http_code}", "--data-binary", body] + extra + [url])
    }

    @Test func everyByteOfARequestIsKept() async throws {
        try await with(Tools.mutual()) { (index) async throws in
            let result = try await post(
                "\(index.baseURL)/signalen?a=1", "{\"naam\":\"é\"}",
                [
                    "-H", "Content-Type: application/json", "-H", "X-Twee:  2 ", "-H", "User-Agent: proef/1", "-H",
                    "Accept:",
                ])
            #expect(result.text == "{\"signaalId\":\"IDX-000001\",\"status\":\"geregistreerd\"}|201")
            let request = try #require(index.requests.first)
            let expected = """
                POST /signalen?a=1 HTTP/1.1\r
                Host: 127.0.0.1:\(index.port)\r
                Content-Type: application/json\r
                X-Twee:  2 \r
                User-Agent: proef/1\r
                Content-Length: 13\r
                \r
                {"naam":"é"}
                """
            #expect(String(decoding: request.raw, as: UTF8.self) == expected)
            #expect(request.requestLine == "POST /signalen?a=1 HTTP/1.1")
            #expect(
                request.headers.map(\.name) == ["Host", "Content-Type", "X-Twee", "User-Agent", "Content-Length"])
            #expect(request.header("x-twee") == "2")
            #expect(request.text == "{\"naam\":\"é\"}")
            #expect(request.isComplete)
        }
    }

    @Test func aClientCertificateOfTheOwnAuthorityIsDemanded() async throws {
        let made = try Tools.certificates()
        let strangers = [
            [], ["--cert", made.foreignClient.certificate, "--key", made.foreignClient.key],
        ]
        for stranger in strangers {
            let index = IndexCounterpart(security: try Tools.mutual())
            try await index.start()
            let result = try await Tools.curl(
                ["--cacert", made.ca, "-d", "{}"] + stranger + ["\(index.baseURL)/signalen"])
            await index.stop()
            #expect(result.status != 0)
            #expect(index.count == 0)
            #expect(index.refusedConnections == 1)
        }
        try await with(Tools.mutual()) { (index) async throws in
            let password = "\(made.clientPKCS12):\(Certificates.clientPKCS12Password)"
            let result = try await Tools.curl(
                [
                    "--cacert", made.ca, "--cert-type", "P12", "--cert", password, "-d", "{}",
                    "\(index.baseURL)/signalen",
                ])
            #expect(result.status == 0)
            #expect(index.count == 1)
        }
    }

    @Test func aSoundClientRefusesTheWrongServers() async throws {
        let made = try Tools.certificates()
        let wrong: [(ServerSecurity, Int32)] = [
            (.server(made.foreignServer), 60), (.server(made.misnamedServer), 60), (.outdated(made.server), 35),
        ]
        for (security, code) in wrong {
            try await with(security) { (index) async throws in
                #expect(try await post("\(index.baseURL)/signalen").status == code)
                #expect(index.count == 0)
            }
        }
    }

    @Test func theIndexRemembersItsSignals() async throws {
        let book = IndexBook(basePath: "/v1")
        try await with(.plaintext, .book(book)) { (index) async throws in
            let base = "\(index.baseURL)/v1"
            let key = ["-H", "Idempotency-Key: sleutel-1"]
            let asked: [(String, String, [String], String)] = [
                ("/signalen", "{}", key, "IDX-000001\",\"status\":\"geregistreerd\"}|201"),
                ("/signalen", "{}", key, "IDX-000001\",\"status\":\"geregistreerd\"}|200"),
                ("/signalen", "{\"a\":1}", key, "|422"),
                ("/signalen", "{}", [], "IDX-000002\",\"status\":\"geregistreerd\"}|201"),
                ("/signalen", "<a/>", ["-H", "Content-Type: text/xml"], "</soap:Envelope>|201"),
                ("/signalen/IDX-000001/intrekking", "{}", [], "ingetrokken\"}|200"),
                ("/signalen/IDX-000009/intrekking", "{}", [], "|404"),
                ("/signalen/IDX-000002", "", ["-X", "DELETE"], "|204"),
                ("/intrekkingen", "{}", [], "{\"status\":\"ingetrokken\"}|200"),
                ("/elders", "{}", [], "|404"),
            ]
            for (path, body, extra, end) in asked {
                let result = try await post(base + path, body, extra)
                #expect(result.text.hasSuffix(end), "\(path): \(result.text)")
            }
            #expect(try await post("\(index.baseURL)/signalen").text.hasSuffix("|404"))
            #expect(book.registered == 3)
            #expect(book.withdrawals == 3)
        }
    }

    @Test(arguments: [
        (IndexAnswer.hangUpAfterHeaders, [52, 55, 56] as [Int32], ""),
        (.hangUpAfterRequest, [52, 56], ""),
        (.garbage, [1, 8], ""),
        (.cutShort, [18, 56], ""),
        (.redirect(to: "https://elders.invalid/"), [0], "|307"),
        (.retryAfter(503, seconds: 7), [0], "|503"),
        (.json(200, "{}"), [0], "{}|200"),
        (.xml(500, "<f/>"), [0], "<f/>|500"),
        (.delay(.milliseconds(50), then: .json(200, "[]")), [0], "[]|200"),
        (.oversized(bytes: 3_000_000), [63], ""),
        (.oversized(bytes: 300_000, announced: false), [0], "|200"),
    ])
    func answersAsTold(answer: IndexAnswer, codes: [Int32], end: String) async throws {
        for security in [ServerSecurity.plaintext, try Tools.mutual()] {
            try await with(security, .always(answer)) { (index) async throws in
                let result = try await post("\(index.baseURL)/signalen", "{\"a\":1}", ["--max-filesize", "1000000"])
                #expect(codes.contains(result.status), "\(result.status)")
                #expect(result.text.hasSuffix(end))
                try await index.waitForRequests(1, timeout: .seconds(5))
                #expect(index.count == 1)
                #expect(index.requests.first?.isComplete == (answer != .hangUpAfterHeaders))
            }
        }
    }

    @Test func neverIsNever() async throws {
        try await with(Tools.mutual(), .always(.never)) { (index) async throws in
            #expect(try await post("\(index.baseURL)/x", "{}", ["--max-time", "0.5"]).status == 28)
            #expect(index.count == 1)
        }
    }

    @Test func retryAfterIsAHeader() async throws {
        try await with(.plaintext, .always(.retryAfter(429, seconds: 30))) { (index) async throws in
            let result = try await post("\(index.baseURL)/x", "{}", ["--include"])
            #expect(result.text.contains("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 30\r\n"))
        }
    }

    @Test func behavioursFollowEachOtherAndCanBeReplaced() async throws {
        try await with(.plaintext, .inTurn([.json(500, "a"), .json(503, "b")], then: .index)) { (index) async throws in
            let url = "\(index.baseURL)/signalen"
            var codes: [String] = []
            for _ in 1...3 { codes.append(String(try await post(url).text.suffix(3))) }
            index.behaviour = .byRequest { request, turn in .json(200, "\(request.ordinal)/\(turn)") }
            #expect(codes == ["500", "503", "201"])
            #expect(try await post(url).text == "4/1|200")
            index.behaviour = .inTurn([.json(418, "")], then: .always(.json(200, "")))
            #expect(try await post(url).text == "|418")
        }
    }

    @Test func connectionsAreKeptAndCanBeDropped() async throws {
        try await with(Tools.mutual()) { (index) async throws in
            let url = "\(index.baseURL)/signalen"
            #expect(try await post(url, "{}", [url]).status == 0)
            #expect(index.count == 2)
            #expect(index.connections == 1)
            await index.dropConnections()
            #expect(try await post(url, "{}", ["-H", "Connection: close"]).status == 0)
            #expect(index.connections == 2)
        }
    }

    @Test func chunkedAndExpectedBodiesArrive() async throws {
        try await with(.plaintext) { (index) async throws in
            let url = "\(index.baseURL)/signalen"
            let chunked = try await post(url, "{\"a\":12}", ["-H", "Transfer-Encoding: chunked"])
            #expect(chunked.text.hasSuffix("|201"))
            let file = try Tools.temporaryFile(Array(repeating: 65, count: 2_500_000))
            defer { try? FileManager.default.removeItem(atPath: file) }
            #expect(try await post(url, "@\(file)", ["-H", "Expect: 100-continue"]).text.hasSuffix("|201"))
            let requests = index.requests
            #expect(requests[0].text == "{\"a\":12}")
            #expect(String(decoding: requests[0].raw, as: UTF8.self).hasSuffix("\r\n\r\n8\r\n{\"a\":12}\r\n0\r\n\r\n"))
            #expect(requests[1].body.count == 2_500_000)
        }
    }

    @Test func requestsInPiecesAndInOneGoAreTheSame() async throws {
        try await with(.plaintext, .always(.json(200, "ok"))) { (index) async throws in
            let one = "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
            let two = "POST /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nde\r\n1\r\nf\r\n0\r\nT: 1\r\n\r\n"
            let last = "GET /c HTTP/1.1\r\nConnection: close\r\n\r\n"
            let fast = try RawClient(port: index.port)
            fast.send(one + two + last)
            let answers = fast.readToEnd()
            let slow = try RawClient(port: index.port)
            for byte in (one + two + last).utf8 { slow.send([byte]) }
            #expect(slow.readToEnd() == answers)
            #expect(answers.components(separatedBy: "HTTP/1.1 200 OK").count == 4)
            #expect(index.requests.map(\.text) == ["abc", "def", "", "abc", "def", ""])
            #expect(index.requests.map(\.target) == ["/a", "/b", "/c", "/a", "/b", "/c"])
            #expect(index.requests.flatMap(\.raw) == Array((one + two + last + one + two + last).utf8))
        }
    }

    @Test(arguments: [
        "GET / HTTP/2\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/1.1\r\nkop\r\n\r\n", "GET / HTTP/1.1\r\n: x\r\n\r\n",
        "GET / HTTP/1.1\r\nA : x\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", "\u{16}\u{3}\u{1}\r\n\r\n",
    ])
    func whatIsNotHTTPIsRefused(text: String) async throws {
        try await with(.plaintext) { (index) async throws in
            let client = try RawClient(port: index.port)
            client.send(text)
            #expect(client.readToEnd().hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
            #expect(index.count == 0)
        }
    }

    @Test func countingOnlyKeepsNothing() async throws {
        try await with(.plaintext, recording: .countOnly) { (index) async throws in
            let url = "\(index.baseURL)/signalen"
            #expect(try await post(url, "{}", [url]).status == 0)
            try await index.waitForRequests(2, timeout: .seconds(5))
            #expect(index.count == 2)
            #expect(index.requests.isEmpty)
            index.forget()
            #expect(index.count == 0)
        }
    }

    @Test func waitingEndsByARequestByTimeOrByCancellation() async throws {
        try await with(.plaintext) { (index) async throws in
            async let woken = index.waitForRequests(1, timeout: .seconds(10))
            _ = try await post("\(index.baseURL)/signalen")
            #expect(try await woken.count == 1)
            let late = SandboxError.timedOut(waitingFor: "requests", wanted: 2, saw: 1)
            await #expect(throws: late) { try await index.waitForRequests(2, timeout: .milliseconds(20)) }
            let task = Task { try await index.waitForRequests(2, timeout: .seconds(600)) }
            task.cancel()
            await #expect(throws: late) { try await task.value }
        }
    }

    @Test func itComesBackAtTheSamePort() async throws {
        let index = IndexCounterpart(security: .plaintext)
        #expect(index.isDown)
        await index.stop()
        try await index.start()
        try await index.start()
        let port = index.port
        #expect(port > 0)
        #expect(try await post("\(index.baseURL)/signalen").status == 0)
        let other = IndexCounterpart(security: .plaintext, port: port)
        await #expect(throws: SandboxError.self) { try await other.start() }
        await index.stop()
        await index.stop()
        #expect(try await post("\(index.baseURL)/signalen").status == 7)
        try await index.start()
        #expect(index.port == port)
        #expect(try await post("\(index.baseURL)/signalen").status == 0)
        await index.stop()
    }

    @Test func missingCertificatesAreAClearError() async {
        let nowhere = ServerIdentity(certificate: "/nergens/server.pem", key: "/nergens/server.key")
        let index = IndexCounterpart(security: .server(nowhere))
        await #expect(throws: SandboxError.self) { try await index.start() }
        #expect(index.isDown)
    }
}
