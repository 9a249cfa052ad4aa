// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Disclosures
import PrivacyRules
import Testing
import Values

/// From an event and its case to what a decision depends on.
@Suite struct SituatingTests {
    private let policy: Policy

    init() throws {
        policy = try SamplePolicy.make()
    }

    // MARK: - Age

    /// Born, and the first day of each next band: 12, 16, 18 and 23.
    @Test(arguments: [
        ("2010-06-15", ["2022-06-15", "2026-06-15", "2028-06-15", "2033-06-15"]),
        ("2008-02-29", ["2020-02-29", "2024-02-29", "2026-03-01", "2031-03-01"]),
        ("2009-02-28", ["2021-02-28", "2025-02-28", "2027-02-28", "2032-02-28"]),
        ("2009-12-31", ["2021-12-31", "2025-12-31", "2027-12-31", "2032-12-31"]),
        ("2010-01-01", ["2022-01-01", "2026-01-01", "2028-01-01", "2033-01-01"]),
    ])
    func bandsBeginOnTheBirthday(_ born: String, _ birthdays: [String]) throws {
        let birth = try #require(CalendarDate(born))
        let bands: [AgeBand] = [.onder12, .van12tot15, .van16en17, .van18tot22, .vanaf23]
        #expect(AgeBand(birthDate: birth, on: birth) == .onder12)
        #expect(AgeBand(birthDate: birth, on: birth.adding(days: -1)) == .onbekend)
        #expect(AgeBand(birthDate: nil, on: birth) == .onbekend)
        for (index, text) in birthdays.enumerated() {
            let birthday = try #require(CalendarDate(text))
            #expect(AgeBand(birthDate: birth, on: birthday.adding(days: -1)) == bands[index], "\(text)")
            #expect(AgeBand(birthDate: birth, on: birthday) == bands[index + 1], "\(text)")
        }
        for band in AgeBand.allCases {
            #expect(band.decidesSelf == [.van16en17, .van18tot22, .vanaf23].contains(band))
        }
    }

    // MARK: - Informing

    private func situation(
        _ data: JSONValue, of type: EventType = .veiligThuisMeldingBesloten, facts: [(EventType, JSONValue)] = [],
        to kind: RecipientKind = .veiligThuis, change: (inout SampleInput) -> Void = { _ in }
    ) throws -> Situation {
        var sample = SampleInput(try CaseEvent(id: "e", source: "urn:test", type: type, data: data), to: kind)
        for (type, data) in facts {
            sample.facts.apply(try CaseEvent(id: "f", source: "urn:test", type: type, data: data))
        }
        change(&sample)
        return policy.judge(sample.input).situation
    }

    private func report(age: Int?) -> JSONValue {
        let born = age.map { SampleInput.day.adding(years: -$0).description }
        let pupil: JSONValue = born.map { ["geboortedatum": .string($0)] } ?? [:]
        return ["zaak": "z-1", "school": "00AA", "leerling": pupil, "inzageBetrokkenen": [:]]
    }

    /// Jeugdwet 7.1.5.1: who must have been told, by age.
    @Test func whoMustBeTold() throws {
        let both = ["leerling", "vertegenwoordiger"]
        let rows: [(Int?, [String])] = [
            (11, ["vertegenwoordiger"]), (12, both), (15, both), (16, ["leerling"]), (18, ["leerling"]),
            (23, ["leerling"]), (nil, both),
        ]
        for (age, must) in rows {
            for told in [[], ["leerling"], ["vertegenwoordiger"], both] {
                let list = JSONValue.array(told.map(JSONValue.string))
                let isEnough = Set(told).isSuperset(of: must)
                let own = report(age: age).with("/afsprakenMetBetrokkenen", ["geinformeerd": true, "wie": list])
                #expect(try situation(own).informed == (isEnough ? .geinformeerd : .deels), "\(age ?? -1) \(told)")
                let recorded: JSONValue = ["zaak": "z-1", "school": "00AA", "datum": "2026-01-01", "wie": list]
                let state = try situation(report(age: age), facts: [(.betrokkenenGeinformeerd, recorded)]).informed
                #expect(state == (isEnough ? .geinformeerd : told.isEmpty ? .onbekend : .deels), "\(age ?? -1) \(told)")
            }
        }
    }

    @Test func whatWasRecordedAboutAnotherRecipientDoesNotCount() throws {
        let recorded: JSONValue = [
            "zaak": "z-1", "school": "00AA", "datum": "2026-01-01", "wie": ["vertegenwoordiger"],
        ]
        for (about, isTold): ([JSONValue]?, Bool) in [
            (nil, true), (["ontvanger-veiligThuis"], true), (["ontvanger-politie"], false),
            (["ontvanger-politie", "ontvanger-veiligThuis"], true),
        ] {
            let data = about.map { recorded.with("/over", .array($0)) } ?? recorded
            let informed = try situation(report(age: 8), facts: [(.betrokkenenGeinformeerd, data)]).informed
            #expect(informed == (isTold ? .geinformeerd : .onbekend))
        }
    }

    @Test func notTellingWithAndWithoutAReason() throws {
        let silent = report(age: 8).with("/afsprakenMetBetrokkenen", ["geinformeerd": false])
        #expect(try situation(silent).informed == .nietZonderReden)
        let reason = silent.with("/afsprakenMetBetrokkenen/redenNietGeinformeerd", "Veiligheid.")
        #expect(try situation(reason).informed == .nietMetReden)
        let recorded: JSONValue = [
            "zaak": "z-1", "school": "00AA", "datum": "2026-01-01", "redenNiet": "veiligheidKind",
        ]
        #expect(try situation(silent, facts: [(.betrokkenenGeinformeerd, recorded)]).informed == .nietMetReden)
        #expect(try situation(report(age: 8)).informed == .onbekend)
        let halves = [recorded.with("/wie", ["leerling"]), recorded.with("/wie", ["vertegenwoordiger"])]
        let told = try situation(
            report(age: 13), facts: halves.map { (.betrokkenenGeinformeerd, $0.without("/redenNiet")) })
        #expect(told.informed == .geinformeerd)
    }

    // MARK: - Somebody who is barred

    @Test func whoeverIsBarredNeitherSubmitsNorConfirms() throws {
        let involved: JSONValue = [
            "zaak": "z-1", "school": "00AA", "datum": "2026-01-01", "variant": "alsOuderOfPartnerThuis",
            "medewerker": "mw-betrokken",
        ]
        for barred in ["mw-betrokken", "mw-ander"] {
            let person = SampleInput.person(barred, Set(Role.allCases))
            let isBarred = barred == "mw-betrokken"
            let submitted = try situation(report(age: 8), facts: [(.medewerkerBetrokken, involved)]) {
                $0.submitter = person
            }
            #expect(submitted.submitterRoles.isEmpty == isBarred)
            let confirmed = try situation(report(age: 8), facts: [(.medewerkerBetrokken, involved)]) {
                $0.confirmation = GivenConfirmation(person: person, role: .directie)
            }
            // A report that was confirmed before is not taken back (practice 1); what goes to a helper is.
            #expect(confirmed.confirmation == .bevestigd(.directie))
            let shared = try situation(
                report(age: 8), facts: [(.medewerkerBetrokken, involved)], to: .hulpverlener
            ) {
                $0.confirmation = GivenConfirmation(person: person, role: .directie)
            }
            #expect(shared.confirmation == (isBarred ? .nietBevoegd : .bevestigd(.directie)))
            #expect(!confirmed.marks.contains(.zedenmisdrijfMedewerker))
        }
        let offence = involved.with("/variant", "zedenmisdrijfTegenLeerling")
        #expect(
            try situation(report(age: 8), facts: [(.medewerkerBetrokken, offence)]).marks
                .contains(.zedenmisdrijfMedewerker))
    }

    // MARK: - A hidden reporter

    @Test func theOriginOfAHiddenReportIsForVeiligThuisAlone() throws {
        var generator = EventGenerator(seed: 311, fill: .everything, texts: .canaries)
        let open = generator.data(.veiligThuisMeldingBesloten).without("/alleenVeiligThuis")
        let hidden = open.with(
            "/alleenVeiligThuis", ["grond": "bedreigingMelderOfMedewerkers", "toelichting": "Kanzzzzz"])
        for isInCase in [false, true] {
            for kind in SamplePolicy.reported {
                // The ground stands in this report, or in an earlier one of the same case.
                var sample = SampleInput(
                    try generator.event(.veiligThuisMeldingBesloten, data: isInCase ? open : hidden), to: kind)
                if isInCase {
                    sample.facts.apply(try generator.event(.veiligThuisMeldingBesloten, data: hidden))
                }
                sample.submitter = SampleInput.person("mw-melder", [.directie])
                let permit = try #require(policy.judge(sample.input).permit)
                let content = permit.disclosure.content
                #expect(content["contactpersoon"] == nil)
                #expect(
                    permit.activity == (kind == .veiligThuis ? "Vertrouwelijke proefactiviteit" : "Proefactiviteit"))
                let confidential = content["alleenVeiligThuis"]?["contactpersoon"]
                #expect((confidential != nil) == (kind == .veiligThuis))
                if kind == .veiligThuis { #expect(confidential == open["contactpersoon"]) }
                for leaf in open["contactpersoon"]?.leaves ?? [] where kind != .veiligThuis {
                    #expect(!content.canonicalBytes.holds(leaf.value.string ?? ""))
                }
            }
        }
        var sample = SampleInput(try generator.event(.veiligThuisMeldingBesloten, data: open), to: .veiligThuis)
        sample.submitter = SampleInput.person("mw-melder", [.directie])
        let permit = try #require(policy.judge(sample.input).permit)
        #expect(permit.activity == "Proefactiviteit")
        #expect(permit.disclosure.content["contactpersoon"] == open["contactpersoon"])
        #expect(permit.disclosure.content["alleenVeiligThuis"] == nil)
    }

    // MARK: - Supervision and requests

    @Test func supervisionOnItsDaysByThisInstitution() throws {
        let day = SampleInput.day
        func decision(_ order: JSONValue?) -> JSONValue {
            let data: JSONValue = [
                "zaak": "z-1", "school": "00AA", "ontvangers": ["ontvanger-gecertificeerdeInstelling"],
                "doel": "uitvoeringOndertoezichtstelling", "leerling": [:],
            ]
            return order.map { data.with("/ondertoezichtstelling", $0) } ?? data
        }
        func order(_ from: Int, _ until: Int?, by institution: String = "gecertificeerdeInstelling") -> JSONValue {
            var members: [String: JSONValue] = [
                "instelling": .string("ontvanger-\(institution)"), "sinds": .string(day.adding(days: from).description),
            ]
            if let until { members["tot"] = .string(day.adding(days: until).description) }
            return .object(members)
        }
        let rows: [(JSONValue?, SupervisionState)] = [
            (nil, .nietGesteld), (order(-10, nil), .gesteld), (order(0, nil), .gesteld), (order(1, nil), .verlopen),
            (order(-10, 0), .gesteld), (order(-10, -1), .verlopen), (order(-10, nil, by: "andere"), .andereInstelling),
        ]
        for (order, state) in rows {
            let found = try situation(decision(order), of: .verstrekkingBesloten, to: .gecertificeerdeInstelling)
            #expect(found.supervision == state)
        }
    }

    @Test func onlyTheConfiguredNumberVerifiesARequest() throws {
        let answer: JSONValue = [
            "zaak": "z-1", "school": "00AA", "ontvangers": ["r"], "doel": "takenRaad", "leerling": [:],
            "verzoek": "K-1",
        ]
        let rows: [(String, String, String?, String?, Bool)] = [
            ("ontvanger-raadVoorDeKinderbescherming", "K-1", "010 123 4567", "+31 (0)10-1234567", true),
            ("ontvanger-raadVoorDeKinderbescherming", "K-1", "0031101234567", "010-1234567", true),
            ("ontvanger-raadVoorDeKinderbescherming", "K-1", "010-1234568", "010-1234567", false),
            ("ontvanger-raadVoorDeKinderbescherming", "K-2", "010-1234567", "010-1234567", false),
            ("ontvanger-politie", "K-1", "010-1234567", "010-1234567", false),
            ("ontvanger-raadVoorDeKinderbescherming", "K-1", nil, "010-1234567", false),
            ("ontvanger-raadVoorDeKinderbescherming", "K-1", "010-1234567", nil, false),
        ]
        for (from, reference, called, configured, isVerified) in rows {
            var request: [String: JSONValue] = [
                "zaak": "z-1", "school": "00AA", "van": .string(from), "datum": "2026-01-01",
                "kenmerk": .string(reference),
            ]
            if let called { request["teruggebeldOp"] = .string(called) }
            let found = try situation(
                answer, of: .verstrekkingBesloten, facts: [(.informatieverzoekOntvangen, .object(request))],
                to: .raadVoorDeKinderbescherming
            ) { $0.agreements = Agreements(callbackNumber: configured) }
            #expect(found.marks.contains(.opVerzoek))
            #expect(found.marks.contains(.verzoekerTeruggebeld) == isVerified, "\(from) \(called ?? "-")")
        }
    }
}
