// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import Disclosures
import Values

/// Rungs of the ladder: what is open at the reader's schools, what was tried, and whom to call. Neutral words: they name the day that was agreed
/// or is usual, ask, and claim nothing. The law sets no term for telling the reporter.
struct OpenItems: Sendable, Hashable {
    private let contact: String?

    init(_ settings: AdapterSettings) {
        contact = settings["contact"]?.string
    }

    /// The mail. Its subject tells how many and where, and nothing of a case.
    func mail(_ disclosure: Disclosure, to addresses: [String]) -> MailMessage {
        let items = Self.items(disclosure)
        let schools = Self.schools(items)
        let name = items.lazy.compactMap { $0["naamSchool"]?.string }.first
        let place = schools.count > 1 ? "\(schools.count) scholen" : name.map(VisibleText.oneLine)
        return MailMessage(
            to: addresses,
            subject: "Bericht van Meldpoort: \(Self.count(items))\(place.map { ", \($0)" } ?? "")",
            text: DocumentText.text(of: document(disclosure)), messageIDLocalPart: disclosure.idempotencyKey)
    }

    private func document(_ disclosure: Disclosure) -> HandoverDocument {
        let items = Self.items(disclosure)
        return HandoverDocument(
            title: "Bericht van Meldpoort",
            instruction: Self.opening(disclosure.content["niveau"]?.string, Self.schools(items).count),
            sections: Self.byQuestion(items).flatMap { [Self.question($0)] + $0.map(Self.section) }
                + [closing(items, day: disclosure.content["datum"])],
            reference: disclosure.reference)
    }

    // MARK: - Parts

    private static func items(_ disclosure: Disclosure) -> [JSONValue] {
        disclosure.content["verplichtingen"]?.array ?? []
    }

    private static func schools(_ items: [JSONValue]) -> Set<String> {
        Set(items.compactMap { $0["school"]?.string })
    }

    private static func count(_ items: [JSONValue]) -> String {
        "\(items.count) openstaande verplichting\(items.count == 1 ? "" : "en")"
    }

    /// What asks the same stands together, in the order in which it came.
    private static func byQuestion(_ items: [JSONValue]) -> [[JSONValue]] {
        items.reduce(into: []) { parts, item in
            let place = parts.firstIndex { $0.first?["trede"] == item["trede"] && $0.first?["vraag"] == item["vraag"] }
            if let place { parts[place].append(item) } else { parts.append([item]) }
        }
    }

    private static func opening(_ level: String?, _ schools: Int) -> String {
        switch (level, schools) {
        case (_, 0): "Er staat iets open."
        case ("school", 1): "Er staat iets open op uw school."
        case ("school", _): "Er staat iets open op uw scholen."
        case (_, 1): "Op een school staat iets open."
        default: "Op \(schools) scholen staat iets open."
        }
    }

    /// Why the reader gets this, by the rung.
    private static func reason(_ rung: String?) -> String? {
        switch rung {
        case "herinnering": "dit is een herinnering"
        case "contact": "neem eerst zelf contact op, het liefst per telefoon"
        case "centraleContactpersoon": "de school heeft ervan gehoord, en er is nog geen antwoord vastgelegd"
        case "bestuur":
            "de school en de centrale contactpersoon weten ervan, en er is nog geen antwoord vastgelegd"
        default: nil
        }
    }

    private static func question(_ items: [JSONValue]) -> HandoverDocument.Section {
        let numbers = items.compactMap { $0["nummer"]?.integer.map(String.init) }
        return section(
            "Wat wij u vragen",
            [
                ("Vraag", items.first?["vraag"]?.string), ("Waarom u", reason(items.first?["trede"]?.string)),
                ("Over verplichting", numbers.joined(separator: ", ")),
            ])
    }

    private static func section(_ item: JSONValue) -> HandoverDocument.Section {
        let number = item["nummer"]?.integer ?? 0
        let isPartners = item["ketenpartner"] != nil
        let tried = (item["geprobeerd"]?.array ?? []).compactMap(\.string)
        return section(
            "Verplichting \(number)",
            [
                ("School", school(item) ?? "het hele bestuur"), ("Wat", item["omschrijving"]?.string),
                ("Van wie", item["ketenpartner"]?.string),
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

    private static func school(_ item: JSONValue) -> String? {
        guard let name = item["naamSchool"]?.string else { return item["school"]?.string }
        return item["school"]?.string.map { "\(name) (\($0))" } ?? name
    }

    private func closing(_ items: [JSONValue], day: JSONValue?) -> HandoverDocument.Section {
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
                ("Vragen", contact), ("Stand van", ValueWords.shown(day, "datum")),
                ("Let op", "Dit bericht bevat met opzet niets over de zaak zelf."),
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
