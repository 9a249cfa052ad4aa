// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
public import Delivery
import Disclosures
public import Ledger
public import Logging
import PrivacyRules
public import ServiceLifecycle
public import Values

/// The running gateway: the one door for events, and the services behind it.
///
/// Every act of a system or a person comes in here, whether by HTTP or by the command line.
public final class MeldpoortGateway: Service {
    public let model: GatewayModel
    public let metrics: GatewayMetrics
    let services: GatewayServices
    let dispatchers: [String: Dispatcher]
    let watch: ArrivalWatch
    let notifier: Notifier

    /// - Parameters:
    ///   - mailer: sends the content-free notices; nil leaves them to be read in the API.
    ///   - troubles: since when each recipient is in trouble, as the store says.
    public init(
        model: GatewayModel, store: any Store, keys: KeyRing, mailer: NoticeMailer?,
        troubles: [String: Timestamp] = [:],
        surroundings: Surroundings = .system, logger: Logger
    ) {
        let metrics = GatewayMetrics()
        let notifier = Notifier(
            model: model, store: store, mailer: mailer, surroundings: surroundings, metrics: metrics)
        let services = GatewayServices(
            model: model, store: store, pseudonyms: KeyedPseudonyms(keys: keys), surroundings: surroundings,
            metrics: metrics,
            logger: logger, noticesMade: { notifier.wake() })
        self.model = model
        self.metrics = metrics
        self.services = services
        self.notifier = notifier
        dispatchers = model.recipients.mapValues {
            Dispatcher($0, services: services, isTroubled: troubles[$0.recipient.id] != nil)
        }
        watch = ArrivalWatch(services: services)
    }

    /// Settles what a crash interrupted, takes up what is open, and delivers until graceful shutdown.
    public func run() async throws {
        try await recover()
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                for dispatcher in dispatchers.values { group.addTask { await dispatcher.run() } }
                group.addTask { await self.watch.run() }
                group.addTask { await self.notifier.run() }
                await group.waitForAll()
            }
        } onGracefulShutdown: {
            Task { await self.stop() }
        }
    }

    /// Starts nothing new and lets what is under way end.
    func stop() async {
        for dispatcher in dispatchers.values { await dispatcher.stop() }
        await watch.stop()
        notifier.stop()
    }

    /// An interrupted `sending` may have arrived: it becomes `unknown` and waits for a person. The rest goes on where it was.
    func recover() async throws(StoreError) {
        var sending = DeliveryFilter()
        sending.states = [.sending]
        for delivery in try await services.store.deliveries(sending) {
            services.logger.warning(
                "interrupted: it may have arrived, a person must settle it", metadata: ["delivery": "\(delivery.id)"])
            try await settleInterrupted(delivery)
        }
        var queued = DeliveryFilter()
        queued.states = [.queued]
        for delivery in try await services.store.deliveries(queued) { await enqueue(delivery, work: nil) }
        var watched = DeliveryFilter()
        watched.watched = true
        for delivery in try await services.store.deliveries(watched) {
            if let time = delivery.tellBy { await watch.add(delivery.id, at: time) }
        }
        notifier.wake()
    }

    private func settleInterrupted(_ delivery: StoredDelivery) async throws(StoreError) {
        let work = try await services.work(for: delivery)
        var change = Change()
        var move = Move(delivery.id, from: [.sending], to: .unknown)
        move.reason = OutcomeLabel.interrupted.rawValue
        change.moves = [move]
        change.entries = [
            NewEntry(
                subject: .existing(delivery.id), kind: .outcome, attempt: delivery.attempts,
                canonicalBytes: services.outcomeEntry(.unknown(OutcomeReason(.interrupted)), work))
        ]
        if let kind = model.recipients[delivery.recipientID]?.recipient.kind, Urgency.isUrgent(kind, work.event.type) {
            change.notices = Urgency.notices(
                tell: try await services.peopleToTell(about: work),
                recipientID: delivery.recipientID, subject: .existing(delivery.id), state: .unknown,
                roundStart: delivery.roundStart, at: services.now)
        }
        _ = try await services.commitIfUnchanged(change)
    }

    /// Hands a queued delivery to its recipient's dispatcher. A recipient that left the configuration keeps its deliveries queued.
    /// - Parameter dueAt: when it may go, where that is not what was read of it.
    func enqueue(_ delivery: StoredDelivery, at dueAt: Timestamp? = nil, work: Work?) async {
        await enqueue(
            delivery.id, caseNumber: delivery.caseNumber, of: delivery.recipientID,
            at: dueAt ?? delivery.dueAt ?? delivery.createdAt, work: work)
    }

    func enqueue(
        _ id: DeliveryID, caseNumber: Int64, of recipientID: String, at dueAt: Timestamp, work: Work?
    ) async {
        let item = RecipientQueue.Item(delivery: id, caseNumber: caseNumber, dueAt: dueAt)
        await dispatchers[recipientID]?.enqueue(item, work: work)
    }
}
