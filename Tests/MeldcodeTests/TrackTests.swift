// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Meldcode
import Testing
import Values

@Suite struct TrackTests {
    private func problems(_ steps: [Track.Step], from: String = "2019-01-01", until: String? = nil) -> [String] {
        do throws(TrackProblems) {
            _ = try Track(
                name: "x", title: "X", source: "bron", from: Sample.day(from), until: until.map(Sample.day),
                steps: steps)
            return []
        } catch {
            return error.problems.map { "\($0.step.map(String.init) ?? "-") \($0.part): \($0.message)" }
        }
    }

    @Test func elementsAreThoseOfTheEvents() throws {
        let field = try #require(EventType.stapGezet.schema.fields.first { $0.name == "element" })
        guard case .choice(let names) = field.shape else { return #expect(Bool(false), "element is a choice") }
        #expect(names == StatutoryElement.allCases.map(\.rawValue))
        #expect(
            StatutoryElement.allCases.map(\.article)
                == ["a", "b", "c", "d", "e"].map { "Besluit verplichte meldcode art. 2(2)\($0)" })
    }

    @Test func theTwoOrdersAreFine() {
        #expect(problems(Sample.poSteps).isEmpty)
        #expect(problems(Sample.voSteps).isEmpty)
        #expect(problems(Sample.poSteps.reversed()).isEmpty)
        #expect(problems(Sample.poSteps, from: "2026-08-01", until: "2026-08-01").isEmpty)
    }

    @Test(arguments: StatutoryElement.allCases)
    func everyElementNeedsAPlace(_ element: StatutoryElement) {
        let steps = Sample.poSteps.map { step in
            Sample.step(step.id, step.elements.filter { $0 != element }, framework: step.hasWeighingFramework)
        }
        #expect(
            problems(steps)
                == ["- steps: Geen stap heeft het onderdeel “\(element.rawValue)” (\(element.article))"])
    }

    @Test func aTalkAfterAStepIsAPlaceForTheTalk() {
        let without = Sample.voSteps.map { Sample.step($0.id, $0.elements, framework: $0.hasWeighingFramework) }
        #expect(
            problems(without) == [
                "- steps: Geen stap heeft het onderdeel “gesprek” (Besluit verplichte meldcode art. 2(2)c)"
            ])
    }

    @Test func theFrameworkNeedsAPlace() {
        let steps = Sample.poSteps.map { Sample.step($0.id, $0.elements) }
        #expect(problems(steps) == ["- steps: Geen stap heeft het afwegingskader (Stb. 2017, 291)"])
    }

    @Test func otherInvariants() {
        #expect(problems([]).count == 6)
        #expect(problems(Sample.poSteps + [Sample.poSteps[1]]) == ["5 id: De stap “consult” staat er al"])
        #expect(
            problems(Sample.poSteps, from: "2026-08-01", until: "2026-07-31") == [
                "- geldig_tot: Dit spoor eindigt voordat het begint"
            ])
        let empty = Track.Step(id: "leeg", title: " ", text: "\n", elements: [], roles: [], toRecord: [])
        #expect(
            problems(Sample.poSteps + [empty]) == [
                "5 title: Deze stap heeft geen titel", "5 text: Deze stap zegt niet wat er gebeurt",
                "5 who: Deze stap zegt niet wie haar zet", "5 record: Deze stap zegt niet wat wordt vastgelegd",
            ])
    }

    private func track(_ name: String, _ from: String, _ until: String?) throws -> Track {
        try Track(
            name: name, title: name, source: "bron", from: Sample.day(from), until: until.map(Sample.day),
            steps: Sample.poSteps)
    }

    @Test func aBookKnowsWhichHolds() throws {
        let book = TrackBook([
            try track("po", "2019-01-01", "2026-07-31"), try track("po", "2026-08-01", nil),
            try track("sbo", "2019-01-01", nil),
        ])
        #expect(book.names == ["po", "sbo"])
        #expect(book.track("po", on: Sample.day("2026-07-31"))?.from == Sample.day("2019-01-01"))
        #expect(book.track("po", on: Sample.day("2026-08-01"))?.from == Sample.day("2026-08-01"))
        #expect(book.track("po", on: Sample.day("2018-12-31")) == nil)
        #expect(book.track("so", on: Sample.day("2026-08-01")) == nil)
        #expect(TrackBook.breaks(in: book.tracks).isEmpty)
    }

    @Test func overlapsAndGaps() throws {
        let later = try track("po", "2026-08-01", nil)
        let endless = TrackBook.breaks(in: [later, try track("po", "2019-01-01", nil)])
        #expect(endless.map(\.kind) == [.overlap])
        #expect(endless.map(\.earlier) == [1])
        #expect(endless.map(\.message) == ["Vanaf 01-08-2026 gelden er twee sporen “po” tegelijk"])
        #expect(
            TrackBook.breaks(in: [later, try track("po", "2019-01-01", "2026-08-01")]).map(\.kind) == [.overlap])
        let gap = TrackBook.breaks(in: [later, try track("po", "2019-01-01", "2026-07-30")])
        #expect(gap.map(\.kind) == [.gap])
        #expect(gap.map(\.message) == ["Na 30-07-2026 geldt er tot 01-08-2026 geen spoor “po”"])
        #expect(TrackBook.breaks(in: [later, try track("vo", "2019-01-01", nil)]).isEmpty)
    }
}
