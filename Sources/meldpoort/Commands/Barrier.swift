// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import ArgumentParser
import CaseEvents
import Values

struct Barrier: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Report an obstacle with a partner, or that the school was not heard: no term need have passed.",
        discussion: """
            It climbs the same ladder as feedback that stays out, and is counted per partner. When it is solved: \
            `meldpoort owed done N`.
            """)

    @Option(name: .customLong("case"), help: "The school's own reference of the case (zaak).") var zaak: String
    @Option(help: "The school (BRIN).") var school: String
    @Option(help: "The recipient of the configuration that it is about.") var partner: String
    @Option(help: "What it is: nietGehoord, bereikbaarheid, wachttijd, bejegening or terugkoppeling.") var kind: String
    @Option(help: "When it was (default: today).") var on: Day?
    @OptionGroup var note: NoteOption
    @OptionGroup var gateway: GatewayOption
    @OptionGroup var output: OutputOption

    func validate() throws {
        try Words.check(school: school)
        try Words.check("--case", reference: zaak)
        try Words.check("--kind", kind, "soort", of: .drempelGemeld)
    }

    func run() async throws {
        var event = PersonEvent(.drempelGemeld, school: school, zaak: zaak)
        event.set("van", partner)
        event.set("datum", (on?.date ?? Day.today).description)
        event.set("soort", kind)
        event.set("toelichting", try note.text())
        try await CaseChange(school: school, zaak: zaak, gateway: gateway, output: output).record(event)
    }
}
