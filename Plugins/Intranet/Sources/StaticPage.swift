// SPDX-License-Identifier: EUPL-1.2
import AdapterKit

/// A page that stands by itself: it loads nothing and runs nothing, and is well-formed XML as well.
struct StaticPage {
    private let publication: Publication
    private let organisation: String?
    private let home: String?

    init(_ publication: Publication, organisation: String?, home: String?) {
        self.publication = publication
        self.organisation = organisation
        self.home = home
    }

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="nl">
        <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="\(Self.policy)" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        \(description)<title>\(pageTitle)</title>
        <style>\(Self.style)</style>
        </head>
        <body>
        <a class="skip" href="#inhoud">Direct naar de inhoud</a>
        \(banner)<main id="inhoud" tabindex="-1">
        <article>
        \(head)\(publication.body.text)</article>
        </main>
        \(footer)</body>
        </html>

        """
    }

    private static let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"

    private var pageTitle: String {
        SafeHTML.escaped([publication.title, organisation].compactMap(\.self).joined(separator: " - "))
    }

    private var description: String {
        guard let summary = publication.summary else { return "" }
        return "<meta name=\"description\" content=\"\(SafeHTML.escaped(summary))\" />\n"
    }

    private var banner: String {
        let name = SafeHTML.escaped(organisation ?? "Intranet")
        if let home {
            return "<header><p><a href=\"\(SafeHTML.escaped(home))\">\(name)</a></p></header>\n"
        }
        return organisation == nil ? "" : "<header><p>\(name)</p></header>\n"
    }

    private var head: String {
        var parts: [String] = []
        if let topic = publication.topic { parts.append("<p class=\"topic\">\(SafeHTML.escaped(topic))</p>") }
        parts.append("<h1>\(SafeHTML.escaped(publication.title))</h1>")
        if let summary = publication.summary { parts.append("<p class=\"lead\">\(SafeHTML.escaped(summary))</p>") }
        if let image = publication.image {
            let source = "data:\(image.kind.rawValue);base64,\(Base64Text.text(image.bytes))"
            parts.append("<img src=\"\(source)\" alt=\"\(SafeHTML.escaped(image.description))\" />")
        }
        return parts.map { $0 + "\n" }.joined()
    }

    private var footer: String {
        publication.school.map { "<footer><p>Van: \(SafeHTML.escaped($0))</p></footer>\n" } ?? ""
    }

    /// Contrasts of 7 and more to 1, letters that grow with the reader's setting, and no more than 70 characters on a line.
    private static let style = """

        :root { color-scheme: light; --ink: #1b1f24; --soft: #454d57; --line: #c9d1d9; --accent: #0b4f71; --wash: #f3f6f8; }
        * { box-sizing: border-box; }
        body { margin: 0; color: var(--ink); background: #fff; font: 1.0625rem/1.6 system-ui, "Segoe UI", Roboto,
          "Noto Sans", "Liberation Sans", sans-serif; }
        a { color: var(--accent); text-underline-offset: 0.15em; }
        a:focus-visible, main:focus-visible { outline: 3px solid #b35900; outline-offset: 3px; }
        .skip { position: absolute; left: -100vw; padding: 0.5rem 1rem; background: #fff; }
        .skip:focus { left: 0; top: 0; z-index: 1; }
        header { background: var(--accent); }
        header p { margin: 0 auto; max-width: 44rem; padding: 0.75rem 1.25rem; color: #fff; font-weight: 600; }
        header a { color: #fff; }
        main { margin: 0 auto; max-width: 44rem; padding: 2rem 1.25rem 3rem; overflow-wrap: break-word; }
        main:focus { outline: none; }
        h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 2rem 0 0.5rem; text-wrap: balance; }
        h1 { font-size: 2rem; margin: 0 0 1rem; }
        h2 { font-size: 1.4rem; }
        h3 { font-size: 1.15rem; }
        h4, h5, h6 { font-size: 1.0625rem; }
        p, ul, ol, blockquote, pre, table { margin: 0 0 1rem; }
        li + li { margin-top: 0.25rem; }
        li > ul, li > ol { margin: 0.25rem 0 0; }
        .topic { margin: 0 0 0.25rem; color: var(--soft); font-weight: 600; }
        .lead { font-size: 1.2rem; color: var(--soft); }
        img { display: block; max-width: 100%; height: auto; margin: 0 0 1.5rem; border-radius: 6px; }
        blockquote { margin-left: 0; padding: 0.25rem 0 0.25rem 1rem; border-left: 4px solid var(--accent); }
        blockquote > :last-child { margin-bottom: 0; }
        code, pre { font-family: ui-monospace, "Liberation Mono", monospace; font-size: 0.9em; background: var(--wash); }
        code { padding: 0.1em 0.3em; border-radius: 3px; }
        pre { padding: 0.75rem 1rem; white-space: pre-wrap; border-radius: 6px; }
        pre code { padding: 0; }
        table { border-collapse: collapse; width: 100%; }
        th, td { padding: 0.5rem 0.75rem; border: 1px solid var(--line); vertical-align: top; text-align: left; }
        th, td { hyphens: auto; }
        th { background: var(--wash); }
        th[align=right], td[align=right] { text-align: right; }
        th[align=center], td[align=center] { text-align: center; }
        hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0; }
        footer { border-top: 1px solid var(--line); }
        footer p { margin: 0 auto; max-width: 44rem; padding: 1rem 1.25rem 2rem; color: var(--soft); }
        @media (max-width: 30rem) {
          th, td { padding: 0.4rem; font-size: 0.9em; } ul, ol { padding-left: 1.5rem; }
          table { display: block; overflow-x: auto; }
        }
        @media print { .skip, header { display: none; } main, footer p { max-width: none; padding: 0; } }

        """
}
