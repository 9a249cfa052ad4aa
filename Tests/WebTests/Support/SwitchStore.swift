// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Synchronization
import Values

/// The real store with a switch: off, it answers as a store does whose disk is full. Counts what was stored.
final class SwitchStore: Store {
    private struct State {
        var isOff = false
        var refusal: StoreError?
        var events = 0
        var changes = 0
        var waiters: [(state: DeliveryState, continuation: CheckedContinuation<Void, Never>)] = []
        var reached: [DeliveryState: Int] = [:]
    }

    let store: any Store
    private let state = Mutex(State())

    init(_ store: any Store) {
        self.store = store
    }

    func turn(on: Bool) { state.withLock { $0.isOff = !on } }

    /// From now on every change is refused so, while reading goes on; nil ends it.
    func refuseChanges(_ refusal: StoreError?) { state.withLock { $0.refusal = refusal } }

    /// Events that were stored, without repeats.
    var events: Int { state.withLock { $0.events } }
    /// Commits of any kind.
    var changes: Int { state.withLock { $0.changes } }

    /// Returns when a delivery has reached this state since the last call for it.
    func waitUntil(_ wanted: DeliveryState) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.reached[wanted, default: 0] > 0 {
                    state.reached[wanted, default: 0] -= 1
                    return true
                }
                state.waiters.append((wanted, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    func check() throws(StoreError) {
        if state.withLock({ $0.isOff }) { throw .unavailable(code: 13, message: "full") }
    }

    func commit(_ change: Change) async throws(StoreError) -> CommitReceipt {
        try check()
        if let refusal = state.withLock({ $0.refusal }) { throw refusal }
        let receipt = try await store.commit(change)
        let ready = state.withLock { state in
            state.changes += 1
            if case .stored(_?, _, _) = receipt { state.events += 1 }
            var ready: [CheckedContinuation<Void, Never>] = []
            for move in change.moves {
                if let index = state.waiters.firstIndex(where: { $0.state == move.to }) {
                    ready.append(state.waiters.remove(at: index).continuation)
                } else {
                    state.reached[move.to, default: 0] += 1
                }
            }
            return ready
        }
        for continuation in ready { continuation.resume() }
        return receipt
    }

    func event(_ id: EventID) async throws(StoreError) -> StoredEvent? {
        try check()
        return try await store.event(id)
    }

    func body(of id: EventID) async throws(StoreError) -> [UInt8]? {
        try check()
        return try await store.body(of: id)
    }

    func caseEvents(_ name: CaseName, types: Set<String>?) async throws(StoreError) -> [StoredCaseEvent] {
        try check()
        return try await store.caseEvents(name, types: types)
    }

    func situations(
        from: Timestamp, to: Timestamp, each body: @escaping @Sendable (StoredSituation) -> Void
    ) async throws(StoreError) {
        try check()
        try await store.situations(from: from, to: to, each: body)
    }

    func eventCounts(
        types: Set<String>, from: Timestamp, to: Timestamp, hiddenFrom person: String?
    ) async throws(StoreError) -> [EventCount] {
        try check()
        return try await store.eventCounts(types: types, from: from, to: to, hiddenFrom: person)
    }

    func activeCases(
        _ scope: FigureScope, since: Timestamp, withoutTypes types: Set<String>
    ) async throws(StoreError) -> [ActiveCase] {
        try check()
        return try await store.activeCases(scope, since: since, withoutTypes: types)
    }

    func expectedFeedback(
        _ scope: FigureScope, kinds: Set<OwedKind>, from: CalendarDate, to: CalendarDate
    ) async throws(StoreError) -> [ExpectedFeedback] {
        try check()
        return try await store.expectedFeedback(scope, kinds: kinds, from: from, to: to)
    }

    func caseEvents(ofCase number: Int64) async throws(StoreError) -> [StoredCaseEvent] {
        try check()
        return try await store.caseEvents(ofCase: number)
    }
    func isBarred(_ person: String, fromCaseOf event: EventID) async throws(StoreError) -> Bool {
        try check()
        return try await store.isBarred(person, fromCaseOf: event)
    }

    func wholeDelivery(_ id: DeliveryID) async throws(StoreError) -> WholeDelivery? {
        try check()
        return try await store.wholeDelivery(id)
    }

    func deliveries(_ filter: DeliveryFilter) async throws(StoreError) -> [StoredDelivery] {
        try check()
        return try await store.deliveries(filter)
    }

    func delivery(_ id: DeliveryID) async throws(StoreError) -> StoredDelivery? {
        try check()
        return try await store.delivery(id)
    }

    func disclosures(_ filter: DisclosureFilter) async throws(StoreError) -> [StoredEntry] {
        try check()
        return try await store.disclosures(filter)
    }

    func owed(eventID: EventID?) async throws(StoreError) -> [StoredOwed] {
        try check()
        return try await store.owed(eventID: eventID)
    }

    func notices(_ filter: NoticeFilter) async throws(StoreError) -> [StoredNotice] {
        try check()
        return try await store.notices(filter)
    }

    func owedItems(_ filter: OwedFilter) async throws(StoreError) -> [StoredOwedItem] {
        try check()
        return try await store.owedItems(filter)
    }

    func owedItem(_ id: OwedItemID) async throws(StoreError) -> StoredOwedItem? {
        try check()
        return try await store.owedItem(id)
    }

    func owedActs(of items: [OwedItemID]) async throws(StoreError) -> [OwedAct] {
        try check()
        return try await store.owedActs(of: items)
    }

    func nextOwedLook() async throws(StoreError) -> Timestamp? {
        try check()
        return try await store.nextOwedLook()
    }

    func barred(fromCase number: Int64) async throws(StoreError) -> Set<String> {
        try check()
        return try await store.barred(fromCase: number)
    }

    func troubles() async throws(StoreError) -> [String: Timestamp] {
        try check()
        return try await store.troubles()
    }

    func tokens() async throws(StoreError) -> [StoredToken] {
        try check()
        return try await store.tokens()
    }
}
