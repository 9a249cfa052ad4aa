// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK

/// How an access token is fetched, with the client's own credentials (RFC 6749, 4.4), as configured.
public struct OAuthConnection: Sendable, Hashable {
    /// Where the client's name and secret stand in a request for a token (RFC 6749, 2.3.1).
    public enum CredentialPlace: String, Sendable, Hashable, CaseIterable {
        /// HTTP Basic: what every server has to offer.
        case header
        /// In the form itself.
        case body
    }

    /// `https://host[:port][/path][?query]`: often another host than the one the tokens are for.
    public let tokenURL: String
    public let clientID: String
    public let clientSecret: Secret
    public let scope: String?
    /// Not in the standard, but asked for by some servers.
    public let audience: String?
    public let credentialPlace: CredentialPlace
    /// Further fields of the form.
    public let extraParameters: [String: String]
    /// PEM; the connection's own where it has one, otherwise nil for the authorities that the system trusts.
    public let caFile: String?
}
