// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Values

/// The fixed texts of notices about what is owed: a number, a kind and a term. Neutral: they name the term and never claim a breach.
struct OwedNoticeText {
    let item: StoredOwedItem
    let rule: OwedRule?
    let today: CalendarDate

    init(_ item: StoredOwedItem, _ rule: OwedRule?, today: CalendarDate) {
        self.item = item
        self.rule = rule
        self.today = today
    }

    func text(for kind: NewNotice.Kind) -> (subject: String, body: String) {
        switch kind {
        case .owedLapsed: lapsed
        case .concernTakenUp: takenUp
        default: reminder
        }
    }

    private var title: String { rule?.title ?? item.kind.rawValue }
    private var number: String { "verplichting \(item.id)" }
    private static let contentFree = "Dit bericht bevat met opzet niets over de zaak zelf."

    private var reminder: (subject: String, body: String) {
        let isLate = item.dueOn < today && rule?.ending == nil
        let day = item.dueOn.dutchText
        let term =
            if rule?.ending != nil {
                "De termijn loopt af op \(day)."
            } else if isLate {
                "De afgesproken dag was \(day), en er is nog niets over vastgelegd."
            } else {
                "Graag uiterlijk op \(day)."
            }
        return (
            "Herinnering: \(number), \(title)",
            """
            Open staat \(number): \(title), sinds \(item.since.calendarDateInAmsterdam.dutchText). \(term)

            \(rule?.task ?? "Kijk in Meldpoort wat er nodig is.")
            Meer staat in Meldpoort bij \(number). \(Self.contentFree)
            """
        )
    }

    private var lapsed: (subject: String, body: String) {
        (
            "Afgelopen: \(number), \(title)",
            """
            De termijn van \(number) (\(title)) is afgelopen op \(item.dueOn.dutchText).

            Is het nog nodig, dan is daar een nieuw besluit voor nodig. \(Self.contentFree)
            """
        )
    }

    /// The second loop: that it was taken up, and never what was done.
    private var takenUp: (subject: String, body: String) {
        (
            "Uw zorg is opgepakt",
            """
            De zorg die u op \(item.since.calendarDateInAmsterdam.dutchText) doorgaf, is opgepakt.

            Wat ermee is gedaan staat met opzet niet in dit bericht. Hebt u vragen, of ziet u iets nieuws? Ga dan naar de \
            aandachtsfunctionaris van uw school.
            """
        )
    }
}
