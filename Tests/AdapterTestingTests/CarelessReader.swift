// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

/// A sound little reader of a register that makes exactly one mistake. It sends nothing.
struct CarelessReader: PupilSource {
    enum Mistake: String, CaseIterable {
        case none
        case readsMore, forgetsField, tellsSecret, numberInPath, failureIsAbsence, sendsSomething
    }

    static let sample = """
        recipients:
          - id: proef
            adapter: careless-reader
            channel: api
            name: Proef
            settings: {mistake: none}
        """

    static let specification = AdapterSpecification(
        name: "careless-reader", summary: "Makes one mistake while it reads.", recipientKinds: [.leerlingvolgsysteem],
        channels: [.api], messages: [],
        settings: [
            SettingSpecification(
                "mistake", .choice(Mistake.allCases.map(\.rawValue)), required: true, summary: "Which one.")
        ], sample: sample)

    /// What a register would tell of the one pupil in it: every field, of which the house number is secret.
    static let answer = JSONValue.object(
        Dictionary(
            uniqueKeysWithValues: PupilField.allCases.map { ($0.rawValue, JSONValue.string("x-\($0.rawValue)")) }))

    private let mistake: Mistake

    init(settings: AdapterSettings) throws(SettingProblems) {
        guard let mistake = settings["mistake"]?.string.flatMap(Mistake.init) else {
            throw SettingProblems([.init(path: ["mistake"], message: "there is no such mistake")])
        }
        self.mistake = mistake
    }

    func find(_ query: PupilQuery, over transport: any OutboundTransport) async -> PupilAnswer {
        guard case .number(let number) = query.pupil else { return .failed(OutcomeReason(.contentNotRepresentable)) }
        let path = mistake == .numberInPath ? "/leerlingen?nummer=\(number)" : "/leerlingen"
        let request = HTTPRequest(
            method: .post, path: path, headers: [.init("Content-Type", "text/plain")], body: Array(number.utf8))
        switch await transport.send(request) {
        case .answered(let response) where response.status == 200:
            guard case .success(let value) = StrictJSON.read(response.body), let fields = value.object else {
                return failure(OutcomeReason(.answerNotUnderstood))
            }
            return .found([record(fields, query.fields)])
        case .answered(let response): return failure(OutcomeReason(.refusedByCounterpart, status: response.status))
        case .notSent(let reason), .uncertain(let reason): return failure(reason)
        }
    }

    private func record(_ fields: [String: JSONValue], _ asked: Set<PupilField>) -> PupilRecord {
        var wanted = asked
        if mistake == .readsMore { wanted.insert(.voornamen) }
        if mistake == .forgetsField { wanted.remove(.postcode) }
        let secret: Set<PupilField> = mistake == .tellsSecret ? [] : [.huisnummer]
        let told = wanted.subtracting(secret).compactMap { field in
            fields[field.rawValue]?.string.map { (field, $0) }
        }
        return PupilRecord(
            values: Dictionary(told, uniquingKeysWith: { first, _ in first }), withheld: asked.intersection(secret))
    }

    private func failure(_ reason: OutcomeReason) -> PupilAnswer {
        mistake == .failureIsAbsence ? .found([]) : .failed(reason)
    }

    func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        if mistake == .sendsSomething { _ = await transport.probe() }
        return .rejected(OutcomeReason(.contentNotRepresentable))
    }

    func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        throw HandoverImpossible(message: disclosure.message)
    }
}
