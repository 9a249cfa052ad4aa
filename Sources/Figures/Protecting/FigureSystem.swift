// SPDX-License-Identifier: EUPL-1.2

/// Counts that a reader sees together, with all that the reader knows of how they hang together: which is the sum of which, and which
/// can be no more than which. A table with margins is such a system; so are two tables that share a margin.
struct FigureSystem {
    /// A place in the system.
    typealias Index = Int

    /// Something that always holds: the sum of the terms, each with its sign, is 0.
    struct Relation {
        let terms: [(figure: Index, sign: Int)]
    }

    private(set) var counts: [Int] = []
    /// Those that are shown exactly whatever they are: the reader's own.
    private(set) var isOpen: [Bool] = []
    /// What stands between a part and the whole that it is no more than: nobody shows it.
    private(set) var isRest: [Bool] = []
    /// The sums that a figure is, each over the cells of one table; none for a cell.
    private(set) var sums: [[[Index]]] = []
    private(set) var relations: [Relation] = []

    /// Those that are shown in some way.
    var figures: [Index] { counts.indices.filter { !isRest[$0] } }

    func isTotal(_ figure: Index) -> Bool { !sums[figure].isEmpty }

    /// A count of its own.
    mutating func cell(_ count: Int, isOpen: Bool = false) -> Index {
        add(count, isOpen: isOpen, isRest: false)
    }

    /// The sum of cells or of other totals.
    mutating func total(of parts: [Index]) -> Index {
        let total = add(parts.reduce(0) { $0 + counts[$1] }, isOpen: false, isRest: false)
        equate(total, parts)
        return total
    }

    /// What is a sum already is the sum of these as well.
    mutating func equate(_ total: Index, _ parts: [Index]) {
        relations.append(Relation(terms: parts.map { ($0, 1) } + [(total, -1)]))
        sums[total].append(parts.flatMap { part in sums[part].first ?? [part] })
    }

    /// A part is no more than the whole, by what they are.
    mutating func bound(_ part: Index, by whole: Index) {
        let rest = add(counts[whole] - counts[part], isOpen: false, isRest: true)
        relations.append(Relation(terms: [(part, 1), (rest, 1), (whole, -1)]))
    }

    private mutating func add(_ count: Int, isOpen: Bool, isRest: Bool) -> Index {
        counts.append(count)
        self.isOpen.append(isOpen)
        self.isRest.append(isRest)
        sums.append([])
        return counts.count - 1
    }
}
