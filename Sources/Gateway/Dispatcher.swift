// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import BoardConfiguration
import CaseEvents
import Delivery
import Disclosures
import Logging
import PrivacyRules
import Values

/// What is needed to attempt a delivery, kept in memory while it is fresh and read from the store otherwise.
struct Work: Sendable {
    let event: CaseEvent
    let submitter: Submitter
    let traceID: String
    let key: String
    var confirmedBy: Confirmation?
    var attempts: Int
    /// The attempts made before this round: a person who tries again gives all attempts anew.
    var roundStart = 0
}

/// Sends the deliveries of one recipient: judges again, writes the intent, calls the adapter, writes the outcome.
///
/// Woken by commits and by its own timer, never by polling. A recipient has its own dispatcher, so a dead one delays only itself.
actor Dispatcher {
    private let runtime: RecipientRuntime
    private let services: GatewayServices
    private var queue: RecipientQueue
    private var works: [DeliveryID: Work] = [:]
    private var trouble: RecipientTrouble
    private var timer: (at: Timestamp, task: Task<Void, Never>)?
    private var isAccepting = true
    private let starts: AsyncStream<RecipientQueue.Item>
    private let startNext: AsyncStream<RecipientQueue.Item>.Continuation

    /// Beyond this many, work is read back from the store when its turn comes: a backlog costs no memory for bodies.
    private static let mostWorksKept = 512

    init(_ runtime: RecipientRuntime, services: GatewayServices, isTroubled: Bool) {
        self.runtime = runtime
        self.services = services
        queue = RecipientQueue(concurrency: runtime.maxInFlight)
        trouble = RecipientTrouble(isTroubled: isTroubled)
        (starts, startNext) = AsyncStream.makeStream()
    }

    /// Attempts deliveries until the task is cancelled; what is under way then gets its outcome or becomes unknown.
    nonisolated func run() async {
        await withDiscardingTaskGroup { group in
            for await item in starts {
                group.addTask { await self.attempt(item) }
            }
        }
    }

    /// Starts nothing new; `run` returns when what is under way is done.
    func stop() {
        isAccepting = false
        timer?.task.cancel()
        startNext.finish()
    }

    func enqueue(_ item: RecipientQueue.Item, work: Work?) {
        if let work, works.count < Self.mostWorksKept { works[item.delivery] = work }
        queue.add(item, at: services.now)
        pump()
    }

    /// Takes a cancelled delivery out, if it has not started.
    func withdraw(_ delivery: DeliveryID, caseNumber: Int64) {
        works[delivery] = nil
        _ = queue.remove(delivery, caseNumber: caseNumber, at: services.now)
    }

    private func pump() {
        guard isAccepting else { return }
        for item in queue.start(at: services.now) { startNext.yield(item) }
        services.metrics.set(
            "meldpoort_queue_length", ("recipient", runtime.recipient.id), to: Double(queue.count))
        guard let due = queue.nextDue, due < timer?.at ?? .latest else { return }
        timer?.task.cancel()
        let task = Task { [services] in
            await services.surroundings.sleepUntil(due)
            guard !Task.isCancelled else { return }
            self.timerFired()
        }
        timer = (due, task)
    }

    private func timerFired() {
        timer = nil
        pump()
    }

    // MARK: - One attempt

    private func attempt(_ item: RecipientQueue.Item) async {
        var retryAt: Timestamp?
        do {
            if let work = try await work(for: item.delivery) {
                retryAt = try await attempt(item, work)
            }
        } catch {
            // The store cannot be written: nothing has left. Wait a little and look again.
            services.metrics.count("meldpoort_store_failures_total")
            services.logger.warning(
                "an attempt could not begin: the store failed",
                metadata: ["delivery": "\(item.delivery)", "error": "\(error)"])
            retryAt = services.now.adding(milliseconds: 1_000)
        }
        finish(item, retryAt: retryAt)
    }

    private func finish(_ item: RecipientQueue.Item, retryAt: Timestamp?) {
        if retryAt == nil { works[item.delivery] = nil }
        queue.finish(item.delivery, caseNumber: item.caseNumber, retryAt: retryAt, at: services.now)
        pump()
    }

    /// Nil when the delivery is no longer queued: it was cancelled meanwhile.
    private func work(for delivery: DeliveryID) async throws(StoreError) -> Work? {
        if let work = works[delivery] { return work }
        guard let whole = try await services.store.wholeDelivery(delivery), whole.delivery.state == .queued else {
            return nil
        }
        return try services.work(of: whole)
    }

    /// Answers when to try again; nil when the delivery has left the queue.
    private func attempt(_ item: RecipientQueue.Item, _ work: Work) async throws(StoreError) -> Timestamp? {
        guard let begun = try await begin(item, work) else { return nil }
        if works[item.delivery] != nil { works[item.delivery] = begun.work }
        let (outcome, audience) = await call(begun.disclosure, work.event)
        return await writeOutcome(outcome, item, begun.work, tell: begun.tell, audience ?? begun.audience)
    }

    /// What may be sent, with its intent on disk.
    private struct Begun {
        let disclosure: Disclosure
        let work: Work
        let tell: [String]
        let audience: RungAudience?
    }

    /// Judges, and has the intent on disk before anybody can change what was judged by. Nil when nothing may leave.
    private func begin(
        _ item: RecipientQueue.Item, _ work: Work
    ) async throws(StoreError) -> Begun? {
        let name = services.caseName(of: work.event)
        await services.turns.enter(name)
        defer { services.turns.leave(name) }
        let facts = try await services.facts(of: name)
        let judgement = services.judge(
            work, for: runtime, facts: facts,
            counterpartReference: try await services.counterpartReference(of: work.event, from: runtime))
        // Found now, so that telling of an outcome needs nothing that could fail.
        let tell = services.model.peopleToTell(
            about: work.event, submitter: work.submitter, barred: facts.barred,
            today: services.now.calendarDateInAmsterdam)
        let audience = try await services.audience(of: work.event)
        guard case .permitted(let permit) = judgement.verdict else {
            try await holdOrRefuse(item, work, judgement, tell: tell, audience)
            return nil
        }
        var work = work
        work.attempts += 1
        guard try await writeIntent(item, work, permit, judgement) else { return nil }
        return Begun(disclosure: permit.disclosure, work: work, tell: tell, audience: audience)
    }

    /// The rules no longer permit it: back to a person, or refused. Nothing leaves.
    private func holdOrRefuse(
        _ item: RecipientQueue.Item, _ work: Work, _ judgement: Judgement, tell: [String], _ audience: RungAudience?
    ) async throws(StoreError) {
        let judged = IntakePlan.Judged(recipient: runtime.recipient, deliveryKey: work.key, judgement: judgement)
        let (state, reason) = IntakePlan.planned(judged)
        var change = Change()
        var move = Move(item.delivery, from: [.queued], to: state)
        move.reason = reason
        var look: Timestamp?
        // It begins to wait anew, and with it the clock of what waits.
        if state == .waiting, !Urgency.isUrgent(runtime.recipient.kind, work.event.type) {
            look = services.model.holds.firstLook(since: services.now)
            move.tellBy = .some(look)
        }
        change.moves = [move]
        addNotices(to: &change, state: state, item, work, tell: tell)
        change.notices += audience?.instead ?? []
        if try await services.commitIfUnchanged(change), let look { services.watchTerm(item.delivery, look) }
    }

    /// No intent row, no send. False when the delivery was cancelled meanwhile.
    private func writeIntent(
        _ item: RecipientQueue.Item, _ work: Work, _ permit: Permit, _ judgement: Judgement
    ) async throws(StoreError) -> Bool {
        var change = Change()
        var move = Move(item.delivery, from: [.queued], to: .sending)
        move.attempts = work.attempts
        change.moves = [move]
        change.entries = [
            NewEntry(
                subject: .existing(item.delivery), kind: .intent, attempt: work.attempts,
                canonicalBytes: services.intentEntry(work, permit, judgement))
        ]
        change.mail.references = services.mailReferences(work, item.delivery, runtime.recipient)
        if work.attempts == 1 {
            change.owed = judgement.shortfalls.map {
                NewOwed(delivery: .existing(item.delivery), code: $0.rawValue, since: services.now)
            }
        }
        return try await services.commitIfUnchanged(change)
    }

    /// A message of rungs goes to who may read it at this very moment; without anybody it is not sent.
    private func call(_ disclosure: Disclosure, _ event: CaseEvent) async -> (Outcome, RungAudience?) {
        guard let transport = runtime.transport else { return (.rejected(OutcomeReason(.notSent)), nil) }
        let found: RungAudience?
        do {
            found = try await services.audience(of: event)
        } catch {
            return (.retry(afterSeconds: nil, OutcomeReason(.notSent)), nil)
        }
        guard let audience = found else { return (await runtime.adapter.deliver(disclosure, over: transport), nil) }
        guard !audience.addresses.isEmpty else { return (.rejected(OutcomeReason(.noReader)), audience) }
        return (
            await runtime.adapter.deliver(disclosure.addressed(to: audience.addresses), over: transport), audience
        )
    }

    /// Keeps trying until the outcome is on disk: the delivery stays `sending` meanwhile, which a restart turns into `unknown`.
    private func writeOutcome(
        _ outcome: Outcome, _ item: RecipientQueue.Item, _ work: Work, tell: [String], _ audience: RungAudience?
    ) async -> Timestamp? {
        let settlement = Settlement.of(
            outcome, attempt: work.attempts - work.roundStart, policy: runtime.retry,
            jitter: services.surroundings.jitter(), at: services.now)
        var change = Change()
        var move = Move(item.delivery, from: [.sending], to: settlement.state)
        move.reason = settlement.reason
        move.dueAt = settlement.dueAt
        if case .accepted(let receipt) = outcome {
            move.tellBy = .some(nil)
            move.receipt = receipt.reference.map { JSONValue.object(["kenmerk": .string($0)]).canonicalBytes }
        }
        change.moves = [move]
        change.entries = [
            NewEntry(
                subject: .existing(item.delivery), kind: .outcome, attempt: work.attempts,
                canonicalBytes: services.outcomeEntry(outcome, work))
        ]
        if settlement.state.hasArrived {
            let now = services.now
            change.owedSteps = services.model.owed.steps(
                arrived: work.event, recipientID: runtime.recipient.id, kind: runtime.recipient.kind,
                delivery: item.delivery, arrivedAt: now, at: now)
        }
        addNotices(to: &change, state: settlement.state, item, work, tell: tell)
        change.notices += notices(audience, settlement.state)
        noteTrouble(outcome, in: &change)
        await services.commitUntilDone(change)
        services.metrics.count(
            "meldpoort_attempts_total", ("recipient", runtime.recipient.id), ("outcome", outcome.word))
        services.logger.debug(
            "attempt settled",
            metadata: [
                "delivery": "\(item.delivery)", "recipient": "\(runtime.recipient.id)", "attempt": "\(work.attempts)",
                "state": "\(settlement.state.rawValue)", "reason": "\(settlement.reason ?? "-")",
            ])
        return settlement.dueAt
    }

    /// While it is tried again nobody needs to hear another way.
    private func notices(_ audience: RungAudience?, _ state: DeliveryState) -> [NewNotice] {
        guard let audience, state != .queued else { return [] }
        return state.hasArrived ? audience.apart : audience.instead
    }

    private func addNotices(
        to change: inout Change, state: DeliveryState, _ item: RecipientQueue.Item, _ work: Work, tell: [String]
    ) {
        guard Urgency.isUrgent(runtime.recipient.kind, work.event.type), Urgency.mustTellAtOnce(state) else { return }
        change.notices += Urgency.notices(
            tell: tell,
            recipientID: runtime.recipient.id, subject: .existing(item.delivery), state: state,
            roundStart: work.roundStart, at: services.now)
    }

    private func noteTrouble(_ outcome: Outcome, in change: inout Change) {
        guard let happened = trouble.record(outcome) else { return }
        let now = services.now
        services.logger.notice("recipient trouble \(happened)", metadata: ["recipient": "\(runtime.recipient.id)"])
        change.troubles[runtime.recipient.id] = .some(happened == .began ? now : nil)
        change.notices.append(
            NewNotice(
                kind: happened == .began ? .recipientTroubleBegan : .recipientTroubleEnded, addressee: .ict,
                recipientID: runtime.recipient.id, subject: nil, cause: "\(happened) \(now)", createdAt: now))
        services.metrics.set(
            "meldpoort_recipient_troubled", ("recipient", runtime.recipient.id), to: happened == .began ? 1 : 0)
    }
}
