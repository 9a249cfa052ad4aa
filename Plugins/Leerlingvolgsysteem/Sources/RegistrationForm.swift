// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import Disclosures
import Values

/// The text of a registration or a correction, for a person who puts it into the leerlingvolgsysteem.
struct RegistrationForm: Sendable, Hashable {
    /// What this system calls the section that parents and pupils do not see.
    let hiddenSection: String?

    func document(_ disclosure: Disclosure) -> HandoverDocument {
        HandoverDocument(
            title: Self.title(disclosure.message), instruction: instruction(disclosure).joined(separator: "\n"),
            sections: Self.sections(disclosure))
    }

    private static func title(_ message: MessageKind) -> String {
        message == .correctie
            ? "Correctie in het leerlingvolgsysteem" : "Registratie van de meldcode in het leerlingvolgsysteem"
    }

    // MARK: What the person does

    private func instruction(_ disclosure: Disclosure) -> [String] {
        let nameless = "De leerling staat hier niet bij: het is de leerling van deze zaak in Meldpoort."
        let who = disclosure.content["leerling"] == nil ? [nameless] : []
        guard disclosure.message == .correctie else {
            return [hidden] + who + [
                "Neem niet meer over dan hier staat.",
                "Leg daarna in Meldpoort vast dat de registratie is gedaan, en wanneer.",
            ]
        }
        let what =
            switch disclosure.content["soort"]?.string {
            case "rectificatie": "te verbeteren (AVG art. 16 en 19)"
            case "wissing": "te wissen (AVG art. 17 en 19)"
            case "beperking": "voorlopig niet te gebruiken (AVG art. 18 en 19)"
            default: "aan te passen (AVG art. 19)"
            }
        // What has to go is put nowhere.
        let place = disclosure.content["soort"]?.string == "wissing" ? [] : [hidden]
        return ["Zoek in het leerlingvolgsysteem op wat hieronder staat. Het is nodig dit \(what)."] + who + place
            + ["Leg daarna in Meldpoort vast dat dit is gedaan, en wanneer."]
    }

    private var hidden: String {
        let section = hiddenSection.map { " (\($0))" } ?? ""
        return """
            Zet dit in het deel van het leerlingvolgsysteem dat ouders en leerlingen niet zien\(section), nooit in een deel \
            dat in het ouderportaal verschijnt. Is er zo'n deel niet, zet het er dan niet in.
            """
    }

    // MARK: What it says

    /// The form's own fields in their order, then whatever else the rules let through, by its own name: what was disclosed is what the
    /// person sees.
    static func sections(_ disclosure: Disclosure) -> [HandoverDocument.Section] {
        var leaves = ContentLeaf.all(of: disclosure.content)
        let parts =
            disclosure.message == .correctie ? [correction, pupil, administration] : [step, pupil, administration]
        let sections = parts.compactMap { part -> HandoverDocument.Section? in
            let lines = ContentLeaf.lines(part.fields, taking: &leaves)
            return lines.isEmpty ? nil : HandoverDocument.Section(heading: part.heading, lines: lines)
        }
        return sections + ContentLeaf.rest(leaves)
    }

    private struct Part {
        let heading: String
        let fields: [(path: String, label: String)]
    }

    private static let step = Part(
        heading: "Stap van de meldcode",
        fields: [
            ("element", "Onderdeel"), ("stap", "Stap"), ("datum", "Datum"), ("overgeslagen", "Overgeslagen"),
            ("uitgevoerdDoor", "Uitgevoerd door"), ("gezetteStappen", "Gezette stappen"), ("besluit", "Besluit"),
            ("reden", "Reden van sluiten"), ("toelichting", "Toelichting"),
        ])

    private static let correction = Part(
        heading: "Correctie",
        fields: [
            ("soort", "Soort correctie"), ("velden", "Om welke gegevens"), ("datum", "Vastgesteld op"),
            ("toelichting", "Toelichting"),
        ])

    private static let pupil = Part(
        heading: "Leerling",
        fields: [
            ("leerling.leerlingnummer", "Leerlingnummer"), ("leerling.voornamen", "Voornamen"),
            ("leerling.voorvoegsel", "Voorvoegsel"), ("leerling.achternaam", "Achternaam"),
            ("leerling.geboortedatum", "Geboortedatum"), ("leerling.geslacht", "Geslacht"),
            ("leerling.adres.straat", "Straat"), ("leerling.adres.huisnummer", "Huisnummer"),
            ("leerling.adres.postcode", "Postcode"), ("leerling.adres.woonplaats", "Woonplaats"),
        ])

    private static let administration = Part(
        heading: "Administratie",
        fields: [
            ("meldpoort.school.naam", "School"), ("meldpoort.school.brin", "BRIN"),
            ("meldpoort.kenmerk", "Kenmerk van de school"),
        ])
}
