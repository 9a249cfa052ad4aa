// SPDX-License-Identifier: EUPL-1.2
import Dispatch
import Glibc
import Synchronization

/// The gateway was not reached, or was gone before it had answered.
public struct DoorLost: Error, CustomStringConvertible {
    public let description: String
}

/// A sender: one persistent HTTP/1.1 connection, made anew when the address changes or after a loss.
///
/// Resends nothing by itself: whoever sends an event must know what was not acknowledged.
public final class DoorClient: Sendable {
    private let queue = DispatchQueue(label: "door client")
    private let wire = Mutex<(address: String, wire: Wire)?>(nil)

    public init() {}

    /// Sends and waits for the answer; at most 30 seconds for each read.
    /// - Throws: `DoorLost`.
    public func send(_ request: Request, to address: String) async throws -> Reply {
        try await run { [self] in
            try wire.withLock { held in
                var current = try Self.connection(held, to: address)
                held = nil
                try current.send(request.bytes)
                let reply = try current.reply()
                if reply.header("connection") == "close" { current.close() } else { held = (address, current) }
                return reply
            }
        }
    }

    /// Sends the request and hangs up without waiting for an answer.
    public func sendAndHangUp(_ request: Request, to address: String) async throws {
        try await run {
            let current = try Wire(address: address)
            try current.send(request.bytes)
            current.close()
        }
    }

    /// Closes the connection, if there is one.
    public func hangUp() {
        wire.withLock { held in
            held?.wire.close()
            held = nil
        }
    }

    deinit { hangUp() }

    private static func connection(_ held: (address: String, wire: Wire)?, to address: String) throws -> Wire {
        if let held, held.address == address { return held.wire }
        held?.wire.close()
        return try Wire(address: address)
    }

    /// Off the pool of Swift's tasks: blocking there would starve what is waited for.
    private func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }
}

/// A blocking TCP connection that reads HTTP answers with a Content-Length.
struct Wire: Sendable {
    private let descriptor: Int32
    private var received: [UInt8] = []

    /// - Parameter address: `http://127.0.0.1:<port>`.
    init(address: String) throws {
        guard let port = address.split(separator: ":").last.flatMap({ in_port_t($0) }) else {
            throw DoorLost(description: "\(address) has no port")
        }
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = port.bigEndian
        name.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            let number = errno
            close()
            throw DoorLost(description: "cannot connect: \(String(cString: strerror(number)))")
        }
    }

    func close() { _ = Glibc.close(descriptor) }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw lost("while sending") }
            sent += count
        }
    }

    mutating func reply() throws -> Reply {
        let head = try takeHead()
        let lines = head.split(separator: "\r\n").map(String.init)
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw lost("no status line")
        }
        let headers = lines.dropFirst().map { line in
            let halves = line.split(separator: ":", maxSplits: 1)
            return (
                name: (halves.first ?? "").lowercased(),
                value: halves.count > 1 ? String(halves[1].drop { $0 == " " }) : ""
            )
        }
        let length = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
        while received.count < length { try fill() }
        let body = Array(received[..<length])
        received.removeFirst(length)
        return Reply(status: status, headers: headers, body: body)
    }

    private mutating func takeHead() throws -> String {
        let mark = Array("\r\n\r\n".utf8)
        var searched = 0
        while true {
            while searched + 4 <= received.count {
                if received[searched..<searched + 4].elementsEqual(mark) {
                    defer { received.removeFirst(searched + 4) }
                    return String(decoding: received[..<searched], as: UTF8.self)
                }
                searched += 1
            }
            try fill()
        }
    }

    private mutating func fill() throws {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { throw lost(count == 0 ? "closed before the answer" : "while waiting for the answer") }
        received += buffer[..<count]
    }

    private func lost(_ when: String) -> DoorLost {
        let number = errno
        close()
        return DoorLost(description: "\(when): \(String(cString: strerror(number)))")
    }
}
