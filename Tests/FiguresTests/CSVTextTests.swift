// SPDX-License-Identifier: EUPL-1.2
import Figures
import Testing

@Suite struct CSVTextTests {
    @Test func quotesAndEnds() {
        #expect(CSVText.rows([["a", "b \"c\""], ["é", ""]]) == "\u{FEFF}\"a\";\"b \"\"c\"\"\"\r\n\"é\";\"\"\r\n")
    }

    /// A spreadsheet would make a day of it.
    @Test func aBandIsNoDay() { #expect(CSVText.band(1, 4) == "1 t/m 4") }

    @Test(arguments: ["=1+1", "+1", "-1", "@A1", "\t=1", " =1", "\r\n=1", "\u{00A0}=1", "＝1"])
    func aFormulaIsText(value: String) {
        #expect(CSVText.rows([[value]]) == "\u{FEFF}\"'\(value)\"\r\n")
    }

    @Test(arguments: ["1-4", "a=b", "'=1", "", " ", "–"]) func whatIsNoFormula(value: String) {
        #expect(CSVText.rows([[value]]) == "\u{FEFF}\"\(value)\"\r\n")
    }
}
