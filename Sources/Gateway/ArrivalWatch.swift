// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Values

/// Tells submitter and aandachtsfunctionaris when an urgent report has not been accepted within its term (practice 3).
///
/// One timer for the earliest term; nothing is polled. A delivery that arrived in time is found so when its term comes.
actor ArrivalWatch {
    private let services: GatewayServices
    private var terms: [(at: Timestamp, delivery: DeliveryID)] = []
    private var sleeper: Task<Void, Never>?
    private var isStopped = false
    private let wakes: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation

    init(services: GatewayServices) {
        self.services = services
        (wakes, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func add(_ delivery: DeliveryID, at time: Timestamp) {
        let position = terms.firstIndex { $0.at > time } ?? terms.count
        terms.insert((time, delivery), at: position)
        if position == 0 { wake.yield() }
    }

    func stop() {
        isStopped = true
        sleeper?.cancel()
        wake.finish()
    }

    func run() async {
        arm()
        for await _ in wakes {
            guard !isStopped else { return }
            await tellDue()
            arm()
        }
    }

    private func arm() {
        sleeper?.cancel()
        guard let first = terms.first, !isStopped else { return }
        let time = first.at
        sleeper = Task { [services, wake] in
            await services.surroundings.sleepUntil(time)
            if !Task.isCancelled { wake.yield() }
        }
    }

    private func tellDue() async {
        let now = services.now
        while let first = terms.first, first.at <= now {
            terms.removeFirst()
            do {
                try await tell(first.delivery)
            } catch {
                // The store cannot be read or written now: the term stays.
                add(first.delivery, at: now.adding(seconds: 5))
                return
            }
        }
    }

    private func tell(_ id: DeliveryID) async throws(StoreError) {
        guard let delivery = try await services.store.delivery(id), !delivery.state.hasArrived,
            !delivery.state.isFinal || delivery.state == .refused, delivery.tellBy != nil
        else { return }
        let work = try await services.work(for: delivery)
        var change = Change()
        change.notices = Urgency.notices(
            tell: services.model.peopleToTell(
                about: work.event, submitter: work.submitter, today: services.now.calendarDateInAmsterdam),
            recipientID: delivery.recipientID, subject: .existing(id), state: delivery.state, at: services.now
        ).map {
            NewNotice(
                kind: $0.kind, addressee: $0.addressee, recipientID: $0.recipientID, subject: $0.subject,
                cause: Urgency.cause("term", roundStart: delivery.roundStart), createdAt: $0.createdAt)
        }
        _ = try await services.commitIfUnchanged(change)
    }
}
