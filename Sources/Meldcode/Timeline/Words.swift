// SPDX-License-Identifier: EUPL-1.2
import Values

/// Dutch for the choices in events. What is no known choice becomes a fixed phrase, so that nothing else slips through.
enum Words {
    private static func pick(_ value: JSONValue?, _ table: [String: String], otherwise: String) -> String {
        value?.string.flatMap { table[$0] } ?? otherwise
    }

    static func day(_ value: JSONValue?) -> String? {
        value?.string.flatMap { CalendarDate($0) }?.dutchText
    }

    static func outcome(_ outcome: WeighingOutcome) -> String {
        switch outcome {
        case .afsluitenEnVastleggen: "afsluiten en vastleggen"
        case .meldenNu: "nu een melding bij Veilig Thuis, telefonisch"
        case .melden: "een melding bij Veilig Thuis"
        case .hulp: "hulp, met een termijn en een casemanager"
        case .afsluitenMetMonitoring: "afsluiten met afspraken over het volgen van de veiligheid"
        case .nogNietTeBepalen(let question): "nog niet te bepalen, vraag \(question.rawValue) is nog open"
        }
    }

    static func withdrawal(_ value: JSONValue?) -> String {
        pick(
            value,
            [
                "nietTerechtGedaan": "de registratie was onterecht",
                "risicoNietMeerAanwezig": "het risico is er niet meer",
            ], otherwise: "reden onbekend")
    }

    static func moment(_ value: JSONValue?) -> String {
        pick(
            value,
            [
                "ontvangst": "ontvangst bevestigd", "besluit": "besluit genomen",
                "uitkomstOnderzoek": "uitkomst van het onderzoek", "eindeBetrokkenheid": "einde van de betrokkenheid",
                "afgesprokenMoment": "op het afgesproken moment",
            ], otherwise: "moment onbekend")
    }

    static func decision(_ value: JSONValue?) -> String? {
        guard value != nil else { return nil }
        return pick(
            value,
            [
                "eigenOnderzoek": "eigen onderzoek", "verzoekTotOnderzoekRaad": "verzoek tot onderzoek aan de Raad",
                "voorwaardenEnVervolg": "voorwaarden en vervolg",
                "overdrachtLokaalTeam": "overdracht aan het lokale team",
                "overdrachtLopendeHulp": "overdracht aan hulp die al loopt",
                "overdrachtMdt": "overdracht aan een multidisciplinair team",
                "overdrachtBetrokkenen": "overdracht aan de betrokkenen", "eindeBemoeienis": "einde van de bemoeienis",
                "omgezetInAdvies": "omgezet in een advies",
            ], otherwise: "onbekend")
    }

    static func manner(_ value: JSONValue?) -> String {
        pick(
            value,
            [
                "telefoon": "per telefoon", "gesprek": "in een gesprek", "brief": "per brief", "mail": "per mail",
                "portaal": "via een portaal",
            ],
            otherwise: "op een andere manier")
    }

    static func purpose(_ value: JSONValue?) -> String {
        pick(
            value,
            [
                "geweldStoppenOfOnderzoeken": "om geweld te stoppen of te onderzoeken",
                "takenRaad": "voor de taken van de Raad",
                "uitvoeringOndertoezichtstelling": "voor de uitvoering van de ondertoezichtstelling",
                "aangifte": "voor een aangifte", "acuutGevaarAfwenden": "om acuut gevaar af te wenden",
                "vordering": "op een vordering", "hulpVerlenen": "om hulp te verlenen",
            ], otherwise: "voor een ander doel")
    }

    static func consenter(_ value: JSONValue?) -> String {
        pick(
            value,
            [
                "ouderMetGezag": "een ouder met gezag", "ouderZonderGezag": "een ouder zonder gezag",
                "voogd": "de voogd",
                "gecertificeerdeInstellingMetVoogdij": "de gecertificeerde instelling met voogdij",
                "leerling": "de leerling",
            ], otherwise: "onbekend")
    }

    static func notInforming(_ value: JSONValue) -> String {
        pick(
            value,
            [
                "veiligheidKind": "de veiligheid van het kind",
                "veiligheidMedewerkers": "de veiligheid van medewerkers",
                "bijzondereVorm": "een bijzondere vorm van geweld", "acuutGevaar": "acuut gevaar",
                "opAdviesVeiligThuis": "op advies van Veilig Thuis", "onbereikbaar": "niet bereikbaar",
            ], otherwise: "onbekend")
    }

    static func staff(_ value: JSONValue?) -> String {
        pick(
            value,
            [
                "zedenmisdrijfTegenLeerling":
                    "Het vermoeden betreft een zedenmisdrijf door iemand die voor de school werkt: dit gaat niet via de meldcode maar direct naar het bevoegd gezag (WPO art. 4a).",
                "anderGeweldOpHetWerk":
                    "Het vermoeden betreft iemand die voor de school werkt. Die persoon ziet deze zaak niet meer. Overleg kan met de vertrouwensinspecteur (0900-1113111); er is ook de klachtenregeling.",
                "alsOuderOfPartnerThuis":
                    "Het vermoeden betreft een medewerker als ouder of partner thuis. Die persoon ziet deze zaak niet meer.",
            ], otherwise: "Het vermoeden betreft een medewerker. Die persoon ziet deze zaak niet meer.")
    }

    static func correction(_ value: JSONValue?) -> String {
        pick(
            value,
            [
                "rectificatie": "Rectificatie (AVG art. 16)", "wissing": "Wissing (AVG art. 17)",
                "beperking": "Beperking (AVG art. 18)",
            ], otherwise: "Correctie")
    }

    static func closing(_ value: JSONValue?) -> String {
        pick(
            value,
            [
                "vermoedenNietBevestigd": "het vermoeden is niet bevestigd", "hulpAfgerond": "de hulp is afgerond",
                "overgedragen": "overgedragen", "leerlingVertrokken": "de leerling is vertrokken",
            ], otherwise: "reden onbekend")
    }

    static func matchContact(_ value: JSONValue?) -> String {
        pick(
            value,
            [
                "contactGehad": "er is contact geweest", "nietBereikt": "nog niet bereikt",
                "geenAfstemmingNodig": "afstemmen was niet nodig",
            ], otherwise: "uitkomst onbekend")
    }

    static func partnerContact(_ value: JSONValue?) -> String {
        pick(
            value,
            [
                "bereikt": "er is iemand gesproken", "toegezegd": "er is een dag toegezegd",
                "nietBereikt": "niet bereikt",
            ], otherwise: "uitkomst onbekend")
    }

    static func barrier(_ value: JSONValue?) -> String {
        pick(
            value,
            [
                "nietGehoord": "de school voelt zich niet gehoord", "bereikbaarheid": "bereikbaarheid",
                "wachttijd": "wachttijd", "bejegening": "bejegening", "terugkoppeling": "terugkoppeling",
            ], otherwise: "soort onbekend")
    }

    static func act(_ value: JSONValue?) -> String {
        pick(
            value,
            [
                "uitgesteld": "uitgesteld", "hervat": "weer opgepakt", "gedaan": "gedaan", "vervallen": "vervallen",
            ], otherwise: "bijgewerkt")
    }

    static func actReason(_ value: JSONValue?) -> String {
        pick(
            value,
            [
                "afgesprokenMetPartner": "zo afgesproken met de ketenpartner", "schoolvakantie": "schoolvakantie",
                "afwezigheid": "iemand is afwezig", "wachtOpAnder": "wacht op iemand anders",
                "veiligheid": "vanwege de veiligheid", "nietMeerNodig": "niet meer nodig",
                "dubbel": "stond er dubbel", "perVergissing": "per vergissing geopend", "gedaan": "het is gedaan",
            ], otherwise: "reden onbekend")
    }

    static func level(_ value: JSONValue?) -> String {
        pick(
            value,
            [
                "school": "de school zelf", "centraleContactpersoon": "de centrale contactpersoon",
                "bestuur": "het bestuur",
            ], otherwise: "niveau onbekend")
    }

    static func ending(_ value: JSONValue?) -> String {
        pick(
            value,
            [
                "tweeJaarVoorbij": "de twee jaar zijn voorbij", "drieentwintigsteVerjaardag": "de jeugdige is 23",
                "ingetrokken": "de school trok haar in", "verwijderdDoorIndex": "de verwijsindex verwijderde haar",
            ], otherwise: "reden onbekend")
    }

    static func objector(_ value: JSONValue?) -> String {
        pick(
            value, ["leerling": "de leerling", "ouder": "een ouder", "voogd": "de voogd"], otherwise: "een ander")
    }

    static func requestKind(_ value: JSONValue?) -> String {
        pick(
            value, ["bezwaar": "Bezwaar", "adviesverzoek": "Adviesverzoek", "informatieverzoek": "Informatieverzoek"],
            otherwise: "Verzoek")
    }

    static func answer(_ value: JSONValue?) -> String {
        pick(
            value,
            [
                "toegewezen": "toegewezen", "deelsToegewezen": "deels toegewezen", "afgewezen": "afgewezen",
                "beantwoord": "beantwoord", "nietBeantwoord": "niet beantwoord",
            ], otherwise: "besluit onbekend")
    }

    static func mail(_ value: JSONValue?) -> String {
        pick(
            value,
            [
                "ontvangstbevestiging": "ontvangstbevestiging", "vraag": "een vraag aan de school",
                "terugkoppeling": "terugkoppeling", "match": "match uit de verwijsindex",
                "informatieverzoek": "informatieverzoek", "automatisch": "automatisch antwoord",
                "nietTerZake": "niet ter zake",
            ], otherwise: "soort onbekend")
    }
}
