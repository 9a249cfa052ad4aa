// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
public import Disclosures
import Values

/// Registers a school's involvement with a regional verwijsindex, and withdraws it.
///
/// The index stores no reason and no explanation (Jeugdwet 7.1.4.3), so neither exists here. Every region's interface is bound
/// to a contract, so the request is a template in the recipient's settings; without one, a person uses the web application.
public struct VerwijsindexAdapter: Adapter {
    private let channel: String
    private let words: HandoverWords
    private let registration: RequestTemplate?
    private let withdrawal: RequestTemplate?

    /// Takes the settings of one recipient. Fills in every template with made-up values, so that a template that cannot give a
    /// sound body is found here and not at the first delivery.
    public init(settings: AdapterSettings) throws(SettingProblems) {
        var problems: [SettingProblems.Problem] = []
        let codes = Codes(settings["codes"], problems: &problems)
        registration = RequestTemplate(
            settings["registration"], at: "registration", for: .verwijsindexRegistratie, codes: codes,
            problems: &problems)
        withdrawal = RequestTemplate(
            settings["withdrawal"], at: "withdrawal", for: .verwijsindexIntrekking, codes: codes, problems: &problems)
        if settings.channel == Channel.api.rawValue {
            for key in ["registration", "withdrawal"] where settings[key] == nil {
                problems.append(
                    .init(
                        path: [key], message: "channel api needs the request for a \(key)",
                        suggestion:
                            "see 'meldpoort adapter sample verwijsindex'; without a link choose channel: handover"))
            }
        }
        channel = settings.channel
        words = HandoverWords(settings)
        guard problems.isEmpty else { throw SettingProblems(problems) }
    }

    /// Sends the filled-in template of the message's kind. Nothing is sent when a field that the template needs is missing, or
    /// when a value holds a character that the body's format cannot hold.
    public func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        guard let template = template(for: disclosure.message), let request = template.request(for: disclosure) else {
            return .rejected(OutcomeReason(.contentNotRepresentable))
        }
        return switch await transport.send(request) {
        case .answered(let response): template.answers.outcome(of: response)
        case .notSent(let reason): .retry(afterSeconds: nil, reason)
        case .uncertain(let reason): .unknown(reason)
        }
    }

    /// The fields in the order of the index's web application.
    public func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        switch disclosure.message {
        case .verwijsindexRegistratie: words.registration(disclosure)
        case .verwijsindexIntrekking: words.withdrawal(disclosure)
        default: throw HandoverImpossible(message: disclosure.message)
        }
    }

    /// Connects with the client certificate and sends no request.
    public func probe(over transport: any OutboundTransport) async -> ProbeResult {
        channel == Channel.handover.rawValue ? .nothingToProbe : await transport.probe()
    }

    private func template(for message: MessageKind) -> RequestTemplate? {
        switch message {
        case .verwijsindexRegistratie: registration
        case .verwijsindexIntrekking: withdrawal
        default: nil
        }
    }
}
