// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import Values

/// A document as one HTML page that stands by itself: no address of anything else, no script, every text escaped.
///
/// Headings, tables and paragraphs mean what they are, so that a PDF made of it can be read aloud. The same document gives the
/// same bytes.
public enum DocumentHTML {
    /// The whole page.
    public static func page(_ document: HandoverDocument) -> String {
        """
        <!DOCTYPE html>
        <html lang="nl">
        <head>
        <meta charset="utf-8">
        <title>\(escaped(VisibleText.oneLine(document.title)))</title>
        <style>\(DocumentStyle.sheet)</style>
        </head>
        <body>
        \(head(document))
        \(body(document.sections))
        </body>
        </html>

        """
    }

    private static func head(_ document: HandoverDocument) -> String {
        var html = ["<h1>\(escaped(VisibleText.oneLine(document.title)))</h1>"]
        if let reference = document.reference {
            html.append("<p class=\"reference\">Kenmerk \(escaped(VisibleText.oneLine(reference)))</p>")
        }
        let steps = VisibleText.lines(document.instruction).filter { !$0.isEmpty }
        if !steps.isEmpty {
            html.append("<div class=\"instruction\">\(steps.map(step).joined())</div>")
        }
        return html.joined(separator: "\n")
    }

    private static func step(_ text: String) -> String {
        "<p\(text.hasPrefix("LET OP") ? " class=\"alert\"" : "")>\(escaped(text))</p>"
    }

    // MARK: Parts

    /// Sections beside each other with the same part stand in it together; every part begins a page, but for the first.
    private static func body(_ sections: [HandoverDocument.Section]) -> String {
        var html: [String] = []
        var rest = sections[...]
        var isFirst = true
        while let part = rest.first?.part {
            let own = rest.prefix { $0.part == part }
            rest = rest.dropFirst(own.count)
            html.append("<section class=\"part\(isFirst ? "" : " later")\">")
            html.append("<h2 class=\"part\">\(escaped(VisibleText.oneLine(part)))</h2>")
            html += own.map { section($0, level: 3) }
            html.append("</section>")
            isFirst = false
        }
        // Without parts, or after the last one.
        html += rest.map { section($0, level: 2) }
        return html.joined(separator: "\n")
    }

    private static func section(_ section: HandoverDocument.Section, level: Int) -> String {
        let heading = "<h\(level)>\(escaped(VisibleText.oneLine(section.heading)))</h\(level)>"
        let blocks = Block.all(of: section.lines).map { $0.html(level: level + 1) }
        return (["<section>", heading] + blocks + ["</section>"]).joined(separator: "\n")
    }

    /// Text between tags or in a quoted attribute.
    static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
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

/// Lines of a section that belong together on paper.
private enum Block {
    typealias Line = HandoverDocument.Line

    /// Short values beside their labels, perhaps below a heading of their own.
    case table(heading: String?, [Line])
    /// A longer text below its label, over the whole width.
    case text(Line)

    private static let longerThan = 160

    /// `Kind: achternaam` and `Kind: geboortedatum` become a table "Kind"; so does a single `Ouder: naam` in a section that has one.
    static func all(of lines: [Line]) -> [Block] {
        let hasGroups = zip(lines, lines.dropFirst()).contains {
            group(of: $0) != nil && group(of: $0) == group(of: $1)
        }
        var blocks: [Block] = []
        for line in lines {
            let group = hasGroups ? group(of: line) : nil
            if group == nil, isLong(line) {
                blocks.append(.text(line))
            } else if case .table(group, let others)? = blocks.last {
                blocks[blocks.count - 1] = .table(heading: group, others + [without(group, line)])
            } else {
                blocks.append(.table(heading: group, [without(group, line)]))
            }
        }
        return blocks
    }

    private static func isLong(_ line: Line) -> Bool {
        line.value.count > longerThan || VisibleText.lines(line.value).count > 1
    }

    private static func group(of line: Line) -> String? {
        isLong(line) ? nil : line.label.firstRange(of: ": ").map { String(line.label[..<$0.lowerBound]) }
    }

    private static func without(_ group: String?, _ line: Line) -> Line {
        guard let group else { return line }
        let label = line.label.dropFirst(group.count + 2)
        return Line(label: label.prefix(1).uppercased() + label.dropFirst(), value: line.value)
    }

    func html(level: Int) -> String {
        let escaped = { (text: String) in DocumentHTML.escaped(VisibleText.oneLine(text)) }
        switch self {
        case .text(let line):
            let rows = VisibleText.lines(line.value).map(DocumentHTML.escaped).joined(separator: "<br>")
            return "<h\(level)>\(escaped(line.label))</h\(level)>\n<p class=\"value\">\(rows)</p>"
        case .table(let heading, let lines):
            let rows = lines.map {
                "<tr><th scope=\"row\">\(escaped($0.label))</th><td>\(escaped($0.value))</td></tr>"
            }
            let title = heading.map { "<h\(level)>\(escaped($0))</h\(level)>\n" } ?? ""
            return "\(title)<table>\n\(rows.joined(separator: "\n"))\n</table>"
        }
    }
}
