// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import Foundation
import LadderModel
import Ledger
import Logging
import Mail
import Values

@testable import Gateway

/// The real gateway on a real store, through a generated year: what happens is done to it at its time, it is down when the history says
/// so, and it loses its power at moments of its own.
actor LadderRun {
    private let site: LadderSite
    private let history: History
    private let mailbox = LadderMailbox()
    private var chance: Chance
    /// One in so many steps loses power on the way; 0 for none.
    private let crashEvery: Int
    private(set) var crashes = 0

    private var generation = 0
    private var time: SimulatedTime
    private var trap: CrashTrap
    private(set) var store: SQLiteStore
    private var gateway: MeldpoortGateway
    private var running: Task<Void, any Error>
    /// The events that were made of happenings.
    private var eventOf: [Int: EventID] = [:]

    init(_ site: LadderSite, _ history: History, crashEvery: Int) async throws {
        self.site = site
        self.history = history
        self.crashEvery = crashEvery
        chance = Chance(history.seed &+ 77)
        let time = SimulatedTime(Moment(history.start, minute: 5 * 60).timestamp)
        self.time = time
        (trap, store) = try Self.openStore(site, 0, time)
        (gateway, running) = try await Self.start(site, store, mailbox, time)
    }

    private static func openStore(
        _ site: LadderSite, _ generation: Int, _ time: SimulatedTime
    ) throws -> (CrashTrap, SQLiteStore) {
        let folder = "\(site.folder)/\(generation)"
        if generation == 0 {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
        let trap = CrashTrap(store: folder, image: "\(site.folder)/\(generation + 1)", post: site.post)
        let store = try SQLiteStore.open("\(folder)/meldpoort.db", ring: site.keys) {
            trap.tick()
            return time.now
        }
        return (trap, store)
    }

    private static func start(
        _ site: LadderSite, _ store: SQLiteStore, _ mailbox: LadderMailbox, _ time: SimulatedTime
    ) async throws -> (MeldpoortGateway, Task<Void, any Error>) {
        let box = PostBox(
            id: "antwoorden", mailbox: mailbox, processedFolder: nil, pollSeconds: 40 * 86_400,
            sorting: MailSorting(portalSenders: [], matchSenders: []))
        let gateway = MeldpoortGateway(
            model: site.model, store: store, keys: site.keys, mailer: nil, troubles: try await store.troubles(),
            postBoxes: [box], surroundings: time.surroundings,
            logger: Logger(label: "ladder") { _ in SwiftLogNoOpLogHandler() })
        return (gateway, Task { try await gateway.run() })
    }

    // MARK: - The year

    func live() async throws {
        try await settle()
        var steps: [(at: Moment, happening: Dated?, back: Moment?)] = history.happenings.map { ($0.at, $0, nil) }
        steps += history.downtimes.map { ($0.from, nil, $0.to) } + [(history.end, nil, nil)]
        steps.sort { $0.at < $1.at }
        for step in steps {
            let at = step.at.timestamp
            while let next = try await nextTime(), next < at { try await pass(to: next) }
            try await pass(to: at)
            if let back = step.back {
                try await goDown(until: back.timestamp)
            } else if let happening = step.happening {
                try await happen(happening)
            }
        }
    }

    func close() async {
        await stop()
        await store.close()
    }

    private func pass(to next: Timestamp) async throws {
        armSometimes(commits: 6)
        time.advance(to: next)
        try await settleUnarmed()
    }

    private func happen(_ dated: Dated) async throws {
        let before = crashes
        switch dated.happening {
        // What was under way to a partner, or taken out of a mailbox, is for other tests.
        case .report, .mail: break
        default: armSometimes(commits: 3)
        }
        try await perform(dated)
        try await settleUnarmed()
        guard crashes > before else { return }
        // Who got no answer sends the same once more.
        try await perform(dated)
        try await settle()
    }

    // MARK: - Down and up

    private func armSometimes(commits: Int) {
        guard crashEvery > 0, chance.below(crashEvery) == 0 else { return }
        trap.arm(at: 1 + chance.below(commits))
    }

    /// Without any grace, or by a stop that lets it finish: what is on disk is what counts.
    private func goDown(until back: Timestamp) async throws {
        if generation.isMultiple(of: 3) {
            await gateway.stop()
            _ = try? await running.value
        }
        await stop()
        try await comeBack(at: back)
    }

    private func stop() async {
        running.cancel()
        time.end()
        _ = try? await running.value
    }

    /// On what the disk held.
    private func comeBack(at now: Timestamp) async throws {
        try trap.take()
        await stop()
        await store.close()
        generation += 1
        time = SimulatedTime(now)
        (trap, store) = try Self.openStore(site, generation, time)
        try FileManager.default.removeItem(atPath: "\(site.folder)/\(generation - 1)")
        LadderPost.close(site.post, false)
        (gateway, running) = try await Self.start(site, store, mailbox, time)
        try await settle()
    }

    /// Settles, and from then on no power is lost.
    private func settleUnarmed() async throws {
        try await settle()
        trap.disarm()
        // It may have been lost in between.
        if trap.hasSprung { try await settle() }
    }

    /// Until everything that is due at this time is done: nothing that is owed is due, nothing is on its way, and the clock of the gateway
    /// is set for what comes next.
    private func settle() async throws {
        var looks = 0
        while true {
            if trap.hasSprung {
                crashes += 1
                return try await comeBack(at: time.now)
            }
            if try await isQuiet(), !trap.hasSprung { return }
            looks += 1
            guard looks < 200_000 else { throw RunFailure(reason: "never quiet at \(time.now), seed \(history.seed)") }
            await Task.yield()
        }
    }

    /// When something happens by itself. What the store says counts too: a clock that is being set anew is not waited for just then.
    private func nextTime() async throws -> Timestamp? {
        [time.nextWaiter, try await nextClock()].compactMap { $0 }.min()
    }

    /// The time for which the clock of what is owed is to be set.
    private func nextClock() async throws -> Timestamp? {
        let yearly = site.model.owed.nextYearlyOpening(after: time.now.calendarDateInAmsterdam)?.startInAmsterdam
        return [try await store.nextOwedLook(), yearly].compactMap { $0 }.min()
    }

    private func isQuiet() async throws -> Bool {
        let next = try await nextClock()
        if let next, next <= time.now { return false }
        var filter = DeliveryFilter()
        filter.states = [.queued, .sending]
        guard try await store.deliveries(filter).isEmpty else { return false }
        // Somebody else may wait for an earlier time: that says nothing of this clock.
        return next.map { time.isAwaited($0) } ?? true
    }

    // MARK: - What happens

    private var person: Principal {
        Principal(
            tokenID: "persoontoken", kind: .persoon, personID: LadderSite.actor,
            schools: Set(LadderSite.schools.map(\.id)), eventTypes: Set(EventType.allCases.map(\.rawValue)))
    }

    private func perform(_ dated: Dated) async throws {
        if case .mail(let isAutomatic) = dated.happening {
            let reference = KeyedPseudonyms(keys: site.keys)
                .reference(school: dated.school, caseReference: dated.zaak, recipient: dated.partner)
            mailbox.deliver(dated.number, reference: reference, isAutomatic: isAutomatic)
            return await gateway.pollMailboxes()
        }
        guard let event = try dated.event(try await numbers(for: dated)) else {
            throw RunFailure(reason: "\(dated) means nothing, seed \(history.seed)\n\(history.story(of: dated.zaak))")
        }
        do {
            eventOf[dated.number] = try await gateway.submit(event, as: person).event
        } catch {
            // What runs on after the power was lost may fail as it likes.
            guard trap.hasSprung else {
                throw RunFailure(reason: "\(dated): \(error)\n\(history.story(of: dated.zaak))")
            }
        }
        if case .report = dated.happening, dated.partner == "vt-zuid" { try await handOver(dated) }
    }

    /// A person takes the text, calls, and says that it was given.
    private func handOver(_ dated: Dated) async throws {
        var filter = DeliveryFilter()
        filter.ofCase = CaseName(school: dated.school, reference: dated.zaak)
        filter.states = [.releasable]
        guard let delivery = try await store.deliveries(filter).last else {
            throw RunFailure(reason: "nothing to hand over of \(dated)")
        }
        _ = try await gateway.release(delivery.id, as: person)
        try await gateway.close(delivery.id, as: person, closing: Closing(arrived: true, at: nil, details: [:]))
    }

    private func numbers(for dated: Dated) async throws -> Dated.Numbers {
        let items = try await keys(ofCase: CaseName(school: dated.school, reference: dated.zaak))
        let mail = items.values.filter { $0.kind == .postBeoordelen && $0.recipientID == dated.partner }
            .max { $0.id < $1.id }?.subject
        let events = eventOf
        return Dated.Numbers(item: { items[$0]?.id }, event: { events[$0] }, mail: { _ in mail })
    }

    /// The items of a case by the keys of the model: how manieth of their kind.
    func keys(ofCase name: CaseName) async throws -> [String: StoredOwedItem] {
        var filter = OwedFilter()
        filter.ofCase = name
        var counts: [OwedKind: Int] = [:]
        var found: [String: StoredOwedItem] = [:]
        for item in try await store.owedItems(filter) {
            counts[item.kind, default: 0] += 1
            found["\(name.reference)/\(item.kind.rawValue)/\(counts[item.kind, default: 0])"] = item
        }
        return found
    }
}

/// The run itself went wrong.
struct RunFailure: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}
