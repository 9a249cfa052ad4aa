// SPDX-License-Identifier: EUPL-1.2

/// A table of counts with its margins, as somebody may see it.
public struct ShownGrid: Sendable, Hashable {
    /// By row and column.
    public let cells: [[ShownFigure]]
    /// Empty when a sum over a row means nothing.
    public let rowTotals: [ShownFigure]
    public let columnTotals: [ShownFigure]
    /// Nil without totals of rows.
    public let total: ShownFigure?

    /// Whether anything but zeros and hidden numbers stands in it.
    public var saysSomething: Bool {
        let all = cells.flatMap { $0 } + rowTotals + columnTotals + [total].compactMap { $0 }
        return all.contains { $0 != .hidden }
    }
}

/// Where the figures of a table stand in a system.
struct GridPlaces {
    let cells: [[FigureSystem.Index]]
    let rowTotals: [FigureSystem.Index]
    let columnTotals: [FigureSystem.Index]
    let total: FigureSystem.Index?

    func grid(_ shown: [ShownFigure]) -> ShownGrid {
        ShownGrid(
            cells: cells.map { $0.map { shown[$0] } }, rowTotals: rowTotals.map { shown[$0] },
            columnTotals: columnTotals.map { shown[$0] }, total: total.map { shown[$0] })
    }
}

extension FigureSystem {
    /// Columns that each count something else: every column has a total, and a row has none.
    /// - Parameter isOpen: Per row, whether the reader sees its numbers themselves.
    mutating func columns(_ counts: [[Int]], isOpen: [Bool], count: Int) -> GridPlaces {
        let cells = cells(counts, isOpen.map { Array(repeating: $0, count: count) })
        let totals = (0..<count).map { column in total(of: cells.map { $0[column] }) }
        return GridPlaces(cells: cells, rowTotals: [], columnTotals: totals, total: nil)
    }

    /// A table in which rows and columns add up.
    /// - Parameters:
    ///   - isOpen: Per cell, whether the reader sees its number itself.
    ///   - shared: A table before it with the same columns, whose totals are those of this one too.
    mutating func table(
        _ counts: [[Int]], isOpen: [[Bool]], count: Int, sharing shared: GridPlaces? = nil
    ) -> GridPlaces {
        let cells = cells(counts, isOpen)
        let rows = cells.map { total(of: $0) }
        if let shared, let grand = shared.total {
            for (column, total) in shared.columnTotals.enumerated() { equate(total, cells.map { $0[column] }) }
            equate(grand, rows)
            return GridPlaces(cells: cells, rowTotals: rows, columnTotals: shared.columnTotals, total: grand)
        }
        let columns = (0..<count).map { column in total(of: cells.map { $0[column] }) }
        let grand = total(of: columns)
        equate(grand, rows)
        return GridPlaces(cells: cells, rowTotals: rows, columnTotals: columns, total: grand)
    }

    private mutating func cells(_ counts: [[Int]], _ isOpen: [[Bool]]) -> [[Index]] {
        zip(counts, isOpen).map { row, isOpen in zip(row, isOpen).map { cell($0, isOpen: $1) } }
    }
}
