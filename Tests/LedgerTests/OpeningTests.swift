// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Foundation
import GRDB
import Ledger
import Testing

@Suite struct OpeningTests {
    @Test func makesPrivateFiles() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore.open(folder.file("deep/store.db"), ring: folder.newRing())
        _ = try await store.commit(Sample.change())
        #expect(try mode(folder.file("deep")) == 0o700)
        for name in ["store.db", "store.db-wal", "store.db-shm", "store.db.lock"] {
            #expect(try mode(folder.file("deep/" + name)) == 0o600, "\(name)")
        }
        #expect(store.notes.isEmpty)
        await store.close()
    }

    @Test func takesTheFileFromOthersAndSaysSo() async throws {
        let folder = try TemporaryFolder()
        let ring = try folder.newRing()
        await (try SQLiteStore.open(folder.file("store.db"), ring: ring)).close()
        for (path, mode) in [(folder.file("store.db"), 0o644), (folder.path, 0o755)] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        }
        let store = try SQLiteStore.open(folder.file("store.db"), ring: ring)
        #expect(try mode(folder.file("store.db")) == 0o600)
        #expect(store.notes.count == 2)
        await store.close()
    }

    @Test func aSecondGatewayIsKeptOut() async throws {
        try await TemporaryStore.with { temporary in
            #expect(throws: LedgerError.inUse(path: temporary.path)) {
                try SQLiteStore.open(temporary.path, ring: temporary.ring)
            }
            _ = try await temporary.store.commit(Sample.change())
            await temporary.store.close()
            await (try SQLiteStore.open(temporary.path, ring: temporary.ring)).close()
        }
    }

    @Test func theLockGoesWithTheStoreThatWasNotClosed() async throws {
        let folder = try TemporaryFolder()
        let ring = try folder.newRing()
        func open() throws { _ = try SQLiteStore.open(folder.file("store.db"), ring: ring) }
        try open()
        // Its thread lets go on its own time; waiting for the lock is waiting for that.
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            do {
                await (try SQLiteStore.open(folder.file("store.db"), ring: ring)).close()
                break
            } catch LedgerError.inUse where ContinuousClock.now < deadline {
                await Task.yield()
            }
        }
    }

    @Test func anotherKeyIsRefusedAndNothingChanges() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore.open(folder.file("store.db"), ring: folder.newRing())
        _ = try await store.commit(Sample.change())
        await store.close()
        let before = try RawAccess.files(in: folder.path).filter { $0.name == "store.db" }
        let other = try folder.newRing("other.key")
        #expect(throws: StoreError.wrongKey) { try SQLiteStore.open(folder.file("store.db"), ring: other) }
        #expect(throws: StoreError.wrongKey) { try SQLiteStore.openShared(folder.file("store.db"), ring: other) }
        #expect(throws: StoreError.wrongKey) { try SQLiteStore.openReadOnly(folder.file("store.db"), ring: other) }
        let after = try RawAccess.files(in: folder.path).filter { $0.name == "store.db" }
        #expect(before.map(\.bytes) == after.map(\.bytes))
    }

    @Test func durabilitySettingsHoldAfterEveryOpening() async throws {
        let folder = try TemporaryFolder()
        let ring = try folder.newRing()
        for _ in 0..<2 {
            // Opening itself asserts synchronous = 2 and auto_vacuum = 2 on its own connection, or throws.
            let store = try SQLiteStore.open(folder.file("store.db"), ring: ring)
            #expect(store.settings["synchronous"] == "2")
            #expect(store.settings["auto_vacuum"] == "2")
            #expect(store.settings["journal_mode"] == "wal")
            await store.close()
        }
        try RawAccess.with(folder.file("store.db")) { db in
            let autoVacuum = try Int.fetchOne(db, sql: "PRAGMA auto_vacuum")
            let journalMode = try String.fetchOne(db, sql: "PRAGMA journal_mode")
            #expect(autoVacuum == 2)
            #expect(journalMode == "wal")
        }
    }

    @Test func closingFoldsTheLogBackIntoTheFile() async throws {
        try await TemporaryStore.with { temporary in
            _ = try await temporary.store.commit(Sample.change())
            await temporary.store.close()
            let names = try FileManager.default.contentsOfDirectory(atPath: temporary.folder.path)
            #expect(Set(names) == ["master.key", "store.db", "store.db.lock"])
        }
    }

    @Test func aSharedStoreWritesBesideTheGateway() async throws {
        try await TemporaryStore.with { temporary in
            let shared = try SQLiteStore.openShared(temporary.path, ring: temporary.ring)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    for store in [temporary.store, shared] {
                        group.addTask { _ = try await store.commit(Sample.change(Sample.event("\(number)"))) }
                    }
                }
                try await group.waitForAll()
            }
            await shared.close()
            #expect(try await temporary.store.event(20) != nil)
            #expect(try await temporary.store.event(21) == nil)
            #expect(try await temporary.store.verify(deep: true).isClean)
        }
    }

    @Test func aReadOnlyStoreReadsAndRefusesToWrite() async throws {
        try await TemporaryStore.with { temporary in
            _ = try await temporary.store.commit(Sample.change())
            for _ in 0..<2 {
                let reader = try SQLiteStore.openReadOnly(temporary.path, ring: temporary.ring)
                #expect(try await reader.event(1) != nil)
                await #expect(throws: StoreError.self) { try await reader.commit(Sample.change(Sample.event("2"))) }
                await reader.close()
                await temporary.store.close()
            }
        }
    }

    @Test func aMissingStoreIsNotMadeOnTheSide() throws {
        let folder = try TemporaryFolder()
        let ring = try folder.newRing()
        let path = folder.file("store.db")
        #expect(throws: LedgerError.missing(path: path)) { try SQLiteStore.openShared(path, ring: ring) }
        #expect(throws: LedgerError.missing(path: path)) { try SQLiteStore.openReadOnly(path, ring: ring) }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func filesOfOthersAreLeftAlone() throws {
        let folder = try TemporaryFolder()
        let ring = try folder.newRing()
        let path = folder.file("other.db")
        try RawAccess.with(path) { try $0.execute(sql: "CREATE TABLE theirs (id INTEGER)") }
        #expect(throws: LedgerError.notAStore(path: path)) { try SQLiteStore.open(path, ring: ring) }
        let text = folder.file("text.db")
        try Data(repeating: 0x41, count: 5000).write(to: URL(fileURLWithPath: text))
        #expect(throws: LedgerError.notAStore(path: text)) { try SQLiteStore.open(text, ring: ring) }
        #expect(throws: LedgerError.notAStore(path: folder.path)) { try SQLiteStore.open(folder.path, ring: ring) }
        try RawAccess.with(path) { db in
            let journalMode = try String.fetchOne(db, sql: "PRAGMA journal_mode")
            #expect(journalMode == "delete")
        }
    }

    @Test func aNewerStoreIsLeftAlone() async throws {
        try await TemporaryStore.with { temporary in
            await temporary.store.close()
            try RawAccess.with(temporary.path) {
                try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('9999')")
            }
            #expect(throws: LedgerError.newerThanProgram(path: temporary.path)) {
                try SQLiteStore.open(temporary.path, ring: temporary.ring)
            }
        }
    }

    /// A store of the first schema, as it was before rounds, is taken along with what it holds.
    @Test func anOlderStoreIsBroughtUpToDate() async throws {
        try await TemporaryStore.with { temporary in
            let id = try await temporary.store.deliverOne()
            await temporary.store.close()
            try RawAccess.with(temporary.path) { db in
                try db.execute(sql: "PRAGMA foreign_keys = OFF")
                try db.execute(sql: "ALTER TABLE delivery DROP COLUMN round_start")
                try db.execute(sql: "DROP INDEX notice_of_owed_once; ALTER TABLE notice DROP COLUMN owed_item_id")
                let later =
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND (name LIKE 'owed\\__%' ESCAPE '\\' OR name LIKE 'mail%')"
                for table in try String.fetchAll(db, sql: later) { try db.execute(sql: "DROP TABLE \(table)") }
                try db.execute(sql: "DROP INDEX IF EXISTS event_received")
                try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier <> '1'")
            }
            #expect(throws: LedgerError.olderThanProgram(path: temporary.path)) {
                try SQLiteStore.openShared(temporary.path, ring: temporary.ring)
            }
            let store = try SQLiteStore.open(temporary.path, ring: temporary.ring)
            let delivery = try #require(try await store.delivery(id))
            #expect(delivery.state == .delivered && delivery.roundStart == 0)
            #expect(try await store.verify(deep: true).isClean)
            await store.close()
        }
    }

    @Test func aClosedStoreAnswersUnavailable() async throws {
        try await TemporaryStore.with { temporary in
            await temporary.store.close()
            await temporary.store.close()
            await temporary.store.drain()
            await #expect(throws: StoreError.self) { try await temporary.store.commit(Sample.change()) }
            await #expect(throws: StoreError.self) { try await temporary.store.event(1) }
        }
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
}
