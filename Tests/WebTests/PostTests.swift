// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Gateway
import Testing
import Values

/// What came in by mail, for the people who may see it; and that only they can make it mean anything (practice 24).
@Suite struct PostTests {
    private static let morePersons = """
          - id: centraal
            display_name: Centrale contactpersoon
            roles: [{role: centraleContactpersoon, van: 2020-01-01}]
          - id: af-els
            display_name: Aandachtsfunctionaris De Els
            roles: [{role: aandachtsfunctionaris, schools: [02CD], van: 2020-01-01}]
        """

    private static func open(_ body: @Sendable (TestDoor, ScriptedMailbox) async throws -> Void) async throws {
        let mailbox = ScriptedMailbox()
        try await TestDoor.open(morePersons: morePersons, postBoxes: [MailSite.box(mailbox)]) { door in
            try await body(door, mailbox)
        }
    }

    private static func post(_ door: TestDoor, as who: TestDoor.Who, _ query: String = "") async throws -> [JSONValue] {
        try await door.get("/v1/post\(query)", as: who).json?["post"]?.array ?? []
    }

    /// Reports to Veilig Thuis by hand, and gives the reference that went along.
    private static func report(_ door: TestDoor) async throws -> String {
        _ = try await door.submit(Sample.report(), as: .responsible)
        let released = try await door.post("/v1/afleveringen/1/vrijgave", [:], as: .responsible)
        let text = try #require(released.json?["aanwijzing"]?.string)
        return try #require(text.split(separator: " ").map(String.init).first { $0.hasPrefix("MP-") }).filter {
            $0 != "."
        }
    }

    @Test func anAnswerIsPlacedByItsReferenceAndFulfilsNothing() async throws {
        try await Self.open { door, mailbox in
            let reference = try await Self.report(door)
            let events = door.store.events
            mailbox.deliver(
                Letter.withAttachments(
                    "RE: melding \(reference.lowercased())", text: "Zie https://portaal.example/x?k=1"))
            await door.gateway.pollMailboxes()
            #expect(door.store.events == events, "no event comes of a mail")
            let listed = try #require(try await Self.post(door, as: .responsible).first)
            #expect(listed["geplaatst"]?.bool == true && listed["school"]?.string == "01AB")
            #expect(listed["ontvanger"]?.string == "vt" && listed["status"]?.string == "teBeoordelen")
            #expect(listed["soort"]?.string == "bericht" && listed["inhoud"] == nil && listed["onderwerp"] == nil)
            let shown = try await door.get("/v1/post/1", as: .responsible).json
            let content = try #require(shown?["inhoud"])
            #expect(content["tekst"]?.string == "Zie [link naar portaal.example weggelaten]")
            #expect(content["afzender"]?["adres"]?.string == "mw@partner.example")
            #expect(content["afzender"]?["waarschuwing"]?.string?.isEmpty == false)
            let attachments = content["bijlagen"]?.array ?? []
            #expect(attachments.map { $0["nietBewaard"]?.string } == [nil, "soortNietToegestaan"])
            let file = try await door.get("/v1/post/1/bijlagen/1", as: .responsible)
            #expect(file.status == 200 && String(decoding: file.body, as: UTF8.self) == "%PDF-1.7 proef")
            #expect(file.header("content-type") == "application/octet-stream")
            #expect(file.header("content-disposition") == "attachment; filename*=UTF-8''brief%20%C3%A9.pdf")
            for path in ["/v1/post/1/bijlagen/2", "/v1/post/1/bijlagen/3", "/v1/post/1/bijlagen/x", "/v1/post/2"] {
                #expect(try await door.get(path, as: .responsible).status == 404, "\(path)")
            }
        }
    }

    @Test func whoMaySeeWhat() async throws {
        try await Self.open { door, mailbox in
            let reference = try await Self.report(door)
            mailbox.deliver(Letter.bytes("over \(reference)"), Letter.bytes("zonder kenmerk"))
            await door.gateway.pollMailboxes()
            #expect(try await Self.post(door, as: .responsible).map { $0["nummer"]?.integer } == [1])
            #expect(try await Self.post(door, as: .central).map { $0["nummer"]?.integer } == [2])
            #expect(try await door.get("/v1/post/1", as: .central).status == 404)
            #expect(try await door.get("/v1/post/2", as: .responsible).status == 404)
            #expect(try await Self.post(door, as: .elsewhere).isEmpty)
            #expect(try await door.get("/v1/post/1", as: .elsewhere).status == 404)
            for path in ["/v1/post", "/v1/post/1", "/v1/post/1/bijlagen/1"] {
                #expect(try await door.get(path, as: .system).problem == "geen-toegang", "\(path)")
                #expect(try await door.get(path, as: nil).status == 401, "\(path)")
            }
            #expect(try await door.get("/v1/post", as: .teacher).problem == "geen-toegang")
            #expect(try await door.get("/v1/post/1", as: .teacher).status == 404)
            // Practice 7: for who is barred from the case there is no such mail.
            let staff = Sample.event(
                "medewerker-betrokken",
                ["medewerker": "af-wilg", "variant": "alsOuderOfPartnerThuis", "datum": "2026-11-20"])
            #expect(try await door.submit(staff, as: .responsible).status == 202)
            #expect(try await Self.post(door, as: .responsible).isEmpty)
            #expect(try await door.get("/v1/post/1", as: .responsible).status == 404)
        }
    }

    @Test func readingIsWrittenDownFirst() async throws {
        try await Self.open { door, mailbox in
            mailbox.deliver(Letter.bytes("een"))
            await door.gateway.pollMailboxes()
            door.store.refuseChanges(.unavailable(code: 13, message: "full"))
            let refused = try await door.get("/v1/post/1", as: .central)
            #expect(refused.status == 503 && !String(decoding: refused.body, as: UTF8.self).contains("Dag."))
            door.store.refuseChanges(nil)
            let changes = door.store.changes
            #expect(try await door.get("/v1/post/1", as: .central).status == 200)
            #expect(door.store.changes == changes + 1)
        }
    }

    @Test func aPersonPlacesAndJudges() async throws {
        try await Self.open { door, mailbox in
            _ = try await door.submit(Sample.concern(), as: .responsible)
            mailbox.deliver(Letter.bytes("zonder kenmerk", text: "Over een leerling."))
            await door.gateway.pollMailboxes()
            #expect(try await door.store.notices(NoticeFilter()).map(\.addressee).contains(.person("centraal")))
            let nowhere = try await door.post("/v1/post/1/oordeel", ["soort": "vraag"], as: .central)
            #expect(nowhere.problem == "ongeldige-gebeurtenis")
            let verdict: JSONValue = ["soort": "vraag", "school": "01AB", "zaak": "zaak-1"]
            #expect(try await door.post("/v1/post/1/oordeel", verdict, as: .teacher).status == 404)
            #expect(try await door.post("/v1/post/1/oordeel", verdict, as: .system).problem == "geen-toegang")
            #expect(try await door.post("/v1/post/1/oordeel", verdict, as: .central).status == 202)
            // Now it is the school's.
            #expect(try await Self.post(door, as: .central).isEmpty)
            let listed = try #require(try await Self.post(door, as: .responsible).first)
            #expect(listed["status"]?.string == "beoordeeld" && listed["geplaatst"]?.bool == true)
            #expect(try await Self.post(door, as: .responsible, "?status=teBeoordelen").isEmpty)
            let shown = try await door.get("/v1/post/1", as: .responsible).json
            #expect(shown?["inhoud"]?["tekst"]?.string?.hasPrefix("Over een leerling.") == true)
            // The same once more is refused; another verdict is a correction.
            let same = try await door.post("/v1/post/1/oordeel", ["soort": "vraag"], as: .responsible)
            #expect(same.status == 409)
            let other = try await door.post("/v1/post/1/oordeel", ["soort": "terugkoppeling"], as: .responsible)
            #expect(other.status == 202)
            let verdicts = try await door.get("/v1/post/1", as: .responsible).json?["oordelen"]?.array ?? []
            #expect(verdicts.map { $0["soort"]?.string } == ["vraag", "terugkoppeling"])
            #expect(verdicts.map { $0["door"]?.string } == ["centraal", "af-wilg"])
        }
    }

    @Test func theEventItselfJudges() async throws {
        try await Self.open { door, mailbox in
            let reference = try await Self.report(door)
            mailbox.deliver(Letter.bytes(reference), Letter.bytes("over \(reference)"))
            await door.gateway.pollMailboxes()
            let judged = Sample.event(
                "post-beoordeeld", ["post": 1, "soort": "ontvangstbevestiging", "datum": "2026-11-22"])
            #expect(try await door.submit(judged, as: .system).problem == "geen-toegang")
            #expect(try await door.submit(judged, as: .responsible).status == 202)
            let again = try await door.submit(judged, as: .responsible)
            #expect(again.status == 202 && again.json?["herhaling"]?.bool == true)
            let unknown = Sample.event("post-beoordeeld", ["post": 9, "soort": "vraag", "datum": "2026-11-22"])
            #expect(try await door.submit(unknown, as: .responsible).problem == "ongeldige-gebeurtenis")
            // What brings more than a verdict is its own event, with the number of the mail it came in with.
            let feedback = Sample.event(
                "terugkoppeling-ontvangen", ["van": "vt", "datum": "2026-11-22", "moment": "besluit", "post": 2])
            #expect(try await door.submit(feedback, as: .system).problem == "geen-toegang")
            let reply = try await door.submit(feedback, as: .responsible)
            #expect(reply.status == 202, "\(String(decoding: reply.body, as: UTF8.self))")
            #expect(try await Self.post(door, as: .responsible, "?status=teBeoordelen").isEmpty)
            #expect(try await door.store.mailJudgements(of: 2).map(\.verdict) == ["terugkoppeling"])
        }
    }

    /// To say of a mail what it is, is no reason to lose what it says.
    @Test func whatAMailWasJudgedToBeIsRecordedAfterwards() async throws {
        try await Self.open { door, mailbox in
            let reference = try await Self.report(door)
            let closed = try await door.post("/v1/afleveringen/1/afsluiting", ["verstrekt": true], as: .responsible)
            #expect(closed.status == 200)
            mailbox.deliver(Letter.bytes(reference))
            await door.gateway.pollMailboxes()
            let judged = try await door.post("/v1/post/1/oordeel", ["soort": "terugkoppeling"], as: .responsible)
            #expect(judged.status == 202)
            #expect(try await Self.states(door, .terugkoppelingBesluit) == [.open])
            #expect(try await Self.states(door, .postBeoordelen) == [.done])
            let feedback = Sample.event(
                "terugkoppeling-ontvangen", ["van": "vt", "datum": "2026-11-22", "moment": "besluit", "post": 1])
            let reply = try await door.submit(feedback, as: .responsible)
            #expect(reply.status == 202, "\(String(decoding: reply.body, as: UTF8.self))")
            #expect(try await Self.states(door, .terugkoppelingBesluit) == [.done])
            #expect(try await door.store.mailJudgements(of: 1).map(\.verdict) == ["terugkoppeling"])
        }
    }

    /// A match or a request starts its clock when it is recorded; until then the task about the mail says so.
    @Test func whatHasAClockOfItsOwnIsOwedUntilItIsRecorded() async throws {
        try await Self.open { door, mailbox in
            let reference = try await Self.report(door)
            mailbox.deliver(
                Letter.bytes(reference), Letter.bytes("over \(reference)"), Letter.bytes("nog eens \(reference)"))
            await door.gateway.pollMailboxes()
            for (number, verdict) in [(1, "informatieverzoek"), (2, "match"), (3, "match")] {
                let judged = try await door.post(
                    "/v1/post/\(number)/oordeel", ["soort": .string(verdict)], as: .responsible)
                #expect(judged.status == 202)
            }
            #expect(try await Self.states(door, .postBeoordelen) == [.open, .open, .open])
            let request = Sample.event(
                "informatieverzoek-ontvangen", ["van": "vt", "kenmerk": "VT-7", "datum": "2026-11-20", "post": 1])
            #expect(try await door.submit(request, as: .responsible).status == 202)
            #expect(try await Self.states(door, .postBeoordelen) == [.done, .open, .open])
            let match = Sample.event(
                "verwijsindexmatch-ontvangen", ["van": "vi", "kenmerk": "M-1", "datum": "2026-11-20", "post": 2])
            #expect(try await door.submit(match, as: .responsible).status == 202)
            #expect(try await Self.states(door, .postBeoordelen) == [.done, .done, .open])
            // It was something else after all.
            let other = try await door.post("/v1/post/3/oordeel", ["soort": "nietTerZake"], as: .responsible)
            #expect(other.status == 202)
            #expect(try await Self.states(door, .postBeoordelen) == [.done, .done, .done])
        }
    }

    /// Of the items of a kind, by number.
    private static func states(_ door: TestDoor, _ kind: OwedKind) async throws -> [OwedState] {
        var filter = OwedFilter()
        filter.kinds = [kind]
        return try await door.store.owedItems(filter).map(\.state)
    }

    /// Who placed a mail with a school of others no longer sees it, and may still send that event once more.
    @Test func aRepeatIsKnownEvenOutOfSight() async throws {
        try await Self.open { door, mailbox in
            mailbox.deliver(Letter.bytes("een"))
            await door.gateway.pollMailboxes()
            let judged = Sample.event("post-beoordeeld", ["post": 1, "soort": "vraag", "datum": "2026-11-22"])
            #expect(try await door.submit(judged, as: .central).status == 202)
            let again = try await door.submit(judged, as: .central)
            #expect(again.status == 202 && again.json?["herhaling"]?.bool == true)
            #expect(try await door.store.mailJudgements(of: 1).count == 1)
        }
    }

    @Test func whatBelongsToTwoCasesOrSaysSoByNameWaitsForAPerson() async throws {
        try await Self.open { door, mailbox in
            let one = try await Self.report(door)
            _ = try await door.submit(Sample.report(zaak: "zaak-2"), as: .responsible)
            let released = try await door.post("/v1/afleveringen/2/vrijgave", [:], as: .responsible)
            let text = released.json?["aanwijzing"]?.string ?? ""
            #expect(text.contains("MP-") && !text.contains(one))
            mailbox.deliver(
                Letter.bytes("\(one) en \(text)"), Letter.bytes("zaak-1", text: "Over Testkind Voorbeeld-Achternaam"),
                Letter.bytes("MP-FFFF-FFFF-FFFF"))
            await door.gateway.pollMailboxes()
            #expect(try await Self.post(door, as: .central).map { $0["nummer"]?.integer } == [1, 2, 3])
            #expect(try await Self.post(door, as: .responsible).isEmpty)
        }
    }
}
