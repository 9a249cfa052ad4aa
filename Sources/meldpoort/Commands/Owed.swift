// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import ArgumentParser
import Delivery
import Values

struct Owed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "See what is owed, and decide about it: what, by whom, since when, and what happens next.",
        discussion: """
            Needs the token of a person who decides at a school or watches over it. Never shows content or names; what is open in \
            one case stands in `meldpoort case show`. What came back from a partner is recorded with `meldpoort feedback record`.
            """,
        subcommands: [List.self, Show.self, Snooze.self, Resume.self, Done.self, Drop.self, Contact.self],
        defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what is owed, with the rung that was taken, the next one and to whom it goes.")

        @Option(help: "Only this school (BRIN).") var school: String?
        @Option(help: "Only this kind, such as terugkoppelingBesluit or drempel.") var kind: String?
        @Option(help: "Only what has to do with this recipient of the configuration.") var partner: String?
        @Flag(help: "Only what partners of the chain owe the school.") var fromPartner = false
        @Flag(help: "Only what is past its day.") var late = false
        @Flag(help: "Also what is done, cancelled or lapsed.") var all = false
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func validate() throws {
            if let school { try Words.check(school: school) }
            guard let kind, OwedKind(rawValue: kind) == nil else { return }
            let kinds = OwedKind.allCases.map(\.rawValue)
            let near = Suggestion.nearest(to: kind, among: kinds).map { " Did you mean \($0)?" } ?? ""
            throw ValidationError("--kind is one of: \(kinds.joined(separator: ", ")).\(near)")
        }

        func run() async throws {
            var rows: [JSONValue] = []
            var from = 0
            repeat {
                let answer = try await gateway.client().call(.get, "/v1/verplichtingen?" + query(from: from))
                rows += (answer["verplichtingen"]?.array ?? []).filter(isMeant)
                from = answer["volgendeVanaf"]?.integer ?? 0
            } while from > 0
            if output.json { return Output.json(["verplichtingen": .array(rows)]) }
            if rows.isEmpty { Output.line("Niets staat open.") }
            rows.forEach(OwedText.show)
        }

        private func query(from: Int) -> String {
            var query = ["aantal=200", "vanaf=\(from)"]
            if all { query.append("status=alle") }
            if let school { query.append("school=\(school)") }
            if let kind { query.append("soort=\(kind)") }
            return query.joined(separator: "&")
        }

        private func isMeant(_ row: JSONValue) -> Bool {
            let kind = row["soort"]?.string.flatMap(OwedKind.init(rawValue:))
            return (!late || row["teLaat"]?.bool == true)
                && (!fromPartner || kind.map(OwedKind.feedback.contains) ?? false)
                && (partner == nil || row["ontvanger"]?.string == partner)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one item with what was done with it, and what to have at hand for a call.")

        @Argument(help: "The number of the item.") var number: Int
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            let item = try await gateway.client().call(.get, "/v1/verplichtingen/\(number)")
            if output.json { return Output.json(item) }
            OwedText.show(item)
            if let task = item["taak"]?.string { Output.line("   taak: \(task)") }
            if let source = item["bron"]?.string { Output.line("   bron: \(source)") }
            if let zaak = item["zaak"]?.string { Output.line("   zaak: \(zaak)") }
            OwedText.showHistory(item)
            if item["ontvanger"] != nil, item["kenmerk"] != nil { OwedText.showAtHand(item) }
        }
    }
}
