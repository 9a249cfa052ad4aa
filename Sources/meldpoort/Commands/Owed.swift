// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import ArgumentParser
import Values

struct Owed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List what is owed: what, by whom, since when, and when the next reminder comes.",
        discussion: """
            Needs the token of a person who decides at a school or watches over it. Never shows content or names; what is open in \
            one case stands in `meldpoort case show`.
            """)

    @Option(help: "Only this school (BRIN).") var school: String?
    @Flag(help: "Also what is done, cancelled or lapsed.") var all = false
    @OptionGroup var gateway: GatewayOption
    @OptionGroup var output: OutputOption

    func run() async throws {
        var rows: [JSONValue] = []
        var from = 0
        repeat {
            let answer = try await gateway.client().call(.get, "/v1/verplichtingen?" + (try query(from: from)))
            rows += answer["verplichtingen"]?.array ?? []
            from = answer["volgendeVanaf"]?.integer ?? 0
        } while from > 0
        if output.json { return Output.json(["verplichtingen": .array(rows)]) }
        if rows.isEmpty { Output.line("Niets staat open.") }
        rows.forEach(Self.show)
    }

    private func query(from: Int) throws -> String {
        var query = ["aantal=200", "vanaf=\(from)"]
        if all { query.append("status=alle") }
        if let school {
            guard BRIN(school) != nil else { throw ValidationError("A BRIN is two digits and two capitals, as 01AB.") }
            query.append("school=\(school)")
        }
        return query.joined(separator: "&")
    }

    private static func show(_ row: JSONValue) {
        let text = { (key: String) in row[key]?.string ?? "" }
        let day = { (key: String) in
            (Timestamp(text(key))?.calendarDateInAmsterdam ?? CalendarDate(text(key)))?.dutchText ?? "-"
        }
        let isLate = row["teLaat"]?.bool == true ? "  TERMIJN VOORBIJ" : ""
        let status = text("status") == "open" ? "" : "  (\(text("status")) \(day("geslotenOp")))"
        let place = [row["school"]?.string, row["naamOntvanger"]?.string ?? row["ontvanger"]?.string].compactMap { $0 }
        Output.line("\(row["nummer"]?.integer ?? 0)  \(text("omschrijving"))\(isLate)\(status)")
        let next = row["volgendeHerinnering"] == nil ? "" : ", volgende herinnering \(day("volgendeHerinnering"))"
        Output.line(
            "   " + (place + ["uiterlijk \(day("uiterlijk")), sinds \(day("sinds"))\(next)"]).joined(separator: "; "))
        let roles = (row["wie"]?.array ?? []).compactMap(\.string)
        Output.line("   door: \(roles.joined(separator: ", "))")
    }
}
