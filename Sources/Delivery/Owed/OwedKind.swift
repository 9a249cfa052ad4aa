// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Disclosures
public import PrivacyRules
import Values

/// The kinds of owed item (*verplichting*): what the school or a partner still has to do, with a clock.
public enum OwedKind: String, Codable, Sendable, CaseIterable, Hashable {
    /// Contact with the other professional after a match (Jeugdwet 7.1.3.2).
    case matchContact
    /// Telling parents and youth of a match.
    case matchInformeren
    /// The answer to an objection (AVG art. 21).
    case bezwaar
    /// The advice that the college asks (Jeugdwet 7.1.5.2).
    case adviesverzoekCollege
    /// A decision about a request for information (practice 13).
    case informatieverzoek
    /// A registration ends by itself (Jeugdwet 7.1.4.5(2)).
    case verwijsindexGeldigheid
    /// The meldingsbevoegde is asked to withdraw a registration (practice 27).
    case verwijsindexIntrekken
    /// The teacher who raised a concern hears that it was taken up: the second loop.
    case leerkrachtBericht
    /// A mail that came in waits for a person (practice 24). Opened by code alone.
    case postBeoordelen
    /// What Veilig Thuis decided after its first assessment of a report.
    case terugkoppelingBesluit
    /// What its investigation came to.
    case terugkoppelingUitkomst
    /// That it ends its involvement.
    case terugkoppelingEinde
    /// A day that was agreed in an earlier feedback.
    case terugkoppelingMoment
    /// What another partner of the chain did with what it got.
    case terugkoppelingPartner
    /// *Niet gehoord* or *drempel*: opened by a person, without a missed term (practice 23).
    case drempel
    /// The term of help that the school organised, at whose end question 5 is asked (practice 25).
    case hulpTermijn
    /// Veilig Thuis asks the school to keep an eye on the pupil (practice 25).
    case monitoring
    /// The next step of the track (practice 25).
    case stapTermijn
    /// A task of every year (practice 30): agenda of the headmasters, of the IB platform, the plan. Opened by the calendar.
    case jaartaak

    /// What a partner of the chain is expected to tell: a mail of that partner pauses its ladder (practice 24).
    public static let feedback: Set<OwedKind> = [
        .terugkoppelingBesluit, .terugkoppelingUitkomst, .terugkoppelingEinde, .terugkoppelingMoment,
        .terugkoppelingPartner, .drempel,
    ]

    /// Only code opens these, and no event does.
    public static let openedByCode: Set<OwedKind> = [.postBeoordelen, .jaartaak]
}

/// What the configuration says of one kind: what opens it, its term, its reminders, who must act, and what closes it.
public struct OwedRule: Sendable, Hashable {
    public let kind: OwedKind
    /// What it is, in Dutch, to follow a number: “contact na een match in de verwijsindex”.
    public let title: String
    /// What to do, one Dutch sentence, content-free.
    public let task: String
    /// Where the term comes from.
    public let source: String
    /// Who hears of it and must act.
    public let owners: [Role]
    /// Any of them opens it; empty for a kind that only code opens.
    public let openings: [OwedOpening]
    public let term: OwedTerm
    /// Terms that hold for some recipients instead: each region of Veilig Thuis is a recipient of its own.
    public let recipientTerms: [String: OwedTerm]
    /// Where those terms come from: an agreement with the region.
    public let recipientSources: [String: String]
    public let reminders: OwedReminders
    /// The name of the ladder that it climbs when its term is over; nil for none.
    public let ladder: String?
    public let closings: [OwedClosingRule]
    /// What gives an open item another last day: its ladder begins anew from there.
    public let moves: [OwedMoveRule]
    /// The event that the gateway itself journals when the term ends, which closes the item.
    public let ending: EventType?
    /// Whether the person it is about hears, content-free, when it is done.
    public let tellsPerson: Bool

    public init(
        kind: OwedKind, title: String, task: String, source: String, owners: [Role], openings: [OwedOpening],
        term: OwedTerm, recipientTerms: [String: OwedTerm] = [:], recipientSources: [String: String] = [:],
        reminders: OwedReminders, ladder: String? = nil, closings: [OwedClosingRule], moves: [OwedMoveRule] = [],
        ending: EventType? = nil, tellsPerson: Bool = false
    ) {
        self.kind = kind
        self.title = title
        self.task = task
        self.source = source
        self.owners = owners
        self.openings = openings
        self.term = term
        self.recipientTerms = recipientTerms
        self.recipientSources = recipientSources
        self.reminders = reminders
        self.ladder = ladder
        self.closings = closings
        self.moves = moves
        self.ending = ending
        self.tellsPerson = tellsPerson
    }
}

/// What has to happen for an item to open or close.
public enum OwedTrigger: Sendable, Hashable {
    /// An event of this type is journalled.
    case event(EventType)
    /// A delivery of an event of this type reaches its recipient, by machine or by a person.
    case arrived(EventType)

    public var type: EventType {
        switch self {
        case .event(let type), .arrived(let type): type
        }
    }
}

/// A member of the data that must hold one of some words, or hold none of them.
public struct OwedCondition: Sendable, Hashable {
    public let field: String
    /// `true` and `false` for a boolean.
    public let words: [String]
    /// It must hold none of them; being absent is fine then.
    public let isExcluding: Bool

    public init(field: String, words: [String], isExcluding: Bool = false) {
        self.field = field
        self.words = words
        self.isExcluding = isExcluding
    }

    func holds(for event: CaseEvent) -> Bool {
        let value = event.data[field]
        let word = value?.string ?? value?.bool.map { $0 ? "true" : "false" }
        return (word.map { words.contains($0) } ?? false) != isExcluding
    }
}

/// What opens an item.
public struct OwedOpening: Sendable, Hashable {
    public let trigger: OwedTrigger
    public var conditions: [OwedCondition] = []
    /// A member of the data that must be there.
    public var needs: String?
    /// A member of the data that must not be there.
    public var lacks: String?
    /// It opens none when the case already has an event of one of these types: people write down afterwards what came before it.
    public var unlessAfter: Set<EventType> = []
    /// It opens none when the case has, or ever had, an item of one of these kinds.
    public var unlessHad: Set<OwedKind> = []
    /// It opens none while one of its kind is open in the case for the same recipient: who tells the same twice owes it once.
    public var once = false
    /// The member of the data that names the recipient; what arrives has its own.
    public var recipient = "van"
    /// Only for recipients of these kinds; nil for all.
    public var recipientKinds: Set<RecipientKind>?
    /// The item opens once for each open item of this kind in the case, for the same recipient.
    public var forEach: OwedKind?
    /// The member of the data that names the person whom it is about; without a value there is no item.
    public var person: String?
    /// The item does not open when that person has one of these roles at the school.
    public var notForRoles: Set<Role> = []

    public init(_ trigger: OwedTrigger) {
        self.trigger = trigger
    }
}

/// What closes an item of the same case.
public struct OwedClosingRule: Sendable, Hashable {
    public let trigger: OwedTrigger
    public var conditions: [OwedCondition] = []
    /// The member of the data that must name the item: by the id or the reference (`kenmerk`) of the event that opened it, or by
    /// its number where that is a number. Nil closes every item of the kind in the case.
    public var names: String?
    /// A member of the data that must not be there.
    public var lacks: String?
    /// The member of the data that names the recipient; nil for all. What arrives closes those of its own recipient.
    public var recipient: String?
    /// Only when that recipient is of one of these kinds; nil for all.
    public var recipientKinds: Set<RecipientKind>?
    /// Only what somebody else than the person of the item does.
    public var byAnother = false
    public var state = OwedState.done

    public init(_ trigger: OwedTrigger) {
        self.trigger = trigger
    }
}

/// What moves the last day of an open item of the same case.
public struct OwedMoveRule: Sendable, Hashable {
    /// The type of event.
    public let type: EventType
    public var conditions: [OwedCondition] = []
    /// The member of the data that names the recipient; nil for all.
    public var recipient: String?
    /// The member of the data that holds the new last day; without a value nothing moves.
    public let to: String

    public init(_ type: EventType, to: String) {
        self.type = type
        self.to = to
    }
}

/// Where an item stands.
public enum OwedState: String, Codable, Sendable, CaseIterable, Hashable {
    case open
    case done
    /// It no longer applies.
    case cancelled
    /// Its term ended, and with it what it was about.
    case lapsed
}
