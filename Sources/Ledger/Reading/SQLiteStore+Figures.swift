// SPDX-License-Identifier: EUPL-1.2
public import Delivery
import GRDB
public import Values

extension SQLiteStore {
    public func eventCounts(
        types: Set<String>, from: Timestamp, to: Timestamp, hiddenFrom person: String?
    ) async throws(StoreError) -> [EventCount] {
        try await read { db in
            let sql = """
                SELECT e.school, e.type, count(*) FROM event e
                WHERE e.received_at >= ? AND e.received_at < ? AND e.type IN (\(Self.marks(types)))
                    AND NOT EXISTS (SELECT 1 FROM barred b WHERE b.casefile_id = e.casefile_id AND b.person_id = ?)
                GROUP BY e.school, e.type ORDER BY e.school, e.type
                """
            var arguments: StatementArguments = [from.column, to.column]
            arguments += StatementArguments(types.sorted())
            arguments += [person]
            let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments)
            return try Array(rows.map { EventCount(school: $0[0], type: $0[1], count: $0[2]) })
        }
    }

    public func activeCases(
        _ scope: FigureScope, since: Timestamp, withoutTypes types: Set<String>
    ) async throws(StoreError) -> [ActiveCase] {
        try await read { db in
            // Left to itself, SQLite groups by going through the cases of all years.
            let sql = """
                SELECT e.casefile_id, min(e.school) FROM event e INDEXED BY event_received
                WHERE e.received_at >= ? AND e.type NOT IN (\(Self.marks(types))) AND \(Self.inScope(scope, of: "e"))
                GROUP BY e.casefile_id ORDER BY e.casefile_id
                """
            var arguments: StatementArguments = [since.column]
            arguments += StatementArguments(types.sorted())
            arguments += Self.arguments(scope)
            let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments)
            return try Array(rows.map { ActiveCase(number: $0[0], school: $0[1]) })
        }
    }

    public func expectedFeedback(
        _ scope: FigureScope, kinds: Set<OwedKind>, from: CalendarDate, to: CalendarDate
    ) async throws(StoreError) -> [ExpectedFeedback] {
        let kinds = Set(kinds.map(\.rawValue))
        let condition = """
            WHERE o.kind IN (\(Self.marks(kinds))) AND o.due_on <= ? AND (o.due_on >= ? OR o.state = 'open')
                AND \(Self.inScope(scope, of: "o")) AND NOT EXISTS (\(Self.acted("reopened")))
            """
        var arguments = StatementArguments(kinds.sorted())
        arguments += [to.description, from.description]
        arguments += Self.arguments(scope)
        return try await read { [arguments] db in
            let partial = try Int64.fetchSet(
                db.cachedStatement(
                    sql: "SELECT o.id FROM owed_item o \(condition) AND EXISTS (\(Self.acted("partial")))"),
                arguments: arguments)
            let rows = try Row.fetchCursor(
                db.cachedStatement(sql: "\(OwedQuery.columns) \(condition) ORDER BY o.id"), arguments: arguments)
            return try Array(
                rows.map { row in
                    let item = try Decoding.owedItem(row)
                    return ExpectedFeedback(item, isPartial: partial.contains(item.id))
                })
        }
    }

    public func caseEvents(ofCase number: Int64) async throws(StoreError) -> [StoredCaseEvent] {
        try await read { [ring] db in
            let sql = """
                SELECT e.id, e.type, e.school, c.pseudonym, e.received_at, e.token_id, e.person_id, e.trace_id,
                    e.body, e.dedupe, c.wrapped_key
                FROM casefile c JOIN event e ON e.casefile_id = c.id WHERE c.id = ? ORDER BY e.id
                """
            let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: [number])
            var events: [StoredCaseEvent] = []
            var key: CaseKey?
            while let row = try rows.next() {
                let opened =
                    try key
                    ?? Decoding.caseKey(pseudonym: Decoding.bytes(row, 3), wrapped: Decoding.bytes(row, 10), ring)
                key = opened
                let body = try Decoding.body(row, 8, dedupe: 9, opened)
                events.append(StoredCaseEvent(event: Decoding.event(row), body: body))
            }
            return events
        }
    }

    /// Of a table with a school and a case. Its marks are filled by `arguments`.
    private static func inScope(_ scope: FigureScope, of table: String) -> String {
        """
        \(table).school IN (\(marks(scope.schools))) AND NOT EXISTS
            (SELECT 1 FROM barred b WHERE b.casefile_id = \(table).casefile_id AND (? OR b.person_id = ?))
        """
    }

    private static func arguments(_ scope: FigureScope) -> StatementArguments {
        StatementArguments(scope.schools.sorted()) + [scope.withoutBarred, scope.hiddenFrom]
    }

    private static func acted(_ act: String) -> String {
        "SELECT 1 FROM owed_act a WHERE a.item_id = o.id AND a.act = '\(act)'"
    }

    private static func marks(_ words: Set<String>) -> String {
        Array(repeating: "?", count: words.count).joined(separator: ", ")
    }
}
