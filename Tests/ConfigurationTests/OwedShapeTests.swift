// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import CaseEvents
import Delivery
import Disclosures
import PrivacyRules
import Testing
import Values

/// The parts of a file of clocks: openings, moves, terms per recipient, ladders, yearly tasks. What each comes to, and what `check` says
/// of slips.
@Suite struct OwedShapeTests {
    /// A file with every kind, of which one is given and two ladders stand.
    private static func file(
        _ kind: String, _ body: String, ladders: String = standardLadders, yearly: String = ""
    ) -> String {
        let others = OwedKind.allCases.filter { $0.rawValue != kind }.map { other in
            let opens =
                OwedKind.openedByCode.contains(other) ? "" : "    opens: {event: nl.meldcode.zorg-gesignaleerd.v1}\n"
            return "  - kind: \(other.rawValue)\n" + head + opens + "    term: {days: 1}\n    closes: []\n"
        }
        return "ladders:\n\(ladders)kinds:\n  - kind: \(kind)\n\(head)\(body)\(others.joined())\(yearly)"
    }

    private static let head = "    title: t\n    task: T.\n    source: s\n    owners: [directie]\n    reminders: {}\n"
    private static let standardLadders = """
          - name: een
            rungs:
              - {rung: herinnering, after_working_days: 1, ask: A.}
              - {rung: contact, after_working_days: 2, roles: [directie], ask: B.}
              - {rung: bestuur, after_working_days: 3, roles: [bestuur], ask: C.}
            repeat_every_working_days: 9
          - name: kort
            rungs: [{rung: centraleContactpersoon, after_working_days: 4, roles: [centraleContactpersoon], ask: D.}]

        """

    private func load(_ text: String) throws -> OwedRules {
        let site = try Site([.main: Site.text(of: .main) + "\nowed_file: klokken.yaml\n"])
        try site.write("klokken.yaml", text)
        return try site.load().configuration.owed
    }

    // MARK: - What it comes to

    @Test func everyPartArrives() throws {
        let rules = try load(
            Self.file(
                "terugkoppelingMoment",
                """
                    opens:
                      - arrived: nl.meldcode.veiligthuismelding-besloten.v1
                        recipient_kinds: [veilig-thuis, politie]
                        unless: {verzoekOmTerugkoppeling: false}
                      - event: nl.meldcode.verstrekking-vastgelegd.v1
                        recipient: ontvanger
                        needs: kenmerk
                        lacks: gesprokenMet
                        unless_after: [nl.meldcode.drempel-gemeld.v1, nl.meldcode.zaak-afgesloten.v1]
                        unless_had: [drempel, monitoring]
                        once: true
                        when: {wijze: [telefoon, gesprek]}
                        unless: {wijze: brief}
                    term: {days: 3}
                    terms:
                      - {recipients: [vt-noord, index], source: afspraak, working_days: 4}
                    ladder: een
                    closes:
                      - {event: nl.meldcode.terugkoppeling-ontvangen.v1, recipient: van, unless: {volledigheid: [deels]}}
                      - event: nl.meldcode.verstrekking-vastgelegd.v1
                        recipient: ontvanger
                        recipient_kinds: [veilig-thuis]
                        lacks: verzoek
                    moves:
                      - {event: nl.meldcode.terugkoppeling-ontvangen.v1, recipient: van, when: {volledigheid: deels}, to: volgendMoment}
                      - {event: nl.meldcode.partnercontact-vastgelegd.v1, to: volgendMoment}

                """))
        let rule = try #require(rules[.terugkoppelingMoment])
        var arrived = OwedOpening(.arrived(.veiligThuisMeldingBesloten))
        arrived.recipientKinds = [.veiligThuis, .politie]
        arrived.conditions = [OwedCondition(field: "verzoekOmTerugkoppeling", words: ["false"], isExcluding: true)]
        var recorded = OwedOpening(.event(.verstrekkingVastgelegd))
        recorded.recipient = "ontvanger"
        recorded.needs = "kenmerk"
        recorded.lacks = "gesprokenMet"
        recorded.unlessAfter = [.drempelGemeld, .zaakAfgesloten]
        recorded.unlessHad = [.drempel, .monitoring]
        recorded.once = true
        recorded.conditions = [
            OwedCondition(field: "wijze", words: ["telefoon", "gesprek"]),
            OwedCondition(field: "wijze", words: ["brief"], isExcluding: true),
        ]
        #expect(rule.openings == [arrived, recorded])
        #expect(rule.recipientTerms == ["vt-noord": OwedTerm([.workingDays(4)]), "index": OwedTerm([.workingDays(4)])])
        #expect(rule.recipientSources == ["vt-noord": "afspraak", "index": "afspraak"])
        #expect(rule.ladder == "een")
        var closing = OwedClosingRule(.event(.terugkoppelingOntvangen))
        closing.recipient = "van"
        closing.conditions = [OwedCondition(field: "volledigheid", words: ["deels"], isExcluding: true)]
        var told = OwedClosingRule(.event(.verstrekkingVastgelegd))
        told.recipient = "ontvanger"
        told.recipientKinds = [.veiligThuis]
        told.lacks = "verzoek"
        #expect(rule.closings == [closing, told])
        var move = OwedMoveRule(.terugkoppelingOntvangen, to: "volgendMoment")
        move.recipient = "van"
        move.conditions = [OwedCondition(field: "volledigheid", words: ["deels"])]
        #expect(rule.moves == [move, OwedMoveRule(.partnercontactVastgelegd, to: "volgendMoment")])
    }

    @Test func laddersAndYearlyTasksArrive() throws {
        let yearly = """
            yearly:
              - {id: plan, title: het plan, task: Maak het., source: s, owners: [bestuur], per: bestuur, opens_on: "08-15", due_on: "01-31"}
              - {id: gesprek, title: het gesprek, task: Voer het., source: s, owners: [directie], per: school, opens_on: 01-15, due_on: 06-30}

            """
        let rules = try load(
            Self.file(
                "drempel", "    opens: {event: nl.meldcode.drempel-gemeld.v1}\n    term: {days: 1}\n    closes: []\n",
                yearly: yearly))
        #expect(rules.ladders.keys.sorted() == ["een", "kort"])
        let ladder = try #require(rules.ladders["een"])
        #expect(ladder.repeatsEveryWorkingDays == 9 && rules.ladders["kort"]?.repeatsEveryWorkingDays == nil)
        #expect(
            ladder.rungs == [
                // Without roles it is for who must act.
                OwedRung(kind: .herinnering, afterWorkingDays: 1, roles: [], ask: "A."),
                OwedRung(kind: .contact, afterWorkingDays: 2, roles: [.directie], ask: "B."),
                OwedRung(kind: .bestuur, afterWorkingDays: 3, roles: [.bestuur], ask: "C."),
            ])
        #expect(
            rules.yearlyTasks.map(\.id) == ["plan", "gesprek"] && rules.yearlyTasks.map(\.isPerSchool) == [false, true])
        #expect(rules.yearlyTasks[0].opensOn == YearlyTask.DayOfYear(month: 8, day: 15))
        #expect(rules.yearlyTasks[0].dueOn == YearlyTask.DayOfYear(month: 1, day: 31))
        #expect(rules.yearlyTasks[1].opensOn == YearlyTask.DayOfYear(month: 1, day: 15))
    }

    /// Each region of Veilig Thuis is a recipient of its own; whether it exists is seen within a whole configuration.
    @Test func termsNameRecipientsThatExist() throws {
        let text = Self.file(
            "terugkoppelingBesluit",
            """
                opens: {event: nl.meldcode.drempel-gemeld.v1}
                term: {days: 3}
                terms:
                  - {recipients: [vt-nord], source: afspraak, days: 4}
                ladder: een
                closes: []

            """)
        let site = try Site([.main: Site.text(of: .main) + "\nowed_file: klokken.yaml\n"])
        try site.write("klokken.yaml", text)
        let found = site.report()
        #expect(
            found.count == 1 && found[0].hasSuffix("error: there is no recipient “vt-nord”. Did you mean “vt-noord”?"),
            "\(found)")
        #expect(found[0].hasPrefix("klokken.yaml:"))
        #expect(try OwedSample.problems(text).isEmpty)
    }

    // MARK: - Slips in the shipped file

    @Test(
        arguments: [
            // Openings.
            (
                "needs: volgendMoment", "needs: volgendMomnt",
                "“volgendMomnt” is no known field of nl.meldcode.terugkoppeling-ontvangen.v1. Did you mean “volgendMoment”?"
            ),
            (
                "unless: {verzoekOmTerugkoppeling: false}", "unless: {verzoekOmTerugkoppeling: nee}",
                "“nee” is no known word for verzoekOmTerugkoppeling"
            ),
            ("unless: {verzoekOmTerugkoppeling: false}", "unless: {verzoek: false}", "unknown key “verzoek”"),
            (
                "recipient_kinds: [verwijsindex]", "recipient_kinds: [verwijsindx]",
                "“verwijsindx” is no known kind of recipient. Did you mean “verwijsindex”?"
            ),
            (
                "        recipient: ontvanger\n        recipient_kinds: [verwijsindex]",
                "        recipient_kinds: [verwijsindex]",
                "nl.meldcode.verstrekking-vastgelegd.v1 has no field “van” that names a recipient. Add recipient: with the field that does."
            ),
            (
                "        recipient: ontvanger\n        recipient_kinds: [verwijsindex]",
                "        recipient: wijze\n        recipient_kinds: [verwijsindex]",
                "“wijze” does not hold a recipient"
            ),
            (
                "        recipient_kinds: [veilig-thuis]\n        unless:",
                "        recipient: ontvanger\n        unless:",
                "what arrives has its own recipient, and needs no “recipient”. Remove it."
            ),
            ("opens: {event: nl.meldcode.drempel-gemeld.v1}", "opens: []", "nothing opens it"),
            ("recipient_kinds: [verwijsindex]", "recipient_kinds: []", "this opens for no recipient at all"),
            (
                "      needs: monitoringTot\n",
                "      needs: monitoringTot\n      unless_after: [nl.meldcode.melding.v1]\n",
                "“nl.meldcode.melding.v1” is no known event type"
            ),
            (
                "      needs: monitoringTot\n", "      needs: monitoringTot\n      unless_had: [drempl]\n",
                "“drempl” is no known kind of owed item. Did you mean “drempel”?"
            ),
            (
                "for_each_open: verwijsindexGeldigheid", "for_each_open: verwijsindexGeldigheid\n      once: true",
                "one for each open item opens with that item, once, and needs no “once”. Remove it."
            ),
            // Closings.
            (
                "{event: nl.meldcode.betrokkenen-geinformeerd.v1, names: match}",
                "{event: nl.meldcode.betrokkenen-geinformeerd.v1, names: match, recipient_kinds: [politie]}",
                "whose kinds these are is not said. Add recipient: with a field."
            ),
            (
                "{event: nl.meldcode.betrokkenen-geinformeerd.v1, names: match}",
                "{event: nl.meldcode.betrokkenen-geinformeerd.v1, names: match, lacks: matsch}",
                "“matsch” is no known field of nl.meldcode.betrokkenen-geinformeerd.v1"
            ),
            ("    opens: {event: nl.meldcode.drempel-gemeld.v1}\n", "", "the key “opens” is missing here"),
            (
                "    term: {months: 2}", "    opens: {event: nl.meldcode.drempel-gemeld.v1}\n    term: {months: 2}",
                "the calendar opens “jaartaak”, and no event does"
            ),
            // Terms.
            (
                "    term: {working_days: 15}", "    term: {field: uiterlijk, working_days: 15}",
                "“uiterlijk” is no known field of nl.meldcode.verstrekking-besloten.v1"
            ),
            (
                "term: {years: 2, until_birthday: 23}", "term: {field: datum, years: 2}",
                "“datum” is no known field of nl.meldcode.verwijsindexregistratie-gevraagd.v1"
            ),
            (
                "    opens: {event: nl.meldcode.drempel-gemeld.v1}\n    term: {working_days: 5}",
                "    opens: [{event: nl.meldcode.drempel-gemeld.v1}, {event: nl.meldcode.weging-vastgelegd.v1}, {arrived: nl.meldcode.advies-gevraagd.v1}]\n    term: {field: datum, days: 5}",
                "nl.meldcode.advies-gevraagd.v1 opens this too, and has no date “datum”. Leave field out, or leave that opening out."
            ),
            (
                "    term: {months: 3}\n", "    term: {months: 3}\n    terms: [{recipients: [a], days: 4}]\n",
                "the key “source” is missing here"
            ),
            (
                "    term: {months: 3}\n", "    term: {months: 3}\n    terms: [{recipients: [], source: s, days: 4}]\n",
                "this term is for nobody"
            ),
            (
                "    term: {months: 3}\n", "    term: {months: 3}\n    terms: [{recipients: [a], source: s}]\n",
                "a term needs a length of its own"
            ),
            (
                "    term: {months: 3}\n",
                "    term: {months: 3}\n    terms: [{recipients: [a], source: s, days: 4}, {recipients: [b, a], source: s, days: 5}]\n",
                "a term for the recipient “a” stands here a second time"
            ),
            // Moves.
            (
                "unless: {volledigheid: [deels], moment: [ontvangst]}\n      - event: nl.meldcode.zaak-afgesloten.v1\n        when: {reden: [vermoedenNietBevestigd, leerlingVertrokken]}\n        state: cancelled\n    moves:\n      - {event: nl.meldcode.partnercontact-vastgelegd.v1, recipient: van, when: {uitkomst: [toegezegd]}, to: volgendMoment}\n      - {event: nl.meldcode.terugkoppeling-ontvangen.v1, recipient: van, when: {volledigheid: [deels]}, to: volgendMoment}\n\n  - kind: terugkoppelingPartner",
                "unless: {volledigheid: [deels], moment: [ontvangst]}\n    moves:\n      - {event: nl.meldcode.partnercontact-vastgelegd.v1, to: kenmerk}\n\n  - kind: terugkoppelingPartner",
                "“kenmerk” does not hold a date"
            ),
            (
                "    closes: []\n    moves:\n      - {event: nl.meldcode.partnercontact-vastgelegd.v1, recipient: van, when: {uitkomst: [toegezegd]}, to: volgendMoment}",
                "    closes: []\n    moves:\n      - {event: nl.meldcode.partnercontact-vastgelegd.v1}",
                "the key “to” is missing here"
            ),
            // Ladders.
            ("  - name: intern\n", "  - name: inter\n", "there is no ladder “intern”. Did you mean “inter”?"),
            ("  - name: intern\n", "  - name: bezwaar\n", "the ladder “bezwaar” stands here a second time"),
            (
                "      - rung: contact\n", "      - rung: kontact\n",
                "“kontact” is no known rung. Did you mean “contact”?"
            ),
            (
                "        roles: [centraleContactpersoon, functionarisGegevensbescherming]\n", "",
                "who hears of this rung is not said"
            ),
            (
                "        roles: [centraleContactpersoon, functionarisGegevensbescherming]\n", "        roles: []\n",
                "somebody must hear of it"
            ),
            (
                "    ladder: bezwaar\n", "    ladder: bezwaren\n",
                "there is no ladder “bezwaren”. Known are: terugkoppeling, intern, bezwaar."
            ),
            (
                "    term: {field: volgendMoment, working_days: 5}\n    reminders: {}\n    ladder: terugkoppeling",
                "    term: {field: volgendMoment, working_days: 5}\n    reminders: {}\n    ladder: bezwaar",
                "the ladder “bezwaar” goes higher up without contact with the partner who owes this"
            ),
            (
                "    reminders: {before_days: [60, 14]}\n",
                "    reminders: {before_days: [60, 14]}\n    ladder: intern\n",
                "what ends by itself climbs no ladder"
            ),
            (
                "reminders: {at_once: true, after_working_days: [0]}",
                "reminders: {at_once: true, after_working_days: [0, 1]}",
                "after the end of the term the ladder reminds, and so would this"
            ),
            (
                "reminders: {at_once: true, after_working_days: [0]}",
                "reminders: {at_once: true, every_working_days: 5}",
                "after the end of the term the ladder reminds, and so would this"
            ),
            // Tasks of every year.
            (
                "    opens_on: \"08-15\"", "    opens_on: \"02-29\"",
                "“02-29” is no day that every year has. Write month and day, such as \"09-01\" for 1 September."
            ),
            ("    opens_on: \"08-15\"", "    opens_on: \"8-15\"", "“8-15” is no day that every year has"),
            ("    opens_on: \"08-15\"", "    opens_on: \"10-31\"", "it is due on the day on which it opens"),
            (
                "  - id: agenda-ib-platform", "  - id: resultaatgesprek",
                "the yearly task “resultaatgesprek” stands here a second time"
            ),
            (
                "    title: jaarlijkse taak", "    title: \(String(repeating: "x", count: 121))",
                "this title is longer than 120 characters"
            ),
        ])
    func slipsAreShownWhereTheyStand(_ old: String, _ new: String, _ message: String) throws {
        let found = try OwedSample.problems(replacing: old, with: new)
        #expect(found.contains { $0.contains(message) }, "\(found)")
        #expect(found.allSatisfy { !$0.hasPrefix("1:1 ") })
    }

    /// Contact first, then higher up.
    @Test(
        arguments: [
            (
                ["bestuur", "contact"],
                "contact with the partner comes before anybody higher up hears of it. Put it before the rung “bestuur” of line 4."
            ),
            (
                ["centraleContactpersoon", "contact"],
                "contact with the partner comes before anybody higher up hears of it"
            ),
            (
                ["bestuur", "centraleContactpersoon"],
                "a ladder goes up, and “centraleContactpersoon” stands lower than “bestuur”"
            ),
            (["contact", "herinnering"], "a ladder goes up, and “herinnering” stands lower than “contact”"),
            (["herinnering", "contact", "contact", "centraleContactpersoon", "bestuur", "bestuur"], nil),
            (["bestuur"], nil),
            ([], "a ladder has at least one rung"),
        ] as [([String], String?)])
    func aLadderGoesUp(_ rungs: [String], _ message: String?) throws {
        let lines = rungs.map { "      - {rung: \($0), after_working_days: 1, roles: [bestuur], ask: A.}\n" }.joined()
        let ladders = "  - name: een\n" + (rungs.isEmpty ? "    rungs: []\n" : "    rungs:\n" + lines)
        let found = try OwedSample.problems(
            Self.file(
                "drempel", "    opens: {event: nl.meldcode.drempel-gemeld.v1}\n    term: {days: 1}\n    closes: []\n",
                ladders: ladders))
        guard let message else { return #expect(found.isEmpty, "\(found)") }
        #expect(found.contains { $0.contains(message) }, "\(found)")
    }
}
