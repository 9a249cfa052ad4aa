// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Foundation
import LadderModel
import Testing
import Values

/// The whole ladder in simulated time: the real gateway on a real store through generated school years, with weeks of downtime and
/// power that is lost on the way, beside a walk over every day that knows nothing of the code.
///
/// `LADDER_CASES` and `LADDER_SEEDS` ask for more: 2000 cases take some minutes.
@Suite(.serialized) struct LadderTests {
    private static func number(_ name: String, _ standard: Int) -> Int {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? standard
    }

    private static let seeds = number("LADDER_SEEDS", 3)
    private static let cases = number("LADDER_CASES", 60)

    @Test(arguments: 1...seeds) func everyRungIsTakenOnceOnItsDayWhateverHappens(_ seed: Int) async throws {
        var generator = HistoryGenerator(
            LadderSite.plan, schools: LadderSite.schools, otherPartner: "wijkteam", staff: LadderSite.barrable,
            seed: UInt64(seed))
        generator.mailsAnswerReports = true
        let history = generator.history(Self.cases, from: Day(2026, 8, 24), days: 330)
        let site = try LadderSite(today: history.start.date)
        defer { site.remove() }
        // The first without any crash: the others must come to the same.
        let run = try await LadderRun(site, history, crashEvery: seed == 1 ? 0 : 9)
        do {
            try await run.live()
            let outcome = try await LadderOutcome(run, history)
            outcome.compare(with: history, Self.yearly(history))
            outcome.checkDaysAndOrder(history)
            outcome.checkReaders(history) { Self.owners($0) }
            try await outcome.checkDeliveries(run, post: site.post)
            #expect(outcome.messages.count > 10, "the history tests too little")
            if seed > 1 { #expect(await run.crashes > 3, "the power was hardly ever lost") }
        } catch {
            await run.close()
            throw error
        }
        await run.close()
    }

    // MARK: - By hand, from `Config/termijnen.yaml`

    /// The tasks of the school year: with their last days and owners.
    static let tasks: [(id: String, due: Day, owner: String, perSchool: Bool)] = [
        ("agenda-directieoverleg", Day(2026, 12, 15), "centraleContactpersoon", false),
        ("agenda-ib-platform", Day(2026, 12, 15), "centraleContactpersoon", false),
        ("plan-van-aanpak-bestuur", Day(2026, 11, 15), "centraleContactpersoon", false),
        ("plan-van-aanpak-school", Day(2026, 11, 15), "aandachtsfunctionaris", true),
        ("jaarverslag-kwaliteitscyclus", Day(2026, 10, 31), "centraleContactpersoon", false),
        ("resultaatgesprek", Day(2027, 6, 15), "directie", true),
    ]

    private static func yearly(_ history: History) -> [Life] {
        tasks.flatMap { task in
            LadderSite.schools.prefix(task.perSchool ? LadderSite.schools.count : 1).map { school in
                Life(
                    key: "jaartaak/\(task.id)/\(school.id)", opened: Moment(history.start, minute: 5 * 60),
                    due: task.due, ladder: LadderSite.plan.ownLadder)
            }
        }
    }

    private static func owners(_ item: StoredOwedItem) -> [String] {
        guard item.kind == .jaartaak else { return ["aandachtsfunctionaris"] }
        return tasks.filter { $0.id == item.series }.map(\.owner)
    }
}
