// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
public import CaseEvents
public import Delivery
import Disclosures
import Logging
import PrivacyRules
import Values

/// What became of a submitted event at the door.
public struct Acceptance: Sendable, Hashable {
    public let event: EventID
    /// It was journalled before, with the same body.
    public let isRepeat: Bool
    /// "Nog niet aangekomen: …" when an urgent report is not on its way by itself.
    public let warning: String?
    /// What to do first, before anything else: "bel nu 112".
    public let first: [String]
    /// What is offered to be done next.
    public let next: [String]

    init(event: EventID, isRepeat: Bool, warning: String?, first: [String] = [], next: [String] = []) {
        self.event = event
        self.isRepeat = isRepeat
        self.warning = warning
        self.first = first
        self.next = next
    }
}

extension MeldpoortGateway {
    /// Takes in one event. When this returns, the event is on disk and no power cut takes it back.
    public func submit(_ event: CaseEvent, as principal: Principal) async throws(GatewayError) -> Acceptance {
        try admit(event, principal)
        let arrival = IntakePlan.Arrival(
            event: event, school: model.brin(of: event), submitter: principal.submitter, receivedAt: services.now,
            traceID: event.traceID ?? Fresh.traceID(), owedSteps: owedSteps(of: event, principal))
        if event.type != .bevestigingGegeven { try await refuseBarred(principal, event) }
        switch event.type {
        case .bevestigingGegeven: return try await confirm(arrival, person: try person(principal))
        case .verstrekkingVastgelegd: return try await recordAfterwards(arrival)
        default:
            try await checkOwedAct(event, as: principal)
            let mail = try await mailJudgement(in: event, as: principal, at: arrival.receivedAt)
            return try await journal(arrival, judging: mail)
        }
    }

    /// Whether this caller may bring the event in, and whether everything it refers to exists. Stores nothing, so that a bundle
    /// can be looked at as a whole first.
    public func authorise(_ event: CaseEvent, as principal: Principal) async throws(GatewayError) {
        try admit(event, principal)
        try await refuseBarred(principal, event)
        if event.type == .bevestigingGegeven { _ = try await deliveryToConfirm(event) }
        try await checkOwedAct(event, as: principal)
        _ = try await mailJudgement(in: event, as: principal, at: services.now)
    }

    /// Who is barred from a case brings nothing in for it either (practice 7).
    private func refuseBarred(_ principal: Principal, _ event: CaseEvent) async throws(GatewayError) {
        guard let person = principal.person, try await facts(of: event).barred.contains(person) else { return }
        throw .forbidden(.buitenBereik)
    }

    /// Says what would happen with an event, with what the case has made known so far, and does nothing.
    public func explain(
        _ event: CaseEvent, as principal: Principal, recipient: String? = nil
    ) async throws(GatewayError) -> [Explanation] {
        try await authorise(event, as: principal)
        var facts = try await facts(of: event)
        facts.apply(event)
        return Explainer(model: model, pseudonyms: services.pseudonyms)
            .explain(
                event, submitter: principal.submitter, recipient: recipient, facts: facts,
                today: services.now.calendarDateInAmsterdam)
    }

    /// The name under which the gateway brings in the events that it makes itself.
    static let ownName = "meldpoort"

    /// What can be told without the store: reach of the token, and names that the configuration must know.
    private func admit(_ event: CaseEvent, _ principal: Principal) throws(GatewayError) {
        // No token can have this name: those of tokens are longer.
        guard !event.type.isOwn || principal.tokenID == Self.ownName else { throw .forbidden(.alleenMeldpoort) }
        guard model.school(for: event.school) != nil else {
            throw .invalid([
                EventProblem(
                    .ongeldigeWaarde, at: "/data/school", "Deze school staat niet in de configuratie (schools).")
            ])
        }
        guard principal.schools.contains(model.brin(of: event)) else { throw .forbidden(.schoolBuitenBereik) }
        if event.type.isPublication, !model.schools(for: event).allSatisfy({ principal.schools.contains($0) }) {
            throw .forbidden(.schoolBuitenBereik)
        }
        guard !event.type.needsPerson || principal.person != nil else { throw .forbidden(.alleenPersoon) }
        guard !PersonSource.all.contains(event.source) || principal.person != nil else {
            throw .forbidden(.alleenPersoon)
        }
        guard principal.eventTypes.contains(event.type.rawValue) else { throw .forbidden(.typeBuitenBereik) }
        let unknown = unknownReferences(in: event)
        guard unknown.isEmpty else { throw .invalid(unknown) }
    }

    func person(_ principal: Principal) throws(GatewayError) -> String {
        guard let person = principal.person else { throw .forbidden(.alleenPersoon) }
        return person
    }

    /// What the event opens and closes of what is owed.
    private func owedSteps(of event: CaseEvent, _ principal: Principal) -> [OwedStep] {
        let (now, school) = (services.now, model.brin(of: event))
        return model.owed.steps(
            for: event, submitter: principal.person, at: now,
            roles: { person in
                guard model.directory.person(person) != nil else { return nil }
                return model.directory.roles(of: person, at: school, on: now.calendarDateInAmsterdam)
            }, kinds: { model.recipients[$0]?.recipient.kind })
    }

    /// Journals an event that the gateway itself makes: that a term ended, or that a rung was taken.
    /// - Parameters:
    ///   - steps: Done in the same commit, beside what the event does by itself.
    ///   - notices: Made in the same commit when nothing of the event is on its way to anybody.
    func journalOwn(_ event: CaseEvent, _ steps: [OwedStep], _ notices: [NewNotice]) async throws(GatewayError) {
        let own = Principal(
            tokenID: Self.ownName, kind: .systeem, personID: nil, schools: [model.brin(of: event)],
            eventTypes: [event.type.rawValue])
        try admit(event, own)
        let arrival = IntakePlan.Arrival(
            event: event, school: model.brin(of: event), submitter: own.submitter, receivedAt: services.now,
            traceID: Fresh.traceID(), owedSteps: owedSteps(of: event, own) + steps)
        _ = try await journal(arrival, unlessSent: notices)
    }

    // MARK: - Ordinary events

    /// - Parameters:
    ///   - mail: What the event says of a received mail.
    ///   - notices: Made when nothing of the event is on its way to anybody.
    private func journal(
        _ arrival: IntakePlan.Arrival, judging mail: NewMailJudgement? = nil, unlessSent notices: [NewNotice] = []
    ) async throws(GatewayError) -> Acceptance {
        let event = arrival.event
        let name = services.caseName(of: event)
        let before = try await facts(of: event)
        var facts = before
        facts.apply(event)
        let judged = try await recipients(of: event).map { runtime in
            judge(arrival, for: runtime, facts)
        }
        let today = arrival.receivedAt.calendarDateInAmsterdam
        let hasUrgent = judged.contains { Urgency.isUrgent($0.recipient.kind, event.type) }
        let tell =
            hasUrgent
            ? model.peopleToTell(about: event, submitter: arrival.submitter, barred: facts.barred, today: today) : []
        var change = IntakePlan.change(
            arrival, judged: judged, tell: tell, tellAfterSeconds: model.tellAfterSeconds,
            holds: model.holds)
        if event.type == .medewerkerBetrokken { change.barred = facts.barred.sorted() }
        change.mail.judged = mail
        if !change.deliveries.contains(where: { $0.state == .queued }) { change.notices += notices }
        let receipt =
            facts != before || CaseFacts.deciding.contains(event.type)
            ? try await commit(change, changing: facts, of: name) : try await commit(change)
        guard case .stored(let id?, let deliveries, let caseNumber?) = receipt else { return repeated(receipt) }
        metrics.count("meldpoort_events_accepted_total", ("type", event.type.shortName))
        await dispatch(arrival, change: change, deliveries: deliveries, caseNumber: caseNumber)
        let mustTell = zip(judged, change.deliveries).contains { judged, delivery in
            Urgency.isUrgent(judged.recipient.kind, event.type) && Urgency.mustTellAtOnce(delivery.state)
        }
        return Acceptance(
            event: id, isRepeat: false, warning: mustTell ? Urgency.warning : nil,
            first: facts.alarms(for: event).map(\.text), next: NextSteps.of(event, facts))
    }

    private func judge(
        _ arrival: IntakePlan.Arrival, for runtime: RecipientRuntime, _ facts: CaseFacts
    ) -> IntakePlan.Judged {
        let key = Fresh.uuid()
        let judgement = model.judge(
            arrival.event, for: runtime, submitter: arrival.submitter, confirmation: nil, deliveryKey: key,
            reference: services.reference(arrival.event, runtime.recipient.id), facts: facts,
            today: arrival.receivedAt.calendarDateInAmsterdam)
        return IntakePlan.Judged(recipient: runtime.recipient, deliveryKey: key, judgement: judgement)
    }

    /// Where the event goes: by its own words, by the routes, or (a correction) to who got the old data.
    private func recipients(of event: CaseEvent) async throws(GatewayError) -> [RecipientRuntime] {
        let routed = event.type == .opschalingGedaan ? model.recipients(ofRung: event) : model.routed(event)
        let earlier = event.type == .correctieVastgesteld ? try await earlierRecipients(of: event) : []
        return (routed + earlier.filter { !routed.contains($0) }).compactMap { model.recipients[$0] }
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
            if !change.owedSteps.isEmpty { services.owedChanged() }
            return receipt
        } catch {
            if case .unavailable = error { metrics.count("meldpoort_store_failures_total") }
            if case .invalidChange(let code) = error {
                services.logger.error("the store refused a change that breaks its rules", metadata: ["code": "\(code)"])
            }
            throw GatewayError(error)
        }
    }

    // MARK: - Disclosures that already happened

    /// Phone first, record after: asks for no earlier step and judges nothing away (practice 4).
    private func recordAfterwards(_ arrival: IntakePlan.Arrival) async throws(GatewayError) -> Acceptance {
        guard let id = arrival.event.data["ontvanger"]?.string, let runtime = model.recipients[id] else {
            throw .noSuchDelivery
        }
        let told = Set(Self.fieldsTold(arrival.event)).sorted().map(FieldPath.init)
        let key = Fresh.uuid()
        let context = EntryContext(
            deliveryKey: key, attempt: 1, at: arrival.receivedAt, school: arrival.school,
            caseReference: arrival.event.zaak, traceID: arrival.traceID, submitter: arrival.submitter)
        var change = Change()
        change.event = IntakePlan.newEvent(arrival)
        change.owedSteps = arrival.owedSteps
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
                    rule: model.policy.rule(for: .veiligThuisMeldingBesloten, to: runtime.recipient.kind)
                        ?? model.policy.rule(for: .verstrekkingBesloten, to: runtime.recipient.kind),
                    policyVersion: model.policy.version,
                    persons: PersonsConcerned.everybody(in: arrival.event, told: Set(told)),
                    fields: told,
                    context: context, pseudonyms: services.pseudonyms))
        ]
        // It is what the person quotes on the phone, and what an answer by mail is placed by.
        change.mail.references = [NewMailReference(services.reference(arrival.event, id), planned: 0)]
        let receipt = try await commit(change)
        guard case .stored(let event?, _, _) = receipt else { return repeated(receipt) }
        metrics.count("meldpoort_events_accepted_total", ("type", arrival.event.type.shortName))
        return Acceptance(event: event, isRepeat: false, warning: nil)
    }

    private static func fieldsTold(_ event: CaseEvent) -> [String] {
        (event.data["velden"]?.array ?? []).compactMap(\.string)
    }
}
