// SPDX-License-Identifier: EUPL-1.2
import CLibXML2

/// The words of an HTML part, read with libxml2's HTML parser. Nothing is rendered, loaded or run.
enum HTMLText {
    /// More is not read: a person gets no more out of it than out of this.
    static let longestSource = 2_097_152

    private static let skipped: Set<String> = [
        "script", "style", "head", "title", "template", "noscript", "iframe", "object", "embed",
        "applet", "svg", "math",
        "audio", "video", "canvas", "select", "textarea",
    ]
    private static let blocks: Set<String> = [
        "p", "div", "br", "tr", "li", "ul", "ol", "table", "blockquote", "hr", "pre", "section",
        "article", "header",
        "footer", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "dt", "dd", "address", "center", "form",
    ]

    private static let start: Void = meldpoort_html_start()

    /// - Parameter bytes: UTF-8, whatever the document says of itself.
    static func words(_ bytes: [UInt8]) -> String {
        _ = start
        let source = bytes.prefix(longestSource).map { $0 == 0 ? 0x20 : $0 }
        guard !source.isEmpty,
            let document = source.withUnsafeBytes({ buffer in
                buffer.baseAddress.flatMap { meldpoort_html_parse($0, Int32(buffer.count)) }
            })
        else { return "" }
        defer { meldpoort_html_free(document) }
        guard let root = meldpoort_html_root(document) else { return "" }
        return collect(root)
    }

    /// Step by step and not by recursion: hostile documents nest deeply.
    private static func collect(_ root: UnsafeMutableRawPointer) -> String {
        var words = Words()
        var node = root
        while true {
            var next: UnsafeMutableRawPointer?
            if let name = meldpoort_html_element(node).map({ String(cString: $0) }) {
                if blocks.contains(name) { words.endLine() }
                if name == "td" || name == "th" { words.space() }
                if !skipped.contains(name) { next = meldpoort_html_first(node) }
            } else if let text = meldpoort_html_text(node) {
                words.add(String(cString: text))
            }
            while next == nil {
                if node == root { return words.text }
                if let name = meldpoort_html_element(node).map({ String(cString: $0) }),
                    blocks.contains(name)
                {
                    words.endLine()
                }
                next = meldpoort_html_next(node)
                if next == nil {
                    guard let parent = meldpoort_html_parent(node) else { return words.text }
                    node = parent
                }
            }
            guard let found = next else { return words.text }
            node = found
        }
    }

    /// Words with single spaces between them.
    private struct Words {
        private(set) var text = ""
        private var isSpaceDue = false
        private var isAtStart = true

        mutating func add(_ piece: String) {
            for character in piece {
                if character.isWhitespace {
                    isSpaceDue = true
                    continue
                }
                if isSpaceDue, !isAtStart { text.append(" ") }
                text.append(character)
                (isSpaceDue, isAtStart) = (false, false)
            }
        }

        mutating func space() { isSpaceDue = true }

        mutating func endLine() {
            guard !isAtStart else { return }
            text.append("\n")
            (isSpaceDue, isAtStart) = (false, true)
        }
    }
}
