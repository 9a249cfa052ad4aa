// SPDX-License-Identifier: EUPL-1.2
public import Values

/// The durable memory of the gateway: journal, deliveries, disclosure log, notices, what is owed, tokens.
///
/// There is one write, `commit`, and it is atomic and durable: when it returns, a power cut takes nothing back. Callers that wait
/// at the same time may share one disk commit; a change that fails fails alone. A second store (PostgreSQL, say) must pass the
/// same store suite.
public protocol Store: MailStore {
    /// Applies the whole change or nothing.
    /// - Throws: `StoreError`.
    func commit(_ change: Change) async throws(StoreError) -> CommitReceipt

    func event(_ id: EventID) async throws(StoreError) -> StoredEvent?
    /// The sealed body, opened: the canonical bytes that were committed.
    func body(of id: EventID) async throws(StoreError) -> [UInt8]?
    /// The journalled events of one case in order, with their bodies opened.
    /// - Parameter types: CloudEvents types; nil for all.
    func caseEvents(_ name: CaseName, types: Set<String>?) async throws(StoreError) -> [StoredCaseEvent]
    /// The judgement inputs of deliveries whose event came in from a time on and before another, in order: without content or names.
    func situations(
        from: Timestamp, to: Timestamp, each body: @escaping @Sendable (StoredSituation) -> Void
    ) async throws(StoreError)
    /// How many events of these types came in from a time on and before another, per school and type that had any.
    /// - Parameter person: Without the cases that this person is barred from.
    func eventCounts(
        types: Set<String>, from: Timestamp, to: Timestamp, hiddenFrom person: String?
    ) async throws(StoreError) -> [EventCount]
    /// The cases of which an event came in at a time or later, in order of number: what happened since then cannot have come in before.
    /// - Parameter types: CloudEvents types of events that make no case, such as a publication.
    func activeCases(
        _ scope: FigureScope, since: Timestamp, withoutTypes types: Set<String>
    ) async throws(StoreError) -> [ActiveCase]
    /// Items of these kinds whose last day lies in a period (both days included), and those that are open with a last day before its
    /// end, in order of number. Without what a correction opened again: that is counted as the item that stands for it now.
    func expectedFeedback(
        _ scope: FigureScope, kinds: Set<OwedKind>, from: CalendarDate, to: CalendarDate
    ) async throws(StoreError) -> [ExpectedFeedback]
    /// The journalled events of one case in order, with their bodies opened; none for a number that no case has.
    func caseEvents(ofCase number: Int64) async throws(StoreError) -> [StoredCaseEvent]
    /// Whether a person is barred from the case of an event.
    func isBarred(_ person: String, fromCaseOf event: EventID) async throws(StoreError) -> Bool
    func deliveries(_ filter: DeliveryFilter) async throws(StoreError) -> [StoredDelivery]
    func delivery(_ id: DeliveryID) async throws(StoreError) -> StoredDelivery?
    /// The same with its event, all of one moment and in one read.
    func wholeDelivery(_ id: DeliveryID) async throws(StoreError) -> WholeDelivery?
    /// Entries in log order.
    func disclosures(_ filter: DisclosureFilter) async throws(StoreError) -> [StoredEntry]
    func owed(eventID: EventID?) async throws(StoreError) -> [StoredOwed]
    func notices(_ filter: NoticeFilter) async throws(StoreError) -> [StoredNotice]
    func owedItems(_ filter: OwedFilter) async throws(StoreError) -> [StoredOwedItem]
    func owedItem(_ id: OwedItemID) async throws(StoreError) -> StoredOwedItem?
    /// What was done with owed items, in order.
    func owedActs(of items: [OwedItemID]) async throws(StoreError) -> [OwedAct]
    /// When the clock of an owed item is to be looked at next; nil for never.
    func nextOwedLook() async throws(StoreError) -> Timestamp?
    /// Who is barred from a case, by its number.
    func barred(fromCase number: Int64) async throws(StoreError) -> Set<String>
    /// Since when each recipient is in trouble, for those that are.
    func troubles() async throws(StoreError) -> [String: Timestamp]

    func tokens() async throws(StoreError) -> [StoredToken]
}

public typealias EventID = Int64
public typealias DeliveryID = Int64

/// Everything that one commit does.
public struct Change: Sendable {
    public var event: NewEvent?
    /// Persons who from now on neither see nor hear nor decide anything of the case of `event` (practice 7).
    public var barred: [String] = []
    /// Deliveries of `event`.
    public var deliveries: [NewDelivery] = []
    public var moves: [Move] = []
    /// Appended to the disclosure log in this order.
    public var entries: [NewEntry] = []
    public var notices: [NewNotice] = []
    /// Shortfalls of `event` that are owed afterwards.
    public var owed: [NewOwed] = []
    /// What happens to owed items, in this order.
    public var owedSteps: [OwedStep] = []
    public var settledNotices: [NoticeSettlement] = []
    /// What came in by mail, and what people say of it.
    public var mail = MailChange()
    /// A recipient's trouble began (a time) or ended (nil).
    public var troubles: [String: Timestamp?] = [:]
    public var newTokens: [NewToken] = []
    public var revokedTokens: [TokenRevocation] = []

    public init() {}
}

/// A case event to be journalled.
public struct NewEvent: Sendable {
    /// CloudEvents `source` and `id`: together they make the event unique.
    public let source: String
    public let id: String
    /// The CloudEvents type.
    public let type: String
    /// BRIN of the school.
    public let school: String
    /// The school's own reference of the case. Only its keyed pseudonym is stored in the clear.
    public let caseReference: String
    /// RFC 8785 bytes of the whole event. Stored sealed under the key of the case.
    public let body: [UInt8]
    public let receivedAt: Timestamp
    public let submitter: Submitter
    /// 32 lower-case hexadecimal digits, W3C Trace Context.
    public let traceID: String

    public init(
        source: String, id: String, type: String, school: String, caseReference: String, body: [UInt8],
        receivedAt: Timestamp, submitter: Submitter, traceID: String
    ) {
        self.source = source
        self.id = id
        self.type = type
        self.school = school
        self.caseReference = caseReference
        self.body = body
        self.receivedAt = receivedAt
        self.submitter = submitter
        self.traceID = traceID
    }
}

/// Who brought an event in.
public struct Submitter: Codable, Sendable, Hashable {
    /// The token's public identifier (not the token).
    public let tokenID: String
    /// The configured person that a `persoon` token is bound to.
    public let personID: String?

    public init(tokenID: String, personID: String?) {
        self.tokenID = tokenID
        self.personID = personID
    }
}

/// One event to one recipient, planned at intake.
public struct NewDelivery: Sendable {
    /// Chosen by the planner; the idempotency key towards the recipient. A UUID in lower case.
    public let key: String
    public let recipientID: String
    /// `waiting`, `queued`, `releasable`, `refused`, or `handedOver` (recorded afterwards).
    public let state: DeliveryState
    /// A fixed code of the rules or the delivery that explains the state.
    public let reason: String?
    public let confirmedBy: Confirmation?
    /// When a person must be told if it has not arrived by then (practice 3); nil where that does not apply.
    public let tellBy: Timestamp?
    /// What was judged, as RFC 8785 bytes without content or names (practice 33); nil where nothing was.
    public let situation: [UInt8]?

    public init(
        key: String, recipientID: String, state: DeliveryState, reason: String?, confirmedBy: Confirmation?,
        tellBy: Timestamp?, situation: [UInt8]? = nil
    ) {
        self.situation = situation
        self.key = key
        self.recipientID = recipientID
        self.state = state
        self.reason = reason
        self.confirmedBy = confirmedBy
        self.tellBy = tellBy
    }
}

/// Which person confirmed, in which role.
public struct Confirmation: Codable, Sendable, Hashable {
    public let personID: String
    public let role: String
    public let at: Timestamp
    /// The person looked at what the check found in the free text (practice 15).
    public let textChecked: Bool

    public init(personID: String, role: String, at: Timestamp, textChecked: Bool = false) {
        self.personID = personID
        self.role = role
        self.at = at
        self.textChecked = textChecked
    }
}

/// One step of a delivery. The change fails as a whole when the delivery is not in `from`.
public struct Move: Sendable {
    public let delivery: DeliveryID
    public let from: Set<DeliveryState>
    public let to: DeliveryState
    public var reason: String?
    /// For `queued`: the earliest time of the next attempt.
    public var dueAt: Timestamp?
    /// The number of attempts made, counted before the adapter is called.
    public var attempts: Int?
    public var confirmedBy: Confirmation?
    /// The counterpart's own reference, contact and the like, as RFC 8785 bytes; stored sealed.
    public var receipt: [UInt8]?
    /// A new term for telling a person, or `.some(nil)` to stop the watch.
    public var tellBy: Timestamp??
    /// A person tries again: the attempts so far no longer count against the retry policy.
    public var startsRound = false

    public init(_ delivery: DeliveryID, from: Set<DeliveryState>, to: DeliveryState) {
        self.delivery = delivery
        self.from = from
        self.to = to
    }
}

/// An entry of the disclosure log, complete but for its place.
public struct NewEntry: Sendable {
    public enum Subject: Sendable, Hashable {
        case existing(DeliveryID)
        /// The delivery of this same change at that position.
        case planned(Int)
    }

    public let subject: Subject
    public let kind: EntryKind
    public let attempt: Int
    /// RFC 8785 bytes; hold no personal values.
    public let canonicalBytes: [UInt8]

    public init(subject: Subject, kind: EntryKind, attempt: Int, canonicalBytes: [UInt8]) {
        self.subject = subject
        self.kind = kind
        self.attempt = attempt
        self.canonicalBytes = canonicalBytes
    }
}

/// What an entry of the disclosure log says.
public enum EntryKind: String, Codable, Sendable, CaseIterable, Hashable {
    /// Written before anything leaves: who gets what, on which ground, for which purpose.
    case intent = "voornemen"
    /// What became of an intent.
    case outcome = "uitkomst"
    /// A person found out what became of an outcome that was unknown.
    case settled = "opheldering"
    /// A disclosure made by phone or in a meeting, recorded afterwards (practice 4).
    case afterwards = "achterafVastgelegd"
}

/// A content-free message to a person or to ICT.
public struct NewNotice: Sendable, Hashable {
    public enum Addressee: Codable, Sendable, Hashable {
        case person(String)
        case ict
    }

    public enum Kind: String, Codable, Sendable, CaseIterable, Hashable {
        /// "Nog niet aangekomen: bel 0800-2000, bij acuut gevaar 112" (practice 3).
        case notArrived
        /// Something waits for this person, or for somebody in the same role.
        case holdReminder
        /// It waited too long, and was cancelled.
        case holdExpired
        case recipientTroubleBegan
        case recipientTroubleEnded
        /// A mailbox cannot be read; `recipientID` is the mailbox.
        case mailboxTroubleBegan
        case mailboxTroubleEnded
        /// Post lies ready for a person; `recipientID` is the mailbox.
        case postArrived
        /// Something is owed by this person, or by somebody in the same role.
        case owedReminder
        /// The term of something ended, and with it what it was about.
        case owedLapsed
        /// The teacher who raised a concern hears that it was taken up, and nothing else.
        case concernTakenUp
    }

    public let kind: Kind
    public let addressee: Addressee
    public let recipientID: String
    /// Nil for a notice about a recipient as a whole.
    public let subject: NewEntry.Subject?
    /// The state that made the notice, with the round after the first: one notice per delivery, addressee and cause.
    public let cause: String
    public let createdAt: Timestamp
    /// The owed item that it is about: one notice per item, addressee and cause.
    public let owedItem: OwedItemID?

    public init(
        kind: Kind, addressee: Addressee, recipientID: String, subject: NewEntry.Subject?, cause: String,
        createdAt: Timestamp, owedItem: OwedItemID? = nil
    ) {
        self.owedItem = owedItem
        self.kind = kind
        self.addressee = addressee
        self.recipientID = recipientID
        self.subject = subject
        self.cause = cause
        self.createdAt = createdAt
    }
}

/// A shortfall (*tekort*) that never stopped a report and is owed afterwards.
public struct NewOwed: Sendable, Hashable {
    /// The position of the delivery in this change.
    public let delivery: NewEntry.Subject
    /// The code of the shortfall, from the rules.
    public let code: String
    public let since: Timestamp

    public init(delivery: NewEntry.Subject, code: String, since: Timestamp) {
        self.delivery = delivery
        self.code = code
        self.since = since
    }
}

/// What became of an attempt to send a notice.
public struct NoticeSettlement: Sendable, Hashable {
    public let notice: Int64
    /// Sent at that time; nil when it must be tried again at `dueAt`.
    public let sentAt: Timestamp?
    public let dueAt: Timestamp?

    public init(notice: Int64, sentAt: Timestamp?, dueAt: Timestamp?) {
        self.notice = notice
        self.sentAt = sentAt
        self.dueAt = dueAt
    }
}

/// What a commit made.
public enum CommitReceipt: Sendable, Hashable {
    /// Stored. `event` and the number of its case are nil when the change had none.
    case stored(event: EventID?, deliveries: [DeliveryID], caseNumber: Int64?)
    /// The same event (same source, id and body) was stored before; nothing was changed.
    case duplicate(event: EventID)
}

/// Why a commit or a read did not happen. Never holds anything personal.
public enum StoreError: Error, Sendable, Hashable {
    /// Source and id are taken by an event with another body.
    case idTaken
    /// The delivery is in this state, from which the move is not allowed.
    case stateChanged(delivery: DeliveryID, actual: DeliveryState)
    case noSuchDelivery(DeliveryID)
    /// Somebody else looked at the clock of this owed item first, or closed it.
    case owedChanged(OwedItemID)
    /// A person said the same of this mail before.
    case mailJudged(MailID)
    /// Disk full, read-only, I/O error: nothing was written, and it may be tried again.
    case unavailable(code: Int, message: String)
    /// The change breaks a rule of the store: a mistake of the program. Nothing of it was written, and trying again does not help.
    /// - Parameter code: The store's own code for the kind of rule.
    case invalidChange(code: Int)
    /// The key does not open what the store holds.
    case wrongKey
    /// What was read is not what was written.
    case corrupt(String)
}
