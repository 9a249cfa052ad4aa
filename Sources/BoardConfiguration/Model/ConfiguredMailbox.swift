// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK

/// A mailbox of the board in which answers of partners arrive, read over IMAP, as configured: always TLS, always authenticated.
public struct ConfiguredMailbox: Sendable, Hashable {
    /// What we log in with, besides the user name.
    public enum Credential: Sendable, Hashable {
        case password(Secret)
        /// SASL XOAUTH2 with a token of this source, as Microsoft 365 wants it.
        case oauth(OAuthConnection)
    }

    /// The kinds of attachment that can be kept.
    public static let attachmentKinds = ["pdf", "docx", "odt", "txt", "png", "jpeg"]

    public let id: String
    public let host: String
    public let port: Int
    public let security: MailConnection.Security
    public let username: String
    public let credential: Credential
    /// PEM; nil for the authorities that the system trusts.
    public let caFile: String?
    /// The folder that is read.
    public let folder: String
    /// The existing folder that what was taken over is moved to; nil when it stays where it is.
    public let processedFolder: String?
    public let pollSeconds: Int
    /// A longer message is not read.
    public let maximumMessageBytes: Int
    /// The recipients whose answers arrive here, by their identifiers; empty when it is for none in particular.
    public let recipients: [String]
    /// The domains of secure-mail portals, in lower case: what comes from there only tells that something waits there (practice 24).
    public let portalSenders: [String]
    /// The domains and addresses, in lower case, that matches of the verwijsindex are announced from.
    public let matchSenders: [String]
    /// The kinds of attachment that are kept: words of `attachmentKinds`.
    public let attachmentTypes: [String]
    /// A longer attachment is not kept.
    public let maximumAttachmentBytes: Int
    /// The name (authserv-id, RFC 8601) under which the board's own mail server writes what it found out about senders; nil when no sender
    /// is to count as checked.
    public let checkedBy: String?
    public let connectTimeoutSeconds: Int
    public let totalTimeoutSeconds: Int
    /// Where the mailbox stands in the configuration.
    public let place: SourcePlace
    /// Where each key stands, for problems that are found later.
    public let places: ConnectionPlaces
}
