// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// The byte sequences that give a canary away.
struct CanaryNeedles: Sendable {
    /// In lower case (ASCII letters): looked for in text in lower case.
    let text: Set<[UInt8]>
    let latin1: Set<[UInt8]>
    let utf16: Set<[UInt8]>
    let hex: Set<[UInt8]>
    /// As it is: base64 knows upper and lower case.
    let base64: Set<[UInt8]>
    /// The digits of a canary that is a number of eight digits or more.
    let digits: [UInt8]?

    init(_ value: String) {
        let writings = [value, value.lowercased(), value.uppercased()]
        let utf8 = writings.flatMap { writing in
            [writing.precomposedStringWithCanonicalMapping, writing.decomposedStringWithCanonicalMapping]
                .map { Array($0.utf8) }
        }
        let composed = writings.map(\.precomposedStringWithCanonicalMapping)
        let latin = composed.compactMap { Self.latin1($0) }
        let wide = composed.flatMap { writing in
            [
                writing.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
                writing.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] },
            ]
        }
        text = Set(utf8.map(\.asciiLowered))
        latin1 = Set(latin.map(\.asciiLowered)).subtracting(Set(utf8.map(\.asciiLowered)))
        utf16 = Set(wide.map(\.asciiLowered))
        let all = Set(utf8 + latin + wide)
        hex = Set(all.filter { $0.count >= 4 }.map { Self.hex($0) })
        base64 = Set(all.flatMap { Self.base64Cores($0) })
        let numerals = Array(value.utf8)
        digits = numerals.count >= 8 && numerals.allSatisfy(\.isDigit) ? numerals : nil
    }

    private static func latin1(_ text: String) -> [UInt8]? {
        let scalars = text.unicodeScalars
        guard scalars.allSatisfy({ $0.value < 256 }) else { return nil }
        return scalars.map { UInt8($0.value) }
    }

    private static func hex(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    /// The characters that stand in every base64 text around these bytes, for each of the three ways they can lie in its
    /// groups. None for fewer than six characters: they would be found everywhere.
    private static func base64Cores(_ bytes: [UInt8]) -> [[UInt8]] {
        (0..<3).compactMap { shift in
            let encoded = Base64.encode(Array(repeating: 0, count: shift) + bytes)
            let first = (shift * 8 + 5) / 6
            let end = (shift + bytes.count) * 8 / 6
            return end - first >= 6 ? Array(encoded[first..<end]) : nil
        }
    }
}
