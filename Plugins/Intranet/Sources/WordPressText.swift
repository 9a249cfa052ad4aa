// SPDX-License-Identifier: EUPL-1.2
import AdapterKit

/// Texts as WordPress keeps them: HTML, in which words between square brackets start its plugins, and the address of a film that stands
/// by itself becomes the film.
enum WordPressText {
    /// A title, a summary or a description, shown as it is.
    static func plain(_ text: String) -> String {
        inert(SafeHTML.escaped(text))
    }

    /// The page below its title. As a block of its own, so that WordPress does not add paragraphs to it.
    static func content(_ publication: Publication) -> String {
        let origin = publication.origin.map { "<p>\($0)</p>\n" } ?? ""
        return "<!-- wp:html -->\n\(inert(styled(publication.body.text) + origin))<!-- /wp:html -->"
    }

    /// Lines around cells and beside quotes, in the theme's own colours: most themes style them only in blocks of WordPress' own making.
    private static func styled(_ html: String) -> String {
        let cell = "style=\"border:1px solid;padding:0.4em 0.6em\""
        return [
            ("<table>", "<table style=\"border-collapse:collapse;width:100%\">"), ("<th ", "<th \(cell) "),
            ("<th>", "<th \(cell)>"), ("<td ", "<td \(cell) "), ("<td>", "<td \(cell)>"),
            ("<blockquote>", "<blockquote style=\"border-left:4px solid;padding-left:1em\">"),
        ].reduce(html) { html, pair in html.replacing(pair.0, with: pair.1) }
    }

    /// The same text to a reader, and nothing to WordPress.
    private static func inert(_ html: String) -> String {
        [
            ("[", "&#91;"), ("]", "&#93;"), ("://", "&#58;//"), ("href=\"https&#58;//", "href=\"https://"),
            ("href=\"http&#58;//", "href=\"http://"),
        ].reduce(html) { html, pair in html.replacing(pair.0, with: pair.1) }
    }
}
