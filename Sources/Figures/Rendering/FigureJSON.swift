// SPDX-License-Identifier: EUPL-1.2
public import Values

extension FigureReport {
    /// For programs. A number is `{"aantal": 7}`, a band `{"van": 1, "tot": 4}`, what is not shown `{"nietGetoond": true}`, a measure
    /// `{"waarde": 7.5}`, a word `{"woord": "op orde"}`; nothing is `{}`.
    public var json: JSONValue {
        [
            "rapport": .string(kind.rawValue), "titel": .string(title), "onderwerp": .string(subject),
            "periode": [
                "van": .string(period.from.description), "tot": .string(period.to.description),
                "naam": .string(period.text), "volledig": .bool(isComplete),
            ],
            "gemaaktOp": .string(asOf.description), "vorm": .string(audience.rawValue),
            "opmerkingen": .array(remarks.map { .string($0) }),
            "onderdelen": .array(
                sections.map { section in
                    [
                        "id": .string(section.id), "titel": .string(section.heading),
                        "inhoud": .array(section.blocks.compactMap(Self.block)),
                    ]
                }),
        ]
    }

    private static func block(_ block: FigureBlock) -> JSONValue? {
        switch block {
        case .text(let text): ["tekst": .string(text)]
        case .list(let sentences): ["lijst": .array(sentences.map { .string($0) })]
        case .writing: nil
        case .table(let table):
            .object([
                "id": .string(table.id), "titel": .string(table.caption), "rijkop": .string(table.rowHeading),
                "kolommen": .array(table.columns.map { ["id": .string($0.id), "naam": .string($0.title)] }),
                "rijen": .array(table.rows.map { row($0, table) }),
                "totaal": table.total.map { row($0, table) } ?? .null,
            ])
        }
    }

    private static func row(_ row: FigureTable.Row, _ table: FigureTable) -> JSONValue {
        let values = zip(table.columns, row.cells).map { ($0.id, value($1)) }
        return [
            "id": .string(row.id), "naam": .string(row.label),
            "waarden": .object(Dictionary(values, uniquingKeysWith: { own, _ in own })),
        ]
    }

    private static func value(_ cell: FigureCell) -> JSONValue {
        switch cell {
        case .figure(.exact(let count)): ["aantal": .number(Double(count))]
        case .figure(.band(let low, let high)): ["van": .number(Double(low)), "tot": .number(Double(high))]
        case .figure(.hidden): ["nietGetoond": true]
        case .measure(let value): ["waarde": .number((value * 10).rounded() / 10)]
        case .words(let words): ["woord": .string(words)]
        case .empty: [:]
        }
    }
}
