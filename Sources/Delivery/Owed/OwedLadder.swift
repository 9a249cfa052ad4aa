// SPDX-License-Identifier: EUPL-1.2
public import PrivacyRules
public import Values

/// A ladder of escalation (*opschaling*): what happens, rung by rung, when the term of an item is over and nothing was recorded.
///
/// Contact first, then higher up. Each rung has its own term from the rung before it, counted from when that was really taken: after
/// days of standing still nobody higher up hears before those below had their time.
public struct OwedLadder: Sendable, Hashable {
    /// What kinds of items call it by.
    public let name: String
    /// At least one.
    public let rungs: [OwedRung]
    /// After the last rung, it is taken again after so many working days; nil for never.
    public let repeatsEveryWorkingDays: Int?

    public init(name: String, rungs: [OwedRung], repeatsEveryWorkingDays: Int? = nil) {
        self.name = name
        self.rungs = rungs
        self.repeatsEveryWorkingDays = repeatsEveryWorkingDays
    }

    /// The rung that is taken after so many; nil when there is none any more.
    func rung(after taken: Int) -> OwedRung? {
        if taken < rungs.count { return rungs[max(taken, 0)] }
        return repeatsEveryWorkingDays == nil ? nil : rungs.last
    }

    /// The day of the rung after so many, counted from the last day of the term or from when the rung before it was taken.
    func day(after taken: Int, from: CalendarDate, _ calendar: WorkingCalendar) -> CalendarDate? {
        guard let rung = rung(after: taken) else { return nil }
        let days = taken < rungs.count ? rung.afterWorkingDays : repeatsEveryWorkingDays ?? rung.afterWorkingDays
        return calendar.adding(workingDays: max(days, 1), to: from)
    }
}

/// One rung of a ladder.
public struct OwedRung: Sendable, Hashable {
    /// What kind of rung it is: the words of `verplichtingen[].trede` in `nl.meldcode.opschaling-gedaan.v1`.
    public enum Kind: String, Sendable, CaseIterable, Hashable {
        /// Who must act is reminded.
        case herinnering
        /// A person contacts the partner, phone first (practice 26).
        case contact
        case centraleContactpersoon
        case bestuur

        /// How high it is, from 0.
        public var height: Int {
            switch self {
            case .herinnering: 0
            case .contact: 1
            case .centraleContactpersoon: 2
            case .bestuur: 3
            }
        }
    }

    public let kind: Kind
    /// At least 1: after the last day of the term, or after the rung before it.
    public let afterWorkingDays: Int
    /// Who hears of it; empty for who must act on the item. Is none of them there, the next higher up.
    public let roles: [Role]
    /// What the reader is asked to do, in Dutch: neutral, without a claim that anybody broke a rule.
    public let ask: String

    public init(kind: Kind, afterWorkingDays: Int, roles: [Role], ask: String) {
        self.kind = kind
        self.afterWorkingDays = afterWorkingDays
        self.roles = roles
        self.ask = ask
    }
}

/// A task of every year: an owed item of the kind `jaartaak` (practice 30).
public struct YearlyTask: Sendable, Hashable {
    /// An identifier of the configuration.
    public let id: String
    public let title: String
    public let task: String
    public let source: String
    public let owners: [Role]
    /// One for every school, or one for the board as a whole, which stands with the first school.
    public let isPerSchool: Bool
    /// The day of the year on which it opens.
    public let opensOn: DayOfYear
    /// The last day of its term, in the year after the opening when that lies before it in the year.
    public let dueOn: DayOfYear

    /// A day that every year has: 29 February is none.
    public struct DayOfYear: Sendable, Hashable {
        public let month: Int
        public let day: Int

        /// Nil for a day that not every year has.
        public init?(month: Int, day: Int) {
            guard CalendarDate(year: 2025, month: month, day: day) != nil else { return nil }
            self.month = month
            self.day = day
        }

        /// That day of a year.
        public func day(in year: Int) -> CalendarDate? { CalendarDate(year: year, month: month, day: day) }
    }

    public init(
        id: String, title: String, task: String, source: String, owners: [Role], isPerSchool: Bool,
        opensOn: DayOfYear, dueOn: DayOfYear
    ) {
        self.id = id
        self.title = title
        self.task = task
        self.source = source
        self.owners = owners
        self.isPerSchool = isPerSchool
        self.opensOn = opensOn
        self.dueOn = dueOn
    }
}
