// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import ArgumentParser
import BoardConfiguration
import Foundation
import Gateway
import Values

extension FiguresCommand {
    struct Publish: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Offer the anonymous form for the intranet. The centrale contactpersoon releases it.",
            discussion: """
                For the centrale contactpersoon and the board, and of a school year that is over: --from 2025-08-01 --to 2026-07-31. \
                With the same --reference a later offer brings the page up to date. \
                With --show nothing is offered: the text is printed.
                """)

        @OptionGroup var period: PeriodOption
        @Option(help: "The title of the page.") var title: String
        @Option(help: "For which schools (BRIN, comma-separated); without it for all.") var schools: String?
        @Option(help: "In whose name it is offered (default: the first of --schools, or of the configuration).")
        var school: String?
        @Option(help: "The reference of the publication (default: cijfers-FROM-TO).") var reference: String?
        @Flag(help: "Print the text and offer nothing.") var show = false
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            let named = try brins()
            let text = try await page()
            if show { return FileHandle.standardOutput.write(Data(text.utf8)) }
            let event = try event(text, schools: named)
            let accepted = try await gateway.client().call(
                .post, "/v1/gebeurtenissen", contentType: "application/cloudevents+json", body: event.canonicalBytes)
            let number = accepted["id"]?.integer ?? 0
            let whole = try await gateway.client().call(.get, "/v1/gebeurtenissen/\(number)")
            if output.json { return Output.json(whole) }
            tell(number, whole["afleveringen"]?.array ?? [])
        }

        private func brins() throws -> [String] {
            let named = (schools ?? "").split(separator: ",").map { $0.filter { !$0.isWhitespace } }
            guard (named + [school].compactMap(\.self)).allSatisfy({ BRIN($0) != nil }) else {
                throw ValidationError("A BRIN is two digits and two capitals, as 01AB.")
            }
            return named
        }

        private func page() async throws -> String {
            let path = "/v1/cijfers/meldcode?\(try period.query())&vorm=publiek"
            let bytes = try await gateway.client().fetch(.get, path, accepting: "text/markdown")
            return String(decoding: bytes, as: UTF8.self)
        }

        private func event(_ text: String, schools: [String]) throws -> JSONValue {
            let offering = try school ?? schools.first ?? gateway.configuration.load().schools.first?.brin.description
            guard let offering else { throw Output.fail("give --school: the configuration has none.") }
            var data: [String: JSONValue] = [
                "publicatie": .string(reference ?? "cijfers-\(period.from)-\(period.to)"),
                "school": .string(offering), "onderwerp": "cijfers", "titel": .string(title), "tekst": .string(text),
            ]
            if !schools.isEmpty { data["voorScholen"] = .array(schools.map { .string($0) }) }
            return [
                "specversion": "1.0", "id": .string(UUID().uuidString.lowercased()),
                "source": .string(PersonSource.commandLine),
                "type": "nl.meldcode.publicatie-aangeboden.v1", "data": .object(data),
            ]
        }

        private func tell(_ number: Int, _ deliveries: [JSONValue]) {
            Output.line("aangeboden: gebeurtenis \(number)")
            if deliveries.isEmpty {
                return Output.line("Er is geen intranet waar deze publicatie heen gaat (routes in meldpoort.yaml).")
            }
            for delivery in deliveries {
                let text = { (key: String) in delivery[key]?.string ?? "" }
                let number = delivery["nummer"]?.integer ?? 0
                Output.line("aflevering \(number) naar \(text("ontvanger")): \(text("status"))")
            }
            let waiting = deliveries.filter { $0["status"]?.string == "wachtOpBevestiging" }
            guard !waiting.isEmpty else { return }
            Output.line("\nDe centrale contactpersoon leest de tekst en geeft vrij:")
            for delivery in waiting {
                Output.line("  meldpoort deliveries confirm \(delivery["nummer"]?.integer ?? 0)")
            }
        }
    }
}
