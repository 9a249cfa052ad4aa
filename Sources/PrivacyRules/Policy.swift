// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Disclosures
public import Values

/// The privacy rules as data: what may go to which kind of recipient, on which ground, for which purpose, with which fields.
/// What no rule allows is refused.
public struct Policy: Sendable, Hashable {
    /// Stands in every log entry. The label of the file, and a digest of what it says.
    public let version: String
    public let rules: [Rule]

    let compiled: [CompiledRule]
    /// Positions of the rules, in order of the file.
    let table: [RuleKey: [Int]]

    /// Checks the invariants that no configuration can lift.
    /// - Throws: `PolicyProblems`, all at once.
    public init(version: String, rules: [Rule]) throws(PolicyProblems) {
        let problems = PolicyInvariants.problems(in: rules)
        guard problems.isEmpty else { throw PolicyProblems(problems: problems) }
        self.init(unchecked: version, rules: rules)
    }

    /// Without its invariants: for tests that take rules and conditions away to see that it is noticed.
    package init(unchecked version: String, rules: [Rule]) {
        self.version = version
        self.rules = rules
        compiled = rules.map(CompiledRule.init)
        table = Dictionary(grouping: rules.indices) { RuleKey(rules[$0].eventType, rules[$0].recipientKind) }
    }

    /// The rules for an event type and a kind of recipient: one per purpose and period.
    public func rules(for type: EventType, to kind: RecipientKind) -> [Rule] {
        (table[RuleKey(type, kind)] ?? []).map { rules[$0] }
    }

    /// The first rule for an event type and a kind of recipient that is in force on a day, for the purpose if one is given.
    public func rule(
        for type: EventType, to kind: RecipientKind, purpose: Purpose? = nil, on date: CalendarDate? = nil
    ) -> Rule? {
        rules(for: type, to: kind).first { rule in
            (purpose == nil || rule.purpose == purpose) && (date.map(rule.isInForce) ?? true)
        }
    }
}

/// One row of the policy: this event type may go to this kind of recipient, for this purpose, in this period.
public struct Rule: Sendable, Hashable {
    public let eventType: EventType
    public let recipientKind: RecipientKind
    public let message: MessageKind
    public let ground: LegalGround
    public let purpose: Purpose
    /// The only fields that may go. Paths under `meldpoort.` come from the configuration and not from the event.
    public let fields: [FieldPath]
    public let confirmation: ConfirmationRule
    /// What must hold, or the recipient is refused. For urgent recipients only what makes the ground itself (practice 1).
    public let conditions: [Condition]
    /// What waits for a person besides confirmation and consent. Empty for urgent recipients (practice 1).
    public let holds: [Hold]
    /// What is shown before sending and owed afterwards when it is missing, and never stops anything.
    public let shortfalls: [Shortfall]
    /// Fields that tell where a report comes from. With a hidden reporter they go to Veilig Thuis in the part that is for
    /// Veilig Thuis alone, and to nobody else (Uitvoeringsbesluit Wmo 2015 art. 4.1.8(3)).
    public let origin: [FieldPath]
    public let activity: Activity
    public let validity: Validity

    public init(
        eventType: EventType, recipientKind: RecipientKind, message: MessageKind, ground: LegalGround, purpose: Purpose,
        fields: [FieldPath], confirmation: ConfirmationRule, conditions: [Condition], holds: [Hold] = [],
        shortfalls: [Shortfall], origin: [FieldPath] = [], activity: Activity, validity: Validity
    ) {
        self.eventType = eventType
        self.recipientKind = recipientKind
        self.message = message
        self.ground = ground
        self.purpose = purpose
        self.fields = fields
        self.confirmation = confirmation
        self.conditions = conditions
        self.holds = holds
        self.shortfalls = shortfalls
        self.origin = origin
        self.activity = activity
        self.validity = validity
    }

    /// Whether the rule is in force on a day.
    public func isInForce(on date: CalendarDate) -> Bool {
        validity.from <= date && (validity.until.map { date <= $0 } ?? true)
    }
}

/// The processing activity (*verwerkingsactiviteit*, AVG art. 30) under which a disclosure is logged. Confidentiality is a property
/// of the activity and never of a line, so a report with a hidden reporter has an activity of its own.
public struct Activity: Sendable, Hashable {
    public let name: String
    /// With a hidden reporter.
    public let confidential: String

    public init(name: String, confidential: String? = nil) {
        self.name = name
        self.confidential = confidential ?? name
    }
}

/// When a ground holds, and when the board looks at it again.
public struct Validity: Sendable, Hashable {
    /// The first day.
    public let from: CalendarDate
    /// The last day; nil for no end. A struck legal basis is switched off with this date.
    public let until: CalendarDate?
    /// By when the ground is looked at again. Passing it is told by `check`, and stops nothing by itself.
    public let reviewBy: CalendarDate?

    public init(from: CalendarDate, until: CalendarDate? = nil, reviewBy: CalendarDate? = nil) {
        self.from = from
        self.until = until
        self.reviewBy = reviewBy
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
    /// Sv 161; a duty for the crimes of Sv 160.
    case aangifte
    /// AVG 6(1)(d).
    case acuutGevaarAfwenden
    /// On demand, on the article that the demand names.
    case vordering
    case hulpVerlenen
    case opvolgingBinnenSchool
    case samenwerkingVerbeteren
    /// WPO art. 4b, WVO 3a: the bevoegd gezag furthers knowledge and use of the meldcode.
    case kennisMeldcodeBevorderen

    /// The purposes for which each kind of recipient may receive at all (practice 8).
    public static func allowed(for kind: RecipientKind) -> Set<Purpose> {
        switch kind {
        case .veiligThuis: [.geweldStoppenOfOnderzoeken, .adviesVragen]
        case .politie: [.aangifte, .acuutGevaarAfwenden, .vordering]
        case .raadVoorDeKinderbescherming: [.takenRaad]
        case .gecertificeerdeInstelling: [.uitvoeringOndertoezichtstelling]
        case .verwijsindex: [.betrokkenheidKenbaarMaken]
        case .hulpverlener: [.hulpVerlenen]
        case .deskundigeLetselduiding: [.adviesVragen]
        case .leerlingvolgsysteem, .bestuur, .leerkracht, .aandachtsfunctionaris, .directie, .centraleContactpersoon:
            [.opvolgingBinnenSchool]
        // Nothing of a case: remarks about the process and publications are messages of another kind.
        case .veiligThuisProces: [.samenwerkingVerbeteren]
        case .intranet: [.kennisMeldcodeBevorderen]
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
        case .aangifte: "aangifte doen"
        case .acuutGevaarAfwenden: "acuut gevaar afwenden"
        case .vordering: "voldoen aan een vordering"
        case .hulpVerlenen: "hulp verlenen"
        case .opvolgingBinnenSchool: "opvolging binnen de school"
        case .samenwerkingVerbeteren: "de samenwerking verbeteren"
        case .kennisMeldcodeBevorderen: "kennis en gebruik van de meldcode bevorderen"
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
        /// The field of the rule: `event`, `message`, `fields`, `ground`, `purpose`, `confirmation`, `conditions`, `holds`, `geldig_van`.
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
