// SPDX-License-Identifier: EUPL-1.2
import HTTPTypes

/// The headers that every answer has (Dutch API Design Rules: API-Version, transport security, no caching).
struct StandardHeaders: Sendable {
    /// The version of the API, semantic: what breaks callers raises the first number, and the `/v1` in the addresses with it.
    static let apiVersion = "1.0.0"

    private let common: HTTPFields

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
        fields.append(HTTPField(name: .contentType, value: answer.mediaType))
        fields.append(HTTPField(name: .contentLength, value: String(answer.body.count)))
        for field in answer.headers { fields.append(field) }
        return fields
    }

    private static func field(_ name: String, _ value: String) -> HTTPField {
        // A name that HTTP does not allow would lose the header; the tests see every one of these.
        HTTPField(name: HTTPField.Name(name) ?? .cacheControl, value: value)
    }
}
