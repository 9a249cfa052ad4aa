// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Foundation
import GRDB
import GRDBSQLite

/// Opens the connections of a store and holds SQLite to the settings on which durability and retention rest.
///
/// Pages are small and the log of SQLite (WAL) is large, because keyed hashes fall on random pages: a page of 1 KiB costs a quarter of
/// one of 4 KiB each time, and most pages are hit more than once before a checkpoint at 24 MiB writes them back. Together
/// that halves the bytes written per event, and the stall of a checkpoint comes rarely enough to stay out of the 99th percentile.
struct Connections {
    /// Nil for a store that was opened read-only.
    let writer: DatabaseQueue?
    let readers: DatabasePool
    /// What SQLite answered when it was asked for its settings, on the writing connection.
    let settings: [String: String]

    enum Mode {
        /// Makes a new store, applies migrations.
        case owner
        /// Reads and writes a store that is there, and is up to date.
        case shared
        case readOnly
    }

    /// - Throws: `LedgerError`, or `StoreError.wrongKey`; then nothing in the store was changed.
    static func open(_ path: String, _ mode: Mode, checkValue: [UInt8], now: Int64) throws -> Connections {
        do {
            guard mode != .readOnly else {
                let readers = try openReaders(path)
                _ = try readers.read { db in try inspect(db, path, mode, checkValue) }
                return Connections(writer: nil, readers: readers, settings: [:])
            }
            let writer = try openWriter(path)
            let settings = try prepare(writer, path, mode, checkValue: checkValue, now: now)
            return Connections(writer: writer, readers: try openReaders(path), settings: settings)
        } catch let error as DatabaseError {
            let code = error.extendedResultCode.rawValue
            if code & 0xFF == SQLITE_NOTADB { throw LedgerError.notAStore(path: path) }
            throw LedgerError.unusable(path: path, reason: String(cString: sqlite3_errstr(code)))
        }
    }

    // MARK: - The writing connection

    private static func openWriter(_ path: String) throws -> DatabaseQueue {
        var configuration = common("ledger-writer")
        configuration.busyMode = .timeout(5)
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    private static func prepare(
        _ writer: DatabaseQueue, _ path: String, _ mode: Mode, checkValue: [UInt8], now: Int64
    ) throws -> [String: String] {
        try writer.inDatabase { db in
            let isNew = try inspect(db, path, mode, checkValue)
            // Before the first table, or SQLite takes it in silence and keeps what it has.
            if isNew { try db.execute(sql: "PRAGMA page_size = 1024; PRAGMA auto_vacuum = INCREMENTAL") }
            try db.execute(
                sql: """
                    PRAGMA journal_mode = WAL;
                    PRAGMA synchronous = FULL;
                    PRAGMA secure_delete = ON;
                    PRAGMA wal_autocheckpoint = 24000;
                    PRAGMA journal_size_limit = 33554432;
                    """)
            if isNew { try db.execute(sql: "PRAGMA application_id = \(Schema1.applicationID)") }
        }
        if mode == .owner {
            try Migrations.all.migrate(writer)
            try writer.write { db in
                try db.execute(
                    sql: "INSERT INTO store (id, key_check, created_at) VALUES (1, ?, ?) ON CONFLICT DO NOTHING",
                    arguments: [Data(checkValue), now])
            }
        }
        return try writer.inDatabase(requireSettings)
    }

    /// Looks before anything is written.
    /// - Returns: Whether the store is still to be made.
    private static func inspect(
        _ db: Database, _ path: String, _ mode: Mode, _ checkValue: [UInt8]
    ) throws -> Bool {
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        if tables == 0 && mode == .owner { return true }
        guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == Schema1.applicationID else {
            throw LedgerError.notAStore(path: path)
        }
        if try Migrations.all.hasBeenSuperseded(db) { throw LedgerError.newerThanProgram(path: path) }
        if try mode != .owner && !Migrations.all.hasCompletedMigrations(db) {
            throw LedgerError.olderThanProgram(path: path)
        }
        if try db.tableExists("store"), let stored = try Data.fetchOne(db, sql: "SELECT key_check FROM store") {
            guard Array(stored) == checkValue else { throw StoreError.wrongKey }
        }
        return false
    }

    /// What SQLite says it does, not what it was told.
    private static func requireSettings(_ db: Database) throws -> [String: String] {
        let required = [
            "journal_mode": "wal", "synchronous": "2", "auto_vacuum": "2", "foreign_keys": "1", "secure_delete": "1",
        ]
        for (name, expected) in required {
            let actual = try text(DatabaseValue.fetchOne(db, sql: "PRAGMA \(name)"))
            guard actual == expected else { throw LedgerError.setting(name: name, expected: expected, actual: actual) }
        }
        return required
    }

    private static func text(_ value: DatabaseValue?) -> String {
        switch value?.storage {
        case .int64(let number): String(number)
        case .string(let text): text
        default: "-"
        }
    }

    // MARK: - The reading connections

    private static func openReaders(_ path: String) throws -> DatabasePool {
        var configuration = common("ledger-reader")
        configuration.readonly = true
        configuration.maximumReaderCount = 3
        configuration.busyMode = .timeout(5)
        return try DatabasePool(path: path, configuration: configuration)
    }

    private static func common(_ label: String) -> Configuration {
        var configuration = Configuration()
        configuration.label = label
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF")
        }
        return configuration
    }
}
