// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import AdapterTesting
import Disclosures
import Testing
import Values
import VeiligThuis

struct VeiligThuisHandoverTests {
    private static let recipient = Recipient(
        id: "vt", kind: .veiligThuis, name: "Veilig Thuis Voorbeeldregio", channel: .handover)
    private static let notYet = "Informeer het gezin nog niet, vraag eerst advies aan Veilig Thuis."

    private func document(
        _ kind: MessageKind, _ extent: SampleMessage.Extent = .full, _ change: [String: JSONValue?] = [:]
    ) throws -> HandoverDocument {
        let adapter = try VeiligThuisAdapter(
            settings: AdapterSettings(
                values: ["web_form": "https://vt.example/form", "advice_form": "https://vt.example/advies"],
                channel: "handover"))
        let full = SampleMessage(kind, extent, to: Self.recipient).disclosure
        var content = full.content.object ?? [:]
        for (key, value) in change { content[key] = value }
        return try adapter.handover(full.replacing(content: .object(content)))
    }

    @Test func `puts acute danger first`() throws {
        for kind in [MessageKind.veiligThuisMelding, .veiligThuisAdvies] {
            let document = try document(kind)
            #expect(document.instruction.hasPrefix("Acuut gevaar: bel eerst 112."))
            #expect(document.instruction.contains(Self.notYet))
            #expect(document.instruction.contains("0800-2000"))
            #expect(!document.instruction.contains("https://vt.example/form"))
        }
    }

    @Test func `does not let the family be told of a special form`() throws {
        let special = try document(
            .veiligThuisMelding, .full, ["acuutGevaar": false, "structureleOnveiligheid": false])
        #expect(special.instruction.hasPrefix(Self.notYet))
        #expect(special.instruction.contains("https://vt.example/form"))
        let ordinary = try document(
            .veiligThuisMelding, .full,
            ["acuutGevaar": false, "structureleOnveiligheid": .some(nil), "bijzondereVorm": .some(nil)])
        #expect(!ordinary.instruction.contains(Self.notYet))
        #expect(!ordinary.instruction.contains("112"))
    }

    @Test func `keeps advice anonymous`() throws {
        let document = try document(.veiligThuisAdvies)
        #expect(document.title == "Advies vragen aan Veilig Thuis (anoniem)")
        #expect(document.instruction.contains("noem geen namen"))
        #expect(document.sections.map(\.part).allSatisfy { $0 == nil } && document.reference == nil)
        let text = document.sections.map { section in
            ([section.heading] + section.lines.map { "  \($0.label): \($0.value)" }).joined(separator: "\n")
        }
        #expect(
            text.joined(separator: "\n") == """
                Zo begint u
                  Zeg: Ik werk op een school en vraag advies. Ik noem geen gegevens van het kind of het gezin.
                Uw vraag
                  Vraag: Moeten wij melden bij Veilig Thuis?
                Waar het om gaat
                  Leeftijd van het kind: 4 tot en met 11 jaar
                  Soort zorg: psychisch geweld, getuige van geweld
                  Bijzondere vorm: huwelijksdwang
                  Acuut gevaar: ja
                  Structurele onveiligheid: ja
                  Gezette stappen: signalen in kaart gebracht
                Vraag ook
                  Wat nu: Wat raadt u aan, wie doet wat, en wanneer?
                  Het gezin: Wat zeggen wij wel en niet tegen het kind en de ouders, en wanneer?
                  Melden: Moeten wij melden? Zo niet, wanneer dan wel?
                Schrijf op
                  Advies: wat er is geadviseerd, door wie (naam en functie), en wanneer
                Voor uw administratie
                  Kenmerk van de school: MP-A1-7K2M
                """)
    }

    @Test func `offers the form for advice only when it can wait`() throws {
        let now = try document(.veiligThuisAdvies)
        #expect(!now.instruction.contains("https://vt.example/advies"))
        let later = try document(
            .veiligThuisAdvies, .full, ["acuutGevaar": false, "structureleOnveiligheid": false])
        #expect(later.instruction.contains("of gebruik het formulier voor advies: https://vt.example/advies."))
    }

    @Test func `says to quote the reference of Veilig Thuis`() throws {
        let adapter = try VeiligThuisAdapter(settings: AdapterSettings(values: [:], channel: "handover"))
        let message = SampleMessage(.correctie, to: Self.recipient).disclosure
        let known = message.replacing(content: message.content, counterpartReference: "VT-117")
        #expect(
            try adapter.handover(known).instruction.contains("Noem het kenmerk dat Veilig Thuis eerder gaf: VT-117."))
        #expect(try !adapter.handover(message).instruction.contains("Noem het kenmerk"))
    }

    /// A form of a later version may bring names into an advice: they stay out.
    @Test func `shows nothing in an advice that its form does not know`() throws {
        let document = try document(.veiligThuisAdvies, .full, ["leerling": ["achternaam": "Kanarie"]])
        #expect(!String(describing: document).contains("Kanarie"))
    }

    @Test func `asks for the hidden origin to be said first`() throws {
        let hidden = try document(.veiligThuisMelding, .hidden)
        #expect(hidden.instruction.contains("herkomst"))
        let open = try document(.veiligThuisMelding)
        #expect(!open.instruction.contains("herkomst"))
    }

    @Test func `calls at once for structural unsafety`() throws {
        for kind in [MessageKind.veiligThuisMelding, .veiligThuisAdvies, .verstrekking] {
            let document = try document(kind, .full, ["acuutGevaar": false, "bijzondereVorm": .some(nil)])
            #expect(document.instruction.hasPrefix("Structurele onveiligheid: bel Veilig Thuis nu meteen."))
            #expect(!document.instruction.contains("https://vt.example/form"))
            #expect(!document.instruction.contains(Self.notYet))
        }
    }

    @Test func `shows a hidden origin only to Veilig Thuis`() throws {
        let document = try document(.veiligThuisMelding, .hidden)
        #expect(document.reference == nil)
        let alone = document.sections.filter { $0.part == "Deel 2: alleen voor Veilig Thuis" }
        let open = document.sections.filter { !alone.contains($0) }
        for field in ["contactpersoon.naam", "contactpersoon.telefoon", "meldpoort.school.naam"] {
            #expect(String(describing: alone).contains("Kanarie alleenVeiligThuis.\(field) "))
        }
        let rest = "\(document.title) \(document.instruction) \(open)"
        for word in ["alleenVeiligThuis", "99XX", "MP-A1-7K2M"] { #expect(!rest.contains(word)) }
        for word in ["school", "School", "contactpersoon"] { #expect(!String(describing: open).contains(word)) }
    }

    @Test func `says what a later message is`() throws {
        let answer = try document(.verstrekking, .full, ["acuutGevaar": .some(nil)])
        #expect(answer.title == "Informatie voor Veilig Thuis")
        #expect(answer.instruction.contains("niet een nummer uit de vraag"))
        #expect(answer.instruction.contains("dat de informatie is gegeven"))
        let correction = try document(.correctie)
        #expect(correction.title == "Correctie voor Veilig Thuis")
        #expect(correction.instruction.contains("AVG art. 19"))
        for document in [answer, correction] {
            #expect(!document.instruction.contains("https://vt.example/form"))
            #expect(
                document.sections.contains { $0.part == "Deel 1: inzage betrokkenen" && $0.heading == "Informatie" })
        }
    }
}
