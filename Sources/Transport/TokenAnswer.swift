// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

/// An access token, and how long it may be used.
struct AccessToken: Sendable {
    let value: Secret
    let lifetime: Duration

    /// Until a new one is fetched: early enough for the slowest request, and never later than three quarters of its life.
    var usefulTime: Duration { lifetime - min(.seconds(60), lifetime / 4) }
}

/// What a token's server answered (RFC 6749, 5.1 and 5.2), read strictly: what is not clearly a token is none.
enum TokenAnswer {
    /// For a server that names no lifetime.
    static let usualLifetime = Duration.seconds(300)
    /// A day: no token is kept for longer.
    static let longestLifetime = 86_400

    static func token(_ response: HTTPResponse) -> Result<AccessToken, TokenFailure> {
        guard response.status == 200 else { return .failure(failure(response.status)) }
        guard let fields = try? StrictJSON.read(response.body).get().object,
            let value = fields["access_token"]?.string, isBearerToken(value),
            fields["token_type"]?.string?.lowercased() == "bearer",
            let lifetime = lifetime(fields["expires_in"])
        else { return .failure(TokenFailure(.answerNotUnderstood, status: 200)) }
        return .success(AccessToken(value: Secret(value), lifetime: lifetime))
    }

    /// Nothing of the API's request has left, whatever it is.
    private static func failure(_ status: Int) -> TokenFailure {
        switch status {
        case 400, 401, 403: TokenFailure(.authenticationFailed, status: status)
        case 300..<400: TokenFailure(.redirectRefused, status: status)
        case 408, 425, 429, 500...: TokenFailure(.busyCounterpart, status: status)
        case 200..<300: TokenFailure(.answerNotUnderstood, status: status)
        default: TokenFailure(.refusedByCounterpart, status: status)
        }
    }

    /// Nothing when it is there and no number of seconds.
    private static func lifetime(_ value: JSONValue?) -> Duration? {
        guard let value else { return usualLifetime }
        guard let seconds = value.number, seconds >= 0 else { return nil }
        return .seconds(Int(min(seconds, Double(longestLifetime))))
    }

    /// `b64token` of RFC 6750, 2.1: it stays one word of a header.
    private static func isBearerToken(_ text: String) -> Bool {
        let padded = text.utf8.drop { RequestRules.isAlphanumeric($0) || "-._~+/".utf8.contains($0) }
        return padded.count < text.utf8.count && padded.allSatisfy { $0 == UInt8(ascii: "=") }
            && text.utf8.count <= 32_768
    }
}

/// Why there is no token.
struct TokenFailure: Error, Sendable, Hashable {
    let reason: OutcomeReason

    init(_ reason: OutcomeReason) {
        self.reason = reason
    }

    init(_ label: OutcomeLabel, status: Int? = nil) {
        reason = OutcomeReason(label, status: status)
    }
}
