// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import Disclosures
import Meldcode
import PrivacyRules
import Values

/// What an event does to deliveries of its case that have not left yet: a withdrawn consent stops them, in the very commit that
/// journals it (practice 2).
extension MeldpoortGateway {
    /// Commits an event that changes what is known of its case, with what follows from it. A delivery that moves meanwhile is looked
    /// at again; one that has left by then has left.
    func commit(
        _ change: Change, changing facts: CaseFacts, of name: CaseName
    ) async throws(GatewayError) -> CommitReceipt {
        await services.turns.enter(name)
        defer { services.turns.leave(name) }
        for _ in 0..<Self.mostTries {
            let consequences = try await consequences(of: facts, for: name)
            var whole = change
            whole.moves += consequences.map(\.move)
            whole.notices += consequences.flatMap(\.notices)
            services.knownFacts.beginChange(of: name)
            let result: Result<CommitReceipt, GatewayError>
            do throws(GatewayError) { result = .success(try await commit(whole)) } catch { result = .failure(error) }
            services.knownFacts.endChange(of: name)
            switch result {
            case .success(let receipt):
                // Of an event that was there already nothing followed.
                if case .stored = receipt { for one in consequences { await settle(one) } }
                return receipt
            case .failure(.wrongState): continue
            case .failure(let error): throw error
            }
        }
        throw .unavailable
    }

    private static let mostTries = 20

    private struct Consequence {
        let delivery: StoredDelivery
        let work: Work
        let move: Move
        /// For whom an urgent report must not be thought to have arrived (practice 3).
        let notices: [NewNotice]
    }

    /// Only towards less, or towards another reason to wait; a hold never turns into a send by itself. What needs no confirmation
    /// and was released by a person (the LVS) goes on.
    private func consequences(of facts: CaseFacts, for name: CaseName) async throws(GatewayError) -> [Consequence] {
        var filter = DeliveryFilter()
        filter.ofCase = name
        filter.states = [.waiting, .queued, .releasable]
        do throws(StoreError) {
            var consequences: [Consequence] = []
            for delivery in try await services.store.deliveries(filter) {
                guard let runtime = model.recipients[delivery.recipientID] else { continue }
                let work = try await services.work(for: delivery)
                let judgement = services.judge(work, for: runtime, facts: facts)
                let judged = IntakePlan.Judged(
                    recipient: runtime.recipient, deliveryKey: work.key, judgement: judgement)
                var (state, reason) = IntakePlan.planned(judged)
                if delivery.state == .waiting, state == .queued || state == .releasable,
                    judgement.rule?.confirmation.need != ConfirmationRule.Need.none
                {
                    (state, reason) = (.waiting, Hold.bevestiging.rawValue)
                }
                guard state != delivery.state || reason != delivery.reason else { continue }
                // What is queued goes on, whatever stands beside it.
                if state == delivery.state, state != .waiting { continue }
                var move = Move(delivery.id, from: [delivery.state], to: state)
                move.reason = reason
                if state == .queued { move.dueAt = services.now }
                let isUrgent = Urgency.isUrgent(runtime.recipient.kind, work.event.type)
                if !isUrgent, state != .waiting { move.tellBy = .some(nil) }
                if !isUrgent, state == .waiting, delivery.state != .waiting {
                    move.tellBy = .some(model.holds.firstLook(since: services.now))
                }
                consequences.append(
                    Consequence(
                        delivery: delivery, work: work, move: move,
                        notices: isUrgent && state != delivery.state ? notices(move, delivery, work, facts) : []))
            }
            return consequences
        } catch {
            throw GatewayError(error)
        }
    }

    private func notices(
        _ move: Move, _ delivery: StoredDelivery, _ work: Work, _ facts: CaseFacts
    ) -> [NewNotice] {
        guard Urgency.mustTellAtOnce(move.to) else { return [] }
        let tell = model.peopleToTell(
            about: work.event, submitter: work.submitter, barred: facts.barred,
            today: services.now.calendarDateInAmsterdam)
        return Urgency.notices(
            tell: tell, recipientID: delivery.recipientID, subject: .existing(delivery.id), state: move.to,
            roundStart: delivery.roundStart, at: services.now)
    }

    private func settle(_ consequence: Consequence) async {
        let delivery = consequence.delivery
        if case .some(.some(let time)) = consequence.move.tellBy { services.watchTerm(delivery.id, time) }
        if consequence.move.to == .queued {
            await enqueue(delivery, at: services.now, work: consequence.work)
        } else if delivery.state == .queued {
            await dispatchers[delivery.recipientID]?.withdraw(delivery.id, caseNumber: delivery.caseNumber)
        }
    }

    /// Who got data of this case that are now corrected or must go, by the disclosure log (AVG art. 19). What was released to a
    /// person, or may have arrived, counts as received.
    func earlierRecipients(of event: CaseEvent) async throws(GatewayError) -> [String] {
        let wrong = Set((event.data["velden"]?.array ?? []).compactMap(\.string))
        var filter = DeliveryFilter()
        filter.ofCase = services.caseName(of: event)
        filter.states = Self.mayHaveReceived
        do throws(StoreError) {
            var found: [String] = []
            for delivery in try await services.store.deliveries(filter) where !found.contains(delivery.recipientID) {
                var entries = DisclosureFilter()
                entries.delivery = delivery.id
                let told = try await services.store.disclosures(entries).reduce(into: Set<String>()) { told, entry in
                    told.formUnion(DisclosureEntries.fields(in: entry.canonicalBytes))
                }
                if !told.isDisjoint(with: wrong) { found.append(delivery.recipientID) }
            }
            return found
        } catch {
            throw GatewayError(error)
        }
    }
}

/// What is offered after an event, in one step each.
enum NextSteps {
    static func of(_ event: CaseEvent, _ facts: CaseFacts) -> [String] {
        switch event.type {
        case .medewerkerBetrokken: staff(event.data["variant"]?.string)
        case .zaakAfgesloten: closed(event.data["reden"]?.string)
        case .wegingVastgelegd: weighed(event)
        default: []
        }
    }

    /// What the afwegingskader gives, and whether the decision needs a reason.
    private static func weighed(_ event: CaseEvent) -> [String] {
        guard let weighing = Weighing(event) else { return [] }
        return [weighing.outcome.text, weighing.shortfall ?? "Over uw besluit: \(weighing.comparisonText)."]
    }

    /// Practice 7.
    private static func staff(_ variant: String?) -> [String] {
        switch variant {
        case "zedenmisdrijfTegenLeerling":
            [
                "Dit gaat niet via de meldcode: meld het direct aan het bevoegd gezag (WPO art. 4a).",
                "Het bevoegd gezag overlegt meteen met de vertrouwensinspecteur: 0900-1113111.",
            ]
        case "anderGeweldOpHetWerk":
            [
                "Overleg met de vertrouwensinspecteur: 0900-1113111, en wijs op de klachtenregeling van de school.",
                "Een persoon besluit wat er verder gebeurt.",
            ]
        default: ["Dit is een gewone zaak; deze persoon ziet en hoort er niets meer van."]
        }
    }

    /// Practice 27.
    private static func closed(_ reason: String?) -> [String] {
        guard reason == "vermoedenNietBevestigd" || reason == "leerlingVertrokken" else { return [] }
        return [
            "Staat er een registratie in de verwijsindex? Laat de meldingsbevoegde haar intrekken (verwijsindexintrekking-gevraagd).",
            "Bericht wie gegevens kreeg (correctie-vastgesteld): `meldpoort case show` noemt hen.",
            "Zet een regel in het leerlingvolgsysteem, als registratie daar is vrijgegeven.",
            "Vraag het bestuur om een kortere bewaartermijn, als dat bij deze zaak past.",
        ]
    }
}
