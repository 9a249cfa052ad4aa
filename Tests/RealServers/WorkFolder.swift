// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Glibc

/// A folder of a server's own, which the users that it runs as can enter. Its name is short: a socket's path has at most 107 bytes.
struct WorkFolder: Sendable {
    let path: String

    init(_ name: String) throws {
        path = "/tmp/mp-\(name)-\(UInt32.random(in: .min ... .max))"
        try make("")
    }

    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    /// Makes a folder below it, for that user or for root.
    func make(_ name: String, owner: String? = nil, mode: Int = 0o755) throws {
        let folder = name.isEmpty ? path : self(name)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: mode])
        if let owner { try Self.give(folder, to: owner) }
    }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: self(name), atomically: true, encoding: .utf8)
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Makes a user the owner of a file.
    static func give(_ file: String, to owner: String) throws {
        guard let user = getpwnam(owner)?.pointee, chown(file, user.pw_uid, user.pw_gid) == 0 else {
            throw ServerProblem("cannot give \(file) to the user \(owner)")
        }
    }
}

/// Ports of 127.0.0.1 that are free now.
enum FreePort {
    /// Different ones, chosen by the kernel.
    static func take(_ count: Int) throws -> [Int] {
        var sockets: [Int32] = []
        defer { for socket in sockets { close(socket) } }
        return try (0..<count).map { _ in
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            sockets.append(descriptor)
            var address = LoopbackAddress.of(port: 0)
            guard LoopbackAddress.with(&address, { bind(descriptor, $0, $1) }) == 0,
                let port = LoopbackAddress.port(of: descriptor)
            else { throw ServerProblem("no free port") }
            return port
        }
    }
}

/// 127.0.0.1 for the system's calls.
enum LoopbackAddress {
    static func of(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return address
    }

    static func with(_ address: inout sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, size) }
        }
    }

    static func port(of descriptor: Int32) -> Int? {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        return result == 0 ? Int(in_port_t(bigEndian: address.sin_port)) : nil
    }
}
