// SPDX-License-Identifier: EUPL-1.2
import Values

/// A report (*melding*) taken apart into lines, each with its place: which section of the form, and who may read it.
///
/// Parents, and children from 12, can read the report at Veilig Thuis (part 1). What only Veilig Thuis may know stands in part 2:
/// - when the origin is hidden (Uitvoeringsbesluit Wmo 2015 art. 4.1.8(3)): the school, its staff, what it did, and the steps of
///   the meldcode, since all of these say who reported;
/// - always: addresses and phone numbers (one parent must not find the other through the report), a special form of violence, why
///   the family was not told, and the conditions that somebody set.
struct Report: Sendable, Hashable {
    enum Reader: Sendable, Hashable { case everyone, veiligThuisOnly }

    struct Line: Sendable, Hashable {
        let section: ReportSection
        let reader: Reader
        let label: String
        let value: String
    }

    private(set) var lines: [Line] = []
    /// Whether the origin of the report must stay hidden from those concerned.
    let hidesOrigin: Bool
    let isAcute: Bool
    let isSpecialForm: Bool
    private let content: JSONValue

    init(_ content: JSONValue) {
        self.content = content
        hidesOrigin = content["alleenVeiligThuis"]?["grond"]?.string != nil
        isAcute = content["acuutGevaar"]?.bool == true
        isSpecialForm = content["bijzondereVorm"]?.string != nil
        addOrigin()
        addMeldcode()
        addPersons()
        addConcern()
        addRest()
    }

    /// The lines of a section that these readers get.
    func lines(_ section: ReportSection, for reader: Reader) -> [Line] {
        lines.filter { $0.section == section && $0.reader == reader }
    }

    // MARK: Sections

    /// Lines that say where the report comes from.
    private var origin: Reader { hidesOrigin ? .veiligThuisOnly : .everyone }

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
            let role = Words.text(person["rol"]?.string ?? "ander", "rol")
            counts[role, default: 0] += 1
            addPerson(person, counts[role] == 1 ? role : "\(role) \(counts[role] ?? 1)")
        }
    }

    private mutating func addPerson(_ person: JSONValue, _ who: String) {
        func add(_ reader: Reader, _ label: String, _ value: String?) {
            guard let value else { return }
            lines.append(Line(section: .betrokkenen, reader: reader, label: "\(who): \(label)", value: value))
        }
        add(.everyone, "naam", person["naam"]?.string)
        add(.everyone, "voornamen", person["voornamen"]?.string)
        add(.everyone, "voorvoegsel", person["voorvoegsel"]?.string)
        add(.everyone, "achternaam", person["achternaam"]?.string)
        add(.everyone, "geboortedatum", Words.shown(person["geboortedatum"], "geboortedatum"))
        add(.everyone, "geslacht", person["geslacht"]?.string)
        add(.veiligThuisOnly, "telefoon", person["telefoon"]?.string)
        add(.veiligThuisOnly, "straat", person["adres"]?["straat"]?.string)
        add(.veiligThuisOnly, "huisnummer", person["adres"]?["huisnummer"]?.string)
        add(.veiligThuisOnly, "postcode", person["adres"]?["postcode"]?.string)
        add(.veiligThuisOnly, "woonplaats", person["adres"]?["woonplaats"]?.string)
    }

    private mutating func addConcern() {
        add(.melding, .everyone, "Acuut gevaar", "acuutGevaar")
        add(.melding, .veiligThuisOnly, "Bijzondere vorm", "bijzondereVorm")
        add(.melding, .everyone, "Feiten", "inzageBetrokkenen", "feiten")
        add(.melding, .everyone, "Zorgen", "inzageBetrokkenen", "zorgen")
        add(.melding, .everyone, "Verwachting van Veilig Thuis", "inzageBetrokkenen", "verwachting")
        add(.netwerk, .everyone, "Wat goed gaat en wie kan steunen", "inzageBetrokkenen", "krachten")
        add(.netwerk, origin, "Inzet van de school en anderen", "inzageBetrokkenen", "inzetSchool")
    }

    private mutating func addRest() {
        add(.overig, origin, "Verzoek om terugkoppeling aan de melder", "verzoekOmTerugkoppeling")
        add(.overig, .veiligThuisOnly, "Grond om de herkomst te verbergen", "alleenVeiligThuis", "grond")
        add(.overig, .veiligThuisOnly, "Toelichting, alleen voor Veilig Thuis", "alleenVeiligThuis", "toelichting")
    }

    private mutating func add(_ section: ReportSection, _ reader: Reader, _ label: String, _ path: String...) {
        let value = path.reduce(Optional(content)) { $0?[$1] }
        guard let text = Words.shown(value, path.last ?? "") else { return }
        lines.append(Line(section: section, reader: reader, label: label, value: text))
    }
}
