// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import Testing

/// Reading XML: names by their namespaces, texts as they are meant, and nothing that is not sound.
@Suite struct XMLDocumentTests {
    private func read(_ text: String) throws -> XMLElement { try XMLDocument(Array(text.utf8)).root }

    @Test func namesAreThoseOfTheirNamespaces() throws {
        let root = try read(
            "<a:x xmlns:a='urn:1' xmlns='urn:2' a:k='1' k='2'><y/><a:y xmlns:a='urn:3'/><z xmlns=''/></a:x>")
        #expect(root.name == XMLName("x", in: "urn:1"))
        #expect(root.attributes == [XMLName("k", in: "urn:1"): "1", XMLName("k"): "2"])
        #expect(
            root.children.map(\.name) == [XMLName("y", in: "urn:2"), XMLName("y", in: "urn:3"), XMLName("z")])
        #expect(root.child(XMLName("y", in: "urn:3")) != nil)
    }

    @Test func textsAreReadAsTheyAreMeant() throws {
        let root = try read(
            "\u{FEFF}<?xml version=\"1.0\"?><x>a&amp;&#233;<![CDATA[<b>]]><!-- weg --><y>n</y>\r\nc\rd</x>")
        #expect(root.text == "a&é<b>\nc\nd")
        #expect(root.child(XMLName("y"))?.value == "n")
        #expect(try read("<x k='a\n\tb'/>").attributes[XMLName("k")] == "a  b")
        #expect(try read("<x> \n </x>").value == nil)
    }

    @Test(
        arguments: [
            ("", "there is no element"), ("<x>", "an element is not closed"),
            ("<x/>rest", "text stands outside the elements"),
            ("<x/><y/>", "there is more than one root element"),
            ("<!DOCTYPE x [<!ENTITY e 'a'>]><x>&e;</x>", "a document type is not allowed"),
            ("<x>&e;</x>", "there is no such entity"), ("<x>&#0;</x>", "there is no such entity"),
            ("<x>\u{0}</x>", "it holds a character that XML has not"),
            ("<a:x/>", "a prefix is bound to no namespace"), ("<x a:k='1'/>", "a prefix is bound to no namespace"),
            ("<x xmlns:a=''/>", "a prefix is bound to no namespace"), ("<a:b:c xmlns:a='u'/>", "a name is missing"),
            ("<x k='1' k='2'/>", "an attribute stands twice in its tag"),
            ("<x xmlns:a='u' xmlns:b='u' a:k='1' b:k='2'/>", "an attribute stands twice in its tag"),
            ("<x></y>", "an end tag closes another element than the open one"), ("<x>]]></x>", "a text holds ']]>'"),
            ("<?xml version='1.0' encoding='ISO-8859-1'?><x/>", "its declared encoding is not UTF-8"),
        ] as [(String, String)])
    func whatIsNotSoundIsRefused(_ text: String, _ message: String) {
        #expect { try read(text) } throws: { ($0 as? XMLFault)?.message == message }
    }

    @Test func depthAndLengthHaveLimits() {
        let deep = String(repeating: "<x>", count: 65) + String(repeating: "</x>", count: 65)
        #expect { try read(deep) } throws: { ($0 as? XMLFault)?.message.contains("inside one another") == true }
        #expect(throws: XMLFault.self) { try XMLDocument(Array("<x>aaaa</x>".utf8), maximumBytes: 8) }
        #expect(throws: XMLFault.self) { try XMLDocument([0x3C, 0xFF, 0x2F, 0x3E]) }
    }

    @Test func aTextIsFoundByItsPathOnce() throws {
        let document = try XMLDocument(Array("<a xmlns='u'><b><c>1</c></b><b/></a>".utf8))
        #expect(document.text(at: ["a", "b", "c"]) == "1")
        #expect(document.text(at: ["a", "b"]) == nil)
        #expect(document.text(at: ["x"]) == nil)
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let tree = XMLElement(
            XMLName("x", in: "urn:1"), attributes: [XMLName("k"): "a\n\"<", XMLName("k", in: "urn:2"): "b"],
            children: [
                XMLElement(XMLName("y"), text: " é & ]]> \r\n\t'"), XMLElement(XMLName("z", in: "urn:1")),
                XMLElement(XMLName("y", in: "urn:3"), children: [XMLElement(XMLName("w", in: "urn:2"))]),
            ])
        let bytes = try XMLWriter.bytes(tree, prefixes: ["urn:1": "een"])
        #expect(try XMLDocument(bytes).root == tree)
        #expect(String(decoding: bytes, as: UTF8.self).contains("<een:x xmlns:een=\"urn:1\" xmlns:n2=\"urn:2\""))
        #expect(throws: XMLFault.self) { try XMLWriter.bytes(XMLElement(XMLName("x"), text: "a\u{1}b")) }
    }

    @Test func randomTreesComeBack() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let tree = Self.tree(depth: 3, &random)
            #expect(try XMLDocument(XMLWriter.bytes(tree)).root == tree)
        }
    }

    private static func tree(depth: Int, _ random: inout some RandomNumberGenerator) -> XMLElement {
        let letters = ["a", "é", "<", "&", "\"", "'", "\n", "\r", "\t", " ", "]]>", "\u{2028}", "😀", "\u{FFFD}"]
        func text(_ count: Int) -> String {
            (0..<count).compactMap { _ in letters.randomElement(using: &random) }.joined()
        }
        func name() -> XMLName {
            XMLName(
                ["x", "y", "z"].randomElement(using: &random) ?? "x",
                in: [nil, "urn:1", "urn:2"].randomElement(using: &random) ?? nil)
        }
        let children =
            depth == 0 ? [] : (0..<Int.random(in: 0...3, using: &random)).map { _ in tree(depth: depth - 1, &random) }
        return XMLElement(
            name(), attributes: [name(): text(3)], text: text(Int.random(in: 0...6, using: &random)), children: children
        )
    }
}
