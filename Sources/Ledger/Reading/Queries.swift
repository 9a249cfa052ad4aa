// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Foundation
import GRDB

/// The SQL of a delivery filter.
struct DeliveryQuery: Sendable {
    let sql: String
    let arguments: StatementArguments

    static let columns = "SELECT \(fields) \(source)"
    /// With what an attempt needs of the event.
    static let wholeColumns = "SELECT \(fields), e.body, e.dedupe, e.token_id, e.person_id, e.trace_id \(source)"

    private static let fields = """
        d.id, d.key, d.event_id, e.type, e.school, e.casefile_id, d.recipient, d.state, d.reason, d.attempts, d.due_at,
            d.tell_by, d.confirmed_by, d.confirmed_role, d.confirmed_at, d.receipt, e.received_at, d.changed_at,
            c.pseudonym, c.wrapped_key, d.confirmed_text, d.round_start
        """
    private static let source = """
        FROM delivery d JOIN event e ON e.id = d.event_id JOIN casefile c ON c.id = e.casefile_id
        """

    /// - Parameter casePseudonym: of the case that the filter asks for, if it does.
    init(_ filter: DeliveryFilter, casePseudonym: [UInt8]?) {
        var conditions = Conditions()
        if let casePseudonym { conditions.add("c.pseudonym = ?", [Data(casePseudonym)]) }
        if let number = filter.caseNumber { conditions.add("e.casefile_id = ?", [number]) }
        if let event = filter.event { conditions.add("d.event_id = ?", [event]) }
        if let states = filter.states {
            conditions.add("d.\(Self.isIn("state", states.map { "'\($0.rawValue)'" }))")
            // Literal, or SQLite does not see that the partial index holds all it needs.
            if states.allSatisfy({ !$0.isFinal }) { conditions.add("d.\(Schema1.openStates)") }
        }
        if let recipient = filter.recipientID { conditions.add("d.recipient = ?", [recipient]) }
        if let schools = filter.schools { conditions.addSchools(schools) }
        if let person = filter.hiddenFrom { conditions.addHidden(from: person) }
        if let token = filter.submitterToken { conditions.add("e.token_id = ?", [token]) }
        if filter.watched { conditions.add("d.tell_by IS NOT NULL") }
        if let after = filter.after { conditions.add("d.id > ?", [after]) }
        sql = Self.columns + conditions.clause + " ORDER BY d.id" + conditions.limit(filter.limit)
        arguments = conditions.arguments
    }

    private static func isIn(_ column: String, _ values: [String]) -> String {
        "\(column) IN (\(values.sorted().joined(separator: ", ")))"
    }
}

/// The SQL of a disclosure filter.
struct DisclosureQuery: Sendable {
    let sql: String
    let arguments: StatementArguments

    init(_ filter: DisclosureFilter) {
        var conditions = Conditions()
        var joins = ""
        if let delivery = filter.delivery { conditions.add("l.delivery_id = ?", [delivery]) }
        if filter.schools != nil || filter.hiddenFrom != nil {
            joins = " JOIN delivery d ON d.id = l.delivery_id JOIN event e ON e.id = d.event_id"
        }
        if let schools = filter.schools { conditions.addSchools(schools) }
        if let person = filter.hiddenFrom { conditions.addHidden(from: person) }
        if let from = filter.from { conditions.add("l.idx >= ?", [from]) }
        sql =
            "SELECT l.idx, l.delivery_id, l.kind, l.attempt, l.canonical, l.leaf_hash FROM disclosure l" + joins
            + conditions.clause + " ORDER BY l.idx" + conditions.limit(filter.limit)
        arguments = conditions.arguments
    }
}

/// Conditions that must all hold, with the values for their question marks in order.
struct Conditions {
    private var all: [String] = []
    private(set) var arguments: StatementArguments = []

    mutating func add(_ condition: String, _ values: StatementArguments = []) {
        all.append(condition)
        arguments += values
    }

    mutating func addHidden(from person: String) {
        add(
            "NOT EXISTS (SELECT 1 FROM barred b WHERE b.casefile_id = e.casefile_id AND b.person_id = ?)", [person])
    }

    mutating func addSchools(_ schools: Set<String>) {
        let marks = Array(repeating: "?", count: schools.count).joined(separator: ", ")
        add("e.school IN (\(marks))", StatementArguments(schools.sorted()))
    }

    var clause: String { all.isEmpty ? "" : " WHERE " + all.joined(separator: " AND ") }

    /// A number of ours, so it needs no question mark.
    func limit(_ limit: Int?) -> String { limit.map { " LIMIT \(max(0, $0))" } ?? "" }
}
