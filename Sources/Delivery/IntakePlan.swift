// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Disclosures
public import PrivacyRules
public import Values

/// What the arrival of an event leads to: one change for the store. Pure.
public struct IntakePlan: Sendable {
    /// An event that has just come in.
    public struct Arrival: Sendable {
        public let event: CaseEvent
        /// The BRIN under which the configuration knows the school.
        public let school: String
        public let submitter: Submitter
        public let receivedAt: Timestamp
        public let traceID: String
        /// What it does to owed items.
        public let owedSteps: [OwedStep]

        public init(
            event: CaseEvent, school: String, submitter: Submitter, receivedAt: Timestamp, traceID: String,
            owedSteps: [OwedStep] = []
        ) {
            self.owedSteps = owedSteps
            self.event = event
            self.school = school
            self.submitter = submitter
            self.receivedAt = receivedAt
            self.traceID = traceID
        }
    }

    /// What the rules say of one recipient.
    public struct Judged: Sendable {
        public let recipient: Recipient
        public let deliveryKey: String
        public let judgement: Judgement

        public init(recipient: Recipient, deliveryKey: String, judgement: Judgement) {
            self.recipient = recipient
            self.deliveryKey = deliveryKey
            self.judgement = judgement
        }
    }

    /// Plans the journal entry, the deliveries, and whom to tell at once.
    /// - Parameters:
    ///   - tell: the persons who must know when an urgent report has not arrived: submitter and aandachtsfunctionarissen.
    ///   - tellAfterSeconds: the term of practice 3.
    ///   - holds: the clock of what waits for a person.
    public static func change(
        _ arrival: Arrival, judged: [Judged], tell: [String], tellAfterSeconds: Int, holds: HoldClock
    ) -> Change {
        var change = Change()
        change.event = newEvent(arrival)
        change.owedSteps = arrival.owedSteps
        for (position, one) in judged.enumerated() {
            let (state, reason) = planned(one)
            let isUrgent = Urgency.isUrgent(one.recipient.kind, arrival.event.type)
            change.deliveries.append(
                NewDelivery(
                    key: one.deliveryKey, recipientID: one.recipient.id, state: state, reason: reason,
                    confirmedBy: confirmation(one, arrival),
                    tellBy: isUrgent
                        ? arrival.receivedAt.adding(seconds: tellAfterSeconds)
                        : state == .waiting ? holds.firstLook(since: arrival.receivedAt) : nil,
                    situation: one.judgement.situation.json.canonicalBytes))
            if isUrgent, Urgency.mustTellAtOnce(state) {
                change.notices += Urgency.notices(
                    tell: tell, recipientID: one.recipient.id, subject: .planned(position), state: state,
                    at: arrival.receivedAt)
            }
        }
        return change
    }

    /// Where submitting in a role is the confirmation, it is kept as one: a role that ends later takes nothing back.
    private static func confirmation(_ judged: Judged, _ arrival: Arrival) -> Confirmation? {
        guard case .permitted(let permit) = judged.judgement.verdict, let role = permit.confirmedAs,
            let person = arrival.submitter.personID
        else { return nil }
        return Confirmation(personID: person, role: role.rawValue, at: arrival.receivedAt)
    }

    /// The journal entry alone.
    public static func newEvent(_ arrival: Arrival) -> NewEvent {
        NewEvent(
            source: arrival.event.source, id: arrival.event.id, type: arrival.event.type.rawValue,
            school: arrival.school, caseReference: arrival.event.zaak,
            body: arrival.event.structured.canonicalBytes, receivedAt: arrival.receivedAt, submitter: arrival.submitter,
            traceID: arrival.traceID)
    }

    /// The first state of a delivery, or the state after a judgement at a later moment before sending.
    public static func planned(_ judged: Judged) -> (state: DeliveryState, reason: String?) {
        switch judged.judgement.verdict {
        case .permitted: (judged.recipient.channel == .handover ? .releasable : .queued, nil)
        case .waiting(let waiting): (.waiting, waiting.reasons.first?.hold.rawValue ?? Hold.bevestiging.rawValue)
        case .refused(let refusals): (.refused, refusals.first?.code.rawValue ?? "geenRegel")
        }
    }
}

/// Practice 3: the reporter always knows whether it arrived.
public enum Urgency {
    /// A report (not an anonymous question for advice) to Veilig Thuis, Raad, GI or politie.
    public static func isUrgent(_ kind: RecipientKind, _ type: EventType) -> Bool {
        RecipientKind.urgent.contains(kind) && (type == .veiligThuisMeldingBesloten || type == .verstrekkingBesloten)
    }

    /// States of which the submitter and the aandachtsfunctionaris hear at once.
    public static func mustTellAtOnce(_ state: DeliveryState) -> Bool {
        switch state {
        case .waiting, .parked, .rejected, .unknown, .refused, .releasable: true
        default: false
        }
    }

    /// The sentence that goes with every urgent report that has not arrived. Content-free.
    public static let warning = "Nog niet aangekomen: bel 0800-2000, bij acuut gevaar 112."

    public static func notices(
        tell: [String], recipientID: String, subject: NewEntry.Subject?, state: DeliveryState, roundStart: Int = 0,
        at now: Timestamp
    ) -> [NewNotice] {
        tell.map { person in
            NewNotice(
                kind: .notArrived, addressee: .person(person), recipientID: recipientID, subject: subject,
                cause: cause(state.rawValue, roundStart: roundStart), createdAt: now)
        }
    }

    /// The cause of a notice. In a round that a person started it holds the attempts made before, so that what went wrong again
    /// is told again.
    public static func cause(_ word: String, roundStart: Int) -> String {
        roundStart == 0 ? word : "\(word)/\(roundStart)"
    }

    /// The state that made the notice; nil when it was a term.
    public static func state(ofCause cause: String) -> DeliveryState? {
        DeliveryState(rawValue: String(cause.prefix { $0 != "/" }))
    }
}
