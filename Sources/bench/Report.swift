// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// Everything that was measured in one run of the bench.
struct Report: Codable, Sendable {
    let machine: String
    let pageSize: Int
    let runs: [Measurement]
    let decisions: Decisions
    let startUp: StartUp
    let owed: OwedScale

    func printText() {
        print(Self.preface)
        print("Machine: \(machine). Store: WAL, synchronous=FULL, pages of \(pageSize) bytes.\n")
        Table(
            ["end to end", "acked/s", "deliv/s", "ack p50", "p99 ms", "e2e p50", "p99 ms", "bare/s", "RATIO", "steal"],
            rows: runs.map { run in
                [
                    run.name, whole(run.acknowledgedPerSecond), whole(run.deliveredPerSecond),
                    two(run.acknowledgement.p50), two(run.acknowledgement.p99), two(run.endToEnd.p50),
                    two(run.endToEnd.p99), whole(run.bare.eventsPerSecond), "\(whole(run.ratio * 100))%",
                    "\(one(run.steal))/\(one(run.bare.steal))%",
                ]
            }
        ).print()
        Table(
            [
                "per event", "CPU ms", "bench CPU", "idle", "written KB", "bare KB", "kept KB", "syncs", "bare",
                "RSS MB",
            ],
            rows: runs.map { run in
                [
                    run.name, two(run.cpuMilliseconds), two(run.benchCPUMilliseconds), "\(whole(run.idle))%",
                    one(run.writtenKilobytes), one(run.bare.writtenKilobytes), two(run.keptKilobytes),
                    run.syncs.map(two) ?? "-", two(run.bare.commitsPerEvent),
                    "\(one(run.memory.mostResident)) (\(one(run.memory.anonymous)) anon)",
                ]
            }
        ).print()
        Table(
            ["intake alone", "acked/s", "ack p50", "p99 ms", "CPU ms", "kept KB"],
            rows: runs.compactMap { run in
                run.intake.map { intake in
                    [
                        run.name, whole(intake.acknowledgedPerSecond), two(intake.acknowledgement.p50),
                        two(intake.acknowledgement.p99), two(intake.cpuMilliseconds), two(intake.keptKilobytes),
                    ]
                }
            }
        ).print()
        printDecisions()
        printStartUp()
        printOwed()
        Table(
            ["aim", "asked", "measured", ""],
            rows: Aim.all(self).map { [$0.name, $0.asked, $0.measured, $0.isMet ? "met" : "NOT MET"] }
        ).print()
    }

    private func printDecisions() {
        print(
            "Decisions: \(whole(decisions.perSecond)) a second on one core, over \(decisions.situations) situations.")
        print(
            "\(decisions.schools) schools with two persons each load and check in \(whole(decisions.loadMilliseconds)) ms; "
                + "finding a person's roles takes \(whole(decisions.roleNanoseconds)) ns with one school, "
                + "\(whole(decisions.roleNanosecondsWithAll)) ns with all.\n")
    }

    private func printStartUp() {
        let kills = zip(startUp.readyAfterKill, startUp.logToReadBack)
            .map { "\(whole($0)) ms (\(one($1)) MB of log)" }
        print("Ready after \(whole(startUp.ready)) ms; after SIGKILL under load: \(kills.joined(separator: ", ")).")
        print("Idle: \(one(startUp.idle.resident)) MB resident, \(one(startUp.idle.anonymous)) MB of it anonymous.\n")
    }

    private func printOwed() {
        Table(
            [
                "open expectations", "find p50 ms: 0 due", "10", "1000", "steps: 0 due", "10", "1000", "take up ms",
                "ready ms", "1000 due", "MB",
            ],
            rows: owed.sizes.map { size in
                ["\(size.open)"] + size.looks.map { two($0.find.p50) } + size.looks.map { "\($0.steps)" }
                    + [one(size.takeUp), whole(size.ready), whole(size.readyWithDue), whole(size.storeMegabytes)]
            } + [
                ["ratio"]
                    + owed.sizes[0].looks.indices.map { index in two(owed.ratio { $0.looks[index].find.p50 }) }
                    + owed.sizes[0].looks.indices.map { index in two(owed.ratio { Double($0.looks[index].steps) }) }
                    + [two(owed.ratio(\.takeUp)), two(owed.ratio(\.ready)), two(owed.ratio(\.readyWithDue)), ""]
            ]
        ).print()
    }

    private static let preface = """
        One event (https, http): the confirmation by a person of a verwijsindex registration that waits, as the law asks. It is
        posted as a CloudEvent, journalled, acknowledged (commit 1); judged again, its intent logged (commit 2); sent to the
        index on this machine, the outcome logged (commit 3). The registrations were brought in before ("intake alone": one
        commit each, nothing leaves). One event (mail): a report to Veilig Thuis by somebody whose submission is the
        confirmation, sent over SMTP with STARTTLS and AUTH; its end to end is until the outcome, by the gateway's clock.
        Batch: 64 events a request over 4 connections. Delivered: the index has them all and the store says so.
        Bare: a C loop on SQLite that writes the rows of that very run once more, with the same settings, three commits per
        group of 1, 8 or 64 events, right after it. Steal: what the host took, during the run / the bare loop. "bench CPU" is
        what senders and counterpart took of the same processors. Written: in whole pages of the file system.

        """

    var encoded: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            return try encoder.encode(self)
        }
    }
}

func whole(_ value: Double) -> String { String(Int(value.rounded())) }
func one(_ value: Double) -> String { String(format: "%.1f", value) }
func two(_ value: Double) -> String { String(format: "%.2f", value) }

/// Text in columns, the first one to the left.
struct Table {
    private let rows: [[String]]

    init(_ head: [String], rows: [[String]]) {
        self.rows = [head] + rows
    }

    func print() {
        guard rows.count > 1 else { return }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        for (index, row) in rows.enumerated() {
            let cells = zip(row, widths).enumerated().map { column, cell in
                let room = String(repeating: " ", count: cell.1 - cell.0.count)
                return column == 0 ? cell.0 + room : room + cell.0
            }
            Swift.print(cells.joined(separator: "  "))
            if index == 0 { Swift.print(widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")) }
        }
        Swift.print("")
    }
}
