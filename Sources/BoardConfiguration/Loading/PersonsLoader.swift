// SPDX-License-Identifier: EUPL-1.2
import PrivacyRules
public import Values

/// Reads the persons alone, for reading them again while the gateway runs.
public struct PersonsLoader: Sendable {
    private let schools: [School]

    /// - Parameter schools: Those that a role may name.
    public init(schools: [School]) {
        self.schools = schools
    }

    /// Reads the file. What was read before stays in force when this throws.
    /// - Throws: Everything that is wrong, when at least one problem is an error.
    public func load(_ path: String, today: CalendarDate) throws(ConfigurationProblems) -> LoadedPersons {
        let log = ProblemLog()
        let directory = Surroundings(environment: [:], log: log).document(path, mentionedAt: nil)
            .flatMap { PersonsReader(log: log, schools: schools, today: today).directory($0) }
        if let directory {
            SchoolStaffing(log: log, today: today, directory: directory)
                .check(schools.map { Placed(value: $0, place: SourcePlace(file: path)) })
        }
        try log.throwErrors()
        guard let directory else { throw ConfigurationProblems(problems: log.ordered) }
        return LoadedPersons(directory: directory, warnings: log.ordered)
    }
}

/// Persons that can be used, and what is worth knowing about them.
public struct LoadedPersons: Sendable {
    public let directory: Directory
    public let warnings: [ConfigurationProblem]
}

extension ConfigurationReader {
    func persons(_ node: YAMLNode, schools: [Placed<School>]?) -> (file: String, directory: Directory)? {
        guard let path = surroundings.path(node),
            let root = surroundings.document(path, mentionedAt: node.place),
            let directory = PersonsReader(log: log, schools: schools?.map(\.value), today: today).directory(root)
        else { return nil }
        return (path, directory)
    }
}

/// Reads `persons:`.
struct PersonsReader {
    let log: ProblemLog
    /// Nil when they could not be read: then no role is blamed for it.
    let schools: [School]?
    let today: CalendarDate

    func directory(_ root: YAMLNode) -> Directory? {
        guard let section = Section(root, keys: ["persons"], log),
            let list = section.required("persons", { $0.list(log, of: person) })
        else { return nil }
        log.reportRepeats("the person", list.map { (key: $0.value.id, place: $0.place) })
        checkDeputies(section["persons"], known: list.map(\.value.id))
        let directory = Directory(persons: list.map(\.value))
        if let schools {
            AbsenceCheck(log: log, today: today, directory: directory, schools: schools).run(section["persons"])
        }
        return directory
    }

    private func person(_ node: YAMLNode) -> Placed<Person>? {
        let keys = [
            "id", "display_name", "email", "phone", "function", "roles", "absent", "reachable_in_school_holidays",
        ]
        guard let section = Section(node, keys: keys, log) else { return nil }
        let id = section.required("id") { $0.identifier(log) }
        let name = section.text("display_name")
        let email = section.optional("email") { $0.mailAddress(log) }
        let phone = section.optionalText("phone")
        let function = section.optionalText("function")
        let roles = section.required("roles") { $0.list(log, of: assignment) }
        let absences = section.optional("absent") { $0.list(log, of: absence) }
        let worksInHolidays = section.boolean("reachable_in_school_holidays")
        guard let id else { return nil }
        return Placed(
            value: Person(
                id: id, displayName: name ?? "", email: email, phone: phone, function: function,
                assignments: roles ?? [], absences: absences ?? [], worksInSchoolHolidays: worksInHolidays),
            place: section.place(of: "id"))
    }

    private func assignment(_ node: YAMLNode) -> RoleAssignment? {
        guard let section = Section(node, keys: ["role", "schools", "van", "tot", "deputy"], log) else { return nil }
        let role = section.required("role") { $0.choice(rawChoices(Role.self), "role", log) }
        let brins = section.optional("schools") { $0.set(log) { $0.configuredSchool(among: schools, log) } }
        let from = section.required("van") { $0.date(log) }
        let until = section.date("tot")
        if let from, let until, from > until {
            log.error(section.place(of: "van"), "van (\(from)) lies after tot (\(until))")
        }
        let deputies = section.optional("deputy", self.deputies) ?? []
        guard let role, let from else { return nil }
        return RoleAssignment(role: role, schools: brins.map(Set.init), from: from, until: until, deputies: deputies)
    }

    private func absence(_ node: YAMLNode) -> Absence? {
        guard let section = Section(node, keys: ["van", "tot"], log) else { return nil }
        let from = section.required("van") { $0.date(log) }
        let until = section.required("tot") { $0.date(log) }
        guard let from, let until else { return nil }
        guard from <= until else {
            log.error(section.place(of: "van"), "van (\(from)) lies after tot (\(until))")
            return nil
        }
        return Absence(from: from, until: until)
    }

    /// One identifier, or a list of them.
    private func deputies(_ node: YAMLNode) -> [String]? {
        guard node.elements == nil else { return node.set(log) { $0.text(log) } }
        return node.text(log).map { [$0] }
    }

    /// Deputies may stand further down in the file, so they are looked up when everybody is known.
    private func checkDeputies(_ list: YAMLNode?, known: [String]) {
        for person in list?.elements ?? [] {
            for role in person["roles"]?.elements ?? [] {
                guard let node = role["deputy"] else { continue }
                for deputy in node.elements ?? [node] {
                    guard case .scalar(let id, _) = deputy.content, !deputy.isEmpty else { continue }
                    if case .scalar(id, _) = person["id"]?.content {
                        log.error(deputy.place, "nobody is their own deputy", suggestion: "Name somebody else.")
                    } else if !known.contains(id) {
                        log.error(
                            deputy.place, "there is no person “\(id)”", suggestion: Hint.nearest(to: id, among: known))
                    }
                }
            }
        }
    }
}
