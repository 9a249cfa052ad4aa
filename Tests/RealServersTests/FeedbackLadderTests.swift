// SPDX-License-Identifier: EUPL-1.2
import Foundation
import RealServers
import RunningGateway
import Sandbox
import Testing
import Values

/// From a report to the board and back, on a real postfix and a real dovecot: contact first, a mail only pauses, a person ends it.
@Suite(.serialized) struct FeedbackLadderTests {
    private static func with(_ body: (LadderSite) async throws -> Void) async throws {
        try await Dovecot.run(LadderSite.accounts) { dovecot in
            try await Postfix.run(for: dovecot) { postfix in
                try await RunningSite.with(isStarted: false) { site in
                    try await body(try LadderSite(site, dovecot, postfix))
                }
            }
        }
    }

    @Test func `silence climbs to the board, and each rung is a mail to its people`() async throws {
        try await Self.with { ladder in
            let site = ladder.site
            try await ladder.live(at: LadderSite.beginning)
            let report = try await Self.report("zaak-1", ladder)
            var item = try await ladder.item("terugkoppelingBesluit")
            let number = item["nummer"]?.integer ?? 0
            for (rung, address) in [
                ("herinnering", LadderSite.aandachtsfunctionaris), ("contact", LadderSite.aandachtsfunctionaris),
                ("centraleContactpersoon", LadderSite.contactPerson), ("bestuur", LadderSite.board),
            ] {
                #expect(item["volgendeTrede"]?.string == rung)
                let isMine = { (mail: ParsedMail) in mail.text.contains("owed show \(number)") }
                let before = try ladder.mails(of: address).filter(isMine).count
                try await ladder.live(at: try LadderSite.nextRung(item).adding(seconds: 60))
                let mails = try await ladder.mail(before + 1, of: address, where: isMine)
                let text = mails.map(\.text).joined(separator: "\n")
                #expect(text.contains("\(number)") && text.contains(Self.reference(of: report)))
                #expect(text.contains("0800-2000"))
                #expect(text.contains("Dit bericht bevat met opzet niets over de zaak zelf."))
                for word in SchoolEvent.personal + ["te laat", "overtreding", "zaak-1"] {
                    #expect(!mails.contains { "\($0.text)\($0.subject)".contains(word) }, "\(word)")
                }
                item = try await ladder.item("terugkoppelingBesluit") { $0["trede"]?.string == rung }
                if rung == "contact" {
                    _ = try await site.cli(
                        ["owed", "contact", "\(number)", "--how", "telefoon", "--outcome", "nietBereikt"],
                        as: .aandachtsfunctionaris)
                }
                if rung == "herinnering" {
                    // It says only that it came, and gives its own reference: that is what a caller quotes from now on.
                    let day = try LadderSite.nextRung(item).calendarDateInAmsterdam.description
                    _ = try await site.cli(
                        [
                            "feedback", "record", "zaak-1", "--school", "01AB", "--from", "veilig-thuis", "--moment",
                            "ontvangst", "--how", "telefoon", "--reference", "VT-2027-9", "--on", day,
                        ], as: .aandachtsfunctionaris)
                } else {
                    // Who calls quotes it; higher up our own reference is enough.
                    #expect(text.contains("VT-2027-9") == (rung == "contact"))
                }
                if rung == "bestuur" { #expect(text.contains("niet bereikt")) }
            }
            // Started once more at the same time, nothing goes a second time; each rung is logged as a disclosure.
            let sent = try ladder.mails(of: LadderSite.board).count
            try await ladder.live(at: try LadderSite.nextRung(item).adding(seconds: -3_600))
            try await site.settles()
            #expect(try ladder.mails(of: LadderSite.board).count == sent)
            // Each is a delivery that arrived, of this item and of others that came due.
            try await eventually("every rung to arrive") {
                let rungs = try await site.deliveries().filter { $0.recipient.hasPrefix("rung-") }
                return rungs.count >= 4 && rungs.allSatisfy { $0.state == "afgeleverd" } ? true : nil
            }
            #expect(try await site.verify() == "")
        }
    }

    @Test func `an automatic reply changes nothing, a reply pauses, and a person ends it`() async throws {
        try await Self.with { ladder in
            let site = ladder.site
            try await site.admit("dir-wilg")
            try await ladder.live(at: LadderSite.beginning)
            let report = try await Self.report("zaak-1", ladder)
            // A second case stays unanswered: its rungs show that time has passed.
            _ = try await Self.report("zaak-2", ladder, expecting: 2)
            let first = try #require(
                try await ladder.items().filter { $0["soort"]?.string == "terugkoppelingBesluit" }.first)
            let number = try #require(first["nummer"]?.integer)
            func shown() async throws -> JSONValue {
                try await site.get("/v1/verplichtingen/\(number)", as: .aandachtsfunctionaris)
            }
            let morning = try LadderSite.nextRung(first).adding(seconds: 60)
            try await ladder.live(at: morning)
            _ = try await ladder.mail(1, of: LadderSite.aandachtsfunctionaris, where: LadderSite.isRung)
            let due = try LadderSite.nextRung(try await shown())

            // Machines, and somebody whom the server of the sender disowns: nothing stands still.
            try ladder.answer(
                "Automatisch antwoord", to: report, from: "meldingen@veiligthuis.example",
                headers: "Auto-Submitted: auto-replied")
            try ladder.answer(
                "Re: melding", to: report, from: "meldingen@veiligthuis.example",
                headers: "Authentication-Results: mx.elders.example; dmarc=fail; spf=fail")
            try await ladder.takesOverMail(at: morning)
            let undisturbed = try await shown()
            #expect(try LadderSite.nextRung(undisturbed) == due)
            #expect(undisturbed["stilTot"] == nil)

            // A real answer stops the clock for three working days, and is a task for a person.
            try ladder.answer("Re: melding", to: report, from: "medewerker@veiligthuis.example")
            try await ladder.takesOverMail(at: morning)
            let paused = try await shown()
            #expect(paused["stilDoor"]?.string == "post" && paused["status"]?.string == "open")
            let until = try #require(paused["stilTot"]?.string.flatMap { Timestamp($0) })
            #expect(until > due)
            // A second one does not make it longer; a portal's notice is a task as well.
            try ladder.answer("Er staat een bericht voor u klaar", to: report, from: "noreply@portaal.example")
            try await ladder.takesOverMail(at: morning)
            #expect((try await shown())["stilTot"]?.string == paused["stilTot"]?.string)
            let post = try await site.get("/v1/post?aantal=50", as: .aandachtsfunctionaris)["post"]?.array ?? []
            #expect(post.contains { $0["soort"]?.string == "portaalbericht" })
            #expect(try await ladder.items().filter { $0["soort"]?.string == "postBeoordelen" }.count == 3)

            // Past the rung: the other case climbs, this one does not.
            try await ladder.live(at: due.adding(seconds: 60))
            let mails = try await ladder.mail(2, of: LadderSite.aandachtsfunctionaris, where: LadderSite.isRung)
            let rungs = mails.filter { $0.text.contains("telefonisch") }
            #expect(rungs.count == 1 && !rungs[0].text.contains(Self.reference(of: report)))

            // A person says what it is, and with that the next thing is expected.
            let answered = try #require(post.first { $0["soort"]?.string == "bericht" }?["nummer"]?.integer)
            let recorded = try await site.cli(
                [
                    "feedback", "record", "zaak-1", "--school", "01AB", "--from", "veilig-thuis", "--moment", "besluit",
                    "--decision", "eigenOnderzoek", "--how", "mail", "--post", "\(answered)", "--on",
                    until.calendarDateInAmsterdam.adding(days: -3).description,
                ], as: .aandachtsfunctionaris)
            #expect(recorded.output.contains("uitkomst van het onderzoek"))
            #expect((try await shown())["status"]?.string == "gedaan")
            #expect(try await ladder.item("terugkoppelingUitkomst")["status"]?.string == "open")

            // The ladder has stopped: the other case climbs on, alone.
            let other = try await ladder.item("terugkoppelingBesluit")
            try await ladder.live(at: try LadderSite.nextRung(other).adding(seconds: 60))
            let central = try await ladder.mail(1, of: LadderSite.contactPerson, where: LadderSite.isRung)
            #expect(central.allSatisfy { !$0.text.contains(Self.reference(of: report)) })
            let today = LadderSite.beginning.calendarDateInAmsterdam
            let figures = try await site.cli(
                [
                    "figures", "--from", today.adding(days: -1).description, "--to", today.adding(days: 60).description,
                ], as: .person("dir-wilg")
            ).output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
            // Two reports; one was answered after the day, one is not, and the outcome of the first is still to come.
            for line in [
                "melding Veilig Thuis 2", "terugkoppeling: op tijd 0", "terugkoppeling: later 1",
                "terugkoppeling: nog niet ontvangen 1",
            ] { #expect(figures.contains(line), "\(line) in \(figures.prefix(40))") }
        }
    }

    // MARK: -

    /// A report that arrived, as Veilig Thuis has it.
    private static func report(_ zaak: String, _ ladder: LadderSite, expecting count: Int = 1) async throws
        -> ParsedMail
    {
        let event = try await ladder.site.submit(SchoolEvent.report(zaak), as: .aandachtsfunctionaris)
        try await ladder.site.delivery(
            try await ladder.site.delivery(ofEvent: event).number, becomes: "afgeleverd")
        let mails = try await ladder.mail(count, of: LadderSite.veiligThuis)
        guard let mail = mails.last else { throw Overdue("a report") }
        return count == 1 ? mail : mails.first { $0.header("Message-ID") != mails[0].header("Message-ID") } ?? mail
    }

    /// The reference that a report carries, and that a rung quotes.
    private static func reference(of report: ParsedMail) -> String {
        let found = report.subject.split(separator: " ").last.map(String.init) ?? ""
        return found.isEmpty ? "geen kenmerk" : found
    }
}
