// SPDX-License-Identifier: EUPL-1.2
import Values

extension FigureReport {
    /// For the terminal: plain text in columns, with lines of at most some eighty characters where the tables allow it.
    public var text: String {
        var parts = [
            ([title, "\(oneLine(subject)), \(period.text)"] + remarks.flatMap { Self.wrapped($0) })
                .joined(separator: "\n")
        ]
        for section in sections {
            let blocks = section.blocks.compactMap(Self.text)
            guard !blocks.isEmpty else { continue }
            parts.append("\(section.heading.uppercased())\n\n" + blocks.joined(separator: "\n\n"))
        }
        return parts.joined(separator: "\n\n\n") + "\n"
    }

    private func oneLine(_ text: String) -> String { VisibleText.oneLine(text) }

    private static func text(_ block: FigureBlock) -> String? {
        switch block {
        case .text(let text): wrapped(text).joined(separator: "\n")
        case .list(let sentences):
            sentences.map { sentence in
                zip(["- "] + Array(repeating: "  ", count: 40), wrapped(sentence, width: 78)).map { $0 + $1 }
                    .joined(separator: "\n")
            }.joined(separator: "\n")
        case .table(let table): TextColumns(table).text
        case .writing: nil
        }
    }

    static func wrapped(_ text: String, width: Int = 80) -> [String] {
        var lines: [String] = []
        for word in VisibleText.oneLine(text).split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}

/// A table as text in columns: words to the left, numbers to the right, and a heading over as many lines as it needs.
private struct TextColumns {
    private let table: FigureTable

    init(_ table: FigureTable) {
        self.table = table
    }

    private static let widestLabel = 36
    private static let gap = "  "

    var text: String {
        let rows = table.rows.map { [label($0.label)] + $0.cells.map(Self.cell) }
        let total = table.total.map { [label($0.label)] + $0.cells.map(Self.cell) }
        let all = rows + [total].compactMap { $0 }
        let titles = [table.rowHeading] + table.columns.map(\.title)
        let widths = titles.indices.map { column in
            let words = titles[column].split(separator: " ").map(\.count)
            return (words + all.map { $0[column].count }).max() ?? 1
        }
        let isNumeric = titles.indices.map { column in column > 0 && !isWords(column - 1) }
        let line = { (cells: [String]) in
            cells.indices.map { Self.padded(cells[$0], widths[$0], toTheRight: isNumeric[$0]) }
                .joined(separator: Self.gap).trimmingEnd()
        }
        let rule = String(repeating: "-", count: widths.reduce(0, +) + Self.gap.count * (widths.count - 1))
        let lines =
            heading(titles, widths).map(line) + [rule] + rows.map(line) + (total.map { [rule, line($0)] } ?? [])
        return (FigureReport.wrapped(table.caption) + [""] + lines).joined(separator: "\n")
    }

    /// Every title at the bottom of its column.
    private func heading(_ titles: [String], _ widths: [Int]) -> [[String]] {
        let wrapped = titles.indices.map { FigureReport.wrapped(titles[$0], width: widths[$0]) }
        let height = wrapped.map(\.count).max() ?? 1
        return (0..<height).map { line in
            wrapped.map { lines in
                let index = line - (height - lines.count)
                return index >= 0 ? lines[index] : ""
            }
        }
    }

    private func isWords(_ column: Int) -> Bool {
        table.rows.contains { row in
            if case .words = row.cells[column] { true } else { false }
        }
    }

    private func label(_ text: String) -> String {
        let line = VisibleText.oneLine(text)
        return line.count <= Self.widestLabel ? line : line.prefix(Self.widestLabel - 1) + "…"
    }

    private static func cell(_ cell: FigureCell) -> String { VisibleText.oneLine(cell.text) }

    private static func padded(_ text: String, _ width: Int, toTheRight: Bool) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return toTheRight ? space + text : text + space
    }
}

extension String {
    fileprivate func trimmingEnd() -> String {
        var line = self[...]
        while line.last == " " { line.removeLast() }
        return String(line)
    }
}
