// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
import Values

/// Finds everybody an event names, so that the log can list each by pseudonym and role with the fields about them (practice 20).
public enum PersonsConcerned {
    /// Everybody an event names, with all fields about them.
    /// - Parameter told: where only some fields were disclosed, no others are named; who was concerned stays.
    public static func everybody(in event: CaseEvent, told: Set<FieldPath> = []) -> [ConcernedPerson] {
        find(in: event, fields: event.type.schema.leaves.map(\.path)).map { person in
            guard !told.isEmpty else { return person }
            return ConcernedPerson(
                identity: person.identity, role: person.role, fields: person.fields.filter(told.contains))
        }
    }

    static func find(in event: CaseEvent, fields: [FieldPath]) -> [ConcernedPerson] {
        event.type.schema.fields.flatMap { field -> [ConcernedPerson] in
            guard let value = event.data[field.name] else { return [] }
            switch field.shape {
            case .person(let role, _):
                return [person(value, role: role, prefix: "\(field.name).", place: field.name, event, fields)]
                    .compactMap { $0 }
            case .list(.person(let role, _), _):
                return (value.array ?? []).enumerated().compactMap { index, element in
                    person(
                        element, role: role, prefix: "\(field.name)[].", place: "\(field.name)/\(index)", event, fields)
                }
            default:
                return []
            }
        }
    }

    private static func person(
        _ value: JSONValue, role: PersonRole, prefix: String, place: String, _ event: CaseEvent, _ fields: [FieldPath]
    ) -> ConcernedPerson? {
        let mine = fields.filter { $0.text.hasPrefix(prefix) && isPresent($0.text.dropFirst(prefix.count), in: value) }
        guard !mine.isEmpty else { return nil }
        return ConcernedPerson(
            identity: identity(value, place: place, event),
            role: role == .volgensRol ? value["rol"]?.string ?? "ander" : role.rawValue,
            fields: mine)
    }

    private static func isPresent(_ path: Substring, in value: JSONValue) -> Bool {
        path.split(separator: ".").reduce(Optional(value)) { value, name in value?[String(name)] } != nil
    }

    private static func identity(_ value: JSONValue, place: String, _ event: CaseEvent) -> ConcernedPerson.Identity {
        let school = event.school.description
        if let number = value["leerlingnummer"]?.string { return .pupil(school: school, number: number) }
        let names = ["voornamen", "voorvoegsel", "achternaam", "naam"].compactMap { value[$0]?.string }
        let birthDate = value["geboortedatum"]?.string ?? ""
        guard !names.isEmpty else { return .unnamed(place: place) }
        return .described(school: school, name: names.joined(separator: " ").lowercased(), birthDate: birthDate)
    }
}
