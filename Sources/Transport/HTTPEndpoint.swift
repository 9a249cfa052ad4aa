// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
public import Values

/// One counterpart that is reached over HTTPS, as configured.
public struct HTTPEndpoint: Sendable {
    /// A header that goes with every request, such as `Authorization`.
    public struct FixedHeader: Sendable {
        public let name: String
        public let value: Secret

        /// A header whose value never shows.
        public init(_ name: String, _ value: Secret) {
            self.name = name
            self.value = value
        }
    }

    /// `https://host[:port][/path]`.
    public var baseURL: String
    public var trust = ServerTrust.systemStore
    public var identity: ClientIdentity?
    /// For finding the host, connecting and negotiating TLS together.
    public var connectTimeout = Duration.seconds(10)
    /// For one request from its start to the last byte of the answer.
    public var totalTimeout = Duration.seconds(30)
    /// A longer answer ends as uncertain.
    public var maximumAnswerBytes = 1 << 20
    /// How many connections, and so requests, this counterpart gets at the same time.
    public var maximumConnections = 8
    public var headers: [FixedHeader] = []
    /// How many requests a minute this counterpart allows; what comes faster waits its turn.
    public var requestsPerMinute: Int?
    /// Where the access token comes from that every request carries.
    public var oauth: OAuthClient?
    /// Allows `http://` to 127.0.0.1 or localhost: for measuring, never for a real counterpart.
    public var allowPlaintextLoopback = false

    /// An endpoint with every option at its default.
    public init(baseURL: String) {
        self.baseURL = baseURL
    }

    /// Everything that `check` can find without a connection: the settings, and the certificate files as they are now.
    public func problems(now: Timestamp) -> [EndpointProblem] {
        ownProblems + CertificateFiles.problems(trust: trust, now: now)
            + CertificateFiles.problems(identity: identity, now: now) + (oauth?.problems(now: now) ?? [])
    }

    /// What is wrong with the settings themselves; no file is opened.
    var settingProblems: [EndpointProblem] { ownProblems + (oauth?.settingProblems ?? []) }

    private var ownProblems: [EndpointProblem] {
        var problems = EndpointProblem.limits(
            connect: connectTimeout, total: totalTimeout, connections: maximumConnections)
        if !(1...(64 << 20)).contains(maximumAnswerBytes) {
            problems.append(EndpointProblem(.maximumAnswerBytes, "must be between 1 and 67108864"))
        }
        if let requestsPerMinute, !(1...60_000).contains(requestsPerMinute) {
            problems.append(EndpointProblem(.requestsPerMinute, "must be between 1 and 60000"))
        }
        if oauth != nil, headers.contains(where: { $0.name.lowercased() == "authorization" }) {
            problems.append(EndpointProblem(.headers, "oauth sets the header Authorization itself"))
        }
        do throws(BaseURL.Fault) {
            let url = try BaseURL(baseURL)
            if !url.isEncrypted, !(allowPlaintextLoopback && url.isLoopback) {
                problems.append(
                    EndpointProblem(
                        .baseURL, "plain http is not allowed, except to 127.0.0.1 or localhost for measuring",
                        suggestion: "use https://"))
            }
        } catch {
            problems.append(EndpointProblem(.baseURL, error.message, suggestion: error.suggestion))
        }
        return problems + headers.compactMap(problem)
    }

    private func problem(with header: FixedHeader) -> EndpointProblem? {
        let isFine = header.value.exposed { RequestRules.accepts(header: header.name, value: $0) }
        guard !isFine else { return nil }
        let name = header.name.utf8.allSatisfy(RequestRules.isTokenByte) ? header.name : "(unreadable name)"
        return EndpointProblem(
            .headers, "header \(name) is not allowed, or its value holds more than printable ASCII on one line",
            suggestion: "check the secret's file for a line break at its end")
    }
}
