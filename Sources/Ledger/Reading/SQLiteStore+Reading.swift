// SPDX-License-Identifier: EUPL-1.2
public import Delivery
import Foundation
import GRDB
public import Values

extension SQLiteStore {
    /// Runs a read on one of the reading connections, in one snapshot, without holding a thread of the caller. It is not
    /// cancelled with the task that waits for it.
    func read<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws(StoreError) -> T {
        let result: Result<T, StoreError> = await withCheckedContinuation { continuation in
            readers.asyncRead { database in
                continuation.resume(
                    returning: Result { try body(database.get()) }.mapError { StoreError(reading: $0) })
            }
        }
        return try result.get()
    }

    public func event(_ id: EventID) async throws(StoreError) -> StoredEvent? {
        try await read { db in
            let sql = """
                SELECT e.id, e.type, e.school, c.pseudonym, e.received_at, e.token_id, e.person_id, e.trace_id
                FROM event e JOIN casefile c ON c.id = e.casefile_id WHERE e.id = ?
                """
            return try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [id]).map(Decoding.event)
        }
    }

    public func body(of id: EventID) async throws(StoreError) -> [UInt8]? {
        try await read { [ring] db in
            let sql = """
                SELECT e.body, e.dedupe, c.pseudonym, c.wrapped_key
                FROM event e JOIN casefile c ON c.id = e.casefile_id WHERE e.id = ?
                """
            guard let row = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [id]) else { return nil }
            return try Decoding.body(row, ring)
        }
    }

    public func deliveries(_ filter: DeliveryFilter) async throws(StoreError) -> [StoredDelivery] {
        let query = DeliveryQuery(
            filter,
            casePseudonym: filter.ofCase.map {
                ring.casePseudonymBytes(school: $0.school, reference: $0.reference)
            })
        return try await read { [ring] db in
            let rows = try Row.fetchCursor(db.cachedStatement(sql: query.sql), arguments: query.arguments)
            return try Array(rows.map { try Decoding.delivery($0, ring) })
        }
    }

    public func caseEvents(
        _ name: CaseName, types: Set<String>?
    ) async throws(StoreError) -> [StoredCaseEvent] {
        let pseudonym = ring.casePseudonymBytes(school: name.school, reference: name.reference)
        return try await read { [ring] db in
            let sql = """
                SELECT e.id, e.type, e.school, c.pseudonym, e.received_at, e.token_id, e.person_id, e.trace_id,
                    e.body, e.dedupe, c.wrapped_key
                FROM casefile c JOIN event e ON e.casefile_id = c.id WHERE c.pseudonym = ? ORDER BY e.id
                """
            let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: [Data(pseudonym)])
            var events: [StoredCaseEvent] = []
            var key: CaseKey?
            while let row = try rows.next() {
                let event = Decoding.event(row)
                guard types?.contains(event.type) ?? true else { continue }
                let opened = try key ?? Decoding.caseKey(pseudonym: pseudonym, wrapped: Decoding.bytes(row, 10), ring)
                key = opened
                events.append(StoredCaseEvent(event: event, body: try Decoding.body(row, 8, dedupe: 9, opened)))
            }
            return events
        }
    }

    public func isBarred(_ person: String, fromCaseOf event: EventID) async throws(StoreError) -> Bool {
        try await read { db in
            let sql = """
                SELECT 1 FROM event e JOIN barred b ON b.casefile_id = e.casefile_id WHERE e.id = ? AND b.person_id = ?
                """
            return try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [event, person]) != nil
        }
    }

    public func situations(
        from: Timestamp, to: Timestamp, each body: @escaping @Sendable (StoredSituation) -> Void
    ) async throws(StoreError) {
        try await read { db in
            let sql = """
                SELECT s.json, d.recipient, e.received_at, d.id, d.state FROM delivery d
                JOIN situation s ON s.id = d.situation_id JOIN event e ON e.id = d.event_id
                WHERE e.received_at >= ? AND e.received_at < ? ORDER BY d.id
                """
            let rows = try Row.fetchCursor(
                db.cachedStatement(sql: sql), arguments: [from.column, to.column])
            while let row = try rows.next() {
                let json: String = row[0]
                body(
                    StoredSituation(
                        delivery: row[3], recipientID: row[1], judgedAt: Timestamp(column: row[2]),
                        state: try Decoding.code(row, 4), json: Array(json.utf8)))
            }
        }
    }

    public func delivery(_ id: DeliveryID) async throws(StoreError) -> StoredDelivery? {
        try await read { [ring] db in
            let sql = DeliveryQuery.columns + " WHERE d.id = ?"
            return try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [id]).map {
                try Decoding.delivery($0, ring)
            }
        }
    }

    public func wholeDelivery(_ id: DeliveryID) async throws(StoreError) -> WholeDelivery? {
        try await read { [ring, cache] db in
            let sql = DeliveryQuery.wholeColumns + " WHERE d.id = ?"
            guard let row = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [id]) else { return nil }
            let (whole, known) = try Decoding.wholeDelivery(row, ring)
            // What is read to be attempted is written next, and needs the key.
            cache.remember(known, deliveries: [id])
            return whole
        }
    }

    public func disclosures(_ filter: DisclosureFilter) async throws(StoreError) -> [StoredEntry] {
        let query = DisclosureQuery(filter)
        return try await read { db in
            let rows = try Row.fetchCursor(db.cachedStatement(sql: query.sql), arguments: query.arguments)
            return try Array(rows.map(Decoding.entry))
        }
    }

    public func owed(eventID: EventID?) async throws(StoreError) -> [StoredOwed] {
        try await read { db in
            let sql = """
                SELECT event_id, delivery_id, code, since FROM owed WHERE ?1 IS NULL OR event_id = ?1
                ORDER BY event_id, delivery_id, code
                """
            let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: [eventID])
            return try Array(
                rows.map { StoredOwed(event: $0[0], delivery: $0[1], code: $0[2], since: Timestamp(column: $0[3])) })
        }
    }

    public func notices(_ filter: NoticeFilter) async throws(StoreError) -> [StoredNotice] {
        var conditions: [String] = []
        var arguments: StatementArguments = []
        if filter.unsentOnly { conditions.append("sent_at IS NULL") }
        if let delivery = filter.delivery {
            conditions.append("delivery_id = ?")
            arguments += [delivery]
        }
        let sql = """
            SELECT id, kind, addressee, person_id, recipient, delivery_id, cause, created_at, sent_at, due_at, attempts,
                owed_item_id
            FROM notice \(conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")) ORDER BY id
            """
        return try await read { [arguments] db in
            let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments)
            return try Array(rows.map(Decoding.notice))
        }
    }

    public func troubles() async throws(StoreError) -> [String: Timestamp] {
        try await read { db in
            let rows = try Row.fetchAll(db.cachedStatement(sql: "SELECT recipient, since FROM trouble"))
            return Dictionary(rows.map { ($0[0], Timestamp(column: $0[1])) }, uniquingKeysWith: { first, _ in first })
        }
    }

    public func tokens() async throws(StoreError) -> [StoredToken] {
        try await read { db in
            let sql = """
                SELECT id, hash, kind, person_id, schools, event_types, label, created_at, revoked_at FROM token
                ORDER BY created_at, id
                """
            return try Array(Row.fetchCursor(db.cachedStatement(sql: sql)).map(Decoding.token))
        }
    }

    /// The deliveries that an interruption left in `sending`. At start-up, before anything is sent, the caller moves each of them to
    /// `unknown` and appends the outcome to the log: only it can write the canonical entry.
    public func interruptedDeliveries() async throws(StoreError) -> [StoredDelivery] {
        var filter = DeliveryFilter()
        filter.states = [.sending]
        return try await deliveries(filter)
    }
}
