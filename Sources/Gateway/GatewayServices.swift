// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import Disclosures
import Logging
import PrivacyRules
import Values

/// What every part of the running gateway shares: the model, the one store, the keys, the time and the counts.
struct GatewayServices: Sendable {
    let model: GatewayModel
    let store: any Store
    let pseudonyms: KeyedPseudonyms
    let surroundings: Surroundings
    let metrics: GatewayMetrics
    /// Numbers, identifiers of the configuration and fixed words only.
    let logger: Logger
    let knownFacts = KnownFacts()
    let turns = CaseTurns()
    /// Called after a commit that made notices.
    let noticesMade: @Sendable () -> Void
    /// Called after a commit that changed what is owed.
    let owedChanged: @Sendable () -> Void
    /// Has the term of a delivery watched.
    let watchTerm: @Sendable (DeliveryID, Timestamp) -> Void

    var now: Timestamp { surroundings.now() }

    func reference(_ event: CaseEvent, _ recipientID: String) -> String {
        pseudonyms.reference(school: model.brin(of: event), caseReference: event.zaak, recipient: recipientID)
    }

    /// What goes along with a delivery and may come back with an answer: by it the answer is placed. Not with a message of rungs,
    /// which is of no case: what its reader answers is for the centrale contactpersoon to place.
    func mailReferences(_ work: Work, _ delivery: DeliveryID, _ recipient: Recipient) -> [NewMailReference] {
        guard !work.event.type.isOwn else { return [] }
        // Adapters make the delivery's key the identifier of their mail.
        let texts = [reference(work.event, recipient.id)] + (recipient.channel == .mail ? [work.key] : [])
        return texts.map { NewMailReference($0, delivery: delivery) }
    }

    /// Commits; false when the delivery was no longer in the state the change expects.
    func commitIfUnchanged(_ change: Change) async throws(StoreError) -> Bool {
        do {
            _ = try await store.commit(change)
        } catch .stateChanged {
            return false
        }
        if !change.notices.isEmpty { noticesMade() }
        if !change.owedSteps.isEmpty { owedChanged() }
        return true
    }

    /// Commits, waiting for the store as long as it takes; gives up only when the task is cancelled.
    func commitUntilDone(_ change: Change) async {
        var delay: Int64 = 50
        while true {
            do {
                _ = try await commitIfUnchanged(change)
                return
            } catch {
                metrics.count("meldpoort_store_failures_total")
                // Only what may pass by itself is waited for; anything else stays `sending`, and a restart makes it `unknown`.
                guard case .unavailable = error, !Task.isCancelled else {
                    return logger.error("an outcome could not be stored", metadata: ["error": "\(error)"])
                }
                logger.warning("the store cannot be written: trying again", metadata: ["error": "\(error)"])
                await surroundings.sleepUntil(now.adding(milliseconds: delay))
                delay = min(delay * 2, 5_000)
            }
        }
    }

    /// Reads back what an attempt needs.
    func work(for stored: StoredDelivery) async throws(StoreError) -> Work {
        guard let whole = try await store.wholeDelivery(stored.id) else { throw .noSuchDelivery(stored.id) }
        return try work(of: whole)
    }

    func work(of whole: WholeDelivery) throws(StoreError) -> Work {
        let stored = whole.delivery
        return Work(
            event: try Self.caseEvent(from: whole.body), submitter: whole.submitter, traceID: whole.traceID,
            key: stored.key, confirmedBy: stored.confirmedBy, attempts: stored.attempts,
            roundStart: stored.roundStart)
    }

    /// The event as it was journalled.
    static func caseEvent(from body: [UInt8]) throws(StoreError) -> CaseEvent {
        guard case .success(let value) = StrictJSON.read(body), let data = value["data"],
            let id = value["id"]?.string, let source = value["source"]?.string,
            let type = value["type"]?.string.flatMap(EventType.init(rawValue:)),
            let event = try? CaseEvent(
                id: id, source: source, type: type, time: value["time"]?.string.flatMap { Timestamp($0) }, data: data)
        else { throw .corrupt("een gebeurtenis is niet te lezen") }
        return event
    }

    func context(_ work: Work, attempt: Int) -> EntryContext {
        EntryContext(
            deliveryKey: work.key, attempt: attempt, at: now, school: model.brin(of: work.event),
            caseReference: work.event.zaak, traceID: work.traceID, submitter: work.submitter)
    }

    func intentEntry(_ work: Work, _ permit: Permit, _ judgement: Judgement) -> [UInt8] {
        DisclosureEntries.intent(
            permit, policyVersion: judgement.policyVersion, confirmedBy: work.confirmedBy,
            shortfalls: judgement.shortfalls, context: context(work, attempt: work.attempts), salt: Fresh.bytes(16),
            pseudonyms: pseudonyms)
    }

    func outcomeEntry(_ outcome: Outcome, _ work: Work) -> [UInt8] {
        DisclosureEntries.outcome(outcome, context: context(work, attempt: work.attempts), pseudonyms: pseudonyms)
    }
}
