// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Meldcode
import Testing
import Values

/// A whole case as people and programs see it.
@Suite struct GoldenTimelineTests {
    private func timeline() throws -> CaseTimeline {
        let answers: [String: JSONValue] = [
            "vermoeden": "ja", "onveiligheid": "nee", "hulpMogelijk": "ja", "hulpAanvaard": "nee",
        ]
        let events = [
            try Sample.arrival(
                .zorgGesignaleerd, 1, ["leerling": ["achternaam": "Voorbeeld-Achternaam"], "signaal": "Blauwe plek."]),
            try Sample.stap(1, .inKaartBrengen, ["stap": "signaleren"]), try Sample.stap(2, .gesprek),
            try Sample.arrival(.adviesGevraagd, 3, ["vraag": "wegen"]),
            try Sample.weging(5, answers, "hulp"),
        ]
        let delivery = CaseRecord.Delivery(
            number: 7, recipient: "vt", state: "aangekomen", at: try Timestamp(parsing: "2026-11-03T12:30:00Z"),
            article: nil, isDisclosure: false)
        return Sample.timeline(try Sample.vo(), events, deliveries: [delivery])
    }

    @Test func asText() throws {
        let expected = """
            Zaak 0f5b6a3e-6f52-4c2e-9a55-5d2b3e0c9a11, spoor: Spoor vo

            Stappen
              [x] 1. Titel signaleren: gezet op 01-11-2026
                    gesprek gevoerd op 02-11-2026
              [ ] 2. Titel consult: nog niet vastgelegd, terwijl een latere stap al is gezet; dat mag
                    door: centrale contactpersoon
                    vast te leggen: wat consult vraagt en wie
                    gesprek nog niet aan de orde
              [x] 3. Titel overleg: gezet op 05-11-2026
                    gesprek nog niet vastgelegd
              [ ] 4. Titel acties: nog niet vastgelegd
                    door: centrale contactpersoon
                    vast te leggen: wat acties vraagt en wie
                    gesprek nog niet aan de orde
              [ ] 5. Titel nazorg: nog niet vastgelegd
                    door: centrale contactpersoon
                    vast te leggen: wat nazorg vraagt en wie
                    gesprek nog niet aan de orde

            Weging
              05-11-2026  Hulp is niet mogelijk, niet aanvaard of helpt niet genoeg: doe een melding bij Veilig Thuis. Hulp van de school kan daarnaast doorgaan.
              Besluit: hulp bieden of organiseren; dat is minder dan het afwegingskader aangeeft; de reden is niet vastgelegd.
              Bron: Afwegingskader meldcode onderwijs en leerplicht (Stb. 2017, 291).

            Verloop
              01-11-2026  Zorg gesignaleerd.
              01-11-2026  Stap gezet: “Titel signaleren” (in kaart brengen van signalen).
              02-11-2026  Gesprek met de betrokkenen gevoerd.
              03-11-2026  Advies gevraagd aan Veilig Thuis (anoniem).
              03-11-2026  Aflevering 7 aan Veilig Thuis Voorbeeldregio: aangekomen.
              05-11-2026  Gewogen met het afwegingskader. Uitkomst: een melding bij Veilig Thuis. Besluit: hulp bieden of organiseren; dat is minder dan het afwegingskader aangeeft; de reden is niet vastgelegd.

            Nog te doen
              - Het besluit wijkt af van het afwegingskader en de reden is niet vastgelegd; de aandachtsfunctionaris vult aan.
              - Stap 2 (Titel consult) is niet vastgelegd en een latere stap is al gezet. Dat mag, bijvoorbeeld bij acuut gevaar: leg de reden vast, of alsnog: wat consult vraagt en wie.
              - Voer na stap 3 het gesprek met de ouders, en zo mogelijk met de leerling, of leg vast waarom niet.
              - Beantwoord aan het eind van de hulptermijn vraag 5: Leidt de hulp binnen de afgesproken termijn tot het resultaat?

            """
        let text = try timeline().text
        #expect(text == expected, "\(text)")
    }

    @Test func asJSON() throws {
        let json = try timeline().json
        #expect(
            json.object?.keys.sorted() == ["alarmen", "nogTeDoen", "spoor", "stappen", "verloop", "weging", "zaak"])
        #expect(json["spoor"] == ["naam": "vo", "titel": "Spoor vo"])
        #expect(
            json["stappen"]?[0] == [
                "nummer": 1, "stap": "signaleren", "titel": "Titel signaleren", "uitleg": "Uitleg signaleren.",
                "onderdelen": ["inKaartBrengen"], "wie": ["centraleContactpersoon"], "staat": "gezet",
                "tekst": "gezet op 01-11-2026", "vastTeLeggen": [], "voorbijgegaan": false, "afwegingskader": false,
                "verwijsindex": false, "datum": "2026-11-01",
                "gesprek": ["staat": "gevoerd", "tekst": "gesprek gevoerd op 02-11-2026", "datum": "2026-11-02"],
            ])
        #expect(json["stappen"]?[1]?["voorbijgegaan"] == true)
        #expect(json["weging"]?["uitkomst"] == "melden")
        #expect(json["weging"]?["vergelijking"] == "lichterDanAfwegingskader")
        #expect(json["weging"]?["tekort"]?.string?.isEmpty == false)
        #expect(
            json["verloop"]?[3] == [
                "datum": "2026-11-03", "vastgelegdOp": "2026-11-03T12:00:00.000Z", "soort": "advies",
                "tekst": "Advies gevraagd aan Veilig Thuis (anoniem).",
            ])
        #expect(json["nogTeDoen"]?.array?.count == 4)
    }
}
