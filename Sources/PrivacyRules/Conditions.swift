// SPDX-License-Identifier: EUPL-1.2
import CaseEvents

/// What must hold before a recipient may receive; otherwise it is refused, with the article.
public enum Condition: String, Sendable, Hashable, CaseIterable {
    /// The school has a convenant with the college (Jeugdwet 7.1.1.2 and 7.1.3.1).
    case convenant
    /// The legal ground was looked at again in time: it may be struck from the law (practice 10).
    case herzieningsdatum
    /// Somebody at this school is designated (Jeugdwet 7.1.1.2).
    case meldingsbevoegdeAangewezen
    /// Jeugdwet 7.1.1.1: the index is for youths who are not yet 23.
    case jongerDan23
    /// Jeugdwet 7.1.4.1: a reasonable suspicion of one of the twelve risks; a learning problem alone is none of them.
    case risicoGenoemd
    /// Jeugdwet 7.3.11(4): the GI has a duty to be told only where it carries out an ondertoezichtstelling.
    case ondertoezichtstelling
    /// A demand of police or justice names the article on which it rests.
    case vordering
    /// Nothing of a case whose reporter is hidden goes where the family can see it (Uitvoeringsbesluit Wmo 2015 4.1.8(3)).
    case herkomstOpen
    /// A registration that shows would warn (practice 6; Besluit verplichte meldcode art. 2(1)c).
    case geenBijzondereVorm

    /// Conditions that make the ground itself: without them there is none, so they may stand at urgent recipients too (practice 1).
    static let groundMaking: Set<Condition> = [.ondertoezichtstelling, .vordering]

    /// Nil when the condition holds.
    func refusal(_ situation: Situation, _ fields: KnownFields) -> Refusal.Code? {
        let marks = situation.marks
        switch self {
        case .convenant: return marks.contains(.convenant) ? nil : .geenConvenant
        case .herzieningsdatum:
            switch situation.review {
            case .geldig: return nil
            case .geen: return .geenHerzieningsdatum
            case .voorbij: return .herzieningsdatumVoorbij
            }
        case .meldingsbevoegdeAangewezen:
            return marks.contains(.schoolHeeftMeldingsbevoegde) ? nil : .geenMeldingsbevoegde
        case .jongerDan23:
            switch situation.age {
            case .onbekend: return .leeftijdOnbekend
            case .vanaf23: return .drieentwintigOfOuder
            default: return nil
            }
        case .risicoGenoemd:
            if marks.contains(.alleenLeerprobleem) { return .alleenLeerprobleem }
            return marks.contains(.risicoGenoemd) ? nil : .geenRisico
        case .ondertoezichtstelling:
            switch situation.supervision {
            case .gesteld: return nil
            case .nietGesteld: return .geenOndertoezichtstelling
            case .verlopen: return .ondertoezichtstellingVerlopen
            case .andereInstelling: return .andereInstelling
            }
        case .vordering:
            return situation.present.isSuperset(of: fields.demand) ? nil : .geenVordering
        case .herkomstOpen: return marks.contains(.herkomstVerborgen) ? .herkomstVerborgen : nil
        case .geenBijzondereVorm: return marks.contains(.bijzondereVorm) ? .bijzondereVorm : nil
        }
    }
}

/// What makes a delivery wait for a person, where practice 1 lets it wait: consent-based recipients, verwijsindex, LVS.
public enum Hold: String, Sendable, Hashable, CaseIterable, Codable {
    /// Somebody in one of the rule's roles confirms. Follows from the rule's `confirmation`.
    case bevestiging
    /// Consent is asked. Follows from the ground.
    case toestemming
    /// Those concerned are told first, or the ground not to is recorded (AVG art. 13 and 14; Jeugdwet 7.1.5.1).
    case informeren
    /// Somebody releases registration in the LVS for this case (practice 6).
    case vrijgaveLvs
    /// Somebody looks at what the check found in a free text (practice 15).
    case vrijeTekst

    /// Those that a rule names; the others follow from its ground and its confirmation.
    public static let named: [Hold] = [.informeren, .vrijgaveLvs, .vrijeTekst]

    /// Whether it holds this situation up. Only for holds that a rule names.
    func isOn(_ situation: Situation) -> Bool {
        switch self {
        case .informeren: situation.informed != .geinformeerd && situation.informed != .nietMetReden
        case .vrijgaveLvs: !situation.marks.contains(.lvsVrijgegeven)
        case .vrijeTekst:
            situation.marks.contains(.bevindingInTekst) && !situation.marks.contains(.tekstNagekeken)
        case .bevestiging, .toestemming: false
        }
    }
}

/// A *tekort*: shown before sending, owed afterwards, never a reason to hold or refuse (practice 1).
public enum Shortfall: String, Sendable, Hashable, CaseIterable, Codable {
    case afwegingOntbreekt
    case afsprakenOntbreken
    case betrokkenenNietGeinformeerd
    case geboortedatumOntbreekt
    case stappenOntbreken
    case contactpersoonOntbreekt
    case feitenOntbreken
    /// A request was not verified by calling back (practice 13).
    case verzoekerNietTeruggebeld

    func isPresent(_ situation: Situation, _ fields: KnownFields) -> Bool {
        let marks = situation.marks
        let present = situation.present
        switch self {
        case .afwegingOntbreekt:
            return !present.isSuperset(of: fields.weighing) && !marks.contains(.afgewogen)
        case .afsprakenOntbreken: return situation.informed == .onbekend
        case .betrokkenenNietGeinformeerd:
            // With special forms or acute danger informing the family waits for advice (practice 5): no shortfall.
            guard marks.isDisjoint(with: [.bijzondereVorm, .acuutGevaar]) else { return false }
            return situation.informed == .nietZonderReden || situation.informed == .deels
        case .geboortedatumOntbreekt: return present.intersection(fields.birthDate).isEmpty
        case .stappenOntbreken: return !marks.contains(.stappenGezet)
        case .contactpersoonOntbreekt: return present.intersection(fields.contact).isEmpty
        case .feitenOntbreken: return present.intersection(fields.facts).isEmpty
        case .verzoekerNietTeruggebeld:
            return marks.contains(.opVerzoek) && !marks.contains(.verzoekerTeruggebeld)
        }
    }
}

/// The fields that conditions and shortfalls ask about, found once per event type.
struct KnownFields: Sendable {
    let weighing, birthDate, contact, facts, demand: FieldSet

    init(_ type: EventType) {
        func set(_ paths: [String]) -> FieldSet { FieldSet(paths.map(FieldPath.init), of: type) }
        weighing = set(["afweging.doelmatigheid", "afweging.subsidiariteit", "afweging.proportionaliteit"])
        birthDate = set(["leerling.geboortedatum"])
        contact = set(["contactpersoon.naam", "contactpersoon.telefoon"])
        facts = set(["inzageBetrokkenen.feiten", "inhoud.feiten"])
        demand = set(["vordering.artikel"])
    }
}
