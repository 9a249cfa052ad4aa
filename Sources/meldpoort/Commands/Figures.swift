// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import ArgumentParser
import Foundation
import Values

struct FiguresCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "figures",
        abstract: "Numbers without persons, through the running gateway and with your own token.",
        discussion: """
            `meldpoort figures --from 2026-08-01 --to 2027-07-31` shows how the meldcode was used, school by school, and how the \
            partners of the chain answered. A directie sees its own school exactly; the centrale contactpersoon and the board see \
            small numbers as 1-4.
            """,
        subcommands: [Board.self, Sheet.self, Yearly.self, Publish.self, Incidents.self], defaultSubcommand: Board.self)

    struct Board: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "How the meldcode was used in a period, per school, and feedback per partner.",
            discussion: """
                Counted by the day on which something happened, also when it was recorded later. With --public: the form that may \
                leave the board, in which no number from 1 to 4 stands and none can be computed back; only for the centrale \
                contactpersoon and the board, and of a school year that is over.
                """)

        @OptionGroup var period: PeriodOption
        @Flag(name: .customLong("public"), help: "The anonymous form, to publish.") var isPublic = false
        @OptionGroup var form: FigureForm
        @OptionGroup var gateway: GatewayOption

        func run() async throws {
            let audience = isPublic ? "publiek" : "intern"
            try await form.show("/v1/cijfers/meldcode?\(try period.query())&vorm=\(audience)", of: gateway)
        }
    }

    struct Sheet: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One page about one school, for the talk about results (resultaatgesprek).",
            discussion: "A directie sees its own school exactly; the centrale contactpersoon and the board in bands.")

        @Option(help: "The school (BRIN), as in the configuration.") var school: String
        @OptionGroup var period: PeriodOption
        @OptionGroup var form: FigureForm
        @OptionGroup var gateway: GatewayOption

        func run() async throws {
            guard BRIN(school) != nil else { throw ValidationError("A BRIN is two digits and two capitals, as 01AB.") }
            try await form.show("/v1/cijfers/scholen/\(school)?\(try period.query())", of: gateway)
        }
    }

    struct Yearly: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The report of a school year for the quality cycle (kwaliteitscyclus).",
            discussion: "1 August to 31 July. Before the year is over it says so.")

        @Option(help: "The school year, such as 2026-2027.") var year: String
        @OptionGroup var form: FigureForm
        @OptionGroup var gateway: GatewayOption

        func run() async throws {
            guard let year = SchoolYear(year) else { throw ValidationError("--year \(year) is none: 2026-2027.") }
            try await form.show("/v1/cijfers/jaarverslag?jaar=\(year)", of: gateway)
        }
    }
}

/// From and to, both included.
struct PeriodOption: ParsableArguments {
    @Option(help: "The first day, such as 2026-08-01.") var from: String
    @Option(help: "The last day, such as 2027-07-31.") var to: String

    func query() throws -> String {
        guard let first = CalendarDate(from) else { throw ValidationError("--from \(from) is no day: 2026-08-01.") }
        guard let last = CalendarDate(to) else { throw ValidationError("--to \(to) is no day: 2027-07-31.") }
        guard first <= last else { throw ValidationError("--to lies before --from.") }
        return "van=\(first)&tot=\(last)"
    }
}

/// In which form figures are shown: a table on the terminal where nothing else is asked for.
struct FigureForm: ParsableArguments {
    @Flag(help: "Comma-separated values with semicolons, for a spreadsheet.") var csv = false
    @Flag(help: "JSON.") var json = false
    @Option(help: "Write an accessible page with charts to this new file.", completion: .file()) var html: String?
    @Option(help: "Write the page as a PDF to this new file.", completion: .file()) var pdf: String?
    @Flag(help: "Replace the file if it is there already.") var force = false

    func validate() throws {
        let asked = [csv, json, html != nil, pdf != nil].count { $0 }
        if asked > 1 { throw ValidationError("Choose one of --csv, --json, --html and --pdf.") }
        if force, html == nil, pdf == nil { throw ValidationError("--force belongs to --html or --pdf.") }
    }

    func show(_ path: String, of gateway: GatewayOption) async throws {
        if let file = html ?? pdf {
            // Before the gateway counts anything.
            let output = try PrivateOutputFile(file, replacing: force)
            let type = html == nil ? "application/pdf" : "text/html"
            try output.write(try await gateway.client().fetch(.get, path, accepting: type))
            return Output.line(file)
        }
        let type = csv ? "text/csv" : json ? "application/json" : "text/plain"
        let bytes = try await gateway.client().fetch(.get, path, accepting: type)
        if json, case .success(let value) = StrictJSON.read(bytes) { return Output.json(value) }
        FileHandle.standardOutput.write(Data(bytes))
    }
}
