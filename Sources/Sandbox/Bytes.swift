// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// Looking things up in bytes; the C library's search keeps it fast in debug builds too.
extension UnsafeRawBufferPointer {
    /// Where `needle` first begins at or after `start`, counted from the beginning; an empty needle is never found.
    func firstOffset(of needle: [UInt8], from start: Int = 0) -> Int? {
        // Databases are full of zeros: search for a byte that tells more.
        let anchor = needle.firstIndex { $0 != 0 } ?? 0
        guard !needle.isEmpty, start >= 0, let base = baseAddress else { return nil }
        return needle.withUnsafeBytes { wanted -> Int? in
            guard let first = wanted.baseAddress else { return nil }
            var position = start
            while position <= count - wanted.count {
                let span = count - wanted.count - position + 1
                guard let hit = memchr(base + position + anchor, Int32(wanted[anchor]), span) else { return nil }
                let candidate = UnsafeRawPointer(hit) - base - anchor
                if memcmp(base + candidate, first, wanted.count) == 0 { return candidate }
                position = candidate + 1
            }
            return nil
        }
    }
}

extension [UInt8] {
    static let lineEnd: [UInt8] = [13, 10]

    func firstOffset(of needle: [UInt8], from start: Int = 0) -> Int? {
        withUnsafeBytes { $0.firstOffset(of: needle, from: start) }
    }

    func holds(_ needle: [UInt8]) -> Bool { firstOffset(of: needle) != nil }

    /// ASCII letters in lower case, every other byte as it is.
    var asciiLowered: [UInt8] {
        var result = self
        result.withUnsafeMutableBufferPointer { bytes in
            for index in bytes.indices where bytes[index] >= 65 && bytes[index] <= 90 { bytes[index] |= 0x20 }
        }
        return result
    }
}

extension UInt8 {
    /// The value of a hexadecimal digit.
    var hexValue: UInt8? {
        switch self {
        case 48...57: self - 48
        case 65...70: self - 55
        case 97...102: self - 87
        default: nil
        }
    }

    var isDigit: Bool { self >= 48 && self <= 57 }

    var isBlank: Bool { self == 32 || self == 9 }
}
