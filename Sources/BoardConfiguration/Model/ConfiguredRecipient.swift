// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
public import Delivery
public import Disclosures
public import PrivacyRules
public import Values

/// A recipient with everything that is needed to reach it.
public struct ConfiguredRecipient: Sendable {
    public let recipient: Recipient
    /// The name under which the adapter is configured.
    public let adapterName: String
    /// Made once from its settings, by `check` and `run` alike; it has not connected.
    public let adapter: any Adapter
    public let settings: AdapterSettings
    public let connection: Connection
    public let agreements: Agreements
    /// Who agreed to this channel, and when (practice 22).
    public let arrangement: Arrangement?
    /// How many deliveries may be on their way at the same time.
    public let maximumInFlight: Int
    public let retry: RetryPolicy
    /// Where the recipient stands in the configuration.
    public let place: SourcePlace
}

/// An *afspraak* with a recipient about a channel other than the handover by a person.
public struct Arrangement: Sendable, Hashable {
    public let date: CalendarDate
    public let with: String
}

/// How a recipient is reached.
public enum Connection: Sendable, Hashable {
    case api(HTTPSConnection)
    case mail(MailConnection)
    /// A person passes it on: nothing to connect to.
    case handover
    /// An existing folder, as an absolute path.
    case folder(String)
}

/// One counterpart over HTTPS, as configured. Files are named by path and were readable when the configuration was loaded.
public struct HTTPSConnection: Sendable, Hashable {
    /// A header that goes along with every request.
    public struct Header: Sendable, Hashable {
        public let name: String
        public let value: Secret
    }

    /// `https://host[:port][/path]`, or `http://` to a loopback address where `isPlaintextLoopback` allows it.
    public let baseURL: String
    /// PEM; nil for the authorities that the system trusts.
    public let caFile: String?
    public let clientCertificate: ClientCertificate?
    public let headers: [Header]
    public let connectTimeoutSeconds: Int
    public let totalTimeoutSeconds: Int
    public let maximumResponseBytes: Int
    public let maximumConnections: Int
    /// Nil where the counterpart sets none.
    public let requestsPerMinute: Int?
    /// Nil where requests carry no access token.
    public let oauth: OAuthConnection?
    public let isPlaintextLoopback: Bool
    /// Where each key stands in the configuration, for problems that are found later.
    public let places: ConnectionPlaces
}

/// How the gateway shows who it is.
public enum ClientCertificate: Sendable, Hashable {
    case pem(certificateFile: String, keyFile: String, password: Secret?)
    case pkcs12(file: String, password: Secret)
}

/// The mail relay of a secure-mail provider, as configured: always TLS, always authenticated.
public struct MailConnection: Sendable, Hashable {
    /// How TLS begins.
    public enum Security: String, Sendable, Hashable, CaseIterable {
        case startTLS = "starttls"
        case implicitTLS = "implicit_tls"
    }

    public let host: String
    public let port: Int
    public let security: Security
    public let username: String
    public let password: Secret
    /// PEM; nil for the authorities that the system trusts.
    public let caFile: String?
    /// The address that every mail comes from.
    public let sender: String
    /// The name to greet with; nil for the sender's domain.
    public let helloName: String?
    public let connectTimeoutSeconds: Int
    public let totalTimeoutSeconds: Int
    public let maximumConnections: Int
    /// Where each key stands in the configuration, for problems that are found later.
    public let places: ConnectionPlaces
}

/// Where the parts of a connection stand, so that what a transport finds can be shown with file, line and column.
public struct ConnectionPlaces: Sendable, Hashable {
    /// The connection as a whole.
    public let connection: SourcePlace
    /// By key, as in the file; keys within keys as `client_certificate.file` and `oauth.token_url`.
    public let keys: [String: SourcePlace]

    /// The place of a key, or of the connection if the key is not in the file.
    public subscript(key: String) -> SourcePlace { keys[key] ?? connection }
}
