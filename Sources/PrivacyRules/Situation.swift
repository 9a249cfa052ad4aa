// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Disclosures
public import Values

/// Everything a decision depends on, and nothing else: kinds, bands, states, marks and names of fields. It holds no content and no
/// name, so it may be stored, to judge past events under a changed policy (practice 33).
public struct Situation: Sendable, Hashable {
    public var eventType: EventType
    public var recipientKind: RecipientKind
    /// The purpose that the event itself names; nil where its type has only one.
    public var purpose: Purpose?
    /// The Dutch calendar date of the judgement.
    public var today: CalendarDate
    public var age: AgeBand
    /// The fields that have a value.
    public var present: FieldSet
    /// As far as it is about this recipient and purpose.
    public var consent: ConsentState
    /// The fields that the consent covers.
    public var covered: FieldSet
    public var informed: InformedState
    public var supervision: SupervisionState
    public var review: ReviewState
    public var marks: Marks
    public var confirmation: ConfirmationState
    /// What the person who submitted the event is, today, at the school of the event; empty for a system.
    public var submitterRoles: RoleSet

    public init(
        eventType: EventType, recipientKind: RecipientKind, purpose: Purpose? = nil, today: CalendarDate,
        age: AgeBand = .onbekend, present: FieldSet = FieldSet(), consent: ConsentState = .geen,
        covered: FieldSet = FieldSet(), informed: InformedState = .onbekend,
        supervision: SupervisionState = .nietGesteld, review: ReviewState = .geen, marks: Marks = [],
        confirmation: ConfirmationState = .geen, submitterRoles: RoleSet = []
    ) {
        self.eventType = eventType
        self.recipientKind = recipientKind
        self.purpose = purpose
        self.today = today
        self.age = age
        self.present = present
        self.consent = consent
        self.covered = covered
        self.informed = informed
        self.supervision = supervision
        self.review = review
        self.marks = marks
        self.confirmation = confirmation
        self.submitterRoles = submitterRoles
    }
}

/// The ages at which the law changes who decides and who is told: 12 and 16 (AVG, Jeugdwet 7.1.5.1), 18, and 23 (Jeugdwet 7.1.1.1).
public enum AgeBand: String, Sendable, Hashable, CaseIterable, Codable {
    case onbekend, onder12, van12tot15, van16en17, van18tot22, vanaf23

    /// - Parameter birthDate: nil, or in the future, is unknown.
    public init(birthDate: CalendarDate?, on today: CalendarDate) {
        guard let birthDate, birthDate <= today else {
            self = .onbekend
            return
        }
        switch birthDate.age(on: today) {
        case ..<12: self = .onder12
        case 12...15: self = .van12tot15
        case 16...17: self = .van16en17
        case 18...22: self = .van18tot22
        default: self = .vanaf23
        }
    }

    /// Whether the pupil decides about consent (Jeugdwet; BW: from 16).
    public var decidesSelf: Bool {
        self == .van16en17 || self == .van18tot22 || self == .vanaf23
    }
}

/// What is known of consent for one recipient and one purpose.
public enum ConsentState: String, Sendable, Hashable, CaseIterable, Codable {
    case geen
    case gegeven
    case verlopen
    case ingetrokken
    /// Refused by somebody with authority, or they are known to disagree: that counts as refused (practice 11).
    case geweigerd
    /// Given, but not by who may give it at this age.
    case nietBevoegd
    /// Given, but by whom it should be cannot be told without a birth date.
    case leeftijdOnbekend
}

/// Whether those concerned know of it.
public enum InformedState: String, Sendable, Hashable, CaseIterable, Codable {
    case onbekend
    case geinformeerd
    /// Some of those who must be told at this age.
    case deels
    /// Not yet, and the ground is recorded.
    case nietMetReden
    case nietZonderReden
}

/// What the deciding person states of an ondertoezichtstelling.
public enum SupervisionState: String, Sendable, Hashable, CaseIterable, Codable {
    case nietGesteld
    case gesteld
    case verlopen
    /// It is carried out by another gecertificeerde instelling.
    case andereInstelling
}

/// How the board keeps the ground of a recipient under review.
public enum ReviewState: String, Sendable, Hashable, CaseIterable, Codable {
    case geen, geldig, voorbij
}

/// Whether a person confirmed.
public enum ConfirmationState: Sendable, Hashable {
    case geen
    /// By somebody who had this role on that day.
    case bevestigd(Role)
    /// By somebody who had not.
    case nietBevoegd
}

/// Yes-or-no facts. Their names are part of stored inputs: never renamed.
public struct Marks: OptionSet, Sendable, Hashable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    public static let acuutGevaar = Marks(rawValue: 1 << 0)
    public static let structureleOnveiligheid = Marks(rawValue: 1 << 1)
    /// Besluit verplichte meldcode art. 2(1)c.
    public static let bijzondereVorm = Marks(rawValue: 1 << 2)
    /// Uitvoeringsbesluit Wmo 2015 art. 4.1.8(3).
    public static let herkomstVerborgen = Marks(rawValue: 1 << 3)
    public static let lvsVrijgegeven = Marks(rawValue: 1 << 4)
    /// WPO art. 4a: outside the meldcode.
    public static let zedenmisdrijfMedewerker = Marks(rawValue: 1 << 5)
    public static let afgewogen = Marks(rawValue: 1 << 6)
    public static let stappenGezet = Marks(rawValue: 1 << 7)
    public static let risicoGenoemd = Marks(rawValue: 1 << 8)
    public static let alleenLeerprobleem = Marks(rawValue: 1 << 9)
    public static let convenant = Marks(rawValue: 1 << 10)
    public static let schoolHeeftMeldingsbevoegde = Marks(rawValue: 1 << 11)
    /// The recipient's `geldigTot` has passed.
    public static let ontvangerAfgesloten = Marks(rawValue: 1 << 12)
    /// Something in a free text that should not be there (practice 15).
    public static let bevindingInTekst = Marks(rawValue: 1 << 13)
    public static let tekstNagekeken = Marks(rawValue: 1 << 14)
    /// An answer to a request (practice 13).
    public static let opVerzoek = Marks(rawValue: 1 << 15)
    public static let verzoekerTeruggebeld = Marks(rawValue: 1 << 16)

    /// Every mark with its name in stored inputs.
    public static let names: [(name: String, mark: Marks)] = [
        ("acuutGevaar", .acuutGevaar), ("structureleOnveiligheid", .structureleOnveiligheid),
        ("bijzondereVorm", .bijzondereVorm), ("herkomstVerborgen", .herkomstVerborgen),
        ("lvsVrijgegeven", .lvsVrijgegeven), ("zedenmisdrijfMedewerker", .zedenmisdrijfMedewerker),
        ("afgewogen", .afgewogen), ("stappenGezet", .stappenGezet), ("risicoGenoemd", .risicoGenoemd),
        ("alleenLeerprobleem", .alleenLeerprobleem), ("convenant", .convenant),
        ("schoolHeeftMeldingsbevoegde", .schoolHeeftMeldingsbevoegde), ("ontvangerAfgesloten", .ontvangerAfgesloten),
        ("bevindingInTekst", .bevindingInTekst), ("tekstNagekeken", .tekstNagekeken), ("opVerzoek", .opVerzoek),
        ("verzoekerTeruggebeld", .verzoekerTeruggebeld),
    ]
}

/// A set of roles.
public struct RoleSet: OptionSet, Sendable, Hashable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    public init(_ roles: some Sequence<Role>) {
        self = roles.reduce(into: []) { $0.insert(RoleSet($1)) }
    }

    init(_ role: Role) {
        rawValue = 1 << UInt16(role.position)
    }

    /// The roles, in the order of their declaration.
    public var roles: [Role] {
        Role.allCases.filter { contains(RoleSet($0)) }
    }

    func contains(_ role: Role) -> Bool {
        contains(RoleSet(role))
    }
}

extension Role {
    fileprivate var position: Int {
        switch self {
        case .leerkracht: 0
        case .aandachtsfunctionaris: 1
        case .meldingsbevoegde: 2
        case .eindverantwoordelijkeMelding: 3
        case .directie: 4
        case .centraleContactpersoon: 5
        case .bestuur: 6
        case .functionarisGegevensbescherming: 7
        case .ict: 8
        }
    }
}
