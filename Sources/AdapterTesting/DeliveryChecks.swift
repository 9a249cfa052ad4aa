// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Sandbox
import Synchronization

/// An adapter with one configuration before one counterpart.
struct Performance {
    let setup: Setup
    let stage: any Stage
    let counterpart: AdapterSuite.Counterpart

    /// What it sends by itself over this channel.
    private var delivers: Set<MessageKind> { setup.type.specification.messages(over: setup.channel) }

    var patient: Duration { suitePatience }

    func kinds() -> [MessageKind] {
        MessageKind.allCases.filter(delivers.contains)
    }

    func message(_ kind: MessageKind, _ extent: SampleMessage.Extent = .full, tag: String = "A1") -> SampleMessage {
        SampleMessage(kind, extent, tag: tag, to: setup.recipient)
    }

    func deliver(_ message: SampleMessage, total: Duration = suitePatience) async throws -> Outcome {
        try await setup.adapter().deliver(message.disclosure, over: stage.transport(total: total))
    }

    /// A delivery, and everything that arrived of it.
    func delivery(_ message: SampleMessage) async throws -> (outcome: Outcome, arrivals: [Arrival]) {
        let before = stage.arrivals.count
        let outcome = try await deliver(message)
        return (outcome, Array(stage.arrivals.dropFirst(before)))
    }

    // MARK: What is sent

    func probesWithoutSending(_ report: inout Report) async throws {
        let adapter = try setup.adapter()
        let result = await adapter.probe(over: try stage.transport(total: patient))
        report.require(result == .reachable, "the probe of a sound counterpart says \(result)")
        report.require(stage.connections > 0, "the probe did not connect")
        report.require(stage.messages.isEmpty, "the probe sent a message")
        let commands = stage.conversation.filter {
            $0.uppercased().hasPrefix("MAIL") || $0.uppercased().hasPrefix("RCPT")
        }
        report.require(commands.isEmpty, "the probe began a mail")
        await stage.goDown()
        if case .failed = await adapter.probe(over: try stage.transport(total: patient)) { return }
        report.add("the probe does not notice that nobody is there")
    }

    func sendsOnlyContentWhereItBelongs(_ report: inout Report) async throws {
        for kind in kinds() {
            for extent in SampleMessage.Extent.all(of: kind) {
                let message = message(kind, extent)
                let arrivals = try await delivery(message).arrivals
                let canary = LeakCanary(message.canaries)
                for (place, text) in arrivals.flatMap({ $0.places(of: kind) }) {
                    for finding in canary.findings(in: text, place: place) { report.add("\(kind): \(finding)") }
                }
                let count = arrivals.count(where: \.isMessage)
                report.require(count == 1, "\(kind), \(extent): it did not arrive once but \(count) times")
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
                let (outcome, arrivals) = try await delivery(message)
                report.require(outcome.isAccepted, "\(kind), \(extent): a sound counterpart gives \(outcome)")
                let contents = arrivals.flatMap { $0.contents(of: kind) }
                for field in message.missing(from: contents + contents.map(counterpart.reading)) {
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
            let before = stage.arrivals.count
            _ = await adapter.deliver(message(kind, .sparse, tag: "C3").disclosure, over: transport)
            let known = LeakCanary(first.canaries + [.init("the idempotency key", first.disclosure.idempotencyKey)])
            for arrival in stage.arrivals.dropFirst(before) {
                let parts = arrival.places(of: kind).map { Array($0.text.utf8) } + arrival.contents(of: kind)
                for finding in parts.flatMap({ known.findings(in: $0, place: "the next delivery") }) {
                    report.add("\(kind): \(finding)")
                }
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
            stage.set(.isBusy(variant: 0, seconds: 1))
            let first = try await delivery(message).arrivals
            stage.set(.accepts)
            let second = try await delivery(message).arrivals
            let messages = (first + second).filter(\.isMessage)
            report.require(messages.count == 2, "\(kind): two attempts arrived \(messages.count) times")
            guard let one = messages.first, let other = messages.last else { continue }
            report.require(one.identity == other.identity, "\(kind): the second attempt is another message")
            let key = LeakCanary([.init("key", counterpart.key(message.disclosure))])
            let isThere = second.contains { arrival in
                ([arrival.raw] + arrival.contents(of: kind)).contains { !key.findings(in: $0, place: "").isEmpty }
            }
            report.require(isThere, "\(kind): the key that tells a repetition does not arrive")
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
        guard let stage = stage as? IndexStage else { return }
        let answers: [(name: String, answer: IndexAnswer)] = [
            ("500", .json(500, "{}")), ("502", .json(502, "{}")), ("418", .json(418, "{}")),
            ("a redirect", .redirect(to: stage.index.baseURL + "/elders")), ("cut short", .cutShort),
            ("garbage", .garbage),
            ("too long", .oversized(bytes: 200_000)),
            ("too long, unannounced", .oversized(bytes: 200_000, announced: false)),
        ]
        for kind in kinds() {
            for (name, answer) in answers {
                stage.answerMessages(with: answer)
                let (outcome, arrivals) = try await delivery(message(kind))
                report.require(outcome.isUnknown, "\(kind): \(name) gives \(outcome)")
                let count = arrivals.count(where: \.isMessage)
                report.require(count == 1, "\(kind): \(name) makes it send \(count) times")
            }
        }
    }

    func sendsNothingUnprepared(_ report: inout Report) async throws {
        guard let stage = stage as? IndexStage else { return }
        let answers: [(name: String, answer: IndexAnswer, mayBeFinal: Bool)] = [
            ("hung up", .hangUpAfterRequest, false), ("busy", .retryAfter(503, seconds: 5), false),
            ("garbage", .garbage, false), ("403", .json(403, "{}"), true), ("500", .json(500, "{}"), false),
        ]
        for kind in kinds() {
            stage.set(.accepts)
            let preparations = try await delivery(message(kind)).arrivals.prefix { !$0.isMessage }
            for (number, preparation) in preparations.enumerated() {
                for (name, answer, mayBeFinal) in answers {
                    stage.answer(request: number + 1, with: answer)
                    let (outcome, arrivals) = try await delivery(message(kind))
                    let what = "\(kind): request \(number + 1), before the message, \(name)"
                    report.require(!arrivals.contains(where: \.isMessage), "\(what): it sends the message all the same")
                    let isSound =
                        outcome.isRetry || mayBeFinal && outcome.isRejected
                        || outcome.isUnknown && !preparation.isLookUp
                    report.require(isSound, "\(what) gives \(outcome)")
                }
            }
        }
    }

    func retriesUnreachable(_ report: inout Report) async throws {
        let transport = try stage.transport(total: patient)
        await stage.goDown()
        for kind in kinds() {
            let outcome = try await setup.adapter().deliver(message(kind).disclosure, over: transport)
            report.require(outcome.isRetry, "\(kind): nobody listens gives \(outcome)")
        }
    }

    // MARK: Time

    func endsWhenCancelled(_ report: inout Report) async throws {
        let grace = Duration.seconds(5)
        for kind in kinds() {
            stage.set(.staysSilent)
            let before = stage.messages.count
            let (adapter, transport) = (try setup.adapter(), try stage.transport(total: .seconds(60)))
            let disclosure = message(kind).disclosure
            let delivery = Task { await adapter.deliver(disclosure, over: transport) }
            try await stage.wait(for: before + 1)
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
    var isRetry: Bool { if case .retry = self { true } else { false } }
    var isUnknown: Bool { if case .unknown = self { true } else { false } }
}
