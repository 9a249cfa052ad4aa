// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
public import Disclosures
import Values

/// Brings a school's report to Veilig Thuis, its requests for advice, and what comes later: an answer to a request, further
/// information, a correction.
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
        guard let address, Self.specification.messages(over: .mail).contains(disclosure.message) else {
            return .rejected(OutcomeReason(.contentNotRepresentable))
        }
        let report = Report(disclosure)
        return switch await transport.send(ReportMail.message(report, order, for: disclosure, to: address)) {
        case .answered(let receipt): Self.outcome(of: receipt.code)
        // What the transport cannot write as a mail will not go better the next time.
        case .notSent(let reason) where reason.label == .contentNotRepresentable: .rejected(reason)
        case .notSent(let reason): .retry(afterSeconds: nil, reason)
        case .uncertain(let reason): .unknown(reason)
        }
    }

    /// What a person says by phone or puts into the web form, in the order of the form.
    public func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        switch disclosure.message {
        case .veiligThuisMelding, .verstrekking, .overleg, .correctie: words.report(disclosure, order)
        case .veiligThuisAdvies: words.advice(disclosure)
        default: throw HandoverImpossible(message: disclosure.message)
        }
    }

    /// Connects to the relay, over TLS, logs in, and sends no mail.
    public func probe(over transport: any OutboundTransport) async -> ProbeResult {
        channel == Channel.handover.rawValue ? .nothingToProbe : await transport.probe()
    }

    private static func outcome(of code: Int) -> Outcome {
        switch code {
        case 200..<300: .accepted(Receipt())
        case 400..<500: .retry(afterSeconds: nil, OutcomeReason(.busyCounterpart, status: code))
        case 500..<600: .rejected(OutcomeReason(.refusedByCounterpart, status: code))
        default: .unknown(OutcomeReason(.answerNotUnderstood, status: code))
        }
    }
}
