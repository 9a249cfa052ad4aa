// SPDX-License-Identifier: EUPL-1.2
public import Delivery
import Foundation
import GRDB
import Values

extension SQLiteStore {
    public func mailQueue(_ mailbox: String, uidValidity: UInt32?) async throws(StoreError) -> MailQueue? {
        try await read { db in
            let sql = """
                SELECT uid_validity, settled FROM mail_queue WHERE mailbox = ?1 AND (?2 IS NULL OR uid_validity = ?2)
                ORDER BY id DESC LIMIT 1
                """
            guard
                let row = try Row.fetchOne(
                    db.cachedStatement(sql: sql), arguments: [mailbox, uidValidity.map { Int64($0) }])
            else { return nil }
            let (validity, settled): (Int64, Int64) = (row[0], row[1])
            let places = """
                SELECT uid, uid > ?3, must_file FROM mail_place
                WHERE mailbox = ?1 AND uid_validity = ?2 AND (uid > ?3 OR must_file = 1) ORDER BY uid
                """
            var taken: Set<UInt32> = []
            var toFile: [UInt32] = []
            for row in try Row.fetchAll(db.cachedStatement(sql: places), arguments: [mailbox, validity, settled]) {
                let uid = UInt32(truncatingIfNeeded: row[0] as Int64)
                if row[1] { taken.insert(uid) }
                if row[2] { toFile.append(uid) }
            }
            return MailQueue(
                uidValidity: UInt32(truncatingIfNeeded: validity),
                settledThrough: UInt32(truncatingIfNeeded: settled), taken: taken, toFile: toFile)
        }
    }

    public func mailPlacements(_ references: [String]) async throws(StoreError) -> [MailPlacement] {
        let digests = references.map { ring.mailReference($0) }
        return try await read { db in
            let sql = "SELECT casefile_id, school, recipient FROM mail_reference WHERE digest = ?"
            var found: [MailPlacement] = []
            for digest in digests {
                guard let row = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [Data(digest)]) else {
                    continue
                }
                let placement = MailPlacement(caseNumber: row[0], school: row[1], recipientID: row[2])
                if !found.contains(where: { $0.caseNumber == placement.caseNumber }) { found.append(placement) }
            }
            return found
        }
    }

    public func mails(_ filter: MailFilter) async throws(StoreError) -> [StoredMail] {
        let query = MailQuery(filter)
        return try await read { db in
            try Array(
                Row.fetchCursor(db.cachedStatement(sql: query.sql), arguments: query.arguments)
                    .map(MailQuery.mail))
        }
    }

    public func mail(_ id: MailID) async throws(StoreError) -> StoredMail? {
        try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: MailQuery.columns + " WHERE m.id = ?"), arguments: [id])
                .map(MailQuery.mail)
        }
    }

    public func mailContent(_ id: MailID) async throws(StoreError) -> [UInt8]? {
        try await opened(id, attachment: nil)
    }

    public func mailAttachment(_ number: Int, of id: MailID) async throws(StoreError) -> [UInt8]? {
        try await opened(id, attachment: number)
    }

    private func opened(_ id: MailID, attachment: Int?) async throws(StoreError) -> [UInt8]? {
        try await read { [ring] db in
            let sql = """
                SELECT m.identity, m.wrapped_key, CASE WHEN ?2 IS NULL THEN m.content ELSE a.content END,
                    c.pseudonym, c.wrapped_key
                FROM mail m LEFT JOIN casefile c ON c.id = m.casefile_id
                    LEFT JOIN mail_attachment a ON a.mail_id = m.id AND a.number = ?2
                WHERE m.id = ?1
                """
            guard let row = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [id, attachment]),
                !row.hasNull(atIndex: 1), !row.hasNull(atIndex: 2)
            else { return nil }
            do {
                let owner =
                    row.hasNull(atIndex: 3)
                    ? nil : try CaseKey(pseudonym: Decoding.bytes(row, 3), wrapped: Decoding.bytes(row, 4), by: ring)
                let key = try MailKey(
                    place: Decoding.bytes(row, 0), wrapped: Decoding.bytes(row, 1), by: owner, ring)
                return try key.open(Decoding.bytes(row, 2), attachment: attachment)
            } catch {
                throw StoreError.corrupt("a received mail does not open")
            }
        }
    }

    public func mailJudgements(of id: MailID) async throws(StoreError) -> [StoredMailJudgement] {
        try await read { db in
            let sql = """
                SELECT verdict, person_id, judged_at, event_id FROM mail_judgement WHERE mail_id = ? ORDER BY id
                """
            return try Array(
                Row.fetchCursor(db.cachedStatement(sql: sql), arguments: [id]).map { row in
                    StoredMailJudgement(
                        verdict: row[0], personID: row[1], at: Timestamp(column: row[2]), event: row[3])
                })
        }
    }

    public func firstEvent(ofCase number: Int64) async throws(StoreError) -> EventID? {
        try await read { db in
            try Int64.fetchOne(
                db.cachedStatement(sql: "SELECT min(id) FROM event WHERE casefile_id = ?"), arguments: [number])
        }
    }
}

/// The SQL of a mail filter.
struct MailQuery: Sendable {
    let sql: String
    let arguments: StatementArguments

    static let columns = """
        SELECT m.id, m.mailbox, m.kind, m.casefile_id, m.school, m.recipient, m.received_at, m.size, m.is_open,
            m.content IS NOT NULL FROM mail m
        """

    init(_ filter: MailFilter) {
        var conditions = Conditions()
        let marks = Array(repeating: "?", count: filter.schools.count).joined(separator: ", ")
        let placed = "m.school IN (\(marks))"
        conditions.add(
            filter.includesUnplaced ? "(m.casefile_id IS NULL OR \(placed))" : placed,
            StatementArguments(filter.schools.sorted()))
        if let person = filter.hiddenFrom {
            conditions.add(
                "NOT EXISTS (SELECT 1 FROM barred b WHERE b.casefile_id = m.casefile_id AND b.person_id = ?)",
                [person])
        }
        // Literal, or SQLite does not see that the partial index holds all it needs.
        if let isOpen = filter.isOpen { conditions.add("m.is_open = \(isOpen ? 1 : 0)") }
        if let mailbox = filter.mailbox { conditions.add("m.mailbox = ?", [mailbox]) }
        if let after = filter.after { conditions.add("m.id > ?", [after]) }
        sql = Self.columns + conditions.clause + " ORDER BY m.id" + conditions.limit(filter.limit)
        arguments = conditions.arguments
    }

    static func mail(_ row: Row) throws -> StoredMail {
        let caseNumber: Int64? = row[3]
        let placement = caseNumber.map { MailPlacement(caseNumber: $0, school: row[4], recipientID: row[5]) }
        return StoredMail(
            id: row[0], mailbox: row[1], kind: try Decoding.code(row, 2), placement: placement,
            receivedAt: Timestamp(column: row[6]), size: row[7], isOpen: row[8], hasContent: row[9])
    }
}
