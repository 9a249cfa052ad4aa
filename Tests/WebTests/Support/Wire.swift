// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Glibc
import Values

/// An answer as it came over the wire.
struct Reply: Sendable {
    let status: Int
    /// In order, names in lower case.
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    func header(_ name: String) -> String? {
        headers.first { $0.name == name.lowercased() }?.value
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    var json: JSONValue? {
        if case .success(let value) = StrictJSON.read(
            body, limits: JSONLimits(maximumBytes: 16 << 20, maximumDepth: 200))
        {
            value
        } else {
            nil
        }
    }

    /// The end of the problem's `type`.
    var problem: String? {
        json?["type"]?.string.map { String($0.split(separator: ":").last ?? "") }
    }

    /// `code plaats` of everything that is listed.
    var items: [String] {
        (json?["problemen"]?.array ?? []).map { "\($0["code"]?.string ?? "?") \($0["plaats"]?.string ?? "?")" }
    }
}

struct WireError: Error {
    let reason: String
}

/// A TCP connection to a server on this machine, with blocking calls: use it inside `Wire.offPool`.
final class Wire {
    private let descriptor: Int32
    private var received: [UInt8] = []

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw WireError(reason: "connect: \(errno)") }
    }

    deinit { close(descriptor) }

    /// Sends as much as the server takes; false when it stopped taking.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    func send(_ text: String) {
        send(Array(text.utf8))
    }

    /// Says that nothing more will be sent.
    func finishSending() {
        _ = shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Whether the server closes without sending anything more.
    func isClosedByServer() -> Bool {
        received.isEmpty && !fill()
    }

    /// Reads one answer; an informational one only when asked for.
    func reply(skippingInformational: Bool = true, hasBody: Bool = true) throws -> Reply {
        while true {
            let end = try headEnd()
            let lines = String(decoding: received[..<end], as: UTF8.self).split(separator: "\r\n").map(String.init)
            received.removeFirst(end + 4)
            guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
                throw WireError(reason: "no status line")
            }
            if status < 200, skippingInformational { continue }
            let headers = lines.dropFirst().map { line in
                let halves = line.split(separator: ":", maxSplits: 1)
                return (
                    name: halves[0].lowercased(), value: halves.count > 1 ? String(halves[1].drop { $0 == " " }) : ""
                )
            }
            let length = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
            let body = hasBody && status >= 200 ? try take(length) : []
            return Reply(status: status, headers: headers, body: body)
        }
    }

    private func headEnd() throws -> Int {
        let mark = Array("\r\n\r\n".utf8)
        while true {
            if received.count >= 4 {
                for start in 0...(received.count - 4) where Array(received[start..<start + 4]) == mark { return start }
            }
            guard fill() else { throw WireError(reason: "closed before the head was complete") }
        }
    }

    private func take(_ count: Int) throws -> [UInt8] {
        while received.count < count {
            guard fill() else { throw WireError(reason: "closed before the body was complete") }
        }
        defer { received.removeFirst(count) }
        return Array(received[..<count])
    }

    private func fill() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        received += buffer[..<count]
        return true
    }

    /// Runs blocking work on a thread of its own: on a shared queue it would starve the server and its store.
    static func offPool<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
        }
    }
}

/// The bytes of a request, as a client writes them.
struct HTTPText: Sendable {
    var method = "POST"
    var path = "/v1/gebeurtenissen"
    var headers: [(String, String)] = []
    var body: [UInt8] = []
    var hasLength = true

    var bytes: [UInt8] {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if hasLength, !body.isEmpty || method == "POST" { head += "Content-Length: \(body.count)\r\n" }
        return Array((head + "\r\n").utf8) + body
    }
}
