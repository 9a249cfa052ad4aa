// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import ArgumentParser
import CaseEvents
import Values

extension Owed {
    struct Snooze: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put an item off until a day, with the reason: nobody is reminded and nothing climbs until then.",
            discussion: "At most 60 days ahead; after that it can be done again. Everybody who sees the item sees this."
        )

        @Argument(help: "The number of the item.") var number: Int
        @Option(help: "The day on which it counts again, such as 2026-12-01.") var until: Day
        @Option(help: "Why: afgesprokenMetPartner, schoolvakantie, afwezigheid, wachtOpAnder or veiligheid.")
        var reason: String
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            try await OwedDecision(number: number, act: "uitgesteld", reason: reason, until: until.date)
                .send(gateway, output, saying: "uitgesteld tot \(until.date.dutchText): verplichting \(number)")
        }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let an item that was put off, or that waits for a mail to be judged, count again from now.")

        @Argument(help: "The number of the item.") var number: Int
        @Option(help: "Why: nietMeerNodig (the delay) or perVergissing.") var reason = "nietMeerNodig"
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            try await OwedDecision(number: number, act: "hervat", reason: reason)
                .send(gateway, output, saying: "telt weer mee: verplichting \(number)")
        }
    }

    struct Done: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that an item is done: an obstacle that was solved, a yearly task.",
            discussion: """
                What a partner tells is recorded with `meldpoort feedback record`, and that closes what was expected; other kinds \
                close by the event that their task names (`meldpoort owed show`).
                """)

        @Argument(help: "The number of the item.") var number: Int
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            try await OwedDecision(number: number, act: "gedaan", reason: "gedaan")
                .send(gateway, output, saying: "gedaan: verplichting \(number)")
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let an item lapse that no longer applies. It stays on record, with who said so and why.")

        @Argument(help: "The number of the item.") var number: Int
        @Option(help: "Why: nietMeerNodig, dubbel, perVergissing or veiligheid.") var reason: String
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            try await OwedDecision(number: number, act: "vervallen", reason: reason)
                .send(gateway, output, saying: "vervallen: verplichting \(number)")
        }
    }
}

/// A person's decision about one item.
struct OwedDecision {
    let number: Int
    let act: String
    let reason: String
    var until: CalendarDate?

    func send(_ gateway: GatewayOption, _ output: OutputOption, saying text: String) async throws {
        try Words.check("--reason", reason, "reden", of: .verplichtingBijgewerkt)
        var body: [String: JSONValue] = ["actie": .string(act), "reden": .string(reason)]
        if let until { body["tot"] = .string(until.description) }
        let answer = try await gateway.client().call(
            .post, "/v1/verplichtingen/\(number)/acties", body: JSONValue.object(body).canonicalBytes)
        DeliveryText.done(text, answer, json: output.json)
    }
}
