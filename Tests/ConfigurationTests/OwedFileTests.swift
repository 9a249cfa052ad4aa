// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import CaseEvents
import Delivery
import Disclosures
import Foundation
import PrivacyRules
import Testing
import Values

/// The clocks that ship with the gateway, and what `check` says of a file with others.
@Suite struct OwedFileTests {
    private static let now = OwedSample.now

    private static func event(_ name: String, _ data: [String: JSONValue] = [:]) throws -> CaseEvent {
        try OwedSample.event(name, data)
    }

    private static func names(_ steps: [OwedStep]) -> (opens: [OwedKind], closes: [OwedKind]) {
        var (opens, closes): ([OwedKind], [OwedKind]) = ([], [])
        for step in steps {
            switch step {
            case .open(let item): opens.append(item.kind)
            case .close(let closing): closes.append(closing.kind)
            default: break
            }
        }
        return (opens, closes)
    }

    /// Which kinds each type opens and may close, with what the condition needs; every other type does nothing.
    private static let table: [String: (data: [String: JSONValue], opens: [OwedKind], closes: [OwedKind])] = [
        "verwijsindexmatch-ontvangen": (["post": 7], [.matchContact, .matchInformeren], [.postBeoordelen]),
        "matchcontact-vastgelegd": (["uitkomst": "contactGehad"], [], [.matchContact]),
        "betrokkenen-geinformeerd": (["match": "m"], [], [.matchInformeren, .leerkrachtBericht]),
        "bezwaar-ontvangen": (["post": 7], [.bezwaar], [.postBeoordelen]),
        "adviesverzoek-ontvangen": (["post": 7], [.adviesverzoekCollege], [.postBeoordelen]),
        "informatieverzoek-ontvangen": (["post": 7], [.informatieverzoek], [.postBeoordelen]),
        "terugkoppeling-ontvangen": (["post": 7], [], [.postBeoordelen]),
        "verzoek-afgehandeld": (["soort": "informatieverzoek"], [], [.informatieverzoek]),
        "verstrekking-besloten": (["verzoek": "k"], [], [.informatieverzoek, .leerkrachtBericht]),
        "verwijsindexregistratie-beeindigd": (
            ["reden": "tweeJaarVoorbij"], [], [.verwijsindexGeldigheid, .verwijsindexIntrekken]
        ),
        "zaak-afgesloten": (
            ["reden": "leerlingVertrokken"], [.verwijsindexIntrekken],
            [
                .leerkrachtBericht, .terugkoppelingBesluit, .terugkoppelingUitkomst, .terugkoppelingEinde,
                .terugkoppelingMoment, .terugkoppelingPartner, .hulpTermijn, .monitoring, .stapTermijn,
            ]
        ),
        "zorg-gesignaleerd": (["indiener": "leerkracht-wilg"], [.leerkrachtBericht, .stapTermijn], []),
        "post-beoordeeld": ([:], [], [.postBeoordelen]),
        "stap-gezet": ([:], [.stapTermijn], [.leerkrachtBericht, .stapTermijn]),
        "overleg-gepland": ([:], [], [.leerkrachtBericht]),
        "letselduiding-gevraagd": ([:], [], [.leerkrachtBericht]), "advies-gevraagd": ([:], [], [.leerkrachtBericht]),
        "weging-vastgelegd": (
            ["besluit": "hulp"], [.hulpTermijn], [.leerkrachtBericht, .hulpTermijn, .stapTermijn]
        ),
        "veiligthuismelding-besloten": ([:], [], [.leerkrachtBericht, .stapTermijn]),
        "verwijsindexregistratie-gevraagd": ([:], [], [.leerkrachtBericht]),
        // To whom decides what it opens.
        "verstrekking-vastgelegd": (
            ["verzoek": "k"], [], [.informatieverzoek, .verwijsindexGeldigheid, .leerkrachtBericht]
        ),
        "drempel-gemeld": ([:], [.drempel], []),
    ]

    @Test(arguments: EventType.allCases)
    func whatEachEventOpensAndCloses(_ type: EventType) throws {
        let rules = try OwedLoader.standard()
        let row = Self.table[type.shortName] ?? ([:], [], [])
        let event = try Self.event(type.shortName, row.data)
        let found = Self.names(rules.steps(for: event, submitter: "ib", at: Self.now) { _ in [.leerkracht] })
        #expect(found.opens == row.opens)
        #expect(found.closes == row.closes)
        // A publication or a remark about the process is about no case at all.
        if type.isPublication || type == .procesopmerkingGemaakt {
            #expect(found.opens.isEmpty && found.closes.isEmpty)
        }
    }

    @Test(
        arguments: [
            ("matchcontact-vastgelegd", ["uitkomst": "nietBereikt"]), ("zaak-afgesloten", ["reden": "hulpAfgerond"]),
            ("zaak-afgesloten", ["reden": "overgedragen"]), ("weging-vastgelegd", ["besluit": "afsluiten"]),
        ] as [(String, [String: JSONValue])])
    func otherWordsDoNothing(_ name: String, _ data: [String: JSONValue]) throws {
        let steps = try OwedLoader.standard().steps(
            for: Self.event(name, data), submitter: "ib", at: Self.now, roles: { _ in [] })
        #expect(!Self.names(steps).opens.contains(.verwijsindexIntrekken))
        #expect(!Self.names(steps).closes.contains(.matchContact))
        // A case that closes for another reason still waits for the feedback that is owed.
        #expect(Self.names(steps).closes.allSatisfy { !OwedKind.feedback.contains($0) })
        #expect(Self.names(steps).opens.isEmpty)
    }

    /// Who raises a concern and decides about cases needs no second loop; a machine without a name has nobody to tell.
    @Test func theSecondLoopIsForWhoDoesNotDecide() throws {
        let rules = try OwedLoader.standard()
        for (data, submitter, role, opens) in [
            (["indiener": "a"], nil, .leerkracht, true), ([:], "a", .leerkracht, true), ([:], nil, .leerkracht, false),
            ([:], "a", .aandachtsfunctionaris, false), (["indiener": "a"], nil, .directie, false),
        ] as [([String: JSONValue], String?, Role, Bool)] {
            let steps = rules.steps(
                for: try Self.event("zorg-gesignaleerd", data), submitter: submitter, at: Self.now,
                roles: { _ in [role] })
            #expect(Self.names(steps).opens == (opens ? [.leerkrachtBericht, .stapTermijn] : [.stapTermijn]))
            guard opens, case .open(let item)? = steps.first else { continue }
            #expect(item.personID == "a")
        }
    }

    private func opened(_ name: String, _ data: [String: JSONValue], _ kind: OwedKind) throws -> NewOwedItem {
        let steps = try OwedLoader.standard().steps(
            for: Self.event(name, data), submitter: "ib", at: Self.now, roles: { _ in [] })
        let items = steps.compactMap { if case .open(let item) = $0 { item } else { nil } }
        return try #require(items.first { $0.kind == kind })
    }

    /// Who decides to report has not reported: until that is done a next step is owed. What is written down after the report came
    /// before it, and opens none.
    @Test(
        arguments: [
            ("zorg-gesignaleerd", [:]), ("stap-gezet", ["element": "inKaartBrengen"]),
            ("stap-gezet", ["element": "wegen"]), ("stap-gezet", ["element": "beslissen"]),
            ("weging-vastgelegd", ["besluit": "melden"]), ("weging-vastgelegd", ["besluit": "hulpEnMelden"]),
        ] as [(String, [String: JSONValue])])
    func aNextStepIsOwedUntilTheReport(_ name: String, _ data: [String: JSONValue]) throws {
        let item = try opened(name, data, .stapTermijn)
        var report: Set<String> = ["nl.meldcode.veiligthuismelding-besloten.v1"]
        let answer: Set<OwedKind> = [.terugkoppelingBesluit]
        // What came of these two the weighing says: they close nothing, or a decision to report would be owed by nobody.
        if ["wegen", "beslissen"].contains(data["element"]?.string) {
            report.insert("nl.meldcode.weging-vastgelegd.v1")
            let steps = try OwedLoader.standard().steps(
                for: Self.event(name, data), submitter: "ib", at: Self.now, roles: { _ in [] })
            #expect(!Self.names(steps).closes.contains(.stapTermijn))
        }
        #expect(item.unlessAfter == report && item.unlessHad == answer && item.isOnce)
    }

    /// A report by phone that is recorded afterwards is the step; what another partner is told, or an answer, is not.
    @Test(
        arguments: [
            (.veiligThuis, [:], true), (.veiligThuis, ["verzoek": "R-7"], false), (.hulpverlener, [:], false),
        ] as [(RecipientKind, [String: JSONValue], Bool)])
    func aReportByPhoneIsTheStep(_ kind: RecipientKind, _ data: [String: JSONValue], _ closes: Bool) throws {
        let steps = try OwedLoader.standard().steps(
            for: Self.event("verstrekking-vastgelegd", data), submitter: "ib", at: Self.now, roles: { _ in [] },
            kinds: { _ in kind })
        let found = Self.names(steps)
        #expect(found.closes.contains(.stapTermijn) == closes)
        #expect(found.opens.contains(.terugkoppelingBesluit) == closes)
    }

    /// Terms, on Sunday 22 November 2026.
    @Test func terms() throws {
        for (name, data, kind, expected) in [
            ("bezwaar-ontvangen", ["datum": "2026-11-20"], .bezwaar, "2026-12-20"),
            ("bezwaar-ontvangen", ["datum": "2026-01-31"], .bezwaar, "2026-02-28"),
            // A day to come is no day on which it came in.
            ("bezwaar-ontvangen", ["datum": "2027-11-20"], .bezwaar, "2026-12-22"),
            ("verwijsindexmatch-ontvangen", [:], .matchContact, "2026-11-27"),
            ("verwijsindexmatch-ontvangen", [:], .matchInformeren, "2026-12-22"),
            ("adviesverzoek-ontvangen", ["uiterlijk": "2026-11-30"], .adviesverzoekCollege, "2026-11-30"),
            ("adviesverzoek-ontvangen", [:], .adviesverzoekCollege, "2026-12-04"),
            ("informatieverzoek-ontvangen", ["uiterlijk": "2026-11-23"], .informatieverzoek, "2026-11-23"),
            ("informatieverzoek-ontvangen", ["datum": "2026-12-23"], .informatieverzoek, "2026-11-27"),
            ("weging-vastgelegd", ["besluit": "hulp", "hulpTot": "2027-01-08"], .hulpTermijn, "2027-01-08"),
            ("weging-vastgelegd", ["besluit": "hulpEnMelden"], .hulpTermijn, "2027-01-05"),
            ("stap-gezet", ["element": "gesprek", "datum": "2026-11-20"], .stapTermijn, "2026-12-04"),
            ("drempel-gemeld", ["datum": "2026-11-20"], .drempel, "2026-11-27"),
            ("terugkoppeling-ontvangen", ["besluit": "eigenOnderzoek"], .terugkoppelingUitkomst, "2027-01-31"),
            ("terugkoppeling-ontvangen", ["besluit": "overdrachtMdt"], .terugkoppelingEinde, "2027-02-22"),
            (
                "terugkoppeling-ontvangen", ["moment": "afgesprokenMoment", "volgendMoment": "2026-12-25"],
                .terugkoppelingMoment, "2026-12-25"
            ),
            ("terugkoppeling-ontvangen", ["monitoringTot": "2027-03-01"], .monitoring, "2027-03-01"),
        ] as [(String, [String: JSONValue], OwedKind, String)] {
            let item = try opened(name, data, kind)
            #expect(item.dueOn.description == expected, "\(name) \(data)")
            #expect(item.nextAt.map { $0 >= Self.now } ?? true)
        }
    }

    /// Jeugdwet 7.1.4.5(2): two years after it was made, or the 23rd birthday, whichever comes first.
    @Test(arguments: [
        ("2010-05-01", "2028-11-20", "tweeJaarVoorbij"), ("2005-01-31", "2028-01-31", "drieentwintigsteVerjaardag"),
        ("2004-02-29", "2027-03-01", "drieentwintigsteVerjaardag"),
        ("2005-11-20", "2028-11-20", "drieentwintigsteVerjaardag"),
    ])
    func registrationsLapse(_ birth: String, _ end: String, _ reason: String) throws {
        let rules = try OwedLoader.standard()
        let registration = try Self.event(
            "verwijsindexregistratie-gevraagd",
            ["leerling": ["achternaam": "Voorbeeld", "geboortedatum": .string(birth), "geslacht": "onbekend"]])
        let made = try #require(Timestamp("2026-11-20T10:00:00+01:00"))
        let steps = rules.steps(
            arrived: registration, recipientID: "index", kind: .verwijsindex, delivery: 4, arrivedAt: made, at: Self.now
        )
        // The one before it is closed, never this one.
        #expect(Self.names(steps) == ([.verwijsindexGeldigheid], [.verwijsindexGeldigheid]))
        guard case .close(let closing)? = steps.first, case .open(let item)? = steps.last else { throw Missing() }
        #expect(closing.state == .cancelled && closing.recipientID == "index")
        #expect(item.dueOn.description == end && item.recipientID == "index" && item.since == made)
        // The 60th day before it, or the working day before that; then the 14th; then the end itself.
        let first = try #require(item.nextAt?.calendarDateInAmsterdam)
        #expect((60...64).contains(item.dueOn.daysSince(first)) && rules.calendar.isWorkingDay(first))
        let stored = StoredOwedItem(
            id: 9, kind: .verwijsindexGeldigheid, school: "01AB", caseNumber: 1, event: 1, delivery: 4,
            recipientID: "index", personID: nil, subject: 4, since: made, dueOn: item.dueOn, nextAt: item.nextAt,
            reminders: 0, state: .open, closedBy: nil, closedAt: nil)
        let ended = try OwedEnding.event(of: stored, opened: registration)
        #expect(ended.id == "verplichting-9-einde" && ended.source == OwedEnding.source)
        #expect(ended.data["reden"]?.string == reason && ended.data["datum"]?.string == end)
        #expect(try OwedEnding.event(of: stored, opened: registration) == ended)
        let closes = rules.steps(for: ended, submitter: nil, at: Self.now, roles: { _ in [] })
        #expect(Self.names(closes).closes == [.verwijsindexGeldigheid, .verwijsindexIntrekken])
        guard case .close(let lapse)? = closes.first else { throw Missing() }
        #expect(lapse.state == .lapsed && lapse.tells && lapse.recipientID == "index")
    }

    private struct Missing: Error {}

    @Test func everyKindSaysWhereItsTermComesFrom() throws {
        let rules = try OwedLoader.standard()
        #expect(rules.all.map(\.kind) == OwedKind.allCases)
        for rule in rules.all {
            #expect(!rule.owners.isEmpty && !rule.source.isEmpty)
            // These are closed by a person alone.
            #expect(rule.closings.isEmpty == [.drempel, .jaartaak].contains(rule.kind))
            #expect(rule.task.hasSuffix(".") && !rule.title.hasSuffix("."))
        }
    }

    // MARK: - Slips

    @Test(
        arguments: [
            ("kind: matchContact", "kind: matchKontact", "“matchKontact” is no known kind of owed item"),
            ("kind: matchInformeren", "kind: matchContact", "the kind “matchContact” stands here a second time"),
            ("    title: antwoord op een bezwaar\n", "", "the key “title” is missing here"),
            (
                "owners: [aandachtsfunctionaris, functionarisGegevensbescherming]", "owners: [ib]",
                "“ib” is no known role"
            ),
            (
                "opens: {event: nl.meldcode.bezwaar-ontvangen.v1}", "opens: {event: nl.meldcode.bezwaar.v1}",
                "“nl.meldcode.bezwaar.v1” is no known event type"
            ),
            (
                "opens: {event: nl.meldcode.bezwaar-ontvangen.v1}", "opens: {evnt: nl.meldcode.bezwaar-ontvangen.v1}",
                "unknown key “evnt”"
            ),
            ("term: {years: 2, until_birthday: 23}", "term: {until_birthday: 23}", "a term needs a length of its own"),
            ("term: {years: 2, until_birthday: 23}", "term: {years: 0}", "0 is out of range"),
            (
                "term: {field: uiterlijk, working_days: 10}", "term: {field: uiterste, working_days: 10}",
                "“uiterste” is no known field of nl.meldcode.adviesverzoek-ontvangen.v1"
            ),
            (
                "term: {field: uiterlijk, working_days: 10}", "term: {field: kenmerk, working_days: 10}",
                "“kenmerk” does not hold a date"
            ),
            (
                "when: {uitkomst: [contactGehad, geenAfstemmingNodig]}", "when: {uitkomst: [gehad]}",
                "“gehad” is no known word"
            ),
            ("when: {soort: [bezwaar]}", "when: {sort: [bezwaar]}", "unknown key “sort”"),
            ("bevrijdingsdag: elkJaar", "bevrijdingsdag: soms", "“soms” is no known choice for 5 May"),
            ("reminder_hour: 9", "reminder_hour: 4", "4 is out of range: from 6 to 20"),
            ("      person: indiener\n", "", "there is no person to tell"),
            (
                "at_end: nl.meldcode.verwijsindexregistratie-beeindigd.v1", "at_end: nl.meldcode.zaak-afgesloten.v1",
                "“nl.meldcode.zaak-afgesloten.v1” is no known event that a term ends with"
            ),
            (
                "{arrived: nl.meldcode.verwijsindexregistratie-gevraagd.v1, state: cancelled}",
                "{arrived: nl.meldcode.verwijsindexregistratie-gevraagd.v1, state: open}", "“open” is no known state"
            ),
            ("for_each_open: verwijsindexGeldigheid", "for_each_open: registratie", "“registratie” is no known kind"),
            ("    closes: []\n    moves:\n", "    moves:\n", "the key “closes” is missing here"),
        ])
    func slipsAreShownWhereTheyStand(_ old: String, _ new: String, _ message: String) throws {
        let found = try OwedSample.problems(replacing: old, with: new)
        #expect(found.contains { $0.contains(message) }, "\(found)")
        #expect(found.allSatisfy { !$0.hasPrefix("1:1 ") })
    }

    @Test func aKindThatIsLeftOutIsAnError() throws {
        let file =
            "kinds:\n  - kind: postBeoordelen\n    title: t\n    task: T.\n    source: s\n"
            + "    owners: [ict]\n    term: {days: 1}\n    reminders: {at_once: true}\n    closes: []\n"
        let path = NSTemporaryDirectory() + "termijnen-\(UUID().uuidString).yaml"
        try file.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let error = #expect(throws: ConfigurationProblems.self) { try OwedLoader.load(path) }
        #expect(error?.problems.map(\.message).joined().contains("there is no clock for matchContact") == true)
    }

    @Test func theFileOfTheBoardIsUsed() throws {
        let site = try Site([.main: Site.text(of: .main) + "\nowed_file: eigen.yaml\n"])
        try site.write("eigen.yaml", "kinds: []\nhour: 9\n")
        let report = site.report()
        #expect(report.contains { $0.contains("eigen.yaml:2:1: error: unknown key “hour”") }, "\(report)")
        #expect(report.contains { $0.contains("there is no clock for") })
    }
}
