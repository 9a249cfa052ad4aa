// SPDX-License-Identifier: EUPL-1.2
import Synchronization

/// A moment in an SMTP conversation at which a stand-in relay can fail.
public enum RelayStage: String, Sendable, Hashable, CaseIterable {
    /// Right after the connection is made.
    case greeting
    /// EHLO or HELO, before and after TLS.
    case hello
    /// The STARTTLS command.
    case startTLS
    /// The AUTH command.
    case auth
    /// MAIL FROM.
    case mail
    /// RCPT TO.
    case recipient
    /// The DATA command itself.
    case data
    /// After the whole message was read.
    case message
}

/// What a stand-in relay does instead of agreeing.
public struct RelayFailure: Sendable, Hashable {
    /// The kinds of failing.
    public enum Kind: Sendable, Hashable {
        /// Sends this reply line, such as `451 4.3.0 Later`; after a 421 it closes.
        case reply(String)
        /// Says nothing any more, the connection stays open.
        case hang
        /// Closes without a reply, below TLS.
        case drop
    }

    /// What it does.
    public let kind: Kind
    /// How often, before it agrees again; nil is always.
    public let times: Int?

    /// A failure that happens `times` times, or always when nil.
    public init(_ kind: Kind, times: Int? = nil) {
        self.kind = kind
        self.times = times
    }

    /// Replies with this line each time.
    public static func reply(_ line: String) -> RelayFailure { RelayFailure(.reply(line)) }
    /// Hangs each time.
    public static let hang = RelayFailure(.hang)
    /// Drops the connection each time.
    public static let drop = RelayFailure(.drop)
}

/// What a stand-in relay offers, demands and fails at; replaceable while it runs.
public struct RelayRules: Sendable, Hashable {
    /// A relay's user name and password.
    public struct Credentials: Sendable, Hashable {
        /// The user name, UTF-8.
        public let user: String
        /// The password, UTF-8.
        public let password: String

        /// A pair that the relay accepts.
        public init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    /// Whether EHLO offers STARTTLS.
    public var offersStartTLS: Bool
    /// Whether EHLO offers AUTH PLAIN LOGIN, after TLS only.
    public var offersAuth: Bool
    /// Whether mail is refused before TLS (where STARTTLS is offered) and before AUTH (where AUTH is offered). Switched
    /// off, the relay takes everything from everybody: to show that a client does not fall back by itself.
    public var demandsWhatItOffers: Bool
    /// Who may log in.
    public var credentials: Credentials
    /// The largest message in bytes, announced as SIZE.
    public var sizeLimit: Int
    /// Where it fails, and how.
    public var failAt: [RelayStage: RelayFailure]
    /// Reply lines for single recipients, by address: `550 5.1.1 Unknown`.
    public var refusedRecipients: [String: String]

    /// A sound relay: STARTTLS and AUTH offered and demanded, messages up to 25 MB, no failures.
    public init(
        offersStartTLS: Bool = true, offersAuth: Bool = true, demandsWhatItOffers: Bool = true,
        credentials: Credentials = .init(user: "meldpoort", password: "zandbak-wachtwoord"),
        sizeLimit: Int = 25_000_000, failAt: [RelayStage: RelayFailure] = [:], refusedRecipients: [String: String] = [:]
    ) {
        self.offersStartTLS = offersStartTLS
        self.offersAuth = offersAuth
        self.demandsWhatItOffers = demandsWhatItOffers
        self.credentials = credentials
        self.sizeLimit = sizeLimit
        self.failAt = failAt
        self.refusedRecipients = refusedRecipients
    }
}

/// The rules of one relay, shared by its connections; counts down failures that happen a limited number of times.
final class RelayDesk: Sendable {
    let accepted = Record<ReceivedMail>()
    let unaccepted = Record<ReceivedMail>()
    let transcripts = Mutex<[Int: RelayTranscript]>([:])
    private let shared: Mutex<RelayRules>

    init(_ rules: RelayRules) {
        shared = Mutex(rules)
    }

    var rules: RelayRules {
        get { shared.withLock { $0 } }
        set { shared.withLock { $0 = newValue } }
    }

    func failure(at stage: RelayStage) -> RelayFailure.Kind? {
        shared.withLock { rules in
            guard let failure = rules.failAt[stage] else { return nil }
            if let times = failure.times {
                rules.failAt[stage] = times > 1 ? RelayFailure(failure.kind, times: times - 1) : nil
                if times < 1 { return nil }
            }
            return failure.kind
        }
    }
}
