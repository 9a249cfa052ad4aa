// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
public import AdapterSDK
public import Disclosures
import Values

/// Brings a school's report to Veilig Thuis, its requests for advice, and what comes later: an answer to a request, further
/// information, a correction; and remarks about the process to the mailbox that Veilig Thuis keeps for those.
///
/// There is no machine interface for schools: a person phones or uses the region's web form (`handover`), or the report goes as
/// an attachment over a secure-mail relay (`mail`). Advice is asked by phone and stays anonymous.
public struct VeiligThuisAdapter: Adapter {
    private let channel: String
    private let address: String?
    private let order: [OrderedSection]
    private let words: HandoverWords

    /// Takes the settings of one recipient: one of the 26 regional organisations.
    public init(settings: AdapterSettings) throws(SettingProblems) {
        var problems: [SettingProblems.Problem] = []
        channel = settings.channel
        address = MailAddress.read(settings, problems: &problems)
        order = OrderedSection.read(settings["sections"], problems: &problems)
        words = HandoverWords(settings)
        guard problems.isEmpty else { throw SettingProblems(problems) }
    }

    /// Mails a report and what comes after it. Advice is not mailed: it is asked by phone, where it gets an answer at once;
    /// nor what may be said in a meeting.
    public func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        guard let address, Self.takes(disclosure, over: .mail) else {
            return .rejected(OutcomeReason(.contentNotRepresentable))
        }
        if disclosure.message == .procesopmerking {
            let remark = ProcessRemark.document(disclosure)
            return await transport.deliver(
                DocumentMail.open(remark, subject: "Opmerking over het proces", for: disclosure, to: [address]))
        }
        let document = ReportDocument.document(Report(disclosure), order, reference: disclosure.reference)
        return await transport.deliver(
            DocumentMail.message(document, for: disclosure, to: [address], reader: "medewerker van Veilig Thuis"))
    }

    /// What a person says by phone or puts into the web form, in the order of the form.
    public func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        guard Self.takes(disclosure, over: .handover) else { throw HandoverImpossible(message: disclosure.message) }
        return switch disclosure.message {
        case .veiligThuisAdvies: words.advice(disclosure)
        case .procesopmerking: words.remark(disclosure)
        default: words.report(disclosure, order)
        }
    }

    /// The process mailbox never gets anything of a case, whatever was routed to it.
    private static func takes(_ disclosure: Disclosure, over channel: Channel) -> Bool {
        specification.messages(over: channel).contains(disclosure.message)
            && (disclosure.recipient.kind != .veiligThuisProces || disclosure.message == .procesopmerking)
    }

    /// Connects to the relay, over TLS, logs in, and sends no mail.
    public func probe(over transport: any OutboundTransport) async -> ProbeResult {
        channel == Channel.handover.rawValue ? .nothingToProbe : await transport.probe()
    }
}
