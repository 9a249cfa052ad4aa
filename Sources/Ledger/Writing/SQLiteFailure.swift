// SPDX-License-Identifier: EUPL-1.2
import Delivery
import GRDB
import GRDBSQLite

/// An SQLite call that failed, on the writing connection.
struct SQLiteFailure: Error {
    /// The extended result code.
    let code: Int32
    /// SQLite's own words; they name tables, columns and rules, never values.
    let message: String

    init(_ code: Int32, on connection: OpaquePointer?) {
        self.code = connection.map { sqlite3_extended_errcode($0) } ?? code
        self.message = connection.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(code))
    }

    init(code: Int32, message: String) {
        self.code = code
        self.message = message
    }

    /// Whether only the change is at fault, not the disk or the store.
    var isConstraint: Bool { code & 0xFF == SQLITE_CONSTRAINT }

    var storeError: StoreError { StoreError(sqlite: code, message: message) }
}

extension StoreError {
    /// What an SQLite result code means to a caller.
    init(sqlite code: Int32, message: String) {
        switch code & 0xFF {
        case SQLITE_CONSTRAINT: self = .invalidChange(code: Int(code))
        case SQLITE_CORRUPT, SQLITE_NOTADB: self = .corrupt(message)
        default: self = .unavailable(code: Int(code), message: message)
        }
    }

    /// What an error of a read or of the pool means to a caller.
    init(reading error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError:
            self.init(
                sqlite: error.extendedResultCode.rawValue,
                message: String(cString: sqlite3_errstr(error.extendedResultCode.rawValue)))
        default: self = .corrupt("a stored value cannot be read")
        }
    }

    static let closed = StoreError.unavailable(code: Int(SQLITE_MISUSE), message: "the store is closed")
    static let readOnly = StoreError.unavailable(code: Int(SQLITE_READONLY), message: "the store was opened read-only")
}
