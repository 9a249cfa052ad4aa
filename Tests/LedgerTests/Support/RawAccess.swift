// SPDX-License-Identifier: EUPL-1.2
import Foundation
import GRDB

/// A connection around the store, as somebody with the file and an SQLite shell has it.
enum RawAccess {
    static func with<T>(_ path: String, _ body: (Database) throws -> T) throws -> T {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.inDatabase(body)
    }

    /// Changes what the triggers forbid, and puts the triggers back.
    static func tamper(_ path: String, _ sql: String) throws {
        try with(path) { db in
            try db.execute(sql: "PRAGMA foreign_keys = OFF")
            let triggers = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger[0] as String)") }
            try db.execute(sql: sql)
            for trigger in triggers { try db.execute(sql: trigger[1] as String) }
        }
    }

    /// Every file of the store as it lies on disk, with its name.
    static func files(in folder: String) throws -> [(name: String, bytes: Data)] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { name in
            (name, try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
        }
    }
}
