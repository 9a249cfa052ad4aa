// SPDX-License-Identifier: EUPL-1.2
public import Values

/// The number of a received mail: its reference for people.
public typealias MailID = Int64

/// Received mail in the durable memory. Mails are never changed or deleted; what people make of them is added.
public protocol MailStore: Sendable {
    /// What is known of a mailbox.
    /// - Parameter uidValidity: Nil for the numbering that was begun last; nil is answered when there is none yet.
    func mailQueue(_ mailbox: String, uidValidity: UInt32?) async throws(StoreError) -> MailQueue?
    /// The cases to which references or message identifiers of ours belong, each once.
    func mailPlacements(_ references: [String]) async throws(StoreError) -> [MailPlacement]
    /// In order of number.
    func mails(_ filter: MailFilter) async throws(StoreError) -> [StoredMail]
    func mail(_ id: MailID) async throws(StoreError) -> StoredMail?
    /// The sealed content, opened; nil when nothing was kept of the mail.
    func mailContent(_ id: MailID) async throws(StoreError) -> [UInt8]?
    /// The bytes of an attachment, opened; nil when there is none of that number.
    func mailAttachment(_ number: Int, of id: MailID) async throws(StoreError) -> [UInt8]?
    /// What people said of it, in order: the last one holds.
    func mailJudgements(of id: MailID) async throws(StoreError) -> [StoredMailJudgement]
    /// The event that a case began with: for what the school calls the case.
    func firstEvent(ofCase number: Int64) async throws(StoreError) -> EventID?
}

/// What one commit does with mail.
public struct MailChange: Sendable {
    /// A message is taken over: all of it, or nothing.
    public var arrived: NewMail?
    /// Up to where a mailbox was dealt with, when that is not told with an arrival.
    public var settled: MailPosition?
    /// Messages that are out of the way in their mailbox, or will never be.
    public var filed: [MailPosition] = []
    /// What a person says of a mail, with the event of this change: places it with the case of that event.
    public var judged: NewMailJudgement?
    /// Somebody is about to read content.
    public var readings: [MailReading] = []
    /// References that go out with this change: by them an answer is placed.
    public var references: [NewMailReference] = []

    public init() {}

    /// Whether this change has nothing to do with mail.
    public var isEmpty: Bool {
        arrived == nil && settled == nil && filed.isEmpty && judged == nil && readings.isEmpty && references.isEmpty
    }
}

/// One message in one mailbox. The three together never name another message.
public struct MailPosition: Sendable, Hashable {
    /// As configured.
    public let mailbox: String
    public let uidValidity: UInt32
    public let uid: UInt32

    public init(mailbox: String, uidValidity: UInt32, uid: UInt32) {
        self.mailbox = mailbox
        self.uidValidity = uidValidity
        self.uid = uid
    }
}

/// How far a mailbox was dealt with, in one numbering of its messages.
public struct MailQueue: Sendable, Hashable {
    public let uidValidity: UInt32
    /// Every message up to here is taken over, or gone.
    public let settledThrough: UInt32
    /// Messages beyond that which are taken over as well.
    public let taken: Set<UInt32>
    /// Messages that are taken over and still in the way, rising.
    public let toFile: [UInt32]

    public init(uidValidity: UInt32, settledThrough: UInt32 = 0, taken: Set<UInt32> = [], toFile: [UInt32] = []) {
        self.uidValidity = uidValidity
        self.settledThrough = settledThrough
        self.taken = taken
        self.toFile = toFile
    }
}

/// The case with which a mail is placed.
public struct MailPlacement: Sendable, Hashable {
    /// The number of the case in the store.
    public let caseNumber: Int64
    /// BRIN.
    public let school: String
    /// The recipient to whom the reference was given, where one was.
    public let recipientID: String?

    public init(caseNumber: Int64, school: String, recipientID: String?) {
        self.caseNumber = caseNumber
        self.school = school
        self.recipientID = recipientID
    }
}

/// A message to be taken over.
public struct NewMail: Sendable {
    public let position: MailPosition
    /// Every message up to this UID is dealt with once this one is.
    public let settledThrough: UInt32
    /// What makes it the same message under another number; nil where its bytes are not known. Only a keyed digest is stored. A message
    /// that is known gets no second number.
    public let identity: [UInt8]?
    public let kind: MailKind
    public let receivedAt: Timestamp
    /// In bytes, as the mailbox has it; 0 when that is not known.
    public let size: Int
    /// It is to be put out of the way.
    public let mustFile: Bool
    /// Nil while nobody knows the case.
    public var placement: MailPlacement?
    /// Stored sealed: under the key of its case, or under the store's own while it has none.
    public var content: [UInt8]?
    public var attachments: [Attachment] = []
    /// Opened with the number of the mail as its subject, in the place of the mail.
    public var owed: NewOwedItem?
    /// What it makes stand still in the case with which it is placed, if it is new.
    public var pause: OwedPause?
    /// Notices about it: made only if it is new.
    public var notices: [NewNotice] = []

    public struct Attachment: Sendable, Hashable {
        /// From 1.
        public let number: Int
        public let bytes: [UInt8]

        public init(number: Int, bytes: [UInt8]) {
            self.number = number
            self.bytes = bytes
        }
    }

    public init(
        position: MailPosition, settledThrough: UInt32, identity: [UInt8]?, kind: MailKind, receivedAt: Timestamp,
        size: Int, mustFile: Bool
    ) {
        self.position = position
        self.settledThrough = settledThrough
        self.identity = identity
        self.kind = kind
        self.receivedAt = receivedAt
        self.size = size
        self.mustFile = mustFile
    }
}

/// A person says what a mail is (practice 24).
public struct NewMailJudgement: Sendable, Hashable {
    public let mail: MailID
    /// A word of the event type `post-beoordeeld`.
    public let verdict: String
    public let personID: String
    public let at: Timestamp

    public init(mail: MailID, verdict: String, personID: String, at: Timestamp) {
        self.mail = mail
        self.verdict = verdict
        self.personID = personID
        self.at = at
    }
}

/// Who reads the content of a mail, and when (practice 19).
public struct MailReading: Sendable, Hashable {
    public let mail: MailID
    /// Nil for the words.
    public let attachment: Int?
    public let personID: String
    /// The token's public identifier.
    public let tokenID: String
    public let at: Timestamp

    public init(mail: MailID, attachment: Int?, personID: String, tokenID: String, at: Timestamp) {
        self.mail = mail
        self.attachment = attachment
        self.personID = personID
        self.tokenID = tokenID
        self.at = at
    }
}

/// A reference, or the identifier of a message, that goes to a recipient and may come back. Only a keyed digest is stored.
public struct NewMailReference: Sendable, Hashable {
    public let text: String
    /// It belongs to the case of this delivery.
    public let subject: NewEntry.Subject

    public init(_ text: String, delivery: DeliveryID) {
        self.text = text
        subject = .existing(delivery)
    }

    /// - Parameter position: Of a delivery in the same change.
    public init(_ text: String, planned position: Int) {
        self.text = text
        subject = .planned(position)
    }
}

/// A received mail, without its content.
public struct StoredMail: Sendable, Hashable {
    public let id: MailID
    public let mailbox: String
    public let kind: MailKind
    /// Nil while nobody knows the case.
    public let placement: MailPlacement?
    public let receivedAt: Timestamp
    public let size: Int
    /// A person must still say what it is.
    public let isOpen: Bool
    public let hasContent: Bool

    public init(
        id: MailID, mailbox: String, kind: MailKind, placement: MailPlacement?, receivedAt: Timestamp, size: Int,
        isOpen: Bool, hasContent: Bool
    ) {
        self.id = id
        self.mailbox = mailbox
        self.kind = kind
        self.placement = placement
        self.receivedAt = receivedAt
        self.size = size
        self.isOpen = isOpen
        self.hasContent = hasContent
    }
}

public struct StoredMailJudgement: Sendable, Hashable {
    public let verdict: String
    public let personID: String
    public let at: Timestamp
    /// The event that says it.
    public let event: EventID

    public init(verdict: String, personID: String, at: Timestamp, event: EventID) {
        self.verdict = verdict
        self.personID = personID
        self.at = at
        self.event = event
    }
}

/// Which mails; every given condition must hold.
public struct MailFilter: Sendable, Hashable {
    /// Placed with a case of these schools.
    public var schools: Set<String> = []
    /// Also those that are not placed.
    public var includesUnplaced = false
    /// Without the cases that this person is barred from.
    public var hiddenFrom: String?
    public var isOpen: Bool?
    public var mailbox: String?
    public var after: MailID?
    public var limit: Int?

    public init() {}
}
