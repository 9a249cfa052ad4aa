// SPDX-License-Identifier: EUPL-1.2
import Testing
import Values

/// The examples that RFC 8785 itself gives.
@Suite struct CanonicalJSONTests {
    /// Appendix B: the bits of a double and how it is written.
    static let numbers: [(UInt64, String)] = [
        (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"),
        (0x0000_0000_0000_0001, "5e-324"), (0x8000_0000_0000_0001, "-5e-324"),
        (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"), (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
        (0x4340_0000_0000_0000, "9007199254740992"), (0xc340_0000_0000_0000, "-9007199254740992"),
        (0x4430_0000_0000_0000, "295147905179352830000"), (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
        (0x44b5_2d02_c7e1_4af6, "1e+23"), (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
        (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"), (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
        (0x444b_1ae4_d6e2_ef50, "1e+21"), (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
        (0x3eb0_c6f7_a0b5_ed8d, "0.000001"), (0x41b3_de43_5555_5553, "333333333.3333332"),
        (0x41b3_de43_5555_5554, "333333333.33333325"), (0x41b3_de43_5555_5555, "333333333.3333333"),
        (0x41b3_de43_5555_5556, "333333333.3333334"), (0x41b3_de43_5555_5557, "333333333.33333343"),
        (0xbecb_f647_612f_3696, "-0.0000033333333333333333"), (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ]

    @Test(arguments: numbers) func writesNumbers(_ bits: UInt64, _ text: String) throws {
        let value = JSONValue.number(Double(bitPattern: bits))
        #expect(value.canonicalString == text)
        #expect(try StrictJSON.read(text).get() == value)
    }

    @Test(
        arguments: [
            (1, "1"), (-1, "-1"), (0.1, "0.1"), (1.5, "1.5"), (-0.5, "-0.5"), (100, "100"),
            (1e20, "100000000000000000000"),
            (123456789012345.6, "123456789012345.6"), (0.00001, "0.00001"), (1e-7, "1e-7"), (1.25e-9, "1.25e-9"),
            (1e100, "1e+100"), (.nan, "null"), (.infinity, "null"),
        ] as [(Double, String)])
    func writesOtherNumbers(_ number: Double, _ text: String) {
        #expect(JSONValue.number(number).canonicalString == text)
    }

    @Test func writesTheExampleOfSection322() throws {
        let text = #"""
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """#
        let expected =
            #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#
            + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#
        let value = try StrictJSON.read(text).get()
        #expect(value.canonicalString == expected)
        #expect(value.canonicalBytes == Array(expected.utf8))
    }

    @Test func sortsKeysAsSection323Shows() throws {
        let text = #"""
            {
              "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
              "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
              "\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """#
        let expected =
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\","
            + "\"\u{F6}\":\"Latin Small Letter O With Diaeresis\",\"\u{20AC}\":\"Euro Sign\","
            + "\"\u{1F600}\":\"Emoji: Grinning Face\",\"\u{FB33}\":\"Hebrew Letter Dalet With Dagesh\"}"
        #expect(try StrictJSON.read(text).get().canonicalBytes == Array(expected.utf8))
    }

    @Test func escapesOnlyWhatItMust() {
        let text = "\u{0}\u{8}\t\n\u{B}\u{C}\r\u{1F} \"\\/\u{7F}\u{2028}é"
        let expected = #""\u0000\b\t\n\u000b\f\r\u001f \"\\/"# + "\u{7F}\u{2028}é\""
        #expect(JSONValue.string(text).canonicalBytes == Array(expected.utf8))
    }

    @Test func sortsLikeUTF16() {
        var generator = SplitMix64(seed: 8785)
        let marks: [Unicode.Scalar] = [
            "a", "\u{7F}", "\u{80}", "\u{7FF}", "\u{D7FF}", "\u{E000}", "\u{FFFD}", "\u{10000}",
        ]
        for _ in 0..<5_000 {
            let keys = (0..<2).map { _ in
                String(
                    String.UnicodeScalarView(
                        (0..<3).map { _ in marks.randomElement(using: &generator) ?? "a" }))
            }
            let value = JSONValue.object(Dictionary(keys.map { ($0, 1) }, uniquingKeysWith: { first, _ in first }))
            let sorted = Set(keys).sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
            let expected = "{" + sorted.map { "\"\($0)\":1" }.joined(separator: ",") + "}"
            #expect(value.canonicalBytes == Array(expected.utf8))
        }
    }

    @Test func indentsForPeople() {
        let value: JSONValue = ["b": [1, [], [:]], "a": ["é": nil]]
        let expected = """
            {
              "a": {
                "é": null
              },
              "b": [
                1,
                [],
                {}
              ]
            }
            """
        #expect(value.prettyString == expected)
        #expect(JSONValue.object([:]).prettyString == "{}")
    }
}
