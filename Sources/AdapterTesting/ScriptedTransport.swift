// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import Disclosures
import Synchronization

/// A transport without a network: it keeps what it is given and answers as it is told. For an adapter's own unit tests.
public final class ScriptedTransport: OutboundTransport {
    private struct State {
        var requests: [HTTPRequest] = []
        var mails: [MailMessage] = []
        var probes = 0
    }

    private let http: Exchange<HTTPResponse>
    private let mail: Exchange<MailReceipt>
    private let state = Mutex(State())

    /// Gives every request and every mail the same end.
    public init(_ end: Exchange<HTTPResponse>, mail: Exchange<MailReceipt>? = nil) {
        http = end
        self.mail =
            switch (mail, end) {
            case (let mail?, _): mail
            case (nil, .notSent(let reason)): .notSent(reason)
            case (nil, .uncertain(let reason)): .uncertain(reason)
            case (nil, .answered): .answered(MailReceipt(code: 250))
            }
    }

    /// The requests so far.
    public var requests: [HTTPRequest] { state.withLock { $0.requests } }

    /// The mails so far.
    public var mails: [MailMessage] { state.withLock { $0.mails } }

    /// How often it was used at all, probes included.
    public var touches: Int { state.withLock { $0.requests.count + $0.mails.count + $0.probes } }

    /// Keeps the request.
    public func send(_ request: HTTPRequest) async -> Exchange<HTTPResponse> {
        state.withLock { $0.requests.append(request) }
        return http
    }

    /// Keeps the mail.
    public func send(_ mail: MailMessage) async -> Exchange<MailReceipt> {
        state.withLock { $0.mails.append(mail) }
        return self.mail
    }

    /// Counts the probe.
    public func probe() async -> ProbeResult {
        state.withLock { $0.probes += 1 }
        return .reachable
    }
}
