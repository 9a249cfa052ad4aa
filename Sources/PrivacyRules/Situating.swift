// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Disclosures
import Values

/// From an event, its case and the configuration to what a decision depends on.
extension JudgementInput {
    /// - Parameter mayGo: the fields that could go at all: a finding in a text that stays is no reason to wait.
    func situation(source: JSONValue, mayGo: () -> Set<FieldPath>) -> (Situation, [TextFinding]) {
        let data = event.data
        let age = AgeBand(birthDate: data["leerling"]?["geboortedatum"]?.string.flatMap(CalendarDate.init), on: today)
        let asked = data["doel"]?.string.flatMap(Purpose.init)
        var situation = Situation(
            eventType: event.type, recipientKind: recipient.kind, purpose: asked, today: today, age: age)
        situation.present = FieldTable.of(event.type).present(in: source)
        var findings = FreeTextCheck.findings(in: event)
        if !findings.isEmpty {
            let fields = mayGo()
            findings.removeAll { !fields.contains($0.field) }
        }
        (situation.consent, situation.covered) = consent(asked, age)
        situation.informed = informed(age)
        situation.supervision = supervision
        situation.review = review
        situation.marks = marks(hasFindings: !findings.isEmpty)
        if let submitter, !facts.barred.contains(submitter.id) { situation.submitterRoles = RoleSet(submitter.roles) }
        situation.confirmation = confirmationState
        return (situation, findings)
    }

    private func consent(_ asked: Purpose?, _ age: AgeBand) -> (ConsentState, FieldSet) {
        guard !facts.consents.isEmpty else { return (.geen, FieldSet()) }
        let purpose = asked ?? .hulpVerlenen
        let (state, kinds) = facts.consent(for: recipient.id, purpose: purpose, age: age, on: today)
        return (state, state == .gegeven ? DataKinds.covered(kinds, of: event.type) : FieldSet())
    }

    /// The event's own agreements, and what the case has recorded about this recipient.
    private func informed(_ age: AgeBand) -> InformedState {
        let own = event.data["afsprakenMetBetrokkenen"]
        let recorded = facts.informing.filter { $0.about?.contains(recipient.id) ?? true }
        var told = recorded.reduce(into: Set<String>()) { $0.formUnion($1.told) }
        if own?["geinformeerd"]?.bool == true { told.formUnion((own?["wie"]?.array ?? []).compactMap(\.string)) }
        if told.isSuperset(of: Self.mustBeTold(age)) { return .geinformeerd }
        if own?["redenNietGeinformeerd"] != nil || recorded.contains(where: \.hasReason) { return .nietMetReden }
        if !told.isEmpty || own?["geinformeerd"]?.bool == true { return .deels }
        return own?["geinformeerd"]?.bool == false ? .nietZonderReden : .onbekend
    }

    /// Jeugdwet 7.1.5.1: under 12 the representative, from 12 to 15 both, from 16 the pupil; of an unknown age both.
    private static func mustBeTold(_ age: AgeBand) -> Set<String> {
        switch age {
        case .onder12: ["vertegenwoordiger"]
        case .van12tot15, .onbekend: ["leerling", "vertegenwoordiger"]
        case .van16en17, .van18tot22, .vanaf23: ["leerling"]
        }
    }

    private var supervision: SupervisionState {
        guard let order = event.data["ondertoezichtstelling"],
            let since = order["sinds"]?.string.flatMap(CalendarDate.init)
        else { return .nietGesteld }
        guard order["instelling"]?.string == recipient.id else { return .andereInstelling }
        let until = order["tot"]?.string.flatMap(CalendarDate.init)
        return since <= today && until.map({ today <= $0 }) ?? true ? .gesteld : .verlopen
    }

    private var review: ReviewState {
        guard let date = agreements.reviewDate else { return .geen }
        return today <= date ? .geldig : .voorbij
    }

    private var confirmationState: ConfirmationState {
        guard let given = confirmation else { return .geen }
        // A report that was confirmed is not taken back by what became known of its confirmer since (practice 1).
        let isBarred = facts.barred.contains(given.person.id) && !RecipientKind.urgent.contains(recipient.kind)
        let counts = given.person.roles.contains(given.role) && !isBarred
        return counts ? .bevestigd(given.role) : .nietBevoegd
    }

    private func marks(hasFindings: Bool) -> Marks {
        let data = event.data
        let taken = facts.elements.union((data["gezetteStappen"]?.array ?? []).compactMap(\.string))
        let facts: [(Marks, Bool)] = [
            (.acuutGevaar, data["acuutGevaar"]?.bool == true),
            (.structureleOnveiligheid, data["structureleOnveiligheid"]?.bool == true || facts.isUnsafe),
            (.bijzondereVorm, data["bijzondereVorm"] != nil || facts.isSpecialForm),
            (.herkomstVerborgen, data["alleenVeiligThuis"]?["grond"] != nil || facts.reporterIsHidden),
            (.lvsVrijgegeven, facts.lvsReleased == true),
            (.zedenmisdrijfMedewerker, facts.isStaffOffence),
            (.afgewogen, facts.isWeighed),
            (.stappenGezet, taken.isSuperset(of: ["inKaartBrengen", "collegialeConsultatie", "gesprek", "wegen"])),
            (.risicoGenoemd, data["risicos"]?.array?.isEmpty == false),
            (.alleenLeerprobleem, data["alleenLeerprobleem"]?.bool == true),
            (.convenant, agreements.convenant != nil),
            (.schoolHeeftMeldingsbevoegde, schoolHasMeldingsbevoegde),
            (.ontvangerAfgesloten, agreements.validUntil.map { today > $0 } ?? false),
            (.bevindingInTekst, hasFindings),
            (.tekstNagekeken, confirmation?.textChecked == true),
            (.opVerzoek, data["verzoek"] != nil),
            (.verzoekerTeruggebeld, isCalledBack),
        ]
        return facts.reduce(into: []) { marks, fact in if fact.1 { marks.insert(fact.0) } }
    }

    /// The request was verified on the number that the configuration has, and no other.
    private var isCalledBack: Bool {
        guard let reference = event.data["verzoek"]?.string, let number = agreements.callbackNumber else {
            return false
        }
        return facts.requests.contains { request in
            request.from == recipient.id && request.reference == reference && request.calledBackOn == digits(number)
        }
    }
}
