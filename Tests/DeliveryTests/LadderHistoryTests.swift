// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import Delivery
import Foundation
import LadderModel
import Testing

/// The shipped terms and ladders over generated years, beside a walk over every day that knows nothing of the code. `LADDER_SEEDS`
/// runs more of them.
@Suite struct LadderHistoryTests {
    private static let seeds = ProcessInfo.processInfo.environment["LADDER_SEEDS"].flatMap { UInt64($0) } ?? 12

    @Test(arguments: 1...seeds) func everyRungIsTakenOnItsDayAndNoOther(_ seed: UInt64) throws {
        var generator = HistoryGenerator(
            Plan(decision: ["vt-noord": 5, "vt-zuid": 5]),
            schools: [("01AB", "vt-noord"), ("02CD", "vt-zuid"), ("03EF", "vt-noord")],
            otherPartner: "wijkteam", seed: seed)
        let start = seed.isMultiple(of: 2) ? Day(2026, 8, 1) : Day(2027, 1, 1)
        let history = generator.history(200, from: start)
        let paper = PaperGateway(try OwedLoader.standard(), history)
        try paper.live()
        let (expected, found) = (history.taken, paper.taken.sorted())
        let wrong = Set(expected).symmetricDifference(found).sorted().prefix(3)
        for one in wrong {
            let side = expected.contains(one) ? "was not taken" : "was taken, and should not"
            Issue.record("\(one) \(side)\n\(history.story(of: one.key))")
        }
        #expect(found.count == expected.count)
        #expect(Set(found).count == found.count, "a rung was taken twice on one day")
        #expect(expected.count > 100, "the histories test too little")
        // Nothing is forgotten: what is open was told to the board, or its time has not come.
        let standing = Dictionary(
            history.lives.map { ($0.key, history.walk.taken($0, until: history.end).standing) },
            uniquingKeysWith: { first, _ in first })
        let items = paper.itemsByKey
        #expect(items.count == standing.count)
        for (key, item) in items {
            let expected = standing[key]
            #expect((item.state == .open) == (expected != .closed), "\(key) \(item.state)")
            if expected == .atTheTop { #expect(item.rungs >= 3, "\(key)") }
            if item.state == .open { #expect(item.nextAt != nil, "\(key) has no clock") }
        }
    }
}
