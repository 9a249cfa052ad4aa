// SPDX-License-Identifier: EUPL-1.2
import Disclosures
import Values

// What the sample messages hold, as the privacy rules would let it through: `*` stands for a text, `~` for one in Markdown, `#` for a
// date and `@` for the reference, filled in per message.
extension SampleMessage {
    static func content(_ kind: MessageKind, _ extent: Extent) -> JSONValue {
        switch extent {
        case .sparse: sparse(kind)
        case .full: full(kind)
        case .hidden: kind == .veiligThuisMelding ? hiddenReport : full(kind)
        }
    }

    private static func full(_ kind: MessageKind) -> JSONValue {
        switch kind {
        case .verwijsindexRegistratie:
            [
                "leerling": youth, "meldpoort": index,
                "afsprakenMetBetrokkenen": ["geinformeerd": true, "datum": "#"],
            ]
        case .verwijsindexIntrekking:
            [
                "leerling": youth, "meldpoort": index, "reden": "risicoNietMeerAanwezig",
                "kenmerkVerwijsindex": "IDX-000001",
            ]
        case .veiligThuisAdvies: advice
        case .veiligThuisMelding: .object(report.merging(origin) { own, _ in own })
        case .verstrekking: sharing
        case .overleg: meeting
        case .letselduiding: injury
        case .lvsRegistratie: step
        case .correctie: correction
        case .kennisgeving: notice
        case .opschaling: rung
        case .procesopmerking: .object((remark.object ?? [:]).merging(["kenmerkOntvanger": "VT-000001"]) { $1 })
        case .publicatie: page
        case .publicatieIntrekking: ["publicatie": "pagina-1", "meldpoort": ["school": publisher]]
        }
    }

    private static let notice: JSONValue = [
        "meldpoort": ["kenmerk": "@", "gebeurtenis": "*", "datum": "#", "school": school]
    ]
    /// A rung of the ladder, two schools of it, whose names the subject may tell.
    private static let rung: JSONValue = [
        "opschaling": "opschaling-1", "datum": "#", "niveau": "school",
        "verplichtingen": [
            [
                "nummer": 17, "school": "99XX", "naamSchool": "Voorbeeldschool", "trede": "contact", "vraag": "*",
                "omschrijving": "*", "kenmerk": "*", "kenmerkKetenpartner": "*", "ketenpartner": "*",
                "sinds": "#", "afgesprokenOp": "#", "geprobeerd": ["*", "*"], "bellen": "*",
            ],
            [
                "nummer": 18, "school": "99YY", "trede": "herinnering", "vraag": "*", "omschrijving": "*",
                "sinds": "#", "afgesprokenOp": "#",
            ],
        ],
    ]
    private static let sparseRung: JSONValue = [
        "opschaling": "opschaling-1", "datum": "#", "niveau": "school",
        "verplichtingen": [
            [
                "nummer": 17, "school": "99XX", "trede": "herinnering", "vraag": "*", "omschrijving": "*",
                "sinds": "#", "afgesprokenOp": "#",
            ]
        ],
    ]
    private static let remark: JSONValue = [
        "onderwerp": "terugkoppeling", "datum": "#", "meldpoort": ["kenmerk": "@", "school": school],
    ]
    private static let page: JSONValue = [
        "publicatie": "pagina-1", "onderwerp": "stappenMeldcode", "titel": "*", "samenvatting": "*", "tekst": "~",
        "afbeelding": [
            "bestandsnaam": "schema.png", "soort": "image/png", "inhoud": "iVBORw0KGgo=", "beschrijving": "*",
        ],
        "meldpoort": ["school": publisher],
    ]
    /// Which school it is from: told outside the content, or not at all.
    private static let publisher: JSONValue = ["brin": "99XX", "naam": "Voorbeeldschool"]

    private static func sparse(_ kind: MessageKind) -> JSONValue {
        let youth: JSONValue = ["achternaam": "*", "geboortedatum": "#", "geslacht": "onbekend"]
        let index: JSONValue = ["kenmerk": "@", "school": school, "meldingsbevoegde": ["naam": "*"]]
        let named: JSONValue = ["kenmerk": "@", "school": school]
        return switch kind {
        case .verwijsindexRegistratie: ["leerling": youth, "meldpoort": index]
        case .verwijsindexIntrekking:
            [
                "leerling": youth, "meldpoort": index, "reden": "nietTerechtGedaan",
                "kenmerkVerwijsindex": "IDX-000001",
            ]
        case .veiligThuisAdvies: ["vraag": "wegen", "meldpoort": ["kenmerk": "@"]]
        case .veiligThuisMelding: ["leerling": ["achternaam": "*"], "inzageBetrokkenen": [:], "meldpoort": named]
        case .verstrekking: ["leerling": ["achternaam": "*"], "inhoud": ["feiten": "*"], "meldpoort": named]
        case .overleg: ["leerling": ["achternaam": "*"], "datum": "#", "meldpoort": named]
        case .letselduiding: ["soortLetsel": ["anders"], "meldpoort": ["kenmerk": "@"]]
        case .lvsRegistratie: ["element": "gesprek", "datum": "#"]
        case .correctie: ["soort": "wissing", "velden": ["inhoud.zorgen"], "datum": "#", "meldpoort": named]
        case .kennisgeving: notice
        case .opschaling: sparseRung
        case .procesopmerking: remark
        case .publicatie: ["publicatie": "pagina-1", "onderwerp": "privacy", "titel": "*", "tekst": "~"]
        case .publicatieIntrekking: ["publicatie": "pagina-1"]
        }
    }

    // MARK: Parts

    private static let address: JSONValue = ["straat": "*", "huisnummer": "*", "postcode": "*", "woonplaats": "*"]
    private static let school: JSONValue = ["brin": "99XX", "naam": "*"]

    private static let youth: JSONValue = [
        "voorvoegsel": "*", "achternaam": "*", "geboortedatum": "#", "geslacht": "vrouw",
    ]
    private static let index: JSONValue = [
        "kenmerk": "@", "school": school,
        "meldingsbevoegde": ["naam": "*", "functie": "*", "telefoon": "*", "email": "*"],
    ]
    private static let child: JSONValue = [
        "voornamen": "*", "voorvoegsel": "*", "achternaam": "*", "geboortedatum": "#", "geslacht": "vrouw",
        "adres": address,
    ]
    private static let others: JSONValue = [
        ["rol": "ouder", "naam": "*", "geboortedatum": "#", "telefoon": "*", "adres": address],
        ["rol": "broerZus", "naam": "*", "geboortedatum": "#"],
        ["rol": "ouder", "naam": "*", "telefoon": "*"],
    ]
    private static let contact: JSONValue = ["naam": "*", "functie": "*", "telefoon": "*", "bereikbaar": "*"]
    private static let agreements: JSONValue = [
        "geinformeerd": false, "datum": "#", "wie": ["leerling"], "toestemming": "nietGevraagd", "voorwaarden": "*",
        "redenNietGeinformeerd": "*",
    ]
    private static let supervision: JSONValue = ["instelling": "*", "sinds": "#", "tot": "#"]
    private static let substance: JSONValue = [
        "feiten": "*", "zorgen": "*", "inzetSchool": "*", "krachten": "*", "vraag": "*",
    ]
    private static let open: JSONValue = ["kenmerk": "@", "school": school]

    // MARK: Veilig Thuis

    private static let advice: JSONValue = [
        "leeftijdsgroep": "4-11", "soortZorg": ["psychischGeweld", "getuigeVanGeweld"],
        "gezetteStappen": ["inKaartBrengen"], "bijzondereVorm": "huwelijksdwang", "acuutGevaar": true,
        "structureleOnveiligheid": true, "vraag": "meldenOfNiet", "meldpoort": ["kenmerk": "@"],
    ]

    /// Where a report comes from.
    private static let origin: [String: JSONValue] = ["contactpersoon": contact, "meldpoort": open]

    private static let report: [String: JSONValue] = [
        "leerling": child, "betrokkenen": others,
        "inzageBetrokkenen": ["feiten": "*", "zorgen": "*", "inzetSchool": "*", "krachten": "*", "verwachting": "*"],
        "alleenVeiligThuis": ["toelichting": "*"],
        "gezetteStappen": ["inKaartBrengen", "collegialeConsultatie", "wegen"],
        "afsprakenMetBetrokkenen": agreements, "bijzondereVorm": "eergerelateerdGeweld", "acuutGevaar": true,
        "structureleOnveiligheid": true, "verzoekOmTerugkoppeling": true,
    ]

    private static var hiddenReport: JSONValue {
        let alone: [String: JSONValue] = [
            "grond": "bedreigingMelderOfMedewerkers", "toelichting": "*", "contactpersoon": contact,
            "meldpoort": ["school": school],
        ]
        return .object(
            report.merging(["alleenVeiligThuis": .object(alone), "meldpoort": ["kenmerk": "@"]]) { _, new in new })
    }

    // MARK: Partners of the chain

    private static let sharing: JSONValue = [
        "doel": "vordering", "verzoek": "*", "vordering": ["artikel": "*", "datum": "#"],
        "leerling": child, "betrokkenen": others, "inhoud": substance, "contactpersoon": contact,
        "gezetteStappen": ["inKaartBrengen", "gesprek"], "afsprakenMetBetrokkenen": agreements,
        "ondertoezichtstelling": supervision, "bijzondereVorm": "huwelijksdwang", "acuutGevaar": true,
        "structureleOnveiligheid": true, "meldpoort": open,
    ]

    private static let meeting: JSONValue = [
        "datum": "#", "leerling": child, "betrokkenen": others, "inhoud": substance, "contactpersoon": contact,
        "afsprakenMetBetrokkenen": agreements, "ondertoezichtstelling": supervision,
        "bijzondereVorm": "seksueelMisbruik", "acuutGevaar": true, "structureleOnveiligheid": true, "meldpoort": open,
    ]

    private static let injury: JSONValue = [
        "leeftijdsgroep": "0-3", "soortLetsel": ["blauwePlekken", "botbreuk"],
        "plaatsLetsel": ["hoofdHals", "armenHanden"], "verklaring": "pastNietBijLetsel", "acuutGevaar": true,
        "meldpoort": ["kenmerk": "@"],
    ]

    private static let step: JSONValue = [
        "element": "collegialeConsultatie", "stap": "*", "datum": "#", "uitgevoerdDoor": "*", "overgeslagen": true,
        "reden": "vermoedenNietBevestigd", "toelichting": "*", "meldpoort": ["kenmerk": "@"],
    ]

    private static let correction: JSONValue = [
        "leerling": child, "soort": "rectificatie", "velden": ["leerling.geboortedatum", "inhoud.feiten"],
        "datum": "#", "toelichting": "*", "meldpoort": open,
    ]
}
