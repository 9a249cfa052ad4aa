// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import Foundation
import Testing
import Values

/// What is owed, from the event that opens it to the one that closes it, through the running gateway.
@Suite(.timeLimit(.minutes(5))) struct OwedTests {
    @Test func aMatchOwesContactAndInforming() async throws {
        try await TestDoor.open { door in
            #expect(try await door.submit(Sample.match("M-1"), as: .responsible).status == 202)
            #expect(try await door.submit(Sample.match("M-2"), as: .responsible).status == 202)
            #expect(try await door.open == [.matchContact, .matchInformeren, .matchContact, .matchInformeren])
            // Not reached is no contact; another match is another item; the right one closes.
            for (match, outcome, left) in [
                ("M-1", "nietBereikt", 2), ("M-9", "contactGehad", 2), ("M-1", "contactGehad", 1),
                ("M-1", "contactGehad", 1),
            ] {
                let contact = Sample.event(
                    "matchcontact-vastgelegd",
                    ["match": .string(match), "datum": "2026-11-20", "uitkomst": .string(outcome)])
                #expect(try await door.submit(contact, as: .responsible).status == 202)
                #expect(try await door.open.count { $0 == .matchContact } == left)
            }
            #expect(try await door.submit(Sample.informed(match: "M-2"), as: .responsible).status == 202)
            let open = try await door.owed()
            #expect(open.map(\.kind) == [.matchInformeren, .matchContact])
            // Nothing of the case stands in the answers or in the log.
            let reply = try await door.get("/v1/verplichtingen", as: .responsible)
            #expect(
                reply.json?["verplichtingen"]?.array?.compactMap { $0["nummer"]?.integer } == open.map { Int($0.id) })
            for secret in ["zaak-1", "M-1", "M-2", "Testprofessional"] {
                #expect(!reply.text.contains(secret))
                #expect(!door.log.all.contains { $0.contains(secret) })
            }
        }
    }

    /// Owners hear at once, and then on working days, rung by rung, until it is done.
    @Test func whoMustActIsReminded() async throws {
        try await TestDoor.open { door in
            let start = door.clock.now()
            door.clock.leap(upTo: start.adding(seconds: 60 * 86_400))
            _ = try await door.submit(Sample.match("M-1"), as: .responsible)
            try await door.until {
                try await door.owed(.matchContact)?.nextAt ?? start > start.adding(seconds: 60 * 86_400)
            }
            let item = try #require(try await door.owed(.matchContact))
            let notices = try await door.store.notices(NoticeFilter()).filter { $0.owedItem == item.id }
            // No route leads to them: each rung is a notice to its reader.
            #expect(notices.count == item.reminders + item.rungs && item.rungs >= 3)
            #expect(notices.allSatisfy { $0.addressee == .person("af-wilg") && $0.kind == .owedReminder })
            #expect(notices.map(\.createdAt) == notices.map(\.createdAt).sorted())
            let calendar = WorkingCalendar()
            for notice in notices.dropFirst() {
                let moment = try #require(Timestamp(notice.cause))
                #expect(calendar.isWorkingDay(moment.calendarDateInAmsterdam))
                #expect(moment == moment.calendarDateInAmsterdam.inAmsterdam(hour: 9))
            }
            #expect(Set(notices.map(\.cause)).count == notices.count)
        }
    }

    @Test func requestsAreClosedByTheirAnswer() async throws {
        try await TestDoor.open { door in
            for (type, data) in [
                ("bezwaar-ontvangen", ["door": "ouder"]), ("adviesverzoek-ontvangen", ["uiterlijk": "2026-12-24"]),
                ("informatieverzoek-ontvangen", ["van": "vt", "kenmerk": "VT-7"]),
            ] as [(String, [String: JSONValue])] {
                let event = Sample.event(type, id: "id-\(type)", data.merging(["datum": "2026-11-20"]) { $1 })
                #expect(try await door.submit(event, as: .responsible).status == 202)
            }
            #expect(try await door.open == [.bezwaar, .adviesverzoekCollege, .informatieverzoek])
            #expect(try await door.owed(.adviesverzoekCollege)?.dueOn.description == "2026-12-24")
            // The answer to the one does not close the other.
            for (request, kind, left) in [
                ("id-bezwaar-ontvangen", "adviesverzoek", 3), ("id-adviesverzoek-ontvangen", "adviesverzoek", 2),
                ("id-bezwaar-ontvangen", "bezwaar", 1),
            ] {
                let answer = Sample.event(
                    "verzoek-afgehandeld",
                    [
                        "verzoek": .string(request), "soort": .string(kind), "datum": "2026-11-21",
                        "besluit": "beantwoord",
                    ])
                #expect(try await door.submit(answer, as: .responsible).status == 202)
                #expect(try await door.open.count == left)
            }
            // By the reference of who asked.
            let share = Sample.event(
                "verstrekking-besloten",
                [
                    "ontvangers": ["vt"], "doel": "geweldStoppenOfOnderzoeken", "leerling": Sample.pupil,
                    "verzoek": "VT-7",
                ])
            let reply = try await door.submit(share, as: .responsible)
            #expect(reply.status == 202, "\(reply.text)")
            #expect(try await door.open.isEmpty)
        }
    }

    // MARK: - The second loop

    @Test func theTeacherHearsThatAConcernWasTakenUpAndNothingElse() async throws {
        try await TestDoor.open { door in
            #expect(try await door.submit(Sample.concern(), as: .teacher).status == 202)
            #expect(try await door.open == [.leerkrachtBericht])
            // What the teacher adds is no taking up, and neither is what a machine says.
            for who in [TestDoor.Who.teacher, .system] {
                #expect(try await door.submit(Sample.step(), as: who).status == 202)
                #expect(try await door.open == [.leerkrachtBericht])
            }
            #expect(try await door.submit(Sample.step(), as: .responsible).status == 202)
            try await door.until { try await door.owed(.leerkrachtBericht)?.nextAt == nil }
            let notices = try await door.store.notices(NoticeFilter())
            #expect(notices.map(\.kind) == [.concernTakenUp])
            #expect(notices.map(\.addressee) == [.person("leerkracht-wilg")])
            #expect(try await door.owed(.leerkrachtBericht)?.state == .done)
            // Said once.
            #expect(try await door.submit(Sample.step(), as: .responsible).status == 202)
            #expect(try await door.store.notices(NoticeFilter()).count == 1)
        }
    }

    @Test func whoIsBarredHearsNothing() async throws {
        try await TestDoor.open { door in
            _ = try await door.submit(Sample.concern(), as: .teacher)
            let staff = Sample.event(
                "medewerker-betrokken",
                ["variant": "alsOuderOfPartnerThuis", "medewerker": "leerkracht-wilg", "datum": "2026-11-20"])
            #expect(try await door.submit(staff, as: .responsible).status == 202)
            _ = try await door.submit(Sample.step(), as: .responsible)
            try await door.until { try await door.owed(.leerkrachtBericht)?.nextAt == nil }
            #expect(try await door.owed(.leerkrachtBericht)?.state == .done)
            #expect(try await door.store.notices(NoticeFilter()).isEmpty)
        }
    }

    /// Nothing happened within the term: the aandachtsfunctionaris hears, and nobody else; without one who may hear, nobody does.
    @Test func aConcernThatNobodyTakesUpIsRemindedOf() async throws {
        for isBarred in [false, true] {
            try await TestDoor.open { door in
                if isBarred {
                    let staff = Sample.event(
                        "medewerker-betrokken",
                        ["variant": "alsOuderOfPartnerThuis", "medewerker": "af-wilg", "datum": "2026-11-20"])
                    #expect(try await door.submit(staff).status != 500)
                    #expect(try await door.submit(staff, as: .responsible).status == 202)
                }
                door.clock.leap(upTo: door.clock.now().adding(seconds: 40 * 86_400))
                _ = try await door.submit(Sample.concern(), as: .teacher)
                if isBarred {
                    // There is nobody else: the rung waits, and says so.
                    try await door.until { door.log.all.contains { $0.contains("nobody can be reached") } }
                    #expect(try await door.store.notices(NoticeFilter()).isEmpty)
                    return
                }
                try await door.until { (try await door.owed(.leerkrachtBericht)?.rungs ?? 0) > 0 }
                let item = try #require(try await door.owed(.leerkrachtBericht))
                let notices = try await door.store.notices(NoticeFilter()).filter { $0.owedItem == item.id }
                #expect(Set(notices.map(\.addressee)) == [.person("af-wilg")])
                #expect(notices.first.map { $0.createdAt > item.dueOn.startInAmsterdam } ?? false)
            }
        }
    }

    /// A rung that does not get through is heard of by notice; so is what somebody may still hear of when another item bars them.
    @Test func aRungThatFailsIsHeardOfByNotice() async throws {
        try await TestDoor.open(site: Self.telling) { door in
            door.clock.leap(upTo: door.clock.now().adding(seconds: 40 * 86_400))
            _ = try await door.submit(Sample.concern(), as: .teacher)
            _ = try await door.submit(Sample.concern(zaak: "zaak-2"), as: .teacher)
            try await door.until { try await door.rung?.state == .parked }
            try await door.until {
                let items = try await door.owed().filter { $0.rungs > 0 }.map(\.id)
                let heard = Set(try await door.notices().compactMap(\.owedItem))
                return items.count >= 2 && Set(items).isSubset(of: heard)
            }
            // Nobody stops or reads it but its readers.
            let path = "/v1/afleveringen/\(try #require(try await door.rung?.id))"
            for act in ["annulering", "vrijgave"] {
                #expect(try await door.post("\(path)/\(act)", [:], as: .responsible).status >= 400)
            }
            #expect(try await door.rung?.state == .parked)
        }
    }

    /// What waits to be told again is told to nobody who was barred from the case since; without anybody left it is not sent at all.
    @Test func whoIsBarredSinceARungIsToldNothing() async throws {
        try await TestDoor.open(site: Self.telling) { door in
            door.clock.leap(upTo: door.clock.now().adding(seconds: 40 * 86_400))
            _ = try await door.submit(Sample.concern(), as: .teacher)
            try await door.until { try await door.rung?.state == .parked }
            let delivery = try #require(try await door.rung?.id)
            let staff = Sample.event(
                "medewerker-betrokken",
                ["variant": "alsOuderOfPartnerThuis", "medewerker": "af-wilg", "datum": "2026-11-20"])
            #expect(try await door.submit(staff, as: .responsible).status == 202)
            let reply = try await door.post("/v1/afleveringen/\(delivery)/herkansing", [:], as: .responsible)
            #expect(reply.status == 200, "\(reply.text)")
            try await door.until { try await door.rung?.state == .rejected }
            #expect(try await door.rung?.reason == "no_reader")
        }
    }

    /// A site that tells the aandachtsfunctionaris of rungs by machine, and never gets there.
    private static let telling = SampleSite.configuration.replacing(
        "routes:",
        with: """
              - id: af
                kind: aandachtsfunctionaris
                name: Aandachtsfunctionarissen
                adapter: proef
                channel: api
                connection: {base_url: "https://127.0.0.1:9"}
                settings: {out_of_reach: true}
                retry: {first_delay_seconds: 1, maximum_attempts: 2}
            routes:
              - {event: nl.meldcode.opschaling-gedaan.v1, recipients: [af]}
            """)

    // MARK: - The validity of a registration

    @Test func aRegistrationHasAnEndAndAWithdrawalClosesIt() async throws {
        try await TestDoor.open(site: SampleSite.byHand) { door in
            let delivery = try await door.register()
            let item = try #require(try await door.owed(.verwijsindexGeldigheid))
            #expect(item.delivery == delivery && item.recipientID == "vi")
            // Two years after it was really given; the pupil is 11.
            #expect(item.dueOn.description == "2028-11-05")
            // Closing as unfounded asks for the withdrawal, once.
            for _ in 0..<2 {
                let closed = Sample.event(
                    "zaak-afgesloten", ["reden": "vermoedenNietBevestigd", "datum": "2026-11-20"])
                #expect(try await door.submit(closed, as: .responsible).status == 202)
            }
            #expect(try await door.open == [.verwijsindexGeldigheid, .verwijsindexIntrekken])
            let shown = try await door.get("/v1/casussen/zaak-1?school=01AB", as: .responsible)
            #expect(shown.json?["verplichtingen"]?.array?.count == 2)
            #expect(shown.json?["tekst"]?.array?.compactMap(\.string).contains("Verplichtingen") == true)
            // Asked for is not yet withdrawn.
            let withdrawal = Sample.event(
                "verwijsindexintrekking-gevraagd", ["leerling": Sample.pupil, "reden": "risicoNietMeerAanwezig"])
            #expect(try await door.submit(withdrawal, as: .responsible).status == 202)
            #expect(try await door.open.count == 2)
            try await door.handOver(delivery + 1)
            #expect(try await door.open.isEmpty)
            #expect(try await door.owed(.verwijsindexGeldigheid)?.state == .done)
        }
    }

    @Test func withoutARegistrationNothingIsAskedToBeWithdrawn() async throws {
        try await TestDoor.open { door in
            let closed = Sample.event("zaak-afgesloten", ["reden": "leerlingVertrokken", "datum": "2026-11-20"])
            let reply = try await door.submit(closed, as: .responsible)
            #expect(reply.status == 202)
            #expect(try await door.owed().isEmpty)
        }
    }

    @Test func whatEndsByItselfIsJournalledOnce() async throws {
        try await TestDoor.open(site: SampleSite.byHand) { door in
            door.clock.leap(upTo: door.clock.now().adding(seconds: 800 * 86_400))
            _ = try await door.register()
            try await door.until {
                let item = try await door.owed(.verwijsindexGeldigheid)
                return item?.state == .lapsed && item?.nextAt == nil
            }
            let item = try #require(try await door.owed(.verwijsindexGeldigheid))
            let name = CaseName(school: "01AB", reference: "zaak-1")
            let ended = try await door.store.caseEvents(
                name, types: [EventType.verwijsindexregistratieBeeindigd.rawValue])
            #expect(ended.count == 1 && ended.first?.event.id == item.closedBy)
            #expect(ended.first?.event.submitter.personID == nil)
            let body = String(decoding: ended.first?.body ?? [], as: UTF8.self)
            #expect(body.contains("tweeJaarVoorbij") && body.contains("verplichting-\(item.id)-einde"))
            let notices = try await door.store.notices(NoticeFilter()).filter { $0.owedItem == item.id }
            #expect(notices.map(\.kind) == [.owedReminder, .owedReminder, .owedLapsed])
            #expect(notices.allSatisfy { $0.addressee == .person("af-wilg") })
        }
    }

    // MARK: - Who sees it

    @Test func onlyWhoDecidesOrWatchesSeesIt() async throws {
        try await TestDoor.open { door in
            _ = try await door.submit(Sample.match("M-1"), as: .responsible)
            #expect(try await door.get("/v1/verplichtingen", as: .teacher).status == 403)
            #expect(try await door.get("/v1/verplichtingen", as: .system).status == 403)
            #expect(try await door.get("/v1/verplichtingen", as: nil).status == 401)
            #expect(try await door.get("/v1/verplichtingen?zaak=zaak-1", as: .responsible).status == 400)
            #expect(try await door.get("/v1/verplichtingen?status=iets", as: .responsible).status == 400)
            func numbers(_ query: String) async throws -> [Int] {
                let reply = try await door.get("/v1/verplichtingen?\(query)", as: .responsible)
                return (reply.json?["verplichtingen"]?.array ?? []).compactMap { $0["nummer"]?.integer }
            }
            #expect(try await numbers("school=01AB") == [1, 2])
            #expect(try await numbers("school=02CD").isEmpty)
            #expect(try await numbers("aantal=1") == [1])
            #expect(try await numbers("vanaf=2") == [2])
            _ = try await door.submit(Sample.informed(match: "M-1"), as: .responsible)
            #expect(try await numbers("") == [1])
            #expect(try await numbers("status=gedaan") == [2])
            #expect(try await numbers("status=alle") == [1, 2])
            let staff = Sample.event(
                "medewerker-betrokken",
                ["variant": "alsOuderOfPartnerThuis", "medewerker": "af-wilg", "datum": "2026-11-20"])
            _ = try await door.submit(staff, as: .responsible)
            #expect(try await numbers("status=alle").isEmpty)
        }
    }

    /// The journal takes an event and what it opens in one commit; told again, nothing is added.
    @Test func aRepeatedEventOpensNothingTwice() async throws {
        try await TestDoor.open { door in
            let match = Sample.match("M-1")
            for _ in 0..<3 { _ = try await door.submit(match, as: .responsible) }
            #expect(try await door.owed().count == 2)
        }
    }
}

extension Sample {
    fileprivate static func match(_ reference: String) -> JSONValue {
        event(
            "verwijsindexmatch-ontvangen",
            [
                "van": "vi", "datum": "2026-11-20", "kenmerk": .string(reference),
                "professionals": [["naam": "Testprofessional", "telefoon": "010-0000000"]],
            ])
    }

    fileprivate static func informed(match: String) -> JSONValue {
        event(
            "betrokkenen-geinformeerd",
            ["wie": ["vertegenwoordiger"], "datum": "2026-11-20", "match": .string(match)])
    }

    fileprivate static func step() -> JSONValue {
        event("stap-gezet", ["element": "collegialeConsultatie", "datum": "2026-11-20"])
    }
}

extension TestDoor {
    /// All items, or those of one kind.
    fileprivate func owed(_ kinds: OwedKind...) async throws -> [StoredOwedItem] {
        var filter = OwedFilter()
        filter.states = [.open]
        // The next step of the track is owed in every case; it has its own tests.
        filter.kinds = Set(OwedKind.allCases).subtracting([.stapTermijn])
        if !kinds.isEmpty { (filter.kinds, filter.states) = (Set(kinds), nil) }
        return try await store.owedItems(filter)
    }

    /// The first of a kind, in whatever state.
    fileprivate func owed(_ kind: OwedKind) async throws -> StoredOwedItem? {
        var filter = OwedFilter()
        filter.kinds = [kind]
        return try await store.owedItems(filter).first
    }

    /// The kinds of what is open, by number.
    fileprivate var open: [OwedKind] {
        get async throws { try await owed().map(\.kind) }
    }

    /// A registration that a person confirmed and put into the index on 5 November 2026.
    fileprivate func register() async throws -> DeliveryID {
        let reply = try await submit(Sample.registration(), as: .responsible)
        #expect(reply.status == 202)
        try await handOver(1)
        return 1
    }

    fileprivate func handOver(_ delivery: DeliveryID) async throws {
        let path = "/v1/afleveringen/\(delivery)"
        if try await store.delivery(delivery)?.state == .waiting {
            #expect(try await post("\(path)/bevestiging", as: .responsible).status == 202)
        }
        #expect(try await post("\(path)/vrijgave", [:], as: .responsible).status == 200)
        let closed = try await post(
            "\(path)/afsluiting", ["verstrekt": true, "tijdstip": "2026-11-05T10:00:00+01:00"], as: .responsible)
        #expect(closed.status == 200)
    }
}

extension TestDoor {
    /// Those about what is owed.
    fileprivate func notices() async throws -> [StoredNotice] {
        try await store.notices(NoticeFilter()).filter { $0.owedItem != nil }
    }

    /// The first message of rungs.
    fileprivate var rung: StoredDelivery? {
        get async throws {
            try await store.deliveries(DeliveryFilter()).first {
                $0.eventType == EventType.opschalingGedaan.rawValue
            }
        }
    }
}
