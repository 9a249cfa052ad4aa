// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import Disclosures
import PrivacyRules
import Synchronization
import Values

/// What the gateway knows of a case when it judges: read back from the journal, kept for a while.
extension GatewayServices {
    func caseName(of event: CaseEvent) -> CaseName {
        CaseName(school: model.brin(of: event), reference: event.zaak)
    }

    /// What the journalled events of a case have made known.
    func facts(of name: CaseName) async throws(StoreError) -> CaseFacts {
        let (known, generation) = knownFacts.find(name)
        if let known { return known }
        var facts = CaseFacts()
        for stored in try await store.caseEvents(name, types: Self.factTypes) {
            facts.apply(try Self.caseEvent(from: stored.body))
        }
        knownFacts.keep(facts, of: name, readIn: generation)
        return facts
    }

    /// Judges a delivery as things are now.
    func judge(_ work: Work, for runtime: RecipientRuntime) async throws(StoreError) -> Judgement {
        judge(work, for: runtime, facts: try await facts(of: caseName(of: work.event)))
    }

    /// - Parameter counterpartReference: for a judgement by which something leaves.
    func judge(
        _ work: Work, for runtime: RecipientRuntime, facts: CaseFacts, counterpartReference: String? = nil
    ) -> Judgement {
        model.judge(
            work.event, for: runtime, submitter: work.submitter, confirmation: work.confirmedBy, deliveryKey: work.key,
            reference: reference(work.event, runtime.recipient.id), counterpartReference: counterpartReference,
            facts: facts, today: now.calendarDateInAmsterdam)
    }

    /// What the recipient gave as its own reference (*kenmerk*) at the latest delivery of this case that has one.
    func counterpartReference(of event: CaseEvent, from runtime: RecipientRuntime) async throws(StoreError) -> String? {
        let rules = model.policy.rules(for: event.type, to: runtime.recipient.kind)
        guard rules.contains(where: { $0.message.quotesCounterpart }) else { return nil }
        return try await receipts(of: runtime.recipient.id, in: caseName(of: event)).max { $0.at < $1.at }?.reference
    }

    /// The latest reference of its own that a partner gave for a case: with a delivery, or as a person wrote it down.
    func partnerReference(_ recipientID: String, in name: CaseName) async throws(StoreError) -> String? {
        let types: [EventType] = [.terugkoppelingOntvangen, .partnercontactVastgelegd, .verstrekkingVastgelegd]
        var found = try await receipts(of: recipientID, in: name)
        for stored in try await store.caseEvents(name, types: Set(types.map(\.rawValue))) {
            let event = try Self.caseEvent(from: stored.body)
            guard (event.data["van"] ?? event.data["ontvanger"])?.string == recipientID,
                let reference = event.data["kenmerk"]?.string
            else { continue }
            found.append((stored.event.receivedAt, reference))
        }
        return found.max { $0.at < $1.at }?.reference
    }

    /// The references that a recipient gave with what it received of a case.
    private func receipts(
        of recipientID: String, in name: CaseName
    ) async throws(StoreError) -> [(at: Timestamp, reference: String)] {
        var filter = DeliveryFilter()
        filter.ofCase = name
        filter.recipientID = recipientID
        filter.states = [.delivered, .handedOver]
        return try await store.deliveries(filter).compactMap { delivery in
            guard let receipt = delivery.receipt, case .success(let value) = StrictJSON.read(receipt),
                let reference = value["kenmerk"]?.string
            else { return nil }
            return (delivery.changedAt, reference)
        }
    }

    /// Who must know that an urgent report has not arrived.
    func peopleToTell(about work: Work) async throws(StoreError) -> [String] {
        let facts = try await facts(of: caseName(of: work.event))
        return model.peopleToTell(
            about: work.event, submitter: work.submitter, barred: facts.barred, today: now.calendarDateInAmsterdam)
    }

    private static let factTypes = Set(CaseFacts.types.map(\.rawValue))
}

/// Facts of cases of late. Bounded; what was read while something changed is not kept.
final class KnownFacts: Sendable {
    private struct State {
        var facts: [CaseName: CaseFacts] = [:]
        /// Cases of which something is being committed, and how many such commits there are.
        var changing: [CaseName: Int] = [:]
        var generation = 0
    }

    private let state = Mutex(State())
    private static let capacity = 4096

    func find(_ name: CaseName) -> (CaseFacts?, generation: Int) {
        state.withLock { ($0.facts[name], $0.generation) }
    }

    func keep(_ facts: CaseFacts, of name: CaseName, readIn generation: Int) {
        state.withLock { state in
            guard state.generation == generation, state.changing[name] == nil else { return }
            if state.facts.count >= Self.capacity { state.facts.removeAll(keepingCapacity: true) }
            state.facts[name] = facts
        }
    }

    /// Before the commit of an event that changes them: until its end they are read from the store each time, so that nobody
    /// judges by what held before it once it is on disk.
    func beginChange(of name: CaseName) {
        state.withLock { state in
            state.generation += 1
            state.facts[name] = nil
            state.changing[name, default: 0] += 1
        }
    }

    /// After that commit, also when it failed.
    func endChange(of name: CaseName) {
        state.withLock { state in
            state.generation += 1
            let left = (state.changing[name] ?? 1) - 1
            state.changing[name] = left > 0 ? left : nil
        }
    }
}

/// One at a time per case: who changes what is known of it, and who judges by that and then lets something leave. So nothing leaves
/// by what held before a change that was acknowledged (practice 2).
final class CaseTurns: Sendable {
    /// Who waits for the turn of each case that somebody has.
    private let waiting = Mutex<[CaseName: [CheckedContinuation<Void, Never>]]>([:])

    func enter(_ name: CaseName) async {
        await withCheckedContinuation { continuation in
            let isFree = waiting.withLock { waiting in
                guard waiting[name] != nil else {
                    waiting[name] = []
                    return true
                }
                waiting[name]?.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    func leave(_ name: CaseName) {
        let next = waiting.withLock { waiting -> CheckedContinuation<Void, Never>? in
            guard waiting[name]?.isEmpty == false else {
                waiting[name] = nil
                return nil
            }
            return waiting[name]?.removeFirst()
        }
        next?.resume()
    }
}
