// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import Testing

/// Texts that were made to break out. What comes out is read by another parser than the one that wrote it.
struct HostileMarkdownTests {
    private static let attacks = [
        "<script>alert(1)</script>", "<SCRIPT SRC=//x.example>", "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<iframe src=\"https://x.example\">", "<a href=\"javascript:alert(1)\">x</a>", "<style>*{display:none}</style>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "<![CDATA[<script>]]>", "<?php x ?>",
        "<!DOCTYPE html><html>", "<div", "<div>\n\n**a**", "</p></body></html>", "<b\nonmouseover=x>", "<x-y z>",
        "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](&#106;avascript:alert(1))",
        "[a](java\u{200B}script:alert(1))", "[a](\u{1}javascript:alert(1))", "[a](<java script:alert(1)>)",
        "[a](data:text/html;base64,PHNjcmlwdD4=)", "[a](vbscript:x)", "[a](file:///etc/passwd)", "[a](//x.example)",
        "[a](\\\\x.example)", "[a](https:\\\\x.example)", "[a](ftp://x.example)", "[a](#x)", "[a](x)", "[a]()",
        "[a](https://)", "[a](https://x.example/\"onmouseover=\"alert(1))", "[a](https://x.example/'><script>)",
        "[a](<https://x.example/><script>alert(1)</script>)", "[a]: javascript:alert(1)\n\n[a]",
        "<javascript:alert(1)>",
        "<https://x.example/\"><script>>", "![a](javascript:x)", "![a\"onerror=\"x](x)", "[![a](x)](javascript:x)",
        "[a](https://x.example \"\\\"onclick=\\\"x\")", "```\"><script>\na\n```", "`<script>`",
        "~~~ x\" onclick=\"y\na\n~~~",
        "| a | b |\n|---|---|\n| <script> | [x](javascript:x) |", "|a|\n|:-:\" onclick=\"x|\n|b|", "&lt;script&gt;",
        "&#60;script&#62;alert(1)&#60;/script&#62;", "&#0;&#x1;&#xFFFF;&#x110000;", "&nosuch;",
        "a\u{0}b\u{8}c\u{1B}[31m",
        "\u{202E}gnp.exe\u{202C}", "\u{FEFF}# kop", "\u{2028}\u{2029}\u{85}", "👩‍👧‍👦 e\u{301}\u{301}\u{301}",
        "\u{E000}\u{FFFD}",
        "[^1]\n\n[^1]: <script>", "- [ ] <script>", "www.x.example/<script>", "mail@x.example\"onclick=\"x",
        "xmpp:a@x.example", "https://x.example/\u{202E}txt", "\\<script>", "*a <b>* c</b>", "1. <ol start=x>",
        "99999999999. a", "999999999. a", "Setext <x>\n===", "<a@x.example>", "<mailto:a@x.example\">",
        "]]>", "--></script>", "<!-- a -- b -->", "<!--", "<?", "<!A", "\r\n\r<b>\r", "\t<script>",
    ]

    @Test(arguments: attacks) func `holds nothing but what is allowed`(_ attack: String) throws {
        let (before, after) = ("Vooraf *nadruk", "[open](https://voorbeeld.example ")
        for markdown in [
            attack, "\(before)\n\(attack)", "\(attack)\(after)", "> - \(attack)\n\n  \(attack)", "# \(attack)",
        ] {
            let read = try SafeReader.read(markdown)
            #expect(read.findings.isEmpty)
            #expect(!read.text.contains("omitted"))
        }
    }

    /// Pieces of Markdown and HTML in any order; a fixed seed, so that a failure comes back.
    @Test func `holds nothing but what is allowed, whatever stands beside it`() throws {
        let pieces =
            Self.attacks + [
                "\n", "\n\n", " ", "  ", "    ", "*", "**", "_", "~~", "`", "```", "[", "]", "(", ")", "<", ">", "\"",
                "'", "|", "-", "1.", "#", ">", "!", "\\", "&", ";", ":", "https://", "a", "|-|-|\n",
            ]
        var lots = Lots(seed: 20_261_122)
        for _ in 0..<4000 {
            let markdown = (0..<Int.random(in: 1...12, using: &lots)).map { _ in
                pieces.randomElement(using: &lots) ?? ""
            }.joined()
            let findings = try SafeReader.read(markdown).findings
            guard findings.isEmpty else {
                Issue.record("\(markdown.debugDescription): \(findings)")
                return
            }
        }
    }

    /// Made to take a parser very long; the term is that of a loaded machine.
    @Test(
        arguments: [
            "> ", "- ", "* a\n", "[", "![", "[a](", "*a_", "**a ", "`", "<", "<!--", "&", "|a", "\\", "a*", "[a]: b\n",
            "[^a]", "~", "<a href=\"", "\"", "- a\n  ", "1. ", "www.", "a@", "://", "_*", "[a][b]", "<?", "<![CDATA[",
            "|-", "\u{E9}", "#", "> - ", "]", "(",
        ]) func `takes the longest texts within seconds`(_ piece: String)
    {
        let text = String(repeating: piece, count: 100_000 / piece.count)
        let start = ContinuousClock.now
        let html = try? Markdown.html(text)
        #expect(ContinuousClock.now - start < .seconds(20))
        if let html { #expect(SafeReader(html.text).findings.isEmpty) }
    }

    @Test func `takes as many brackets and cells as it may, and no more`() throws {
        let brackets = Markdown.maximumBrackets
        for piece in ["![[]()", "[a](", "![", "[[a]][", "[a]: x\n[a]\n"] {
            let count = brackets / piece.count { $0 == "[" }
            let start = ContinuousClock.now
            let html = try Markdown.html(String(repeating: piece, count: count))
            #expect(ContinuousClock.now - start < .seconds(5))
            #expect(SafeReader(html.text).findings.isEmpty)
        }
        for text in [
            String(repeating: "[", count: brackets + 1), String(repeating: "|a", count: 101) + "\n|-|\n",
            "|a|b|\n|-|-|\n" + String(repeating: "x\n", count: 100_000),
        ] {
            #expect(throws: MarkdownProblem.tooComplicated) { try Markdown.html(text) }
        }
    }

    @Test func `takes a table as long as a text may be`() throws {
        let rows = String(repeating: "| a | b |\n", count: 9000)
        let read = try SafeReader.read("| x | y |\n|---|---|\n" + rows)
        #expect(read.findings.isEmpty)
        #expect(read.elements.count { $0 == "tr" } == 9001)
    }

    @Test func `is the same every time, from many sides at once`() async throws {
        let text = Self.attacks.joined(separator: "\n\n")
        let first = try Markdown.html(text).text
        let others = try await withThrowingTaskGroup { group in
            for _ in 0..<16 { group.addTask { try Markdown.html(text).text } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(others == [first])
    }
}

/// Drawn from a seed (SplitMix64).
private struct Lots: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
