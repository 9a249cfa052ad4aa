// SPDX-License-Identifier: EUPL-1.2

extension JSONReader {
    /// The parts of a written number, as far as they fit.
    private struct Numeral {
        var isNegative = false
        /// The digits without their point; meaningless once `isLong`.
        var digits: UInt64 = 0
        /// More digits than 64 bits are sure to hold.
        var isLong = false
        var isZero = true
        var hasFractionOrExponent = false
        /// The power of ten that `digits` are times.
        var exponent = 0

        mutating func append(_ digit: UInt8) {
            if digits >= 1_000_000_000_000_000_000 { isLong = true }
            if !isLong { digits = digits * 10 + UInt64(digit) }
            if digit != 0 { isZero = false }
        }
    }

    /// 10^0...10^22: the powers of ten that a double holds exactly.
    private static let exactPowers: [Double] = (0..<22).reduce(into: [1]) { powers, _ in
        powers.append((powers.last ?? 1) * 10)
    }

    private static let exactLimit: UInt64 = 1 << 53

    /// Reads the number that starts here; what is not one is noted and passed over.
    mutating func readNumber() -> Double {
        let start = at
        guard let numeral = scanNumeral(), at == bytes.count || JSONReader.isDelimiter(bytes[at]) else {
            skipToDelimiter()
            note(.invalidNumber, at: start)
            return 0
        }
        if let value = JSONReader.exactValue(of: numeral) { return value }
        return nearestValue(of: numeral, from: start)
    }

    /// Follows the grammar of RFC 8259 section 6; nil where it is broken.
    private mutating func scanNumeral() -> Numeral? {
        var numeral = Numeral()
        if bytes[at] == UInt8(ascii: "-") {
            numeral.isNegative = true
            at += 1
        }
        let startsWithZero = at < bytes.count && bytes[at] == UInt8(ascii: "0")
        let whole = scanDigits(into: &numeral)
        guard whole == 1 || (whole > 1 && !startsWithZero) else { return nil }
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
            at += 1
            let fraction = scanDigits(into: &numeral)
            guard fraction > 0 else { return nil }
            numeral.exponent = -fraction
            numeral.hasFractionOrExponent = true
        }
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
            guard let exponent = scanExponent() else { return nil }
            numeral.exponent += exponent
            numeral.hasFractionOrExponent = true
        }
        return numeral
    }

    private mutating func scanDigits(into numeral: inout Numeral) -> Int {
        let start = at
        while at < bytes.count, let digit = JSONReader.digit(bytes[at]) {
            numeral.append(digit)
            at += 1
        }
        return at - start
    }

    private mutating func scanExponent() -> Int? {
        at += 1
        var isNegative = false
        if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") {
            isNegative = bytes[at] == UInt8(ascii: "-")
            at += 1
        }
        let start = at
        var exponent = 0
        while at < bytes.count, let digit = JSONReader.digit(bytes[at]) {
            // Far beyond any double already; growing further would only overflow.
            if exponent < 1_000_000 { exponent = exponent * 10 + Int(digit) }
            at += 1
        }
        guard at > start else { return nil }
        return isNegative ? -exponent : exponent
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        let digit = byte &- UInt8(ascii: "0")
        return digit <= 9 ? digit : nil
    }

    /// The value where one rounding gives it: digits and power of ten are both exact doubles.
    private static func exactValue(of numeral: Numeral) -> Double? {
        guard !numeral.isLong, numeral.digits <= exactLimit else { return nil }
        var value = Double(numeral.digits)
        if numeral.exponent < 0 {
            guard numeral.exponent >= -22 else { return nil }
            value /= exactPowers[-numeral.exponent]
        } else if numeral.exponent > 0 {
            guard numeral.exponent <= 22 else { return nil }
            value *= exactPowers[numeral.exponent]
        }
        return numeral.isNegative ? -value : value
    }

    /// The nearest double, for long numbers; notes those that a double cannot stand for.
    private mutating func nearestValue(of numeral: Numeral, from start: Int) -> Double {
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        guard let value = Double(text), value.isFinite, value != 0 || numeral.isZero else {
            note(.numberOutOfRange, at: start)
            return 0
        }
        if !numeral.hasFractionOrExponent, !JSONReader.isKept(text, as: value) { note(.numberNotExact, at: start) }
        return value
    }

    /// Whether a long integer survives as this double: it is equal to it, or is how the canonical writer spells it.
    private static func isKept(_ text: String, as value: Double) -> Bool {
        if let exact = Int128(text), exact.magnitude == wholeMagnitude(of: value) { return true }
        return JSONWriter.text(of: value) == text
    }

    /// The magnitude of a double from 2^53 up, where all are whole; nil beyond 128 bits.
    ///
    /// From its bits, as converting by `exactly:` needs the C mathematics library and this module links with nothing.
    private static func wholeMagnitude(of value: Double) -> UInt128? {
        let shift = Int(value.exponent) - Double.significandBitCount
        guard (1..<75).contains(shift) else { return nil }
        return UInt128(value.significandBitPattern | 1 << Double.significandBitCount) << shift
    }
}
