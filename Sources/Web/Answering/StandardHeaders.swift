// SPDX-License-Identifier: EUPL-1.2
import Gateway
import HTTPTypes
import Synchronization
import Values

/// The headers that every answer has (Dutch API Design Rules: API-Version, transport security, no caching).
struct StandardHeaders: Sendable {
    /// The version of the API, semantic: what breaks callers raises the first number, and the `/v1` in the addresses with it.
    static let apiVersion = "1.0.0"

    private let common: HTTPFields
    private let clock = HTTPClock()

    init(hasTLS: Bool) {
        var fields = HTTPFields()
        let pairs = [
            ("API-Version", Self.apiVersion),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "no-referrer"),
        ]
        for (name, value) in pairs { fields.append(Self.field(name, value)) }
        if hasTLS { fields.append(Self.field("Strict-Transport-Security", "max-age=31536000")) }
        common = fields
    }

    /// The complete headers of an answer.
    func fields(for answer: Answer) -> HTTPFields {
        var fields = common
        fields.append(HTTPField(name: .date, value: clock.text(for: Surroundings.system.now())))
        fields.append(HTTPField(name: .contentType, value: answer.mediaType))
        fields.append(HTTPField(name: .contentLength, value: String(answer.body.count)))
        // A page brings a policy of its own; with two of them a browser would keep to both.
        if answer.headers[.contentSecurityPolicy] != nil { fields[.contentSecurityPolicy] = nil }
        for field in answer.headers { fields.append(field) }
        return fields
    }

    private static func field(_ name: String, _ value: String) -> HTTPField {
        // A name that HTTP does not allow would lose the header; the tests see every one of these.
        HTTPField(name: HTTPField.Name(name) ?? .cacheControl, value: value)
    }
}

/// The `Date` header (RFC 9110 section 5.6.7), written once a second.
private final class HTTPClock: Sendable {
    private let latest = Mutex<(second: Int64, text: String)>((.min, ""))

    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    func text(for time: Timestamp) -> String {
        let second = time.millisecondsSince1970 / 1_000
        return latest.withLock { latest in
            if latest.second != second { latest = (second, Self.format(time, second: second)) }
            return latest.text
        }
    }

    private static func format(_ time: Timestamp, second: Int64) -> String {
        // 2026-11-22T10:15:30.123Z
        let parts = time.description.split { "-T.".contains($0) }
        guard parts.count == 5, let month = Int(parts[1]), months.indices.contains(month - 1) else { return "" }
        let day = days[Int(second / 86_400 % 7)]
        return "\(day), \(parts[2]) \(months[month - 1]) \(parts[0]) \(parts[3]) GMT"
    }
}
