// SPDX-License-Identifier: EUPL-1.2
public import Delivery
import GRDB
public import Values

extension SQLiteStore {
    public func eventCounts(
        types: Set<String>, from: Timestamp, to: Timestamp
    ) async throws(StoreError) -> [EventCount] {
        try await read { db in
            let marks = Array(repeating: "?", count: types.count).joined(separator: ", ")
            let sql = """
                SELECT school, type, count(*) FROM event
                WHERE received_at >= ? AND received_at < ? AND type IN (\(marks))
                GROUP BY school, type ORDER BY school, type
                """
            var arguments: StatementArguments = [from.column, to.column]
            arguments += StatementArguments(types.sorted())
            let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments)
            return try Array(rows.map { EventCount(school: $0[0], type: $0[1], count: $0[2]) })
        }
    }
}
