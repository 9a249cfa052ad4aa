// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import Disclosures
import PrivacyRules
import Testing
import Values

/// What opens, moves and climbs, rule by rule.
@Suite struct OwedLadderTests {
    private static let now = CalendarDate("2026-11-20").map { $0.inAmsterdam(hour: 14) } ?? .earliest

    private static func rule(
        _ kind: OwedKind = .terugkoppelingBesluit, openings: [OwedOpening] = [], term: OwedTerm = OwedTerm([.days(7)]),
        terms: [String: OwedTerm] = [:], reminders: OwedReminders = OwedReminders([]), ladder: String? = "ladder",
        closings: [OwedClosingRule] = [], moves: [OwedMoveRule] = []
    ) -> OwedRule {
        OwedRule(
            kind: kind, title: "proef", task: "Doe het.", source: "proef", owners: [.aandachtsfunctionaris],
            openings: openings, term: term, recipientTerms: terms, reminders: reminders, ladder: ladder,
            closings: closings, moves: moves)
    }

    private static func rules(_ rule: OwedRule, every: Int? = nil, yearly: [YearlyTask] = []) -> OwedRules {
        let rungs = [("herinnering", 1), ("contact", 2), ("bestuur", 5)].compactMap { name, days in
            OwedRung.Kind(rawValue: name).map { OwedRung(kind: $0, afterWorkingDays: days, roles: [], ask: "Kijk.") }
        }
        return OwedRules(
            calendar: WorkingCalendar(), hour: 9, [rule],
            ladders: [OwedLadder(name: "ladder", rungs: rungs, repeatsEveryWorkingDays: every)], yearlyTasks: yearly)
    }

    private static func feedback(_ more: [String: JSONValue] = [:]) throws -> CaseEvent {
        let data: [String: JSONValue] = [
            "zaak": "zaak-1", "school": "01AB", "van": "vt", "datum": "2026-11-20", "moment": "besluit",
        ]
        return try CaseEvent(
            id: "1", source: "urn:proef", type: .terugkoppelingOntvangen,
            data: .object(data.merging(more) { $1 }))
    }

    private static func steps(_ rules: OwedRules, _ event: CaseEvent, kind: RecipientKind? = .veiligThuis) -> [OwedStep]
    {
        rules.steps(for: event, submitter: "ib", at: now, roles: { _ in nil }, kinds: { _ in kind })
    }

    private static func opened(_ steps: [OwedStep]) -> [NewOwedItem] {
        steps.compactMap { if case .open(let item) = $0 { item } else { nil } }
    }

    private static func item(
        _ rules: OwedRules, due: String, rungs: Int = 0, at: Timestamp? = nil, next: Timestamp? = nil,
        pausedUntil: Timestamp? = nil, kind: OwedKind = .terugkoppelingBesluit
    ) throws -> StoredOwedItem {
        let dueOn = try #require(CalendarDate(due))
        return StoredOwedItem(
            id: 1, kind: kind, school: "01AB", caseNumber: 1, event: nil, delivery: nil, recipientID: "vt",
            personID: nil, subject: nil, since: now, dueOn: dueOn, nextAt: next ?? now, reminders: 0, state: .open,
            closedBy: nil, closedAt: nil, rungs: rungs, rungAt: at, pausedUntil: pausedUntil)
    }

    private static func stored(series: String, since: Timestamp) throws -> StoredOwedItem {
        StoredOwedItem(
            id: 1, kind: .jaartaak, school: "01AB", caseNumber: nil, event: nil, delivery: nil, recipientID: nil,
            personID: nil, subject: nil, since: since, dueOn: try #require(CalendarDate("2027-02-01")), nextAt: nil,
            reminders: 0, state: .done, closedBy: nil, closedAt: nil, series: series)
    }

    // MARK: - Opening

    @Test func whatAnOpeningNeedsAndWhatItLeavesOut() throws {
        var opening = OwedOpening(.event(.terugkoppelingOntvangen))
        opening.needs = "volgendMoment"
        opening.conditions = [OwedCondition(field: "volledigheid", words: ["deels"], isExcluding: true)]
        opening.recipientKinds = [.veiligThuis]
        let rules = Self.rules(Self.rule(openings: [opening]))
        let next: [String: JSONValue] = ["volgendMoment": "2026-12-01"]
        #expect(Self.opened(Self.steps(rules, try Self.feedback())).isEmpty)
        #expect(Self.opened(Self.steps(rules, try Self.feedback(next))).count == 1)
        #expect(
            Self.opened(Self.steps(rules, try Self.feedback(next.merging(["volledigheid": "deels"]) { $1 }))).isEmpty)
        #expect(
            Self.opened(Self.steps(rules, try Self.feedback(next.merging(["volledigheid": "volledig"]) { $1 }))).count
                == 1)
        // Another kind of recipient, or one that nobody knows.
        for kind in [RecipientKind.hulpverlener, nil] {
            #expect(Self.opened(Self.steps(rules, try Self.feedback(next), kind: kind)).isEmpty)
        }
    }

    /// What the case holds is for the store to see: it gets what the rule says, whether an event or an arrival opens.
    @Test(arguments: [OwedTrigger.event(.terugkoppelingOntvangen), .arrived(.terugkoppelingOntvangen)])
    func whatTheCaseMustNotHoldGoesToTheStore(_ trigger: OwedTrigger) throws {
        var opening = OwedOpening(trigger)
        opening.unlessAfter = [.veiligThuisMeldingBesloten]
        opening.unlessHad = [.drempel]
        opening.once = true
        for limited in [true, false] {
            let rules = Self.rules(Self.rule(openings: [limited ? opening : OwedOpening(trigger)]))
            let event = try Self.feedback()
            let arrived = rules.steps(
                arrived: event, recipientID: "vt", kind: .veiligThuis, delivery: 7, arrivedAt: Self.now, at: Self.now)
            let found = Self.opened(Self.steps(rules, event)) + Self.opened(arrived)
            let types: Set<String> = limited ? ["nl.meldcode.veiligthuismelding-besloten.v1"] : []
            let kinds: Set<OwedKind> = limited ? [.drempel] : []
            #expect(found.map(\.isOnce) == [limited])
            #expect(found.map(\.unlessAfter) == [types] && found.map(\.unlessHad) == [kinds])
        }
    }

    @Test func whatAClosingLeavesOut() throws {
        var closing = OwedClosingRule(.event(.terugkoppelingOntvangen))
        closing.lacks = "kenmerk"
        closing.recipient = "van"
        closing.recipientKinds = [.veiligThuis]
        let rules = Self.rules(Self.rule(closings: [closing]))
        for (data, kind, closes) in [
            ([:], .veiligThuis, true), (["kenmerk": "K-1"], .veiligThuis, false), ([:], .politie, false),
            ([:], nil, false),
        ] as [([String: JSONValue], RecipientKind?, Bool)] {
            let steps = Self.steps(rules, try Self.feedback(data), kind: kind)
            let isClosed = steps.contains { if case .close = $0 { true } else { false } }
            #expect(isClosed == closes, "\(data)")
        }
    }

    @Test func aTermOfItsOwnHoldsForARecipient() throws {
        let opening = OwedOpening(.event(.terugkoppelingOntvangen))
        let rules = Self.rules(
            Self.rule(openings: [opening], terms: ["vt": OwedTerm([.workingDays(10)]), "raad": OwedTerm([.days(1)])]))
        #expect(Self.opened(Self.steps(rules, try Self.feedback())).map(\.dueOn.description) == ["2026-12-04"])
        let other = Self.opened(Self.steps(rules, try Self.feedback(["van": "vt-zuid"])))
        #expect(other.map(\.dueOn.description) == ["2026-11-27"] && other.map(\.recipientID) == ["vt-zuid"])
    }

    /// What arrived opens by the kind of its recipient, and its term runs from the day on which it really did.
    @Test func whatArrivesOpensFromItsOwnDay() throws {
        var opening = OwedOpening(.arrived(.terugkoppelingOntvangen))
        opening.recipientKinds = [.veiligThuis]
        let rules = Self.rules(Self.rule(openings: [opening]))
        let event = try Self.feedback()
        for (kind, count) in [(RecipientKind.veiligThuis, 1), (.politie, 0)] {
            let steps = rules.steps(
                arrived: event, recipientID: "vt", kind: kind, delivery: 7,
                arrivedAt: Self.now.adding(seconds: -172_800),
                at: Self.now)
            #expect(Self.opened(steps).map(\.dueOn.description) == (count == 1 ? ["2026-11-25"] : []))
            #expect(Self.opened(steps).allSatisfy { $0.subject == 7 })
        }
    }

    // MARK: - Another day

    @Test func anotherDayMovesWhatIsOpen() throws {
        var move = OwedMoveRule(.terugkoppelingOntvangen, to: "volgendMoment")
        move.conditions = [OwedCondition(field: "volledigheid", words: ["deels"])]
        move.recipient = "van"
        let rules = Self.rules(Self.rule(moves: [move]))
        func moves(_ data: [String: JSONValue]) throws -> [OwedMove] {
            Self.steps(rules, try Self.feedback(data)).compactMap { if case .move(let move) = $0 { move } else { nil } }
        }
        #expect(try moves(["volgendMoment": "2026-12-01"]).isEmpty)
        #expect(try moves(["volledigheid": "deels"]).isEmpty)
        let found = try moves(["volledigheid": "deels", "volgendMoment": "2026-12-01"])
        #expect(found.map(\.dueOn.description) == ["2026-12-01"] && found.map(\.recipientID) == ["vt"])
        #expect(found.map(\.nextAt) == [CalendarDate("2026-12-02")?.inAmsterdam(hour: 9)])
        #expect(found.map(\.personID) == ["ib"])
        // A day that lies behind is looked at at once.
        #expect(try moves(["volledigheid": "deels", "volgendMoment": "2026-11-10"]).map(\.nextAt) == [Self.now])
    }

    // MARK: - Climbing

    @Test func theNextRungCountsFromTheOneBefore() throws {
        let rules = Self.rules(Self.rule(), every: 20)
        // Monday 23 November was the last day; rungs on Tuesday, Thursday, Thursday, and then every twenty working days.
        var at: Timestamp?
        for (rungs, day, name) in [
            (0, "2026-11-24", "herinnering"), (1, "2026-11-26", "contact"), (2, "2026-12-03", "bestuur"),
            (3, "2027-01-04", "bestuur"),
        ] {
            let time = try #require(CalendarDate(day)).inAmsterdam(hour: 9)
            let item = try Self.item(rules, due: "2026-11-23", rungs: rungs, at: at)
            #expect(rules.nextRung(of: item)?.at == time && rules.nextRung(of: item)?.rung.kind.rawValue == name)
            #expect(rules.due(item, at: time.adding(milliseconds: -1)) == .nothing(next: time))
            guard case .climb(let rung, let next) = rules.due(item, at: time) else {
                Issue.record("no rung on \(day)")
                continue
            }
            #expect(rung.kind.rawValue == name && next.map { $0 > time } == true)
            at = time
        }
    }

    @Test func withoutRepeatingTheLastRungIsTheLast() throws {
        let rules = Self.rules(Self.rule())
        let item = try Self.item(rules, due: "2026-11-23", rungs: 3, at: Self.now)
        #expect(rules.nextRung(of: item) == nil)
        #expect(rules.due(item, at: Self.now.adding(seconds: 99_999_999)) == .nothing(next: nil))
    }

    /// After days of standing still one rung is taken, on a working day, and the next counts from there.
    @Test func nothingIsCaughtUpWithInOneGo() throws {
        let rules = Self.rules(Self.rule())
        let item = try Self.item(rules, due: "2026-11-02", next: Self.now)
        let saturday = try #require(CalendarDate("2026-12-26")).inAmsterdam(hour: 5)
        let monday = try #require(CalendarDate("2026-12-28")).inAmsterdam(hour: 9)
        #expect(rules.due(item, at: saturday) == .nothing(next: monday))
        guard case .climb(let rung, let next) = rules.due(item, at: monday) else {
            Issue.record("nothing on Monday")
            return
        }
        #expect(rung.kind == .herinnering && next == CalendarDate("2026-12-30")?.inAmsterdam(hour: 9))
    }

    @Test func whatStandsStillIsLookedAtWhenThatEnds() throws {
        let rules = Self.rules(Self.rule())
        let until = try #require(CalendarDate("2026-12-10")).inAmsterdam(hour: 9)
        let item = try Self.item(rules, due: "2026-11-23", pausedUntil: until)
        #expect(rules.due(item, at: until.adding(milliseconds: -1)) == .nothing(next: until))
        #expect(rules.nextRung(of: item)?.at == until)
        guard case .climb = rules.due(item, at: until) else {
            Issue.record("it stands still for ever")
            return
        }
        // A mail: until the third working day, over a weekend and a holiday.
        let christmas = try #require(CalendarDate("2026-12-23")).inAmsterdam(hour: 16)
        #expect(rules.pauseForPost(from: christmas) == CalendarDate("2026-12-29")?.inAmsterdam(hour: 9))
    }

    /// The reminders of the kind and the rungs of its ladder are told apart.
    @Test func remindersGoOnBesideTheLadder() throws {
        let rules = Self.rules(Self.rule(reminders: OwedReminders([.workingDays(-1), .workingDays(2)])))
        var item = try Self.item(rules, due: "2026-11-27", next: CalendarDate("2026-11-26")?.inAmsterdam(hour: 9))
        var found: [String] = []
        while let now = item.nextAt, found.count < 20 {
            switch rules.due(item, at: now) {
            case .remind(let next):
                found.append("\(now.calendarDateInAmsterdam) herinnerd")
                item = try Self.item(
                    rules, due: "2026-11-27", rungs: item.rungs, at: item.rungAt, next: next ?? .latest)
            case .climb(let rung, let next):
                found.append("\(now.calendarDateInAmsterdam) \(rung.kind.rawValue)")
                item = try Self.item(rules, due: "2026-11-27", rungs: item.rungs + 1, at: now, next: next ?? .latest)
            default: item = try Self.item(rules, due: "2026-11-27", next: .latest)
            }
            if item.nextAt == .latest { break }
        }
        #expect(
            found == [
                "2026-11-26 herinnerd", "2026-11-30 herinnering", "2026-12-01 herinnerd", "2026-12-02 contact",
                "2026-12-09 bestuur",
            ])
    }

    // MARK: - Every year

    @Test func aYearlyTaskOpensInItsTimeAlsoOverTheTurnOfTheYear() throws {
        let opens = try #require(YearlyTask.DayOfYear(month: 11, day: 15))
        let due = try #require(YearlyTask.DayOfYear(month: 2, day: 1))
        func task(_ id: String, perSchool: Bool) -> YearlyTask {
            YearlyTask(
                id: id, title: id, task: "Doe het.", source: "proef", owners: [.directie], isPerSchool: perSchool,
                opensOn: opens, dueOn: due)
        }
        let rules = Self.rules(
            Self.rule(.jaartaak), yearly: [task("school", perSchool: true), task("bestuur", perSchool: false)])
        func round(_ day: String) throws -> [String] {
            let time = try #require(CalendarDate(day)).inAmsterdam(hour: 3)
            return Self.opened(rules.yearlyOpenings(schools: ["01AB", "02CD"], at: time)).map { item in
                guard case .known(nil, let school?) = item.place else { return "elders" }
                return "\(item.series ?? "") \(school) \(item.subject ?? 0) \(item.dueOn)"
            }
        }
        let expected = ["school 01AB 2026 2027-02-01", "school 02CD 2026 2027-02-01", "bestuur 01AB 2026 2027-02-01"]
        #expect(try round("2026-11-14").isEmpty)
        for day in ["2026-11-15", "2026-12-31", "2027-01-01", "2027-02-01"] { #expect(try round(day) == expected) }
        #expect(try round("2027-02-02").isEmpty)
        // With another school in front, what there is for the board stays where it is; the new school gets its own.
        let known = try Self.stored(series: "bestuur", since: try #require(CalendarDate("2026-11-15")).startInAmsterdam)
        let time = try #require(CalendarDate("2026-12-31")).inAmsterdam(hour: 3)
        let later = Self.opened(rules.yearlyOpenings(schools: ["00ZZ", "01AB"], known: [known], at: time))
        #expect(later.map(\.series) == ["school", "school"])
        let nextYear = try #require(CalendarDate("2027-11-15")).inAmsterdam(hour: 3)
        #expect(
            Self.opened(rules.yearlyOpenings(schools: ["00ZZ"], known: [known], at: nextYear)).map(\.series)
                == ["school", "bestuur"])
        #expect(rules.nextYearlyOpening(after: try #require(CalendarDate("2026-11-15")))?.description == "2027-11-15")
        #expect(rules.nextYearlyOpening(after: try #require(CalendarDate("2026-11-14")))?.description == "2026-11-15")
        #expect(YearlyTask.DayOfYear(month: 2, day: 29) == nil)
    }
}
