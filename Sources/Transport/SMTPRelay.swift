// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
public import Values

/// The mail relay of a secure-mail provider, as configured. Always over TLS, always authenticated.
public struct SMTPRelay: Sendable {
    /// How TLS begins.
    public enum Security: String, Sendable, CaseIterable {
        /// Usually port 587. A relay that does not offer STARTTLS gets nothing.
        case startTLS = "starttls"
        /// Usually port 465.
        case implicitTLS = "implicit_tls"
    }

    public var host: String
    public var port: Int
    public var security = Security.startTLS
    public var username: String
    public var password: Secret
    /// The address that every mail comes from; its domain is also the one of every Message-ID.
    public var sender: String
    /// The name that we greet with; the sender's domain when nothing is given.
    public var helloName: String?
    public var trust = ServerTrust.systemStore
    /// For finding the host, connecting, TLS and AUTH together.
    public var connectTimeout = Duration.seconds(15)
    /// For one mail from its start to the relay's last reply.
    public var totalTimeout = Duration.seconds(120)
    /// How many mails go at the same time.
    public var maximumConnections = 4

    /// A relay with every option at its default.
    public init(host: String, port: Int = 587, username: String, password: Secret, sender: String) {
        self.host = host
        self.port = port
        self.username = username
        self.password = password
        self.sender = sender
    }

    /// Everything that `check` can find without a connection.
    public func problems(now: Timestamp) -> [EndpointProblem] {
        settingProblems + CertificateFiles.problems(trust: trust, now: now)
    }

    var settingProblems: [EndpointProblem] {
        var problems = EndpointProblem.limits(
            connect: connectTimeout, total: totalTimeout, connections: maximumConnections)
        if !HostName.isValid(host) { problems.append(EndpointProblem(.host, "is not a host name or an IPv4 address")) }
        if !(1...65_535).contains(port) { problems.append(EndpointProblem(.port, "must be between 1 and 65535")) }
        if let helloName, !HostName.isValid(helloName) {
            problems.append(EndpointProblem(.helloName, "is not a host name"))
        }
        if !MailRules.isAddress(sender) {
            problems.append(EndpointProblem(.sender, "is not a plain mail address", suggestion: "naam@voorbeeld.nl"))
        }
        if username.isEmpty || !RequestRules.isHeaderValue(username)
            || password.exposed({ $0.isEmpty || $0.contains("\0") })
        {
            problems.append(EndpointProblem(.username, "the relay needs a user name and a password"))
        }
        return problems
    }
}
