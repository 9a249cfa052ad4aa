// SPDX-License-Identifier: EUPL-1.2
public import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Events as the school's systems send them. Everybody in them is made up; the BSN is of the test range.
public enum SchoolEvent {
    public static let source = "urn:nld:oin:00000000000000000000:systeem:voorbeeld-lvs"
    /// Values that must never be seen outside.
    public static let bsn = "999993653"
    public static let signal = "Het kind heeft blauwe plekken."

    /// An envelope around data.
    public static func make(_ type: String, _ data: [String: JSONValue]) -> JSONValue {
        [
            "specversion": "1.0", "id": .string(UUID().uuidString.lowercased()), "source": .string(source),
            "type": .string("nl.meldcode.\(type).v1"), "data": .object(data),
        ]
    }

    public static func concern(_ zaak: String) -> JSONValue {
        make(
            "zorg-gesignaleerd",
            base(zaak, ["datum": "2026-11-02", "signaal": .string(signal), "leerling": pupil()]))
    }

    public static func step(_ zaak: String) -> JSONValue {
        make("stap-gezet", base(zaak, ["element": "wegen", "datum": "2026-11-03"]))
    }

    public static func advice(_ zaak: String) -> JSONValue {
        make(
            "advies-gevraagd",
            base(zaak, ["leeftijdsgroep": "4-11", "soortZorg": ["lichamelijkGeweld"], "vraag": "meldenOfNiet"]))
    }

    public static func registration(_ zaak: String, name: String = "Voorbeeld-Achternaam") -> JSONValue {
        make(
            "verwijsindexregistratie-gevraagd",
            base(
                zaak,
                [
                    "risicos": ["a"], "onderbouwing": .string(signal), "leerling": pupil(name),
                    "afsprakenMetBetrokkenen": told,
                ]))
    }

    /// The representative of a child under 12 was told.
    public static let told: JSONValue = ["geinformeerd": true, "datum": "2026-11-05", "wie": ["vertegenwoordiger"]]

    public static func withdrawal(_ zaak: String) -> JSONValue {
        make(
            "verwijsindexintrekking-gevraagd",
            base(zaak, ["reden": "risicoNietMeerAanwezig", "leerling": pupil()]))
    }

    /// A report.
    /// - Parameter indiener: who submits, when a system brings it in.
    public static func report(_ zaak: String, facts: String = signal, indiener: String? = nil) -> JSONValue {
        var more: [String: JSONValue] = [
            "leerling": pupil(), "betrokkenen": [["rol": "ouder", "naam": "Testouder Voorbeeld-Achternaam"]],
            "inzageBetrokkenen": ["feiten": .string(facts)],
            "gezetteStappen": ["inKaartBrengen", "collegialeConsultatie", "wegen"],
        ]
        if let indiener { more["indiener"] = .string(indiener) }
        return make("veiligthuismelding-besloten", base(zaak, more))
    }

    /// A report that was made by phone at that time.
    public static func phoned(_ zaak: String, at time: String) -> JSONValue {
        make(
            "verstrekking-vastgelegd",
            base(
                zaak,
                [
                    "ontvanger": "veilig-thuis-telefoon", "wijze": "telefoon", "tijdstip": .string(time),
                    "leerling": pupil(), "velden": ["leerling.achternaam", "inzageBetrokkenen.feiten"],
                ]))
    }

    static func base(_ zaak: String, _ more: [String: JSONValue]) -> [String: JSONValue] {
        more.merging(["zaak": .string(zaak), "school": "01AB"]) { first, _ in first }
    }

    static func pupil(_ name: String = "Voorbeeld-Achternaam") -> JSONValue {
        [
            "leerlingnummer": "10007", "voornamen": "Testkind", "achternaam": .string(name),
            "geboortedatum": "2016-05-04", "geslacht": "man", "bsn": .string(bsn),
        ]
    }
}
