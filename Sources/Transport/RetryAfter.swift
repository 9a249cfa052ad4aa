// SPDX-License-Identifier: EUPL-1.2
import CCurl
import Values

/// The `Retry-After` header (RFC 9110, 10.2.3).
enum RetryAfter {
    /// A day: a counterpart cannot park a delivery for longer than that.
    static let longest = 86_400

    /// - Returns: Seconds from now, at most a day; nothing when the value is neither a number nor a date.
    static func seconds(_ text: String, now: Timestamp) -> Int? {
        let value = text.filter { $0 != " " && $0 != "\t" }
        if !value.isEmpty, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return min(Int(value) ?? longest, longest)
        }
        guard text.contains(":") else { return nil }
        let moment = Int(curl_getdate(text, nil))
        return moment < 0 ? nil : max(0, min(moment - Int(now.millisecondsSince1970 / 1000), longest))
    }
}
