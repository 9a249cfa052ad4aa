// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import Disclosures
import Values

/// A rung of the ladder: what is open at a school, what was tried, and whom to call. Neutral words: they name the day that was agreed
/// or is usual, ask, and claim nothing. The law sets no term for telling the reporter.
struct OpenItems: Sendable, Hashable {
    private let contact: String?

    init(_ settings: AdapterSettings) {
        contact = settings["contact"]?.string
    }

    /// The mail. Its subject tells how many and where, and nothing of a case.
    func mail(_ disclosure: Disclosure, to addresses: [String]) -> MailMessage {
        let count = Self.items(disclosure).count
        let school = Self.school(disclosure)["naam"]?.string.map { ", \(VisibleText.oneLine($0))" } ?? ""
        return MailMessage(
            to: addresses,
            subject: "Bericht van Meldpoort: \(count) openstaande verplichting\(count == 1 ? "" : "en")\(school)",
            text: DocumentText.text(of: document(disclosure)), messageIDLocalPart: disclosure.idempotencyKey)
    }

    /// The same text for a person who passes it on.
    func handover(_ disclosure: Disclosure) -> HandoverDocument {
        let document = document(disclosure)
        let steps = [
            "Geef dit bericht aan \(disclosure.recipient.name), en niet meer dan hier staat.",
            "Leg daarna in Meldpoort vast dat het bericht is gegeven: wanneer en aan wie.",
        ]
        return HandoverDocument(
            title: document.title, instruction: steps.joined(separator: "\n"), sections: document.sections,
            reference: document.reference)
    }

    private func document(_ disclosure: Disclosure) -> HandoverDocument {
        let items = Self.items(disclosure)
        return HandoverDocument(
            title: "Bericht van Meldpoort",
            instruction: Self.opening(disclosure.content["trede"]?.string),
            sections: [Self.question(disclosure, count: items.count)] + items.map(Self.section) + [closing(items)],
            reference: disclosure.reference)
    }

    private static func items(_ disclosure: Disclosure) -> [JSONValue] {
        disclosure.content["verplichtingen"]?.array ?? []
    }

    private static func school(_ disclosure: Disclosure) -> JSONValue {
        disclosure.content["meldpoort"]?["school"] ?? [:]
    }

    /// Why the reader gets this, by the rung.
    private static func opening(_ rung: String?) -> String {
        switch rung {
        case "herinnering": "Er staat iets open op uw school. Dit is een herinnering."
        case "contact": "Er staat iets open op uw school. Neem eerst zelf contact op, het liefst per telefoon."
        case "centraleContactpersoon":
            "Op een school staat iets open. De school heeft ervan gehoord, en er is nog geen antwoord vastgelegd."
        case "bestuur":
            "Op een school staat iets open. De school en de centrale contactpersoon weten ervan, en er is nog geen antwoord vastgelegd."
        default: "Op een school staat iets open."
        }
    }

    private static func question(_ disclosure: Disclosure, count: Int) -> HandoverDocument.Section {
        let (content, school) = (disclosure.content, school(disclosure))
        return section(
            "Wat wij u vragen",
            [
                ("Vraag", content["vraag"]?.string), ("School", school["naam"]?.string),
                ("BRIN", school["brin"]?.string), ("Datum", ValueWords.shown(content["datum"], "datum")),
                ("Aantal", "\(count)"),
            ])
    }

    private static func section(_ item: JSONValue) -> HandoverDocument.Section {
        let number = item["nummer"]?.integer ?? 0
        let isPartners = item["ketenpartner"] != nil
        let tried = (item["geprobeerd"]?.array ?? []).compactMap(\.string)
        return section(
            "Verplichting \(number)",
            [
                ("Wat", item["omschrijving"]?.string), ("Van wie", item["ketenpartner"]?.string),
                ("Open sinds", ValueWords.shown(item["sinds"], "sinds")),
                ("Afgesproken of gebruikelijke dag", ValueWords.shown(item["afgesprokenOp"], "afgesprokenOp")),
                ("Al gedaan", tried.isEmpty ? "nog niets vastgelegd" : tried.joined(separator: "\n")),
                ("Noem hun kenmerk", item["kenmerkKetenpartner"]?.string),
                ("Noem ons kenmerk", item["kenmerk"]?.string), ("Bel", item["bellen"]?.string),
                ("Bekijk", "meldpoort owed show \(number)"),
                ("Leg contact vast", isPartners ? "meldpoort owed contact \(number)" : nil),
                ("Leg een antwoord vast", isPartners ? "meldpoort feedback record" : nil),
            ])
    }

    private func closing(_ items: [JSONValue]) -> HandoverDocument.Section {
        let isPartners = items.contains { $0["ketenpartner"] != nil }
        return Self.section(
            "Tot slot",
            [
                (
                    "Als er een antwoord is",
                    isPartners
                        ? "Leg het in Meldpoort vast, ook een antwoord per telefoon of brief. Dan stopt dit bericht."
                        : "Leg in Meldpoort vast wat er is gedaan. Dan stopt dit bericht."
                ),
                ("Vragen", contact), ("Let op", "Dit bericht bevat met opzet niets over de zaak zelf."),
            ])
    }

    private static func section(_ heading: String, _ lines: [(label: String, value: String?)])
        -> HandoverDocument.Section
    {
        HandoverDocument.Section(
            heading: heading,
            lines: lines.compactMap { line in line.value.map { .init(label: line.label, value: $0) } })
    }
}
