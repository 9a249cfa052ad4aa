// SPDX-License-Identifier: EUPL-1.2

/// The written form of a UUID (RFC 9562).
public enum UUIDText {
    /// Whether a text is 8-4-4-4-12 hexadecimal digits with hyphens, in either case; any version, nothing around it.
    public static func isUUID(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count == 36 else { return false }
            for index in 0..<36 {
                switch index {
                case 8, 13, 18, 23: guard bytes[index] == UInt8(ascii: "-") else { return false }
                default: guard isHexadecimal(bytes[index]) else { return false }
                }
            }
            return true
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
