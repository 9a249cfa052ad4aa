// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Leerlingvolgsysteem
import Testing
import Values

/// Concerns out of an exported file: all of it, or every problem in it.
@Suite struct ConcernFileTests {
    private func read(_ text: String, _ settings: JSONValue = [:]) throws -> [ExportedConcern] {
        try Example.adapter(settings, channel: "handover").concerns(in: Array(text.utf8))
    }

    private func problems(_ text: String, _ settings: JSONValue = [:]) throws -> [String] {
        do {
            _ = try read(text, settings)
            return []
        } catch let error as ConcernFileProblems {
            return error.problems.map { "\($0.line) \($0.column ?? "-"): \($0.message)" }
        }
    }

    @Test func aWholeFileIsRead() throws {
        let concerns = try read(
            """
            nummer;brin;zaak;leerlingnummer;voornamen;voorvoegsel;achternaam;geboortedatum;geslacht;datum;signaal;ingevoerd door;klas
            7;99XX;;810001;Testkind;van;Voorbeeld-Achternaam;4-3-2016;v;2026-11-02;"Drie keer zonder eten; stil";juf-1;5a
            8;99XX01;MP-1;;;;Verzonnen;;;3-11-2026;=Boos;;6b
            """)
        #expect(
            concerns == [
                ExportedConcern(
                    rowID: "7", school: "99XX", caseReference: nil,
                    pupil: PupilRecord(values: [
                        .leerlingnummer: "810001", .voornamen: "Testkind", .voorvoegsel: "van",
                        .achternaam: "Voorbeeld-Achternaam", .geboortedatum: "2016-03-04", .geslacht: "vrouw",
                    ]), date: "2026-11-02", signal: "Drie keer zonder eten; stil", raisedBy: "juf-1"),
                ExportedConcern(
                    rowID: "8", school: "99XX01", caseReference: "MP-1",
                    pupil: PupilRecord(values: [.achternaam: "Verzonnen"]), date: "2026-11-03", signal: "=Boos",
                    raisedBy: nil),
            ])
    }

    @Test func columnsAreCalledAsTheSettingsSay() throws {
        let settings: JSONValue = [
            "concerns": [
                "separator": "comma", "encoding": "windows-1252", "school": "99XX",
                "columns": ["number": "Leerling nr", "date": "Datum notitie", "signal": "Notitie"],
            ]
        ]
        let bytes = Array("Leerling nr,Datum notitie,Notitie\n1,1-2-2026,".utf8) + [0xE9]
        let concerns = try Example.adapter(settings, channel: "handover").concerns(in: bytes)
        #expect(concerns.map(\.signal) == ["é"])
        #expect(concerns.map(\.school) == ["99XX"])
        #expect(concerns.first?.rowID.count == 64)
    }

    @Test func aRowWithoutANumberKeepsItsName() throws {
        let heading = "brin;leerlingnummer;datum;signaal\n"
        let one = try read(heading + "99XX;1;2026-01-02;stil")
        let both = try read(heading + "99XX;2;2026-01-02;stil\n99XX;1;2026-01-02;stil")
        #expect(one.map(\.rowID) == [both[1].rowID])
        #expect(both[0].rowID != both[1].rowID)
    }

    @Test func everyProblemIsToldByLineAndColumn() throws {
        #expect(
            try problems(
                """
                nummer;brin;leerlingnummer;achternaam;geboortedatum;geslacht;datum;signaal
                1;99X;810001;;32-1-2016;x;vandaag;
                ;99XX;;;;;2026-02-30;stil
                3;99XX;1;;;;2026-02-03;stil
                3;99XX;2;;;;2026-02-03;boos
                """) == [
                    "2 datum: dit is geen datum: schrijf JJJJ-MM-DD of D-M-JJJJ",
                    "2 signaal: dit veld is leeg: vul het in",
                    "2 brin: dit is geen BRIN: twee cijfers, twee hoofdletters en eventueel twee cijfers",
                    "2 geboortedatum: dit is geen datum: schrijf JJJJ-MM-DD of D-M-JJJJ",
                    "2 geslacht: dit is geen geslacht: schrijf man, vrouw of onbekend",
                    "3 datum: dit is geen datum: schrijf JJJJ-MM-DD of D-M-JJJJ",
                    "3 leerlingnummer: niet te zien is om welke leerling het gaat: vul het nummer of de naam in",
                    "5 nummer: deze regel staat al eerder in het bestand",
                ])
    }

    @Test func missingColumnsAreNamed() throws {
        let text = "deze kolom ontbreekt: voeg hem toe, of noem in de instellingen hoe hij hier heet"
        #expect(
            try problems("naam;tekst\nTestkind;stil") == [
                "1 datum: \(text)", "1 signaal: \(text)", "1 brin: \(text)", "1 leerlingnummer: \(text)",
            ])
    }

    @Test func aBrokenFileIsToldByItsPlaces() throws {
        let found = try problems("brin;leerlingnummer;datum;signaal\n99XX;1;2026-01-02;\"stil\n")
        #expect(
            found == [
                "2 kolom 4: een veld tussen aanhalingstekens wordt niet gesloten"
            ])
        #expect(try problems("").first?.hasPrefix("1 -: het bestand is leeg") == true)
    }

    @Test func noProblemTellsWhatStandsInTheFile() throws {
        let rows = (0..<300).map { "Geheim\($0);Geheim;Geheim;Geheim;Geheim" }.joined(separator: "\n")
        let found = try problems("brin;leerlingnummer;datum;signaal;geboortedatum\n" + rows)
        #expect(found.count == 100)
        #expect(!found.contains { $0.contains("Geheim") })
    }
}
