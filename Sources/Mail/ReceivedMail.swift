// SPDX-License-Identifier: EUPL-1.2
public import Values

/// A mail that came in, as a person may see it: plain text, the sender with what is known of it, and what was attached.
public struct ReceivedMail: Sendable, Hashable {
    public let sender: Sender
    /// One line, at most 300 characters.
    public let subject: String
    /// When the sender says it was written; senders can say anything.
    public let date: Timestamp?
    /// The words, without markup and without stuff that a screen would act on. May hold addresses of websites: show it through
    /// `LinkGuard`.
    public let text: String
    /// The words stood only in an HTML part, and were taken out of it.
    public let isTextFromHTML: Bool
    /// Not everything was read: too long, too many parts, or too deeply nested.
    public let isIncomplete: Bool
    public let attachments: [Attachment]
    /// What stands in headers that tell machines from people.
    public let signs: Signs
    /// Identifiers of messages that this one answers or reports about: the part before the “@”.
    public let answeredMessages: [String]

    /// Who says to have written it.
    public struct Sender: Sendable, Hashable {
        public let address: String?
        public let name: String?
        public let check: SenderCheck

        /// A sender as it was read.
        public init(address: String?, name: String?, check: SenderCheck) {
            self.address = address
            self.name = name
            self.check = check
        }
    }

    /// Something that came along with the words.
    public struct Attachment: Sendable, Hashable {
        /// From 1, in the order of the mail.
        public let number: Int
        /// As the sender called it, without folders and control characters, at most 100 characters.
        public let fileName: String
        /// In bytes; as it was sent when it was not kept.
        public let size: Int
        public let content: Content

        /// What became of it.
        public enum Content: Sendable, Hashable {
            case kept(AttachmentKind, bytes: [UInt8])
            /// Kept elsewhere; only what it is.
            case stored(AttachmentKind)
            case notKept(Reason)
        }

        /// Why an attachment was not kept.
        public enum Reason: String, Sendable, Hashable, CaseIterable {
            case soortNietToegestaan
            case teGroot
            /// It begins otherwise than its name or type says.
            case inhoudPastNietBijSoort
            case teVeelBijlagen
        }

        /// An attachment as it was read.
        public init(number: Int, fileName: String, size: Int, content: Content) {
            self.number = number
            self.fileName = fileName
            self.size = size
            self.content = content
        }
    }

    /// Headers by which machines say that they are machines.
    public struct Signs: Sendable, Hashable {
        /// RFC 3834, the keyword in lower case.
        public var autoSubmitted: String?
        /// In lower case.
        public var precedence: String?
        /// `X-Auto-Response-Suppress` is there, as on out-of-office replies of Exchange.
        public var suppressesResponses = false
        /// Another mark of an automatic reply (`X-Autoreply`, `X-Autorespond`).
        public var isMarkedAutoreply = false
        /// The envelope had no sender: nobody reads answers.
        public var hasNullReturnPath = false
        /// A report by a mail server about another message (RFC 3464).
        public var isDeliveryReport = false
        /// The report says that a message will not arrive.
        public var reportsFailure = false

        /// No signs.
        public init() {}
    }

    /// A mail as it was read, or as it was kept.
    public init(
        sender: Sender, subject: String, date: Timestamp?, text: String, isTextFromHTML: Bool,
        isIncomplete: Bool,
        attachments: [Attachment], signs: Signs = Signs(), answeredMessages: [String] = []
    ) {
        self.sender = sender
        self.subject = subject
        self.date = date
        self.text = text
        self.isTextFromHTML = isTextFromHTML
        self.isIncomplete = isIncomplete
        self.attachments = attachments
        self.signs = signs
        self.answeredMessages = answeredMessages
    }
}

/// Whether the board's own mail server found that the sender is who it says (RFC 8601). Nothing is ever trusted because of it.
public enum SenderCheck: String, Sendable, Hashable, CaseIterable {
    case geslaagd
    /// Somebody else may have sent it in this name.
    case gezakt
    case onbekend
}

/// How much of a mail is read.
public struct MailLimits: Sendable, Hashable {
    public var maximumParts = 100
    public var maximumDepth = 10
    /// Multiparts within a message, wherever they stand.
    public var maximumNestings = 200
    public var maximumHeaderBytes = 262_144
    /// Characters of the words that are kept.
    public var maximumText = 100_000
    public var maximumAttachments = 25
    /// Bytes of one attachment.
    public var maximumAttachmentBytes = 10_485_760
    public var allowedKinds = Set(AttachmentKind.allCases)

    /// The shipped limits.
    public init() {}
}

/// Why a message could not be read at all.
public enum UnreadableMail: Error, Sendable, Hashable {
    case noMessage
    case headersTooLarge
    case tooManyParts
}
