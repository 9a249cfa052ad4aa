// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import Disclosures
import PrivacyRules
import Values

/// Tells submitter and aandachtsfunctionaris when an urgent report has not been accepted within its term (practice 3), and reminds
/// who must act on what waits.
///
/// One timer for the earliest term; nothing is polled. A delivery that arrived in time is found so when its term comes.
actor ArrivalWatch {
    private let services: GatewayServices
    private var terms: [(at: Timestamp, delivery: DeliveryID)] = []
    private var sleeper: Task<Void, Never>?
    private var isStopped = false
    private let signals: AsyncStream<Signal>
    private let signal: AsyncStream<Signal>.Continuation

    enum Signal: Sendable {
        /// A term came, or an earlier one than all others was added.
        case wake
        /// A term to be watched.
        case add(DeliveryID, Timestamp)
    }

    init(services: GatewayServices, signals: AsyncStream<Signal>, signal: AsyncStream<Signal>.Continuation) {
        self.services = services
        self.signals = signals
        self.signal = signal
    }

    func add(_ delivery: DeliveryID, at time: Timestamp) {
        if insert(delivery, at: time) { signal.yield(.wake) }
    }

    func stop() {
        isStopped = true
        sleeper?.cancel()
        signal.finish()
    }

    func run() async {
        arm()
        for await signal in signals {
            guard !isStopped else { return }
            if case .add(let delivery, let time) = signal { _ = insert(delivery, at: time) }
            await tellDue()
            arm()
        }
    }

    /// Whether it is now the first.
    private func insert(_ delivery: DeliveryID, at time: Timestamp) -> Bool {
        let position = terms.firstIndex { $0.at > time } ?? terms.count
        terms.insert((time, delivery), at: position)
        return position == 0
    }

    private func arm() {
        sleeper?.cancel()
        guard let first = terms.first, !isStopped else { return }
        let time = first.at
        sleeper = Task { [services, signal] in
            await services.surroundings.sleepUntil(time)
            if !Task.isCancelled { signal.yield(.wake) }
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
            !delivery.state.isFinal || delivery.state == .refused, let tellBy = delivery.tellBy,
            // A later term was set since, and is watched as well.
            tellBy <= services.now
        else { return }
        let work = try await services.work(for: delivery)
        guard let runtime = services.model.recipients[delivery.recipientID],
            Urgency.isUrgent(runtime.recipient.kind, work.event.type)
        else { return try await look(after: delivery, work) }
        var change = Change()
        change.notices = Urgency.notices(
            tell: try await services.peopleToTell(about: work),
            recipientID: delivery.recipientID, subject: .existing(id), state: delivery.state, at: services.now
        ).map {
            NewNotice(
                kind: $0.kind, addressee: $0.addressee, recipientID: $0.recipientID, subject: $0.subject,
                cause: Urgency.cause("term", roundStart: delivery.roundStart), createdAt: $0.createdAt)
        }
        _ = try await services.commitIfUnchanged(change)
    }

    // MARK: - What waits for a person

    /// Reminds who must act, or ends what has waited too long. Nothing is ever sent by it.
    private func look(after delivery: StoredDelivery, _ work: Work) async throws(StoreError) {
        guard delivery.state == .waiting else { return }
        let now = services.now
        var change = Change()
        var move = Move(delivery.id, from: [.waiting], to: .waiting)
        let next: Timestamp?
        // It may have waited before: this clock began when it came to wait again.
        let since = delivery.changedAt
        let period = since == delivery.createdAt ? "" : "/\(since)"
        switch services.model.holds.due(since: since, at: now) {
        case .nothing(let time): next = time
        case .remind(let number, let time):
            next = time
            change.notices = try await notices(
                .holdReminder, about: delivery, work, cause: "herinnering \(number)\(period)")
        case .expire:
            next = nil
            move = Move(delivery.id, from: [.waiting], to: .cancelled)
            move.reason = "verlopen"
            change.notices = try await notices(.holdExpired, about: delivery, work, cause: "verlopen\(period)")
        }
        move.tellBy = .some(next)
        change.moves = [move]
        guard try await services.commitIfUnchanged(change), let next else { return }
        add(delivery.id, at: next)
    }

    private func notices(
        _ kind: NewNotice.Kind, about delivery: StoredDelivery, _ work: Work, cause: String
    ) async throws(StoreError) -> [NewNotice] {
        let today = services.now.calendarDateInAmsterdam
        let facts = try await services.facts(of: services.caseName(of: work.event))
        var roles: [Role] = [.aandachtsfunctionaris]
        if let runtime = services.model.recipients[delivery.recipientID],
            case .waiting(let waiting) = services.judge(work, for: runtime, facts: facts).verdict,
            waiting.reasons.map(\.hold) == [.bevestiging]
        {
            roles = waiting.roles
        }
        var people = services.model.owners(roles, at: delivery.school, barred: facts.barred, today: today)
        if kind == .holdExpired, let submitter = work.submitter.personID, !people.contains(submitter),
            !facts.barred.contains(submitter)
        {
            people.append(submitter)
        }
        return people.map { person in
            NewNotice(
                kind: kind, addressee: .person(person), recipientID: delivery.recipientID,
                subject: .existing(delivery.id), cause: cause, createdAt: services.now)
        }
    }
}
