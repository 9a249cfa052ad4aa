// SPDX-License-Identifier: EUPL-1.2

/// One code point as it stands in UTF-8 bytes.
struct UTF8Scalar {
    let value: UInt32
    let length: Int

    /// Decodes the code point that starts at `start`; nil for overlong forms, surrogates, anything above U+10FFFF and
    /// sequences cut short.
    init?(_ bytes: [UInt8], at start: Int) {
        let lead = bytes[start]
        let (length, bits, lowest): (Int, UInt32, UInt32)
        switch lead {
        case 0..<0x80: (length, bits, lowest) = (1, UInt32(lead), 0)
        case 0xC2...0xDF: (length, bits, lowest) = (2, UInt32(lead & 0x1F), 0x80)
        case 0xE0...0xEF: (length, bits, lowest) = (3, UInt32(lead & 0x0F), 0x800)
        case 0xF0...0xF4: (length, bits, lowest) = (4, UInt32(lead & 0x07), 0x10000)
        default: return nil
        }
        guard start + length <= bytes.count else { return nil }
        var value = bits
        for index in start + 1..<start + length {
            guard UTF8Scalar.isContinuation(bytes[index]) else { return nil }
            value = value << 6 | UInt32(bytes[index] & 0x3F)
        }
        guard value >= lowest, value <= 0x10FFFF, !(0xD800...0xDFFF).contains(value) else { return nil }
        self.value = value
        self.length = length
    }

    /// Whether a byte goes on with a code point begun before it.
    static func isContinuation(_ byte: UInt8) -> Bool {
        byte & 0xC0 == 0x80
    }

    /// The 66 code points that Unicode keeps for internal use; I-JSON refuses them.
    static func isNoncharacter(_ value: UInt32) -> Bool {
        value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value)
    }
}
