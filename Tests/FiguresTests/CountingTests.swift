// SPDX-License-Identifier: EUPL-1.2
import Figures
import Testing
import Values

/// What is counted, for whom.
@Suite struct CountingTests {
    @Test func onlyWhatLiesInThePeriodIsUse() throws {
        var input = try Sample.input(schools: 1, own: [0])
        let school = Sample.brin(0)
        input.cases = [
            CaseRow(school: school, usedOn: try Sample.day("2025-08-01"), elements: [.inKaartBrengen, .gesprek]),
            CaseRow(school: school, usedOn: try Sample.day("2026-07-31"), elements: [.gesprek], advices: 2),
            CaseRow(school: school, usedOn: try Sample.day("2026-08-01"), elements: [.gesprek]),
            CaseRow(school: school, usedOn: nil, elements: [.wegen], advices: 1, registrations: 1),
            CaseRow(school: "99XX", usedOn: try Sample.day("2026-01-01"), elements: [.gesprek], advices: 9),
        ]
        let counted = try CountedFigures(input, for: .own)
        #expect(counted.use?.cells == [[2, 1, 0, 2, 0, 0].map { .exact($0) }])
        #expect(counted.acts[.adviezen]?.columnTotals == [.exact(3)])
        #expect(counted.acts[.registraties]?.columnTotals == [.exact(1)])
    }

    @Test(
        arguments: [
            ("2026-03-10", "2026-03-10", false, false, FeedbackStatus.opTijd),
            ("2026-03-10", "2026-03-11", false, false, .later),
            ("2026-03-10", "2026-03-11", true, true, .deels),
            ("2026-03-10", nil, true, true, .deels),
            ("2026-03-10", nil, false, true, .nogNiet),
            ("2026-06-01", nil, false, true, .loopt),
            ("2026-05-31", nil, false, true, .nogNiet),
            // Closed by a person without an answer.
            ("2026-06-20", nil, false, false, .nogNiet),
        ] as [(String, String?, Bool, Bool, FeedbackStatus)])
    func whatBecameOfFeedback(due: String, answered: String?, isPartial: Bool, isOpen: Bool, _ status: FeedbackStatus)
        throws
    {
        var input = try Sample.input(schools: 1, own: [0], partners: 1)
        input.asOf = try Sample.day("2026-06-01")
        input.expectations = [
            ExpectationRow(
                school: Sample.brin(0), partner: Sample.partner(0), kind: .terugkoppelingBesluit,
                openedOn: try Sample.day("2026-03-03"), dueOn: try Sample.day(due),
                answeredOn: try answered.map(Sample.day), isPartial: isPartial, isOpen: isOpen)
        ]
        let grid = try #require(CountedFigures(input, for: .own).feedbackByPartner)
        #expect(grid.cells == [FeedbackStatus.allCases.map { .exact($0 == status ? 1 : 0) }])
    }

    @Test func whatIsNoFeedback() throws {
        var input = try Sample.input(schools: 1, own: [0], partners: 1)
        let row = { (due: String, kind: ExpectationRow.Kind, isCancelled: Bool) throws in
            ExpectationRow(
                school: Sample.brin(0), partner: Sample.partner(0), kind: kind, openedOn: try Sample.day("2025-03-03"),
                dueOn: try Sample.day(due), isOpen: !isCancelled, isCancelled: isCancelled, rung: .bestuur)
        }
        input.expectations = try [
            row("2025-07-31", .terugkoppelingBesluit, false), row("2026-08-01", .terugkoppelingBesluit, false),
            row("2026-01-01", .drempel, false), row("2026-01-01", .terugkoppelingBesluit, true),
        ]
        let counted = try CountedFigures(input, for: .own)
        #expect(counted.feedbackBySchool?.total == .exact(0))
        // Still open from before, and an obstacle: both were brought to the board.
        #expect(counted.escalations?.cells == [[.exact(0), .exact(0), .exact(2)]])
    }

    @Test func aDirectieSeesItsOwnSchoolAlone() throws {
        let counts = [[3, 2, 0, 0, 0, 0], [8, 8, 8, 8, 8, 8]]
        let own = try CountedFigures(Sample.use(counts, own: [0]), for: .own)
        #expect(own.schools.map(\.brin) == [Sample.brin(0)])
        #expect(own.use?.columnTotals.first == .exact(3))
        let inside = try CountedFigures(Sample.use(counts, own: [0]), for: .inside)
        #expect(inside.use?.cells[0].prefix(2) == [.exact(3), .exact(2)])
    }

    @Test func aMedianNeedsFiveAnswersThatAreShown() throws {
        let median = { (counts: [Int], audience: FigureAudience, own: Set<Int>) in
            let input = try Sample.feedback([[counts]], own: own)
            return try CountedFigures(input, for: audience).medians[Sample.partner(0)]
        }
        #expect(try median([5, 0, 0, 0, 0], .inside, []) == 7)
        #expect(try median([5, 0, 0, 0, 0], .published, []) == nil || median([5, 0, 0, 0, 0], .published, []) == 7)
        #expect(try median([4, 4, 0, 0, 0], .inside, []) == nil)
        #expect(try median([4, 0, 0, 0, 0], .inside, []) == nil)
        #expect(try median([1, 0, 0, 0, 0], .own, [0]) == 7)
        #expect(try median([1, 1, 0, 0, 0], .own, [0]) == 8.5)
        #expect(try median([0, 0, 3, 0, 0], .own, [0]) == nil)
    }

    @Test func recordsAreInOrderOrAskAttention() throws {
        let day = try Sample.day("2026-01-10")
        let state = { (rows: [CaseRow]) in
            var input = try Sample.input(schools: 1, own: [0])
            input.cases = rows
            return try CountedFigures(input, for: .own).records[Sample.brin(0)]
        }
        let row = { (weighing: CaseRow.Weighing, incomplete: Set<FigureElement>, isClosed: Bool) in
            CaseRow(
                school: Sample.brin(0), usedOn: day, elements: [.gesprek], incomplete: incomplete, weighing: weighing,
                isClosed: isClosed)
        }
        #expect(try state([])?.record == .nietVanToepassing)
        #expect(try state([row(.complete, [], true), row(.none, [], false)])?.weighing == .opOrde)
        #expect(try state([row(.none, [], true)])?.weighing == .aandacht)
        #expect(try state([row(.incomplete, [], false)])?.weighing == .aandacht)
        let attention = try #require(try state([row(.complete, [.wegen, .gesprek], false)]))
        #expect(attention.record == .aandacht && attention.attention == [.gesprek, .wegen])
    }

    /// Who may read both learns nothing from the second.
    @Test func whatIsPublishedSaysNoMoreThanWhatIsShownInside() throws {
        for seed in 0..<150 {
            var dice = Dice(40_000 + seed)
            let counts = (0..<4).map { _ in
                let used = dice.count()
                return [used] + FigureElement.allCases.map { _ in Int.random(in: 0...used, using: &dice) }
            }
            let input = try Sample.use(counts)
            let inside = try #require(CountedFigures(input, for: .inside).use)
            let published = try #require(CountedFigures(input, for: .published).use)
            let pairs = zip(
                inside.cells.flatMap { $0 } + inside.columnTotals,
                published.cells.flatMap { $0 } + published.columnTotals)
            for (inside, published) in pairs {
                #expect(published.least <= inside.least && (published.most ?? .max) >= inside.most ?? .max)
            }
        }
    }

    // MARK: Periods

    @Test func periodsOfTheirAudience() throws {
        let period = { (from: String, to: String) in
            FigurePeriod(from: try Sample.day(from), to: try Sample.day(to))
        }
        let year = try #require(try period("2025-08-01", "2026-07-31"))
        #expect(year.isSchoolYear && year.text == "schooljaar 2025-2026")
        #expect(try year.yearBefore == period("2024-08-01", "2025-07-31"))
        #expect(FigureAudience.allCases.allSatisfy { year.problem(for: $0) == nil })
        let months = try #require(try period("2026-01-01", "2026-02-28"))
        #expect(months.isWholeMonths && !months.isSchoolYear && months.problem(for: .inside) == nil)
        #expect(try months.yearBefore == period("2025-01-01", "2025-02-28"))
        #expect(throws: FigureProblem.self) { try CountedFigures(with(months), for: .published) }
        let days = try #require(try period("2026-01-01", "2026-02-27"))
        #expect(days.problem(for: .own) == nil)
        #expect(throws: FigureProblem.self) { try CountedFigures(with(days), for: .inside) }
        #expect(try period("2026-02-02", "2026-02-01") == nil)
        #expect(FigurePeriod.calendarYear(2026)?.text == "2026")
        #expect(try period("2024-02-01", "2024-02-29")?.yearBefore == period("2023-02-01", "2023-02-28"))
    }

    /// Two kinds of year, or one year twice, could be subtracted from each other.
    @Test func onlyASchoolYearThatIsOverIsPublished() throws {
        let year = try #require(FigurePeriod.schoolYear(beginning: 2025))
        #expect(try year.problemOfPublishing(on: Sample.day("2026-08-01")) == nil)
        let early = try year.problemOfPublishing(on: Sample.day("2026-07-31"))
        #expect(early?.contains("nog niet voorbij") == true && early?.contains("01-08-2026") == true)
        let calendar = try #require(FigurePeriod.calendarYear(2025))
        #expect(calendar.problem(for: .published) != nil && calendar.problem(for: .inside) == nil)
        #expect(try calendar.problemOfPublishing(on: Sample.day("2026-08-01")) != nil)
    }

    private func with(_ period: FigurePeriod) throws -> FigureInput {
        var input = try Sample.input(schools: 1)
        input.period = period
        return input
    }
}
