// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
public import Disclosures

/// Publishes pages about the meldcode on the board's intranet, brings them up to date, and takes them away again.
///
/// Publications are a type of their own and cannot hold anything of a case. Where a page is kept, is found each time by a name that
/// is made from the publication's reference: so a repeat brings one page up to date and never makes a second one.
public struct IntranetAdapter: Adapter {
    private let target: any Target

    /// Takes the settings of one recipient.
    public init(settings: AdapterSettings) throws(SettingProblems) {
        var problems: [SettingProblems.Problem] = []
        let kind = TargetKind(settings, problems: &problems)
        let target: any Target =
            switch kind {
            case .wordpress: WordPress(settings, problems: &problems)
            case .sharepoint: SharePoint(settings, problems: &problems)
            case .html: PageFolder(settings, problems: &problems)
            }
        guard problems.isEmpty else { throw SettingProblems(problems) }
        self.target = target
    }

    /// Publishes or withdraws one page. What is asked before anything is changed may be asked again: until then nothing is ever
    /// `unknown`.
    public func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        guard let order = Order(disclosure) else { return .rejected(OutcomeReason(.contentNotRepresentable)) }
        let place = PageName(order.reference)
        do throws(Ending) {
            switch order {
            case .publish(let publication):
                return .accepted(try await target.publish(publication, at: place, disclosure, over: transport))
            case .withdraw:
                return .accepted(try await target.withdraw(place, disclosure, over: transport))
            }
        } catch {
            return error.outcome
        }
    }

    /// There is no text to pass on by hand: a page is published, or it is not.
    public func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        throw HandoverImpossible(message: disclosure.message)
    }

    /// Logs in and reads one line about itself, or looks whether the folder can be written; changes nothing.
    public func probe(over transport: any OutboundTransport) async -> ProbeResult {
        await target.probe(over: transport)
    }
}

/// Where pages stand.
protocol Target: Sendable {
    /// Makes the page, or brings it up to date.
    func publish(
        _ publication: Publication, at place: PageName, _ disclosure: Disclosure, over transport: any OutboundTransport
    ) async throws(Ending) -> Receipt

    /// Takes the page away; one that is not there is away.
    func withdraw(
        _ place: PageName, _ disclosure: Disclosure, over transport: any OutboundTransport
    ) async throws(Ending) -> Receipt

    func probe(over transport: any OutboundTransport) async -> ProbeResult
}

/// What became of a delivery that did not reach its last step.
struct Ending: Error {
    let outcome: Outcome

    init(_ outcome: Outcome) {
        self.outcome = outcome
    }

    static func rejected(_ label: OutcomeLabel, _ status: Int? = nil) -> Ending {
        Ending(.rejected(OutcomeReason(label, status: status)))
    }
}
