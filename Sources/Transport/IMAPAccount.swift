// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
public import Values

/// A mailbox that is read over IMAP, as configured. Always over TLS, always authenticated.
public struct IMAPAccount: Sendable {
    /// How TLS begins.
    public enum Security: String, Sendable, CaseIterable {
        /// Usually port 143. A server that does not offer STARTTLS is not read.
        case startTLS = "starttls"
        /// Usually port 993.
        case implicitTLS = "implicit_tls"
    }

    /// What we log in with, besides the user name.
    public enum Credential: Sendable {
        case password(Secret)
        /// SASL XOAUTH2, as Microsoft 365 wants it.
        case oauth(OAuthClient)
    }

    public var host: String
    public var port: Int
    public var security = Security.implicitTLS
    public var username: String
    public var credential: Credential
    /// The folder that is read: printable ASCII without quotes, backslashes and wildcards.
    public var folder = "INBOX"
    public var trust = ServerTrust.systemStore
    /// A longer message is not read.
    public var maximumMessageBytes = 25 << 20
    /// For finding the host, connecting, TLS and login together.
    public var connectTimeout = Duration.seconds(15)
    /// For one command from its start to its end; a long message needs its time too.
    public var totalTimeout = Duration.seconds(120)
    /// How many connections at the same time.
    public var maximumConnections = 2

    /// An account with every option at its default.
    public init(host: String, port: Int = 993, username: String, credential: Credential) {
        self.host = host
        self.port = port
        self.username = username
        self.credential = credential
    }

    /// Everything that `check` can find without a connection.
    public func problems(now: Timestamp) -> [EndpointProblem] {
        let ofTokens: [EndpointProblem] =
            if case .oauth(let client) = credential { client.problems(now: now) } else { [] }
        return ownProblems + CertificateFiles.problems(trust: trust, now: now) + ofTokens
    }

    var settingProblems: [EndpointProblem] {
        if case .oauth(let client) = credential { ownProblems + client.settingProblems } else { ownProblems }
    }

    private var ownProblems: [EndpointProblem] {
        var problems = EndpointProblem.limits(
            connect: connectTimeout, total: totalTimeout, connections: maximumConnections)
        if !HostName.isValid(host) { problems.append(EndpointProblem(.host, "is not a host name or an IPv4 address")) }
        if !(1...65_535).contains(port) { problems.append(EndpointProblem(.port, "must be between 1 and 65535")) }
        if !MailFolder.isValid(folder) {
            problems.append(EndpointProblem(.folder, "is not the name of a folder", suggestion: "INBOX"))
        }
        if !(1...(150 << 20)).contains(maximumMessageBytes) {
            problems.append(EndpointProblem(.maximumMessageBytes, "must be between 1 and 157286400"))
        }
        let hasSecret =
            if case .password(let password) = credential {
                password.exposed { !$0.isEmpty && !$0.contains("\0") }
            } else { true }
        if username.isEmpty || !RequestRules.isHeaderValue(username) || !hasSecret {
            problems.append(EndpointProblem(.username, "the server needs a user name and a password"))
        }
        return problems
    }
}

/// Names of folders that need no escaping in a command.
enum MailFolder {
    static func isValid(_ name: String) -> Bool {
        (1...200).contains(name.utf8.count) && !name.hasSuffix("/")
            && name.utf8.allSatisfy { (0x20...0x7E).contains($0) && !#""\%*&"#.utf8.contains($0) }
    }

    /// As one step of a URL's path.
    static func escaped(_ name: String) -> String {
        name.utf8.map { byte in
            RequestRules.isAlphanumeric(byte)
                ? String(UnicodeScalar(byte)) : "%\(String(byte, radix: 16, uppercase: true))"
        }
        .joined()
    }
}
