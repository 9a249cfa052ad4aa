// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
import Values

/// One weighing: what the framework gives beside what the school decided (`nl.meldcode.weging-vastgelegd.v1`).
public struct Weighing: Sendable, Hashable {
    /// What the school decided.
    public enum Decision: String, Sendable, Hashable, CaseIterable {
        case melden, hulp, hulpEnMelden, afsluiten

        /// For people, in Dutch.
        public var text: String {
            switch self {
            case .melden: "een melding bij Veilig Thuis"
            case .hulp: "hulp bieden of organiseren"
            case .hulpEnMelden: "hulp bieden of organiseren, en een melding bij Veilig Thuis"
            case .afsluiten: "afsluiten"
            }
        }

        /// A report asks more than help, and help more than closing.
        var weight: Int {
            switch self {
            case .afsluiten: 0
            case .hulp: 1
            case .melden, .hulpEnMelden: 2
            }
        }
    }

    /// How the decision lies beside the outcome.
    public enum Comparison: String, Sendable, Hashable, CaseIterable {
        case volgtAfwegingskader
        /// Less than the framework gives.
        case lichterDanAfwegingskader
        /// More than the framework gives.
        case zwaarderDanAfwegingskader
        /// A question is still open.
        case nogNietTeVergelijken

        var deviates: Bool { self == .lichterDanAfwegingskader || self == .zwaarderDanAfwegingskader }
    }

    public let answers: WeighingFramework.Answers
    public let outcome: WeighingOutcome
    public let decision: Decision
    public let hasReason: Bool

    /// A weighing from its parts.
    public init(_ answers: WeighingFramework.Answers, decision: Decision, hasReason: Bool) {
        self.answers = answers
        outcome = WeighingFramework.outcome(answers)
        self.decision = decision
        self.hasReason = hasReason
    }

    /// The weighing in an event; nil for an event of another type.
    public init?(_ event: CaseEvent) {
        guard event.type == .wegingVastgelegd, let decision = event.data["besluit"]?.string.flatMap(Decision.init)
        else { return nil }
        self.init(
            WeighingFramework.Answers(event.data), decision: decision,
            hasReason: event.data["redenAfwijking"] != nil)
    }

    public var comparison: Comparison {
        let given: Int
        switch outcome {
        case .afsluitenEnVastleggen, .afsluitenMetMonitoring: given = 0
        case .hulp: given = 1
        case .melden, .meldenNu: given = 2
        case .nogNietTeBepalen: return .nogNietTeVergelijken
        }
        if decision.weight == given { return .volgtAfwegingskader }
        return decision.weight < given ? .lichterDanAfwegingskader : .zwaarderDanAfwegingskader
    }

    /// What is missing, in Dutch; it never stops anything. Nil when the weighing is whole.
    public var shortfall: String? {
        if comparison.deviates, !hasReason {
            return
                "Het besluit wijkt af van het afwegingskader en de reden is niet vastgelegd; de aandachtsfunctionaris vult aan."
        }
        if case .nogNietTeBepalen(let question) = outcome, decision.weight < Decision.melden.weight {
            return
                "Het afwegingskader is nog niet doorlopen; de aandachtsfunctionaris beantwoordt vraag \(question.rawValue)."
        }
        return nil
    }

    /// The comparison in words.
    public var comparisonText: String {
        let reason = hasReason ? "de reden is vastgelegd" : "de reden is niet vastgelegd"
        return switch comparison {
        case .volgtAfwegingskader: "dat volgt het afwegingskader"
        case .lichterDanAfwegingskader: "dat is minder dan het afwegingskader aangeeft; \(reason)"
        case .zwaarderDanAfwegingskader: "dat is meer dan het afwegingskader aangeeft; \(reason)"
        case .nogNietTeVergelijken: "het afwegingskader is nog niet helemaal doorlopen"
        }
    }
}
