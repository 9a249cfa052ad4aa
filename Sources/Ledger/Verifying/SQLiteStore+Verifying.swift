// SPDX-License-Identifier: EUPL-1.2
public import Delivery
import GRDB

extension SQLiteStore {
    /// Walks the whole log: every entry in order, then every delivery against the log, and names what is wrong.
    ///
    /// Reads in short snapshots, so that it can run beside the gateway; what is appended meanwhile is left for the next time.
    /// - Parameters:
    ///   - deep: Opens every sealed body too, and lets SQLite check its file.
    ///   - progress: Called every few hundred rows.
    public func verify(
        deep: Bool = false, progress: @escaping @Sendable (VerificationProgress) -> Void = { _ in }
    ) async throws(StoreError) -> VerificationReport {
        var report = VerificationReport()
        try await walkEntries(&report, progress)
        try await walkDeliveries(&report, progress)
        if deep {
            try await walkBodies(&report, progress)
            try await checkFile(&report)
        }
        return report
    }

    private static let chunk = 500

    // MARK: - Entries

    private func walkEntries(
        _ report: inout VerificationReport, _ progress: @Sendable (VerificationProgress) -> Void
    ) async throws(StoreError) {
        let end = try await number("SELECT ifnull(max(idx) + 1, 0) FROM disclosure")
        var root = MerkleRoot()
        var next: Int64 = 0
        while next < end {
            let from = next
            let checks = try await read { db in
                let statement = try db.cachedStatement(sql: EntryCheck.sql)
                return try Array(Row.fetchCursor(statement, arguments: [from, end, Self.chunk]).map(EntryCheck.init))
            }
            if checks.isEmpty { break }
            for check in checks {
                let entry = check.entry
                if let code = check.problem(expectedIndex: next) {
                    report.add(code, index: entry.index, delivery: entry.delivery)
                }
                report.count(entry)
                root.append(leafHash: entry.leafHash)
                next = entry.index + 1
            }
            progress(VerificationProgress(part: .entries, done: next, total: end))
        }
        report.root = root.hash
    }

    // MARK: - Deliveries

    private func walkDeliveries(
        _ report: inout VerificationReport, _ progress: @Sendable (VerificationProgress) -> Void
    ) async throws(StoreError) {
        let end = try await number("SELECT ifnull(max(id), 0) FROM delivery")
        var last: Int64 = 0
        while true {
            let after = last
            let checks = try await read { db in
                let statement = try db.cachedStatement(sql: DeliveryCheck.sql)
                return try Array(Row.fetchCursor(statement, arguments: [after, Self.chunk]).map(DeliveryCheck.init))
            }
            guard let newest = checks.last else { break }
            for check in checks {
                if let code = check.problem { report.add(code, delivery: check.id) }
            }
            report.deliveries += Int64(checks.count)
            last = newest.id
            progress(VerificationProgress(part: .deliveries, done: last, total: max(end, last)))
        }
    }

    // MARK: - Bodies and file

    private func walkBodies(
        _ report: inout VerificationReport, _ progress: @Sendable (VerificationProgress) -> Void
    ) async throws(StoreError) {
        let end = try await number("SELECT ifnull(max(id), 0) FROM event")
        var last: Int64 = 0
        while true {
            let after = last
            let checks = try await read { [ring] db in
                let statement = try db.cachedStatement(sql: BodyCheck.sql)
                // Fewer at a time: bodies are large.
                return try Array(Row.fetchCursor(statement, arguments: [after, 50]).map { BodyCheck($0, ring) })
            }
            guard let newest = checks.last else { break }
            for check in checks {
                if let code = check.problem { report.add(code, event: check.id) }
            }
            report.bodies += Int64(checks.count)
            last = newest.id
            progress(VerificationProgress(part: .bodies, done: last, total: max(end, last)))
        }
    }

    private func checkFile(_ report: inout VerificationReport) async throws(StoreError) {
        let isSound = try await read { db in try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") == "ok" }
        if !isSound { report.add(.damagedFile) }
    }

    private func number(_ sql: String) async throws(StoreError) -> Int64 {
        try await read { db in try Int64.fetchOne(db, sql: sql) ?? 0 }
    }
}

extension VerificationReport {
    fileprivate mutating func count(_ entry: StoredEntry) {
        entries += 1
        switch entry.kind {
        case .intent: intents += 1
        case .outcome: outcomes += 1
        case .settled: break
        case .afterwards: recordedAfterwards += 1
        }
    }
}

/// Judges one delivery against the log.
private struct DeliveryCheck: Sendable {
    static let sql = """
        SELECT d.id, d.state, d.attempts,
            EXISTS (SELECT 1 FROM disclosure l WHERE l.delivery_id = d.id AND l.kind <> 'uitkomst'),
            EXISTS (SELECT 1 FROM disclosure i WHERE i.delivery_id = d.id AND i.kind = 'voornemen' AND NOT EXISTS
                (SELECT 1 FROM disclosure o WHERE o.delivery_id = i.delivery_id AND o.attempt = i.attempt
                    AND o.kind = 'uitkomst'))
        FROM delivery d WHERE d.id > ? ORDER BY d.id LIMIT ?
        """

    let id: DeliveryID
    let problem: ProblemCode?

    init(_ row: Row) throws {
        id = row[0]
        let state: DeliveryState = try Decoding.code(row, 1)
        let attempts: Int = row[2]
        let isDisclosed: Bool = row[3]
        let hasOpenIntent: Bool = row[4]
        if (state.countsAsLeft || attempts > 0) && !isDisclosed {
            problem = .disclosureMissing
        } else if hasOpenIntent && !state.mayHaveOpenIntent {
            problem = .outcomeMissing
        } else {
            problem = nil
        }
    }
}

extension DeliveryState {
    /// Whether this state alone says that something left, or may have left.
    fileprivate var countsAsLeft: Bool {
        switch self {
        case .sending, .delivered, .rejected, .unknown, .released, .handedOver, .notHandedOver: true
        default: false
        }
    }

    /// Whether an intent may still be without outcome.
    fileprivate var mayHaveOpenIntent: Bool {
        switch self {
        case .sending, .unknown, .released: true
        default: false
        }
    }
}

/// Opens one sealed body.
private struct BodyCheck: Sendable {
    static let sql = """
        SELECT e.body, e.dedupe, c.pseudonym, c.wrapped_key, e.body_mac, e.id
        FROM event e JOIN casefile c ON c.id = e.casefile_id WHERE e.id > ? ORDER BY e.id LIMIT ?
        """

    let id: EventID
    let problem: ProblemCode?

    init(_ row: Row, _ ring: KeyRing) {
        id = row[5]
        guard let body = try? Decoding.body(row, ring) else {
            problem = .bodyUnreadable
            return
        }
        problem = ring.bodyMAC(body) == Decoding.bytes(row, 4) ? nil : .bodyChanged
    }
}
