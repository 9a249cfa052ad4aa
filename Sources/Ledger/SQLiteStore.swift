// SPDX-License-Identifier: EUPL-1.2
public import Delivery
import Foundation
import GRDB
public import Values

/// The store on one SQLite file.
///
/// - One process opens it as a gateway (`open`); a lock file keeps a second one out. Other processes of the same machine
///   may read and write beside it (`openShared`, for the command line) or only read (`openReadOnly`).
/// - `commit` returns after the transaction is on disk (`synchronous = FULL`, asserted). All changes that wait at the same time share one.
/// - Event bodies and receipts lie sealed under a key per case; what is looked up is keyed. Without the master key nothing opens.
/// - Close it last, with `close()`.
public final class SQLiteStore: Store {
    /// What opening corrected, or what should be corrected: for the start-up log.
    public let notes: [String]

    /// The settings on which durability and retention rest, as SQLite gave them for the writing connection after it was opened:
    /// `synchronous` 2 (FULL), `auto_vacuum` 2 (INCREMENTAL) and so on. Opening fails on any other. Empty when read-only.
    public let settings: [String: String]

    let ring: KeyRing
    let readers: DatabasePool
    private let writer: GroupCommit?
    let cache = CaseKeyCache()
    private let clock: @Sendable () -> Timestamp

    /// Opens the store as its only gateway; makes it, and applies what migrations it lacks.
    /// - Throws: `LedgerError`, or `StoreError.wrongKey` when the key is not that of the store; then nothing was changed.
    public static func open(
        _ path: String, ring: KeyRing, clock: @escaping @Sendable () -> Timestamp = SystemTime.now
    ) throws -> SQLiteStore {
        let notes = try StoreFile(path: path).prepare()
        let lock = try StoreLock(storeAt: path)
        do {
            return try SQLiteStore(path, .owner, ring, clock, notes: notes) { lock.release() }
        } catch {
            lock.release()
            throw error
        }
    }

    /// Opens a store beside the gateway that may be running on it, or on its own. Makes and migrates nothing.
    /// - Throws: As `open`; `LedgerError.missing`, `.olderThanProgram`.
    public static func openShared(
        _ path: String, ring: KeyRing, clock: @escaping @Sendable () -> Timestamp = SystemTime.now
    ) throws -> SQLiteStore {
        try StoreFile(path: path).requireExisting()
        return try SQLiteStore(path, .shared, ring, clock, notes: []) {}
    }

    /// Opens a store for reading; every `commit` is refused.
    /// - Throws: As `openShared`.
    public static func openReadOnly(_ path: String, ring: KeyRing) throws -> SQLiteStore {
        try StoreFile(path: path).requireExisting()
        return try SQLiteStore(path, .readOnly, ring, SystemTime.now, notes: []) {}
    }

    private init(
        _ path: String, _ mode: Connections.Mode, _ ring: KeyRing, _ clock: @escaping @Sendable () -> Timestamp,
        notes: [String], atEnd: @escaping @Sendable () -> Void
    ) throws {
        let connections = try Connections.open(path, mode, checkValue: ring.checkValue, now: clock().column)
        self.ring = ring
        self.notes = notes
        settings = connections.settings
        self.clock = clock
        readers = connections.readers
        // Readers go first: the last connection to close folds the log of SQLite back into the file.
        let readers = connections.readers
        writer = connections.writer.map { queue in
            GroupCommit(queue: queue, ring: ring, beforeClosing: { try? readers.close() }, atEnd: atEnd)
        }
    }

    deinit { writer?.stop() }

    /// What the writing thread did since the store was opened.
    public var statistics: StoreStatistics { writer?.statistics ?? StoreStatistics() }

    public func commit(_ change: Change) async throws(StoreError) -> CommitReceipt {
        guard let writer else { throw .readOnly }
        let applied = try await writer.commit(prepare(change)).get()
        if let known = applied.knownCase, case .stored(_, let deliveries, _) = applied.receipt {
            cache.remember(known, deliveries: deliveries)
        }
        return applied.receipt
    }

    /// Returns when every change that was queued before is on disk, or refused.
    public func drain() async {
        _ = await writer?.commit(PreparedChange(Change(), at: 0))
    }

    /// Takes no more changes, carries out those that wait, and closes every connection. Finite: each group waits at most
    /// 5 seconds for another process.
    public func close() async {
        if let writer { await writer.close() } else { try? readers.close() }
    }

    // MARK: - On the caller's side

    private func prepare(_ change: Change) async throws(StoreError) -> PreparedChange {
        var receipts: [Int: [UInt8]] = [:]
        for (position, move) in change.moves.enumerated() {
            guard let receipt = move.receipt else { continue }
            let known = try await knownCase(of: move.delivery)
            do {
                receipts[position] = try known.key.seal(receipt, for: .receipt(delivery: move.delivery))
            } catch {
                throw .sealing
            }
        }
        var event: PreparedEvent?
        do {
            event = try change.event.map { try PreparedEvent($0, ring: ring, cache: cache) }
        } catch {
            throw .sealing
        }
        let mail = try await prepare(change.mail.arrived)
        return PreparedChange(change, event: event, sealedReceipts: receipts, mail: mail, at: clock().column)
    }

    private func prepare(_ mail: NewMail?) async throws(StoreError) -> PreparedMail? {
        guard let mail else { return nil }
        var owner: CaseKey?
        if let number = mail.placement?.caseNumber {
            owner = try await read { [ring] db -> CaseKey? in
                let sql = "SELECT pseudonym, wrapped_key FROM casefile WHERE id = ?"
                return try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [number]).map { row in
                    try Decoding.caseKey(pseudonym: Decoding.bytes(row, 0), wrapped: Decoding.bytes(row, 1), ring)
                }
            }
            guard owner != nil else { throw .invalidChange(code: 0) }
        }
        do {
            return try PreparedMail(mail, owner: owner, ring: ring)
        } catch {
            throw .sealing
        }
    }

    private func knownCase(of delivery: DeliveryID) async throws(StoreError) -> KnownCase {
        if let known = cache.find(delivery: delivery) { return known }
        let found = try await read { [ring] db -> KnownCase? in
            let sql = """
                SELECT c.id, c.pseudonym, c.wrapped_key FROM delivery d JOIN event e ON e.id = d.event_id
                JOIN casefile c ON c.id = e.casefile_id WHERE d.id = ?
                """
            guard let row = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [delivery]) else { return nil }
            let key = try CaseKey(pseudonym: Decoding.bytes(row, 1), wrapped: Decoding.bytes(row, 2), by: ring)
            return KnownCase(number: row[0], key: key)
        }
        guard let found else { throw .noSuchDelivery(delivery) }
        cache.remember(found, deliveries: [delivery])
        return found
    }
}

extension StoreError {
    /// AES-GCM takes any body that fits in memory, so this means that the process itself is in trouble.
    static let sealing = StoreError.corrupt("sealing failed")
}

/// The clock of the machine.
public enum SystemTime {
    /// Now, in whole milliseconds.
    public static func now() -> Timestamp {
        Timestamp(millisecondsSince1970: Int64(Date().timeIntervalSince1970 * 1000))
    }
}
