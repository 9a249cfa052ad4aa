// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
public import AdapterSDK
public import Disclosures
import Values

/// Tells the board and its staff that something was done: never about whom, or what.
///
/// A mail over the relay (`mail`), or a text that a person passes on (`handover`).
public struct BestuurAdapter: Adapter {
    private let channel: String
    private let addresses: [String]
    private let notice: Notice

    /// Takes the settings of one recipient: the board, a headmaster, the central contact person, a teacher.
    public init(settings: AdapterSettings) throws(SettingProblems) {
        var problems: [SettingProblems.Problem] = []
        channel = settings.channel
        addresses = MailAddress.readAll(settings, problems: &problems)
        notice = Notice(settings)
        if let contact = settings["contact"]?.string, contact.isEmpty || contact.contains(where: \.isNewline) {
            problems.append(.init(path: ["contact"], message: "this is one line of text, or left out"))
        }
        guard problems.isEmpty else { throw SettingProblems(problems) }
    }

    /// Mails the notice: it is the mail's text, for it says nothing about anybody.
    public func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        guard !addresses.isEmpty, Self.specification.messages.contains(disclosure.message) else {
            return .rejected(OutcomeReason(.contentNotRepresentable))
        }
        return await transport.deliver(
            DocumentMail.open(
                notice.document(disclosure), subject: "Bericht van Meldpoort", for: disclosure, to: addresses))
    }

    /// The same notice, for a person who passes it on.
    public func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        guard Self.specification.messages.contains(disclosure.message) else {
            throw HandoverImpossible(message: disclosure.message)
        }
        return notice.handover(disclosure)
    }

    /// Connects to the relay, over TLS, logs in, and sends no mail.
    public func probe(over transport: any OutboundTransport) async -> ProbeResult {
        channel == Channel.handover.rawValue ? .nothingToProbe : await transport.probe()
    }
}
