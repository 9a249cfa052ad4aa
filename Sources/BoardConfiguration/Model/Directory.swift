// SPDX-License-Identifier: EUPL-1.2
public import PrivacyRules
public import Values

/// Who is who (practice 17): persons with their roles per school, for a time, each with deputies.
///
/// A deputy (*waarnemer*) has the role as long as the person whose deputy it is. A role at `01AB` holds at its locations too.
public struct Directory: Sendable, Hashable {
    public let persons: [Person]
    private let byID: [String: Person]
    /// Per person the roles it can have: its own, and those of others whose deputy it is.
    private let assignments: [String: [RoleAssignment]]
    /// Positions in `persons` of who can have a role, per school; under nil those who have it at every school.
    private let holders: [Role: [String?: [Int]]]

    /// A directory of persons whose identifiers differ.
    init(persons: [Person]) {
        self.persons = persons
        byID = Dictionary(persons.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var assignments: [String: [RoleAssignment]] = [:]
        var holders: [Role: [String?: [Int]]] = [:]
        for (position, person) in persons.enumerated() {
            for assignment in person.assignments {
                for id in [person.id] + assignment.deputies { assignments[id, default: []].append(assignment) }
                for school in assignment.schools.map({ $0.map(Optional.some) }) ?? [nil] {
                    holders[assignment.role, default: [:]][school, default: []].append(position)
                }
            }
        }
        self.assignments = assignments
        self.holders = holders
    }

    /// The person with this identifier.
    public func person(_ id: String) -> Person? {
        byID[id]
    }

    /// The roles that a person has at a school on a day, own ones and those of others whose deputy it is.
    /// - Parameter school: A BRIN, with or without its location.
    public func roles(of id: String, at school: String, on date: CalendarDate) -> Set<Role> {
        guard byID[id] != nil else { return [] }
        return Set((assignments[id] ?? []).filter { $0.holds(at: school, on: date) }.map(\.role))
    }

    /// Who has a role at a school on a day: first those it was given to, then their deputies, each once.
    public func persons(with role: Role, at school: String, on date: CalendarDate) -> [Person] {
        let holders = holders(of: role, at: school, on: date)
        let deputies = holders.flatMap { holder in
            holder.assignments.filter { $0.role == role && $0.holds(at: school, on: date) }.flatMap(\.deputies)
        }
        var found: [Person] = []
        for person in holders + deputies.compactMap({ byID[$0] }) where !found.contains(person) { found.append(person) }
        return found
    }

    /// Who can be reached in a role at a school on a day: those it was given to who are there and, in the place of each who is not, that
    /// one's deputies who are there. Each once.
    /// - Parameters:
    ///   - school: A BRIN, with or without its location.
    ///   - isHoliday: Whether the day is in the school holidays of that school.
    ///   - barred: Identifiers of persons who may not hear of it: they count as not being there.
    public func reachable(
        _ role: Role, at school: String, on date: CalendarDate, isHoliday: Bool, without barred: Set<String> = []
    ) -> [Person] {
        let isThere = { (person: Person) in
            !barred.contains(person.id) && person.isReachable(as: role, on: date, isHoliday: isHoliday)
        }
        var found: [Person] = []
        for holder in holders(of: role, at: school, on: date) {
            let deputies = holder.assignments.filter { $0.role == role && $0.holds(at: school, on: date) }
                .flatMap(\.deputies).compactMap { byID[$0] }
            for person in isThere(holder) ? [holder] : deputies.filter(isThere) where !found.contains(person) {
                found.append(person)
            }
        }
        return found
    }

    /// The person as the privacy rules see one, with the roles of that day at that school; nil for an unknown person.
    public func actingPerson(_ id: String, at school: String, on date: CalendarDate) -> ActingPerson? {
        byID[id].map { person in
            ActingPerson(
                id: person.id, name: person.displayName, function: person.function, phone: person.phone,
                email: person.email, roles: roles(of: id, at: school, on: date))
        }
    }

    /// Whether somebody is designated at this school on a day (Jeugdwet 7.1.1.2).
    public func schoolHasMeldingsbevoegde(_ school: String, on date: CalendarDate) -> Bool {
        !holders(of: .meldingsbevoegde, at: school, on: date).isEmpty
    }

    func holders(of role: Role, at school: String, on date: CalendarDate) -> [Person] {
        let bySchool = holders[role] ?? [:]
        let keys: Set<String?> = [nil, school, String(school.prefix(4))]
        let positions = Set(keys.flatMap { bySchool[$0] ?? [] }).sorted()
        return positions.map { persons[$0] }.filter { person in
            person.assignments.contains { $0.role == role && $0.holds(at: school, on: date) }
        }
    }
}

/// Somebody who acts for the schools.
public struct Person: Sendable, Hashable {
    /// The identifier that tokens and events use.
    public let id: String
    /// What stands on screen and in documents.
    public let displayName: String
    public let email: String?
    public let phone: String?
    public let function: String?
    public let assignments: [RoleAssignment]
    /// When the person is away.
    public let absences: [Absence]
    /// Whether the person can be reached in the school holidays for work of a school too.
    public let worksInSchoolHolidays: Bool

    /// Whether the person can be reached in a role on a day.
    /// - Parameter isHoliday: Whether the day is in the school holidays of the school that it is about.
    public func isReachable(as role: Role, on date: CalendarDate, isHoliday: Bool) -> Bool {
        guard !absences.contains(where: { $0.contains(date) }) else { return false }
        return !isHoliday || worksInSchoolHolidays || !role.isOfTheSchool
    }
}

/// A time in which a person is away.
public struct Absence: Sendable, Hashable {
    /// The first day.
    public let from: CalendarDate
    /// The last day.
    public let until: CalendarDate

    public func contains(_ date: CalendarDate) -> Bool { from <= date && date <= until }
}

extension Role {
    /// Whether who has the role works at a school, and is away in its holidays; the board's own people are not.
    var isOfTheSchool: Bool {
        switch self {
        case .leerkracht, .aandachtsfunctionaris, .meldingsbevoegde, .eindverantwoordelijkeMelding, .directie: true
        case .centraleContactpersoon, .bestuur, .functionarisGegevensbescherming, .ict: false
        }
    }
}

/// One role of one person.
public struct RoleAssignment: Sendable, Hashable {
    public let role: Role
    /// BRINs; nil for every school of the board.
    public let schools: Set<String>?
    /// The first day.
    public let from: CalendarDate
    /// The last day; nil for no end.
    public let until: CalendarDate?
    /// Identifiers of the persons who may act in this role as well.
    public let deputies: [String]

    /// Whether the role is held at a school (a BRIN, with or without its location) on a day.
    public func holds(at school: String, on date: CalendarDate) -> Bool {
        guard from <= date, until.map({ date <= $0 }) ?? true else { return false }
        return schools.map { $0.contains(school) || $0.contains(String(school.prefix(4))) } ?? true
    }
}
