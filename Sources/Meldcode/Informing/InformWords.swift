// SPDX-License-Identifier: EUPL-1.2

/// The words of the ready texts: Dutch at level B1, “u” for parents and “je” for the pupil.
///
/// Terms and rights: Wmo 2015 art. 5.2.6 and 5.3.4, Jeugdwet par. 7.1, AVG art. 7, 13 to 16, 21 and 77.
enum InformWords {
    struct Words {
        let title: String
        let answers: [InformText.Topic: String]
    }

    /// What is the same wherever the school's own file is concerned.
    struct School {
        let retention: String
        let access: String
        let correction: String
        let complaint: String
    }

    static func index(_ name: String?) -> String {
        name.map { "de verwijsindex (\($0))" } ?? "de verwijsindex"
    }

    static func school(_ audience: InformText.Audience, retention: String?) -> School {
        let you = audience == .ouders ? "u" : "je"
        let kept = retention.map { "De school bewaart haar eigen dossier \($0)." }
        let ask = "Vraag de school hoe lang zij haar eigen dossier bewaart."
        let access =
            audience == .ouders
            ? "U mag het dossier op school zien. Is uw kind 16 jaar of ouder, dan beslist uw kind daar zelf over."
            : "Vanaf 16 jaar mag je zelf vragen om het dossier op school te zien. Ben je jonger, dan vragen je ouders dat. Je mag altijd vragen wat er over jou in staat."
        return School(
            retention: kept ?? ask, access: access,
            correction:
                "Zeg het tegen de school. Fouten worden verbeterd, en wie de gegevens kreeg, hoort dat. Als \(you) iets anders ziet dan de school, komt ook dat in het dossier.",
            complaint: complaint(audience))
    }

    private static func complaint(_ audience: InformText.Audience) -> String {
        audience == .ouders
            ? "U kunt ook naar de functionaris gegevensbescherming van het schoolbestuur gaan, of een klacht indienen bij de Autoriteit Persoonsgegevens."
            : "Je kunt ook naar de functionaris gegevensbescherming van het schoolbestuur gaan, of een klacht indienen bij de Autoriteit Persoonsgegevens. Iemand die je vertrouwt mag je daarbij helpen."
    }

    // MARK: - A report to Veilig Thuis

    static func reportForParents(_ school: School) -> Words {
        Words(
            title: "Over de melding bij Veilig Thuis",
            answers: [
                .wat:
                    "De school maakt zich zorgen over de veiligheid van uw kind. Daarom doet de school een melding bij Veilig Thuis. Veilig Thuis kijkt wat er nodig is en neemt contact met u op. De wet geeft de school het recht om dit te doen, ook zonder uw toestemming (Wmo 2015 artikel 5.2.6). De school vertelt het u omdat zij open wil zijn.",
                .wel:
                    "De naam, de geboortedatum en het adres van uw kind, en de namen van de mensen om wie het gaat. Verder wat de school heeft gezien en gehoord, waarover zij zich zorgen maakt, wat er al is gedaan en wat goed gaat.",
                .niet:
                    "Het burgerservicenummer, en alles wat niets met de veiligheid van uw kind te maken heeft, zoals cijfers.",
                .hoelang:
                    "Veilig Thuis bewaart de gegevens 15 jaar, of tot het jongste kind in het gezin 18 jaar is. \(school.retention)",
                .inzage:
                    "U kunt Veilig Thuis vragen wat er over u en uw kind is vastgelegd. Kinderen vanaf 12 jaar kunnen dat zelf vragen. \(school.access)",
                .correctie: school.correction,
                .bezwaar:
                    "Praat met de school. U kunt ook bezwaar maken bij de school. Zij kijkt dan opnieuw naar haar besluit. De melding bij Veilig Thuis wacht daar niet op, want de veiligheid van uw kind gaat voor. \(school.complaint)",
            ])
    }

    static func reportForPupil(_ school: School) -> Words {
        Words(
            title: "Over de melding bij Veilig Thuis",
            answers: [
                .wat:
                    "Wij maken ons zorgen om jou. Daarom doet de school een melding bij Veilig Thuis. Daar werken mensen die kijken of je veilig bent en hoe het beter kan. Jij hebt niets verkeerd gedaan.",
                .wel:
                    "Je naam, je geboortedatum en je adres, en wie er bij jou thuis horen. Verder wat wij hebben gezien en gehoord, waarom wij ons zorgen maken, en wat goed gaat.",
                .niet:
                    "Je burgerservicenummer, en dingen die niets met je veiligheid te maken hebben, zoals je cijfers.",
                .hoelang:
                    "Veilig Thuis bewaart het 15 jaar, of tot het jongste kind bij jou thuis 18 jaar is. \(school.retention)",
                .inzage:
                    "Ben je 12 jaar of ouder, dan mag je Veilig Thuis vragen wat er over jou staat. \(school.access)",
                .correctie: school.correction,
                .bezwaar:
                    "Zeg het tegen iemand op school die je vertrouwt. Je kunt ook bezwaar maken bij de school; dan kijken wij opnieuw. De melding bij Veilig Thuis wacht daar niet op, want jouw veiligheid gaat voor. Wil je zelf met iemand praten? Bel Veilig Thuis (0800-2000) of de Kindertelefoon (0800-0432). Bij gevaar bel je 112. \(school.complaint)",
            ])
    }

    // MARK: - The verwijsindex

    private static let indexTerm =
        "Hooguit 2 jaar, en nooit langer dan tot de 23e verjaardag. Is het risico eerder voorbij, dan haalt de school de registratie weg. Daarna staat zij nog 5 jaar in een archief. Een registratie die onterecht was, gaat meteen weg en komt niet in het archief."

    static func indexForParents(_ index: String) -> Words {
        Words(
            title: "Over de registratie in \(index)",
            answers: [
                .wat:
                    "De school laat in \(index) zien dat zij bij uw kind betrokken is. Zo kunnen organisaties die hetzelfde kind helpen elkaar vinden. Registreert een andere organisatie uw kind ook, dan is er een match en nemen zij contact op met elkaar. De wet geeft de school hiervoor het recht (Jeugdwet artikel 7.1.4.1).",
                .wel:
                    "De naam, de geboortedatum en het geslacht van uw kind, de naam van de school, en wie er op school te bereiken is.",
                .niet:
                    "Waarom de school uw kind registreert. Er staat geen verhaal en geen dossier in. De school geeft ook het burgerservicenummer niet door; dat zoekt de index zelf op.",
                .hoelang: indexTerm,
                .inzage:
                    "Ja. Vraag het aan de school of aan de gemeente. Vanaf 16 jaar beslist uw kind daar zelf over.",
                .correctie: "Zeg het tegen de school. Zij verbetert de registratie of haalt haar weg.",
                .bezwaar:
                    "U kunt bezwaar maken bij de school. Zij kijkt dan opnieuw of de registratie in \(index) nodig is. \(complaint(.ouders))",
            ])
    }

    static func indexForPupil(_ index: String) -> Words {
        Words(
            title: "Over de registratie in \(index)",
            answers: [
                .wat:
                    "De school laat in \(index) zien dat zij bij jou betrokken is. Zo kunnen mensen die jou helpen elkaar vinden. Heeft iemand anders jou ook geregistreerd, dan is er een match en nemen zij contact op met elkaar.",
                .wel:
                    "Je naam, je geboortedatum en of je een jongen of een meisje bent. Verder de naam van de school, en wie er op school te bereiken is.",
                .niet:
                    "Waarom de school dit doet. Er staat geen verhaal over jou in. Wij geven ook je burgerservicenummer niet door; dat zoekt de index zelf op.",
                .hoelang: indexTerm,
                .inzage:
                    "Ja. Vraag het aan de school of aan de gemeente. Ben je jonger dan 16, dan vragen je ouders dat.",
                .correctie: "Zeg het tegen de school. Wij verbeteren de registratie of halen haar weg.",
                .bezwaar:
                    "Je kunt bezwaar maken bij de school. Wij kijken dan opnieuw of de registratie in \(index) nodig is. \(complaint(.leerling))",
            ])
    }

    static func matchForParents(_ index: String) -> Words {
        Words(
            title: "Over een match in \(index)",
            answers: [
                .wat:
                    "Uw kind staat in \(index). Een andere organisatie heeft uw kind, of een ander kind uit uw gezin, ook geregistreerd. Dat heet een match. De school en die organisatie nemen contact op met elkaar om de hulp af te stemmen.",
                .wel: "Bij een match zien de organisaties alleen elkaars naam en wie er te bereiken is.",
                .niet: "Wat er aan de hand is. Daarover praten zij alleen met toestemming, of als de wet het toelaat.",
                .hoelang: indexTerm,
                .inzage:
                    "Ja. Vraag het aan de school of aan de gemeente. Vanaf 16 jaar beslist uw kind daar zelf over.",
                .correctie: "Zeg het tegen de school. Zij verbetert de registratie of haalt haar weg.",
                .bezwaar:
                    "U kunt bezwaar maken bij de school tegen de registratie in \(index). \(complaint(.ouders))",
            ])
    }

    static func matchForPupil(_ index: String) -> Words {
        Words(
            title: "Over een match in \(index)",
            answers: [
                .wat:
                    "Je staat in \(index). Iemand anders die jou of je gezin helpt, heeft ook een registratie gedaan. Dat heet een match. De school en die ander nemen contact op met elkaar, zodat de hulp bij elkaar past.",
                .wel: "Bij een match zien zij alleen elkaars naam en wie er te bereiken is.",
                .niet: "Wat er aan de hand is. Daarover praten zij alleen met toestemming, of als de wet het toelaat.",
                .hoelang: indexTerm,
                .inzage:
                    "Ja. Vraag het aan de school of aan de gemeente. Ben je jonger dan 16, dan vragen je ouders dat.",
                .correctie: "Zeg het tegen de school. Wij verbeteren de registratie of halen haar weg.",
                .bezwaar:
                    "Je kunt bezwaar maken bij de school tegen de registratie in \(index). \(complaint(.leerling))",
            ])
    }

    // MARK: - Sharing with a helper, by consent

    private static func shared(_ data: [String], otherwise: String) -> String {
        data.isEmpty ? otherwise : "Alleen dit: \(joined(data))."
    }

    static func sharingForParents(_ name: String, _ data: [String], _ school: School) -> Words {
        Words(
            title: "Over het delen van gegevens met \(name)",
            answers: [
                .wat:
                    "De school wil gegevens over uw kind delen met \(name), zodat de hulp bij elkaar past. Dat gebeurt alleen als u het goed vindt. Is uw kind 16 jaar of ouder, dan beslist uw kind zelf. Zegt u nee, dan heeft dat geen gevolgen voor de plek van uw kind op school.",
                .wel: shared(data, otherwise: "Alleen wat u met de school hebt afgesproken."),
                .niet: "Al het andere, en nooit het burgerservicenummer.",
                .hoelang:
                    "Hoe lang \(name) de gegevens bewaart, hoort u daar. \(school.retention) De toestemming geldt tot de dag die u hebt afgesproken.",
                .inzage: "\(school.access) Wat \(name) heeft, vraagt u daar.",
                .correctie: school.correction,
                .bezwaar:
                    "U mag uw toestemming altijd intrekken, zonder te zeggen waarom. Vanaf dat moment deelt de school niets meer met \(name). Wat al gedeeld is, verandert daardoor niet; u kunt vragen om het te wissen. \(school.complaint)",
            ])
    }

    static func sharingForPupil(_ name: String, _ data: [String], _ school: School) -> Words {
        Words(
            title: "Over het delen van gegevens met \(name)",
            answers: [
                .wat:
                    "De school wil gegevens over jou delen met \(name), zodat de hulp bij elkaar past. Ben je 16 jaar of ouder, dan beslis je zelf of dat mag. Ben je jonger, dan beslissen je ouders of je voogd, en horen wij graag wat jij ervan vindt.",
                .wel: shared(data, otherwise: "Alleen wat met de school is afgesproken."),
                .niet: "Al het andere, en nooit je burgerservicenummer.",
                .hoelang: "Hoe lang \(name) de gegevens bewaart, hoor je daar. \(school.retention)",
                .inzage: "\(school.access) Wat \(name) heeft, vraag je daar.",
                .correctie: school.correction,
                .bezwaar:
                    "Wie toestemming gaf, mag die altijd intrekken, zonder te zeggen waarom. Vanaf dat moment deelt de school niets meer met \(name). Ben je jonger dan 16 en wil je dit niet? Zeg het tegen iemand op school die je vertrouwt. \(school.complaint)",
            ])
    }
}
