// SPDX-License-Identifier: EUPL-1.2
import Delivery
import GRDB
import GRDBSQLite
import Testing
import Values

@testable import Ledger

/// What a look at the clocks costs, counted in steps of SQLite's machine: the same on every computer, and the same for few items as for
/// many that are not due.
@Suite struct OwedScaleTests {
    @Test func whatIsNotDueCostsNothing() async throws {
        let few = try await Self.costs(open: 300)
        let many = try await Self.costs(open: 12_000)
        for (one, other) in zip(few, many) {
            #expect(one.rows == other.rows && one.steps == other.steps, "\(one) \(other)")
        }
        // It grows with what is due, and with nothing else.
        #expect(few.map(\.rows) == [0, 10, 100, 1])
        #expect(few[0].steps < few[1].steps && few[1].steps < few[2].steps)
    }

    private struct Cost: Equatable {
        let steps: Int32
        let rows: Int
    }

    /// Finding none, ten and a hundred that are due, and the next clock.
    private static func costs(open count: Int) async throws -> [Cost] {
        try await TemporaryStore.with { temporary in
            _ = try await temporary.store.commit(Sample.change())
            for part in 0..<count / 100 {
                var change = Change()
                change.owedSteps = (1...100).map { number in
                    let place = OwedPlace.known(caseNumber: 1, school: "01AB")
                    var item = NewOwedItem(
                        .terugkoppelingBesluit, place, since: Sample.now,
                        dueOn: Sample.now.calendarDateInAmsterdam,
                        nextAt: Sample.now.adding(seconds: part * 100 + number))
                    item.subject = Int64(part * 100 + number)
                    return .open(item)
                }
                _ = try await temporary.store.commit(change)
            }
            return try RawAccess.with(temporary.path) { db in
                var costs: [Cost] = []
                for due in [0, 10, 100] {
                    var filter = OwedFilter()
                    filter.lookBy = Sample.now.adding(seconds: due)
                    filter.limit = 500
                    let query = OwedQuery(filter, casePseudonym: nil)
                    costs.append(try cost(db, query.sql, query.arguments))
                }
                costs.append(try cost(db, OwedQuery.nextLook, StatementArguments()))
                return costs
            }
        }
    }

    private static func cost(_ db: Database, _ sql: String, _ arguments: StatementArguments) throws -> Cost {
        let statement = try db.makeStatement(sql: sql)
        let rows = try Row.fetchAll(statement, arguments: arguments).count
        return Cost(steps: sqlite3_stmt_status(statement.sqliteStatement, SQLITE_STMTSTATUS_VM_STEP, 0), rows: rows)
    }
}
