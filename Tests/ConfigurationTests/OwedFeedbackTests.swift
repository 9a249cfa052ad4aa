// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import CaseEvents
import Delivery
import Disclosures
import Testing
import Values

/// What the shipped clocks make of what partners owe: which report opens what, and which feedback closes, opens and moves what.
@Suite struct OwedFeedbackTests {
    private static let moments = [
        "ontvangst", "besluit", "uitkomstOnderzoek", "eindeBetrokkenheid", "afgesprokenMoment",
    ]
    private static let besluiten: [String?] = [
        nil, "eigenOnderzoek", "verzoekTotOnderzoekRaad", "voorwaardenEnVervolg", "overdrachtLokaalTeam",
        "overdrachtLopendeHulp", "overdrachtMdt", "overdrachtBetrokkenen", "eindeBemoeienis", "omgezetInAdvies",
    ]
    private static let process: Set<OwedKind> = [
        .terugkoppelingBesluit, .terugkoppelingUitkomst, .terugkoppelingEinde,
    ]

    private struct Effect {
        var opens: [OwedKind] = []
        var closes: Set<OwedKind> = []
        var moves: [OwedKind] = []
        var items: [NewOwedItem] = []
    }

    private static func effect(_ steps: [OwedStep]) -> Effect {
        steps.reduce(into: Effect()) { effect, step in
            switch step {
            case .open(let item):
                effect.opens.append(item.kind)
                effect.items.append(item)
            case .close(let closing): effect.closes.insert(closing.kind)
            case .move(let move): effect.moves.append(move.kind)
            default: break
            }
        }
    }

    private static func feedback(_ data: [String: JSONValue]) throws -> Effect {
        effect(
            try OwedLoader.standard().steps(
                for: OwedSample.event("terugkoppeling-ontvangen", data.merging(["van": "vt"]) { _, new in new }),
                submitter: "ib", at: OwedSample.now, roles: { _ in [] }))
    }

    /// What one feedback says decides which expectation comes next.
    @Test(
        arguments: [
            (["moment": "besluit", "besluit": "eigenOnderzoek"], [.terugkoppelingUitkomst], [.terugkoppelingBesluit]),
            (
                ["moment": "besluit", "besluit": "voorwaardenEnVervolg"], [.terugkoppelingEinde],
                [.terugkoppelingBesluit]
            ),
            (
                ["moment": "besluit", "besluit": "verzoekTotOnderzoekRaad"], [.terugkoppelingEinde],
                [.terugkoppelingBesluit]
            ),
            (
                ["moment": "besluit", "besluit": "overdrachtLokaalTeam"], [.terugkoppelingEinde],
                [.terugkoppelingBesluit]
            ),
            (["moment": "besluit"], [.terugkoppelingEinde], [.terugkoppelingBesluit]),
            (["moment": "besluit", "besluit": "eindeBemoeienis"], [], process),
            (["moment": "besluit", "besluit": "omgezetInAdvies"], [], process),
            (
                ["moment": "uitkomstOnderzoek"], [.terugkoppelingEinde],
                [.terugkoppelingBesluit, .terugkoppelingUitkomst]
            ),
            (
                ["moment": "uitkomstOnderzoek", "besluit": "overdrachtMdt"], [.terugkoppelingEinde],
                [.terugkoppelingBesluit, .terugkoppelingUitkomst]
            ),
            (["moment": "eindeBetrokkenheid"], [], process),
            (["moment": "ontvangst"], [], []), (["moment": "afgesprokenMoment"], [], []),
            (
                ["moment": "afgesprokenMoment", "besluit": "eigenOnderzoek"], [.terugkoppelingUitkomst],
                [.terugkoppelingBesluit]
            ),
        ] as [([String: JSONValue], [OwedKind], Set<OwedKind>)])
    func theOutcomeDecidesWhatComesNext(
        _ data: [String: JSONValue], _ opens: [OwedKind], _ closes: Set<OwedKind>
    ) throws {
        let found = try Self.feedback(data)
        #expect(found.opens == opens)
        #expect(found.closes.intersection(Self.process) == closes)
    }

    /// Over all that a feedback can say: one opens at most one of a kind, what is partial closes and opens nothing of the process, and
    /// nothing of the process is ever closed without a next expectation unless it says that the partner stops.
    @Test(arguments: moments, besluiten)
    func theChainNeverEndsSilently(_ moment: String, _ besluit: String?) throws {
        for completeness in [nil, "volledig", "deels"] {
            for next in [nil, "2027-01-15"] {
                var data: [String: JSONValue] = ["moment": .string(moment)]
                data["besluit"] = besluit.map { .string($0) }
                data["volledigheid"] = completeness.map { .string($0) }
                data["volgendMoment"] = next.map { .string($0) }
                let found = try Self.feedback(data)
                #expect(Set(found.opens).count == found.opens.count, "\(data)")
                let isEnd = moment == "eindeBetrokkenheid" || ["eindeBemoeienis", "omgezetInAdvies"].contains(besluit)
                if completeness == "deels" {
                    #expect(found.opens.isEmpty && found.closes.isDisjoint(with: OwedKind.feedback), "\(data)")
                    #expect((next != nil) == !found.moves.isEmpty, "\(data)")
                } else {
                    // A receipt with a day moves what was expected already.
                    let expectsDay = next != nil && moment != "ontvangst"
                    #expect(found.opens.contains(.terugkoppelingMoment) == expectsDay, "\(data)")
                    #expect((next != nil && moment == "ontvangst") == !found.moves.isEmpty, "\(data)")
                    let closesProcess = !found.closes.isDisjoint(with: Self.process)
                    #expect(!closesProcess || isEnd || !Self.process.isDisjoint(with: found.opens), "\(data)")
                }
                #expect(!found.closes.contains(.drempel) && !found.moves.contains(.drempel))
                // The same decision told twice, by phone and then by letter, is one expectation.
                #expect(found.items.allSatisfy { $0.isOnce == ($0.kind != .terugkoppelingMoment) }, "\(data)")
            }
        }
    }

    @Test func aPromisedDayMovesAndIsExpected() throws {
        let received = try Self.feedback(["moment": "ontvangst", "volgendMoment": "2026-12-15"])
        #expect(received.moves == [.terugkoppelingBesluit, .terugkoppelingPartner])
        #expect(received.opens.isEmpty && received.closes.isDisjoint(with: OwedKind.feedback))
        let agreed = try Self.feedback(["moment": "afgesprokenMoment", "volgendMoment": "2026-12-15"])
        #expect(agreed.opens == [.terugkoppelingMoment] && agreed.moves.isEmpty)
        #expect(agreed.items.first?.dueOn.description == "2026-12-15")
        let partial = try Self.feedback(["moment": "besluit", "volledigheid": "deels", "volgendMoment": "2026-12-15"])
        #expect(
            partial.moves == [
                .terugkoppelingBesluit, .terugkoppelingUitkomst, .terugkoppelingEinde, .terugkoppelingMoment,
                .terugkoppelingPartner,
            ])
        for (outcome, moves) in [
            ("toegezegd", OwedKind.allCases.filter { OwedKind.feedback.contains($0) }), ("bereikt", []),
            ("nietBereikt", []),
        ] as [(String, [OwedKind])] {
            let contact = try OwedSample.event(
                "partnercontact-vastgelegd", ["uitkomst": .string(outcome), "volgendMoment": "2026-12-15"])
            let found = Self.effect(
                try OwedLoader.standard().steps(for: contact, submitter: "ib", at: OwedSample.now, roles: { _ in [] }))
            #expect(found.moves == moves && found.opens.isEmpty && found.closes.isEmpty)
        }
    }

    /// Veilig Thuis asks the school to keep an eye on the pupil, also when it stops itself: what it asked before ends, this begins.
    @Test func monitoringAsked() throws {
        let found = try Self.feedback(["moment": "eindeBetrokkenheid", "monitoringTot": "2027-02-01"])
        #expect(found.opens == [.monitoring] && found.items.first?.dueOn.description == "2027-02-01")
        #expect(found.closes.contains(.monitoring))
        #expect(try Self.feedback(["moment": "besluit", "besluit": "eindeBemoeienis"]).opens.isEmpty)
        // Asked again: one is followed, until the day that was named last.
        #expect(found.moves == [.monitoring] && found.items.first?.isOnce == true)
    }

    // MARK: - What is given owes feedback

    @Test(arguments: RecipientKind.allCases)
    func whatArrivesOwesFeedbackByKind(_ kind: RecipientKind) throws {
        let partners: Set<RecipientKind> = [
            .hulpverlener, .raadVoorDeKinderbescherming, .gecertificeerdeInstelling, .politie,
        ]
        let rules = try OwedLoader.standard()
        let arrive = { (name: String, data: [String: JSONValue]) throws -> [OwedKind] in
            Self.effect(
                rules.steps(
                    arrived: try OwedSample.event(name, data), recipientID: "r", kind: kind, delivery: 4,
                    arrivedAt: OwedSample.now, at: OwedSample.now)
            ).opens
        }
        // Those within the school who hear that a report was made owe nothing.
        #expect(
            try arrive("veiligthuismelding-besloten", [:]) == (kind == .veiligThuis ? [.terugkoppelingBesluit] : []))
        #expect(try arrive("veiligthuismelding-besloten", ["verzoekOmTerugkoppeling": false]).isEmpty)
        #expect(
            try arrive("veiligthuismelding-besloten", ["verzoekOmTerugkoppeling": true])
                == (kind == .veiligThuis ? [.terugkoppelingBesluit] : []))
        #expect(try arrive("verstrekking-besloten", [:]) == (partners.contains(kind) ? [.terugkoppelingPartner] : []))
        // Who asked for it, or demanded it, owes nothing for the answer.
        #expect(try arrive("verstrekking-besloten", ["verzoek": "R-7"]).isEmpty)
        #expect(try arrive("verstrekking-besloten", ["doel": "vordering"]).isEmpty)
        // Advice is anonymous and owes no feedback; a registration has a term of its own.
        #expect(try arrive("advies-gevraagd", [:]).isEmpty)
        #expect(try arrive("overleg-gepland", [:]).isEmpty)
        // Recorded afterwards: the clock runs from when it really was.
        let recorded = try OwedSample.event(
            "verstrekking-vastgelegd", ["ontvanger": "r", "tijdstip": "2026-11-10T09:00:00+01:00"])
        let found = Self.effect(
            rules.steps(
                for: recorded, submitter: "ib", at: OwedSample.now, roles: { _ in [] },
                kinds: { $0 == "r" ? kind : nil }))
        let expected: OwedKind? =
            switch kind {
            case .veiligThuis: .terugkoppelingBesluit
            case .verwijsindex: .verwijsindexGeldigheid
            default: partners.contains(kind) ? .terugkoppelingPartner : nil
            }
        #expect(found.opens == [expected].compactMap { $0 })
        // An answer to its own question, by phone, owes nothing either.
        let answered = try OwedSample.event("verstrekking-vastgelegd", ["ontvanger": "r", "verzoek": "R-7"])
        let answer = Self.effect(
            rules.steps(for: answered, submitter: "ib", at: OwedSample.now, roles: { _ in [] }, kinds: { _ in kind }))
        #expect(answer.opens == (kind == .verwijsindex ? [.verwijsindexGeldigheid] : []))
        #expect(answer.closes.contains(.informatieverzoek))
        guard let item = found.items.first else { return }
        #expect(item.recipientID == "r" && item.since.calendarDateInAmsterdam.description == "2026-11-10")
        let days: [OwedKind: String] = [
            .terugkoppelingBesluit: "2026-11-17", .verwijsindexGeldigheid: "2028-11-10",
            .terugkoppelingPartner: "2026-12-01",
        ]
        #expect(item.dueOn.description == days[item.kind])
    }

    // MARK: - Ladders

    /// Everything that does not end by itself climbs, and what a partner owes begins with contact; only those and an objection reach
    /// the board.
    @Test func everyKindClimbs() throws {
        let rules = try OwedLoader.standard()
        for rule in rules.all {
            guard rule.ending == nil else {
                #expect(rule.ladder == nil)
                continue
            }
            let ladder = try #require(rule.ladder.flatMap { rules.ladders[$0] })
            #expect(ladder.repeatsEveryWorkingDays != nil, "\(rule.kind) would be forgotten after the last rung")
            let kinds = ladder.rungs.map(\.kind)
            if OwedKind.feedback.contains(rule.kind) {
                #expect(kinds == [.herinnering, .contact, .centraleContactpersoon, .bestuur])
                #expect(ladder.rungs.map(\.afterWorkingDays) == [1, 2, 5, 5])
            } else {
                #expect(!kinds.contains(.contact) && kinds.contains(.bestuur) == (rule.kind == .bezwaar))
            }
        }
    }

    /// Neutral: the law sets no term for telling the reporter, so nobody is said to break one, and no child is spoken of.
    @Test func theTextsBlameNobody() throws {
        let rules = try OwedLoader.standard()
        let words = [
            "te laat", "overschre", "verzuim", "schend", "in gebreke", "had moeten", "verplicht", "kind", "leerling",
        ]
        for rung in rules.ladders.values.flatMap(\.rungs) {
            #expect(words.allSatisfy { !rung.ask.lowercased().contains($0) }, "\(rung.ask)")
            #expect(rung.ask.hasSuffix(".") && rung.ask.count <= 400)
        }
    }

    /// Practice 30, in the words of the handreiking: two agendas, two plans, the yearly report, the talk with each school.
    @Test func everyYear() throws {
        let tasks = try OwedLoader.standard().yearlyTasks
        #expect(
            tasks.map(\.id) == [
                "agenda-directieoverleg", "agenda-ib-platform", "plan-van-aanpak-bestuur", "plan-van-aanpak-school",
                "jaarverslag-kwaliteitscyclus", "resultaatgesprek",
            ])
        #expect(tasks.filter(\.isPerSchool).map(\.id) == ["plan-van-aanpak-school", "resultaatgesprek"])
        #expect(tasks.allSatisfy { !$0.owners.isEmpty && $0.task.hasSuffix(".") && !$0.source.isEmpty })
    }
}
