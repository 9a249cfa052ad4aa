// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Delivery

/// Why the gateway did not do what was asked. Texts are Dutch and hold nothing personal.
public enum GatewayError: Error, Sendable, Hashable {
    /// The event does not fit. All problems at once.
    case invalid([EventProblem])
    /// There are no figures of this period, and why, in Dutch.
    case invalidPeriod(String)
    /// Who asks may not do this.
    case forbidden(Forbidden)
    /// Source and id are taken by another event.
    case idTaken
    case noSuchDelivery
    case noSuchEvent
    case noSuchCase
    case noSuchMail
    case noSuchOwedItem
    /// The delivery is in another state than this act needs.
    case wrongState(actual: DeliveryState, needed: [DeliveryState])
    /// The rules refuse it.
    case refused(code: String, article: String, text: String)
    /// The store cannot be written or read now; nothing was changed, and trying again is right.
    case unavailable
    /// The gateway made a change that its own store refuses: nothing was changed, and somebody must look.
    case fault
    /// What was read is not what was written: somebody must look.
    case corrupt

    /// The reasons for which somebody may not do something.
    public enum Forbidden: String, Sendable, Hashable, CaseIterable {
        case schoolBuitenBereik
        case typeBuitenBereik
        case alleenPersoon
        case alleenMeldpoort
        case rolOntbreekt
        case nietVanU
        case buitenBereik

        /// For people, in Dutch.
        public var text: String {
            switch self {
            case .schoolBuitenBereik: "Deze toegang geldt niet voor deze school."
            case .typeBuitenBereik: "Deze toegang geldt niet voor dit type gebeurtenis."
            case .alleenPersoon:
                "Alleen een persoon kan dit doen; dit is de toegang van een systeem. Gebruik de toegang van een bevoegd persoon."
            case .alleenMeldpoort:
                "Deze gebeurtenis maakt Meldpoort zelf; niemand anders dient haar in, leest haar of houdt haar tegen."
            case .rolOntbreekt: "Deze persoon heeft op deze school vandaag niet de rol die hiervoor nodig is."
            case .buitenBereik: "Deze zaak valt buiten uw bereik."
            case .nietVanU: "Deze toegang leest alleen wat zij zelf heeft ingediend."
            }
        }
    }

    init(_ error: StoreError) {
        switch error {
        case .idTaken: self = .idTaken
        case .stateChanged(_, let actual): self = .wrongState(actual: actual, needed: [])
        case .noSuchDelivery: self = .noSuchDelivery
        case .mailJudged:
            self = .refused(
                code: "postAlZoBeoordeeld", article: "",
                text: "Deze post is al zo beoordeeld. Een andere beoordeling kan wel.")
        // Where the gateway looks at its clocks itself it minds this; here a person was just too late.
        case .owedChanged:
            self = .refused(
                code: "verplichtingNietOpen", article: "", text: "Deze verplichting staat niet meer open.")
        case .unavailable: self = .unavailable
        case .invalidChange: self = .fault
        case .wrongKey, .corrupt: self = .corrupt
        }
    }
}
