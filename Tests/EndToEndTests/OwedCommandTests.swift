// SPDX-License-Identifier: EUPL-1.2
import Foundation
import RunningGateway
import Sandbox
import Testing
import Values

/// One command for what a person does with what is owed: call, record, put off, end.
@Suite(.timeLimit(.minutes(5))) struct OwedCommandTests {
    private static func options() -> BoardOptions {
        var options = BoardOptions()
        options.hasPartners = true
        options.reportRecipients = ["veilig-thuis-telefoon"]
        return options
    }

    private static let note = "notitiekanarie"

    /// From a phoned report to the end: what is expected follows from what is recorded.
    @Test func feedbackFulfilsWhatWasExpectedAndOpensWhatComesNext() async throws {
        try await RunningSite.with(Self.options()) { site in
            _ = try await site.submit(
                SchoolEvent.phoned("zaak-1", at: "2026-10-12T10:30:00+02:00"), as: .aandachtsfunctionaris)
            let first = try await site.run(["owed", "--from-partner", "--late"])
            #expect(
                first.contains("terugkoppeling van Veilig Thuis over het besluit") && first.contains("TERMIJN VOORBIJ"))
            #expect(first.contains("opschaling:"))
            let recorded = try await site.feedback(
                "besluit", ["--decision", "eigenOnderzoek", "--reference", "VT-9", "--note-file", "-"], input: Self.note
            )
            #expect(recorded.contains("Afgedaan:") && recorded.contains("over het besluit"))
            #expect(recorded.contains("uitkomst van het onderzoek") && recorded.contains("(nieuw)"))
            #expect(!recorded.contains(Self.note))
            let mistake = try await site.events().last ?? 0
            // Only a part: it stays expected, on the day that was agreed.
            let partial = try await site.feedback("uitkomstOnderzoek", ["--partial", "--next", "2027-03-01"])
            #expect(!partial.contains("Afgedaan:") && partial.contains("uiterlijk 01-03-2027"))
            // The first was recorded wrongly: what it opened goes, what it closed is owed again, and the new one counts.
            let corrected = try await site.feedback(
                "besluit", ["--decision", "eindeBemoeienis", "--corrects", "\(mistake)"])
            #expect(corrected.contains("niets meer open"), "\(corrected)")
            let all = try await site.run(["owed", "--all", "--json"])
            #expect(!all.contains(Self.note) && !all.contains("zaak-1"))
            #expect(!site.log.text.contains(Self.note))
        }
    }

    @Test func aPersonCallsFirstAndRecordsWhatCameOfIt() async throws {
        try await RunningSite.with(Self.options()) { site in
            _ = try await site.submit(
                SchoolEvent.phoned("zaak-1", at: "2026-10-12T10:30:00+02:00"), as: .aandachtsfunctionaris)
            _ = try await site.feedback("ontvangst", ["--reference", "VT-9"])
            let number = try await site.number(of: "terugkoppelingBesluit")
            // Nothing is recorded by looking.
            let events = try await site.events().count
            let ready = try await site.run(["owed", "contact", "\(number)"])
            #expect(
                ready.contains("0800-2000") && ready.contains("hun kenmerk: VT-9") && ready.contains("ons kenmerk: "))
            #expect(try await site.events().count == events)
            let promised = CalendarDate.amsterdamToday.adding(days: 9)
            let called = try await site.run(
                [
                    "owed", "contact", "\(number)", "--how", "telefoon", "--outcome", "toegezegd", "--promised",
                    promised.description, "--spoke-with", "Medewerker Voorbeeld", "--note-file", "-",
                ], input: Self.note)
            #expect(called.contains("uiterlijk \(promised.dutchText)"))
            let shown = try await site.run(["owed", "show", "\(number)"])
            #expect(shown.contains("contact: toegezegd") && shown.contains("Aandachtsfunctionaris De Wilg"))
            #expect(!shown.contains(Self.note) && !shown.contains("Medewerker Voorbeeld"))
            for wrong in [
                ["--how", "telefoon"], ["--how", "rooksignaal", "--outcome", "bereikt"],
                ["--how", "telefoon", "--outcome", "toegezegd"],
                ["--how", "telefoon", "--outcome", "bereikt", "--on", "morgen"],
            ] {
                let answer = try await site.cli(
                    ["owed", "contact", "\(number)"] + wrong, as: .aandachtsfunctionaris, mayFail: true)
                #expect(answer.status == 64, "\(wrong)")
            }
        }
    }

    @Test func anObstacleIsReportedPutOffAndDone() async throws {
        try await RunningSite.with(Self.options()) { site in
            let opened = try await site.run(
                [
                    "barrier", "--case", "zaak-1", "--school", "01AB", "--partner", "raad", "--kind", "nietGehoord",
                    "--note-file", "-",
                ], input: Self.note)
            #expect(opened.contains("een drempel bij een ketenpartner") && opened.contains("(nieuw)"))
            let number = try await site.number(of: "drempel")
            let until = CalendarDate.amsterdamToday.adding(days: 20)
            let snooze = ["owed", "snooze", "\(number)", "--reason", "schoolvakantie", "--until"]
            #expect(try await site.run(snooze + [until.description]).contains("uitgesteld tot \(until.dutchText)"))
            #expect(try await site.run(["owed", "--kind", "drempel"]).contains("uitgesteld tot \(until.dutchText)"))
            let far = try await site.cli(
                snooze + [until.adding(days: 90).description], as: .aandachtsfunctionaris, mayFail: true)
            #expect(far.status == 1 && far.errors.contains("hoogstens 60 dagen"))
            _ = try await site.run(["owed", "resume", "\(number)"])
            _ = try await site.run(["owed", "done", "\(number)"])
            #expect(try await site.run(["owed", "--kind", "drempel"]).contains("Niets staat open."))
            let history = try await site.run(["owed", "show", "\(number)"])
            for word in ["uitgesteld: schoolvakantie", "hervat", "gesloten"] { #expect(history.contains(word)) }
            #expect(!history.contains(Self.note))
            let again = try await site.cli(
                ["owed", "drop", "\(number)", "--reason", "dubbel"], as: .aandachtsfunctionaris, mayFail: true)
            #expect(again.status == 1 && again.errors.contains("staat niet meer open"))
            #expect(
                try await site.cli(["owed", "show", "9999"], as: .aandachtsfunctionaris, mayFail: true).status == 1)
            #expect(
                try await site.cli(["owed", "--kind", "drmpel"], as: .aandachtsfunctionaris, mayFail: true).status == 64
            )
        }
    }

    /// Without a process mailbox there is nothing to prepare; nothing goes by looking.
    @Test func thePreparedMailIsOnlyShown() async throws {
        try await RunningSite.with(Self.options()) { site in
            _ = try await site.submit(
                SchoolEvent.phoned("zaak-1", at: "2026-10-12T10:30:00+02:00"), as: .aandachtsfunctionaris)
            let number = try await site.number(of: "terugkoppelingBesluit")
            let events = try await site.events().count
            let shown = try await site.run(["owed", "contact", "\(number)", "--prepare-mail"])
            #expect(shown.contains("geen procespostbus"))
            #expect(try await site.events().count == events)
            #expect(site.board.relay.messages.isEmpty)
        }
    }

    @Test func everyCommandHasHelp() async throws {
        for command in [
            ["owed"], ["owed", "show"], ["owed", "snooze"], ["owed", "resume"], ["owed", "done"], ["owed", "drop"],
            ["owed", "contact"], ["barrier"], ["feedback"], ["feedback", "record"], ["import"],
        ] {
            let process = Process()
            process.executableURL = try Program.find()
            process.arguments = command + ["--help"]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus == 0 && text.contains("OVERVIEW"), "\(command)")
        }
    }
}

extension CalendarDate {
    fileprivate static var amsterdamToday: CalendarDate {
        Timestamp(millisecondsSince1970: Int64(Date().timeIntervalSince1970 * 1_000)).calendarDateInAmsterdam
    }
}

extension RunningSite {
    fileprivate func run(_ arguments: [String], input: String? = nil) async throws -> String {
        try await cli(arguments, as: .aandachtsfunctionaris, input: input).output
    }

    fileprivate func feedback(_ moment: String, _ more: [String], input: String? = nil) async throws -> String {
        try await run(
            [
                "feedback", "record", "zaak-1", "--school", "01AB", "--from", "veilig-thuis-telefoon", "--moment",
                moment,
                "--how", "telefoon",
            ] + more, input: input)
    }

    fileprivate func number(of kind: String) async throws -> Int {
        let answer = try await get("/v1/verplichtingen?soort=\(kind)", as: .aandachtsfunctionaris)
        guard let number = answer["verplichtingen"]?.array?.last?["nummer"]?.integer else { throw Overdue(kind) }
        return number
    }

    /// The numbers of all events that this person sees, by asking for one after the other.
    fileprivate func events() async throws -> [Int] {
        var found: [Int] = []
        var number = 1
        while try await send(.get("/v1/gebeurtenissen/\(number)"), as: .aandachtsfunctionaris).status == 200 {
            found.append(number)
            number += 1
        }
        return found
    }
}
