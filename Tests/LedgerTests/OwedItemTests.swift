// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Foundation
import GRDB
import Ledger
import Testing
import Values

/// What the tables of owed items themselves hold to, whoever writes.
@Suite struct OwedItemTests {
    /// What is due is found by an index that holds nothing else, and what an event closes by that of open items of its case.
    @Test func whatIsDueIsFoundByItsIndex() async throws {
        try await TemporaryStore.with { temporary in
            try RawAccess.with(temporary.path) { db in
                for (sql, index) in [
                    (
                        "SELECT * FROM owed_item o WHERE o.next_at <= 5 ORDER BY o.next_at, o.id LIMIT 9",
                        "owed_item_next"
                    ),
                    (
                        "SELECT next_at FROM owed_item WHERE next_at IS NOT NULL ORDER BY next_at LIMIT 1",
                        "owed_item_next"
                    ),
                    (
                        "UPDATE owed_item SET reminders = 1 WHERE id IN (SELECT id FROM owed_item WHERE state = 'open' "
                            + "AND casefile_id = 1 AND kind = 'a' UNION ALL SELECT id FROM owed_item WHERE state = 'open' "
                            + "AND casefile_id IS NULL AND kind = 'a')",
                        "owed_item_open_of_case"
                    ),
                    (
                        "SELECT * FROM owed_item o WHERE o.school IN ('a', 'b') AND o.state = 'open' ORDER BY o.id",
                        "owed_item_open"
                    ),
                ] {
                    let plan = try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] as String }
                    #expect(plan.contains { $0.contains(index) }, "\(sql): \(plan)")
                    #expect(!plan.contains { $0.hasPrefix("SCAN") && !$0.contains("INDEX") }, "\(sql): \(plan)")
                }
            }
        }
    }

    @Test(arguments: [
        "UPDATE owed_item SET state = 'open', closed_at = NULL, closed_by = NULL WHERE id = 2",
        "UPDATE owed_item SET state = 'lapsed' WHERE id = 2",
        "UPDATE owed_item SET state = 'done' WHERE id = 1",
        "UPDATE owed_item SET state = 'klaar', closed_at = 1 WHERE id = 1",
        "UPDATE owed_item SET kind = 'bezwaar' WHERE id = 1",
        "UPDATE owed_item SET casefile_id = NULL WHERE id = 1",
        "UPDATE owed_item SET due_on = 'morgen' WHERE id = 1",
        "UPDATE owed_item SET reminders = -1 WHERE id = 1",
        "INSERT INTO owed_item (kind, since, due_on) VALUES ('', 0, '2026-01-01')",
        "INSERT INTO owed_item (kind, event_id, since, due_on) VALUES ('bezwaar', 99, 0, '2026-01-01')",
        "INSERT INTO notice (kind, addressee, recipient, cause, created_at, owed_item_id) VALUES ('owedReminder', 'ict', '', '', 0, 99)",
    ])
    func theSchemaRefuses(_ sql: String) async throws {
        try await TemporaryStore.with { temporary in
            for number in ["1", "2"] {
                var change = Sample.change(Sample.event(number, caseReference: "zaak-\(number)"))
                change.owedSteps = [
                    .open(
                        NewOwedItem(
                            .matchContact, .event, since: Sample.now, dueOn: Sample.now.calendarDateInAmsterdam,
                            nextAt: nil))
                ]
                _ = try await temporary.store.commit(change)
            }
            var change = Sample.change(Sample.event("3", caseReference: "zaak-2"))
            change.owedSteps = [.close(OwedClosing(.matchContact, .event, state: .done, at: Sample.later))]
            _ = try await temporary.store.commit(change)
            try RawAccess.with(temporary.path) { db in
                let error = #expect(throws: DatabaseError.self) { try db.execute(sql: sql) }
                #expect(error?.resultCode == .SQLITE_CONSTRAINT)
            }
        }
    }

    /// Names of events and references of counterparts lie keyed.
    @Test func referencesAreNotInTheClear() async throws {
        try await TemporaryStore.with { temporary in
            var change = Sample.change(Sample.event("geheim-id-1"))
            var item = NewOwedItem(
                .matchContact, .event, since: Sample.now, dueOn: Sample.now.calendarDateInAmsterdam, nextAt: nil)
            item.names = ["geheim-id-1", "MATCH-KENMERK-77"]
            change.owedSteps = [.open(item)]
            _ = try await temporary.store.commit(change)
            for file in try RawAccess.files(in: temporary.folder.path) {
                for secret in ["geheim-id-1", "MATCH-KENMERK-77", "zaak-1"] {
                    #expect(file.bytes.range(of: Data(secret.utf8)) == nil, "\(secret) in \(file.name)")
                }
            }
        }
    }
}
