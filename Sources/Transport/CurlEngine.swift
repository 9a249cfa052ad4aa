// SPDX-License-Identifier: EUPL-1.2
import Synchronization

/// The one owner of libcurl: a thread that runs all HTTPS transfers over reused connections, and a short-lived thread per mail.
///
/// Mail has threads of its own because libcurl waits for a relay's last reply without giving its thread back: on the HTTPS thread
/// one slow relay would hold up every other recipient.
public final class CurlEngine: Sendable {
    private let requests = RequestLoopClient()
    private let mails = MailThreads()
    let paces = PaceBook()
    private let gate: Gate

    /// - Parameter maximumTransfers: How many transfers run at the same time, over all counterparts; the others wait their turn.
    public init(maximumTransfers: Int = 128) {
        gate = Gate(limit: maximumTransfers)
    }

    deinit {
        requests.shutDown(by: .now)
        mails.shutDown(by: .now)
    }

    /// Takes nothing new from now on, lets what runs end within the grace time, and then ends it: what was not sent yet is answered
    /// as not sent, what was under way as uncertain, both with the label `interrupted`. Returns at the latest a few seconds after
    /// the grace time.
    public func shutdown(grace: Duration) async {
        let deadline = ContinuousClock.now + grace
        requests.shutDown(by: deadline)
        mails.shutDown(by: deadline)
        await requests.ended()
        await mails.ended()
    }

    /// Runs one HTTPS transfer. When the task is cancelled, the transfer ends at once.
    func request(_ plan: TransferPlan, in lane: Lane) async -> TransferEnd {
        await admitted(to: lane) { await self.requests.run(plan, in: lane) }
    }

    /// Runs one mail transfer. When the task is cancelled, the transfer ends within about a second.
    func mail(_ plan: TransferPlan, in lane: Lane) async -> TransferEnd {
        await admitted(to: lane) { await self.mails.run(plan, in: lane) }
    }

    private func admitted(to lane: Lane, _ run: () async -> TransferEnd) async -> TransferEnd {
        guard !Task.isCancelled, await lane.gate.enter() else { return .neverBegan(.cancelled) }
        defer { lane.gate.leave() }
        guard await gate.enter() else { return .neverBegan(.cancelled) }
        defer { gate.leave() }
        return await run()
    }
}
