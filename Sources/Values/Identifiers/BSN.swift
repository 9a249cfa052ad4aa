// SPDX-License-Identifier: EUPL-1.2

/// The Dutch citizen service number: nine digits with an eleven-test. The gateway keeps it out of identifiers and texts, so
/// there is no value type for one, only the ways to notice it.
public enum BSN {
    /// What stands in a text where a BSN was.
    public static let mask = "•••••••••"

    /// Whether a text is exactly nine digits, not all zero, whose sum with the weights 9, 8 ... 2, -1 divides by eleven.
    public static func passesElevenTest(_ text: some StringProtocol) -> Bool {
        var token = Token()
        for byte in text.utf8 { token.append(byte) }
        return token.isBSN
    }

    /// Whether a context attribute holds a BSN: the whole value, or a token between characters that are neither letters nor
    /// digits, is exactly nine digits and passes the eleven-test.
    ///
    /// Coarser rules refuse UUIDs and times that merely contain nine such digits. Times, `traceparent` and UUIDs
    /// (`UUIDText.isUUID`) are for the caller to exempt, and so are sources whose ids are running numbers: 1 in 11 passes.
    public static func isPresent(inContextValue value: String) -> Bool {
        guard hasNineDigitsInARow(value) else { return false }
        var token = Token()
        for scalar in value.unicodeScalars {
            if scalar.isASCII, isAlphanumeric(scalar) {
                token.append(UInt8(ascii: scalar))
            } else if isAlphanumeric(scalar) {
                token.append(UInt8.max)
            } else if token.isBSN {
                return true
            } else {
                token = Token()
            }
        }
        return token.isBSN
    }

    /// A quick look that settles nearly every value: it looks where a run would end and skips what cannot be in one.
    private static func hasNineDigitsInARow(_ value: String) -> Bool {
        var value = value
        return value.withUTF8 { bytes in
            var end = 8
            while end < bytes.count {
                var at = end
                while at > end - 9, bytes[at] &- UInt8(ascii: "0") <= 9 { at -= 1 }
                if at == end - 9 { return true }
                end = at + 9
            }
            return false
        }
    }

    /// A run of letters and digits, of which only the eleven-test sum is kept.
    struct Token {
        private var length = 0
        private var sum = 0
        private var onlyDigits = true
        private var onlyZeros = true

        /// Takes the next character; one that is no ASCII digit makes the token something else than a BSN.
        mutating func append(_ byte: UInt8) {
            let digit = Int(byte) - Int(UInt8(ascii: "0"))
            length += 1
            onlyDigits = onlyDigits && digit >= 0 && digit <= 9
            guard onlyDigits, length <= 9 else { return }
            onlyZeros = onlyZeros && digit == 0
            sum += digit * (length == 9 ? -1 : 10 - length)
        }

        var isBSN: Bool {
            length == 9 && onlyDigits && !onlyZeros && sum.isMultiple(of: 11)
        }
    }

    static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", "a"..."z", "A"..."Z": true
        case "\0"..."\u{7F}": false
        default: scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        }
    }
}
