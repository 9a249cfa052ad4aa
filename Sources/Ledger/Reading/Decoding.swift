// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Foundation
import GRDB
import Values

/// From rows to values. A row that cannot be read is `StoreError.corrupt`: the schema lets none in.
enum Decoding {
    static func event(_ row: Row) -> StoredEvent {
        StoredEvent(
            id: row[0], type: row[1], school: row[2], casePseudonym: Hexadecimal.text(bytes(row, 3)),
            receivedAt: Timestamp(column: row[4]), submitter: Submitter(tokenID: row[5], personID: row[6]),
            traceID: row[7])
    }

    /// From body, dedupe, pseudonym and wrapped key.
    static func body(_ row: Row, _ ring: KeyRing) throws -> [UInt8] {
        do {
            let key = try CaseKey(pseudonym: bytes(row, 2), wrapped: bytes(row, 3), by: ring)
            return try key.open(bytes(row, 0), for: .body(dedupe: bytes(row, 1)))
        } catch {
            throw StoreError.corrupt("the body of an event does not open")
        }
    }

    static func caseKey(pseudonym: [UInt8], wrapped: [UInt8], _ ring: KeyRing) throws -> CaseKey {
        do {
            return try CaseKey(pseudonym: pseudonym, wrapped: wrapped, by: ring)
        } catch {
            throw StoreError.corrupt("the key of a case does not open")
        }
    }

    static func body(_ row: Row, _ body: Int, dedupe: Int, _ key: CaseKey) throws -> [UInt8] {
        do {
            return try key.open(bytes(row, body), for: .body(dedupe: bytes(row, dedupe)))
        } catch {
            throw StoreError.corrupt("the body of an event does not open")
        }
    }

    static func delivery(_ row: Row, _ ring: KeyRing) throws -> StoredDelivery {
        let id: DeliveryID = row[0]
        return StoredDelivery(
            id: id, key: row[1], event: row[2], eventType: row[3], school: row[4], caseNumber: row[5],
            recipientID: row[6],
            state: try code(row, 7), reason: row[8], attempts: row[9], roundStart: row[21], dueAt: time(row, 10),
            tellBy: time(row, 11),
            confirmedBy: confirmation(row), receipt: try receipt(row, of: id, ring),
            createdAt: Timestamp(column: row[16]), changedAt: Timestamp(column: row[17]))
    }

    /// The delivery with its event, and the opened key of their case.
    static func wholeDelivery(_ row: Row, _ ring: KeyRing) throws -> (WholeDelivery, KnownCase) {
        let delivery = try delivery(row, ring)
        do {
            let key = try CaseKey(pseudonym: bytes(row, 18), wrapped: bytes(row, 19), by: ring)
            let whole = WholeDelivery(
                delivery: delivery, submitter: Submitter(tokenID: row[24], personID: row[25]), traceID: row[26],
                body: try key.open(bytes(row, 22), for: .body(dedupe: bytes(row, 23))))
            return (whole, KnownCase(number: delivery.caseNumber, key: key))
        } catch {
            throw StoreError.corrupt("the body of an event does not open")
        }
    }

    static func entry(_ row: Row) throws -> StoredEntry {
        StoredEntry(
            index: row[0], delivery: row[1], kind: try code(row, 2), attempt: row[3], canonicalBytes: bytes(row, 4),
            leafHash: bytes(row, 5))
    }

    static func notice(_ row: Row) throws -> StoredNotice {
        let person: String? = row[3]
        return StoredNotice(
            id: row[0], kind: try code(row, 1), addressee: person.map(NewNotice.Addressee.person) ?? .ict,
            recipientID: row[4], delivery: row[5], cause: row[6], createdAt: Timestamp(column: row[7]),
            sentAt: time(row, 8), dueAt: time(row, 9), attempts: row[10], owedItem: row[11])
    }

    /// From `OwedQuery.columns`.
    static func owedItem(_ row: Row) throws -> StoredOwedItem {
        guard let dueOn = CalendarDate(row[10] as String) else { throw StoreError.corrupt("a stored date is none") }
        return StoredOwedItem(
            id: row[0], kind: try code(row, 1), school: row[2], caseNumber: row[3], event: row[4], delivery: row[5],
            recipientID: row[6], personID: row[7], subject: row[8], since: Timestamp(column: row[9]), dueOn: dueOn,
            nextAt: time(row, 11), reminders: row[12], state: try code(row, 13), closedBy: row[14],
            closedAt: time(row, 15), rungs: row[16], rungAt: time(row, 17), pausedUntil: time(row, 18),
            pausedBy: row.hasNull(atIndex: 19) ? nil : try code(row, 19), series: row[20])
    }

    /// From `owedActs`.
    static func owedAct(_ row: Row) throws -> OwedAct {
        let until: String? = row[5]
        return OwedAct(
            item: row[0], kind: try code(row, 1), at: Timestamp(column: row[2]), personID: row[3], word: row[4],
            until: until.flatMap { CalendarDate($0) })
    }

    static func token(_ row: Row) throws -> StoredToken {
        let token = NewToken(
            id: row[0], hash: bytes(row, 1), kind: try code(row, 2), personID: row[3],
            schools: TextList.values(row[4]), eventTypes: TextList.values(row[5]), label: row[6],
            createdAt: Timestamp(column: row[7]))
        return StoredToken(token: token, revokedAt: time(row, 8))
    }

    private static func confirmation(_ row: Row) -> Confirmation? {
        guard let person: String = row[12], let role: String = row[13], let at = time(row, 14) else { return nil }
        let textChecked: Int? = row[20]
        return Confirmation(personID: person, role: role, at: at, textChecked: textChecked == 1)
    }

    private static func receipt(_ row: Row, of delivery: DeliveryID, _ ring: KeyRing) throws -> [UInt8]? {
        guard !row.hasNull(atIndex: 15) else { return nil }
        do {
            let key = try CaseKey(pseudonym: bytes(row, 18), wrapped: bytes(row, 19), by: ring)
            return try key.open(bytes(row, 15), for: .receipt(delivery: delivery))
        } catch {
            throw StoreError.corrupt("the receipt of a delivery does not open")
        }
    }

    static func bytes(_ row: Row, _ index: Int) -> [UInt8] {
        (try? row.withUnsafeData(atIndex: index) { $0.map { [UInt8]($0) } ?? [] }) ?? []
    }

    private static func time(_ row: Row, _ index: Int) -> Timestamp? {
        let milliseconds: Int64? = row[index]
        return milliseconds.map { Timestamp(column: $0) }
    }

    static func code<Code: RawRepresentable<String>>(_ row: Row, _ index: Int) throws -> Code {
        guard let code = Code(rawValue: row[index]) else { throw StoreError.corrupt("a stored code is not known") }
        return code
    }
}
