// SPDX-License-Identifier: EUPL-1.2
import Disclosures
import Testing
import Values

/// The texts as a care coordinator reads them: a full and a minimal message of each kind.
struct GoldenTextTests {
    @Test func `shares in full`() throws {
        let text = try Example.text(
            .verstrekking,
            [
                "doel": "takenRaad", "verzoek": "R-7", "structureleOnveiligheid": true, "leerling": Example.child,
                "betrokkenen": Example.others, "inhoud": Example.substance, "gezetteStappen": ["gesprek", "wegen"],
                "afsprakenMetBetrokkenen": Example.agreements, "contactpersoon": Example.contact,
                "meldpoort": Example.context,
            ])
        #expect(
            text == """
                Informatie voor Raad Voorbeeldregio

                Structurele onveiligheid: bel nu meteen Veilig Thuis via 0800-2000.
                Geef dit aan Raad Voorbeeldregio via 000-0000000.
                Is het een antwoord op een vraag, bel dan eerst terug op het nummer dat u al kende, niet op een \
                nummer uit de vraag.
                Houd de volgorde hieronder aan. Geef niet meer dan hier staat; een BSN gaat niet mee.
                Leg daarna in Meldpoort vast dat de informatie is gegeven: wanneer, hoe, aan wie, en welk kenmerk u \
                kreeg.

                Waarvoor
                  Doel: taken van de Raad
                  Kenmerk van het verzoek: R-7

                Veiligheid
                  Structurele onveiligheid: ja

                Kind
                  Voornamen: Testkind
                  Voorvoegsel: van
                  Achternaam: Voorbeeld-Achternaam
                  Geboortedatum: 04-03-2016
                  Geslacht: vrouw
                  Straat: Proefstraat
                  Huisnummer: 1a
                  Postcode: 0000 AA
                  Woonplaats: Voorbeeldstad

                Andere betrokkenen
                  Ouder: naam: Ouder Voorbeeld
                  Ouder: telefoon: 000-1111111
                  Broer of zus: naam: Zus Voorbeeld
                  Broer of zus: geboortedatum: 06-05-2018
                  Ouder 2: naam: Ouder Proef

                Feiten en zorgen
                  Feiten: Drie keer zonder eten op school.
                  Zorgen: Er lijkt thuis weinig toezicht.
                  Wat goed gaat en wie kan steunen: Een tante helpt.
                  Inzet van de school en anderen: Twee gesprekken.
                  Gezette stappen: gesprek met betrokkenen, gewogen
                  Vraag, of antwoord op een vraag: Wilt u onderzoeken?

                Afspraken met betrokkenen
                  Betrokkenen geïnformeerd: ja
                  Geïnformeerd op: 02-11-2026
                  Wie is geïnformeerd: ouder of verzorger
                  Toestemming: niet gevraagd

                School
                  School: School Voorbeeld
                  BRIN: 99XX
                  Contactpersoon: Contact Voorbeeld
                  Functie: intern begeleider

                Administratie
                  Kenmerk van de school: MP-1
                """)
    }

    @Test func `shares the least`() throws {
        let text = try Example.text(
            .verstrekking, ["inhoud": ["feiten": "Is vandaag niet op school gekomen."]], to: .politie,
            name: "Politie Voorbeeldregio", [:])
        #expect(
            text == """
                Informatie voor Politie Voorbeeldregio

                Geef dit aan Politie Voorbeeldregio.
                Is het een antwoord op een vraag, bel dan eerst terug op het nummer dat u al kende, niet op een \
                nummer uit de vraag.
                Houd de volgorde hieronder aan. Geef niet meer dan hier staat; een BSN gaat niet mee.
                Leg daarna in Meldpoort vast dat de informatie is gegeven: wanneer, hoe, aan wie, en welk kenmerk u \
                kreeg.

                Feiten en zorgen
                  Feiten: Is vandaag niet op school gekomen.
                """)
    }

    @Test func `prepares a meeting in full`() throws {
        let text = try Example.text(
            .overleg,
            [
                "datum": "2026-12-01", "leerling": Example.child, "betrokkenen": Example.others,
                "inhoud": Example.substance, "afsprakenMetBetrokkenen": Example.agreements,
                "contactpersoon": Example.contact, "bijzondereVorm": "huwelijksdwang",
                "ondertoezichtstelling": ["instelling": "gi-voorbeeld", "sinds": "2026-01-01"],
                "meldpoort": Example.context,
            ], to: .gecertificeerdeInstelling, name: "GI Voorbeeld")
        #expect(
            text == """
                Overleg: wat met deze deelnemer besproken mag worden (GI Voorbeeld)

                Informeer het gezin nog niet, vraag eerst advies aan Veilig Thuis.
                Hieronder staat wat u in het overleg met GI Voorbeeld mag bespreken, en niets meer.
                Elke deelnemer heeft een eigen overzicht. Bespreek aan tafel alleen wat in het overzicht van \
                iedereen staat die erbij is; de rest bespreekt u apart.
                Leg daarna in Meldpoort per deelnemer vast dat het is besproken: wanneer, en met wie.

                Overleg
                  Datum van het overleg: 01-12-2026
                  Ondertoezichtstelling: instelling: gi-voorbeeld
                  Ondertoezichtstelling: sinds: 01-01-2026

                Veiligheid
                  Bijzondere vorm: huwelijksdwang

                Kind
                  Voornamen: Testkind
                  Voorvoegsel: van
                  Achternaam: Voorbeeld-Achternaam
                  Geboortedatum: 04-03-2016
                  Geslacht: vrouw
                  Straat: Proefstraat
                  Huisnummer: 1a
                  Postcode: 0000 AA
                  Woonplaats: Voorbeeldstad

                Andere betrokkenen
                  Ouder: naam: Ouder Voorbeeld
                  Ouder: telefoon: 000-1111111
                  Broer of zus: naam: Zus Voorbeeld
                  Broer of zus: geboortedatum: 06-05-2018
                  Ouder 2: naam: Ouder Proef

                Feiten en zorgen
                  Feiten: Drie keer zonder eten op school.
                  Zorgen: Er lijkt thuis weinig toezicht.
                  Wat goed gaat en wie kan steunen: Een tante helpt.
                  Inzet van de school en anderen: Twee gesprekken.
                  Vraag, of antwoord op een vraag: Wilt u onderzoeken?

                Afspraken met betrokkenen
                  Betrokkenen geïnformeerd: ja
                  Geïnformeerd op: 02-11-2026
                  Wie is geïnformeerd: ouder of verzorger
                  Toestemming: niet gevraagd

                School
                  School: School Voorbeeld
                  BRIN: 99XX
                  Contactpersoon: Contact Voorbeeld
                  Functie: intern begeleider

                Administratie
                  Kenmerk van de school: MP-1
                """)
    }

    @Test func `prepares a meeting with the least`() throws {
        let text = try Example.text(
            .overleg, ["datum": "2026-12-01", "inhoud": ["vraag": "Welke hulp past?"]], to: .hulpverlener,
            name: "Wijkteam Voorbeeld")
        #expect(
            text == """
                Overleg: wat met deze deelnemer besproken mag worden (Wijkteam Voorbeeld)

                Hieronder staat wat u in het overleg met Wijkteam Voorbeeld mag bespreken, en niets meer.
                Elke deelnemer heeft een eigen overzicht. Bespreek aan tafel alleen wat in het overzicht van \
                iedereen staat die erbij is; de rest bespreekt u apart.
                Leg daarna in Meldpoort per deelnemer vast dat het is besproken: wanneer, en met wie.

                Overleg
                  Datum van het overleg: 01-12-2026

                Feiten en zorgen
                  Vraag, of antwoord op een vraag: Welke hulp past?
                """)
    }

    @Test func `asks about an injury in full`() throws {
        let text = try Example.text(
            .letselduiding,
            [
                "leeftijdsgroep": "0-3", "soortLetsel": ["blauwePlekken", "brandwonden"],
                "plaatsLetsel": ["hoofdHals", "romp"], "verklaring": "wisselend", "acuutGevaar": true,
                "meldpoort": ["kenmerk": "MP-1"],
            ], to: .deskundigeLetselduiding, name: "Deskundige Voorbeeld")
        #expect(
            text == """
                Letselduiding vragen (anoniem)

                Acuut gevaar: bel eerst 112. Bel daarna meteen Veilig Thuis via 0800-2000.
                Informeer het gezin nog niet, vraag eerst advies aan Veilig Thuis.
                Vraag Deskundige Voorbeeld via 000-0000000 wat het letsel kan betekenen.
                De vraag is anoniem: noem geen namen, geboortedatum, adres of andere gegevens waaraan het kind of \
                het gezin te herkennen is, en stuur geen beeld waarop het kind te herkennen is.
                Leg daarna het antwoord in Meldpoort vast.

                Letsel
                  Leeftijd van het kind: 0 tot en met 3 jaar
                  Soort letsel: blauwe plekken, brandwonden
                  Plaats op het lichaam: hoofd of hals, romp
                  Verklaring die is gegeven: wisselend
                  Acuut gevaar: ja

                Administratie
                  Kenmerk van de school: MP-1
                """)
    }

    @Test func `asks the least about an injury`() throws {
        let text = try Example.text(
            .letselduiding, ["soortLetsel": ["anders"]], to: .deskundigeLetselduiding, name: "Deskundige Voorbeeld", [:]
        )
        #expect(
            text == """
                Letselduiding vragen (anoniem)

                Vraag Deskundige Voorbeeld wat het letsel kan betekenen.
                De vraag is anoniem: noem geen namen, geboortedatum, adres of andere gegevens waaraan het kind of \
                het gezin te herkennen is, en stuur geen beeld waarop het kind te herkennen is.
                Leg daarna het antwoord in Meldpoort vast.

                Letsel
                  Soort letsel: anders
                """)
    }

    @Test func `writes a step for the file in full`() throws {
        let text = try Example.text(
            .lvsRegistratie,
            [
                "leerling": ["leerlingnummer": "12", "achternaam": "Voorbeeld-Achternaam"], "element": "gesprek",
                "stap": "stap3", "datum": "2026-11-02", "overgeslagen": false, "uitgevoerdDoor": "ib-1",
                "acuutGevaar": true, "meldpoort": ["kenmerk": "MP-1"],
            ], to: .leerlingvolgsysteem, name: "LVS Voorbeeld", ["hidden_section": "Zorgdossier, alleen intern"])
        #expect(
            text == """
                Registratie in het leerlingvolgsysteem

                Zet dit in het deel van het leerlingvolgsysteem dat ouders en leerlingen niet zien (Zorgdossier, \
                alleen intern), nooit in een deel dat in het ouderportaal verschijnt. Is er zo'n deel niet, zet het \
                er dan niet in.
                Neem niet meer over dan hier staat.
                Leg daarna in Meldpoort vast dat de registratie is gedaan, en wanneer.

                Kind
                  Achternaam: Voorbeeld-Achternaam
                  Leerlingnummer: 12

                Stap van de meldcode
                  Onderdeel: gesprek met betrokkenen
                  Stap: stap3
                  Datum: 02-11-2026
                  Overgeslagen: nee
                  Uitgevoerd door: ib-1

                Veiligheid
                  Acuut gevaar: ja

                Administratie
                  Kenmerk van de school: MP-1
                """)
    }

    @Test func `writes the least for the file`() throws {
        let text = try Example.text(
            .lvsRegistratie, ["element": "wegen", "datum": "2026-11-02"], to: .leerlingvolgsysteem,
            name: "LVS Voorbeeld", [:])
        #expect(
            text == """
                Registratie in het leerlingvolgsysteem

                Zet dit in het deel van het leerlingvolgsysteem dat ouders en leerlingen niet zien, nooit in een \
                deel dat in het ouderportaal verschijnt. Is er zo'n deel niet, zet het er dan niet in.
                De leerling staat hier niet bij: het is de leerling van deze zaak in Meldpoort.
                Neem niet meer over dan hier staat.
                Leg daarna in Meldpoort vast dat de registratie is gedaan, en wanneer.

                Stap van de meldcode
                  Onderdeel: gewogen
                  Datum: 02-11-2026
                """)
    }

    @Test func `corrects in full`() throws {
        let text = try Example.text(
            .correctie,
            [
                "soort": "rectificatie", "velden": ["leerling.geboortedatum", "betrokkenen[].adres.straat"],
                "datum": "2026-11-20", "toelichting": "Het jaar klopte niet.", "leerling": Example.child,
                "meldpoort": Example.context,
            ], ["phone": "000-0000000", "way": "het beveiligde webformulier"])
        #expect(
            text == """
                Correctie van eerder gegeven informatie: Raad Voorbeeldregio

                Vraag Raad Voorbeeldregio via 000-0000000 of het beveiligde webformulier de gegevens hieronder te \
                verbeteren (AVG art. 16 en 19).
                Houd de volgorde hieronder aan. Geef niet meer dan hier staat; een BSN gaat niet mee.
                Leg daarna in Meldpoort vast dat de correctie is doorgegeven: wanneer, hoe, aan wie, en welk \
                kenmerk u kreeg.

                Correctie
                  Soort correctie: rectificatie: de gegevens waren onjuist
                  Om welke gegevens: kind: geboortedatum, andere betrokkenen: adres: straat
                  Vastgesteld op: 20-11-2026
                  Toelichting: Het jaar klopte niet.

                Kind
                  Voornamen: Testkind
                  Voorvoegsel: van
                  Achternaam: Voorbeeld-Achternaam
                  Geboortedatum: 04-03-2016
                  Geslacht: vrouw
                  Straat: Proefstraat
                  Huisnummer: 1a
                  Postcode: 0000 AA
                  Woonplaats: Voorbeeldstad

                School
                  School: School Voorbeeld
                  BRIN: 99XX

                Administratie
                  Kenmerk van de school: MP-1
                """)
    }

    @Test func `corrects the least`() throws {
        let text = try Example.text(
            .correctie, ["soort": "wissing", "velden": ["inhoud.zorgen"], "datum": "2026-11-20"],
            to: .leerlingvolgsysteem, name: "LVS Voorbeeld", [:])
        #expect(
            text == """
                Correctie van eerder gegeven informatie: LVS Voorbeeld

                Zoek in het leerlingvolgsysteem op wat hieronder staat. Het is nodig dit te wissen (AVG art. 17 en \
                19).
                Leg daarna in Meldpoort vast dat dit is gedaan, en wanneer.

                Correctie
                  Soort correctie: wissing: de gegevens moeten weg
                  Om welke gegevens: inhoud: zorgen
                  Vastgesteld op: 20-11-2026
                """)
    }
}
