// SPDX-License-Identifier: EUPL-1.2
public import Values

/// Where one step of the track stands in a case.
public struct StepStatus: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Recorded.
        case gezet
        /// A later event says that it was taken; the step itself was not recorded here.
        case genoemd
        /// A part of it is recorded.
        case deels
        case overgeslagenMetReden
        case overgeslagenZonderReden
        case ontbreekt
        /// The case ended without it, or does not go through the meldcode.
        case nietNodig
    }

    public enum TalkState: String, Sendable, Hashable, CaseIterable {
        case gevoerd
        case nietGevoerdMetReden
        case nietGevoerdZonderReden
        case ontbreekt
        /// The step has not been taken, so there is nothing to talk about yet.
        case nogNietAanDeOrde
    }

    /// The talk that the track asks after the step.
    public struct Talk: Sendable, Hashable {
        public let state: TalkState
        public let date: CalendarDate?
        public let text: String
    }

    public let step: Track.Step
    /// From 1.
    public let number: Int
    public let state: State
    public let date: CalendarDate?
    /// Elements that are still open; empty for a step that is done or need not be.
    public let open: [StatutoryElement]
    /// A later step was taken before this one was recorded: allowed, and worth a line.
    public let isPassedBy: Bool
    /// Nil where the track asks no talk after this step.
    public let talk: Talk?

    /// What is still to be recorded, in the words of the track.
    public var toRecord: [String] {
        state == .ontbreekt || state == .deels || state == .overgeslagenZonderReden ? step.toRecord : []
    }

    /// Who does it, in words.
    public var roleText: String { joined(step.roles.map(words)) }

    /// Where it stands, in Dutch.
    public var text: String {
        let day = date.map { " op \($0.dutchText)" } ?? ""
        return switch state {
        case .gezet: "gezet\(day)"
        case .genoemd: "genoemd als gezet\(day); wat is vastgelegd staat niet in Meldpoort"
        case .deels: "deels gezet; nog vast te leggen: \(joined(open.map(\.text)))"
        case .overgeslagenMetReden: "overgeslagen\(day); de reden is vastgelegd"
        case .overgeslagenZonderReden: "overgeslagen\(day); de reden is niet vastgelegd"
        case .ontbreekt:
            isPassedBy ? "nog niet vastgelegd, terwijl een latere stap al is gezet; dat mag" : "nog niet vastgelegd"
        case .nietNodig: "niet nodig"
        }
    }
}

/// The words in a camel-cased name: `centraleContactpersoon` is “centrale contactpersoon”.
func words(_ name: String) -> String {
    name.reduce(into: "") { text, character in
        text += character.isUppercase ? " \(character.lowercased())" : String(character)
    }
}
