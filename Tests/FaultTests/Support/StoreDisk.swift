// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Glibc
import RunningGateway

/// This machine cannot show what the test is about.
struct NotPossibleHere: Error, CustomStringConvertible {
    let description: String

    init(_ call: String) {
        description =
            "\(call): \(String(cString: strerror(errno))). This test needs root, tmpfs and ext4's immutable flag."
    }
}

/// A file system of a few megabytes in memory.
final class StoreDisk: Sendable {
    let path: String
    private let size: String

    init(megabytes: Int) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("disk-\(UUID().uuidString)").path
        size = "size=\(megabytes)m,mode=0700"
        guard mkdir(path, 0o700) == 0, mount("tmpfs", path, "tmpfs", 0, size) == 0 else {
            throw NotPossibleHere("mount tmpfs")
        }
    }

    func unmount() {
        _ = umount2(path, Int32(MNT_DETACH))
        _ = rmdir(path)
    }

    /// Only while nothing on it is open for writing.
    func remount(readOnly: Bool) throws {
        let flags = MS_REMOUNT | (readOnly ? MS_RDONLY : 0)
        guard mount("tmpfs", path, "tmpfs", UInt(flags), size) == 0 else { throw NotPossibleHere("remount") }
    }

    /// Until nothing fits any more.
    func fill() throws {
        let file = open("\(path)/ballast", O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw NotPossibleHere("open ballast") }
        defer { close(file) }
        let zeroes = [UInt8](repeating: 0, count: 4_096)
        while write(file, zeroes, zeroes.count) > 0 {}
    }

    func free() { _ = unlink("\(path)/ballast") }

    /// Runs with a disk that is gone afterwards, whatever happens.
    static func with(megabytes: Int, _ body: (StoreDisk) async throws -> Void) async throws {
        let disk = try StoreDisk(megabytes: megabytes)
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(disk))
        } catch {
            result = .failure(error)
        }
        disk.unmount()
        try result.get()
    }
}

/// Refuses every write to files that are open already, as a file system does that went read-only under a running program
/// (a plain remount refuses while a file is open for writing).
struct WriteBlock {
    private let files: [String]

    /// - Throws: `NotPossibleHere` where the flag is not looked at for files that are open: ext4 does, tmpfs does not.
    init(storeAt path: String) throws {
        files = [path, path + "-wal"]
        let probe = path + ".probe"
        let file = open(probe, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw NotPossibleHere("open probe") }
        try Self.mark("+i", probe)
        let written = write(file, "x", 1)
        try Self.mark("-i", probe)
        close(file)
        unlink(probe)
        guard written < 0 else { throw NotPossibleHere("the immutable flag does nothing for open files in \(path)") }
    }

    func set() throws { for file in files { try Self.mark("+i", file) } }

    func lift() throws { for file in files { try Self.mark("-i", file) } }

    /// Runs with the block in force, and lifts it whatever happens.
    func whileSet(_ body: () async throws -> Void) async throws {
        let result: Result<Void, any Error>
        do {
            try set()
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        try lift()
        try result.get()
    }

    private static func mark(_ flag: String, _ file: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/chattr")
        process.arguments = [flag, file]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw NotPossibleHere("chattr \(flag)") }
    }
}
