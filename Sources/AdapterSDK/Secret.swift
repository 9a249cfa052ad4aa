// SPDX-License-Identifier: EUPL-1.2

/// A value that never prints itself: passwords, tokens, keys.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    public init(_ value: String) {
        self.value = value
    }

    /// Hands out the value at the one place that needs it.
    public func exposed<Result>(_ use: (String) throws -> Result) rethrows -> Result {
        try use(value)
    }

    public var description: String { "(secret)" }
    public var debugDescription: String { "(secret)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
