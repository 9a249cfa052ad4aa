// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Synchronization
import Values

/// A sound little adapter for a folder that makes exactly one mistake.
struct CarelessDropper: Adapter {
    enum Mistake: String, CaseIterable {
        case none
        case titleInName, newNameEachTime, leavesItThere, guessesUncertain, givesUp, forgetsField, twoFiles
    }

    static let sample = """
        recipients:
          - id: proef
            adapter: careless-dropper
            channel: folder
            name: Proef
            settings: {mistake: none}
        """

    static let specification = AdapterSpecification(
        name: "careless-dropper", summary: "Makes one mistake with files.", recipientKinds: [.intranet],
        channels: [.folder], messages: [.publicatie, .publicatieIntrekking],
        settings: [
            SettingSpecification(
                "mistake", .choice(Mistake.allCases.map(\.rawValue)), required: true, summary: "Which one.")
        ], sample: sample)

    private static let attempts = Mutex(0)

    private let mistake: Mistake

    init(settings: AdapterSettings) throws(SettingProblems) {
        guard let mistake = settings["mistake"]?.string.flatMap(Mistake.init) else {
            throw SettingProblems([.init(path: ["mistake"], message: "there is no such mistake")])
        }
        self.mistake = mistake
    }

    func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        guard let page = disclosure.content["publicatie"]?.string,
            Self.specification.messages.contains(disclosure.message)
        else { return .rejected(OutcomeReason(.contentNotRepresentable)) }
        let name = name(page, disclosure)
        if disclosure.message == .publicatieIntrekking, mistake != .leavesItThere {
            return outcome(of: await transport.remove(fileNamed: name))
        }
        let content = mistake == .forgetsField ? disclosure.content["titel"] ?? .null : disclosure.content
        let file = DroppedFile(name: name, bytes: content.canonicalBytes)
        if mistake == .twoFiles { _ = await transport.write(DroppedFile(name: "kopie-\(name)", bytes: file.bytes)) }
        return outcome(of: await transport.write(file))
    }

    private func name(_ page: String, _ disclosure: Disclosure) -> String {
        switch mistake {
        case .titleInName:
            let title = (disclosure.content["titel"]?.string ?? "").utf8.map { String($0, radix: 16) }
            return "\(page)-\(title.joined().suffix(80)).json"
        case .newNameEachTime:
            let attempt = Self.attempts.withLock { count in
                count += 1
                return count
            }
            return "\(page)-\(attempt).json"
        default: return "\(page).json"
        }
    }

    private func outcome(of exchange: Exchange<FileReceipt>) -> Outcome {
        switch exchange {
        case .answered: .accepted(Receipt())
        case .notSent(let reason): mistake == .givesUp ? .rejected(reason) : .retry(afterSeconds: nil, reason)
        case .uncertain(let reason):
            mistake == .guessesUncertain ? .retry(afterSeconds: nil, reason) : .unknown(reason)
        }
    }

    func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        throw HandoverImpossible(message: disclosure.message)
    }
}
