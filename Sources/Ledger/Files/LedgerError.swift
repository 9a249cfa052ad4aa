// SPDX-License-Identifier: EUPL-1.2

/// Why a store was not opened: what is wrong, where, and how to fix it.
public enum LedgerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Another gateway runs on it.
    case inUse(path: String)
    case missing(path: String)
    /// An SQLite file of another program, or no SQLite file at all.
    case notAStore(path: String)
    /// It has migrations that this program does not know.
    case newerThanProgram(path: String)
    /// It lacks migrations, which only `SQLiteStore.open` applies.
    case olderThanProgram(path: String)
    case unusable(path: String, reason: String)
    /// SQLite did not take a setting on which durability depends.
    case setting(name: String, expected: String, actual: String)

    public var description: String {
        switch self {
        case .inUse(let path):
            "store: \(path) is in use by another gateway. Stop that one first; two never run on one store."
        case .missing(let path):
            "store: no file at \(path). Check the path; a first run of the gateway makes it."
        case .notAStore(let path):
            "store: \(path) is not a store of this program. Nothing was changed. Check the path."
        case .newerThanProgram(let path):
            "store: \(path) was written by a newer version. Nothing was changed. Install that version or a later one."
        case .olderThanProgram(let path):
            "store: \(path) was written by an older version. Start the gateway once: it brings the store up to date."
        case .unusable(let path, let reason):
            "store: \(path) cannot be used: \(reason). Check the disk and the rights of file and folder."
        case .setting(let name, let expected, let actual):
            "store: SQLite keeps \(name) at \(actual) instead of \(expected), so nothing would be durable. "
                + "Use a local file system and the SQLite of the distribution."
        }
    }
}
