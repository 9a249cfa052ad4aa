// SPDX-License-Identifier: EUPL-1.2
public import Values

/// The figures of one period as one audience may see them: every report about the period is made of this, so that no two of them say
/// together what neither says alone.
public struct CountedFigures: Sendable, Hashable {
    public let board: String
    public let period: FigurePeriod
    public let asOf: CalendarDate
    public let audience: FigureAudience
    /// The rows of every table by school.
    public let schools: [FigureSchool]
    /// The rows of every table by partner.
    public let partners: [FigurePartner]
    /// Schools by "used" and then the five elements; nil when it cannot be shown.
    public let use: ShownGrid?
    /// Schools, one column for each; without those that cannot be shown.
    public let acts: [FigureAct: ShownGrid]
    /// Partners by status; nil when it cannot be shown.
    public let feedbackByPartner: ShownGrid?
    /// Schools by status; nil when it cannot be shown.
    public let feedbackBySchool: ShownGrid?
    /// Open items by school and highest rung: contact, centrale contactpersoon, bestuur; nil when it cannot be shown.
    public let escalations: ShownGrid?
    /// Partners by kind; nil when it cannot be shown.
    public let barriers: ShownGrid?
    /// By BRIN; empty when published.
    public let records: [String: RecordState]
    /// Of all schools together; nil when published, and when it would say something of fewer than five cases.
    public let record: RecordState?
    /// Days to feedback by partner: those of which at least five answers are shown.
    public let medians: [String: Double]
    /// The same over all partners.
    public let median: Double?

    /// The rungs that count as an escalation.
    public static let rungs: [ExpectationRow.Rung] = [.contact, .centraleContactpersoon, .bestuur]

    /// What this audience may see.
    /// - Throws: `FigureProblem` for a period that this audience gets no figures of.
    public init(_ input: FigureInput, for audience: FigureAudience) throws(FigureProblem) {
        if let problem = input.period.problem(for: audience) { throw FigureProblem(message: problem) }
        let rows = VisibleRows(input, audience)
        (board, period, asOf, self.audience) = (input.board, input.period, input.asOf, audience)
        (schools, partners) = (rows.schools, rows.partners)
        use = Self.use(rows, audience)
        acts = Self.acts(rows, audience)
        (feedbackByPartner, feedbackBySchool) = Self.feedback(rows, audience)
        escalations = Self.escalations(rows, audience)
        barriers = Self.barriers(rows, audience)
        let used = rows.used
        records =
            audience == .published ? [:] : rows.bySchool { brin in RecordState(used.filter { $0.school == brin }) }
        let uses = use?.columnTotals.first
        let isEnough = audience == .own || uses == .exact(0) || (uses?.least ?? 0) > ShownFigure.largestSmall
        record = isEnough && audience != .published ? RecordState(used) : nil
        (medians, median) = Self.medians(rows, feedbackByPartner, audience)
    }

    // MARK: Tables

    private static func use(_ rows: VisibleRows, _ audience: FigureAudience) -> ShownGrid? {
        let used = rows.used
        let counts = rows.schools.map { school in
            let own = used.filter { $0.school == school.brin }
            return [own.count] + FigureElement.allCases.map { element in own.count { $0.elements.contains(element) } }
        }
        var system = FigureSystem()
        let places = system.columns(counts, isOpen: rows.isOpen, count: FigureElement.allCases.count + 1)
        for row in places.cells {
            // Nobody takes an element in more cases than there are: that is no secret, and so it may give none away.
            for element in row.dropFirst() { system.bound(element, by: row[0]) }
        }
        return Protection.shown(system, for: audience).map(places.grid)
    }

    private static func acts(_ rows: VisibleRows, _ audience: FigureAudience) -> [FigureAct: ShownGrid] {
        var acts: [FigureAct: ShownGrid] = [:]
        for act in FigureAct.allCases {
            let counts = rows.schools.map { school in
                [rows.cases.filter { $0.school == school.brin }.reduce(0) { $0 + max(0, $1.count(of: act)) }]
            }
            var system = FigureSystem()
            let places = system.columns(counts, isOpen: rows.isOpen, count: 1)
            acts[act] = Protection.shown(system, for: audience).map(places.grid)
        }
        return acts
    }

    /// One system, for both tables have the same totals by status.
    private static func feedback(
        _ rows: VisibleRows, _ audience: FigureAudience
    ) -> (byPartner: ShownGrid?, bySchool: ShownGrid?) {
        let statuses = rows.feedback
        let counts = { (isIn: (ExpectationRow) -> Bool) in
            FeedbackStatus.allCases.map { status in statuses.count { isIn($0.row) && $0.status == status } }
        }
        var system = FigureSystem()
        let count = FeedbackStatus.allCases.count
        let own = Set(zip(rows.schools, rows.isOpen).filter(\.1).map(\.0.brin))
        let partners = system.table(
            rows.partners.map { partner in counts { $0.partner == partner.id } },
            // What is of the reader's own schools alone follows from their rows.
            isOpen: rows.partners.map { partner in
                counts { $0.partner == partner.id && !own.contains($0.school) }.map { $0 == 0 && !own.isEmpty }
            }, count: count)
        let schools = system.table(
            rows.schools.map { school in counts { $0.school == school.brin } }, isOpen: rows.isOpen(count),
            count: count, sharing: partners)
        guard let shown = Protection.shown(system, for: audience) else { return (nil, nil) }
        return (partners.grid(shown), schools.grid(shown))
    }

    private static func escalations(_ rows: VisibleRows, _ audience: FigureAudience) -> ShownGrid? {
        let counts = rows.schools.map { school in
            rungs.map { rung in rows.escalated.count { $0.school == school.brin && $0.rung == rung } }
        }
        var system = FigureSystem()
        let places = system.table(counts, isOpen: rows.isOpen(rungs.count), count: rungs.count)
        return Protection.shown(system, for: audience).map(places.grid)
    }

    private static func barriers(_ rows: VisibleRows, _ audience: FigureAudience) -> ShownGrid? {
        let counts = rows.partners.map { partner in
            BarrierRow.Kind.allCases.map { kind in
                rows.barriers.count { $0.partner == partner.id && $0.kind == kind }
            }
        }
        var system = FigureSystem()
        let places = system.table(
            counts, isOpen: counts.map { $0.map { _ in false } }, count: BarrierRow.Kind.allCases.count)
        return Protection.shown(system, for: audience).map(places.grid)
    }

    // MARK: Days

    /// Whether there is a median follows from what is shown beside it, and so tells nothing more.
    private static func medians(
        _ rows: VisibleRows, _ grid: ShownGrid?, _ audience: FigureAudience
    ) -> (byPartner: [String: Double], over: Double?) {
        guard let grid else { return ([:], nil) }
        let answered = { (row: [ShownFigure]) in
            zip(FeedbackStatus.allCases, row).reduce(0) { sum, next in
                [.opTijd, .later].contains(next.0) ? sum + next.1.least : sum
            }
        }
        let least = audience == .own ? 1 : ShownFigure.largestSmall + 1
        var medians: [String: Double] = [:]
        for (partner, row) in zip(rows.partners, grid.cells) where answered(row) >= least {
            medians[partner.id] = median(rows.feedback.filter { $0.row.partner == partner.id }.compactMap(\.row.days))
        }
        let over = answered(grid.columnTotals) >= least ? median(rows.feedback.compactMap(\.row.days)) : nil
        return (medians, over)
    }

    private static func median(_ days: [Int]) -> Double? {
        guard !days.isEmpty else { return nil }
        let sorted = days.sorted()
        return Double(sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
}

/// Why there are no figures.
public struct FigureProblem: Error, Sendable, Hashable {
    /// One or two Dutch sentences for who asked.
    public let message: String
}

extension CaseRow {
    fileprivate func count(of act: FigureAct) -> Int {
        switch act {
        case .adviezen: advices
        case .meldingen: reports
        case .hulp: referrals
        case .registraties: registrations
        }
    }
}
