// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import Values

/// What a person says who asks for advice, in order. Only fields that stand here by name can appear, and none of them names anybody.
enum AdviceScript {
    static func sections(_ content: JSONValue) -> [HandoverDocument.Section] {
        let reference = content["meldpoort"]?["kenmerk"]?.string
        let sections = [
            section(
                "Zo begint u",
                [("Zeg", "Ik werk op een school en vraag advies. Ik noem geen gegevens van het kind of het gezin.")]),
            section("Uw vraag", rows(content, [("Vraag", "vraag")])),
            section(
                "Waar het om gaat",
                rows(
                    content,
                    [
                        ("Leeftijd van het kind", "leeftijdsgroep"), ("Soort zorg", "soortZorg"),
                        ("Bijzondere vorm", "bijzondereVorm"), ("Acuut gevaar", "acuutGevaar"),
                        ("Structurele onveiligheid", "structureleOnveiligheid"), ("Gezette stappen", "gezetteStappen"),
                    ])),
            section(
                "Vraag ook",
                [
                    ("Wat nu", "Wat raadt u aan, wie doet wat, en wanneer?"),
                    ("Het gezin", "Wat zeggen wij wel en niet tegen het kind en de ouders, en wanneer?"),
                    ("Melden", "Moeten wij melden? Zo niet, wanneer dan wel?"),
                ]),
            section("Schrijf op", [("Advies", "wat er is geadviseerd, door wie (naam en functie), en wanneer")]),
            section("Voor uw administratie", reference.map { [("Kenmerk van de school", $0)] } ?? []),
        ]
        return sections.filter { !$0.lines.isEmpty }
    }

    private static func section(_ heading: String, _ rows: [(label: String, value: String)]) -> HandoverDocument.Section
    {
        HandoverDocument.Section(heading: heading, lines: rows.map { .init(label: $0.label, value: $0.value) })
    }

    private static func rows(
        _ content: JSONValue, _ fields: [(label: String, field: String)]
    ) -> [(label: String, value: String)] {
        fields.compactMap { row in ValueWords.shown(content[row.field], row.field).map { (row.label, $0) } }
    }
}
