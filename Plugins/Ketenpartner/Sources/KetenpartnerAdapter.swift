// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
public import AdapterSDK
public import Disclosures
import Values

/// Brings what the school shares to a partner of the chain: the Raad, the police, a gecertificeerde instelling, a helper, an expert on
/// injuries; and prepares what a person writes into the leerlingvolgsysteem.
///
/// These partners have no machine interface for schools: a person passes on a text with labelled sections (`handover`), or a document
/// goes as an attachment over a secure-mail relay (`mail`).
public struct KetenpartnerAdapter: Adapter {
    private let instructions: Instructions
    private let channel: String
    private let address: String?

    /// Takes the settings of one recipient; any texts of one line will do.
    public init(settings: AdapterSettings) throws(SettingProblems) {
        var problems = Self.specification.settings.map(\.name).compactMap { name -> SettingProblems.Problem? in
            guard let text = settings[name]?.string, text.isEmpty || text.contains(where: \.isNewline) else {
                return nil
            }
            return .init(path: [name], message: "this is one line of text, or left out")
        }
        address = MailAddress.read(settings, problems: &problems)
        channel = settings.channel
        guard problems.isEmpty else { throw SettingProblems(problems) }
        instructions = Instructions(settings)
    }

    /// Mails a document. What may be said in a meeting is not mailed, and nothing goes to a leerlingvolgsysteem by mail.
    public func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        let kind = disclosure.recipient.kind
        guard let address, Self.specification.messages(over: .mail).contains(disclosure.message),
            kind != .leerlingvolgsysteem
        else { return .rejected(OutcomeReason(.contentNotRepresentable)) }
        return await transport.deliver(
            DocumentMail.message(
                PartnerDocument.document(disclosure), for: disclosure, to: [address],
                reader: PartnerDocument.reader(kind)))
    }

    /// Every field of the content in labelled sections, below what the person does with it.
    public func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        guard Self.specification.messages.contains(disclosure.message) else {
            throw HandoverImpossible(message: disclosure.message)
        }
        return HandoverDocument(
            title: instructions.title(disclosure), instruction: instructions.text(disclosure),
            sections: TextForm.sections(of: disclosure), reference: disclosure.reference)
    }

    /// Connects to the relay, over TLS, logs in, and sends no mail.
    public func probe(over transport: any OutboundTransport) async -> ProbeResult {
        channel == Channel.handover.rawValue ? .nothingToProbe : await transport.probe()
    }
}
