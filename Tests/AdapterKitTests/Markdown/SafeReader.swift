// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import Foundation
import FoundationXML

/// Reads the HTML with a real XML parser, and finds everything in it that is not on the list. The list here is its own, not the code's.
final class SafeReader: NSObject, XMLParserDelegate {
    private static let attributes: [String: Set<String>] = [
        "a": ["href"], "ol": ["start"], "th": ["align"], "td": ["align"], "p": [], "h1": [], "h2": [], "h3": [],
        "h4": [], "h5": [], "h6": [], "ul": [], "li": [], "blockquote": [], "pre": [], "code": [], "em": [],
        "strong": [], "del": [], "br": [], "hr": [], "table": [], "thead": [], "tbody": [], "tr": [],
    ]

    private(set) var findings: [String] = []
    private(set) var elements: [String] = []
    private(set) var addresses: [String] = []
    private(set) var text = ""

    /// What is wrong with the HTML of this text; nothing when it is refused.
    static func read(_ markdown: String, topHeading: Int = 2) throws -> SafeReader {
        try SafeReader(Markdown.html(markdown, topHeading: topHeading).text)
    }

    init(_ html: String) {
        super.init()
        let parser = XMLParser(data: Data("<body>\(html)</body>".utf8))
        parser.delegate = self
        if !parser.parse() { findings.append("not well-formed: \(String(describing: parser.parserError))") }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        guard name != "body" else { return }
        elements.append(name)
        guard let allowed = Self.attributes[name] else {
            findings.append("element \(name)")
            return
        }
        for (key, value) in attributes {
            if !allowed.contains(key) { findings.append("attribute \(key) of \(name)") }
            switch key {
            case "href":
                addresses.append(value)
                let scheme = value.prefix { $0 != ":" }.lowercased()
                if !["https", "http", "mailto", "tel"].contains(scheme) { findings.append("link to \(value)") }
            case "start": if Int(value) == nil { findings.append("start \(value)") }
            case "align": if !["left", "right", "center"].contains(value) { findings.append("align \(value)") }
            default: break
            }
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
    func parser(_ parser: XMLParser, foundComment comment: String) { findings.append("a comment") }
    func parser(_ parser: XMLParser, foundCDATA block: Data) { findings.append("a CDATA section") }
    func parser(_ parser: XMLParser, foundProcessingInstructionWithTarget target: String, data: String?) {
        findings.append("a processing instruction")
    }
}
