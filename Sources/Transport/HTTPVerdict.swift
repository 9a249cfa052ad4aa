// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import CCurl
import Disclosures
import Values

/// What the end of an HTTPS transfer means. In doubt: uncertain.
enum HTTPVerdict {
    static func exchange(_ end: TransferEnd, now: Timestamp) -> Exchange<HTTPResponse> {
        if end.code == CURLE_OK, end.stop == nil, end.status >= 200 {
            let wait = end.retryAfter.flatMap { RetryAfter.seconds($0, now: now) }
            return .answered(
                HTTPResponse(status: end.status, body: end.answer, retryAfterSeconds: wait, headers: end.headers))
        }
        if wasRefusedInHandshake(end) { return .notSent(OutcomeReason(.clientCertificateRefused)) }
        if nothingLeft(end) {
            // Broken between the client's end of the handshake and the first byte: under TLS 1.3 that is the server's end of it.
            let isBrokenAtOnce = end.reachedSending && end.stop == nil && end.code == CURLE_SEND_ERROR
            return .notSent(OutcomeReason(isBrokenAtOnce ? .tlsFailed : labelBeforeSending(end)))
        }
        return .uncertain(OutcomeReason(labelAfterSending(end)))
    }

    /// Why no connection came about.
    static func labelBeforeSending(_ end: TransferEnd) -> OutcomeLabel {
        if let label = label(of: end.stop) { return label }
        if end.sawCertificateAlert { return .clientCertificateRefused }
        switch end.code {
        case CURLE_COULDNT_RESOLVE_HOST: return .nameNotResolved
        case CURLE_COULDNT_CONNECT: return .connectionRefused
        case CURLE_OPERATION_TIMEDOUT: return .connectTimeout
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            return .tlsFailed
        default: return .notSent
        }
    }

    /// Why no whole answer came.
    static func labelAfterSending(_ end: TransferEnd) -> OutcomeLabel {
        if let label = label(of: end.stop) { return label }
        switch end.code {
        case CURLE_OPERATION_TIMEDOUT: return .answerTimeout
        case CURLE_OK, CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY: return .answerNotUnderstood
        default: return .connectionLostAfterSending
        }
    }

    private static func label(of stop: TransferStop?) -> OutcomeLabel? {
        switch stop {
        case .cancelled: .cancelled
        case .interrupted: .interrupted
        case .answerTooLarge, .messageTooLarge: .answerTooLarge
        case .notAuthenticated: .authenticationFailed
        case .wouldSendTwice: .connectionLostAfterSending
        case nil: nil
        }
    }

    private static func nothingLeft(_ end: TransferEnd) -> Bool {
        guard end.reachedSending else { return true }
        guard end.requestBytes == 0, end.bodyTaken == 0 else { return false }
        switch end.code {
        // The very first write failed.
        case CURLE_SEND_ERROR: return true
        // A reused connection turned out dead at its first write, and the new one did not come about.
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION:
            return true
        default: return false
        }
    }

    /// Under TLS 1.3 the client may send before the server has judged its certificate. An alert about the certificate on a new
    /// connection, before any answer, means that the handshake failed on the server's side: it threw away what came behind it, and
    /// cannot have processed it. On a reused connection the handshake was long over, so there it stays uncertain.
    private static func wasRefusedInHandshake(_ end: TransferEnd) -> Bool {
        end.stop == nil && end.sawCertificateAlert && end.usedNewConnection && !end.answerBegan
    }
}
