// SPDX-License-Identifier: EUPL-1.2
import Testing
import Values

/// All BSNs here lie in the range 9999xxxxx that is kept for tests.
@Suite struct BSNTests {
    static let bsn = "999990019"

    @Test(arguments: ["999990019", "999991772", "999993653", "999999990", "999990482"])
    func passes(_ text: String) {
        #expect(BSN.passesElevenTest(text))
    }

    @Test(
        arguments: [
            "999990018", "000000000", "99999001", "9999900190", "99999001a", "", "999 990019", "-99990019", "９９９９９００１９",
            "123456789", "111222334",
        ])
    func fails(_ text: String) {
        #expect(!BSN.passesElevenTest(text))
    }

    @Test(
        arguments: [
            "999990019", "leerling:999990019", "a/999990019/b", "999990019-1", "x_999990019_y", " 999990019",
            "é 999990019",
            "urn:nl:999990019", "123.999990019", "•999990019•",
        ])
    func isPresent(_ value: String) {
        #expect(BSN.isPresent(inContextValue: value))
    }

    @Test(
        arguments: [
            "", "99999001", "a999990019", "999990019a", "9999900190", "1999990019", "999990018", "é999990019",
            "999990019é",
            "999.990.019", "999 990 019", "x٣999990019", "000000000", "2026-11-22T10:15:30Z",
        ])
    func isAbsent(_ value: String) {
        #expect(!BSN.isPresent(inContextValue: value))
    }

    @Test(
        arguments: [
            ("999990019", "•••••••••", 1), ("bsn 999990019.", "bsn •••••••••.", 1),
            ("BSN:999.990.019, en", "BSN:•••••••••, en", 1),
            ("9999 90 019", "•••••••••", 1), ("9999 91 772", "•••••••••", 1), ("999.991.772", "•••••••••", 1),
            ("999990019 999991772", "••••••••• •••••••••", 2), ("12 999990019 3", "12 ••••••••• 3", 1),
            ("999\u{A0}990\u{A0}019", "•••••••••", 1), ("(999990019)", "(•••••••••)", 1),
            ("é 999990019 ü", "é ••••••••• ü", 1),
            ("tel 06 12345678, 999990019", "tel 06 12345678, •••••••••", 1),
            ("+31 6 12345678 999990019", "+31 6 12345678 •••••••••", 1),
        ])
    func masks(_ text: String, _ masked: String, _ found: Int) {
        let result = BSN.masked(in: text)
        #expect(result.text == masked)
        #expect(result.found == found)
    }

    @Test(
        arguments: [
            "", "geen nummer", "999990018", "9999900190", "a999990019", "999-990-019", "999. 990. 019",
            "9 9 9 9 9 0 0 1 9",
            "999.990 019", "+31 999991772", "+31 99 9991772", "0031 99 9991772", "020 1234567", "0612345678",
            "4d2f9999-0019-4000-8000-999990019999", "22.11.2026 10.15",
        ])
    func leaves(_ text: String) {
        let result = BSN.masked(in: text)
        #expect(result.text == text)
        #expect(result.found == 0)
    }

    @Test func maskedTextHoldsNoMoreBSN() {
        var generator = SplitMix64(seed: 7)
        let pieces = [
            "999990019", "999991772", " ", ".", "+31", "12", "345", "6782", "a", "é", "-", "0031", "\n", "999991772",
        ]
        for _ in 0..<5_000 {
            let text = (0..<8).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            let masked = BSN.masked(in: text).text
            let rest = BSN.masked(in: masked)
            #expect(rest.text == masked)
        }
    }
}

/// What a source may send as an id, in the numbers that a board would see.
@Suite struct BSNFalseAlarmTests {
    private static func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    /// A version 4 UUID, made byte by byte: slicing strings a million times takes minutes without the optimiser.
    private static func uuid(using generator: inout SplitMix64) -> String {
        let digits = StaticString("0123456789abcdef")
        var bytes: [UInt8] = []
        bytes.reserveCapacity(36)
        var random: UInt64 = 0
        for index in 0..<36 {
            switch index {
            case 8, 13, 18, 23: bytes.append(UInt8(ascii: "-"))
            case 14: bytes.append(UInt8(ascii: "4"))
            default:
                if random < 16 { random = generator.next() | 1 << 63 }
                bytes.append(digits.utf8Start[Int(random & 15)])
                random >>= 4
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func aMillionUUIDsAreNeverRefused() async {
        let failures = await withTaskGroup(of: Int.self) { group in
            for seed in 0..<4 {
                group.addTask {
                    var generator = SplitMix64(seed: UInt64(seed))
                    var failures = 0
                    for _ in 0..<250_000 {
                        let uuid = Self.uuid(using: &generator)
                        if !UUIDText.isUUID(uuid) || BSN.isPresent(inContextValue: uuid) { failures += 1 }
                    }
                    return failures
                }
            }
            return await group.reduce(0, +)
        }
        #expect(failures == 0)
    }

    @Test func traceparentsAndEpochIdsAreNeverRefused() {
        var generator = SplitMix64(seed: 12)
        var refused = 0
        for _ in 0..<50_000 {
            let trace = Self.hexadecimal(generator.next()) + Self.hexadecimal(generator.next())
            let seconds = Int.random(in: 1_600_000_000...1_999_999_999, using: &generator)
            let values = [
                "00-\(trace)-\(Self.hexadecimal(generator.next()))-01", "\(seconds)", "\(seconds * 1000 + 123)",
                "evt-\(seconds)-\(seconds % 1000)",
            ]
            refused += values.count { BSN.isPresent(inContextValue: $0) }
        }
        #expect(refused == 0)
    }

    @Test func oneInElevenRunningNumbersIsRefusedUnlessTheSourceIsMarked() {
        let refused = (100_000_000..<100_110_000).count { BSN.isPresent(inContextValue: String($0)) }
        #expect((9_500...10_500).contains(refused))
    }

    @Test(
        arguments: [
            ("123e4567-e89b-12d3-a456-426614174000", true), ("123E4567-E89B-12D3-A456-426614174000", true),
            ("00000000-0000-0000-0000-000000000000", true), ("123e4567e89b12d3a456426614174000", false),
            ("{123e4567-e89b-12d3-a456-426614174000}", false), ("123e4567-e89b-12d3-a456-42661417400g", false),
            ("123e4567-e89b-12d3-a456-4266141740000", false), ("123e4567-e89b-12d3-a456426614174000-", false),
            ("", false),
            ("123e4567-e89b-12d3-a456-426614174é0", false),
        ])
    func recognisesUUIDs(_ text: String, _ isUUID: Bool) {
        #expect(UUIDText.isUUID(text) == isUUID)
    }
}
