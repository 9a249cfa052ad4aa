// SPDX-License-Identifier: EUPL-1.2
public import Delivery
public import Values

/// Whether the gateway can do its work: whether the store takes a write, tried for real, and the disk has room for the largest
/// body. Looks at most once a second.
public actor Readiness {
    private let store: any Store
    private let disk: DiskRoom?
    private let now: @Sendable () -> Timestamp
    private var last: (at: Timestamp, reasons: [String])?

    /// No recipient can have this name: identifiers hold no colon.
    private static let mark = "meldpoort:opslag"

    /// - Parameter disk: Nil for a store that is on no disk of this machine.
    public init(store: any Store, disk: DiskRoom?, now: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.disk = disk
        self.now = now
    }

    /// Why not, in Dutch; empty when all is well.
    public func reasons() async -> [String] {
        let time = now()
        if let last, (0..<1_000).contains(time.millisecondsSince(last.at)) { return last.reasons }
        var reasons = await takesWrites(time) ? [] : ["De opslag kan nu niet worden beschreven."]
        // The row of the trial may still fit where an event no longer does.
        if let shortage = disk?.shortage { reasons.append(shortage) }
        last = (time, reasons)
        return reasons
    }

    /// A row comes and goes: a full disk shows only when a page has to be written.
    private func takesWrites(_ time: Timestamp) async -> Bool {
        do {
            var change = Change()
            change.troubles = [Self.mark: time]
            _ = try await store.commit(change)
            change.troubles = [Self.mark: nil as Timestamp?]
            _ = try await store.commit(change)
            return true
        } catch {
            return false
        }
    }
}
