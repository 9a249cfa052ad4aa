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

    public init(
        event: CaseEvent, recipient: Recipient, agreements: Agreements, schoolName: String,
        schoolHasMeldingsbevoegde: Bool,
        submitter: ActingPerson?, confirmation: GivenConfirmation?, today: CalendarDate, deliveryKey: String,
        reference: String
    ) {
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

    public init(convenant: Convenant? = nil, reviewDate: CalendarDate? = nil, validUntil: CalendarDate? = nil) {
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

    public init(person: ActingPerson, role: Role) {
        self.person = person
        self.role = role
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
    /// The rule that applied; nil when there was none.
    public let rule: Rule?
    /// The fields that go, or would go once a person confirms.
    public let goes: [FieldPath]
    /// Shown before sending, owed afterwards.
    public let shortfalls: [Shortfall]
    public let policyVersion: String
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
    public let roles: [Role]
    /// In Dutch: who must do what.
    public let text: String
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
        case toestemmingOntbreekt
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
