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

    func report(_ disclosure: Disclosure, _ form: [OrderedSection]) -> HandoverDocument {
        let report = Report(disclosure)
        var steps = Urgency.steps(report)
        steps.append(how(report, disclosure.recipient.name))
        if report.hidesOrigin {
            steps.append(
                "Zeg als eerste dat de herkomst van dit bericht voor betrokkenen verborgen moet blijven, en op welke grond."
            )
        }
        steps.append(
            """
            Deel 1 kunnen betrokkenen bij Veilig Thuis inzien. Deel 2 is alleen voor Veilig Thuis: zeg dat erbij, en zet het in \
            het formulier alleen waar dat voor Veilig Thuis alleen bestemd is.
            """)
        steps.append(Self.record(report.message))
        let order = report.order(form)
        return HandoverDocument(
            title: report.title, instruction: steps.joined(separator: "\n"),
            sections: Self.sections(report, order, .everyone, "Deel 1")
                + Self.sections(report, order, .veiligThuisOnly, "Deel 2, alleen voor Veilig Thuis"))
    }

    func advice(_ disclosure: Disclosure) -> HandoverDocument {
        var steps = Urgency.steps(Report(disclosure))
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

    private static func record(_ message: MessageKind) -> String {
        let what =
            switch message {
            case .verstrekking: "de informatie is gegeven"
            case .overleg: "het is besproken, per deelnemer"
            case .correctie: "de correctie is doorgegeven"
            default: "de melding bij Veilig Thuis is gedaan"
            }
        return """
            Leg daarna in Meldpoort vast dat \(what): wanneer, hoe, met wie u sprak en welk kenmerk Veilig Thuis gaf.
            """
    }

    private func how(_ report: Report, _ name: String) -> String {
        let call = "Bel \(name) via \(phone) (dag en nacht)"
        let order = "Houd de volgorde hieronder aan. Noem niet meer dan hier staat; een BSN gaat niet mee."
        switch report.message {
        case .verstrekking:
            return
                "\(call). Is het een antwoord op een vraag, bel dan dit nummer en niet een nummer uit de vraag. \(order)"
        case .overleg:
            return """
                Hieronder staat wat u in het overleg met \(name) mag bespreken, en niets meer. Elke deelnemer heeft een eigen \
                overzicht: bespreek aan tafel alleen wat in het overzicht van iedereen staat die erbij is; de rest bespreekt u \
                apart.
                """
        case .correctie:
            return """
                \(call) en vraag de eerdere gegevens te verbeteren, te wissen of voorlopig niet te gebruiken, zoals hieronder \
                staat (AVG art. 19). \(order)
                """
        default:
            guard let webForm, !report.isAcute, !report.isStructural else { return "\(call). \(order)" }
            return "\(call), of vul het webformulier in: \(webForm). \(order)"
        }
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
                    ("Structurele onveiligheid", "structureleOnveiligheid"), ("Gezette stappen", "gezetteStappen"),
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
