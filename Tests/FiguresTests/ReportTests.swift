// SPDX-License-Identifier: EUPL-1.2
import Figures
import Testing
import Values

/// What the reports say and how they look.
@Suite struct ReportTests {
    private static func input(own: Set<Int> = []) throws -> FigureInput {
        var input = try Sample.feedback(
            [[[6, 2, 0, 1, 0], [5, 0, 1, 0, 0]], [[0, 7, 0, 0, 2], [0, 0, 0, 3, 0]]], own: own)
        input.cases = try Sample.use([[9, 9, 7, 6, 5, 5], [3, 3, 2, 1, 0, 0]]).cases
        input.barriers = Array(
            repeating: BarrierRow(school: Sample.brin(0), partner: Sample.partner(0), kind: .wachttijd), count: 6)
        return input
    }

    private static func reports() throws -> [FigureReport] {
        let (inside, own) = (try input(), try input(own: [0]))
        return try [
            .board(inside, for: .inside), .board(inside, for: .published), .board(own, for: .own),
            .year(inside, previous: inside, for: .inside), .year(inside, for: .published),
            .sheet(inside, previous: inside, school: Sample.brin(1)), .sheet(own, school: Sample.brin(0)),
        ]
    }

    @Test func thePageIsAccessible() throws {
        for report in try Self.reports() {
            let html = report.html
            let count = { (text: String) in html.ranges(of: text).count }
            #expect(count("<h1>") == 1 && count("<main>") == 1 && count("<header>") == 1 && count("<footer>") == 1)
            #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"nl\">"))
            #expect(count("<table") == count("<caption>") && count("<table") > 0)
            #expect(count("<th ") == count("<th scope="))
            #expect(count("<svg ") == count("<svg role=\"img\" aria-labelledby=") && count("<svg ") == count("<desc "))
            // By itself: nothing is fetched, nothing runs, and every style stands in the one sheet.
            for word in ["<script", "<link", "<img", "url(", "@import", " style=", " href=\"h", " src=", " onclick"] {
                #expect(!html.contains(word), "\(word)")
            }
            let ids = html.split(separator: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
            #expect(Set(ids).count == ids.count)
            for id in html.split(separator: "aria-labelledby=\"").dropFirst().flatMap({
                $0.prefix { $0 != "\"" }.split(separator: " ")
            }) {
                #expect(ids.contains(id), "\(id)")
            }
        }
    }

    @Test func namesAreText() throws {
        var input = try Self.input()
        let name = "A <b>|x|</b> & \"y\" 'z'\u{202E}"
        input.schools = [FigureSchool(brin: Sample.brin(0), name: name, isOwn: false)]
        let inside = try FigureReport.board(input, for: .inside)
        #expect(
            !inside.html.contains("<b>")
                && inside.html.contains("A &lt;b&gt;|x|&lt;/b&gt; &amp; &quot;y&quot; &#39;z&#39;"))
        #expect(!inside.html.contains("\u{202E}") && !inside.text.contains("\u{202E}"))
        let markdown = try #require(try FigureReport.board(input, for: .published).markdown)
        #expect(markdown.contains("A \\<b\\>\\|x\\|\\</b\\> \\& \"y\" 'z'"))
    }

    @Test func onlyWhatIsPublicIsPublished() throws {
        for report in try Self.reports() {
            #expect((report.markdown != nil) == (report.audience == .published))
        }
        let published = try FigureReport.board(Self.input(), for: .published)
        for form in [published.text, published.html, published.csv, published.markdown ?? ""] {
            for word in ["opschaling", "uren", "op orde", "aandacht"] {
                #expect(!form.lowercased().contains(word), "\(word)")
            }
        }
    }

    /// The law sets no term for telling the reporter: nobody is said to have broken one.
    @Test func noPartnerIsAccused() throws {
        for report in try Self.reports() {
            for word in ["te laat", "overtred", "wettelijke termijn", "schend", "in gebreke", "verplicht"] {
                #expect(!report.text.lowercased().contains(word), "\(word)")
            }
        }
    }

    /// What somebody sees of a school on its sheet is what the board's view shows of it.
    @Test func theSheetSaysNoMoreThanTheBoardsView() throws {
        let input = try Self.input()
        let counted = try CountedFigures(input, for: .inside)
        let sheet = try FigureReport.sheet(input, school: Sample.brin(1))
        let values = try #require(table(sheet, "kerncijfers")).rows.map { $0.cells[0] }
        #expect(values.contains(.figure(try #require(counted.use).cells[1][0])))
        #expect(values.contains(.figure(.band(1, 4))) && !values.contains(.figure(.exact(3))))
        #expect(!sheet.text.contains("Veilig Thuis 0"))
        #expect(sheet.audience == .inside)
        let own = try FigureReport.sheet(Self.input(own: [0]), school: Sample.brin(0))
        #expect(own.audience == .own && own.text.contains("Veilig Thuis 0: op tijd 6, later 2, nog niet ontvangen 1"))
        #expect(throws: FigureProblem.self) { try FigureReport.sheet(input, school: "99XX") }
    }

    @Test func theYearStandsBesideTheYearBefore() throws {
        let report = try FigureReport.year(Self.input(), previous: Self.input(), for: .inside)
        let key = try #require(table(report, "kerncijfers"))
        #expect(key.columns.count == 2 && key.rows.allSatisfy { $0.cells.count == 2 && $0.cells[0] == $0.cells[1] })
        let headings = report.sections.map(\.heading)
        #expect(headings.contains("Wat opvalt") && headings.contains("Vragen voor de resultaatgesprekken"))
        #expect(report.html.contains("later dan de afgesproken of gebruikelijke dag"))
    }

    @Test func formsAgree() throws {
        for report in try Self.reports() {
            let cells = report.sections.flatMap(\.blocks).reduce(0) { sum, block in
                guard case .table(let table) = block else { return sum }
                return sum + (table.rows.count + (table.total == nil ? 0 : 1)) * table.columns.count
            }
            #expect(report.csv.split(separator: "\r\n").count == cells + 1)
            #expect(report.json["onderdelen"]?.array?.count == report.sections.count)
            #expect(report.json["periode"]?["volledig"]?.bool == report.isComplete)
            #expect(report.text.split(separator: "\n").allSatisfy { !$0.hasSuffix(" ") })
        }
        let csv = try FigureReport.board(Self.input(), for: .inside).csv
        #expect(csv.contains("\"gebruik\";\"01AB\";\"School 1\";\"meldcode gebruikt\";\"1 t/m 4\"\r\n"))
        #expect(!csv.contains("\"1-4\""))
    }

    @Test func aYearThatRunsSaysSo() throws {
        let report = try FigureReport.board(Self.input(), for: .inside)
        #expect(!report.isComplete && report.text.contains("De periode is nog niet voorbij: stand van 01-06-2026."))
    }

    private func table(_ report: FigureReport, _ id: String) -> FigureTable? {
        for case .table(let table) in report.sections.flatMap(\.blocks) where table.id == id { return table }
        return nil
    }
}
