// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import CaseEvents
import Delivery
import Logging
import PrivacyRules
import Values

/// Looks at the clocks of what is owed: reminds who must act, journals what ended by itself, tells who hears that something is done.
///
/// One timer for the earliest clock of all; nothing is polled, and nothing is kept in memory that the store does not know. After
/// days of standing still everything that came due is handled once, in order.
actor OwedWatch {
    private let services: GatewayServices
    private let wakes: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation
    private var sleeper: Task<Void, Never>?
    private var isStopped = false

    /// The day on which the yearly tasks were looked at last.
    private var yearlyDay: CalendarDate?

    /// So many are read at a time, so that a long stand-still costs no memory.
    private static let mostAtOnce = 500
    /// After the store could not be read or written.
    private static let retrySeconds = 5

    init(services: GatewayServices, wakes: AsyncStream<Void>, wake: AsyncStream<Void>.Continuation) {
        self.services = services
        self.wakes = wakes
        self.wake = wake
    }

    func stop() {
        isStopped = true
        sleeper?.cancel()
        wake.finish()
    }

    /// Brings in an event of the gateway's own, and does these steps and notices in the same commit.
    typealias Journal = @Sendable (CaseEvent, [OwedStep], [NewNotice]) async throws(GatewayError) -> Void

    func run(journal: Journal) async {
        wake.yield()
        for await _ in wakes {
            guard !isStopped else { return }
            do throws(StoreError) {
                try await openYearly()
                let isDone = try await handleDue(journal: journal)
                let next = earliest(try await services.store.nextOwedLook(), nextYearly)
                arm(isDone ? next : services.now.adding(seconds: Self.retrySeconds))
            } catch {
                services.metrics.count("meldpoort_store_failures_total")
                arm(services.now.adding(seconds: Self.retrySeconds))
            }
        }
    }

    private func arm(_ time: Timestamp?) {
        sleeper?.cancel()
        guard let time, !isStopped else { return }
        sleeper = Task { [services, wake] in
            await services.surroundings.sleepUntil(time)
            if !Task.isCancelled { wake.yield() }
        }
    }

    // MARK: - Tasks of every year

    /// Once a day is enough; what is open already stays as it is.
    private func openYearly() async throws(StoreError) {
        let today = services.now.calendarDateInAmsterdam
        guard yearlyDay != today else { return }
        var filter = OwedFilter()
        filter.series = Set(services.model.owed.yearlyTasks.map(\.id))
        let known = try await services.store.owedItems(filter)
        var change = Change()
        change.owedSteps = services.model.owed.yearlyOpenings(
            schools: services.model.schools.map(\.brin.description), known: known, at: services.now)
        if !change.owedSteps.isEmpty { _ = try await services.store.commit(change) }
        yearlyDay = today
    }

    private var nextYearly: Timestamp? {
        services.model.owed.nextYearlyOpening(after: services.now.calendarDateInAmsterdam)?.startInAmsterdam
    }

    private func earliest(_ one: Timestamp?, _ other: Timestamp?) -> Timestamp? {
        [one, other].compactMap { $0 }.min()
    }

    // MARK: - What is due

    /// In order. An item that cannot be handled holds up no other one; false when there is one.
    private func handleDue(journal: Journal) async throws(StoreError) -> Bool {
        var isDone = true
        while !isStopped {
            var filter = OwedFilter()
            filter.lookBy = services.now
            filter.limit = Self.mostAtOnce
            let items = try await services.store.owedItems(filter)
            let failures = try await handle(items, journal: journal)
            isDone = isDone && failures == 0
            if items.count < Self.mostAtOnce || failures == items.count { return isDone }
        }
        return isDone
    }

    /// How many could not be handled.
    private func handle(_ items: [StoredOwedItem], journal: Journal) async throws(StoreError) -> Int {
        var climbing: [OwedClimb.Due] = []
        var failures = 0
        for item in items where !isStopped {
            do throws(StoreError) {
                if case .climb(let rung, let next) = services.model.owed.due(item, at: services.now) {
                    climbing.append(OwedClimb.Due(item: item, rung: rung, next: next))
                } else {
                    try await handle(item, journal: journal)
                }
            } catch {
                if case .unavailable = error { throw error }
                services.logger.error(
                    "what is owed could not be looked at", metadata: ["item": "\(item.id)", "error": "\(error)"])
                failures += 1
            }
        }
        return failures + (try await climb(climbing, journal: journal))
    }

    private func handle(_ item: StoredOwedItem, journal: Journal) async throws(StoreError) {
        switch services.model.owed.due(item, at: services.now) {
        case .nothing(let next): try await look(item, next: next)
        case .remind(let next): try await remind(item, next: next)
        case .tell: try await look(item, next: nil, notices: try await farewell(item))
        case .ends: try await end(item, journal: journal)
        case .climb: break
        }
    }

    // MARK: - Climbing

    private func climb(_ dues: [OwedClimb.Due], journal: Journal) async throws(StoreError) -> Int {
        guard !dues.isEmpty else { return 0 }
        let climb = OwedClimb(services: services)
        let sorted = try await climb.sorted(dues)
        var failures = 0
        for due in sorted.lonely { try await postpone(due) }
        for (due, readers) in sorted.unplaced { try await take(due, telling: readers, climb) }
        for group in sorted.groups where !isStopped {
            do throws(GatewayError) {
                let message = try await climb.message(for: group)
                try await journal(message.event, message.steps, message.notices)
                for due in group.dues {
                    services.metrics.count("meldpoort_escalations_total", ("rung", due.rung.kind.rawValue))
                }
            } catch {
                switch error {
                case .unavailable: throw .unavailable(code: 0, message: "a rung could not be journalled")
                case .refused:
                    // One of them was closed or looked at meanwhile: what holds now is found again.
                    failures += group.dues.count
                default:
                    services.logger.error(
                        "a rung could not be journalled: its readers hear by notice",
                        metadata: ["items": "\(group.dues.count)", "reason": "\(error)"])
                    for due in group.dues { try await take(due, telling: group.readers, climb) }
                }
            }
        }
        return failures
    }

    /// Without a message, so that what cannot have one, or a mistake in it, keeps nobody from hearing.
    private func take(
        _ due: OwedClimb.Due, telling readers: [String], _ climb: OwedClimb
    ) async throws(StoreError) {
        try await look(due.item, next: due.next, notices: climb.notices(for: due, readers), takes: due.rung.kind)
    }

    /// Nobody at all can be reached, neither at the school nor above it: the rung waits for the next working day, and ICT sees why.
    private func postpone(_ due: OwedClimb.Due) async throws(StoreError) {
        services.logger.warning("nobody can be reached for what is owed", metadata: ["item": "\(due.item.id)"])
        services.metrics.count("meldpoort_escalations_without_reader_total")
        let owed = services.model.owed
        let next = owed.calendar.adding(workingDays: 1, to: services.now.calendarDateInAmsterdam)
        try await look(due.item, next: next.inAmsterdam(hour: owed.hour))
    }

    // MARK: - Reminding

    private func remind(_ item: StoredOwedItem, next: Timestamp?) async throws(StoreError) {
        let notices = try await ownersNotices(.owedReminder, about: item)
        if notices.isEmpty {
            services.logger.warning("nobody to remind of what is owed", metadata: ["item": "\(item.id)"])
        }
        try await look(item, next: next, notices: notices, reminds: true)
    }

    /// Who must act: the roles of the kind; without anybody in them the aandachtsfunctionaris, then the centrale contactpersoon.
    /// Never who is barred from the case (practice 7).
    private func ownersNotices(
        _ kind: NewNotice.Kind, about item: StoredOwedItem
    ) async throws(StoreError) -> [NewNotice] {
        let barred = try await services.barred(from: item)
        let today = services.now.calendarDateInAmsterdam
        let people =
            item.school.map {
                services.model.reachable(services.model.owed.owners(of: item), at: $0, barred: barred, today: today)
            } ?? services.model.readersOfUnplacedPost(on: today)
        return people.map { notice(kind, to: $0, about: item) }
    }

    /// Who hears, content-free, that something is done or has lapsed.
    private func farewell(_ item: StoredOwedItem) async throws(StoreError) -> [NewNotice] {
        if item.state == .lapsed { return try await ownersNotices(.owedLapsed, about: item) }
        guard let person = item.personID, services.model.directory.person(person) != nil,
            try await !services.barred(from: item).contains(person)
        else { return [] }
        return [notice(.concernTakenUp, to: person, about: item)]
    }

    /// The cause is the moment for which the clock was set: one notice each, however often this is tried.
    private func notice(_ kind: NewNotice.Kind, to person: String, about item: StoredOwedItem) -> NewNotice {
        NewNotice(
            kind: kind, addressee: .person(person), recipientID: item.recipientID ?? "", subject: nil,
            cause: (item.nextAt ?? item.since).description, createdAt: services.now, owedItem: item.id)
    }

    private func look(
        _ item: StoredOwedItem, next: Timestamp?, notices: [NewNotice] = [], reminds: Bool = false,
        takes: OwedRung.Kind? = nil, closes: OwedState? = nil
    ) async throws(StoreError) {
        guard let expected = item.nextAt else { return }
        var look = OwedLook(item.id, expected: expected, next: next)
        look.reminds = reminds
        look.takes = takes
        look.closes = closes
        var change = Change()
        change.owedSteps = [.look(look)]
        change.notices = notices
        do {
            _ = try await services.commitIfUnchanged(change)
        } catch .owedChanged {
            // Closed or looked at meanwhile: what holds now is found again.
        }
    }

    // MARK: - Ending

    /// The event closes the item in the commit that journals it, so it is journalled once. What cannot be journalled, such as the
    /// end of what a recipient had that left the configuration, ends all the same.
    private func end(_ item: StoredOwedItem, journal: Journal) async throws(StoreError) {
        var reason = "no event opened it"
        if let event = item.event, let body = try await services.store.body(of: event) {
            let opening = try GatewayServices.caseEvent(from: body)
            do {
                try await journal(try OwedEnding.event(of: item, opened: opening), [], [])
                reason = "no event closed it"
            } catch GatewayError.unavailable {
                throw .unavailable(code: 0, message: "the end could not be journalled")
            } catch {
                reason = "\(error)"
            }
        }
        guard try await services.store.owedItem(item.id)?.state == .open else { return }
        services.logger.warning(
            "the end of what was owed was not journalled", metadata: ["item": "\(item.id)", "reason": "\(reason)"])
        let notices = try await ownersNotices(.owedLapsed, about: item)
        try await look(item, next: nil, notices: notices, closes: .lapsed)
    }
}
