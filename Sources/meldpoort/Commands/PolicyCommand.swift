// SPDX-License-Identifier: EUPL-1.2
import ArgumentParser
import BoardConfiguration
import CaseEvents
import Delivery
import Disclosures
import Gateway
import Ledger
import PrivacyRules
import Synchronization
import Values

struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Change a privacy rule without fear.", subcommands: [Diff.self])

    struct Diff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Judge past events under changed rules, and show what would be different.",
            discussion: """
                Reads the judgement inputs in the store (kinds, age bands, flags and names of fields; never content or names) and \
                asks the rules in force and the new ones about each, as of today. What waits for nothing but a confirmation is \
                asked as if it were confirmed. Changes nothing. Ends with 0 whether or not there are differences.
                """)

        @Argument(help: "The file with the new rules.", completion: .file(extensions: ["yaml"])) var file: String
        @Option(help: "Only events from this day on (JJJJ-MM-DD).") var from: String?
        @Option(help: "Only events up to and including this day (JJJJ-MM-DD).") var to: String?
        @OptionGroup var configuration: ConfigurationOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            let loaded = try configuration.load()
            let new: Policy
            do {
                new = try PolicyLoader.load(file)
            } catch {
                error.problems.forEach { Output.error("\($0)") }
                throw ExitCode.failure
            }
            let today = Surroundings.system.now().calendarDateInAmsterdam
            let first = try day(from, else: .earliest).startInAmsterdam
            let end = try day(to, else: today).adding(days: 1).startInAmsterdam
            let shared = Collected(PolicyDiff(from: loaded.policy, to: new, today: today))
            try await configuration.reading { store in
                try await store.situations(from: first, to: end) { shared.add($0, today: today) }
            }
            let (diff, unreadable) = shared.result
            if output.json { return Output.json(PolicyDiffText.json(diff, unreadable: unreadable)) }
            PolicyDiffText.lines(diff, unreadable: unreadable).forEach { Output.line($0) }
        }

        private func day(_ text: String?, else standard: CalendarDate) throws -> CalendarDate {
            guard let text else { return standard }
            guard let date = CalendarDate(text) else { throw Output.fail("“\(text)” is not a date: write JJJJ-MM-DD.") }
            return date
        }
    }
}

/// What comes in from the store, one by one.
private final class Collected: Sendable {
    private let state: Mutex<(diff: PolicyDiff, unreadable: Int)>

    init(_ diff: PolicyDiff) {
        state = Mutex((diff, 0))
    }

    func add(_ stored: StoredSituation, today: CalendarDate) {
        guard case .success(let json) = StrictJSON.read(stored.json), let situation = Situation(json: json, on: today)
        else {
            state.withLock { $0.unreadable += 1 }
            return
        }
        state.withLock { $0.diff.add(situation, delivery: stored.delivery) }
    }

    var result: (PolicyDiff, Int) { state.withLock { ($0.diff, $0.unreadable) } }
}

/// The differences, the most frequent first.
enum PolicyDiffText {
    static func lines(_ diff: PolicyDiff, unreadable: Int) -> [String] {
        let kinds = diff.rows.count == 1 ? "1 soort" : "\(diff.rows.count) soorten"
        var lines = ["\(diff.judged) eerdere beoordelingen, \(kinds) verschil."]
        if unreadable > 0 { lines.append("\(unreadable) beoordelingen kent deze versie niet; zij zijn overgeslagen.") }
        for (row, count) in ordered(diff) {
            lines.append("")
            lines.append("\(count.count) × \(row.eventType.shortName) naar \(row.recipientKind.text)")
            lines.append("  nu:   \(text(row.before))")
            lines.append("  dan:  \(text(row.after))")
            if !row.added.isEmpty { lines.append("  gaat dan mee: \(row.added.map(\.text).joined(separator: ", "))") }
            if !row.removed.isEmpty {
                lines.append("  blijft dan hier: \(row.removed.map(\.text).joined(separator: ", "))")
            }
            lines.append("  bijvoorbeeld aflevering \(count.examples.map(String.init).joined(separator: ", "))")
        }
        return lines
    }

    static func json(_ diff: PolicyDiff, unreadable: Int) -> JSONValue {
        [
            "beoordeeld": .number(Double(diff.judged)), "nietLeesbaar": .number(Double(unreadable)),
            "verschillen": .array(
                ordered(diff).map { row, count in
                    [
                        "type": .string(row.eventType.rawValue), "ontvanger": .string(row.recipientKind.rawValue),
                        "aantal": .number(Double(count.count)), "nu": json(row.before), "dan": json(row.after),
                        "erbij": .array(row.added.map { .string($0.text) }),
                        "eraf": .array(row.removed.map { .string($0.text) }),
                        "afleveringen": .array(count.examples.map { .number(Double($0)) }),
                    ]
                }),
        ]
    }

    private static func ordered(_ diff: PolicyDiff) -> [(PolicyDiff.Row, PolicyDiff.Count)] {
        diff.rows.map { ($0.key, $0.value) }.sorted { one, other in
            (-one.1.count, one.1.examples.first ?? 0) < (-other.1.count, other.1.examples.first ?? 0)
        }
    }

    private static func text(_ answer: PolicyDiff.Answer) -> String {
        let codes = answer.codes.isEmpty ? "" : " (\(answer.codes.joined(separator: ", ")))"
        return answer.outcome.rawValue + codes + (answer.article.map { ", grondslag \($0)" } ?? "")
    }

    private static func json(_ answer: PolicyDiff.Answer) -> JSONValue {
        [
            "oordeel": .string(answer.outcome.rawValue), "redenen": .array(answer.codes.map(JSONValue.string)),
            "grondslag": answer.article.map(JSONValue.string) ?? .null,
        ]
    }
}
