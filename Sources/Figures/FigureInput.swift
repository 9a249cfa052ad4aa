// SPDX-License-Identifier: EUPL-1.2
public import Values

/// Everything that a report of figures is made from: counted facts about schools and partners, and never whose they are.
///
/// The gateway gathers it for one reader and one period: `schools` are all schools that this reader may see, and rows about any other
/// school are left out by whoever counts. What the reader sees of it is decided here, by the audience, and nowhere else.
public struct FigureInput: Sendable, Hashable {
    /// What the board is called, for the heading.
    public var board: String
    public var period: FigurePeriod
    /// The day on which the rows were gathered: what is open and past its day on it counts as missing.
    public var asOf: CalendarDate
    /// In the order in which they are shown.
    public var schools: [FigureSchool]
    /// In the order in which they are shown; a row about a partner that is not among them is shown under its id.
    public var partners: [FigurePartner]
    public var cases: [CaseRow]
    /// Those whose last day lies in the period, and all that are still open with a last day before its end.
    public var expectations: [ExpectationRow]
    public var barriers: [BarrierRow]

    public init(
        board: String, period: FigurePeriod, asOf: CalendarDate, schools: [FigureSchool], partners: [FigurePartner],
        cases: [CaseRow], expectations: [ExpectationRow], barriers: [BarrierRow]
    ) {
        self.board = board
        self.period = period
        self.asOf = asOf
        self.schools = schools
        self.partners = partners
        self.cases = cases
        self.expectations = expectations
        self.barriers = barriers
    }
}

/// Who reads the figures, and so what of a small number is shown (practice: figures for inside, own and published).
public enum FigureAudience: String, Sendable, Hashable, CaseIterable {
    /// The centrale contactpersoon and the board: 0 is shown, 1 to 4 as a band, and a total exactly where no band can be computed
    /// back. A school with `isOwn` is shown exactly.
    case inside = "binnen"
    /// The directie of one school: that school exactly, and no other school.
    case own = "eigen"
    /// Whatever leaves the board: no count below 5 is shown or can be computed, not even 0.
    case published = "openbaar"
}

/// A stretch of days, both ends included.
public struct FigurePeriod: Sendable, Hashable {
    public let from: CalendarDate
    public let to: CalendarDate

    /// Nil when it ends before it begins.
    public init?(from: CalendarDate, to: CalendarDate) {
        guard from <= to else { return nil }
        self.from = from
        self.to = to
    }

    /// The school year that begins on 1 August of this year; nil outside the calendar.
    public static func schoolYear(beginning year: Int) -> FigurePeriod? {
        guard let from = CalendarDate(year: year, month: 8, day: 1),
            let to = CalendarDate(year: year + 1, month: 7, day: 31)
        else { return nil }
        return FigurePeriod(from: from, to: to)
    }

    /// A calendar year; nil outside the calendar.
    public static func calendarYear(_ year: Int) -> FigurePeriod? {
        guard let from = CalendarDate(year: year, month: 1, day: 1),
            let to = CalendarDate(year: year, month: 12, day: 31)
        else { return nil }
        return FigurePeriod(from: from, to: to)
    }

    /// 1 August to 31 July.
    public var isSchoolYear: Bool { self == FigurePeriod.schoolYear(beginning: from.year) }

    /// From the first day of a month to the last day of one.
    public var isWholeMonths: Bool { from.day == 1 && to.adding(days: 1).day == 1 }

    /// The period of the same kind one year earlier.
    public var yearBefore: FigurePeriod? {
        FigurePeriod(from: from.adding(years: -1), to: to.adding(days: 1).adding(years: -1).adding(days: -1))
    }

    /// Whether a day lies in it.
    public func contains(_ day: CalendarDate) -> Bool { from <= day && day <= to }

    /// Why this audience gets no figures of this period, in Dutch; nil when it does. From two periods that differ by some days a small
    /// number could be computed: who does not see the numbers themselves gets whole months, and the public whole school years, one
    /// kind of year only.
    public func problem(for audience: FigureAudience) -> String? {
        switch audience {
        case .own: nil
        case .inside where !isWholeMonths:
            "Kies hele maanden: uit twee perioden die een paar dagen schelen, is een klein getal terug te rekenen."
        case .published where !isSchoolYear:
            """
            Openbaar zijn alleen cijfers van een heel schooljaar (1 augustus tot en met 31 juli): uit perioden die elkaar overlappen, \
            is een klein getal terug te rekenen.
            """
        case .inside, .published: nil
        }
    }

    /// Why nothing of this period is published on a day, in Dutch; nil when it may be. A year that goes on is another one a month later:
    /// from the difference a small number could be computed.
    public func problemOfPublishing(on day: CalendarDate) -> String? {
        if let problem = problem(for: .published) { return problem }
        guard to >= day else { return nil }
        return """
            Dit schooljaar is nog niet voorbij. Openbaar zijn alleen cijfers van een schooljaar dat voorbij is: uit het verschil met \
            latere cijfers van hetzelfde jaar is een klein getal terug te rekenen. Het kan vanaf \(to.adding(days: 1).dutchText).
            """
    }

    /// `schooljaar 2025-2026`, `2026`, or `1-1-2026 tot en met 31-3-2026` as people write it.
    public var text: String {
        if isSchoolYear { return "schooljaar \(from.year)-\(from.year + 1)" }
        if self == FigurePeriod.calendarYear(from.year) { return "\(from.year)" }
        return "\(from.dutchText) tot en met \(to.dutchText)"
    }
}

/// A school that the reader may see.
public struct FigureSchool: Sendable, Hashable {
    /// A BRIN, with the number of the site where the configuration has it.
    public let brin: String
    public let name: String
    /// Whether the reader sees its numbers themselves: its directie.
    public let isOwn: Bool
    /// Hours a week of the aandachtsfunctionaris, from the configuration; nil when it is not there.
    public let hoursPerWeek: Double?

    public init(brin: String, name: String, isOwn: Bool, hoursPerWeek: Double? = nil) {
        self.brin = brin
        self.name = name
        self.isOwn = isOwn
        self.hoursPerWeek = hoursPerWeek
    }
}

/// A recipient that owes feedback, such as a region of Veilig Thuis.
public struct FigurePartner: Sendable, Hashable {
    /// The recipient's id in the configuration.
    public let id: String
    public let name: String

    public init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}

/// The five elements of the meldcode (Besluit verplichte meldcode art. 2(2)); the raw values are those of `StatutoryElement`.
public enum FigureElement: String, Sendable, Hashable, CaseIterable {
    case inKaartBrengen
    case collegialeConsultatie
    case gesprek
    case wegen
    case beslissen

    /// For people, in Dutch.
    public var text: String {
        switch self {
        case .inKaartBrengen: "in kaart brengen"
        case .collegialeConsultatie: "overleg met collega"
        case .gesprek: "gesprek"
        case .wegen: "wegen"
        case .beslissen: "beslissen"
        }
    }
}

/// What is counted of one case in the period.
public struct CaseRow: Sendable, Hashable {
    /// Whether the weighing is on paper.
    public enum Weighing: String, Sendable, Hashable, CaseIterable {
        /// Not weighed yet. In a closed case that asks attention.
        case none
        case complete
        case incomplete
    }

    /// A BRIN, as in `FigureSchool`.
    public let school: String
    /// The first day in the period on which the meldcode was used in it: a step was taken. Nil when none was; only the counts count then.
    public let usedOn: CalendarDate?
    /// The elements that were taken in it, at any time up to the end of the period; they count only when it was used in the period.
    public let elements: Set<FigureElement>
    /// Elements of which something is missing in the record. Use all that were taken when only "not complete" is known.
    public let incomplete: Set<FigureElement>
    public let weighing: Weighing
    /// Advices asked of Veilig Thuis in the period.
    public let advices: Int
    /// Reports to Veilig Thuis in the period.
    public let reports: Int
    /// How often help was organised or the case handed over in the period.
    public let referrals: Int
    /// Registrations in the verwijsindex in the period.
    public let registrations: Int
    public let isClosed: Bool

    public init(
        school: String, usedOn: CalendarDate?, elements: Set<FigureElement> = [], incomplete: Set<FigureElement> = [],
        weighing: Weighing = .none, advices: Int = 0, reports: Int = 0, referrals: Int = 0, registrations: Int = 0,
        isClosed: Bool = false
    ) {
        self.school = school
        self.usedOn = usedOn
        self.elements = elements
        self.incomplete = incomplete
        self.weighing = weighing
        self.advices = advices
        self.reports = reports
        self.referrals = referrals
        self.registrations = registrations
        self.isClosed = isClosed
    }
}

/// One thing that a partner was expected to tell.
public struct ExpectationRow: Sendable, Hashable {
    /// What it is about; the raw values are those of `OwedKind`.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case terugkoppelingBesluit
        case terugkoppelingUitkomst
        case terugkoppelingEinde
        case terugkoppelingMoment
        case terugkoppelingPartner
        /// An obstacle on its way up the ladder: counted among the escalations, and never as feedback.
        case drempel
    }

    /// The rungs of the ladder from low to high; the raw values are those of `OwedRung.Kind`.
    public enum Rung: String, Sendable, Hashable, CaseIterable {
        case herinnering
        case contact
        case centraleContactpersoon
        case bestuur
    }

    /// A BRIN, as in `FigureSchool`.
    public let school: String
    /// A recipient's id, as in `FigurePartner`.
    public let partner: String
    public let kind: Kind
    public let openedOn: CalendarDate
    /// The agreed or usual day: the last day of the term, after every move.
    public let dueOn: CalendarDate
    /// When the feedback was given, as recorded; nil while there is none.
    public let answeredOn: CalendarDate?
    /// Something came, and not all of it.
    public let isPartial: Bool
    public let isOpen: Bool
    /// It no longer applied: not counted.
    public let isCancelled: Bool
    /// The highest rung that was taken; nil for none.
    public let rung: Rung?

    public init(
        school: String, partner: String, kind: Kind, openedOn: CalendarDate, dueOn: CalendarDate,
        answeredOn: CalendarDate? = nil, isPartial: Bool = false, isOpen: Bool, isCancelled: Bool = false,
        rung: Rung? = nil
    ) {
        self.school = school
        self.partner = partner
        self.kind = kind
        self.openedOn = openedOn
        self.dueOn = dueOn
        self.answeredOn = answeredOn
        self.isPartial = isPartial
        self.isOpen = isOpen
        self.isCancelled = isCancelled
        self.rung = rung
    }
}

/// One obstacle at a partner (`nl.meldcode.drempel-gemeld.v1`) in the period.
public struct BarrierRow: Sendable, Hashable {
    /// The words of `soort`.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case nietGehoord
        case bereikbaarheid
        case wachttijd
        case bejegening
        case terugkoppeling

        /// For people, in Dutch.
        public var text: String {
            switch self {
            case .nietGehoord: "niet gehoord"
            case .bereikbaarheid: "bereikbaarheid"
            case .wachttijd: "wachttijd"
            case .bejegening: "bejegening"
            case .terugkoppeling: "terugkoppeling"
            }
        }
    }

    /// A BRIN, as in `FigureSchool`.
    public let school: String
    /// A recipient's id, as in `FigurePartner`.
    public let partner: String
    public let kind: Kind

    public init(school: String, partner: String, kind: Kind) {
        self.school = school
        self.partner = partner
        self.kind = kind
    }
}
