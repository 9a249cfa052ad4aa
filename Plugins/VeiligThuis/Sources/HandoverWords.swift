// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import Disclosures
import Values

/// What a person reads who phones Veilig Thuis or fills in its web form.
struct HandoverWords: Sendable, Hashable {
    /// The free national number, day and night.
    static let nationalPhone = "0800-2000"

    private let phone: String
    private let webForm: String?
    private let adviceForm: String?

    init(_ settings: AdapterSettings) {
        phone = settings["phone"]?.string ?? Self.nationalPhone
        webForm = settings["web_form"]?.string
        adviceForm = settings["advice_form"]?.string
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
        if let theirs = disclosure.counterpartReference.flatMap(Reference.opaque) {
            steps.append("Noem het kenmerk dat Veilig Thuis eerder gaf: \(theirs).")
        }
        steps.append(Self.record(report.message))
        return HandoverDocument(
            title: report.title, instruction: steps.joined(separator: "\n"),
            sections: ReportDocument.sections(report, form), reference: report.tellsOrigin ? disclosure.reference : nil)
    }

    /// What a person puts into the form, or mails, for the process mailbox.
    func remark(_ disclosure: Disclosure) -> HandoverDocument {
        let document = ProcessRemark.document(disclosure)
        let steps = [
            "Geef deze opmerking aan \(disclosure.recipient.name). Noem geen kind, gezin of zaak.",
            "Leg daarna in Meldpoort vast dat de opmerking is gegeven: wanneer, hoe en aan wie.",
        ]
        return HandoverDocument(
            title: document.title, instruction: steps.joined(separator: "\n"), sections: document.sections,
            reference: document.reference)
    }

    /// A script for a phone call, or what goes into the form for advice. No line of it could name anybody.
    func advice(_ disclosure: Disclosure) -> HandoverDocument {
        let report = Report(disclosure)
        var steps = Urgency.steps(report)
        let call = "Bel \(disclosure.recipient.name) via \(phone) (dag en nacht) en vraag advies"
        if let adviceForm, !report.isAcute, !report.isStructural {
            steps.append("\(call), of gebruik het formulier voor advies: \(adviceForm).")
        } else {
            steps.append("\(call).")
        }
        steps.append(
            """
            Advies is anoniem: noem geen namen, geboortedatum, adres of andere gegevens waaraan het kind of het gezin te \
            herkennen is. De verantwoordelijkheid blijft bij de school.
            """)
        steps.append("Leg daarna het advies in Meldpoort vast.")
        return HandoverDocument(
            title: "Advies vragen aan Veilig Thuis (anoniem)", instruction: steps.joined(separator: "\n"),
            sections: AdviceScript.sections(disclosure.content))
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
}
