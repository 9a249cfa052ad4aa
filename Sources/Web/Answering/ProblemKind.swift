// SPDX-License-Identifier: EUPL-1.2
import HTTPTypes

/// The kinds of problem that the API answers with. The raw value ends the stable `type` address (RFC 9457).
enum ProblemKind: String, Sendable, CaseIterable {
    case ongeldigVerzoek = "ongeldig-verzoek"
    case ongeldigeJSON = "ongeldige-json"
    case ongeldigeGebeurtenis = "ongeldige-gebeurtenis"
    case ongeldigeBundel = "ongeldige-bundel"
    case nietAangemeld = "niet-aangemeld"
    case geenToegang = "geen-toegang"
    case nietGevonden = "niet-gevonden"
    case methodeNietToegestaan = "methode-niet-toegestaan"
    case antwoordvormNietMogelijk = "antwoordvorm-niet-mogelijk"
    case verzoekDuurdeTeLang = "verzoek-duurde-te-lang"
    case kenmerkInGebruik = "kenmerk-in-gebruik"
    case verkeerdeStatus = "verkeerde-status"
    case geweigerdDoorRegels = "geweigerd-door-regels"
    case teGroot = "te-groot"
    case adresTeLang = "adres-te-lang"
    case verkeerdeInhoudssoort = "verkeerde-inhoudssoort"
    case teVeelKopregels = "te-veel-kopregels"
    case interneFout = "interne-fout"
    case nietBeschikbaar = "niet-beschikbaar"

    /// The address that programs compare: `urn:meldpoort:probleem:ongeldige-json`.
    var type: String { "urn:meldpoort:probleem:\(rawValue)" }

    var status: HTTPResponse.Status {
        switch self {
        case .ongeldigVerzoek, .ongeldigeJSON, .ongeldigeGebeurtenis, .ongeldigeBundel: .badRequest
        case .nietAangemeld: .unauthorized
        case .geenToegang: .forbidden
        case .nietGevonden: .notFound
        case .methodeNietToegestaan: .methodNotAllowed
        case .antwoordvormNietMogelijk: .notAcceptable
        case .verzoekDuurdeTeLang: .requestTimeout
        case .kenmerkInGebruik, .verkeerdeStatus, .geweigerdDoorRegels: .conflict
        case .teGroot: .contentTooLarge
        case .adresTeLang: .uriTooLong
        case .verkeerdeInhoudssoort: .unsupportedMediaType
        case .teVeelKopregels: .requestHeaderFieldsTooLarge
        case .interneFout: .internalServerError
        case .nietBeschikbaar: .serviceUnavailable
        }
    }

    /// The same for every problem of this kind.
    var title: String {
        switch self {
        case .ongeldigVerzoek: "Het verzoek klopt niet"
        case .ongeldigeJSON: "De JSON is niet te lezen"
        case .ongeldigeGebeurtenis: "De gebeurtenis klopt niet"
        case .ongeldigeBundel: "De bundel klopt niet"
        case .nietAangemeld: "Niet aangemeld"
        case .geenToegang: "Geen toegang"
        case .nietGevonden: "Niet gevonden"
        case .methodeNietToegestaan: "Methode niet toegestaan"
        case .antwoordvormNietMogelijk: "Gevraagde antwoordvorm niet mogelijk"
        case .verzoekDuurdeTeLang: "Het verzoek duurde te lang"
        case .kenmerkInGebruik: "Dit kenmerk is al in gebruik"
        case .verkeerdeStatus: "Kan niet in deze status"
        case .geweigerdDoorRegels: "Geweigerd door de privacyregels"
        case .teGroot: "Het bericht is te groot"
        case .adresTeLang: "Het adres is te lang"
        case .verkeerdeInhoudssoort: "Deze inhoudssoort wordt niet gelezen"
        case .teVeelKopregels: "De kopregels zijn te groot of te veel"
        case .interneFout: "Er ging bij Meldpoort iets mis"
        case .nietBeschikbaar: "Nu niet beschikbaar"
        }
    }
}
