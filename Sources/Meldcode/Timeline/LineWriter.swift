// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Values

/// Says in one Dutch sentence what an event or a delivery was: fixed words, organisations and titles, never free text.
struct LineWriter {
    let record: CaseRecord

    func line(_ arrival: CaseRecord.Arrival) -> CaseTimeline.Line {
        let (kind, text) = content(arrival.event)
        return CaseTimeline.Line(
            kind: kind, date: CaseTimeline.day(of: arrival), recordedAt: arrival.receivedAt,
            happenedAt: CaseTimeline.happened(arrival.event.data), text: text)
    }

    func line(_ delivery: CaseRecord.Delivery) -> CaseTimeline.Line {
        let ground = delivery.article.map { " (\($0))" } ?? ""
        let text = "Aflevering \(delivery.number) aan \(record.name(delivery.recipient)): \(delivery.state)\(ground)."
        return CaseTimeline.Line(
            kind: delivery.isDisclosure ? .verstrekking : .aflevering, date: delivery.at.calendarDateInAmsterdam,
            recordedAt: delivery.at, happenedAt: nil, text: text)
    }

    private func content(_ event: CaseEvent) -> (CaseTimeline.Line.Kind, String) {
        let data = event.data
        return switch event.type {
        case .zorgGesignaleerd: (.signaal, "Zorg gesignaleerd.")
        case .stapGezet: step(data)
        case .verwijsindexregistratieGevraagd: (.verwijsindex, "Registratie in \(record.indexText) gevraagd.")
        case .verwijsindexintrekkingGevraagd:
            (.verwijsindex, "Intrekking uit \(record.indexText) gevraagd: \(Words.withdrawal(data["reden"])).")
        case .adviesGevraagd: (.advies, "Advies gevraagd aan Veilig Thuis (anoniem).")
        case .letselduidingGevraagd: (.advies, "Letselduiding gevraagd aan een deskundige (anoniem).")
        case .veiligThuisMeldingBesloten: (.besluit, "Besloten tot een melding bij Veilig Thuis.")
        case .terugkoppelingOntvangen: (.terugkoppeling, feedback(data))
        case .bevestigingGegeven: (.aflevering, "Aflevering \(data["aflevering"]?.integer ?? 0) bevestigd.")
        case .verstrekkingVastgelegd: (.verstrekking, told(data))
        case .verstrekkingBesloten:
            (
                .besluit,
                "Besloten gegevens te delen met \(record.names(data["ontvangers"])), \(Words.purpose(data["doel"]))."
            )
        case .overlegGepland: (.overleg, meeting(data))
        case .toestemmingVastgelegd: (.toestemming, consent(data))
        case .betrokkenenGeinformeerd: (.informeren, informing(data))
        case .wegingVastgelegd: (.weging, weighing(event))
        case .lvsregistratieVrijgegeven: (.vrijgave, release(data))
        case .medewerkerBetrokken: (.medewerker, Words.staff(data["variant"]))
        case .informatieverzoekOntvangen: (.verzoek, request(data))
        case .correctieVastgesteld:
            (.correctie, "\(Words.correction(data["soort"])) vastgesteld; wie de gegevens kreeg, krijgt bericht.")
        case .verwijsindexmatchOntvangen: (.match, match(data))
        case .matchcontactVastgelegd: (.match, "Contact na een match: \(Words.matchContact(data["uitkomst"])).")
        case .verwijsindexregistratieBeeindigd:
            (
                .verwijsindex,
                "Registratie in \(record.name(data["van"]?.string)) beëindigd: \(Words.ending(data["reden"]))."
            )
        case .bezwaarOntvangen: (.bezwaar, "Bezwaar ontvangen van \(Words.objector(data["door"])).")
        case .adviesverzoekOntvangen:
            (
                .verzoek,
                "Adviesverzoek van het college ontvangen"
                    + (Words.day(data["uiterlijk"]).map { "; antwoord nodig op \($0)." } ?? ".")
            )
        case .verzoekAfgehandeld:
            (.verzoek, "\(Words.requestKind(data["soort"])) afgehandeld: \(Words.answer(data["besluit"])).")
        case .postBeoordeeld:
            (.post, "Bericht \(data["post"]?.integer ?? 0) beoordeeld: \(Words.mail(data["soort"])).")
        case .procesopmerkingGemaakt:
            (.proces, "Opmerking over het proces bij Veilig Thuis, over \(data["onderwerp"]?.string ?? "het proces").")
        case .partnercontactVastgelegd: (.contact, contact(data))
        case .drempelGemeld:
            (.drempel, "Drempel bij \(record.name(data["van"]?.string)): \(Words.barrier(data["soort"])).")
        case .verplichtingBijgewerkt: (.verplichting, update(data))
        case .opschalingGedaan: (.verplichting, "Opgeschaald: \(Words.level(data["niveau"])).")
        case .publicatieAangeboden: (.publicatie, "Publicatie aangeboden.")
        case .publicatieIngetrokken: (.publicatie, "Publicatie ingetrokken.")
        case .zaakAfgesloten: (.afsluiting, "Zaak afgesloten: \(Words.closing(data["reden"])).")
        }
    }

    private func step(_ data: JSONValue) -> (CaseTimeline.Line.Kind, String) {
        let element = data["element"]?.string.flatMap(StatutoryElement.init)
        let named = data["stap"]?.string.flatMap { record.track?.step($0) }
        let elementText = element?.text ?? "onderdeel onbekend"
        let isSkipped = data["overgeslagen"]?.bool == true
        let reason = data["toelichting"] == nil ? "zonder vastgelegde reden" : "de reden is vastgelegd"
        if element == .gesprek {
            let after = named.map { $0.elements.contains(.gesprek) ? "" : " na de stap “\($0.title)”" } ?? ""
            return (
                .gesprek, "Gesprek met de betrokkenen\(after) \(isSkipped ? "niet gevoerd; \(reason)" : "gevoerd")."
            )
        }
        let what = named.map { "“\($0.title)” (\(elementText))" } ?? elementText
        return (.stap, isSkipped ? "Stap overgeslagen: \(what); \(reason)." : "Stap gezet: \(what).")
    }

    private func feedback(_ data: JSONValue) -> String {
        let decision = Words.decision(data["besluit"]).map { "; besluit: \($0)" } ?? ""
        let manner = data["wijze"].map { ", \(Words.manner($0))" } ?? ""
        let part = data["volledigheid"]?.string == "deels" ? " (deels)" : ""
        let follow = Words.day(data["monitoringTot"]).map { "; de school blijft de leerling volgen tot \($0)" } ?? ""
        let corrects = data["corrigeert"]?.integer.map { "; in plaats van gebeurtenis \($0)" } ?? ""
        return
            "Terugkoppeling van \(record.name(data["van"]?.string))\(manner): \(Words.moment(data["moment"]))\(part)\(decision)\(next(data))\(follow)\(corrects)."
    }

    private func next(_ data: JSONValue) -> String {
        Words.day(data["volgendMoment"]).map { "; volgend moment: \($0)" } ?? ""
    }

    private func contact(_ data: JSONValue) -> String {
        let outcome = Words.partnerContact(data["uitkomst"])
        return
            "Contact gezocht met \(record.name(data["van"]?.string)), \(Words.manner(data["wijze"])): \(outcome)\(next(data))."
    }

    private func update(_ data: JSONValue) -> String {
        let until = Words.day(data["tot"]).map { " tot \($0)" } ?? ""
        return
            "Verplichting \(data["verplichting"]?.integer ?? 0) \(Words.act(data["actie"]))\(until): \(Words.actReason(data["reden"]))."
    }

    private func told(_ data: JSONValue) -> String {
        let manner = Words.manner(data["wijze"])
        return "Gegevens verstrekt aan \(record.name(data["ontvanger"]?.string)), \(manner); achteraf vastgelegd."
    }

    private func meeting(_ data: JSONValue) -> String {
        let day = Words.day(data["datum"]).map { " op \($0)" } ?? ""
        return "Multidisciplinair overleg gepland\(day), met \(record.names(data["ontvangers"]))."
    }

    private func consent(_ data: JSONValue) -> String {
        let decision = data["besluit"]?.string ?? ""
        let purpose = data["doel"] == nil ? "" : ", \(Words.purpose(data["doel"]))"
        let until = Words.day(data["geldigTot"]).map { ", geldig tot en met \($0)" } ?? ""
        let quarrel = data["onenigheid"]?.bool == true ? "; de ouders met gezag zijn het niet eens" : ""
        return
            "Toestemming \(decision) door \(Words.consenter(data["door"])) voor \(record.names(data["ontvangers"]))\(purpose)\(until)\(quarrel)."
    }

    private func informing(_ data: JSONValue) -> String {
        let about = data["over"].map { ", over \(record.names($0))" } ?? ""
        let told = (data["wie"]?.array ?? []).compactMap(\.string).uniqued
        if let reason = data["redenNiet"] {
            let some = told.isEmpty ? "Nog niet geïnformeerd" : "Alleen geïnformeerd: \(joined(told))"
            return "\(some)\(about); reden: \(Words.notInforming(reason))."
        }
        return told.isEmpty
            ? "Informeren vastgelegd, zonder wie en zonder reden\(about)." : "Geïnformeerd: \(joined(told))\(about)."
    }

    private func weighing(_ event: CaseEvent) -> String {
        guard let weighing = Weighing(event) else { return "Gewogen." }
        let until = Words.day(event.data["hulpTot"]).map { "; hulp tot \($0)" } ?? ""
        return
            "Gewogen met het afwegingskader. Uitkomst: \(Words.outcome(weighing.outcome)). Besluit: \(weighing.decision.text); \(weighing.comparisonText)\(until)."
    }

    private func release(_ data: JSONValue) -> String {
        data["vrijgegeven"]?.bool == true
            ? "Registratie in het leerlingvolgsysteem vrijgegeven."
            : "Vrijgave voor het leerlingvolgsysteem ingetrokken."
    }

    private func match(_ data: JSONValue) -> String {
        let count = data["professionals"]?.array?.count ?? 0
        let who = count == 1 ? "één andere professional" : "\(count) andere professionals"
        let family = data["soort"]?.string == "gezin" ? ", bij een ander kind van het gezin" : ""
        let others = count == 0 ? "een andere professional" : who
        return "Match uit \(record.name(data["van"]?.string)): \(others)\(family)."
    }

    private func request(_ data: JSONValue) -> String {
        let back =
            data["teruggebeldOp"] == nil
            ? "; niet vastgelegd dat is teruggebeld" : "; teruggebeld, volgens wie het vastlegde"
        let until = Words.day(data["uiterlijk"]).map { "; antwoord nodig op \($0)" } ?? ""
        return "Informatieverzoek ontvangen van \(record.name(data["van"]?.string))\(back)\(until)."
    }
}
