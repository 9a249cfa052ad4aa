// SPDX-License-Identifier: EUPL-1.2
public import Values

/// The clock of what waits for a person: reminders to who must act, then an end. A hold never turns into a send by itself.
public struct HoldClock: Sendable, Hashable {
    /// Between reminders, and before the first one.
    public let remindAfterSeconds: Int
    /// After this long it is cancelled, and its owners and submitter hear of it.
    public let expireAfterSeconds: Int

    public init(remindAfterSeconds: Int, expireAfterSeconds: Int) {
        self.remindAfterSeconds = remindAfterSeconds
        self.expireAfterSeconds = expireAfterSeconds
    }

    /// What is due for something that has waited since a time.
    public enum Due: Sendable, Hashable {
        /// The number of the reminder, from 1, and when to look again.
        case remind(number: Int, next: Timestamp)
        case expire
        /// Looked too early.
        case nothing(next: Timestamp)
    }

    public func firstLook(since: Timestamp) -> Timestamp {
        since.adding(seconds: min(remindAfterSeconds, expireAfterSeconds))
    }

    public func due(since: Timestamp, at now: Timestamp) -> Due {
        let waited = now.millisecondsSince(since) / 1_000
        if waited >= Int64(expireAfterSeconds) { return .expire }
        let number = Int(waited / Int64(remindAfterSeconds))
        let end = since.adding(seconds: expireAfterSeconds)
        let next = min(since.adding(seconds: (number + 1) * remindAfterSeconds), end)
        return number == 0 ? .nothing(next: next) : .remind(number: number, next: next)
    }
}
