// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import CCurl
import Disclosures
public import Values

/// Mail to the one relay of a configuration.
public struct SMTPTransport: OutboundTransport {
    private let engine: CurlEngine
    private let sender: String
    private let url: String
    private let lane: Lane
    private let now: @Sendable () -> Timestamp
    private let renderer: (any DocumentRenderer)?

    /// - Parameters:
    ///   - renderer: Makes the attachments that are PDFs; without it mails go without those.
    ///   - now: The clock, for the Date header.
    /// - Throws: `EndpointProblems` when the settings are not usable. Files are opened only when a connection is made.
    public init(
        _ relay: SMTPRelay, engine: CurlEngine, renderer: (any DocumentRenderer)? = nil,
        now: @escaping @Sendable () -> Timestamp = SystemTime.now
    ) throws(EndpointProblems) {
        let problems = relay.settingProblems
        guard problems.isEmpty else { throw EndpointProblems(problems) }
        self.engine = engine
        self.now = now
        self.renderer = renderer
        sender = relay.sender
        let scheme = relay.security == .implicitTLS ? "smtps" : "smtp"
        url = "\(scheme)://\(relay.host):\(relay.port)/\(relay.helloName ?? MailRules.domain(of: relay.sender))"
        lane = Lane(limit: relay.maximumConnections) { Self.setUp($0, for: relay, scheme: scheme) }
    }

    /// This counterpart takes no HTTPS requests.
    public func send(_ request: HTTPRequest) async -> Exchange<HTTPResponse> {
        .notSent(OutcomeReason(.notSent))
    }

    public func send(_ mail: MailMessage) async -> Exchange<MailReceipt> {
        guard let document = MailDocument(await rendered(mail), sender: sender, date: now()) else {
            return .notSent(OutcomeReason(.contentNotRepresentable))
        }
        let plan = TransferPlan(purpose: .mail(sender: sender, recipients: mail.to), url: url, body: document.bytes)
        return MailVerdict.exchange(await engine.mail(plan, in: lane))
    }

    /// The mail with its PDFs made. One that cannot be made is left out: what it says stands in the mail as plain text too, and a
    /// report is not held up by its looks (practice 1).
    private func rendered(_ mail: MailMessage) async -> MailMessage {
        var attachments: [MailMessage.Attachment] = []
        for attachment in mail.attachments {
            guard case .pdf(let document) = attachment.content else {
                attachments.append(attachment)
                continue
            }
            if let bytes = await renderer?.pdf(of: document) {
                attachments.append(
                    .init(fileName: attachment.fileName, contentType: attachment.contentType, bytes: bytes))
            }
        }
        return MailMessage(
            to: mail.to, subject: mail.subject, text: mail.text, attachments: attachments,
            messageIDLocalPart: mail.messageIDLocalPart)
    }

    public func probe() async -> ProbeResult {
        let end = await engine.mail(TransferPlan(purpose: .probeMail, url: url), in: lane)
        guard end.code == CURLE_OK, end.stop == nil else { return .failed(MailVerdict.reasonBeforeContent(end)) }
        return .reachable
    }

    private static func setUp(_ handle: EasyHandle, for relay: SMTPRelay, scheme: String) {
        handle.setUpSafely(
            protocols: scheme, trust: relay.trust, connect: relay.connectTimeout, total: relay.totalTimeout)
        handle.set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue))
        handle.set(CURLOPT_USERNAME, relay.username)
        relay.password.exposed { handle.set(CURLOPT_PASSWORD, $0) }
        // Each mail has a connection of its own: a relay's state never carries over from one to the next.
        handle.set(CURLOPT_FRESH_CONNECT, 1)
        handle.set(CURLOPT_FORBID_REUSE, 1)
        handle.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, max(1, Int(relay.totalTimeout.components.seconds)))
    }
}
