// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Disclosures
import PrivacyRules
import Testing
import Values

/// Practice 2 and 11: who gives consent at which age, what it is for, and what takes it back.
@Suite struct ConsentTests {
    private static let today = SampleInput.day
    private static let children: [AgeBand] = [.onder12, .van12tot15]
    private static let deciding: [AgeBand] = [.van16en17, .van18tot22, .vanaf23]

    /// `gegeven ouder1`, `ingetrokken ouder1`, `gegeven leerling verlopen`, …: one decision.
    private static func decision(_ story: String) -> JSONValue {
        let words = story.split(separator: " ").map(String.init)
        let givers: [String: (String, JSONValue?)] = [
            "ouder1": ("ouderMetGezag", "ouder1"), "ouder2": ("ouderMetGezag", "ouder2"),
            "ouder": ("ouderMetGezag", nil), "zonderGezag": ("ouderZonderGezag", nil), "voogd": ("voogd", nil),
            "gi": ("gecertificeerdeInstellingMetVoogdij", nil), "leerling": ("leerling", nil),
        ]
        let giver = givers[words[1]] ?? ("", nil)
        var data: [String: JSONValue] = [
            "zaak": "z-1", "school": "00AA", "besluit": .string(words[0]), "door": .string(giver.0),
            "ontvangers": ["jeugdhulp", "wijkteam"], "datum": .string(today.description),
        ]
        if let person = giver.1 { data["persoon"] = person }
        if words[0] == "gegeven" {
            data["doel"] = "hulpVerlenen"
            data["gegevens"] = ["identiteit", "feiten"]
        }
        for word in words.dropFirst(2) {
            switch word {
            case "verlopen": data["geldigTot"] = .string(today.adding(days: -1).description)
            case "totVandaag": data["geldigTot"] = .string(today.description)
            case "morgen": data["datum"] = .string(today.adding(days: 1).description)
            case "anderDoel": data["doel"] = "takenRaad"
            case "ditDoel": data["doel"] = "hulpVerlenen"
            case "anderen": data["ontvangers"] = ["huisarts"]
            case "oneens": data["onenigheid"] = true
            case "zonderDoel": data["doel"] = nil
            default: Issue.record("\(word)")
            }
        }
        return .object(data)
    }

    private static func facts(_ stories: [String]) throws -> CaseFacts {
        var facts = CaseFacts()
        for (index, story) in stories.enumerated() {
            facts.apply(
                try CaseEvent(
                    id: "c\(index)", source: "urn:test", type: .toestemmingVastgelegd, data: decision(story)))
        }
        return facts
    }

    private static func state(_ facts: CaseFacts, _ age: AgeBand) -> ConsentState {
        facts.consent(for: "jeugdhulp", purpose: .hulpVerlenen, age: age, on: today).state
    }

    /// What was decided, one after the other; then below 16, from 16, and with an unknown age.
    private static let table: [(String, ConsentState, ConsentState, ConsentState)] = [
        ("", .geen, .geen, .geen),
        ("gegeven ouder1", .gegeven, .nietBevoegd, .leeftijdOnbekend),
        ("gegeven voogd", .gegeven, .nietBevoegd, .leeftijdOnbekend),
        ("gegeven gi", .gegeven, .nietBevoegd, .leeftijdOnbekend),
        ("gegeven zonderGezag", .nietBevoegd, .nietBevoegd, .leeftijdOnbekend),
        ("gegeven leerling", .nietBevoegd, .gegeven, .leeftijdOnbekend),
        // One parent is enough, until the other refuses or disagreement is known.
        ("gegeven ouder1, gegeven ouder2", .gegeven, .nietBevoegd, .leeftijdOnbekend),
        ("gegeven ouder1, geweigerd ouder2", .geweigerd, .nietBevoegd, .geweigerd),
        ("geweigerd ouder2, gegeven ouder1", .geweigerd, .nietBevoegd, .geweigerd),
        ("gegeven ouder1 oneens", .geweigerd, .nietBevoegd, .geweigerd),
        ("gegeven ouder1 oneens, gegeven ouder1", .gegeven, .nietBevoegd, .leeftijdOnbekend),
        ("geweigerd ouder1, gegeven ouder1", .gegeven, .nietBevoegd, .leeftijdOnbekend),
        ("gegeven ouder1, geweigerd zonderGezag", .gegeven, .nietBevoegd, .geweigerd),
        ("gegeven ouder1, geweigerd ouder2, gegeven ouder2", .gegeven, .nietBevoegd, .leeftijdOnbekend),
        // Withdrawal, and consent given again.
        ("gegeven ouder1, ingetrokken ouder1", .ingetrokken, .nietBevoegd, .ingetrokken),
        ("gegeven ouder1, ingetrokken ouder2", .ingetrokken, .nietBevoegd, .ingetrokken),
        ("gegeven ouder1, ingetrokken ouder", .ingetrokken, .nietBevoegd, .ingetrokken),
        ("gegeven ouder1, ingetrokken ouder1, gegeven ouder1", .gegeven, .nietBevoegd, .leeftijdOnbekend),
        ("gegeven ouder1, ingetrokken ouder1, gegeven ouder2", .ingetrokken, .nietBevoegd, .ingetrokken),
        ("ingetrokken ouder1, geweigerd ouder2", .geweigerd, .nietBevoegd, .geweigerd),
        ("gegeven leerling, ingetrokken leerling", .nietBevoegd, .ingetrokken, .ingetrokken),
        ("gegeven ouder1, gegeven leerling", .gegeven, .gegeven, .leeftijdOnbekend),
        ("gegeven ouder1, geweigerd leerling", .gegeven, .geweigerd, .geweigerd),
        ("gegeven leerling, geweigerd ouder1", .geweigerd, .gegeven, .geweigerd),
        // Periods.
        ("gegeven ouder1 verlopen", .verlopen, .nietBevoegd, .leeftijdOnbekend),
        ("gegeven ouder1 totVandaag", .gegeven, .nietBevoegd, .leeftijdOnbekend),
        ("gegeven ouder1 verlopen, gegeven ouder2", .gegeven, .nietBevoegd, .leeftijdOnbekend),
        ("gegeven ouder1 verlopen, ingetrokken ouder1", .ingetrokken, .nietBevoegd, .ingetrokken),
        ("gegeven ouder1 morgen", .geen, .geen, .geen),
        ("gegeven ouder1, gegeven ouder1 morgen", .gegeven, .nietBevoegd, .leeftijdOnbekend),
        // What is taken back counts at once, whatever its day.
        ("gegeven ouder1, ingetrokken ouder1 morgen", .ingetrokken, .nietBevoegd, .ingetrokken),
        // Specific: for this recipient and this purpose.
        ("gegeven ouder1 anderen", .geen, .geen, .geen), ("gegeven ouder1 anderDoel", .geen, .geen, .geen),
        ("gegeven ouder1 zonderDoel", .geen, .geen, .geen),
        ("gegeven ouder1, ingetrokken ouder1 anderen", .gegeven, .nietBevoegd, .leeftijdOnbekend),
        ("gegeven ouder1, ingetrokken ouder1 anderDoel", .gegeven, .nietBevoegd, .leeftijdOnbekend),
        ("gegeven ouder1, ingetrokken ouder1 ditDoel", .ingetrokken, .nietBevoegd, .ingetrokken),
        ("ingetrokken ouder1, gegeven ouder1 anderDoel", .ingetrokken, .nietBevoegd, .ingetrokken),
    ]

    @Test func everyStoryAtEveryAge() throws {
        for (story, child, deciding, unknown) in Self.table {
            let facts = try Self.facts(story.isEmpty ? [] : story.components())
            for age in Self.children { #expect(Self.state(facts, age) == child, "\(story), \(age)") }
            for age in Self.deciding { #expect(Self.state(facts, age) == deciding, "\(story), \(age)") }
            #expect(Self.state(facts, .onbekend) == unknown, "\(story), unknown")
        }
    }

    /// Every sequence of three decisions of everybody: given only on a valid decision of who may give, and never when somebody
    /// who may decide last said no.
    @Test func everySequenceOfThree() throws {
        let givers = ["ouder1", "ouder2", "zonderGezag", "gi", "leerling"]
        let stories = givers.flatMap { giver in
            ["gegeven \(giver)", "gegeven \(giver) verlopen", "geweigerd \(giver)", "ingetrokken \(giver)"]
        }
        var seen: Set<ConsentState> = []
        for one in stories {
            let first = try Self.facts([one])
            for other in stories {
                var second = first
                second.apply(try event(other))
                for last in stories {
                    var facts = second
                    facts.apply(try event(last))
                    for age in [AgeBand.onder12, .van16en17] {
                        let state = Self.state(facts, age)
                        seen.insert(state)
                        let said = lastWords([one, other, last], at: age)
                        let isGiven = said.contains { $0.hasPrefix("gegeven") && !$0.hasSuffix("verlopen") }
                        let isNo = said.contains { !$0.hasPrefix("gegeven") }
                        #expect((state == .gegeven) == (isGiven && !isNo), "\(one), \(other), \(last) at \(age)")
                        #expect((state == .geweigerd || state == .ingetrokken) == isNo)
                    }
                }
            }
        }
        #expect(seen == [.gegeven, .geweigerd, .ingetrokken, .verlopen, .nietBevoegd])
    }

    private func event(_ story: String) throws -> CaseEvent {
        try CaseEvent(
            id: "c", source: "urn:test", type: .toestemmingVastgelegd, data: Self.decision(story))
    }

    /// The last decision of each who may decide at this age.
    private func lastWords(_ stories: [String], at age: AgeBand) -> [String] {
        let counting = age == .onder12 ? ["ouder1", "ouder2", "gi"] : ["leerling"]
        return counting.compactMap { giver in stories.last { $0.split(separator: " ")[1] == giver } }
    }

    /// Consent is for kinds of data; others' kinds stay, and what has no kind (the school's own) goes.
    @Test func onlyTheKindsThatWereNamedGo() throws {
        var generator = EventGenerator(seed: 301, fill: .everything, texts: .canaries)
        let data = generator.data(.verstrekkingBesloten).with("/doel", "hulpVerlenen")
            .with("/leerling/geboortedatum", .string(Self.today.adding(years: -9).description))
            .with("/afsprakenMetBetrokkenen/geinformeerd", true)
            .with("/afsprakenMetBetrokkenen/wie", ["vertegenwoordiger"]).without("/alleenVeiligThuis")
        var sample = SampleInput(try generator.event(.verstrekkingBesloten, data: data), to: .hulpverlener)
        sample.confirmation = SampleInput.confirmation(.aandachtsfunctionaris)
        let policy = try SamplePolicy.make()
        for kinds in [["identiteit", "feiten"], ["gezin"], ["contactgegevens", "vraag"], ["zorgen"], []] {
            let given = Self.decision("gegeven ouder1").with("/ontvangers", [.string(sample.recipient.id)])
                .with("/gegevens", .array(kinds.map(JSONValue.string)))
            sample.facts = CaseFacts()
            sample.facts.apply(try generator.event(.toestemmingVastgelegd, data: given))
            let judgement = policy.judge(sample.input)
            #expect(judgement.permit != nil)
            let texts = judgement.goes.map(\.text)
            #expect(texts.contains("leerling.achternaam") == kinds.contains("identiteit"))
            #expect(texts.contains("leerling.adres.woonplaats") == kinds.contains("contactgegevens"))
            #expect(texts.contains("betrokkenen[].naam") == kinds.contains("gezin"))
            #expect(texts.contains("inhoud.feiten") == kinds.contains("feiten"))
            #expect(texts.contains("inhoud.zorgen") == kinds.contains("zorgen"))
            #expect(texts.contains("inhoud.vraag") == kinds.contains("vraag"))
            #expect(!texts.contains("inhoud.krachten") && texts.contains("contactpersoon.naam"))
        }
    }

    /// Practice 2: a withdrawal stops what rests on consent at once, and touches nothing else.
    @Test func aWithdrawalStopsOnlyWhatRestsOnConsent() throws {
        var generator = EventGenerator(seed: 302, fill: .everything, texts: .canaries)
        let policy = try SamplePolicy.make()
        for decision in ["ingetrokken ouder", "geweigerd ouder", "ingetrokken leerling"] {
            let age = decision.hasSuffix("leerling") ? -17 : -9
            let birth = JSONValue.string(Self.today.adding(years: age).description)
            for (type, kind) in [
                (EventType.verstrekkingBesloten, RecipientKind.hulpverlener),
                (.veiligThuisMeldingBesloten, .veiligThuis),
                (.veiligThuisMeldingBesloten, .politie), (.veiligThuisMeldingBesloten, .raadVoorDeKinderbescherming),
            ] {
                var data = generator.data(type).with("/leerling/geboortedatum", birth)
                if type == .verstrekkingBesloten { data = data.with("/doel", "hulpVerlenen") }
                var sample = SampleInput(try generator.event(type, data: data), to: kind)
                sample.confirmation = SampleInput.confirmation(.aandachtsfunctionaris)
                let taken = Self.decision(decision).with("/ontvangers", [.string(sample.recipient.id)])
                let before = policy.judge(sample.input)
                sample.facts.apply(try generator.event(.toestemmingVastgelegd, data: taken))
                let after = policy.judge(sample.input)
                let code: Refusal.Code =
                    decision.hasPrefix("geweigerd") ? .toestemmingGeweigerd : .toestemmingIngetrokken
                #expect(after.refusals.map(\.code) == (kind == .hulpverlener ? [code] : []))
                if kind != .hulpverlener { #expect(after.ruling == before.ruling && after.permit != nil) }
            }
        }
    }
}

extension String {
    /// The decisions of a story.
    fileprivate func components() -> [String] {
        split(separator: ",").map { String($0.drop { $0 == " " }) }
    }
}
