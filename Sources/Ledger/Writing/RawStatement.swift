// SPDX-License-Identifier: EUPL-1.2
import GRDBSQLite

/// A value on its way into a statement.
enum SQLValue {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])

    static func optional(_ value: Int64?) -> SQLValue { value.map(SQLValue.integer) ?? .null }
    static func optional(_ value: String?) -> SQLValue { value.map(SQLValue.text) ?? .null }
    static func optional(_ value: [UInt8]?) -> SQLValue { value.map(SQLValue.blob) ?? .null }
}

/// A prepared statement of the writing connection, used again and again by the one thread that owns it. It speaks to SQLite itself,
/// because this is the path where microseconds and exact result codes count.
final class RawStatement {
    private let connection: OpaquePointer
    private let handle: OpaquePointer

    init(_ connection: OpaquePointer, _ sql: String) throws(SQLiteFailure) {
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard code == SQLITE_OK, let handle else { throw SQLiteFailure(code, on: connection) }
        self.connection = connection
        self.handle = handle
    }

    deinit { sqlite3_finalize(handle) }

    /// Runs the statement to its end.
    func run(_ values: [SQLValue] = []) throws(SQLiteFailure) {
        _ = try first(values) { _ in }
    }

    /// Runs the statement and reads its first row, if there is one.
    func first<T>(_ values: [SQLValue], _ read: (Columns) -> T) throws(SQLiteFailure) -> T? {
        defer {
            sqlite3_reset(handle)
            sqlite3_clear_bindings(handle)
        }
        for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1)) }
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return read(Columns(handle: handle))
        case SQLITE_DONE: return nil
        case let code: throw SQLiteFailure(code, on: connection)
        }
    }

    private func bind(_ value: SQLValue, at index: Int32) throws(SQLiteFailure) {
        let copied = unsafeBitCast(OpaquePointer(bitPattern: -1), to: sqlite3_destructor_type.self)
        let code =
            switch value {
            case .null: sqlite3_bind_null(handle, index)
            case .integer(let number): sqlite3_bind_int64(handle, index, number)
            case .text(let text): sqlite3_bind_text(handle, index, text, Int32(text.utf8.count), copied)
            // An empty array may have no address, and no address is NULL.
            case .blob([]): sqlite3_bind_zeroblob(handle, index, 0)
            case .blob(let bytes): sqlite3_bind_blob(handle, index, bytes, Int32(bytes.count), copied)
            }
        guard code == SQLITE_OK else { throw SQLiteFailure(code, on: connection) }
    }

    /// The columns of the current row.
    struct Columns {
        fileprivate let handle: OpaquePointer

        func integer(_ index: Int32) -> Int64 { sqlite3_column_int64(handle, index) }

        func text(_ index: Int32) -> String { String(cString: sqlite3_column_text(handle, index)) }

        func blob(_ index: Int32) -> [UInt8] {
            guard let start = sqlite3_column_blob(handle, index) else { return [] }
            return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, index))))
        }
    }
}
