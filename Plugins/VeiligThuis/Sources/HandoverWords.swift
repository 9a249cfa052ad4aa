// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

/// What a person reads who phones Veilig Thuis or fills in its web form.
struct HandoverWords: Sendable, Hashable {
    /// The free national number, day and night.
    static let nationalPhone = "0800-2000"

    private let phone: String
    private let webForm: String?

    init(_ settings: AdapterSettings) {
        phone = settings["phone"]?.string ?? Self.nationalPhone
        webForm = settings["web_form"]?.string
    }

    func report(_ disclosure: Disclosure, _ order: [OrderedSection]) -> HandoverDocument {
        let report = Report(disclosure.content)
        var steps: [String] = []
        if report.isAcute {
            steps.append("Acuut gevaar: bel eerst 112. Meld daarna meteen telefonisch bij Veilig Thuis.")
        }
        if report.isAcute || report.isSpecialForm { steps.append(Self.notYet) }
        steps.append(how(disclosure.recipient.name, onlyByPhone: report.isAcute))
        if report.hidesOrigin {
            steps.append(
                "Zeg als eerste dat de herkomst van deze melding voor betrokkenen verborgen moet blijven, en op welke grond."
            )
        }
        steps.append(
            """
            Deel 1 kunnen betrokkenen bij Veilig Thuis inzien. Deel 2 is alleen voor Veilig Thuis: zeg dat erbij, en zet het in \
            het formulier alleen waar dat voor Veilig Thuis alleen bestemd is.
            """)
        steps.append(Self.record)
        return HandoverDocument(
            title: "Melding bij Veilig Thuis", instruction: steps.joined(separator: "\n"),
            sections: Self.sections(report, order, .everyone, "Deel 1")
                + Self.sections(report, order, .veiligThuisOnly, "Deel 2, alleen voor Veilig Thuis"))
    }

    func advice(_ disclosure: Disclosure) -> HandoverDocument {
        let isAcute = disclosure.content["acuutGevaar"]?.bool == true
        let isSpecialForm = disclosure.content["bijzondereVorm"]?.string != nil
        var steps: [String] = []
        if isAcute { steps.append("Acuut gevaar: bel eerst 112.") }
        if isAcute || isSpecialForm { steps.append(Self.notYet) }
        steps.append(
            """
            Bel \(disclosure.recipient.name) via \(phone) (dag en nacht) en zeg dat u advies vraagt.
            Advies is anoniem: noem geen namen, geboortedatum, adres of andere gegevens waaraan het kind of het gezin te \
            herkennen is. De verantwoordelijkheid blijft bij de school.
            """)
        steps.append("Leg daarna het advies in Meldpoort vast.")
        return HandoverDocument(
            title: "Advies vragen aan Veilig Thuis (anoniem)", instruction: steps.joined(separator: "\n"),
            sections: Self.adviceSections(disclosure.content))
    }

    /// Practice for special forms and acute danger: telling the family can make it worse.
    private static let notYet = "Informeer het gezin nog niet, vraag eerst advies aan Veilig Thuis."

    private static let record = """
        Leg daarna in Meldpoort vast dat de melding bij Veilig Thuis is gedaan: wanneer, hoe, met wie u sprak en welk \
        kenmerk Veilig Thuis gaf.
        """

    private func how(_ name: String, onlyByPhone: Bool) -> String {
        let call = "Bel \(name) via \(phone) (dag en nacht)"
        let order = "Houd de volgorde hieronder aan. Noem niet meer dan hier staat; een BSN gaat niet mee."
        guard let webForm, !onlyByPhone else { return "\(call). \(order)" }
        return "\(call), of vul het webformulier in: \(webForm). \(order)"
    }

    private static func sections(
        _ report: Report, _ order: [OrderedSection], _ reader: Report.Reader, _ part: String
    ) -> [HandoverDocument.Section] {
        order.compactMap { entry in
            let lines = report.lines(entry.section, for: reader)
            guard !lines.isEmpty else { return nil }
            return HandoverDocument.Section(
                heading: "\(part): \(entry.title)",
                lines: lines.map { HandoverDocument.Line(label: $0.label, value: $0.value) })
        }
    }

    private static func adviceSections(_ content: JSONValue) -> [HandoverDocument.Section] {
        func lines(_ rows: [(label: String, field: String)]) -> [HandoverDocument.Line] {
            rows.compactMap { row in
                Words.shown(content[row.field], row.field).map { HandoverDocument.Line(label: row.label, value: $0) }
            }
        }
        var sections = [
            HandoverDocument.Section(heading: "Uw vraag", lines: lines([("Vraag", "vraag")])),
            HandoverDocument.Section(
                heading: "Waar het om gaat",
                lines: lines([
                    ("Leeftijd van het kind", "leeftijdsgroep"), ("Soort zorg", "soortZorg"),
                    ("Bijzondere vorm", "bijzondereVorm"), ("Acuut gevaar", "acuutGevaar"),
                    ("Gezette stappen", "gezetteStappen"),
                ])),
        ]
        if let reference = content["meldpoort"]?["kenmerk"]?.string {
            sections.append(
                HandoverDocument.Section(
                    heading: "Voor uw administratie", lines: [.init(label: "Kenmerk van de school", value: reference)]))
        }
        return sections.filter { !$0.lines.isEmpty }
    }
}
