// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// The files of a store: the database, and beside it `-wal`, `-shm` and `.lock`. SQLite gives the first two the rights
/// of the database itself.
struct StoreFile {
    let path: String

    /// Makes folder (0700) and file (0600) if they are not there, and takes from group and others what they may do.
    /// - Returns: What was corrected or should be, for the start-up log.
    func prepare() throws(LedgerError) -> [String] {
        do {
            let folder = PrivateFile.folder(of: path)
            if try PrivateFile.status(of: folder) == nil { try PrivateFile.createFolder(folder) }
            guard let status = try PrivateFile.status(of: path) else {
                try PrivateFile.create(at: path, content: [])
                return try folderNote(folder)
            }
            guard status.isRegularFile else { throw LedgerError.notAStore(path: path) }
            guard status.isOpenToOthers else { return try folderNote(folder) }
            for name in [path, path + "-wal", path + "-shm"] where try PrivateFile.status(of: name) != nil {
                try PrivateFile.makePrivate(name)
            }
            return ["\(path) had mode \(String(status.mode, radix: 8)); it is 600 now."] + (try folderNote(folder))
        } catch let error as SystemFailure {
            throw .unusable(path: error.path, reason: error.reason)
        } catch let error as LedgerError {
            throw error
        } catch {
            throw .unusable(path: path, reason: "unexpected failure")
        }
    }

    /// - Throws: `LedgerError.missing` when there is no such file.
    func requireExisting() throws(LedgerError) {
        do {
            guard let status = try PrivateFile.status(of: path) else { throw LedgerError.missing(path: path) }
            guard status.isRegularFile else { throw LedgerError.notAStore(path: path) }
        } catch let error as SystemFailure {
            throw .unusable(path: error.path, reason: error.reason)
        } catch let error as LedgerError {
            throw error
        } catch {
            throw .unusable(path: path, reason: "unexpected failure")
        }
    }

    private func folderNote(_ folder: String) throws(SystemFailure) -> [String] {
        guard let status = try PrivateFile.status(of: folder), status.isOpenToOthers else { return [] }
        return ["\(folder) has mode \(String(status.mode, radix: 8)); 700 is safer."]
    }
}
