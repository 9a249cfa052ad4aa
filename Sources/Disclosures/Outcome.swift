// SPDX-License-Identifier: EUPL-1.2

/// What an adapter answers for one attempt, and what each answer makes the gateway do.
public enum Outcome: Codable, Sendable, Hashable {
    /// The counterpart took it. The delivery ends as delivered.
    case accepted(Receipt)
    /// The counterpart refused it for good. The delivery ends as rejected and a person is told.
    case rejected(OutcomeReason)
    /// Nothing was taken; the same disclosure may be sent again, at the earliest after the given seconds.
    case retry(afterSeconds: Int?, OutcomeReason)
    /// It may have arrived. It counts as disclosed, is never sent again by itself, and is shown to a person.
    case unknown(OutcomeReason)
}

/// What the counterpart gave back for an accepted disclosure.
public struct Receipt: Codable, Sendable, Hashable {
    /// The counterpart's own reference, if it gave one (at most 200 characters; longer ones are cut).
    public let reference: String?

    public init(reference: String? = nil) {
        self.reference = reference.map { String($0.prefix(200)) }
    }
}

/// Why an attempt did not succeed: fixed words and a status code only, so that it can go into logs and metrics.
public struct OutcomeReason: Codable, Sendable, Hashable {
    public let label: OutcomeLabel
    /// The HTTP status or SMTP reply code, where there was one.
    public let status: Int?

    public init(_ label: OutcomeLabel, status: Int? = nil) {
        self.label = label
        self.status = status
    }
}

/// The fixed list of reasons. Nothing from a message or an answer of the counterpart ever becomes part of one.
public enum OutcomeLabel: String, Codable, Sendable, CaseIterable, Hashable {
    case connectionRefused = "connection_refused"
    case nameNotResolved = "name_not_resolved"
    case connectTimeout = "connect_timeout"
    case tlsFailed = "tls_failed"
    case clientCertificateRefused = "client_certificate_refused"
    case startTLSMissing = "starttls_missing"
    case authenticationFailed = "authentication_failed"
    case notSent = "not_sent"
    case answerTimeout = "answer_timeout"
    case connectionLostAfterSending = "connection_lost_after_sending"
    case answerTooLarge = "answer_too_large"
    case answerNotUnderstood = "answer_not_understood"
    case refusedByCounterpart = "refused_by_counterpart"
    case busyCounterpart = "busy_counterpart"
    case redirectRefused = "redirect_refused"
    case contentNotRepresentable = "content_not_representable"
    /// Nobody was to read it: neither the message nor the configuration names an address.
    case noReader = "no_reader"
    case interrupted = "interrupted"
    case adapterCrashed = "adapter_crashed"
    case cancelled = "cancelled"
}
