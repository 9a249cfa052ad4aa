// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Documents
import Testing

struct DocumentHTMLTests {
    /// What stands between the head of the page and its end.
    private func body(_ document: HandoverDocument) throws -> String {
        let page = DocumentHTML.page(document)
        let start = try #require(page.firstRange(of: "<body>\n"))
        let end = try #require(page.firstRange(of: "</body>"))
        return String(page[start.upperBound..<end.lowerBound])
    }

    @Test func `writes headings, tables and longer texts`() throws {
        let document = HandoverDocument(
            title: "Informatie", instruction: "LET OP: eerst dit.\n\nDan dat.",
            sections: [
                .init(
                    heading: "Betrokkenen",
                    lines: [
                        .init(label: "Kind: achternaam", value: "Voorbeeld"),
                        .init(label: "Kind: geboortedatum", value: "04-03-2016"),
                        .init(label: "Ouder: naam", value: "Ouder Voorbeeld"),
                    ]),
                .init(
                    heading: "Melding",
                    lines: [
                        .init(label: "Acuut gevaar", value: "nee"),
                        .init(label: "Feiten", value: "Een.\nTwee."),
                    ]),
            ], reference: "MP-1")
        #expect(
            try body(document) == """
                <h1>Informatie</h1>
                <p class="reference">Kenmerk MP-1</p>
                <div class="instruction"><p class="alert">LET OP: eerst dit.</p><p>Dan dat.</p></div>
                <section>
                <h2>Betrokkenen</h2>
                <h3>Kind</h3>
                <table>
                <tr><th scope="row">Achternaam</th><td>Voorbeeld</td></tr>
                <tr><th scope="row">Geboortedatum</th><td>04-03-2016</td></tr>
                </table>
                <h3>Ouder</h3>
                <table>
                <tr><th scope="row">Naam</th><td>Ouder Voorbeeld</td></tr>
                </table>
                </section>
                <section>
                <h2>Melding</h2>
                <table>
                <tr><th scope="row">Acuut gevaar</th><td>nee</td></tr>
                </table>
                <h3>Feiten</h3>
                <p class="value">Een.<br>Twee.</p>
                </section>

                """)
    }

    @Test func `keeps parts apart`() throws {
        let sections = [("Deel 1", "A"), ("Deel 1", "B"), ("Deel 2", "A")].map {
            HandoverDocument.Section(part: $0.0, heading: $0.1, lines: [.init(label: "x", value: "y")])
        }
        let html = try body(HandoverDocument(title: "T", instruction: "", sections: sections))
        let marks = html.split(separator: "\n").filter {
            $0.hasPrefix("<h") || $0.hasPrefix("<section class")
        }
        #expect(
            marks == [
                "<h1>T</h1>", "<section class=\"part\">", "<h2 class=\"part\">Deel 1</h2>", "<h3>A</h3>",
                "<h3>B</h3>",
                "<section class=\"part later\">", "<h2 class=\"part\">Deel 2</h2>", "<h3>A</h3>",
            ])
        #expect(!html.contains("Kenmerk"))
    }

    @Test(arguments: [
        "<script>x</script>", "</style><img src=http://127.0.0.1/>", "\" onload='x'", "&lt;",
        "a\u{202E}b",
        "\u{0}\u{1B}[2J",
        "a\r\n<b>\u{2028}c", "&#60;object data=x&#62;", "]]><!--",
    ])
    func `lets no text be anything but text`(text: String) throws {
        let plain = Self.everywhere("onschuldig")
        let marked = Self.everywhere(text)
        // The same elements in the same order, whatever stands in them; only line ends may add a `<br>`.
        #expect(Self.tags(DocumentHTML.page(marked)) == Self.tags(DocumentHTML.page(plain)))
        let controls = DocumentHTML.page(marked).unicodeScalars.filter {
            ($0.value < 0x20 && $0 != "\n") || (0x202A...0x202E).contains($0.value)
        }
        #expect(controls.isEmpty)
    }

    private static func everywhere(_ text: String) -> HandoverDocument {
        let long = String(repeating: "lang ", count: 50) + text
        return HandoverDocument(
            title: text, instruction: "x\(text)",
            sections: [
                .init(
                    part: text, heading: text,
                    lines: [.init(label: text, value: "kort"), .init(label: text, value: long)]),
                .init(part: nil, heading: text, lines: [.init(label: "a: \(text)", value: long)]),
            ], reference: text)
    }

    private static func tags(_ page: String) -> [Substring] {
        page.split(separator: "<").dropFirst().map { $0.prefix { $0 != ">" } }.filter {
            $0 != "br" && $0 != "p" && $0 != "/p"
        }
    }
}
