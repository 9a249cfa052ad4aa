// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Glibc

/// A system call that failed, on which path.
struct SystemFailure: Error, Hashable {
    let call: String
    let path: String
    let number: Int32

    init(_ call: String, _ path: String, number: Int32 = errno) {
        self.call = call
        self.path = path
        self.number = number
    }

    var reason: String { String(cString: strerror(number)) }
}

/// Files and folders that only their owner may read.
enum PrivateFile {
    /// What the file system says about a path.
    struct Status {
        let isRegularFile: Bool
        let owner: UInt32
        /// The permission bits only.
        let mode: UInt32

        /// Whether group or others may do anything at all.
        var isOpenToOthers: Bool { mode & 0o077 != 0 }

        fileprivate init(_ status: stat) {
            isRegularFile = status.st_mode & S_IFMT == S_IFREG
            owner = status.st_uid
            mode = status.st_mode & 0o7777
        }
    }

    /// Nil when nothing is there. Opens nothing: closing a descriptor would drop the locks of an SQLite connection in
    /// this process.
    static func status(of path: String) throws(SystemFailure) -> Status? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw SystemFailure("stat", path)
        }
        return Status(status)
    }

    /// Makes a new file with mode 0600 and puts it and its name on disk.
    /// - Throws: `EEXIST` when something is there.
    static func create(at path: String, content: [UInt8]) throws(SystemFailure) {
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw SystemFailure("open", path) }
        defer { close(descriptor) }
        // The process mask may have taken bits away; it never adds any.
        guard fchmod(descriptor, 0o600) == 0 else { throw SystemFailure("fchmod", path) }
        var written = 0
        while written < content.count {
            let count = content[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw SystemFailure("write", path) }
            written += count
        }
        guard fsync(descriptor) == 0 else { throw SystemFailure("fsync", path) }
        try synchroniseFolder(of: path)
    }

    /// Reads at most `limit` bytes, with the status of the very file that was read.
    static func read(_ path: String, limit: Int) throws(SystemFailure) -> (Status, [UInt8]) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemFailure("open", path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SystemFailure("fstat", path) }
        guard Status(status).isRegularFile else { return (Status(status), []) }
        var bytes = [UInt8](repeating: 0, count: limit)
        var filled = 0
        while filled < limit {
            let count = bytes[filled...].withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw SystemFailure("read", path) }
            if count == 0 { break }
            filled += count
        }
        return (Status(status), Array(bytes.prefix(filled)))
    }

    /// Takes from group and others what they may do with the file.
    static func makePrivate(_ path: String) throws(SystemFailure) {
        guard chmod(path, 0o600) == 0 else { throw SystemFailure("chmod", path) }
    }

    /// Makes the folder with mode 0700; its parent must be there.
    static func createFolder(_ path: String) throws(SystemFailure) {
        guard mkdir(path, 0o700) == 0 else { throw SystemFailure("mkdir", path) }
        try synchroniseFolder(of: path)
    }

    /// Puts the names in the folder that holds `path` on disk.
    static func synchroniseFolder(of path: String) throws(SystemFailure) {
        let folder = self.folder(of: path)
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemFailure("open", folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw SystemFailure("fsync", folder) }
    }

    static func folder(of path: String) -> String {
        let folder = (path as NSString).deletingLastPathComponent
        return folder.isEmpty ? "." : folder
    }
}
