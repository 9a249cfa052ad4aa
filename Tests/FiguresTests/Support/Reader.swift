// SPDX-License-Identifier: EUPL-1.2
import Figures

/// Somebody who sees figures, knows how they hang together, and tries every number to find out what is hidden: an exhaustive search
/// that shares nothing with the algorithm that hides.
struct Reader {
    /// What is the sum of cells, each with a sign, as it is shown.
    struct Sum {
        let terms: [(cell: Int, sign: Int)]
        let range: ClosedRange<Int>
    }

    private(set) var ranges: [ClosedRange<Int>] = []
    private(set) var sums: [Sum] = []
    /// Where to look first: the real numbers. It changes the time that is taken, not what is found.
    private(set) var truth: [Int] = []
    /// Found before: each answers for all cells.
    private var worlds: [[Int]] = []

    /// What is hidden is not tried beyond this.
    private static let most = 60
    private static let patience = 20_000

    mutating func see(_ shown: ShownFigure, truth count: Int) -> Int {
        ranges.append(Self.range(shown))
        truth.append(count)
        return ranges.count - 1
    }

    mutating func see(_ shown: ShownFigure, sumOf cells: [Int]) {
        sums.append(Sum(terms: cells.map { ($0, 1) }, range: Self.range(shown, most: 10_000)))
    }

    mutating func know(_ cells: [Int], sumTo others: [Int]) {
        sums.append(Sum(terms: cells.map { ($0, 1) } + others.map { ($0, -1) }, range: 0...0))
    }

    mutating func know(_ part: Int, atMost whole: Int) {
        sums.append(Sum(terms: [(whole, 1), (part, -1)], range: 0...10_000))
    }

    private static func range(_ shown: ShownFigure, most: Int = Self.most) -> ClosedRange<Int> {
        shown.least...max(shown.most ?? most, shown.least)
    }

    /// Which numbers a sum of cells can have, as far as needed: at least two, and for the public one that is not 1 to 4.
    mutating func isOpen(_ cells: [Int], for audience: FigureAudience) -> Bool {
        let real = cells.reduce(0) { $0 + truth[$1] }
        var found = Set(worlds.map { world in cells.reduce(0) { $0 + world[$1] } } + [real])
        let isEnough = { (found: Set<Int>) in
            found.count > 1 && (audience == .inside || found.contains { !(1...4).contains($0) })
        }
        for distance in 1...12 {
            for value in [real + distance, real - distance] where value >= 0 && !isEnough(found) {
                guard let world = world(cells, value) else { continue }
                worlds.append(world)
                found.insert(value)
            }
        }
        return isEnough(found)
    }

    /// A world in which these cells sum to a value; nil when there is none, or none was found in time.
    private func world(_ cells: [Int], _ value: Int) -> [Int]? {
        var ranges = self.ranges
        if let cell = cells.first, cells.count == 1 {
            guard ranges[cell].contains(value) else { return nil }
            ranges[cell] = value...value
        }
        let own = Sum(terms: cells.map { ($0, 1) }, range: value...value)
        var search = Search(sums: sums + [own], truth: truth, left: Self.patience)
        return search.run(ranges)
    }

    private struct Search {
        let sums: [Sum]
        let truth: [Int]
        var left: Int

        /// What each cell can still be, and then one cell at a time with every number it can have.
        mutating func run(_ open: [ClosedRange<Int>]) -> [Int]? {
            left -= 1
            guard left > 0, let ranges = narrowed(open) else { return nil }
            guard
                let cell = ranges.indices.filter({ ranges[$0].count > 1 }).min(by: {
                    ranges[$0].count < ranges[$1].count
                })
            else { return ranges.map(\.lowerBound) }
            let range = ranges[cell]
            let real = min(max(truth[cell], range.lowerBound), range.upperBound)
            for distance in 0..<range.count {
                for value in distance == 0 ? [real] : [real - distance, real + distance] where range.contains(value) {
                    var next = ranges
                    next[cell] = value...value
                    if let world = run(next) { return world }
                }
            }
            return nil
        }

        /// Nil when some sum cannot be as it is shown.
        private func narrowed(_ open: [ClosedRange<Int>]) -> [ClosedRange<Int>]? {
            var ranges = open
            var isNarrower = true
            while isNarrower {
                isNarrower = false
                for sum in sums {
                    var (low, high) = (0, 0)
                    for (cell, sign) in sum.terms {
                        low += sign > 0 ? ranges[cell].lowerBound : -ranges[cell].upperBound
                        high += sign > 0 ? ranges[cell].upperBound : -ranges[cell].lowerBound
                    }
                    if low > sum.range.upperBound || high < sum.range.lowerBound { return nil }
                    if low >= sum.range.lowerBound, high <= sum.range.upperBound { continue }
                    for (cell, sign) in sum.terms {
                        let range = ranges[cell]
                        let (less, more) = (sum.range.upperBound - low, high - sum.range.lowerBound)
                        // How far it may go up from its least, and down from its most.
                        let upper = sign > 0 ? range.lowerBound + less : range.lowerBound + more
                        let lower = sign > 0 ? range.upperBound - more : range.upperBound - less
                        let (from, to) = (max(lower, range.lowerBound), min(upper, range.upperBound))
                        guard from <= to else { return nil }
                        if from...to != range {
                            ranges[cell] = from...to
                            isNarrower = true
                        }
                    }
                }
            }
            return ranges
        }
    }
}
