// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Meldcode
import Testing
import Values

@Suite struct TimelineTests {
    /// Each choice of each event type has words of its own, and no type is without a line.
    @Test(arguments: EventType.allCases)
    func everyEventHasALine(_ type: EventType) throws {
        var generator = EventGenerator(seed: 7, fill: .everything)
        for _ in 0..<10 {
            let event = try generator.event(type)
            let moment = try Timestamp(parsing: "2026-11-22T10:00:00Z")
            let arrival = CaseRecord.Arrival(event, receivedAt: moment)
            let timeline = Sample.timeline(try Sample.vo(), [arrival])
            #expect(timeline.lines.count == 1)
            let line = try #require(timeline.lines.first)
            #expect(line.text.hasSuffix("."))
            #expect(!line.text.contains("onbekend"), "\(line.text)")
            #expect(line.date <= moment.calendarDateInAmsterdam || line.happenedAt != nil)
            #expect(!hasBareMelding(timeline.text), "\(timeline.text)")
            #expect(!hasBareMelding(timeline.json.prettyString))
        }
    }

    /// Whatever stands in an event as free text, name, number or reference never stands in a timeline.
    @Test(arguments: EventType.allCases)
    func noContentGetsThrough(_ type: EventType) throws {
        var generator = EventGenerator(seed: 11, fill: .everything, texts: .canaries)
        for _ in 0..<10 {
            let event = try generator.event(type)
            let moment = try Timestamp(parsing: "2026-11-22T10:00:00Z")
            for track in [try Sample.po(), try Sample.vo()] {
                let timeline = Sample.timeline(track, [CaseRecord.Arrival(event, receivedAt: moment)])
                let shown = timeline.text + timeline.json.prettyString
                for leaf in event.data.leaves where leaf.value.string?.hasPrefix("Kan") == true {
                    #expect(!shown.contains(leaf.value.string ?? ""), "\(type) \(leaf.path)")
                }
                #expect(!shown.contains("9999"), "\(type)")
                #expect(!shown.showsReferences(of: event), "\(type)")
            }
        }
    }

    @Test func linesStandByTheirDay() throws {
        let told: [String: JSONValue] = [
            "ontvanger": "vt", "wijze": "telefoon", "tijdstip": "2026-11-02T20:15:00+01:00", "leerling": [:],
        ]
        let events = [
            try Sample.stap(5, .inKaartBrengen), try Sample.stap(4, .collegialeConsultatie),
            try Sample.arrival(.verstrekkingVastgelegd, 3, told),
            // The day of a meeting to come is not the day on which it was planned.
            try Sample.arrival(.overlegGepland, 1, ["ontvangers": ["raad"], "leerling": [:], "datum": "2026-11-30"]),
        ]
        let lines = Sample.timeline(try Sample.po(), events).lines
        #expect(
            lines.map { "\($0.date) \($0.text)" } == [
                "2026-11-01 Multidisciplinair overleg gepland op 30-11-2026, met de Raad.",
                "2026-11-02 Gegevens verstrekt aan Veilig Thuis Voorbeeldregio, per telefoon; achteraf vastgelegd.",
                "2026-11-04 Stap gezet: overleg met een collega.",
                "2026-11-05 Stap gezet: in kaart brengen van signalen.",
            ])
        #expect(lines[1].happenedAt?.dutchText == "02-11-2026 20:15")
        #expect(lines[1].recordedAt.dutchText == "03-11-2026 13:00")
    }

    @Test func alarmsStandFirst() throws {
        let alarms = ["Acuut gevaar: bel nu 112.", "Nog niet aangekomen: bel 0800-2000."]
        let text = Sample.timeline(try Sample.po(), [], alarms: alarms).text
        #expect(text.hasPrefix("!! Acuut gevaar: bel nu 112.\n!! Nog niet aangekomen: bel 0800-2000.\n\nZaak "))
        #expect(Sample.timeline(nil, []).text == "Zaak \(Sample.zaak), de school heeft geen spoor\n")
    }

    @Test func unsafetyIsAnAlarmUntilThereIsAReport() throws {
        let unsafe = try Sample.weging(2, ["vermoeden": "ja", "onveiligheid": "twijfel"], "melden")
        let po = try Sample.po()
        #expect(Sample.timeline(po, [unsafe]).alarms == [WeighingOutcome.meldenNu.text])
        #expect(Sample.timeline(po, [unsafe], alarms: ["Eigen."]).alarms == ["Eigen."])
        #expect(Sample.timeline(po, [unsafe, try Sample.melding(3)]).alarms.isEmpty)
        let phoned: [String: JSONValue] = [
            "ontvanger": "vt", "wijze": "telefoon", "tijdstip": "2026-11-02T20:15:00+01:00", "leerling": [:],
        ]
        #expect(
            Sample.timeline(po, [unsafe, try Sample.arrival(.verstrekkingVastgelegd, 3, phoned)]).alarms.isEmpty)
        let safe = try Sample.weging(3, ["vermoeden": "nee"], "afsluiten")
        #expect(Sample.timeline(po, [unsafe, safe]).alarms.isEmpty)
        // Decided and not there yet: said first of all that is owed.
        #expect(Sample.timeline(po, [unsafe]).owed.first?.subject == .meldingVeiligThuis)
    }

    @Test func consentAndInforming() throws {
        let consent: [String: JSONValue] = [
            "besluit": "gegeven", "door": "ouderMetGezag", "persoon": "Voorbeeld-Achternaam", "ontvangers": ["smw"],
            "gegevens": ["zorgen"], "doel": "hulpVerlenen", "geldigTot": "2027-01-31", "onenigheid": true,
        ]
        let events = [
            try Sample.arrival(.toestemmingVastgelegd, 1, consent),
            try Sample.arrival(
                .betrokkenenGeinformeerd, 2, ["over": ["vt"], "wie": ["leerling", "vertegenwoordiger"]]),
            try Sample.arrival(.betrokkenenGeinformeerd, 3, ["redenNiet": "acuutGevaar"]),
            try Sample.arrival(.betrokkenenGeinformeerd, 4, ["wie": ["leerling"], "redenNiet": "onbereikbaar"]),
        ]
        #expect(
            Sample.timeline(nil, events).lines.map(\.text) == [
                "Toestemming gegeven door een ouder met gezag voor Schoolmaatschappelijk werk Voorbeeld, om hulp te verlenen, geldig tot en met 31-01-2027; de ouders met gezag zijn het niet eens.",
                "Geïnformeerd: leerling en vertegenwoordiger, over Veilig Thuis Voorbeeldregio.",
                "Nog niet geïnformeerd; reden: acuut gevaar.", "Alleen geïnformeerd: leerling; reden: niet bereikbaar.",
            ])
    }

    /// What was done about what is owed stands in the course of the case, in fixed words.
    @Test func whatIsOwedHasItsLines() throws {
        let contact: [String: JSONValue] = [
            "van": "vt", "datum": "2026-11-01", "wijze": "telefoon", "uitkomst": "toegezegd",
            "volgendMoment": "2026-11-12", "gesprokenMet": "Voorbeeld-Achternaam", "toelichting": "Kanarie",
        ]
        let feedback: [String: JSONValue] = [
            "van": "vt", "datum": "2026-11-04", "moment": "besluit", "besluit": "eigenOnderzoek", "wijze": "telefoon",
            "volledigheid": "deels", "volgendMoment": "2026-12-01", "monitoringTot": "2027-02-01", "corrigeert": 12,
        ]
        let events = [
            try Sample.arrival(.partnercontactVastgelegd, 1, contact),
            try Sample.arrival(
                .drempelGemeld, 2, ["van": "vt", "datum": "2026-11-02", "soort": "nietGehoord", "toelichting": "x"]),
            try Sample.arrival(
                .verplichtingBijgewerkt, 3,
                [
                    "verplichting": 17, "actie": "uitgesteld", "tot": "2026-11-20", "reden": "afgesprokenMetPartner",
                    "datum": "2026-11-03",
                ]),
            try Sample.arrival(.terugkoppelingOntvangen, 4, feedback),
        ]
        #expect(
            Sample.timeline(nil, events).lines.map { "\($0.kind) \($0.text)" } == [
                "contact Contact gezocht met Veilig Thuis Voorbeeldregio, per telefoon: er is een dag toegezegd; volgend moment: 12-11-2026.",
                "drempel Drempel bij Veilig Thuis Voorbeeldregio: de school voelt zich niet gehoord.",
                "verplichting Verplichting 17 uitgesteld tot 20-11-2026: zo afgesproken met de ketenpartner.",
                "terugkoppeling Terugkoppeling van Veilig Thuis Voorbeeldregio, per telefoon: besluit genomen (deels); besluit: eigen onderzoek; volgend moment: 01-12-2026; de school blijft de leerling volgen tot 01-02-2027; in plaats van gebeurtenis 12.",
            ])
    }

    @Test func theTermOfHelpStandsWithTheDecision() throws {
        let answers: [String: JSONValue] = [
            "vermoeden": "ja", "onveiligheid": "nee", "hulpMogelijk": "ja", "hulpAanvaard": "ja",
        ]
        let data: [String: JSONValue] = [
            "antwoorden": .object(answers), "besluit": "hulp", "datum": "2026-11-05", "hulpTot": "2027-01-15",
        ]
        let line = Sample.timeline(nil, [try Sample.arrival(.wegingVastgelegd, 5, data)]).lines[0]
        #expect(line.text.hasSuffix("; hulp tot 15-01-2027."))
    }

    @Test func theRegionsOwnNameOfTheIndex() throws {
        let data: [String: JSONValue] = [
            "leerling": ["achternaam": "Voorbeeld-Achternaam", "geboortedatum": "2015-01-01", "geslacht": "vrouw"],
            "risicos": ["a"],
        ]
        let event = try Sample.arrival(.verwijsindexregistratieGevraagd, 1, data)
        #expect(
            Sample.timeline(nil, [event], index: "SISA").lines[0].text
                == "Registratie in de verwijsindex (SISA) gevraagd.")
        #expect(Sample.timeline(nil, [event]).lines[0].text == "Registratie in de verwijsindex gevraagd.")
    }

    // MARK: - What is owed

    private func request(_ day: Int, _ reference: String?) throws -> CaseRecord.Arrival {
        let known: [String: JSONValue] = reference.map { ["kenmerk": .string($0)] } ?? [:]
        return try Sample.arrival(.informatieverzoekOntvangen, day, ["van": "raad"].merging(known) { $1 })
    }

    private func answer(_ to: String, _ reference: String?) throws -> CaseRecord.Arrival {
        let known: [String: JSONValue] = reference.map { ["verzoek": .string($0)] } ?? [:]
        let base: [String: JSONValue] = ["ontvangers": [.string(to)], "doel": "takenRaad", "leerling": [:]]
        return try Sample.arrival(.verstrekkingBesloten, 9, base.merging(known) { $1 })
    }

    @Test func aRequestIsOwedUntilThereIsADecision() throws {
        func isOwed(_ reference: String?, _ answers: [CaseRecord.Arrival]) throws -> Bool {
            Sample.timeline(nil, [try request(1, reference)] + answers).owed.contains { $0.subject == .verzoek }
        }
        #expect(try isOwed("R-1", []))
        #expect(try isOwed("R-1", [answer("raad", "R-2")]))
        #expect(try isOwed("R-1", [answer("vt", "R-1")]))
        #expect(try !isOwed("R-1", [answer("raad", "R-1")]))
        #expect(try !isOwed("R-1", [answer("raad", nil)]))
        #expect(try !isOwed(nil, [answer("raad", "R-1")]))
    }

    private func delivery(_ day: Int, disclosed: Bool, feedback: Bool, owed: [String] = []) throws
        -> CaseRecord.Delivery
    {
        CaseRecord.Delivery(
            number: 12, recipient: "vt", state: disclosed ? "aangekomen" : "wacht op bevestiging",
            at: try Timestamp(parsing: "2026-11-0\(day)T12:00:00Z"), article: "Wmo 2015 art. 5.2.6",
            isDisclosure: disclosed, owesFeedback: feedback, owed: owed)
    }

    @Test func feedbackIsOwedFromTheDisclosureOn() throws {
        let came = try Sample.arrival(
            .terugkoppelingOntvangen, 5, ["van": "vt", "moment": "besluit", "besluit": "overdrachtLokaalTeam"])
        func owes(_ delivery: CaseRecord.Delivery, _ events: [CaseRecord.Arrival] = []) -> [String] {
            Sample.timeline(nil, events, deliveries: [delivery]).owed.filter { $0.subject == .terugkoppeling }
                .map(\.text)
        }
        #expect(try owes(delivery(4, disclosed: true, feedback: true)).count == 1)
        #expect(try owes(delivery(4, disclosed: false, feedback: true)).isEmpty)
        #expect(try owes(delivery(4, disclosed: true, feedback: false)).isEmpty)
        #expect(try owes(delivery(4, disclosed: true, feedback: true), [came]).isEmpty)
        #expect(try owes(delivery(6, disclosed: true, feedback: true), [came]).count == 1)
        let text = try #require(try owes(delivery(4, disclosed: true, feedback: true)).first)
        // Practice 26: no term in the law, so no claim of a breach.
        #expect(text.contains("op het afgesproken moment"))
        for word in ["te laat", "verplicht", "termijn"] { #expect(!text.contains(word)) }
    }

    @Test func shortfallsOfDeliveriesAreOwed() throws {
        let delivery = try delivery(4, disclosed: true, feedback: false, owed: ["De weging is niet vastgelegd."])
        let timeline = Sample.timeline(nil, [], deliveries: [delivery])
        #expect(
            timeline.owed.map(\.text) == [
                "Aflevering 12, Veilig Thuis Voorbeeldregio: De weging is niet vastgelegd."
            ])
        #expect(
            timeline.lines.map(\.text) == [
                "Aflevering 12 aan Veilig Thuis Voorbeeldregio: aangekomen (Wmo 2015 art. 5.2.6)."
            ])
        #expect(timeline.lines.map(\.kind) == [.verstrekking])
    }

    @Test func helpAsksForItsEnd() throws {
        let help: [String: JSONValue] = [
            "vermoeden": "ja", "onveiligheid": "nee", "hulpMogelijk": "ja", "hulpAanvaard": "ja",
        ]
        func owes(_ events: [CaseRecord.Arrival]) -> Bool {
            Sample.timeline(nil, events).owed.contains { $0.subject == .hulp }
        }
        let started = try Sample.weging(1, help, "hulp")
        #expect(owes([started]))
        #expect(!owes([started, try Sample.weging(2, help.merging(["resultaat": "ja"]) { $1 }, "afsluiten")]))
        #expect(!owes([started, try Sample.arrival(.zaakAfgesloten, 3, ["reden": "overgedragen"])]))
    }
}

extension String {
    /// Whether a reference that an event gave is shown.
    fileprivate func showsReferences(of event: CaseEvent) -> Bool {
        let references = ["indiener", "uitgevoerdDoor", "medewerker", "persoon", "van", "ontvanger"]
        return references.contains { name in
            event.data[name]?.string.map { self.contains($0) } ?? false
        }
    }
}
