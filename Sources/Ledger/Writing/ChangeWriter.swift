// SPDX-License-Identifier: EUPL-1.2
import Delivery
import GRDBSQLite

/// Writes groups of changes on one connection: each group one transaction, each change in it all or nothing.
///
/// Belongs to the thread that made it.
final class ChangeWriter {
    private let connection: OpaquePointer
    private let sql: WriteStatements
    private let owed: OwedWriter
    private let mail: MailWriter
    private let ring: KeyRing

    init(connection: OpaquePointer, ring: KeyRing) throws(SQLiteFailure) {
        self.connection = connection
        self.ring = ring
        sql = try WriteStatements(on: connection)
        owed = try OwedWriter(on: connection, ring: ring)
        mail = try MailWriter(on: connection, ring: ring)
    }

    /// Applies the changes in order in one transaction. A change that breaks a rule fails alone; when the disk or the store fails,
    /// nothing of the group is written and every change gets that error.
    func commit(_ changes: [PreparedChange]) -> [Result<Applied, StoreError>] {
        do {
            try sql.begin.run()
            var results: [Result<Applied, StoreError>] = []
            results.reserveCapacity(changes.count)
            for change in changes { results.append(try applyAlone(change)) }
            try sql.commit.run()
            return results
        } catch {
            // SQLite may have rolled back by itself; a failed COMMIT can also leave the transaction open.
            if sqlite3_get_autocommit(connection) == 0 { try? sql.rollback.run() }
            return changes.map { _ in .failure(error.storeError) }
        }
    }

    /// - Throws: A failure that is not the change's own, and ends the whole group.
    private func applyAlone(_ change: PreparedChange) throws(SQLiteFailure) -> Result<Applied, StoreError> {
        try sql.savepoint.run()
        switch Result(catching: { () throws(ChangeFailure) in try apply(change) }) {
        case .success(let applied):
            try sql.release.run()
            return .success(applied)
        case .failure(.alone(let error)):
            try sql.rollbackToSavepoint.run()
            try sql.release.run()
            return .failure(error)
        case .failure(.group(let failure)):
            throw failure
        }
    }

    private func apply(_ change: PreparedChange) throws(ChangeFailure) -> Applied {
        if let event = change.event, let known = try findDuplicate(of: event) {
            return Applied(receipt: .duplicate(event: known), knownCase: nil)
        }
        let written = try attempt { () throws(SQLiteFailure) in try insert(change.event) }
        let deliveries = try insertDeliveries(change, event: written?.id)
        try bar(change.change.barred, from: written?.knownCase)
        for (position, move) in change.change.moves.enumerated() {
            try apply(move, receipt: change.sealedReceipts[position], at: change.at)
        }
        try append(change, deliveries)
        try insertNoticesAndOwed(change.change, deliveries)
        try takeOwedSteps(of: change, written, deliveries)
        if !change.change.mail.isEmpty { try write(change, written, deliveries) }
        try settle(change.change)
        let receipt = CommitReceipt.stored(
            event: written?.id, deliveries: deliveries, caseNumber: written?.knownCase.number)
        return Applied(receipt: receipt, knownCase: written?.knownCase)
    }

    // MARK: - Events

    private func findDuplicate(of event: PreparedEvent) throws(ChangeFailure) -> EventID? {
        let found = try attempt { () throws(SQLiteFailure) in
            try sql.findEvent.first([.blob(event.dedupe)]) { ($0.integer(0), $0.blob(1)) }
        }
        guard let (id, bodyMAC) = found else { return nil }
        guard bodyMAC == event.bodyMAC else { throw .alone(.idTaken) }
        return id
    }

    private func insert(
        _ prepared: PreparedEvent?
    ) throws(SQLiteFailure) -> (id: EventID, knownCase: KnownCase)? {
        guard let prepared else { return nil }
        let (knownCase, body) = try settleCase(of: prepared)
        let event = prepared.event
        try sql.insertEvent.run([
            .blob(prepared.dedupe), .blob(prepared.bodyMAC), .integer(knownCase.number), .text(event.type),
            .text(event.school), .integer(event.receivedAt.column), .text(event.submitter.tokenID),
            .optional(event.submitter.personID), .text(event.traceID), .blob(body),
        ])
        return (sqlite3_last_insert_rowid(connection), knownCase)
    }

    /// The case of the event and the sealed body. The new key that came with the event is used only if the case is new: of two first
    /// events of one case the second is sealed again here, under the key that the first one brought.
    private func settleCase(of event: PreparedEvent) throws(SQLiteFailure) -> (KnownCase, [UInt8]) {
        if let number = event.caseNumber { return (KnownCase(number: number, key: event.key), event.sealedBody) }
        let pseudonym = event.key.pseudonym
        if let (number, wrapped) = try sql.findCase.first([.blob(pseudonym)], { ($0.integer(0), $0.blob(1)) }) {
            do {
                let key = try CaseKey(pseudonym: pseudonym, wrapped: wrapped, by: ring)
                return (
                    KnownCase(number: number, key: key),
                    try key.seal(event.event.body, for: .body(dedupe: event.dedupe))
                )
            } catch {
                throw SQLiteFailure(code: SQLITE_CORRUPT, message: "the key of case \(number) does not open")
            }
        }
        try sql.insertCase.run([.blob(pseudonym), .blob(event.wrappedKey)])
        return (KnownCase(number: sqlite3_last_insert_rowid(connection), key: event.key), event.sealedBody)
    }

    private func bar(_ persons: [String], from knownCase: KnownCase?) throws(ChangeFailure) {
        // Persons are barred with an event of the case.
        guard !persons.isEmpty else { return }
        guard let knownCase else { throw .invalid }
        try attempt { () throws(SQLiteFailure) in
            for person in persons { try sql.insertBarred.run([.integer(knownCase.number), .text(person)]) }
        }
    }

    // MARK: - Deliveries

    private func insertDeliveries(_ change: PreparedChange, event: EventID?) throws(ChangeFailure) -> [DeliveryID] {
        guard !change.change.deliveries.isEmpty else { return [] }
        guard let event, let receivedAt = change.event?.event.receivedAt.column else {
            // Deliveries come with their event.
            throw .invalid
        }
        var identifiers: [DeliveryID] = []
        for (position, delivery) in change.change.deliveries.enumerated() {
            let situation = try attempt { () throws(SQLiteFailure) in
                try settleSituation(delivery.situation, digest: change.situationDigests[position])
            }
            try attempt { () throws(SQLiteFailure) in
                try sql.insertDelivery.run([
                    .integer(event), .text(delivery.key), .text(delivery.recipientID), .text(delivery.state.rawValue),
                    .optional(delivery.reason), delivery.state == .queued ? .integer(receivedAt) : .null,
                    .optional(delivery.tellBy?.column), .optional(delivery.confirmedBy?.personID),
                    .optional(delivery.confirmedBy?.role), .optional(delivery.confirmedBy?.at.column),
                    .integer(receivedAt), .optional(situation),
                ])
            }
            identifiers.append(sqlite3_last_insert_rowid(connection))
        }
        return identifiers
    }

    /// Judgement inputs that are the same are kept once.
    private func settleSituation(_ json: [UInt8]?, digest: [UInt8]?) throws(SQLiteFailure) -> Int64? {
        guard let json, let digest else { return nil }
        if let known = try sql.findSituation.first([.blob(digest)], { $0.integer(0) }) { return known }
        try sql.insertSituation.run([.blob(digest), .text(String(decoding: json, as: UTF8.self))])
        return sqlite3_last_insert_rowid(connection)
    }

    private func apply(_ move: Move, receipt: [UInt8]?, at now: Int64) throws(ChangeFailure) {
        let actual = try state(of: move.delivery)
        let tellBy: [SQLValue] = [
            .integer(move.tellBy == nil ? 0 : 1), .optional(move.tellBy.flatMap { $0 }?.column),
        ]
        guard move.from.contains(actual) else { throw .alone(.stateChanged(delivery: move.delivery, actual: actual)) }
        if move.to == actual {
            let dueAt: SQLValue = actual == .queued ? .optional(move.dueAt?.column) : .null
            try attempt { () throws(SQLiteFailure) in
                try sql.keepDelivery.run([.integer(move.delivery), dueAt] + tellBy + [.optional(move.reason)])
            }
            return
        }
        guard actual.mayBecome(move.to) else {
            throw .alone(.stateChanged(delivery: move.delivery, actual: actual))
        }
        let dueAt: SQLValue = move.to == .queued ? .integer(move.dueAt?.column ?? now) : .null
        let head: [SQLValue] = [
            .integer(move.delivery), .text(move.to.rawValue), .optional(move.reason), dueAt,
            .optional(move.attempts.map(Int64.init)),
        ]
        let tail: [SQLValue] = [
            .optional(move.confirmedBy?.personID), .optional(move.confirmedBy?.role),
            .optional(move.confirmedBy?.at.column), .optional(receipt), .integer(now),
            .optional(move.confirmedBy.map { $0.textChecked ? 1 : 0 }),
            .integer(move.startsRound ? 1 : 0),
        ]
        try attempt { () throws(SQLiteFailure) in try sql.moveDelivery.run(head + tellBy + tail) }
    }

    private func state(of delivery: DeliveryID) throws(ChangeFailure) -> DeliveryState {
        let found = try attempt { () throws(SQLiteFailure) in
            try sql.findDelivery.first([.integer(delivery)]) { $0.text(0) }
        }
        guard let found else { throw .alone(.noSuchDelivery(delivery)) }
        guard let state = DeliveryState(rawValue: found) else { throw .alone(.corrupt("an unknown delivery state")) }
        return state
    }

    // MARK: - Log, notices, what is owed

    private func append(_ change: PreparedChange, _ deliveries: [DeliveryID]) throws(ChangeFailure) {
        for (entry, leafHash) in zip(change.change.entries, change.leafHashes) {
            let delivery = try resolve(entry.subject, deliveries)
            try attempt { () throws(SQLiteFailure) in
                try sql.appendEntry.run([
                    .integer(delivery), .text(entry.kind.rawValue), .integer(Int64(entry.attempt)),
                    .blob(entry.canonicalBytes), .blob(leafHash),
                ])
            }
        }
    }

    private func insertNoticesAndOwed(_ change: Change, _ deliveries: [DeliveryID]) throws(ChangeFailure) {
        try insert(change.notices, deliveries)
        for owed in change.owed {
            let delivery = try resolve(owed.delivery, deliveries)
            let event = try attempt { () throws(SQLiteFailure) in
                try sql.findDelivery.first([.integer(delivery)]) { $0.integer(1) }
            }
            guard let event else { throw .alone(.noSuchDelivery(delivery)) }
            try attempt { () throws(SQLiteFailure) in
                try sql.insertOwed.run([
                    .integer(event), .integer(delivery), .text(owed.code), .integer(owed.since.column),
                ])
            }
        }
    }

    private func insert(_ notices: [NewNotice], _ deliveries: [DeliveryID]) throws(ChangeFailure) {
        for notice in notices {
            var delivery: DeliveryID?
            if let subject = notice.subject { delivery = try resolve(subject, deliveries) }
            var person: String?
            if case .person(let id) = notice.addressee { person = id }
            try attempt { () throws(SQLiteFailure) in
                try sql.insertNotice.run([
                    .text(notice.kind.rawValue), .text(person == nil ? "ict" : "person"), .optional(person),
                    .text(notice.recipientID), .optional(delivery), .text(notice.cause),
                    .integer(notice.createdAt.column), .optional(notice.owedItem),
                ])
            }
        }
    }

    // MARK: - Mail

    private func write(
        _ change: PreparedChange, _ written: (id: EventID, knownCase: KnownCase)?, _ deliveries: [DeliveryID]
    ) throws(ChangeFailure) {
        let wanted = change.change.mail
        if let judged = wanted.judged {
            guard let written, let event = change.event?.event else { throw .invalid }
            try mail.judge(judged, by: event, written.id, in: written.knownCase)
        }
        if let prepared = change.mail, let id = try attempt({ () throws(SQLiteFailure) in try mail.take(prepared) }) {
            try insert(prepared.mail.notices, [])
            let place = OwedWriter.Place(
                caseNumber: prepared.mail.placement?.caseNumber, school: prepared.mail.placement?.school)
            if var item = prepared.mail.owed {
                item.subject = id
                try attempt { () throws(SQLiteFailure) in try owed.open(item, in: place) }
            }
            if let pause = prepared.mail.pause {
                try attempt { () throws(SQLiteFailure) in try owed.pause(pause, in: place) }
            }
        }
        try attempt { () throws(SQLiteFailure) in
            if let settled = wanted.settled { try mail.settle(settled, through: settled.uid) }
            for position in wanted.filed { try mail.file(position) }
            for reading in wanted.readings { try mail.note(reading) }
        }
        for reference in wanted.references {
            let delivery = try resolve(reference.subject, deliveries)
            try attempt { () throws(SQLiteFailure) in try mail.keep(reference, of: delivery) }
        }
    }

    private func takeOwedSteps(
        of change: PreparedChange, _ written: (id: EventID, knownCase: KnownCase)?, _ deliveries: [DeliveryID]
    ) throws(ChangeFailure) {
        for step in change.change.owedSteps {
            switch step {
            case .open(let item):
                let place = try place(item.place, of: change, written, deliveries)
                try attempt { () throws(SQLiteFailure) in try owed.open(item, in: place) }
            case .close(let closing):
                let place = try place(closing.place, of: change, written, deliveries)
                try attempt { () throws(SQLiteFailure) in try owed.close(closing, in: place) }
            case .look(let look):
                let isFirst = try attempt { () throws(SQLiteFailure) in
                    try owed.look(look, at: change.at, event: written?.id)
                }
                guard isFirst else { throw .alone(.owedChanged(look.item)) }
            case .move, .contact, .decide, .resumeAfterPost, .correct:
                let place = try place(.event, of: change, written, deliveries)
                let isDone = try attempt { () throws(SQLiteFailure) in try owed.take(step, in: place) }
                if !isDone, case .decide(let decision) = step { throw .alone(.owedChanged(decision.item)) }
            }
        }
    }

    private func place(
        _ place: OwedPlace, of change: PreparedChange, _ written: (id: EventID, knownCase: KnownCase)?,
        _ deliveries: [DeliveryID]
    ) throws(ChangeFailure) -> OwedWriter.Place {
        switch place {
        case .event:
            guard let written, let event = change.event?.event else { throw .invalid }
            return OwedWriter.Place(
                caseNumber: written.knownCase.number, school: event.school, event: written.id,
                caseReference: event.caseReference)
        case .delivery(let subject):
            let delivery = try resolve(subject, deliveries)
            let found = try attempt { () throws(SQLiteFailure) in try owed.place(of: delivery) }
            guard let found else { throw .alone(.noSuchDelivery(delivery)) }
            return found
        case .known(let caseNumber, let school):
            return OwedWriter.Place(caseNumber: caseNumber, school: school)
        }
    }

    private func resolve(
        _ subject: NewEntry.Subject, _ deliveries: [DeliveryID]
    ) throws(ChangeFailure) -> DeliveryID {
        switch subject {
        case .planned(let position):
            guard deliveries.indices.contains(position) else { throw .invalid }
            return deliveries[position]
        case .existing(let delivery):
            // Asked first, because a foreign key that fails does not say which.
            _ = try state(of: delivery)
            return delivery
        }
    }

    private func settle(_ change: Change) throws(ChangeFailure) {
        try attempt { () throws(SQLiteFailure) in
            for settled in change.settledNotices {
                let dueAt = settled.sentAt == nil ? settled.dueAt?.column : nil
                try sql.settleNotice.run([
                    .integer(settled.notice), .optional(settled.sentAt?.column), .optional(dueAt),
                ])
            }
            for (recipient, since) in change.troubles {
                if let since {
                    try sql.beginTrouble.run([.text(recipient), .integer(since.column)])
                } else {
                    try sql.endTrouble.run([.text(recipient)])
                }
            }
            for token in change.newTokens {
                try sql.insertToken.run([
                    .text(token.id), .blob(token.hash), .text(token.kind.rawValue), .optional(token.personID),
                    .text(TextList.column(token.schools)), .text(TextList.column(token.eventTypes)),
                    .text(token.label), .integer(token.createdAt.column),
                ])
            }
            for revocation in change.revokedTokens {
                try sql.revokeToken.run([.text(revocation.id), .integer(revocation.at.column)])
            }
        }
    }

    /// A constraint that fails is the change's own fault; all else ends the group.
    private func attempt<T>(_ work: () throws(SQLiteFailure) -> T) throws(ChangeFailure) -> T {
        do {
            return try work()
        } catch {
            throw error.isConstraint ? .alone(error.storeError) : .group(error)
        }
    }
}
