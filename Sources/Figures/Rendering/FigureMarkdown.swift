// SPDX-License-Identifier: EUPL-1.2
import Values

extension FigureReport {
    /// For a publication on the intranet (`tekst` of `nl.meldcode.publicatie-aangeboden.v1`): CommonMark with tables, without the title,
    /// which the publication has itself. Nil unless the report may leave the board, and when it is longer than a publication may be.
    public var markdown: String? {
        guard audience == .published else { return nil }
        let head = ["**\(Self.plain(subject)), \(Self.plain(period.text))**"] + remarks.map(Self.plain)
        let parts = sections.map { section in
            (["## \(Self.plain(section.heading))"] + section.blocks.compactMap(Self.markdown)).joined(separator: "\n\n")
        }
        let text = (head + parts).joined(separator: "\n\n") + "\n"
        return text.count <= Self.longestPublication ? text : nil
    }

    private static let longestPublication = 100_000

    private static func markdown(_ block: FigureBlock) -> String? {
        switch block {
        case .text(let text): plain(text)
        case .list(let sentences): sentences.map { "- " + plain($0) }.joined(separator: "\n")
        case .table(let table): markdown(table)
        case .writing: nil
        }
    }

    private static func markdown(_ table: FigureTable) -> String {
        let row = { (cells: [String]) in "| " + cells.map(plain).joined(separator: " | ") + " |" }
        let marks = ["---"] + table.columns.map { _ in "--:" }
        let rows = (table.rows + [table.total].compactMap { $0 }).map { row([$0.label] + $0.cells.map(\.text)) }
        let lines = [
            row([table.rowHeading] + table.columns.map(\.title)), "| " + marks.joined(separator: " | ") + " |",
        ]
        return "**\(plain(table.caption))**\n\n" + (lines + rows).joined(separator: "\n")
    }

    /// A text that means nothing but itself in Markdown.
    private static func plain(_ text: String) -> String {
        var result = ""
        for scalar in VisibleText.oneLine(text).unicodeScalars {
            if "\\`*_{}[]<>#|~&!".unicodeScalars.contains(scalar) { result.append("\\") }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
