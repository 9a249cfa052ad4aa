// SPDX-License-Identifier: EUPL-1.2

/// Where one delivery (*aflevering*: one event to one recipient) stands.
public enum DeliveryState: String, Codable, Sendable, CaseIterable, Hashable {
    /// The rules wait for a person's confirmation. Nothing has left.
    case waiting
    /// Ready to be sent at its due time. Nothing has left since the last attempt, if there was one.
    case queued
    /// The intent row is on disk and the adapter has been called. After a crash this becomes `unknown`.
    case sending
    /// The counterpart accepted it. Final.
    case delivered
    /// The counterpart refused it for good. A person may retry or cancel.
    case rejected
    /// The rules refused it. Nothing left. Final.
    case refused
    /// Attempts ran out. A person may retry or cancel.
    case parked
    /// It may have arrived: it counts as disclosed. A person settles it: `delivered`, or `queued` to send again.
    case unknown
    /// Handover: confirmed, ready to be released to the person who passes it on. Nothing has left.
    case releasable
    /// Handover: the text was released; counts as disclosed until the person closes it.
    case released
    /// Handover: closed as *verstrekt*. Final.
    case handedOver
    /// Handover: closed as *niet verstrekt*. Final.
    case notHandedOver
    /// A person cancelled it before it left. Final.
    case cancelled

    /// Final states have no way out.
    public var isFinal: Bool { Self.transitions[self, default: []].isEmpty }

    /// Whether the recipient is known to have it, as far as anybody can tell.
    public var hasArrived: Bool { self == .delivered || self == .handedOver }

    /// States in which a person must do something before anything happens.
    public var needsPerson: Bool {
        switch self {
        case .waiting, .rejected, .parked, .unknown, .releasable, .released: true
        default: false
        }
    }

    /// Every allowed transition; the store enforces the same table.
    public static let transitions: [DeliveryState: Set<DeliveryState>] = [
        .waiting: [.queued, .releasable, .refused, .cancelled],
        .queued: [.sending, .waiting, .refused, .parked, .cancelled],
        .sending: [.delivered, .rejected, .queued, .parked, .unknown],
        .rejected: [.queued, .cancelled],
        .parked: [.queued, .cancelled],
        .unknown: [.delivered, .queued, .notHandedOver],
        .releasable: [.released, .refused, .waiting, .cancelled],
        .released: [.handedOver, .notHandedOver],
    ]

    public func mayBecome(_ next: DeliveryState) -> Bool {
        Self.transitions[self, default: []].contains(next)
    }
}
