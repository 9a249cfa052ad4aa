// SPDX-License-Identifier: EUPL-1.2
public import Values

/// A journalled event, without its sealed body.
public struct StoredEvent: Sendable, Hashable {
    public let id: EventID
    public let type: String
    public let school: String
    /// Keyed pseudonym of the case reference, lower-case hexadecimal.
    public let casePseudonym: String
    public let receivedAt: Timestamp
    public let submitter: Submitter
    public let traceID: String

    public init(
        id: EventID, type: String, school: String, casePseudonym: String, receivedAt: Timestamp, submitter: Submitter,
        traceID: String
    ) {
        self.id = id
        self.type = type
        self.school = school
        self.casePseudonym = casePseudonym
        self.receivedAt = receivedAt
        self.submitter = submitter
        self.traceID = traceID
    }
}

/// A case by the names that the school has for it. Only its keyed pseudonym is stored in the clear.
public struct CaseName: Sendable, Hashable {
    /// The BRIN under which the configuration knows the school.
    public let school: String
    /// The school's own reference of the case.
    public let reference: String

    public init(school: String, reference: String) {
        self.school = school
        self.reference = reference
    }
}

/// An event of a case with its opened body.
public struct StoredCaseEvent: Sendable, Hashable {
    public let event: StoredEvent
    /// The canonical bytes that were committed.
    public let body: [UInt8]

    public init(event: StoredEvent, body: [UInt8]) {
        self.event = event
        self.body = body
    }
}

/// What was judged for one delivery.
public struct StoredSituation: Sendable, Hashable {
    public let delivery: DeliveryID
    public let recipientID: String
    public let judgedAt: Timestamp
    /// What has become of the delivery.
    public let state: DeliveryState
    /// Kinds, bands, marks and names of fields: no content, no names.
    public let json: [UInt8]

    public init(delivery: DeliveryID, recipientID: String, judgedAt: Timestamp, state: DeliveryState, json: [UInt8]) {
        self.delivery = delivery
        self.recipientID = recipientID
        self.judgedAt = judgedAt
        self.state = state
        self.json = json
    }
}

/// A delivery as it stands.
public struct StoredDelivery: Sendable, Hashable {
    public let id: DeliveryID
    public let key: String
    public let event: EventID
    public let eventType: String
    public let school: String
    /// The number of the case within the store: orders deliveries per case and recipient.
    public let caseNumber: Int64
    public let recipientID: String
    public let state: DeliveryState
    public let reason: String?
    public let attempts: Int
    /// The attempts made before a person last started a new round; 0 in the first round.
    public let roundStart: Int
    public let dueAt: Timestamp?
    public let tellBy: Timestamp?
    public let confirmedBy: Confirmation?
    /// Opened receipt bytes, if any.
    public let receipt: [UInt8]?
    public let createdAt: Timestamp
    public let changedAt: Timestamp

    public init(
        id: DeliveryID, key: String, event: EventID, eventType: String, school: String, caseNumber: Int64,
        recipientID: String, state: DeliveryState, reason: String?, attempts: Int, roundStart: Int = 0,
        dueAt: Timestamp?, tellBy: Timestamp?,
        confirmedBy: Confirmation?, receipt: [UInt8]?, createdAt: Timestamp, changedAt: Timestamp
    ) {
        self.id = id
        self.key = key
        self.event = event
        self.eventType = eventType
        self.school = school
        self.caseNumber = caseNumber
        self.recipientID = recipientID
        self.state = state
        self.reason = reason
        self.attempts = attempts
        self.roundStart = roundStart
        self.dueAt = dueAt
        self.tellBy = tellBy
        self.confirmedBy = confirmedBy
        self.receipt = receipt
        self.createdAt = createdAt
        self.changedAt = changedAt
    }
}

/// A delivery with what an attempt needs of its event.
public struct WholeDelivery: Sendable, Hashable {
    public let delivery: StoredDelivery
    /// Who brought the event in.
    public let submitter: Submitter
    public let traceID: String
    /// The sealed body of the event, opened.
    public let body: [UInt8]

    public init(delivery: StoredDelivery, submitter: Submitter, traceID: String, body: [UInt8]) {
        self.delivery = delivery
        self.submitter = submitter
        self.traceID = traceID
        self.body = body
    }
}

/// An entry of the disclosure log with its place and its leaf hash.
public struct StoredEntry: Sendable, Hashable {
    /// From 0, without gaps.
    public let index: Int64
    public let delivery: DeliveryID
    public let kind: EntryKind
    public let attempt: Int
    public let canonicalBytes: [UInt8]
    /// SHA-256(0x00 ‖ canonical bytes), RFC 9162 section 2.1.1.
    public let leafHash: [UInt8]

    public init(
        index: Int64, delivery: DeliveryID, kind: EntryKind, attempt: Int, canonicalBytes: [UInt8], leafHash: [UInt8]
    ) {
        self.index = index
        self.delivery = delivery
        self.kind = kind
        self.attempt = attempt
        self.canonicalBytes = canonicalBytes
        self.leafHash = leafHash
    }
}

public struct StoredNotice: Sendable, Hashable {
    public let id: Int64
    public let kind: NewNotice.Kind
    public let addressee: NewNotice.Addressee
    public let recipientID: String
    public let delivery: DeliveryID?
    public let cause: String
    public let createdAt: Timestamp
    public let sentAt: Timestamp?
    public let dueAt: Timestamp?
    public let attempts: Int
    public let owedItem: OwedItemID?

    public init(
        id: Int64, kind: NewNotice.Kind, addressee: NewNotice.Addressee, recipientID: String, delivery: DeliveryID?,
        cause: String, createdAt: Timestamp, sentAt: Timestamp?, dueAt: Timestamp?, attempts: Int,
        owedItem: OwedItemID? = nil
    ) {
        self.owedItem = owedItem
        self.id = id
        self.kind = kind
        self.addressee = addressee
        self.recipientID = recipientID
        self.delivery = delivery
        self.cause = cause
        self.createdAt = createdAt
        self.sentAt = sentAt
        self.dueAt = dueAt
        self.attempts = attempts
    }
}

public struct StoredOwed: Sendable, Hashable {
    public let event: EventID
    public let delivery: DeliveryID
    public let code: String
    public let since: Timestamp

    public init(event: EventID, delivery: DeliveryID, code: String, since: Timestamp) {
        self.event = event
        self.delivery = delivery
        self.code = code
        self.since = since
    }
}

/// Which deliveries; every given condition must hold. Answers come in order of id.
public struct DeliveryFilter: Sendable, Hashable {
    public var event: EventID?
    public var ofCase: CaseName?
    /// The case by its number in the store.
    public var caseNumber: Int64?
    /// Without the cases that this person is barred from.
    public var hiddenFrom: String?
    public var states: Set<DeliveryState>?
    public var recipientID: String?
    public var schools: Set<String>?
    /// The public identifier of the token that brought the event in.
    public var submitterToken: String?
    /// Only deliveries with a pending term to tell a person.
    public var watched = false
    public var after: DeliveryID?
    public var limit: Int?

    public init() {}
}

public struct DisclosureFilter: Sendable, Hashable {
    public var delivery: DeliveryID?
    public var schools: Set<String>?
    /// Without the cases that this person is barred from.
    public var hiddenFrom: String?
    public var from: Int64?
    public var limit: Int?

    public init() {}
}

public struct NoticeFilter: Sendable, Hashable {
    public var delivery: DeliveryID?
    public var unsentOnly = false

    public init() {}
}

/// What a bearer token may do. The token itself is never stored, only its hash.
public struct NewToken: Sendable, Hashable {
    public enum Kind: String, Codable, Sendable, Hashable {
        /// Submits events and reads its own.
        case systeem
        /// Bound to one configured person; alone confirms, releases and decides.
        case persoon
    }

    /// Public identifier: 12 lower-case letters and digits, also the first part of the token.
    public let id: String
    public let hash: [UInt8]
    public let kind: Kind
    public let personID: String?
    /// BRINs; empty means none.
    public let schools: [String]
    /// CloudEvents types; empty means none.
    public let eventTypes: [String]
    public let label: String
    public let createdAt: Timestamp

    public init(
        id: String, hash: [UInt8], kind: Kind, personID: String?, schools: [String], eventTypes: [String],
        label: String,
        createdAt: Timestamp
    ) {
        self.id = id
        self.hash = hash
        self.kind = kind
        self.personID = personID
        self.schools = schools
        self.eventTypes = eventTypes
        self.label = label
        self.createdAt = createdAt
    }
}

public struct TokenRevocation: Sendable, Hashable {
    public let id: String
    public let at: Timestamp

    public init(id: String, at: Timestamp) {
        self.id = id
        self.at = at
    }
}

public struct StoredToken: Sendable, Hashable {
    public let token: NewToken
    public let revokedAt: Timestamp?

    public init(token: NewToken, revokedAt: Timestamp?) {
        self.token = token
        self.revokedAt = revokedAt
    }
}
