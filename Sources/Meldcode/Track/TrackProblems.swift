// SPDX-License-Identifier: EUPL-1.2
import Values

/// What a track lacks (practice 32), in Dutch for those who decide about it.
public struct TrackProblems: Error, Sendable, Hashable {
    /// One thing that is wrong.
    public struct Problem: Sendable, Hashable {
        /// The position of the step, from 0; nil when it is about the track.
        public let step: Int?
        /// The key of the file that it is about, such as `elements`.
        public let part: String
        /// A sentence without its full stop.
        public let message: String
    }

    public let problems: [Problem]

    static func all(from: CalendarDate, until: CalendarDate?, steps: [Track.Step]) -> [Problem] {
        var problems: [Problem] = []
        if let until, until < from {
            problems.append(Problem(step: nil, part: "geldig_tot", message: "Dit spoor eindigt voordat het begint"))
        }
        for element in StatutoryElement.allCases where !steps.contains(where: { $0.hasPlace(for: element) }) {
            let message = "Geen stap heeft het onderdeel “\(element.rawValue)” (\(element.article))"
            problems.append(Problem(step: nil, part: "steps", message: message))
        }
        if !steps.contains(where: \.hasWeighingFramework) {
            let message = "Geen stap heeft het afwegingskader (Stb. 2017, 291)"
            problems.append(Problem(step: nil, part: "steps", message: message))
        }
        for (index, step) in steps.enumerated() {
            problems += own(step, at: index)
            if steps[..<index].contains(where: { $0.id == step.id }) {
                problems.append(Problem(step: index, part: "id", message: "De stap “\(step.id)” staat er al"))
            }
        }
        return problems
    }

    private static func own(_ step: Track.Step, at index: Int) -> [Problem] {
        var problems: [Problem] = []
        if step.title.allSatisfy(\.isWhitespace) {
            problems.append(Problem(step: index, part: "title", message: "Deze stap heeft geen titel"))
        }
        if step.text.allSatisfy(\.isWhitespace) {
            problems.append(Problem(step: index, part: "text", message: "Deze stap zegt niet wat er gebeurt"))
        }
        if step.roles.isEmpty {
            problems.append(Problem(step: index, part: "who", message: "Deze stap zegt niet wie haar zet"))
        }
        if step.toRecord.isEmpty {
            problems.append(Problem(step: index, part: "record", message: "Deze stap zegt niet wat wordt vastgelegd"))
        }
        return problems
    }
}
