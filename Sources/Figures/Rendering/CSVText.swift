// SPDX-License-Identifier: EUPL-1.2
import Values

/// Comma-separated values as Dutch spreadsheets read them.
public enum CSVText {
    /// Semicolons, every value quoted, lines ended by CR LF, and a byte order mark, without which accents are read wrongly.
    /// A spreadsheet carries out what begins like a formula: that gets an apostrophe.
    public static func rows(_ rows: [[String]]) -> String {
        "\u{FEFF}" + rows.map { $0.map(value).joined(separator: ";") + "\r\n" }.joined()
    }

    /// `1 t/m 4`: a spreadsheet would read `1-4` as the first of April.
    public static func band(_ low: Int, _ high: Int) -> String { "\(low) t/m \(high)" }

    /// A tab, and a line end of any kind, before a formula does not make it harmless.
    private static func value(_ text: String) -> String {
        let start = text.unicodeScalars.first { !$0.properties.isWhitespace && $0.value >= 0x20 }
        let guarded = start.map { "=+-@＝＋－＠".unicodeScalars.contains($0) } == true ? "'" + text : text
        return "\"" + guarded.replacing("\"", with: "\"\"") + "\""
    }
}

extension FigureReport {
    /// One line for each value: `rapport;onderwerp;van;tot;tabel;rij;naam;kolom;waarde`. A band is `1 t/m 4`, what is not shown `n.g.`.
    public var csv: String {
        let head = ["rapport", "onderwerp", "van", "tot", "tabel", "rij", "naam", "kolom", "waarde"]
        let lines = tables.flatMap { table in
            (table.rows + [table.total].compactMap { $0 }).flatMap { row in
                zip(table.columns, row.cells).map { column, cell in
                    [
                        kind.rawValue, subject, period.from.description, period.to.description, table.id, row.id,
                        row.label, column.title, Self.value(cell),
                    ]
                }
            }
        }
        return CSVText.rows([head] + lines)
    }

    private static func value(_ cell: FigureCell) -> String {
        switch cell {
        case .empty: ""
        case .figure(.band(let low, let high)): CSVText.band(low, high)
        case .figure, .measure, .words: cell.text
        }
    }

    /// In their order.
    var tables: [FigureTable] {
        sections.flatMap(\.blocks).compactMap { block in
            if case .table(let table) = block { table } else { nil }
        }
    }
}
