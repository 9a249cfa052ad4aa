// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// The events of the story. Everybody in them is made up; the BSN is from the test range.
enum SampleEvents {
    static let canaries = ["Testkind", "Voorbeeld-Achternaam", "999993653", "blauwe plekken", "Testouder"]

    static func event(_ id: String, _ type: String, _ data: String) -> String {
        """
        {"specversion": "1.0", "id": "\(id)", "source": "urn:nld:oin:00000000000000000000:systeem:voorbeeld-lvs",
         "type": "nl.meldcode.\(type).v1", "data": \(data)}
        """
    }

    static let concern = event(
        "demo-1", "zorg-gesignaleerd",
        #"{"zaak": "zaak-demo", "school": "01AB", "datum": "2026-11-02", "signaal": "Het kind heeft blauwe plekken.", "leerling": \#(pupil)}"#
    )

    static let advice = event(
        "demo-2", "advies-gevraagd",
        #"{"zaak": "zaak-demo", "school": "01AB", "leeftijdsgroep": "4-11", "soortZorg": ["lichamelijkGeweld"], "vraag": "meldenOfNiet"}"#
    )

    static let registration = event(
        "demo-3", "verwijsindexregistratie-gevraagd",
        #"{"zaak": "zaak-demo", "school": "01AB", "risicos": ["a"], "onderbouwing": "Zorgen over blauwe plekken.", "leerling": \#(pupil), "afsprakenMetBetrokkenen": \#(told)}"#
    )

    static let report = event(
        "demo-4", "veiligthuismelding-besloten",
        """
        {"zaak": "zaak-demo", "school": "01AB", "leerling": \(pupil),
         "betrokkenen": [{"rol": "ouder", "naam": "Testouder Voorbeeld-Achternaam"}],
         "inzageBetrokkenen": {"feiten": "Op 2 november zag de leerkracht blauwe plekken. Het BSN is 999993653."},
         "contactpersoon": {"naam": "Aandachtsfunctionaris De Wilg", "telefoon": "010 000 00 00"},
         "gezetteStappen": ["inKaartBrengen", "collegialeConsultatie", "wegen"],
         "afsprakenMetBetrokkenen": \(told)}
        """)

    /// Somebody of 23 years and older.
    static let tooOld = event(
        "demo-5", "verwijsindexregistratie-gevraagd",
        #"{"zaak": "zaak-oud", "school": "01AB", "risicos": ["a"], "leerling": {"achternaam": "Voorbeeld-Achternaam", "geboortedatum": "1999-01-01", "geslacht": "vrouw"}, "afsprakenMetBetrokkenen": {"geinformeerd": true, "datum": "2026-11-05", "wie": ["leerling"]}}"#
    )

    /// A BSN where everybody on the way may log it.
    static let leaking = event("lvs-999993653", "zorg-gesignaleerd", #"{"zaak": "zaak-lek", "school": "01AB"}"#)

    static func phoned(at time: Date) -> String {
        event(
            "demo-6", "verstrekking-vastgelegd",
            """
            {"zaak": "zaak-telefoon", "school": "01AB", "ontvanger": "veilig-thuis-telefoon", "wijze": "telefoon",
             "tijdstip": "\(time.addingTimeInterval(-3_600).ISO8601Format())", "leerling": \(pupil), "kenmerk": "VT-VOORBEELD-1",
             "velden": ["leerling.achternaam", "leerling.geboortedatum", "inzageBetrokkenen.feiten"]}
            """)
    }

    private static let told = #"{"geinformeerd": true, "datum": "2026-11-05", "wie": ["vertegenwoordiger"]}"#

    private static let pupil =
        #"{"leerlingnummer": "10007", "voornamen": "Testkind", "achternaam": "Voorbeeld-Achternaam", "geboortedatum": "2016-05-04", "geslacht": "man", "bsn": "999993653"}"#
}
