// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Foundation
import GRDB
import Ledger
import Testing

/// The schema itself refuses what must never be, whoever writes.
@Suite struct GuardTests {
    @Test func transitionsAreThoseOfTheStateMachine() async throws {
        try await TemporaryStore.with { temporary in
            _ = try await temporary.store.commit(Sample.change(Sample.event(), [Sample.delivery()]))
            try RawAccess.with(temporary.path) { db in
                let triggers = try Row.fetchAll(
                    db, sql: "SELECT name, sql FROM sqlite_master WHERE name = 'delivery_transition'")
                for from in DeliveryState.allCases {
                    for to in DeliveryState.allCases {
                        try db.execute(sql: "DROP TRIGGER delivery_transition")
                        try set(db, from)
                        try db.execute(sql: triggers[0][1])
                        let isAllowed = (try? set(db, to)) != nil
                        #expect(isAllowed == from.mayBecome(to), "\(from) to \(to)")
                    }
                }
            }
        }
    }

    @Test func statesInTheSchemaAreThoseOfTheStateMachine() async throws {
        try await TemporaryStore.with { temporary in
            try RawAccess.with(temporary.path) { db in
                let sql = try #require(
                    try String.fetchOne(db, sql: "SELECT sql FROM sqlite_master WHERE name = 'delivery'"))
                for state in DeliveryState.allCases { #expect(sql.contains("'\(state.rawValue)'")) }
                let open = try #require(
                    try String.fetchOne(db, sql: "SELECT sql FROM sqlite_master WHERE name = 'delivery_open'"))
                for state in DeliveryState.allCases {
                    #expect(open.contains("'\(state.rawValue)'") == !state.isFinal, "\(state)")
                }
            }
        }
    }

    @Test(arguments: [
        "INSERT INTO delivery (event_id, key, recipient, state, attempts, changed_at) VALUES (1, 'k', 'r', 'sending', 1, 0)",
        "INSERT INTO delivery (event_id, key, recipient, state, changed_at) VALUES (1, 'k', 'r', 'delivered', 0)",
        "INSERT INTO delivery (event_id, key, recipient, state, changed_at) VALUES (9, 'k', 'r', 'waiting', 0)",
        "INSERT INTO delivery (event_id, key, recipient, state, changed_at) VALUES (1, 'k', 'r', 'queued', 0)",
        "INSERT INTO delivery (event_id, key, recipient, state, changed_at) VALUES (1, 'k', 'r', 'refused', 0)",
        "UPDATE delivery SET state = 'sending', due_at = NULL, attempts = 0 WHERE id = 1",
        "UPDATE delivery SET state = 'sending', attempts = 1 WHERE id = 1",
        "UPDATE delivery SET state = 'on its way', due_at = NULL WHERE id = 1",
        "UPDATE delivery SET confirmed_by = 'ib-de-linde' WHERE id = 1",
        "UPDATE delivery SET due_at = NULL WHERE id = 1",
        "UPDATE delivery SET due_at = 'morgen' WHERE id = 1",
        "UPDATE delivery SET attempts = attempts - 1 WHERE id = 2",
        "UPDATE delivery SET recipient = 'iemand-anders' WHERE id = 1",
        "UPDATE delivery SET event_id = 2 WHERE id = 1",
        "DELETE FROM delivery WHERE id = 1",
        "UPDATE event SET body = zeroblob(40)",
        "UPDATE event SET school = '02CD'",
        "DELETE FROM event",
        "UPDATE disclosure SET canonical = zeroblob(4)",
        "DELETE FROM disclosure",
        "DELETE FROM disclosure WHERE idx = 1",
        "INSERT INTO disclosure VALUES (2, 2, 'uitkomst', 1, zeroblob(2), zeroblob(32))",
        "INSERT INTO disclosure VALUES (2, 9, 'uitkomst', 1, zeroblob(2), zeroblob(32))",
        "INSERT INTO disclosure VALUES (-1, 1, 'uitkomst', 1, zeroblob(2), zeroblob(32))",
        "INSERT INTO disclosure VALUES (2, 1, 'iets', 1, zeroblob(2), zeroblob(32))",
        "INSERT INTO disclosure VALUES (2, 1, 'uitkomst', 1, zeroblob(2), zeroblob(31))",
        "INSERT INTO casefile (pseudonym, wrapped_key) SELECT pseudonym, wrapped_key FROM casefile",
        "INSERT INTO store (id, key_check, created_at) VALUES (2, zeroblob(32), 0)",
        "INSERT INTO notice (kind, addressee, recipient, cause, created_at) VALUES ('notArrived', 'person', 'r', 'c', 0)",
    ])
    func theSchemaRefuses(_ sql: String) async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            _ = try await store.commit(Sample.change(Sample.event("1"), [Sample.delivery()]))
            try await store.deliverOne(Sample.event("2"))
            try RawAccess.with(temporary.path) { db in
                let error = #expect(throws: DatabaseError.self) { try db.execute(sql: sql) }
                #expect(error?.resultCode == .SQLITE_CONSTRAINT)
            }
            #expect(try await store.verify(deep: true).isClean)
        }
    }

    @Test func openDeliveriesAreFoundByTheirIndex() async throws {
        try await TemporaryStore.with { temporary in
            try RawAccess.with(temporary.path) { db in
                for (filter, index) in [
                    (
                        "state IN ('queued', 'sending') AND state IN ('waiting', 'queued', 'sending', 'rejected', 'parked', "
                            + "'unknown', 'releasable', 'released')", "delivery_open"
                    ),
                    ("tell_by IS NOT NULL", "delivery_open"),
                    ("event_id = 1", "delivery_of_event"),
                ] {
                    let plan = try Row.fetchAll(
                        db, sql: "EXPLAIN QUERY PLAN SELECT * FROM delivery d WHERE d.\(filter)")
                    #expect(plan.contains { ($0["detail"] as String).contains(index) }, "\(filter): \(plan)")
                }
            }
        }
    }

    /// The columns as the state needs them, so that only the transition is judged.
    private func set(_ db: Database, _ state: DeliveryState) throws {
        try db.execute(
            sql: """
                UPDATE delivery SET state = ?1, due_at = CASE WHEN ?1 = 'queued' THEN 1 END, attempts = 1, reason = 'r'
                WHERE id = 1
                """, arguments: [state.rawValue])
    }
}
