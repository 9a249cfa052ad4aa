// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
public import Disclosures
import Values

/// Prepares what a person tells a partner of the chain: the Raad, the police, a gecertificeerde instelling, a helper, an expert on
/// injuries; and what a person writes into the leerlingvolgsysteem.
///
/// A plain text with labelled sections (`handover`): these partners have no machine interface for schools.
public struct KetenpartnerAdapter: Adapter {
    private let instructions: Instructions

    /// Takes the settings of one recipient; any texts of one line will do.
    public init(settings: AdapterSettings) throws(SettingProblems) {
        let problems = Self.specification.settings.map(\.name).compactMap { name -> SettingProblems.Problem? in
            guard let text = settings[name]?.string, text.isEmpty || text.contains(where: \.isNewline) else {
                return nil
            }
            return .init(path: [name], message: "this is one line of text, or left out")
        }
        guard problems.isEmpty else { throw SettingProblems(problems) }
        instructions = Instructions(settings)
    }

    /// Sends nothing: the only channel is `handover`.
    public func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        .rejected(OutcomeReason(.contentNotRepresentable))
    }

    /// Every field of the content in labelled sections, below what the person does with it.
    public func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        guard Self.specification.messages.contains(disclosure.message) else {
            throw HandoverImpossible(message: disclosure.message)
        }
        return HandoverDocument(
            title: instructions.title(disclosure), instruction: instructions.text(disclosure),
            sections: TextForm.of(disclosure.message).sections(disclosure.content))
    }

    /// There is nothing to connect to.
    public func probe(over transport: any OutboundTransport) async -> ProbeResult {
        .nothingToProbe
    }
}
