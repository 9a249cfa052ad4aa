// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Disclosures
public import Values

/// Everything a judgement depends on: no clock, no store, no network.
public struct JudgementInput: Sendable {
    public let event: CaseEvent
    public let recipient: Recipient
    public let agreements: Agreements
    /// The school's name, for documents.
    public let schoolName: String
    public let schoolHasMeldingsbevoegde: Bool
    /// Who submitted it with a token of their own; nil for a system.
    public let submitter: ActingPerson?
    public let confirmation: GivenConfirmation?
    /// The Dutch calendar date of the judgement.
    public let today: CalendarDate
    /// The idempotency key of the delivery.
    public let deliveryKey: String
    /// The reference that the counterpart can quote back.
    public let reference: String
    /// What this recipient itself gave as its reference earlier in the case; nil when it gave none, or nothing will be sent.
    public let counterpartReference: String?
    /// What other events of the case have made known.
    public let facts: CaseFacts

    public init(
        event: CaseEvent, recipient: Recipient, agreements: Agreements, schoolName: String,
        schoolHasMeldingsbevoegde: Bool,
        submitter: ActingPerson?, confirmation: GivenConfirmation?, today: CalendarDate, deliveryKey: String,
        reference: String, counterpartReference: String? = nil, facts: CaseFacts = CaseFacts()
    ) {
        self.counterpartReference = counterpartReference
        self.facts = facts
        self.event = event
        self.recipient = recipient
        self.agreements = agreements
        self.schoolName = schoolName
        self.schoolHasMeldingsbevoegde = schoolHasMeldingsbevoegde
        self.submitter = submitter
        self.confirmation = confirmation
        self.today = today
        self.deliveryKey = deliveryKey
        self.reference = reference
    }
}

/// What the board has agreed about one recipient.
public struct Agreements: Sendable, Hashable {
    public struct Convenant: Sendable, Hashable {
        public let date: CalendarDate
        public let college: String

        public init(date: CalendarDate, college: String) {
            self.date = date
            self.college = college
        }
    }

    public let convenant: Convenant?
    /// Until when the legal ground counts as checked.
    public let reviewDate: CalendarDate?
    /// The last day on which anything may go to this recipient; nil for no end.
    public let validUntil: CalendarDate?
    /// The number on which a request of this partner is verified (practice 13).
    public let callbackNumber: String?

    public init(
        convenant: Convenant? = nil, reviewDate: CalendarDate? = nil, validUntil: CalendarDate? = nil,
        callbackNumber: String? = nil
    ) {
        self.callbackNumber = callbackNumber
        self.convenant = convenant
        self.reviewDate = reviewDate
        self.validUntil = validUntil
    }
}

/// A configured person, with the roles of today at the school of the event.
public struct ActingPerson: Sendable, Hashable {
    public let id: String
    public let name: String
    public let function: String?
    public let phone: String?
    public let email: String?
    public let roles: Set<Role>

    public init(id: String, name: String, function: String?, phone: String?, email: String?, roles: Set<Role>) {
        self.id = id
        self.name = name
        self.function = function
        self.phone = phone
        self.email = email
        self.roles = roles
    }
}

/// A confirmation as it was given. Whether the person still has the role today is judged again at every attempt.
public struct GivenConfirmation: Sendable, Hashable {
    public let person: ActingPerson
    public let role: Role
    /// The person says to have looked at what the check found in the free text (practice 15).
    public let textChecked: Bool

    public init(person: ActingPerson, role: Role, textChecked: Bool = false) {
        self.person = person
        self.role = role
        self.textChecked = textChecked
    }
}

/// What the rules say about one event and one recipient.
public struct Judgement: Sendable {
    public enum Verdict: Sendable {
        case permitted(Permit)
        case waiting(Waiting)
        /// At least one refusal.
        case refused([Refusal])
    }

    public let verdict: Verdict
    /// What was judged: without content, so it can be kept.
    public let situation: Situation
    public let ruling: Ruling
    /// The rule that applied; nil when there was none.
    public let rule: Rule?
    /// What the check found in the free texts that would go (practice 15): advice, and a hold for some recipients.
    public let findings: [TextFinding]
    public let policyVersion: String

    /// The fields that go, or would go once nothing holds them.
    public var goes: [FieldPath] { ruling.goes.paths(of: situation.eventType) }
    /// Shown before sending, owed afterwards.
    public var shortfalls: [Shortfall] { ruling.shortfalls }
    /// What to do first, before anything else on the screen.
    public var alarms: [Alarm] { Alarm.all(situation.marks) }
}

/// Leave to disclose exactly this.
public struct Permit: Sendable {
    public let disclosure: Disclosure
    public let rule: Rule
    /// Everybody concerned, with the fields that go about them.
    public let persons: [ConcernedPerson]
    /// The fields that are about nobody in particular.
    public let otherFields: [FieldPath]
    /// The role in which it was confirmed; nil where the rule needs no person.
    public let confirmedAs: Role?
    /// The processing activity under which it is logged.
    public let activity: String
}

/// A person concerned, still by name: the log turns the identity into a keyed pseudonym.
public struct ConcernedPerson: Sendable, Hashable {
    public enum Identity: Sendable, Hashable {
        /// School and pupil number: the best key (practice 20).
        case pupil(school: String, number: String)
        /// No pupil number known: name and birth date as given, within the school.
        case described(school: String, name: String, birthDate: String)
        /// Not even a name: only this event knows who is meant.
        case unnamed(place: String)
    }

    public let identity: Identity
    /// `leerling`, `ouder`, `verzorger`, `broerZus`, `ander`, `medewerker`.
    public let role: String
    public let fields: [FieldPath]
}

/// A person must act first. Nothing goes by itself.
public struct Waiting: Sendable, Hashable {
    /// One thing to be done.
    public struct Reason: Sendable, Hashable {
        public let hold: Hold
        public let article: String
        /// In Dutch: who must do what.
        public let text: String
    }

    /// At least one.
    public let reasons: [Reason]
    /// Who may confirm, once nothing else holds it up.
    public let roles: [Role]

    /// All of it in Dutch, one sentence after the other.
    public var text: String { reasons.map(\.text).joined(separator: " ") }
}

/// Why a recipient is refused.
public struct Refusal: Sendable, Hashable, Error {
    /// A stable code: part of the API and of the log.
    public enum Code: String, Sendable, Hashable, CaseIterable, Codable {
        case geenRegel
        case onbekendeOntvanger
        case grondslagVervallen
        case geenConvenant
        case geenHerzieningsdatum
        case herzieningsdatumVoorbij
        case geenMeldingsbevoegde
        case drieentwintigOfOuder
        case leeftijdOnbekend
        case bevestigerNietBevoegd
        case doelPastNiet
        case ontvangerAfgesloten
        case toestemmingGeweigerd
        case toestemmingIngetrokken
        case alleenLeerprobleem
        case geenRisico
        case geenOndertoezichtstelling
        case ondertoezichtstellingVerlopen
        case andereInstelling
        case geenVordering
        case herkomstVerborgen
        case bijzondereVorm
        case zedenmisdrijfMedewerker
    }

    public let code: Code
    public let article: String
    /// In Dutch, for a care coordinator: what is the matter and what to do.
    public let text: String

    public init(_ code: Code, article: String, _ text: String) {
        self.code = code
        self.article = article
        self.text = text
    }
}
