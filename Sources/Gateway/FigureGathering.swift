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
            expected.compactMap { $0.item.closedBy }.map { ($0, nil as Closing?) }, uniquingKeysWith: { $1 })
        var counted = Counted()
        let active = try await services.store.activeCases(
            scope, since: period.from.startInAmsterdam, withoutTypes: Self.withoutCase)
        let partners = partners
        for one in active {
            let entries = try await entries(of: one)
            for entry in entries where closings.keys.contains(entry.number) {
                closings[entry.number] = Closing(entry.event, day: entry.day)
            }
            let fold = FigureFold(
                school: one.school, entries, outcomes: try await outcomes(of: one, entries),
                track: track(of: one.school), partners: partners, period: period)
            if let row = fold.row { counted.cases.append(row) }
            counted.barriers += fold.barriers
        }
        for (number, closing) in closings where closing == nil { closings[number] = try await self.closing(number) }
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

    private func outcomes(
        of one: ActiveCase, _ entries: [FigureFold.Entry]
    ) async throws(StoreError) -> [EventID: [FigureFold.Outcome]] {
        guard entries.contains(where: { FigureFold.deliveredTypes.contains($0.event.type) }) else { return [:] }
        var filter = DeliveryFilter()
        filter.caseNumber = one.number
        return Dictionary(grouping: try await services.store.deliveries(filter), by: \.event)
            .mapValues { $0.map { FigureFold.Outcome(recipient: $0.recipientID, state: $0.state) } }
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
            helpers: ids(of: .hulpverlener), indexes: ids(of: .verwijsindex))
    }

    private func ids(of kind: RecipientKind) -> Set<String> {
        Set(services.model.recipients.values.map(\.recipient).filter { $0.kind == kind }.map(\.id))
    }

    // MARK: - Feedback

    /// What closed an item.
    private struct Closing {
        /// On which it happened.
        let day: CalendarDate
        /// Nothing was to be expected: the item stood there twice, or by a mistake.
        let isMistake: Bool

        init(_ event: CaseEvent, day: CalendarDate) {
            self.day = day
            let mistakes = ["dubbel", "perVergissing"]
            let isUndone = event.type == .verplichtingBijgewerkt && mistakes.contains(event.data["reden"]?.string ?? "")
            isMistake = isUndone || event.data["corrigeert"] != nil
        }
    }

    /// Nil for an event that is not there.
    private func closing(_ number: EventID) async throws(StoreError) -> Closing? {
        guard let stored = try await services.store.event(number),
            let body = try await services.store.body(of: number)
        else { return nil }
        let event = try GatewayServices.caseEvent(from: body)
        return Closing(event, day: event.day(receivedAt: stored.receivedAt))
    }

    private func row(_ expected: ExpectedFeedback, _ closings: [EventID: Closing?]) -> ExpectationRow? {
        let item = expected.item
        guard let school = item.school, let partner = item.recipientID,
            let kind = ExpectationRow.Kind(rawValue: item.kind.rawValue)
        else { return nil }
        let closing = item.closedBy.flatMap { closings[$0] ?? nil }
        let answeredOn = closing?.day ?? item.closedAt?.calendarDateInAmsterdam
        return ExpectationRow(
            school: school, partner: partner, kind: kind, openedOn: item.since.calendarDateInAmsterdam,
            dueOn: item.dueOn, answeredOn: item.state == .done ? answeredOn : nil,
            // What was told in part and then in full is told.
            isPartial: expected.isPartial && item.state != .done,
            isOpen: item.state == .open, isCancelled: isCancelled(item, closing), rung: rung(of: item))
    }

    /// Whether it does not count. What was not there on its day was not received, also when somebody tidied it up after that; by when
    /// it came in, for the day that stands in it is theirs to choose.
    private func isCancelled(_ item: StoredOwedItem, _ closing: Closing?) -> Bool {
        guard item.state == .cancelled || item.state == .lapsed else { return false }
        let droppedOn = item.closedAt?.calendarDateInAmsterdam ?? item.dueOn
        return droppedOn <= item.dueOn || closing?.isMistake == true
    }

    /// The highest rung that was taken since its last day was set.
    private func rung(of item: StoredOwedItem) -> ExpectationRow.Rung? {
        guard item.rungs > 0, let name = services.model.owed[item.kind]?.ladder,
            let rungs = services.model.owed.ladders[name]?.rungs, !rungs.isEmpty
        else { return nil }
        return ExpectationRow.Rung(rawValue: rungs[min(item.rungs, rungs.count) - 1].kind.rawValue)
    }
}
