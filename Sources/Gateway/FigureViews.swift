// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import CaseEvents
public import Delivery
import PrivacyRules
public import Values

/// Counts of a month, without persons and without references (practice 29 and 30).
extension MeldpoortGateway {
    /// Who sees figures of a school besides its own directie, small numbers as a band.
    private static let boardRoles: Set<Role> = [.centraleContactpersoon, .bestuur, .ict]

    /// How often each kind of thing was brought in, without cases that the asker is barred from (practice 7), per school that the asker
    /// may see: a directie its own exactly, the central contact person, the board and ICT with small numbers as a band. A month that is
    /// not over says so.
    /// - Throws: `.forbidden` for a system, for who has none of these roles, and for who reaches none of the schools.
    public func incidentFigures(
        _ month: CalendarMonth, as principal: Principal
    ) async throws(GatewayError) -> JSONValue {
        guard let person = principal.person else { throw .forbidden(.alleenPersoon) }
        let schools = try visibleSchools(to: person, principal)
        let (from, to) = month.moments
        let types = Set(IncidentFigure.allCases.map(\.event.rawValue))
        let counts = try await read { store throws(StoreError) in
            try await store.eventCounts(types: types, from: from, to: to, hiddenFrom: person)
        }
        let figures = IncidentFigures(schools, counts: counts)
        return [
            "maand": .string(month.description), "volledig": .bool(to <= services.now),
            "scholen": .array(
                figures.rows.map { row in
                    let school: [String: JSONValue] = [
                        "brin": .string(row.school.brin), "naam": .string(row.school.name),
                    ]
                    return .object(school.merging(Self.members(row.figures)) { own, _ in own })
                }),
            "totaal": .object(Self.members(figures.totals)),
        ]
    }

    /// As of the other figures: whoever sees bands gets them over every school where they have the role, or over none. From the difference
    /// between two choices of schools a small number could be computed.
    private func visibleSchools(
        to person: String, _ principal: Principal
    ) throws(GatewayError) -> [IncidentFigures.School] {
        let today = services.now.calendarDateInAmsterdam
        let seen = model.schools.compactMap { school -> IncidentFigures.School? in
            let brin = school.brin.description
            let roles = model.directory.roles(of: person, at: brin, on: today)
            let isOwn = roles.contains(.directie)
            guard isOwn || !roles.isDisjoint(with: Self.boardRoles) else { return nil }
            return IncidentFigures.School(brin: brin, name: school.name, isOwn: isOwn)
        }
        guard !seen.isEmpty else { throw .forbidden(.rolOntbreekt) }
        let isWhole = seen.allSatisfy { $0.isOwn || principal.schools.contains($0.brin) }
        let reached = seen.filter { principal.schools.contains($0.brin) && (isWhole || $0.isOwn) }
        guard !reached.isEmpty else { throw .forbidden(.schoolBuitenBereik) }
        return reached
    }

    private static func members(_ figures: [IncidentFigure: Figure]) -> [String: JSONValue] {
        Dictionary(
            figures.map { ($0.key.rawValue, JSONValue.string($0.value.description)) },
            uniquingKeysWith: { own, _ in own })
    }
}
