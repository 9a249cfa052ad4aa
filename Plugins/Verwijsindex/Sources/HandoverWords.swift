// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

/// What a person reads who puts a registration or a withdrawal into the index's web application.
struct HandoverWords: Sendable, Hashable {
    /// How an index is called whose region has no name for it.
    static let plainName = "verwijsindex"

    private let brand: String
    private let address: String?

    init(_ settings: AdapterSettings) {
        brand = settings["brand_name"]?.string ?? Self.plainName
        address = settings["web_address"]?.string
    }

    /// `de verwijsindex`, or `de verwijsindex (SISA)`.
    private var index: String { brand == Self.plainName ? "de verwijsindex" : "de verwijsindex (\(brand))" }

    func registration(_ disclosure: Disclosure) -> HandoverDocument {
        HandoverDocument(
            title: "Registratie in \(index)",
            instruction: """
                Log met uw eigen account in bij \(index)\(place) en kies een nieuwe registratie.
                Neem de velden hieronder in deze volgorde over. Vul niets in waar dit overzicht niets noemt: geen BSN, \
                geen reden en geen toelichting.
                Komt er een match, dan hoort u dat van \(index).
                Leg daarna in Meldpoort vast dat de registratie is verstrekt, met het kenmerk dat u kreeg: dat is nodig om \
                de registratie later in te trekken.
                """,
            sections: sections([
                ("Jeugdige", youth(disclosure)), ("Wie registreert", reporter(disclosure)),
                ("Afspraken met betrokkenen", agreements(disclosure)), ("Administratie", administration(disclosure)),
            ]))
    }

    func withdrawal(_ disclosure: Disclosure) -> HandoverDocument {
        HandoverDocument(
            title: "Intrekking van de registratie in \(index)",
            instruction: """
                Log met uw eigen account in bij \(index)\(place), zoek de registratie op en trek haar in.
                Let op de reden hieronder: een onterechte registratie gaat niet naar het archief van de index.
                Leg daarna in Meldpoort vast dat de intrekking is verstrekt.
                """,
            sections: sections([
                ("Registratie", registrationLines(disclosure)), ("Jeugdige", youth(disclosure)),
                ("Wie intrekt", reporter(disclosure)), ("Afspraken met betrokkenen", agreements(disclosure)),
                ("Administratie", administration(disclosure)),
            ]))
    }

    private var place: String { address.map { " (\($0))" } ?? "" }

    private func registrationLines(_ disclosure: Disclosure) -> [HandoverDocument.Line] {
        lines(disclosure, [("Kenmerk in de index", "kenmerkVerwijsindex"), ("Reden van intrekking", "reden")])
    }

    private func youth(_ disclosure: Disclosure) -> [HandoverDocument.Line] {
        lines(
            disclosure,
            [
                ("Voorvoegsel", "leerling.voorvoegsel"), ("Achternaam", "leerling.achternaam"),
                ("Geboortedatum", "leerling.geboortedatum"), ("Geslacht", "leerling.geslacht"),
            ])
    }

    private func reporter(_ disclosure: Disclosure) -> [HandoverDocument.Line] {
        lines(
            disclosure,
            [
                ("Instantie", "meldpoort.school.naam"), ("BRIN", "meldpoort.school.brin"),
                ("Meldingsbevoegde", "meldpoort.meldingsbevoegde.naam"),
                ("Functie", "meldpoort.meldingsbevoegde.functie"),
                ("Telefoon", "meldpoort.meldingsbevoegde.telefoon"), ("E-mail", "meldpoort.meldingsbevoegde.email"),
            ])
    }

    private func agreements(_ disclosure: Disclosure) -> [HandoverDocument.Line] {
        lines(
            disclosure,
            [
                ("Betrokkenen geïnformeerd", "afsprakenMetBetrokkenen.geinformeerd"),
                ("Geïnformeerd op", "afsprakenMetBetrokkenen.datum"),
            ])
    }

    private func administration(_ disclosure: Disclosure) -> [HandoverDocument.Line] {
        lines(disclosure, [("Kenmerk van de school", "meldpoort.kenmerk")])
    }

    private func sections(_ all: [(heading: String, lines: [HandoverDocument.Line])]) -> [HandoverDocument.Section] {
        all.filter { !$0.lines.isEmpty }.map { HandoverDocument.Section(heading: $0.heading, lines: $0.lines) }
    }

    private func lines(_ disclosure: Disclosure, _ rows: [(label: String, field: String)]) -> [HandoverDocument.Line] {
        let fields = TemplateField.fields(of: disclosure.message)
        return rows.compactMap { row in
            guard let text = fields.first(where: { $0.name == row.field })?.text(in: disclosure) else { return nil }
            return HandoverDocument.Line(label: row.label, value: Self.shown(text, row.field))
        }
    }

    private static let words = [
        "true": "ja", "false": "nee", "nietTerechtGedaan": "niet terecht gedaan",
        "risicoNietMeerAanwezig": "het risico is niet meer aanwezig",
    ]

    /// Dates and fixed words as people write them; names as they are.
    private static func shown(_ text: String, _ field: String) -> String {
        switch field {
        case "leerling.geboortedatum", "afsprakenMetBetrokkenen.datum": CalendarDate(text)?.dutchText ?? text
        case "reden", "afsprakenMetBetrokkenen.geinformeerd": words[text] ?? text
        default: text
        }
    }
}
