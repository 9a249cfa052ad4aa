// SPDX-License-Identifier: EUPL-1.2
import ArgumentParser
import BoardConfiguration
import CaseEvents
import Delivery
import Disclosures
import Gateway
import Meldcode
import PrivacyRules
import Transport
import Values

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell what would happen with an event, per recipient. Sends nothing and stores nothing.",
        discussion: """
            Works offline, from the configuration and the file: of the case it knows this event only. POST /v1/beoordelingen of a \
            running gateway also counts what was recorded before (consent, who was informed). Shows names of fields, never their \
            values.
            """)

    @Argument(help: "The file with the event, or - for standard input.", completion: .file(extensions: ["json"]))
    var file: String

    @Option(help: "Only this recipient, routed or not.")
    var recipient: String?

    @Option(name: .customLong("as"), help: "As if this configured person submitted it.")
    var person: String?

    @Flag(help: "Print the ready texts for who must be told, too.")
    var texts = false

    @OptionGroup var configuration: ConfigurationOption
    @OptionGroup var output: OutputOption

    func run() throws {
        let loaded = try configuration.load()
        let engine = CurlEngine(maximumTransfers: 1)
        let model = try GatewayModel(loaded, engine: engine)
        if let recipient, model.recipients[recipient] == nil {
            let near =
                Suggestion.nearest(to: recipient, among: model.recipients.keys).map { " Did you mean \($0)?" } ?? ""
            throw Output.fail("unknown recipient.\(near)")
        }
        let event = try read(with: model.reader)
        // Of the case only this event is known here; a running gateway knows the rest (POST /v1/beoordelingen).
        var facts = CaseFacts()
        facts.apply(event)
        let explanations = Explainer(model: model).explain(
            event, submitter: Submitter(tokenID: "explain", personID: person), recipient: recipient, facts: facts,
            today: Surroundings.system.now().calendarDateInAmsterdam)
        if output.json { return Output.json(.array(explanations.map(\.json))) }
        if explanations.isEmpty {
            Output.line("Deze gebeurtenis blijft binnen de school: er is geen route naar een ontvanger.")
        }
        for explanation in explanations {
            Output.line(explanation.text + "\n")
            guard texts else { continue }
            for (audience, text) in explanation.texts {
                Output.line("--- Tekst voor \(audience.rawValue) ---\n\(text.text)\n")
            }
        }
    }

    private func read(with reader: CloudEventReader) throws -> CaseEvent {
        switch StrictJSON.read(try EventFile.read(file)) {
        case .failure(let problems):
            problems.problems.forEach { Output.error("\(file):\($0)") }
            throw ExitCode.failure
        case .success(let value):
            do {
                return try reader.structured(value)
            } catch {
                error.problems.forEach { Output.error("\(file): \($0.place): \($0.message)") }
                throw ExitCode.failure
            }
        }
    }
}
