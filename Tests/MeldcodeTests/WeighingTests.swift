// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Meldcode
import Testing
import Values

/// Every combination of answers, against the framework written down a second time and otherwise.
@Suite struct WeighingTests {
    private typealias Answers = WeighingFramework.Answers

    private static let yesNo: [Bool?] = [nil, true, false]
    private static let unsafety: [Answers.Unsafety?] = [nil, .ja, .nee, .twijfel]

    private static var all: [Answers] {
        yesNo.flatMap { first in
            unsafety.flatMap { second in
                yesNo.flatMap { third in
                    yesNo.flatMap { fourth in
                        yesNo.map {
                            Answers(
                                suspicion: first, unsafety: second, helpIsPossible: third, helpIsAccepted: fourth,
                                helpWorks: $0)
                        }
                    }
                }
            }
        }
    }

    @Test func everyCombinationHasTheOutcomeOfTheFramework() {
        #expect(Self.all.count == 324)
        for answers in Self.all {
            let outcome = WeighingFramework.outcome(answers)
            let isUnsafe = answers.unsafety == .ja || answers.unsafety == .twijfel
            let helpFails =
                answers.helpIsPossible == false || answers.helpIsAccepted == false || answers.helpWorks == false
            #expect((outcome == .meldenNu) == isUnsafe, "\(answers)")
            guard !isUnsafe else { continue }
            #expect((outcome == .afsluitenEnVastleggen) == (answers.suspicion == false), "\(answers)")
            guard answers.suspicion != false else { continue }
            #expect((outcome == .melden) == helpFails, "\(answers)")
            guard !helpFails else { continue }
            let given: [Bool] = [
                answers.suspicion != nil, answers.unsafety != nil, answers.helpIsPossible != nil,
                answers.helpIsAccepted != nil,
            ]
            if let open = given.firstIndex(of: false) {
                let question = WeighingFramework.Question(rawValue: open + 1)
                #expect(outcome == question.map { .nogNietTeBepalen($0) }, "\(answers)")
            } else {
                #expect(outcome == (answers.helpWorks == true ? .afsluitenMetMonitoring : .hulp), "\(answers)")
            }
        }
    }

    /// A report is never what the framework keeps somebody from.
    @Test func theFrameworkNeverClosesAnUnsafeCase() {
        for answers in Self.all where answers.unsafety == .ja || answers.unsafety == .twijfel {
            for decision in Weighing.Decision.allCases {
                let weighing = Weighing(answers, decision: decision, hasReason: false)
                let reports = decision == .melden || decision == .hulpEnMelden
                #expect((weighing.shortfall == nil) == reports, "\(answers) \(decision)")
            }
        }
    }

    private static let fitting: [String: Set<Weighing.Decision>] = [
        "afsluitenEnVastleggen": [.afsluiten], "afsluitenMetMonitoring": [.afsluiten], "hulp": [.hulp],
        "melden": [.melden, .hulpEnMelden], "meldenNu": [.melden, .hulpEnMelden],
    ]

    @Test func aDeviationNeedsAReasonAndNothingElse() throws {
        for answers in Self.all {
            for decision in Weighing.Decision.allCases {
                for hasReason in [false, true] {
                    let weighing = Weighing(answers, decision: decision, hasReason: hasReason)
                    let code = weighing.outcome.code
                    if code == "nogNietTeBepalen" {
                        #expect(weighing.comparison == .nogNietTeVergelijken)
                        let closes = decision == .hulp || decision == .afsluiten
                        #expect((weighing.shortfall != nil) == closes)
                        continue
                    }
                    let fits = try #require(Self.fitting[code]).contains(decision)
                    #expect((weighing.comparison == .volgtAfwegingskader) == fits, "\(answers) \(decision)")
                    #expect((weighing.shortfall == nil) == (fits || hasReason), "\(answers) \(decision)")
                    if code.hasPrefix("melden"), !fits { #expect(weighing.comparison == .lichterDanAfwegingskader) }
                    if code.hasPrefix("afsluiten"), !fits { #expect(weighing.comparison == .zwaarderDanAfwegingskader) }
                }
            }
        }
    }

    @Test func textsTellWhatToDo() {
        let outcomes = Set(Self.all.map { WeighingFramework.outcome($0) })
        #expect(outcomes.count == 9)
        for outcome in outcomes {
            #expect(!outcome.text.isEmpty)
            #expect(!hasBareMelding(outcome.text), "\(outcome.text)")
        }
        #expect(WeighingOutcome.meldenNu.text.contains("bel nu Veilig Thuis (0800-2000), bij acuut gevaar eerst 112"))
        #expect(WeighingOutcome.hulp.text.contains("casemanager"))
        #expect(WeighingFramework.source.contains("Stb. 2017, 291"))
        for decision in Weighing.Decision.allCases { #expect(!hasBareMelding(decision.text)) }
    }

    @Test func readsAnEvent() throws {
        func read(_ answers: [String: JSONValue], _ more: [String: JSONValue] = [:]) throws -> Weighing {
            let members: [String: JSONValue] = [
                "datum": "2026-11-01", "besluit": "hulp", "antwoorden": .object(answers),
            ]
            let event = try Sample.event(.wegingVastgelegd, members.merging(more) { $1 })
            return try #require(Weighing(event))
        }
        let answered: [String: JSONValue] = [
            "vermoeden": "ja", "onveiligheid": "nee", "hulpMogelijk": "ja", "hulpAanvaard": "nee",
        ]
        #expect(try read(answered).outcome == .melden)
        #expect(try !read(answered).hasReason)
        #expect(try read(answered, ["redenAfwijking": "Omdat."]).hasReason)
        #expect(try read([:]).outcome == .nogNietTeBepalen(.vermoeden))
        #expect(try read(["vermoeden": "ja", "onveiligheid": "twijfel"]).outcome == .meldenNu)
        // Danger beside the answers counts, whatever was answered.
        #expect(try read(answered, ["acuutGevaar": true]).outcome == .meldenNu)
        #expect(try read(["vermoeden": "nee"], ["structureleOnveiligheid": true]).outcome == .meldenNu)
        #expect(try read(answered, ["acuutGevaar": false]).outcome == .melden)
        let other = try Sample.event(.zaakAfgesloten, ["reden": "overgedragen", "datum": "2026-11-01"])
        #expect(Weighing(other) == nil)
    }

    /// The questions in the answers of the event and in the framework are the same five, in the same order.
    @Test func questionsAreThoseOfTheEvents() throws {
        let field = try #require(EventType.wegingVastgelegd.schema.fields.first { $0.name == "antwoorden" })
        guard case .object(let answers) = field.shape else { return #expect(Bool(false), "an object") }
        #expect(answers.map(\.name) == WeighingFramework.Question.allCases.map { "\($0)" })
        let decision = try #require(EventType.wegingVastgelegd.schema.fields.first { $0.name == "besluit" })
        guard case .choice(let names) = decision.shape else { return #expect(Bool(false), "a choice") }
        #expect(Set(names) == Set(Weighing.Decision.allCases.map(\.rawValue)))
    }
}
