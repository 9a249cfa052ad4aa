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
    public func confirm(_ id: DeliveryID, as principal: Principal, role: String? = nil) async throws(GatewayError)
        -> Acceptance
    {
        _ = try person(principal)
        let (_, work) = try await found(id)
        var data: [String: JSONValue] = [
            "zaak": .string(work.event.zaak), "school": .string(work.event.school.description),
            "aflevering": .number(Double(id)),
        ]
        if let role { data["rol"] = .string(role) }
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
        guard let id = arrival.event.data["aflevering"]?.integer.map(Int64.init) else { throw .noSuchDelivery }
        var (delivery, work) = try await found(id)
        guard delivery.school == arrival.school, work.event.zaak == arrival.event.zaak else {
            throw .noSuchDelivery
        }
        guard delivery.state == .waiting, let runtime = model.recipients[delivery.recipientID] else {
            return try await repeated(arrival, of: delivery)
        }
        let today = arrival.receivedAt.calendarDateInAmsterdam
        let role = try confirmingRole(
            person, asked: arrival.event.data["rol"]?.string, for: work.event, runtime, on: today)
        work.confirmedBy = Confirmation(personID: person, role: role.rawValue, at: arrival.receivedAt)
        let judgement = model.judge(
            work.event, for: runtime, submitter: work.submitter, confirmation: work.confirmedBy, deliveryKey: work.key,
            reference: services.reference(work.event, delivery.recipientID), today: today)
        let judged = IntakePlan.Judged(recipient: runtime.recipient, deliveryKey: work.key, judgement: judgement)
        if case .refused(let refusals) = judgement.verdict, let first = refusals.first {
            throw .refused(code: first.code.rawValue, article: first.article, text: first.text)
        }
        let state = IntakePlan.planned(judged).state
        var change = Change()
        change.event = IntakePlan.newEvent(arrival)
        var move = Move(id, from: [.waiting], to: state)
        move.confirmedBy = work.confirmedBy
        if state == .queued { move.dueAt = arrival.receivedAt }
        change.moves = [move]
        let receipt = try await commit(change)
        guard case .stored(let event?, _, _) = receipt else { return try await repeated(arrival, of: delivery) }
        metrics.count("meldpoort_events_accepted_total", ("type", arrival.event.type.shortName))
        if state == .queued { await enqueue(delivery, at: arrival.receivedAt, work: work) }
        let isUrgent = Urgency.isUrgent(runtime.recipient.kind, work.event.type)
        return Acceptance(
            event: event, isRepeat: false, warning: isUrgent && Urgency.mustTellAtOnce(state) ? Urgency.warning : nil)
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
        _ person: String, asked: String?, for event: CaseEvent, _ runtime: RecipientRuntime, on today: CalendarDate
    ) throws(GatewayError) -> Role {
        let held = model.directory.actingPerson(person, at: model.brin(of: event), on: today)?.roles ?? []
        let allowed = model.policy.rule(for: event.type, to: runtime.recipient.kind)?.confirmation.roles ?? []
        let fitting = allowed.filter { held.contains($0) && (asked == nil || asked == $0.rawValue) }
        guard let role = fitting.first else { throw .forbidden(.rolOntbreekt) }
        return role
    }

    /// Releases a handover: the intent row is on disk before the text is given to the person (practice 21).
    public func release(_ id: DeliveryID, as principal: Principal) async throws(GatewayError) -> HandoverDocument {
        let person = try person(principal)
        var (delivery, work) = try await found(id)
        guard delivery.state == .releasable, let runtime = model.recipients[delivery.recipientID] else {
            throw .wrongState(actual: delivery.state, needed: [.releasable])
        }
        try requireRole(person, at: delivery.school, Self.decidingRoles)
        let judgement = model.judge(
            work.event, for: runtime, submitter: work.submitter, confirmation: work.confirmedBy, deliveryKey: work.key,
            reference: services.reference(work.event, delivery.recipientID), today: services.now.calendarDateInAmsterdam
        )
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
        try requireRole(person, at: delivery.school, Self.decidingRoles)
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
        _ = try await commit(change)
    }

    /// Puts a parked, rejected or unknown delivery back in the queue; the rules judge it again before anything leaves.
    public func retry(_ id: DeliveryID, as principal: Principal) async throws(GatewayError) {
        let person = try person(principal)
        let (delivery, work) = try await found(id)
        // ICT may set a technical failure going again; sending once more what may have arrived is for who decides.
        try requireRole(
            person, at: delivery.school, delivery.state == .unknown ? Self.decidingRoles : Self.decidingRoles + [.ict])
        guard [.parked, .rejected, .unknown].contains(delivery.state) else {
            throw .wrongState(actual: delivery.state, needed: [.parked, .rejected, .unknown])
        }
        let now = services.now
        var change = Change()
        var move = Move(id, from: [delivery.state], to: .queued)
        move.dueAt = now
        move.reason = "opnieuw door \(person)"
        change.moves = [move]
        _ = try await commit(change)
        await enqueue(delivery, at: now, work: work)
    }

    /// Stops a delivery that has not left.
    public func cancel(_ id: DeliveryID, as principal: Principal) async throws(GatewayError) {
        let person = try person(principal)
        let (delivery, _) = try await found(id)
        try requireRole(person, at: delivery.school, Self.decidingRoles)
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

    /// Who may release, close, retry and cancel.
    private static let decidingRoles: [Role] = [
        .aandachtsfunctionaris, .meldingsbevoegde, .eindverantwoordelijkeMelding, .directie,
    ]

    private func requireRole(_ person: String, at school: String, _ roles: [Role]) throws(GatewayError) {
        let today = services.now.calendarDateInAmsterdam
        let held = model.directory.actingPerson(person, at: school, on: today)?.roles ?? []
        guard roles.contains(where: held.contains) else { throw .forbidden(.rolOntbreekt) }
    }

    private func refusal(_ judgement: Judgement) -> GatewayError {
        switch judgement.verdict {
        case .refused(let refusals):
            .refused(
                code: refusals.first?.code.rawValue ?? "geenRegel", article: refusals.first?.article ?? "",
                text: refusals.first?.text ?? "")
        default: .refused(code: "bevestiging", article: "", text: "Deze aflevering wacht nog op bevestiging.")
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
