// SPDX-License-Identifier: EUPL-1.2
import Synchronization

/// How fast one counterpart wants to be asked: so many requests a minute, and nothing before the moment it named itself.
///
/// Requests wait for their turn here, and hold up those to this counterpart only. A short closing is waited out as well; a longer
/// one is answered as the counterpart did, so that the adapter plans its next attempt for the right moment.
final class Pace: Sendable {
    enum Turn: Sendable, Hashable {
        case now
        case at(ContinuousClock.Instant)
        /// Closed for so many seconds yet; the counterpart's own status then.
        case closed(seconds: Int, status: Int)
    }

    /// A closing this short is waited out.
    static let patience = Duration.seconds(10)
    /// What the counterpart says about one request holds up the others for a quarter of an hour at most: a report must not stay
    /// behind for a day because of what a page of news was told.
    static let longestClosing = 900

    private struct State {
        /// Between two requests.
        var spacing: Duration?
        var nextFree: ContinuousClock.Instant?
        var closed: (until: ContinuousClock.Instant, status: Int)?
    }

    private let state = Mutex(State())

    init(requestsPerMinute: Int? = nil) {
        limit(to: requestsPerMinute)
    }

    /// The strictest limit counts when several recipients are served at one address.
    func limit(to requestsPerMinute: Int?) {
        guard let requestsPerMinute else { return }
        let spacing = Duration.seconds(60) / max(1, requestsPerMinute)
        state.withLock { $0.spacing = max($0.spacing ?? spacing, spacing) }
    }

    /// Takes a turn. A turn that is given belongs to the caller, who waits until its moment.
    func take(now: ContinuousClock.Instant = .now) -> Turn {
        state.withLock { state in
            if let closed = state.closed {
                if closed.until - now > Self.patience {
                    return .closed(seconds: Self.wholeSeconds(closed.until - now), status: closed.status)
                }
                if closed.until <= now { state.closed = nil }
            }
            let earliest = max(now, state.closed?.until ?? now, state.nextFree ?? now)
            if let spacing = state.spacing { state.nextFree = earliest + spacing }
            return earliest > now ? .at(earliest) : .now
        }
    }

    /// Whether the counterpart asked for rest while somebody waited for a turn.
    func rest(now: ContinuousClock.Instant = .now) -> Turn? {
        state.withLock { state in
            guard let closed = state.closed, closed.until > now else { return nil }
            return .closed(seconds: Self.wholeSeconds(closed.until - now), status: closed.status)
        }
    }

    /// The counterpart asked for rest.
    func close(seconds: Int, status: Int, now: ContinuousClock.Instant = .now) {
        guard seconds > 0 else { return }
        let until = now + .seconds(min(seconds, Self.longestClosing))
        state.withLock { state in
            if let closed = state.closed, closed.until >= until { return }
            state.closed = (until, status)
        }
    }

    private static func wholeSeconds(_ duration: Duration) -> Int {
        let (seconds, rest) = duration.components
        return Int(seconds) + (rest > 0 ? 1 : 0)
    }
}

/// The paces of all counterparts, one for each address.
final class PaceBook: Sendable {
    private let paces = Mutex<[BaseURL: Pace]>([:])

    func pace(for address: BaseURL, requestsPerMinute: Int?) -> Pace {
        let pace = paces.withLock { paces in
            let pace = paces[address] ?? Pace()
            paces[address] = pace
            return pace
        }
        pace.limit(to: requestsPerMinute)
        return pace
    }
}
