// SPDX-License-Identifier: EUPL-1.2
public import Disclosures
public import Values

/// What one attempt leads to: a pure function of the outcome, the attempt and the retry policy.
public struct Settlement: Sendable, Hashable {
    public let state: DeliveryState
    public let reason: String?
    /// For `queued`: when to try again.
    public let dueAt: Timestamp?

    /// - Parameters:
    ///   - attempt: the number of the attempt that this is the outcome of, from 1.
    ///   - jitter: from 0 to 1.
    public static func of(
        _ outcome: Outcome, attempt: Int, policy: RetryPolicy, jitter: Double, at now: Timestamp
    ) -> Settlement {
        switch outcome {
        case .accepted:
            return Settlement(state: .delivered, reason: nil, dueAt: nil)
        case .rejected(let reason):
            return Settlement(state: .rejected, reason: reason.label.rawValue, dueAt: nil)
        case .unknown(let reason):
            return Settlement(state: .unknown, reason: reason.label.rawValue, dueAt: nil)
        case .retry(let seconds, let reason):
            guard let delay = policy.delay(afterAttempt: attempt, jitter: jitter, retryAfterSeconds: seconds) else {
                return Settlement(state: .parked, reason: reason.label.rawValue, dueAt: nil)
            }
            return Settlement(state: .queued, reason: reason.label.rawValue, dueAt: now.adding(milliseconds: delay))
        }
    }
}

/// Whether a recipient as a whole is in trouble: one notice when it begins, one when it ends, none in between.
public struct RecipientTrouble: Sendable, Hashable {
    public enum Change: Sendable, Hashable { case began, ended }

    /// Attempts in a row that found the recipient out of reach before it counts as trouble: one slip is no trouble.
    public static let threshold = 2

    private var failures = 0
    public private(set) var isTroubled: Bool

    public init(isTroubled: Bool) {
        self.isTroubled = isTroubled
    }

    /// Takes in the outcome of one attempt; answers when something changed.
    public mutating func record(_ outcome: Outcome) -> Change? {
        switch outcome {
        case .retry, .unknown:
            failures += 1
            guard failures >= Self.threshold, !isTroubled else { return nil }
            isTroubled = true
            return .began
        case .accepted, .rejected:
            failures = 0
            guard isTroubled else { return nil }
            isTroubled = false
            return .ended
        }
    }
}
