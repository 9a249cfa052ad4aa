// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import Disclosures
import Values

/// The notice: which kind of thing was done, when, at which school, under which reference, and whom to ask.
struct Notice: Sendable, Hashable {
    private let contact: String?

    init(_ settings: AdapterSettings) {
        contact = settings["contact"]?.string
    }

    func document(_ disclosure: Disclosure) -> HandoverDocument {
        let facts = disclosure.content["meldpoort"] ?? [:]
        var lines: [(label: String, value: String?)] = [
            ("Wat", facts["gebeurtenis"]?.string), ("Datum", ValueWords.shown(facts["datum"], "datum")),
            ("School", facts["school"]?["naam"]?.string), ("BRIN", facts["school"]?["brin"]?.string),
            ("Kenmerk", facts["kenmerk"]?.string),
        ]
        lines.append(("Vragen", contact))
        return HandoverDocument(
            title: "Bericht van Meldpoort",
            instruction: Self.opening(disclosure.recipient.kind).joined(separator: "\n"),
            sections: [
                HandoverDocument.Section(
                    heading: "Wat er is gedaan",
                    lines: lines.compactMap { line in line.value.map { .init(label: line.label, value: $0) } })
            ],
            reference: disclosure.reference)
    }

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

    private static func opening(_ kind: RecipientKind) -> [String] {
        let nothing = "Dit bericht zegt niets over een kind, een gezin of de inhoud van een zaak."
        return switch kind {
        case .leerkracht:
            [
                "Er is iets gedaan met een zorg die u of een collega heeft gedeeld.", nothing,
                "Wat er precies is gedaan hoort u, als dat mag, van de aandachtsfunctionaris van uw school.",
            ]
        case .directie: ["Op uw school is iets gedaan dat u hoort te weten.", nothing]
        default: ["Op een school is iets gedaan dat u hoort te weten.", nothing]
        }
    }
}
