// SPDX-License-Identifier: EUPL-1.2
import Values

extension JSONValue {
    /// Any value that I-JSON allows, at most `depth` deep.
    static func random(depth: Int, using generator: inout SplitMix64) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &generator) {
        case 0: return .null
        case 1: return .bool(.random(using: &generator))
        case 2: return .number(Double(Int.random(in: -1000...1000, using: &generator)))
        case 3: return .number(randomDouble(using: &generator))
        case 4: return .string(randomText(using: &generator))
        case 5:
            let count = Int.random(in: 0...4, using: &generator)
            return .array((0..<count).map { _ in random(depth: depth - 1, using: &generator) })
        default:
            var members: [String: JSONValue] = [:]
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                members[randomText(using: &generator)] = random(depth: depth - 1, using: &generator)
            }
            return .object(members)
        }
    }

    private static func randomDouble(using generator: inout SplitMix64) -> Double {
        while true {
            let value = Double(bitPattern: generator.next())
            if value.isFinite { return value }
        }
    }

    private static func randomText(using generator: inout SplitMix64) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...8, using: &generator) {
            let limits: [UInt32] = [0x20, 0x7F, 0x7FF, 0xFFFF, 0x10FFFF]
            let limit = limits[Int.random(in: 0..<limits.count, using: &generator)]
            let value = UInt32.random(in: 1...limit, using: &generator)
            let isNoncharacter = value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value)
            if let scalar = Unicode.Scalar(value), !isNoncharacter { text.append(scalar) }
        }
        return String(text)
    }
}
