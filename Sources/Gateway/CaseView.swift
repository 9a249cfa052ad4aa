// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import CaseEvents
public import Delivery
import Disclosures
import Logging
public import Meldcode
import PrivacyRules
import Values

extension MeldpoortGateway {
    /// The course of a case, for somebody who decides at its school: fixed words, no content and no names.
    /// - Throws: `noSuchCase` when there is none, or for who is barred from it (practice 7).
    public func caseTimeline(
        school: String, zaak: String, as principal: Principal
    ) async throws(GatewayError) -> CaseTimeline {
        let person = try person(principal)
        let name = CaseName(school: school, reference: zaak)
        guard principal.schools.contains(school) else { throw .noSuchCase }
        let today = services.now.calendarDateInAmsterdam
        let held = model.directory.actingPerson(person, at: school, on: today)?.roles ?? []
        guard Self.decidingRoles.contains(where: held.contains) else { throw .forbidden(.rolOntbreekt) }
        do throws(StoreError) {
            let facts = try await services.facts(of: name)
            let events = try await arrivals(name)
            guard !events.isEmpty, !facts.barred.contains(person) else { throw StoreError.noSuchDelivery(0) }
            services.logger.info("case shown", metadata: ["token": "\(principal.tokenID)", "school": "\(school)"])
            return CaseTimeline(
                CaseRecord(
                    zaak: zaak, events: events, track: model.track(of: school, on: today), partners: partners,
                    deliveries: try await deliveries(name),
                    alarms: events.last.map { facts.alarms(for: $0.event).map(\.text) } ?? []))
        } catch {
            if case .noSuchDelivery = error { throw .noSuchCase }
            throw GatewayError(error)
        }
    }

    private func arrivals(_ name: CaseName) async throws(StoreError) -> [CaseRecord.Arrival] {
        var arrivals: [CaseRecord.Arrival] = []
        for stored in try await services.store.caseEvents(name, types: nil) {
            let event = try GatewayServices.caseEvent(from: stored.body)
            arrivals.append(CaseRecord.Arrival(event, receivedAt: stored.event.receivedAt))
        }
        return arrivals
    }

    private var partners: [String: CaseRecord.Partner] {
        model.recipients.mapValues { runtime in
            CaseRecord.Partner(name: runtime.recipient.name, isVeiligThuis: runtime.recipient.kind == .veiligThuis)
        }
    }

    private func deliveries(_ name: CaseName) async throws(StoreError) -> [CaseRecord.Delivery] {
        var filter = DeliveryFilter()
        filter.ofCase = name
        var views: [CaseRecord.Delivery] = []
        for delivery in try await services.store.deliveries(filter) {
            let owed = try await services.store.owed(eventID: delivery.event).filter { $0.delivery == delivery.id }
            let kind = model.recipients[delivery.recipientID]?.recipient.kind
            let type = EventType(rawValue: delivery.eventType)
            let isDisclosure = Self.mayHaveReceived.contains(delivery.state)
            let rule = type.flatMap { type in kind.flatMap { model.policy.rule(for: type, to: $0) } }
            views.append(
                CaseRecord.Delivery(
                    number: Int(delivery.id), recipient: delivery.recipientID, state: delivery.state.text,
                    at: delivery.changedAt, article: rule?.ground.article, isDisclosure: isDisclosure,
                    owesFeedback: isDisclosure && kind == .veiligThuis && type == .veiligThuisMeldingBesloten,
                    owed: owed.compactMap { Shortfall(rawValue: $0.code)?.text }))
        }
        return views
    }

    /// States in which the recipient has the data, or may have them.
    static let mayHaveReceived: Set<DeliveryState> = [.delivered, .handedOver, .released, .unknown, .sending]
}

extension DeliveryState {
    /// For people, in Dutch.
    public var text: String {
        switch self {
        case .waiting: "wacht op een persoon"
        case .queued: "staat in de wachtrij"
        case .sending: "wordt verzonden"
        case .delivered: "afgeleverd"
        case .rejected: "afgewezen door de ontvanger"
        case .refused: "geweigerd door de regels"
        case .parked: "geparkeerd"
        case .unknown: "onbekend of het is aangekomen"
        case .releasable: "klaar om vrij te geven"
        case .released: "vrijgegeven om door te geven"
        case .handedOver: "verstrekt"
        case .notHandedOver: "niet verstrekt"
        case .cancelled: "geannuleerd"
        }
    }
}
