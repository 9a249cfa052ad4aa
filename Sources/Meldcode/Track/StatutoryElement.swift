// SPDX-License-Identifier: EUPL-1.2

/// What every meldcode must hold: Besluit verplichte meldcode art. 2(2) a to e. Tracks order and name their steps freely.
public enum StatutoryElement: String, Sendable, Hashable, CaseIterable {
    case inKaartBrengen
    case collegialeConsultatie
    case gesprek
    case wegen
    case beslissen

    /// Where the Besluit names it.
    public var article: String {
        let letter =
            switch self {
            case .inKaartBrengen: "a"
            case .collegialeConsultatie: "b"
            case .gesprek: "c"
            case .wegen: "d"
            case .beslissen: "e"
            }
        return "Besluit verplichte meldcode art. 2(2)\(letter)"
    }

    /// For people, in Dutch.
    public var text: String {
        switch self {
        case .inKaartBrengen: "in kaart brengen van signalen"
        case .collegialeConsultatie: "overleg met een collega"
        case .gesprek: "gesprek met de betrokkenen"
        case .wegen: "wegen"
        case .beslissen: "beslissen"
        }
    }
}
