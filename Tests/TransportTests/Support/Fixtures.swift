// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Synchronization
import Transport
import Values

let whenever = Timestamp(millisecondsSince1970: 1_763_719_200_000)  // Fri, 21 Nov 2025 10:00:00 UTC

func plain(_ server: LoopbackServer) -> HTTPEndpoint { plain(port: server.port) }

func plain(port: Int) -> HTTPEndpoint {
    var endpoint = HTTPEndpoint(baseURL: "http://127.0.0.1:\(port)/basis")
    endpoint.allowPlaintextLoopback = true
    endpoint.totalTimeout = .seconds(20)
    return endpoint
}

func encrypted(_ server: LoopbackServer, _ certificates: TestCertificates) -> HTTPEndpoint {
    var endpoint = HTTPEndpoint(baseURL: "https://127.0.0.1:\(server.port)")
    endpoint.trust = .authorities(file: certificates.authority)
    endpoint.totalTimeout = .seconds(20)
    return endpoint
}

func post(_ path: String = "/melding", _ body: String = "{\"kenmerk\":\"abc\"}", headers: [HTTPRequest.Header] = [])
    -> HTTPRequest
{
    HTTPRequest(method: .post, path: path, headers: headers, body: Array(body.utf8))
}

func answer(_ status: String, _ headers: [String] = [], body: String = "") -> String {
    (["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers).map { $0 + "\r\n" }.joined() + "\r\n"
        + body
}

/// Lets a test wait for a moment in another thread.
final class Moment: Sendable {
    private let state = Mutex<(hasCome: Bool, waiting: [CheckedContinuation<Void, Never>])>((false, []))

    func come() {
        let waiting = state.withLock { state in
            state.hasCome = true
            defer { state.waiting = [] }
            return state.waiting
        }
        waiting.forEach { $0.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let hasCome = state.withLock { state in
                if !state.hasCome { state.waiting.append(continuation) }
                return state.hasCome
            }
            if hasCome { continuation.resume() }
        }
    }
}
