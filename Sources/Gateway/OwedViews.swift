// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
public import Delivery
import Disclosures
import PrivacyRules
public import Values

/// What is owed, for HTTP and the command line: numbers, kinds and terms, never the content of a case.
extension MeldpoortGateway {
    /// Who sees what a school owes: who acts on cases, and who watches that it happens.
    static let owedRoles: Set<Role> = Set(decidingRoles).union([
        .centraleContactpersoon, .bestuur, .functionarisGegevensbescherming,
    ])

    /// Owed items of the asker's schools, without those of cases that the asker is barred from. Only for a person with a role at
    /// them in which one acts on cases or watches over them.
    public func owedViews(_ filter: OwedFilter, as principal: Principal) async throws(GatewayError) -> [JSONValue] {
        let person = try person(principal)
        let today = services.now.calendarDateInAmsterdam
        let seen = principal.schools.filter { school in
            !model.directory.roles(of: person, at: school, on: today).isDisjoint(with: Self.owedRoles)
        }
        guard !seen.isEmpty else { throw .forbidden(.rolOntbreekt) }
        var filter = filter
        filter.schools = filter.schools.map { $0.intersection(seen) } ?? seen
        filter.hiddenFrom = person
        do throws(StoreError) {
            return try await services.store.owedItems(filter).map(view)
        } catch {
            throw GatewayError(error)
        }
    }

    /// What is open in one case, as JSON and as a line for the course of the case. Whether the case may be seen is for
    /// `caseTimeline` to say.
    public func openOwedOfCase(
        school: String, zaak: String, as principal: Principal
    ) async throws(GatewayError) -> [(view: JSONValue, line: String)] {
        var filter = OwedFilter()
        filter.ofCase = CaseName(school: school, reference: zaak)
        filter.states = [.open]
        filter.hiddenFrom = try person(principal)
        do throws(StoreError) {
            return try await services.store.owedItems(filter).map { (view($0), line($0)) }
        } catch {
            throw GatewayError(error)
        }
    }

    private func view(_ item: StoredOwedItem) -> JSONValue {
        let rule = model.owed[item.kind]
        let today = services.now.calendarDateInAmsterdam
        var members: [String: JSONValue] = [
            "nummer": .number(Double(item.id)), "soort": .string(item.kind.rawValue),
            "omschrijving": .string(rule?.title ?? item.kind.rawValue), "status": .string(item.state.word),
            "sinds": .string(item.since.description), "uiterlijk": .string(item.dueOn.description),
            "herinneringen": .number(Double(item.reminders)),
            "wie": .array((rule?.owners ?? []).map { .string($0.rawValue) }),
        ]
        if let rule {
            members["taak"] = .string(rule.task)
            members["bron"] = .string(rule.source)
        }
        if item.state == .open {
            if rule?.ending == nil { members["teLaat"] = .bool(item.dueOn < today) }
            if let next = item.nextAt { members["volgendeHerinnering"] = .string(next.description) }
        }
        members["school"] = item.school.map(JSONValue.string)
        members["ontvanger"] = item.recipientID.map(JSONValue.string)
        members["naamOntvanger"] = item.recipientID.flatMap { model.recipients[$0] }.map { .string($0.recipient.name) }
        members["gebeurtenis"] = item.event.map { .number(Double($0)) }
        members["aflevering"] = item.delivery.map { .number(Double($0)) }
        if item.kind == .postBeoordelen { members["post"] = item.subject.map { .number(Double($0)) } }
        members["geslotenOp"] = item.closedAt.map { .string($0.description) }
        members["geslotenDoor"] = item.closedBy.map { .number(Double($0)) }
        return .object(members)
    }

    /// One line for the course of a case.
    private func line(_ item: StoredOwedItem) -> String {
        let rule = model.owed[item.kind]
        let recipient = item.recipientID.flatMap { model.recipients[$0]?.recipient.name }.map { ", \($0)" } ?? ""
        let isLate = rule?.ending == nil && item.dueOn < services.now.calendarDateInAmsterdam
        return
            "\(item.id). \(rule?.title ?? item.kind.rawValue)\(recipient): \(rule?.ending == nil ? "uiterlijk" : "tot") "
            + "\(item.dueOn.dutchText)\(isLate ? " (termijn voorbij)" : "")"
    }
}

extension OwedState {
    /// The word on screen and in JSON, in Dutch.
    public var word: String {
        switch self {
        case .open: "open"
        case .done: "gedaan"
        case .cancelled: "geannuleerd"
        case .lapsed: "vervallen"
        }
    }

    /// The state of that word.
    public init?(word: String) {
        guard let state = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = state
    }
}
