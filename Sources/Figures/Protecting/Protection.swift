// SPDX-License-Identifier: EUPL-1.2

/// Decides what of each count is shown, so that no small one can be computed from the rest.
enum Protection {
    /// One for each figure of the system, in its order; nil when it cannot be protected: then nothing of it may be shown.
    static func shown(_ system: FigureSystem, for audience: FigureAudience) -> [ShownFigure]? {
        if audience == .own { return system.counts.map { .exact($0) } }
        var work = Work(system, audience)
        guard work.protects() else { return nil }
        guard audience == .published else { return work.shown }
        // Who sees the figures for inside can read what is published as well: it says nothing that these do not say.
        guard let inside = Protection.shown(system, for: .inside) else { return nil }
        let shown = zip(work.shown, inside).map { published, inside in
            if case .exact = published { inside } else { published }
        }
        return system.counts.indices.map { figure in
            guard case .band(let low, let high) = shown[figure], system.isTotal(figure) else { return shown[figure] }
            return publishedBand(low, high, sums: system.sums[figure], shown, inside)
        }
    }

    /// A band of a total for the public, from the cells as they stand there: neither of its ends tells which of the hidden ones is 0.
    private static func publishedBand(
        _ low: Int, _ high: Int, sums: [[FigureSystem.Index]], _ shown: [ShownFigure], _ inside: [ShownFigure]
    ) -> ShownFigure {
        let least = sums.map { cells in cells.reduce(0) { $0 + shown[$1].least } }.max() ?? 0
        let most = sums.compactMap { cells in largest(of: cells, shown, inside) }.min() ?? high
        // Where inside it is more than 4 it is so here: what is less would be hidden.
        let from = low > ShownFigure.largestSmall ? max(least, ShownFigure.largestSmall + 1) : least
        return .band(from, max(most, high))
    }

    /// The most that cells can be together for the public, a hidden one at least 4; nil without a bound.
    private static func largest(
        of cells: [FigureSystem.Index], _ shown: [ShownFigure], _ inside: [ShownFigure]
    ) -> Int? {
        var sum = 0
        for cell in cells {
            let isHidden = shown[cell] == .hidden
            guard let most = isHidden ? inside[cell].most : shown[cell].most else { return nil }
            sum += isHidden ? max(ShownFigure.largestSmall, most) : most
        }
        return sum
    }

    /// What each audience sees when nothing else is shown.
    static func alone(_ count: Int, for audience: FigureAudience) -> ShownFigure {
        switch audience {
        case .own: .exact(count)
        case .inside:
            (1...ShownFigure.largestSmall).contains(count) ? .band(1, ShownFigure.largestSmall) : .exact(count)
        // A zero as well: "none of the six" says something about all six.
        case .published: count <= ShownFigure.largestSmall ? .hidden : .exact(count)
        }
    }
}

/// Shows less and less until nothing can be computed.
private struct Work {
    let system: FigureSystem
    let audience: FigureAudience
    private(set) var shown: [ShownFigure]
    private var worlds: OtherWorlds

    init(_ system: FigureSystem, _ audience: FigureAudience) {
        self.system = system
        self.audience = audience
        shown = system.counts.indices.map { Self.mostShown($0, system, audience) }
        worlds = OtherWorlds(system, shown: shown)
    }

    /// What is shown of a figure when there is nothing beside it.
    private static func mostShown(_ figure: Int, _ system: FigureSystem, _ audience: FigureAudience) -> ShownFigure {
        if system.isRest[figure] { return .hidden }
        // A total is exact for inside as long as no band can be computed from it.
        if audience == .inside, system.isOpen[figure] || system.isTotal(figure) { return .exact(system.counts[figure]) }
        return Protection.alone(system.counts[figure], for: audience)
    }

    mutating func protects() -> Bool {
        var covered: Set<Int> = []
        var checked = -1
        // What is hidden on the way is to be protected as well; what is safe stays so when less is shown.
        while let next = system.figures.first(where: { $0 > checked && isSecret($0) }) {
            checked = next
            while !isSafe(next) {
                guard let victim = victim(for: next) else { return false }
                cover(victim)
                covered.insert(victim)
                checked = min(checked, victim - 1)
            }
        }
        uncover(covered)
        return true
    }

    /// One by one, what was given up in vain on the way: the greatest loss first.
    private mutating func uncover(_ covered: Set<Int>) {
        for figure in covered.sorted(by: { (system.counts[$0], $0) > (system.counts[$1], $1) }) {
            var trial = self
            trial.shown[figure] = Self.mostShown(figure, system, audience)
            trial.renewBands()
            trial.worlds.showAll(trial.shown)
            // Those beside it are the first to be known by it.
            let near = Set(rings(around: figure).prefix(2).joined())
            let secrets = system.figures.filter(trial.isSecret)
            let order = secrets.filter(near.contains) + secrets.filter { !near.contains($0) }
            if order.allSatisfy({ trial.isSafe($0) }) { self = trial }
        }
    }

    /// A total that became a band says no more than its parts: only cells can be secret inside.
    private func isSecret(_ figure: Int) -> Bool {
        if case .exact = shown[figure] { return false }
        return audience == .published || !system.isTotal(figure)
    }

    private mutating func isSafe(_ figure: Int) -> Bool {
        let audience = audience
        return worlds.explore(figure) { least, most in
            guard audience == .published else { return least < most }
            // At least two numbers, and not all of them from 1 to 4.
            return least < most && (least == 0 || most > ShownFigure.largestSmall)
        }
    }

    // MARK: What to give up

    /// What is shown now and must not be, so that the figure becomes safe: the cheapest that does it alone, or else the cheapest of the
    /// nearest. Nil when there is nothing left to give up.
    private func victim(for figure: Int) -> Int? {
        let rings = rings(around: figure)
        for loss in Loss.allCases {
            let nearest = rings.map { ring in
                ring.filter { self.loss($0) == loss }
                    .sorted { (system.counts[$0], $0) < (system.counts[$1], $1) }
            }
            for candidates in nearest {
                let single = candidates.prefix(Self.trials).first { candidate in
                    var trial = self
                    trial.cover(candidate)
                    return trial.isSafe(figure)
                }
                if let single { return single }
            }
            if let first = nearest.joined().first { return first }
        }
        return nil
    }

    /// How many of the nearest are tried.
    private static let trials = 8

    /// What is lost when less is shown of a figure; the first is given up first.
    private enum Loss: CaseIterable {
        /// Public: a cell; inside: a total.
        case small
        /// Public: a total; inside: a cell that is shown exactly.
        case large
        /// Inside: a band that becomes wider.
        case largest
    }

    /// Nil for what has nothing to lose, or must not.
    private func loss(_ figure: Int) -> Loss? {
        if system.isRest[figure] { return nil }
        let isTotal = system.isTotal(figure)
        if audience == .published { return shown[figure] == .hidden ? nil : isTotal ? .large : .small }
        guard !system.isOpen[figure], covered(figure) != shown[figure] else { return nil }
        if case .exact = shown[figure] { return isTotal ? .small : .large }
        return isTotal ? nil : .largest
    }

    /// Those that share a relation with the figure, then those that share one with these, and so on.
    private func rings(around figure: Int) -> [[Int]] {
        var rings: [[Int]] = []
        var seen: Set<Int> = [figure]
        var edge: Set<Int> = [figure]
        while !edge.isEmpty {
            let touched = system.relations.filter { $0.terms.contains { edge.contains($0.figure) } }
            edge = Set(touched.flatMap { $0.terms.map(\.figure) }).subtracting(seen)
            seen.formUnion(edge)
            rings.append(edge.sorted())
        }
        return rings
    }

    private mutating func cover(_ figure: Int) {
        show(figure, as: covered(figure))
        if audience == .inside, !system.isTotal(figure) { renewBands() }
    }

    /// A band of a total says what its cells say, also when they come to say less or more.
    private mutating func renewBands() {
        for total in system.figures where system.isTotal(total) {
            if case .band = shown[total] { show(total, as: covered(total)) }
        }
    }

    private mutating func show(_ figure: Int, as less: ShownFigure) {
        shown[figure] = less
        worlds.show(figure, as: less)
    }

    /// What is shown instead; the same when it cannot be less.
    private func covered(_ figure: Int) -> ShownFigure {
        if audience == .published { return .hidden }
        if system.isTotal(figure) { return sumOfParts(figure) }
        switch shown[figure] {
        // A zero stays one.
        case .exact(let count): return count > ShownFigure.largestSmall ? Self.wideBand(count) : shown[figure]
        case .band(_, let high): return high < Self.widest ? .band(1, 2 * high + 1) : shown[figure]
        case .hidden: return .hidden
        }
    }

    private static let widest = 1_000

    /// 5-9, 10-19, 20-39 and so on.
    private static func wideBand(_ count: Int) -> ShownFigure {
        var low = ShownFigure.largestSmall + 1
        while count >= 2 * low { low *= 2 }
        return .band(low, 2 * low - 1)
    }

    /// What follows from the cells alone, in every table that it is a sum of.
    private func sumOfParts(_ total: Int) -> ShownFigure {
        let sums = system.sums[total].map { cells in
            cells.reduce((0, 0)) { ($0.0 + shown[$1].least, $0.1 + (shown[$1].most ?? 0)) }
        }
        let (low, high) = (sums.map(\.0).max() ?? 0, sums.map(\.1).min() ?? 0)
        return low == high ? .exact(low) : .band(low, high)
    }
}
