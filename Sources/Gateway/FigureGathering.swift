// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import Disclosures
import Figures
import Meldcode
import Values

/// Reads from the store what figures are made of: one case at a time, and nothing of it stays but what is counted.
struct FigureGathering {
    let services: GatewayServices
    let scope: FigureScope
    let period: FigurePeriod

    /// What was counted.
    struct Counted {
        var cases: [CaseRow] = []
        var expectations: [ExpectationRow] = []
        var barriers: [BarrierRow] = []
    }

    /// Events that make no case: a publication, and the gateway's own.
    private static let withoutCase = Set(
        EventType.allCases.filter { $0.isPublication || $0.isOwn }.map(\.rawValue))

    func counted() async throws(StoreError) -> Counted {
        let expected = try await services.store.expectedFeedback(
            scope, kinds: OwedKind.feedback, from: period.from, to: period.to)
        // The day of an answer is what the event says that closed the item.
        var closings = Dictionary(
            expected.compactMap { $0.item.closedBy }.map { ($0, nil as CalendarDate?) }, uniquingKeysWith: { $1 })
        var counted = Counted()
        let active = try await services.store.activeCases(
            scope, since: period.from.startInAmsterdam, withoutTypes: Self.withoutCase)
        let partners = partners
        for one in active {
            let entries = try await entries(of: one)
            for entry in entries where closings.keys.contains(entry.number) { closings[entry.number] = entry.day }
            let fold = FigureFold(
                school: one.school, entries, states: try await states(of: one, entries),
                track: track(of: one.school), partners: partners, period: period)
            if let row = fold.row { counted.cases.append(row) }
            counted.barriers += fold.barriers
        }
        for (number, day) in closings where day == nil { closings[number] = try await self.day(of: number) }
        counted.expectations = expected.compactMap { row($0, closings) }
        return counted
    }

    // MARK: - Cases

    private func entries(of one: ActiveCase) async throws(StoreError) -> [FigureFold.Entry] {
        var entries: [FigureFold.Entry] = []
        for stored in try await services.store.caseEvents(ofCase: one.number) {
            let event = try GatewayServices.caseEvent(from: stored.body)
            entries.append(.init(stored.event.id, event, receivedAt: stored.event.receivedAt))
        }
        return entries
    }

    private func states(
        of one: ActiveCase, _ entries: [FigureFold.Entry]
    ) async throws(StoreError) -> [EventID: [DeliveryState]] {
        guard entries.contains(where: { FigureFold.deliveredTypes.contains($0.event.type) }) else { return [:] }
        var filter = DeliveryFilter()
        filter.caseNumber = one.number
        return Dictionary(grouping: try await services.store.deliveries(filter), by: \.event)
            .mapValues { $0.map(\.state) }
    }

    private func track(of school: String) -> Track? {
        services.model.track(of: school, on: min(period.to, services.now.calendarDateInAmsterdam))
    }

    private var partners: FigureFold.Partners {
        let recipients = services.model.recipients
        return FigureFold.Partners(
            named: recipients.mapValues {
                CaseRecord.Partner(name: $0.recipient.name, isVeiligThuis: $0.recipient.kind == .veiligThuis)
            },
            helpers: Set(recipients.values.filter { $0.recipient.kind == .hulpverlener }.map(\.recipient.id)))
    }

    // MARK: - Feedback

    /// The day that an event tells of; nil for one that is not there.
    private func day(of number: EventID) async throws(StoreError) -> CalendarDate? {
        guard let stored = try await services.store.event(number),
            let body = try await services.store.body(of: number)
        else { return nil }
        return try GatewayServices.caseEvent(from: body).day(receivedAt: stored.receivedAt)
    }

    private func row(_ expected: ExpectedFeedback, _ closings: [EventID: CalendarDate?]) -> ExpectationRow? {
        let item = expected.item
        guard let school = item.school, let partner = item.recipientID,
            let kind = ExpectationRow.Kind(rawValue: item.kind.rawValue)
        else { return nil }
        let answeredOn = (item.closedBy.flatMap { closings[$0] ?? nil }) ?? item.closedAt?.calendarDateInAmsterdam
        return ExpectationRow(
            school: school, partner: partner, kind: kind, openedOn: item.since.calendarDateInAmsterdam,
            dueOn: item.dueOn, answeredOn: item.state == .done ? answeredOn : nil,
            // What was told in part and then in full is told.
            isPartial: expected.isPartial && item.state != .done,
            isOpen: item.state == .open, isCancelled: item.state == .cancelled || item.state == .lapsed,
            rung: rung(of: item))
    }

    /// The highest rung that was taken since its last day was set.
    private func rung(of item: StoredOwedItem) -> ExpectationRow.Rung? {
        guard item.rungs > 0, let name = services.model.owed[item.kind]?.ladder,
            let rungs = services.model.owed.ladders[name]?.rungs, !rungs.isEmpty
        else { return nil }
        return ExpectationRow.Rung(rawValue: rungs[min(item.rungs, rungs.count) - 1].kind.rawValue)
    }
}
