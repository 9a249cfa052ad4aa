// SPDX-License-Identifier: EUPL-1.2

/// A number as somebody may see it.
public enum ShownFigure: Sendable, Hashable, CustomStringConvertible {
    case exact(Int)
    /// From and to, both included.
    case band(Int, Int)
    /// Below 5, or hidden because a number below 5 could be computed from it.
    case hidden

    /// The largest number that may point to persons.
    public static let largestSmall = 4
    /// What stands where nothing is shown: *niet getoond*.
    public static let hiddenText = "n.g."

    /// The least that it can be for who sees only this.
    public var least: Int {
        switch self {
        case .exact(let count): count
        case .band(let low, _): low
        case .hidden: 0
        }
    }

    /// The most that it can be for who sees only this; nil without a bound.
    public var most: Int? {
        switch self {
        case .exact(let count): count
        case .band(_, let high): high
        case .hidden: nil
        }
    }

    /// `17`, `1-4`, `n.g.`.
    public var description: String {
        switch self {
        case .exact(let count): String(count)
        case .band(let low, let high): "\(low)-\(high)"
        case .hidden: Self.hiddenText
        }
    }
}
