// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Disclosures

/// The privacy rules as data: what may go to which kind of recipient, on which ground, for which purpose, with which fields.
/// What no rule allows is refused.
public struct Policy: Sendable, Hashable {
    /// Stands in every log entry. The label of the file, and a digest of what it says.
    public let version: String
    public let rules: [Rule]

    /// Checks the invariants that no configuration can lift.
    /// - Throws: `PolicyProblems`, all at once.
    public init(version: String, rules: [Rule]) throws(PolicyProblems) {
        let problems = PolicyInvariants.problems(in: rules)
        guard problems.isEmpty else { throw PolicyProblems(problems: problems) }
        self.version = version
        self.rules = rules
    }

    /// The one rule for an event type and a kind of recipient, if there is one.
    public func rule(for type: EventType, to kind: RecipientKind) -> Rule? {
        rules.first { $0.eventType == type && $0.recipientKind == kind }
    }
}

/// One row of the policy: this event type may go to this kind of recipient.
public struct Rule: Sendable, Hashable {
    public let eventType: EventType
    public let recipientKind: RecipientKind
    public let message: MessageKind
    public let ground: LegalGround
    public let purpose: Purpose
    /// The only fields that may go. Paths under `meldpoort.` come from the configuration and not from the event.
    public let fields: [FieldPath]
    public let confirmation: ConfirmationRule
    /// What must hold, or the recipient is refused. Empty for urgent recipients (practice 1).
    public let conditions: [Condition]
    /// What is shown before sending and owed afterwards when it is missing, and never stops anything.
    public let shortfalls: [Shortfall]

    let allowList: AllowList

    public init(
        eventType: EventType, recipientKind: RecipientKind, message: MessageKind, ground: LegalGround, purpose: Purpose,
        fields: [FieldPath], confirmation: ConfirmationRule, conditions: [Condition], shortfalls: [Shortfall]
    ) {
        self.eventType = eventType
        self.recipientKind = recipientKind
        self.message = message
        self.ground = ground
        self.purpose = purpose
        self.fields = fields
        self.confirmation = confirmation
        self.conditions = conditions
        self.shortfalls = shortfalls
        allowList = AllowList(fields, in: eventType.schema)
    }
}

/// A legal ground (*grondslag*) with its source.
public struct LegalGround: Sendable, Hashable, Codable {
    public enum Basis: String, Sendable, Hashable, Codable, CaseIterable {
        /// The law allows it (Wmo 2015 5.2.6, BW 1:240, Jeugdwet 7.1.4.1).
        case wettelijkRecht
        /// The law demands it (Jeugdwet 7.3.11(4)).
        case wettelijkePlicht
        /// AVG 6(1)(d).
        case vitaalBelang
        /// AVG 6(1)(e), within the same bevoegd gezag.
        case publiekeTaak
        /// AVG 6(1)(a).
        case toestemming
        /// No personal data leave.
        case geenPersoonsgegevens
    }

    public let basis: Basis
    /// For example `Wmo 2015 art. 5.2.6`.
    public let article: String
    /// What the article says, in one Dutch sentence.
    public let summary: String

    public init(basis: Basis, article: String, summary: String) {
        self.basis = basis
        self.article = article
        self.summary = summary
    }
}

/// The purpose (*doelbinding*) of a disclosure.
public enum Purpose: String, Sendable, Hashable, Codable, CaseIterable {
    case geweldStoppenOfOnderzoeken
    case adviesVragen
    case betrokkenheidKenbaarMaken
    case takenRaad
    case uitvoeringOndertoezichtstelling
    case opsporing
    case hulpVerlenen
    case opvolgingBinnenSchool

    /// The purposes for which each kind of recipient may receive at all (practice 8).
    public static func allowed(for kind: RecipientKind) -> Set<Purpose> {
        switch kind {
        case .veiligThuis: [.geweldStoppenOfOnderzoeken, .adviesVragen]
        case .politie: [.geweldStoppenOfOnderzoeken, .opsporing]
        case .raadVoorDeKinderbescherming: [.takenRaad]
        case .gecertificeerdeInstelling: [.uitvoeringOndertoezichtstelling]
        case .verwijsindex: [.betrokkenheidKenbaarMaken]
        case .hulpverlener: [.hulpVerlenen]
        case .leerlingvolgsysteem, .bestuur: [.opvolgingBinnenSchool]
        }
    }

    /// For people, in Dutch.
    public var text: String {
        switch self {
        case .geweldStoppenOfOnderzoeken: "huiselijk geweld of kindermishandeling stoppen of laten onderzoeken"
        case .adviesVragen: "advies vragen"
        case .betrokkenheidKenbaarMaken: "betrokkenheid bij een jeugdige kenbaar maken"
        case .takenRaad: "de taken van de Raad voor de Kinderbescherming"
        case .uitvoeringOndertoezichtstelling: "uitvoering van de ondertoezichtstelling"
        case .opsporing: "aangifte of opsporing"
        case .hulpVerlenen: "hulp verlenen"
        case .opvolgingBinnenSchool: "opvolging binnen de school"
        }
    }
}

/// Whether a person must confirm, and who may.
public struct ConfirmationRule: Sendable, Hashable {
    public enum Need: String, Sendable, Hashable, CaseIterable {
        case none
        /// Submitting it with a person's token, in one of the roles, is the confirmation.
        case unlessSubmittedInRole
        /// A separate act of a person, whoever submitted it.
        case always
    }

    public let need: Need
    public let roles: [Role]

    public init(need: Need, roles: [Role]) {
        self.need = need
        self.roles = roles
    }
}

/// The roles of practice 17. A person has them per school and for a time.
public enum Role: String, Sendable, Hashable, Codable, CaseIterable {
    case leerkracht
    case aandachtsfunctionaris
    case meldingsbevoegde
    /// Who is finally responsible for the decision to report (Besluit verplichte meldcode art. 2(1)b).
    case eindverantwoordelijkeMelding
    case directie
    case centraleContactpersoon
    case bestuur
    case functionarisGegevensbescherming
    case ict
}

/// Problems of a policy, each with the position of its rule.
public struct PolicyProblems: Error, Sendable, Hashable {
    public struct Problem: Sendable, Hashable {
        /// Position in `rules`, from 0.
        public let rule: Int
        /// The field of the rule: `event`, `message`, `fields`, `ground`, `purpose`, `confirmation`, `conditions`.
        public let part: String
        public let message: String
        public let suggestion: String?

        init(rule: Int, part: String, _ message: String, suggestion: String? = nil) {
            self.rule = rule
            self.part = part
            self.message = message
            self.suggestion = suggestion
        }
    }

    public let problems: [Problem]
}
