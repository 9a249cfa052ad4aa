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
        }
    }

    /// Only a person brings these in (practice 18): a system token gets 403.
    public var needsPerson: Bool {
        self == .bevestigingGegeven || self == .verstrekkingVastgelegd
    }

    /// The short Dutch name, for screens: the type without its domain and version.
    public var shortName: String {
        rawValue.split(separator: ".").dropFirst(2).first.map(String.init) ?? rawValue
    }
}
