// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Values

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

    /// Nil when the condition holds.
    func refusal(_ input: JudgementInput) -> Refusal? {
        switch self {
        case .convenant:
            input.agreements.convenant == nil
                ? Refusal(
                    .geenConvenant, article: "Jeugdwet art. 7.1.1.2 en 7.1.3.1",
                    "Er is geen convenant met het college vastgelegd. Vul `convenant:` in bij deze ontvanger, met datum en college."
                )
                : nil
        case .herzieningsdatum:
            Self.reviewRefusal(input)
        case .meldingsbevoegdeAangewezen:
            input.schoolHasMeldingsbevoegde
                ? nil
                : Refusal(
                    .geenMeldingsbevoegde, article: "Jeugdwet art. 7.1.1.2",
                    "Deze school heeft geen aangewezen meldingsbevoegde. Wijs iemand aan in het personenbestand.")
        case .jongerDan23:
            Self.ageRefusal(input)
        }
    }

    private static func reviewRefusal(_ input: JudgementInput) -> Refusal? {
        guard let date = input.agreements.reviewDate else {
            return Refusal(
                .geenHerzieningsdatum, article: "Jeugdwet par. 7.1",
                "Er is geen herzieningsdatum voor deze grondslag vastgelegd. Vul `herzieningsdatum:` in bij deze ontvanger."
            )
        }
        guard input.today <= date else {
            return Refusal(
                .herzieningsdatumVoorbij, article: "Jeugdwet par. 7.1",
                "De herzieningsdatum van deze grondslag is voorbij: ga na of de wet nog geldt en stel een nieuwe datum vast."
            )
        }
        return nil
    }

    private static func ageRefusal(_ input: JudgementInput) -> Refusal? {
        guard let birthDate = input.event.data["leerling"]?["geboortedatum"]?.string.flatMap(CalendarDate.init) else {
            return Refusal(
                .leeftijdOnbekend, article: "Jeugdwet art. 7.1.1.1",
                "Zonder geboortedatum is niet vast te stellen of de jeugdige jonger is dan 23.")
        }
        guard birthDate <= input.today else {
            return Refusal(.leeftijdOnbekend, article: "Jeugdwet art. 7.1.1.1", "De geboortedatum ligt in de toekomst.")
        }
        guard birthDate.age(on: input.today) < 23 else {
            return Refusal(
                .drieentwintigOfOuder, article: "Jeugdwet art. 7.1.1.1",
                "De jeugdige is 23 of ouder; de verwijsindex is er voor jeugdigen tot 23 jaar.")
        }
        return nil
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

    /// In Dutch: what is missing and who can supply it.
    public var text: String {
        switch self {
        case .afwegingOntbreekt:
            "De weging (doelmatigheid, subsidiariteit, proportionaliteit) is niet vastgelegd; de aandachtsfunctionaris vult aan."
        case .afsprakenOntbreken:
            "Niet vastgelegd is wat met betrokkenen is afgesproken; de aandachtsfunctionaris vult aan."
        case .betrokkenenNietGeinformeerd:
            "Betrokkenen zijn nog niet geïnformeerd en een reden ontbreekt; de aandachtsfunctionaris vult aan."
        case .geboortedatumOntbreekt: "De geboortedatum van de leerling ontbreekt; de administratie vult aan."
        case .stappenOntbreken:
            "Niet alle stappen 1 tot en met 4 van de meldcode zijn als gezet vastgelegd; de aandachtsfunctionaris vult aan."
        case .contactpersoonOntbreekt:
            "Er is geen contactpersoon van de school vermeld; de aandachtsfunctionaris vult aan."
        case .feitenOntbreken: "De feiten ontbreken in het deel voor betrokkenen; de aandachtsfunctionaris vult aan."
        }
    }

    /// Where the duty comes from.
    public var article: String {
        switch self {
        case .afwegingOntbreekt: "Besluit verplichte meldcode art. 2(2)d"
        case .afsprakenOntbreken, .betrokkenenNietGeinformeerd:
            "AVG art. 13 en 14; Besluit verplichte meldcode art. 2(2)c"
        case .stappenOntbreken: "Besluit verplichte meldcode art. 2(2)"
        case .geboortedatumOntbreekt, .contactpersoonOntbreekt, .feitenOntbreken: "Wmo 2015 art. 5.2.6"
        }
    }

    func isPresent(in event: CaseEvent) -> Bool {
        let data = event.data
        switch self {
        case .afwegingOntbreekt:
            let parts = data["afweging"]
            return ["doelmatigheid", "subsidiariteit", "proportionaliteit"].contains { parts?[$0] == nil }
        case .afsprakenOntbreken:
            return data["afsprakenMetBetrokkenen"]?["geinformeerd"] == nil
        case .betrokkenenNietGeinformeerd:
            let agreed = data["afsprakenMetBetrokkenen"]
            // With special forms or acute danger informing the family waits for advice (practice 5): no shortfall.
            let mustWait = data["bijzondereVorm"] != nil || data["acuutGevaar"]?.bool == true
            return agreed?["geinformeerd"]?.bool == false && agreed?["redenNietGeinformeerd"] == nil && !mustWait
        case .geboortedatumOntbreekt:
            return data["leerling"]?["geboortedatum"] == nil
        case .stappenOntbreken:
            let taken = Set((data["gezetteStappen"]?.array ?? []).compactMap(\.string))
            return !taken.isSuperset(of: ["inKaartBrengen", "collegialeConsultatie", "gesprek", "wegen"])
        case .contactpersoonOntbreekt:
            return data["contactpersoon"]?["naam"] == nil && data["contactpersoon"]?["telefoon"] == nil
        case .feitenOntbreken:
            return data["inzageBetrokkenen"]?["feiten"] == nil
        }
    }
}
