// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// The events of the story. Everybody in them is made up; the BSN is from the test range.
enum SampleEvents {
    static let canaries = ["Testkind", "Voorbeeld-Achternaam", "999993653", "blauwe plekken", "Testouder", "810001"]

    static func event(_ id: String, _ type: String, _ data: String) -> String {
        """
        {"specversion": "1.0", "id": "\(id)", "source": "urn:nld:oin:00000000000000000000:systeem:voorbeeld-lvs",
         "type": "nl.meldcode.\(type).v1", "data": \(data)}
        """
    }

    /// As the leerlingvolgsysteem exports what a teacher wrote down there.
    static let export = """
        nummer;brin;zaak;leerlingnummer;achternaam;datum;signaal;ingevoerd door\r
        4711;01AB;zaak-demo;810001;Voorbeeld-Achternaam;2026-11-02;Het kind heeft blauwe plekken.;lk-wilg\r

        """

    static let consultation = event(
        "demo-1", "stap-gezet",
        #"{"zaak": "zaak-demo", "school": "01AB", "element": "collegialeConsultatie", "datum": "2026-11-03", "uitgevoerdDoor": "af-wilg"}"#
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
        {"zaak": "zaak-demo", "school": "01AB", "leerling": {"leerlingnummer": "810001"},
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

    /// What a person records after reading a mail of Veilig Thuis.
    static func feedback(post: Int) -> String {
        event(
            "demo-7", "terugkoppeling-ontvangen",
            #"{"zaak": "zaak-demo", "school": "01AB", "van": "veilig-thuis", "datum": "2026-11-16", "moment": "besluit", "besluit": "eigenOnderzoek", "kenmerk": "VT-VOORBEELD-0042", "post": \#(post)}"#
        )
    }

    static let match = event(
        "demo-8", "verwijsindexmatch-ontvangen",
        #"{"zaak": "zaak-demo", "school": "01AB", "van": "verwijsindex", "datum": "2026-11-17", "kenmerk": "match-1", "soort": "jeugdige", "professionals": [{"organisatie": "Jeugdhulp Voorbeeld", "telefoon": "010 000 00 09"}]}"#
    )

    static let contact = event(
        "demo-9", "matchcontact-vastgelegd",
        #"{"zaak": "zaak-demo", "school": "01AB", "match": "match-1", "datum": "2026-11-18", "uitkomst": "contactGehad"}"#
    )

    static let informed = event(
        "demo-10", "betrokkenen-geinformeerd",
        #"{"zaak": "zaak-demo", "school": "01AB", "over": ["verwijsindex"], "wie": ["vertegenwoordiger", "leerling"], "datum": "2026-11-18", "match": "match-1"}"#
    )

    static let publication = event(
        "demo-11", "publicatie-aangeboden",
        #"{"publicatie": "stappen-meldcode", "school": "01AB", "onderwerp": "stappenMeldcode", "titel": "Zo werkt onze meldcode", "samenvatting": "Wat u doet bij een zorg over een kind.", "tekst": "Maakt u zich **zorgen**? Bespreek het met de aandachtsfunctionaris.\n\n1. Breng de signalen in kaart\n2. Overleg met een collega\n3. Praat met het gezin\n4. Weeg\n5. Beslis\n\n<script>nee</script>"}"#
    )

    static func phoned(at time: Date) -> String {
        event(
            "demo-6", "verstrekking-vastgelegd",
            """
            {"zaak": "zaak-telefoon", "school": "01AB", "ontvanger": "veilig-thuis-telefoon", "wijze": "telefoon",
             "tijdstip": "\(time.addingTimeInterval(-3_600).ISO8601Format())", "leerling": \(pupil), "kenmerk": "VT-VOORBEELD-1",
             "velden": ["leerling.achternaam", "leerling.geboortedatum", "inzageBetrokkenen.feiten"]}
            """)
    }

    private static let told =
        #"{"geinformeerd": true, "datum": "2026-11-05", "wie": ["leerling", "vertegenwoordiger"]}"#

    private static let pupil =
        #"{"leerlingnummer": "810001", "voornamen": "Testkind Tweede", "achternaam": "Voorbeeld-Achternaam", "geboortedatum": "2014-01-01", "geslacht": "vrouw", "bsn": "999993653"}"#
}
