// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import Testing
import Values

@Suite struct FiguresTests {
    @Test(arguments: [
        ("2026-11", "2026-10-31T23:00:00.000Z", "2026-11-30T23:00:00.000Z"),
        // A month in which the clock goes forward, and one in which it goes back.
        ("2026-03", "2026-02-28T23:00:00.000Z", "2026-03-31T22:00:00.000Z"),
        ("2026-10", "2026-09-30T22:00:00.000Z", "2026-10-31T23:00:00.000Z"),
        ("2026-12", "2026-11-30T23:00:00.000Z", "2026-12-31T23:00:00.000Z"),
    ])
    func aMonthIsDutch(text: String, from: String, to: String) throws {
        let month = try #require(CalendarMonth(text))
        #expect(month.description == text)
        #expect(month.moments.from.description == from && month.moments.to.description == to)
        #expect(month < month.next)
    }

    @Test(arguments: ["", "2026", "2026-1", "2026-13", "2026-00", "2026-11-01", "26-11", "2026-1a", " 2026-11"])
    func whatIsNoMonth(text: String) {
        #expect(CalendarMonth(text) == nil)
    }

    @Test func smallNumbersAreABand() {
        #expect([0, 1, 4, 5, 17].map { Figure.banded($0).description } == ["0", "1-4", "1-4", "5", "17"])
    }

    /// For every three schools with up to six events each: an exact total leaves at least two numbers open for every band.
    @Test func noTotalTellsASmallNumber() {
        for own in [false, true] {
            for code in 0..<343 {
                let counts = [code % 7, code / 7 % 7, code / 49]
                let parts = counts.enumerated().map { index, count in
                    (count: count, shown: own && index == 0 ? Figure.exact(count) : .banded(count))
                }
                let total = Figure.total(parts)
                let fitting = Self.consistent(parts.map(\.shown), with: total)
                #expect(fitting.contains(counts))
                for (index, part) in parts.enumerated() {
                    guard case .band(let low, let high) = part.shown else { continue }
                    let open = Set(fitting.map { $0[index] })
                    #expect(open.count > 1, "\(counts): \(total) tells")
                    if case .band = total { #expect(open == Set(low...high)) }
                }
            }
        }
    }

    /// All counts that look like this.
    private static func consistent(_ shown: [Figure], with total: Figure) -> [[Int]] {
        var found: [[Int]] = [[]]
        for figure in shown {
            let range: ClosedRange<Int> =
                if case .band(let low, let high) = figure { low...high } else { exact(figure) }
            found = found.flatMap { counts in range.map { counts + [$0] } }
        }
        return found.filter { counts in
            let sum = counts.reduce(0, +)
            if case .band(let low, let high) = total { return (low...high).contains(sum) }
            return exact(total).contains(sum)
        }
    }

    private static func exact(_ figure: Figure) -> ClosedRange<Int> {
        if case .exact(let count) = figure { count...count } else { 0...0 }
    }

    @Test func aDirectieSeesItsOwnSchoolExactly() {
        let figures = IncidentFigures(
            [.init(brin: "01AB", name: "De Wilg", isOwn: true), .init(brin: "02CD", name: "De Els", isOwn: false)],
            counts: [
                EventCount(school: "01AB", type: IncidentFigure.zorgen.event.rawValue, count: 3),
                EventCount(school: "02CD", type: IncidentFigure.zorgen.event.rawValue, count: 2),
                EventCount(school: "02CD", type: IncidentFigure.stappenMeldcode.event.rawValue, count: 8),
                EventCount(school: "99XX", type: IncidentFigure.zorgen.event.rawValue, count: 90),
                EventCount(school: "02CD", type: "nl.meldcode.iets-anders.v1", count: 90),
            ])
        #expect(figures.rows.map { $0.figures[.zorgen]?.description } == ["3", "1-4"])
        #expect(figures.totals[.zorgen]?.description == "4-7")
        #expect(figures.rows.map { $0.figures[.stappenMeldcode]?.description } == ["0", "8"])
        #expect(figures.totals[.stappenMeldcode]?.description == "8")
        #expect(figures.totals[.adviezenVeiligThuis]?.description == "0")
    }
}
