// SPDX-License-Identifier: EUPL-1.2
import Values

/// What is still to be done or recorded in a case, in the order in which it matters.
struct OwedItems {
    let record: CaseRecord
    let facts: TimelineFacts
    let steps: [StepStatus]

    var all: [CaseTimeline.Owed] {
        report + weighing + steps.flatMap(step) + steps.flatMap(talk) + deliveries + requests + feedback + help
    }

    private func item(_ subject: CaseTimeline.Owed.Subject, _ text: String) -> CaseTimeline.Owed {
        CaseTimeline.Owed(subject: subject, text: text)
    }

    private var report: [CaseTimeline.Owed] {
        guard let weighing = facts.weighing?.weighing, weighing.decision.weight == Weighing.Decision.melden.weight,
            !facts.isReported
        else { return [] }
        let text =
            "Besloten is tot een melding bij Veilig Thuis, en die staat hier nog niet: bel 0800-2000, dien haar in, of leg vast dat zij is gedaan."
        return [item(.meldingVeiligThuis, text)]
    }

    private var weighing: [CaseTimeline.Owed] {
        facts.weighing?.weighing.shortfall.map { [item(.weging, $0)] } ?? []
    }

    private func step(_ status: StepStatus) -> [CaseTimeline.Owed] {
        let name = "Stap \(status.number) (\(status.step.title))"
        let record = joined(status.step.toRecord)
        switch status.state {
        case .overgeslagenZonderReden:
            return [item(.stap, "\(name) is overgeslagen: leg de reden vast.")]
        case .deels:
            let open = status.open.isEmpty ? record : joined(status.open.map(\.text))
            return [item(.stap, "\(name) is deels gezet: leg nog vast: \(open).")]
        case .ontbreekt where status.isPassedBy:
            let text =
                "\(name) is niet vastgelegd en een latere stap is al gezet. Dat mag, bijvoorbeeld bij acuut gevaar: leg de reden vast, of alsnog: \(record)."
            return [item(.stap, text)]
        default: return []
        }
    }

    private func talk(_ status: StepStatus) -> [CaseTimeline.Owed] {
        switch status.talk?.state {
        case .nietGevoerdZonderReden:
            return [item(.gesprek, "Na stap \(status.number) is geen gesprek gevoerd: leg de reden vast.")]
        case .ontbreekt:
            let text =
                facts.tellsNobodyYet
                ? "Gesprek na stap \(status.number): \(notYet). Leg vast waarom er nog geen gesprek is."
                : "Voer na stap \(status.number) het gesprek met de ouders, en zo mogelijk met de leerling, of leg vast waarom niet."
            return [item(.gesprek, text)]
        default: return []
        }
    }

    private var deliveries: [CaseTimeline.Owed] {
        record.deliveries.flatMap { delivery in
            delivery.owed.map {
                item(.aflevering, "Aflevering \(delivery.number), \(record.name(delivery.recipient)): \($0)")
            }
        }
    }

    private var requests: [CaseTimeline.Owed] {
        facts.requests.filter { !$0.isAnswered }.map { request in
            item(
                .verzoek, "Over het informatieverzoek van \(record.name(request.from)) is nog geen besluit vastgelegd.")
        }
    }

    /// The law gives no term for telling the reporter, so the text claims no breach (practice 26).
    private var feedback: [CaseTimeline.Owed] {
        let delivered = record.deliveries.filter { $0.owesFeedback && $0.isDisclosure }
            .map { (recipient: $0.recipient, day: $0.at.calendarDateInAmsterdam) }
        let told = facts.told.filter { record.isVeiligThuis($0.recipient) }
        let open = (delivered + told).filter { disclosure in
            facts.feedback[disclosure.recipient].map { $0 < disclosure.day } ?? true
        }
        return open.map(\.recipient).uniqued.map { recipient in
            let text =
                "Van \(record.name(recipient)) is nog geen terugkoppeling vastgelegd. Bel op het afgesproken moment, met het kenmerk bij de hand."
            return item(.terugkoppeling, text)
        }
    }

    private var help: [CaseTimeline.Owed] {
        guard let weighing = facts.weighing?.weighing, !facts.isClosed, weighing.answers.helpWorks == nil,
            weighing.decision == .hulp || weighing.decision == .hulpEnMelden
        else { return [] }
        let text = "Beantwoord aan het eind van de hulptermijn vraag 5: \(WeighingFramework.Question.resultaat.text)"
        return [item(.hulp, text)]
    }
}
