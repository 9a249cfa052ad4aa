// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Sandbox
import Synchronization
import Values

/// An adapter with one configuration before one counterpart.
struct Performance {
    let setup: Setup
    let stage: any Stage

    /// What it sends by itself over this channel.
    private var delivers: Set<MessageKind> { setup.type.specification.messages(over: setup.channel) }

    private var patient: Duration { suitePatience }

    private func kinds() -> [MessageKind] {
        MessageKind.allCases.filter(delivers.contains)
    }

    private func message(_ kind: MessageKind, _ extent: SampleMessage.Extent = .full, tag: String = "A1")
        -> SampleMessage
    {
        SampleMessage(kind, extent, tag: tag, to: setup.recipient)
    }

    private func deliver(_ message: SampleMessage, total: Duration = suitePatience) async throws -> Outcome {
        try await setup.adapter().deliver(message.disclosure, over: stage.transport(total: total))
    }

    // MARK: What is sent

    func probesWithoutSending(_ report: inout Report) async throws {
        let adapter = try setup.adapter()
        let result = await adapter.probe(over: try stage.transport(total: patient))
        report.require(result == .reachable, "the probe of a sound counterpart says \(result)")
        report.require(stage.connections > 0, "the probe did not connect")
        report.require(stage.arrivals.isEmpty, "the probe sent a message")
        let commands = stage.conversation.filter {
            $0.uppercased().hasPrefix("MAIL") || $0.uppercased().hasPrefix("RCPT")
        }
        report.require(commands.isEmpty, "the probe began a mail")
        await stage.goDown()
        if case .failed = await adapter.probe(over: try stage.transport(total: patient)) { return }
        report.add("the probe does not notice that nobody listens")
    }

    func sendsOnlyContentWhereItBelongs(_ report: inout Report) async throws {
        for kind in kinds() {
            for extent in SampleMessage.Extent.all(of: kind) {
                let sent = stage.arrivals.count
                let message = message(kind, extent)
                _ = try await deliver(message)
                let canary = LeakCanary(message.canaries)
                for arrival in stage.arrivals.dropFirst(sent) {
                    for (place, text) in arrival.openPlaces {
                        for finding in canary.findings(in: text, place: place) { report.add("\(kind): \(finding)") }
                    }
                }
                report.require(stage.arrivals.count == sent + 1, "\(kind), \(extent): it did not arrive once")
            }
        }
        let canary = LeakCanary(kinds().flatMap { message($0).canaries })
        for line in stage.conversation {
            for finding in canary.findings(in: line, place: "the conversation") {
                report.add(String(describing: finding))
            }
        }
    }

    func sendsEveryField(_ report: inout Report) async throws {
        for kind in kinds() {
            for extent in SampleMessage.Extent.all(of: kind) {
                let message = message(kind, extent)
                let outcome = try await deliver(message)
                report.require(outcome.isAccepted, "\(kind), \(extent): a sound counterpart gives \(outcome)")
                guard let arrival = stage.arrivals.last else { continue }
                for field in message.missing(from: arrival.content) {
                    report.add("\(kind), \(extent): \(field) did not arrive")
                }
            }
        }
    }

    func keepsNothing(_ report: inout Report) async throws {
        let adapter = try setup.adapter()
        let transport = try stage.transport(total: patient)
        for kind in kinds() {
            let first = message(kind, .full, tag: "B2")
            _ = await adapter.deliver(first.disclosure, over: transport)
            _ = await adapter.deliver(message(kind, .sparse, tag: "C3").disclosure, over: transport)
            guard let second = stage.arrivals.last else { continue }
            let known = LeakCanary(first.canaries + [.init("the idempotency key", first.disclosure.idempotencyKey)])
            let parts = second.openPlaces.map { Array($0.text.utf8) } + [second.content]
            for finding in parts.flatMap({ known.findings(in: $0, place: "the next delivery") }) {
                report.add("\(kind): \(finding)")
            }
        }
    }

    func sendsNothingWithoutForm(_ report: inout Report) async throws {
        for kind in MessageKind.allCases where !delivers.contains(kind) {
            let outcome = try await deliver(message(kind))
            report.require(outcome.isRejected, "\(kind), which it does not send, gives \(outcome)")
        }
        report.require(stage.connections == 0, "it connected for a message that it does not send")
    }

    func keepsTheKey(_ report: inout Report) async throws {
        for kind in kinds() {
            let message = message(kind)
            let before = stage.arrivals.count
            stage.set(.isBusy(variant: 0, seconds: 1))
            _ = try await deliver(message)
            stage.set(.accepts)
            _ = try await deliver(message)
            let sent = stage.arrivals.dropFirst(before)
            report.require(sent.count == 2, "\(kind): two attempts arrived \(sent.count) times")
            guard let first = sent.first, let second = sent.last else { continue }
            report.require(first.identity == second.identity, "\(kind): the second attempt is another message")
            let key = LeakCanary([.init("key", message.disclosure.idempotencyKey)])
            report.require(
                !key.findings(in: second.raw, place: "").isEmpty, "\(kind): the idempotency key does not arrive")
        }
    }

    // MARK: What answers mean

    func understandsRefusals(_ report: inout Report) async throws {
        for kind in kinds() {
            for variant in 0..<stage.refusals {
                stage.set(.refuses(variant: variant))
                let outcome = try await deliver(message(kind))
                report.require(outcome.isRejected, "\(kind): refusal \(variant + 1) gives \(outcome)")
            }
        }
    }

    func waitsForBusyCounterparts(_ report: inout Report) async throws {
        for kind in kinds() {
            for variant in 0..<stage.delays {
                stage.set(.isBusy(variant: variant, seconds: 37))
                let outcome = try await deliver(message(kind))
                guard case .retry(let seconds, _) = outcome else {
                    report.add("\(kind): busy counterpart \(variant + 1) gives \(outcome)")
                    continue
                }
                report.require(!stage.tellsDelay || seconds == 37, "\(kind): the delay it asks for is not honoured")
            }
        }
    }

    func doubtsLostAnswers(_ report: inout Report) async throws {
        for kind in kinds() {
            stage.set(.hangsUp)
            let lost = try await deliver(message(kind))
            report.require(lost.isUnknown, "\(kind): hung up after the whole message gives \(lost)")
            stage.set(.staysSilent)
            let silent = try await deliver(message(kind), total: .milliseconds(1500))
            report.require(silent.isUnknown, "\(kind): no answer to the whole message gives \(silent)")
        }
    }

    func doubtsStrangeAnswers(_ report: inout Report) async throws {
        guard let index = (stage as? IndexStage)?.index else { return }
        let answers: [(name: String, answer: IndexAnswer)] = [
            ("500", .json(500, "{}")), ("502", .json(502, "{}")), ("418", .json(418, "{}")),
            ("a redirect", .redirect(to: index.baseURL + "/elders")), ("cut short", .cutShort), ("garbage", .garbage),
            ("too long", .oversized(bytes: 200_000)),
            ("too long, unannounced", .oversized(bytes: 200_000, announced: false)),
        ]
        for kind in kinds() {
            for (name, answer) in answers {
                let before = index.count
                index.behaviour = .always(answer)
                let outcome = try await deliver(message(kind))
                report.require(outcome.isUnknown, "\(kind): \(name) gives \(outcome)")
                report.require(index.count == before + 1, "\(kind): \(name) makes \(index.count - before) requests")
            }
        }
    }

    func retriesUnreachable(_ report: inout Report) async throws {
        let transport = try stage.transport(total: patient)
        await stage.goDown()
        for kind in kinds() {
            let outcome = try await setup.adapter().deliver(message(kind).disclosure, over: transport)
            guard case .retry = outcome else {
                report.add("\(kind): nobody listens gives \(outcome)")
                continue
            }
        }
    }

    // MARK: Time

    func endsWhenCancelled(_ report: inout Report) async throws {
        let grace = Duration.seconds(5)
        for (index, kind) in kinds().enumerated() {
            stage.set(.staysSilent)
            let (adapter, transport) = (try setup.adapter(), try stage.transport(total: .seconds(60)))
            let disclosure = message(kind).disclosure
            let delivery = Task { await adapter.deliver(disclosure, over: transport) }
            try await stage.wait(for: index + 1)
            let start = ContinuousClock.now
            delivery.cancel()
            let outcome = await delivery.value
            report.require(ContinuousClock.now - start < grace, "\(kind): cancelling takes longer than \(grace)")
            report.require(outcome.isUnknown, "\(kind): cancelled after sending gives \(outcome)")
        }
    }

    func letsOthersPass(_ report: inout Report) async throws {
        guard let kind = kinds().first else { return }
        stage.set(.staysSilentOnce)
        let (adapter, transport) = (try setup.adapter(), try stage.transport(total: .seconds(12)))
        let (slow, quick) = (message(kind).disclosure, message(kind, .full, tag: "D4").disclosure)
        let hasEnded = SharedFlag()
        let delivery = Task {
            let outcome = await adapter.deliver(slow, over: transport)
            hasEnded.raise()
            return outcome
        }
        try await stage.wait(for: 1)
        let outcome = await adapter.deliver(quick, over: transport)
        report.require(outcome.isAccepted, "beside a slow delivery another one gives \(outcome)")
        report.require(!hasEnded.isRaised, "the slow delivery ended before the quick one")
        delivery.cancel()
        _ = await delivery.value
    }
}

/// Set by one task, read by another.
private final class SharedFlag: Sendable {
    private let flag = Mutex(false)
    var isRaised: Bool { flag.withLock { $0 } }
    func raise() { flag.withLock { $0 = true } }
}

extension Outcome {
    var isAccepted: Bool { if case .accepted = self { true } else { false } }
    var isRejected: Bool { if case .rejected = self { true } else { false } }
    var isUnknown: Bool { if case .unknown = self { true } else { false } }
}
