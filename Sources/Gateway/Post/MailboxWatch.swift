// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Disclosures
import Logging
import Transport
import Values

/// Takes over what arrives in one mailbox, by polling.
///
/// The queue is UIDVALIDITY and UID in the store, never what the server calls unread: a message is taken over in one commit with its place
/// in the queue, and only after that it is put out of the way. So whatever breaks in between, it is neither lost nor taken twice. A message
/// that cannot be fetched or read holds up none behind it.
actor MailboxWatch {
    private let box: PostBox
    private let services: GatewayServices
    private let intake: MailIntake
    private let wakes: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation
    private var sleeper: Task<Void, Never>?
    private var polling: Task<Void, Never>?
    private var isStopped = false
    private var trouble: RecipientTrouble
    /// How often each message could not be fetched while others could.
    private var failures: [MailboxMessage: Int] = [:]

    /// After so many times it is kept as unreadable and left in the mailbox.
    private static let mostFetches = 5
    /// So many in a row are no fault of the messages.
    private static let mostMissed = 3

    init(_ box: PostBox, services: GatewayServices, isTroubled: Bool) {
        self.box = box
        self.services = services
        intake = MailIntake(box: box, services: services)
        trouble = RecipientTrouble(isTroubled: isTroubled)
        (wakes, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func stop() {
        isStopped = true
        sleeper?.cancel()
        wake.finish()
    }

    func run() async {
        showTrouble()
        wake.yield()
        for await _ in wakes {
            guard !isStopped else { return }
            await poll()
            arm()
        }
    }

    private func arm() {
        sleeper?.cancel()
        guard !isStopped else { return }
        let time = services.now.adding(seconds: box.pollSeconds)
        sleeper = Task { [services, wake] in
            await services.surroundings.sleepUntil(time)
            if !Task.isCancelled { wake.yield() }
        }
    }

    /// Looks at the mailbox once, after whatever look is under way.
    func poll() async {
        while let polling { await polling.value }
        let look = Task {
            await self.look()
            // Here, and not by who waits for it: another who waits would find it done and still there, and look for ever.
            self.polling = nil
        }
        polling = look
        await look.value
    }

    private func look() async {
        do {
            try await takeAll()
            let isTidy = try await fileAll()
            await note(isTidy ? .accepted(Receipt()) : .retry(afterSeconds: nil, OutcomeReason(.answerNotUnderstood)))
        } catch let failure as MailboxFailure {
            services.metrics.count("meldpoort_mailbox_failures_total", ("mailbox", box.id))
            services.logger.notice(
                "the mailbox could not be read", metadata: ["mailbox": "\(box.id)", "reason": "\(Self.word(failure))"])
            await note(.retry(afterSeconds: nil, OutcomeReason(.answerNotUnderstood)))
        } catch {
            // The store: everything stays in the mailbox, and the next look finds it again.
            services.metrics.count("meldpoort_store_failures_total")
            services.logger.warning(
                "mail could not be stored", metadata: ["mailbox": "\(box.id)", "error": "\(error)"])
        }
    }

    // MARK: - Taking over

    private func takeAll() async throws {
        var queue = try await services.store.mailQueue(box.id, uidValidity: nil)
        var last = queue.flatMap(Self.position)
        while !isStopped {
            let listing: MailboxListing
            do throws(MailboxFailure) {
                listing = try await box.mailbox.list(after: last)
            } catch .uidValidityChanged(let now) {
                // All numbers were given out anew: messages that are known are recognised by what they hold.
                services.logger.notice("the mailbox was numbered anew", metadata: ["mailbox": "\(box.id)"])
                queue = try await services.store.mailQueue(box.id, uidValidity: now) ?? MailQueue(uidValidity: now)
                failures = [:]
                last = queue.flatMap(Self.position)
                listing = try await box.mailbox.list(after: last)
            }
            if queue?.uidValidity != listing.uidValidity {
                let known = try await services.store.mailQueue(box.id, uidValidity: listing.uidValidity)
                queue = known ?? MailQueue(uidValidity: listing.uidValidity)
            }
            guard let known = queue else { return }
            try await take(listing.messages, known)
            guard listing.hasMore, let end = listing.messages.last else { return }
            last = end
            queue = try await services.store.mailQueue(box.id, uidValidity: listing.uidValidity)
        }
    }

    private static func position(of queue: MailQueue) -> MailboxMessage? {
        queue.settledThrough == 0
            ? nil : MailboxMessage(uidValidity: queue.uidValidity, uid: queue.settledThrough)
    }

    private func take(_ messages: [MailboxMessage], _ queue: MailQueue) async throws {
        var settled = queue.settledThrough
        var stored = settled
        var hasGap = false
        var missed = 0
        for message in messages where message.uid > queue.settledThrough {
            guard !isStopped else { return }
            // Up to where all is dealt with once this one is.
            let through = hasGap ? settled : message.uid
            var isTaken = queue.taken.contains(message.uid)
            if !isTaken {
                isTaken = try await take(message, settledThrough: through)
                if isTaken { stored = through }
            }
            if isTaken {
                settled = through
                missed = 0
            } else {
                hasGap = true
                missed += 1
                // One message may be at fault; several in a row are the mailbox.
                guard missed < Self.mostMissed else {
                    throw MailboxFailure.unreachable(OutcomeReason(.answerNotUnderstood))
                }
            }
        }
        guard settled > stored else { return }
        // What was taken before, beyond a gap that is now closed.
        var change = Change()
        change.mail.settled = MailPosition(mailbox: box.id, uidValidity: queue.uidValidity, uid: settled)
        _ = try await services.store.commit(change)
    }

    /// Fetches one message and has it in the store. False when that must be tried again, and the next message can be looked at.
    /// - Throws: `MailboxFailure` of the mailbox as a whole; `StoreError` when nothing can be stored now.
    private func take(_ message: MailboxMessage, settledThrough: UInt32) async throws -> Bool {
        let arrival = MailIntake.Arrival(
            position: MailPosition(mailbox: box.id, uidValidity: message.uidValidity, uid: message.uid),
            settledThrough: settledThrough)
        do {
            switch try await fetch(message) {
            case .bytes(let bytes): try await intake.take(bytes, arrival)
            // Somebody took it out before we did.
            case .gone: try await intake.pass(arrival)
            case .tooLarge(let size):
                try await intake.leave(.teGroot, size: size, arrival)
                await flag(message)
            case .notNow: return try await missed(message, arrival)
            }
        } catch let error as StoreError {
            // A store that takes nothing at all is waited for; one that does not take this message must not stop the others.
            if case .unavailable = error { throw error }
            services.logger.error(
                "a mail could not be stored", metadata: ["mailbox": "\(box.id)", "error": "\(error)"])
            return try await missed(message, arrival)
        }
        failures[message] = nil
        return true
    }

    private func missed(_ message: MailboxMessage, _ arrival: MailIntake.Arrival) async throws -> Bool {
        failures[message, default: 0] += 1
        guard failures[message, default: 0] >= Self.mostFetches else { return false }
        try await intake.leave(.onleesbaar, size: 0, arrival)
        failures[message] = nil
        await flag(message)
        return true
    }

    private enum Fetched {
        case bytes([UInt8])
        case gone
        case tooLarge(Int)
        case notNow
    }

    private func fetch(_ message: MailboxMessage) async throws(MailboxFailure) -> Fetched {
        do throws(MailboxFailure) {
            return .bytes(try await box.mailbox.bytes(of: message))
        } catch {
            switch error {
            case .messageGone: return .gone
            case .messageTooLarge(let size): return .tooLarge(size)
            case .refused, .uncertain: return .notNow
            case .unreachable(let reason) where !Self.ofTheWhole.contains(reason.label): return .notNow
            case .unreachable, .uidValidityChanged: throw error
            }
        }
    }

    /// Reasons that no message can be at fault for.
    private static let ofTheWhole: Set<OutcomeLabel> = [
        .connectionRefused, .nameNotResolved, .connectTimeout, .tlsFailed, .startTLSMissing, .authenticationFailed,
        .busyCounterpart, .clientCertificateRefused,
    ]

    /// So that a person with a mail program sees it; when it fails, the notice is enough.
    private func flag(_ message: MailboxMessage) async {
        try? await box.mailbox.mark(message, .flagged)
    }

    // MARK: - Putting out of the way

    /// False when something could not be moved: it stays, and is tried again at the next look.
    private func fileAll() async throws -> Bool {
        guard let folder = box.processedFolder, let queue = try await services.store.mailQueue(box.id, uidValidity: nil)
        else { return true }
        var isTidy = true
        for uid in queue.toFile where !isStopped {
            do throws(MailboxFailure) {
                try await box.mailbox.move(MailboxMessage(uidValidity: queue.uidValidity, uid: uid), to: folder)
            } catch .messageGone {
                // Moved before by us, without the answer coming through, or by somebody else.
            } catch .uidValidityChanged {
                return true
            } catch {
                services.metrics.count("meldpoort_mail_filing_failures_total", ("mailbox", box.id))
                isTidy = false
                if case .unreachable = error { return false }
                continue
            }
            var change = Change()
            change.mail.filed = [MailPosition(mailbox: box.id, uidValidity: queue.uidValidity, uid: uid)]
            _ = try await services.store.commit(change)
        }
        return isTidy
    }

    // MARK: - Trouble

    /// ICT hears of trouble once, and once when it is over.
    private func note(_ outcome: Outcome) async {
        var looked = trouble
        guard let happened = looked.record(outcome) else {
            trouble = looked
            return
        }
        let now = services.now
        var change = Change()
        change.troubles[PostBox.troubleKey(box.id)] = .some(happened == .began ? now : nil)
        change.notices = [
            NewNotice(
                kind: happened == .began ? .mailboxTroubleBegan : .mailboxTroubleEnded, addressee: .ict,
                recipientID: box.id, subject: nil, cause: "\(happened) \(now)", createdAt: now)
        ]
        // Told with the next look when it cannot be told now.
        guard (try? await services.commitIfUnchanged(change)) == true else { return }
        trouble = looked
        services.logger.notice("mailbox trouble \(happened)", metadata: ["mailbox": "\(box.id)"])
        showTrouble()
    }

    private func showTrouble() {
        services.metrics.set(
            "meldpoort_mailbox_troubled", ("mailbox", box.id), to: trouble.isTroubled ? 1 : 0)
    }

    private static func word(_ failure: MailboxFailure) -> String {
        switch failure {
        case .unreachable(let reason), .uncertain(let reason): reason.label.rawValue
        case .uidValidityChanged: "uidValidityChanged"
        case .messageGone: "messageGone"
        case .messageTooLarge: "messageTooLarge"
        case .refused: "refused"
        }
    }
}
