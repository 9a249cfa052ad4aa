// SPDX-License-Identifier: EUPL-1.2
import CBareLoop
import Foundation

/// The plain SQLite loop beside which the gateway is measured.
struct BareLoop: Codable, Sendable {
    let group: Int
    let eventsPerSecond: Double
    let commitsPerEvent: Double
    let writtenKilobytes: Double
    let medianGroupMilliseconds: Double
    let steal: Double

    /// As the store sets it, so that both write back equally often.
    static let checkpointPages = 24_000

    /// Writes the events of a store, from this one on, once more.
    static func run(store: String, from first: Int64, group: Int, bringsDelivery: Bool) throws -> BareLoop {
        let target = store + ".bare"
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: target + suffix) }
        let before = MachineCounts()
        var result = bare_loop_result()
        var message = [CChar](repeating: 0, count: 512)
        let failed = store.withCString { source in
            target.withCString { target in
                var plan = bare_loop_plan(
                    source: source, target: target, first_event: first, group: Int32(group),
                    checkpoint_pages: Int32(checkpointPages), brings_delivery: bringsDelivery ? 1 : 0)
                return bare_loop_run(&plan, &result, &message, message.count)
            }
        }
        guard failed == 0 else {
            let text = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw BenchFailure(description: "the bare loop failed: \(text)")
        }
        return BareLoop(
            group: group, eventsPerSecond: Double(result.events) / result.seconds,
            commitsPerEvent: Double(result.commits) / Double(result.events),
            writtenKilobytes: result.bytes_written / Double(result.events) / 1024,
            medianGroupMilliseconds: result.median_group * 1000, steal: MachineCounts().steal(since: before))
    }
}

/// A look into a store from outside, while it is in use.
struct StoreFile: Sendable {
    let path: String

    /// How many deliveries the store says have arrived.
    func delivered() throws -> Int {
        try integer("SELECT count(*) FROM delivery WHERE state = 'delivered'")
    }

    /// Deliveries of which the number is not that of their event: none in a store with one delivery per event.
    func oddDeliveries() throws -> Int {
        try integer("SELECT count(*) FROM delivery WHERE id <> event_id")
    }

    func lastEvent() throws -> Int64 { Int64(try integer("SELECT ifnull(max(id), 0) FROM event")) }

    /// Bytes in use, the log of SQLite included.
    func bytes() throws -> Int {
        let pages = try integer("PRAGMA page_count") - integer("PRAGMA freelist_count")
        return try pages * integer("PRAGMA page_size")
    }

    func pageSize() throws -> Int { try integer("PRAGMA page_size") }

    /// Milliseconds from the arrival of each event since that one to the outcome of its delivery, by the gateway's clock.
    func milliseconds(from first: Int64) throws -> [Double] {
        try integers(
            "SELECT d.changed_at - e.received_at FROM delivery d JOIN event e ON e.id = d.event_id WHERE e.id >= \(first)"
        )
        .map(Double.init)
    }

    /// Changes something that only a bench may.
    func change(_ sql: String) throws {
        guard bare_loop_steps(path, sql) >= 0 else {
            throw BenchFailure(description: "the store was not changed: \(sql)")
        }
    }

    private func integer(_ query: String) throws -> Int {
        guard let value = try integers(query).first else {
            throw BenchFailure(description: "the store gave no answer: \(query)")
        }
        return Int(value)
    }

    private func integers(_ query: String) throws -> [Int64] {
        var values = [Int64](repeating: 0, count: 100_000)
        let count = bare_loop_read(path, query, &values, Int64(values.count))
        guard count >= 0 else { throw BenchFailure(description: "the store cannot be read: \(query)") }
        return Array(values.prefix(Int(count)))
    }
}
