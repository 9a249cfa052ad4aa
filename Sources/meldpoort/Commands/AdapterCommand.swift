// SPDX-License-Identifier: EUPL-1.2
import AdapterPipe
import AdapterSDK
import ArgumentParser
import BoardConfiguration
import Disclosures
import Gateway
import Transport
import Values

struct AdapterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adapter",
        abstract: "See the adapters, print a sample to start from, test a connection.",
        subcommands: [List.self, Sample.self, Probe.self, ReadmePart.self, Serve.self],
        defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the adapters with their channels.")

        @OptionGroup var output: OutputOption

        func run() {
            let specifications = Adapters.all.map { $0.specification }
            if output.json {
                return Output.json(
                    .array(
                        specifications.map {
                            [
                                "name": .string($0.name), "summary": .string($0.summary),
                                "channels": .array($0.channels.map(\.rawValue).sorted().map(JSONValue.string)),
                            ]
                        }))
            }
            for specification in specifications {
                let channels = specification.channels.map(\.rawValue).sorted().joined(separator: ", ")
                Output.line("\(specification.name)\t\(channels)\t\(specification.summary)")
            }
        }
    }

    struct Sample: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a complete, commented sample for one recipient.")

        @Argument(help: "The adapter's name.") var name: String

        func run() throws {
            guard let adapter = Adapters.named(name) else {
                let known = Adapters.all.map { $0.specification.name }
                let near = Suggestion.nearest(to: name, among: known).map { " Did you mean \($0)?" } ?? ""
                throw ValidationError("There is no adapter \(name).\(near) Adapters: \(known.joined(separator: ", ")).")
            }
            Output.line(adapter.specification.sample)
        }
    }

    struct ReadmePart: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "readme",
            abstract: "Print what an adapter sends and never sends, by the rules that ship: a part of its README.")

        @Argument(help: "The adapter's name.") var name: String

        func run() throws {
            guard let adapter = Adapters.named(name) else {
                throw ValidationError("There is no adapter \(name); `meldpoort adapter list` names them.")
            }
            Output.line(DisclosureTable(try PolicyLoader.standard()).markdown(for: adapter.specification))
        }
    }

    /// What the gateway starts for an adapter in a process of its own; not for people.
    struct Serve: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Serve an adapter to the gateway that started this.", shouldDisplay: false)

        @Argument(help: "The adapter's name.") var name: String

        func run() throws {
            guard let adapter = Adapters.named(name) else { throw ExitCode.failure }
            try AdapterServer(adapter).run()
        }
    }

    struct Probe: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Test reachability and credentials of recipients. Sends nothing about anybody.")

        @Argument(help: "A recipient of the configuration (default: all).") var recipient: String?
        @OptionGroup var configuration: ConfigurationOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            let loaded = try configuration.load()
            let engine = CurlEngine(maximumTransfers: 8)
            let chosen = loaded.recipients.filter { recipient == nil || $0.recipient.id == recipient }
            guard !chosen.isEmpty else {
                let near = recipient.flatMap {
                    Suggestion.nearest(to: $0, among: loaded.recipients.map(\.recipient.id))
                }
                throw Output.fail("unknown recipient.\(near.map { " Did you mean \($0)?" } ?? "")")
            }
            var results: [(id: String, result: ProbeResult)] = []
            for one in chosen {
                let transport = try one.connection.transport(engine)
                let result =
                    if let transport { await one.adapter.probe(over: transport) } else { ProbeResult.nothingToProbe }
                results.append((one.recipient.id, result))
            }
            await engine.shutdown(grace: .seconds(1))
            show(results)
            if results.contains(where: { if case .failed = $0.result { true } else { false } }) {
                throw ExitCode.failure
            }
        }

        private func show(_ results: [(id: String, result: ProbeResult)]) {
            if output.json {
                return Output.json(
                    .array(results.map { ["recipient": .string($0.id), "result": .string(Self.word($0.result))] }))
            }
            results.forEach { Output.line("\($0.id)\t\(Self.word($0.result))") }
        }

        private static func word(_ result: ProbeResult) -> String {
            switch result {
            case .reachable: "reachable"
            case .nothingToProbe: "handover: nothing to connect to"
            case .failed(let reason): "failed: \(reason.label.rawValue)"
            }
        }
    }
}
