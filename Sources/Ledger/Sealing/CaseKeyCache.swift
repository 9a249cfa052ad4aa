// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Synchronization

/// A case that is known to be in the store, with its opened key.
struct KnownCase: Sendable {
    /// The number of the case within the store.
    let number: Int64
    let key: CaseKey
}

/// Opened case keys of late, so that most changes need no read before they are queued. Bounded; holds committed cases only.
final class CaseKeyCache: Sendable {
    private struct State {
        var cases: TwoGenerations<[UInt8], KnownCase>
        var deliveries: TwoGenerations<DeliveryID, KnownCase>
    }

    private let state: Mutex<State>

    init(capacity: Int = 4096) {
        state = Mutex(State(cases: TwoGenerations(capacity: capacity), deliveries: TwoGenerations(capacity: capacity)))
    }

    func find(pseudonym: [UInt8]) -> KnownCase? { state.withLock { $0.cases.find(pseudonym) } }

    func find(delivery: DeliveryID) -> KnownCase? { state.withLock { $0.deliveries.find(delivery) } }

    func remember(_ known: KnownCase, deliveries: [DeliveryID]) {
        state.withLock { state in
            state.cases.keep(known, for: known.key.pseudonym)
            for delivery in deliveries { state.deliveries.keep(known, for: delivery) }
        }
    }
}

/// A bounded dictionary that forgets what was not used lately: when the young half is full it becomes the old half, and what is
/// found in the old half moves to the young one.
struct TwoGenerations<Key: Hashable, Value> {
    private let half: Int
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]

    init(capacity: Int) {
        half = max(1, capacity / 2)
    }

    mutating func find(_ key: Key) -> Value? {
        if let value = young[key] { return value }
        guard let value = old[key] else { return nil }
        keep(value, for: key)
        return value
    }

    mutating func keep(_ value: Value, for key: Key) {
        young[key] = value
        guard young.count >= half else { return }
        old = young
        young = [:]
    }
}
