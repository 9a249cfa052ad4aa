// SPDX-License-Identifier: EUPL-1.2
import Synchronization

/// Tells a transfer on another thread that it must end, at once or from a moment on.
final class StopSignal: Sendable {
    private let order = Mutex<(reason: TransferStop, from: ContinuousClock.Instant)?>(nil)

    /// The earliest order counts.
    func give(_ reason: TransferStop, from moment: ContinuousClock.Instant = .now) {
        order.withLock { order in
            if let order, order.from <= moment { return }
            order = (reason, moment)
        }
    }

    /// The reason to end now, if there is one.
    var due: TransferStop? {
        order.withLock { order in
            guard let order, order.from <= .now else { return nil }
            return order.reason
        }
    }
}
