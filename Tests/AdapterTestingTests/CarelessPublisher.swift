// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

/// A sound little adapter that looks up before it sends, tells afterwards what it left out, and makes exactly one mistake.
struct CarelessPublisher: Adapter {
    enum Mistake: String, CaseIterable {
        case none
        case sendsAllTheSame, doubtsLookUps, givesUpAtLookUp, titleInLookUp, sendsTwice
    }

    static let sample = """
        recipients:
          - id: proef
            adapter: careless-publisher
            channel: api
            name: Proef
            settings: {mistake: none}
        """

    static let specification = AdapterSpecification(
        name: "careless-publisher", summary: "Makes one mistake while it looks up.", recipientKinds: [.intranet],
        channels: [.api], messages: [.publicatie],
        settings: [
            SettingSpecification(
                "mistake", .choice(Mistake.allCases.map(\.rawValue)), required: true, summary: "Which one.")
        ], sample: sample)

    private let mistake: Mistake

    init(settings: AdapterSettings) throws(SettingProblems) {
        guard let mistake = settings["mistake"]?.string.flatMap(Mistake.init) else {
            throw SettingProblems([.init(path: ["mistake"], message: "there is no such mistake")])
        }
        self.mistake = mistake
    }

    func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        guard disclosure.message == .publicatie, let page = disclosure.content["publicatie"]?.string else {
            return .rejected(OutcomeReason(.contentNotRepresentable))
        }
        let title = (disclosure.content["titel"]?.string ?? "").utf8.map { "%" + String($0 | 0, radix: 16) }.joined()
        let name = mistake == .titleInLookUp ? title : page
        let lookUp = await transport.send(
            HTTPRequest(method: .get, path: "/paginas?naam=\(name)", headers: [], body: []))
        if let broken = broken(lookUp), mistake != .sendsAllTheSame { return broken }
        var headers = [HTTPRequest.Header("Content-Type", "application/json")]
        headers.append(.init("X-Pagina", page))
        let request = HTTPRequest(
            method: .post, path: "/paginas", headers: headers, body: disclosure.content.canonicalBytes)
        if mistake == .sendsTwice { _ = await transport.send(request) }
        return outcome(of: await transport.send(request))
    }

    /// Why the message cannot be sent; nil when the look-up went well.
    private func broken(_ lookUp: Exchange<HTTPResponse>) -> Outcome? {
        switch lookUp {
        case .answered(let response) where response.status == 200: nil
        case .answered(let response):
            mistake == .givesUpAtLookUp
                ? .rejected(OutcomeReason(.refusedByCounterpart, status: response.status))
                : .retry(afterSeconds: nil, OutcomeReason(.busyCounterpart, status: response.status))
        case .notSent(let reason): .retry(afterSeconds: nil, reason)
        case .uncertain(let reason): mistake == .doubtsLookUps ? .unknown(reason) : .retry(afterSeconds: nil, reason)
        }
    }

    private func outcome(of exchange: Exchange<HTTPResponse>) -> Outcome {
        switch exchange {
        case .answered(let response):
            switch response.status {
            case 200: .accepted(Receipt())
            case 429, 503:
                .retry(
                    afterSeconds: response.retryAfterSeconds,
                    OutcomeReason(.busyCounterpart, status: response.status))
            case 400..<418, 422: .rejected(OutcomeReason(.refusedByCounterpart, status: response.status))
            default: .unknown(OutcomeReason(.answerNotUnderstood, status: response.status))
            }
        case .notSent(let reason): .retry(afterSeconds: nil, reason)
        case .uncertain(let reason): .unknown(reason)
        }
    }

    func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        throw HandoverImpossible(message: disclosure.message)
    }
}
