// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
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
    /// Nil for a kind that only code opens.
    public let opening: OwedOpening?
    public let term: OwedTerm
    public let reminders: OwedReminders
    public let closings: [OwedClosingRule]
    /// The event that the gateway itself journals when the term ends, which closes the item.
    public let ending: EventType?
    /// Whether the person it is about hears, content-free, when it is done.
    public let tellsPerson: Bool

    public init(
        kind: OwedKind, title: String, task: String, source: String, owners: [Role], opening: OwedOpening?,
        term: OwedTerm, reminders: OwedReminders, closings: [OwedClosingRule], ending: EventType? = nil,
        tellsPerson: Bool = false
    ) {
        self.kind = kind
        self.title = title
        self.task = task
        self.source = source
        self.owners = owners
        self.opening = opening
        self.term = term
        self.reminders = reminders
        self.closings = closings
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

/// A member of the data that must hold one of some words.
public struct OwedCondition: Sendable, Hashable {
    public let field: String
    public let words: [String]

    public init(field: String, words: [String]) {
        self.field = field
        self.words = words
    }

    func holds(for event: CaseEvent) -> Bool {
        event.data[field]?.string.map { words.contains($0) } ?? false
    }
}

/// What opens an item.
public struct OwedOpening: Sendable, Hashable {
    public let trigger: OwedTrigger
    public var conditions: [OwedCondition] = []
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
    /// The member of the data that names the recipient; nil for all. What arrives closes those of its own recipient.
    public var recipient: String?
    /// Only what somebody else than the person of the item does.
    public var byAnother = false
    public var state = OwedState.done

    public init(_ trigger: OwedTrigger) {
        self.trigger = trigger
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
