// SPDX-License-Identifier: EUPL-1.2
import Delivery
import GRDBSQLite
import Values

/// Writes what people do with owed items, and what a mail makes stand still. What is done is noted with every item first, by the
/// same condition that finds the items to be changed.
struct OwedPeopleWriter {
    private let connection: OpaquePointer
    private let noteItem, noteForCase, moveItems, pauseItems, resumePost, snoozeItem, closeItem: RawStatement
    private let reopenItems, noteReopened, cancelOpened: RawStatement

    /// Every kind, as a JSON list in an argument, so that one statement serves any set of them.
    private static let ofKinds = "kind IN (SELECT value FROM json_each(?4))"
    /// A mail makes an item stand still once between two rungs, and not while a person put it off. `?3` is now.
    private static let mayPause =
        "next_at IS NOT NULL AND post_paused = 0 AND (paused_until IS NULL OR paused_until <= ?3)"
    private static let inCase =
        "state = 'open' AND casefile_id = ?1 AND (?5 IS NULL OR recipient IS NULL OR recipient = ?5)"

    /// What an event closed by telling what was owed. What it cancelled was no answer, and what was given back before lives on as
    /// another item: whatever came of that one, it is not owed once more.
    private static let mayReopen =
        """
        state = 'done'
            AND NOT EXISTS (SELECT 1 FROM owed_act r WHERE r.item_id = owed_item.id AND r.act = 'reopened')
        """
    /// What stands with the event `?4` because that gave it back, and not because that opened it: it goes by the subject of the item
    /// that it was before, or by the number of that.
    private static let wasGivenBack =
        """
        EXISTS (SELECT 1 FROM owed_item o CROSS JOIN owed_act a ON a.item_id = o.id
            WHERE o.casefile_id = ?1 AND o.kind = owed_item.kind AND o.recipient IS owed_item.recipient
                AND owed_item.subject = ifnull(o.subject, -o.id) AND a.act = 'reopened' AND a.event_id = ?4)
        """

    init(on connection: OpaquePointer) throws(SQLiteFailure) {
        self.connection = connection
        noteItem = try RawStatement(
            connection,
            """
            INSERT INTO owed_act (item_id, act, at, person_id, word, until, event_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """)
        noteForCase = try RawStatement(
            connection,
            """
            INSERT INTO owed_act (item_id, act, at, person_id, word, until, event_id)
            SELECT id, ?2, ?3, ?6, ?7, ?8, ?9 FROM owed_item
            WHERE \(Self.inCase) AND \(Self.ofKinds) AND (?10 = 0 OR (\(Self.mayPause)))
            ORDER BY id
            """)
        moveItems = try RawStatement(
            connection,
            """
            UPDATE owed_item SET due_on = ?2, next_at = ?3, rungs = 0, rung_at = NULL, paused_until = NULL, paused_by = NULL,
                post_paused = 0
            WHERE \(Self.inCase) AND \(Self.ofKinds)
            """)
        pauseItems = try RawStatement(
            connection,
            """
            UPDATE owed_item SET paused_until = ?2, paused_by = 'post', post_paused = 1, next_at = max(next_at, ?2)
            WHERE \(Self.inCase) AND \(Self.ofKinds) AND \(Self.mayPause)
            """)
        resumePost = try RawStatement(
            connection,
            """
            UPDATE owed_item SET paused_until = NULL, paused_by = NULL, next_at = min(next_at, ?2)
            WHERE state = 'open' AND paused_by = 'post' AND casefile_id = (SELECT casefile_id FROM mail WHERE id = ?1)
                AND (recipient IS NULL OR recipient = ifnull((SELECT recipient FROM mail WHERE id = ?1), recipient))
            """)
        snoozeItem = try RawStatement(
            connection,
            """
            UPDATE owed_item SET paused_until = ?2, paused_by = CASE WHEN ?2 IS NULL THEN NULL ELSE 'person' END, next_at = ?3
            WHERE id = ?1 AND state = 'open' AND casefile_id IS ?4 AND school IS ?5
            """)
        closeItem = try RawStatement(
            connection,
            """
            UPDATE owed_item SET state = ?2, closed_at = ?3, closed_by = ?6, next_at = NULL
            WHERE id = ?1 AND state = 'open' AND casefile_id IS ?4 AND school IS ?5
            """)
        noteReopened = try RawStatement(
            connection,
            """
            INSERT INTO owed_act (item_id, act, at, person_id, event_id)
            SELECT id, 'reopened', ?2, ?3, ?4 FROM owed_item
            WHERE closed_by = ?5 AND casefile_id = ?1 AND kind IN (SELECT value FROM json_each(?6)) AND \(Self.mayReopen)
            ORDER BY id
            """)
        // Two that one feedback closed, and that nothing else tells apart, are told apart by their own numbers.
        reopenItems = try RawStatement(
            connection,
            """
            INSERT INTO owed_item (kind, school, casefile_id, event_id, delivery_id, recipient, person_id, subject,
                first_key, second_key, since, due_on, next_at)
            SELECT kind, school, casefile_id, ?3, delivery_id, recipient, person_id, ifnull(subject, -id), first_key,
                second_key, since, due_on, ?2 FROM owed_item
            WHERE closed_by = ?4 AND casefile_id = ?1 AND kind IN (SELECT value FROM json_each(?5)) AND \(Self.mayReopen)
            ORDER BY id
            ON CONFLICT DO NOTHING
            """)
        cancelOpened = try RawStatement(
            connection,
            """
            UPDATE owed_item SET state = 'cancelled', closed_at = ?2, closed_by = ?3, next_at = NULL
            WHERE event_id = ?4 AND casefile_id = ?1 AND state = 'open' AND kind IN (SELECT value FROM json_each(?5))
                AND NOT \(Self.wasGivenBack)
            """)
    }

    func note(
        _ item: OwedItemID, _ act: OwedAct.Kind, at: Int64, person: String? = nil, word: String? = nil,
        until: CalendarDate? = nil, event: EventID?
    ) throws(SQLiteFailure) {
        try noteItem.run([
            .integer(item), .text(act.rawValue), .integer(at), .optional(person), .optional(word),
            .optional(until?.description), .optional(event),
        ])
    }

    func take(_ step: OwedStep, in place: OwedWriter.Place) throws(SQLiteFailure) -> Bool {
        switch step {
        case .move(let move): try self.move(move, place)
        case .contact(let contact):
            try noteAll(
                contact.kinds, contact.recipientID, contact.act, at: contact.at, contact.personID,
                word: contact.outcome, place)
        case .resumeAfterPost(let mail, let at): try resumePost.run([.integer(mail), .integer(at.column)])
        case .correct(let correction): try correct(correction, place)
        case .decide(let decision): return try decide(decision, place)
        case .open, .close, .look: break
        }
        return true
    }

    func pause(_ pause: OwedPause, in place: OwedWriter.Place) throws(SQLiteFailure) {
        guard let caseNumber = place.caseNumber else { return }
        try noteAll(
            pause.kinds, pause.recipientID, .paused, at: pause.at, nil, until: pause.until.calendarDateInAmsterdam,
            place,
            onlyRunning: true)
        try pauseItems.run([
            .integer(caseNumber), .integer(pause.until.column), .integer(pause.at.column), Self.list(pause.kinds),
            .optional(pause.recipientID),
        ])
    }

    // MARK: - Steps

    private func noteAll(
        _ kinds: Set<OwedKind>, _ recipient: String?, _ act: OwedAct.Kind, at: Timestamp, _ person: String?,
        word: String? = nil, until: CalendarDate? = nil, _ place: OwedWriter.Place, onlyRunning: Bool = false
    ) throws(SQLiteFailure) {
        try noteForCase.run([
            .optional(place.caseNumber), .text(act.rawValue), .integer(at.column), Self.list(kinds),
            .optional(recipient), .optional(person), .optional(word), .optional(until?.description),
            .optional(place.event), .integer(onlyRunning ? 1 : 0),
        ])
    }

    private func move(_ move: OwedMove, _ place: OwedWriter.Place) throws(SQLiteFailure) {
        try noteAll([move.kind], move.recipientID, .moved, at: move.at, move.personID, until: move.dueOn, place)
        try moveItems.run([
            .optional(place.caseNumber), .text(move.dueOn.description), .optional(move.nextAt?.column),
            Self.list([move.kind]), .optional(move.recipientID),
        ])
    }

    private func correct(_ correction: OwedCorrection, _ place: OwedWriter.Place) throws(SQLiteFailure) {
        let head: [SQLValue] = [.optional(place.caseNumber), .integer(correction.at.column)]
        let kinds = Self.list(correction.kinds)
        try cancelOpened.run(head + [.optional(place.event), .integer(correction.corrects), kinds])
        try reopenItems.run(head + [.optional(place.event), .integer(correction.corrects), kinds])
        // Noted last, by the same condition: what is noted as given back is not given back again.
        try noteReopened.run(
            head + [.optional(correction.personID), .optional(place.event), .integer(correction.corrects), kinds])
    }

    private func decide(_ decision: OwedDecision, _ place: OwedWriter.Place) throws(SQLiteFailure) -> Bool {
        let caseNumber: SQLValue = decision.isOfCase ? .optional(place.caseNumber) : .null
        let which: [SQLValue] = [caseNumber, .optional(place.school)]
        let item = SQLValue.integer(decision.item)
        var until: CalendarDate?
        var act = OwedAct.Kind.closed
        switch decision.verdict {
        case .snooze(let time):
            (act, until) = (.snoozed, time.calendarDateInAmsterdam)
            try snoozeItem.run([item, .integer(time.column), .integer(time.column)] + which)
        case .resume:
            act = .resumed
            try snoozeItem.run([item, .null, .integer(decision.at.column)] + which)
        case .close(let state):
            try closeItem.run(
                [item, .text(state.rawValue), .integer(decision.at.column)] + which + [.optional(place.event)])
        }
        guard sqlite3_changes(connection) == 1 else { return false }
        try note(
            decision.item, act, at: decision.at.column, person: decision.personID, word: decision.reason,
            until: until, event: place.event)
        return true
    }

    private static func list(_ kinds: Set<OwedKind>) -> SQLValue {
        .text("[" + kinds.map { "\"\($0.rawValue)\"" }.sorted().joined(separator: ",") + "]")
    }
}
