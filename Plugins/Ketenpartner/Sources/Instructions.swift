// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

/// What the text is, and what a person does with it, in Dutch.
struct Instructions: Sendable, Hashable {
    private let phone: String?
    private let way: String?
    private let hiddenSection: String?

    init(_ settings: AdapterSettings) {
        phone = settings["phone"]?.string
        way = settings["way"]?.string
        hiddenSection = settings["hidden_section"]?.string
    }

    func title(_ disclosure: Disclosure) -> String {
        let name = disclosure.recipient.name
        return switch disclosure.message {
        case .overleg: "Overleg: wat met deze deelnemer besproken mag worden (\(name))"
        case .letselduiding: "Letselduiding vragen (anoniem)"
        case .lvsRegistratie: "Registratie in het leerlingvolgsysteem"
        case .correctie: "Correctie van eerder gegeven informatie: \(name)"
        default: "Informatie voor \(name)"
        }
    }

    func text(_ disclosure: Disclosure) -> String {
        let name = disclosure.recipient.name
        let steps =
            switch disclosure.message {
            case .overleg: meeting(name)
            case .letselduiding: injury(name)
            case .lvsRegistratie: registration(disclosure)
            case .correctie: correction(disclosure)
            default: sharing(name)
            }
        return (urgency(disclosure) + steps).joined(separator: "\n")
    }

    /// A note in the LVS tells nobody who could act: for that the danger is told elsewhere.
    private func urgency(_ disclosure: Disclosure) -> [String] {
        guard disclosure.recipient.kind != .leerlingvolgsysteem else { return [] }
        let content = disclosure.content
        var steps: [String] = []
        if content["acuutGevaar"]?.bool == true {
            steps.append("Acuut gevaar: bel eerst 112. Bel daarna meteen Veilig Thuis via 0800-2000.")
        }
        if content["structureleOnveiligheid"]?.bool == true {
            steps.append("Structurele onveiligheid: bel nu meteen Veilig Thuis via 0800-2000.")
        }
        if content["acuutGevaar"]?.bool == true || content["bijzondereVorm"]?.string != nil {
            steps.append("Informeer het gezin nog niet, vraag eerst advies aan Veilig Thuis.")
        }
        return steps
    }

    private func sharing(_ name: String) -> [String] {
        [
            "Geef dit aan \(name)\(reach).",
            "Is het een antwoord op een vraag, bel dan eerst terug op het nummer dat u al kende, niet op een nummer uit de vraag.",
            Self.noMore, Self.record("de informatie is gegeven"),
        ]
    }

    private func meeting(_ name: String) -> [String] {
        [
            "Hieronder staat wat u in het overleg met \(name) mag bespreken, en niets meer.",
            """
            Elke deelnemer heeft een eigen overzicht. Bespreek aan tafel alleen wat in het overzicht van iedereen staat die \
            erbij is; de rest bespreekt u apart.
            """,
            "Leg daarna in Meldpoort per deelnemer vast dat het is besproken: wanneer, en met wie.",
        ]
    }

    private func injury(_ name: String) -> [String] {
        [
            "Vraag \(name)\(reach) wat het letsel kan betekenen.",
            """
            De vraag is anoniem: noem geen namen, geboortedatum, adres of andere gegevens waaraan het kind of het gezin te \
            herkennen is, en stuur geen beeld waarop het kind te herkennen is.
            """,
            "Leg daarna het antwoord in Meldpoort vast.",
        ]
    }

    private func registration(_ disclosure: Disclosure) -> [String] {
        let nameless = "De leerling staat hier niet bij: het is de leerling van deze zaak in Meldpoort."
        let pupil = disclosure.content["leerling"] == nil ? [nameless] : []
        return [hidden] + pupil + [
            "Neem niet meer over dan hier staat.",
            "Leg daarna in Meldpoort vast dat de registratie is gedaan, en wanneer.",
        ]
    }

    private func correction(_ disclosure: Disclosure) -> [String] {
        let what =
            switch disclosure.content["soort"]?.string {
            case "rectificatie": "te verbeteren (AVG art. 16 en 19)"
            case "wissing": "te wissen (AVG art. 17 en 19)"
            case "beperking": "voorlopig niet te gebruiken (AVG art. 18 en 19)"
            default: "aan te passen (AVG art. 19)"
            }
        if disclosure.recipient.kind == .leerlingvolgsysteem {
            let order = "Zoek in het leerlingvolgsysteem op wat hieronder staat. Het is nodig dit \(what)."
            // What has to go is put nowhere.
            let place = disclosure.content["soort"]?.string == "wissing" ? [] : [hidden]
            return [order] + place + ["Leg daarna in Meldpoort vast dat dit is gedaan, en wanneer."]
        }
        return [
            "Vraag \(disclosure.recipient.name)\(reach) de gegevens hieronder \(what).", Self.noMore,
            Self.record("de correctie is doorgegeven"),
        ]
    }

    private var hidden: String {
        let section = hiddenSection.map { " (\($0))" } ?? ""
        return """
            Zet dit in het deel van het leerlingvolgsysteem dat ouders en leerlingen niet zien\(section), nooit in een deel \
            dat in het ouderportaal verschijnt. Is er zo'n deel niet, zet het er dan niet in.
            """
    }

    /// ` via 000-0000000 of het beveiligde webformulier`, or nothing.
    private var reach: String {
        let ways = [phone, way].compactMap(\.self)
        return ways.isEmpty ? "" : " via \(ways.joined(separator: " of "))"
    }

    private static let noMore = "Houd de volgorde hieronder aan. Geef niet meer dan hier staat; een BSN gaat niet mee."

    private static func record(_ what: String) -> String {
        "Leg daarna in Meldpoort vast dat \(what): wanneer, hoe, aan wie, en welk kenmerk u kreeg."
    }
}
