// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import Foundation
import Testing
import Values

/// What a person does with one item, over HTTP: seeing it, putting it off, letting it go on, ending it.
@Suite(.timeLimit(.minutes(5))) struct OwedActTests {
    private static let path = "/v1/verplichtingen"

    @Test func anItemIsPutOffAndGoesOnAndWhatWasDoneStandsWithIt() async throws {
        try await TestDoor.open { door in
            #expect(try await door.submit(Sample.barrier(), as: .responsible).status == 202)
            let number = try await door.number(of: .drempel)
            let until = door.clock.today.adding(days: 60)
            let put = try await door.act(number, "uitgesteld", until: until, "afgesprokenMetPartner")
            #expect(put.status == 202, "\(put.text)")
            let item = try #require(try await door.store.owedItem(number))
            #expect(item.pausedBy == .person && item.pausedUntil?.calendarDateInAmsterdam == until)
            let shown = try await door.get("\(Self.path)/\(number)", as: .responsible)
            #expect(shown.json?["stilDoor"]?.string == "persoon")
            #expect(try await door.act(number, "hervat", "nietMeerNodig").status == 202)
            #expect(try await door.store.owedItem(number)?.pausedUntil == nil)
            #expect(try await door.act(number, "gedaan", "gedaan").status == 202)
            let after = try await door.get("\(Self.path)/\(number)", as: .responsible)
            #expect(after.json?["status"]?.string == "gedaan")
            let acts = after.json?["geschiedenis"]?.array ?? []
            #expect(acts.compactMap { $0["wat"]?.string } == ["uitgesteld", "hervat", "gesloten"])
            #expect(acts.first?["nader"]?.string == "afgesprokenMetPartner")
            #expect(acts.first?["tot"]?.string == until.description)
            #expect(acts.allSatisfy { $0["door"]?.string == "Aandachtsfunctionaris De Wilg" })
        }
    }

    /// Days that are none, lie behind, or too far ahead: each with its place, and nothing is stored.
    @Test func onlyADayThatCanBeIsTaken() async throws {
        try await TestDoor.open { door in
            _ = try await door.submit(Sample.barrier(), as: .responsible)
            let number = try await door.number(of: .drempel)
            let before = door.store.events
            let today = door.clock.today
            for (act, until) in [
                ("uitgesteld", nil), ("uitgesteld", today), ("uitgesteld", today.adding(days: -1)),
                ("uitgesteld", today.adding(days: 61)), ("hervat", today.adding(days: 1)),
                ("gedaan", today.adding(days: 1)), ("vervallen", today.adding(days: 1)),
            ] as [(String, CalendarDate?)] {
                let reply = try await door.act(number, act, until: until, "wachtOpAnder")
                #expect(reply.status == 400 && reply.problem == "ongeldige-gebeurtenis", "\(act) \(reply.text)")
                #expect(reply.json?["problemen"]?.array?.first?["plaats"]?.string == "/data/tot")
            }
            for body in [
                ["actie": "uitgesteld", "tot": "2026-02-30", "reden": "veiligheid"],
                ["actie": "uitstellen", "reden": "veiligheid"], ["actie": "gedaan", "reden": "geen zin"],
                ["actie": "gedaan"], ["actie": "gedaan", "reden": "gedaan", "wie": "ik"],
            ] as [JSONValue] {
                #expect(try await door.post("\(Self.path)/\(number)/acties", body, as: .responsible).status == 400)
            }
            #expect(door.store.events == before)
            #expect(try await door.store.owedItem(number)?.state == .open)
        }
    }

    /// What a partner owes is done when it is recorded, and never by a word; it may lapse, with a reason.
    @Test func feedbackIsNeverDoneByAWord() async throws {
        try await TestDoor.open(site: SampleSite.byHand) { door in
            try await door.reportByHand()
            let number = try await door.number(of: .terugkoppelingBesluit)
            let done = try await door.act(number, "gedaan", "gedaan")
            #expect(done.status == 400 && done.text.contains("terugkoppeling-ontvangen"))
            #expect(try await door.store.owedItem(number)?.state == .open)
            #expect(try await door.act(number, "vervallen", "nietMeerNodig").status == 202)
            #expect(try await door.store.owedItem(number)?.state == .cancelled)
            let again = try await door.act(number, "vervallen", "nietMeerNodig")
            #expect(again.status == 400 && again.text.contains("staat niet meer open"))
        }
    }

    /// The law's own end of a registration is not put off, a mail is read, a match is contacted.
    @Test func whatHasItsOwnWayOfEndingIsNotEndedByAWord() async throws {
        try await TestDoor.open { door in
            _ = try await door.submit(
                Sample.event("verwijsindexmatch-ontvangen", ["van": "vi", "datum": "2026-11-20", "kenmerk": "M-1"]),
                as: .responsible)
            let match = try await door.number(of: .matchContact)
            let done = try await door.act(match, "gedaan", "gedaan")
            #expect(done.status == 400 && done.text.contains("matchcontact-vastgelegd"))
            #expect(try await door.act(match, "vervallen", "dubbel").status == 202)
        }
    }

    @Test func onlyWhoSeesAnItemActsOnIt() async throws {
        let persons = """
              - id: af-els
                display_name: Aandachtsfunctionaris De Els
                roles:
                  - {role: aandachtsfunctionaris, schools: [02CD], van: 2020-01-01}
              - id: centraal
                display_name: Centrale contactpersoon
                roles:
                  - {role: centraleContactpersoon, van: 2020-01-01}
            """
        try await TestDoor.open(morePersons: persons) { door in
            _ = try await door.submit(Sample.barrier(), as: .responsible)
            let number = try await door.number(of: .drempel)
            for (who, status) in [
                (TestDoor.Who.system, 403), (.teacher, 404), (.elsewhere, 404), (.revoked, 401),
            ] {
                #expect(try await door.get("\(Self.path)/\(number)", as: who).status == status, "\(who)")
                #expect(try await door.act(number, "gedaan", "gedaan", as: who).status == status, "\(who)")
            }
            // Who watches over the school sees it and may act, and does not get to know which case it is.
            let watching = try await door.get("\(Self.path)/\(number)", as: .central)
            #expect(watching.status == 200 && watching.json?["zaak"] == nil)
            #expect(!watching.text.contains("zaak-1"))
            let deciding = try await door.get("\(Self.path)/\(number)", as: .responsible)
            #expect(deciding.json?["zaak"]?.string == "zaak-1" && deciding.json?["kenmerk"]?.string?.isEmpty == false)
            #expect(
                try await door.act(
                    number, "uitgesteld", until: door.clock.today.adding(days: 3), "wachtOpAnder", as: .central
                )
                .status == 202)
            // Barred from the case, there is no such item.
            let staff = Sample.event(
                "medewerker-betrokken",
                ["variant": "alsOuderOfPartnerThuis", "medewerker": "af-wilg", "datum": "2026-11-20"])
            _ = try await door.submit(staff, as: .responsible)
            #expect(try await door.get("\(Self.path)/\(number)", as: .responsible).status == 404)
            #expect(try await door.act(number, "gedaan", "gedaan").status == 404)
            #expect(try await door.store.owedItem(number)?.state == .open)
        }
    }

    /// By way of the event itself: only for an item of that case and school; told again it is known.
    @Test func theEventNamesAnItemOfItsOwnCase() async throws {
        try await TestDoor.open { door in
            _ = try await door.submit(Sample.barrier(), as: .responsible)
            _ = try await door.submit(Sample.barrier(zaak: "zaak-2"), as: .responsible)
            let number = try await door.number(of: .drempel)
            for event in [
                Sample.decision(number, "gedaan", zaak: "zaak-2"), Sample.decision(number, "gedaan", zaak: "zaak-3"),
                Sample.decision(number, "gedaan").withData("zaak", nil), Sample.decision(999, "gedaan"),
            ] {
                let reply = try await door.submit(event, as: .responsible)
                #expect(reply.status == 400 && reply.problem == "ongeldige-gebeurtenis", "\(reply.text)")
                #expect(reply.json?["problemen"]?.array?.first?["plaats"]?.string == "/data/verplichting")
            }
            let decision = Sample.decision(number, "gedaan")
            #expect(try await door.submit(decision, as: .system).status == 403)
            #expect(try await door.submit(decision, as: .teacher).status == 403)
            #expect(try await door.submit(decision, as: .responsible).status == 202)
            let again = try await door.submit(decision, as: .responsible)
            #expect(again.status == 202 && again.json?["herhaling"]?.bool == true, "\(again.text)")
            #expect(try await door.submit(Sample.decision(number, "gedaan"), as: .responsible).status == 400)
            #expect(try await door.store.owedItem(number)?.state == .done)
            #expect(try await door.store.owedItem(number + 1)?.state == .open)
        }
    }

    /// Of many who end an item at the same time, one does.
    @Test func ofManyWhoEndItAtOnceOneDoes() async throws {
        try await TestDoor.open { door in
            _ = try await door.submit(Sample.barrier(), as: .responsible)
            let number = try await door.number(of: .drempel)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { tasks in
                for _ in 0..<8 { tasks.addTask { try await door.act(number, "gedaan", "gedaan").status } }
                return try await tasks.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.count { $0 == 202 } == 1)
            #expect(Set(statuses).isSubset(of: [202, 400, 409]))
            let acts = try await door.store.owedActs(of: [number])
            #expect(acts.count { $0.kind == .closed } == 1)
        }
    }

    /// A system cannot pass for the command line.
    @Test func theSourceOfTheCommandLineIsForPersons() async throws {
        try await TestDoor.open { door in
            for source in ["urn:meldpoort:opdrachtregel", "urn:meldpoort:invoer"] {
                let event = Sample.concern().with("source", JSONValue.string(source))
                let bySystem = try await door.submit(event, as: .system)
                let byPerson = try await door.submit(event, as: .responsible)
                #expect(bySystem.status == 403 && byPerson.status == 202)
            }
            let console = try await door.submit(Sample.concern().with("source", "urn:meldpoort:console"), as: .system)
            #expect(console.status == 400)
        }
    }

    @Test func theListShowsOnlyTheKindThatIsAskedFor() async throws {
        try await TestDoor.open { door in
            _ = try await door.submit(Sample.barrier(), as: .responsible)
            _ = try await door.submit(
                Sample.event("bezwaar-ontvangen", ["door": "ouder", "datum": "2026-11-20"]), as: .responsible)
            for (kind, count) in [("drempel", 1), ("bezwaar", 1), ("matchContact", 0)] {
                let reply = try await door.get("\(Self.path)?soort=\(kind)", as: .responsible)
                #expect(reply.json?["verplichtingen"]?.array?.count == count)
            }
            #expect(try await door.get("\(Self.path)?soort=iets", as: .responsible).status == 400)
        }
    }
}

extension Sample {
    fileprivate static func barrier(zaak: String = "zaak-1") -> JSONValue {
        event("drempel-gemeld", zaak: zaak, ["van": "vt", "datum": "2026-11-20", "soort": "nietGehoord"])
    }

    fileprivate static func decision(_ number: OwedItemID, _ act: String, zaak: String = "zaak-1") -> JSONValue {
        event(
            "verplichting-bijgewerkt", zaak: zaak,
            [
                "verplichting": .number(Double(number)), "actie": .string(act), "reden": "gedaan",
                "datum": "2026-11-20",
            ])
    }
}

extension TestDoor {
    fileprivate func number(of kind: OwedKind) async throws -> OwedItemID {
        var filter = OwedFilter()
        filter.kinds = [kind]
        return try #require(try await store.owedItems(filter).first?.id)
    }

    fileprivate func act(
        _ number: OwedItemID, _ act: String, until: CalendarDate? = nil, _ reason: String, as who: Who = .responsible
    ) async throws -> Reply {
        var body: [String: JSONValue] = ["actie": .string(act), "reden": .string(reason)]
        if let until { body["tot"] = .string(until.description) }
        return try await post("/v1/verplichtingen/\(number)/acties", .object(body), as: who)
    }

    /// A report that a person passed on to Veilig Thuis.
    fileprivate func reportByHand() async throws {
        #expect(try await submit(Sample.report(), as: .responsible).status == 202)
        let path = "/v1/afleveringen/1"
        if try await store.delivery(1)?.state == .waiting {
            #expect(try await post("\(path)/bevestiging", as: .responsible).status == 202)
        }
        #expect(try await post("\(path)/vrijgave", [:], as: .responsible).status == 200)
        let closed = try await post("\(path)/afsluiting", ["verstrekt": true], as: .responsible)
        #expect(closed.status == 200, "\(closed.text)")
    }
}
