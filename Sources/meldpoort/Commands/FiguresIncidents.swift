// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import ArgumentParser
import Delivery
import Figures
import Foundation
import Values

extension FiguresCommand {
    struct Incidents: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What was brought in in a month, per school, for the board's registration of incidents.",
            discussion: """
                A directie sees its own school exactly; the centrale contactpersoon, the board and ICT see small numbers as 1-4.
                Counted by the month in which the gateway got it, in Dutch time.
                """)

        @Option(help: "The month, such as 2026-11.") var month: String
        @Flag(help: "Comma-separated values with semicolons, for a spreadsheet.") var csv = false
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            guard let month = CalendarMonth(month) else {
                throw ValidationError("--month \(month) is no month: 2026-11.")
            }
            let answer = try await gateway.client().call(.get, "/v1/cijfers/incidenten?maand=\(month)")
            if output.json { return Output.json(answer) }
            if csv {
                FileHandle.standardOutput.write(Data(CSVText.rows(Self.rows(answer, as: Self.spreadsheet)).utf8))
            } else {
                Self.rows(answer) { $0 }.forEach { Output.line($0.joined(separator: "\t")) }
            }
            if answer["volledig"]?.bool == false { Output.error("let op: deze maand is nog niet voorbij") }
        }

        /// - Parameter text: How a figure is written, from how the gateway writes it.
        private static func rows(_ answer: JSONValue, as text: @escaping (String) -> String) -> [[String]] {
            let figures = IncidentFigure.allCases.map(\.rawValue)
            let cells = { (row: JSONValue?) in figures.map { text(row?[$0]?.string ?? "") } }
            let schools = (answer["scholen"]?.array ?? []).map { school in
                [school["brin"]?.string ?? "", school["naam"]?.string ?? ""] + cells(school)
            }
            return [["brin", "school"] + figures] + schools + [["", "totaal"] + cells(answer["totaal"])]
        }

        private static func spreadsheet(_ figure: String) -> String {
            let ends = figure.split(separator: "-").compactMap { Int($0) }
            return ends.count == 2 ? CSVText.band(ends[0], ends[1]) : figure
        }
    }
}
