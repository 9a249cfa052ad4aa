// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import AdapterTesting
import Disclosures
import Testing
import Values
import Verwijsindex

struct IndexHandoverTests {
    private let adapter: VerwijsindexAdapter

    init() throws {
        adapter = try VerwijsindexAdapter(
            settings: AdapterSettings(
                values: ["brand_name": "SISA", "web_address": "https://sisa.example"], channel: "handover"))
    }

    @Test func `shows the fields in the order of the web application`() throws {
        let disclosure = SampleMessage(.verwijsindexRegistratie, to: IndexSettings.recipient).disclosure
        let document = try adapter.handover(disclosure)
        #expect(document.title == "Registratie in de verwijsindex (SISA)")
        #expect(
            document.sections.map(\.heading) == [
                "Jeugdige", "Wie registreert", "Afspraken met betrokkenen", "Administratie",
            ])
        #expect(
            document.sections.first?.lines.map(\.label) == ["Voorvoegsel", "Achternaam", "Geboortedatum", "Geslacht"])
        #expect(document.instruction.contains("https://sisa.example"))
        #expect(document.instruction.contains("match"))
    }

    @Test func `says why a registration is withdrawn`() throws {
        let disclosure = SampleMessage(.verwijsindexIntrekking, to: IndexSettings.recipient).disclosure
        let lines = try adapter.handover(disclosure).sections.flatMap(\.lines)
        #expect(lines.contains(.init(label: "Reden van intrekking", value: "het risico is niet meer aanwezig")))
        #expect(lines.contains(.init(label: "Kenmerk in de index", value: "IDX-000001")))
    }

    /// The word means a report to Veilig Thuis or a registration in the index, and must not stand alone.
    @Test func `never speaks of a bare melding`() throws {
        for kind in [MessageKind.verwijsindexRegistratie, .verwijsindexIntrekking] {
            let document = try adapter.handover(SampleMessage(kind, to: IndexSettings.recipient).disclosure)
            let words = "\(document.title) \(document.instruction)".lowercased()
            #expect(!words.contains("melding ") && !words.contains("signaal"))
        }
    }
}
