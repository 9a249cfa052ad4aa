// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Glibc
import Sandbox

/// What the tests share: certificates, the curl and openssl commands, and a bare socket.
enum Tools {
    static let made = Result {
        try CertificateWorkshop.prepare(in: FileManager.default.temporaryDirectory.path + "/meldpoort-sandbox-tests")
    }

    static func certificates() throws -> Certificates { try made.get() }

    static func mutual() throws -> ServerSecurity {
        let certificates = try certificates()
        return .mutual(certificates.server, clientCA: certificates.ca)
    }

    static func temporaryFolder() throws -> String {
        let path = FileManager.default.temporaryDirectory.path + "/meldpoort-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    static func temporaryFile(_ bytes: [UInt8]) throws -> String {
        let path = FileManager.default.temporaryDirectory.path + "/meldpoort-\(UUID().uuidString)"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// Runs curl, quietly, with ten seconds at most.
    static func curl(_ arguments: [String], input: [UInt8] = []) async throws -> CommandResult {
        try await run("/usr/bin/curl", ["--silent", "--show-error", "--max-time", "10"] + arguments, input: input)
    }

    /// curl's arguments for a client that trusts the CA and shows the right certificate.
    static func clientArguments() throws -> [String] {
        let certificates = try certificates()
        return [
            "--cacert", certificates.ca, "--cert", certificates.client.certificate, "--key", certificates.client.key,
        ]
    }

    static func run(_ program: String, _ arguments: [String], input: [UInt8] = []) async throws -> CommandResult {
        let output = try temporaryFile([])
        let source = try temporaryFile(input)
        defer {
            try? FileManager.default.removeItem(atPath: output)
            try? FileManager.default.removeItem(atPath: source)
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        // Files, not pipes: a full pipe would stop the command while nobody reads.
        process.standardInput = FileHandle(forReadingAtPath: source)
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle.nullDevice
        let status = try await withCheckedThrowingContinuation { (done: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { done.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch {
                process.terminationHandler = nil
                done.resume(throwing: error)
            }
        }
        let bytes = FileManager.default.contents(atPath: output) ?? Data()
        return CommandResult(status: status, text: String(decoding: bytes, as: UTF8.self))
    }
}

struct CommandResult {
    let status: Int32
    let text: String
}

/// A TCP connection without any manners: sends what it is given.
final class RawClient {
    private let socket: Int32

    init(port: Int) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }

    deinit { close(socket) }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) { _ = Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }

    /// Reads until the text holds `end`, or the other side closes, or five seconds pass.
    func read(until end: String) -> String {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while !String(decoding: bytes, as: UTF8.self).contains(end) {
            let count = recv(socket, &piece, piece.count, 0)
            guard count > 0 else { break }
            bytes += piece[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads until the other side closes.
    func readToEnd() -> String { read(until: "\u{0}nooit\u{0}") }

    /// Sends one SMTP line and returns the reply.
    func ask(_ line: String) -> String {
        send(line + "\r\n")
        return read(until: "\r\n")
    }
}
