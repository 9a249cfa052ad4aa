// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import Values

/// A document as plain text that stays readable anywhere.
///
/// Headings, and what the sender says about the document, begin at the margin; what people wrote never does. So no content can pass
/// for a heading, or move the border between two parts.
public enum DocumentText {
    /// The whole document, lines ended by CR LF.
    public static func text(of document: HandoverDocument) -> String {
        var lines = [VisibleText.oneLine(document.title).uppercased(), ""]
        lines += VisibleText.lines(document.instruction)
        if lines.last != "" { lines.append("") }
        var part: String?
        for section in document.sections {
            if let own = section.part, own != part { lines += border(own) }
            part = section.part ?? part
            let heading = VisibleText.oneLine(section.heading)
            lines += [heading, String(repeating: "-", count: heading.count)]
            lines += section.lines.flatMap(block) + [""]
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    private static func border(_ part: String) -> [String] {
        let rule = String(repeating: "=", count: 70)
        return [rule, VisibleText.oneLine(part).uppercased(), rule, ""]
    }

    /// `  Label: value`, or for more lines the value below its label.
    private static func block(_ line: HandoverDocument.Line) -> [String] {
        let rows = VisibleText.lines(line.value)
        let label = VisibleText.oneLine(line.label)
        guard rows.count > 1 else { return ["  \(label): \(rows.first ?? "")"] }
        return ["  \(label):"] + rows.map { "    \($0)" }
    }
}
