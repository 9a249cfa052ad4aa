// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import BoardConfiguration
import CaseEvents
public import Delivery
import Disclosures
import PrivacyRules
public import Values

/// Acts that only a person may do: confirm, release, close, retry, cancel, settle (practice 18).
extension MeldpoortGateway {
    /// Confirms a waiting delivery: makes the event `bevestiging-gegeven` and brings it in through the same door.
    /// - Parameter textChecked: the person looked at what the check found in the free text (practice 15).
    public func confirm(
        _ id: DeliveryID, as principal: Principal, role: String? = nil, textChecked: Bool = false
    ) async throws(GatewayError) -> Acceptance {
        _ = try person(principal)
        let (_, work) = try await found(id)
        var data: [String: JSONValue] = [
            "school": .string(work.event.school.description), "aflevering": .number(Double(id)),
        ]
        if let publication = work.event.publication {
            data["publicatie"] = .string(publication)
        } else {
            data["zaak"] = .string(work.event.zaak)
        }
        if let role { data["rol"] = .string(role) }
        if textChecked { data["tekstNagekeken"] = true }
        do {
            let event = try CaseEvent(
                id: Fresh.uuid(), source: "urn:meldpoort:console", type: .bevestigingGegeven, time: services.now,
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

    func confirm(_ arrival: IntakePlan.Arrival, person: String) async throws(GatewayError) -> Acceptance {
        var (delivery, work) = try await deliveryToConfirm(arrival.event)
        let id = delivery.id
        let facts = try await facts(of: work.event)
        guard !facts.barred.contains(person) else { throw .noSuchDelivery }
        guard delivery.state == .waiting, let runtime = model.recipients[delivery.recipientID] else {
            return try await repeated(arrival, of: delivery)
        }
        let role = try confirmingRole(
            person, asked: arrival.event.data["rol"]?.string,
            allowed: services.judge(work, for: runtime, facts: facts).rule?.confirmation.roles ?? [],
            at: arrival.school, on: arrival.receivedAt.calendarDateInAmsterdam)
        work.confirmedBy = Confirmation(
            personID: person, role: role.rawValue, at: arrival.receivedAt,
            textChecked: arrival.event.data["tekstNagekeken"]?.bool == true)
        let judgement = services.judge(work, for: runtime, facts: facts)
        let judged = IntakePlan.Judged(recipient: runtime.recipient, deliveryKey: work.key, judgement: judgement)
        if case .refused(let refusals) = judgement.verdict, let first = refusals.first {
            throw .refused(code: first.code.rawValue, article: first.article, text: first.text)
        }
        // Confirming lifts no other hold: what is missing is supplied first.
        if case .waiting = judgement.verdict { throw refusal(judgement) }
        let state = IntakePlan.planned(judged).state
        var change = Change()
        change.event = IntakePlan.newEvent(arrival)
        var move = Move(id, from: [.waiting], to: state)
        move.confirmedBy = work.confirmedBy
        if state == .queued { move.dueAt = arrival.receivedAt }
        if !Urgency.isUrgent(runtime.recipient.kind, work.event.type) { move.tellBy = .some(nil) }
        change.moves = [move]
        change.owedSteps = arrival.owedSteps
        let receipt = try await commit(change)
        guard case .stored(let event?, _, _) = receipt else { return try await repeated(arrival, of: delivery) }
        metrics.count("meldpoort_events_accepted_total", ("type", arrival.event.type.shortName))
        if state == .queued { await enqueue(delivery, at: arrival.receivedAt, work: work) }
        let isUrgent = Urgency.isUrgent(runtime.recipient.kind, work.event.type)
        return Acceptance(
            event: event, isRepeat: false, warning: isUrgent && Urgency.mustTellAtOnce(state) ? Urgency.warning : nil)
    }

    /// The delivery that a confirmation is about: of the same school and the same case, or it does not exist for this sender.
    func deliveryToConfirm(_ event: CaseEvent) async throws(GatewayError) -> (delivery: StoredDelivery, work: Work) {
        guard let id = event.data["aflevering"]?.integer.map(Int64.init) else { throw .noSuchDelivery }
        let (delivery, work) = try await found(id)
        guard delivery.school == model.brin(of: event), work.event.zaak == event.zaak else { throw .noSuchDelivery }
        return (delivery, work)
    }

    /// A sender that repeats its confirmation gets the same answer as before; anybody else learns that it is too late.
    private func repeated(_ arrival: IntakePlan.Arrival, of delivery: StoredDelivery) async throws(GatewayError)
        -> Acceptance
    {
        var change = Change()
        change.event = IntakePlan.newEvent(arrival)
        change.moves = [Move(delivery.id, from: [.waiting], to: .queued)]
        guard case .duplicate(let event) = try await commit(change) else {
            throw .wrongState(actual: delivery.state, needed: [.waiting])
        }
        return Acceptance(event: event, isRepeat: true, warning: nil)
    }

    /// The role in which this person may confirm: the one asked for, or the first that counts.
    private func confirmingRole(
        _ person: String, asked: String?, allowed: [Role], at school: String, on today: CalendarDate
    ) throws(GatewayError) -> Role {
        let held = model.directory.actingPerson(person, at: school, on: today)?.roles ?? []
        let fitting = allowed.filter { held.contains($0) && (asked == nil || asked == $0.rawValue) }
        guard let role = fitting.first else { throw .forbidden(.rolOntbreekt) }
        return role
    }

    /// Releases a handover: the intent row is on disk before the text is given to the person (practice 21).
    public func release(_ id: DeliveryID, as principal: Principal) async throws(GatewayError) -> HandoverDocument {
        let person = try person(principal)
        var (delivery, work) = try await found(id)
        let name = services.caseName(of: work.event)
        await services.turns.enter(name)
        defer { services.turns.leave(name) }
        let facts = try await facts(of: work.event)
        // For who is barred there is no such delivery, in whatever state.
        guard !facts.barred.contains(person) else { throw .noSuchDelivery }
        guard delivery.state == .releasable, let runtime = model.recipients[delivery.recipientID] else {
            throw .wrongState(actual: delivery.state, needed: [.releasable])
        }
        try requireRole(person, in: work, delivery, facts, Self.decidingRoles)
        try refuseOwn(work)
        let judgement = services.judge(
            work, for: runtime, facts: facts,
            counterpartReference: try await counterpartReference(of: work, from: runtime))
        guard case .permitted(let permit) = judgement.verdict else { throw refusal(judgement) }
        let document: HandoverDocument
        do {
            document = try runtime.adapter.handover(permit.disclosure)
        } catch {
            throw .refused(
                code: "geenVorm", article: "", text: "Voor dit bericht kent deze ontvanger geen tekst om door te geven."
            )
        }
        work.attempts += 1
        var change = Change()
        var move = Move(id, from: [.releasable], to: .released)
        move.attempts = work.attempts
        change.moves = [move]
        change.entries = [
            NewEntry(
                subject: .existing(id), kind: .intent, attempt: work.attempts,
                canonicalBytes: services.intentEntry(work, permit, judgement))
        ]
        change.mail.references = services.mailReferences(work, id, runtime.recipient)
        change.owed = judgement.shortfalls.map {
            NewOwed(delivery: .existing(id), code: $0.rawValue, since: services.now)
        }
        _ = try await commit(change)
        return document
    }

    /// Closes a released handover, or settles an unknown: it was given (when, the counterpart's own reference), or it was not.
    public func close(_ id: DeliveryID, as principal: Principal, closing: Closing) async throws(GatewayError) {
        let person = try person(principal)
        let (delivery, work) = try await found(id)
        try await requireRole(person, in: work, delivery, Self.decidingRoles)
        if let time = closing.at, time > services.now.adding(seconds: Self.clockDifferenceSeconds) {
            throw .invalid([EventProblem(.ongeldigeWaarde, at: "/tijdstip", "Dit tijdstip ligt in de toekomst.")])
        }
        let target: DeliveryState
        switch (delivery.state, closing.arrived) {
        case (.released, true): target = .handedOver
        case (.released, false), (.unknown, false): target = .notHandedOver
        case (.unknown, true): target = .delivered
        default: throw .wrongState(actual: delivery.state, needed: [.released, .unknown])
        }
        // What was unknown has its outcome in the log; what a person found out since comes beside it.
        let kind: EntryKind = delivery.state == .unknown ? .settled : .outcome
        var change = Change()
        var move = Move(id, from: [delivery.state], to: target)
        if closing.arrived { move.tellBy = .some(nil) }
        move.reason = closing.arrived ? nil : "nietVerstrekt"
        move.receipt = closing.receipt
        change.moves = [move]
        change.entries = [
            NewEntry(
                subject: .existing(id), kind: kind, attempt: delivery.attempts,
                canonicalBytes: DisclosureEntries.settled(
                    kind, arrived: closing.arrived, by: person, realTime: closing.at,
                    context: services.context(work, attempt: delivery.attempts), pseudonyms: services.pseudonyms))
        ]
        if target.hasArrived {
            let now = services.now
            change.owedSteps = model.owed.steps(
                arrived: work.event, recipientID: delivery.recipientID,
                kind: model.recipients[delivery.recipientID]?.recipient.kind, delivery: id,
                arrivedAt: closing.at ?? now, at: now)
        }
        _ = try await commit(change)
    }

    /// Puts a parked, rejected or unknown delivery back in the queue, with all attempts of the retry policy anew; the rules judge
    /// it again before anything leaves.
    public func retry(_ id: DeliveryID, as principal: Principal) async throws(GatewayError) {
        let person = try person(principal)
        var (delivery, work) = try await found(id)
        // ICT may set a technical failure going again; sending once more what may have arrived is for who decides.
        try await requireRole(
            person, in: work, delivery, delivery.state == .unknown ? Self.decidingRoles : Self.decidingRoles + [.ict])
        guard [.parked, .rejected, .unknown].contains(delivery.state) else {
            throw .wrongState(actual: delivery.state, needed: [.parked, .rejected, .unknown])
        }
        let now = services.now
        var change = Change()
        var move = Move(id, from: [delivery.state], to: .queued)
        move.dueAt = now
        move.reason = "opnieuw door \(person)"
        move.startsRound = true
        change.moves = [move]
        _ = try await commit(change)
        work.roundStart = work.attempts
        if delivery.tellBy != nil {
            await watch.add(id, at: now.adding(seconds: model.tellAfterSeconds))
        }
        await enqueue(delivery, at: now, work: work)
    }

    /// Stops a delivery that has not left.
    public func cancel(_ id: DeliveryID, as principal: Principal) async throws(GatewayError) {
        let person = try person(principal)
        let (delivery, work) = try await found(id)
        try await requireRole(person, in: work, delivery, Self.decidingRoles)
        try refuseOwn(work)
        guard delivery.state.mayBecome(.cancelled) else {
            throw .wrongState(actual: delivery.state, needed: [.waiting, .queued, .parked, .rejected, .releasable])
        }
        var change = Change()
        var move = Move(id, from: [delivery.state], to: .cancelled)
        move.reason = "geannuleerd door \(person)"
        change.moves = [move]
        _ = try await commit(change)
        await dispatchers[delivery.recipientID]?.withdraw(id, caseNumber: delivery.caseNumber)
    }

    /// The message of rungs is for its readers alone, at whatever schools: who decides at one of them neither reads nor stops it.
    private func refuseOwn(_ work: Work) throws(GatewayError) {
        guard !work.event.type.isOwn else { throw .forbidden(.alleenMeldpoort) }
    }

    /// How far the clock of who closes may run ahead of the gateway's.
    private static let clockDifferenceSeconds = 5 * 60

    /// Who may release, close, retry and cancel.
    static let decidingRoles: [Role] = [
        .aandachtsfunctionaris, .meldingsbevoegde, .eindverantwoordelijkeMelding, .directie,
    ]

    private func requireRole(
        _ person: String, in work: Work, _ delivery: StoredDelivery, _ roles: [Role]
    ) async throws(GatewayError) {
        try requireRole(person, in: work, delivery, try await facts(of: work.event), roles)
    }

    private func requireRole(
        _ person: String, in work: Work, _ delivery: StoredDelivery, _ facts: CaseFacts, _ roles: [Role]
    ) throws(GatewayError) {
        guard !facts.barred.contains(person) else { throw .noSuchDelivery }
        let today = services.now.calendarDateInAmsterdam
        let held = model.directory.actingPerson(person, at: delivery.school, on: today)?.roles ?? []
        guard roles.contains(where: held.contains) else { throw .forbidden(.rolOntbreekt) }
    }

    private func counterpartReference(
        of work: Work, from runtime: RecipientRuntime
    ) async throws(GatewayError) -> String? {
        do {
            return try await services.counterpartReference(of: work.event, from: runtime)
        } catch {
            throw GatewayError(error)
        }
    }

    func facts(of event: CaseEvent) async throws(GatewayError) -> CaseFacts {
        do {
            return try await services.facts(of: services.caseName(of: event))
        } catch {
            throw GatewayError(error)
        }
    }

    private func refusal(_ judgement: Judgement) -> GatewayError {
        switch judgement.verdict {
        case .refused(let refusals):
            .refused(
                code: refusals.first?.code.rawValue ?? "geenRegel", article: refusals.first?.article ?? "",
                text: refusals.first?.text ?? "")
        case .waiting(let waiting):
            .refused(
                code: waiting.reasons.first?.hold.rawValue ?? Hold.bevestiging.rawValue,
                article: waiting.reasons.first?.article ?? "", text: waiting.text)
        case .permitted: .refused(code: "", article: "", text: "")
        }
    }

    private func found(_ id: DeliveryID) async throws(GatewayError) -> (delivery: StoredDelivery, work: Work) {
        do {
            guard let whole = try await services.store.wholeDelivery(id) else { throw StoreError.noSuchDelivery(id) }
            return (whole.delivery, try services.work(of: whole))
        } catch let error as StoreError {
            throw GatewayError(error)
        } catch {
            throw .corrupt
        }
    }
}

/// How a person closes a handover or settles an unknown.
public struct Closing: Sendable, Hashable {
    public let arrived: Bool
    /// When it really was given; the feedback clock runs from there.
    public let at: Timestamp?
    /// How, to whom, the counterpart's own reference: kept sealed.
    public let details: JSONValue

    public init(arrived: Bool, at: Timestamp?, details: JSONValue) {
        self.arrived = arrived
        self.at = at
        self.details = details
    }

    var receipt: [UInt8]? {
        details.object?.isEmpty ?? true ? nil : details.canonicalBytes
    }
}
