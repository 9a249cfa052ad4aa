// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Foundation
import FoundationXML
import Testing
import Values

struct PublicationTests {
    @Test(arguments: [
        ("stappen-2026", "stappen-2026"), ("a", "a"), ("A", "a_559aead08264d579"), ("a.b", "a-b_2e7336dc8eba87ef"),
        ("a-b", "a-b"), ("a--b", "a-b_90827a2e56361a8f"), ("-", "3973e022e93220f9"),
        ("a_559aead08264d579", "a-559aead08264d579_a44786a143398da1"),
    ]) func `names pages so that each has its own`(_ reference: String, _ name: String) async throws {
        let order = Example.page(["publicatie": .string(reference)])
        let outcome = try await Example.adapter("html").deliver(order, over: Site { _, _ in .json(500) })
        #expect(outcome == .accepted(Receipt(reference: "meldpoort-\(name).html")))
    }

    @Test(
        arguments: [
            ["publicatie": ""], ["publicatie": nil], ["titel": nil], ["tekst": nil], ["tekst": 5],
            ["tekst": .string(String(repeating: "> ", count: 60) + "a")],
            ["afbeelding": ["soort": "image/gif", "inhoud": "R0lG", "beschrijving": "x"]],
            ["afbeelding": ["soort": "image/png", "inhoud": "PHN2Zz4=", "beschrijving": "x"]],
            ["afbeelding": ["soort": "image/jpeg", "inhoud": .string(Example.png), "beschrijving": "x"]],
            ["afbeelding": ["soort": "image/png", "inhoud": "geen base64", "beschrijving": "x"]],
            ["afbeelding": ["soort": "image/png", "inhoud": .string(Example.png)]],
        ] as [[String: JSONValue?]]) func `sends nothing of what it cannot show`(_ changes: [String: JSONValue?])
        async throws
    {
        let site = Site { _, _ in .json(200) }
        let given = changes.compactMapValues { $0 }
        let order = Example.page(given, without: changes.keys.filter { given[$0] == nil })
        for target in ["wordpress", "html"] {
            let outcome = try await Example.adapter(target).deliver(order, over: site)
            #expect(outcome == .rejected(.init(.contentNotRepresentable)))
        }
        #expect(site.requests.isEmpty && site.files.isEmpty)
    }

    @Test func `writes one page that is well-formed and loads nothing`() async throws {
        let site = Site { _, _ in .json(500) }
        let adapter = try Example.adapter(
            "html", ["organisation": "Voorbeeldbestuur & co", "home_address": "https://intranet.example/?a=1&b=2"])
        let outcome = await adapter.deliver(
            Example.page(["titel": "<script>alert(1)</script>", "samenvatting": "\"><img src=x>"]), over: site)
        #expect(outcome == .accepted(Receipt(reference: "meldpoort-stappen-2026.html")))
        let bytes = try #require(site.files["meldpoort-stappen-2026.html"])
        let document = try XMLDocument(data: Data(bytes))
        let html = try #require(document.rootElement())
        #expect(html.attribute(forName: "lang")?.stringValue == "nl")
        func texts(_ path: String) throws -> [String] { try html.nodes(forXPath: path).compactMap(\.stringValue) }
        #expect(try texts("//title") == ["<script>alert(1)</script> - Voorbeeldbestuur & co"])
        #expect(try texts("//h1") == ["<script>alert(1)</script>"])
        #expect(try texts("//h2") == ["Stap 1"])
        #expect(try texts("//img/@alt") == ["Vijf stappen op een rij"])
        #expect(try texts("//img/@src") == ["data:image/png;base64,\(Example.png)"])
        #expect(try texts("//header//a/@href") == ["https://intranet.example/?a=1&b=2"])
        #expect(try texts("//a[@class='skip']/@href") == ["#inhoud"] && texts("//main/@id") == ["inhoud"])
        #expect(try texts("//footer") == ["Van: School Voorbeeld"])
        #expect(try texts("//script | //link | //iframe | //@onclick").isEmpty)
        #expect(
            try texts("//meta[@http-equiv='Content-Security-Policy']/@content").first?.hasPrefix("default-src 'none'")
                == true)
    }

    @Test func `writes the least, and takes it away`() async throws {
        let site = Site { _, _ in .json(500) }
        let adapter = try Example.adapter("html")
        let gone = ["samenvatting", "afbeelding", "meldpoort", "onderwerp"]
        _ = await adapter.deliver(Example.page(without: gone), over: site)
        let page = String(decoding: try #require(site.files["meldpoort-stappen-2026.html"]), as: UTF8.self)
        for part in ["<header>", "<footer>", "<img", "class=\"lead\"", "class=\"topic\"", "name=\"description\""] {
            #expect(!page.contains(part))
        }
        let outcome = await adapter.deliver(Example.withdrawal(), over: site)
        #expect(outcome == .accepted(Receipt(reference: "meldpoort-stappen-2026.html")))
        #expect(site.files.isEmpty)
    }

    @Test(
        arguments: [
            (["home_address": "http://intranet.example"], "home_address"),
            (["home_address": "javascript:x"], "home_address"),
            (["organisation": ""], "organisation"), (["organisation": "a\nb"], "organisation"),
        ] as [(JSONValue, String)]) func `refuses settings of a folder`(_ settings: JSONValue, _ name: String)
    {
        let error = #expect(throws: SettingProblems.self) { try Example.adapter("html", settings) }
        #expect(error?.problems.map(\.path) == [["html", name]])
    }
}
