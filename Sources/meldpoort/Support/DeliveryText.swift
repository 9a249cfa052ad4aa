// SPDX-License-Identifier: EUPL-1.2
import Values

/// A delivery as text.
enum DeliveryText {
    static func show(_ delivery: JSONValue, json: Bool) {
        if json { return Output.json(delivery) }
        let text = { (key: String) in delivery[key]?.string ?? "" }
        for first in delivery["eerst"]?.array ?? [] { Output.line("EERST: \(first.string ?? "")") }
        Output.line(
            "Aflevering \(delivery["nummer"]?.integer ?? 0) aan \(text("naamOntvanger")) (\(text("ontvanger")))")
        Output.line("  Status: \(text("status"))\(delivery["reden"]?.string.map { " (\($0))" } ?? "")")
        for (label, key) in [
            ("Uitleg", "uitleg"), ("Grondslag", "grondslag"), ("Doel", "doel"), ("Let op", "waarschuwing"),
        ] {
            if let value = delivery[key]?.string { Output.line("  \(label): \(value)") }
        }
        let fields = (delivery["velden"]?.array ?? []).compactMap(\.string)
        if !fields.isEmpty { Output.line("  Velden: \(fields.joined(separator: ", "))") }
        for shortfall in delivery["tekorten"]?.array ?? [] {
            Output.line("  Tekort: \(shortfall["tekst"]?.string ?? "")")
        }
        for owed in delivery["openTekorten"]?.array ?? [] {
            Output.line("  Nog aan te vullen: \(owed["code"]?.string ?? "") (sinds \(owed["sinds"]?.string ?? ""))")
        }
    }

    static func done(_ text: String, _ answer: JSONValue, json: Bool) {
        if json { return Output.json(answer) }
        Output.line(text)
        if let warning = answer["waarschuwing"]?.string { Output.line("let op: \(warning)") }
    }
}

/// A handover document as text, in the order of the counterpart's form.
enum HandoverText {
    static func show(_ document: JSONValue) {
        Output.line(document["titel"]?.string ?? "")
        Output.line("\n\(document["aanwijzing"]?.string ?? "")")
        var part: String?
        for section in document["delen"]?.array ?? [] {
            if let own = section["deel"]?.string, own != part {
                Output.line("\n=== \(own) ===")
                part = own
            }
            Output.line("\n\(section["kop"]?.string ?? "")")
            for line in section["regels"]?.array ?? [] {
                Output.line("  \(line["label"]?.string ?? ""): \(line["waarde"]?.string ?? "")")
            }
        }
    }
}
