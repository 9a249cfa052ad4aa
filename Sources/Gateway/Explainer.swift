// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Delivery
import Disclosures
import Ledger
public import PrivacyRules
public import Values

/// Judges without doing: the same rules, the same code as for real.
public struct Explainer: Sendable {
    private let model: GatewayModel
    private let pseudonyms: KeyedPseudonyms?

    init(model: GatewayModel, pseudonyms: KeyedPseudonyms) {
        self.model = model
        self.pseudonyms = pseudonyms
    }

    /// Offline, without the key: references then show as `MP-`.
    public init(model: GatewayModel) {
        self.model = model
        pseudonyms = nil
    }

    /// One explanation per routed recipient, or for the one named (routed or not).
    /// - Parameter facts: what other events of the case have made known.
    public func explain(
        _ event: CaseEvent, submitter: Submitter, recipient: String?, facts: CaseFacts = CaseFacts(),
        today: CalendarDate
    ) -> [Explanation] {
        let school = model.brin(of: event)
        let routed = model.routed(event)
        let ids = recipient.map { [$0] } ?? routed
        return ids.compactMap { model.recipients[$0] }.map { runtime in
            let reference = pseudonyms?.reference(
                school: school, caseReference: event.zaak, recipient: runtime.recipient.id)
            let judgement = model.judge(
                event, for: runtime, submitter: submitter, confirmation: nil, deliveryKey: "",
                reference: reference ?? "MP-", facts: facts, today: today)
            return Explanation(
                recipientID: runtime.recipient.id, recipientName: runtime.recipient.name,
                channel: runtime.recipient.channel, judgement: judgement, stays: judgement.stays(of: event))
        }
    }
}
