// SPDX-License-Identifier: EUPL-1.2

/// RFC 4648, in lines as mail wants them.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: encoded(bytes), as: UTF8.self)
    }

    /// Lines of 76 characters with CRLF between them.
    static func lines(_ bytes: [UInt8]) -> String {
        var all: [UInt8] = []
        all.reserveCapacity(bytes.count / 57 * 78 + 80)
        for start in stride(from: 0, to: bytes.count, by: 57) {
            if start > 0 { all += [13, 10] }
            all += encoded(bytes[start..<min(start + 57, bytes.count)])
        }
        return String(decoding: all, as: UTF8.self)
    }

    private static func encoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let count = min(3, bytes.endIndex - index)
            var group = UInt32(bytes[index]) << 16
            if count > 1 { group |= UInt32(bytes[index + 1]) << 8 }
            if count > 2 { group |= UInt32(bytes[index + 2]) }
            for position in 0..<4 {
                let sextet = Int(group >> UInt32(18 - 6 * position)) & 63
                result.append(position <= count ? alphabet[sextet] : UInt8(ascii: "="))
            }
            index += count
        }
        return result
    }
}
