// SPDX-License-Identifier: EUPL-1.2
import ArgumentParser

/// The command line. Exit status: 0 done, 1 failed, 64 used wrongly.
@main
struct Meldpoort: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "meldpoort",
        abstract: "Gateway between a school board and the chain around the meldcode.",
        discussion: """
            Start with `meldpoort init DIR`, then `meldpoort check` and `meldpoort run`.
            Nothing about a child leaves the school except as a lawful, minimal, logged disclosure.
            """,
        version: "0.1.0",
        subcommands: [
            Run.self, Check.self, Submit.self, Explain.self, Events.self, CaseCommand.self, Owed.self, Feedback.self,
            Barrier.self, ImportCommand.self, MailCommand.self,
            PupilCommand.self, Deliveries.self,
            Disclosures.self, FiguresCommand.self, PolicyCommand.self, AdapterCommand.self, Token.self, Init.self,
        ])
}
