// SPDX-License-Identifier: EUPL-1.2
import Values

/// What is owed, as text: numbers, kinds and days, never the content of a case.
enum OwedText {
    /// A few lines for a list.
    static func show(_ row: JSONValue) {
        let status = text(row, "status") == "open" ? "" : "  (\(text(row, "status")) \(day(row, "geslotenOp")))"
        let isLate = row["teLaat"]?.bool == true ? "  TERMIJN VOORBIJ" : ""
        Output.line("\(row["nummer"]?.integer ?? 0)  \(text(row, "omschrijving"))\(isLate)\(status)")
        let next = row["volgendeHerinnering"] == nil ? "" : ", volgende herinnering \(day(row, "volgendeHerinnering"))"
        let school = row["voorHetBestuur"]?.bool == true ? "het bestuur" : row["school"]?.string
        let place = [school, row["naamOntvanger"]?.string ?? row["ontvanger"]?.string].compactMap { $0 }
        Output.line(
            "   "
                + (place + ["uiterlijk \(day(row, "uiterlijk")), sinds \(day(row, "sinds"))\(next)"])
                .joined(separator: "; "))
        if let climbing = climbing(row) { Output.line("   \(climbing)") }
        if let still = standsStill(row) { Output.line("   \(still)") }
        Output.line("   door: \(list(row, "wie"))")
    }

    /// One line, after a number: what, of whom, until when.
    static func line(_ row: JSONValue) -> String {
        let recipient = (row["naamOntvanger"]?.string ?? row["ontvanger"]?.string).map { ", \($0)" } ?? ""
        let isLate = row["teLaat"]?.bool == true ? " (termijn voorbij)" : ""
        return
            "\(row["nummer"]?.integer ?? 0). \(text(row, "omschrijving"))\(recipient), uiterlijk \(day(row, "uiterlijk"))\(isLate)"
    }

    /// What was done with it, oldest first.
    static func showHistory(_ row: JSONValue) {
        let acts = row["geschiedenis"]?.array ?? []
        Output.line(acts.isEmpty ? "   nog niets mee gedaan" : "   wat ermee is gedaan:")
        for act in acts {
            let moment = Timestamp(text(act, "op"))?.dutchText ?? "-"
            let more = [
                act["nader"]?.string, act["tot"] == nil ? nil : "tot \(day(act, "tot"))",
                act["door"]?.string.map { "door \($0)" },
            ].compactMap { $0 }
            Output.line("     \(moment)  \(text(act, "wat"))\(more.isEmpty ? "" : ": \(more.joined(separator: ", "))")")
        }
    }

    /// What to have at hand for a call.
    static func showAtHand(_ row: JSONValue) {
        let partner = row["naamOntvanger"]?.string ?? row["ontvanger"]?.string ?? ""
        Output.line("Bij de hand voor \(partner):")
        for (label, key) in [
            ("bellen", "bellen"), ("hun kenmerk", "kenmerkKetenpartner"), ("ons kenmerk", "kenmerk"),
        ] {
            if let value = row[key]?.string { Output.line("  \(label): \(value)") }
        }
        if row["bellen"] == nil { Output.line("  bellen: er staat geen nummer in de configuratie (callback_number)") }
        Output.line(
            "  het gaat om: \(text(row, "omschrijving")), afgesproken of gebruikelijk op \(day(row, "uiterlijk"))")
    }

    private static func climbing(_ row: JSONValue) -> String? {
        let taken = row["trede"]?.string.map { "trede \(words[$0] ?? $0) (\(day(row, "tredeOp")))" }
        let next = row["volgendeTrede"]?.string.map { kind in
            "\(taken == nil ? "" : "daarna ")\(words[kind] ?? kind) op \(day(row, "volgendeTredeOp")), aan \(list(row, "volgendeTredeAan"))"
        }
        let parts = [taken, next].compactMap { $0 }
        return parts.isEmpty ? nil : "opschaling: \(parts.joined(separator: "; "))"
    }

    private static func standsStill(_ row: JSONValue) -> String? {
        guard row["stilTot"] != nil else { return nil }
        return text(row, "stilDoor") == "post"
            ? "wacht op post: er is een bericht, beoordeel het (tot \(day(row, "stilTot")))"
            : "uitgesteld tot \(day(row, "stilTot"))"
    }

    private static let words = [
        "contact": "contact opnemen", "centraleContactpersoon": "centrale contactpersoon",
    ]

    private static func text(_ row: JSONValue, _ key: String) -> String { row[key]?.string ?? "" }

    private static func list(_ row: JSONValue, _ key: String) -> String {
        (row[key]?.array ?? []).compactMap(\.string).joined(separator: ", ")
    }

    private static func day(_ row: JSONValue, _ key: String) -> String {
        let value = text(row, key)
        return (Timestamp(value)?.calendarDateInAmsterdam ?? CalendarDate(value))?.dutchText ?? "-"
    }
}
