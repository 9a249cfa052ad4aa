// SPDX-License-Identifier: EUPL-1.2
import Values

extension CaseTimeline {
    /// For the command line: alarms first, then the steps, the weighing, the course and what is owed. Ends with a line end.
    public var text: String {
        var parts = [alarms.map { "!! \($0)" }.joined(separator: "\n")]
        parts.append("Zaak \(zaak)" + (trackTitle.map { ", spoor: \($0)" } ?? ", de school heeft geen spoor"))
        parts.append(block("Stappen", steps.flatMap(\.textLines)))
        parts.append(block("Weging", weighing.map(Self.textLines) ?? []))
        parts.append(block("Verloop", lines.map(\.textLine)))
        parts.append(block("Nog te doen", owed.map { "- \($0.text)" }))
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    private func block(_ title: String, _ lines: [String]) -> String {
        lines.isEmpty ? "" : ([title] + lines.map { "  \($0)" }).joined(separator: "\n")
    }

    private static func textLines(_ latest: LatestWeighing) -> [String] {
        let weighing = latest.weighing
        return [
            "\(latest.date.dutchText)  \(weighing.outcome.text)",
            "Besluit: \(weighing.decision.text); \(weighing.comparisonText).",
            "Bron: \(WeighingFramework.source).",
        ]
    }
}

extension StepStatus {
    fileprivate var textLines: [String] {
        let isDone = state == .gezet || state == .genoemd || state == .overgeslagenMetReden || state == .nietNodig
        var lines = ["[\(isDone ? "x" : " ")] \(number). \(step.title): \(text)"]
        if !toRecord.isEmpty {
            lines.append("      door: \(roleText)")
            lines.append("      vast te leggen: \(joined(toRecord))")
        }
        if let talk { lines.append("      \(talk.text)") }
        return lines
    }
}

extension CaseTimeline.Line {
    fileprivate var textLine: String {
        let moment = happenedAt?.dutchText ?? date.dutchText
        let isLater = recordedAt.calendarDateInAmsterdam != date || happenedAt != nil
        return "\(moment)  \(text)" + (isLater ? " (vastgelegd \(recordedAt.dutchText))" : "")
    }
}
