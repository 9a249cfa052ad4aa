// SPDX-License-Identifier: EUPL-1.2
public import Values

/// One form of the meldcode (*spoor*): the steps of a kind of school in its own order and words. Names are free.
public struct Track: Sendable, Hashable {
    /// One step, and what the school wants to see of it.
    public struct Step: Sendable, Hashable {
        /// What events call it, in `stap`.
        public let id: String
        public let title: String
        /// What staff do in this step.
        public let text: String
        /// Statutory elements that have their place here; none for what a track adds, such as aftercare.
        public let elements: [StatutoryElement]
        /// Who does it: names of roles, as in the persons file.
        public let roles: [String]
        /// What must be recorded when it is taken.
        public let toRecord: [String]
        /// Whether the five questions are answered here.
        public let hasWeighingFramework: Bool
        /// Whether a talk with parents, and pupil, follows this step.
        public let hasTalkAfter: Bool
        /// Whether registration in the verwijsindex is considered here (Besluit verplichte meldcode art. 2(1)).
        public let hasIndexAttention: Bool

        /// A step as it stands; whether it fits is for the track to say.
        public init(
            id: String, title: String, text: String, elements: [StatutoryElement], roles: [String],
            toRecord: [String], hasWeighingFramework: Bool = false, hasTalkAfter: Bool = false,
            hasIndexAttention: Bool = false
        ) {
            self.id = id
            self.title = title
            self.text = text
            self.elements = elements
            self.roles = roles
            self.toRecord = toRecord
            self.hasWeighingFramework = hasWeighingFramework
            self.hasTalkAfter = hasTalkAfter
            self.hasIndexAttention = hasIndexAttention
        }

        /// Whether an element has a place here; a talk that follows the step is a place for the talk.
        public func hasPlace(for element: StatutoryElement) -> Bool {
            elements.contains(element) || (element == .gesprek && hasTalkAfter)
        }
    }

    /// What schools refer to.
    public let name: String
    public let title: String
    /// Where its steps come from, for people.
    public let source: String
    /// The first day on which it holds.
    public let from: CalendarDate
    /// The last day; nil for no end.
    public let until: CalendarDate?
    /// In order; none of them is a condition for the next.
    public let steps: [Step]

    /// A track in which everything that the law asks has a place.
    /// - Throws: Every invariant that does not hold (practice 32).
    public init(
        name: String, title: String, source: String, from: CalendarDate, until: CalendarDate?, steps: [Step]
    ) throws(TrackProblems) {
        let problems = TrackProblems.all(from: from, until: until, steps: steps)
        guard problems.isEmpty else { throw TrackProblems(problems: problems) }
        self.name = name
        self.title = title
        self.source = source
        self.from = from
        self.until = until
        self.steps = steps
    }

    /// Whether it holds on a day.
    public func holds(on date: CalendarDate) -> Bool {
        from <= date && (until.map { date <= $0 } ?? true)
    }

    /// The step with this identifier.
    public func step(_ id: String) -> Step? {
        steps.first { $0.id == id }
    }
}
