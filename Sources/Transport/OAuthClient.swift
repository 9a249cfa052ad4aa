// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
public import Values

/// Where access tokens come from, with the client's own credentials (RFC 6749, 4.4), as configured.
public struct OAuthClient: Sendable {
    /// `https://host[:port][/path][?query]`.
    public var tokenURL: String
    public var clientID: String
    public var clientSecret: Secret
    public var scope: String?
    /// Not in the standard, but asked for by some servers.
    public var audience: String?
    /// The client's name and secret go into the form instead of an `Authorization` header.
    public var credentialsInBody = false
    /// Further fields of the form.
    public var extraParameters: [String: String] = [:]
    public var trust = ServerTrust.systemStore
    public var connectTimeout = Duration.seconds(10)
    public var totalTimeout = Duration.seconds(30)
    /// Allows `http://` to 127.0.0.1 or localhost: for tests, never for a real counterpart.
    public var allowPlaintextLoopback = false

    /// A client with every option at its default.
    public init(tokenURL: String, clientID: String, clientSecret: Secret) {
        self.tokenURL = tokenURL
        self.clientID = clientID
        self.clientSecret = clientSecret
    }

    /// Everything that `check` can find without a connection.
    public func problems(now: Timestamp) -> [EndpointProblem] {
        settingProblems + CertificateFiles.problems(trust: trust, now: now).map { Self.about($0, .oauthCAFile) }
    }

    /// What is wrong with the settings themselves; no file is opened.
    var settingProblems: [EndpointProblem] {
        guard let address = TokenAddress(tokenURL) else {
            return [
                EndpointProblem(
                    .tokenURL, "is not an address that a token can be fetched from",
                    suggestion: "https://login.example/oauth2/token")
            ]
        }
        var problems = endpoint(address).settingProblems.map { Self.about($0, .tokenURL) }
        if clientID.isEmpty || clientSecret.exposed({ $0.isEmpty || $0.contains("\0") }) {
            problems.append(EndpointProblem(.oauth, "a client needs a name and a secret"))
        }
        return problems
    }

    func endpoint(_ address: TokenAddress) -> HTTPEndpoint {
        var endpoint = HTTPEndpoint(baseURL: address.base)
        endpoint.trust = trust
        endpoint.connectTimeout = connectTimeout
        endpoint.totalTimeout = totalTimeout
        endpoint.maximumAnswerBytes = 65_536
        endpoint.maximumConnections = 1
        endpoint.allowPlaintextLoopback = allowPlaintextLoopback
        return endpoint
    }

    private static func about(_ found: EndpointProblem, _ setting: EndpointProblem.Setting) -> EndpointProblem {
        EndpointProblem(setting, found.message, suggestion: found.suggestion, severity: found.severity)
    }
}

/// A token's address in its two parts: the server, and the path with its query.
struct TokenAddress {
    let base: String
    let path: String

    init?(_ text: String) {
        guard let scheme = text.firstRange(of: "://") else { return nil }
        let authority = text[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" }
        base = String(text[..<authority.endIndex])
        let rest = text[authority.endIndex...]
        path = rest.hasPrefix("/") ? String(rest) : "/" + rest
        guard !authority.isEmpty, RequestRules.accepts(path: path) else { return nil }
    }
}

/// The request for a token: a form (RFC 6749, 4.4.2).
struct TokenForm {
    let request: HTTPRequest

    init(_ client: OAuthClient, path: String) {
        var fields = [("grant_type", "client_credentials")]
        if let scope = client.scope { fields.append(("scope", scope)) }
        if let audience = client.audience { fields.append(("audience", audience)) }
        fields += client.extraParameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        var headers = [
            HTTPRequest.Header("Content-Type", "application/x-www-form-urlencoded"),
            HTTPRequest.Header("Accept", "application/json"),
        ]
        client.clientSecret.exposed { secret in
            if client.credentialsInBody {
                fields += [("client_id", client.clientID), ("client_secret", secret)]
            } else {
                let pair = "\(Self.encoded(client.clientID)):\(Self.encoded(secret))"
                headers.append(.init("Authorization", "Basic \(Base64.text(Array(pair.utf8)[...]))"))
            }
        }
        let form = fields.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
        request = HTTPRequest(method: .post, path: path, headers: headers, body: Array(form.utf8))
    }

    /// `application/x-www-form-urlencoded`, as the WHATWG URL standard writes it.
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            if RequestRules.isAlphanumeric(byte) || "*-._".utf8.contains(byte) {
                return String(UnicodeScalar(byte))
            }
            if byte == UInt8(ascii: " ") { return "+" }
            let digits = String(byte, radix: 16, uppercase: true)
            return byte < 16 ? "%0\(digits)" : "%\(digits)"
        }
        .joined()
    }
}
