// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import ArgumentParser
import BoardConfiguration
import Gateway
import Values

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract:
            "Take in running cases from a CSV file: reports, registrations and other disclosures of before Meldpoort.",
        discussion: """
            Sends nothing to anybody: each row is recorded as a disclosure that already happened, and its clocks run from its true \
            date. The whole file is read and checked first; with one problem nothing is imported. The same file can be imported \
            again: what is known is known again, and a row with other values than before is refused (409).

            The file: UTF-8, fields separated by ; or , and the headings
            soort;school;zaak;ontvanger;datum;tijd;kenmerk;leerlingnummer;achternaam;geboortedatum;geslacht;gesproken_met
            soort is melding (Veilig Thuis), registratie (verwijsindex) or verstrekking (Raad, GI, politie, helpers). Days are \
            jjjj-mm-dd or dd-mm-jjjj; without a time the day begins. Config/examples/lopende-zaken.csv is a sample.

            Needs the token of a person for the schools of the file, and the configuration for the names in it.
            """)

    @Argument(help: "The file, or - for standard input.", completion: .file(extensions: ["csv"])) var file: String
    @Flag(help: "Check everything and say what would be done; import nothing.") var dryRun = false
    @OptionGroup var gateway: GatewayOption
    @OptionGroup var output: OutputOption

    func run() async throws {
        let configuration = try gateway.configuration.load()
        let bytes = try EventFile.read(file)
        let now = Surroundings.system.now()
        do {
            let checked = try ImportFile(bytes, configuration: configuration, now: now)
            let client = try gateway.client()
            let run = ImportRun(
                file: checked, client: client, bundle: min(configuration.server.maximumBatchEvents, 100))
            try await run.check()
            if dryRun { return told(checked) }
            let start = await ImportedOwed.start(client)
            let result = try await run.send()
            var owed: ImportedOwed?
            if let start { owed = await ImportedOwed.read(from: start, events: result.new, client) }
            await client.close()
            try told(result, owed)
        } catch let found as ImportProblems {
            throw refused(found)
        }
    }

    // MARK: - Telling

    private func refused(_ found: ImportProblems) -> ExitCode {
        for problem in found.problems.prefix(ImportFile.maximumProblems) { Output.error(problem.description) }
        let more = found.problems.count - ImportFile.maximumProblems
        if more > 0 { Output.error("… en nog \(more)") }
        return Output.fail("er is niets ingevoerd: herstel het bestand.")
    }

    private func told(_ file: ImportFile) {
        let counts = ImportKind.allCases.map { kind in (kind, file.rows.count { $0.kind == kind }) }
        if output.json {
            var members: [String: JSONValue] = ["regels": .number(Double(file.rows.count))]
            for (kind, count) in counts { members[kind.rawValue] = .number(Double(count)) }
            return Output.json(.object(members))
        }
        Output.line("Het bestand klopt. Ingevoerd zou worden (er is niets ingevoerd):")
        for (kind, count) in counts where count > 0 {
            let dates = file.rows.filter { $0.kind == kind }.map(\.date)
            guard let first = dates.min(), let last = dates.max() else { continue }
            Output.line("  \(count)  \(kind.rawValue), van \(first.dutchText) tot en met \(last.dutchText)")
        }
        Output.line(
            "Wat al is ingevoerd, wordt herkend. Er wordt niets verstuurd; de termijnen lopen vanaf deze dagen.")
    }

    private func told(_ result: ImportRun.Result, _ owed: ImportedOwed?) throws {
        for problem in result.refused { Output.error(problem.description) }
        if output.json {
            Output.json([
                "nieuw": .number(Double(result.new.count)), "bekend": .number(Double(result.known)),
                "geweigerd": .array(
                    result.refused.map { ["regel": .number(Double($0.line)), "tekst": .string($0.text)] }),
                "verplichtingen": owed?.json ?? .null,
            ])
        } else {
            Output.line(
                "Ingevoerd: \(result.new.count). Al bekend: \(result.known). Geweigerd: \(result.refused.count).")
            tell(owed)
        }
        if !result.refused.isEmpty { throw ExitCode.failure }
    }

    private func tell(_ owed: ImportedOwed?) {
        guard let owed else { return Output.line("Wat nu openstaat, ziet u niet met deze rol.") }
        let lines = owed.lines.values.sorted { $0.title < $1.title }
        if lines.isEmpty { return }
        Output.line("Hierdoor staat nu open:")
        for line in lines {
            let late = line.late == 0 ? "" : " (\(line.late) over de afgesproken of gebruikelijke dag)"
            Output.line("  \(line.count)  \(line.title)\(late)")
        }
        if lines.contains(where: { $0.late > 0 }) {
            Output.line(
                "Wat over zijn dag is, komt in één bericht bij wie erover gaat; daarna gaat elke trede van de ladder haar eigen gang."
            )
        }
        Output.line("Zie `meldpoort owed`.")
    }
}
