// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Meldcode
import Testing
import Values

@Suite struct StepTests {
    private func states(_ track: Track, _ events: [CaseRecord.Arrival]) -> [String] {
        Sample.timeline(track, events).steps.map(\.state.rawValue)
    }

    @Test func nothingRecordedMeansEverythingToDo() throws {
        let timeline = Sample.timeline(try Sample.po(), [])
        #expect(timeline.steps.allSatisfy { $0.state == .ontbreekt && !$0.isPassedBy && $0.talk == nil })
        #expect(timeline.steps.map(\.toRecord) == Sample.poSteps.map(\.toRecord))
        #expect(timeline.steps.map(\.number) == [1, 2, 3, 4, 5])
        #expect(timeline.steps[0].roleText == "centrale contactpersoon")
        #expect(timeline.owed.isEmpty)
        #expect(Sample.timeline(nil, []).steps.isEmpty)
    }

    /// All 32 sets of taken elements, in any of a few orders: nothing blocks, and what is passed by is said.
    @Test func anyOrderIsTaken() throws {
        let elements = StatutoryElement.allCases
        for mask in 0..<32 {
            let chosen = elements.indices.filter { mask & (1 << $0) != 0 }
            for order in [chosen, chosen.reversed()] {
                let events = try order.enumerated().map { try Sample.stap($0.offset + 1, elements[$0.element]) }
                let timeline = Sample.timeline(try Sample.po(), events)
                for (index, status) in timeline.steps.enumerated() {
                    #expect((status.state == .gezet) == chosen.contains(index))
                    let isPassed = !chosen.contains(index) && (chosen.max() ?? 0) > index
                    #expect(status.isPassedBy == isPassed)
                }
                let passed = elements.indices.filter { !chosen.contains($0) && (chosen.max() ?? 0) > $0 }
                #expect(timeline.owed.filter { $0.subject == .stap }.count == passed.count)
            }
        }
    }

    /// Every step of `vo` × every element × taken, skipped with and without a reason × the step named or not.
    @Test func oneEventInSecondaryEducation() throws {
        let track = try Sample.vo()
        for step in track.steps {
            for element in StatutoryElement.allCases {
                for (isSkipped, hasReason) in [(false, false), (true, true), (true, false)] {
                    var members: [String: JSONValue] = ["stap": .string(step.id)]
                    if isSkipped { members["overgeslagen"] = true }
                    if hasReason { members["toelichting"] = "Omdat." }
                    let statuses = Sample.timeline(track, [try Sample.stap(3, element, members)]).steps
                    let status = try #require(statuses.first { $0.step.id == step.id })
                    let others = statuses.filter { $0.step.id != step.id }
                    #expect(others.allSatisfy { $0.state == .ontbreekt })
                    #expect(status.state == Self.expected(step, element, isSkipped, hasReason), "\(step.id) \(element)")
                    let talk: StepStatus.TalkState =
                        if element == .gesprek {
                            isSkipped ? (hasReason ? .nietGevoerdMetReden : .nietGevoerdZonderReden) : .gevoerd
                        } else {
                            isSkipped ? .nogNietAanDeOrde : .ontbreekt
                        }
                    #expect(status.talk?.state == talk, "\(step.id) \(element)")
                }
            }
        }
    }

    private static func expected(
        _ step: Track.Step, _ element: StatutoryElement, _ isSkipped: Bool, _ hasReason: Bool
    ) -> StepStatus.State {
        if element == .gesprek { return .ontbreekt }
        if isSkipped { return hasReason ? .overgeslagenMetReden : .overgeslagenZonderReden }
        if step.elements.isEmpty || step.elements == [element] { return .gezet }
        return .deels
    }

    @Test func withoutANamedStepTheFirstPlaceCounts() throws {
        let vo = try Sample.vo()
        #expect(
            states(vo, [try Sample.stap(1, .wegen)]) == ["ontbreekt", "ontbreekt", "deels", "ontbreekt", "ontbreekt"])
        let both = [try Sample.stap(1, .wegen), try Sample.stap(2, .beslissen), try Sample.stap(3, .beslissen)]
        #expect(states(vo, both) == ["ontbreekt", "ontbreekt", "gezet", "ontbreekt", "ontbreekt"])
        // A step that the track does not have counts as none.
        let unknown = try Sample.stap(1, .inKaartBrengen, ["stap": "iets-anders"])
        #expect(states(vo, [unknown])[0] == "gezet")
    }

    @Test func aWeighingTakesWeighingAndDecision() throws {
        let weging = try Sample.weging(4, ["vermoeden": "nee"], "afsluiten")
        #expect(states(try Sample.po(), [weging]) == ["ontbreekt", "ontbreekt", "ontbreekt", "gezet", "gezet"])
        #expect(states(try Sample.vo(), [weging])[2] == "gezet")
        #expect(states(try Sample.po(), [try Sample.melding(4)])[4] == "gezet")
    }

    @Test func takenIsStrongerThanSaidAndSkipped() throws {
        let po = try Sample.po()
        let skipped = try Sample.stap(1, .gesprek, ["overgeslagen": true])
        let reason = try Sample.stap(2, .gesprek, ["overgeslagen": true, "toelichting": "Omdat."])
        let said = try Sample.melding(3, ["gezetteStappen": ["gesprek"]])
        let taken = try Sample.stap(4, .gesprek)
        #expect(states(po, [skipped])[2] == "overgeslagenZonderReden")
        #expect(states(po, [skipped, reason])[2] == "overgeslagenMetReden")
        #expect(states(po, [reason, skipped])[2] == "overgeslagenMetReden")
        #expect(states(po, [skipped, reason, said])[2] == "genoemd")
        #expect(states(po, [taken, said, reason, skipped])[2] == "gezet")
        #expect(Sample.timeline(po, [taken]).steps[2].date == Sample.day("2026-11-04"))
        #expect(Sample.timeline(po, [taken]).steps[2].text == "gezet op 04-11-2026")
    }

    @Test func aSkipWithoutAReasonIsOwedAndStopsNothing() throws {
        let events = [
            try Sample.stap(1, .inKaartBrengen), try Sample.stap(2, .gesprek, ["overgeslagen": true]),
            try Sample.stap(3, .collegialeConsultatie), try Sample.weging(3, ["vermoeden": "nee"], "afsluiten"),
        ]
        let timeline = Sample.timeline(try Sample.po(), events)
        #expect(timeline.owed.map(\.text) == ["Stap 3 (Titel praten) is overgeslagen: leg de reden vast."])
        #expect(timeline.steps.map(\.state) == [.gezet, .gezet, .overgeslagenZonderReden, .gezet, .gezet])
    }

    @Test func aTalkWithoutAStepFollowsTheLastOneTaken() throws {
        let vo = try Sample.vo()
        let events = [
            try Sample.stap(1, .inKaartBrengen), try Sample.stap(2, .gesprek),
            try Sample.stap(3, .collegialeConsultatie),
            try Sample.stap(4, .gesprek), try Sample.stap(5, .wegen),
        ]
        let talks = Sample.timeline(vo, events).steps.map { $0.talk?.state }
        #expect(talks == [.gevoerd, .gevoerd, .ontbreekt, .nogNietAanDeOrde, .nogNietAanDeOrde])
        #expect(Sample.timeline(vo, [try Sample.stap(1, .gesprek)]).steps[0].talk?.state == .gevoerd)
    }

    @Test func whatNeedNotBeIsNotAsked() throws {
        let po = try Sample.po()
        let first = try Sample.stap(1, .inKaartBrengen)
        let closed = try Sample.arrival(.zaakAfgesloten, 2, ["reden": "vermoedenNietBevestigd"])
        #expect(states(po, [first, closed]) == ["gezet", "nietNodig", "nietNodig", "nietNodig", "nietNodig"])
        let again = try Sample.stap(3, .collegialeConsultatie)
        #expect(states(po, [first, closed, again]) == ["gezet", "gezet", "ontbreekt", "ontbreekt", "ontbreekt"])
        let handed = try Sample.arrival(.zaakAfgesloten, 2, ["reden": "overgedragen"])
        #expect(states(po, [first, handed])[1] == "ontbreekt")
        let staff = try Sample.arrival(.medewerkerBetrokken, 2, ["variant": "zedenmisdrijfTegenLeerling"])
        #expect(states(po, [staff]).allSatisfy { $0 == "nietNodig" })
    }

    /// Practice 5: the prompt to talk turns round.
    @Test(arguments: ["bijzondereVorm", "acuutGevaar"])
    func inDangerNobodyIsToldToInform(_ mark: String) throws {
        let value: JSONValue = mark == "acuutGevaar" ? true : "huwelijksdwang"
        let melding = try Sample.melding(2, [mark: value])
        let timeline = Sample.timeline(try Sample.vo(), [try Sample.stap(1, .inKaartBrengen), melding])
        let talks = timeline.owed.filter { $0.subject == .gesprek }.map(\.text)
        #expect(!talks.isEmpty)
        #expect(talks.allSatisfy { $0.contains("informeer het gezin nog niet, vraag eerst advies aan Veilig Thuis") })
        #expect(!timeline.text.contains("Voer na stap"))
        #expect(timeline.text.contains("informeer het gezin nog niet"))
    }
}
