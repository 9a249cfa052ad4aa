// SPDX-License-Identifier: EUPL-1.2

/// When a delivery that could not be sent is tried again: exponential backoff with jitter, and an upper bound.
public struct RetryPolicy: Sendable, Hashable, Codable {
    /// Seconds before the second attempt.
    public let firstDelaySeconds: Int
    /// What each next delay is multiplied by.
    public let factor: Int
    public let longestDelaySeconds: Int
    /// After this many attempts the delivery is parked for a person.
    public let maximumAttempts: Int

    /// By default 18 attempts over about 12 hours: long enough for a night's outage, short enough for somebody to look the same day.
    public static let standard = RetryPolicy(
        firstDelaySeconds: 5, factor: 3, longestDelaySeconds: 3_600, maximumAttempts: 18)

    public init(firstDelaySeconds: Int, factor: Int, longestDelaySeconds: Int, maximumAttempts: Int) {
        self.firstDelaySeconds = firstDelaySeconds
        self.factor = factor
        self.longestDelaySeconds = longestDelaySeconds
        self.maximumAttempts = maximumAttempts
    }

    /// Milliseconds to wait after attempt number `attempt` (from 1), or nil when attempts have run out.
    ///
    /// - Parameters:
    ///   - jitter: from 0 to 1: takes off up to a quarter, so that queues do not all come back at once.
    ///   - retryAfterSeconds: what the counterpart asked for: never earlier than that, at most a day.
    public func delay(afterAttempt attempt: Int, jitter: Double, retryAfterSeconds: Int?) -> Int64? {
        guard attempt < maximumAttempts else { return nil }
        var delay = max(1, firstDelaySeconds)
        for _ in 1..<max(1, attempt) where delay < longestDelaySeconds { delay *= max(1, factor) }
        let full = Int64(min(delay, longestDelaySeconds)) * 1_000
        let jittered = full - Int64(Double(full) * 0.25 * min(1, max(0, jitter)))
        let asked = Int64(min(max(0, retryAfterSeconds ?? 0), 86_400)) * 1_000
        return max(jittered, asked)
    }
}
