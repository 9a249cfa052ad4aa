// SPDX-License-Identifier: EUPL-1.2

/// Every statement of the writing path, prepared once per connection.
struct WriteStatements {
    let begin, commit, rollback: RawStatement
    let savepoint, release, rollbackToSavepoint: RawStatement

    let findEvent, findCase, insertCase, insertEvent: RawStatement
    let insertBarred: RawStatement
    let findSituation, insertSituation: RawStatement
    let insertDelivery, findDelivery, moveDelivery, keepDelivery: RawStatement
    let appendEntry: RawStatement
    let insertNotice, settleNotice: RawStatement
    let insertOwed, beginTrouble, endTrouble: RawStatement
    let insertToken, revokeToken: RawStatement

    init(on connection: OpaquePointer) throws(SQLiteFailure) {
        func prepared(_ sql: String) throws(SQLiteFailure) -> RawStatement { try RawStatement(connection, sql) }
        begin = try prepared("BEGIN IMMEDIATE")
        commit = try prepared("COMMIT")
        rollback = try prepared("ROLLBACK")
        savepoint = try prepared("SAVEPOINT change")
        release = try prepared("RELEASE change")
        rollbackToSavepoint = try prepared("ROLLBACK TO change")

        findEvent = try prepared("SELECT id, body_mac FROM event WHERE dedupe = ?1")
        findCase = try prepared("SELECT id, wrapped_key FROM casefile WHERE pseudonym = ?1")
        insertCase = try prepared("INSERT INTO casefile (pseudonym, wrapped_key) VALUES (?1, ?2)")
        insertEvent = try prepared(
            """
            INSERT INTO event (dedupe, body_mac, casefile_id, type, school, received_at, token_id, person_id, trace_id,
                body)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """)
        insertBarred = try prepared(
            "INSERT INTO barred (casefile_id, person_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING")
        findSituation = try prepared("SELECT id FROM situation WHERE digest = ?1")
        insertSituation = try prepared("INSERT INTO situation (digest, json) VALUES (?1, ?2)")
        insertDelivery = try prepared(
            """
            INSERT INTO delivery (event_id, key, recipient, state, reason, due_at, tell_by, confirmed_by, confirmed_role,
                confirmed_at, changed_at, situation_id)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """)
        findDelivery = try prepared("SELECT state, event_id FROM delivery WHERE id = ?1")
        moveDelivery = try prepared(
            """
            UPDATE delivery SET state = ?2, reason = ?3, due_at = ?4, attempts = ifnull(?5, attempts),
                tell_by = CASE WHEN ?6 THEN ?7 ELSE tell_by END,
                confirmed_by = ifnull(?8, confirmed_by), confirmed_role = ifnull(?9, confirmed_role),
                confirmed_at = ifnull(?10, confirmed_at), receipt = ifnull(?11, receipt), changed_at = ?12,
                confirmed_text = ifnull(?13, confirmed_text),
                round_start = CASE WHEN ?14 THEN attempts ELSE round_start END
            WHERE id = ?1
            """)
        keepDelivery = try prepared(
            """
            UPDATE delivery SET due_at = ifnull(?2, due_at), tell_by = CASE WHEN ?3 THEN ?4 ELSE tell_by END,
                reason = ifnull(?5, reason)
            WHERE id = ?1
            """)
        appendEntry = try prepared(
            """
            INSERT INTO disclosure (idx, delivery_id, kind, attempt, canonical, leaf_hash)
            VALUES ((SELECT ifnull(max(idx) + 1, 0) FROM disclosure), ?1, ?2, ?3, ?4, ?5)
            """)
        insertNotice = try prepared(
            """
            INSERT INTO notice (kind, addressee, person_id, recipient, delivery_id, cause, created_at, due_at,
                owed_item_id)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8)
            ON CONFLICT DO NOTHING
            """)
        settleNotice = try prepared(
            "UPDATE notice SET sent_at = ?2, due_at = ?3, attempts = attempts + 1 WHERE id = ?1 AND sent_at IS NULL")
        insertOwed = try prepared(
            """
            INSERT INTO owed (event_id, delivery_id, code, since) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT DO NOTHING
            """)
        beginTrouble = try prepared("INSERT INTO trouble (recipient, since) VALUES (?1, ?2) ON CONFLICT DO NOTHING")
        endTrouble = try prepared("DELETE FROM trouble WHERE recipient = ?1")
        insertToken = try prepared(
            """
            INSERT INTO token (id, hash, kind, person_id, schools, event_types, label, created_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """)
        revokeToken = try prepared("UPDATE token SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL")
    }
}
