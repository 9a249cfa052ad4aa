// SPDX-License-Identifier: EUPL-1.2
import Disclosures

/// What the rules say to a care coordinator, in Dutch: what is the matter, and who can do what about it.
extension Refusal {
    /// - Parameters:
    ///   - rule: the rule that applied, if there was one.
    init(_ code: Code, rule: Rule?) {
        switch code {
        case .geenRegel:
            self.init(
                code, article: "AVG art. 5(1)(b) en 6",
                "Geen regel staat toe dat dit naar deze ontvanger gaat. Denkt u dat het toch nodig is, overleg dan met de functionaris gegevensbescherming."
            )
        case .doelPastNiet:
            self.init(
                code, article: "AVG art. 5(1)(b)",
                "Voor dit doel mag deze ontvanger niets krijgen. Kies het doel dat bij deze ontvanger hoort, of een andere ontvanger."
            )
        case .onbekendeOntvanger:
            self.init(
                code, article: "AVG art. 5(1)(b)", "Deze ontvanger is niet ingesteld. Vraag ICT hem toe te voegen.")
        case .grondslagVervallen:
            self.init(
                code, article: rule?.ground.article ?? "AVG art. 6",
                "Deze grondslag geldt vandaag niet: hij is nog niet ingegaan of is vervallen. Overleg met de functionaris gegevensbescherming."
            )
        case .ontvangerAfgesloten:
            self.init(
                code, article: rule?.ground.article ?? "AVG art. 6",
                "Deze ontvanger is afgesloten: de laatste dag waarop er iets heen mocht is voorbij. Kies een andere ontvanger of vraag ICT."
            )
        case .geenConvenant:
            self.init(
                code, article: "Jeugdwet art. 7.1.1.2 en 7.1.3.1",
                "Er is geen convenant met het college van burgemeester en wethouders vastgelegd. Het bestuur regelt het; ICT vult het in bij deze ontvanger (`convenant`)."
            )
        case .geenHerzieningsdatum:
            self.init(
                code, article: "Jeugdwet par. 7.1",
                "Niet vastgelegd is wanneer het bestuur nagaat of de wet dit nog toestaat. Het bestuur stelt een datum vast; ICT vult hem in (`herzieningsdatum`)."
            )
        case .herzieningsdatumVoorbij:
            self.init(
                code, article: "Jeugdwet par. 7.1",
                "De datum waarop het bestuur zou nagaan of de wet dit nog toestaat is voorbij. Het bestuur gaat dat na en stelt een nieuwe datum vast; ICT vult hem in (`herzieningsdatum`)."
            )
        case .geenMeldingsbevoegde:
            self.init(
                code, article: "Jeugdwet art. 7.1.1.2",
                "Deze school heeft geen meldingsbevoegde. De directie wijst iemand aan; ICT zet die in het personenbestand."
            )
        case .drieentwintigOfOuder:
            self.init(
                code, article: "Jeugdwet art. 7.1.1.1",
                "De jeugdige is 23 of ouder. De verwijsindex is er voor jeugdigen tot 23 jaar.")
        case .leeftijdOnbekend:
            self.init(
                code, article: "Jeugdwet art. 7.1.1.1",
                "De geboortedatum ontbreekt of ligt in de toekomst, dus is niet zeker dat de jeugdige jonger is dan 23. De administratie verbetert de datum; vraag de registratie daarna opnieuw."
            )
        case .bevestigerNietBevoegd:
            self.init(
                code, article: rule?.ground.article ?? "AVG art. 5(1)(f)",
                "Wie bevestigde mag dat op deze school niet (meer). Wel mag het: \(names(rule?.confirmation.roles ?? []))."
            )
        case .toestemmingGeweigerd:
            self.init(
                code, article: "AVG art. 6(1)(a)",
                "De toestemming is geweigerd, of wie het gezag hebben zijn het oneens: dat geldt als geweigerd. U kunt het opnieuw bespreken. Is het kind niet veilig, vraag dan advies aan Veilig Thuis (0800-2000)."
            )
        case .toestemmingIngetrokken:
            self.init(
                code, article: "AVG art. 7(3)",
                "De toestemming is ingetrokken: er gaat niets meer. U kunt het opnieuw bespreken. Is het kind niet veilig, vraag dan advies aan Veilig Thuis (0800-2000)."
            )
        case .alleenLeerprobleem:
            self.init(
                code, article: "Jeugdwet art. 7.1.4.1",
                "Alleen een leerprobleem is geen reden voor de verwijsindex. Ziet u ook een van de risico's a tot en met l, noem dat dan."
            )
        case .geenRisico:
            self.init(
                code, article: "Jeugdwet art. 7.1.4.1",
                "Er is geen van de risico's a tot en met l genoemd. Noem het risico dat u redelijkerwijs vermoedt.")
        case .geenOndertoezichtstelling:
            self.init(
                code, article: "Jeugdwet art. 7.3.11(4)",
                "De gecertificeerde instelling krijgt alleen gegevens over een kind dat onder toezicht staat. Staat het onder toezicht, vermeld dan de ondertoezichtstelling. Anders kan het alleen met toestemming, als de instelling ook als hulpverlener is ingesteld."
            )
        case .ondertoezichtstellingVerlopen:
            self.init(
                code, article: "Jeugdwet art. 7.3.11(4)",
                "De ondertoezichtstelling geldt vandaag niet: zij is nog niet ingegaan of is afgelopen. Vraag de instelling of zij is verlengd, en vermeld de nieuwe einddatum."
            )
        case .andereInstelling:
            self.init(
                code, article: "Jeugdwet art. 7.3.11(4)",
                "De ondertoezichtstelling wordt door een andere instelling uitgevoerd. Kies die als ontvanger.")
        case .geenVordering:
            self.init(
                code, article: "Wetboek van Strafvordering",
                "Vermeld het wetsartikel dat op de vordering staat; zonder artikel mag het niet. Is er geen vordering, dan kan het wel bij een aangifte of bij acuut gevaar."
            )
        case .herkomstVerborgen:
            self.init(
                code, article: "Uitvoeringsbesluit Wmo 2015 art. 4.1.8(3)",
                "In deze zaak blijft verborgen wie meldde. Daarom komt er niets van in het leerlingvolgsysteem: ouders kunnen het inzien."
            )
        case .bijzondereVorm:
            self.init(
                code, article: "Besluit verplichte meldcode art. 2(1)c",
                "Bij een bijzondere vorm van geweld komt er niets in het leerlingvolgsysteem: het kan de pleger waarschuwen."
            )
        case .zedenmisdrijfMedewerker:
            self.init(
                code, article: "WPO art. 4a",
                "Een zedenmisdrijf door iemand die voor de school werkt gaat buiten de meldcode om. Meld het direct aan het bevoegd gezag; dat overlegt met de vertrouwensinspecteur (0900-1113111)."
            )
        }
    }
}

extension Hold {
    /// What to do, and who can.
    func text(_ rule: Rule, _ situation: Situation) -> String {
        switch self {
        case .bevestiging: Self.confirmationText(rule, situation)
        case .toestemming: Self.consentText(situation)
        case .informeren: Self.informText(situation)
        case .vrijgaveLvs:
            "De aandachtsfunctionaris geeft eerst vrij dat stappen van deze zaak in het leerlingvolgsysteem komen, meestal na het gesprek met de ouders. Kies daar het deel dat ouders niet zien."
        case .vrijeTekst:
            "In de tekst staat misschien iets wat er niet hoort: een burgerservicenummer, telefoonnummer, e-mailadres of de naam van een ander kind. De aandachtsfunctionaris kijkt de tekst na en bevestigt dat, of dient hem verbeterd opnieuw in."
        }
    }

    /// Where the wait comes from.
    func article(_ rule: Rule, _ situation: Situation) -> String {
        switch self {
        case .bevestiging where rule.recipientKind == .verwijsindex: "Jeugdwet art. 7.1.1.2"
        // That a person decides about these is good order, not the meldcode's.
        case .bevestiging where rule.ground.basis == .toestemming || situation.marks.contains(.opVerzoek):
            "AVG art. 5(1)(f)"
        // No case is in it: the board answers for what it says.
        case .bevestiging where rule.recipientKind == .intranet || rule.recipientKind == .veiligThuisProces:
            "AVG art. 5(2)"
        case .bevestiging: "Besluit verplichte meldcode art. 2(1)b"
        case .toestemming: "AVG art. 6(1)(a) en 7"
        case .informeren: "AVG art. 13 en 14; Jeugdwet art. 7.1.5.1"
        case .vrijgaveLvs: "AVG art. 5(1)(f)"
        case .vrijeTekst: "AVG art. 5(1)(c)"
        }
    }

    private static func confirmationText(_ rule: Rule, _ situation: Situation) -> String {
        let who = names(rule.confirmation.roles)
        // Practice 13: an answer to a request is a draft that a person reads before it goes.
        guard !situation.marks.contains(.opVerzoek) else {
            return "Dit is een antwoord op een verzoek. Iemand leest het na en bevestigt het: \(who)."
        }
        return "Bevestiging door \(who)."
    }

    private static func consentText(_ situation: Situation) -> String {
        let who =
            switch situation.age {
            case .onder12, .van12tot15: "een ouder met gezag of de voogd"
            case .van16en17, .van18tot22, .vanaf23: "de leerling zelf (16 jaar of ouder)"
            case .onbekend: "een ouder met gezag of de voogd, of vanaf 16 jaar de leerling zelf"
            }
        return switch situation.consent {
        case .verlopen: "De toestemming is verlopen. Vraag opnieuw toestemming aan \(who)."
        case .nietBevoegd: "De vastgelegde toestemming komt niet van wie haar mag geven. Vraag toestemming aan \(who)."
        case .leeftijdOnbekend:
            "Er is toestemming, maar zonder geboortedatum is niet te zeggen of zij van de juiste persoon komt. De administratie vult de geboortedatum aan."
        default:
            "Voor deze ontvanger en dit doel is geen toestemming vastgelegd. Vraag toestemming aan \(who); zeg om welke gegevens het gaat en waarom."
        }
    }

    private static func informText(_ situation: Situation) -> String {
        if !situation.marks.isDisjoint(with: [.bijzondereVorm, .acuutGevaar]) {
            return
                "Informeer het gezin nog niet, vraag eerst advies aan Veilig Thuis (0800-2000). De aandachtsfunctionaris legt daarna vast waarom nog niet is geïnformeerd."
        }
        return
            "Informeer eerst \(situation.mustBeInformed). De aandachtsfunctionaris legt vast wie wanneer is geïnformeerd, of waarom nog niet."
    }
}

extension Situation {
    /// Who must be told at this age (Jeugdwet 7.1.5.1), for people.
    public var mustBeInformed: String {
        switch age {
        case .onder12: "de ouder of andere wettelijk vertegenwoordiger"
        case .van12tot15: "de leerling en de ouder of andere wettelijk vertegenwoordiger"
        case .van16en17, .van18tot22, .vanaf23: "de leerling"
        case .onbekend: "de leerling (vanaf 12 jaar) en de wettelijk vertegenwoordiger (tot 16 jaar)"
        }
    }
}

extension Shortfall {
    /// In Dutch: what is missing and who can supply it.
    public var text: String {
        switch self {
        case .afwegingOntbreekt:
            "De weging is niet vastgelegd: waarom dit nodig is, niet met minder kan en in verhouding is; de aandachtsfunctionaris vult aan."
        case .afsprakenOntbreken:
            "Niet vastgelegd is wat met betrokkenen is afgesproken: wie is geïnformeerd, of waarom nog niet; de aandachtsfunctionaris vult aan."
        case .betrokkenenNietGeinformeerd:
            "Nog niet iedereen die het moet weten is geïnformeerd, en er staat niet waarom; de aandachtsfunctionaris vult aan."
        case .geboortedatumOntbreekt: "De geboortedatum van de leerling ontbreekt; de administratie vult aan."
        case .stappenOntbreken:
            "Niet alle stappen van de meldcode tot en met het wegen zijn vastgelegd; de aandachtsfunctionaris vult aan."
        case .contactpersoonOntbreekt:
            "Er staat niet wie de ontvanger op school kan bellen; de aandachtsfunctionaris vult aan."
        case .feitenOntbreken: "Wat is gezien en gehoord ontbreekt; de aandachtsfunctionaris vult aan."
        case .verzoekerNietTeruggebeld:
            "Niet vastgelegd is dat de vrager is teruggebeld op het nummer dat de school zelf heeft; de aandachtsfunctionaris belt terug."
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
        case .verzoekerNietTeruggebeld: "AVG art. 32"
        }
    }
}

/// Telephone numbers and the order of acting, above everything else.
public enum Alarm: String, Sendable, Hashable, CaseIterable {
    case acuutGevaar
    case structureleOnveiligheid
    case zedenmisdrijfMedewerker
    case bijzondereVorm

    /// Those that a situation calls for, most urgent first.
    public static func all(_ marks: Marks) -> [Alarm] {
        allCases.filter { marks.contains($0.mark) }
    }

    private var mark: Marks {
        switch self {
        case .acuutGevaar: .acuutGevaar
        case .structureleOnveiligheid: .structureleOnveiligheid
        case .zedenmisdrijfMedewerker: .zedenmisdrijfMedewerker
        case .bijzondereVorm: .bijzondereVorm
        }
    }

    public var text: String {
        switch self {
        case .acuutGevaar: "Acuut gevaar: bel nu 112, en daarna Veilig Thuis (0800-2000). Vastleggen kan erna."
        case .structureleOnveiligheid:
            "Structurele onveiligheid, of twijfel daarover: bel nu Veilig Thuis (0800-2000). Vastleggen kan erna."
        case .zedenmisdrijfMedewerker:
            "Meld dit direct aan het bevoegd gezag; dat overlegt meteen met de vertrouwensinspecteur (0900-1113111)."
        case .bijzondereVorm:
            "Bijzondere vorm van geweld: informeer het gezin nog niet, vraag eerst advies aan Veilig Thuis (0800-2000)."
        }
    }
}

extension Role {
    /// For people, in Dutch.
    public var text: String {
        switch self {
        case .leerkracht: "leerkracht of mentor"
        case .aandachtsfunctionaris: "aandachtsfunctionaris"
        case .meldingsbevoegde: "meldingsbevoegde"
        case .eindverantwoordelijkeMelding: "eindverantwoordelijke voor de melding"
        case .directie: "directie"
        case .centraleContactpersoon: "centrale contactpersoon"
        case .bestuur: "bestuur"
        case .functionarisGegevensbescherming: "functionaris gegevensbescherming"
        case .ict: "ICT"
        }
    }
}

/// "de directie", or "de aandachtsfunctionaris of de directie".
private func names(_ roles: [Role]) -> String {
    let names = roles.map { role in
        switch role {
        case .ict: role.text
        case .bestuur: "het \(role.text)"
        default: "de \(role.text)"
        }
    }
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return "\(names.dropLast().joined(separator: ", ")) of \(last)"
}
