// SPDX-License-Identifier: EUPL-1.2
import PrivacyRules
import Values

/// Tells of every absence, from today on, in which nobody stands in.
struct AbsenceCheck {
    let log: ProblemLog
    let today: CalendarDate
    let directory: Directory
    let schools: [School]

    /// - Parameter list: What stands under `persons:`.
    func run(_ list: YAMLNode?) {
        for node in list?.elements ?? [] {
            guard case .scalar(let id, _)? = node["id"]?.content, let person = directory.person(id) else { continue }
            // What could not be read is told already.
            guard let places = node["absent"]?.elements, places.count == person.absences.count else { continue }
            for (absence, place) in zip(person.absences, places) { check(absence, of: person, at: place.place) }
        }
    }

    private func check(_ absence: Absence, of person: Person, at place: SourcePlace) {
        guard absence.until >= today else { return }
        let days = changes(within: absence)
        for role in Role.allCases where role != .leerkracht {
            let alone = schools.map(\.brin.description).filter { school in
                days.contains { day in
                    directory.holders(of: role, at: school, on: day).contains(person)
                        && directory.reachable(role, at: school, on: day, isHoliday: false).isEmpty
                }
            }
            guard !alone.isEmpty else { continue }
            log.warning(
                place,
                "“\(person.id)” is away and nobody stands in as \(role.rawValue) at \(alone.joined(separator: ", "))",
                suggestion: "Name a deputy who is there: until then it goes to the next higher up.")
        }
    }

    /// The days of an absence on which it may change who is there: between them it does not.
    private func changes(within absence: Absence) -> Set<CalendarDate> {
        let first = max(absence.from, today)
        let others = directory.persons.flatMap { person in
            person.absences.map(\.from)
                + person.assignments.flatMap { [$0.from] + ($0.until.map { [$0.adding(days: 1)] } ?? []) }
        }
        return Set([first] + others.filter { first < $0 && $0 <= absence.until })
    }
}
