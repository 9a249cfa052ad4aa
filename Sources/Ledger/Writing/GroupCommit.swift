// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Dispatch
import Foundation
import GRDB
import GRDBSQLite
import Synchronization

/// One thread that owns the writing connection and drains one queue of all waiting changes: whatever waits when a commit ends
/// shares the next one.
///
/// A change that is in the queue is always carried out or refused, also when the task that waits for it is cancelled: the caller
/// gets the truth.
final class GroupCommit: Sendable {
    /// More than this many changes wait for the next commit, so that no transaction takes long.
    static let largestGroup = 256

    private struct Waiting {
        let change: PreparedChange
        let continuation: CheckedContinuation<Result<Applied, StoreError>, Never>
    }

    private struct State {
        var waiting: [Waiting] = []
        /// The thread sleeps until somebody signals.
        var isAsleep = false
        var isClosing = false
        var hasEnded = false
        var closers: [CheckedContinuation<Void, Never>] = []
        var statistics = StoreStatistics()
    }

    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)
    private let queue: DatabaseQueue
    private let ring: KeyRing
    private let beforeClosing: @Sendable () -> Void
    private let atEnd: @Sendable () -> Void

    /// - Parameters:
    ///   - queue: The writing connection; from here on only this thread uses it.
    ///   - beforeClosing: Runs on the thread when no change waits any more.
    ///   - atEnd: Runs on the thread after the connection is closed.
    init(
        queue: DatabaseQueue, ring: KeyRing, beforeClosing: @escaping @Sendable () -> Void,
        atEnd: @escaping @Sendable () -> Void
    ) {
        self.queue = queue
        self.ring = ring
        self.beforeClosing = beforeClosing
        self.atEnd = atEnd
        let thread = Thread { self.run() }
        thread.name = "ledger-writer"
        thread.start()
    }

    var statistics: StoreStatistics { state.withLock { $0.statistics } }

    /// Returns when the change is on disk, or why it is not.
    func commit(_ change: PreparedChange) async -> Result<Applied, StoreError> {
        await withCheckedContinuation { continuation in
            let (accepted, mustWake) = state.withLock { state in
                guard !state.isClosing else { return (false, false) }
                state.waiting.append(Waiting(change: change, continuation: continuation))
                defer { state.isAsleep = false }
                return (true, state.isAsleep)
            }
            if mustWake { wake.signal() }
            if !accepted { continuation.resume(returning: .failure(.closed)) }
        }
    }

    /// Takes no more changes, carries out those that wait, closes the connection, and returns when all that is done.
    func close() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if !state.hasEnded { state.closers.append(continuation) }
                return state.hasEnded
            }
            if hasEnded { continuation.resume() } else { stop() }
        }
    }

    /// Like `close`, without waiting for it.
    func stop() {
        let mustWake = state.withLock { state in
            state.isClosing = true
            defer { state.isAsleep = false }
            return state.isAsleep
        }
        if mustWake { wake.signal() }
    }

    // MARK: - On the thread

    private func run() {
        var writer: ChangeWriter?
        while let group = next() {
            let results = queue.inDatabaseWithoutTransaction { connection in
                Self.commit(group.map(\.change), on: connection, &writer, ring)
            }
            count(results)
            for (waiting, result) in zip(group, results) { waiting.continuation.resume(returning: result) }
        }
        beforeClosing()
        // Statements must be gone before their connection.
        queue.inDatabaseWithoutTransaction { _ in writer = nil }
        try? queue.close()
        atEnd()
        let closers = state.withLock { state in
            state.hasEnded = true
            defer { state.closers = [] }
            return state.closers
        }
        for closer in closers { closer.resume() }
    }

    private static func commit(
        _ changes: [PreparedChange], on connection: OpaquePointer?, _ writer: inout ChangeWriter?, _ ring: KeyRing
    ) -> [Result<Applied, StoreError>] {
        guard let connection else { return changes.map { _ in .failure(.closed) } }
        if let writer { return writer.commit(changes) }
        do {
            let first = try ChangeWriter(connection: connection, ring: ring)
            writer = first
            return first.commit(changes)
        } catch {
            return changes.map { _ in .failure(error.storeError) }
        }
    }

    /// The next group; nil when the queue is closed and empty.
    private func next() -> [Waiting]? {
        while true {
            let (group, isOver) = state.withLock { state -> ([Waiting], Bool) in
                if state.waiting.isEmpty {
                    state.isAsleep = !state.isClosing
                    return ([], state.isClosing)
                }
                if state.waiting.count <= Self.largestGroup {
                    defer { state.waiting = [] }
                    return (state.waiting, false)
                }
                defer { state.waiting.removeFirst(Self.largestGroup) }
                return (Array(state.waiting.prefix(Self.largestGroup)), false)
            }
            if isOver { return nil }
            if !group.isEmpty { return group }
            wake.wait()
        }
    }

    private func count(_ results: [Result<Applied, StoreError>]) {
        let stored = results.count { (try? $0.get()) != nil }
        state.withLock { state in
            state.statistics.groups += 1
            state.statistics.changes += stored
            state.statistics.refusals += results.count - stored
            state.statistics.largestGroup = max(state.statistics.largestGroup, results.count)
        }
    }
}

extension DatabaseQueue {
    /// Lends the raw connection to the one thread that owns it.
    fileprivate func inDatabaseWithoutTransaction<T>(_ body: (OpaquePointer?) -> T) -> T {
        writeWithoutTransaction { body($0.sqliteConnection) }
    }
}

/// What the writing thread did since the store was opened.
public struct StoreStatistics: Sendable, Hashable {
    /// Transactions: with many senders far fewer than changes.
    public internal(set) var groups = 0
    /// Changes that were stored, or found to be duplicates.
    public internal(set) var changes = 0
    /// Changes that were refused, by a rule or by the disk.
    public internal(set) var refusals = 0
    /// The most changes that shared one transaction.
    public internal(set) var largestGroup = 0
}
