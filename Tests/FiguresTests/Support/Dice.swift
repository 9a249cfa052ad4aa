// SPDX-License-Identifier: EUPL-1.2

/// Numbers that look random and are the same on every run (SplitMix64).
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: Int) {
        state = UInt64(truncatingIfNeeded: seed)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// A count as a school has it: mostly none or a few.
    mutating func count() -> Int {
        switch Int.random(in: 0..<10, using: &self) {
        case 0..<3: 0
        case 3..<7: Int.random(in: 1...4, using: &self)
        case 7..<9: Int.random(in: 5...9, using: &self)
        default: Int.random(in: 10...30, using: &self)
        }
    }

    mutating func counts(_ rows: Int, _ columns: Int) -> [[Int]] {
        (0..<rows).map { _ in (0..<columns).map { _ in count() } }
    }
}
