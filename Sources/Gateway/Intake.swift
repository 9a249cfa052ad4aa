// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Delivery
import Disclosures
import PrivacyRules
import Values

/// What became of a submitted event at the door.
public struct Acceptance: Sendable, Hashable {
    public let event: EventID
    /// It was journalled before, with the same body.
    public let isRepeat: Bool
    /// "Nog niet aangekomen: …" when an urgent report is not on its way by itself.
    public let warning: String?
}

extension MeldpoortGateway {
    /// Takes in one event. When this returns, the event is on disk and no power cut takes it back.
    public func submit(_ event: CaseEvent, as principal: Principal) async throws(GatewayError) -> Acceptance {
        try authorise(event, principal)
        let arrival = IntakePlan.Arrival(
            event: event, school: model.brin(of: event), submitter: principal.submitter, receivedAt: services.now,
            traceID: event.traceID ?? Fresh.traceID())
        switch event.type {
        case .bevestigingGegeven: return try await confirm(arrival, person: try person(principal))
        case .verstrekkingVastgelegd: return try await recordAfterwards(arrival)
        case .terugkoppelingOntvangen: try checkRecipient(field: "van", of: event)
        default: break
        }
        return try await journal(arrival)
    }

    /// Says what would happen with an event, and does nothing.
    public func explain(
        _ event: CaseEvent, as principal: Principal, recipient: String? = nil
    ) throws(GatewayError) -> [Explanation] {
        try authorise(event, principal)
        return Explainer(model: model, pseudonyms: services.pseudonyms)
            .explain(
                event, submitter: principal.submitter, recipient: recipient, today: services.now.calendarDateInAmsterdam
            )
    }

    private func authorise(_ event: CaseEvent, _ principal: Principal) throws(GatewayError) {
        guard model.school(for: event.school) != nil else {
            throw .invalid([
                EventProblem(
                    .ongeldigeWaarde, at: "/data/school", "Deze school staat niet in de configuratie (schools).")
            ])
        }
        guard principal.schools.contains(model.brin(of: event)) else { throw .forbidden(.schoolBuitenBereik) }
        guard !event.type.needsPerson || principal.person != nil else { throw .forbidden(.alleenPersoon) }
        guard principal.eventTypes.contains(event.type.rawValue) else { throw .forbidden(.typeBuitenBereik) }
    }

    func person(_ principal: Principal) throws(GatewayError) -> String {
        guard let person = principal.person else { throw .forbidden(.alleenPersoon) }
        return person
    }

    private func checkRecipient(field: String, of event: CaseEvent) throws(GatewayError) {
        guard let id = event.data[field]?.string, model.recipients[id] == nil else { return }
        throw .invalid([
            EventProblem(
                .ongeldigeWaarde, at: "/data/\(field)", "Deze ontvanger staat niet in de configuratie (recipients).")
        ])
    }

    // MARK: - Ordinary events

    private func journal(_ arrival: IntakePlan.Arrival) async throws(GatewayError) -> Acceptance {
        let today = arrival.receivedAt.calendarDateInAmsterdam
        let school = arrival.school
        let judged = model.routes.recipients(for: arrival.event.type, school: school)
            .compactMap { model.recipients[$0] }
            .map { runtime in
                let key = Fresh.uuid()
                return IntakePlan.Judged(
                    recipient: runtime.recipient, deliveryKey: key,
                    judgement: model.judge(
                        arrival.event, for: runtime, submitter: arrival.submitter, confirmation: nil, deliveryKey: key,
                        reference: services.reference(arrival.event, runtime.recipient.id), today: today))
            }
        let hasUrgent = judged.contains { Urgency.isUrgent($0.recipient.kind, arrival.event.type) }
        let change = IntakePlan.change(
            arrival, judged: judged,
            tell: hasUrgent ? model.peopleToTell(about: arrival.event, submitter: arrival.submitter, today: today) : [],
            tellAfterSeconds: model.tellAfterSeconds)
        let receipt = try await commit(change)
        guard case .stored(let event?, let deliveries, let caseNumber?) = receipt else { return repeated(receipt) }
        metrics.count("meldpoort_events_accepted_total", ("type", arrival.event.type.shortName))
        await dispatch(arrival, change: change, deliveries: deliveries, caseNumber: caseNumber)
        let mustTell = change.deliveries.contains { $0.tellBy != nil && Urgency.mustTellAtOnce($0.state) }
        return Acceptance(event: event, isRepeat: false, warning: mustTell ? Urgency.warning : nil)
    }

    private func repeated(_ receipt: CommitReceipt) -> Acceptance {
        metrics.count("meldpoort_events_repeated_total")
        let event: EventID = if case .duplicate(let event) = receipt { event } else { 0 }
        return Acceptance(event: event, isRepeat: true, warning: nil)
    }

    /// After the commit: what is queued goes to its dispatcher, what is urgent is watched.
    private func dispatch(
        _ arrival: IntakePlan.Arrival, change: Change, deliveries: [DeliveryID], caseNumber: Int64
    ) async {
        guard deliveries.count == change.deliveries.count else { return }
        for (planned, id) in zip(change.deliveries, deliveries) {
            if let time = planned.tellBy { await watch.add(id, at: time) }
            guard planned.state == .queued else { continue }
            let work = Work(
                event: arrival.event, submitter: arrival.submitter, traceID: arrival.traceID, key: planned.key,
                confirmedBy: planned.confirmedBy, attempts: 0)
            await enqueue(id, caseNumber: caseNumber, of: planned.recipientID, at: arrival.receivedAt, work: work)
        }
    }

    func commit(_ change: Change) async throws(GatewayError) -> CommitReceipt {
        do {
            let receipt = try await services.store.commit(change)
            if !change.notices.isEmpty { services.noticesMade() }
            return receipt
        } catch {
            if case .unavailable = error { metrics.count("meldpoort_store_failures_total") }
            throw GatewayError(error)
        }
    }

    // MARK: - Disclosures that already happened

    /// Phone first, record after: asks for no earlier step and judges nothing away (practice 4).
    private func recordAfterwards(_ arrival: IntakePlan.Arrival) async throws(GatewayError) -> Acceptance {
        try checkRecipient(field: "ontvanger", of: arrival.event)
        guard let id = arrival.event.data["ontvanger"]?.string, let runtime = model.recipients[id] else {
            throw .noSuchDelivery
        }
        let told = try fieldsTold(arrival.event)
        let key = Fresh.uuid()
        let context = EntryContext(
            deliveryKey: key, attempt: 1, at: arrival.receivedAt, school: arrival.school,
            caseReference: arrival.event.zaak, traceID: arrival.traceID, submitter: arrival.submitter)
        var change = Change()
        change.event = IntakePlan.newEvent(arrival)
        change.deliveries = [
            NewDelivery(
                key: key, recipientID: id, state: .handedOver, reason: "achterafVastgelegd", confirmedBy: nil,
                tellBy: nil)
        ]
        change.entries = [
            NewEntry(
                subject: .planned(0), kind: .afterwards, attempt: 1,
                canonicalBytes: DisclosureEntries.afterwards(
                    event: arrival.event, recipient: runtime.recipient,
                    rule: model.policy.rule(for: .veiligThuisMeldingBesloten, to: runtime.recipient.kind),
                    policyVersion: model.policy.version, persons: PersonsConcerned.everybody(in: arrival.event),
                    fields: told,
                    context: context, pseudonyms: services.pseudonyms))
        ]
        let receipt = try await commit(change)
        guard case .stored(let event?, _, _) = receipt else { return repeated(receipt) }
        metrics.count("meldpoort_events_accepted_total", ("type", arrival.event.type.shortName))
        return Acceptance(event: event, isRepeat: false, warning: nil)
    }

    /// The names of the fields that were told: those of a report, and nothing else.
    private func fieldsTold(_ event: CaseEvent) throws(GatewayError) -> [FieldPath] {
        let known = Set(EventType.veiligThuisMeldingBesloten.schema.leaves.map(\.path.text))
        let told = (event.data["velden"]?.array ?? []).compactMap(\.string)
        let problems = told.enumerated().filter { !known.contains($0.element) }.map { index, name in
            EventProblem(
                .ongeldigeWaarde, at: "/data/velden/\(index)",
                "Dit is geen veldnaam van een melding."
                    + (Suggestion.nearest(to: name, among: known).map { " Bedoelt u “\($0)”?" } ?? ""))
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        return Set(told).sorted().map(FieldPath.init)
    }
}
