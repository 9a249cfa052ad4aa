// SPDX-License-Identifier: EUPL-1.2
import Disclosures

/// The columns of a file of running cases, by their headings.
enum ImportColumn: String, CaseIterable {
    case soort, school, zaak, ontvanger, datum, tijd, kenmerk, leerlingnummer, achternaam, geboortedatum, geslacht
    case gesprokenMet = "gesproken_met"

    /// Without these there is nothing to import; the others may be left out altogether.
    static let required: [ImportColumn] = [.soort, .school, .zaak, .ontvanger, .datum]

    /// The column from which a member of the event's data was made.
    init?(place: String) {
        switch place {
        case "/data/zaak": self = .zaak
        case "/data/school": self = .school
        case "/data/ontvanger": self = .ontvanger
        case "/data/tijdstip": self = .datum
        case "/data/kenmerk": self = .kenmerk
        case "/data/gesprokenMet": self = .gesprokenMet
        case "/data/leerling": self = .leerlingnummer
        default:
            guard place.hasPrefix("/data/leerling/") else { return nil }
            self.init(rawValue: String(place.dropFirst("/data/leerling/".count)))
        }
    }
}

/// What a row is about.
enum ImportKind: String, CaseIterable {
    /// A running report to Veilig Thuis.
    case melding
    /// A registration that stands in a verwijsindex.
    case registratie
    /// Anything else that a partner outside the school got.
    case verstrekking

    /// Whether a recipient of this kind fits.
    func fits(_ kind: RecipientKind) -> Bool {
        switch self {
        case .melding: kind == .veiligThuis
        case .registratie: kind == .verwijsindex
        case .verstrekking:
            [.raadVoorDeKinderbescherming, .gecertificeerdeInstelling, .politie, .hulpverlener].contains(kind)
        }
    }

    /// What certainly was told then, by the names of the fields. The index takes no signal without these three (Besluit Jeugdwet 7.3.1).
    var told: [String] {
        switch self {
        case .melding: ["leerling.achternaam", "inzageBetrokkenen.feiten"]
        case .registratie: ["leerling.achternaam", "leerling.geboortedatum", "leerling.geslacht"]
        case .verstrekking: ["leerling.achternaam"]
        }
    }
}
