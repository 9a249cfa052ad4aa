// SPDX-License-Identifier: EUPL-1.2

/// What a received mail is taken to be, before a person has looked. None of them fulfils anything (practice 24).
public enum MailKind: String, Codable, Sendable, Hashable, CaseIterable {
    /// An automatic reply or another mail of a machine: kept, changes nothing.
    case automatisch
    /// A mail server says that a message of ours will not arrive.
    case bezorgfout
    /// A secure-mail portal says that a message lies there: “lees en leg vast”.
    case portaalbericht
    /// The verwijsindex says that there is a match, or something else to look at there.
    case matchbericht
    /// Post for a person.
    case bericht
    /// Could not be fetched or read; it is still in the mailbox.
    case onleesbaar
    /// Longer than the configured limit; it is still in the mailbox.
    case teGroot

    /// Whether a person must look at it.
    public var needsPerson: Bool { self != .automatisch }

    /// Whether somebody seems to have answered: it makes a ladder stand still for a while (practice 24).
    public var pausesLadder: Bool { self == .bericht || self == .portaalbericht }

    /// Whether it stays where it lies, for a person with a mail program.
    public var staysInMailbox: Bool { self == .onleesbaar || self == .teGroot }
}
