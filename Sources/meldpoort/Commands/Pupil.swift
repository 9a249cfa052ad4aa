// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import ArgumentParser
import CaseEvents
import Values

struct PupilCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pupil",
        abstract: "Read a pupil's identity from the school's leerlingvolgsysteem, through the running gateway.",
        discussion: """
            Reads only what the event that you name may carry. Needs the token of a person who decides at the school. Search by \
            name with a file, so that a name stands in no shell history: {"achternaam": "…", "geboortedatum": "JJJJ-MM-DD"}.
            """,
        subcommands: [Find.self], defaultSubcommand: Find.self)

    struct Find: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Find a pupil by number, or by a name in a file.")

        @Option(help: "The school (BRIN).") var school: String
        @Option(name: .customLong("for"), help: "The event type that it is for, such as veiligthuismelding-besloten.")
        var type: String
        @Option(help: "The pupil's number in the leerlingvolgsysteem.") var number: String?
        @Option(help: "JSON file with achternaam and geboortedatum, or - for standard input.") var query: String?
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            var question: [String: JSONValue] = ["school": .string(school), "voor": .string(Self.whole(type))]
            switch (number, query) {
            case (let number?, nil): question["leerlingnummer"] = .string(number)
            case (nil, let file?):
                guard case .success(let value) = StrictJSON.read(try EventFile.read(file)), let named = value.object
                else {
                    throw Output.fail("\(file) holds no JSON object.")
                }
                question.merge(named) { own, _ in own }
            default: throw ValidationError("Give --number, or --query with a file.")
            }
            let answer = try await PupilLookUp.ask(.object(question), gateway)
            if output.json { return Output.json(answer) }
            for pupil in answer["leerlingen"]?.array ?? [] {
                for leaf in PupilLookUp.lines(pupil["leerling"] ?? .null) { Output.line(leaf) }
                for secret in pupil["afgeschermd"]?.array ?? [] { Output.line("afgeschermd\t\(secret.string ?? "")") }
                Output.line("")
            }
            Output.line(PupilLookUp.summary(answer))
        }

        /// `zorg-gesignaleerd` stands for `nl.meldcode.zorg-gesignaleerd.v1`.
        static func whole(_ type: String) -> String {
            EventType.allCases.first { $0.shortName == type }?.rawValue ?? type
        }
    }
}

/// Asking the gateway for a pupil, and filling an event with what it found.
enum PupilLookUp {
    static func ask(_ question: JSONValue, _ gateway: GatewayOption) async throws -> JSONValue {
        try await gateway.client().call(.post, "/v1/leerlingopvragingen", body: question.canonicalBytes)
    }

    static func summary(_ answer: JSONValue) -> String {
        let count = answer["leerlingen"]?.array?.count ?? 0
        return switch answer["uitkomst"]?.string {
        case "gevonden" where count == 0: "Geen leerling gevonden."
        case "gevonden" where count == 1: "Eén leerling gevonden: kijk of dit de goede is."
        case "gevonden": "\(count) leerlingen gevonden: kies de goede."
        case "teVeel": "Te veel leerlingen gevonden: zoek op nummer, of geef de geboortedatum erbij."
        default:
            "Het leerlingvolgsysteem is niet gelezen (\(answer["reden"]?.string ?? "onbekend")). Vul de gegevens zelf in; een melding wacht hier niet op."
        }
    }

    static func lines(_ value: JSONValue, below name: String = "") -> [String] {
        guard let members = value.object else { return ["\(name)\t\(value.string ?? "")"] }
        return members.keys.sorted().flatMap { key in
            lines(members[key] ?? .null, below: name.isEmpty ? key : "\(name).\(key)")
        }
    }

    /// The event with what its pupil lacks, and the names of what was filled in. Nothing that stands in the event is changed.
    static func completed(_ event: JSONValue, with found: JSONValue) -> (event: JSONValue, filled: [String]) {
        var filled: [String] = []
        let given = event["data"]?["leerling"] ?? .object([:])
        let pupil = merged(given, found, at: "", &filled)
        var data = event["data"]?.object ?? [:]
        data["leerling"] = pupil
        var members = event.object ?? [:]
        members["data"] = .object(data)
        return (.object(members), filled.sorted())
    }

    private static func merged(_ own: JSONValue, _ other: JSONValue, at name: String, _ filled: inout [String])
        -> JSONValue
    {
        guard var members = own.object, let found = other.object else { return own }
        for (key, value) in found {
            let path = name.isEmpty ? key : "\(name).\(key)"
            if let present = members[key] {
                members[key] = merged(present, value, at: path, &filled)
            } else {
                members[key] = value
                filled += value.object.map { $0.keys.map { "\(path).\($0)" } } ?? [path]
            }
        }
        return .object(members)
    }
}
