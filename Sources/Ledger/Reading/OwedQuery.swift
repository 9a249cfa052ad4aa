// SPDX-License-Identifier: EUPL-1.2
public import Delivery
import Foundation
import GRDB
public import Values

/// The SQL of a filter for owed items.
struct OwedQuery: Sendable {
    let sql: String
    let arguments: StatementArguments

    static let columns = """
        SELECT o.id, o.kind, o.school, o.casefile_id, o.event_id, o.delivery_id, o.recipient, o.person_id, o.subject,
            o.since, o.due_on, o.next_at, o.reminders, o.state, o.closed_by, o.closed_at, o.rungs, o.rung_at,
            o.paused_until, o.paused_by, o.series
        FROM owed_item o
        """

    /// The earliest of all clocks.
    static let nextLook = "SELECT next_at FROM owed_item WHERE next_at IS NOT NULL ORDER BY next_at LIMIT 1"

    /// - Parameter casePseudonym: of the case that the filter asks for, if it does.
    init(_ filter: OwedFilter, casePseudonym: [UInt8]?) {
        var conditions = Conditions()
        if let casePseudonym {
            conditions.add("o.casefile_id = (SELECT id FROM casefile WHERE pseudonym = ?)", [Data(casePseudonym)])
        }
        if let schools = filter.schools {
            let marks = Array(repeating: "?", count: schools.count).joined(separator: ", ")
            let board = filter.includesBoard ? " OR o.school IS NULL" : ""
            conditions.add("(o.school IN (\(marks))\(board))", StatementArguments(schools.sorted()))
        }
        if let person = filter.hiddenFrom {
            conditions.add(
                "NOT EXISTS (SELECT 1 FROM barred b WHERE b.casefile_id = o.casefile_id AND b.person_id = ?)", [person])
        }
        if let kinds = filter.kinds { conditions.add("o.kind IN (\(Self.list(kinds.map(\.rawValue))))") }
        if let series = filter.series {
            let marks = Array(repeating: "?", count: series.count).joined(separator: ", ")
            conditions.add("o.series IN (\(marks))", StatementArguments(series.sorted()))
        }
        if let states = filter.states {
            // Literal, or SQLite does not see that the partial index holds all it needs.
            conditions.add(
                states == [.open] ? "o.state = 'open'" : "o.state IN (\(Self.list(states.map(\.rawValue))))")
        }
        if let time = filter.lookBy { conditions.add("o.next_at <= ?", [time.column]) }
        if let after = filter.after { conditions.add("o.id > ?", [after]) }
        let order = filter.lookBy == nil ? "o.id" : "o.next_at, o.id"
        sql = Self.columns + conditions.clause + " ORDER BY \(order)" + conditions.limit(filter.limit)
        arguments = conditions.arguments
    }

    /// Codes of ours, so they need no question marks.
    private static func list(_ codes: [String]) -> String {
        codes.sorted().map { "'\($0)'" }.joined(separator: ", ")
    }
}

extension SQLiteStore {
    public func owedItems(_ filter: OwedFilter) async throws(StoreError) -> [StoredOwedItem] {
        let query = OwedQuery(
            filter,
            casePseudonym: filter.ofCase.map {
                ring.casePseudonymBytes(school: $0.school, reference: $0.reference)
            })
        return try await read { db in
            let rows = try Row.fetchCursor(db.cachedStatement(sql: query.sql), arguments: query.arguments)
            return try Array(rows.map(Decoding.owedItem))
        }
    }

    public func owedItem(_ id: OwedItemID) async throws(StoreError) -> StoredOwedItem? {
        try await read { db in
            let sql = OwedQuery.columns + " WHERE o.id = ?"
            return try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [id]).map(Decoding.owedItem)
        }
    }

    public func owedActs(of items: [OwedItemID]) async throws(StoreError) -> [OwedAct] {
        guard !items.isEmpty else { return [] }
        return try await read { db in
            let numbers = items.map(String.init).joined(separator: ", ")
            let sql =
                "SELECT item_id, act, at, person_id, word, until FROM owed_act WHERE item_id IN (\(numbers)) ORDER BY id"
            return try Array(Row.fetchCursor(db, sql: sql).map(Decoding.owedAct))
        }
    }

    public func nextOwedLook() async throws(StoreError) -> Timestamp? {
        try await read { db in
            try Int64.fetchOne(db.cachedStatement(sql: OwedQuery.nextLook)).map { Timestamp(column: $0) }
        }
    }

    public func barred(fromCase number: Int64) async throws(StoreError) -> Set<String> {
        try await read { db in
            let sql = "SELECT person_id FROM barred WHERE casefile_id = ?"
            return try Set(String.fetchAll(db.cachedStatement(sql: sql), arguments: [number]))
        }
    }
}
