// SPDX-License-Identifier: EUPL-1.2
import ArgumentParser
import BoardConfiguration
import CaseEvents
import Delivery
import Disclosures
import Gateway
import PrivacyRules
import Transport
import Values

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell what would happen with an event, per recipient. Sends nothing and stores nothing.",
        discussion: "Works offline, from the configuration and the file. Shows names of fields, never their values.")

    @Argument(help: "The file with the event, or - for standard input.", completion: .file(extensions: ["json"]))
    var file: String

    @Option(help: "Only this recipient, routed or not.")
    var recipient: String?

    @Option(name: .customLong("as"), help: "As if this configured person submitted it.")
    var person: String?

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
        let explanations = Explainer(model: model).explain(
            event, submitter: Submitter(tokenID: "explain", personID: person), recipient: recipient,
            today: Surroundings.system.now().calendarDateInAmsterdam)
        if output.json { return Output.json(.array(explanations.map(\.json))) }
        if explanations.isEmpty {
            Output.line("Deze gebeurtenis blijft binnen de school: er is geen route naar een ontvanger.")
        }
        explanations.forEach(Self.show)
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

    private static func show(_ explanation: Explanation) {
        Output.line(
            "\(explanation.recipientName) (\(explanation.recipientID), \(explanation.channel.rawValue)): \(explanation.word)"
        )
        switch explanation.judgement.verdict {
        case .permitted: break
        case .waiting(let waiting): Output.line("  \(waiting.text)")
        case .refused(let refusals): refusals.forEach { Output.line("  \($0.text) (\($0.article))") }
        }
        if let rule = explanation.judgement.rule {
            Output.line("  Grondslag: \(rule.ground.article) — \(rule.ground.summary)")
            Output.line("  Doel: \(rule.purpose.text)")
        }
        show("Gaat mee", explanation.judgement.goes)
        show("Blijft hier", explanation.stays)
        explanation.judgement.shortfalls.forEach { Output.line("  Tekort: \($0.text)") }
        if explanation.maskedNumbers > 0 {
            Output.line(
                "  Let op: de tekst bevat \(explanation.maskedNumbers) burgerservicenummer(s); die worden gemaskeerd.")
        }
        Output.line()
    }

    private static func show(_ label: String, _ fields: [FieldPath]) {
        guard !fields.isEmpty else { return }
        Output.line("  \(label): \(fields.map(\.text).joined(separator: ", "))")
    }
}
