// SPDX-License-Identifier: EUPL-1.2
import Values

/// Horizontal bars of some columns of a table, as inline SVG with a title and a description for who does not see it. The same figures
/// stand in the table below it. Colour says nothing that words do not say too; a band is solid up to its least, and dashed up to its most.
struct BarChart {
    private let table: FigureTable
    private let id: String

    /// Nil when there is nothing to draw.
    /// - Parameter id: Not used by anything else on the page.
    init?(_ table: FigureTable, id: String) {
        let isDrawn = table.rows.contains { row in
            table.charted.contains { index in
                if case .figure(let figure) = row.cells[index] { (figure.most ?? 0) > 0 } else { false }
            }
        }
        guard isDrawn, table.rows.count <= Self.mostRows else { return nil }
        self.table = table
        self.id = id
    }

    /// More bars than these are no picture any more.
    private static let mostRows = 60
    /// On white, all of them at least 5 to 1.
    private static let colours = ["#12304f", "#8a4b08", "#7a1222", "#0b5d56", "#4a4f57"]
    private static let widestLabel = 260
    private static let narrowBars = 300
    private static let wideBars = 420
    private static let barHeight = 14
    private static let space = 4
    private static let longestLabel = 34

    /// As wide as the longest label asks.
    private var labelWidth: Int {
        min(Self.widestLabel, 16 + 8 * (table.rows.map(\.label.count).max() ?? 0))
    }

    private var width: Int {
        labelWidth + (table.charted.count == 1 && table.rows.count < 8 ? Self.narrowBars : Self.wideBars)
    }

    var html: String {
        let series = table.charted
        let groupHeight = series.count * (Self.barHeight + Self.space) + (series.count > 1 ? 8 : 2)
        let height = table.rows.count * groupHeight + 8
        let bars = table.rows.indices.flatMap { index in
            group(table.rows[index], y: 4 + index * groupHeight)
        }
        return """
            <svg role="img" aria-labelledby="\(id)-t \(id)-d" xmlns="http://www.w3.org/2000/svg" width="\(width)" \
            height="\(height)" viewBox="0 0 \(width) \(height)">
            <title id="\(id)-t">Staafdiagram: \(FigurePage.escaped(table.caption))</title>
            <desc id="\(id)-d">\(FigurePage.escaped(description))</desc>
            <g aria-hidden="true" font-family="DejaVu Sans, Verdana, sans-serif" font-size="11.5" fill="#14181d">
            \(bars.joined(separator: "\n"))
            </g>
            </svg>
            """
    }

    /// What the picture shows, in words: what stands in the table as well.
    private var description: String {
        let shown = table.charted.map { table.columns[$0].title }.joined(separator: ", ")
        let rows = table.rows.map { row in
            row.label + " " + table.charted.map { row.cells[$0].text }.joined(separator: ", ")
        }
        return "Per \(table.rowHeading): \(shown). " + rows.joined(separator: "; ") + "."
    }

    private func group(_ row: FigureTable.Row, y: Int) -> [String] {
        let step = Self.barHeight + Self.space
        let middle = y + table.charted.count * step / 2 + 2
        let label = VisibleText.oneLine(row.label)
        let short = label.count <= Self.longestLabel ? label : label.prefix(Self.longestLabel - 1) + "…"
        let name = """
            <text x="\(labelWidth - 8)" y="\(middle)" text-anchor="end">\(FigurePage.escaped(short))</text>
            """
        return [name]
            + table.charted.enumerated().flatMap { place, column in
                bar(row.cells[column], named: table.columns[column].title, place: place, y: y + place * step)
            }
    }

    private func bar(_ cell: FigureCell, named name: String, place: Int, y: Int) -> [String] {
        let left = labelWidth
        let colour = Self.colours[place % Self.colours.count]
        let (least, most) = extent(cell)
        var parts: [String] = []
        if least > 0 {
            parts.append(
                "<rect x=\"\(left)\" y=\"\(y)\" width=\"\(least)\" height=\"\(Self.barHeight)\" fill=\"\(colour)\"/>")
        }
        if most > least {
            parts.append(
                """
                <rect x="\(left + least)" y="\(y)" width="\(most - least)" height="\(Self.barHeight)" fill="#ffffff" \
                stroke="\(colour)" stroke-width="1" stroke-dasharray="3 2"/>
                """)
        }
        let words = table.charted.count > 1 ? "\(cell.text) \(name)" : cell.text
        parts.append("<text x=\"\(left + most + 6)\" y=\"\(y + 11)\">\(FigurePage.escaped(words))</text>")
        return parts
    }

    /// In points of the picture.
    private func extent(_ cell: FigureCell) -> (least: Int, most: Int) {
        guard case .figure(let figure) = cell, let most = figure.most else { return (0, 0) }
        let room = width - labelWidth - (table.charted.count > 1 ? 190 : 60)
        let scale = { (count: Int) in count * room / max(largest, 1) }
        return (scale(figure.least), scale(most))
    }

    private var largest: Int {
        table.rows.flatMap { row in
            table.charted.map { index in
                if case .figure(let figure) = row.cells[index] { figure.most ?? 0 } else { 0 }
            }
        }.max() ?? 1
    }
}
