// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import CCurl

/// Everything one transfer needs besides what its lane sets on the handle.
struct TransferPlan: Sendable {
    enum Purpose: Sendable {
        case request(method: String)
        case mail(sender: String, recipients: [String])
        /// One IMAP command in the folder that the URL names; what comes back holds nothing of a message.
        case mailboxCommand(String)
        /// The one message that the URL names.
        case mailboxMessage
        /// Connect and negotiate TLS, then listen for a moment: under TLS 1.3 a server refuses a client certificate only after the
        /// client thinks the handshake is done.
        case probeConnection(awaitsVerdict: Bool)
        case probeMail

        /// Reading changes nothing at the counterpart, so libcurl may repeat it on a new connection.
        func isRepeatable(body: [UInt8]) -> Bool {
            if case .request("GET") = self { body.isEmpty } else { false }
        }
    }

    let purpose: Purpose
    let url: String
    /// Complete lines, in libcurl's notation.
    var headers: [String] = []
    var body: [UInt8] = []
    var maximumAnswerBytes = 65_536
    /// For SASL XOAUTH2.
    var bearer: Secret?

    /// The same request with an access token (RFC 6750, 2.1).
    func carrying(_ token: Secret) -> TransferPlan {
        var plan = self
        token.exposed { plan.headers.append("Authorization: Bearer \($0)") }
        return plan
    }
}

/// Why a transfer was ended from our side.
enum TransferStop: Sendable, Hashable {
    case cancelled
    case interrupted
    case answerTooLarge
    /// libcurl was about to go on without a successful AUTH.
    case notAuthenticated
    /// libcurl was about to send what it had already taken once.
    case wouldSendTwice
    /// The server announced a message above the limit.
    case messageTooLarge
}

/// The bare facts of a transfer's end. What they mean is decided in `HTTPVerdict` and `MailVerdict`.
struct TransferEnd: Sendable {
    var code: CURLcode
    var stop: TransferStop?
    /// The HTTP status, or the last SMTP reply code.
    var status = 0
    var answer: [UInt8] = []
    var retryAfter: String?
    /// Those that an adapter may see, by name in lower case.
    var headers: [String: String] = [:]
    /// The connection stood (with TLS, and for mail AUTH) and libcurl went on to the request itself.
    var reachedSending = false
    /// Bytes of the request's head that were handed to the connection.
    var requestBytes = 0
    /// Bytes of the body that libcurl took from us.
    var bodyTaken = 0
    var usedNewConnection = true
    var answerBegan = false
    /// The counterpart ended the TLS connection with an alert about our certificate.
    var sawCertificateAlert = false
    /// The relay's reply to the complete message.
    var mailVerdict: Int?
    /// What an IMAP server said beside the message.
    var mailbox = MailboxDialogue()

    init(code: CURLcode, stop: TransferStop? = nil) {
        self.code = code
        self.stop = stop
    }

    /// A transfer that never began.
    static func neverBegan(_ stop: TransferStop? = nil) -> TransferEnd {
        TransferEnd(code: stop == nil ? CURLE_FAILED_INIT : CURLE_ABORTED_BY_CALLBACK, stop: stop)
    }
}

/// One configured counterpart: how many transfers it may have at a time, and how its handles are set up.
final class Lane: Sendable {
    let gate: Gate
    let setUp: @Sendable (EasyHandle) -> Void

    init(limit: Int, setUp: @escaping @Sendable (EasyHandle) -> Void) {
        gate = Gate(limit: limit)
        self.setUp = setUp
    }
}
