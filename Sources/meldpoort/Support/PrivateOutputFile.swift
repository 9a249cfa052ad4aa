// SPDX-License-Identifier: EUPL-1.2
import ArgumentParser
import Foundation

/// A file that a command writes for its user alone (mode 600): whole or not at all, and never over another one unasked.
struct PrivateOutputFile {
    private let path: String
    private let isReplacing: Bool

    /// - Throws: `ExitCode` when the file is there already and may not be replaced.
    init(_ path: String, replacing: Bool) throws {
        var status = stat()
        guard replacing || lstat(path, &status) != 0 else {
            throw Output.fail("\(path) is there already. Choose another name, or give --force.")
        }
        self.path = path
        isReplacing = replacing
    }

    /// - Throws: `ExitCode` when it cannot be written; nothing is left then.
    func write(_ bytes: [UInt8]) throws {
        let draft = "\(path).\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Output.fail("\(path) cannot be made.") }
        defer { _ = unlink(draft) }
        do {
            try FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).write(contentsOf: Data(bytes))
        } catch {
            throw Output.fail("\(path) cannot be written.")
        }
        // A link fails where a file came in the meantime; a renaming replaces it.
        guard (isReplacing ? rename(draft, path) : link(draft, path)) == 0 else {
            throw Output.fail("\(path) cannot be made, or is there already.")
        }
    }
}
