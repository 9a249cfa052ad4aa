// SPDX-License-Identifier: EUPL-1.2
import Delivery
import GRDBSQLite
import Values

/// Writes what a change does to owed items. Steps find their items within the transaction, so nothing that was opened a moment
/// before is missed, whoever opened it.
struct OwedWriter {
    private let connection: OpaquePointer
    private let ring: KeyRing
    private let openItem, openForEach, closeItems, lookAtItem, placeOfDelivery: RawStatement
    private let people: OwedPeopleWriter

    /// The case of a step, as far as it has one.
    struct Place {
        var caseNumber: Int64?
        var school: String?
        var event: EventID?
        var delivery: DeliveryID?
        /// For the keys of names: nil without an event in the same change.
        var caseReference: String?
    }

    init(on connection: OpaquePointer, ring: KeyRing) throws(SQLiteFailure) {
        self.connection = connection
        self.ring = ring
        // The event of the change itself is in its table by now, and does not come before itself.
        openItem = try RawStatement(
            connection,
            """
            INSERT INTO owed_item (kind, school, casefile_id, event_id, delivery_id, recipient, person_id, subject,
                first_key, second_key, since, due_on, next_at, series)
            SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14
            WHERE (?15 = 0 OR NOT EXISTS (
                    SELECT 1 FROM owed_item o WHERE o.casefile_id = ?3 AND o.kind = ?1 AND o.state = 'open'
                        AND o.recipient IS ?6))
                AND (?16 IS NULL OR NOT EXISTS (
                    SELECT 1 FROM event e WHERE e.casefile_id = ?3 AND e.id IS NOT ?4
                        AND e.type IN (SELECT value FROM json_each(?16))))
                AND (?17 IS NULL OR NOT EXISTS (
                    SELECT 1 FROM owed_item h WHERE h.casefile_id = ?3
                        AND h.kind IN (SELECT value FROM json_each(?17))))
            ON CONFLICT DO NOTHING
            """)
        openForEach = try RawStatement(
            connection,
            """
            INSERT INTO owed_item (kind, school, casefile_id, event_id, delivery_id, recipient, person_id, subject,
                first_key, second_key, since, due_on, next_at)
            SELECT ?1, ?2, ?3, ?4, o.delivery_id, o.recipient, ?5, o.subject, ?6, ?7, ?8, ?9, ?10 FROM owed_item o
            WHERE o.casefile_id = ?3 AND o.kind = ?11 AND o.state = 'open' AND NOT EXISTS (
                SELECT 1 FROM owed_item p WHERE p.casefile_id = ?3 AND p.kind = ?1 AND p.state = 'open'
                    AND p.recipient IS o.recipient)
            ORDER BY o.id
            ON CONFLICT DO NOTHING
            """)
        closeItems = try RawStatement(
            connection,
            """
            UPDATE owed_item SET state = ?2, closed_at = ?3, closed_by = ?4, next_at = CASE WHEN ?5 THEN ?3 END
            WHERE id IN (
                    SELECT id FROM owed_item WHERE state = 'open' AND casefile_id = ?6 AND kind = ?1
                    UNION ALL SELECT id FROM owed_item WHERE state = 'open' AND casefile_id IS NULL AND kind = ?1)
                AND (school IS NULL OR school = ?7)
                AND (?8 IS NULL OR recipient IS NULL OR recipient = ?8)
                AND (?9 IS NULL OR subject = ?9)
                AND (?10 IS NULL OR first_key = ?10 OR second_key = ?10)
                AND (?11 = 0 OR person_id IS NULL OR person_id <> ?12)
            """)
        lookAtItem = try RawStatement(
            connection,
            """
            UPDATE owed_item SET next_at = ?3, reminders = reminders + ?4, state = ifnull(?5, state),
                closed_at = CASE WHEN ?5 IS NULL THEN closed_at ELSE ?6 END,
                rungs = rungs + ?7, rung_at = CASE WHEN ?7 THEN ?6 ELSE rung_at END,
                paused_until = CASE WHEN ?7 THEN NULL ELSE paused_until END,
                paused_by = CASE WHEN ?7 THEN NULL ELSE paused_by END,
                post_paused = CASE WHEN ?7 THEN 0 ELSE post_paused END
            WHERE id = ?1 AND next_at = ?2 AND (?7 = 0 OR state = 'open')
            """)
        people = try OwedPeopleWriter(on: connection)
        placeOfDelivery = try RawStatement(
            connection,
            """
            SELECT e.casefile_id, e.school, e.id FROM delivery d JOIN event e ON e.id = d.event_id WHERE d.id = ?1
            """)
    }

    // MARK: - Steps

    func open(_ item: NewOwedItem, in place: Place) throws(SQLiteFailure) {
        let keys = item.names.prefix(2).map { SQLValue.blob(key($0, place)) } + [.null, .null]
        let term: [SQLValue] = [
            .integer(item.since.column), .text(item.dueOn.description), .optional(item.nextAt?.column),
        ]
        let head: [SQLValue] = [
            .text(item.kind.rawValue), .optional(place.school), .optional(place.caseNumber), .optional(place.event),
        ]
        if let forEach = item.forEach {
            try openForEach.run(
                head + [.optional(item.personID), keys[0], keys[1]] + term + [.text(forEach.rawValue)])
        } else {
            let about: [SQLValue] = [
                .optional(place.delivery), .optional(item.recipientID), .optional(item.personID),
                .optional(item.subject), keys[0], keys[1],
            ]
            let limits: [SQLValue] = [
                .integer(item.isOnce ? 1 : 0), Self.list(item.unlessAfter),
                Self.list(Set(item.unlessHad.map(\.rawValue))),
            ]
            try openItem.run(head + about + term + [.optional(item.series)] + limits)
        }
    }

    /// Our own codes, as a JSON list in an argument, so that one statement serves any set of them; NULL for none.
    private static func list(_ codes: Set<String>) -> SQLValue {
        guard !codes.isEmpty else { return .null }
        return .text("[" + codes.sorted().map { "\"\($0)\"" }.joined(separator: ",") + "]")
    }

    func close(_ closing: OwedClosing, in place: Place) throws(SQLiteFailure) {
        let isByAnother = closing.actor != nil
        let name: SQLValue = closing.name.map { .blob(key($0, place)) } ?? .null
        let how: [SQLValue] = [
            .text(closing.kind.rawValue), .text(closing.state.rawValue), .integer(closing.at.column),
            .optional(place.event), .integer(closing.tells ? 1 : 0),
        ]
        let which: [SQLValue] = [
            .optional(place.caseNumber), .optional(place.school), .optional(closing.recipientID),
            .optional(closing.subject), name, .integer(isByAnother ? 1 : 0),
            .optional(closing.actor.flatMap { $0 }),
        ]
        try closeItems.run(how + which)
    }

    /// False when somebody was first.
    func look(_ look: OwedLook, at now: Int64, event: EventID?) throws(SQLiteFailure) -> Bool {
        try lookAtItem.run([
            .integer(look.item), .integer(look.expected.column), .optional(look.next?.column),
            .integer(look.reminds ? 1 : 0), .optional(look.closes?.rawValue), .integer(now),
            .integer(look.takes == nil ? 0 : 1),
        ])
        guard sqlite3_changes(connection) == 1 else { return false }
        if look.reminds { try people.note(look.item, .reminded, at: now, event: event) }
        if let rung = look.takes { try people.note(look.item, .rung, at: now, word: rung.rawValue, event: event) }
        return true
    }

    /// What people do. False when an item that is meant by its number is not open in the case of the event.
    func take(_ step: OwedStep, in place: Place) throws(SQLiteFailure) -> Bool {
        try people.take(step, in: place)
    }

    /// A mail came in.
    func pause(_ pause: OwedPause, in place: Place) throws(SQLiteFailure) {
        try people.pause(pause, in: place)
    }

    /// Nil for a delivery that is not there.
    func place(of delivery: DeliveryID) throws(SQLiteFailure) -> Place? {
        try placeOfDelivery.first([.integer(delivery)]) { row in
            Place(caseNumber: row.integer(0), school: row.text(1), event: row.integer(2), delivery: delivery)
        }
    }

    /// Within its case: the same reference in two cases gives two keys.
    private func key(_ name: String, _ place: Place) -> [UInt8] {
        ring.owedName(school: place.school ?? "", caseReference: place.caseReference ?? "", name)
    }
}
