// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK

/// A report, or what comes after it, as Veilig Thuis reads it.
enum ReportDocument {
    /// What those concerned can read there, and what they cannot.
    private static let parts: [(reader: Report.Reader, name: String)] = [
        (.everyone, "Deel 1: inzage betrokkenen"), (.veiligThuisOnly, "Deel 2: alleen voor Veilig Thuis"),
    ]

    /// The document that goes with a mail. Of a hidden origin its first part says nothing, so no reference stands on the pages.
    static func document(_ report: Report, _ form: [OrderedSection], reference: String) -> HandoverDocument {
        HandoverDocument(
            title: report.title, instruction: opening(report).joined(separator: "\n"), sections: sections(report, form),
            reference: report.tellsOrigin ? reference : nil)
    }

    /// The lines of the report in the order of the form, first part first.
    static func sections(_ report: Report, _ form: [OrderedSection]) -> [HandoverDocument.Section] {
        parts.flatMap { part in
            report.order(form).compactMap { entry in
                let lines = report.lines(entry.section, for: part.reader)
                guard !lines.isEmpty else { return nil }
                return HandoverDocument.Section(
                    part: part.name, heading: entry.title,
                    lines: lines.map { HandoverDocument.Line(label: $0.label, value: $0.value) })
            }
        }
    }

    private static func opening(_ report: Report) -> [String] {
        var lines: [String] = []
        if report.isAcute { lines.append("LET OP: de afzender ziet ACUUT GEVAAR.") }
        if report.isStructural { lines.append("LET OP: de afzender ziet STRUCTURELE ONVEILIGHEID.") }
        if !lines.isEmpty { lines += ["Dit bericht komt naast het telefoongesprek, niet in plaats ervan.", ""] }
        lines += [
            "Dit document heeft twee delen. Deel 1 kunnen betrokkenen bij u inzien.",
            "Deel 2 is alleen voor Veilig Thuis: geef het niet ter inzage.", "",
        ]
        if report.hidesOrigin {
            lines += ["De herkomst van dit bericht moet voor betrokkenen verborgen blijven: zie deel 2.", ""]
        }
        return lines
    }
}
