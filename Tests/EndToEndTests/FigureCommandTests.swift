// SPDX-License-Identifier: EUPL-1.2
import Foundation
import RunningGateway
import Sandbox
import Testing
import Values

/// Figures from the command line: as a table, as files for their user alone, and on the intranet.
@Suite(.timeLimit(.minutes(5))) struct FigureCommandTests {
    private static func options() -> BoardOptions {
        var options = BoardOptions()
        options.hasChain = true
        options.makesPapers = true
        return options
    }

    private static let year = ["--from", "2025-08-01", "--to", "2026-07-31"]

    /// Six cases in which one step was taken, in the school year 2025-2026.
    private func fill(_ site: RunningSite) async throws {
        // Before the first request: a running gateway knows of a new token within a second.
        for person in ["ccp", "dir-wilg"] { try await site.admit(person) }
        for number in 1...6 {
            let step = SchoolEvent.make(
                "stap-gezet",
                [
                    "zaak": .string("zaak-\(number)"), "school": "01AB", "element": "inKaartBrengen",
                    "datum": .string("2025-10-0\(number)"),
                ])
            _ = try await site.submit(step, as: .system)
        }
    }

    @Test func everyFormComesFromOneCommand() async throws {
        try await RunningSite.with(Self.options()) { site in
            try await fill(site)
            let table = try await site.cli(["figures"] + Self.year, as: .person("dir-wilg")).output
            #expect(table.contains("De Wilg") && table.contains("inKaartBrengen") == false)
            #expect(table.split(separator: "\n").contains { $0.contains("De Wilg") && $0.contains("6") })
            let csv = try await site.cli(["figures", "--csv"] + Self.year, as: .person("ccp")).output
            #expect(csv.hasPrefix("\u{FEFF}\"rapport\";") && csv.contains("\r\n"))
            let json = try await site.cli(["figures", "--json"] + Self.year, as: .person("ccp")).output
            #expect(json.contains("\"vorm\"") && json.contains("binnen"))
            let sheet = ["figures", "sheet", "--school", "01AB"] + Self.year
            #expect(try await site.cli(sheet, as: .person("dir-wilg")).output.contains("De Wilg"))
            let yearly = ["figures", "yearly", "--year", "2025-2026"]
            #expect(try await site.cli(yearly, as: .person("ccp")).output.contains("schooljaar 2025-2026"))
            for answer in [table, csv, json] { #expect(!answer.contains("zaak-1")) }
        }
    }

    /// That the directie heard of a report is no arrival: Veilig Thuis never got it.
    @Test func aReportThatWasNotGivenIsNone() async throws {
        try await RunningSite.with(Self.options()) { site in
            try await site.admit("dir-wilg")
            let report = try await site.submit(SchoolEvent.report("zaak-1"), as: .system)
            let deliveries = try await site.deliveries().filter { $0.event == report }
            #expect(Set(deliveries.map(\.recipient)) == ["veilig-thuis", "directie"])
            #expect(deliveries.first { $0.recipient == "directie" }?.state != "geweigerd")
            let given = try #require(deliveries.first { $0.recipient == "veilig-thuis" })
            let today = Self.today
            let figures = [
                "figures", "--csv", "--from", today.adding(days: -1).description, "--to",
                today.adding(days: 1).description,
            ]
            let before = try await site.cli(figures, as: .person("dir-wilg")).output
            #expect(before.contains("\"melding Veilig Thuis\";\"1\""))
            #expect(try await site.send(.act(given.number, "annulering"), as: .meldingsbevoegde).status < 300)
            let after = try await site.cli(figures, as: .person("dir-wilg")).output
            #expect(after.contains("\"melding Veilig Thuis\";\"0\""))
        }
    }

    private static var today: CalendarDate {
        Timestamp(millisecondsSince1970: Int64(Date().timeIntervalSince1970 * 1_000)).calendarDateInAmsterdam
    }

    /// A spreadsheet reads `1-4` as a day.
    @Test func aBandOfAMonthIsNoDayInASpreadsheet() async throws {
        try await RunningSite.with(Self.options()) { site in
            try await fill(site)
            _ = try await site.submit(SchoolEvent.concern("zaak-1"), as: .system)
            let incidents = ["figures", "incidents", "--month", String(Self.today.description.prefix(7))]
            let table = try await site.cli(incidents, as: .person("ccp")).output
            #expect(table.contains("1-4"))
            let csv = try await site.cli(incidents + ["--csv"], as: .person("ccp")).output
            #expect(csv.contains("\"1 t/m 4\"") && csv.contains("\"6\"") && !csv.contains("1-4"))
        }
    }

    @Test func filesAreForTheirUserAndNeverReplacedUnasked() async throws {
        try await RunningSite.with(Self.options()) { site in
            try await fill(site)
            let page = NSTemporaryDirectory() + "cijfers-\(UUID().uuidString).html"
            defer { try? FileManager.default.removeItem(atPath: page) }
            let command = ["figures", "--html", page] + Self.year
            _ = try await site.cli(command, as: .person("ccp"))
            let made = try FileManager.default.attributesOfItem(atPath: page)
            #expect((made[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            #expect(try String(contentsOfFile: page, encoding: .utf8).hasPrefix("<!DOCTYPE html>"))
            try Data("anders".utf8).write(to: URL(fileURLWithPath: page))
            let refused = try await site.cli(command, as: .person("ccp"), mayFail: true)
            #expect(refused.status == 1 && refused.errors.contains("--force"))
            #expect(try String(contentsOfFile: page, encoding: .utf8) == "anders")
            _ = try await site.cli(command + ["--force"], as: .person("ccp"))
            #expect(try String(contentsOfFile: page, encoding: .utf8).hasPrefix("<!DOCTYPE html>"))
            let paper = page + ".pdf"
            defer { try? FileManager.default.removeItem(atPath: paper) }
            _ = try await site.cli(["figures", "--pdf", paper] + Self.year, as: .person("ccp"))
            #expect(try Data(contentsOf: URL(fileURLWithPath: paper)).starts(with: Data("%PDF-".utf8)))
            try FileManager.default.removeItem(atPath: paper)
            let folder = try FileManager.default.contentsOfDirectory(atPath: NSTemporaryDirectory())
            #expect(folder.filter { $0.hasPrefix(String(page.split(separator: "/").last ?? "")) }.count == 1)
        }
    }

    @Test func wrongUseIsTold() async throws {
        try await RunningSite.with(Self.options()) { site in
            try await fill(site)
            for (arguments, status) in [
                (["figures"], Int32(64)), (["figures", "--from", "2025-08-01", "--to", "gisteren"], 64),
                (["figures", "--csv", "--json"] + Self.year, 64), (["figures", "--force"] + Self.year, 64),
                (["figures", "--from", "2026-07-31", "--to", "2025-08-01"], 64),
                (["figures", "yearly", "--year", "2025"], 64), (["figures", "sheet", "--school", "x"] + Self.year, 64),
                // Not whole months, and not theirs.
                (["figures", "--from", "2025-08-03", "--to", "2026-07-31"], 1),
                // To the public a school year alone.
                (["figures", "--public", "--from", "2025-01-01", "--to", "2025-12-31"], 1),
                (["figures", "sheet", "--school", "02CD"] + Self.year, 1),
            ] {
                let answer = try await site.cli(arguments, as: .person("ccp"), mayFail: true)
                #expect(answer.status == status, "\(arguments) \(answer.errors)")
            }
            let other = try await site.cli(["figures"] + Self.year, as: .aandachtsfunctionaris, mayFail: true)
            #expect(other.status == 1 && other.errors.contains("403"))
        }
    }

    /// Practice 29 and 30: offered by one command, released by the centrale contactpersoon, and no small number in it.
    @Test func theAnonymousFormGoesToTheIntranet() async throws {
        try await RunningSite.with(Self.options()) { site in
            try await fill(site)
            let folder = try #require(site.board.chain).intranetFolder
            let publish = ["figures", "publish", "--title", "Cijfers meldcode", "--schools", "01AB"] + Self.year
            let shown = try await site.cli(publish + ["--show"], as: .person("ccp")).output
            #expect(shown.contains("| school |") && !shown.contains("zaak-"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
            let offered = try await site.cli(publish, as: .person("ccp")).output
            #expect(offered.contains("aangeboden: gebeurtenis") && offered.contains("intranet"))
            let page = try await eventually("the page to be there") {
                try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasSuffix(".html") }
            }
            let text = try String(contentsOfFile: "\(folder)/\(page)", encoding: .utf8)
            #expect(text.contains("Cijfers meldcode") && text.contains("<table>"))
            // A directie publishes nothing.
            let refused = try await site.cli(publish, as: .person("dir-wilg"), mayFail: true)
            #expect(refused.status == 1)
        }
    }
}
