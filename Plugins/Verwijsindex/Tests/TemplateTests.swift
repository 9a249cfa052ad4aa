// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Testing
import Values
import Verwijsindex

struct TemplateTests {
    private static let naam = #"{"naam": "{{leerling.achternaam}}"}"#

    @Test func `leaves a section out when its field is missing`() async throws {
        let adapter = try IndexSettings.adapter(
            registration: IndexSettings.request(
                ##"{{{#leerling.voorvoegsel}}"v": "{{leerling.voorvoegsel}}", {{/leerling.voorvoegsel}}"n": "{{leerling.achternaam}}"}"##
                    .replacing("{{{", with: "{ {{")))
        let without = await IndexSettings.send(IndexSettings.registration(achternaam: "A"), with: adapter)
        let with = await IndexSettings.send(
            IndexSettings.registration(achternaam: "A", voorvoegsel: "van de"), with: adapter)
        #expect(without.request.map { String(decoding: $0.body, as: UTF8.self) } == #"{ "n": "A"}"#)
        #expect(with.request.map { String(decoding: $0.body, as: UTF8.self) } == #"{ "v": "van de", "n": "A"}"#)
    }

    @Test func `sends nothing when a needed field is missing`() async throws {
        let adapter = try IndexSettings.adapter(registration: IndexSettings.request(Self.naam))
        let disclosure = IndexSettings.disclosure(.verwijsindexRegistratie, ["meldpoort": ["kenmerk": "MP-1"]])
        let (request, outcome) = await IndexSettings.send(disclosure, with: adapter)
        #expect(request == nil)
        #expect(outcome == .rejected(OutcomeReason(.contentNotRepresentable)))
    }

    @Test(arguments: ["a/b", "..", ".", "", "a\\b", "a\nb", "\u{0}"])
    func `does not put into a path what servers read in different ways`(reference: String) async throws {
        let adapter = try IndexSettings.adapter(registration: IndexSettings.request(Self.naam))
        let disclosure = IndexSettings.disclosure(
            .verwijsindexIntrekking, ["reden": "nietTerechtGedaan", "kenmerkVerwijsindex": .string(reference)])
        let (request, outcome) = await IndexSettings.send(disclosure, with: adapter)
        #expect(request == nil)
        #expect(outcome == .rejected(OutcomeReason(.contentNotRepresentable)))
    }

    @Test func `encodes a value in the path`() async throws {
        let adapter = try IndexSettings.adapter(registration: IndexSettings.request(Self.naam))
        let disclosure = IndexSettings.disclosure(
            .verwijsindexIntrekking, ["reden": "nietTerechtGedaan", "kenmerkVerwijsindex": "é ?#%&"])
        let sent = await IndexSettings.send(disclosure, with: adapter)
        #expect(sent.request?.path == "/signalen/%C3%A9%20%3F%23%25%26/intrekking")
    }

    @Test func `writes the index's own words`() async throws {
        let adapter = try IndexSettings.adapter(
            registration: IndexSettings.request(#"{"g": "{{leerling.geslacht}}"}"#),
            more: ["codes": ["geslacht": ["man": "M", "vrouw": "V\"", "onbekend": "O"]]])
        let sent = await IndexSettings.send(IndexSettings.registration(achternaam: "A"), with: adapter)
        #expect(sent.request.map { String(decoding: $0.body, as: UTF8.self) } == #"{"g": "V\""}"#)
    }

    @Test(arguments: [
        "<a>{{leerling.achternaam</a>", "<{{leerling.achternaam}}/>", "<a {{leerling.achternaam}}='x'/>",
        "<a><!-- {{leerling.achternaam}} --></a>", "<a><![CDATA[{{leerling.achternaam}}]]></a>",
        "<a>{{leerling.achternaam}}</b>", "<a b=\"1\" b='2'>{{leerling.achternaam}}</a>",
        "<!DOCTYPE a><a>{{leerling.achternaam}}</a>", "<a>{{leerling.achternaam}}</a><b/>",
        "<a>{{leerling.achternaam}}&nbsp;</a>", "<a><?x {{leerling.achternaam}}?></a>",
        "<a>{{#leerling.voorvoegsel}}<b>{{/leerling.voorvoegsel}}{{leerling.achternaam}}</a>",
    ])
    func `refuses an XML template that cannot be sound`(body: String) {
        #expect(throws: SettingProblems.self) {
            try IndexSettings.adapter(registration: IndexSettings.request(body, contentType: "text/xml"))
        }
    }

    @Test func `suggests the field that was meant`() throws {
        let error = #expect(throws: SettingProblems.self) {
            try IndexSettings.adapter(registration: IndexSettings.request(#"{"n":"{{leerling.achternam}}"}"#))
        }
        #expect(error?.problems.first?.suggestion == "did you mean 'leerling.achternaam'?")
        #expect(error?.problems.first?.path == ["registration", "body"])
    }

    @Test func `names everything that is wrong at once`() throws {
        let error = #expect(throws: SettingProblems.self) {
            try IndexSettings.adapter(
                registration: ["path": "x", "content_type": "text/plain", "body": "{{y}}", "headers": ["Host": "z"]])
        }
        let paths = Set((error?.problems ?? []).map { $0.path.joined(separator: ".") })
        #expect(
            paths.isSuperset(of: [
                "registration.path", "registration.content_type", "registration.body", "registration.headers.Host",
            ]))
    }
}
