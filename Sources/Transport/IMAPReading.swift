// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
public import Disclosures

/// One folder of one mailbox, read by polling. Every call has a connection of its own, so what a hostile mail holds never reaches
/// another command; calls may run at the same time.
public protocol Mailbox: Sendable {
    /// The messages that came after a position, oldest first. Looks at nothing but their UIDs: what was read or flagged by a person
    /// makes no difference.
    /// - Parameter position: The last message that was taken over; nil for everything in the folder.
    /// - Throws: `.uidValidityChanged` when the position's UIDs mean nothing any more.
    func list(after position: MailboxMessage?) async throws(MailboxFailure) -> MailboxListing

    /// The whole message, byte for byte as the server keeps it (RFC 5322, lines ending in CRLF). The server marks it as read.
    /// - Throws: `.messageTooLarge` above the configured limit, `.messageGone` when it is not there.
    func bytes(of message: MailboxMessage) async throws(MailboxFailure) -> [UInt8]

    /// Moves a message to an existing folder of the same mailbox. Only the server's COPYUID counts as done.
    /// - Returns: Where it is now, in that folder's own numbers.
    /// - Throws: `.refused` when there is no such folder, `.messageGone` when the server moved nothing (or keeps no COPYUID),
    ///   `.uncertain` when it may have been moved.
    @discardableResult
    func move(_ message: MailboxMessage, to folder: String) async throws(MailboxFailure) -> MailboxMessage

    /// Sets a flag that people see in their mail program.
    func mark(_ message: MailboxMessage, _ flag: MailboxFlag) async throws(MailboxFailure)

    /// Connects, negotiates TLS, logs in and opens the folder.
    func probe() async -> ProbeResult
}

/// One message of a folder: the two numbers together never name another message (RFC 3501, 2.3.1.1).
public struct MailboxMessage: Codable, Sendable, Hashable, Comparable {
    /// Of the folder; another value than before means that all UIDs were given out anew.
    public let uidValidity: UInt32
    /// From 1, rising with every message that arrives.
    public let uid: UInt32

    /// A message as the store remembered it.
    public init(uidValidity: UInt32, uid: UInt32) {
        self.uidValidity = uidValidity
        self.uid = uid
    }

    /// Arrival order within one UIDVALIDITY.
    public static func < (left: Self, right: Self) -> Bool {
        (left.uidValidity, left.uid) < (right.uidValidity, right.uid)
    }
}

/// What stands in a folder after a position.
public struct MailboxListing: Codable, Sendable, Hashable {
    public let uidValidity: UInt32
    /// What the next message to arrive will be numbered at least: one less is the position for "only what comes from now on".
    public let uidNext: UInt32
    /// Rising.
    public let uids: [UInt32]
    /// There are more: list again after the last one.
    public let hasMore: Bool

    /// For stand-ins in tests, too.
    public init(uidValidity: UInt32, uidNext: UInt32, uids: [UInt32], hasMore: Bool = false) {
        self.uidValidity = uidValidity
        self.uidNext = uidNext
        self.uids = uids
        self.hasMore = hasMore
    }

    /// The messages, oldest first.
    public var messages: [MailboxMessage] { uids.map { MailboxMessage(uidValidity: uidValidity, uid: $0) } }
}

/// A flag that every IMAP server knows.
public enum MailboxFlag: String, Codable, Sendable, Hashable, CaseIterable {
    case seen = #"\Seen"#
    case flagged = #"\Flagged"#
}

/// Why a mailbox did not do what was asked. Never holds anything of a message.
public enum MailboxFailure: Error, Codable, Sendable, Hashable {
    /// Not reached, not let in, or no whole answer. Nothing was changed: try again at the next poll.
    case unreachable(OutcomeReason)
    /// The folder's UIDs were given out anew: list from the beginning, and recognise messages by their content.
    case uidValidityChanged(now: UInt32)
    /// No such message there (any more).
    case messageGone
    /// Longer than the configured limit; not read. The number of bytes as the server announced it.
    case messageTooLarge(bytes: Int)
    /// The server said no: there is no such folder, or no right to it.
    case refused
    /// A change may have been made: no answer came.
    case uncertain(OutcomeReason)
}
