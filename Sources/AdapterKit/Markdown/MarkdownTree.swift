// SPDX-License-Identifier: EUPL-1.2
import CCMark
import Foundation

/// The parsed text, with the one owner of the library's memory.
final class MarkdownTree {
    /// What happens to a node that is not allowed as it is.
    private enum Change {
        /// It goes, with all in it.
        case drop
        /// It goes, what is in it stays.
        case unwrap
        case plainLink
        case plainCode
        case heading(level: Int32)
    }

    private static let options = CMARK_OPT_NOBREAKS
    /// Not `autolink`: it takes quadratic time, and in Debian 12 it can read a byte before a text (CVE-2023-22485).
    private static let extensions = ["table", "strikethrough"]

    /// The library keeps its extensions in a list of its own, filled once.
    private static let registration: Void = cmark_gfm_core_extensions_ensure_registered()

    private let parser: OpaquePointer
    private let root: OpaquePointer

    /// Nil when the library has no memory left.
    init?(_ text: String) {
        _ = Self.registration
        guard let parser = cmark_parser_new(Self.options) else { return nil }
        for name in Self.extensions {
            if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
        }
        var bytes = Array(text.utf8)
        bytes.withUnsafeMutableBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
        }
        guard let root = cmark_parser_finish(parser) else {
            cmark_parser_free(parser)
            return nil
        }
        self.parser = parser
        self.root = root
    }

    deinit {
        cmark_node_free(root)
        cmark_parser_free(parser)
    }

    /// Takes out what is not allowed; false when the tree is deeper than that, and then nothing is changed.
    func clean(maximumDepth: Int, topHeading: Int) -> Bool {
        guard let changes = changes(maximumDepth: maximumDepth, topHeading: topHeading) else { return false }
        for (node, change) in changes { apply(change, to: node) }
        return true
    }

    /// The tree as HTML. In the library's safe mode: what slipped through here is left out there.
    func html() -> String? {
        guard let html = cmark_render_html(root, Self.options, cmark_parser_get_syntax_extensions(parser)) else {
            return nil
        }
        defer { free(html) }
        // Character references can have put in what the text itself did not hold.
        let scalars = String(cString: html).unicodeScalars
        return scalars.contains(where: SafeHTML.isUnwelcome)
            ? String(String.UnicodeScalarView(scalars.filter { !SafeHTML.isUnwelcome($0) })) : String(scalars)
    }

    // MARK: What has to change

    private func changes(maximumDepth: Int, topHeading: Int) -> [(OpaquePointer, Change)]? {
        guard let walk = cmark_iter_new(root) else { return nil }
        defer { cmark_iter_free(walk) }
        var (changes, headings): ([(OpaquePointer, Change)], [OpaquePointer]) = ([], [])
        var depth = 0
        while true {
            let event = cmark_iter_next(walk)
            guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(walk) else { break }
            let isLeaf = cmark_node_first_child(node) == nil
            if event == CMARK_EVENT_EXIT {
                if !isLeaf { depth -= 1 }
                continue
            }
            if !isLeaf { depth += 1 }
            guard depth <= maximumDepth else { return nil }
            if cmark_node_get_type(node) == CMARK_NODE_HEADING { headings.append(node) }
            guard let change = change(of: node) else { continue }
            changes.append((node, change))
            if case .drop = change {
                // What is inside goes with it, and must not be touched afterwards.
                cmark_iter_reset(walk, node, CMARK_EVENT_EXIT)
                if !isLeaf { depth -= 1 }
            }
        }
        // The text's highest heading becomes the top one, whichever mark the author begins with.
        let highest = headings.map(cmark_node_get_heading_level).min() ?? 1
        let levels = headings.map { node in
            let level = cmark_node_get_heading_level(node) - highest + Int32(topHeading)
            return (node, Change.heading(level: min(max(level, 1), 6)))
        }
        // In this order nothing is changed after it may have gone with what stood in it.
        return levels + changes
    }

    private func change(of node: OpaquePointer) -> Change? {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_HTML_BLOCK, CMARK_NODE_HTML_INLINE, CMARK_NODE_IMAGE, CMARK_NODE_CUSTOM_BLOCK,
            CMARK_NODE_CUSTOM_INLINE, CMARK_NODE_FOOTNOTE_DEFINITION, CMARK_NODE_FOOTNOTE_REFERENCE:
            return .drop
        case CMARK_NODE_LINK:
            let address = cmark_node_get_url(node).map { String(cString: $0) } ?? ""
            return LinkRules.allows(address) ? .plainLink : .unwrap
        case CMARK_NODE_CODE_BLOCK: return .plainCode
        default: return nil
        }
    }

    private func apply(_ change: Change, to node: OpaquePointer) {
        switch change {
        case .drop:
            var parent = cmark_node_parent(node)
            remove(node)
            // What held nothing else would be an empty line, or a link that nobody can see.
            while let empty = parent, cmark_node_first_child(empty) == nil, Self.isNothingWhenEmpty(empty) {
                parent = cmark_node_parent(empty)
                remove(empty)
            }
        case .unwrap:
            while let child = cmark_node_first_child(node), cmark_node_insert_before(node, child) == 1 {}
            remove(node)
        case .plainLink: cmark_node_set_title(node, "")
        case .plainCode: cmark_node_set_fence_info(node, "")
        case .heading(let level): cmark_node_set_heading_level(node, level)
        }
    }

    private static func isNothingWhenEmpty(_ node: OpaquePointer) -> Bool {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING, CMARK_NODE_EMPH, CMARK_NODE_STRONG, CMARK_NODE_LINK: true
        default: false
        }
    }

    private func remove(_ node: OpaquePointer) {
        cmark_node_unlink(node)
        cmark_node_free(node)
    }
}
