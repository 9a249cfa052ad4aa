// SPDX-License-Identifier: EUPL-1.2
import Delivery
import GRDBSQLite

/// Writes what a change does with mail.
struct MailWriter {
    private let connection: OpaquePointer
    private let ring: KeyRing
    private let findMail, insertMail, insertAttachment, insertPlace, file: RawStatement
    private let settle, mailToJudge, caseKeyOfMail, placeMail, lastVerdict, insertJudgement, closeOwed: RawStatement
    private let insertReading, insertReference: RawStatement

    /// The event by which a person says what a mail is, and nothing more.
    private static let judging = "nl.meldcode.post-beoordeeld.v1"
    /// What has a clock of its own, which only the event that records it starts: until then the mail is not dealt with.
    private static let stillToRecord: Set<String> = ["informatieverzoek", "match"]

    init(on connection: OpaquePointer, ring: KeyRing) throws(SQLiteFailure) {
        self.connection = connection
        self.ring = ring
        func prepared(_ sql: String) throws(SQLiteFailure) -> RawStatement { try RawStatement(connection, sql) }
        findMail = try prepared("SELECT id FROM mail WHERE mailbox = ?1 AND identity = ?2")
        insertMail = try prepared(
            """
            INSERT INTO mail (mailbox, identity, kind, casefile_id, school, recipient, received_at, size, is_open,
                wrapped_key, content)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            """)
        insertAttachment = try prepared("INSERT INTO mail_attachment (mail_id, number, content) VALUES (?1, ?2, ?3)")
        insertPlace = try prepared(
            """
            INSERT INTO mail_place (mailbox, uid_validity, uid, mail_id, must_file) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT DO NOTHING
            """)
        file = try prepared(
            "UPDATE mail_place SET must_file = 0 WHERE mailbox = ?1 AND uid_validity = ?2 AND uid = ?3")
        settle = try prepared(
            """
            INSERT INTO mail_queue (mailbox, uid_validity, settled) VALUES (?1, ?2, ?3)
            ON CONFLICT DO UPDATE SET settled = max(settled, excluded.settled)
            """)
        mailToJudge = try prepared("SELECT identity, wrapped_key, casefile_id FROM mail WHERE id = ?1")
        caseKeyOfMail = try prepared(
            """
            SELECT c.pseudonym, c.wrapped_key FROM mail m JOIN casefile c ON c.id = m.casefile_id WHERE m.id = ?1
            """)
        placeMail = try prepared(
            """
            UPDATE mail SET casefile_id = ?2, school = ?3, wrapped_key = ?4, is_open = 0,
                recipient = CASE WHEN casefile_id IS ?2 THEN recipient END
            WHERE id = ?1
            """)
        lastVerdict = try prepared("SELECT verdict FROM mail_judgement WHERE mail_id = ?1 ORDER BY id DESC LIMIT 1")
        insertJudgement = try prepared(
            """
            INSERT INTO mail_judgement (mail_id, event_id, verdict, person_id, judged_at) VALUES (?1, ?2, ?3, ?4, ?5)
            """)
        closeOwed = try prepared(
            """
            UPDATE owed_item SET state = 'done', closed_at = ?2, closed_by = ?3, next_at = NULL
            WHERE kind = 'postBeoordelen' AND subject = ?1 AND state = 'open'
            """)
        insertReading = try prepared(
            """
            INSERT INTO mail_reading (mail_id, attachment, person_id, token_id, read_at) VALUES (?1, ?2, ?3, ?4, ?5)
            """)
        insertReference = try prepared(
            """
            INSERT INTO mail_reference (digest, casefile_id, school, recipient)
            SELECT ?1, e.casefile_id, e.school, d.recipient FROM delivery d JOIN event e ON e.id = d.event_id
            WHERE d.id = ?2
            ON CONFLICT DO NOTHING
            """)
    }

    // MARK: - Mailboxes

    /// Takes a message over: nil when it was known already, under this number or another.
    func take(_ prepared: PreparedMail) throws(SQLiteFailure) -> MailID? {
        let mail = prepared.mail
        let known = try findMail.first([.text(mail.position.mailbox), .blob(prepared.identity)]) { $0.integer(0) }
        let id = if let known { known } else { try insert(prepared) }
        try insertPlace.run(Self.values(mail.position) + [.integer(id), .integer(mail.mustFile ? 1 : 0)])
        try settle(mail.position, through: mail.settledThrough)
        return known == nil ? id : nil
    }

    private func insert(_ prepared: PreparedMail) throws(SQLiteFailure) -> MailID {
        let mail = prepared.mail
        let place: [SQLValue] = [
            .optional(mail.placement?.caseNumber), .optional(mail.placement?.school),
            .optional(mail.placement?.recipientID),
        ]
        let head: [SQLValue] = [
            .text(mail.position.mailbox), .blob(prepared.identity), .text(mail.kind.rawValue),
        ]
        try insertMail.run(
            head + place + [
                .integer(mail.receivedAt.column), .integer(Int64(mail.size)), .integer(mail.kind.needsPerson ? 1 : 0),
                .optional(prepared.sealed?.wrappedKey), .optional(prepared.sealed?.content),
            ])
        let id = sqlite3_last_insert_rowid(connection)
        for attachment in prepared.sealed?.attachments ?? [] {
            try insertAttachment.run([.integer(id), .integer(Int64(attachment.number)), .blob(attachment.content)])
        }
        return id
    }

    func settle(_ position: MailPosition, through uid: UInt32) throws(SQLiteFailure) {
        try settle.run([.text(position.mailbox), .integer(Int64(position.uidValidity)), .integer(Int64(uid))])
    }

    func file(_ position: MailPosition) throws(SQLiteFailure) {
        try file.run(Self.values(position))
    }

    private static func values(_ position: MailPosition) -> [SQLValue] {
        [.text(position.mailbox), .integer(Int64(position.uidValidity)), .integer(Int64(position.uid))]
    }

    // MARK: - People

    /// Adds what a person says, and places the mail with the case of the event. An event that says more than what the mail is stays
    /// whole when that was said before: the verdict alone is not written twice.
    func judge(
        _ judgement: NewMailJudgement, by event: NewEvent, _ id: EventID, in place: KnownCase
    ) throws(ChangeFailure) {
        let found = try alone { () throws(SQLiteFailure) in
            try mailToJudge.first([.integer(judgement.mail)]) { row in
                (identity: row.blob(0), wrapped: row.blob(1), caseNumber: row.integer(2))
            }
        }
        guard let found else { throw .invalid }
        let before = try alone { () throws(SQLiteFailure) in
            try lastVerdict.first([.integer(judgement.mail)]) { $0.text(0) }
        }
        let isRepeated = before == judgement.verdict && found.caseNumber == place.number
        let isJudgingAlone = event.type == Self.judging
        if isRepeated, isJudgingAlone { throw .alone(.mailJudged(judgement.mail)) }
        var wrapped: [UInt8]? = found.wrapped.isEmpty ? nil : found.wrapped
        if let key = wrapped, found.caseNumber != place.number {
            wrapped = try rewrapped(key, of: judgement.mail, identity: found.identity, for: place.key)
        }
        try alone { () throws(SQLiteFailure) in
            try placeMail.run([
                .integer(judgement.mail), .integer(place.number), .text(event.school), .optional(wrapped),
            ])
            if !isRepeated { try insert(judgement, id) }
            if !isJudgingAlone || !Self.stillToRecord.contains(judgement.verdict) {
                // Whichever case it was thought to belong to.
                try closeOwed.run([.integer(judgement.mail), .integer(judgement.at.column), .integer(id)])
            }
        }
    }

    private func insert(_ judgement: NewMailJudgement, _ event: EventID) throws(SQLiteFailure) {
        try insertJudgement.run([
            .integer(judgement.mail), .integer(event), .text(judgement.verdict), .text(judgement.personID),
            .integer(judgement.at.column),
        ])
    }

    private func rewrapped(
        _ wrapped: [UInt8], of mail: MailID, identity: [UInt8], for newOwner: CaseKey
    ) throws(ChangeFailure) -> [UInt8] {
        let owner = try alone { () throws(SQLiteFailure) in
            try caseKeyOfMail.first([.integer(mail)]) { ($0.blob(0), $0.blob(1)) }
        }
        do {
            let old = try owner.map { try CaseKey(pseudonym: $0.0, wrapped: $0.1, by: ring) }
            let key = try MailKey(place: identity, wrapped: wrapped, by: old, ring)
            return try key.wrapped(by: newOwner, ring)
        } catch {
            throw .alone(.corrupt("the key of mail \(mail) does not open"))
        }
    }

    func note(_ reading: MailReading) throws(SQLiteFailure) {
        try insertReading.run([
            .integer(reading.mail), .optional(reading.attachment.map(Int64.init)), .text(reading.personID),
            .text(reading.tokenID), .integer(reading.at.column),
        ])
    }

    func keep(_ reference: NewMailReference, of delivery: DeliveryID) throws(SQLiteFailure) {
        try insertReference.run([.blob(ring.mailReference(reference.text)), .integer(delivery)])
    }

    private func alone<T>(_ work: () throws(SQLiteFailure) -> T) throws(ChangeFailure) -> T {
        do {
            return try work()
        } catch {
            throw error.isConstraint ? .alone(error.storeError) : .group(error)
        }
    }
}
