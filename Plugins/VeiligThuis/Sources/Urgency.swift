// SPDX-License-Identifier: EUPL-1.2
import Disclosures

/// What a person reads first when there is no time to lose.
enum Urgency {
    /// Phone now, and do not tell the family yet; empty when neither is called for.
    static func steps(_ report: Report) -> [String] {
        var steps: [String] = []
        if report.isAcute {
            steps.append("Acuut gevaar: bel eerst 112. \(afterwards(report))")
        }
        if report.isStructural {
            steps.append("Structurele onveiligheid: bel Veilig Thuis nu meteen.")
        }
        if report.isAcute || report.isSpecialForm { steps.append(notYet) }
        return steps
    }

    private static func afterwards(_ report: Report) -> String {
        report.message == .veiligThuisMelding
            ? "Meld daarna meteen telefonisch bij Veilig Thuis." : "Bel daarna meteen Veilig Thuis."
    }

    /// Practice for special forms and acute danger: telling the family can make it worse.
    private static let notYet = "Informeer het gezin nog niet, vraag eerst advies aan Veilig Thuis."
}
