// SPDX-License-Identifier: EUPL-1.2
public import Values

/// The number of an owed item: its reference for people.
public typealias OwedItemID = Int64

/// What a commit does to owed items, in the order of the change. Steps name items by what they are about, so that the store finds
/// them within the commit: what another event opened a moment before is not missed.
public enum OwedStep: Sendable, Hashable {
    /// Nothing happens when the same was opened before.
    case open(NewOwedItem)
    /// Closes every open item that it means; none is fine.
    case close(OwedClosing)
    /// The clock was looked at. The change fails as a whole (`StoreError.owedChanged`) when somebody was first.
    case look(OwedLook)
    /// Open items get another last day, and their ladder begins anew.
    case move(OwedMove)
    /// A partner was spoken, or could not be reached, about open items.
    case contact(OwedContact)
    /// A person's decision about the clock of one item. The change fails as a whole (`StoreError.owedChanged`) when it is not open.
    case decide(OwedDecision)
    /// What this mail paused goes on, for a person said what it is (practice 24).
    case resumeAfterPost(mail: Int64, at: Timestamp)
    /// What a feedback that was wrong had closed is owed again, and what it had opened is cancelled. Nothing is overwritten.
    case correct(OwedCorrection)
}

/// Open items of the case of the event get another last day.
public struct OwedMove: Sendable, Hashable {
    public let kind: OwedKind
    /// Nil for all.
    public let recipientID: String?
    public let dueOn: CalendarDate
    /// When the clock is looked at next.
    public let nextAt: Timestamp?
    public let at: Timestamp
    public let personID: String?
}

/// Somebody tried to reach a partner about what is open in the case of the event, or the partner told a part of it.
public struct OwedContact: Sendable, Hashable {
    public let kinds: Set<OwedKind>
    public let recipientID: String
    /// `contact` or `partial`.
    public let act: OwedAct.Kind
    /// A word of `uitkomst` in `nl.meldcode.partnercontact-vastgelegd.v1`; nil for a part that was told.
    public let outcome: String?
    public let at: Timestamp
    public let personID: String?
}

/// What a person decided about one item.
public struct OwedDecision: Sendable, Hashable {
    public enum Verdict: Sendable, Hashable {
        /// The clock stands still until then.
        case snooze(until: Timestamp)
        case resume
        case close(OwedState)
    }

    public let item: OwedItemID
    /// It belongs to the case of the event; a yearly task belongs to none.
    public let isOfCase: Bool
    public let verdict: Verdict
    /// A word of `reden` in `nl.meldcode.verplichting-bijgewerkt.v1`.
    public let reason: String
    public let at: Timestamp
    public let personID: String?
}

/// Which earlier event of the case is corrected by the event of the change.
public struct OwedCorrection: Sendable, Hashable {
    public let corrects: Int64
    public let kinds: Set<OwedKind>
    public let at: Timestamp
    public let personID: String?
}

/// The ladders of a partner's items in one case stand still: a mail of that partner came in (practice 24). Once between two rungs.
public struct OwedPause: Sendable, Hashable {
    public let kinds: Set<OwedKind>
    /// Nil for those of every partner.
    public let recipientID: String?
    public let until: Timestamp
    public let at: Timestamp

    public init(kinds: Set<OwedKind>, recipientID: String?, until: Timestamp, at: Timestamp) {
        self.kinds = kinds
        self.recipientID = recipientID
        self.until = until
        self.at = at
    }
}

/// Why the clock of an item stands still.
public enum OwedPauser: String, Codable, Sendable, Hashable {
    case post
    case person
}

/// What was done with an item, for who reads what was tried. Fixed words, times and persons, never content.
public struct OwedAct: Sendable, Hashable {
    public enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
        case reminded, rung, contact, paused, resumed, snoozed, moved, partial, reopened, closed
    }

    public let item: OwedItemID
    public let kind: Kind
    public let at: Timestamp
    public let personID: String?
    /// The rung, the outcome of a contact, or the reason of a decision.
    public let word: String?
    /// The new last day, or how long the clock stands still.
    public let until: CalendarDate?

    public init(item: OwedItemID, kind: Kind, at: Timestamp, personID: String?, word: String?, until: CalendarDate?) {
        self.item = item
        self.kind = kind
        self.at = at
        self.personID = personID
        self.word = word
        self.until = until
    }
}

/// Which case an item belongs to.
public enum OwedPlace: Sendable, Hashable {
    /// That of the event of this change.
    case event
    /// That of the event of a delivery.
    case delivery(NewEntry.Subject)
    /// A case by its number in the store, or none yet; a school (BRIN), or none for the board as a whole.
    case known(caseNumber: Int64?, school: String?)
}

/// An item to be opened. Nothing of it is content: kinds, numbers, identifiers of the configuration, times.
public struct NewOwedItem: Sendable, Hashable {
    public let kind: OwedKind
    public let place: OwedPlace
    public var recipientID: String?
    /// The member of staff whom it is about.
    public var personID: String?
    /// What it is about, where that has a number: a delivery, a mail.
    public var subject: Int64?
    /// Names by which a later event of the case can mean it: at most two. Stored as keyed pseudonyms.
    public var names: [String] = []
    public let since: Timestamp
    /// The last day of the term.
    public let dueOn: CalendarDate
    /// When the clock is looked at first; nil for never.
    public var nextAt: Timestamp?
    /// Opens once for each open item of this kind in the case, with its recipient and its subject, unless one is open already.
    public var forEach: OwedKind?
    /// The yearly task of which this is one; with the school and the year as its subject it is unique.
    public var series: String?
    /// Does not open when another event of one of these types is in the case already.
    public var unlessAfter: Set<String> = []
    /// Does not open when the case has, or ever had, an item of one of these kinds.
    public var unlessHad: Set<OwedKind> = []
    /// Does not open while one of its kind is open in the case for the same recipient.
    public var isOnce = false

    public init(_ kind: OwedKind, _ place: OwedPlace, since: Timestamp, dueOn: CalendarDate, nextAt: Timestamp?) {
        self.kind = kind
        self.place = place
        self.since = since
        self.dueOn = dueOn
        self.nextAt = nextAt
    }
}

/// Which open items of a case are closed. Conditions that are nil do not count; an item without a case, or without a school, fits all.
public struct OwedClosing: Sendable, Hashable {
    public let kind: OwedKind
    public let place: OwedPlace
    public var recipientID: String?
    public var subject: Int64?
    public var name: String?
    /// Who acts, where only somebody else than the person of the item counts; a machine (nil within) is nobody.
    public var actor: String??
    public let state: OwedState
    public let at: Timestamp
    /// Somebody hears of it: the clock is looked at once more, at once.
    public var tells = false

    public init(_ kind: OwedKind, _ place: OwedPlace, state: OwedState, at: Timestamp) {
        self.kind = kind
        self.place = place
        self.state = state
        self.at = at
    }
}

/// What a look at the clock of one item came to.
public struct OwedLook: Sendable, Hashable {
    public let item: OwedItemID
    /// When the clock was to be looked at, as it was read.
    public let expected: Timestamp
    /// When to look again; nil for never.
    public let next: Timestamp?
    /// Somebody was reminded.
    public var reminds = false
    /// This rung of the ladder was taken.
    public var takes: OwedRung.Kind?
    /// It closes here, without an event.
    public var closes: OwedState?

    public init(_ item: OwedItemID, expected: Timestamp, next: Timestamp?) {
        self.item = item
        self.expected = expected
        self.next = next
    }
}

/// An owed item as it stands.
public struct StoredOwedItem: Sendable, Hashable {
    public let id: OwedItemID
    public let kind: OwedKind
    public let school: String?
    /// The number of the case in the store.
    public let caseNumber: Int64?
    /// What opened it.
    public let event: EventID?
    public let delivery: DeliveryID?
    public let recipientID: String?
    public let personID: String?
    public let subject: Int64?
    public let since: Timestamp
    public let dueOn: CalendarDate
    public let nextAt: Timestamp?
    /// How often somebody was reminded.
    public let reminders: Int
    public let state: OwedState
    public let closedBy: EventID?
    public let closedAt: Timestamp?
    /// How many rungs of its ladder were taken, since its last day was set.
    public let rungs: Int
    /// When the last of them was.
    public let rungAt: Timestamp?
    /// Its clock stands still until then.
    public let pausedUntil: Timestamp?
    public let pausedBy: OwedPauser?
    /// The yearly task of which it is one.
    public let series: String?

    public init(
        id: OwedItemID, kind: OwedKind, school: String?, caseNumber: Int64?, event: EventID?, delivery: DeliveryID?,
        recipientID: String?, personID: String?, subject: Int64?, since: Timestamp, dueOn: CalendarDate,
        nextAt: Timestamp?, reminders: Int, state: OwedState, closedBy: EventID?, closedAt: Timestamp?,
        rungs: Int = 0, rungAt: Timestamp? = nil, pausedUntil: Timestamp? = nil, pausedBy: OwedPauser? = nil,
        series: String? = nil
    ) {
        self.rungs = rungs
        self.rungAt = rungAt
        self.pausedUntil = pausedUntil
        self.pausedBy = pausedBy
        self.series = series
        self.id = id
        self.kind = kind
        self.school = school
        self.caseNumber = caseNumber
        self.event = event
        self.delivery = delivery
        self.recipientID = recipientID
        self.personID = personID
        self.subject = subject
        self.since = since
        self.dueOn = dueOn
        self.nextAt = nextAt
        self.reminders = reminders
        self.state = state
        self.closedBy = closedBy
        self.closedAt = closedAt
    }
}

/// Which owed items; every given condition must hold. Answers come in order of number, or of their clock with `lookBy`.
public struct OwedFilter: Sendable, Hashable {
    public var ofCase: CaseName?
    /// Those of these schools.
    public var schools: Set<String>?
    /// Also those of no school.
    public var includesBoard = false
    /// Without the cases that this person is barred from.
    public var hiddenFrom: String?
    public var kinds: Set<OwedKind>?
    /// Those of these yearly tasks, by their identifiers.
    public var series: Set<String>?
    public var states: Set<OwedState>?
    /// Those whose clock is to be looked at by then.
    public var lookBy: Timestamp?
    public var after: OwedItemID?
    public var limit: Int?

    public init() {}
}
