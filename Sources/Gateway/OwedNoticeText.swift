// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Values

/// The fixed texts of notices about what is owed: a number, a kind and a term. Neutral: they name the term and never claim a breach.
struct OwedNoticeText {
    let item: StoredOwedItem
    let rule: OwedRule?
    let title: String
    let task: String?
    let today: CalendarDate

    init(_ item: StoredOwedItem, _ rules: OwedRules, today: CalendarDate) {
        self.item = item
        rule = rules[item.kind]
        title = rules.title(of: item)
        task = rules.task(of: item)
        self.today = today
    }

    /// Many at once: one digest, in their order.
    static func together(_ texts: [OwedNoticeText]) -> (subject: String, body: String) {
        (
            "Herinnering: \(texts.count) openstaande verplichtingen",
            """
            Dit staat open:

            \(texts.map { "- \($0.number): \($0.title). \($0.term)" }.joined(separator: "\n"))

            Meer staat in Meldpoort: meldpoort owed. \(contentFree)
            """
        )
    }

    func text(for kind: NewNotice.Kind) -> (subject: String, body: String) {
        switch kind {
        case .owedLapsed: lapsed
        case .concernTakenUp: takenUp
        default: reminder
        }
    }

    private var number: String { "verplichting \(item.id)" }
    private static let contentFree = "Dit bericht bevat met opzet niets over de zaak zelf."

    private var term: String {
        let day = item.dueOn.dutchText
        if rule?.ending != nil { return "De termijn loopt af op \(day)." }
        if item.dueOn >= today { return "Graag uiterlijk op \(day)." }
        return "De afgesproken of gebruikelijke dag was \(day), en er is nog niets over vastgelegd."
    }

    private var reminder: (subject: String, body: String) {
        (
            "Herinnering: \(number), \(title)",
            """
            Open staat \(number): \(title), sinds \(item.since.calendarDateInAmsterdam.dutchText). \(term)

            \(task ?? "Kijk in Meldpoort wat er nodig is.")
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
