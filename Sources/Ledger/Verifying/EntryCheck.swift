// SPDX-License-Identifier: EUPL-1.2
import Delivery
import GRDB
import Values

/// Judges one entry of the log: its place, its bytes, and what it says against what the store says.
struct EntryCheck {
    static let sql = """
        SELECT l.idx, l.delivery_id, l.kind, l.attempt, l.canonical, l.leaf_hash, d.key, d.state, d.attempts,
            EXISTS (SELECT 1 FROM disclosure i WHERE i.delivery_id = l.delivery_id AND i.attempt = l.attempt
                AND i.kind = 'voornemen' AND i.idx < l.idx),
            (SELECT count(*) FROM disclosure o WHERE o.delivery_id = l.delivery_id AND o.attempt = l.attempt
                AND o.kind = 'uitkomst' AND o.idx <= l.idx)
        FROM disclosure l LEFT JOIN delivery d ON d.id = l.delivery_id
        WHERE l.idx >= ? AND l.idx < ? ORDER BY l.idx LIMIT ?
        """

    let entry: StoredEntry
    /// Nil when the delivery of the entry is not there.
    private let key: String?
    private let state: DeliveryState?
    private let attempts: Int?
    private let hasEarlierIntent: Bool
    /// Outcomes of the same attempt up to and including this entry.
    private let outcomesSoFar: Int

    init(_ row: Row) throws {
        entry = try Decoding.entry(row)
        key = row[6]
        state = try row.hasNull(atIndex: 7) ? nil : Decoding.code(row, 7)
        attempts = row[8]
        hasEarlierIntent = row[9]
        outcomesSoFar = row[10]
    }

    /// The first thing that is wrong with the entry, if any.
    func problem(expectedIndex: Int64) -> ProblemCode? {
        if entry.index != expectedIndex { return .gap }
        return problemOfText ?? problemOfPlace
    }

    private var problemOfText: ProblemCode? {
        if Merkle.leafHash(entry.canonicalBytes) != entry.leafHash { return .wrongLeafHash }
        guard case .success(let value) = StrictJSON.read(entry.canonicalBytes) else { return .unreadable }
        guard value.canonicalBytes == entry.canonicalBytes else { return .notCanonical }
        guard let key else { return .deliveryMissing }
        if value["soort"]?.string != entry.kind.rawValue { return .wrongKind }
        if value["poging"]?.integer != entry.attempt { return .wrongAttempt }
        if value["aflevering"]?.string != key { return .wrongDelivery }
        return nil
    }

    private var problemOfPlace: ProblemCode? {
        switch entry.kind {
        case .intent:
            guard let state, let attempts else { return .deliveryMissing }
            return state.mayHaveIntent || attempts > 0 ? nil : .impossibleState
        case .outcome:
            if !hasEarlierIntent { return .intentMissing }
            return outcomesSoFar > 1 ? .secondOutcome : nil
        case .settled:
            return outcomesSoFar == 1 ? nil : .intentMissing
        case .afterwards:
            return nil
        }
    }
}

extension DeliveryState {
    /// Whether something left, or may have left, in this state. Any other state can have an intent only from an earlier attempt.
    fileprivate var mayHaveIntent: Bool {
        switch self {
        case .waiting, .refused, .releasable: false
        default: true
        }
    }
}
