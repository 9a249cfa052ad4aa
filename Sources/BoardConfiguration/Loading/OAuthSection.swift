// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Values

extension ConfigurationReader {
    private static let oauthKeys = [
        "token_url", "client_id", "client_secret", "scope", "audience", "credentials_in", "extra_parameters", "ca_file",
    ]
    private static let ownParameters: Set<String> = [
        "grant_type", "client_id", "client_secret", "scope", "audience",
    ]

    /// - Parameter caFile: Of the connection that the tokens are for: it holds here too, unless the token's server has its own.
    func oauth(_ node: YAMLNode, caFile: String?, allowsPlaintextLoopback: Bool = false) -> OAuthConnection? {
        guard let section = Section(node, keys: Self.oauthKeys, log) else { return nil }
        let tokenURL = section.required("token_url") {
            self.tokenURL($0, allowsPlaintextLoopback: allowsPlaintextLoopback)
        }
        let clientID = section.text("client_id")
        let secret = section.required("client_secret", surroundings.secret)
        let place =
            section.optional("credentials_in") {
                $0.choice(rawChoices(OAuthConnection.CredentialPlace.self), "place of credentials", log)
            } ?? .header
        let extra = section.optional("extra_parameters", extraParameters) ?? [:]
        let scope = section.optionalText("scope")
        let audience = section.optionalText("audience")
        let ownCAFile = section.optional("ca_file") { surroundings.file($0) }
        guard let tokenURL, let clientID, let secret else { return nil }
        return OAuthConnection(
            tokenURL: tokenURL, clientID: clientID, clientSecret: secret, scope: scope, audience: audience,
            credentialPlace: place, extraParameters: extra, caFile: ownCAFile ?? caFile)
    }

    /// An address that may end with a query: some servers tell their customers apart by it.
    private func tokenURL(_ node: YAMLNode, allowsPlaintextLoopback: Bool) -> String? {
        guard let text = node.text(log) else { return nil }
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let problem = Addresses.webProblem(
            String(parts.first ?? ""), allowsPlaintextLoopback: allowsPlaintextLoopback)
        if let problem {
            log.error(node.place, problem.message, suggestion: problem.suggestion)
            return nil
        }
        let query = parts.dropFirst().first ?? ""
        guard query.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }) else {
            log.error(node.place, "the query of the address holds characters that are not allowed")
            return nil
        }
        return text
    }

    private func extraParameters(_ node: YAMLNode) -> [String: String]? {
        guard let entries = node.entries else {
            if case .refused = node.content { return nil }
            log.error(
                node.place, "expected a mapping, found \(node.kindName)", suggestion: "Write {resource: value}.")
            return nil
        }
        var parameters: [String: String] = [:]
        for entry in entries {
            guard !Self.ownParameters.contains(entry.key) else {
                log.error(
                    entry.place, "“\(entry.key)” is set by the gateway itself",
                    suggestion: "Use the key \(entry.key) of oauth where there is one.")
                continue
            }
            if let value = entry.value.text(log) { parameters[entry.key] = value }
        }
        return parameters
    }
}
