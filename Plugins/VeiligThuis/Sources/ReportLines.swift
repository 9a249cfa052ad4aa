// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import Values

/// The fields of one part of the content as lines: of the whole, or of what stands below `alleenVeiligThuis`.
struct ReportLines {
    private(set) var lines: [Report.Line] = []
    private let content: JSONValue
    /// Who reads what is not set apart.
    private let open: Report.Reader
    /// Who reads what says where the message comes from.
    private let origin: Report.Reader

    init(_ content: JSONValue, open: Report.Reader, origin: Report.Reader) {
        self.content = content
        self.open = open
        self.origin = origin
        addOrigin()
        addMeldcode()
        addPersons()
        addConcern()
        addLater()
        addRest()
    }

    private mutating func addOrigin() {
        add(.melder, origin, "School", "meldpoort", "school", "naam")
        add(.melder, origin, "BRIN", "meldpoort", "school", "brin")
        add(.melder, origin, "Contactpersoon", "contactpersoon", "naam")
        add(.melder, origin, "Functie", "contactpersoon", "functie")
        add(.melder, origin, "Telefoon", "contactpersoon", "telefoon")
        add(.melder, origin, "Bereikbaar", "contactpersoon", "bereikbaar")
        add(.melder, origin, "Kenmerk van de school", "meldpoort", "kenmerk")
    }

    private mutating func addMeldcode() {
        add(.meldcode, origin, "Gezette stappen", "gezetteStappen")
        add(.meldcode, origin, "Betrokkenen geïnformeerd", "afsprakenMetBetrokkenen", "geinformeerd")
        add(.meldcode, origin, "Geïnformeerd op", "afsprakenMetBetrokkenen", "datum")
        add(.meldcode, origin, "Wie is geïnformeerd", "afsprakenMetBetrokkenen", "wie")
        add(.meldcode, origin, "Toestemming", "afsprakenMetBetrokkenen", "toestemming")
        add(.meldcode, .veiligThuisOnly, "Voorwaarden van betrokkenen", "afsprakenMetBetrokkenen", "voorwaarden")
        add(
            .meldcode, .veiligThuisOnly, "Waarom nog niet geïnformeerd", "afsprakenMetBetrokkenen",
            "redenNietGeinformeerd")
    }

    private mutating func addPersons() {
        if let child = content["leerling"] { addPerson(child, "Kind") }
        var counts: [String: Int] = [:]
        for person in content["betrokkenen"]?.array ?? [] {
            let role = ValueWords.text(person["rol"]?.string ?? "ander", "rol")
            counts[role, default: 0] += 1
            addPerson(person, counts[role] == 1 ? role : "\(role) \(counts[role] ?? 1)")
        }
    }

    private mutating func addPerson(_ person: JSONValue, _ who: String) {
        func add(_ reader: Report.Reader, _ label: String, _ value: String?) {
            guard let value else { return }
            lines.append(
                Report.Line(section: .betrokkenen, reader: reader, label: "\(who): \(label)", value: value))
        }
        add(open, "naam", person["naam"]?.string)
        add(open, "voornamen", person["voornamen"]?.string)
        add(open, "voorvoegsel", person["voorvoegsel"]?.string)
        add(open, "achternaam", person["achternaam"]?.string)
        add(open, "geboortedatum", ValueWords.shown(person["geboortedatum"], "geboortedatum"))
        add(open, "geslacht", person["geslacht"]?.string)
        add(.veiligThuisOnly, "telefoon", person["telefoon"]?.string)
        add(.veiligThuisOnly, "straat", person["adres"]?["straat"]?.string)
        add(.veiligThuisOnly, "huisnummer", person["adres"]?["huisnummer"]?.string)
        add(.veiligThuisOnly, "postcode", person["adres"]?["postcode"]?.string)
        add(.veiligThuisOnly, "woonplaats", person["adres"]?["woonplaats"]?.string)
    }

    private mutating func addConcern() {
        add(.melding, open, "Acuut gevaar", "acuutGevaar")
        add(.melding, open, "Structurele onveiligheid", "structureleOnveiligheid")
        add(.melding, .veiligThuisOnly, "Bijzondere vorm", "bijzondereVorm")
        for part in ["inzageBetrokkenen", "inhoud"] {
            add(.melding, open, "Feiten", part, "feiten")
            add(.melding, open, "Zorgen", part, "zorgen")
            add(.netwerk, open, "Wat goed gaat en wie kan steunen", part, "krachten")
            add(.netwerk, origin, "Inzet van de school en anderen", part, "inzetSchool")
        }
        add(.melding, open, "Verwachting van Veilig Thuis", "inzageBetrokkenen", "verwachting")
        add(.melding, open, "Vraag, of antwoord op een vraag", "inhoud", "vraag")
    }

    /// What a later message has besides: an answer to a request, later information, a correction.
    private mutating func addLater() {
        add(.melding, open, "Soort correctie", "soort")
        add(.melding, open, content["soort"] == nil ? "Datum van het overleg" : "Vastgesteld op", "datum")
        addCorrectedFields()
        add(.overig, origin, "Kenmerk van het verzoek", "verzoek")
        add(.overig, origin, "Doel", "doel")
        add(.overig, .veiligThuisOnly, "Vordering: artikel", "vordering", "artikel")
        add(.overig, .veiligThuisOnly, "Vordering: datum", "vordering", "datum")
        add(.overig, open, "Ondertoezichtstelling: instelling", "ondertoezichtstelling", "instelling")
        add(.overig, open, "Ondertoezichtstelling: sinds", "ondertoezichtstelling", "sinds")
        add(.overig, open, "Ondertoezichtstelling: tot", "ondertoezichtstelling", "tot")
    }

    /// The names of fields that are about the school say where the earlier message came from.
    private mutating func addCorrectedFields() {
        let fields = content["velden"]?.array?.compactMap(\.string) ?? []
        for reader in [open, origin] {
            let names = fields.filter { (OriginFields.contain($0) ? origin : open) == reader }.map(FieldNames.text)
            let isThere = lines.contains { $0.label == Self.corrected && $0.reader == reader }
            guard !names.isEmpty, !isThere else { continue }
            lines.append(
                Report.Line(
                    section: .melding, reader: reader, label: Self.corrected, value: names.joined(separator: ", ")))
        }
    }

    private static let corrected = "Om welke gegevens"

    private mutating func addRest() {
        add(.overig, origin, "Verzoek om terugkoppeling aan de melder", "verzoekOmTerugkoppeling")
        add(.overig, .veiligThuisOnly, "Grond om de herkomst te verbergen", "grond")
        // Of a correction as well: it may say an address.
        add(.overig, .veiligThuisOnly, "Toelichting, alleen voor Veilig Thuis", "toelichting")
    }

    private mutating func add(_ section: ReportSection, _ reader: Report.Reader, _ label: String, _ path: String...) {
        let value = path.reduce(Optional(content)) { $0?[$1] }
        guard let text = ValueWords.shown(value, path.last ?? "") else { return }
        lines.append(Report.Line(section: section, reader: reader, label: label, value: text))
    }
}
