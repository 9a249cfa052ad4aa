// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
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
    let owedWatch: OwedWatch
    let mailboxes: [MailboxWatch]
    let concernFolders: [ConcernFolder]
    let notifier: Notifier

    /// - Parameters:
    ///   - mailer: sends the content-free notices; nil leaves them to be read in the API.
    ///   - troubles: since when each recipient is in trouble, as the store says.
    ///   - postBoxes: in which answers arrive.
    ///   - concernFolders: into which concerns are exported.
    public init(
        model: GatewayModel, store: any Store, keys: KeyRing, mailer: NoticeMailer?,
        troubles: [String: Timestamp] = [:], postBoxes: [PostBox] = [],
        concernFolders: [ConcernFolder] = [],
        surroundings: Surroundings = .system, logger: Logger
    ) {
        let metrics = GatewayMetrics()
        let notifier = Notifier(
            model: model, store: store, mailer: mailer, surroundings: surroundings, metrics: metrics)
        let (owedWakes, owedWake) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let (termSignals, terms) = AsyncStream<ArrivalWatch.Signal>.makeStream()
        let services = GatewayServices(
            model: model, store: store, pseudonyms: KeyedPseudonyms(keys: keys), surroundings: surroundings,
            metrics: metrics,
            logger: logger, noticesMade: { notifier.wake() }, owedChanged: { owedWake.yield() },
            watchTerm: { terms.yield(.add($0, $1)) })
        self.model = model
        self.metrics = metrics
        self.services = services
        self.notifier = notifier
        dispatchers = model.recipients.mapValues {
            Dispatcher($0, services: services, isTroubled: troubles[$0.recipient.id] != nil)
        }
        watch = ArrivalWatch(services: services, signals: termSignals, signal: terms)
        owedWatch = OwedWatch(services: services, wakes: owedWakes, wake: owedWake)
        self.concernFolders = concernFolders
        mailboxes = postBoxes.map {
            MailboxWatch($0, services: services, isTroubled: troubles[PostBox.troubleKey($0.id)] != nil)
        }
    }

    /// Takes exported concerns in, as a system that may bring in nothing else.
    private func drop(_ folder: ConcernFolder) -> ConcernDrop {
        let principal = Principal(
            tokenID: "bestand:\(folder.id)", kind: .systeem, personID: nil,
            schools: Set(model.schools.map(\.brin.description)), eventTypes: [EventType.zorgGesignaleerd.rawValue])
        return ConcernDrop(
            folder, services: services,
            gateway: ConcernDrop.Door(
                check: { event throws(GatewayError) in try await self.authorise(event, as: principal) },
                submit: { event throws(GatewayError) in _ = try await self.submit(event, as: principal) }))
    }

    /// Settles what a crash interrupted, takes up what is open, and delivers until graceful shutdown.
    public func run() async throws {
        try await recover()
        let drops = concernFolders.map(drop)
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                for dispatcher in dispatchers.values { group.addTask { await dispatcher.run() } }
                group.addTask { await self.watch.run() }
                group.addTask {
                    await self.owedWatch.run { event, steps, notices throws(GatewayError) in
                        try await self.journalOwn(event, steps, notices)
                    }
                }
                for mailbox in mailboxes { group.addTask { await mailbox.run() } }
                for drop in drops { group.addTask { await drop.run() } }
                group.addTask { await self.notifier.run() }
                await group.waitForAll()
            }
        } onGracefulShutdown: {
            Task {
                for drop in drops { await drop.stop() }
                await self.stop()
            }
        }
    }

    /// Looks at every mailbox now, and returns when that is done.
    public func pollMailboxes() async {
        for mailbox in mailboxes { await mailbox.poll() }
    }

    /// Starts nothing new and lets what is under way end.
    func stop() async {
        for dispatcher in dispatchers.values { await dispatcher.stop() }
        await watch.stop()
        await owedWatch.stop()
        for mailbox in mailboxes { await mailbox.stop() }
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
        change.notices += try await services.audience(of: work.event)?.instead ?? []
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
