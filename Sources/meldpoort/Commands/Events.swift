// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import ArgumentParser
import Values

struct Events: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "See what became of events, through the running gateway and with your own token.",
        subcommands: [Show.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one event and its deliveries. Never the content.")

        @Argument(help: "The event's number, as `submit` prints it.") var number: Int
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            let event = try await gateway.client().call(.get, "/v1/gebeurtenissen/\(number)")
            if output.json { return Output.json(event) }
            Output.line(
                "Gebeurtenis \(number): \(event["type"]?.string ?? ""), school \(event["school"]?.string ?? "")")
            if let warning = event["waarschuwing"]?.string { Output.line("Let op: \(warning)") }
            for delivery in event["afleveringen"]?.array ?? [] { DeliveryText.show(delivery, json: false) }
        }
    }
}
