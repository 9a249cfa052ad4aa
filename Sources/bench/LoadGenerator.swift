// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Glibc

/// What became of one request.
struct Reply: Sendable {
    var sentAt = Moment(nanoseconds: 0)
    var repliedAt = Moment(nanoseconds: 0)
    var status = 0
    var body: [UInt8] = []

    var milliseconds: Double { repliedAt.since(sentAt) * 1000 }
}

/// Posts requests over kept-alive connections to a port of this machine: each connection sends its next request as soon as
/// it has the answer to the one before. One thread for all, because the processors are shared with what is
/// measured.
struct LoadGenerator: Sendable {
    let port: Int
    let senders: Int

    /// Returns when every request has its answer, the replies in the order of the requests.
    func post(_ requests: [[UInt8]]) async throws -> [Reply] {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Result { try postAll(requests) }) }
            thread.name = "load"
            thread.start()
        }
    }

    private func postAll(_ requests: [[UInt8]]) throws -> [Reply] {
        let connections = try (0..<min(senders, requests.count)).map { _ in try Connection(port: port) }
        defer { for connection in connections { close(connection.file) } }
        var watched = connections.map { pollfd(fd: $0.file, events: Int16(POLLIN), revents: 0) }
        var replies = [Reply](repeating: Reply(), count: requests.count)
        var (next, done) = (0, 0)
        for connection in connections {
            try connection.send(requests[next], as: next, &replies)
            next += 1
        }
        while done < requests.count {
            guard poll(&watched, nfds_t(watched.count), 30_000) > 0 else {
                throw BenchFailure(description: "no answer from the gateway for 30 seconds")
            }
            for (index, connection) in connections.enumerated() where watched[index].revents != 0 {
                guard try connection.receive(&replies) else { continue }
                done += 1
                if next < requests.count {
                    try connection.send(requests[next], as: next, &replies)
                    next += 1
                }
            }
        }
        return replies
    }
}

/// One kept-alive connection, at most one request on its way.
private final class Connection {
    let file: Int32
    private var request = 0
    private var received: [UInt8] = []
    private var chunk = [UInt8](repeating: 0, count: 65_536)

    init(port: Int) throws {
        file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(file, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw BenchFailure(description: "cannot connect to port \(port)") }
    }

    func send(_ bytes: [UInt8], as number: Int, _ replies: inout [Reply]) throws {
        request = number
        received.removeAll(keepingCapacity: true)
        replies[number].sentAt = .now
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw BenchFailure(description: "the gateway closed a connection") }
            sent += count
        }
    }

    /// True when the answer is complete.
    func receive(_ replies: inout [Reply]) throws -> Bool {
        let count = recv(file, &chunk, chunk.count, 0)
        guard count > 0 else { throw BenchFailure(description: "the gateway closed a connection") }
        received += chunk[..<count]
        guard let answer = HTTPAnswer(received) else { return false }
        replies[request].repliedAt = .now
        replies[request].status = answer.status
        replies[request].body = answer.body
        return true
    }
}

/// An answer with a `Content-Length`; nil while it is not complete.
struct HTTPAnswer {
    let status: Int
    let body: [UInt8]

    init?(_ bytes: [UInt8]) {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8))?.lowerBound else { return nil }
        let head = String(decoding: bytes[..<end], as: UTF8.self).lowercased()
        let lines = head.split(separator: "\r\n")
        let length =
            lines.first { $0.hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
        guard bytes.count >= end + 4 + length else { return nil }
        status = lines.first.flatMap { Int($0.split(separator: " ").dropFirst().first ?? "") } ?? 0
        body = Array(bytes[(end + 4)...])
    }
}
