// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import ArgumentParser
import CaseEvents
import Values

struct Feedback: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Record what a partner told the school.", subcommands: [Record.self], defaultSubcommand: Record.self)

    struct Record: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record feedback that came by phone, letter, portal or mail, and see what that fulfils.",
            discussion: """
                Afterwards it tells what this fulfilled and what is expected next. A note is read from a file, or from standard \
                input with `--note-file -`, so that nothing of it stands on the command line. Something recorded wrongly is \
                corrected with --corrects and the number of that event; the first stays on record.
                """)

        @Argument(help: "The school's own reference of the case (zaak).") var zaak: String
        @Option(help: "The school (BRIN).") var school: String
        @Option(help: "The recipient of the configuration that told it.") var from: String
        @Option(help: "About what: ontvangst, besluit, uitkomstOnderzoek, eindeBetrokkenheid or afgesprokenMoment.")
        var moment: String
        @Option(
            help: """
                What was decided: eigenOnderzoek, verzoekTotOnderzoekRaad, voorwaardenEnVervolg, overdrachtLokaalTeam, \
                overdrachtLopendeHulp, overdrachtMdt, overdrachtBetrokkenen, eindeBemoeienis or omgezetInAdvies.
                """)
        var decision: String?
        @Option(help: "When it came (default: today).") var on: Day?
        @Option(help: "How it came: telefoon, gesprek, brief, portaal or mail.") var how: String
        @Option(help: "Who was spoken with at the partner.") var spokeWith: String?
        @Option(help: "The partner's own reference.") var reference: String?
        @Option(help: "When the next feedback was agreed.") var next: Day?
        @Flag(help: "Not everything about this moment was told: the rest stays expected.") var partial = false
        @Option(help: "Until when the partner asks the school to keep an eye on the pupil.") var monitorUntil: Day?
        @Option(help: "The number of the mail that brought it (`meldpoort mail list`).") var post: Int?
        @Option(help: "The number of an earlier feedback that was recorded wrongly.") var corrects: Int?
        @OptionGroup var note: NoteOption
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func validate() throws {
            try Words.check(school: school)
            try Words.check("the case", reference: zaak)
            for (option, value, field) in [
                ("--moment", moment, "moment"), ("--decision", decision, "besluit"), ("--how", how, "wijze"),
            ] as [(String, String?, String)] {
                try Words.check(option, value, field, of: .terugkoppelingOntvangen)
            }
        }

        func run() async throws {
            var event = PersonEvent(.terugkoppelingOntvangen, school: school, zaak: zaak)
            event.set("van", from)
            event.set("datum", (on?.date ?? Day.today).description)
            event.set("moment", moment)
            event.set("besluit", decision)
            event.set("wijze", how)
            event.set("contactpersoon", spokeWith)
            event.set("kenmerk", reference)
            event.set("volgendMoment", next?.date.description)
            event.set("volledigheid", partial ? "deels" : nil)
            event.set("monitoringTot", monitorUntil?.date.description)
            event.set("post", post)
            event.set("corrigeert", corrects)
            event.set("toelichting", try note.text())
            try await CaseChange(school: school, zaak: zaak, gateway: gateway, output: output).record(event)
        }
    }
}

/// Brings an event in, and tells what it changed of what is owed in its case.
struct CaseChange {
    let school: String
    let zaak: String
    let gateway: GatewayOption
    let output: OutputOption

    func record(_ event: PersonEvent) async throws {
        let client = try gateway.client()
        let before = await open(client) ?? []
        await client.close()
        let answer = try await event.submit(gateway)
        let second = try gateway.client()
        let after = await open(second)
        await second.close()
        let numbers = { (rows: [JSONValue]) in Set(rows.compactMap { $0["nummer"]?.integer }) }
        let left = numbers(after ?? [])
        let closed = after == nil ? [] : before.filter { !left.contains($0["nummer"]?.integer ?? 0) }
        if output.json {
            return Output.json([
                "aangenomen": answer, "afgedaan": .array(closed), "open": after.map(JSONValue.array) ?? .null,
            ])
        }
        Output.line("vastgelegd: gebeurtenis \(answer["id"]?.integer ?? 0)")
        if let warning = answer["waarschuwing"]?.string { Output.line("let op: \(warning)") }
        for step in answer["vervolg"]?.array ?? [] { Output.line("- \(step.string ?? "")") }
        guard let after else { return Output.line("Wat in deze zaak openstaat, ziet u niet met deze rol.") }
        if !closed.isEmpty { Output.line("Afgedaan:") }
        for row in closed { Output.line("  \(OwedText.line(row))") }
        Output.line(after.isEmpty ? "In deze zaak staat niets meer open." : "In deze zaak staat open:")
        let known = numbers(before)
        for row in after {
            let isNew = known.contains(row["nummer"]?.integer ?? 0) ? "" : "  (nieuw)"
            Output.line("  \(OwedText.line(row))\(isNew)")
        }
    }

    /// What is open in the case; nil for who may not see that. A case that is not there yet has nothing open.
    private func open(_ client: APIClient) async -> [JSONValue]? {
        guard let answer = await client.ask(.get, "/v1/casussen/\(zaak)?school=\(school)") else { return nil }
        if answer.status == 404 { return [] }
        return answer.status == 200 ? answer.json["verplichtingen"]?.array ?? [] : nil
    }
}
