// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
public import AdapterSDK
public import Disclosures
import Values

/// Tells the board and its staff that something was done (`kennisgeving`), or that something is open that somebody must act on or
/// know of (`opschaling`): never about whom, or what.
///
/// A mail over the relay (`mail`), or, a notice, a text that a person passes on (`handover`).
public struct BestuurAdapter: Adapter {
    private let channel: String
    private let addresses: [String]
    private let notice: Notice
    private let openItems: OpenItems

    /// Takes the settings of one recipient: the board, a headmaster, the central contact person, who looks after the meldcode at
    /// the schools, a teacher.
    public init(settings: AdapterSettings) throws(SettingProblems) {
        var problems: [SettingProblems.Problem] = []
        channel = settings.channel
        addresses = MailAddress.readAll(settings, problems: &problems)
        notice = Notice(settings)
        openItems = OpenItems(settings)
        if let contact = settings["contact"]?.string, contact.isEmpty || contact.contains(where: \.isNewline) {
            problems.append(.init(path: ["contact"], message: "this is one line of text, or left out"))
        }
        guard problems.isEmpty else { throw SettingProblems(problems) }
    }

    /// A notice has no readers of its own; a rung of the ladder brings them along.
    public static func lack(in settings: AdapterSettings, for message: MessageKind) -> SettingProblems.Problem? {
        message == .kennisgeving ? MailAddress.lack(in: settings) : nil
    }

    /// Mails the text as it is, for it says nothing about anybody. Refused when nobody is to read it.
    public func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        switch disclosure.message {
        case .kennisgeving:
            guard !addresses.isEmpty else { return .rejected(OutcomeReason(.noReader)) }
            return await transport.deliver(
                DocumentMail.open(
                    notice.document(disclosure), subject: "Bericht van Meldpoort", for: disclosure, to: addresses))
        case .opschaling:
            let readers = readers(of: disclosure)
            guard !readers.isEmpty else { return .rejected(OutcomeReason(.noReader)) }
            return await transport.deliver(openItems.mail(disclosure, to: readers))
        default: return .rejected(OutcomeReason(.contentNotRepresentable))
        }
    }

    /// A notice, for a person who passes it on.
    public func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        switch disclosure.message {
        case .kennisgeving: return notice.handover(disclosure)
        default: throw HandoverImpossible(message: disclosure.message)
        }
    }

    /// Connects to the relay, over TLS, logs in, and sends no mail.
    public func probe(over transport: any OutboundTransport) async -> ProbeResult {
        channel == Channel.handover.rawValue ? .nothingToProbe : await transport.probe()
    }

    /// The persons of this message, each once. Never the recipient's own addresses: who is barred from a case may read those.
    private func readers(of disclosure: Disclosure) -> [String] {
        disclosure.readers.filter(MailAddress.isPlain).reduce(into: [String]()) { found, address in
            if !found.contains(address) { found.append(address) }
        }
    }
}
