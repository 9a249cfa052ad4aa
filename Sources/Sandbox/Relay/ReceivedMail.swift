// SPDX-License-Identifier: EUPL-1.2

/// One message as a stand-in relay received it.
public struct ReceivedMail: Sendable, Hashable {
    /// The number of the connection it came over, from 1.
    public let connection: Int
    /// The envelope's sender, without angle brackets.
    public let from: String
    /// The envelope's recipients that were accepted, without angle brackets.
    public let recipients: [String]
    /// The message, byte for byte, freed from dot-stuffing and the closing dot.
    public let raw: [UInt8]
    /// Whether it came over TLS.
    public let isSecure: Bool
    /// Who had logged in.
    public let user: String?
    /// The relay's final reply; nil when it hung or closed without one.
    public let reply: String?
    /// When its last byte was read.
    public let receivedAt: ContinuousClock.Instant

    /// The message taken apart.
    public var parsed: ParsedMail { ParsedMail(raw) }

    var isAccepted: Bool { reply?.hasPrefix("250") ?? false }
}

/// What a client said on one connection to a stand-in relay.
public struct RelayTranscript: Sendable, Hashable {
    /// The number of the connection, from 1.
    public let connection: Int
    /// Every byte that came in before TLS, or over the whole connection when TLS was never begun.
    public internal(set) var beforeTLS: [UInt8] = []
    /// How many bytes were thrown away because they came along with STARTTLS: an attempt to smuggle commands.
    public internal(set) var discardedBytes = 0
    /// Whether the TLS handshake was begun.
    public internal(set) var startedTLS = false
    /// The command lines in order, before and after TLS, without message content; credentials are shown as `***`.
    public internal(set) var commands: [String] = []
    /// The relay's replies in order.
    public internal(set) var replies: [String] = []

    init(connection: Int) {
        self.connection = connection
    }
}
