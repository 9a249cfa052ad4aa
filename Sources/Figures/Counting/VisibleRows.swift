// SPDX-License-Identifier: EUPL-1.2

/// What of the input counts for one audience.
struct VisibleRows {
    let schools: [FigureSchool]
    let partners: [FigurePartner]
    let cases: [CaseRow]
    let barriers: [BarrierRow]
    /// What counts as feedback of the period.
    let feedback: [(row: ExpectationRow, status: FeedbackStatus)]
    /// What is still open and was brought to somebody.
    let escalated: [ExpectationRow]
    private let period: FigurePeriod
    /// Per school, whether its numbers are shown themselves.
    let isOpen: [Bool]

    init(_ input: FigureInput, _ audience: FigureAudience) {
        let schools = audience == .own ? input.schools.filter(\.isOwn) : input.schools
        let brins = Set(schools.map(\.brin))
        let known = Set(input.partners.map(\.id))
        // That there is a row at all would say something: the public sees the partners of the configuration.
        let isKnown = { (id: String) in audience != .published || known.contains(id) }
        let expectations = input.expectations.filter { brins.contains($0.school) && isKnown($0.partner) }
        let barriers = input.barriers.filter { brins.contains($0.school) && isKnown($0.partner) }
        let feedback = expectations.compactMap { row in
            row.status(in: input.period, asOf: input.asOf).map { (row: row, status: $0) }
        }
        self.schools = schools
        isOpen = schools.map { audience != .published && $0.isOwn }
        period = input.period
        cases = input.cases.filter { brins.contains($0.school) }
        self.barriers = barriers
        self.feedback = feedback
        escalated = expectations.filter { row in
            let isHigh = row.rung.map(CountedFigures.rungs.contains) ?? false
            return isHigh && row.isOpen && !row.isCancelled && row.dueOn <= input.period.to
        }
        let named = Set(feedback.map(\.row.partner) + barriers.map(\.partner))
        let others = named.subtracting(known).sorted().map { FigurePartner(id: $0, name: $0) }
        partners =
            audience == .published ? input.partners : (input.partners + others).filter { named.contains($0.id) }
    }

    /// The cases in which the meldcode was used in the period.
    var used: [CaseRow] { cases.filter { $0.usedOn.map(period.contains) ?? false } }

    /// Per school and column.
    func isOpen(_ columns: Int) -> [[Bool]] { isOpen.map { Array(repeating: $0, count: columns) } }

    func bySchool<Value>(_ value: (String) -> Value) -> [String: Value] {
        Dictionary(schools.map { ($0.brin, value($0.brin)) }, uniquingKeysWith: { own, _ in own })
    }
}
