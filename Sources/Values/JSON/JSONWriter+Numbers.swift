// SPDX-License-Identifier: EUPL-1.2

extension JSONWriter {
    /// A number as ECMAScript writes it (RFC 8785 section 3.2.2.3); `null` for one that is not finite.
    static func text(of number: Double) -> String {
        guard number.isFinite else { return "null" }
        guard number != 0 else { return "0" }
        let (digits, point) = shortestDigits(of: number.magnitude)
        let text = layOut(digits, point: point)
        return number < 0 ? "-" + text : text
    }

    /// The fewest digits that read back as this number, the value being `0.digits` times ten to the power `point`.
    ///
    /// The standard library finds the same digits as ECMAScript (shortest, then closest) and differs in layout only.
    private static func shortestDigits(of number: Double) -> (digits: String, point: Int) {
        let parts = number.description.split(separator: "e")
        let mantissa = parts.first?.split(separator: ".", omittingEmptySubsequences: false) ?? []
        let whole = mantissa.first ?? ""
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let all = whole + fraction
        let leadingZeros = all.prefix { $0 == "0" }.count
        var digits = all.dropFirst(leadingZeros)
        while digits.last == "0" { digits.removeLast() }
        return (String(digits), whole.count + exponent - leadingZeros)
    }

    private static func layOut(_ digits: String, point: Int) -> String {
        // Never more than 17, so the first range below is never empty.
        let count = digits.count
        switch point {
        case count...21:
            return digits + String(repeating: "0", count: point - count)
        case 1...21:
            return "\(digits.prefix(point)).\(digits.dropFirst(point))"
        case -5...0:
            return "0." + String(repeating: "0", count: -point) + digits
        default:
            let exponent = point > 0 ? "e+\(point - 1)" : "e\(point - 1)"
            return digits.prefix(1) + (count > 1 ? "." : "") + digits.dropFirst() + exponent
        }
    }
}
