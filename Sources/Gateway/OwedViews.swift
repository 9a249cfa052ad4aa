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
        let seen = owedSchools(of: person, principal)
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

    func view(_ item: StoredOwedItem) -> JSONValue { .object(members(of: item)) }

    /// What everybody sees of an item who sees that there is one.
    func members(of item: StoredOwedItem) -> [String: JSONValue] {
        let rule = model.owed[item.kind]
        let today = services.now.calendarDateInAmsterdam
        var members: [String: JSONValue] = [
            "nummer": .number(Double(item.id)), "soort": .string(item.kind.rawValue),
            "omschrijving": .string(model.owed.title(of: item)),
            "status": .string(item.state.word),
            "sinds": .string(item.since.description), "uiterlijk": .string(item.dueOn.description),
            "herinneringen": .number(Double(item.reminders)),
            "wie": .array(model.owed.owners(of: item).map { .string($0.rawValue) }),
        ]
        members["taak"] = model.owed.task(of: item).map(JSONValue.string)
        members["bron"] = model.owed.source(of: item).map(JSONValue.string)
        if item.state == .open {
            if rule?.ending == nil { members["teLaat"] = .bool(item.dueOn < today) }
            if let next = item.nextAt { members["volgendeHerinnering"] = .string(next.description) }
            members.merge(climbing(item)) { first, _ in first }
        }
        members["school"] = item.school.map(JSONValue.string)
        if model.owed.isForBoard(item) { members["voorHetBestuur"] = true }
        members["ontvanger"] = item.recipientID.map(JSONValue.string)
        members["naamOntvanger"] = item.recipientID.flatMap { model.recipients[$0] }.map { .string($0.recipient.name) }
        members["gebeurtenis"] = item.event.map { .number(Double($0)) }
        members["aflevering"] = item.delivery.map { .number(Double($0)) }
        if item.kind == .postBeoordelen { members["post"] = item.subject.map { .number(Double($0)) } }
        members["geslotenOp"] = item.closedAt.map { .string($0.description) }
        members["geslotenDoor"] = item.closedBy.map { .number(Double($0)) }
        return members
    }

    /// The rung that was taken last, the next one with who hears of it then, and why the clock stands still.
    private func climbing(_ item: StoredOwedItem) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        let rungs = model.owed[item.kind]?.ladder.flatMap { model.owed.ladders[$0] }?.rungs ?? []
        if item.rungs > 0, let taken = rungs.prefix(item.rungs).last {
            members["trede"] = .string(taken.kind.rawValue)
            members["tredeOp"] = item.rungAt.map { .string($0.description) }
        }
        if let next = model.owed.nextRung(of: item) {
            members["volgendeTrede"] = .string(next.rung.kind.rawValue)
            // What came due on a day off is taken when the clock is looked at next.
            let time = next.at > services.now ? next.at : max(next.at, item.nextAt ?? next.at)
            members["volgendeTredeOp"] = .string(time.description)
            // A rung without roles of its own is for who must act.
            let roles = next.rung.roles.isEmpty ? model.owed.owners(of: item) : next.rung.roles
            members["volgendeTredeAan"] = .array(roles.map { .string($0.rawValue) })
        }
        if let until = item.pausedUntil, until > services.now {
            members["stilTot"] = .string(until.description)
            members["stilDoor"] = item.pausedBy.map { .string($0 == .post ? "post" : "persoon") }
        }
        return members
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
