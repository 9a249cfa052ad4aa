// SPDX-License-Identifier: EUPL-1.2

/// Something wrong with a counterpart's address, files or limits, found without a connection.
public struct EndpointProblem: Sendable, Hashable {
    /// The setting it is about, in configuration's notation.
    public enum Setting: String, Sendable, CaseIterable {
        case baseURL = "base_url"
        case host
        case port
        case helloName = "hello_name"
        case sender
        case username
        case caFile = "ca_file"
        case certificateFile = "certificate_file"
        case keyFile = "key_file"
        case pkcs12File = "pkcs12_file"
        case connectTimeout = "connect_timeout_seconds"
        case totalTimeout = "total_timeout_seconds"
        case maximumAnswerBytes = "maximum_answer_bytes"
        case maximumConnections = "maximum_connections"
        case headers
        case requestsPerMinute = "requests_per_minute"
        case oauth
        case tokenURL = "oauth.token_url"
        case oauthCAFile = "oauth.ca_file"
        case folder
        case maximumMessageBytes = "max_message_bytes"
    }

    /// An error stops `check`; a warning is shown.
    public enum Severity: String, Sendable { case error, warning }

    public let setting: Setting
    public let severity: Severity
    /// What is wrong, in English, without the value of any secret.
    public let message: String
    /// How to put it right.
    public let suggestion: String?

    /// A problem with one setting.
    public init(_ setting: Setting, _ message: String, suggestion: String? = nil, severity: Severity = .error) {
        self.setting = setting
        self.severity = severity
        self.message = message
        self.suggestion = suggestion
    }
}

/// All that keeps a transport from being made.
public struct EndpointProblems: Error, Sendable, Hashable {
    public let problems: [EndpointProblem]

    /// At least one problem.
    public init(_ problems: [EndpointProblem]) {
        self.problems = problems
    }
}

extension EndpointProblem {
    /// The limits that both kinds of counterpart have.
    static func limits(connect: Duration, total: Duration, connections: Int) -> [EndpointProblem] {
        var problems: [EndpointProblem] = []
        let range = Duration.milliseconds(1)...Duration.seconds(3600)
        if !range.contains(connect) {
            problems.append(EndpointProblem(.connectTimeout, "must be more than 0 and at most 3600 seconds"))
        }
        if !range.contains(total) {
            problems.append(EndpointProblem(.totalTimeout, "must be more than 0 and at most 3600 seconds"))
        }
        if !(1...64).contains(connections) {
            problems.append(EndpointProblem(.maximumConnections, "must be between 1 and 64"))
        }
        return problems
    }
}
