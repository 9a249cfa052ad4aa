// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

/// A counterpart that refuses whatever is sent or, by its setting, is out of reach, and has a text for everything but a question for advice.
struct SampleAdapter: Adapter {
    static let specification = AdapterSpecification(
        name: "proef", summary: "Voor proeven.",
        recipientKinds: [.veiligThuis, .verwijsindex, .hulpverlener, .aandachtsfunctionaris],
        channels: [.api, .handover], messages: Set(MessageKind.allCases),
        settings: [
            SettingSpecification("out_of_reach", .boolean, default: false, summary: "Nothing ever gets there.")
        ], sample: "")

    private let isOutOfReach: Bool

    init(settings: AdapterSettings) throws(SettingProblems) {
        isOutOfReach = settings["out_of_reach"]?.bool ?? false
    }

    func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        isOutOfReach
            ? .retry(afterSeconds: nil, OutcomeReason(.notSent))
            : .rejected(OutcomeReason(.refusedByCounterpart, status: 400))
    }

    func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        guard disclosure.message != .veiligThuisAdvies else { throw HandoverImpossible(message: disclosure.message) }
        return HandoverDocument(
            title: "Melding", instruction: "Bel. Kenmerk \(disclosure.reference).",
            sections: [.init(heading: "Kind", lines: [.init(label: "Naam", value: "Testkind")])])
    }
}
