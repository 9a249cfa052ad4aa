// SPDX-License-Identifier: EUPL-1.2
public import Values

extension CaseTimeline {
    /// For the interface: `zaak`, `spoor`, `alarmen`, `stappen`, `weging`, `verloop` and `nogTeDoen`. Dates are
    /// `JJJJ-MM-DD`, moments RFC 3339 in UTC.
    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "zaak": .string(zaak),
            "alarmen": .array(alarms.map { .string($0) }),
            "stappen": .array(steps.map(\.json)),
            "verloop": .array(lines.map(\.json)),
            "nogTeDoen": .array(
                owed.map { ["onderwerp": .string($0.subject.rawValue), "tekst": .string($0.text)] }),
        ]
        if let trackName, let trackTitle {
            members["spoor"] = ["naam": .string(trackName), "titel": .string(trackTitle)]
        }
        if let weighing { members["weging"] = weighing.json }
        return .object(members)
    }
}

extension CaseTimeline.Line {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [
            "datum": .string(date.description), "vastgelegdOp": .string(recordedAt.description),
            "soort": .string(kind.rawValue), "tekst": .string(text),
        ]
        if let happenedAt { members["tijdstip"] = .string(happenedAt.description) }
        return .object(members)
    }
}

extension CaseTimeline.LatestWeighing {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [
            "datum": .string(date.description), "uitkomst": .string(weighing.outcome.code),
            "tekst": .string(weighing.outcome.text), "besluit": .string(weighing.decision.rawValue),
            "vergelijking": .string(weighing.comparison.rawValue), "redenVastgelegd": .bool(weighing.hasReason),
            "bron": .string(WeighingFramework.source),
        ]
        if case .nogNietTeBepalen(let question) = weighing.outcome {
            members["openVraag"] = .number(Double(question.rawValue))
        }
        if let shortfall = weighing.shortfall { members["tekort"] = .string(shortfall) }
        return .object(members)
    }
}

extension StepStatus {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [
            "nummer": .number(Double(number)), "stap": .string(step.id), "titel": .string(step.title),
            "uitleg": .string(step.text), "onderdelen": .array(step.elements.map { .string($0.rawValue) }),
            "wie": .array(step.roles.map { .string($0) }), "staat": .string(state.rawValue), "tekst": .string(text),
            "vastTeLeggen": .array(toRecord.map { .string($0) }), "voorbijgegaan": .bool(isPassedBy),
            "afwegingskader": .bool(step.hasWeighingFramework), "verwijsindex": .bool(step.hasIndexAttention),
        ]
        if let date { members["datum"] = .string(date.description) }
        if let talk {
            var told: [String: JSONValue] = ["staat": .string(talk.state.rawValue), "tekst": .string(talk.text)]
            if let date = talk.date { told["datum"] = .string(date.description) }
            members["gesprek"] = .object(told)
        }
        return .object(members)
    }
}
