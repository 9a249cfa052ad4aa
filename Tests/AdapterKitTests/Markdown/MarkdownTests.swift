// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import Testing

struct MarkdownTests {
    @Test func `writes what an author may use`() throws {
        let html = try Markdown.html(
            """
            # Signaleren

            Zie je iets? Bespreek het **altijd** met de *aandachtsfunctionaris*, ~~alleen~~
            samen. Bel [Veilig Thuis](tel:0800-2000) of kijk op <https://www.voorbeeld.example/a?b=1&c=2>.

            ## Stappen

            3. In kaart brengen
            4. Overleggen
               - met een collega

            > Twijfel is genoeg.

            | stap | term |
            |:-----|-----:|
            | 1    | week |

            ---

            `code` en
            regel\\
            einde

            ```swift
            <b>
            ```
            """)
        #expect(
            html.text == """
                <h2>Signaleren</h2>
                <p>Zie je iets? Bespreek het <strong>altijd</strong> met de <em>aandachtsfunctionaris</em>, \
                <del>alleen</del> samen. Bel <a href="tel:0800-2000">Veilig Thuis</a> of kijk op \
                <a href="https://www.voorbeeld.example/a?b=1&amp;c=2">https://www.voorbeeld.example/a?b=1&amp;c=2</a>.</p>
                <h3>Stappen</h3>
                <ol start="3">
                <li>In kaart brengen</li>
                <li>Overleggen
                <ul>
                <li>met een collega</li>
                </ul>
                </li>
                </ol>
                <blockquote>
                <p>Twijfel is genoeg.</p>
                </blockquote>
                <table>
                <thead>
                <tr>
                <th align="left">stap</th>
                <th align="right">term</th>
                </tr>
                </thead>
                <tbody>
                <tr>
                <td align="left">1</td>
                <td align="right">week</td>
                </tr>
                </tbody>
                </table>
                <hr />
                <p><code>code</code> en regel<br />
                einde</p>
                <pre><code>&lt;b&gt;
                </code></pre>

                """)
        #expect(SafeReader(html.text).findings.isEmpty)
    }

    @Test(arguments: [
        ("# A\n\n## B", 1, "<h1>A</h1>\n<h2>B</h2>\n"), ("# A\n\n## B", 2, "<h2>A</h2>\n<h3>B</h3>\n"),
        ("## A\n\n### B", 2, "<h2>A</h2>\n<h3>B</h3>\n"), ("### A\n\n# B", 2, "<h4>A</h4>\n<h2>B</h2>\n"),
        ("###### A\n\n# B", 3, "<h6>A</h6>\n<h3>B</h3>\n"), ("A\n=", 2, "<h2>A</h2>\n"),
    ])
    func `shifts headings below the title`(_ markdown: String, _ top: Int, _ html: String) throws {
        #expect(try Markdown.html(markdown, topHeading: top).text == html)
    }

    @Test(arguments: [
        ("a <b onclick=\"x()\">b</b> c", "<p>a b c</p>\n"), ("<script>alert(1)</script>", ""),
        ("voor\n\n<div>\nweg\n</div>\n\nna", "<p>voor</p>\n<p>na</p>\n"),
        ("![foto](https://voorbeeld.example/a.png)", ""), ("a ![foto](x.png) b", "<p>a  b</p>\n"),
        ("# ![foto](x.png)", ""), ("[![foto](x.png)](https://voorbeeld.example)", ""),
        ("[tekst](javascript:alert(1))", "<p>tekst</p>\n"), ("[**t**](/elders)", "<p><strong>t</strong></p>\n"),
        ("[t](https://voorbeeld.example \"titel\")", "<p><a href=\"https://voorbeeld.example\">t</a></p>\n"),
        ("![a ![b](c) [d](javascript:x)](e)", ""), ("<!-- stil -->", ""), ("", ""),
    ])
    func `leaves out what is not allowed`(_ markdown: String, _ html: String) throws {
        #expect(try Markdown.html(markdown).text == html)
    }

    @Test func `refuses what is too long or too deep`() throws {
        #expect(throws: MarkdownProblem.tooLong) {
            try Markdown.html(String(repeating: "a", count: Markdown.maximumBytes + 1))
        }
        let deepest = Markdown.maximumDepth
        #expect(throws: MarkdownProblem.tooDeep) {
            try Markdown.html(String(repeating: "> ", count: deepest) + "a")
        }
        let html = try Markdown.html(String(repeating: "> ", count: deepest - 3) + "a")
        #expect(SafeReader(html.text).elements.count == deepest - 2)
    }

    @Test func `escapes any text`() {
        #expect(
            SafeHTML.escaped("<a href='x'>\"&amp;\"\u{0}\u{FFFF}é\n")
                == "&lt;a href=&#39;x&#39;&gt;&quot;&amp;amp;&quot;é\n")
    }
}
