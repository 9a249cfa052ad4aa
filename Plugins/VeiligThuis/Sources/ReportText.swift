// SPDX-License-Identifier: EUPL-1.2

/// The report as plain text. Headings begin at the margin and content never does, so that no content can pass for a heading or
/// move the border between the two parts.
enum ReportText {
    static let firstPart = "DEEL 1: INZAGE BETROKKENEN"
    static let secondPart = "DEEL 2: ALLEEN VOOR VEILIG THUIS"

    /// The whole document, lines ended by CR LF.
    static func document(_ report: Report, _ order: [OrderedSection]) -> String {
        var lines = [report.title.uppercased(), ""]
        if report.isAcute {
            lines += ["LET OP: de afzender ziet ACUUT GEVAAR.", besidesPhone, ""]
        }
        if report.isStructural {
            lines += ["LET OP: de afzender ziet STRUCTURELE ONVEILIGHEID.", besidesPhone, ""]
        }
        lines += [
            "Dit document heeft twee delen. Deel 1 kunnen betrokkenen bij u inzien.",
            "Deel 2 is alleen voor Veilig Thuis: geef het niet ter inzage.", "",
        ]
        if report.hidesOrigin {
            lines += ["De herkomst van dit bericht moet voor betrokkenen verborgen blijven: zie deel 2.", ""]
        }
        lines += part(firstPart, report, order, .everyone)
        if report.lines.contains(where: { $0.reader == .veiligThuisOnly }) {
            lines += part(secondPart, report, order, .veiligThuisOnly)
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    private static let besidesPhone = "Dit bericht komt naast het telefoongesprek, niet in plaats ervan."

    private static func part(
        _ title: String, _ report: Report, _ order: [OrderedSection], _ reader: Report.Reader
    ) -> [String] {
        let rule = String(repeating: "=", count: 70)
        var lines = [rule, title, rule, ""]
        for entry in report.order(order) {
            let content = report.lines(entry.section, for: reader)
            guard !content.isEmpty else { continue }
            lines += [entry.title, String(repeating: "-", count: entry.title.count)]
            lines += content.flatMap(block) + [""]
        }
        return lines
    }

    /// `  Label: value`, or for more lines the value below its label.
    private static func block(_ line: Report.Line) -> [String] {
        let rows = rows(line.value)
        guard rows.count > 1 else { return ["  \(line.label): \(rows.first ?? "")"] }
        return ["  \(line.label):"] + rows.map { "    \($0)" }
    }

    /// A text in lines, whatever its writer's keyboard ends them with; other control characters become visible.
    static func rows(_ text: String) -> [String] {
        var rows: [[Unicode.Scalar]] = [[]]
        var wasReturn = false
        for scalar in text.unicodeScalars {
            let followsReturn = wasReturn
            wasReturn = scalar == "\r"
            switch scalar.value {
            case 0x0A where followsReturn: continue
            case 0x0A...0x0D, 0x85, 0x2028, 0x2029: rows.append([])
            case 0x09: rows[rows.count - 1].append(scalar)
            case 0..<0x20, 0x7F...0x9F: rows[rows.count - 1].append("\u{FFFD}")
            default: rows[rows.count - 1].append(scalar)
            }
        }
        return rows.map { row in
            var text = String.UnicodeScalarView()
            text.append(contentsOf: row)
            return String(text)
        }
    }
}
