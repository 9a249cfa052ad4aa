// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import CaseEvents
public import Delivery
import PrivacyRules
public import Values

/// What a person decides about one item that is owed: put it off, let it go on, say that it is done or no longer needed.
extension MeldpoortGateway {
    /// The longest that an item may be put off at once, in days: what nobody looks at for longer is forgotten.
    static let longestSnoozeDays = 60

    /// Makes the event `verplichting-bijgewerkt` and brings it in through the same door.
    /// - Parameters:
    ///   - act: `uitgesteld`, `hervat`, `gedaan` or `vervallen`.
    ///   - until: The day on which it goes on, with `uitgesteld` alone.
    ///   - reason: A word of `reden` in the schema of the event.
    /// - Throws: `.noSuchOwedItem` also for who may not see it; `.invalid` with everything that is wrong.
    public func actOnOwed(
        _ id: OwedItemID, act: String, until: CalendarDate? = nil, reason: String, as principal: Principal
    ) async throws(GatewayError) -> Acceptance {
        let item = try await owedItem(id, for: principal)
        guard let school = item.school else { throw .invalid([Self.judgeTheMail]) }
        var data: [String: JSONValue] = [
            "school": .string(school), "verplichting": .number(Double(id)), "actie": .string(act),
            "reden": .string(reason), "datum": .string(services.now.calendarDateInAmsterdam.description),
        ]
        if let number = item.caseNumber { data["zaak"] = .string(try await caseReference(number)) }
        if let until { data["tot"] = .string(until.description) }
        do {
            let event = try CaseEvent(
                id: Fresh.uuid(), source: "urn:meldpoort:console", type: .verplichtingBijgewerkt, time: services.now,
                data: .object(data))
            return try await submit(event, as: principal)
        } catch let error as EventProblems {
            throw .invalid(error.problems)
        } catch let error as GatewayError {
            throw error
        } catch {
            throw .corrupt
        }
    }

    /// The item, if there is one for this asker; for anybody else there is none.
    func owedItem(_ id: OwedItemID, for principal: Principal) async throws(GatewayError) -> StoredOwedItem {
        let person = try person(principal)
        let found = try await read { store throws(StoreError) in try await store.owedItem(id) }
        let seen = owedSchools(of: person, principal)
        // What stands with no school is seen by whoever watches over one.
        guard let item = found, item.school.map(seen.contains) ?? !seen.isEmpty else { throw .noSuchOwedItem }
        guard let number = item.caseNumber else { return item }
        let barred = try await read { store throws(StoreError) in try await store.barred(fromCase: number) }
        guard !barred.contains(person) else { throw .noSuchOwedItem }
        return item
    }

    /// The schools at which this person sees what is owed.
    func owedSchools(of person: String, _ principal: Principal) -> Set<String> {
        let today = services.now.calendarDateInAmsterdam
        return principal.schools.filter { school in
            !model.directory.roles(of: person, at: school, on: today).isDisjoint(with: Self.owedRoles)
        }
    }

    /// The school's own reference of a case: as the event says with which it began.
    func caseReference(_ number: Int64) async throws(GatewayError) -> String {
        try await read { store throws(StoreError) in
            guard let event = try await store.firstEvent(ofCase: number), let body = try await store.body(of: event)
            else { throw .corrupt("een zaak heeft geen eerste gebeurtenis") }
            return try GatewayServices.caseEvent(from: body).zaak
        }
    }
}

// MARK: - At the door

extension MeldpoortGateway {
    /// Whether a `verplichting-bijgewerkt` may come in: the item is open, of this case, for this person, and may be treated so.
    ///
    /// An event that is known already is let through: the item is in the state that it brought about, and it is told to be known.
    func checkOwedAct(_ event: CaseEvent, as principal: Principal) async throws(GatewayError) {
        guard event.type == .verplichtingBijgewerkt else { return }
        guard owedSchools(of: try person(principal), principal).contains(model.brin(of: event)) else {
            throw .forbidden(.rolOntbreekt)
        }
        let problems = try await itemProblems(event) + dayProblems(event)
        guard !problems.isEmpty, try await !isKnown(event, principal) else { return }
        throw .invalid(problems)
    }

    private func itemProblems(_ event: CaseEvent) async throws(GatewayError) -> [EventProblem] {
        let place = "/data/verplichting"
        let unknown = EventProblem(
            .ongeldigeWaarde, at: place, "In deze zaak is er voor u geen verplichting met dit nummer.")
        guard let number = event.data["verplichting"]?.integer else { return [unknown] }
        let item = try await read { store throws(StoreError) in try await store.owedItem(OwedItemID(number)) }
        guard let item, try await isOf(item, event) else { return [unknown] }
        guard item.state == .open else {
            return [
                EventProblem(
                    .ongeldigeWaarde, at: place, "Deze verplichting staat niet meer open: zij is \(item.state.word).")
            ]
        }
        return refusal(of: event.data["actie"]?.string ?? "", for: item).map { [$0] } ?? []
    }

    /// Whether the item is of the school and the case that the event names, or of no case when it names none.
    private func isOf(_ item: StoredOwedItem, _ event: CaseEvent) async throws(GatewayError) -> Bool {
        guard item.school == nil || item.school == model.brin(of: event) else { return false }
        guard event.data["zaak"] != nil else { return item.caseNumber == nil }
        var filter = OwedFilter()
        filter.ofCase = services.caseName(of: event)
        filter.after = item.id - 1
        filter.limit = 1
        let wanted = filter
        let found = try await read { store throws(StoreError) in try await store.owedItems(wanted) }
        return found.first?.id == item.id
    }

    /// What an act may not do with an item of this kind, and what to do instead.
    private func refusal(of act: String, for item: StoredOwedItem) -> EventProblem? {
        let rule = model.owed[item.kind]
        if item.kind == .postBeoordelen { return Self.judgeTheMail }
        if rule?.ending != nil {
            return EventProblem(
                .ongeldigeWaarde, at: "/data/actie",
                "De termijn loopt door tot de wettelijke einddag. \(rule?.task ?? "")")
        }
        guard act == "gedaan", !Self.doneByWord.contains(item.kind) else { return nil }
        if OwedKind.feedback.contains(item.kind) {
            return EventProblem(
                .ongeldigeWaarde, at: "/data/actie",
                "Een terugkoppeling is pas gedaan als vastligt wat er is teruggekoppeld (terugkoppeling-ontvangen). Komt zij niet meer, gebruik dan “vervallen”."
            )
        }
        return EventProblem(
            .ongeldigeWaarde, at: "/data/actie",
            "Dit is pas gedaan als vastligt wat er is gebeurd. \(rule?.task ?? "") Is het niet meer nodig, gebruik dan “vervallen”."
        )
    }

    /// Of these the word that they are done is all there is to record.
    private static let doneByWord: Set<OwedKind> = [.drempel, .jaartaak, .monitoring]

    private static let judgeTheMail = EventProblem(
        .ongeldigeWaarde, at: "/data/verplichting",
        "Dit is een ontvangen bericht: lees het en zeg wat het is (post-beoordeeld), of leg vast wat erin staat; dan is deze verplichting gedaan."
    )

    private func dayProblems(_ event: CaseEvent) -> [EventProblem] {
        let until = event.data["tot"]?.string.flatMap { CalendarDate($0) }
        guard event.data["actie"]?.string == "uitgesteld" else {
            return until == nil ? [] : [Self.dayProblem(.onbekendVeld, "“tot” hoort alleen bij “uitgesteld”.")]
        }
        guard let until else {
            return [Self.dayProblem(.veldOntbreekt, "Noem bij “uitgesteld” de dag tot wanneer (tot).")]
        }
        let today = services.now.calendarDateInAmsterdam
        guard until > today, until <= today.adding(days: Self.longestSnoozeDays) else {
            return [
                Self.dayProblem(
                    .ongeldigeDatum,
                    "Kies een dag na vandaag en hoogstens \(Self.longestSnoozeDays) dagen vooruit; daarna kan het opnieuw."
                )
            ]
        }
        return []
    }

    private static func dayProblem(_ code: EventProblem.Code, _ text: String) -> EventProblem {
        EventProblem(code, at: "/data/tot", text)
    }
}
