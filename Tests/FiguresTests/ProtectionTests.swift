// SPDX-License-Identifier: EUPL-1.2
import Figures
import Testing
import Values

/// No number that is hidden or in a band can be computed from what is shown, checked by trying to.
@Suite struct ProtectionTests {
    private static let audiences: [FigureAudience] = [.inside, .published]

    // MARK: Small tables, by trying every number

    @Test(arguments: audiences) func oneColumnTellsNothing(audience: FigureAudience) throws {
        var shownTotals = 0
        for seed in 0..<600 {
            var dice = Dice(seed)
            let counts = dice.counts(Int.random(in: 1...6, using: &dice), 1)
            var input = try Sample.input(schools: counts.count, own: seed % 5 == 0 ? [0] : [])
            for (school, row) in counts.enumerated() {
                input.cases.append(CaseRow(school: Sample.brin(school), usedOn: nil, reports: row[0]))
            }
            let counted = try CountedFigures(input, for: audience)
            let grid = try #require(counted.acts[.meldingen] ?? nil)
            var reader = Reader()
            let cells = counts.indices.map { reader.see(grid.cells[$0][0], truth: counts[$0][0]) }
            reader.see(grid.columnTotals[0], sumOf: cells)
            check(grid.cells.map { $0[0] }, counts.map { $0[0] }, cells.map { [$0] }, &reader, audience, seed)
            check(grid.columnTotals, [counts.reduce(0) { $0 + $1[0] }], [cells], &reader, audience, seed)
            if case .exact = grid.columnTotals[0] { shownTotals += 1 }
        }
        #expect(shownTotals > 200)
    }

    @Test(arguments: audiences) func aTableWithMarginsTellsNothing(audience: FigureAudience) throws {
        var shownCells = 0
        var bands = 0
        for seed in 0..<500 {
            var dice = Dice(10_000 + seed)
            let kinds = BarrierRow.Kind.allCases.count
            // Also with fewer kinds in use than there are: columns of zeros.
            let width = Int.random(in: 2...kinds, using: &dice)
            let counts = dice.counts(Int.random(in: 1...(seed % 5 == 0 ? 9 : 3), using: &dice), width)
                .map { $0 + Array(repeating: 0, count: kinds - width) }
            let counted = try CountedFigures(Sample.barriers(counts), for: audience)
            // Inside, a partner without a row is not in the table.
            let rows = audience == .published ? counts : counts.filter { $0.contains { $0 > 0 } }
            guard !rows.isEmpty else { continue }
            let grid = try #require(counted.barriers)
            var reader = Reader()
            let cells = see(grid, rows, &reader)
            // Every number is tried where there are few; flow is as exact, and does not mind how many there are.
            if rows.count < 3 { check(grid, rows, cells, &reader, audience, seed) }
            checkFlow(grid, rows, audience, seed)
            if audience == .published { bands += checkBands(grid, seed) }
            shownCells += grid.cells.flatMap { $0 }.count {
                if case .exact(let count) = $0 { count > 0 } else { false }
            }
        }
        #expect(shownCells > (audience == .inside ? 1_000 : 250))
        if audience == .published { #expect(bands > 5, "hardly any band to look at") }
    }

    /// To the public a band of a total must not tell, by how it is made, which of the hidden cells is 0.
    private func checkBands(_ grid: ShownGrid, _ seed: Int) -> Int {
        let columns = grid.columnTotals.indices.map { column in grid.cells.map { $0[column] } }
        var sums = Array(zip(grid.rowTotals, grid.cells)) + Array(zip(grid.columnTotals, columns))
        if let total = grid.total { sums.append((total, grid.cells.flatMap { $0 })) }
        let bands = sums.filter { if case .band = $0.0 { true } else { false } }
        for (total, cells) in bands {
            let least = cells.reduce(0) { $0 + $1.least }
            #expect(total.least <= least || total.least == 5, "\(seed): \(total) over \(cells)")
            let most = cells.reduce(0) { $0 + ($1.most ?? ShownFigure.largestSmall) }
            #expect(total.most ?? .max >= most, "\(seed): \(total) over \(cells)")
        }
        return bands.count
    }

    /// Practice 29: whatever the small ones are, the public reads the same.
    @Test(arguments: [[20, 1, 1], [20, 0, 2], [20, 2, 0]]) func aPublishedBandTellsNoZero(advices: [Int]) throws {
        var input = try Sample.input(schools: advices.count)
        for (school, count) in advices.enumerated() {
            input.cases.append(CaseRow(school: Sample.brin(school), usedOn: nil, advices: count))
        }
        let counted = try CountedFigures(input, for: .published)
        let grid = try #require(counted.acts[.adviezen])
        #expect(grid.cells.map { $0[0] } == [.exact(20), .hidden, .hidden])
        #expect(grid.columnTotals == [.band(20, 28)])
    }

    @Test(arguments: audiences) func partsOfAWholeTellNothing(audience: FigureAudience) throws {
        var shownTotals = 0
        for seed in 0..<500 {
            var dice = Dice(20_000 + seed)
            let counts = (0..<Int.random(in: 1...3, using: &dice)).map { _ in
                let used = dice.count()
                return [used]
                    + FigureElement.allCases.map { _ in
                        Bool.random(using: &dice) ? used : Int.random(in: 0...used, using: &dice)
                    }
            }
            let input = try Sample.use(counts, own: seed % 4 == 0 ? [0] : [])
            let grid = try #require(CountedFigures(input, for: audience).use)
            var reader = Reader()
            let cells = zip(grid.cells, counts).map { row, counts in
                zip(row, counts).map { reader.see($0, truth: $1) }
            }
            for row in cells { row.dropFirst().forEach { reader.know($0, atMost: row[0]) } }
            for column in 0..<6 { reader.see(grid.columnTotals[column], sumOf: cells.map { $0[column] }) }
            for (row, places) in cells.enumerated() {
                check(grid.cells[row], counts[row], places.map { [$0] }, &reader, audience, seed)
            }
            let totals = (0..<6).map { column in counts.reduce(0) { $0 + $1[column] } }
            check(
                grid.columnTotals, totals, (0..<6).map { column in cells.map { $0[column] } }, &reader, audience, seed)
            shownTotals += grid.columnTotals.count { if case .exact = $0 { true } else { false } }
        }
        #expect(shownTotals > 500)
    }

    // MARK: Large tables, by flow

    @Test(arguments: audiences) func tablesThatShareAMarginTellNothing(audience: FigureAudience) throws {
        for seed in 0..<80 {
            var dice = Dice(30_000 + seed)
            let partners = Int.random(in: 1...6, using: &dice)
            let schools = Int.random(in: 1...(seed % 10 == 0 ? 25 : 7), using: &dice)
            let counts = (0..<partners).map { _ in
                (0..<schools).map { _ in
                    FeedbackStatus.allCases.map { _ in
                        Int.random(in: 0..<3, using: &dice) > 0 ? 0 : Int.random(in: 0...6, using: &dice)
                    }
                }
            }
            let input = try Sample.feedback(counts, own: seed % 4 == 0 ? [0] : [])
            let counted = try CountedFigures(input, for: audience)
            let byPartner = counts.map { rows in
                FeedbackStatus.allCases.indices.map { status in rows.reduce(0) { $0 + $1[status] } }
            }
            let kept = byPartner.filter { audience == .published || $0.contains { $0 > 0 } }
            let bySchool = (0..<schools).map { school in
                FeedbackStatus.allCases.indices.map { status in counts.reduce(0) { $0 + $1[school][status] } }
            }
            let (partnerGrid, schoolGrid) = (counted.feedbackByPartner, counted.feedbackBySchool)
            guard let left = partnerGrid, let right = schoolGrid else {
                Issue.record("\(seed): nothing is shown")
                continue
            }
            #expect(left.columnTotals == right.columnTotals && left.total == right.total)
            checkFlow(left, kept, right, bySchool, audience, seed)
        }
    }

    private func checkFlow(_ grid: ShownGrid, _ rows: [[Int]], _ audience: FigureAudience, _ seed: Int) {
        var network = Network()
        var figures: [(pipe: Int, shown: ShownFigure, isTotal: Bool)] = []
        let (source, sink) = (network.node(), network.node())
        let columns = grid.columnTotals.map { _ in network.node() }
        for (row, counts) in rows.enumerated() {
            let node = network.node()
            let sum = counts.reduce(0, +)
            figures.append((network.pipe(source, node, sum, grid.rowTotals[row]), grid.rowTotals[row], true))
            for (column, count) in counts.enumerated() {
                let shown = grid.cells[row][column]
                figures.append((network.pipe(node, columns[column], count, shown), shown, false))
            }
        }
        for (column, shown) in grid.columnTotals.enumerated() {
            let sum = rows.reduce(0) { $0 + $1[column] }
            figures.append((network.pipe(columns[column], sink, sum, shown), shown, true))
        }
        let whole = rows.reduce(0) { $0 + $1.reduce(0, +) }
        let total = grid.total ?? .exact(whole)
        figures.append((network.pipe(sink, source, whole, total), total, true))
        check(figures, network, audience, seed)
    }

    private func checkFlow(
        _ left: ShownGrid, _ partners: [[Int]], _ right: ShownGrid, _ schools: [[Int]], _ audience: FigureAudience,
        _ seed: Int
    ) {
        var network = Network()
        var secrets: [(pipe: Int, shown: ShownFigure, isTotal: Bool)] = []
        func pipe(_ from: Int, _ to: Int, _ flow: Int, _ shown: ShownFigure, isTotal: Bool) {
            secrets.append((network.pipe(from, to, flow, shown), shown, isTotal))
        }
        let (source, sink) = (network.node(), network.node())
        let before = FeedbackStatus.allCases.map { _ in network.node() }
        let after = FeedbackStatus.allCases.map { _ in network.node() }
        for (row, counts) in partners.enumerated() {
            let node = network.node()
            pipe(source, node, counts.reduce(0, +), left.rowTotals[row], isTotal: true)
            for (column, count) in counts.enumerated() {
                pipe(node, before[column], count, left.cells[row][column], isTotal: false)
            }
        }
        for column in before.indices {
            let sum = partners.reduce(0) { $0 + $1[column] }
            pipe(before[column], after[column], sum, left.columnTotals[column], isTotal: true)
        }
        for (row, counts) in schools.enumerated() {
            let node = network.node()
            pipe(node, sink, counts.reduce(0, +), right.rowTotals[row], isTotal: true)
            for (column, count) in counts.enumerated() {
                pipe(after[column], node, count, right.cells[row][column], isTotal: false)
            }
        }
        let whole = partners.reduce(0) { $0 + $1.reduce(0, +) }
        pipe(sink, source, whole, left.total ?? .exact(whole), isTotal: true)
        check(secrets, network, audience, seed)
    }

    private func check(
        _ figures: [(pipe: Int, shown: ShownFigure, isTotal: Bool)], _ network: Network, _ audience: FigureAudience,
        _ seed: Int
    ) {
        for (pipe, shown, isTotal) in figures {
            let flow = network.pipes[pipe].flow
            expectTrue(shown, flow, audience, seed)
            if case .exact = shown { continue }
            if case .band = shown, audience == .published || isTotal { continue }
            let (least, most) = network.bounds(pipe)
            #expect(least < most, "\(seed): \(flow) shown as \(shown) is known")
            if audience == .published { #expect(least == 0 || most > 4, "\(seed): \(flow) is known to be small") }
        }
    }

    // MARK: Support

    private func see(_ grid: ShownGrid, _ counts: [[Int]], _ reader: inout Reader) -> [[Int]] {
        let cells = zip(grid.cells, counts).map { row, counts in zip(row, counts).map { reader.see($0, truth: $1) } }
        for (row, places) in cells.enumerated() { reader.see(grid.rowTotals[row], sumOf: places) }
        for column in grid.columnTotals.indices {
            reader.see(grid.columnTotals[column], sumOf: cells.map { $0[column] })
        }
        if let total = grid.total { reader.see(total, sumOf: cells.flatMap { $0 }) }
        return cells
    }

    private func check(
        _ grid: ShownGrid, _ counts: [[Int]], _ cells: [[Int]], _ reader: inout Reader, _ audience: FigureAudience,
        _ seed: Int
    ) {
        for (row, places) in cells.enumerated() {
            check(grid.cells[row], counts[row], places.map { [$0] }, &reader, audience, seed)
        }
        check(grid.rowTotals, counts.map { $0.reduce(0, +) }, cells, &reader, audience, seed)
        let columns = grid.columnTotals.indices
        check(
            grid.columnTotals, columns.map { column in counts.reduce(0) { $0 + $1[column] } },
            columns.map { column in cells.map { $0[column] } }, &reader, audience, seed)
        let whole = counts.reduce(0) { $0 + $1.reduce(0, +) }
        check([grid.total].compactMap { $0 }, [whole], [cells.flatMap { $0 }], &reader, audience, seed)
    }

    /// - Parameter cells: Per figure what it is the sum of: itself, for a cell.
    private func check(
        _ shown: [ShownFigure], _ counts: [Int], _ cells: [[Int]], _ reader: inout Reader, _ audience: FigureAudience,
        _ seed: Int
    ) {
        #expect(shown.count == counts.count && shown.count == cells.count)
        for ((shown, count), cells) in zip(zip(shown, counts), cells) {
            expectTrue(shown, count, audience, seed)
            if case .exact = shown { continue }
            // A band is shown to the public of what is large enough to be shown.
            if case .band = shown, audience == .published { continue }
            let isOpen = reader.isOpen(cells, for: audience)
            #expect(isOpen, "\(seed): \(count) shown as \(shown) can be computed")
        }
    }

    /// What is shown is true, and no small number is shown to who may not see it.
    private func expectTrue(_ shown: ShownFigure, _ count: Int, _ audience: FigureAudience, _ seed: Int) {
        #expect(shown.least <= count && count <= shown.most ?? .max, "\(seed): \(count) as \(shown)")
        guard audience == .published else { return }
        if case .hidden = shown { return }
        #expect(count > 4, "\(seed): \(count) as \(shown)")
    }
}
