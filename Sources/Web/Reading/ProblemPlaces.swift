// SPDX-License-Identifier: EUPL-1.2
import Values

/// Finds line and column of what is wrong in a body.
///
/// Each look reads the text again, so there is an end to it: a large body with many problems gets positions for the first ones.
struct ProblemPlaces {
    private let bytes: [UInt8]
    private var looksLeft: Int

    /// About as much reading as eight full bodies.
    private static let budget = 8 << 20

    init(in bytes: [UInt8]) {
        self.bytes = bytes
        looksLeft = min(100, max(2, Self.budget / max(1, bytes.count)))
    }

    /// The item with its position, if it is a place in the body. What is missing is shown where it should have stood.
    mutating func locate(_ item: Problem.Item) -> Problem.Item {
        guard item.position == nil, item.place.isEmpty || item.place.hasPrefix("/") else { return item }
        var item = item
        var pointer = JSONPointer(item.place)
        while let sought = pointer, item.position == nil, looksLeft > 0 {
            looksLeft -= 1
            item.position = StrictJSON.position(of: sought, in: bytes)
            pointer = sought.parent
        }
        return item
    }
}
