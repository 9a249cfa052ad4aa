// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Delivery
import Testing
import Values
import Web

/// Figures of a made-up school year over the running gateway, beside counts made by hand.
@Suite(.timeLimit(.minutes(5))) struct BoardFigureTests {
    // MARK: - What is counted

    @Test func aDirectieSeesWhatHappenedExactly() async throws {
        try await FigureStory.open { story in
            let figures = try await story.figures(as: .elsewhere)
            #expect(figures.json["vorm"]?.string == "eigen")
            #expect(figures.json["periode"]?["volledig"]?.bool == true)
            for (column, count) in [
                ("gebruikt", 6), ("inKaartBrengen", 5), ("collegialeConsultatie", 2), ("gesprek", 1), ("wegen", 1),
                ("beslissen", 1),
            ] {
                #expect(figures["gebruik", "02CD", column] == ["aantal": .number(Double(count))], "\(column)")
            }
            for (column, count) in [("adviezen", 0), ("meldingen", 4), ("hulp", 1), ("registraties", 0)] {
                #expect(figures["acties", "02CD", column] == ["aantal": .number(Double(count))], "\(column)")
            }
            for (partner, counts) in [("vt", [1, 1, 1, 1, 0, 4]), ("hulp", [0, 0, 0, 1, 0, 1])] {
                let columns = ["opTijd", "later", "deels", "nogNiet", "loopt", "totaal"]
                for (column, count) in zip(columns, counts) {
                    let cell = figures["terugkoppeling-ketenpartner", partner, column]
                    #expect(cell == ["aantal": .number(Double(count))], "\(partner) \(column)")
                }
            }
            // After 2 days the one, after 40 the other.
            #expect(figures["terugkoppeling-ketenpartner", "vt", "mediaanDagen"] == ["waarde": 21])
            #expect(figures["drempels", "vt", "wachttijd"] == ["aantal": 1])
            // A step was skipped without a reason.
            #expect(figures["vastlegging", "02CD", "registratie"] == ["woord": "aandacht"])
            #expect(figures["vastlegging", "02CD", "uren"] == ["waarde": 4.5])
            #expect(figures.rows("gebruik") == ["02CD"])
        }
    }

    /// What was recorded wrongly counts as it was put right, and nothing counts twice.
    @Test func aCorrectionCounts() async throws {
        try await FigureStory.open { story in
            try await story.submit(
                "terugkoppeling-ontvangen", zaak: "e-2",
                [
                    "van": "vt", "datum": story.day(22), "moment": "besluit", "besluit": "eindeBemoeienis",
                    "corrigeert": .number(Double(story.lateFeedback)),
                ])
            let figures = try await story.figures(as: .elsewhere)
            for (column, count) in [("opTijd", 2), ("later", 0), ("nogNiet", 1), ("totaal", 4)] {
                let cell = figures["terugkoppeling-ketenpartner", "vt", column]
                #expect(cell == ["aantal": .number(Double(count))], "\(column)")
            }
        }
    }

    /// What was told because somebody asked is no report and no referral; a registration that was made elsewhere is one.
    @Test func whatWasToldCountsForWhatItIs() async throws {
        try await FigureStory.open { story in
            try await story.disclosed("e-5", to: "vt", 55, ["verzoek": "V-1"])
            try await story.disclosed("e-5", to: "hulp", 56, ["verzoek": "V-2"])
            try await story.disclosed("e-5", to: "vi", 57)
            let figures = try await story.figures(as: .elsewhere)
            for (column, count) in [("meldingen", 4), ("hulp", 1), ("registraties", 1)] {
                #expect(figures["acties", "02CD", column] == ["aantal": .number(Double(count))], "\(column)")
            }
        }
    }

    /// What was missing on its day stays so, whoever tidies it up; what should not have stood there never counted.
    @Test(arguments: [("nietMeerNodig", 1, 4), ("dubbel", 0, 3), ("perVergissing", 0, 3)])
    func whatIsDroppedAfterItsDay(reason: String, missing: Int, total: Int) async throws {
        try await FigureStory.open { story in
            var filter = OwedFilter()
            filter.ofCase = CaseName(school: "02CD", reference: "e-4")
            filter.kinds = [.terugkoppelingBesluit]
            let number = try #require(try await story.door.store.owedItems(filter).first?.id)
            try await story.submit(
                "verplichting-bijgewerkt", zaak: "e-4",
                [
                    "verplichting": .number(Double(number)), "actie": "vervallen", "reden": .string(reason),
                    // That it was decided in time does not make it so.
                    "datum": story.day(41),
                ])
            let figures = try await story.figures(as: .elsewhere)
            for (column, count) in [("nogNiet", missing), ("totaal", total)] {
                let cell = figures["terugkoppeling-ketenpartner", "vt", column]
                #expect(cell == ["aantal": .number(Double(count))], "\(column)")
            }
        }
    }

    /// Advice, a report and a registration have no date of their own: the day they came in.
    @Test func whatIsDecidedCountsOnItsDay() async throws {
        try await FigureStory.open { story in
            let door = story.door
            for number in 1...6 {
                let zaak = "n-\(number)"
                _ = try await door.submit(Sample.event("advies-gevraagd", zaak: zaak, ["vraag": "wegen"]))
                _ = try await door.submit(Sample.report(zaak: zaak))
                _ = try await door.submit(Sample.registration(zaak: zaak), as: .system)
            }
            // Of the reports one was cancelled before it left; nobody confirmed a registration.
            let reports = try await door.get("/v1/afleveringen?ontvanger=vt&status=wachtOpBevestiging&aantal=200")
            let cancelled = try #require(reports.json?["afleveringen"]?.array?.last?["nummer"]?.integer)
            #expect(try await door.post("/v1/afleveringen/\(cancelled)/annulering", as: .responsible).status < 300)
            let month = CalendarDate(String(door.clock.today.description.prefix(8)) + "01") ?? door.clock.today
            let last = month.adding(months: 1).adding(days: -1)
            let figures = try await story.figures(
                "/v1/cijfers/meldcode?van=\(month)&tot=\(last)", as: .central)
            #expect(figures["acties", "01AB", "adviezen"] == ["aantal": 6])
            #expect(figures["acties", "01AB", "meldingen"] == ["aantal": 5])
            #expect(figures["acties", "01AB", "registraties"] == ["aantal": 0])
            #expect(figures["gebruik", "01AB", "beslissen"] == ["aantal": 6])
            // Nothing of the year before, but what is still open.
            #expect(figures["gebruik", "02CD", "gebruikt"] == ["aantal": 0])
            #expect(figures.json["periode"]?["volledig"]?.bool == (last < door.clock.today))
        }
    }

    // MARK: - Who sees what

    @Test func insideTheBoardSmallNumbersAreBands() async throws {
        try await FigureStory.open { story in
            let figures = try await story.figures(as: .central)
            #expect(figures.rows("gebruik") == ["01AB", "02CD"])
            #expect(figures["gebruik", "01AB", "gebruikt"] == ["van": 1, "tot": 4])
            #expect(figures["gebruik", "02CD", "gebruikt"] == ["aantal": 6])
            #expect(figures["acties", "01AB", "meldingen"] == ["aantal": 0])
            #expect(figures["acties", "02CD", "meldingen"] == ["van": 1, "tot": 4])
            // No total says what the band hides.
            #expect(figures["gebruik", "totaal", "gebruikt"]?["aantal"] == nil)
            let counts = figures.counts
            #expect(!counts.isEmpty && counts.allSatisfy { !(1...4).contains($0) })
            for word in FigureStory.secrets { #expect(!figures.reply.text.contains(word)) }
        }
    }

    @Test func nobodyElseSeesThem() async throws {
        try await FigureStory.open { story in
            for path in story.paths {
                for who in [TestDoor.Who.system, .teacher, .responsible] {
                    let refused = try await story.door.get(path, as: who)
                    #expect(refused.status == 403, "\(path)")
                }
            }
            // A directie sees no other school, and publishes nothing.
            for path in ["scholen/01AB?\(story.period)", "meldcode?\(story.period)&vorm=publiek"] {
                let refused = try await story.door.get("/v1/cijfers/\(path)", as: .elsewhere)
                #expect(refused.status == 403)
            }
        }
    }

    /// Practice 7: a person who is barred from a case sees every number without it, and learns nothing by comparing.
    @Test func whoIsBarredSeesNothingOfTheCase() async throws {
        try await FigureStory.open { story in
            let open = try await story.published()
            try await story.submit(
                "medewerker-betrokken", zaak: "e-1",
                ["variant": "alsOuderOfPartnerThuis", "medewerker": "af-els", "datum": story.day(90)])
            let figures = try await story.figures(as: .elsewhere)
            #expect(figures["gebruik", "02CD", "gebruikt"] == ["aantal": 5])
            #expect(figures["gebruik", "02CD", "wegen"] == ["aantal": 0])
            #expect(figures["acties", "02CD", "meldingen"] == ["aantal": 3])
            #expect(figures["terugkoppeling-ketenpartner", "vt", "opTijd"] == ["aantal": 0])
            let month = story.door.clock.today.description.prefix(7)
            let incidents = try await story.door.get("/v1/cijfers/incidenten?maand=\(month)", as: .elsewhere)
            let steps = incidents.json?["scholen"]?.array?.first?["stappenMeldcode"]?.string
            #expect(steps == "\(FigureStory.stepsSubmitted - FigureStory.stepsOfTheFirst)")
            // Others see it; what is published is without it, whoever publishes.
            let central = try await story.figures(as: .central)
            #expect(central["gebruik", "02CD", "gebruikt"] == ["aantal": 6])
            let closed = try await story.published()
            // Six with the case, five without, and between 1 and 4 at the other school.
            #expect(open["gebruik", "totaal", "gebruikt"] == ["van": 5, "tot": 10])
            #expect(closed["gebruik", "totaal", "gebruikt"] == ["van": 5, "tot": 9])
        }
    }

    // MARK: - What is published

    @Test func whatIsPublishedHoldsNoSmallNumber() async throws {
        try await FigureStory.open { story in
            let figures = try await story.published()
            #expect(figures.json["vorm"]?.string == "openbaar")
            // Neither as itself, nor as the most that it can be; and something is left.
            #expect(figures.most.allSatisfy { $0 >= 5 } && !figures.most.isEmpty)
            #expect(figures["gebruik", "01AB", "gebruikt"] == ["nietGetoond": true])
            // An exact total would give the one school away to who knows the other.
            #expect(figures["gebruik", "totaal", "gebruikt"]?["aantal"] == nil)
            for word in FigureStory.secrets { #expect(!figures.reply.text.contains(word)) }
            let path = "/v1/cijfers/meldcode?\(story.period)&vorm=publiek"
            let text = try await story.door.get(path, as: .central, headers: [("Accept", "text/markdown")])
            #expect(text.status == 200 && text.text.contains("| school |"))
            // Only of a whole year.
            let part = "/v1/cijfers/meldcode?van=\(story.first)&tot=\(story.first.adding(days: 200))&vorm=publiek"
            let refused = try await story.door.get(part, as: .central)
            #expect(refused.status == 400 && refused.text.contains("ongeldigePeriode"))
            // And of none that goes on: a month later it would be another one.
            let (next, end) = (story.first.adding(years: 1), story.last.adding(years: 1))
            let early = "/v1/cijfers/meldcode?van=\(next)&tot=\(end)"
            let ongoing = try await story.door.get("\(early)&vorm=publiek", as: .central)
            #expect(ongoing.status == 400 && ongoing.text.contains("nog niet voorbij"))
            #expect(try await story.door.get(early, as: .central).status == 200)
        }
    }

    // MARK: - Forms

    @Test func everyFormSaysTheSame() async throws {
        try await FigureStory.open(renderer: PagePrinter()) { story in
            for path in story.paths {
                for (type, start, words) in [
                    ("application/json", "{", "\"rapport\""), ("text/csv", "\u{FEFF}\"", "De Els"),
                    ("text/html", "<!DOCTYPE html>", "<table"), ("text/plain", "De meldcode", "De Els"),
                    ("application/pdf", "%PDF-", "De Els"),
                ] {
                    let reply = try await story.door.get(path, as: .central, headers: [("Accept", type)])
                    #expect(reply.status == 200, "\(path) \(type)")
                    #expect(reply.header("content-type")?.hasPrefix(type) == true)
                    #expect(reply.text.unicodeScalars.starts(with: start.unicodeScalars), "\(path) \(type)")
                    #expect(reply.text.contains(words), "\(path) \(type)")
                    for word in FigureStory.secrets { #expect(!reply.text.contains(word), "\(path) \(type)") }
                }
                // As a browser asks.
                let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
                let page = try await story.door.get(path, as: .central, headers: [("Accept", browser)])
                let policies = page.headers.filter { $0.name == "content-security-policy" }.map(\.value)
                #expect(policies.count == 1 && policies.first?.contains("default-src 'none'") == true)
                #expect(policies.first?.contains("style-src 'unsafe-inline'") == true)
                #expect(policies.first?.contains("frame-ancestors 'none'") == true)
                #expect(
                    page.header("x-content-type-options") == "nosniff" && page.header("cache-control") == "no-store")
                let content = page.text.replacing("xmlns=\"http://www.w3.org/2000/svg\"", with: "")
                for foreign in ["<script", "http:", "https:", "url("] { #expect(!content.contains(foreign)) }
            }
        }
    }

    @Test func aPageThatCannotBePrintedIsTold() async throws {
        try await FigureStory.open { story in
            for path in story.paths {
                let reply = try await story.door.get(path, as: .central, headers: [("Accept", "application/pdf")])
                #expect(reply.status == 503 && reply.header("content-type") == "application/problem+json")
            }
        }
    }

    /// Who looked, and never at whom.
    @Test func thatSomebodyLookedIsWrittenDown() async throws {
        try await FigureStory.open { story in
            let before = story.door.log.all.count
            for path in story.paths { _ = try await story.door.get(path, as: .central) }
            let lines = story.door.log.all.dropFirst(before).filter { $0.contains("figures shown") }
            #expect(lines.count >= story.paths.count && lines.allSatisfy { $0.contains("token=") })
            for word in FigureStory.secrets + ["af-els"] {
                #expect(!story.door.log.all.dropFirst(before).contains { $0.contains(word) })
            }
        }
    }

    // MARK: - Statuses

    @Test(arguments: [
        "meldcode", "meldcode?van=2024-08-01", "meldcode?van=2024-08-01&tot=2025-02-30",
        "meldcode?van=2025-08-01&tot=2024-08-31", "meldcode?van=2020-01-01&tot=2025-01-31",
        "meldcode?van=2024-08-01&tot=2024-08-15", "meldcode?van=2024-08-01&tot=2024-08-31&vorm=alles",
        "jaarverslag", "jaarverslag?jaar=2024", "jaarverslag?jaar=2024-2026",
        "scholen/01AB", "scholen/01AB?van=2024-08-01&tot=2024-07-01",
    ])
    func aPeriodMustBeOne(path: String) async throws {
        try await TestDoor.open(morePersons: FigureStory.persons) { door in
            let reply = try await door.get("/v1/cijfers/\(path)", as: .central)
            #expect(reply.status == 400)
        }
    }

    /// The longest period, and the unit of bands.
    @Test func fiveYearsAndWholeMonthsAreFine() async throws {
        try await TestDoor.open(morePersons: FigureStory.persons) { door in
            for query in ["van=2020-01-01&tot=2024-12-31", "van=2024-02-01&tot=2024-02-29"] {
                let reply = try await door.get("/v1/cijfers/meldcode?\(query)", as: .central)
                #expect(reply.status == 200)
            }
            // A directie may choose any days.
            let reply = try await door.get("/v1/cijfers/meldcode?van=2024-02-03&tot=2024-02-05", as: .elsewhere)
            #expect(reply.status == 200)
        }
    }

    @Test func everyDocumentedStatusIsProduced() async throws {
        try await FigureStory.open { story in
            let door = story.door
            let routes = MeldpoortServer.routes.filter {
                $0.path.hasPrefix("/v1/cijfers/") && !$0.path.hasSuffix("incidenten")
            }
            #expect(routes.count == story.paths.count)
            for path in story.paths {
                let address = path.prefix { $0 != "?" }
                let route = try #require(
                    routes.first { $0.path.replacing("{brin}", with: "02CD") == address }, "\(path)")
                var seen: Set<Int> = []
                for (path, who, accept) in [
                    (path, .central, "*/*"), (path, nil, "*/*"), (path, .teacher, "*/*"), (path, .central, "image/png"),
                    (path + "&onbekend=1", .central, "*/*"), (path, .central, "application/pdf"),
                    (path + "&" + String(repeating: "a", count: 2_100), .central, "*/*"),
                    (path.replacing("02CD", with: "geen"), .central, "*/*"),
                ] as [(String, TestDoor.Who?, String)] {
                    seen.insert(try await door.get(path, as: who, headers: [("Accept", accept)]).status)
                }
                #expect(seen == route.statuses, "\(path)")
            }
        }
    }

    /// What cannot be read is told, and is no zero.
    @Test func withoutTheStoreThereAreNone() async throws {
        try await FigureStory.open { story in
            _ = try await story.door.get(story.paths[0], as: .central)
            story.door.store.turn(on: false)
            for path in story.paths { #expect(try await story.door.get(path, as: .central).status == 503) }
            story.door.store.turn(on: true)
        }
    }
}

/// Prints whatever it gets.
private struct PagePrinter: DocumentRenderer {
    func pdf(of document: HandoverDocument) async -> [UInt8]? { nil }

    func pdf(ofPage html: String) async -> [UInt8]? { Array("%PDF-proef \(html)".utf8) }
}
