// SPDX-License-Identifier: EUPL-1.2
import CCMark

/// Markdown (CommonMark with tables and strikethrough) into HTML that is safe to publish. The same text always gives the
/// same HTML.
///
/// What an author may not do silently vanishes, the words around it stay: HTML in the text, images, and links to anything but https,
/// http, mail and telephone. The parser is Debian's cmark-gfm; what is not allowed is taken out of its tree before it writes HTML.
public enum Markdown {
    /// The longest text, in bytes of UTF-8.
    public static let maximumBytes = 400_000
    /// The most opening square brackets, the most columns of a table, and the most columns times lines. For more than these, and no page has
    /// them, the parser takes quadratic time and memory.
    public static let maximumBrackets = 5000, maximumColumns = 100, maximumCells = 200_000
    /// How deep lists and quotes may stand in each other.
    public static let maximumDepth = 40

    /// The text as HTML.
    /// - Parameter topHeading: The level of the text's highest heading, 1 to 6: 2 where the page's title is a heading of level 1.
    /// - Throws: `MarkdownProblem` when the text is too long, nested too deep or too complicated.
    public static func html(_ text: String, topHeading: Int = 2) throws(MarkdownProblem) -> SafeHTML {
        guard text.utf8.count <= maximumBytes else { throw .tooLong }
        guard !isTooComplicated(text) else { throw .tooComplicated }
        guard let tree = MarkdownTree(text) else { throw .notReadable }
        guard tree.clean(maximumDepth: maximumDepth, topHeading: topHeading) else { throw .tooDeep }
        guard let html = tree.html() else { throw .notReadable }
        return SafeHTML(trusted: html)
    }

    private static func isTooComplicated(_ text: String) -> Bool {
        var (brackets, lines, bars, columns) = (0, 1, 0, 0)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "["): brackets += 1
            case UInt8(ascii: "|"): bars += 1
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                columns = max(columns, bars)
                (lines, bars) = (lines + 1, 0)
            default: break
            }
        }
        columns = max(columns, bars)
        return brackets > maximumBrackets || columns > maximumColumns || columns * lines > maximumCells
    }
}

/// Why a text cannot be published.
public enum MarkdownProblem: Error, Sendable, Hashable {
    /// More than `Markdown.maximumBytes`.
    case tooLong
    /// More brackets or cells than `Markdown` takes.
    case tooComplicated
    /// Nested deeper than `Markdown.maximumDepth`.
    case tooDeep
    /// The parser gave nothing.
    case notReadable
}
