// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import ArgumentParser
import Values

struct CaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "case",
        abstract: "See the course of a case, through the running gateway and with your own token.",
        subcommands: [Show.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show steps taken, what is missing, decisions, disclosures and what is owed.",
            discussion: "Needs the token of a person who decides at the school. Never shows content or names.")

        @Argument(help: "The school's own reference of the case (zaak).") var reference: String
        @Option(help: "The school (BRIN).") var school: String
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            let course = try await gateway.client().call(.get, "/v1/casussen/\(reference)?school=\(school)")
            if output.json { return Output.json(course) }
            for line in course["tekst"]?.array ?? [] { Output.line(line.string ?? "") }
        }
    }
}
