// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import Disclosures
import Values

/// A remark about the process, for the mailbox that Veilig Thuis keeps for those: fixed words for each subject, and nothing of a case.
/// The law sets no term for telling the reporter, so the words ask and claim no breach.
enum ProcessRemark {
    static func document(_ disclosure: Disclosure) -> HandoverDocument {
        let content = disclosure.content
        let subject = content["onderwerp"]?.string ?? ""
        let words =
            subjects[subject] ?? (subject, "De school heeft een opmerking over het proces en bespreekt die graag.")
        let theirs = content["kenmerkOntvanger"]?.string ?? disclosure.counterpartReference
        let sections: [(heading: String, lines: [(label: String, value: String?)])] = [
            (
                "Opmerking",
                [
                    ("Onderwerp", words.title), ("Wat de school opmerkt", words.remark),
                    ("Datum waarom het gaat", ValueWords.shown(content["datum"], "datum")),
                ]
            ),
            (
                "Kenmerken",
                [
                    ("Uw kenmerk", theirs), ("Ons kenmerk", content["meldpoort"]?["kenmerk"]?.string),
                    ("School", content["meldpoort"]?["school"]?["naam"]?.string),
                    ("BRIN", content["meldpoort"]?["school"]?["brin"]?.string),
                ]
            ),
        ]
        return HandoverDocument(
            title: "Opmerking over het proces",
            instruction: """
                Dit bericht gaat over het proces. Er staat niets in over een kind, een gezin of een zaak.
                De school hoort graag bij wie zij hierover terechtkan.
                """,
            sections: sections.map { section in
                HandoverDocument.Section(
                    heading: section.heading,
                    lines: section.lines.compactMap { line in line.value.map { .init(label: line.label, value: $0) } })
            }.filter { !$0.lines.isEmpty },
            reference: disclosure.reference)
    }

    private static let subjects: [String: (title: String, remark: String)] = [
        "bereikbaarheid": ("Bereikbaarheid", "De school kreeg niet of moeilijk contact."),
        "wachttijd": ("Wachttijd", "De school merkt dat zij lang wacht, en hoort graag wat zij kan verwachten."),
        "bejegening": ("Bejegening", "De school heeft een opmerking over hoe het contact verliep."),
        "terugkoppeling": (
            "Terugkoppeling",
            "De school heeft op het afgesproken moment nog niets gehoord, en vraagt wanneer zij dat wel kan verwachten."
        ),
    ]
}
