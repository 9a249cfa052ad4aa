// SPDX-License-Identifier: EUPL-1.2
import Testing
import Values

@Suite struct JSONPropertyTests {
    @Test func whatIsWrittenReadsBackAsItWas() throws {
        var generator = SplitMix64(seed: 1)
        for _ in 0..<3_000 {
            let value = JSONValue.random(depth: 4, using: &generator)
            let bytes = value.canonicalBytes
            let read = try StrictJSON.read(bytes).get()
            #expect(read == value)
            #expect(read.canonicalBytes == bytes)
            #expect(try StrictJSON.read(value.prettyString).get().canonicalBytes == bytes)
        }
    }

    @Test func everyFiniteNumberReadsBackToTheBit() throws {
        var generator = SplitMix64(seed: 2)
        for _ in 0..<10_000 {
            let number = Double(bitPattern: generator.next())
            guard number.isFinite else { continue }
            let text = JSONValue.number(number).canonicalString
            #expect(Double(text)?.bitPattern == number.bitPattern)
            #expect(try StrictJSON.read(text).get().number?.bitPattern == number.bitPattern)
        }
    }

    @Test func shortNumbersReadAsTheNearestDouble() throws {
        var generator = SplitMix64(seed: 3)
        for _ in 0..<10_000 {
            let digits = Int.random(in: 0...Int.max, using: &generator) >> Int.random(in: 0...62, using: &generator)
            let text =
                "\(digits).\(UInt16.random(in: 0...999, using: &generator))e\(Int.random(in: -40...40, using: &generator))"
            #expect(try StrictJSON.read(text).get().number == Double(text))
        }
    }

    /// Whatever bytes come, the reader answers; and what it accepts is stable.
    @Test func mutatedBytesNeverCrash() {
        var generator = SplitMix64(seed: 4)
        let spice = Array(#"{}[]:,"\u0d8eE+-.019tfn"#.utf8) + [0, 0x1F, 0x7F, 0x80, 0xC0, 0xE2, 0xED, 0xEF, 0xF0, 0xFF]
        var accepted = 0
        for _ in 0..<10_000 {
            var bytes = JSONValue.random(depth: 3, using: &generator).canonicalBytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0...bytes.count, using: &generator)
                let byte = spice.randomElement(using: &generator) ?? 0
                switch Int.random(in: 0..<4, using: &generator) {
                case 0 where place < bytes.count: bytes.remove(at: place)
                case 1 where place < bytes.count: bytes[place] = byte
                case 2: bytes = Array(bytes[..<place])
                default: bytes.insert(byte, at: place)
                }
            }
            switch StrictJSON.read(bytes) {
            case .success(let value):
                accepted += 1
                #expect((try? StrictJSON.read(value.canonicalBytes).get())?.canonicalBytes == value.canonicalBytes)
            case .failure(let problems):
                #expect(!problems.problems.isEmpty)
                #expect(problems.problems.allSatisfy { (0...bytes.count).contains($0.position.offset) })
            }
        }
        #expect(accepted > 100)
    }
}
