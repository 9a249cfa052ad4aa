// SPDX-License-Identifier: EUPL-1.2

/// The kinds of case event, each with its version in the name (NL GOV profile for CloudEvents: reverse domain, one `v`).
///
/// A type's schema never changes after a release; a change is a new version beside the old one.
public enum EventType: String, Codable, Sendable, CaseIterable, Hashable {
    case zorgGesignaleerd = "nl.meldcode.zorg-gesignaleerd.v1"
    case stapGezet = "nl.meldcode.stap-gezet.v1"
    case verwijsindexregistratieGevraagd = "nl.meldcode.verwijsindexregistratie-gevraagd.v1"
    case verwijsindexintrekkingGevraagd = "nl.meldcode.verwijsindexintrekking-gevraagd.v1"
    case adviesGevraagd = "nl.meldcode.advies-gevraagd.v1"
    case veiligThuisMeldingBesloten = "nl.meldcode.veiligthuismelding-besloten.v1"
    case terugkoppelingOntvangen = "nl.meldcode.terugkoppeling-ontvangen.v1"
    case bevestigingGegeven = "nl.meldcode.bevestiging-gegeven.v1"
    case verstrekkingVastgelegd = "nl.meldcode.verstrekking-vastgelegd.v1"
    case verstrekkingBesloten = "nl.meldcode.verstrekking-besloten.v1"
    case overlegGepland = "nl.meldcode.overleg-gepland.v1"
    case letselduidingGevraagd = "nl.meldcode.letselduiding-gevraagd.v1"
    case toestemmingVastgelegd = "nl.meldcode.toestemming-vastgelegd.v1"
    case betrokkenenGeinformeerd = "nl.meldcode.betrokkenen-geinformeerd.v1"
    case wegingVastgelegd = "nl.meldcode.weging-vastgelegd.v1"
    case lvsregistratieVrijgegeven = "nl.meldcode.lvsregistratie-vrijgegeven.v1"
    case medewerkerBetrokken = "nl.meldcode.medewerker-betrokken.v1"
    case informatieverzoekOntvangen = "nl.meldcode.informatieverzoek-ontvangen.v1"
    case correctieVastgesteld = "nl.meldcode.correctie-vastgesteld.v1"
    case zaakAfgesloten = "nl.meldcode.zaak-afgesloten.v1"
    case verwijsindexmatchOntvangen = "nl.meldcode.verwijsindexmatch-ontvangen.v1"
    case matchcontactVastgelegd = "nl.meldcode.matchcontact-vastgelegd.v1"
    case verwijsindexregistratieBeeindigd = "nl.meldcode.verwijsindexregistratie-beeindigd.v1"
    case bezwaarOntvangen = "nl.meldcode.bezwaar-ontvangen.v1"
    case adviesverzoekOntvangen = "nl.meldcode.adviesverzoek-ontvangen.v1"
    case verzoekAfgehandeld = "nl.meldcode.verzoek-afgehandeld.v1"
    case postBeoordeeld = "nl.meldcode.post-beoordeeld.v1"
    case procesopmerkingGemaakt = "nl.meldcode.procesopmerking-gemaakt.v1"
    case publicatieAangeboden = "nl.meldcode.publicatie-aangeboden.v1"
    case publicatieIngetrokken = "nl.meldcode.publicatie-ingetrokken.v1"
    case partnercontactVastgelegd = "nl.meldcode.partnercontact-vastgelegd.v1"
    case drempelGemeld = "nl.meldcode.drempel-gemeld.v1"
    case verplichtingBijgewerkt = "nl.meldcode.verplichting-bijgewerkt.v1"
    case opschalingGedaan = "nl.meldcode.opschaling-gedaan.v1"

    /// The schema that data of this type must fit.
    public var schema: EventSchema {
        switch self {
        case .zorgGesignaleerd: .zorgGesignaleerd
        case .stapGezet: .stapGezet
        case .verwijsindexregistratieGevraagd: .verwijsindexregistratieGevraagd
        case .verwijsindexintrekkingGevraagd: .verwijsindexintrekkingGevraagd
        case .adviesGevraagd: .adviesGevraagd
        case .veiligThuisMeldingBesloten: .veiligThuisMeldingBesloten
        case .terugkoppelingOntvangen: .terugkoppelingOntvangen
        case .bevestigingGegeven: .bevestigingGegeven
        case .verstrekkingVastgelegd: .verstrekkingVastgelegd
        case .verstrekkingBesloten: .verstrekkingBesloten
        case .overlegGepland: .overlegGepland
        case .letselduidingGevraagd: .letselduidingGevraagd
        case .toestemmingVastgelegd: .toestemmingVastgelegd
        case .betrokkenenGeinformeerd: .betrokkenenGeinformeerd
        case .wegingVastgelegd: .wegingVastgelegd
        case .lvsregistratieVrijgegeven: .lvsregistratieVrijgegeven
        case .medewerkerBetrokken: .medewerkerBetrokken
        case .informatieverzoekOntvangen: .informatieverzoekOntvangen
        case .correctieVastgesteld: .correctieVastgesteld
        case .zaakAfgesloten: .zaakAfgesloten
        case .verwijsindexmatchOntvangen: .verwijsindexmatchOntvangen
        case .matchcontactVastgelegd: .matchcontactVastgelegd
        case .verwijsindexregistratieBeeindigd: .verwijsindexregistratieBeeindigd
        case .bezwaarOntvangen: .bezwaarOntvangen
        case .adviesverzoekOntvangen: .adviesverzoekOntvangen
        case .verzoekAfgehandeld: .verzoekAfgehandeld
        case .postBeoordeeld: .postBeoordeeld
        case .procesopmerkingGemaakt: .procesopmerkingGemaakt
        case .publicatieAangeboden: .publicatieAangeboden
        case .publicatieIngetrokken: .publicatieIngetrokken
        case .partnercontactVastgelegd: .partnercontactVastgelegd
        case .drempelGemeld: .drempelGemeld
        case .verplichtingBijgewerkt: .verplichtingBijgewerkt
        case .opschalingGedaan: .opschalingGedaan
        }
    }

    /// Only a person brings these in (practice 18): a system token gets 403.
    public var needsPerson: Bool {
        switch self {
        case .bevestigingGegeven, .verstrekkingVastgelegd, .verstrekkingBesloten, .overlegGepland,
            .toestemmingVastgelegd, .wegingVastgelegd, .lvsregistratieVrijgegeven, .medewerkerBetrokken,
            .correctieVastgesteld, .zaakAfgesloten, .verzoekAfgehandeld, .postBeoordeeld, .procesopmerkingGemaakt,
            .partnercontactVastgelegd, .drempelGemeld, .verplichtingBijgewerkt:
            true
        case .zorgGesignaleerd, .stapGezet, .verwijsindexregistratieGevraagd, .verwijsindexintrekkingGevraagd,
            .adviesGevraagd, .veiligThuisMeldingBesloten, .terugkoppelingOntvangen, .letselduidingGevraagd,
            .betrokkenenGeinformeerd, .informatieverzoekOntvangen, .verwijsindexmatchOntvangen,
            .matchcontactVastgelegd, .verwijsindexregistratieBeeindigd, .bezwaarOntvangen, .adviesverzoekOntvangen,
            .publicatieAangeboden, .publicatieIngetrokken, .opschalingGedaan:
            false
        }
    }

    /// What came in from a partner: it has internal recipients only, and sending it on is a new decision (practice 12).
    public var isFromPartner: Bool {
        switch self {
        case .terugkoppelingOntvangen, .informatieverzoekOntvangen, .verwijsindexmatchOntvangen,
            .verwijsindexregistratieBeeindigd, .bezwaarOntvangen, .adviesverzoekOntvangen, .postBeoordeeld:
            true
        default: false
        }
    }

    /// Anonymous by type (practice 14): no field of it could name anybody.
    public var isAnonymous: Bool {
        self == .adviesGevraagd || self == .letselduidingGevraagd || self == .procesopmerkingGemaakt
    }

    /// A page for the intranet: it has no case.
    public var isPublication: Bool {
        self == .publicatieAangeboden || self == .publicatieIngetrokken
    }

    /// Made by the gateway alone: nobody brings it in.
    public var isOwn: Bool { self == .opschalingGedaan }

    /// The types that others may bring in.
    public static let submittable = allCases.filter { !$0.isOwn }

    /// The person who decides names the recipients in the event itself, in `ontvangers`.
    public var namesItsRecipients: Bool {
        self == .verstrekkingBesloten || self == .overlegGepland
    }

    /// The short Dutch name, for screens: the type without its domain and version.
    public var shortName: String {
        rawValue.split(separator: ".").dropFirst(2).first.map(String.init) ?? rawValue
    }
}
