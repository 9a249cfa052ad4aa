// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Synchronization
import Values

/// A sound little adapter that makes exactly one mistake, chosen by its settings: to show that the suite sees each of them.
struct CarelessAdapter: Adapter {
    enum Mistake: String, CaseIterable {
        case none
        case takesBadSettings, probeSends, nameInPath, nameInHeader, forgetsField, remembers, otherKey,
            sendsUnknownKinds
        case takesRefusalsForSuccess, ignoresDelay, guessesLostAnswers, takesEverythingForSuccess, givesUpUnreachable
        case showsTooLittle, probesHandover, oneAtATime
    }

    static let sample = """
        recipients:
          - id: proef
            adapter: careless
            channel: api
            name: Proef
            settings: {mistake: none, path: /in}
        """

    static let specification = AdapterSpecification(
        name: "careless", summary: "Makes one mistake.", recipientKinds: [.verwijsindex], channels: [.api, .handover],
        messages: [.verwijsindexRegistratie],
        settings: [
            SettingSpecification(
                "mistake", .choice(Mistake.allCases.map(\.rawValue)), required: true, summary: "Which one."),
            SettingSpecification("path", .text, default: "/in", summary: "Where to."),
            SettingSpecification(
                "form", .object([SettingSpecification("pages", .integer(1...9), default: 3, summary: "How many.")]),
                summary: "Left out by the sample."),
        ], sample: sample)

    private static let remembered = Mutex("")
    private static let turn = Turn()

    private let mistake: Mistake
    private let path: String
    private let channel: String

    init(settings: AdapterSettings) throws(SettingProblems) {
        mistake = settings["mistake"]?.string.flatMap(Mistake.init) ?? .none
        path = settings["path"]?.string ?? "/in"
        channel = settings.channel
        // The gateway fills in what an object that is left out holds by default; so must the suite.
        guard settings["form", "pages"]?.integer == 3 else {
            throw SettingProblems([.init(path: ["form", "pages"], message: "the default is missing")])
        }
        guard path.hasPrefix("/") || mistake == .takesBadSettings else {
            throw SettingProblems([.init(path: ["path"], message: "does not begin with /")])
        }
    }

    func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        guard disclosure.message == .verwijsindexRegistratie || mistake == .sendsUnknownKinds else {
            return .rejected(OutcomeReason(.contentNotRepresentable))
        }
        if mistake == .oneAtATime { return await Self.turn.take { await send(disclosure, over: transport) } }
        return await send(disclosure, over: transport)
    }

    private func send(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        switch await transport.send(request(disclosure)) {
        case .answered(let response): outcome(of: response)
        case .notSent(let reason):
            mistake == .givesUpUnreachable ? .rejected(reason) : .retry(afterSeconds: nil, reason)
        case .uncertain(let reason):
            mistake == .guessesLostAnswers ? .retry(afterSeconds: nil, reason) : .unknown(reason)
        }
    }

    func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        guard disclosure.message == .verwijsindexRegistratie else {
            throw HandoverImpossible(message: disclosure.message)
        }
        let name = disclosure.content["leerling"]?["achternaam"]?.string ?? ""
        let value = mistake == .showsTooLittle ? name : Self.spread(disclosure.content).joined(separator: "\n")
        return HandoverDocument(
            title: "Proef", instruction: "Lees voor.",
            sections: [.init(heading: "Alles", lines: [.init(label: "Velden", value: value)])])
    }

    func probe(over transport: any OutboundTransport) async -> ProbeResult {
        if channel == "handover", mistake != .probesHandover { return .nothingToProbe }
        if mistake == .probeSends {
            _ = await transport.send(HTTPRequest(method: .post, path: "/", headers: [], body: [1]))
        }
        return await transport.probe()
    }

    private func request(_ disclosure: Disclosure) -> HTTPRequest {
        let name = disclosure.content["leerling"]?["achternaam"]?.string ?? ""
        let plain = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == " " || $0 == ".") }
        var headers = [HTTPRequest.Header("Content-Type", "application/json")]
        let attempt = Self.attempts.withLock { count in
            count += 1
            return count
        }
        let key = mistake == .otherKey ? "\(attempt)" : disclosure.idempotencyKey
        headers.append(.init("Idempotency-Key", key))
        var path = path
        if mistake == .nameInPath {
            path +=
                "?"
                + name.utf8.map { "%" + (String($0, radix: 16).count < 2 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        if mistake == .nameInHeader { headers.append(.init("X-Wie", Self.base64(Array(name.utf8)))) }
        var body = mistake == .forgetsField ? JSONValue.string(plain) : disclosure.content
        if mistake == .remembers {
            let before = Self.remembered.withLock { last in
                defer { last = name }
                return last
            }
            body = ["nu": body, "eerder": .string(before)]
        }
        return HTTPRequest(method: .post, path: path, headers: headers, body: body.canonicalBytes)
    }

    private static let attempts = Mutex(0)

    private func outcome(of response: HTTPResponse) -> Outcome {
        if mistake == .takesEverythingForSuccess, response.status >= 500, response.status != 503 {
            return .accepted(Receipt())
        }
        switch response.status {
        case 200: return .accepted(Receipt())
        case 429, 503:
            let wait = mistake == .ignoresDelay ? nil : response.retryAfterSeconds
            return .retry(afterSeconds: wait, OutcomeReason(.busyCounterpart, status: response.status))
        case 400, 403, 404, 422:
            let reason = OutcomeReason(.refusedByCounterpart, status: response.status)
            return mistake == .takesRefusalsForSuccess ? .accepted(Receipt()) : .rejected(reason)
        default: return .unknown(OutcomeReason(.answerNotUnderstood, status: response.status))
        }
    }

    private static func spread(_ value: JSONValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let elements): elements.flatMap(spread)
        case .object(let members): members.values.flatMap(spread)
        default: []
        }
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        return stride(from: 0, to: bytes.count - 2, by: 3).map { at in
            let group = Int(bytes[at]) << 16 | Int(bytes[at + 1]) << 8 | Int(bytes[at + 2])
            return String([18, 12, 6, 0].map { digits[group >> $0 & 63] })
        }.joined()
    }
}

/// Lets one in after another.
private actor Turn {
    private var last: Task<Outcome, Never>?

    func take(_ work: @escaping @Sendable () async -> Outcome) async -> Outcome {
        let before = last
        let task = Task {
            _ = await before?.value
            return await work()
        }
        last = task
        return await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }
}
