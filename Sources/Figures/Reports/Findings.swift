// SPDX-License-Identifier: EUPL-1.2

/// What stands out in the figures, in fixed and neutral sentences. They are drawn from what is shown alone, so they tell nothing more;
/// and none says that anybody broke a rule: for telling the reporter the law sets no term.
struct Findings {
    private(set) var well: [String] = []
    private(set) var attention: [String] = []
    private(set) var questions: [String] = []

    /// - Parameter school: The place of one school, or nil for all.
    init(_ counted: CountedFigures, school row: Int? = nil) {
        let use = row.map { counted.use?.cells[$0] } ?? counted.use?.columnTotals
        if let use { use.first.map { addUse($0, Array(use.dropFirst()), isSchool: row != nil) } }
        if row == nil, counted.audience == .inside { addUnused(counted) }
        addRecords(counted, row)
        addFeedback(counted, row)
        if counted.audience != .published { addEscalations(counted, row) }
        addBarriers(counted, row)
        if counted.audience != .published { addHours(counted, row) }
        addAlways()
    }

    private mutating func addUse(_ used: ShownFigure, _ elements: [ShownFigure], isSchool: Bool) {
        if used == .exact(0) {
            attention.append(
                "De meldcode is in deze periode niet gebruikt. Dat kan kloppen; het kan ook zijn dat signalen niet worden herkend of niet worden vastgelegd."
            )
            questions.append("Herkent het team signalen, en weet iedereen wie de aandachtsfunctionaris is?")
            return
        }
        guard used.least > 0 else { return }
        let behind = zip(FigureElement.allCases, elements).filter { ($1.most ?? .max) < used.least }.map(\.0)
        if case .exact = used, elements.allSatisfy({ $0 == used }) {
            well.append("In alle zaken zijn alle onderdelen van de meldcode gezet.")
        } else if !behind.isEmpty {
            attention.append(
                "Niet in elke zaak (al) gezet: \(Self.list(behind.map(\.text))). Een zaak kan nog lopen."
            )
            questions.append("Wat is nodig om elk onderdeel van de meldcode te zetten en vast te leggen?")
        }
    }

    private mutating func addUnused(_ counted: CountedFigures) {
        guard let use = counted.use, counted.schools.count > 1 else { return }
        let unused = zip(counted.schools, use.cells).filter { $1.first == .exact(0) }.map(\.0.name)
        guard !unused.isEmpty, unused.count < counted.schools.count else { return }
        attention.append(
            "De meldcode is niet gebruikt op: \(Self.list(unused)). Bespreek of dat klopt met het beeld van de school.")
        questions.append("Herkent het team signalen, en weet iedereen wie de aandachtsfunctionaris is?")
    }

    private mutating func addRecords(_ counted: CountedFigures, _ row: Int?) {
        let state = row.map { counted.records[counted.schools[$0].brin] } ?? counted.record
        guard let state, state.record != .nietVanToepassing else { return }
        if state.record == .opOrde, state.weighing == .opOrde {
            well.append("De registratie en de weging zijn op orde.")
            return
        }
        if state.record == .aandacht {
            attention.append("De registratie vraagt aandacht bij: \(Self.list(state.attention.map(\.text))).")
        }
        if state.weighing == .aandacht { attention.append("De weging is niet overal volledig vastgelegd.") }
        if row == nil, counted.audience == .inside, counted.schools.count > 1 {
            let schools = counted.schools.filter { school in
                let state = counted.records[school.brin]
                return state?.record == .aandacht || state?.weighing == .aandacht
            }
            if !schools.isEmpty { attention.append("Vastlegging bespreken met: \(Self.list(schools.map(\.name))).") }
        }
        questions.append("Is er tijd en steun om stappen en wegingen meteen vast te leggen?")
    }

    private mutating func addFeedback(_ counted: CountedFigures, _ row: Int?) {
        let cells = row.map { counted.feedbackBySchool?.cells[$0] } ?? counted.feedbackBySchool?.columnTotals
        guard let cells else { return }
        let of = { (status: FeedbackStatus) in
            FeedbackStatus.allCases.firstIndex(of: status).map { cells[$0] } ?? .hidden
        }
        let (inTime, later, partial, missing) = (of(.opTijd), of(.later), of(.deels), of(.nogNiet))
        if inTime.least > 0, later == .exact(0), partial == .exact(0), missing == .exact(0) {
            well.append("Alle terugkoppeling kwam op of voor de afgesproken of gebruikelijke dag.")
        } else if let most = sum([later, partial, missing]), inTime.least > most {
            well.append("De meeste terugkoppeling kwam op of voor de afgesproken of gebruikelijke dag.")
        }
        let parts = [
            later.least > 0 ? "kwam later dan de afgesproken of gebruikelijke dag" : nil,
            partial.least > 0 ? "was niet volledig" : nil,
            missing.least > 0 ? "is na de afgesproken of gebruikelijke dag nog niet ontvangen" : nil,
        ].compactMap { $0 }
        if !parts.isEmpty { attention.append("Een deel van de terugkoppeling \(Self.list(parts)).") }
        if later.least + partial.least + missing.least > 0 {
            questions.append("Is over de terugkoppeling eerst zelf contact gezocht, en wat leverde dat op?")
        }
    }

    private mutating func addEscalations(_ counted: CountedFigures, _ row: Int?) {
        guard let open = row.map({ counted.escalations?.rowTotals[$0] }) ?? counted.escalations?.total else { return }
        guard open.least > 0 else { return }
        attention.append("Er staan opschalingen open.")
        questions.append("Wat is nodig van de centrale contactpersoon of het bestuur om verder te komen?")
    }

    private mutating func addBarriers(_ counted: CountedFigures, _ row: Int?) {
        guard row == nil || counted.schools.count == 1, let grid = counted.barriers else { return }
        if grid.total == .exact(0) { return }
        let kinds = zip(BarrierRow.Kind.allCases, grid.columnTotals).filter { $1.least > 0 }.map(\.0.text)
        guard !kinds.isEmpty else { return }
        attention.append("Bij ketenpartners zijn drempels gemeld: \(Self.list(kinds)).")
        questions.append("Welke afspraken met ketenpartners helpen tegen de gemelde drempels?")
    }

    private mutating func addHours(_ counted: CountedFigures, _ row: Int?) {
        let schools = row.map { [counted.schools[$0]] } ?? counted.schools
        let without = schools.filter { ($0.hoursPerWeek ?? 0) <= 0 }
        if without.isEmpty, !schools.isEmpty {
            questions.append("Zijn de uren van de aandachtsfunctionaris genoeg, en staan zij in de normjaartaak?")
        } else if row != nil || without.count == schools.count {
            attention.append("De uren van de aandachtsfunctionaris zijn niet bekend.")
            questions.append("Hoeveel uren heeft de aandachtsfunctionaris, en staan zij in de normjaartaak?")
        } else {
            attention.append(
                "De uren van de aandachtsfunctionaris zijn niet bekend van: \(Self.list(without.map(\.name))).")
        }
    }

    private mutating func addAlways() {
        questions.append("Staat de meldcode dit jaar op de agenda van het team, en wat is daar afgesproken?")
    }

    /// Nil without a bound.
    private func sum(_ figures: [ShownFigure]) -> Int? {
        figures.reduce(0) { sum, figure in
            guard let sum, let most = figure.most else { return nil }
            return sum + most
        }
    }

    /// `a, b en c`; of many only the first.
    static func list(_ words: [String], atMost limit: Int = 12) -> String {
        if words.count > limit {
            return words.prefix(limit).joined(separator: ", ") + " en \(words.count - limit) meer"
        }
        guard words.count > 1, let last = words.last else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " en " + last
    }
}
