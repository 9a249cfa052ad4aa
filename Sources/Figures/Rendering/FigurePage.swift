// SPDX-License-Identifier: EUPL-1.2
import Values

extension FigureReport {
    /// An accessible page that stands by itself: no script, no address of anything else, every text escaped. It prints on A4, and makes a
    /// tagged PDF. The same report gives the same bytes. Its one style is `FigurePage.style`, for a content security policy.
    public var html: String { FigurePage(self).html }
}

/// The page of a report.
public struct FigurePage {
    private let report: FigureReport

    init(_ report: FigureReport) {
        self.report = report
    }

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="nl">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(Self.escaped("\(report.title): \(report.subject), \(report.period.text)"))</title>
        <style>\(Self.style)</style>
        </head>
        <body class="\(report.kind.rawValue)">
        <header>
        <h1>\(Self.escaped(report.title))</h1>
        <p class="subject">\(Self.escaped(report.subject)), \(Self.escaped(report.period.text))</p>
        \(report.remarks.map { "<p class=\"remark\">\(Self.escaped($0))</p>" }.joined(separator: "\n"))
        </header>
        \(contents)<main>
        \(report.sections.map(section).joined(separator: "\n"))
        </main>
        <footer>
        <p>Gemaakt op \(Self.escaped(report.asOf.dutchText)) door Meldpoort.</p>
        </footer>
        </body>
        </html>

        """
    }

    /// Ways to the parts, on a page that is longer than a screen.
    private var contents: String {
        guard report.kind != .school else { return "" }
        let items = report.sections.map { "<li><a href=\"#\($0.id)\">\(Self.escaped($0.heading))</a></li>" }
        return "<nav aria-label=\"Op deze pagina\">\n<ul>\n\(items.joined(separator: "\n"))\n</ul>\n</nav>\n"
    }

    private func section(_ section: FigureSection) -> String {
        let blocks = section.blocks.map(block).joined(separator: "\n")
        return """
            <section id="\(section.id)" aria-labelledby="\(section.id)-kop">
            <h2 id="\(section.id)-kop">\(Self.escaped(section.heading))</h2>
            \(blocks)
            </section>
            """
    }

    private func block(_ block: FigureBlock) -> String {
        switch block {
        case .text(let text):
            return "<p>\(Self.escaped(text))</p>"
        case .list(let sentences):
            return "<ul>\n\(sentences.map { "<li>\(Self.escaped($0))</li>" }.joined(separator: "\n"))\n</ul>"
        case .writing(let label, let lines):
            let rules = String(repeating: "<div class=\"line\"></div>", count: lines)
            return "<div class=\"writing\"><p>\(Self.escaped(label)):</p>\(rules)</div>"
        case .table(let table):
            let chart = BarChart(table, id: "beeld-\(table.id)").map { "<figure>\n\($0.html)\n</figure>\n" } ?? ""
            return "<div class=\"figures\">\n\(chart)\(self.table(table))\n</div>"
        }
    }

    private func table(_ table: FigureTable) -> String {
        let isWords = table.columns.indices.map { column in
            table.rows.contains { row in
                if case .words = row.cells[column] { true } else { false }
            }
        }
        let heads = zip(table.columns, isWords).map { column, isWords in
            "<th scope=\"col\"\(isWords ? " class=\"words\"" : "")>\(Self.escaped(column.title))</th>"
        }
        let rows = table.rows.map { "<tr>\(row($0, isWords))</tr>" }.joined(separator: "\n")
        let total = table.total.map { "\n<tfoot>\n<tr>\(row($0, isWords))</tr>\n</tfoot>" } ?? ""
        return """
            <div class="scroll" role="region" aria-label="\(Self.escaped(table.caption))" tabindex="0">
            <table\(table.columns.count < 3 ? " class=\"narrow\"" : "")>
            <caption>\(Self.escaped(table.caption))</caption>
            <thead>
            <tr><th scope="col">\(Self.escaped(table.rowHeading))</th>\(heads.joined())</tr>
            </thead>
            <tbody>
            \(rows)
            </tbody>\(total)
            </table>
            </div>
            """
    }

    private func row(_ row: FigureTable.Row, _ isWords: [Bool]) -> String {
        "<th scope=\"row\">\(Self.escaped(row.label))</th>" + zip(row.cells, isWords).map(cell).joined()
    }

    private func cell(_ cell: FigureCell, isWords: Bool) -> String {
        let needsAttention = cell == .words(Completeness.aandacht.text)
        let tone = needsAttention ? " class=\"words attention\"" : isWords ? " class=\"words\"" : ""
        return "<td\(tone)>\(Self.escaped(cell.text))</td>"
    }

    /// Text between tags or in a quoted attribute, on one line.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in VisibleText.oneLine(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
